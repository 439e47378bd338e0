// Numbers of 45 digits, for what cannot be had from decimals of 34 rounded at each step: roots, exponentials, logarithms.
// Part rules, private. The value is coefficient * 10^-scale. Pure, no allocation.
// (1) A coefficient has at most 46 digits between operations, so that products stay below 10^96, where Wide counts.
// (2) Each operation is wrong by at most one unit of its 45th digit: eleven digits are left for what adds up.
#pragma once

#include "aesop/value/decimal.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace rules {

struct Precise {
  bool negative = false;
  aesop::detail::Wide coefficient;
  int scale = 0;

  bool is_zero() const { return coefficient.is_zero(); }
  /// The exponent of the leading digit: 123 is 2, 0.5 is -1.
  int magnitude() const { return aesop::detail::digit_count(coefficient) - 1 - scale; }
};

inline constexpr int precise_digits = 45;

// Without `drop` digits at the end, rounded half away from zero.
inline Precise shortened(Precise a, int drop) {
  if (drop <= 0) return a;
  if (drop > aesop::detail::max_power_of_ten - 1) return {a.negative, {}, 0};
  const aesop::detail::Wide& unit = aesop::detail::power_of_ten(drop);
  aesop::detail::Division division = aesop::detail::divide(a.coefficient, unit);
  const aesop::detail::Wide twice = aesop::detail::add(division.remainder, division.remainder);
  if (aesop::detail::compare(twice, unit) >= 0) division.quotient.increment();
  return {a.negative, division.quotient, a.scale - drop};
}
inline Precise reduced(const Precise& a) {
  return shortened(a, aesop::detail::digit_count(a.coefficient) - precise_digits);
}

inline Precise precise(const Decimal& a) {
  return {a.is_negative(), aesop::detail::Wide::of(a.coefficient_high(), a.coefficient_low()), a.scale()};
}
/// One digit, a point, and more digits.
inline Precise precise(std::string_view digits) {
  Precise out;
  for (const char c : digits)
    if (c != '.') out.coefficient.multiply_add(10, static_cast<std::uint32_t>(c - '0'));
  out.scale = static_cast<int>(digits.size()) - 2;
  return reduced(out);
}

/// Rounded to the 34 digits of a decimal; nothing when it is too large for one.
inline std::optional<Decimal> to_decimal(const Precise& a) {
  if (a.is_zero()) return Decimal(0);
  if (a.magnitude() > Decimal::max_exponent) return std::nullopt;
  if (a.magnitude() < -Decimal::max_scale - 1) return Decimal(0);
  const int digits = aesop::detail::digit_count(a.coefficient);
  const Precise cut = shortened(a, digits - Decimal::max_digits);
  Precise shorter = cut;
  if (aesop::detail::digit_count(shorter.coefficient) > Decimal::max_digits) shorter = shortened(shorter, 1);
  const Decimal whole =
      Decimal::from_parts(a.negative, shorter.coefficient.high(), shorter.coefficient.low(), 0).normalised();
  // In two steps, as the place may be finer than a decimal has.
  const int half = shorter.scale / 2;
  const auto first = aesop::multiply(whole, Decimal::scaled(1, static_cast<std::int16_t>(half)));
  const auto out =
      first ? aesop::multiply(*first, Decimal::scaled(1, static_cast<std::int16_t>(shorter.scale - half)))
            : std::nullopt;
  return out ? std::optional(out->normalised()) : std::nullopt;
}

inline Precise negated(Precise a) {
  a.negative = !a.negative;
  return a;
}

inline Precise times(const Precise& a, const Precise& b) {
  return reduced(
      {a.negative != b.negative, aesop::detail::multiply(a.coefficient, b.coefficient), a.scale + b.scale});
}

/// b is not zero.
inline Precise over(const Precise& a, const Precise& b) {
  if (a.is_zero()) return a;
  const int raise = 92 - aesop::detail::digit_count(a.coefficient);
  const aesop::detail::Wide raised =
      aesop::detail::multiply(a.coefficient, aesop::detail::power_of_ten(raise));
  return reduced({a.negative != b.negative, aesop::detail::divide(raised, b.coefficient).quotient,
                  a.scale + raise - b.scale});
}

inline Precise plus(const Precise& a, const Precise& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  Precise coarse = a.scale <= b.scale ? a : b;
  Precise fine = a.scale <= b.scale ? b : a;
  const int room = 92 - aesop::detail::digit_count(coarse.coefficient);
  const int gap = fine.scale - coarse.scale;
  const int raise = std::min(gap, room);
  coarse.coefficient =
      aesop::detail::multiply(coarse.coefficient, aesop::detail::power_of_ten(std::max(raise, 0)));
  coarse.scale += raise;
  fine = shortened(fine, gap - raise);
  const int order = aesop::detail::compare(coarse.coefficient, fine.coefficient);
  if (coarse.negative == fine.negative)
    coarse.coefficient = aesop::detail::add(coarse.coefficient, fine.coefficient);
  else if (order >= 0)
    coarse.coefficient = aesop::detail::subtract(coarse.coefficient, fine.coefficient);
  else
    coarse = {fine.negative, aesop::detail::subtract(fine.coefficient, coarse.coefficient), coarse.scale};
  return reduced(coarse);
}
inline Precise minus(const Precise& a, const Precise& b) { return plus(a, negated(b)); }

}  // namespace rules
}  // namespace v0
}  // namespace aesop
