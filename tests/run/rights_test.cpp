// Who may steer a run: cancelling, suspending, the scope and the revision of a command.
#include "fixture.hpp"

using namespace aesop_test;

TEST_CASE("cancel: for the accountable, with a reason; everything is withdrawn", "[run]") {
  Run r(sop(
      R"({"id":"lines","title":"Lines","kind":"each","of":"event line","next":"done","until":"event over","run":[)" +
          task("work") + "]}," + end(),
      R"("events": {"line": {}, "over": {}})"));
  r.start();
  r.event("line");
  r.as("cat", {"clerk"});
  CHECK(r.run(R"({"do":"cancel","reason":"x"})") == "not_permitted");
  r.as("bob", {"lead"});
  CHECK(r.run(R"({"do":"cancel","reason":""})") == "reason_missing");
  CHECK(r.run(R"({"do":"cancel","reason":"gone"})") == "");
  CHECK(r.state.status == RunStatus::closed);
  CHECK(r.state.outcome == "cancelled");
  CHECK(r.last() == "run_cancelled step_left instance_closed step_left run_closed");
}

TEST_CASE("R61: decide: the actor's scope must hold the run's, the revision must be the one given", "[run]") {
  Run r(sop(task("a") + "," + end()));
  CHECK(r.start("{}", "org/east/clinic1") == "");
  r.as("ann", {"clerk"}, "org/west");
  CHECK(r.complete("a") == "not_permitted");
  r.as("ann", {"clerk"}, "org/east/clinic1/room");
  CHECK(r.complete("a") == "not_permitted");
  r.as("ann", {"clerk"}, "org/east");
  CHECK(r.run(R"({"do":"claim","step":"a","expected_revision":1})") == "conflict");
  CHECK(text(r.detail("revision")) == "2");
  CHECK(r.run(R"({"do":"claim","step":"a","expected_revision":2})") == "");
  r.as("ann", {"clerk"}, "");
  CHECK(r.complete("a") == "");
}

TEST_CASE("run: who cancels and who suspends is the SOP's to say, and a blank is no reason", "[run]") {
  Run r(sop(task("a") + "," + end(), R"("cancel": {"by": "chief"}, "suspend": {"by": ["other"]})"));
  r.start();
  r.as("lea", {"lead"});
  CHECK(r.run(R"({"do":"cancel","reason":"enough"})") == "not_permitted");
  CHECK(r.run(R"({"do":"suspend","reason":"flood"})") == "not_permitted");
  r.as("oli", {"other"});
  CHECK(r.run(R"({"do":"suspend","reason":"  "})") == "reason_missing");
  CHECK(r.run(R"({"do":"suspend","reason":"flood"})") == "");
  CHECK(r.as("lea", {"lead"}).run(R"({"do":"resume"})") == "not_permitted");
  CHECK(r.as("oli", {"other"}).run(R"({"do":"resume"})") == "");
  CHECK(r.run(R"({"do":"cancel","reason":"enough"})") == "not_permitted");
  r.as("che", {"chief"});
  CHECK(r.run(R"({"do":"cancel","reason":" "})") == "reason_missing");
  CHECK(r.run(R"({"do":"cancel","reason":"enough"})") == "");
}

TEST_CASE("run: a suspension lasts no longer than the SOP allows, then the run goes on and people are told",
          "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due": {"at": "10 hours", "pause": "remaining"}, "escalate": [{"at": "due", "notify": "chief"}])") +
          "," + end(),
      R"("suspend": {"at_most": "2 days"})"));
  r.start();
  r.as("lea", {"lead"});
  CHECK(r.run(R"({"do":"suspend","reason":"flood"})") == "");
  CHECK(projection(r.state).timers.size() == 1);
  CHECK(r.advance("2026-01-07T08:59:59Z") == 0);
  CHECK(r.advance("2026-01-07T09:00:00Z") == 3);
  CHECK(r.last() == "rung_fired run_resumed clock_stopped");
  CHECK(r.state.status == RunStatus::open);
  CHECK(r.effects_of_kind("notify").size() == 1);
  CHECK(r.state.clocks.size() == 1);
  CHECK(r.state.clocks[0].armed.due == instant("2026-01-07T19:00:00Z"));
  SECTION("a command that comes later finds it resumed") {
    CHECK(r.run(R"({"do":"suspend","reason":"flood again"})") == "");
    r.at("2026-01-12T00:00:00Z");
    CHECK(r.as("ann", {"clerk"}).complete("a") == "");
  }
  SECTION("resumed by hand its clock is gone") {
    CHECK(r.run(R"({"do":"suspend","reason":"flood again"})") == "");
    CHECK(r.after(1).run(R"({"do":"resume"})") == "");
    CHECK(r.state.clocks.size() == 1);
    CHECK(r.run(R"({"do":"suspend","reason":"and again"})") == "");
    CHECK(r.run(R"({"do":"cancel","reason":"enough"})") == "");
    CHECK(r.state.clocks.empty());
  }
}
