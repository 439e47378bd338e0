// Late facts: told at one time, happened at another. What counts is when they happened.
#include "fixture.hpp"

using namespace aesop_test;

namespace {
std::string record(std::string_view event, std::string_view occurred) {
  return cat(R"({"do":"record_event","event":")", event, R"(","occurred_at":")", occurred,
             R"(","payload":{}})");
}
}  // namespace

TEST_CASE("late facts: an older occurrence told later does not move the moment of an event back", "[run]") {
  Run r(sop(task("a") + "," +
                task("b", R"("due":"10 days after e","escalate":[{"at":"due","notify":"lead"}])") + "," +
                end(),
            R"("events":{"e":{}})"));
  r.start();
  CHECK(r.at("2026-01-09T09:00:00Z").event("e") == "");
  CHECK(r.at("2026-01-10T09:00:00Z").run(record("e", "2026-01-05T10:00:00Z")) == "");
  CHECK(find_event_record(r.state, "e")->occurred == instant("2026-01-09T09:00:00Z"));
  CHECK(find_event_record(r.state, "e")->count == 2);
  CHECK(r.complete("a") == "");
  CHECK(r.state.clocks[0].armed.due == instant("2026-01-19T09:00:00Z"));
}

TEST_CASE("late facts: an older completion told later does not move STEP.completed back", "[run]") {
  Run r(sop(task("a") + "," + task("b", R"("next":[{"if":"again","go":"a"},{"else":"done"}])") + "," + end(),
            R"("data":{"again":{"type":"boolean","default":true}})"));
  r.start();
  CHECK(r.at("2026-01-09T09:00:00Z").complete("a") == "");
  CHECK(r.complete("b") == "");
  CHECK(r.at("2026-01-10T09:00:00Z").task("complete", "a", R"("occurred_at":"2026-01-06T09:00:00Z")") == "");
  CHECK(find_record(r.state, 0, "a")->visit == 2);
  CHECK(find_record(r.state, 0, "a")->completed == instant("2026-01-09T09:00:00Z"));
}

TEST_CASE("late facts: a case clock begins when the step was completed, not when that was told", "[run]") {
  Run r(sop(
      task("a") + "," + task("b") + "," + end(),
      R"("events":{"e":{}},"clocks":{"c":{"starts":"a.completed","stops":"b.completed","due":"30 days","escalate":[{"at":"due","notify":"lead"}]},"d":{"starts":"e","stops":"b.completed","due":"30 days","escalate":[{"at":"due","notify":"lead"}]}})"));
  r.start();
  CHECK(r.at("2026-01-09T09:00:00Z").task("complete", "a", R"("occurred_at":"2026-01-06T09:00:00Z")") == "");
  CHECK(r.run(record("e", "2026-01-07T09:00:00Z")) == "");
  CHECK(find_clock(r.state, "clock.c")->armed.due == instant("2026-02-05T09:00:00Z"));
  CHECK(find_clock(r.state, "clock.d")->armed.due == instant("2026-02-06T09:00:00Z"));
}

TEST_CASE(
    "late facts: an event that came before the wait's time limit shows that what fired was not deserved",
    "[run]") {
  Run r(sop(
      R"({"id":"w","title":"W","kind":"wait","raci":{"responsible":"clerk","accountable":"lead"},"for":[{"event":"paid","if":"event.all","go":"done"},{"after":"14 days","go":"remind"}],"escalate":[{"at":"10 days","notify":"lead"},{"at":"2 days","notify":"clerk"}]},)" +
          task("remind", R"("next":"w")") + "," + end(),
      R"("events":{"paid":{"fields":{"all":"boolean"}}})"));
  const auto paid = [&](std::string_view occurred, std::string_view all) {
    return r.run(cat(R"({"do":"record_event","event":"paid","occurred_at":")", occurred,
                     R"(","payload":{"all":)", all, "}}"));
  };
  r.start();
  r.advance("2026-01-20T00:00:00Z");
  CHECK(r.active() == "remind");
  CHECK(r.state.ended.size() == 2);
  CHECK(paid("2026-01-04T00:00:00Z", "true") == "");  // before the wait began: nothing waited for it
  CHECK(paid("2026-01-20T00:00:00Z", "true") == "");  // too late
  CHECK(paid("2026-01-12T00:00:00Z", "false") == "");
  CHECK(r.count<RungMooted>() == 0);
  SECTION("while the next step is open") {
    CHECK(paid("2026-01-12T00:00:00Z", "true") == "");
    REQUIRE(r.count<RungMooted>() == 2);
    CHECK(r.all<RungMooted>()[0].timer == "t/r1/step.w/1/0");
    CHECK(r.all<RungMooted>()[1].timer == "t/r1/wait.w/1/1");
    CHECK(r.active() == "remind");
    CHECK(r.count<RungFired>() == 3);
    CHECK(paid("2026-01-12T00:00:00Z", "true") == "");
    CHECK(r.count<RungMooted>() == 2);  // once
  }
  SECTION("while the wait is on again, which the event ends") {
    r.complete("remind");
    CHECK(r.active() == "w");
    CHECK(paid("2026-01-12T00:00:00Z", "true") == "");
    CHECK(r.count<RungMooted>() == 2);
    CHECK(r.state.status == RunStatus::closed);
    CHECK(r.state.ended.empty());
  }
}
