// The tests' own zones by rule are those of the tz database, hour by hour.
#include "catch.hpp"
#include "support/rule_zones.hpp"

#include "aesop/base/default_ports.hpp"

using namespace aesop;

TEST_CASE("zones: the zones by rule that core tests use agree with the tz database", "[base]") {
  const RuleZones rules;
  for (const char* zone : {"America/New_York", "Europe/London", "Europe/Paris", "Australia/Lord_Howe"}) {
    CAPTURE(zone);
    for (std::int64_t at = local_seconds({2010, 1, 1}, {}); at < local_seconds({2036, 1, 1}, {}); at += 1800)
      REQUIRE(rules.offset_at(zone, at) == default_ports().zones->offset_at(zone, at));
  }
}
