// Zones by rule, for tests of the core that must not link the tz database: the rules in force since 2008 for New York,
// London, Paris and Lord Howe, and a zone that skips midnight. tests/base compares them with the tz database.
#pragma once

#include "aesop/base/civil.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

class RuleZones final : public ZonePort {
 public:
  std::optional<std::int32_t> offset_at(std::string_view zone, std::int64_t utc) const override {
    const Date day = civil_from_days(detail::floor_div(utc, seconds_per_day));
    const auto within = [utc](std::int64_t begin, std::int64_t end) { return utc >= begin && utc < end; };
    const std::int32_t year = day.year;
    if (zone == "America/New_York")
      return within(sunday(year, 3, 2, 7 * 3600), sunday(year, 11, 1, 6 * 3600)) ? -4 * 3600 : -5 * 3600;
    if (zone == "Europe/London")
      return within(sunday(year, 3, -1, 3600), sunday(year, 10, -1, 3600)) ? 3600 : 0;
    if (zone == "Europe/Paris")
      return within(sunday(year, 3, -1, 3600), sunday(year, 10, -1, 3600)) ? 7200 : 3600;
    if (zone == "Australia/Lord_Howe")  // changes by half an hour, in the southern summer
      return within(sunday(year, 4, 1, -9 * 3600), sunday(year, 10, 1, -(8 * 3600 + 1800))) ? 10 * 3600 + 1800
                                                                                            : 11 * 3600;
    if (zone ==
        "Test/Midnight")  // the clocks go from 00:00 to 01:00 in March and from 24:00 to 23:00 in November
      return within(sunday(year, 3, 2, 0), sunday(year, 11, 1, -3600)) ? 3600 : 0;
    return fixed_zones().offset_at(zone, utc);
  }
  std::string data_version() const override { return "rules"; }

 private:
  // The nth Sunday of a month (-1 the last) at a second of the day in UTC, as seconds since 1970.
  static std::int64_t sunday(std::int32_t year, std::uint8_t month, int nth, std::int64_t second) {
    std::int64_t day = days_from_civil({year, month, 1});
    if (nth < 0)
      day = days_from_civil({year, month, static_cast<std::uint8_t>(days_in_month(year, month))}) - 6;
    while (weekday(day) != Weekday::sunday) ++day;
    return (day + (nth > 0 ? 7 * (nth - 1) : 0)) * seconds_per_day + second;
  }
};

}  // namespace v0
}  // namespace aesop
