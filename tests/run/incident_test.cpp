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
  Run r(sop(R"({"id":"fork","title":"F","kind":"parallel","go":["a","b"]},)" +
                accountable("a", "chief", R"("next":"j")") + "," + accountable("b", "lead", R"("next":"j")") +
                R"(,{"id":"j","title":"J","kind":"join","next":[{"if":"n > 1","go":"done"}]},)" + task("c") +
                "," + end(),
            R"("data":{"n":{"type":"number","default":0}})"));
  r.start();
  r.complete("a");
  r.complete("b");
  CHECK(raised(r).kind == "no_branch");
  CHECK(raised(r).step == "j");
  CHECK(raised(r).people == std::vector<std::string>{"role:chief", "role:lead"});
  SECTION("resolved with data") {
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","data":{"n":2}})") == "");
    CHECK(r.state.status == RunStatus::closed);
  }
  SECTION("sent elsewhere") {
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","go":"c"})") == "");
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
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i2","go":"b"})") == "unknown_step");
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
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","go":"after"})") == "unknown_step");
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","go":"j"})") == "unknown_step");
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","go":"inner"})") == "");
  CHECK(r.active() == "all inner#1");
  CHECK(r.complete("inner") == "");
  CHECK(r.active() == "after");
}
