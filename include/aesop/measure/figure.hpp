// Arithmetic that measures share: ratios, days, means, percentiles, all in decimals. Part measure; depends on
// value. Nothing here is a float: the same facts give the same digits on every machine.
#pragma once

#include "aesop/base/civil.hpp"
#include "aesop/value/decimal.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Places that results of measures are rounded to, half to even.
inline constexpr int figure_places = 6;

/// a / b rounded to figure_places; nullopt when b is zero.
inline std::optional<Decimal> ratio(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) return std::nullopt;
  const auto quotient = divide(a, b);
  return quotient ? quotient->rounded(figure_places) : std::nullopt;
}

/// Elapsed days of 24 hours, rounded to figure_places; negative when `to` is before `from`.
inline Decimal days_between(Instant from, Instant to) {
  return ratio(Decimal(to - from), Decimal(us_per_day)).value_or(Decimal());
}

/// Sum; a sum beyond 34 digits stays where it was.
inline Decimal sum(const std::vector<Decimal>& values) {
  Decimal total;
  for (const Decimal& value : values) total = add(total, value).value_or(total);
  return total;
}

/// Arithmetic mean; nullopt of none.
inline std::optional<Decimal> mean(const std::vector<Decimal>& values) {
  return ratio(sum(values), Decimal(static_cast<std::int64_t>(values.size())));
}

/// The p-th percentile by nearest rank: the smallest value with at least p % of all values at or below it. It
/// is always one of the values. nullopt of none; p from 1 to 100.
inline std::optional<Decimal> percentile(std::vector<Decimal> values, int p) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const std::size_t rank = (values.size() * static_cast<std::size_t>(std::clamp(p, 1, 100)) + 99) / 100;
  return values[rank - 1];
}

}  // namespace v0
}  // namespace aesop
