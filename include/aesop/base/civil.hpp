// Instants and civil time: days, months, times of day, zones. Part base; depends on ports.
// Our own and not std::chrono because years go to +-999,999,999 (FEEL) and a time keeps its zone's name.
// Pure functions; safe from any thread. The calendar is the proleptic Gregorian one. Text is civil_text.hpp.
#pragma once

#include "aesop/base/ports.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

inline constexpr std::int64_t us_per_second = 1'000'000;
inline constexpr std::int64_t us_per_minute = 60 * us_per_second;
inline constexpr std::int64_t us_per_hour = 60 * us_per_minute;
inline constexpr std::int64_t us_per_day = 24 * us_per_hour;
inline constexpr std::int64_t seconds_per_day = 86'400;
inline constexpr std::int64_t nanos_per_second = 1'000'000'000;
inline constexpr std::int64_t nanos_per_day = seconds_per_day * nanos_per_second;
inline constexpr std::int32_t max_year = 999'999'999;

namespace detail {
constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  const std::int64_t q = a / b;
  return (a % b != 0 && (a < 0) != (b < 0)) ? q - 1 : q;
}
constexpr std::int64_t floor_mod(std::int64_t a, std::int64_t b) { return a - floor_div(a, b) * b; }

constexpr bool add_overflows(std::int64_t a, std::int64_t b) {
  return b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b;
}
constexpr bool mul_overflows(std::int64_t a, std::int64_t b) {
  if (a == 0 || b == 0) return false;
  if (a > 0) return b > 0 ? a > INT64_MAX / b : b < INT64_MIN / a;
  return b > 0 ? a < INT64_MIN / b : (b < 0 && a < INT64_MAX / b);
}
}  // namespace detail

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t us = 0;
  friend constexpr auto operator<=>(const Instant&, const Instant&) = default;
};

/// Microseconds added, saturating at the ends of the range.
constexpr Instant operator+(Instant a, std::int64_t us) {
  if (detail::add_overflows(a.us, us)) return {us > 0 ? INT64_MAX : INT64_MIN};
  return {a.us + us};
}
constexpr Instant operator-(Instant a, std::int64_t us) { return us == INT64_MIN ? a + INT64_MAX : a + -us; }
/// Microseconds between, saturating.
constexpr std::int64_t operator-(Instant a, Instant b) {
  return (a + (b.us == INT64_MIN ? INT64_MAX : -b.us)).us;
}

/// Days of the week as ISO 8601 numbers them.
enum class Weekday : std::uint8_t { monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday };

/// A day of the calendar. Ordered by time.
struct Date {
  std::int32_t year = 1970;
  std::uint8_t month = 1;
  std::uint8_t day = 1;
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

constexpr bool is_leap_year(std::int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr int days_in_month(std::int64_t year, int month) {
  constexpr std::uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

constexpr bool is_valid(const Date& date) {
  return date.year >= -max_year && date.year <= max_year && date.month >= 1 && date.month <= 12 &&
         date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

/// Days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms").
constexpr std::int64_t days_from_civil(const Date& date) {
  const std::int64_t y = std::int64_t{date.year} - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t yoe = y - era * 400;
  const std::int64_t doy = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const std::int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

/// The inverse. The caller keeps `days` within the years of Date (see date_from_days).
constexpr Date civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t doe = days - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const auto month = static_cast<std::uint8_t>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<std::int32_t>(yoe + era * 400 + (month <= 2 ? 1 : 0)), month,
          static_cast<std::uint8_t>(doy - (153 * mp + 2) / 5 + 1)};
}

inline constexpr std::int64_t max_days = days_from_civil({max_year, 12, 31});
inline constexpr std::int64_t min_days = days_from_civil({-max_year, 1, 1});

/// The date of a day number; nullopt outside the years +-999,999,999.
constexpr std::optional<Date> date_from_days(std::int64_t days) {
  if (days < min_days || days > max_days) return std::nullopt;
  return civil_from_days(days);
}

constexpr Weekday weekday(std::int64_t days) {
  return static_cast<Weekday>(detail::floor_mod(days + 3, 7) + 1);
}
constexpr Weekday weekday(const Date& date) { return weekday(days_from_civil(date)); }

constexpr std::optional<Date> add_days(const Date& date, std::int64_t days) {
  const std::int64_t from = days_from_civil(date);
  if (detail::add_overflows(from, days)) return std::nullopt;
  return date_from_days(from + days);
}

/// Months added; a day that the month does not have becomes its last day (31 January + 1 month = 28 or 29
/// February).
constexpr std::optional<Date> add_months(const Date& date, std::int64_t months) {
  const std::int64_t from = std::int64_t{date.year} * 12 + date.month - 1;
  if (detail::add_overflows(from, months)) return std::nullopt;
  const std::int64_t year = detail::floor_div(from + months, 12);
  const auto month = static_cast<std::uint8_t>(detail::floor_mod(from + months, 12) + 1);
  if (year < -max_year || year > max_year) return std::nullopt;
  const int last = days_in_month(year, month);
  return Date{static_cast<std::int32_t>(year), month,
              static_cast<std::uint8_t>(date.day > last ? last : date.day)};
}

/// 1 to 366.
constexpr int day_of_year(const Date& date) {
  return static_cast<int>(days_from_civil(date) - days_from_civil({date.year, 1, 1})) + 1;
}

/// ISO 8601 week number, 1 to 53.
constexpr int week_of_year(const Date& date) {
  const std::int64_t days = days_from_civil(date);
  const std::int64_t thursday = days + 4 - static_cast<int>(weekday(days));
  const Date of = civil_from_days(thursday);
  return static_cast<int>((thursday - days_from_civil({of.year, 1, 1})) / 7) + 1;
}

/// Time of day in nanoseconds, 0 to a day less one.
struct LocalTime {
  std::int64_t nanos = 0;
  friend constexpr auto operator<=>(const LocalTime&, const LocalTime&) = default;

  static constexpr LocalTime of(int hour, int minute, int second = 0, std::int64_t nanos = 0) {
    return {((std::int64_t{hour} * 60 + minute) * 60 + second) * nanos_per_second + nanos};
  }
  constexpr int hour() const { return static_cast<int>(nanos / (3600 * nanos_per_second)); }
  constexpr int minute() const { return static_cast<int>(nanos / (60 * nanos_per_second) % 60); }
  constexpr int second() const { return static_cast<int>(nanos / nanos_per_second % 60); }
  constexpr int fraction() const { return static_cast<int>(nanos % nanos_per_second); }
};

/// No zone, a fixed offset east of UTC in seconds, or an IANA zone by name. An offset and a name that mean
/// the same are different ZoneRefs (FEEL's is()).
struct ZoneRef {
  enum class Kind : std::uint8_t { none, offset, named };
  Kind kind = Kind::none;
  std::int32_t offset = 0;
  std::string name = {};
  friend bool operator==(const ZoneRef&, const ZoneRef&) = default;

  static ZoneRef utc() { return {Kind::offset, 0, {}}; }
  static ZoneRef at_offset(std::int32_t seconds) { return {Kind::offset, seconds, {}}; }
  static ZoneRef named(std::string_view zone) { return {Kind::named, 0, std::string(zone)}; }
  bool is_none() const { return kind == Kind::none; }
};

/// FEEL's time.
struct Time {
  LocalTime local = {};
  ZoneRef zone = {};
  friend bool operator==(const Time&, const Time&) = default;
};

/// FEEL's date and time.
struct DateTime {
  Date date = {};
  LocalTime local = {};
  ZoneRef zone = {};
  friend bool operator==(const DateTime&, const DateTime&) = default;
};

/// FEEL's days and time duration: seconds, and nanoseconds 0 to 999,999,999 to be added to them.
struct DaysDuration {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;
  friend constexpr auto operator<=>(const DaysDuration&, const DaysDuration&) = default;
};

/// FEEL's years and months duration.
struct MonthsDuration {
  std::int64_t months = 0;
  friend constexpr auto operator<=>(const MonthsDuration&, const MonthsDuration&) = default;
};

/// A point on the UTC line with nanoseconds, wide enough for every DateTime.
struct UtcTime {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;
  friend constexpr auto operator<=>(const UtcTime&, const UtcTime&) = default;
};

/// Local seconds since 1970 on the wall clock.
constexpr std::int64_t local_seconds(const Date& date, LocalTime time) {
  return days_from_civil(date) * seconds_per_day + time.nanos / nanos_per_second;
}

/// A DateTime on the UTC line. One without a zone is read as UTC. A named zone needs `zones`; nullopt when
/// it is null or does not know the name.
inline std::optional<UtcTime> to_utc(const DateTime& value, const ZonePort* zones) {
  const std::int64_t local = local_seconds(value.date, value.local);
  const auto nanos = static_cast<std::int32_t>(value.local.fraction());
  if (value.zone.kind == ZoneRef::Kind::none) return UtcTime{local, nanos};
  if (value.zone.kind == ZoneRef::Kind::offset) return UtcTime{local - value.zone.offset, nanos};
  if (zones == nullptr) return std::nullopt;
  const auto utc = zones->to_utc(value.zone.name, local);
  if (!utc) return std::nullopt;
  return UtcTime{*utc, nanos};
}

/// Seconds east of UTC that a DateTime's zone means; nullopt without a zone or when it is not known.
inline std::optional<std::int32_t> zone_offset(const DateTime& value, const ZonePort* zones) {
  if (value.zone.kind == ZoneRef::Kind::none) return std::nullopt;
  if (value.zone.kind == ZoneRef::Kind::offset) return value.zone.offset;
  const auto utc = to_utc(value, zones);
  if (!utc) return std::nullopt;
  return zones->offset_at(value.zone.name, utc->seconds);
}

/// The instant of a DateTime, cut to microseconds. no_zone_data for an unknown zone, invalid_argument for a
/// year that an Instant cannot hold (beyond about +-292,000).
inline Result<Instant> to_instant(const DateTime& value, const ZonePort* zones) {
  const auto utc = to_utc(value, zones);
  if (!utc)
    return Error{ErrorCode::no_zone_data, cat("time zone \"", printable(value.zone.name), "\" is not known")};
  if (utc->seconds > INT64_MAX / us_per_second - 1 || utc->seconds < INT64_MIN / us_per_second + 1)
    return Error{ErrorCode::invalid_argument, "the year is too far away for an instant"};
  return Instant{utc->seconds * us_per_second + utc->nanos / 1000};
}

/// The wall clock at a UTC time in a zone, the zone kept; nullopt when the zone or year is not known.
inline std::optional<DateTime> to_date_time(UtcTime utc, const ZoneRef& zone, const ZonePort* zones) {
  std::int64_t local = utc.seconds;
  if (zone.kind == ZoneRef::Kind::offset) local += zone.offset;
  if (zone.kind == ZoneRef::Kind::named) {
    const auto offset = zones ? zones->offset_at(zone.name, utc.seconds) : std::nullopt;
    if (!offset) return std::nullopt;
    local += *offset;
  }
  const auto date = date_from_days(detail::floor_div(local, seconds_per_day));
  if (!date) return std::nullopt;
  return DateTime{*date, {detail::floor_mod(local, seconds_per_day) * nanos_per_second + utc.nanos}, zone};
}

inline UtcTime to_utc(Instant instant) {
  return {detail::floor_div(instant.us, us_per_second),
          static_cast<std::int32_t>(detail::floor_mod(instant.us, us_per_second) * 1000)};
}

/// The wall clock at an instant, in UTC by default.
inline std::optional<DateTime> to_date_time(Instant instant, const ZoneRef& zone, const ZonePort* zones) {
  return to_date_time(to_utc(instant), zone, zones);
}
inline DateTime to_date_time(Instant instant) {
  return *to_date_time(to_utc(instant), ZoneRef::utc(), nullptr);
}

}  // namespace v0
}  // namespace aesop
