// The rule in POSIX form at the end of a zone's file.
#include "base/posix_zone.hpp"

#include "catch.hpp"

#include "aesop/base/civil.hpp"
#include "aesop/base/civil_text.hpp"
#include "aesop/base/default_ports.hpp"

using namespace aesop;

namespace {

std::int64_t seconds_of(std::string_view text) {
  return detail::floor_div(parse_instant(text)->us, us_per_second);
}

std::int32_t offset_by(std::string_view rule, std::string_view at) {
  const auto zone = PosixZone::parse(rule);
  REQUIRE(zone);
  return zone->at(seconds_of(at)).offset;
}

}  // namespace

TEST_CASE("posix zone: summer time begins and ends at the second its rule says", "[base]") {
  const char* paris = "CET-1CEST,M3.5.0,M10.5.0/3";
  CHECK(offset_by(paris, "2040-03-25T00:59:59Z") == 3600);
  CHECK(offset_by(paris, "2040-03-25T01:00:00Z") == 7200);
  CHECK(offset_by(paris, "2040-10-28T00:59:59Z") == 7200);
  CHECK(offset_by(paris, "2040-10-28T01:00:00Z") == 3600);
  const char* sydney = "AEST-10AEDT,M10.1.0,M4.1.0/3";  // summer over the turn of the year
  CHECK(offset_by(sydney, "2040-01-01T00:00:00Z") == 39600);
  CHECK(offset_by(sydney, "2040-07-01T00:00:00Z") == 36000);
}

TEST_CASE("posix zone: every form of a rule is followed", "[base]") {
  CHECK(offset_by("<+03>-3", "2040-07-01T00:00:00Z") == 10800);
  CHECK(offset_by("EST5", "2040-07-01T00:00:00Z") == -18000);
  CHECK(offset_by("IST-5:30", "2040-07-01T00:00:00Z") == 19800);
  // Ireland's winter time is the one that is "summer" of its rule, and is earlier.
  CHECK(offset_by("IST-1GMT0,M10.5.0,M3.5.0/1", "2040-01-01T00:00:00Z") == 0);
  CHECK(offset_by("IST-1GMT0,M10.5.0,M3.5.0/1", "2040-07-01T00:00:00Z") == 3600);
  // Times before midnight and beyond the day.
  CHECK(offset_by("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2040-03-25T00:59:59Z") == -7200);
  CHECK(offset_by("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2040-03-25T01:00:00Z") == -3600);
  CHECK(offset_by("EET-2EEST,M3.4.4/50,M10.4.4/50", "2040-03-24T00:00:00Z") == 10800);
  // Days of the year, with and without the 29th of February.
  CHECK(offset_by("XXX0YYY,J60/0,J61/0", "2040-02-29T12:00:00Z") == 0);
  CHECK(offset_by("XXX0YYY,J60/0,J61/0", "2040-03-01T12:00:00Z") == 3600);
  CHECK(offset_by("XXX0YYY,59/0,60/0", "2040-02-29T12:00:00Z") == 3600);
  // Summer time all year.
  CHECK(offset_by("XXX3EDT4,0/0,J365/23", "2040-12-31T23:59:59Z") == -14400);
  CHECK(offset_by("XXX3EDT4,0/0,J365/23", "2040-01-01T03:00:00Z") == -14400);
}

TEST_CASE("posix zone: what is no rule is refused", "[base]") {
  for (const char* text : {"", "A1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
                           "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J10",
                           "CET-1CEST,M3.5.0,M10.5.0x", "<CET-1", "CET-25"}) {
    CAPTURE(text);
    CHECK_FALSE(PosixZone::parse(text));
  }
}

TEST_CASE("zones: summer time goes on after the last change in the zone's file, in any year", "[base]") {
  const ZonePort& zones = *default_ports().zones;
  REQUIRE(zones.exists("Europe/Paris"));
  for (const char* year : {"2037", "2038", "2100", "9999"}) {
    CAPTURE(year);
    CHECK(zones.offset_at("Europe/Paris", seconds_of(std::string(year) + "-07-01T12:00:00Z")) == 7200);
    CHECK(zones.offset_at("Europe/Paris", seconds_of(std::string(year) + "-12-01T12:00:00Z")) == 3600);
  }
  const std::int64_t far = (days_from_civil({999'999'000, 7, 1})) * seconds_per_day;
  CHECK(zones.offset_at("Europe/Paris", far) == 7200);
}
