// Functions on numbers (DMN 1.5, table 76). Part rules. All in decimals of 34 digits.
#pragma once

#include "aesop/rules/builtins/arguments.hpp"
#include "aesop/rules/roots.hpp"

#include <optional>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace rules {
namespace builtins {

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
