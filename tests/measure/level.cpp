// Days of a level, targets and tallies: hand-computed.
#include "aesop/measure/level.hpp"

#include "catch.hpp"
#include "measure/measure_support.hpp"

#include "aesop/measure/tally.hpp"
#include "aesop/measure/target.hpp"

using namespace aesop;
using namespace measure_test;

TEST_CASE("R138: days of receivables are what stands open over the average inflow of a day", "[measure]") {
  LevelFold fold({{"sent", "amount", true}}, {{"paid", "amount", false}, {"adjusted", "amount", false}});
  fold.add(fact("r1", "sent", at(1), amount("1000")));
  fold.add(fact("r1", "sent", at(2), amount("1000")));  // sent again: no new charge
  fold.add(fact("r2", "sent", at(10), amount("500.50")));
  fold.add(fact("r1", "paid", at(20), amount("600")));
  fold.add(fact("r1", "adjusted", at(20), amount("100.50")));
  const Level level = fold.result(at(30), 30);
  CHECK(level.open == dec("800"));
  CHECK(level.inflow == dec("1500.5"));
  // 800 * 30 / 1500.5
  CHECK(level.days() == dec("15.994668"));
}

TEST_CASE("level: what comes at or after the end of the period is not in it", "[measure]") {
  LevelFold fold({{"in", "amount"}}, {{"out", "amount"}});
  fold.add(fact("r1", "in", at(5), amount("10")));
  fold.add(fact("r1", "out", at(30), amount("10")));
  CHECK(fold.result(at(30), 30).open == dec("10"));
  CHECK(fold.result(at(31), 30).open == dec("0"));
  // Inflow of the last 10 days only, though the level knows the whole past.
  const Level late = fold.result(at(29), 10);
  CHECK(late.open == dec("10"));
  CHECK(late.inflow == dec("0"));
  CHECK_FALSE(late.days().has_value());
}

TEST_CASE("level: a fact without a usable amount moves nothing and is counted", "[measure]") {
  LevelFold fold({{"in", "amount"}}, {});
  fold.add(fact("r1", "in", at(1)));
  fold.add(fact("r1", "in", at(1), Value::context({{"amount", Value::string("10")}})));
  fold.add(fact("r1", "in", at(1), Value::erased()));
  CHECK(fold.result(at(2), 1).unread == 3);
  CHECK(fold.result(at(2), 1).open == dec("0"));
}

TEST_CASE("R138: a target has three bands; a value at its limit meets it", "[measure]") {
  const Target receivables{std::nullopt, dec("40"), dec("30")};
  CHECK(receivables.band(dec("29.99")) == Band::strong);
  CHECK(receivables.band(dec("30")) == Band::met);
  CHECK(receivables.band(dec("40")) == Band::met);
  CHECK(receivables.band(dec("40.01")) == Band::missed);
  CHECK(receivables.band(std::nullopt) == Band::none);
}

TEST_CASE("R137: first-pass acceptance is met from 90 percent and strong from 95", "[measure]") {
  const Target acceptance{dec("0.90"), std::nullopt, dec("0.95")};
  CHECK(acceptance.band(dec("0.8999")) == Band::missed);
  CHECK(acceptance.band(dec("0.9")) == Band::met);
  CHECK(acceptance.band(dec("0.95")) == Band::strong);
  CHECK(Target{}.band(dec("1")) == Band::none);
}

TEST_CASE("R127, R129: cases by code, each with the root causes that were found", "[measure]") {
  TallyFold fold({"faults.opened", "code", "amount", "triage.completed", "root_cause"});
  const auto opened = [&](std::uint32_t instance, const char* code, const char* much) {
    fold.add(fact("r1", "faults.opened", at(1),
                  Value::context({{"code", Value::string(code)}, {"amount", Value::number(dec(much))}}),
                  instance));
  };
  const auto cause = [&](std::uint32_t instance, const char* text) {
    fold.add(fact("r1", "triage.completed", at(2), Value::context({{"root_cause", Value::string(text)}}),
                  instance));
  };
  opened(1, "16", "100");
  opened(2, "16", "50.25");
  opened(3, "29", "900");
  opened(4, "16", "1");
  cause(1, "registration");
  cause(2, "coding");
  cause(2, "registration");  // looked at again: the last cause counts
  cause(3, "charge_lag");
  const auto rows = fold.result();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].key == "16");
  CHECK(rows[0].cases == 3);
  CHECK(rows[0].amount == dec("151.25"));
  CHECK(rows[0].labels == std::vector<std::pair<std::string, std::int64_t>>{{"registration", 2}});
  CHECK(rows[0].unlabelled == 1);
  // R128: by money the other one comes first.
  CHECK(fold.result(TallyOrder::amount)[0].key == "29");
}

TEST_CASE("tally: an event that recurs in a run makes one case each time", "[measure]") {
  TallyFold fold({"rejected", "category", "", "", ""});
  fold.add(fact("r1", "rejected", at(1), Value::context({{"category", Value::string("A7")}})));
  fold.add(fact("r1", "rejected", at(2), Value::context({{"category", Value::string("A7")}})));
  fold.add(fact("r2", "rejected", at(2), Value::context({{"category", Value::number(3)}})));
  const auto rows = fold.result();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].key == "A7");
  CHECK(rows[0].cases == 2);
  CHECK(rows[1].key == "3");
  CHECK(fold.result(TallyOrder::cases, {at(2), at(3)})[0].cases == 1);
}
