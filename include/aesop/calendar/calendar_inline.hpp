// Bodies of Calendar; included by calendar.hpp alone. Part calendar.
#pragma once

#include "aesop/calendar/calendar.hpp"

namespace aesop {
inline namespace v0 {

inline Result<Calendar> Calendar::make(CalendarSpec spec) {
  const auto tidy = [](std::vector<OpenInterval>& hours) {
    std::sort(hours.begin(), hours.end());
    std::uint16_t last = 0;
    for (const OpenInterval& interval : hours) {
      if (interval.begin >= interval.end || interval.end > 1440 || interval.begin < last) return false;
      last = interval.end;
    }
    return true;
  };
  const auto wrong = [](std::string message) {
    return Error{ErrorCode::invalid_argument, std::move(message)};
  };
  if (spec.zone.empty()) return wrong("a calendar needs a zone");
  for (auto& hours : spec.week)
    if (!tidy(hours)) return wrong("opening hours overlap, are empty or pass 24:00");
  for (OpenDate& date : spec.dates) {
    if (!is_valid(date.date)) return wrong("an opened date does not exist");
    if (!tidy(date.hours))
      return wrong(cat("opening hours of ", to_string(date.date), " overlap, are empty or pass 24:00"));
  }
  std::sort(spec.dates.begin(), spec.dates.end(),
            [](const OpenDate& a, const OpenDate& b) { return a.date < b.date; });
  for (std::size_t i = 1; i < spec.dates.size(); ++i)
    if (spec.dates[i].date == spec.dates[i - 1].date)
      return wrong(cat("the date ", to_string(spec.dates[i].date), " is given twice"));
  for (const Holiday& rule : spec.holidays) {
    const bool month_matters = rule.kind == Holiday::Kind::yearly || rule.kind == Holiday::Kind::weekday;
    bool good = !month_matters || (rule.month >= 1 && rule.month <= 12);
    if (rule.kind == Holiday::Kind::single) good = is_valid(rule.date);
    if (good && rule.kind == Holiday::Kind::yearly)
      good = rule.day >= 1 && rule.day <= days_in_month(2000, rule.month);
    if (rule.kind == Holiday::Kind::weekday)
      good = good && rule.nth != 0 && rule.nth >= -5 && rule.nth <= 5 && rule.weekday >= Weekday::monday &&
             rule.weekday <= Weekday::sunday;
    if (rule.kind == Holiday::Kind::easter) good = rule.offset >= -300 && rule.offset <= 300;
    if (!good) return wrong(cat("the holiday \"", printable(rule.name, 60), "\" can never fall on a day"));
  }
  Calendar out;
  out.spec_ = std::move(spec);
  return out;
}

inline const Holiday* Calendar::holiday(const Date& date) const {
  const std::int64_t day = days_from_civil(date);
  for (const Holiday& rule : spec_.holidays)
    if (falls_on(rule, day)) return &rule;
  return nullptr;
}

inline std::span<const OpenInterval> Calendar::hours_of(std::int64_t day) const {
  static constexpr OpenInterval whole_day[] = {{0, 1440}};
  if (spec_.always) return whole_day;
  const auto& hours = spec_.week[static_cast<std::size_t>(weekday(day)) - 1];
  if (spec_.dates.empty() && hours.empty()) return {};
  if (!spec_.dates.empty()) {
    const Date date = civil_from_days(day);
    const auto at = std::lower_bound(spec_.dates.begin(), spec_.dates.end(), date,
                                     [](const OpenDate& open, const Date& d) { return open.date < d; });
    if (at != spec_.dates.end() && at->date == date) return at->hours;
  }
  if (hours.empty()) return {};
  for (const Holiday& rule : spec_.holidays)
    if (falls_on(rule, day)) return {};
  return hours;
}

inline Error Calendar::unknown_zone() const {
  return {ErrorCode::no_zone_data, cat("time zone \"", printable(spec_.zone, 60), "\" is not known"),
          "zones are IANA names like America/New_York"};
}

inline Error Calendar::beyond_horizon() const {
  return {ErrorCode::horizon_exceeded, "the calendar does not have enough open time within five years",
          "check its hours, holidays and the length asked for"};
}

inline std::optional<std::int64_t> Calendar::local_seconds_at(Instant at, const ZonePort& zones) const {
  const std::int64_t utc = detail::floor_div(at.us, us_per_second);
  const auto offset = zones.offset_at(spec_.zone, utc);
  if (!offset) return std::nullopt;
  return utc + *offset;
}

// The instant of a wall-clock boundary by invariant (1).
inline std::optional<std::int64_t> Calendar::boundary(std::string_view zone, std::int64_t local,
                                                      const ZonePort& zones) {
  const auto utc = zones.to_utc(zone, local);
  if (!utc) return std::nullopt;
  const auto offset = zones.offset_at(zone, *utc);
  if (!offset || *utc + *offset == local) return utc;
  // Skipped: the change lies between the readings by the offset after it (too early) and before it (too
  // late).
  std::int64_t early = local - *offset;
  std::int64_t late = *utc;
  while (late - early > 1) {
    const std::int64_t middle = early + (late - early) / 2;
    const auto there = zones.offset_at(zone, middle);
    if (!there) return std::nullopt;
    (*there == *offset ? late : early) = middle;
  }
  return late;
}

// Opening times of a day as instants, in order; false when the zone is not known.
inline bool Calendar::spans_of(std::int64_t day, const ZonePort& zones, std::vector<OpenSpan>& out) const {
  out.clear();
  const auto hours = hours_of(day);
  if (hours.empty()) return true;
  const std::int64_t midnight = day * seconds_per_day;
  const auto before = zones.offset_at(spec_.zone, midnight - seconds_per_day);
  const auto after = zones.offset_at(spec_.zone, midnight + 2 * seconds_per_day);
  if (!before || !after) return false;
  for (const OpenInterval& interval : hours) {
    OpenSpan span{midnight + interval.begin * 60, midnight + interval.end * 60};
    if (*before == *after) {
      span.begin -= *before;
      span.end -= *before;
    } else {
      const auto begin = boundary(spec_.zone, span.begin, zones);
      const auto end = boundary(spec_.zone, span.end, zones);
      if (!begin || !end) return false;
      span = {*begin, *end};
    }
    if (span.begin < span.end) out.push_back(span);
  }
  return true;
}

inline Result<bool> Calendar::is_open(Instant at, const ZonePort* port) const {
  const ZonePort& zones = port ? *port : fixed_zones();
  if (spec_.always) return true;
  const auto local = local_seconds_at(at, zones);
  if (!local) return unknown_zone();
  const std::int64_t utc = detail::floor_div(at.us, us_per_second);
  const std::int64_t today = detail::floor_div(*local, seconds_per_day);
  std::vector<OpenSpan> spans;
  for (std::int64_t day = today - 1; day <= today + 1; ++day) {
    if (!spans_of(day, zones, spans)) return unknown_zone();
    for (const OpenSpan& span : spans)
      if (utc >= span.begin && utc < span.end) return true;
  }
  return false;
}

inline Result<Instant> Calendar::opens_next(Instant at, const ZonePort* port) const {
  const ZonePort& zones = port ? *port : fixed_zones();
  if (spec_.always) return at;
  const auto local = local_seconds_at(at, zones);
  if (!local) return unknown_zone();
  const std::int64_t today = detail::floor_div(*local, seconds_per_day);
  std::vector<OpenSpan> spans;
  for (std::int64_t day = today - 1; day <= today + horizon_days; ++day) {
    if (!spans_of(day, zones, spans)) return unknown_zone();
    for (const OpenSpan& span : spans)
      if (span.end * us_per_second > at.us) return std::max(at, Instant{span.begin * us_per_second});
  }
  return beyond_horizon();
}

inline Result<Instant> Calendar::add_business(Instant at, std::int64_t us, const ZonePort* port) const {
  const ZonePort& zones = port ? *port : fixed_zones();
  if (us == 0) return at;
  if (us > horizon_days * us_per_day || us < -horizon_days * us_per_day) return beyond_horizon();
  if (spec_.always) return at + us;
  const auto local = local_seconds_at(at, zones);
  if (!local) return unknown_zone();
  const std::int64_t today = detail::floor_div(*local, seconds_per_day);
  std::vector<OpenSpan> spans;
  if (us > 0) {
    for (std::int64_t day = today - 1; day <= today + horizon_days; ++day) {
      if (!spans_of(day, zones, spans)) return unknown_zone();
      for (const OpenSpan& span : spans) {
        const std::int64_t begin = std::max(at.us, span.begin * us_per_second);
        const std::int64_t left = span.end * us_per_second - begin;
        if (left <= 0) continue;
        if (us <= left) return Instant{begin + us};
        us -= left;
      }
    }
    return beyond_horizon();
  }
  for (std::int64_t day = today + 1; day >= today - horizon_days; --day) {
    if (!spans_of(day, zones, spans)) return unknown_zone();
    for (std::size_t i = spans.size(); i-- > 0;) {
      const std::int64_t end = std::min(at.us, spans[i].end * us_per_second);
      const std::int64_t left = end - spans[i].begin * us_per_second;
      if (left <= 0) continue;
      if (-us <= left) return Instant{end + us};
      us += left;
    }
  }
  return beyond_horizon();
}

inline Result<Instant> Calendar::add_business_days(Instant at, std::int64_t n, const ZonePort* port) const {
  const ZonePort& zones = port ? *port : fixed_zones();
  if (n == 0) return at;
  const auto local = local_seconds_at(at, zones);
  if (!local) return unknown_zone();
  const std::int64_t today = detail::floor_div(*local, seconds_per_day);
  const std::int64_t of_day = detail::floor_mod(*local, seconds_per_day);
  const std::int64_t step = n > 0 ? 1 : -1;
  std::int64_t left = n > 0 ? n : n == INT64_MIN ? INT64_MAX : -n;
  std::vector<OpenSpan> spans;
  for (std::int64_t k = 1; k <= horizon_days; ++k) {
    const std::int64_t day = today + step * k;
    if (hours_of(day).empty() || --left > 0) continue;
    const auto target = boundary(spec_.zone, day * seconds_per_day + of_day, zones);
    if (!target || !spans_of(day, zones, spans)) return unknown_zone();
    const Instant same_time = Instant{*target * us_per_second + detail::floor_mod(at.us, us_per_second)};
    for (const OpenSpan& span : spans) {
      if (same_time.us < span.begin * us_per_second) return Instant{span.begin * us_per_second};
      if (same_time.us <= span.end * us_per_second) return same_time;
    }
    if (!spans.empty()) return Instant{spans.back().end * us_per_second};
    ++left;  // all its hours were skipped by the clocks: not an open day after all
  }
  return beyond_horizon();
}

inline Result<std::int64_t> Calendar::business_between(Instant a, Instant b, const ZonePort* port) const {
  const ZonePort& zones = port ? *port : fixed_zones();
  if (b < a) {
    auto back = business_between(b, a, port);
    return back ? Result<std::int64_t>(-*back) : std::move(back);
  }
  if (spec_.always) return b - a;
  const auto from = local_seconds_at(a, zones);
  const auto to = local_seconds_at(b, zones);
  if (!from || !to) return unknown_zone();
  const std::int64_t first = detail::floor_div(*from, seconds_per_day) - 1;
  const std::int64_t last = detail::floor_div(*to, seconds_per_day) + 1;
  if (last - first > measure_days)
    return Error{ErrorCode::horizon_exceeded, "business time is measured over a century at most"};
  std::int64_t sum = 0;
  std::vector<OpenSpan> spans;
  for (std::int64_t day = first; day <= last; ++day) {
    if (!spans_of(day, zones, spans)) return unknown_zone();
    for (const OpenSpan& span : spans) {
      const std::int64_t begin = std::max(a.us, span.begin * us_per_second);
      const std::int64_t end = std::min(b.us, span.end * us_per_second);
      if (begin < end) sum += end - begin;
    }
  }
  return sum;
}

inline Result<std::int64_t> Calendar::business_days_between(Instant a, Instant b,
                                                            const ZonePort* port) const {
  const ZonePort& zones = port ? *port : fixed_zones();
  const auto from = local_seconds_at(a, zones);
  const auto to = local_seconds_at(b, zones);
  if (!from || !to) return unknown_zone();
  std::int64_t first = detail::floor_div(*from, seconds_per_day);
  std::int64_t last = detail::floor_div(*to, seconds_per_day);
  const std::int64_t sign = last < first ? -1 : 1;
  if (last < first) {
    // Going back counts the days before the day of a, down to the day of b.
    std::swap(first, last);
    --first;
    --last;
  }
  if (last - first > measure_days)
    return Error{ErrorCode::horizon_exceeded, "business time is measured over a century at most"};
  std::int64_t count = 0;
  for (std::int64_t day = first + 1; day <= last; ++day) count += hours_of(day).empty() ? 0 : 1;
  return sign * count;
}

inline Result<Instant> Calendar::end_of_day(Instant at, const ZonePort* port) const {
  const ZonePort& zones = port ? *port : fixed_zones();
  const auto local = local_seconds_at(at, zones);
  if (!local) return unknown_zone();
  const auto end =
      boundary(spec_.zone, (detail::floor_div(*local, seconds_per_day) + 1) * seconds_per_day, zones);
  if (!end) return unknown_zone();
  return Instant{*end * us_per_second};
}

inline Result<Instant> Calendar::end_of_business_day(Instant at, const ZonePort* port,
                                                     std::optional<int> cut_off_minutes) const {
  const ZonePort& zones = port ? *port : fixed_zones();
  const auto local = local_seconds_at(at, zones);
  if (!local) return unknown_zone();
  const std::int64_t today = detail::floor_div(*local, seconds_per_day);
  std::vector<OpenSpan> spans;
  for (std::int64_t day = today; day <= today + horizon_days; ++day) {
    if (!spans_of(day, zones, spans)) return unknown_zone();
    if (spans.empty()) continue;
    const std::int64_t closing = spans.back().end * us_per_second;
    if (day == today) {
      if (at.us >= closing) continue;
      if (cut_off_minutes) {
        const auto cut_off =
            boundary(spec_.zone, day * seconds_per_day + *cut_off_minutes * std::int64_t{60}, zones);
        if (!cut_off) return unknown_zone();
        if (at.us > *cut_off * us_per_second) continue;
      }
    }
    return Instant{closing};
  }
  return beyond_horizon();
}

inline Result<Instant> Calendar::add(Instant at, const Span& span, const ZonePort* port) const {
  switch (span.unit) {
    case SpanUnit::elapsed:
      return at + span.amount;
    case SpanUnit::business_days:
      return add_business_days(at, span.amount, port);
    case SpanUnit::business_time:
      return add_business(at, span.amount, port);
    case SpanUnit::months:
      break;
  }
  const ZonePort& zones = port ? *port : fixed_zones();
  const auto local = local_seconds_at(at, zones);
  if (!local) return unknown_zone();
  const Date from = civil_from_days(detail::floor_div(*local, seconds_per_day));
  const auto date = add_months(from, span.amount);
  if (!date || date->year > 200'000 || date->year < -200'000)
    return Error{ErrorCode::invalid_argument, "the year is too far away for an instant"};
  const auto utc = zones.to_utc(
      spec_.zone, days_from_civil(*date) * seconds_per_day + detail::floor_mod(*local, seconds_per_day));
  if (!utc) return unknown_zone();
  return Instant{*utc * us_per_second + detail::floor_mod(at.us, us_per_second)};
}

inline void Calendar::write(ByteWriter& out) const {
  const auto put_date = [&](const Date& date) { out.signed_varint(days_from_civil(date)); };
  const auto put_hours = [&](const std::vector<OpenInterval>& hours) {
    out.varint(hours.size());
    for (const OpenInterval& interval : hours) {
      out.varint(interval.begin);
      out.varint(interval.end);
    }
  };
  out.text(spec_.zone);
  out.boolean(spec_.always);
  for (const auto& hours : spec_.week) put_hours(hours);
  out.varint(spec_.holidays.size());
  for (const Holiday& rule : spec_.holidays) {
    out.u8(static_cast<std::uint8_t>(rule.kind));
    out.text(rule.name);
    put_date(rule.date);
    out.u8(rule.month);
    out.u8(rule.day);
    out.u8(static_cast<std::uint8_t>(rule.observed));
    out.u8(static_cast<std::uint8_t>(rule.weekday));
    out.signed_varint(rule.nth);
    out.signed_varint(rule.offset);
    out.signed_varint(rule.from_year);
    out.signed_varint(rule.until_year);
  }
  out.varint(spec_.dates.size());
  for (const OpenDate& date : spec_.dates) {
    put_date(date.date);
    put_hours(date.hours);
  }
}

}  // namespace v0
}  // namespace aesop
