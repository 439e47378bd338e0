// Calendars: business time against Python (cases/calendar/business.json), by hand where clocks change, and by property.
#include "aesop/calendar/calendar.hpp"

#include "catch.hpp"
#include "support/rule_zones.hpp"

#include "aesop/model/calendar_text.hpp"

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#if __has_include(<rapidcheck.h>) && defined(AESOP_HAVE_RAPIDCHECK)
#include <rapidcheck.h>
#endif

using namespace aesop;

namespace {

const RuleZones zones;

Instant at(std::string_view text) { return parse_instant(text).value(); }
std::string shown(const Result<Instant>& instant) {
  return instant ? to_string(*instant) : std::string(slug(instant.error().code));
}
Calendar calendar(std::string_view text) { return parse_calendar(read_json(text).value()).value(); }

Calendar clinic() {
  return calendar(R"({"zone": "America/New_York", "week": {"mon-fri": ["08:00-12:00", "13:00-17:00"]},
                      "holidays": [{"month": 7, "day": 4, "observed": true}]})");
}

}  // namespace

TEST_CASE("calendar: business time is what Python reckons minute by minute", "[calendar]") {
  std::ifstream file(std::string(AESOP_TESTS_DIR) + "/cases/calendar/business.json");
  REQUIRE(file.good());
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const Value root = read_json(text).value();
  std::map<std::string, Calendar, std::less<>> calendars;
  for (const Entry& entry : root.get("calendars").entries())
    calendars.emplace(entry.first, parse_calendar(entry.second).value());
  std::size_t count = 0;
  for (const Value& one : root.get("cases").items()) {
    const Calendar& hours = calendars.find(one.at(0).as_string())->second;
    const std::string_view op = one.at(1).as_string();
    const Instant from = at(one.at(2).as_string());
    INFO(write_json(one).value());
    if (op == "between") {
      const auto between = hours.business_between(from, at(one.at(3).as_string()), &zones);
      CHECK(between.value() == *one.at(4).as_decimal().to_int64() * us_per_minute);
    } else {
      const auto n = one.at(3).as_decimal().to_int64().value_or(0);
      const auto result =
          op == "add" ? hours.add_business(from, n * us_per_minute, &zones)
          : op == "add_days"
              ? hours.add_business_days(from, n, &zones)
              : hours.end_of_business_day(
                    from, &zones,
                    one.at(3).is_null() ? std::nullopt : std::optional<int>(static_cast<int>(n)));
      CHECK(shown(result) == one.at(4).as_string());
    }
    ++count;
  }
  CHECK(count > 800);
}

TEST_CASE("calendar: a length that ends exactly at closing ends there", "[calendar]") {
  const Calendar hours = clinic();
  // Monday 2 March 2026, New York is UTC-5.
  CHECK(shown(hours.add_business(at("2026-03-02T13:00:00Z"), 8 * us_per_hour, &zones)) ==
        "2026-03-02T22:00:00Z");
  CHECK(shown(hours.add_business(at("2026-03-02T13:00:00Z"), 8 * us_per_hour + 1, &zones)) ==
        "2026-03-03T13:00:00.000001Z");
  CHECK(shown(hours.add_business(at("2026-03-02T13:00:00Z"), 4 * us_per_hour, &zones)) ==
        "2026-03-02T17:00:00Z");
  CHECK(shown(hours.add_business(at("2026-03-01T00:00:00Z"), 0, &zones)) == "2026-03-01T00:00:00Z");
  CHECK(shown(hours.add_business(at("2026-03-02T22:00:00Z"), -8 * us_per_hour, &zones)) ==
        "2026-03-02T13:00:00Z");
  // Friday evening, 48 business hours = six days of eight hours.
  CHECK(shown(hours.add_business(at("2026-03-06T23:00:00Z"), 48 * us_per_hour, &zones)) ==
        "2026-03-16T21:00:00Z");
}

TEST_CASE("calendar: business days keep the time of day and fall into the hours", "[calendar]") {
  const Calendar hours = clinic();
  CHECK(shown(hours.add_business_days(at("2026-03-06T15:00:00Z"), 1, &zones)) ==
        "2026-03-09T14:00:00Z");  // 10:00, clocks forward
  CHECK(shown(hours.add_business_days(at("2026-03-07T15:00:00Z"), 1, &zones)) == "2026-03-09T14:00:00Z");
  CHECK(shown(hours.add_business_days(at("2026-03-02T04:00:00Z"), 1, &zones)) ==
        "2026-03-02T22:00:00Z");  // Sunday 23:00
  CHECK(shown(hours.add_business_days(at("2026-03-02T11:00:00Z"), 1, &zones)) ==
        "2026-03-03T13:00:00Z");  // 06:00: the opening
  CHECK(shown(hours.add_business_days(at("2026-03-02T17:30:00Z"), 1, &zones)) ==
        "2026-03-03T18:00:00Z");  // in the break
  CHECK(shown(hours.add_business_days(at("2026-03-03T02:00:00Z"), 3, &zones)) ==
        "2026-03-05T22:00:00Z");  // 21:00: the closing
  CHECK(shown(hours.add_business_days(at("2026-03-02T15:00:00Z"), -1, &zones)) == "2026-02-27T15:00:00Z");
  CHECK(shown(hours.add_business_days(at("2026-03-02T15:00:00Z"), 0, &zones)) == "2026-03-02T15:00:00Z");
  // 4 July 2026 is a Saturday: kept on Friday the 3rd.
  CHECK(shown(hours.add_business_days(at("2026-07-02T14:00:00Z"), 1, &zones)) == "2026-07-06T14:00:00Z");
}

TEST_CASE("calendar: end of day is midnight in the clinic's zone", "[calendar]") {
  const Calendar hours = clinic();
  CHECK(shown(hours.end_of_day(at("2026-03-02T04:30:00Z"), &zones)) == "2026-03-02T05:00:00Z");
  CHECK(shown(hours.end_of_day(at("2026-03-08T06:00:00Z"), &zones)) ==
        "2026-03-09T04:00:00Z");  // a day of 23 hours
  CHECK(shown(hours.end_of_day(at("2026-11-01T05:00:00Z"), &zones)) ==
        "2026-11-02T05:00:00Z");  // a day of 25 hours
  CHECK(shown(hours.end_of_day(at("2026-03-02T05:00:00Z"), &zones)) == "2026-03-03T05:00:00Z");
  // Where the clocks skip midnight the day ends at the change.
  const Calendar skipping = Calendar::always_open("Test/Midnight");
  CHECK(shown(skipping.end_of_day(at("2026-03-07T12:00:00Z"), &zones)) == "2026-03-08T00:00:00Z");
  CHECK(shown(skipping.end_of_day(at("2026-10-31T12:00:00Z"), &zones)) == "2026-11-01T00:00:00Z");
}

TEST_CASE("calendar: end of business day is the closing, after the cut-off that of the next open day",
          "[calendar]") {
  const Calendar hours = clinic();
  CHECK(shown(hours.end_of_business_day(at("2026-03-02T14:00:00Z"), &zones)) == "2026-03-02T22:00:00Z");
  CHECK(shown(hours.end_of_business_day(at("2026-03-02T11:00:00Z"), &zones)) == "2026-03-02T22:00:00Z");
  CHECK(shown(hours.end_of_business_day(at("2026-03-02T22:00:00Z"), &zones)) == "2026-03-03T22:00:00Z");
  CHECK(shown(hours.end_of_business_day(at("2026-03-06T22:30:00Z"), &zones)) == "2026-03-09T21:00:00Z");
  CHECK(shown(hours.end_of_business_day(at("2026-03-02T20:00:00Z"), &zones, 15 * 60)) ==
        "2026-03-02T22:00:00Z");
  CHECK(shown(hours.end_of_business_day(at("2026-03-02T20:00:00.000001Z"), &zones, 15 * 60)) ==
        "2026-03-03T22:00:00Z");
}

TEST_CASE("calendar: time is measured as it passes when the clocks change", "[calendar]") {
  const Calendar night = calendar(R"({"zone": "America/New_York", "week": {"mon-sun": ["01:00-04:00"]}})");
  // 8 March 2026: 01:00-04:00 is two hours; 1 November: four.
  CHECK(night.business_between(at("2026-03-08T05:00:00Z"), at("2026-03-09T04:00:00Z"), &zones).value() ==
        2 * us_per_hour);
  CHECK(night.business_between(at("2026-11-01T04:00:00Z"), at("2026-11-02T05:00:00Z"), &zones).value() ==
        4 * us_per_hour);
  // An interval inside the hour that is skipped is no time at all, and is never open.
  const Calendar gap =
      calendar(R"({"zone": "America/New_York", "week": {"sun": ["02:15-02:45"], "mon": ["09:00-10:00"]}})");
  CHECK(gap.business_between(at("2026-03-08T05:00:00Z"), at("2026-03-09T04:00:00Z"), &zones).value() == 0);
  CHECK(shown(gap.opens_next(at("2026-03-08T05:00:00Z"), &zones)) == "2026-03-09T13:00:00Z");
  CHECK_FALSE(gap.is_open(at("2026-03-08T07:30:00Z"), &zones).value());
  // Boundaries inside the hour that comes twice are the first of the two.
  const Calendar twice =
      calendar(R"({"zone": "America/New_York", "week": {"sun": ["00:00-01:30", "01:30-03:00"]}})");
  CHECK(twice.business_between(at("2026-11-01T04:00:00Z"), at("2026-11-02T05:00:00Z"), &zones).value() ==
        4 * us_per_hour);
  const Calendar half = calendar(R"({"zone": "America/New_York", "week": {"sun": ["00:00-01:30"]}})");
  CHECK(shown(half.add_business(at("2026-11-01T04:00:00Z"), 90 * us_per_minute, &zones)) ==
        "2026-11-01T05:30:00Z");
  CHECK_FALSE(half.is_open(at("2026-11-01T06:15:00Z"), &zones).value());
  // Half an hour on Lord Howe Island.
  const Calendar island = calendar(R"({"zone": "Australia/Lord_Howe", "week": {"sun": ["00:00-06:00"]}})");
  CHECK(island.business_between(at("2026-10-03T12:00:00Z"), at("2026-10-04T12:00:00Z"), &zones).value() ==
        330 * us_per_minute);
  CHECK(island.business_between(at("2026-04-04T12:00:00Z"), at("2026-04-05T12:00:00Z"), &zones).value() ==
        390 * us_per_minute);
}

TEST_CASE("calendar: months keep the wall clock, elapsed time does not", "[calendar]") {
  const Calendar hours = clinic();
  CHECK(shown(hours.add(at("2026-02-28T15:00:00Z"), Span::months(1), &zones)) == "2026-03-28T14:00:00Z");
  CHECK(shown(hours.add(at("2026-01-31T15:00:00Z"), Span::months(1), &zones)) == "2026-02-28T15:00:00Z");
  CHECK(shown(hours.add(at("2026-02-28T15:00:00Z"), Span::elapsed(28 * us_per_day), &zones)) ==
        "2026-03-28T15:00:00Z");
  CHECK(shown(hours.add(at("2026-03-02T15:00:00Z"), Span::business_days(1), &zones)) ==
        "2026-03-03T15:00:00Z");
  CHECK(shown(hours.add(at("2026-03-02T15:00:00Z"), Span::business_time(us_per_hour), &zones)) ==
        "2026-03-02T16:00:00Z");
  CHECK(shown(hours.add(at("2026-03-02T15:00:00Z"), Span::months(INT64_MAX), &zones)) == "invalid-argument");
}

TEST_CASE("calendar: what five years do not hold is an error, not a loop", "[calendar]") {
  const Calendar never = calendar(R"({"zone": "UTC", "week": {}})");
  const Instant now = at("2026-03-02T15:00:00Z");
  CHECK(shown(never.opens_next(now, &zones)) == "horizon-exceeded");
  CHECK(shown(never.add_business(now, 1, &zones)) == "horizon-exceeded");
  CHECK(shown(never.add_business(now, -1, &zones)) == "horizon-exceeded");
  CHECK(shown(never.add_business_days(now, 1, &zones)) == "horizon-exceeded");
  CHECK(shown(never.end_of_business_day(now, &zones)) == "horizon-exceeded");
  CHECK(shown(clinic().add_business(now, INT64_MAX, &zones)) == "horizon-exceeded");
  CHECK(shown(clinic().add_business(now, INT64_MIN, &zones)) == "horizon-exceeded");
  CHECK(shown(clinic().add_business_days(now, INT64_MIN, &zones)) == "horizon-exceeded");
  CHECK(never.business_between(now, now + us_per_day, &zones).value() == 0);
  CHECK(never.business_between(at("1800-01-01T00:00:00Z"), now, &zones).error().code ==
        ErrorCode::horizon_exceeded);
}

TEST_CASE("calendar: an unknown zone is an error of every question", "[calendar]") {
  const Calendar lost = calendar(R"({"zone": "Mars/Olympus", "week": {"mon-sun": ["00:00-24:00"]}})");
  const Instant now = at("2026-03-02T15:00:00Z");
  CHECK(shown(lost.opens_next(now, &zones)) == "no-zone-data");
  CHECK(shown(lost.add_business(now, 1, &zones)) == "no-zone-data");
  CHECK(shown(lost.add_business_days(now, 1, &zones)) == "no-zone-data");
  CHECK(shown(lost.end_of_day(now, &zones)) == "no-zone-data");
  CHECK(shown(lost.end_of_business_day(now, &zones)) == "no-zone-data");
  CHECK_FALSE(lost.is_open(now, &zones).ok());
  CHECK(shown(clinic().end_of_day(now, nullptr)) == "no-zone-data");
  CHECK(shown(Calendar().end_of_day(now, nullptr)) == "2026-03-03T00:00:00Z");
}

TEST_CASE("calendar: 24x7 is elapsed time", "[calendar]") {
  const Instant now = at("2026-03-02T15:00:00Z");
  CHECK(calendar_24x7().is_open(now, nullptr).value());
  CHECK(calendar_24x7().add_business(now, us_per_day, nullptr).value() == now + us_per_day);
  CHECK(calendar_24x7().business_between(now, now + 5, nullptr).value() == 5);
  CHECK(shown(calendar_24x7().add_business_days(now, 2, nullptr)) == "2026-03-04T15:00:00Z");
  const Calendar same = calendar(R"({"zone": "America/New_York", "week": "always"})");
  CHECK(same == Calendar::always_open("America/New_York"));
}

TEST_CASE("holidays: by rule, by date, observed, and only in their years", "[calendar]") {
  const auto day = [](const char* text) { return *parse_date(text); };
  const Calendar hours = calendar(R"({"zone": "UTC", "week": {"mon-fri": ["08:00-17:00"]},
     "holidays": [{"name": "Christmas", "month": 12, "day": 25, "observed": true},
                  {"name": "Boxing Day", "month": 12, "day": 26, "observed": "monday"},
                  {"name": "New Year", "month": 1, "day": 1, "observed": true},
                  {"name": "Thanksgiving", "month": 11, "weekday": "thu", "nth": 4},
                  {"name": "Memorial Day", "month": 5, "weekday": "mon", "nth": -1},
                  {"name": "Good Friday", "easter": -2},
                  {"name": "Juneteenth", "month": 6, "day": 19, "from": 2021},
                  {"name": "Old day", "month": 9, "day": 9, "until": 2025},
                  {"name": "Fifth Friday", "month": 2, "weekday": "fri", "nth": 5},
                  {"name": "Leap", "month": 2, "day": 29}, "2026-08-17"],
     "open": {"2026-12-25": ["10:00-12:00"], "2026-03-03": []}})");
  const auto name = [&](const char* text) {
    const Holiday* rule = hours.holiday(day(text));
    return rule ? rule->name.empty() ? std::string("date") : rule->name : std::string("-");
  };
  CHECK(name("2026-12-25") == "Christmas");
  CHECK(name("2027-12-24") == "Christmas");  // the 25th is a Saturday
  CHECK(name("2022-12-26") == "Christmas");  // the 25th is a Sunday
  CHECK(name("2026-12-28") == "Boxing Day");
  CHECK(name("2021-12-31") == "New Year");  // the next year's first, a Saturday
  CHECK(name("2023-01-02") == "New Year");
  CHECK(name("2026-11-26") == "Thanksgiving");
  CHECK(name("2026-05-25") == "Memorial Day");
  CHECK(name("2026-05-18") == "-");
  CHECK(name("2026-04-03") == "Good Friday");
  CHECK(name("2020-06-19") == "-");
  CHECK(name("2026-06-19") == "Juneteenth");
  CHECK(name("2025-09-09") == "Old day");
  CHECK(name("2026-09-09") == "-");
  CHECK(name("2044-02-26") == "-");
  CHECK(name("2036-02-29") == "Fifth Friday");
  CHECK(name("2024-02-29") == "Leap");
  CHECK(name("2026-08-17") == "date");
  CHECK(hours.is_open_day(day("2026-12-25")));  // opened by name
  CHECK_FALSE(hours.is_open_day(day("2026-03-03")));
  CHECK_FALSE(hours.is_open_day(day("2026-03-07")));
  CHECK(hours.hours(day("2026-12-25"))[0] == OpenInterval{600, 720});
}

TEST_CASE("holidays: Easter by the almanac", "[calendar]") {
  const std::pair<int, const char*> easters[] = {
      {1818, "1818-03-22"}, {1943, "1943-04-25"}, {1954, "1954-04-18"}, {1981, "1981-04-19"},
      {2000, "2000-04-23"}, {2024, "2024-03-31"}, {2025, "2025-04-20"}, {2026, "2026-04-05"},
      {2027, "2027-03-28"}, {2038, "2038-04-25"}, {2049, "2049-04-18"}, {2076, "2076-04-19"},
      {2285, "2285-03-22"}};
  for (const auto& [year, text] : easters) CHECK(to_string(easter_sunday(year)) == text);
}

TEST_CASE("calendar: what cannot be a calendar is refused", "[calendar]") {
  const auto refused = [](CalendarSpec spec) {
    return Calendar::make(std::move(spec)).error().code == ErrorCode::invalid_argument;
  };
  CalendarSpec spec;
  spec.week[0] = {{600, 500}};
  CHECK(refused(spec));
  spec.week[0] = {{600, 700}, {650, 800}};
  CHECK(refused(spec));
  spec.week[0] = {{600, 1441}};
  CHECK(refused(spec));
  spec.week[0] = {{700, 800}, {600, 700}};
  CHECK(Calendar::make(spec).ok());
  spec.holidays.push_back({Holiday::Kind::yearly, "x", {}, 2, 30});
  CHECK(refused(spec));
  spec.holidays.clear();
  spec.dates = {{{2026, 2, 29}, {}}};
  CHECK(refused(spec));
  spec.dates = {{{2026, 2, 28}, {}}, {{2026, 2, 28}, {}}};
  CHECK(refused(spec));
  spec.dates.clear();
  spec.zone = "";
  CHECK(refused(spec));
}

TEST_CASE("calendar text: every problem at once, each with its place", "[calendar]") {
  const std::string text = R"({
  "zone": "New York",
  "week": {"mon-fry": ["08:00-17:00"], "tue": ["17:00-08:00"], "wed": ["08:00-12:00", "11:00-13:00"], "thu": "08:00"},
  "holidays": [{"month": 13, "day": 1}, {"weekday": "mon"}, "2026-02-30", 5, {"easter": 1, "observed": true}, {"month": 2, "day": 30}],
  "opne": {}, "x-note": "kept",
  "open": {"soon": []}
})";
  Findings findings;
  CHECK(read_calendar(read_json_tree(text).value(), findings) == nullptr);
  std::string shown;
  for (const Finding& finding : findings)
    shown += cat(finding.code, ' ', SourceText("c", text).position(finding.where.begin).line, '\n');
  CHECK(shown ==
        "bad-calendar 2\n"
        "bad-calendar 3\nbad-calendar 3\nbad-calendar 3\nwrong-type 3\n"
        "bad-calendar 4\nbad-calendar 4\nbad-calendar 4\nwrong-type 4\nbad-calendar 4\nbad-calendar 4\n"
        "unknown-key 5\nbad-calendar 6\n");
  CHECK(findings[11].help == "did you mean \"open\"?");
  CHECK(parse_calendar(read_json("{}").value()).error().code == ErrorCode::schema_error);
  CHECK(parse_calendar(Value()).error().code == ErrorCode::schema_error);
}

TEST_CASE("calendar text: written and read back it is the same calendar, and so are its bytes",
          "[calendar]") {
  std::ifstream file(std::string(AESOP_TESTS_DIR) + "/cases/calendar/business.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const Value root = read_json(text).value();
  std::vector<Calendar> all;
  for (const Entry& entry : root.get("calendars").entries())
    all.push_back(parse_calendar(entry.second).value());
  all.push_back(Calendar::always_open("Europe/London"));
  for (const Calendar& one : all)
    for (const Calendar& other : all) {
      const Calendar again = parse_calendar(to_value(one)).value();
      CHECK(again == one);
      ByteWriter a, b;
      again.write(a);
      other.write(b);
      CHECK((a.bytes() == b.bytes()) == (one == other));
      CHECK((one == other) == (&one == &other));
    }
}

#if __has_include(<rapidcheck.h>) && defined(AESOP_HAVE_RAPIDCHECK)
namespace {

// Any hours: up to three intervals a day that begin and end on any minute.
Calendar any_calendar() {
  CalendarSpec spec;
  spec.zone = *rc::gen::element<std::string>("America/New_York", "Europe/London", "Australia/Lord_Howe",
                                             "Test/Midnight", "UTC");
  for (auto& hours : spec.week) {
    int from = 0;
    for (int i = *rc::gen::inRange(0, 4); i > 0 && from < 1439; --i) {
      const int begin = *rc::gen::inRange(from, 1440);
      const int end = *rc::gen::inRange(begin + 1, 1441);
      hours.push_back({static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(end)});
      from = end;
    }
  }
  spec.week[2].push_back({0, 1});
  std::sort(spec.week[2].begin(), spec.week[2].end());
  if (spec.week[2].size() > 1 && spec.week[2][1].begin < 1) spec.week[2] = {{0, 1440}};
  if (*rc::gen::arbitrary<bool>())
    spec.holidays.push_back({Holiday::Kind::yearly, "h", {}, 11, 1, Observed::nearest});
  return Calendar::make(std::move(spec)).value();
}

// Near the changes of the clocks half of the time.
Instant any_instant() {
  const Instant anchor =
      *rc::gen::element(at("2026-03-08T05:00:00Z"), at("2026-11-01T04:00:00Z"), at("2026-04-04T12:00:00Z"),
                        at("2026-10-25T00:00:00Z"), at("2026-06-15T00:00:00Z"), at("2026-12-31T00:00:00Z"));
  return anchor + *rc::gen::inRange<std::int64_t>(-3 * us_per_day, 3 * us_per_day);
}

bool property(bool held) { return held; }

}  // namespace

TEST_CASE("calendar: adding business time and measuring it are each other's inverse", "[calendar]") {
  CHECK(property(rc::check("between(a, add(a, n)) = n, forwards and back", [] {
    const Calendar hours = any_calendar();
    const Instant from = any_instant();
    const std::int64_t n = *rc::gen::inRange<std::int64_t>(-60 * us_per_hour, 60 * us_per_hour);
    const auto to = hours.add_business(from, n, &zones);
    if (to)
      RC_ASSERT(hours.business_between(from, *to, &zones).value() == n);
    else  // a minute a week does not hold sixty hours in five years
      RC_ASSERT(to.error().code == ErrorCode::horizon_exceeded);
  })));
  CHECK(property(rc::check("between is additive and changes sign with its ends", [] {
    const Calendar hours = any_calendar();
    const Instant a = any_instant(), b = any_instant(), c = any_instant();
    const auto between = [&](Instant x, Instant y) { return hours.business_between(x, y, &zones).value(); };
    RC_ASSERT(between(a, b) + between(b, c) == between(a, c));
    RC_ASSERT(between(a, b) == -between(b, a));
    RC_ASSERT(a > b || (between(a, b) >= 0 && between(a, b) <= b - a));
  })));
}

TEST_CASE("calendar: open and closed are told apart by the time that passes", "[calendar]") {
  CHECK(property(rc::check("a microsecond counts exactly when the calendar is open", [] {
    const Calendar hours = any_calendar();
    const Instant now = any_instant();
    RC_ASSERT(hours.is_open(now, &zones).value() ==
              (hours.business_between(now, now + 1, &zones).value() == 1));
    const Instant next = hours.opens_next(now, &zones).value();
    RC_ASSERT(next >= now);
    RC_ASSERT(hours.is_open(next, &zones).value());
    RC_ASSERT(hours.business_between(now, next, &zones).value() == 0);
  })));
}

TEST_CASE("calendar: business days counted are business days added", "[calendar]") {
  CHECK(property(rc::check("days between a and add_days(a, n) = n", [] {
    const Calendar hours = any_calendar();
    const Instant from = any_instant();
    const int n = *rc::gen::inRange(-12, 13);
    const auto to = hours.add_business_days(from, n, &zones).value();
    // A closing at 24:00 is the next day's midnight already: count to just before it.
    const Instant day =
        n != 0 && !hours.is_open(to, &zones).value() && hours.is_open(to + -1, &zones).value() ? to + -1 : to;
    RC_ASSERT(hours.business_days_between(from, day, &zones).value() == n);
    RC_ASSERT(n <= 0 || to >= from);
    RC_ASSERT(n >= 0 || to <= from);
  })));
}
#endif
