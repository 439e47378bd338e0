// Working hours: adding and measuring business time in a zone with holidays. Part calendar; depends on base.
// A Calendar is immutable after make() and safe to read from any thread. Zones come through a ZonePort; a
// null one knows UTC and fixed offsets only. (1) An interval of opening is what lies between its two
// wall-clock boundaries as instants. A boundary that the
//     clocks skip is the instant of the change; one that comes twice is the first. So intervals never
//     overlap, and time is measured as it passes: 01:00-04:00 is two hours on the night the clocks go
//     forward.
// (2) A date opened by name is open at its own hours; else a holiday is closed; else the weekday's hours
// hold. (3) Nothing looks further than five years (horizon_exceeded), so nothing loops.
#pragma once

#include "aesop/base/bytes.hpp"
#include "aesop/base/civil.hpp"
#include "aesop/base/civil_text.hpp"
#include "aesop/base/ports.hpp"
#include "aesop/base/result.hpp"
#include "aesop/calendar/holiday.hpp"
#include "aesop/calendar/span.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Minutes of the day, [begin, end); end is at most 1440, which is 24:00.
struct OpenInterval {
  std::uint16_t begin = 0;
  std::uint16_t end = 0;
  friend constexpr auto operator<=>(const OpenInterval&, const OpenInterval&) = default;
};

/// Hours of one date, in place of its weekday's or a holiday's; none = closed.
struct OpenDate {
  Date date;
  std::vector<OpenInterval> hours;
  friend bool operator==(const OpenDate&, const OpenDate&) = default;
};

/// What a calendar is made of.
struct CalendarSpec {
  std::string zone = "UTC";
  bool always = false;  ///< open day and night; hours and holidays are not looked at
  std::array<std::vector<OpenInterval>, 7> week{};  ///< Monday first
  std::vector<Holiday> holidays{};
  std::vector<OpenDate> dates{};
  friend bool operator==(const CalendarSpec&, const CalendarSpec&) = default;
};

class Calendar {
 public:
  static constexpr std::int64_t horizon_days = 5 * 366;
  static constexpr std::int64_t measure_days = 100 * 366;  ///< business_between goes this far

  /// Always open, in UTC.
  Calendar() { spec_.always = true; }

  /// invalid_argument, naming what is wrong, when intervals are empty, overlap or pass 24:00, or a holiday's
  /// month, day or nth is impossible. Intervals may come in any order. Whether the zone exists is asked when
  /// the calendar is used.
  static Result<Calendar> make(CalendarSpec spec);

  /// The calendar "24x7" in a zone.
  static Calendar always_open(std::string zone = "UTC") {
    Calendar out;
    out.spec_.zone = std::move(zone);
    return out;
  }

  const CalendarSpec& spec() const { return spec_; }
  const std::string& zone() const { return spec_.zone; }
  bool is_always_open() const { return spec_.always; }

  /// Hours of a day, in order.
  std::span<const OpenInterval> hours(const Date& date) const { return hours_of(days_from_civil(date)); }
  bool is_open_day(const Date& date) const { return !hours(date).empty(); }
  /// The rule that makes the day a holiday, or nullptr.
  const Holiday* holiday(const Date& date) const;

  // All of the following: no_zone_data when the zone is not known.

  Result<bool> is_open(Instant at, const ZonePort* zones) const;
  /// `at` itself when open, else the next opening. horizon_exceeded.
  Result<Instant> opens_next(Instant at, const ZonePort* zones) const;

  /// The instant by which `us` microseconds of open time have passed since `at`; negative goes back. Time
  /// that runs out exactly at closing gives the closing, not the next opening; 0 gives `at`.
  /// horizon_exceeded.
  Result<Instant> add_business(Instant at, std::int64_t us, const ZonePort* zones) const;

  /// The nth open day after the day of `at` (before it for negative n), at the same time of day, brought into
  /// that day's hours: before opening it is the opening, in a break the end of the break, after closing the
  /// closing. It does not matter whether the day of `at` is open. 0 gives `at`. horizon_exceeded.
  Result<Instant> add_business_days(Instant at, std::int64_t n, const ZonePort* zones) const;

  /// Microseconds of open time between; negative when b is before a. horizon_exceeded beyond a century.
  Result<std::int64_t> business_between(Instant a, Instant b, const ZonePort* zones) const;

  /// Open days after the day of a up to the day of b, the count that add_business_days takes back.
  Result<std::int64_t> business_days_between(Instant a, Instant b, const ZonePort* zones) const;

  /// The midnight that ends the day of `at` in the calendar's zone.
  Result<Instant> end_of_day(Instant at, const ZonePort* zones) const;

  /// The closing of the day of `at`; when that day is closed or has closed, or `at` is later than the cut-off
  /// (minutes of the day), the closing of the next open day. A day open until 24:00 closes then.
  /// horizon_exceeded.
  Result<Instant> end_of_business_day(Instant at, const ZonePort* zones,
                                      std::optional<int> cut_off_minutes = std::nullopt) const;

  /// `at` moved by any span. Months keep the time of day in the zone; a day the month lacks is its last.
  Result<Instant> add(Instant at, const Span& span, const ZonePort* zones) const;

  /// The same to the last rule.
  friend bool operator==(const Calendar& a, const Calendar& b) { return a.spec_ == b.spec_; }
  /// Canonical bytes, for hashes.
  void write(ByteWriter& out) const;

 private:
  struct OpenSpan {
    std::int64_t begin;  // seconds UTC
    std::int64_t end;
  };

  std::span<const OpenInterval> hours_of(std::int64_t day) const;
  Error unknown_zone() const;
  Error beyond_horizon() const;
  std::optional<std::int64_t> local_seconds_at(Instant at, const ZonePort& zones) const;
  static std::optional<std::int64_t> boundary(std::string_view zone, std::int64_t local,
                                              const ZonePort& zones);
  bool spans_of(std::int64_t day, const ZonePort& zones, std::vector<OpenSpan>& out) const;

  CalendarSpec spec_;
};

/// The calendar of elapsed time, in UTC.
inline const Calendar& calendar_24x7() {
  static const Calendar calendar;
  return calendar;
}

}  // namespace v0
}  // namespace aesop

#include "aesop/calendar/calendar_inline.hpp"
