// The type checker: what type an operation gives, and what can never work. Part rules; used by the parser.
// It only speaks where it is sure: a type that is not known (any), a list (which may be taken for its one element) or
// null is never refused.
#pragma once

#include "aesop/rules/program.hpp"
#include "aesop/value/type.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace rules {

/// One plain kind, known for sure.
inline bool is_scalar(const Type& type) {
  return type.kind() >= TypeKind::boolean && type.kind() <= TypeKind::months_duration;
}
inline bool is_day(const Type& type) { return type.is(TypeKind::date) || type.is(TypeKind::date_time); }
inline bool is_duration(const Type& type) {
  return type.is(TypeKind::days_duration) || type.is(TypeKind::months_duration);
}

/// "a number", "an ..." for messages.
inline std::string a_type(const Type& type) { return cat("a ", to_string(type)); }

/// Why two types can never be compared; nothing when they may.
inline std::optional<std::string> never_comparable(const Type& a, const Type& b) {
  if (!is_scalar(a) || !is_scalar(b) || a.kind() == b.kind() || (is_day(a) && is_day(b))) return std::nullopt;
  return cat(a_type(a), " can never be compared with ", a_type(b));
}

/// What to write instead of a text, when the other side is something else.
inline std::string literal_help(const Type& a, const Type& b) {
  const bool text = a.is(TypeKind::string) || b.is(TypeKind::string);
  const Type& other = a.is(TypeKind::string) || b.is(TypeKind::date) ? b : a;
  if (!text && !other.is(TypeKind::date)) return {};
  switch (other.kind()) {
    case TypeKind::number:
      return "a number is written without quotes; string(...) makes a text of one";
    case TypeKind::boolean:
      return "true and false are written without quotes";
    case TypeKind::date:
      return "a date is written date(\"2026-01-31\") or @\"2026-01-31\"";
    case TypeKind::time:
      return "a time is written time(\"09:30:00\") or @\"09:30:00\"";
    case TypeKind::date_time:
      return "a date and time is written @\"2026-01-31T09:30:00Z\"";
    case TypeKind::days_duration:
    case TypeKind::months_duration:
      return "a duration is written duration(\"P30D\")";
    default:
      return {};
  }
}

/// The type of an element where one or many are meant: list<T> and T give T.
inline const Type& one_of(const Type& type) { return type.is(TypeKind::list) ? type.element() : type; }

inline Type common_type(const Type& a, const Type& b) {
  if (a == b) return a;
  if (a.is(TypeKind::null)) return b;
  if (b.is(TypeKind::null)) return a;
  return TypeKind::any;
}

struct Inferred {
  Type type;
  std::optional<std::string> problem = std::nullopt;  // it can never work
};

inline Inferred infer_arithmetic(Op op, const Type& a, const Type& b) {
  if (!is_scalar(a) || !is_scalar(b)) {
    // Only strings are added to strings, only numbers raised to powers: one side tells the other.
    if (op == Op::power) return {TypeKind::number};
    return {TypeKind::any};
  }
  const TypeKind x = a.kind(), y = b.kind();
  const bool numbers = x == TypeKind::number && y == TypeKind::number;
  const auto bad = [&](std::string_view verb) {
    return Inferred{TypeKind::any, cat(a_type(a), " and ", a_type(b), " can never be ", verb)};
  };
  switch (op) {
    case Op::add:
      if (numbers || (x == TypeKind::string && y == TypeKind::string)) return {x};
      if (is_duration(a) && x == y) return {x};
      if ((is_day(a) || x == TypeKind::time) && is_duration(b)) break;
      if ((is_day(b) || y == TypeKind::time) && is_duration(a)) break;
      return bad("added");
    case Op::subtract:
      if (numbers) return {x};
      if (is_duration(a) && x == y) return {x};
      if ((is_day(a) && is_day(b)) || (x == TypeKind::time && y == x)) return {TypeKind::days_duration};
      if ((is_day(a) || x == TypeKind::time) && is_duration(b)) break;
      return bad("subtracted");
    case Op::multiply:
      if (numbers) return {x};
      if (x == TypeKind::number && is_duration(b)) return {y};
      if (y == TypeKind::number && is_duration(a)) return {x};
      return bad("multiplied");
    case Op::divide:
      if (numbers) return {x};
      if (is_duration(a) && y == TypeKind::number) return {x};
      if (is_duration(a) && x == y) return {TypeKind::number};
      return bad("divided");
    case Op::power:
      if (numbers) return {x};
      return bad("raised");
    default:
      break;
  }
  const Type& day = is_duration(a) ? b : a;
  const Type& span = is_duration(a) ? a : b;
  if (day.is(TypeKind::time) && span.is(TypeKind::months_duration)) return bad("combined");
  return {day};
}

/// Type of a property of a value that is no context: `.year` of a date. Nothing when there is none.
inline std::optional<Type> property_type(const Type& of, std::string_view name) {
  const auto is_any_of = [name](std::initializer_list<std::string_view> names) {
    for (const std::string_view known : names)
      if (known == name) return true;
    return false;
  };
  if (is_day(of) && is_any_of({"year", "month", "day", "weekday"})) return Type(TypeKind::number);
  if (of.is(TypeKind::time) || is_day(of)) {
    if (is_any_of({"hour", "minute", "second"})) return Type(TypeKind::number);
    if (name == "time offset") return Type(TypeKind::days_duration);
    if (name == "timezone") return Type(TypeKind::string);
  }
  if (of.is(TypeKind::days_duration) && is_any_of({"days", "hours", "minutes", "seconds"}))
    return Type(TypeKind::number);
  if (of.is(TypeKind::months_duration) && is_any_of({"years", "months"})) return Type(TypeKind::number);
  if (of.is(TypeKind::range)) {
    if (is_any_of({"start", "end"})) return of.element();
    if (is_any_of({"start included", "end included"})) return Type(TypeKind::boolean);
  }
  return std::nullopt;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
