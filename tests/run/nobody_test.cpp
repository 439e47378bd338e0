// Rungs that find nobody: the next one by time that tells people tells them at once, and keeps its own time for the rest.
#include "fixture.hpp"

using namespace aesop_test;

namespace {
// Rungs fired: "RUNG:ACTIONS[!]" in order, ! for those ahead of their time.
std::string told(const Run& r) {
  std::vector<std::string> out;
  for (const RungFired& f : r.all<RungFired>())
    out.push_back(cat(f.rung, ':', join(f.actions, "+"), f.cause.empty() ? "" : "!"));
  return join(out, " ");
}
}  // namespace

TEST_CASE("nobody there: a rung that goes elsewhere is told ahead of its time, and goes at its own time",
          "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due":"10 hours","escalate":[{"at":"due","notify":"other"},{"at":"due + 24 hours","page":"chief","go":"b"}],"next":"done")") +
      "," + task("b") + "," + end()));
  r.directory.roles = {{"clerk", {"ann"}}, {"chief", {"che"}}};
  r.start();
  r.advance("2026-01-05T19:00:00Z");
  CHECK(told(r) == "0:notify 1:page!");
  CHECK(r.active() == "a");
  CHECK(r.effects_of_kind("page").size() == 1);
  r.advance("2026-01-06T19:00:00Z");
  CHECK(told(r) == "0:notify 1:page! 1:page+go");
  CHECK(r.all<RungFired>()[2].due == instant("2026-01-06T19:00:00Z"));
  CHECK(r.active() == "b");
}

TEST_CASE("nobody there: the next is the next by time that tells people, not the next in the file", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due":"10 hours","escalate":[{"at":"due + 48 hours","notify":"chief"},{"at":"due","notify":"other"},{"at":"due + 12 hours","go":"b"},{"at":"due + 2 hours","start":"x"},{"at":"due + 3 hours","reassign":"chief"},{"at":"due + 4 hours","if":"false","notify":"lead"},{"at":"due + 5 hours","notify":"lead"}],"next":"done")") +
      "," + task("b") + "," + end()));
  r.directory.roles = {{"clerk", {"ann"}}, {"lead", {"lea"}}, {"chief", {"che"}}};
  r.start();
  r.advance("2026-01-05T19:00:00Z");
  CHECK(told(r) == "1:notify 6:notify!");
  CHECK(r.active() == "a");
  r.advance("2026-01-06T07:00:00Z");
  // What told ahead of its time does not tell again; what did not, keeps its time.
  CHECK(told(r) == "1:notify 6:notify! 3:start 4:reassign 5: 2:go");
  CHECK(r.active() == "b");
}

TEST_CASE("nobody there: one after the other is asked until somebody is there; who was not keeps his time",
          "[run]") {
  Run r(sop(
      task(
          "a",
          R"("escalate":[{"at":"1 hour","notify":"other"},{"at":"5 hours","notify":"lead"},{"at":"9 hours","page":"chief"}])") +
      "," + end()));
  r.directory.roles = {{"clerk", {"ann"}}, {"chief", {"che"}}};
  r.start();
  r.advance("2026-01-05T10:00:00Z");
  CHECK(told(r) == "0:notify 1:notify! 2:page!");
  CHECK(r.all<RungFired>()[2].cause == "t/r1/step.a/1/1");
  r.directory.roles.emplace_back("lead", std::vector<std::string>{"lea"});
  r.advance("2026-01-06T10:00:00Z");
  CHECK(told(r) == "0:notify 1:notify! 2:page! 1:notify");
  CHECK(r.all<RungFired>()[3].resolved[0].people == std::vector<std::string>{"lea"});
}

TEST_CASE("nobody there: two rungs that repeat do not wake each other for ever", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("escalate":[{"at":"1 hour","notify":"other","every":"1 day"},{"at":"2 hours","notify":"other","every":"1 day"}])") +
      "," + end()));
  r.directory.roles = {{"clerk", {"ann"}}};
  r.start();
  r.advance("2026-01-05T10:00:00Z");
  CHECK(told(r) == "0:notify 1:notify!");
  CHECK(projection(r.state).timers.size() == 2);
}
