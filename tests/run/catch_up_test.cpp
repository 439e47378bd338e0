// Catching up after a pause: what is late is not what goes in circles, and nothing depends on how often somebody looked.
#include "fixture.hpp"

using namespace aesop_test;

namespace {

// What happened, without how late the engine was: "rung_fired@time control".
std::vector<std::string> story(const Run& r) {
  std::vector<std::string> out;
  for (const Event& e : r.log) {
    Event same = e;
    if (const RungFired* fired = e.as<RungFired>()) {
      RungFired punctual = *fired;
      punctual.late_us = 0;
      same.control = punctual;
    }
    const Value shown = event_to_value(same);
    out.push_back(cat(e.name(), '@', to_string(e.at), ' ', text(shown.get("control"))));
  }
  return out;
}

const char* const twins =
    R"({"id":"x","title":"X","raci":{"responsible":"clerk","accountable":"lead"},"due":"1 hour","escalate":[{"at":"due - 1 hour","go":"y"}],"next":"done"},)"
    R"({"id":"y","title":"Y","raci":{"responsible":"clerk","accountable":"lead"},"due":"1 hour","escalate":[{"at":"due - 1 hour","go":"x"}],"next":"done"},)";

}  // namespace

TEST_CASE("catching up: however many rungs come due in one command, every one of them fires", "[run]") {
  std::string rungs, items;
  for (int hour = 1; hour <= 30; ++hour)
    append(rungs, hour == 1 ? "" : ",", R"({"at":")", hour, R"( hours","notify":"lead","start":"t"})");
  for (int i = 0; i < 180; ++i) append(items, i == 0 ? "" : ",", i);
  Run r(sop(cat(R"({"id":"all","title":"A","kind":"each","of":"=xs","mode":"at_once","next":"done","run":[)",
                task("a", cat(R"("escalate":[)", rungs, "]")), "]},", end()),
            cat(R"("data":{"xs":{"type":"list","default":[)", items, "]}}")));
  r.checks_events = false;
  r.start();
  CHECK(r.after(72).task("claim", "a", R"("instance":1)") == "");
  CHECK(r.count<RungFired>() == 5400);
  CHECK(r.count<ClockStopped>() == 0);
  CHECK(r.state.incidents.empty());
}

TEST_CASE("livelock: ladders that lead back to each other at once stop, by one command or by single timers",
          "[run]") {
  const std::string text = sop(std::string(twins) + end());
  Run whole(text);
  whole.facts.limits.visits_at_once = 20;
  CHECK(whole.start() == "");
  REQUIRE(whole.state.incidents.size() == 1);
  CHECK(whole.state.incidents[0].kind == "livelock");
  CHECK(whole.state.incidents[0].clock == "step.y");
  CHECK(whole.log.size() < 150);
  CHECK(whole.active() == "y");

  // The same from a state that was stored after every timer.
  Run single(sop(task("a") + "," + twins + end()));
  single.facts.limits.visits_at_once = 20;
  single.start();
  single.state = decode_state(encode_state(single.state)).value();
  single.complete("a");
  Run stepwise(sop(task("a", R"("due":"1 hour","escalate":[{"at":"due","go":"x"}])") + "," + twins + end()));
  stepwise.facts.limits.visits_at_once = 20;
  stepwise.start();
  int decisions = 0;
  while (stepwise.advance("2026-01-06T00:00:00Z", 1) > 0 && ++decisions < 500) {
  }
  CHECK(decisions < 100);
  REQUIRE(stepwise.state.incidents.size() == 1);
  CHECK(stepwise.state.incidents[0].kind == "livelock");
  Run at_once(sop(task("a", R"("due":"1 hour","escalate":[{"at":"due","go":"x"}])") + "," + twins + end()));
  at_once.facts.limits.visits_at_once = 20;
  at_once.start();
  at_once.advance("2026-01-06T00:00:00Z");
  CHECK(story(at_once) == story(stepwise));

  // Retried, it turns as often again and stops again; work goes on all the same.
  CHECK(whole.run(R"({"do":"retry_incident","incident":"i1"})") == "");
  REQUIRE(whole.state.incidents.size() == 1);
  CHECK(whole.state.incidents[0].id == "i2");
  CHECK(whole.complete(whole.active()) == "");
  CHECK(whole.state.status == RunStatus::closed);
}

TEST_CASE("livelock: a wait, a stage and a case clock that lead back to themselves at once stop too",
          "[run]") {
  SECTION("wait") {
    Run r(sop(
        R"({"id":"w","title":"W","kind":"wait","for":[{"event":"e","go":"done"},{"after":"1 hour before run.started","go":"w"}]},)" +
            end(),
        R"("events":{"e":{}})"));
    r.facts.limits.visits_at_once = 20;
    r.start();
    REQUIRE(r.state.incidents.size() == 1);
    CHECK(r.state.incidents[0].kind == "livelock");
    CHECK(r.event("e") == "");
    CHECK(r.state.status == RunStatus::closed);
  }
  SECTION("stage") {
    Run r(sop(task("b", R"("due":"1 hour","escalate":[{"at":"due - 1 hour","go":"a"}],"next":"done")") + "," +
                  task("a", R"("stage":"s")") + "," + end(),
              R"("stages":{"s":{"title":"S","due":"1 hour","escalate":[{"at":"due - 1 hour","go":"b"}]}})"));
    r.facts.limits.visits_at_once = 20;
    r.start();
    REQUIRE(r.state.incidents.size() == 1);
    CHECK(r.state.incidents[0].clock == "stage.s");
    CHECK(r.active() == "a");
    CHECK(r.run(R"({"do":"retry_incident","incident":"i1"})") == "");
    CHECK(r.state.incidents[0].id == "i2");
    CHECK(r.complete("a") == "");
  }
  SECTION("case clock") {
    Run r(sop(
        task("b", R"("due":"1 hour","escalate":[{"at":"due - 1 hour","go":"a"}],"next":"done")") + "," +
            task("a") + "," + end(),
        R"("clocks":{"c":{"starts":"a.entered","stops":"b.entered","due":"1 hour","escalate":[{"at":"due - 1 hour","go":"b"}]}})"));
    r.facts.limits.visits_at_once = 20;
    r.start();
    REQUIRE(r.state.incidents.size() == 1);
    CHECK(r.state.incidents[0].clock == "clock.c");
    CHECK(r.active() == "a");
    CHECK(r.run(R"({"do":"retry_incident","incident":"i1"})") == "");
    CHECK(r.active() == "a");
  }
}

TEST_CASE("livelock: a host that reports everything at one instant goes in no circle", "[run]") {
  Run r(sop(task("a", R"("next":"a")") + "," + end()));
  r.facts.limits.visits_at_once = 20;
  r.start();
  for (int i = 0; i < 100; ++i) REQUIRE(r.complete("a") == "");
  CHECK(r.state.incidents.empty());
  CHECK(r.state.repeats.size() <= 1);
}

TEST_CASE("catching up: one command and many advances leave the same story", "[run]") {
  const std::string text = sop(
      task(
          "a",
          R"("due":"5 hours","escalate":[{"at":"1 hour","notify":"lead"},{"at":"due","go":"b"},{"at":"9 hours","page":"chief"}],"next":"b")") +
          "," +
          task(
              "b",
              R"("due":"1 hour after run.started","escalate":[{"at":"due","raise":9},{"at":"due + 20 hours","go":"w"}],"next":"w")") +
          R"(,{"id":"w","title":"W","kind":"wait","for":[{"event":"e","go":"done"},{"after":"2 hours","go":"c"}]},)" +
          task("c") + "," + end(),
      R"("events":{"e":{}},"stages":{})");
  Run whole(text), often(text);
  whole.start();
  often.start();
  for (const char* when : {"2026-01-05T10:00:00Z", "2026-01-05T14:30:00Z", "2026-01-06T07:00:00Z"})
    while (often.advance(when, 1) > 0) {
    }
  CHECK(whole.at("2026-01-08T00:00:00Z").task("claim", "c") == "");
  CHECK(often.at("2026-01-08T00:00:00Z").task("claim", "c") == "");
  CHECK(story(whole) == story(often));
  CHECK(whole.state == often.state);
}

TEST_CASE("ladder: what is missed is folded only up to the time limit of the wait itself", "[run]") {
  Run r(sop(
      R"({"id":"w","title":"W","kind":"wait","raci":{"responsible":"clerk","accountable":"lead"},"for":[{"event":"e","go":"done"},{"after":"5 days","go":"b"}],"escalate":[{"at":"1 day","notify":"lead","every":"1 day"}]},)" +
          task("b") + "," + end(),
      R"("events":{"e":{}})"));
  r.start();
  r.advance("2026-01-15T09:00:00Z");
  REQUIRE(r.count<RungFired>() == 2);
  CHECK(r.all<RungFired>()[0].folded == 4);  // days 2 to 5; on day 5 the wait ended
  CHECK(r.all<RungFired>()[1].kind == ClockKind::wait);
  CHECK(r.active() == "b");
}

TEST_CASE("ladder: what is missed is folded only up to whoever is given the task next", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("escalate":[{"at":"1 day","notify":"responsible","every":"1 day"},{"at":"84 hours","reassign":"chief"}])") +
      "," + end()));
  r.start();
  r.advance("2026-01-15T09:00:00Z");
  REQUIRE(r.count<RungFired>() == 3);
  CHECK(r.all<RungFired>()[0].folded == 2);  // days 2 and 3
  CHECK(r.all<RungFired>()[0].resolved[0].people == std::vector<std::string>{"role:clerk"});
  CHECK(r.all<RungFired>()[2].folded == 6);  // days 5 to 10
  CHECK(r.all<RungFired>()[2].resolved[0].people == std::vector<std::string>{"role:chief"});
}

TEST_CASE("ladder: every month is counted from the first time, whatever the months between are like",
          "[run]") {
  const std::string text =
      sop(task("a", R"("escalate":[{"at":"1 day","notify":"lead","every":"1 month"}])") + "," + end());
  Run r(text, "2026-01-30T09:00:00Z");
  r.start();
  const auto due = [&] { return to_string(r.state.clocks[0].armed.rungs[0].due); };
  CHECK(due() == "2026-01-31T09:00:00Z");
  r.advance("2026-01-31T09:00:00Z");
  CHECK(due() == "2026-02-28T09:00:00Z");
  r.advance("2026-02-28T09:00:00Z");
  CHECK(due() == "2026-03-31T09:00:00Z");
  r.advance("2026-06-01T00:00:00Z");
  CHECK(r.all<RungFired>().back().folded == 2);  // 30 April, 31 May
  CHECK(due() == "2026-06-30T09:00:00Z");
}
