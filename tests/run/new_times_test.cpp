// New times of a clock that runs: anchors that come, suspensions, extensions, incidents that are retried.
#include "fixture.hpp"

using namespace aesop_test;

namespace {

// Due times of the rungs of the run's first clock that are still to fire: "INDEX@TIME*COUNT ...".
std::string armed(const Run& r) {
  std::vector<std::string> out;
  for (const ArmedRung& rung : r.state.clocks.at(0).armed.rungs)
    out.push_back(cat(rung.index, '@', to_string(rung.due), '*', rung.count));
  return join(out, " ");
}

}  // namespace

TEST_CASE("new times: a repeating rung that fired goes on when a pending anchor comes", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due":"2 days after visit.set","escalate":[{"at":"1 day","notify":"lead","every":"1 day","times":4},{"at":"1 hour","notify":"lead"},{"at":"due","page":"chief"}])") +
          "," + end(),
      R"("events":{"visit.set":{}})"));
  r.start();
  r.advance("2026-01-06T09:00:00Z");
  CHECK(armed(r) == "0@2026-01-07T09:00:00Z*1");
  CHECK(r.after(1).event("visit.set") == "");
  CHECK(armed(r) == "0@2026-01-07T09:00:00Z*1 2@2026-01-08T10:00:00Z*0");
  r.advance("2026-01-07T09:00:00Z");
  CHECK(armed(r) == "0@2026-01-08T09:00:00Z*2 2@2026-01-08T10:00:00Z*0");
}

TEST_CASE("new times: with pause restart a repeating rung begins anew, its count goes on, others fire once",
          "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due":{"at":"10 days","pause":"restart"},"escalate":[{"at":"1 day","notify":"lead","every":"1 day","times":4},{"at":"1 hour","notify":"lead"}])") +
      "," + end()));
  r.start();
  r.advance("2026-01-06T09:00:00Z");
  CHECK(armed(r) == "0@2026-01-07T09:00:00Z*1");
  CHECK(r.after(1).run(R"({"do":"suspend","reason":"flood"})") == "");
  CHECK(r.at("2026-01-20T12:00:00Z").run(R"({"do":"resume"})") == "");
  CHECK(armed(r) == "0@2026-01-21T12:00:00Z*1");
}

TEST_CASE("new times: a retried due_unknown leaves a repeating rung its next occurrence", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due":"=limit after run.started","escalate":[{"at":"1 day","notify":"lead","every":"1 day"},{"at":"due","page":"chief"}])") +
          "," + end(),
      R"("data":{"limit":{"type":"duration"}})"));
  r.start();
  r.advance("2026-01-06T09:00:00Z");
  CHECK(armed(r) == "0@2026-01-07T09:00:00Z*1");
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","data":{"limit":"PT100H"},"reason":"known"})") ==
        "");
  CHECK(armed(r) == "0@2026-01-07T09:00:00Z*1 1@2026-01-09T13:00:00Z*0");
}

TEST_CASE("new times: an extension lets what repeats at the due time count anew", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due":"1 day","escalate":[{"at":"due","notify":"lead","every":"1 hour","times":2},{"at":"1 hour","notify":"lead","every":"4 hours"}])") +
          "," + end(),
      R"("exceptions":{"later":{"of":["a"],"allows":"extend","at_most":"30 days","approvers":"chief"}})"));
  r.start();
  r.advance("2026-01-06T09:00:00Z");
  CHECK(armed(r) == "0@2026-01-06T10:00:00Z*1 1@2026-01-06T10:00:00Z*1");
  CHECK(r.run(R"({"do":"request_exception","policy":"later","reason":"r","until":"2026-01-10T00:00:00Z"})") ==
        "");
  CHECK(r.as("che", {"chief"}).run(R"({"do":"decide_exception","exception":"x1","decision":"approve"})") ==
        "");
  CHECK(r.as("ann", {"clerk"}).run(R"({"do":"extend","exception":"x1"})") == "");
  CHECK(armed(r) == "0@2026-01-10T00:00:00Z*0 1@2026-01-06T10:00:00Z*1");
}
