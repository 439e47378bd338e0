// Roots, exponentials, logarithms and powers of decimals. Part rules. Pure; no binary fractions anywhere. Computed with 45
// digits and rounded once to 34, half-even but for ties that only a longer computation could tell.
// nullopt where the result is no number or cannot be represented.
#pragma once

#include "aesop/rules/precise.hpp"
#include "aesop/value/decimal.hpp"

#include <optional>

namespace aesop {
inline namespace v0 {
namespace rules {

using Number = std::optional<Decimal>;

inline Number plus(const Number& a, const Number& b) { return a && b ? aesop::add(*a, *b) : std::nullopt; }
inline Number times(const Number& a, const Number& b) {
  return a && b ? aesop::multiply(*a, *b) : std::nullopt;
}
inline Number over(const Number& a, const Number& b) {
  return a && b && !b->is_zero() ? aesop::divide(*a, *b) : std::nullopt;
}

/// Newton's method from a power of ten. Of a Decimal: aesop::square_root.
inline Precise square_root(const Precise& a) {
  if (a.is_zero()) return a;
  Precise x = precise(Decimal(3));
  x.scale = -(a.magnitude() >> 1);
  const Precise half = precise("0.5");
  for (int i = 0; i < 10; ++i) x = times(plus(x, over(a, x)), half);
  return x;
}

/// e^a: e to the whole part times a Taylor series of the rest, which is at most a half.
inline std::optional<Precise> exponential(const Precise& a) {
  if (a.magnitude() > 5) return a.negative ? std::optional(Precise()) : std::nullopt;
  const auto short_of = to_decimal(a);
  const auto nearest = short_of ? short_of->rounded(0, Rounding::half_even) : std::nullopt;
  const auto whole = nearest ? nearest->to_int64() : std::nullopt;
  if (!whole || *whole > 15'000) return std::nullopt;
  if (*whole < -15'000) return Precise();
  const Precise rest = minus(a, precise(Decimal(*whole)));
  Precise term = precise(Decimal(1)), sum = term;
  for (int i = 1; i < 45 && !term.is_zero(); ++i) {
    term = over(times(term, rest), precise(Decimal(i)));
    sum = plus(sum, term);
  }
  Precise power = precise(Decimal(1));
  Precise square = precise("2.71828182845904523536028747135266249775724709369995957497");
  for (std::int64_t left = *whole < 0 ? -*whole : *whole; left > 0; left >>= 1) {
    if ((left & 1) != 0) power = times(power, square);
    square = times(square, square);
  }
  return *whole < 0 ? over(sum, power) : times(sum, power);
}
inline Number exponential(const Decimal& a) {
  const auto out = exponential(precise(a));
  return out ? to_decimal(*out) : std::nullopt;
}

/// ln a for a > 0. Near 1 the series of (a - 1) / (a + 1), which loses no digits; else Halley's method on the digits, and
/// the exponent times ln 10.
inline Precise natural_log(const Decimal& value) {
  const Precise one = precise(Decimal(1)), two = precise(Decimal(2));
  Precise a = precise(value);
  if (value > Decimal::scaled(9, 1) && value < Decimal::scaled(11, 1)) {
    const Precise z = over(minus(a, one), plus(a, one));
    const Precise square = times(z, z);
    Precise term = z, sum = z;
    for (int i = 3; i < 60 && !term.is_zero(); i += 2) {
      term = times(term, square);
      sum = plus(sum, over(term, precise(Decimal(i))));
    }
    return times(sum, two);
  }
  const int exponent = a.magnitude();
  a.scale += exponent;
  Precise y = over(times(two, minus(a, one)), plus(a, one));
  for (int i = 0; i < 6; ++i) {
    const auto e = exponential(y);
    if (!e) break;
    y = plus(y, over(times(two, minus(a, *e)), plus(a, *e)));
  }
  const Precise ln10 = precise("2.30258509299404568401799145468436420760110148862877297603");
  return plus(y, times(precise(Decimal(exponent)), ln10));
}
inline Number logarithm(const Decimal& a) {
  if (a.sign() <= 0) return std::nullopt;
  return to_decimal(natural_log(a));
}

/// Any power of a positive number, whole powers of all.
inline Number raised(const Decimal& base, const Decimal& exponent) {
  if (auto exact = aesop::power(base, exponent)) return exact;
  if (exponent.is_integer() || base.sign() < 0) return std::nullopt;
  if (base.is_zero()) return exponent.is_negative() ? std::nullopt : Number(Decimal(0));
  const auto out = exponential(times(natural_log(base), precise(exponent)));
  return out ? to_decimal(*out) : std::nullopt;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
