// What a run asks of the world and hears from it: waits, events, services, the gate before them.
#include "fixture.hpp"

using namespace aesop_test;

TEST_CASE("wait: the first of several wins, an event by its condition or a time", "[run]") {
  const std::string text = sop(
      R"({"id":"w","title":"Wait","kind":"wait","for":[{"event":"answer","if":"event.yes","go":"yes","set":{"who":"=event.who"}},{"event":"answer","go":"no"},{"after":"2 days","go":"late"}]},)" +
          task("yes", R"("next": "done")") + "," + task("no", R"("next": "done")") + "," + task("late") +
          "," + end(),
      R"("data": {"who": "string"}, "events": {"answer": {"fields": {"yes": "boolean", "who": "string"}}, "other": {}})");
  SECTION("by the event") {
    Run r(text);
    r.start();
    CHECK(r.event("othr") == "unknown_event");
    CHECK(r.event("other") == "");
    CHECK(r.active() == "w");
    CHECK(r.event("answer", R"({"yes": "perhaps"})") == "bad_data");
    CHECK(r.event("answer", R"({"yes": true, "who": "eve"})") == "");
    CHECK(r.active() == "yes");
    CHECK(text_of(r.variable("who")) == "eve");
    CHECK(r.state.clocks.empty());
  }
  SECTION("by its second branch") {
    Run r(text);
    r.start();
    CHECK(r.event("answer", R"({"yes": false})") == "");
    CHECK(r.active() == "no");
  }
  SECTION("by time") {
    Run r(text);
    r.start();
    CHECK(r.advance("2026-01-07T08:59:59Z") == 0);
    CHECK(r.advance("2026-01-07T09:00:00Z") == 3);
    CHECK(r.last() == "rung_fired step_left step_entered");
    CHECK(r.active() == "late");
  }
  SECTION("the time wins over an event that comes later in the same command") {
    Run r(text);
    r.start();
    CHECK(r.at("2026-01-08T00:00:00Z").event("answer", R"({"yes": true})") == "");
    CHECK(r.active() == "late");
  }
}

TEST_CASE("record_event: subject and key must be the run's; a declared condition decides whether it counts",
          "[run]") {
  Run r(sop(
      task("a") + "," + end(),
      R"("data": {"paid": {"type":"number","default":0}}, "events": {"payment": {"fields": {"amount": "number"}, "if": "event.amount > 0", "sets": {"paid": "=paid + event.amount"}}})"));
  r.start();
  CHECK(r.run(R"({"do":"record_event","event":"payment","subject":"s2","payload":{"amount":5}})") ==
        "subject_mismatch");
  CHECK(r.run(R"({"do":"record_event","event":"payment","subject":"s1","payload":{"amount":5}})") == "");
  CHECK(r.event("payment", R"({"amount": 7})") == "");
  CHECK(text(r.variable("paid")) == "12");
  CHECK(r.event("payment", R"({"amount": -7})") == "");
  CHECK(text(r.variable("paid")) == "12");
  CHECK(r.all<EventRecorded>().back().applies == false);
  CHECK(r.state.events[0].count == 2);
}

TEST_CASE("service: the host is asked, retries with growing pauses, then the failure branch or an incident",
          "[run]") {
  const std::string text = sop(
      R"({"id":"s","title":"S","kind":"service","raci":{"responsible":"clerk","accountable":"lead"},"do":"send","with":{"n":"=n","word":"x"},"result":{"ref":{"type":"string","required":true}},"retry":{"times":2,"every":"10 minutes","factor":2},"next":"a"},)" +
          task("a") + "," + end(),
      R"("data": {"n": {"type": "number", "default": 3}})");
  SECTION("done") {
    Run r(text);
    r.start();
    CHECK(r.last() == "run_started step_entered service_requested");
    REQUIRE(r.effects_of_kind("service").size() == 1);
    CHECK(r.effects_of_kind("service")[0].find(R"("with":{"n":3,"word":"x"})") != std::string::npos);
    CHECK(r.task("complete_service", "s", R"("result":{})") == "bad_data");
    CHECK(r.task("complete_service", "s", R"("result":{"ref":"77"})") == "");
    CHECK(r.active() == "a");
  }
  SECTION("tried again") {
    Run r(text);
    r.start();
    CHECK(r.task("fail_service", "s", R"("error":"no line")") == "");
    CHECK(r.task("fail_service", "s", R"("error":"no line")") == "wrong_state");
    CHECK(r.advance("2026-01-05T09:10:00Z") == 2);
    CHECK(r.last() == "rung_fired service_requested");
    CHECK(r.task("fail_service", "s", R"("error":"no line")") == "");
    CHECK(projection(r.state).timers[0].due == instant("2026-01-05T09:30:00Z"));
    r.advance("2026-01-05T09:30:00Z");
    CHECK(r.task("fail_service", "s", R"("error":"no line")") == "");
    REQUIRE(r.state.incidents.size() == 1);
    CHECK(r.state.incidents[0].kind == "service_failed");
    CHECK(r.run(R"({"do":"retry_incident","incident":"i1"})") == "");
    CHECK(r.activity("s").attempt == 4);
    CHECK(r.task("complete_service", "s", R"("result":{"ref":"1"})") == "");
    CHECK(r.active() == "a");
  }
  SECTION("not tried again when the host says so") {
    Run r(text);
    r.start();
    CHECK(r.task("fail_service", "s", R"("error":"refused","retry":false)") == "");
    CHECK(r.state.incidents.size() == 1);
  }
}

TEST_CASE("service: a final failure takes the failure branch when there is one", "[run]") {
  Run r(sop(
      R"({"id":"s","title":"S","kind":"service","raci":{"responsible":"clerk","accountable":"lead"},"do":"send","on_failure":"fix","next":"done"},)" +
      task("fix") + "," + end()));
  r.start();
  CHECK(r.task("fail_service", "s", R"("error":"x")") == "");
  CHECK(r.active() == "fix");
  CHECK(r.all<StepLeft>().back().reason == LeaveReason::failed);
}

TEST_CASE("R23: gate: a blocking gate keeps a task from being completed and a service from being asked",
          "[run]") {
  const std::string gates =
      R"("data": {"note": "string", "amount": {"type":"number","default":5}}, "gates": {"ready": {"title":"Ready","checks":[)"
      R"({"id":"has_note","require":"note != null","message":"the note is missing","fix":"write it"},)"
      R"({"id":"small","require":"amount < 3","enforce":"should","message":"large"}]}})";
  SECTION("task") {
    Run r(sop(task("a", R"("gate": "ready")") + "," + end(), gates));
    r.start();
    CHECK(r.complete("a") == "blocked");
    CHECK(text(r.detail("missing")).find("has_note") != std::string::npos);
    CHECK(text(r.detail("missing")).find("small") == std::string::npos);
  }
  SECTION("service") {
    Run r(sop(
        R"({"id":"s","title":"S","kind":"service","raci":{"responsible":"clerk","accountable":"lead"},"do":"send","gate":"ready","incidents":{"data":"note"},"next":"done"},)" +
            end(),
        gates));
    r.start();
    REQUIRE(r.state.incidents.size() == 1);
    CHECK(r.state.incidents[0].kind == "gate_blocked");
    CHECK(r.effects_of_kind("service").empty());
    CHECK(r.task("complete_service", "s", R"("result":{})") == "not_active");  // nothing was asked for
    CHECK(r.task("fail_service", "s", R"("error":"e")") == "not_active");
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","data":{"note":"n"},"reason":"known"})") == "");
    CHECK(r.effects_of_kind("service").size() == 1);
  }
  SECTION("asked without a run") {
    Run r(sop(task("a", R"("gate": "ready")") + "," + end(), gates));
    auto report = check_gate(*r.plan, *r.plan->find_gate("ready"), json(R"({"amount": 9})"), r.facts, r.now);
    REQUIRE(report.ok());
    CHECK(report->verdict() == "block");
    CHECK(report->failures.size() == 2);
    report = check_gate(*r.plan, *r.plan->find_gate("ready"), json(R"({"note": "n", "amount": 9})"), r.facts,
                        r.now);
    CHECK(report->verdict() == "warn");
    report = check_gate(*r.plan, *r.plan->find_gate("ready"), json(R"({"note": "n", "amount": 1})"), r.facts,
                        r.now);
    CHECK(report->verdict() == "pass");
    CHECK_FALSE(
        check_gate(*r.plan, *r.plan->find_gate("ready"), json(R"({"nte": "n"})"), r.facts, r.now).ok());
  }
}

TEST_CASE("events: only the roles of `by` report it, and required fields must be there", "[run]") {
  Run r(sop(
      task("a") + "," + end(),
      R"("events": {"paid": {"by": ["lead", "chief"], "fields": {"amount": {"type": "number", "required": true}, "note": "string"}}, "seen": {}})"));
  r.start();
  r.as("cat", {"clerk"});
  CHECK(r.event("seen") == "");
  CHECK(r.event("paid", R"({"amount": 1})") == "not_permitted");
  CHECK(text(r.detail("roles")) == R"(["lead","chief"])");
  r.as("lea", {"lead"});
  CHECK(r.event("paid", R"({"note": "n"})") == "bad_data");
  CHECK(r.last_rejection.message == "payload.amount must be given");
  CHECK(r.event("paid", R"({"amount": null})") == "bad_data");
  CHECK(r.event("paid", R"({"amount": 1})") == "");
}
