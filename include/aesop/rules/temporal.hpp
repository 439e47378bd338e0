// Arithmetic and properties of dates, times and durations as FEEL has them (DMN 1.5, 10.3.2.3). Part rules. Pure.
// nullopt says the result cannot be represented, or that a zone is not known.
#pragma once

#include "aesop/base/civil_text.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace rules {

// --- text --------------------------------------------------------------------------------------------------

/// The text with a `z` at its end, as the specification's examples have it, made the Z it stands for.
inline std::string with_capital_z(std::string_view text) {
  std::string out(text);
  if (out.ends_with('z')) out.back() = 'Z';
  return out;
}

/// As parse_time, and z for Z.
inline std::optional<Time> parse_time_text(std::string_view text) {
  return text.ends_with('z') && text.find('@') == std::string_view::npos ? parse_time(with_capital_z(text))
                                                                         : parse_time(text);
}

/// As parse_date_time, and z for Z, and a date alone (its midnight), and 24:00:00 (the next midnight).
inline std::optional<DateTime> parse_date_time_text(std::string_view text) {
  if (text.ends_with('z') && text.find('@') == std::string_view::npos)
    return parse_date_time_text(with_capital_z(text));
  if (auto value = parse_date_time(text)) return value;
  if (const auto day = parse_date(text)) return DateTime{*day, {}, {}};
  const std::size_t at = text.find("T24:00:00");
  if (at == std::string_view::npos) return std::nullopt;
  std::string midnight(text);
  midnight.replace(at + 1, 2, "00");
  auto value = parse_date_time(midnight);
  if (!value || value->local.nanos != 0) return std::nullopt;
  const auto next = add_days(value->date, 1);
  if (!next) return std::nullopt;
  value->date = *next;
  return value;
}

/// What stands in @"...": a date, a time, a date and time or a duration.
inline std::optional<Value> parse_temporal(std::string_view text) {
  if (const auto value = parse_date(text)) return Value::date(*value);
  if (text.find('T') != std::string_view::npos && text.find('P') != 0 && text.find("-P") != 0)
    if (const auto value = parse_date_time_text(text)) return Value::date_time(*value);
  if (const auto value = parse_time_text(text)) return Value::time(*value);
  if (const auto value = parse_days_duration(text)) return Value::days_duration(*value);
  if (const auto value = parse_months_duration(text)) return Value::months_duration(*value);
  return std::nullopt;
}

// --- durations ---------------------------------------------------------------------------------------------

inline std::optional<DaysDuration> negate(const DaysDuration& a) {
  if (a.seconds == INT64_MIN) return std::nullopt;
  if (a.nanos == 0) return DaysDuration{-a.seconds, 0};
  return DaysDuration{-a.seconds - 1, static_cast<std::int32_t>(nanos_per_second - a.nanos)};
}

inline std::optional<DaysDuration> add(const DaysDuration& a, const DaysDuration& b) {
  if (detail::add_overflows(a.seconds, b.seconds)) return std::nullopt;
  DaysDuration out{a.seconds + b.seconds, a.nanos + b.nanos};
  if (out.nanos >= nanos_per_second) {
    if (out.seconds == INT64_MAX) return std::nullopt;
    ++out.seconds;
    out.nanos -= static_cast<std::int32_t>(nanos_per_second);
  }
  return out;
}

/// All of it in seconds, exactly.
inline Decimal in_seconds(const DaysDuration& a) {
  const auto fraction = multiply(Decimal(a.nanos), Decimal::scaled(1, 9));
  return *aesop::add(Decimal(a.seconds), *fraction);
}

inline std::optional<DaysDuration> from_seconds(const Decimal& seconds) {
  const auto whole = seconds.rounded(0, Rounding::floor);
  if (!whole) return std::nullopt;
  const auto as_int = whole->to_int64();
  const auto rest = subtract(seconds, *whole);
  if (!as_int || !rest) return std::nullopt;
  const auto nanos = multiply(*rest, Decimal(nanos_per_second));
  const auto cut = nanos ? nanos->rounded(0, Rounding::floor) : std::nullopt;
  const auto nanos_int = cut ? cut->to_int64() : std::nullopt;
  if (!nanos_int) return std::nullopt;
  return DaysDuration{*as_int, static_cast<std::int32_t>(*nanos_int)};
}

/// Months times or by a number: cut to whole months towards zero.
inline std::optional<MonthsDuration> whole_months(const std::optional<Decimal>& months) {
  const auto cut = months ? months->rounded(0, Rounding::down) : std::nullopt;
  const auto as_int = cut ? cut->to_int64() : std::nullopt;
  if (!as_int) return std::nullopt;
  return MonthsDuration{*as_int};
}

// --- points in time ----------------------------------------------------------------------------------------

/// A date-time moved by elapsed time. With a named zone it moves on the line of UTC.
inline std::optional<DateTime> move_by(const DateTime& at, const DaysDuration& by, const ZonePort* zones) {
  if (at.zone.kind == ZoneRef::Kind::named) {
    const auto utc = to_utc(at, zones);
    if (!utc) return std::nullopt;
    const auto moved = add(DaysDuration{utc->seconds, utc->nanos}, by);
    if (!moved) return std::nullopt;
    return to_date_time(UtcTime{moved->seconds, moved->nanos}, at.zone, zones);
  }
  const auto moved = add(DaysDuration{local_seconds(at.date, at.local), at.local.fraction()}, by);
  if (!moved) return std::nullopt;
  const auto day = date_from_days(detail::floor_div(moved->seconds, seconds_per_day));
  if (!day) return std::nullopt;
  return DateTime{
      *day, {detail::floor_mod(moved->seconds, seconds_per_day) * nanos_per_second + moved->nanos}, at.zone};
}

/// A date moved by elapsed time: its midnight moved, and the date of where that is.
inline std::optional<Date> move_by(const Date& at, const DaysDuration& by) {
  const auto moved = move_by(DateTime{at, {}, {}}, by, nullptr);
  if (!moved) return std::nullopt;
  return moved->date;
}

/// A time of day moved by elapsed time, around the clock.
inline Time move_by(const Time& at, const DaysDuration& by) {
  const std::int64_t shift = detail::floor_mod(by.seconds, seconds_per_day) * nanos_per_second + by.nanos;
  return {{(at.local.nanos + shift) % nanos_per_day}, at.zone};
}

/// The time that passed from `b` to `a`. Both have a zone, or none has.
inline std::optional<DaysDuration> between(const DateTime& a, const DateTime& b, const ZonePort* zones) {
  if (a.zone.is_none() != b.zone.is_none()) return std::nullopt;
  const auto x = to_utc(a, zones);
  const auto y = to_utc(b, zones);
  if (!x || !y) return std::nullopt;
  const auto minus = negate(DaysDuration{y->seconds, y->nanos});
  return minus ? add(DaysDuration{x->seconds, x->nanos}, *minus) : std::nullopt;
}

inline std::optional<DaysDuration> between(const Time& a, const Time& b, const ZonePort* zones) {
  if (a.zone.is_none() != b.zone.is_none()) return std::nullopt;
  const Date day{1970, 1, 1};
  return between(DateTime{day, a.local, a.zone}, DateTime{day, b.local, b.zone}, zones);
}

/// Whole years and months from one date to another; the time of day does not count (DMN 1.5, table 72).
inline MonthsDuration months_between(const Date& from, const Date& to) {
  std::int64_t months = (std::int64_t{to.year} - from.year) * 12 + to.month - from.month;
  if (months > 0 && to.day < from.day) --months;
  if (months < 0 && to.day > from.day) ++months;
  return {months};
}

// --- properties --------------------------------------------------------------------------------------------

/// `.year` of a date and so on; nothing when the value has no such property. A property that is there but has no
/// value here (the timezone of a local time) is null.
inline std::optional<Value> property(const Value& of, std::string_view name, const ZonePort* zones) {
  const auto number = [](std::int64_t value) { return std::optional(Value::number(value)); };
  if (of.is_range()) {
    const RangeValue& range = of.as_range();
    if (name == "start") return range.low;
    if (name == "end") return range.high;
    if (name == "start included") return Value::boolean(range.low_closed);
    if (name == "end included") return Value::boolean(range.high_closed);
    return std::nullopt;
  }
  if (of.is(ValueKind::months_duration)) {
    const std::int64_t months = of.as_months_duration().months;
    if (name == "years") return number(months / 12);
    if (name == "months") return number(months % 12);
    return std::nullopt;
  }
  if (of.is(ValueKind::days_duration)) {
    const DaysDuration span = of.as_days_duration();
    // Towards zero: -1.5 s is -1 second and a bit.
    const std::int64_t seconds = span.seconds < 0 && span.nanos > 0 ? span.seconds + 1 : span.seconds;
    if (name == "days") return number(seconds / seconds_per_day);
    if (name == "hours") return number(seconds / 3600 % 24);
    if (name == "minutes") return number(seconds / 60 % 60);
    if (name == "seconds") return number(seconds % 60);
    return std::nullopt;
  }
  const bool has_date = of.is_date() || of.is_date_time();
  if (has_date) {
    if (name == "year") return number(of.as_date().year);
    if (name == "month") return number(of.as_date().month);
    if (name == "day") return number(of.as_date().day);
    if (name == "weekday") return number(static_cast<int>(weekday(of.as_date())));
  }
  if (!has_date && !of.is_time()) return std::nullopt;
  const Time time = of.is_date() ? Time{{}, ZoneRef::utc()} : of.as_time();
  if (name == "hour") return number(time.local.hour());
  if (name == "minute") return number(time.local.minute());
  if (name == "second") return number(time.local.second());
  if (name == "time offset") {
    if (time.zone.is_none()) return Value();
    const Date day = has_date ? of.as_date() : Date{1970, 1, 1};
    const auto offset = zone_offset(DateTime{day, time.local, time.zone}, zones);
    if (!offset) return Value();
    return Value::days_duration({*offset, 0});
  }
  if (name == "timezone")
    return time.zone.kind == ZoneRef::Kind::named ? Value::string(time.zone.name) : Value();
  return std::nullopt;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
