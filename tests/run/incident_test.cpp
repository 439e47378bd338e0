// Incidents are no way past the procedure: who resolves them, where to, with which data.
#include "fixture.hpp"

using namespace aesop_test;

namespace {

std::string resolve(std::string_view more, std::string_view id = "i1") {
  return cat(R"({"do":"resolve_incident","incident":")", id, R"(","reason":"we know why",)", more, "}");
}

// a -> b (behind a gate) -> c -> done; a may also lapse into `late`.
std::string three(std::string_view incidents = {}, std::string_view top = {}) {
  return sop(
      task("a", cat(R"("form": {"n": "number"}, "due": "1 day", "escalate": [{"at": "due", "go": "late"}],
                    "next": [{"else": "b", "set": {"amount": "=n"}}])",
                    incidents)) +
          "," + task("late", R"("next": "b")") + "," + task("b", R"("gate": "ready")") + "," + task("c") +
          "," + end(),
      cat(R"("data": {"amount": "number", "paid": {"type": "boolean", "default": false}},
        "gates": {"ready": {"checks": [{"id": "paid", "require": "paid", "message": "Not paid."}]}})",
          top));
}

}  // namespace

TEST_CASE("incident: whoever failed a task may have it tried again, and decides nothing else", "[run]") {
  Run r(three());
  r.start();
  CHECK(r.task("fail", "a", R"("reason":"no paper")") == "");
  CHECK(r.run(resolve(R"("go":"b")")) == "separation_of_duty");
  CHECK(r.run(R"({"do":"end_incident","incident":"i1","reason":"over"})") == "separation_of_duty");
  SECTION("another may resolve it") {
    CHECK(r.as("lea", {"lead"}).run(resolve(R"("go":"b")")) == "");
    CHECK(r.active() == "b");
  }
  SECTION("retry is a new visit") {
    CHECK(r.run(R"({"do":"retry_incident","incident":"i1"})") == "");
    CHECK(r.activity("a").visit == 2);
  }
}

TEST_CASE("incident: resolving and ending demand a reason", "[run]") {
  Run r(three());
  r.start();
  r.task("fail", "a", R"("reason":"no paper")");
  r.as("lea", {"lead"});
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","go":"b","reason":" "})") == "reason_missing");
  CHECK(r.run(R"({"do":"end_incident","incident":"i1","reason":""})") == "reason_missing");
}

TEST_CASE("incident: it goes to the step itself or where the step may lead, and nowhere else", "[run]") {
  Run r(three());
  r.start();
  r.task("fail", "a", R"("reason":"no paper")");
  r.as("lea", {"lead"});
  CHECK(r.run(resolve(R"("go":"done")")) == "not_allowed");
  CHECK(text(r.detail("step")) == "\"done\"");
  CHECK(r.run(resolve(R"("go":"c")")) == "not_allowed");
  CHECK(r.run(resolve(R"("go":"nowhere")")) == "unknown_step");
  SECTION("itself") {
    CHECK(r.run(resolve(R"("go":"a")")) == "");
    CHECK(r.activity("a").visit == 2);
  }
  SECTION("where its ladder leads") {
    CHECK(r.run(resolve(R"("go":"late")")) == "");
    CHECK(r.active() == "late");
  }
}

TEST_CASE("incident: what next leads to lies behind the gate of the step", "[run]") {
  Run r(three());
  r.start();
  r.complete("a");
  CHECK(r.task("fail", "b", R"("reason":"stuck")") == "");
  r.as("lea", {"lead"});
  CHECK(r.run(resolve(R"("go":"c")")) == "blocked");
  CHECK(text(r.detail("missing")).find("Not paid.") != std::string::npos);
  CHECK(r.active() == "b");
}

TEST_CASE("incident: the SOP may name further steps, variables and who decides", "[run]") {
  SECTION("in the step") {
    Run r(three(R"(, "incidents": {"by": "chief", "go": ["done"], "data": ["paid"]})"));
    r.start();
    r.task("fail", "a", R"("reason":"no paper")");
    CHECK(r.as("lea", {"lead"}).run(resolve(R"("go":"done")")) == "not_permitted");
    r.as("che", {"chief"});
    CHECK(r.run(resolve(R"("data":{"paid":true},"go":"done")")) == "");
    CHECK(r.state.status == RunStatus::closed);
    CHECK(text(r.variable("paid")) == "true");
  }
  SECTION("for all steps") {
    Run r(three({}, R"(, "incidents": {"by": ["chief"], "go": "done"})"));
    r.start();
    r.task("fail", "a", R"("reason":"no paper")");
    CHECK(r.as("lea", {"lead"}).run(resolve(R"("go":"done")")) == "not_permitted");
    CHECK(r.as("che", {"chief"}).run(resolve(R"("go":"done")")) == "");
  }
}

TEST_CASE("incident: data are variables that the step's branches set, and fields of a form that led nowhere",
          "[run]") {
  SECTION("variables") {
    Run r(three());
    r.start();
    r.task("fail", "a", R"("reason":"no paper")");
    r.as("lea", {"lead"});
    CHECK(r.run(resolve(R"("data":{"paid":true})")) == "not_allowed");
    CHECK(text(r.detail("variable")) == "\"paid\"");
    CHECK(r.run(resolve(R"("data":{"pade":true})")) == "unknown_variable");
    CHECK(r.run(resolve(R"("data":{"amount":5})")) == "");
    CHECK(text(r.variable("amount")) == "5");
  }
  SECTION("a form for which no branch is true") {
    Run r(
        sop(task("a", R"("form": {"n": "number"}, "next": [{"if": "n > 1", "go": "done"}])") + "," + end()));
    r.start();
    CHECK(r.complete("a", R"({"n": 0})") == "");
    REQUIRE(r.state.incidents.size() == 1);
    CHECK(r.run(resolve(R"("data":{"n":"x"})")) == "bad_data");
    CHECK(r.run(resolve(R"("data":{"n":2})")) == "");
    CHECK(r.state.status == RunStatus::closed);
  }
}

TEST_CASE("incident: an unknown due time is no way past a step that can still be done", "[run]") {
  Run r(sop(task("a", R"("due": "=limit after run.started", "escalate": [{"at": "due", "notify": "lead"}])") +
                "," + end(),
            R"("data": {"limit": {"type": "duration"}, "paid": {"type": "boolean", "default": false}})"));
  r.start();
  REQUIRE(r.state.incidents.size() == 1);
  CHECK(r.state.incidents[0].kind == "due_unknown");
  CHECK(r.run(resolve(R"("go":"done")")) == "not_allowed");
  CHECK(r.run(resolve(R"("data":{"paid":true})")) == "not_allowed");
  CHECK(r.run(resolve(R"("data":{"limit":"PT1H"})")) == "");  // what the time hangs on
  CHECK(r.state.incidents.empty());
}
