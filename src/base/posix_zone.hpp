// What a zone does after the last change in its file: the rule in POSIX form at the file's end, such as
// "CET-1CEST,M3.5.0,M10.5.0/3" (POSIX.1 8.3, TZ; with the hours of RFC 9636, 3.3). Part base (shell).
// The `date` library reads the changes of a file and not this rule: without it no summer time would come after 2037.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace aesop {
inline namespace v0 {

struct PosixZone {
  /// A day of every year, and when on it, in seconds after its midnight on the wall clock (also negative, also past the day).
  struct Rule {
    enum class Kind : std::uint8_t { month_week_day, julian, ordinal };
    Kind kind = Kind::month_week_day;
    int month = 1, week = 1, weekday = 0;  // week 5: the last; weekday 0: Sunday
    int day = 0;                           // julian: 1..365, never 29 February; ordinal: 0..365
    std::int64_t time = 7200;
  };
  /// An offset and how long it holds: from `begin` until before `end`.
  struct Span {
    std::int64_t begin = INT64_MIN;
    std::int64_t end = INT64_MAX;
    std::int32_t offset = 0;
  };

  std::int32_t standard = 0;  ///< seconds east of UTC
  std::optional<std::int32_t> summer = {};
  Rule start = {};
  Rule stop = {};

  /// Nothing where the text is no such rule.
  static std::optional<PosixZone> parse(std::string_view text);
  Span at(std::int64_t utc_seconds) const;
};

}  // namespace v0
}  // namespace aesop
