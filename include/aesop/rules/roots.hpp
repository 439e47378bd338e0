// Exponentials, logarithms and powers of decimals. Part rules. Pure; no binary fractions anywhere; right to about 32 of
// the 34 digits. nullopt where the result is no number or cannot be represented.
#pragma once

#include "aesop/value/decimal.hpp"

#include <optional>

namespace aesop {
inline namespace v0 {
namespace rules {

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

/// Any power of a positive number, whole powers of all.
inline Number raised(const Decimal& base, const Decimal& exponent) {
  if (auto exact = aesop::power(base, exponent)) return exact;
  if (exponent.is_integer() || base.sign() < 0) return std::nullopt;
  if (base.is_zero()) return exponent.is_negative() ? std::nullopt : Number(Decimal(0));
  const Number product = times(logarithm(base), exponent);
  return product ? exponential(*product) : std::nullopt;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
