// Functions on numbers (DMN 1.5, table 76). Part rules. All in decimals of 34 digits; roots, exponentials and
// logarithms are right to about 32 of them.
#pragma once

#include "aesop/rules/builtins/arguments.hpp"

#include <optional>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace rules {
namespace builtins {

using Number = std::optional<Decimal>;

inline Number plus(const Number& a, const Number& b) { return a && b ? aesop::add(*a, *b) : std::nullopt; }
inline Number minus(const Number& a, const Number& b) {
  return a && b ? aesop::subtract(*a, *b) : std::nullopt;
}
inline Number times(const Number& a, const Number& b) {
  return a && b ? aesop::multiply(*a, *b) : std::nullopt;
}
inline Number over(const Number& a, const Number& b) {
  return a && b && !b->is_zero() ? aesop::divide(*a, *b) : std::nullopt;
}

// The exponent of the leading digit: 123 is 2, 0.5 is -1.
inline int magnitude(const Decimal& a) { return a.digits() - 1 - a.scale(); }

/// Newton's method from a power of ten; exact squares give exact roots.
inline Number square_root(const Decimal& a) {
  if (a.is_zero()) return Decimal(0);
  if (a.is_negative()) return std::nullopt;
  Number x = Decimal::scaled(3, static_cast<std::int16_t>(-(magnitude(a) >> 1)));
  for (int i = 0; i < 12 && x; ++i) x = times(plus(x, over(a, x)), Decimal::scaled(5, 1));
  if (!x) return std::nullopt;
  const Number shorter = x->rounded(32 - magnitude(*x), Rounding::half_even);
  const Number square = times(shorter, shorter);
  return square && *square == a ? Number(shorter->normalised()) : x;
}

/// e^a: e to the whole part times a Taylor series of the rest, which is at most a half.
inline Number exponential(const Decimal& a) {
  const auto whole = a.rounded(0, Rounding::half_even);
  if (!whole) return std::nullopt;
  const auto power_of = whole->to_int64();
  if (!power_of || *power_of > 15'000) return std::nullopt;
  if (*power_of < -15'000) return Decimal(0);
  const Number rest = aesop::subtract(a, *whole);
  Number term = Decimal(1), sum = Decimal(1);
  for (int i = 1; i < 40 && term && !term->is_zero(); ++i) {
    term = over(times(term, rest), Decimal(i));
    sum = plus(sum, term);
  }
  const Number e = Decimal::parse("2.718281828459045235360287471352662");
  return times(aesop::power(*e, *whole), sum);
}

/// Halley's method on the digits, and the exponent times ln 10.
inline Number logarithm(const Decimal& a) {
  if (a.sign() <= 0) return std::nullopt;
  const int exponent = magnitude(a);
  const Number digits = times(a, aesop::power(Decimal(10), Decimal(-exponent)));
  if (!digits) return std::nullopt;
  Number y = over(times(Decimal(2), minus(digits, Decimal(1))), plus(digits, Decimal(1)));
  for (int i = 0; i < 6 && y; ++i) {
    const Number e = exponential(*y);
    y = plus(y, over(times(Decimal(2), minus(digits, e)), plus(digits, e)));
  }
  return plus(y, times(Decimal(exponent), Decimal::parse("2.302585092994045684017991454684364")));
}

inline Value rounded(const FunctionCall& call, Rounding mode, bool needs_scale) {
  const Arguments a(call);
  const auto value = a.number(0);
  if (!value) return Value();
  std::int64_t scale = 0;
  if (a.size() > 1 || needs_scale) {
    const auto given = a.number(1);
    if (!given) return Value();
    const auto cut = given->rounded(0, Rounding::down)->to_int64();
    if (!cut || *cut < -Decimal::max_exponent + 33 || *cut > Decimal::max_scale)
      return a.bad("the scale is not between -6111 and 6176");
    scale = *cut;
  }
  return a.number_or_null(value->rounded(static_cast<int>(scale), mode));
}
inline Value decimal(const FunctionCall& call) { return rounded(call, Rounding::half_even, true); }
inline Value floor_of(const FunctionCall& call) { return rounded(call, Rounding::floor, false); }
inline Value ceiling_of(const FunctionCall& call) { return rounded(call, Rounding::ceiling, false); }
inline Value round_up(const FunctionCall& call) { return rounded(call, Rounding::up, true); }
inline Value round_down(const FunctionCall& call) { return rounded(call, Rounding::down, true); }
inline Value round_half_up(const FunctionCall& call) { return rounded(call, Rounding::half_up, true); }
inline Value round_half_down(const FunctionCall& call) { return rounded(call, Rounding::half_down, true); }

inline Value absolute(const FunctionCall& call) {
  const Arguments a(call);
  const Value& value = a.one(0);
  if (value.is(ValueKind::days_duration)) {
    const DaysDuration span = value.as_days_duration();
    const auto positive = span.seconds < 0 ? negate(span) : span;
    return positive ? Value::days_duration(*positive) : a.bad("the duration has no absolute value");
  }
  if (value.is(ValueKind::months_duration)) {
    const std::int64_t months = value.as_months_duration().months;
    if (months == INT64_MIN) return a.bad("the duration has no absolute value");
    return Value::months_duration({months < 0 ? -months : months});
  }
  const auto number = a.number(0);
  return number ? Value::number(number->absolute()) : Value();
}

inline Value modulo_of(const FunctionCall& call) {
  const Arguments a(call);
  const auto dividend = a.number(0);
  const auto divisor = dividend ? a.number(1) : std::nullopt;
  if (!divisor) return Value();
  if (divisor->is_zero())
    return a.machine().fail(DiagnosticCode::division_by_zero, a.where(), [] { return "division by zero"; });
  return a.number_or_null(aesop::modulo(*dividend, *divisor));
}
inline Value sqrt_of(const FunctionCall& call) {
  const Arguments a(call);
  const auto value = a.number(0);
  if (!value || !a.machine().charge(100)) return Value();
  if (value->is_negative()) return a.bad("a negative number has no square root");
  return a.number_or_null(square_root(*value));
}
inline Value exp_of(const FunctionCall& call) {
  const Arguments a(call);
  const auto value = a.number(0);
  return value && a.machine().charge(200) ? a.number_or_null(exponential(*value)) : Value();
}
inline Value log_of(const FunctionCall& call) {
  const Arguments a(call);
  const auto value = a.number(0);
  if (!value || !a.machine().charge(1'000)) return Value();
  if (value->sign() <= 0) return a.bad("only a positive number has a logarithm");
  return a.number_or_null(logarithm(*value));
}
inline Value parity(const FunctionCall& call, bool odd) {
  const Arguments a(call);
  const auto value = a.number(0);
  if (!value) return Value();
  if (!value->is_integer()) return Value::boolean(false);
  const auto rest = aesop::modulo(*value, Decimal(2));
  return rest ? Value::boolean(rest->is_zero() != odd) : Value::boolean(!odd);
}
inline Value odd(const FunctionCall& call) { return parity(call, true); }
inline Value even(const FunctionCall& call) { return parity(call, false); }

inline const FunctionTable& numbers() {
  static const FunctionTable table{
      {"decimal", "n, scale", "number", decimal},
      {"floor", "n | n, scale", "number", floor_of},
      {"ceiling", "n | n, scale", "number", ceiling_of},
      {"round up", "n, scale", "number", round_up},
      {"round down", "n, scale", "number", round_down},
      {"round half up", "n, scale", "number", round_half_up},
      {"round half down", "n, scale", "number", round_half_down},
      {"abs", "n", "Any", absolute},
      {"modulo", "dividend, divisor", "number", modulo_of},
      {"sqrt", "number", "number", sqrt_of},
      {"log", "number", "number", log_of},
      {"exp", "number", "number", exp_of},
      {"odd", "number", "boolean", odd},
      {"even", "number", "boolean", even},
  };
  return table;
}

}  // namespace builtins
}  // namespace rules
}  // namespace v0
}  // namespace aesop
