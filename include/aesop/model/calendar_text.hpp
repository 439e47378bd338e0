// A calendar as authors write it, to a Calendar and back. Part model; depends on calendar and value.
//   {"zone": "America/New_York",
//    "week": {"mon-fri": ["08:00-12:00", "13:00-17:00"], "sat": ["09:00-12:00"]},
//    "holidays": ["2026-12-24",
//                 {"name": "Independence Day", "month": 7, "day": 4, "observed": true},
//                 {"name": "Thanksgiving", "month": 11, "weekday": "thu", "nth": 4},
//                 {"month": 5, "weekday": "mon", "nth": -1}, {"easter": -2, "from": 2027, "until": 2030}],
//    "open": {"2026-12-27": ["10:00-14:00"]}}
// `"week": "always"` is open day and night. `observed` is true or "nearest" (Saturday to Friday, Sunday to
// Monday), or "monday" (both to Monday). `"open": {"2026-12-27": []}` closes a date. Keys `x-...` are left
// alone.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/calendar/calendar.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

namespace detail {

inline constexpr std::array<std::string_view, 7> weekday_words = {"mon", "tue", "wed", "thu",
                                                                  "fri", "sat", "sun"};

/// "mon" is 1; "monday" is read too.
inline std::optional<Weekday> parse_weekday(std::string_view text) {
  constexpr std::array<std::string_view, 7> tails = {"day", "sday", "nesday", "rsday", "day", "urday", "day"};
  for (std::size_t i = 0; i < 7; ++i)
    if (text.starts_with(weekday_words[i]) && (text.size() == 3 || text.substr(3) == tails[i]))
      return static_cast<Weekday>(i + 1);
  return std::nullopt;
}

/// "08:00" to minutes of the day; "24:00" is 1440.
inline std::optional<std::uint16_t> parse_minutes(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t i : {0, 1, 3, 4})
    if (!is_digit(text[i])) return std::nullopt;
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (minutes > 59 || hours > 24 || (hours == 24 && minutes > 0)) return std::nullopt;
  return static_cast<std::uint16_t>(hours * 60 + minutes);
}

inline std::string minutes_text(int minutes) {
  std::string out;
  append_padded(out, minutes / 60, 2);
  out.push_back(':');
  append_padded(out, minutes % 60, 2);
  return out;
}

class CalendarTextReader {
 public:
  explicit CalendarTextReader(Findings& findings) : findings_(findings) {}

  std::optional<Calendar> read(const JsonNode& node) {
    const std::size_t before = findings_.error_count();
    if (!node.is_object()) {
      wrong_type(node, "a calendar", "an object");
      return std::nullopt;
    }
    CalendarSpec spec;
    bool week = false;
    bool zone = false;
    for (const JsonNode::Member& member : node.members()) {
      if (member.key == "zone") {
        zone = true;
        if (member.value.is_string())
          spec.zone = member.value.text();
        else
          wrong_type(member.value, "\"zone\"", "a text");
        if (member.value.is_string() && (spec.zone.empty() || spec.zone.find(' ') != std::string::npos))
          bad(member.value, "a zone is an IANA name", "write it like \"America/New_York\"");
      } else if (member.key == "week") {
        week = true;
        read_week(member.value, spec);
      } else if (member.key == "holidays") {
        read_holidays(member.value, spec);
      } else if (member.key == "open") {
        read_dates(member.value, spec);
      } else if (!member.key.starts_with("x-")) {
        unknown(member, {"zone", "week", "holidays", "open"});
      }
    }
    const auto missing = [&](std::string_view key, std::string_view help) {
      findings_.error("missing-key", cat("a calendar needs \"", key, '"'), node.range(), std::string(help));
    };
    if (!zone) missing("zone", "an IANA name like \"America/New_York\"");
    if (!week) missing("week", "like {\"mon-fri\": [\"08:00-17:00\"]}, or \"always\"");
    if (findings_.error_count() != before) return std::nullopt;
    auto calendar = Calendar::make(std::move(spec));
    if (!calendar) {
      findings_.error("bad-calendar", calendar.error().message, node.range(), calendar.error().help);
      return std::nullopt;
    }
    return calendar.take();
  }

 private:
  void bad(const JsonNode& node, std::string message, std::string help = {}) {
    findings_.error("bad-calendar", std::move(message), node.range(), std::move(help));
  }
  void wrong_type(const JsonNode& node, std::string_view what, std::string_view wanted) {
    findings_.error("wrong-type", cat(what, " must be ", wanted, ", not ", describe(node.kind())),
                    node.range());
  }
  void unknown(const JsonNode::Member& member, const std::vector<std::string_view>& known) {
    const auto near = did_you_mean(member.key, known);
    findings_.error("unknown-key", cat("a calendar knows no \"", printable(member.key, 60), '"'),
                    member.key_range,
                    near ? cat("did you mean \"", *near, "\"?") : cat("it knows ", join(known, ", ")));
  }

  std::vector<OpenInterval> read_hours(const JsonNode& node) {
    std::vector<OpenInterval> out;
    if (!node.is_array()) {
      wrong_type(node, "opening hours", "a list like [\"08:00-12:00\", \"13:00-17:00\"]");
      return out;
    }
    for (const JsonNode& item : node.items()) {
      const std::string_view text = item.is_string() ? std::string_view(item.text()) : std::string_view();
      const auto begin = parse_minutes(text.substr(0, 5));
      const auto end = text.size() == 11 && text[5] == '-' ? parse_minutes(text.substr(6)) : std::nullopt;
      if (!begin || !end) {
        bad(item, "opening hours are written \"08:00-17:00\"");
        continue;
      }
      const OpenInterval interval{*begin, *end};
      if (interval.begin >= interval.end)
        bad(item, "these hours end before they begin",
            "hours past midnight are two intervals, \"20:00-24:00\" and \"00:00-04:00\"");
      for (const OpenInterval& other : out)
        if (interval.begin < other.end && other.begin < interval.end)
          bad(item, "these hours overlap others of the day");
      out.push_back(interval);
    }
    return out;
  }

  void read_week(const JsonNode& node, CalendarSpec& spec) {
    if (node.is_string() && node.text() == "always") {
      spec.always = true;
      return;
    }
    if (!node.is_object()) {
      wrong_type(node, "\"week\"", "an object of days, or \"always\"");
      return;
    }
    std::array<bool, 7> seen{};
    for (const JsonNode::Member& member : node.members()) {
      std::vector<OpenInterval> hours = read_hours(member.value);
      for (const std::string_view piece : split(member.key, ',')) {
        const std::string_view days = trim(piece);
        const std::size_t dash = days.find('-');
        const auto first = parse_weekday(days.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : parse_weekday(days.substr(dash + 1));
        if (!first || !last) {
          findings_.error("bad-calendar", cat('"', printable(member.key, 40), "\" is no weekday"),
                          member.key_range, "write \"mon\", \"mon-fri\" or \"mon,wed,fri\"");
          break;
        }
        for (auto day = static_cast<std::size_t>(*first) - 1;; day = (day + 1) % 7) {
          if (seen[day])
            findings_.error("bad-calendar", cat(weekday_words[day], " is given twice"), member.key_range);
          seen[day] = true;
          spec.week[day] = hours;
          if (day + 1 == static_cast<std::size_t>(*last)) break;
        }
      }
    }
  }

  std::optional<std::int64_t> integer(const JsonNode& node, std::string_view what, std::int64_t least,
                                      std::int64_t most) {
    const auto value = node.is_number() ? node.as_number().to_int64() : std::nullopt;
    if (value && *value >= least && *value <= most) return value;
    bad(node, cat('"', what, "\" must be a whole number from ", least, " to ", most));
    return std::nullopt;
  }

  void read_holidays(const JsonNode& node, CalendarSpec& spec) {
    if (!node.is_array()) return wrong_type(node, "\"holidays\"", "a list");
    for (const JsonNode& item : node.items()) {
      if (item.is_string()) {
        const auto date = parse_date(item.text());
        if (!date) bad(item, "this is not a date", "write it like \"2026-12-24\"");
        if (date) spec.holidays.push_back({Holiday::Kind::single, {}, *date});
      } else if (item.is_object()) {
        read_holiday(item, spec);
      } else {
        wrong_type(item, "a holiday", "a date or an object");
      }
    }
  }

  void read_holiday(const JsonNode& item, CalendarSpec& spec) {
    Holiday rule;
    bool date = false, month = false, day = false, weekday = false, nth = false, easter = false;
    const std::size_t before = findings_.error_count();
    for (const JsonNode::Member& member : item.members()) {
      const JsonNode& value = member.value;
      const std::string& key = member.key;
      if (key == "name") {
        if (value.is_string())
          rule.name = value.text();
        else
          wrong_type(value, "\"name\"", "a text");
      } else if (key == "date") {
        date = true;
        const auto parsed = value.is_string() ? parse_date(value.text()) : std::nullopt;
        if (!parsed) bad(value, "this is not a date", "write it like \"2026-12-24\"");
        if (parsed) rule.date = *parsed;
      } else if (key == "month") {
        month = true;
        rule.month = static_cast<std::uint8_t>(integer(value, key, 1, 12).value_or(1));
      } else if (key == "day") {
        day = true;
        rule.day = static_cast<std::uint8_t>(integer(value, key, 1, 31).value_or(1));
      } else if (key == "weekday") {
        weekday = true;
        const auto on = value.is_string() ? parse_weekday(value.text()) : std::nullopt;
        if (!on) bad(value, "this is no weekday", "write \"mon\", \"tue\", ...");
        if (on) rule.weekday = *on;
      } else if (key == "nth") {
        nth = true;
        rule.nth = static_cast<std::int8_t>(integer(value, key, -5, 5).value_or(1));
        if (rule.nth == 0) bad(value, "\"nth\" counts from 1, or from -1 for the last");
      } else if (key == "easter") {
        easter = true;
        rule.offset = static_cast<std::int16_t>(integer(value, key, -300, 300).value_or(0));
      } else if (key == "observed") {
        if (value.is_bool())
          rule.observed = value.as_bool() ? Observed::nearest : Observed::no;
        else if (value.is_string() && value.text() == "nearest")
          rule.observed = Observed::nearest;
        else if (value.is_string() && value.text() == "monday")
          rule.observed = Observed::next_monday;
        else
          bad(value, "\"observed\" is true, false, \"nearest\" or \"monday\"");
      } else if (key == "from") {
        rule.from_year = static_cast<std::int32_t>(integer(value, key, -max_year, max_year).value_or(0));
      } else if (key == "until") {
        rule.until_year = static_cast<std::int32_t>(integer(value, key, -max_year, max_year).value_or(0));
      } else if (!key.starts_with("x-")) {
        unknown(member,
                {"name", "date", "month", "day", "weekday", "nth", "easter", "observed", "from", "until"});
      }
    }
    if (findings_.error_count() != before) return;
    if (date && !month && !day && !weekday && !nth && !easter)
      rule.kind = Holiday::Kind::single;
    else if (month && day && !date && !weekday && !nth && !easter)
      rule.kind = Holiday::Kind::yearly;
    else if (month && weekday && nth && !date && !day && !easter)
      rule.kind = Holiday::Kind::weekday;
    else if (easter && !date && !month && !day && !weekday && !nth)
      rule.kind = Holiday::Kind::easter;
    else
      return bad(
          item,
          "a holiday is a date, a month with a day, a month with a weekday and nth, or days around Easter");
    if (rule.observed != Observed::no && rule.kind != Holiday::Kind::yearly)
      return bad(item, "only a month with a day can be observed on another");
    if (rule.kind == Holiday::Kind::yearly && rule.day > days_in_month(2000, rule.month))
      return bad(item, "this month has no such day");
    spec.holidays.push_back(std::move(rule));
  }

  void read_dates(const JsonNode& node, CalendarSpec& spec) {
    if (!node.is_object()) return wrong_type(node, "\"open\"", "an object of dates");
    for (const JsonNode::Member& member : node.members()) {
      const auto date = parse_date(member.key);
      if (!date)
        findings_.error("bad-calendar", "this is not a date", member.key_range,
                        "write it like \"2026-12-24\"");
      std::vector<OpenInterval> hours = read_hours(member.value);
      if (date) spec.dates.push_back({*date, std::move(hours)});
    }
  }

  Findings& findings_;
};

}  // namespace detail

/// The calendar of a node; nullptr, and findings with places, when it is not one.
inline std::shared_ptr<const Calendar> read_calendar(const JsonNode& node, Findings& findings) {
  auto calendar = detail::CalendarTextReader(findings).read(node);
  if (!calendar) return nullptr;
  // Of such a calendar every time limit would be an error of a run.
  const CalendarSpec& spec = calendar->spec();
  bool opens = spec.always;
  for (const auto& hours : spec.week) opens = opens || !hours.empty();
  for (const OpenDate& date : spec.dates) opens = opens || !date.hours.empty();
  if (!opens) {
    findings.error("bad-calendar", "this calendar has no working hours", node.find("week")->range(),
                   "give a day hours, {\"mon-fri\": [\"08:00-17:00\"]}, or write \"always\"");
    return nullptr;
  }
  return std::make_shared<const Calendar>(std::move(*calendar));
}

/// The calendar of a value, for commands and parameters. schema_error with the first problem.
inline Result<Calendar> parse_calendar(const Value& value) {
  const auto text = write_json(value);
  if (!text) return text.error();
  const auto node = read_json_tree(*text);
  if (!node) return node.error();
  Findings findings;
  auto calendar = detail::CalendarTextReader(findings).read(*node);
  if (!calendar) return Error{ErrorCode::schema_error, findings[0].message, findings[0].help};
  return std::move(*calendar);
}

/// The value that parse_calendar reads back as the same calendar.
inline Value to_value(const Calendar& calendar) {
  const CalendarSpec& spec = calendar.spec();
  const auto hours = [](const std::vector<OpenInterval>& intervals) {
    std::vector<Value> out;
    for (const OpenInterval& interval : intervals)
      out.push_back(
          Value::string(cat(detail::minutes_text(interval.begin), '-', detail::minutes_text(interval.end))));
    return Value::list(std::move(out));
  };
  std::vector<Entry> out;
  out.emplace_back("zone", Value::string(spec.zone));
  std::vector<Entry> week;
  for (std::size_t i = 0; i < 7; ++i)
    if (!spec.week[i].empty()) week.emplace_back(std::string(detail::weekday_words[i]), hours(spec.week[i]));
  out.emplace_back("week", spec.always ? Value::string("always") : Value::context(std::move(week)));
  std::vector<Value> holidays;
  for (const Holiday& rule : spec.holidays) {
    std::vector<Entry> entry;
    if (!rule.name.empty()) entry.emplace_back("name", Value::string(rule.name));
    if (rule.kind == Holiday::Kind::single) entry.emplace_back("date", Value::date(rule.date));
    if (rule.kind == Holiday::Kind::easter) entry.emplace_back("easter", Value::number(int{rule.offset}));
    if (rule.kind == Holiday::Kind::yearly || rule.kind == Holiday::Kind::weekday)
      entry.emplace_back("month", Value::number(int{rule.month}));
    if (rule.kind == Holiday::Kind::yearly) entry.emplace_back("day", Value::number(int{rule.day}));
    if (rule.kind == Holiday::Kind::weekday) {
      entry.emplace_back("weekday",
                         Value::string(detail::weekday_words[static_cast<std::size_t>(rule.weekday) - 1]));
      entry.emplace_back("nth", Value::number(int{rule.nth}));
    }
    if (rule.observed != Observed::no)
      entry.emplace_back("observed",
                         Value::string(rule.observed == Observed::nearest ? "nearest" : "monday"));
    if (rule.from_year != -max_year) entry.emplace_back("from", Value::number(std::int64_t{rule.from_year}));
    if (rule.until_year != max_year)
      entry.emplace_back("until", Value::number(std::int64_t{rule.until_year}));
    holidays.push_back(Value::context(std::move(entry)));
  }
  if (!holidays.empty()) out.emplace_back("holidays", Value::list(std::move(holidays)));
  std::vector<Entry> dates;
  for (const OpenDate& date : spec.dates) dates.emplace_back(to_string(date.date), hours(date.hours));
  if (!dates.empty()) out.emplace_back("open", Value::context(std::move(dates)));
  return Value::context(std::move(out));
}

}  // namespace v0
}  // namespace aesop
