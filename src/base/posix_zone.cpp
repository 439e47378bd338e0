// Reading and following a zone's rule in POSIX form. Part base (shell); see posix_zone.hpp.
#include "base/posix_zone.hpp"

#include "aesop/base/civil.hpp"
#include "aesop/base/text.hpp"

#include <algorithm>
#include <array>

namespace aesop {
inline namespace v0 {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// An abbreviation: three letters or more, or anything within < and >.
  bool name() {
    if (take('<')) {
      const std::size_t end = rest_.find('>');
      if (end == std::string_view::npos) return false;
      rest_.remove_prefix(end + 1);
      return true;
    }
    std::size_t letters = 0;
    while (letters < rest_.size() && is_letter(rest_[letters])) ++letters;
    rest_.remove_prefix(letters);
    return letters >= 3;
  }
  std::optional<int> number(int most) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < rest_.size() && digits < 3 && is_digit(rest_[digits]))
      value = value * 10 + (rest_[digits++] - '0');
    rest_.remove_prefix(digits);
    if (digits == 0 || value > most) return std::nullopt;
    return value;
  }
  /// [+-]hours[:minutes[:seconds]] in seconds.
  std::optional<std::int64_t> hours(int most) {
    const bool minus = take('-');
    if (!minus) take('+');
    const auto whole = number(most);
    if (!whole) return std::nullopt;
    std::int64_t seconds = std::int64_t{*whole} * 3600;
    for (const int unit : {60, 1}) {
      if (!take(':')) break;
      const auto part = number(59);
      if (!part) return std::nullopt;
      seconds += std::int64_t{*part} * unit;
    }
    return minus ? -seconds : seconds;
  }
  std::optional<PosixZone::Rule> rule() {
    PosixZone::Rule rule;
    if (take('M')) {
      const auto month = number(12);
      if (!month || *month == 0 || !take('.')) return std::nullopt;
      const auto week = number(5);
      if (!week || *week == 0 || !take('.')) return std::nullopt;
      const auto weekday = number(6);
      if (!weekday) return std::nullopt;
      rule.month = *month, rule.week = *week, rule.weekday = *weekday;
    } else {
      const bool julian = take('J');
      rule.kind = julian ? PosixZone::Rule::Kind::julian : PosixZone::Rule::Kind::ordinal;
      const auto day = number(365);
      if (!day || (julian && *day == 0)) return std::nullopt;
      rule.day = *day;
    }
    if (take('/')) {
      const auto time = hours(167);
      if (!time) return std::nullopt;
      rule.time = *time;
    }
    return rule;
  }

 private:
  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
  std::string_view rest_;
};

/// The moment of a rule in a year, as the wall clock shows it.
std::int64_t moment(const PosixZone::Rule& rule, std::int32_t year) {
  std::int64_t day = 0;
  switch (rule.kind) {
    case PosixZone::Rule::Kind::month_week_day: {
      const std::int64_t first = days_from_civil({year, static_cast<std::uint8_t>(rule.month), 1});
      const std::int64_t weekday = detail::floor_mod(first + 4, 7);  // 1970-01-01 was a Thursday
      std::int64_t in_month = detail::floor_mod(rule.weekday - weekday, 7) + (rule.week - 1) * 7;
      if (in_month >= days_in_month(year, rule.month)) in_month -= 7;
      day = first + in_month;
      break;
    }
    case PosixZone::Rule::Kind::julian:
      day = days_from_civil({year, 1, 1}) + rule.day - 1 + (is_leap_year(year) && rule.day >= 60 ? 1 : 0);
      break;
    case PosixZone::Rule::Kind::ordinal:
      day = days_from_civil({year, 1, 1}) + rule.day;
      break;
  }
  return day * seconds_per_day + rule.time;
}

}  // namespace

std::optional<PosixZone> PosixZone::parse(std::string_view text) {
  Reader reader(text);
  PosixZone zone;
  if (!reader.name()) return std::nullopt;
  const auto west = reader.hours(24);
  if (!west) return std::nullopt;
  zone.standard = static_cast<std::int32_t>(-*west);
  if (reader.done()) return zone;
  if (!reader.name()) return std::nullopt;
  zone.summer = zone.standard + 3600;
  if (!reader.take(',')) {
    const auto summer_west = reader.hours(24);
    if (!summer_west || !reader.take(',')) return std::nullopt;
    zone.summer = static_cast<std::int32_t>(-*summer_west);
  }
  const auto start = reader.rule();
  if (!start || !reader.take(',')) return std::nullopt;
  const auto stop = reader.rule();
  if (!stop || !reader.done()) return std::nullopt;
  zone.start = *start, zone.stop = *stop;
  return zone;
}

PosixZone::Span PosixZone::at(std::int64_t utc_seconds) const {
  if (!summer) return {INT64_MIN, INT64_MAX, standard};
  const Date date =
      civil_from_days(std::clamp(detail::floor_div(utc_seconds, seconds_per_day), min_days + 800, max_days - 800));
  struct Change {
    std::int64_t at = 0;
    std::int32_t offset = 0;
  };
  std::array<Change, 6> changes;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto year = static_cast<std::int32_t>(date.year + static_cast<std::int32_t>(i) - 1);
    changes[2 * i] = {moment(start, year) - standard, *summer};
    changes[2 * i + 1] = {moment(stop, year) - *summer, standard};
  }
  // A summer that ends as the next one begins (permanent summer time, "XXX3EDT4,0/0,J365/23") begins last.
  std::stable_sort(changes.begin(), changes.end(), [&](const Change& a, const Change& b) {
    return a.at != b.at ? a.at < b.at : a.offset != *summer && b.offset == *summer;
  });
  Span span{changes.front().at, changes.front().at, changes.back().offset};
  for (std::size_t i = 0; i < changes.size() && changes[i].at <= utc_seconds; ++i) {
    const std::int64_t end = i + 1 < changes.size() ? changes[i + 1].at : INT64_MAX;
    span = {changes[i].at, end, changes[i].offset};
  }
  return span;
}

}  // namespace v0
}  // namespace aesop
