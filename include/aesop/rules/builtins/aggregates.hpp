// Functions that make one value of a list: count, sum, min, all, median ... (DMN 1.5, table 75). Part rules.
#pragma once

#include "aesop/rules/builtins/lists.hpp"
#include "aesop/rules/builtins/numbers.hpp"

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {
namespace builtins {

inline Value count(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  return items ? Value::number(static_cast<std::int64_t>(items->size())) : Value();
}

inline Value extreme(const FunctionCall& call, int wanted) {
  const Arguments a(call);
  const auto items = a.list_or_all();
  if (!items) return Value();
  if (items->empty()) return a.bad("the list is empty");
  const Value* best = &(*items)[0];
  for (const Value& item : *items) {
    const auto order = compare(item, *best, a.zones());
    if (!order)
      return a.machine().fail(DiagnosticCode::not_comparable, a.where(),
                              [] { return "the elements have no order"; });
    if (*order == wanted) best = &item;
  }
  return *best;
}
inline Value min(const FunctionCall& call) { return extreme(call, -1); }
inline Value max(const FunctionCall& call) { return extreme(call, 1); }

// The numbers of a list, checked; nothing, and a diagnostic, when it is empty or holds anything else.
inline Items numbers_of(const Arguments& a) {
  const auto items = a.list_or_all();
  if (!items) return {};
  for (const Value& item : *items)
    if (!item.is_number()) {
      a.bad("the list holds something that is no number");
      return {};
    }
  if (!items->empty()) return items;
  a.bad("the list is empty");
  return {};
}
inline Number total(std::span<const Value> numbers) {
  Number sum = Decimal(0);
  for (const Value& number : numbers) sum = plus(sum, number.as_decimal());
  return sum;
}
inline Number average(std::span<const Value> numbers) {
  return over(total(numbers), Decimal(static_cast<std::int64_t>(numbers.size())));
}

inline Value sum(const FunctionCall& call) {
  const Arguments a(call);
  const Items numbers = numbers_of(a);
  return numbers ? a.number_or_null(total(*numbers)) : Value();
}
inline Value mean(const FunctionCall& call) {
  const Arguments a(call);
  const Items numbers = numbers_of(a);
  return numbers ? a.number_or_null(average(*numbers)) : Value();
}
inline Value product(const FunctionCall& call) {
  const Arguments a(call);
  const Items numbers = numbers_of(a);
  if (!numbers) return Value();
  Number out = Decimal(1);
  for (const Value& number : *numbers) out = times(out, number.as_decimal());
  return a.number_or_null(out);
}
inline Value median(const FunctionCall& call) {
  const Arguments a(call);
  const Items numbers = numbers_of(a);
  if (!numbers) return Value();
  std::vector<Value> sorted(numbers->begin(), numbers->end());
  if (!natural_sort(a, sorted)) return Value();
  const std::size_t middle = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[middle];
  return a.number_or_null(
      over(plus(sorted[middle - 1].as_decimal(), sorted[middle].as_decimal()), Decimal(2)));
}
// The standard deviation of a sample: divided by one less than there are.
inline Value stddev(const FunctionCall& call) {
  const Arguments a(call);
  const Items numbers = numbers_of(a);
  if (!numbers) return Value();
  if (numbers->size() < 2) return a.bad("a standard deviation needs two numbers");
  if (!a.machine().charge(10 * numbers->size() + 100)) return Value();
  const Precise size = precise(Decimal(static_cast<std::int64_t>(numbers->size())));
  Precise sum, squares;
  for (const Value& number : *numbers) sum = plus(sum, precise(number.as_decimal()));
  const Precise middle = over(sum, size);
  for (const Value& number : *numbers) {
    const Precise off = minus(precise(number.as_decimal()), middle);
    squares = plus(squares, times(off, off));
  }
  return a.number_or_null(to_decimal(square_root(over(squares, minus(size, precise(Decimal(1)))))));
}
// What occurs most often, ascending.
inline Value mode(const FunctionCall& call) {
  const Arguments a(call);
  if (const auto items = a.list_or_all(); !items || items->empty()) return items ? Value::list({}) : Value();
  const Items numbers = numbers_of(a);
  if (!numbers) return Value();
  std::vector<Value> sorted(numbers->begin(), numbers->end());
  if (!natural_sort(a, sorted)) return Value();
  std::vector<Value> out;
  std::size_t most = 0;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t end = i;
    while (end < sorted.size() && sorted[end] == sorted[i]) ++end;
    if (end - i > most) out.clear();
    if (end - i >= most) out.push_back(sorted[i]);
    most = std::max(most, end - i);
    i = end;
  }
  return a.machine().made_list(std::move(out), a.where());
}

// all and any in three values: null when what decides is not there and something is not known.
inline Value quantified(const FunctionCall& call, bool decides) {
  const Arguments a(call);
  const auto items = a.list_or_all();
  if (!items) return Value();
  bool unknown = false;
  for (const Value& item : *items) {
    if (item.is_boolean() && item.as_bool() == decides) return Value::boolean(decides);
    if (!item.is_boolean() && !item.is_null()) {
      unknown = true;
      a.bad("the list holds something that is no boolean");
    }
    unknown = unknown || item.is_null();
  }
  return unknown ? Value() : Value::boolean(!decides);
}
inline Value all(const FunctionCall& call) { return quantified(call, false); }
inline Value any(const FunctionCall& call) { return quantified(call, true); }

inline const FunctionTable& aggregates() {
  static const FunctionTable table{
      {"count", "list", "number", count},
      {"min", "list | c...", "Any", min},
      {"max", "list | c...", "Any", max},
      {"sum", "list | n...", "number", sum},
      {"mean", "list | n...", "number", mean},
      {"product", "list | n...", "number", product},
      {"median", "list | n...", "number", median},
      {"stddev", "list | n...", "number", stddev},
      {"mode", "list | n...", "list<number>", mode},
      {"all", "list | b...", "boolean", all},
      {"any", "list | b...", "boolean", any},
  };
  return table;
}

}  // namespace builtins
}  // namespace rules
}  // namespace v0
}  // namespace aesop
