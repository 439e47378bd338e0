// Functions on lists (DMN 1.5, table 75, and sort, table 79). Part rules. Positions count from 1, and from the end when
// negative. Aggregates of lists are in aggregates.hpp.
#pragma once

#include "aesop/rules/builtins/arguments.hpp"
#include "aesop/rules/merge_sort.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {
namespace builtins {

// FEEL's equality for searching: null is found by null, what cannot be compared is different.
inline bool same(const Arguments& a, const Value& x, const Value& y) {
  if (x.depth() > 0 && y.depth() > 0 && (!a.machine().charge_for(x) || !a.machine().charge_for(y)))
    return false;
  return equal(x, y, a.zones()) == true;
}

inline Value list_contains(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  if (!items) return Value();
  for (const Value& item : *items)
    if (same(a, item, a.raw(1))) return Value::boolean(true);
  return a.machine().stopped() ? Value() : Value::boolean(false);
}

inline Value sublist(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  const auto start = items ? a.integer(1) : std::nullopt;
  if (!start) return Value();
  const auto size = static_cast<std::int64_t>(items->size());
  if (*start == 0 || *start > size || *start < -size) return a.bad("the start position is outside the list");
  const std::int64_t first = *start > 0 ? *start - 1 : size + *start;
  std::int64_t length = size - first;
  if (a.size() > 2 && !a.is_null(2)) {
    const auto wanted = a.integer(2);
    if (!wanted) return Value();
    if (*wanted < 1 || *wanted > length) return a.bad("the length reaches outside the list");
    length = *wanted;
  }
  const auto part = items->subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(length));
  return a.machine().made_list({part.begin(), part.end()}, a.where());
}

inline Value append(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  if (!items || !a.machine().charge(a.size())) return Value();
  std::vector<Value> out(items->begin(), items->end());
  for (std::size_t i = 1; i < a.size(); ++i) out.push_back(a.raw(i));
  return a.machine().made_list(std::move(out), a.where());
}

// The elements of all arguments, one list behind the other; nothing when one is no list.
inline std::optional<std::vector<Value>> joined(const Arguments& a) {
  std::vector<Value> out;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto items = a.list(i);
    if (!items) return std::nullopt;
    for (const Value& item : *items) out.push_back(item);
  }
  return out;
}
inline Value concatenate(const FunctionCall& call) {
  const Arguments a(call);
  auto out = joined(a);
  return out ? a.machine().made_list(std::move(*out), a.where()) : Value();
}

// Index from 0 of a position from 1 or from the end, cut to a whole number; nothing, and a diagnostic, outside 1..size.
inline std::optional<std::size_t> position(const Arguments& a, std::size_t argument, std::size_t size) {
  const auto given = a.number(argument);
  const auto whole = given ? given->rounded(0, Rounding::down) : std::nullopt;
  const auto at = whole ? whole->to_int64() : std::nullopt;
  if (!given) return std::nullopt;
  const auto length = static_cast<std::int64_t>(size);
  if (at && *at >= 1 && *at <= length) return static_cast<std::size_t>(*at - 1);
  if (at && *at <= -1 && *at >= -length) return static_cast<std::size_t>(length + *at);
  a.machine().fail(DiagnosticCode::index_out_of_range, a.where(),
                   [&] { return cat("there is no element ", given->to_string(), " in a list of ", length); });
  return std::nullopt;
}

inline Value insert_before(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  const auto at = items && a.integer(1) ? position(a, 1, items->size()) : std::nullopt;
  if (!at) return Value();
  std::vector<Value> out(items->begin(), items->end());
  out.insert(out.begin() + static_cast<std::ptrdiff_t>(*at), a.raw(2));
  return a.machine().made_list(std::move(out), a.where());
}
inline Value remove_at(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  const auto at = items && a.integer(1) ? position(a, 1, items->size()) : std::nullopt;
  if (!at) return Value();
  std::vector<Value> out(items->begin(), items->end());
  out.erase(out.begin() + static_cast<std::ptrdiff_t>(*at));
  return Value::list(std::move(out));
}
inline Value reverse(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  if (!items) return Value();
  std::vector<Value> out;
  for (std::size_t i = items->size(); i > 0; --i) out.push_back((*items)[i - 1]);
  return a.machine().made_list(std::move(out), a.where());
}
inline Value index_of(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  if (!items) return Value();
  std::vector<Value> out;
  for (std::size_t i = 0; i < items->size(); ++i)
    if (same(a, (*items)[i], a.raw(1))) out.push_back(Value::number(static_cast<std::int64_t>(i + 1)));
  return a.machine().stopped() ? Value() : a.machine().made_list(std::move(out), a.where());
}

// Each value once, in the order in which it comes first.
inline Value distinct(const Arguments& a, std::span<const Value> items) {
  std::vector<Value> out;
  for (const Value& item : items) {
    if (!a.machine().charge(out.size() / 4)) return Value();
    bool known = false;
    for (std::size_t i = 0; i < out.size() && !known; ++i) known = same(a, out[i], item);
    if (a.machine().stopped()) return Value();
    if (!known) out.push_back(item);
  }
  return a.machine().made_list(std::move(out), a.where());
}
inline Value distinct_values(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  return items ? distinct(a, *items) : Value();
}
inline Value union_of(const FunctionCall& call) {
  const Arguments a(call);
  const auto all = joined(a);
  return all ? distinct(a, *all) : Value();
}

inline bool flatten_into(const Arguments& a, std::span<const Value> items, std::vector<Value>& out) {
  for (const Value& item : items) {
    if (!a.machine().charge(1) || out.size() > a.machine().evaluation().budget.list) return false;
    if (!item.is_list())
      out.push_back(item);
    else if (!flatten_into(a, item.items(), out))
      return false;
  }
  return true;
}
inline Value flatten(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  std::vector<Value> out;
  if (!items) return Value();
  flatten_into(a, *items, out);
  return a.machine().made_list(std::move(out), a.where());
}

// list replace(list, position, newItem); list replace(list, match, newItem): match is a function(item, newItem).
inline Value list_replace(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  if (!items) return Value();
  std::vector<Value> out(items->begin(), items->end());
  if (a.raw(1).is_function()) {
    for (Value& item : out) {
      const Value args[] = {item, a.raw(2)};
      const Value matched = a.machine().apply(a.raw(1), args, a.where());
      if (!matched.is_boolean())
        return matched.is_null() ? Value() : a.bad("the match function gave no boolean");
      if (matched.is_true()) item = a.raw(2);
    }
  } else {
    const auto at = position(a, 1, out.size());
    if (!at) return Value();
    out[*at] = a.raw(2);
  }
  return a.machine().made_list(std::move(out), a.where());
}

inline bool natural_sort(const Arguments& a, std::vector<Value>& items) {
  return merge_sort(items, [&a](const Value& x, const Value& y) -> std::optional<bool> {
    const auto order = a.machine().charge(1) ? compare(x, y, a.zones()) : std::nullopt;
    if (!order) return std::nullopt;
    return *order < 0;
  });
}
inline Value sort(const FunctionCall& call) {
  const Arguments a(call);
  // sort(precedes: f, list: l) has been put in order; a function in the first place was given there by mistake.
  const auto items = a.list(0);
  if (!items) return Value();
  std::vector<Value> out(items->begin(), items->end());
  if (a.size() == 1 || a.is_null(1)) {
    if (out.size() == 1 || natural_sort(a, out)) return a.machine().made_list(std::move(out), a.where());
    return a.machine().fail(DiagnosticCode::not_comparable, a.where(),
                            [] { return "the elements have no order"; });
  }
  if (!a.raw(1).is_function()) return a.wrong(1, "a function");
  const bool sorted = merge_sort(out, [&](const Value& x, const Value& y) -> std::optional<bool> {
    const Value args[] = {x, y};
    const Value answer = a.machine().apply(a.raw(1), args, a.where());
    if (!answer.is_boolean()) return std::nullopt;
    return answer.as_bool();
  });
  if (sorted) return a.machine().made_list(std::move(out), a.where());
  return a.bad("the function that orders gave no boolean");
}

inline const FunctionTable& lists() {
  static const FunctionTable table{
      {"list contains", "list, element", "boolean", list_contains},
      {"sublist", "list, start position | list, start position, length", "list", sublist},
      {"append", "list, item | list, item...", "list", append},
      {"concatenate", "list | list...", "list", concatenate},
      {"insert before", "list, position, newItem", "list", insert_before},
      {"remove", "list, position", "list", remove_at},
      {"reverse", "list", "list", reverse},
      {"index of", "list, match", "list<number>", index_of},
      {"union", "list | list...", "list", union_of},
      {"distinct values", "list", "list", distinct_values},
      {"flatten", "list", "list", flatten},
      {"list replace", "list, position, newItem | list, match, newItem", "list", list_replace},
      {"sort", "list | list, precedes", "list", sort},
  };
  return table;
}

}  // namespace builtins
}  // namespace rules
}  // namespace v0
}  // namespace aesop
