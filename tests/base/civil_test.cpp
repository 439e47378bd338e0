// Civil time: day numbers, month arithmetic, text, zones, instants; the default ports.
#include "aesop/base/civil.hpp"

#include "catch.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/default_ports.hpp"

#include <string>

using namespace aesop;

namespace {
DateTime date_time(std::string_view text) {
  const auto value = parse_date_time(text);
  REQUIRE(value.has_value());
  return *value;
}
std::string utc(std::string_view local) {
  const auto at = to_instant(date_time(local), default_ports().zones);
  REQUIRE(at.ok());
  return to_string(*at);
}
}  // namespace

TEST_CASE("civil: day numbers and dates are each other's inverse over the whole range", "[base]") {
  CHECK(days_from_civil({1970, 1, 1}) == 0);
  CHECK(days_from_civil({2000, 3, 1}) == 11017);
  CHECK(weekday(Date{2026, 3, 2}) == Weekday::monday);
  for (const std::int64_t middle : {std::int64_t{0}, min_days + 3000, max_days - 3000,
                                    days_from_civil({0, 1, 1}), days_from_civil({1900, 1, 1})})
    for (std::int64_t day = middle - 3000; day <= middle + 3000; ++day) {
      const auto date = date_from_days(day);
      REQUIRE(date.has_value());
      REQUIRE(is_valid(*date));
      REQUIRE(days_from_civil(*date) == day);
      REQUIRE(weekday(day + 7) == weekday(day));
    }
  CHECK_FALSE(date_from_days(max_days + 1).has_value());
  CHECK_FALSE(date_from_days(min_days - 1).has_value());
  CHECK_FALSE(add_days({max_year, 12, 31}, 1).has_value());
  CHECK_FALSE(add_days({2026, 1, 1}, INT64_MAX).has_value());
}

TEST_CASE("civil: a month added keeps the day or takes the month's last", "[base]") {
  CHECK(add_months({2026, 1, 31}, 1) == Date{2026, 2, 28});
  CHECK(add_months({2024, 1, 31}, 1) == Date{2024, 2, 29});
  CHECK(add_months({2026, 1, 15}, -1) == Date{2025, 12, 15});
  CHECK(add_months({2026, 3, 31}, -13) == Date{2025, 2, 28});
  CHECK_FALSE(add_months({max_year, 12, 1}, 1).has_value());
  CHECK_FALSE(add_months({2026, 1, 1}, INT64_MIN).has_value());
  CHECK(day_of_year({2024, 12, 31}) == 366);
  CHECK(week_of_year({2021, 1, 3}) == 53);
  CHECK(week_of_year({2020, 12, 31}) == 53);
  CHECK(week_of_year({2024, 12, 30}) == 1);
}

TEST_CASE("civil: text that is read is printed back", "[base]") {
  for (const char* text :
       {"2026-03-02", "0000-01-01", "-2026-12-31", "999999999-12-31", "-999999999-01-01", "2024-02-29"})
    CHECK(to_string(*parse_date(text)) == text);
  for (const char* text : {"09:15:30", "00:00:00Z", "23:59:59.999999999", "10:30:00+02:00", "10:30:00-05:30",
                           "10:30:00+05:30:15", "10:30:00@Europe/Paris", "01:02:03.5@Etc/GMT+1"})
    CHECK(to_string(*parse_time(text)) == text);
  for (const char* text : {"2026-03-02T14:00:00", "2026-03-02T14:00:00.25Z", "-2017-12-31T11:22:33.456+01:35",
                           "2026-03-02T14:00:00@America/New_York"})
    CHECK(to_string(date_time(text)) == text);
  CHECK(to_string(*parse_time("10:30:00+00:00")) == "10:30:00Z");
  CHECK(parse_time("10:00:00.1234567899")->local.fraction() == 123456789);
}

TEST_CASE("civil: text that is no date or time is refused", "[base]") {
  for (const char* text :
       {"", "2026-3-02", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "02026-01-01", "226-01-01",
        "1000000000-01-01", "2026-01-01Z", "+2026-01-01", "-0000-01-01", "2026-01-01 ", "2026/01/01"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text).has_value());
  }
  for (const char* text : {"", "24:00:00", "09:60:00", "09:15:60", "9:15:30", "09:15", "09:15:30.",
                           "09:15:30z", "09:15:30+2:00", "09:15:30+19:00", "09:15:30+18:00:01", "09:15:30@",
                           "09:15:30@Europe/Par is", "09:15:30Z@UTC", "09:15:30+02:60"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time(text).has_value());
  }
  for (const char* text : {"2026-03-02", "2026-03-02 14:00:00", "2026-03-02t14:00:00", "2026-03-02T",
                           "2026-03-02T14:00:00+05:0"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date_time(text).has_value());
  }
}

TEST_CASE("civil: durations in ISO text", "[base]") {
  const std::pair<const char*, const char*> days[] = {{"P1DT2H3M4.5S", "P1DT2H3M4.5S"},
                                                      {"PT36H", "P1DT12H"},
                                                      {"-PT0.5S", "-PT0.5S"},
                                                      {"P0D", "PT0S"},
                                                      {"PT60M", "PT1H"},
                                                      {"-P1D", "-P1D"},
                                                      {"PT0.000000001S", "PT0.000000001S"},
                                                      {"-PT1.5S", "-PT1.5S"},
                                                      {"PT90S", "PT1M30S"}};
  for (const auto& [text, printed] : days) {
    CAPTURE(text);
    REQUIRE(parse_days_duration(text).has_value());
    CHECK(to_string(*parse_days_duration(text)) == printed);
    CHECK(parse_days_duration(printed) == parse_days_duration(text));
  }
  for (const char* text : {"", "P", "PT", "P1DT", "P1", "PT1D", "P1H", "P1Y", "PT1S2M", "P1D1D", "PT1.5H",
                           "P1W", "P-1D", "+P1D", "P9999999999999999999D", "P1D ", "PT.5S"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_days_duration(text).has_value());
  }
  CHECK(to_string(*parse_months_duration("P14M")) == "P1Y2M");
  CHECK(to_string(*parse_months_duration("-P1Y")) == "-P1Y");
  CHECK(to_string(*parse_months_duration("P0Y")) == "P0M");
  for (const char* text : {"P", "P1M1Y", "P1D", "P1Y1D", "P99999999999999999999Y", "P1.5Y"})
    CHECK_FALSE(parse_months_duration(text).has_value());
  CHECK(to_string(DaysDuration{INT64_MIN, 0}) == "-P106751991167300DT15H30M8S");
}

TEST_CASE("instants: RFC 3339 in, UTC out, a fraction only when there is one", "[base]") {
  CHECK(to_string(parse_instant("2026-03-02T09:00:00-05:00").value()) == "2026-03-02T14:00:00Z");
  CHECK(to_string(parse_instant("2026-03-02T14:00:00.250Z").value()) == "2026-03-02T14:00:00.25Z");
  CHECK(to_string(parse_instant("1969-12-31T23:59:59.999999Z").value()) == "1969-12-31T23:59:59.999999Z");
  CHECK(parse_instant("1969-12-31T23:59:59.999999Z").value().us == -1);
  CHECK(parse_instant("2026-03-02T14:00:00.1234567Z").value().us % 1'000'000 == 123'456);
  CHECK(parse_instant("2026-03-02T14:00:00").error().help == "end it with Z or an offset like -05:00");
  CHECK(parse_instant("2026-03-02").error().code == ErrorCode::parse_error);
  CHECK(parse_instant("999999999-01-01T00:00:00Z").error().code == ErrorCode::invalid_argument);
  CHECK(Instant{INT64_MAX} + 1 == Instant{INT64_MAX});
  CHECK(Instant{0} - INT64_MIN == Instant{INT64_MAX});
  CHECK(Instant{5} - Instant{3} == 2);
}

TEST_CASE("zones: a time that does not exist moves forward by the gap, one that comes twice is the first",
          "[base]") {
  CHECK(utc("2026-03-08T01:59:59@America/New_York") == "2026-03-08T06:59:59Z");
  CHECK(utc("2026-03-08T02:30:00@America/New_York") == "2026-03-08T07:30:00Z");
  CHECK(utc("2026-03-08T03:00:00@America/New_York") == "2026-03-08T07:00:00Z");
  CHECK(utc("2026-11-01T01:30:00@America/New_York") == "2026-11-01T05:30:00Z");
  CHECK(utc("2026-11-01T02:00:00@America/New_York") == "2026-11-01T07:00:00Z");
  CHECK(utc("2026-03-29T01:15:00@Europe/London") == "2026-03-29T01:15:00Z");
  CHECK(utc("2026-10-25T01:15:00@Europe/London") == "2026-10-25T00:15:00Z");
  // Half an hour in Lord Howe; a whole day that never was in Samoa.
  CHECK(utc("2026-10-04T02:10:00@Australia/Lord_Howe") == "2026-10-03T15:40:00Z");
  CHECK(utc("2026-04-05T01:45:00@Australia/Lord_Howe") == "2026-04-04T14:45:00Z");
  CHECK(utc("2011-12-30T12:00:00@Pacific/Apia") == "2011-12-30T22:00:00Z");
  CHECK(utc("2026-03-02T14:00:00@UTC") == "2026-03-02T14:00:00Z");
  const auto unknown = to_instant(date_time("2026-03-02T14:00:00@Mars/Olympus"), default_ports().zones);
  CHECK(unknown.error().code == ErrorCode::no_zone_data);
  CHECK(to_instant(date_time("2026-03-02T14:00:00@UTC"), nullptr).error().code == ErrorCode::no_zone_data);
  CHECK(zone_offset(date_time("2026-07-01T00:00:00@Europe/Paris"), default_ports().zones) == 7200);
}

TEST_CASE("zones: every local hour of a year goes to UTC and back, but those in a gap", "[base]") {
  for (const char* name : {"America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata",
                           "America/St_Johns", "Africa/Casablanca"}) {
    int moved = 0;
    const ZoneRef zone = ZoneRef::named(name);
    for (std::int64_t local = local_seconds({2026, 1, 1}, {}); local < local_seconds({2027, 1, 1}, {});
         local += 900) {
      const auto at = default_ports().zones->to_utc(name, local);
      REQUIRE(at.has_value());
      const auto back = to_date_time(UtcTime{*at, 0}, zone, default_ports().zones);
      REQUIRE(back.has_value());
      const std::int64_t again = local_seconds(back->date, back->local);
      REQUIRE(again >= local);
      if (again != local) ++moved;
    }
    CAPTURE(name);
    CHECK(moved <= 4);
  }
}

TEST_CASE("zones: the core knows UTC and fixed offsets without data", "[base]") {
  CHECK(fixed_zones().offset_at("UTC", 0) == 0);
  CHECK(fixed_zones().offset_at("+05:30", 0) == 19800);
  CHECK(fixed_zones().offset_at("-18:00", 0) == -64800);
  for (const char* bad : {"Europe/Paris", "+18:01", "+1:00", "05:30", ""})
    CHECK_FALSE(fixed_zones().exists(bad));
}

TEST_CASE("ports: the library's own know zones, their version, and hashes", "[base]") {
  const Ports& ports = default_ports();
  REQUIRE(ports.zones != nullptr);
  CHECK(ports.zones->exists("America/New_York"));
  CHECK_FALSE(ports.zones->exists("Mars/Olympus"));
  CHECK(ports.zones->data_version().size() >= 5);
  REQUIRE(ports.hash != nullptr);
  CHECK(to_hex(ports.hash->sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, test case 2.
  CHECK(to_hex(ports.hash->hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  REQUIRE(ports.letters != nullptr);
  CHECK(ports.letters->upper("abc") == "ABC");
  REQUIRE(ports.patterns != nullptr);
}
