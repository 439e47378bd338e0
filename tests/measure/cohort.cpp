// Counting runs and days: hand-computed.
#include "aesop/measure/cohort.hpp"

#include "catch.hpp"
#include "measure/measure_support.hpp"

using namespace aesop;
using namespace measure_test;

TEST_CASE("count: a run counts once however often its moments recur", "[measure]") {
  CountFold fold({"accepted"}, {"sent"});
  fold.add(fact("r1", "sent", at(1)));
  fold.add(fact("r1", "sent", at(2)));
  fold.add(fact("r1", "accepted", at(3)));
  fold.add(fact("r2", "sent", at(1)));
  const Share share = fold.result();
  CHECK(share.count == 1);
  CHECK(share.over == 2);
  CHECK(share.value() == dec("0.5"));
  CHECK(share.runs == std::vector<std::string>{"r1"});
}

TEST_CASE("count: a run that is excluded is in neither number, whenever it was excluded", "[measure]") {
  CountFold fold({"accepted"}, {"sent"}, {"test"});
  for (const char* run : {"r1", "r2", "r3"}) fold.add(fact(run, "sent", at(1)));
  fold.add(fact("r1", "accepted", at(2)));
  fold.add(fact("r2", "accepted", at(2)));
  fold.add(fact("r2", "test", at(9)));
  const Share share = fold.result();
  CHECK(share.count == 1);
  CHECK(share.over == 2);
}

TEST_CASE("count: a run belongs to the period of its first entry and may be counted for what comes later",
          "[measure]") {
  CountFold fold({"accepted"}, {"sent"});
  fold.add(fact("r1", "sent", at(1)));
  fold.add(fact("r1", "accepted", at(40)));
  fold.add(fact("r2", "sent", at(31)));
  CHECK(fold.result({at(0), at(31)}).value() == dec("1"));
  CHECK(fold.result({at(31), at(60)}).value() == dec("0"));
  CHECK_FALSE(fold.result({at(60), at(90)}).value().has_value());
}

TEST_CASE("count: without over it is a plain count", "[measure]") {
  CountFold fold({"closed"}, {});
  fold.add(fact("r1", "closed", at(1)));
  fold.add(fact("r2", "opened", at(1)));
  CHECK(fold.result().count == 1);
  CHECK(fold.result().over == 1);
}

TEST_CASE("count: an accepted moment alone puts no run into the cohort", "[measure]") {
  CountFold fold({"accepted"}, {"sent"});
  fold.add(fact("r1", "accepted", at(1)));
  CHECK(fold.result().over == 0);
  CHECK(fold.result().count == 0);
}

TEST_CASE("R146: a measure is given by clinic, and a region holds its clinics", "[measure]") {
  CountFold fold({"accepted"}, {"sent"});
  fold.add(fact("r1", "sent", at(1), {}, 0, "org/north/a"));
  fold.add(fact("r1", "accepted", at(1), {}, 0, "org/north/a"));
  fold.add(fact("r2", "sent", at(1), {}, 0, "org/north/b"));
  fold.add(fact("r3", "sent", at(1), {}, 0, "org/south/c"));
  const auto rows = fold.by_scope();
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].first == "org/north/a");
  CHECK(rows[0].second.value() == dec("1"));
  CHECK(fold.result({}, "org/north").value() == dec("0.5"));
  CHECK(fold.result({}, "org/nor").over == 0);
}

TEST_CASE("days: from the first start to the first end that is not before it", "[measure]") {
  DaysFold fold("denied", "sorted");
  fold.add(fact("r1", "sorted", at(0)));  // before anything was denied: not an answer
  fold.add(fact("r1", "denied", at(1)));
  fold.add(fact("r1", "denied", at(5)));
  fold.add(fact("r1", "sorted", at(2, 12)));
  fold.add(fact("r1", "sorted", at(9)));
  fold.add(fact("r2", "denied", at(3)));
  const Days days = fold.result();
  REQUIRE(days.days.size() == 1);
  CHECK(days.days[0] == dec("1.5"));
  CHECK(days.open == 1);
}

TEST_CASE("days: how many made it in time, out of all that set out", "[measure]") {
  DaysFold fold("denied", "sorted", 48 * us_per_hour);
  fold.add(fact("r1", "denied", at(1)));
  fold.add(fact("r1", "sorted", at(2)));
  fold.add(fact("r2", "denied", at(1)));
  fold.add(fact("r2", "sorted", at(3)));  // exactly in time is in time
  fold.add(fact("r3", "denied", at(1)));
  fold.add(fact("r3", "sorted", {at(3).us + 1}));
  fold.add(fact("r4", "denied", at(4)));  // on its way
  const Days days = fold.result();
  CHECK(days.within.count == 2);
  CHECK(days.within.over == 4);
  CHECK(days.within.runs == std::vector<std::string>{"r1", "r2"});
  CHECK(days.within.value() == dec("0.5"));
  CHECK(fold.result({at(0), at(2)}).within.value() == dec("0.666667"));  // of those denied on day 1
}

TEST_CASE("days: mean, median and 90th percentile by nearest rank", "[measure]") {
  DaysFold fold("a", "b");
  for (int i = 1; i <= 10; ++i) {
    const std::string run = "r" + std::to_string(i);
    fold.add(fact(run, "a", at(0)));
    fold.add(fact(run, "b", at(i)));
  }
  const Days days = fold.result();
  CHECK(days.mean() == dec("5.5"));
  CHECK(days.median() == dec("5"));
  CHECK(days.p90() == dec("9"));
  CHECK_FALSE(Days{}.mean().has_value());
  CHECK_FALSE(Days{}.p90().has_value());
}

TEST_CASE("days: figures are rounded to six places, half to even", "[measure]") {
  CHECK(days_between(at(0), {us_per_hour}) == dec("0.041667"));
  CHECK(ratio(dec("2"), dec("3")) == dec("0.666667"));
  CHECK_FALSE(ratio(dec("1"), dec("0")).has_value());
  CHECK(percentile({dec("3"), dec("1"), dec("2")}, 1) == dec("1"));
  CHECK(percentile({dec("3"), dec("1"), dec("2")}, 100) == dec("3"));
}

TEST_CASE("occurrences: each counts for itself and belongs to the period of its own time", "[measure]") {
  CountFold fold({"in_time"}, {"in_time", "late"}, {}, CountPer::occurrence);
  for (const int day : {7, 14, 21}) fold.add(fact("r1", "in_time", at(day)));
  fold.add(fact("r1", "late", at(30)));
  fold.add(fact("r2", "late", at(8), {}, 0, "org/north/b"));
  CHECK(fold.result().count == 3);
  CHECK(fold.result().over == 5);
  CHECK(fold.result().runs == std::vector<std::string>{"r1"});
  CHECK(fold.result({at(10), at(31)}).value() == dec("0.666667"));
  CHECK(fold.result({}, "org/north/b").value() == dec("0"));
  CHECK_FALSE(fold.result({at(40), at(50)}).value().has_value());
}

TEST_CASE("occurrences: an excluded run counts for nothing", "[measure]") {
  CountFold fold({"in_time"}, {}, {"test"}, CountPer::occurrence);
  fold.add(fact("r1", "in_time", at(1)));
  fold.add(fact("r2", "in_time", at(1)));
  fold.add(fact("r2", "test", at(3)));
  CHECK(fold.result().count == 1);
}

TEST_CASE("occurrences: days go from each first moment to the next second one, in its run and instance",
          "[measure]") {
  DaysFold fold("stopped", "back", 3 * us_per_day, CountPer::occurrence);
  fold.add(fact("r1", "back", at(20)));  // in any order
  fold.add(fact("r1", "stopped", at(1)));
  fold.add(fact("r1", "stopped", at(2)));  // still the first time
  fold.add(fact("r1", "back", at(3)));
  fold.add(fact("r1", "stopped", at(12)));
  fold.add(fact("r1", "stopped", at(30)));  // not back yet
  fold.add(fact("r1", "stopped", at(1), {}, 4));
  fold.add(fact("r1", "back", at(2), {}, 5));  // another instance's
  const Days days = fold.result();
  CHECK(days.days == std::vector<Decimal>{dec("2"), dec("8")});
  CHECK(days.open == 2);
  CHECK(days.within.count == 1);
  CHECK(days.within.over == 4);
  CHECK(fold.result({at(10), at(25)}).mean() == dec("8"));
}
