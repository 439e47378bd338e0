// Tokens: steps in order, choices, parallel work and joins, loops, incidents, data.
#include "fixture.hpp"

using namespace aesop_test;

TEST_CASE("decide: a run goes through its steps and closes with the outcome of its end", "[run]") {
  Run r(sop(task("a") + "," + task("b") + "," + end("done", "paid")));
  CHECK(r.start() == "");
  CHECK(r.active() == "a");
  CHECK(r.last() == "run_started step_entered");
  CHECK(r.complete("a") == "");
  CHECK(r.last() == "task_completed step_left step_entered");
  CHECK(r.active() == "b");
  CHECK(r.complete("b") == "");
  CHECK(r.last() == "task_completed step_left step_left run_closed");
  CHECK(r.state.status == RunStatus::closed);
  CHECK(r.state.outcome == "paid");
  CHECK(r.complete("b") == "run_closed");
  CHECK(r.event("x") == "run_closed");
}

TEST_CASE("decide: a step that is not active refuses, by name and by task", "[run]") {
  Run r(sop(task("a") + "," + task("b") + "," + end()));
  r.start();
  CHECK(r.complete("b") == "not_active");
  CHECK(r.complete("nothing") == "unknown_step");
  CHECK(r.run(R"({"do":"complete","task":"r1:9.2"})") == "not_active");
  CHECK(r.run(R"({"do":"complete","task":"r2:1.2","run":"r1"})") == "error:invalid-argument");
  CHECK(r.run(R"({"do":"complete","task":"r1:1"})") == "error:invalid-argument");
  CHECK(r.run(R"({"do":"complete"})") == "error:schema-error");
  CHECK(r.run(R"({"do":"complete","task":"r1:1.2"})") == "");
}

TEST_CASE("decide: a task's id names one visit of one step, so what comes late reaches no other", "[run]") {
  const auto named = [](std::string_view verb, const std::string& id, std::string_view more = {}) {
    return cat(R"({"do":")", verb, R"(","task":")", id, '"', more.empty() ? "" : ",", more, "}");
  };
  const auto id = [](const Run& r, std::string_view step) { return task_id("r1", r.activity(step)); };
  SECTION("the next step") {
    Run r(sop(task("a") + "," + task("b") + "," + end()));
    r.start();
    const std::string a = id(r, "a");
    CHECK(r.complete("a") == "");
    for (const char* verb : {"claim", "start_task", "complete", "forward"})
      CHECK(r.run(named(verb, a)) == "not_active");
    CHECK(r.run(named("complete", id(r, "b"))) == "");
  }
  SECTION("the next visit") {
    Run r(sop(task("a", R"("review":"other")") + "," + end()));
    r.start();
    const std::string first = id(r, "a");
    CHECK(r.complete("a") == "");
    CHECK(id(r, "a") == first);  // in review it is the same
    CHECK(r.as("rev", {"other"}).run(named("return_for_rework", first, R"("note":"again")")) == "");
    CHECK(r.as("ann", {"clerk"}).complete("a") == "");
    CHECK(r.as("rev", {"other"}).run(named("accept_review", first)) == "not_active");
    CHECK(r.run(named("accept_review", id(r, "a"))) == "");
  }
  SECTION("the next approval") {
    const auto approval = [](std::string_view step, std::string_view next) {
      return cat(
          R"({"id":")", step,
          R"(","title":"A","kind":"approval","raci":{"responsible":"lead","accountable":"chief"},"approvers":"lead","next":{"approved":")",
          next, R"(","refused":"done"}})");
    };
    Run r(sop(approval("one", "two") + "," + approval("two", "done") + "," + end()));
    r.start();
    const std::string one = id(r, "one");
    const std::string voice = R"("decision":"approve")";
    CHECK(r.as("lea", {"lead"}).run(named("decide_approval", one, voice)) == "");
    CHECK(r.as("leo", {"lead"}).run(named("decide_approval", one, voice)) == "not_active");
    CHECK(r.active() == "two");
  }
  SECTION("the next attempt of a service, and the next service") {
    const auto service = [](std::string_view step, std::string_view more) {
      return cat(
          R"({"id":")", step,
          R"(","title":"S","kind":"service","raci":{"responsible":"clerk","accountable":"lead"},"do":"send")",
          more, "}");
    };
    Run r(sop(service("s1", R"(,"retry":{"times":1,"every":"10 minutes"})") + "," + service("s2", "") + "," +
              end()));
    r.start();
    const std::string first = id(r, "s1");
    CHECK(r.effects_of_kind("service")[0].find(cat(R"("task":")", first, '"')) != std::string::npos);
    CHECK(r.run(named("fail_service", first, R"("error":"e")")) == "");
    r.advance("2026-01-05T10:00:00Z");
    CHECK(r.run(named("complete_service", first, R"("result":{})")) == "not_active");
    const std::string second = id(r, "s1");
    CHECK(r.effects_of_kind("service")[1].find(cat(R"("task":")", second, '"')) != std::string::npos);
    CHECK(r.run(named("complete_service", second, R"("result":{})")) == "");
    CHECK(r.run(named("complete_service", second, R"("result":{})")) == "not_active");
    CHECK(r.active() == "s2");
  }
}

TEST_CASE("correct: a task's id names its form also after the run has gone on", "[run]") {
  Run r(sop(task("a", R"("form":{"n":"number"})") + "," + task("b") + "," + end()));
  r.start();
  const std::string a = task_id("r1", r.activity("a"));
  CHECK(r.complete("a", R"({"n":1})") == "");
  const std::string b = task_id("r1", r.activity("b"));
  const std::string more = R"("form":{"n":2},"reason":"misread"})";
  CHECK(r.run(cat(R"({"do":"correct","task":")", b, "\",", more)) == "not_active");
  CHECK(r.run(cat(R"({"do":"correct","task":")", a, "\",", more)) == "");
  CHECK(text(find_record(r.state, 0, "a")->form) == R"({"n":2})");
}

TEST_CASE("R19: decide: the first branch that is true is taken, else the else", "[run]") {
  const std::string form =
      R"("form": {"x": {"type": "number"}}, "next": [{"if": "x > 10", "go": "big"}, {"if": "x > 5", "go": "middle"}, {"else": "small"}])";
  const auto way = [&](std::string_view x) {
    Run r(sop(task("a", form) + "," + task("big", R"("next": "done")") + "," +
              task("middle", R"("next": "done")") + "," + task("small") + "," + end()));
    r.start();
    CHECK(r.complete("a", cat("{\"x\": ", x, "}")) == "");
    return r.active();
  };
  CHECK(way("11") == "big");
  CHECK(way("7") == "middle");
  CHECK(way("1") == "small");
  CHECK(way("null") == "small");
}

TEST_CASE("decide: a condition that is null is not true, and the event keeps the diagnostic", "[run]") {
  Run r(
      sop(task("a",
               R"("form": {"x": {"type": "number"}}, "next": [{"if": "x > 10", "go": "b"}, {"else": "c"}])") +
          "," + task("b", R"("next": "done")") + "," + task("c") + "," + end()));
  r.start();
  CHECK(r.complete("a", "{}") == "");
  CHECK(r.active() == "c");
  const StepLeft left = r.all<StepLeft>().back();
  CHECK(left.null_conditions == 1);
  CHECK(left.branch == 1u);
  bool kept = false;
  for (const Event& e : r.recent) kept = kept || e.data.get("diagnostics").size() > 0;
  CHECK(kept);
}

TEST_CASE("decide: no branch true and no else is an incident, resumable with data or by going elsewhere",
          "[run]") {
  const std::string text = sop(
      R"({"id":"pick","title":"Pick","kind":"decision","raci":{"responsible":"clerk","accountable":"lead"},"incidents":{"data":"level"},"next":[{"if":"level = 1","go":"a"},{"if":"level = 2","go":"b"}]},)" +
          task("a", R"("next": "done")") + "," + task("b") + "," + end(),
      R"("data": {"level": "number"})");
  SECTION("resolved with data") {
    Run r(text);
    CHECK(r.start() == "");
    CHECK(r.last() == "run_started step_entered incident_raised");
    CHECK(r.state.incidents.size() == 1);
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i9","reason":"r"})") == "unknown_incident");
    r.as("cat", {"clerk"});
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","data":{"level":2},"reason":"known"})") ==
          "not_permitted");
    r.as("bob", {"lead"});
    CHECK(r.run(R"({"do":"retry_incident","incident":"i1"})") == "");
    CHECK(r.state.incidents.size() == 1);
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i2","data":{"levl":2},"reason":"known"})") ==
          "unknown_variable");
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i2","data":{"level":"x"},"reason":"known"})") ==
          "bad_data");
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i2","data":{"level":2},"reason":"known"})") == "");
    CHECK(r.active() == "b");
    CHECK(r.state.incidents.empty());
  }
  SECTION("resolved by going elsewhere") {
    Run r(text);
    r.start();
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","go":"nowhere","reason":"known"})") ==
          "unknown_step");
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","go":"a","reason":"known"})") == "");
    CHECK(r.active() == "a");
  }
  SECTION("ended with a reason") {
    Run r(text);
    r.start();
    CHECK(r.run(R"({"do":"end_incident","incident":"i1","reason":" "})") == "reason_missing");
    CHECK(r.run(R"({"do":"end_incident","incident":"i1","reason":"cannot be told"})") == "");
    CHECK(r.state.status == RunStatus::closed);
    CHECK(r.state.outcome == "failed");
  }
  SECTION("the accountable are told") {
    Run r(text);
    r.start();
    REQUIRE(r.effects_of_kind("notify").size() == 1);
    CHECK(r.effects_of_kind("notify")[0].find("role:lead") != std::string::npos);
  }
}

TEST_CASE("decide: an AND-join takes one token of each edge, and a surplus token stays", "[run]") {
  // Both `left` and the extra way come over `left`: two tokens on one edge are not two edges.
  Run r(sop(R"({"id":"fork","title":"Fork","kind":"parallel","go":["left","right"]},)" +
            task("left", R"("next": "both")") + "," + task("right", R"("next": "both")") + "," +
            R"({"id":"both","title":"Both","kind":"join"},)" + task("after") + "," + end()));
  r.start();
  CHECK(r.active() == "left right");
  CHECK(r.complete("left") == "");
  CHECK(r.active() == "right");
  CHECK(r.state.parked.size() == 1);
  CHECK(r.complete("right") == "");
  CHECK(r.active() == "after");
  CHECK(r.state.parked.empty());
  CHECK(r.count<JoinFired>() == 1);
  CHECK(r.all<JoinFired>()[0].taken.size() == 2);
}

TEST_CASE("decide: two tokens over one edge do not make a join fire; the surplus waits for its partner",
          "[run]") {
  // `a` is entered twice by two tokens, `b` once: the join must not fire on the two of `a`.
  Run r(sop(R"({"id":"f1","title":"F","kind":"parallel","go":["f2","b"]},)"
            R"({"id":"f2","title":"F","kind":"parallel","go":["a","x"]},)" +
            task("x", R"("next": "a")") + "," + task("a", R"("next": "j")") + "," +
            task("b", R"("next": "j")") + "," + R"({"id":"j","title":"J","kind":"join"},)" +
            task("after", R"("next": "stop")") + "," +
            R"({"id":"stop","title":"Stop","kind":"end","outcome":"done","closes":false})"));
  r.start();
  CHECK(r.complete("x") == "");
  CHECK(r.task("complete", "a", R"("visit": 1)") == "");
  CHECK(r.task("complete", "a") == "");
  CHECK(r.state.parked.size() == 2);
  CHECK(r.count<JoinFired>() == 0);
  CHECK(r.complete("b") == "");
  CHECK(r.count<JoinFired>() == 1);
  CHECK(r.state.parked.size() == 1);
  CHECK(r.active() == "after");
  CHECK(r.complete("after") == "");
  // Only the surplus token is left and nobody can come: visible, not silent.
  REQUIRE(r.state.incidents.size() == 1);
  CHECK(r.state.incidents[0].kind == "stuck");
  CHECK(r.run(R"({"do":"end_incident","incident":"i1","reason":"surplus"})") == "");
  CHECK(r.state.status == RunStatus::closed);
}

TEST_CASE("decide: several tasks of one step are ambiguous by name", "[run]") {
  Run r(sop(R"({"id":"f1","title":"F","kind":"parallel","go":["f2","b"]},)"
            R"({"id":"f2","title":"F","kind":"parallel","go":["a","x"]},)" +
            task("x", R"("next": "a")") + "," + task("a", R"("next": "j")") + "," +
            task("b", R"("next": "j")") + "," + R"({"id":"j","title":"J","kind":"join"},)" + end()));
  r.start();
  r.complete("x");
  CHECK(r.complete("a") == "ambiguous");
  CHECK(r.detail("tasks").size() == 2);
  CHECK(r.task("complete", "a", R"("visit": 2)") == "");
}

TEST_CASE("decide: a loop opens new visits, and the visit is in every event", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("form": {"again": "boolean"}, "due": "2 hours", "next": [{"when": {"again": true}, "go": "a"}, {"else": "done"}])") +
      "," + end()));
  r.start();
  CHECK(r.complete("a", R"({"again": true})") == "");
  CHECK(r.activity("a").visit == 2);
  CHECK(r.complete("a", R"({"again": true})") == "");
  CHECK(r.activity("a").visit == 3);
  CHECK(r.all<StepEntered>().back().visit == 3);
  CHECK(r.all<TaskCompleted>().back().visit == 2);
  CHECK(r.state.clocks.size() == 1);
  CHECK(r.state.clocks[0].armed.occurrence == 3);
  CHECK(r.complete("a", R"({"again": false})") == "");
  CHECK(r.state.status == RunStatus::closed);
}

TEST_CASE("decide: in a step's own branches its name means the visit that was just completed", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("form":{"n":"number"},"next":[{"if":"a.n > 1","go":"done","set":{"v":"=a.n","w":"=a.by"}},{"else":"a","set":{"v":"=a.n + a.visit"}}])") +
          "," + end(),
      R"("data":{"v":"number","w":"string"})"));
  r.start();
  r.as("ann", {"clerk"});
  CHECK(r.complete("a", R"({"n":1})") == "");
  CHECK(text(r.variable("v")) == "2");
  CHECK(r.complete("a", R"({"n":5})") == "");
  CHECK(r.state.status == RunStatus::closed);
  CHECK(text(r.variable("v")) == "5");
  CHECK(text(r.variable("w")) == "\"ann\"");
}

TEST_CASE("decide: a branch sets variables, in order, of their declared type", "[run]") {
  Run r(sop(
      task("a", R"("next": [{"else": "b", "set": {"n": "=n + 1", "m": "=n * 10", "when": "2026-01-01"}}])") +
          "," + task("b") + "," + end(),
      R"("data": {"n": {"type": "number", "default": 1}, "m": "number", "when": "date"})"));
  r.start();
  CHECK(text(r.variable("n")) == "1");
  CHECK(r.complete("a") == "");
  CHECK(text(r.variable("n")) == "2");
  CHECK(text(r.variable("m")) == "20");
  CHECK(r.variable("when").is_date());
}

TEST_CASE("start: data must fit the declared variables", "[run]") {
  Run r(sop(task("a") + "," + end(), R"("data": {"amount": "number"})"));
  CHECK(r.start(R"({"amount": "much"})") == "bad_data");
  CHECK(r.start(R"({"amont": 1})") == "unknown_variable");
  CHECK(r.state.status == RunStatus::none);
  CHECK(r.start(R"({"amount": 1})") == "");
  CHECK(r.start(R"({"amount": 1})") == "already_started");
}

TEST_CASE("decide: a loop without waiting ends in an incident, not in a hang", "[run]") {
  Run r(sop(
      task("a", R"("next": "x")") +
          R"(,{"id":"x","title":"X","kind":"decision","raci":{"responsible":"clerk","accountable":"lead"},"incidents":{"data":["stop"]},"next":[{"if":"stop","go":"done"},{"else":"x2"}]},)"
          R"({"id":"x2","title":"X","kind":"decision","next":[{"else":"x"}]},)" +
          end(),
      R"("data": {"stop": {"type": "boolean", "default": false}})"));
  r.facts.limits.visits_at_once = 20;
  r.start();
  CHECK(r.complete("a") == "");
  REQUIRE(r.state.incidents.size() == 1);
  CHECK(r.state.incidents[0].kind == "livelock");
  CHECK(r.recent.size() < 110);
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","data":{"stop":true},"reason":"known"})") == "");
  CHECK(r.state.status == RunStatus::closed);
}

TEST_CASE("decide: a run with more events than its limit is an error that names the limit", "[run]") {
  Run r(sop(task("a", R"("next": "a")") + "," + end()));
  r.facts.limits.events_per_run = 10;
  r.start();
  std::string reason;
  for (int i = 0; i < 10 && reason.empty(); ++i) reason = r.complete("a");
  CHECK(reason == "error:limit-exceeded");
  CHECK(r.last_message.find("10 events") != std::string::npos);
}

TEST_CASE("decide: an end that closes withdraws what is open", "[run]") {
  Run r(sop(R"({"id":"fork","title":"Fork","kind":"parallel","go":["a","b"]},)" +
            task("a", R"("next": "done")") + "," + task("b", R"("next": "done")") + "," + end()));
  r.start();
  CHECK(r.complete("a") == "");
  CHECK(r.state.status == RunStatus::closed);
  const StepLeft left = r.all<StepLeft>().back();
  CHECK(left.step == "b");
  CHECK(left.reason == LeaveReason::withdrawn);
}

TEST_CASE("decide: the same arguments give the same decision", "[run]") {
  Run r(sop(task("a", R"("due": "2 hours")") + "," + end()));
  r.start();
  Command command;
  command.id = "same";
  command.at = r.now;
  command.actor = r.actor;
  command.run = "r1";
  Complete body;
  body.target.step = "a";
  command.body = body;
  auto one = decide(*r.plan, r.state, command, r.facts);
  auto two = decide(*r.plan, r.state, command, r.facts);
  REQUIRE(one.ok());
  REQUIRE(two.ok());
  CHECK(one->after == two->after);
  CHECK(encode_state(one->after) == encode_state(two->after));
}
