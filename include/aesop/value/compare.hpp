// FEEL's comparison and equality (DMN 1.5, tables 53 and 54). Part value. "No answer" is FEEL's null.
// Pure; safe from any thread. Named zones are resolved by the ZonePort; with a null one they have no answer.
#pragma once

#include "aesop/base/ports.hpp"
#include "aesop/value/value.hpp"

#include <optional>

namespace aesop {
inline namespace v0 {

namespace detail {

template <class T>
constexpr int order(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

inline std::optional<int> compare_times(const Time& a, const Time& b, const ZonePort* zones) {
  // A time with a named zone has an offset only on a day; java.time and the TCK take the offset in force at
  // the start of 1970 for want of one. One without any has that of the other (DMN 1.5, table 54).
  const auto offset = [zones](const ZoneRef& zone) -> std::optional<std::int32_t> {
    if (zone.kind != ZoneRef::Kind::named) return zone.offset;
    return zones ? zones->offset_at(zone.name, 0) : std::nullopt;
  };
  if (a.zone == b.zone) return order(a.local, b.local);
  if (a.zone.is_none() || b.zone.is_none()) return order(a.local, b.local);  // it takes the other's
  const auto x = offset(a.zone);
  const auto y = offset(b.zone);
  if (!x || !y) return std::nullopt;
  return order(a.local.nanos - *x * nanos_per_second, b.local.nanos - *y * nanos_per_second);
}

inline std::optional<int> compare_date_times(const DateTime& a, const DateTime& b, const ZonePort* zones) {
  if (a.zone.is_none() != b.zone.is_none()) {  // the one without takes that of the other (DMN 1.5, table 54)
    DateTime x = a, y = b;
    (a.zone.is_none() ? x.zone : y.zone) = a.zone.is_none() ? b.zone : a.zone;
    return compare_date_times(x, y, zones);
  }
  if (a.zone.kind != ZoneRef::Kind::named && b.zone.kind != ZoneRef::Kind::named) {
    return order(UtcTime{local_seconds(a.date, a.local) - a.zone.offset, a.local.fraction()},
                 UtcTime{local_seconds(b.date, b.local) - b.zone.offset, b.local.fraction()});
  }
  const auto x = to_utc(a, zones);
  const auto y = to_utc(b, zones);
  if (!x || !y) return std::nullopt;
  return order(*x, *y);
}

// A date is its midnight: in UTC beside a time with a zone, else without one.
inline std::optional<int> compare_date_with_time(const Value& date, const Value& time,
                                                 const ZonePort* zones) {
  const DateTime other = time.as_date_time();
  return compare_date_times({date.as_date(), {}, other.zone.is_none() ? ZoneRef{} : ZoneRef::utc()}, other,
                            zones);
}

// Without the fraction of its second.
inline Value whole_seconds(const Value& value) {
  if (value.is_time()) {
    Time time = value.as_time();
    time.local.nanos -= time.local.fraction();
    return Value::time(time);
  }
  DateTime time = value.as_date_time();
  time.local.nanos -= time.local.fraction();
  return Value::date_time(time);
}

inline bool is_zero_duration(const Value& value) {
  if (value.is(ValueKind::days_duration)) return value.as_days_duration() == DaysDuration{};
  return value.is(ValueKind::months_duration) && value.as_months_duration() == MonthsDuration{};
}

}  // namespace detail

/// -1, 0 or 1 for two values of one ordered kind: numbers, strings (by code point), dates, times, date-times,
/// durations of one kind; a date beside a date-time is its midnight. nullopt for everything else, null
/// included.
inline std::optional<int> compare(const Value& a, const Value& b, const ZonePort* zones) {
  if (a.kind() == b.kind()) {
    switch (a.kind()) {
      case ValueKind::number:
        return compare(a.as_decimal(), b.as_decimal());
      // UTF-8 orders by bytes as by code points.
      case ValueKind::string: {
        const int c = a.as_string().compare(b.as_string());
        return c < 0 ? -1 : c > 0 ? 1 : 0;
      }
      case ValueKind::date:
        return detail::order(a.as_date(), b.as_date());
      case ValueKind::time:
        return detail::compare_times(a.as_time(), b.as_time(), zones);
      case ValueKind::date_time:
        return detail::compare_date_times(a.as_date_time(), b.as_date_time(), zones);
      case ValueKind::days_duration:
        return detail::order(a.as_days_duration(), b.as_days_duration());
      case ValueKind::months_duration:
        return detail::order(a.as_months_duration(), b.as_months_duration());
      default:
        return std::nullopt;
    }
  }
  if (a.is_date() && b.is_date_time()) return detail::compare_date_with_time(a, b, zones);
  if (a.is_date_time() && b.is_date()) {
    const auto order = detail::compare_date_with_time(b, a, zones);
    return order ? std::optional<int>(-*order) : order;
  }
  return std::nullopt;
}

/// FEEL's `=`: null equals null alone; values of different kinds have no answer; lists, contexts and ranges
/// are equal when all their parts are. Date-times are equal when they are the same point in time.
inline std::optional<bool> equal(const Value& a, const Value& b, const ZonePort* zones) {
  const bool a_null = a.is_null() || a.is_erased();
  const bool b_null = b.is_null() || b.is_erased();
  if (a_null || b_null) return a_null == b_null;
  if (a.kind() != b.kind()) {
    if (const auto order = compare(a, b, zones)) return *order == 0;
    if (detail::is_zero_duration(a) && detail::is_zero_duration(b)) return true;
    return std::nullopt;
  }
  switch (a.kind()) {
    case ValueKind::boolean:
      return a.as_bool() == b.as_bool();
    case ValueKind::time:
    case ValueKind::date_time: {
      if (a.as_time().zone.is_none() != b.as_time().zone.is_none()) return false;
      const auto order = compare(detail::whole_seconds(a), detail::whole_seconds(b), zones);
      return order ? std::optional<bool>(*order == 0) : std::nullopt;
    }
    case ValueKind::list: {
      const auto x = a.items();
      const auto y = b.items();
      if (x.size() != y.size()) return false;
      std::optional<bool> all = true;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const auto one = equal(x[i], y[i], zones);
        if (!one) all = std::nullopt;
        if (one && !*one) return false;
      }
      return all;
    }
    case ValueKind::context: {
      if (a.size() != b.size()) return false;
      std::optional<bool> all = true;
      for (const Entry& entry : a.entries()) {
        const Value* other = b.find(entry.first);
        if (other == nullptr) return false;
        const auto one = equal(entry.second, *other, zones);
        if (!one) all = std::nullopt;
        if (one && !*one) return false;
      }
      return all;
    }
    case ValueKind::range: {
      const RangeValue& x = a.as_range();
      const RangeValue& y = b.as_range();
      if (x.low_closed != y.low_closed || x.high_closed != y.high_closed || x.comparison != y.comparison)
        return false;
      const auto low = equal(x.low, y.low, zones);
      const auto high = equal(x.high, y.high, zones);
      if ((low && !*low) || (high && !*high)) return false;
      if (!low || !high) return std::nullopt;
      return true;
    }
    case ValueKind::function:
      return a.as_function() == b.as_function();
    default:
      break;
  }
  if (const auto order = compare(a, b, zones)) return *order == 0;
  return std::nullopt;
}

}  // namespace v0
}  // namespace aesop
