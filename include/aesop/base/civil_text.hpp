// Dates, times, zones, durations and instants as text. Part base; depends on civil.
// The lexical forms are FEEL's (DMN 1.5, 10.3.2.3 and 10.3.4.1: XML Schema with `@Zone` names) and RFC 3339
// for instants. Parsers give nullopt for anything else: no blanks, no lower-case letters, no missing digits.
#pragma once

#include "aesop/base/civil.hpp"
#include "aesop/base/text.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

namespace detail {

/// A cursor over text being parsed; `ok` turns false for good.
struct Scan {
  std::string_view rest;
  bool ok = true;

  bool peek(char c) const { return !rest.empty() && rest.front() == c; }
  bool accept(char c) {
    if (!peek(c)) return false;
    rest.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!accept(c)) ok = false;
  }
  std::size_t digit_count() const {
    std::size_t n = 0;
    while (n < rest.size() && is_digit(rest[n])) ++n;
    return n;
  }
  std::int64_t digits(std::size_t least, std::size_t most) {
    const std::size_t n = digit_count();
    if (n < least || n > most) {
      ok = false;
      return 0;
    }
    std::int64_t value = 0;
    for (std::size_t i = 0; i < n; ++i) value = value * 10 + (rest[i] - '0');
    rest.remove_prefix(n);
    return value;
  }
  /// ".5" as 500000000; digits behind the ninth are cut.
  std::int64_t fraction() {
    if (!accept('.')) return 0;
    const std::size_t n = digit_count();
    if (n == 0) ok = false;
    std::int64_t value = 0;
    for (std::size_t i = 0; i < 9; ++i) value = value * 10 + (i < n ? rest[i] - '0' : 0);
    rest.remove_prefix(n);
    return value;
  }
};

inline Date scan_date(Scan& scan) {
  const bool negative = scan.accept('-');
  const std::size_t n = scan.digit_count();
  if (n > 4 && scan.peek('0')) scan.ok = false;
  const auto year = static_cast<std::int32_t>(scan.digits(4, 9));
  scan.expect('-');
  const auto month = static_cast<std::uint8_t>(scan.digits(2, 2));
  scan.expect('-');
  const auto day = static_cast<std::uint8_t>(scan.digits(2, 2));
  const Date date{negative ? -year : year, month, day};
  if (!scan.ok || !is_valid(date) || (negative && year == 0)) scan.ok = false;
  return date;
}

inline LocalTime scan_local_time(Scan& scan) {
  const auto hour = static_cast<int>(scan.digits(2, 2));
  scan.expect(':');
  const auto minute = static_cast<int>(scan.digits(2, 2));
  scan.expect(':');
  const auto second = static_cast<int>(scan.digits(2, 2));
  const std::int64_t nanos = scan.fraction();
  if (hour > 23 || minute > 59 || second > 59) scan.ok = false;
  return LocalTime::of(hour, minute, second, nanos);
}

inline ZoneRef scan_zone(Scan& scan) {
  if (scan.rest.empty()) return {};
  if (scan.accept('Z')) return ZoneRef::utc();
  if (scan.accept('@')) {
    const std::string_view name = scan.rest;
    for (const char c : name)
      if (!is_lower(c) && !is_upper(c) && !is_digit(c) && c != '/' && c != '_' && c != '-' && c != '+')
        scan.ok = false;
    if (name.empty() || name.size() > 64) scan.ok = false;
    scan.rest = {};
    return ZoneRef::named(name);
  }
  const bool west = scan.peek('-');
  if (!scan.accept('+') && !scan.accept('-')) scan.ok = false;
  const auto hours = static_cast<std::int32_t>(scan.digits(2, 2));
  scan.expect(':');
  const auto minutes = static_cast<std::int32_t>(scan.digits(2, 2));
  std::int32_t seconds = 0;
  if (scan.accept(':')) seconds = static_cast<std::int32_t>(scan.digits(2, 2));
  const std::int32_t offset = (hours * 60 + minutes) * 60 + seconds;
  if (minutes > 59 || seconds > 59 || offset > 18 * 3600) scan.ok = false;
  return ZoneRef::at_offset(west ? -offset : offset);
}

inline void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  const std::string digits = cat(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

inline void append_fraction(std::string& out, std::int64_t nanos) {
  if (nanos == 0) return;
  std::string digits;
  append_padded(digits, nanos, 9);
  while (digits.back() == '0') digits.pop_back();
  append(out, '.', digits);
}
}  // namespace detail

// --- printing ------------------------------------------------------------------------------------------

/// 2026-03-02; years beyond four digits as they are, negative ones with a minus.
inline std::string to_string(const Date& date) {
  std::string out;
  if (date.year < 0) out.push_back('-');
  detail::append_padded(out, date.year < 0 ? -std::int64_t{date.year} : date.year, 4);
  out.push_back('-');
  detail::append_padded(out, date.month, 2);
  out.push_back('-');
  detail::append_padded(out, date.day, 2);
  return out;
}

/// 09:15:30.5; the fraction only when there is one.
inline std::string to_string(LocalTime time) {
  std::string out;
  detail::append_padded(out, time.hour(), 2);
  out.push_back(':');
  detail::append_padded(out, time.minute(), 2);
  out.push_back(':');
  detail::append_padded(out, time.second(), 2);
  detail::append_fraction(out, time.fraction());
  return out;
}

/// "", "Z", "+01:00", "+05:30:15" or "@Europe/Paris".
inline std::string to_string(const ZoneRef& zone) {
  if (zone.kind == ZoneRef::Kind::none) return {};
  if (zone.kind == ZoneRef::Kind::named) return cat('@', zone.name);
  if (zone.offset == 0) return "Z";
  const std::int32_t size = zone.offset < 0 ? -zone.offset : zone.offset;
  std::string out(1, zone.offset < 0 ? '-' : '+');
  detail::append_padded(out, size / 3600, 2);
  out.push_back(':');
  detail::append_padded(out, size / 60 % 60, 2);
  if (size % 60 != 0) {
    out.push_back(':');
    detail::append_padded(out, size % 60, 2);
  }
  return out;
}

inline std::string to_string(const Time& time) { return to_string(time.local) + to_string(time.zone); }

inline std::string to_string(const DateTime& value) {
  return cat(to_string(value.date), 'T', to_string(value.local), to_string(value.zone));
}

/// P1DT2H3M4.5S; "PT0S" for nothing.
inline std::string to_string(const DaysDuration& duration) {
  // The magnitude of the most negative value does not fit: count in unsigned.
  const bool negative = duration.seconds < 0;
  std::uint64_t seconds = static_cast<std::uint64_t>(duration.seconds);
  std::int64_t nanos = duration.nanos;
  if (negative) {
    seconds = ~seconds + 1;
    if (nanos > 0) {
      seconds -= 1;
      nanos = nanos_per_second - nanos;
    }
  }
  if (seconds == 0 && nanos == 0) return "PT0S";
  std::string out = negative ? "-P" : "P";
  if (seconds >= 86400) append(out, seconds / 86400, 'D');
  const std::uint64_t rest = seconds % 86400;
  if (rest == 0 && nanos == 0) return out;
  out.push_back('T');
  if (rest >= 3600) append(out, rest / 3600, 'H');
  if (rest / 60 % 60 != 0) append(out, rest / 60 % 60, 'M');
  if (rest % 60 != 0 || nanos != 0) {
    append(out, rest % 60);
    detail::append_fraction(out, nanos);
    out.push_back('S');
  }
  return out;
}

/// P1Y2M; "P0M" for nothing.
inline std::string to_string(MonthsDuration duration) {
  const bool negative = duration.months < 0;
  std::uint64_t months = static_cast<std::uint64_t>(duration.months);
  if (negative) months = ~months + 1;
  if (months == 0) return "P0M";
  std::string out = negative ? "-P" : "P";
  if (months >= 12) append(out, months / 12, 'Y');
  if (months % 12 != 0) append(out, months % 12, 'M');
  return out;
}

/// RFC 3339 in UTC, the fraction only when there is one: 2026-03-02T14:00:00Z.
inline std::string to_string(Instant instant) { return to_string(to_date_time(instant)); }

// --- parsing -------------------------------------------------------------------------------------------

inline std::optional<Date> parse_date(std::string_view text) {
  detail::Scan scan{text};
  const Date date = detail::scan_date(scan);
  if (!scan.ok || !scan.rest.empty()) return std::nullopt;
  return date;
}

inline std::optional<Time> parse_time(std::string_view text) {
  detail::Scan scan{text};
  Time time;
  time.local = detail::scan_local_time(scan);
  if (scan.ok) time.zone = detail::scan_zone(scan);
  if (!scan.ok || !scan.rest.empty()) return std::nullopt;
  return time;
}

inline std::optional<DateTime> parse_date_time(std::string_view text) {
  detail::Scan scan{text};
  DateTime value;
  value.date = detail::scan_date(scan);
  if (scan.ok) scan.expect('T');
  if (scan.ok) value.local = detail::scan_local_time(scan);
  if (scan.ok) value.zone = detail::scan_zone(scan);
  if (!scan.ok || !scan.rest.empty()) return std::nullopt;
  return value;
}

/// Days, hours, minutes, seconds: P1DT2H, -PT0.5S. No weeks, no years, no months.
inline std::optional<DaysDuration> parse_days_duration(std::string_view text) {
  detail::Scan scan{text};
  const bool negative = scan.accept('-');
  scan.expect('P');
  std::int64_t seconds = 0;
  std::int64_t nanos = 0;
  bool any = false;
  const auto part = [&](std::int64_t unit) {
    const std::int64_t value = scan.digits(1, 18);
    if (detail::mul_overflows(value, unit) || detail::add_overflows(seconds, value * unit)) scan.ok = false;
    if (scan.ok) seconds += value * unit;
    any = true;
  };
  // Parts come in order, each at most once: try each unit in turn where its letter follows the digits.
  const auto unit_follows = [&](char letter) {
    const std::size_t n = scan.digit_count();
    return n > 0 && n < scan.rest.size() && scan.rest[n] == letter;
  };
  if (scan.ok && unit_follows('D')) {
    part(86400);
    scan.expect('D');
  }
  if (scan.ok && scan.accept('T')) {
    any = false;
    if (unit_follows('H')) {
      part(3600);
      scan.expect('H');
    }
    if (scan.ok && unit_follows('M')) {
      part(60);
      scan.expect('M');
    }
    if (scan.ok && !scan.rest.empty()) {
      part(1);
      if (scan.ok) nanos = scan.fraction();
      scan.expect('S');
    }
  }
  if (!scan.ok || !any || !scan.rest.empty()) return std::nullopt;
  if (!negative) return DaysDuration{seconds, static_cast<std::int32_t>(nanos)};
  if (nanos == 0) return DaysDuration{-seconds, 0};
  return DaysDuration{-seconds - 1, static_cast<std::int32_t>(nanos_per_second - nanos)};
}

/// Years and months: P1Y2M, -P3M.
inline std::optional<MonthsDuration> parse_months_duration(std::string_view text) {
  detail::Scan scan{text};
  const bool negative = scan.accept('-');
  scan.expect('P');
  std::int64_t months = 0;
  bool any = false;
  const auto part = [&](char letter, std::int64_t unit) {
    const std::size_t n = scan.digit_count();
    if (n == 0 || n >= scan.rest.size() || scan.rest[n] != letter) return;
    const std::int64_t value = scan.digits(1, 18);
    scan.expect(letter);
    if (detail::mul_overflows(value, unit) || detail::add_overflows(months, value * unit)) scan.ok = false;
    if (scan.ok) months += value * unit;
    any = true;
  };
  if (scan.ok) part('Y', 12);
  if (scan.ok) part('M', 1);
  if (!scan.ok || !any || !scan.rest.empty()) return std::nullopt;
  return MonthsDuration{negative ? -months : months};
}

/// RFC 3339 with an offset or Z: 2026-03-02T14:00:00Z, 2026-03-02T09:00:00.25-05:00. Digits behind the
/// microsecond are cut. parse_error for anything else; an instant without an offset is refused with help.
inline Result<Instant> parse_instant(std::string_view text) {
  const auto value = parse_date_time(text);
  if (!value || value->zone.kind == ZoneRef::Kind::named)
    return Error{ErrorCode::parse_error, cat("\"", printable(text, 60), "\" is not an instant"),
                 "write it like 2026-03-02T14:00:00Z or 2026-03-02T09:00:00-05:00"};
  if (value->zone.is_none())
    return Error{ErrorCode::parse_error, cat("\"", printable(text, 60), "\" has no offset from UTC"),
                 "end it with Z or an offset like -05:00"};
  return to_instant(*value, nullptr);
}

}  // namespace v0
}  // namespace aesop
