// Incidents: somebody is always told, and resolving one keeps tokens where they belong.
#include "fixture.hpp"

using namespace aesop_test;

namespace {
std::string accountable(std::string_view id, std::string_view who, std::string_view more) {
  return cat(R"({"id":")", id, R"(","title":"T","raci":{"responsible":"clerk","accountable":")", who,
             R"("},)", more, "}");
}
const IncidentRaised& raised(const Run& r) {
  for (const Event& e : r.log)
    if (const IncidentRaised* c = e.as<IncidentRaised>()) return *c;
  FAIL("no incident");
  throw 0;
}
}  // namespace

TEST_CASE("incident: a token that waits for ever is told to those accountable for the steps that led to it",
          "[run]") {
  Run r(sop(R"({"id":"fork","title":"F","kind":"parallel","go":["a","b"]},)" +
            accountable("a", "chief", R"("next":[{"else":"j"}])") + "," +
            accountable("b", "lead", R"("next":[{"if":"false","go":"j"},{"else":"stop"}])") +
            R"(,{"id":"j","title":"J","kind":"join"},)" + end() +
            R"(,{"id":"stop","title":"S","kind":"end","closes":false})"));
  r.start();
  r.complete("a");
  r.complete("b");
  CHECK(raised(r).kind == "stuck");
  CHECK(raised(r).people == std::vector<std::string>{"role:chief"});
  CHECK(r.effects_of_kind("notify").size() == 1);
}

TEST_CASE("incident: a join without a branch names the join, tells people, and goes where they say",
          "[run]") {
  Run r(sop(
      R"({"id":"fork","title":"F","kind":"parallel","go":["a","b"]},)" +
          accountable("a", "chief", R"("next":"j")") + "," + accountable("b", "lead", R"("next":"j")") +
          R"(,{"id":"j","title":"J","kind":"join","incidents":{"go":["c"]},"next":[{"if":"n > 1","go":"done"}]},)" +
          task("c") + "," + end(),
      R"("data":{"n":{"type":"number","default":0}})"));
  r.start();
  r.complete("a");
  r.complete("b");
  CHECK(raised(r).kind == "no_branch");
  CHECK(raised(r).step == "j");
  CHECK(raised(r).people == std::vector<std::string>{"role:chief", "role:lead"});
  SECTION("resolved with data") {
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","data":{"n":2},"reason":"r"})") == "");
    CHECK(r.state.status == RunStatus::closed);
  }
  SECTION("ended") {
    CHECK(r.run(R"({"do":"end_incident","incident":"i1","reason":"no use"})") == "");
    CHECK(r.state.status == RunStatus::closed);
    CHECK(r.count<IncidentRaised>() == 1);
  }
  SECTION("sent elsewhere") {
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","go":"c","reason":"r"})") == "");
    CHECK(r.active() == "c");
    CHECK(r.state.parked.empty());
  }
}

TEST_CASE("incident: of a case clock or a stage is told to those accountable", "[run]") {
  Run r(sop(
      accountable("a", "chief", R"("stage":"s")") + "," + task("b") + "," + end(),
      R"("data":{"limit":{"type":"duration"}},"stages":{"s":{"title":"S","due":"=limit after run.started","escalate":[{"at":"due","notify":"lead"}]}},"clocks":{"c":{"starts":"a.completed","stops":"b.completed","due":"=limit after run.started","escalate":[{"at":"due","notify":"lead"}]}})"));
  r.start();
  CHECK(raised(r).clock == "stage.s");
  CHECK(raised(r).people == std::vector<std::string>{"role:chief"});
  r.complete("a");
  CHECK(r.all<IncidentRaised>()[1].clock == "clock.c");
  CHECK(r.all<IncidentRaised>()[1].people == std::vector<std::string>{"role:chief", "role:lead"});
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i2","go":"b","reason":"r"})") == "unknown_step");
}

TEST_CASE("incident: resolving one never sends a token out of its each, nor to a join by no way", "[run]") {
  Run r(sop(R"({"id":"all","title":"A","kind":"each","of":"=xs","next":"after","run":[)"
            R"({"id":"fork","title":"F","kind":"parallel","go":["a","b"]},)" +
                task("a", R"("next":"j")") + "," +
                task("b", R"("next":[{"if":"false","go":"j"},{"else":"stop"}])") +
                R"(,{"id":"j","title":"J","kind":"join","next":"inner"},)" + task("inner") +
                R"(,{"id":"stop","kind":"end"}]},)" + task("after") + "," + end(),
            R"("data":{"xs":{"type":"list","default":[1]}})"));
  r.start();
  r.complete("a");
  r.complete("b");
  REQUIRE(r.state.incidents.size() == 1);
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","go":"after","reason":"r"})") == "unknown_step");
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","go":"j","reason":"r"})") == "unknown_step");
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","go":"inner","reason":"r"})") == "");
  CHECK(r.active() == "all inner#1");
  CHECK(r.complete("inner") == "");
  CHECK(r.active() == "after");
}

TEST_CASE("service: its failure is taken while an incident of its deadline stands beside it", "[run]") {
  Run r(sop(
      R"({"id":"s","title":"S","kind":"service","raci":{"responsible":"clerk","accountable":"lead"},"do":"send","due":"=limit after run.started","escalate":[{"at":"due","notify":"lead"}],"on_failure":"mend","next":"done"},)" +
          task("mend") + "," + end(),
      R"("data":{"limit":{"type":"duration"}})"));
  r.start();
  REQUIRE(r.state.incidents.size() == 1);
  CHECK(r.state.incidents[0].kind == "due_unknown");
  CHECK(r.task("fail_service", "s", R"("error":"no line")") == "");
  CHECK(r.active() == "mend");
}

TEST_CASE("service: a failure that is an incident already is not taken twice", "[run]") {
  Run r(sop(
      R"({"id":"s","title":"S","kind":"service","raci":{"responsible":"clerk","accountable":"lead"},"do":"send","next":"done"},)" +
      end()));
  r.start();
  CHECK(r.task("fail_service", "s", R"("error":"no line")") == "");
  CHECK(r.state.incidents.at(0).kind == "service_failed");
  CHECK(r.task("fail_service", "s", R"("error":"no line")") == "wrong_state");
}

TEST_CASE("wait: why a condition was null is kept in the event that did not end the wait", "[run]") {
  Run r(sop(
      R"({"id":"w","title":"W","kind":"wait","raci":{"responsible":"clerk","accountable":"lead"},"for":[{"event":"paid","if":"amount + event.more > 10","go":"done"},{"after":"9 days","go":"done"}]},)" +
          end(),
      R"("data":{"amount":{"type":"number"}},"events":{"paid":{"fields":{"more":"number","set":"number"},"sets":{"amount":"=event.set"}}})"));
  r.start();
  CHECK(r.event("paid", R"({"more": 5})") == "");
  REQUIRE(r.log.back().as<EventRecorded>() != nullptr);
  CHECK(r.log.back().data.get("diagnostics").size() > 0);
  CHECK(r.active() == "w");
  // What the event sets counts for the condition already.
  CHECK(r.event("paid", R"({"more": 5, "set": 1})") == "");
  CHECK(r.log.back().data.get("diagnostics").is_null());
  CHECK(r.event("paid", R"({"more": 5, "set": 6})") == "");
  CHECK(r.state.status == RunStatus::closed);
}
