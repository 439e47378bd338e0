// Holidays by rule: fixed days with their observed shift, the nth weekday of a month, days around Easter,
// single dates. Part calendar. Pure; safe from any thread.
#pragma once

#include "aesop/base/civil.hpp"

#include <cstdint>
#include <string>

namespace aesop {
inline namespace v0 {

/// Where a fixed holiday that falls on a weekend is kept as well.
enum class Observed : std::uint8_t {
  no,
  nearest,     ///< Saturday on the Friday before, Sunday on the Monday after (United States)
  next_monday  ///< Saturday and Sunday on the Monday after (United Kingdom)
};

/// One rule. Which members count depends on the kind.
struct Holiday {
  enum class Kind : std::uint8_t {
    single,   ///< `date` and no other
    yearly,   ///< `month`/`day` every year, shifted by `observed`; the day itself stays a holiday too
    weekday,  ///< the `nth` `weekday` of `month`, -1 the last
    easter    ///< `offset` days after Western Easter Sunday; -2 is Good Friday
  };
  Kind kind = Kind::single;
  std::string name = {};
  Date date = {};
  std::uint8_t month = 1;
  std::uint8_t day = 1;
  Observed observed = Observed::no;
  Weekday weekday = Weekday::monday;
  std::int8_t nth = 1;
  std::int16_t offset = 0;
  std::int32_t from_year = -max_year;  ///< first year the rule holds, by the day's own year
  std::int32_t until_year = max_year;  ///< last year
  friend bool operator==(const Holiday&, const Holiday&) = default;
};

/// Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).
constexpr Date easter_sunday(std::int32_t year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return {year, static_cast<std::uint8_t>(n / 31), static_cast<std::uint8_t>(n % 31 + 1)};
}

namespace detail {

// The day number a rule gives in a year, before any shift; false when it gives none.
constexpr bool nominal_day(const Holiday& rule, std::int32_t year, std::int64_t& out) {
  if (year < rule.from_year || year > rule.until_year) return false;
  switch (rule.kind) {
    case Holiday::Kind::single:
      out = days_from_civil(rule.date);
      return rule.date.year == year;
    case Holiday::Kind::yearly:
      if (rule.day > days_in_month(year, rule.month)) return false;  // 29 February
      out = days_from_civil({year, rule.month, rule.day});
      return true;
    case Holiday::Kind::weekday: {
      const int last = days_in_month(year, rule.month);
      if (rule.nth > 0) {
        const std::int64_t first = days_from_civil({year, rule.month, 1});
        const int ahead = (static_cast<int>(rule.weekday) - static_cast<int>(weekday(first)) + 7) % 7;
        out = first + ahead + 7 * (rule.nth - 1);
        return ahead + 7 * (rule.nth - 1) < last;
      }
      const std::int64_t end = days_from_civil({year, rule.month, static_cast<std::uint8_t>(last)});
      const int back = (static_cast<int>(weekday(end)) - static_cast<int>(rule.weekday) + 7) % 7;
      out = end - back + 7 * (rule.nth + 1);
      return back - 7 * (rule.nth + 1) < last;
    }
    case Holiday::Kind::easter:
      if (year < 1583) return false;
      out = days_from_civil(easter_sunday(year)) + rule.offset;
      return true;
  }
  return false;
}

}  // namespace detail

/// Whether a rule makes this day a holiday.
constexpr bool falls_on(const Holiday& rule, std::int64_t day) {
  const std::int32_t year = civil_from_days(day).year;
  // A shift or an Easter offset may cross New Year: the years beside count too.
  for (std::int32_t y = year - 1; y <= year + 1; ++y) {
    std::int64_t nominal = 0;
    if (!detail::nominal_day(rule, y, nominal)) continue;
    if (nominal == day) return true;
    if (rule.kind != Holiday::Kind::yearly || rule.observed == Observed::no) continue;
    const Weekday on = weekday(nominal);
    if (on == Weekday::sunday && nominal + 1 == day) return true;
    if (on == Weekday::saturday && day == nominal + (rule.observed == Observed::nearest ? -1 : 2))
      return true;
  }
  return false;
}

}  // namespace v0
}  // namespace aesop
