// Tokens: steps in order, choices, parallel work and joins, loops, waits, services, incidents, data.
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
