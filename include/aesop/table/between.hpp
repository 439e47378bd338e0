// A value strictly between two others of one kind, as simple as possible: the witness of an open segment. Part table.
#pragma once

#include "aesop/base/civil.hpp"
#include "aesop/value/compare.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace detail {

inline std::optional<Decimal> number_between(const Value& a, const Value& b) {
  if (a.is_null() && b.is_null()) return Decimal(0);
  const auto whole = [](const Value& value) { return value.as_decimal().rounded(0, Rounding::floor); };
  if (a.is_null()) {
    const auto below = whole(b);
    return below ? subtract(*below, Decimal(1)) : std::nullopt;
  }
  const auto floor = whole(a);
  const auto next = floor ? add(*floor, Decimal(1)) : std::nullopt;
  if (next && compare(*next, a.as_decimal()) > 0 && (b.is_null() || compare(*next, b.as_decimal()) < 0))
    return next;
  if (b.is_null()) return std::nullopt;
  const auto sum = add(a.as_decimal(), b.as_decimal());
  const auto middle = sum ? divide(*sum, Decimal(2)) : std::nullopt;
  if (!middle || compare(*middle, a.as_decimal()) <= 0 || compare(*middle, b.as_decimal()) >= 0)
    return std::nullopt;
  return middle;
}

inline std::optional<std::string> string_between(const Value& a, const Value& b) {
  if (a.is_null()) {
    if (b.is_null()) return std::string("other");
    if (b.as_string().empty()) return std::nullopt;
    return std::string();
  }
  for (const std::string_view end : {std::string_view("a"), std::string_view("0"), std::string_view("!"),
                                     std::string_view("\x01"), std::string_view("\0", 1)}) {
    std::string out(a.as_string());
    out += end;
    if (b.is_null() || out < b.as_string()) return out;
  }
  return std::nullopt;
}

// Whole numbers from `least` to `most`: days and months.
inline std::optional<std::int64_t> whole_between(std::optional<std::int64_t> a, std::optional<std::int64_t> b,
                                                 std::int64_t least, std::int64_t most) {
  if (!a && !b) return 0;
  if (!a) return *b > least ? std::optional(*b - 1) : std::nullopt;
  if (*a >= most || (b && *a + 1 >= *b)) return std::nullopt;
  return *a + 1;
}

// Seconds and nanoseconds on one line: times, date-times and days durations.
using Moment = DaysDuration;

inline std::optional<Moment> moment_between(std::optional<Moment> a, std::optional<Moment> b, Moment least,
                                            Moment most) {
  constexpr std::int64_t steps[] = {86'400, 3'600, 60, 1};
  if (!a && !b) return Moment{};
  if (!a) {
    for (const std::int64_t step : steps)
      if (b->seconds > least.seconds + step) return Moment{b->seconds - step, 0};
    return least < *b ? std::optional(least) : std::nullopt;
  }
  const Moment end = b ? *b : most;
  for (const std::int64_t step : steps)
    if (a->seconds < most.seconds - step && Moment{a->seconds + step, 0} < end)
      return Moment{a->seconds + step, 0};
  Moment next = *a;
  // Half way within a second, else the next nanosecond.
  if (end.seconds - a->seconds <= 1) {
    const std::int64_t apart = (end.seconds - a->seconds) * nanos_per_second + end.nanos - a->nanos;
    if (apart < 2) return std::nullopt;
    const std::int64_t nanos = a->nanos + apart / 2;
    next.seconds += nanos / nanos_per_second;
    next.nanos = static_cast<std::int32_t>(nanos % nanos_per_second);
    return next;
  }
  return std::nullopt;
}

/// A time, date-time or duration as a point of its line; its zone has an offset or is none.
inline Moment moment_of(const Value& value) {
  if (value.is(ValueKind::days_duration)) return value.as_days_duration();
  const Time time = value.as_time();
  const std::int64_t day = value.is_time() ? 0 : days_from_civil(value.as_date()) * seconds_per_day;
  return {day + time.local.nanos / nanos_per_second - time.zone.offset,
          static_cast<std::int32_t>(time.local.nanos % nanos_per_second)};
}
/// The inverse, in the zone of `like`; nullopt beyond the years.
inline std::optional<Value> value_of(const Moment& moment, const Value& like) {
  if (like.is(ValueKind::days_duration)) return Value::days_duration(moment);
  const ZoneRef zone = like.as_time().zone;
  const std::int64_t local = moment.seconds + zone.offset;
  const LocalTime of_day{floor_mod(local, seconds_per_day) * nanos_per_second + moment.nanos};
  if (like.is_time()) return Value::time({of_day, zone});
  const auto date = date_from_days(floor_div(local, seconds_per_day));
  if (!date) return std::nullopt;
  return Value::date_time({*date, of_day, zone});
}

/// A value of `kind` strictly between two, of which a null is no bound; nullopt when there is none. `like` gives the
/// zone of times.
inline std::optional<Value> value_between(ValueKind kind, const Value& a, const Value& b, const Value& like) {
  const auto made = [](auto found, auto make) -> std::optional<Value> {
    if (!found) return std::nullopt;
    return make(*found);
  };
  switch (kind) {
    case ValueKind::number:
      return made(number_between(a, b), [](const Decimal& value) { return Value::number(value); });
    case ValueKind::string:
      return made(string_between(a, b), [](const std::string& value) { return Value::string(value); });
    case ValueKind::date: {
      const auto day = [](const Value& value) -> std::optional<std::int64_t> {
        if (value.is_null()) return std::nullopt;
        return days_from_civil(value.as_date());
      };
      return made(whole_between(day(a), day(b), min_days, max_days),
                  [](std::int64_t days) { return Value::date(*date_from_days(days)); });
    }
    case ValueKind::months_duration: {
      const auto months = [](const Value& value) -> std::optional<std::int64_t> {
        if (value.is_null()) return std::nullopt;
        return value.as_months_duration().months;
      };
      return made(whole_between(months(a), months(b), INT64_MIN, INT64_MAX),
                  [](std::int64_t count) { return Value::months_duration({count}); });
    }
    case ValueKind::time:
    case ValueKind::date_time:
    case ValueKind::days_duration: {
      const auto moment = [](const Value& value) -> std::optional<Moment> {
        if (value.is_null()) return std::nullopt;
        return moment_of(value);
      };
      Moment least{INT64_MIN / 4, 0}, most{INT64_MAX / 4, 0};
      if (kind == ValueKind::time) {
        least = {-like.as_time().zone.offset, 0};
        most = {least.seconds + seconds_per_day, 0};
      }
      const auto found = moment_between(moment(a), moment(b), least, most);
      if (!found) return std::nullopt;
      return value_of(*found, like);
    }
    default:
      return std::nullopt;
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
