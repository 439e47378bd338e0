// Functions on strings and booleans (DMN 1.5, tables 73 and 74). Part rules. Positions count code points.
#pragma once

#include "aesop/base/letters.hpp"
#include "aesop/rules/builtins/arguments.hpp"
#include "aesop/rules/unicode.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {
namespace builtins {

inline Value negation(const FunctionCall& call) {
  const Arguments a(call);
  if (a.one(0).is_boolean()) return Value::boolean(!a.one(0).as_bool());
  if (a.is_null(0)) return Value();
  return a.wrong(0, "a boolean");
}

inline Value substring(const FunctionCall& call) {
  const Arguments a(call);
  const auto text = a.text(0);
  if (!text) return Value();
  const auto start = a.integer(1);
  if (!start) return Value();
  const auto size = static_cast<std::int64_t>(count_chars(*text));
  if (*start == 0 || *start > size || *start < -size) return a.bad("the start position is outside the text");
  const std::int64_t first = *start > 0 ? *start - 1 : size + *start;
  std::int64_t length = size - first;
  if (a.size() > 2 && !a.is_null(2)) {
    const auto wanted = a.number(2);
    if (!wanted) return Value();
    const auto cut = wanted->rounded(0, Rounding::down);
    const std::int64_t whole = cut ? cut->to_int64().value_or(length) : length;  // beyond an int64: all
    if (wanted->sign() <= 0 || whole < 1) return a.bad("the length is not positive");
    length = std::min(length, whole);
  }
  const std::size_t begin = byte_of_char(*text, static_cast<std::uint64_t>(first));
  const std::string_view rest = text->substr(begin);
  return a.machine().made_string(rest.substr(0, byte_of_char(rest, static_cast<std::uint64_t>(length))),
                                 a.where());
}

inline Value string_length(const FunctionCall& call) {
  const Arguments a(call);
  const auto text = a.text(0);
  return text ? Value::number(std::int64_t{count_chars(*text)}) : Value();
}

inline const LetterPort& letters(const FunctionCall& call) {
  const Ports* ports = call.evaluation.ports;
  return ports && ports->letters ? *ports->letters : simple_letters();
}
inline Value upper_case(const FunctionCall& call) {
  const Arguments a(call);
  const auto text = a.text(0);
  return text ? a.machine().made_string(letters(call).upper(*text), a.where()) : Value();
}
inline Value lower_case(const FunctionCall& call) {
  const Arguments a(call);
  const auto text = a.text(0);
  return text ? a.machine().made_string(letters(call).lower(*text), a.where()) : Value();
}

// The two strings of contains(string, match) and its like; charged for the work a search may be.
inline bool two_texts(const Arguments& a, std::string_view& text, std::string_view& match) {
  const auto first = a.text(0);
  const auto second = first ? a.text(1) : std::nullopt;
  if (!second || !a.machine().charge(first->size() / 64 * (1 + second->size() / 256))) return false;
  text = *first;
  match = *second;
  return true;
}
inline Value substring_before(const FunctionCall& call) {
  const Arguments a(call);
  std::string_view text, match;
  if (!two_texts(a, text, match)) return Value();
  const std::size_t at = text.find(match);
  return a.machine().made_string(at == std::string_view::npos ? std::string_view() : text.substr(0, at),
                                 a.where());
}
inline Value substring_after(const FunctionCall& call) {
  const Arguments a(call);
  std::string_view text, match;
  if (!two_texts(a, text, match)) return Value();
  const std::size_t at = text.find(match);
  return a.machine().made_string(
      at == std::string_view::npos ? std::string_view() : text.substr(at + match.size()), a.where());
}
inline Value contains(const FunctionCall& call) {
  const Arguments a(call);
  std::string_view text, match;
  return two_texts(a, text, match) ? Value::boolean(text.find(match) != std::string_view::npos) : Value();
}
inline Value starts_with(const FunctionCall& call) {
  const Arguments a(call);
  std::string_view text, match;
  return two_texts(a, text, match) ? Value::boolean(text.starts_with(match)) : Value();
}
inline Value ends_with(const FunctionCall& call) {
  const Arguments a(call);
  std::string_view text, match;
  return two_texts(a, text, match) ? Value::boolean(text.ends_with(match)) : Value();
}

// --- patterns ---------------------------------------------------------------------------------------------

inline const PatternPort* patterns(const FunctionCall& call) {
  const Ports* ports = call.evaluation.ports;
  if (ports && ports->patterns) return ports->patterns;
  call.machine.fail(DiagnosticCode::no_port, call.where, [] { return "patterns are not available here"; });
  return nullptr;
}
inline std::size_t pattern_steps(std::string_view text) { return 50 + text.size() / 16; }
inline Value pattern_failed(const FunctionCall& call, const Error& error) {
  const bool dear = error.code == ErrorCode::evaluation_limit;
  if (dear) call.machine.charge(20'000);  // so that no rule can do this often
  return call.machine.fail(dear ? DiagnosticCode::budget_steps : DiagnosticCode::bad_pattern, call.where,
                           [&] { return error.message; });
}
// The flags in argument i, or none; false when it is no string.
inline bool pattern_flags(const Arguments& a, std::size_t i, std::string_view& flags) {
  if (a.size() <= i || a.is_null(i)) return true;
  const auto text = a.text(i);
  if (text) flags = *text;
  return text.has_value();
}

inline Value matches(const FunctionCall& call) {
  const Arguments a(call);
  std::string_view text, pattern, flags;
  if (!two_texts(a, text, pattern) || !pattern_flags(a, 2, flags)) return Value();
  const PatternPort* port = patterns(call);
  if (port == nullptr || !a.machine().charge(pattern_steps(text))) return Value();
  const auto found = port->matches(text, pattern, flags);
  return found ? Value::boolean(*found) : pattern_failed(call, found.error());
}
inline Value replace(const FunctionCall& call) {
  const Arguments a(call);
  std::string_view text, pattern, flags;
  if (!two_texts(a, text, pattern)) return Value();
  const auto with = a.text(2);
  if (!with || !pattern_flags(a, 3, flags)) return Value();
  const PatternPort* port = patterns(call);
  if (port == nullptr || !a.machine().charge(pattern_steps(text))) return Value();
  const auto made = port->replace(text, pattern, *with, flags);
  return made ? a.machine().made_string(*made, a.where()) : pattern_failed(call, made.error());
}
inline Value split_text(const FunctionCall& call) {
  const Arguments a(call);
  std::string_view text, pattern;
  if (!two_texts(a, text, pattern)) return Value();
  const PatternPort* port = patterns(call);
  if (port == nullptr || !a.machine().charge(pattern_steps(text))) return Value();
  const auto made = port->split(text, pattern);
  if (!made) return pattern_failed(call, made.error());
  if (!a.machine().charge(made->size())) return Value();
  std::vector<Value> items;
  for (const std::string& piece : *made) items.push_back(Value::string(piece));
  return a.machine().made_list(std::move(items), a.where());
}

inline Value string_join(const FunctionCall& call) {
  const Arguments a(call);
  const auto items = a.list(0);
  if (!items) return Value();
  std::string_view delimiter;
  if (a.size() > 1 && !a.is_null(1)) {
    const auto text = a.text(1);
    if (!text) return Value();
    delimiter = *text;
  }
  std::string out;
  bool first = true;
  for (const Value& item : *items) {
    if (item.is_null()) continue;
    if (!item.is_string()) return a.wrong(0, "a list of strings");
    if (!first) out += delimiter;
    first = false;
    out += item.as_string();
    if (out.size() > call.evaluation.budget.string) break;
  }
  return a.machine().made_string(out, a.where());
}

inline const FunctionTable& strings() {
  static const FunctionTable table{
      {"not", "negand", "boolean", negation},
      {"substring", "string, start position | string, start position, length", "string", substring},
      {"string length", "string", "number", string_length},
      {"upper case", "string", "string", upper_case},
      {"lower case", "string", "string", lower_case},
      {"substring before", "string, match", "string", substring_before},
      {"substring after", "string, match", "string", substring_after},
      {"contains", "string, match", "boolean", contains},
      {"starts with", "string, match", "boolean", starts_with},
      {"ends with", "string, match", "boolean", ends_with},
      {"matches", "input, pattern | input, pattern, flags", "boolean", matches},
      {"replace", "input, pattern, replacement | input, pattern, replacement, flags", "string", replace},
      {"split", "string, delimiter", "list<string>", split_text},
      {"string join", "list | list, delimiter", "string", string_join},
  };
  return table;
}

}  // namespace builtins
}  // namespace rules
}  // namespace v0
}  // namespace aesop
