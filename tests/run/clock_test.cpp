// Time: deadlines, ladders, case and stage clocks, catching up, suspension, late facts, handoffs.
#include "fixture.hpp"

using namespace aesop_test;

TEST_CASE("R20: ladder: rungs before, at and after the due time fire once each, in order, for their due time",
          "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due": "10 hours", "escalate": [{"at": "due - 4 hours", "notify": "responsible"}, {"at": "80%", "notify": "accountable"}, {"at": "due", "page": "chief"}, {"at": "due + 24 hours", "page": "chief"}, {"at": "2 hours", "raise": 8}])") +
      "," + end()));
  r.start();
  CHECK(projection(r.state).timers.size() == 5);
  CHECK(r.advance("2026-01-05T11:00:00Z") == 2);
  CHECK(r.last() == "rung_fired priority_raised");
  CHECK(r.activity("a").priority == 8);
  CHECK(r.advance("2026-01-07T00:00:00Z") == 4);
  CHECK(r.fired() ==
        "step.a/4@2026-01-05T11:00:00Z step.a/0@2026-01-05T15:00:00Z step.a/1@2026-01-05T17:00:00Z "
        "step.a/2@2026-01-05T19:00:00Z step.a/3@2026-01-06T19:00:00Z");
  CHECK(r.advance("2026-03-01T00:00:00Z") == 0);
  CHECK(r.effects_of_kind("notify").size() == 2);
  CHECK(r.effects_of_kind("page").size() == 2);
  const RungFired late = r.all<RungFired>()[1];
  CHECK(late.timer == "t/r1/step.a/1/0");
  CHECK(late.late_us == 33 * us_per_hour);
  // Logical time is the due time.
  for (const Event& e : r.recent) CHECK(e.at <= instant("2026-01-06T19:00:00Z"));
  CHECK(r.active() == "a");  // overdue is not done
}

TEST_CASE("ladder: no rung fires after its step was left, however late the host looks", "[run]") {
  Run r(sop(task("a", R"("due": "2 hours", "escalate": [{"at": "due", "notify": "responsible"}])") + "," +
            task("b") + "," + end()));
  r.start();
  r.after(1).complete("a");
  CHECK(r.state.clocks.empty());
  CHECK(r.advance("2027-01-01T00:00:00Z") == 0);
}

TEST_CASE(
    "ladder: a rung with go ends the step as lapsed; its later rungs never fire even when overdue together",
    "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due": "24 hours", "escalate": [{"at": "due", "go": "b"}, {"at": "48 hours", "page": "chief"}], "next": "done")") +
      "," + task("b") + "," + end()));
  r.start();
  CHECK(r.advance("2026-02-01T00:00:00Z") == 3);
  CHECK(r.last() == "rung_fired step_left step_entered");
  CHECK(r.active() == "b");
  const StepLeft left = r.all<StepLeft>()[0];
  CHECK(left.reason == LeaveReason::lapsed);
  CHECK(left.cause == "t/r1/step.a/1/0");
  CHECK(find_record(r.state, 0, "a")->completed == std::nullopt);
  CHECK(r.effects_of_kind("page").empty());
  CHECK(r.complete("a") == "not_active");
}

TEST_CASE("ladder: what a timer starts is due in the same pass, in logical time", "[run]") {
  Run r(sop(task("a", R"("due": "24 hours", "escalate": [{"at": "due", "go": "b"}], "next": "done")") + "," +
            task("b", R"("due": "24 hours", "escalate": [{"at": "due", "go": "c"}], "next": "done")") + "," +
            task("c") + "," + end()));
  r.start();
  r.advance("2026-03-01T00:00:00Z");
  CHECK(r.active() == "c");
  CHECK(r.fired() == "step.a/0@2026-01-06T09:00:00Z step.b/0@2026-01-07T09:00:00Z");
  CHECK(r.activity("c").entered == instant("2026-01-07T09:00:00Z"));
}

TEST_CASE("ladder: the result does not depend on how often somebody called advance", "[run]") {
  const std::string text = sop(
      task(
          "a",
          R"("due": "24 hours", "escalate": [{"at": "50%", "notify": "lead"}, {"at": "due", "go": "b"}], "next": "done")") +
      "," + task("b", R"("due": "24 hours", "escalate": [{"at": "due", "notify": "lead"}])") + "," + end());
  Run once(text), often(text);
  once.start();
  often.start();
  for (int hour = 1; hour < 100; ++hour)
    often.advance(to_string(instant("2026-01-05T09:00:00Z") + hour * us_per_hour));
  once.at("2026-01-09T12:00:00Z").complete("b");
  often.at("2026-01-09T12:00:00Z").complete("b");
  CHECK(once.fired() == often.fired());
  CHECK(once.state == often.state);
}

TEST_CASE("decide: due timers fire before the command and stand even when it is refused", "[run]") {
  Run r(sop(task("a", R"("due": "24 hours", "escalate": [{"at": "due", "go": "b"}], "next": "done")") + "," +
            task("b") + "," + end()));
  r.start();
  CHECK(r.at("2026-01-07T00:00:00Z").complete("a") == "not_active");
  CHECK(r.last() == "rung_fired step_left step_entered");
  CHECK(r.active() == "b");
}

TEST_CASE("R69, R70: a case that bounces every 29 days reaches its day-30 and day-45 rungs once each",
          "[run]") {
  Run r(sop(
      task(
          "work",
          R"("form": {"again": "boolean"}, "due": "10 days", "escalate": [{"at": "due", "notify": "responsible"}], "next": [{"when": {"again": true}, "go": "work"}, {"else": "done"}])") +
          "," + end(),
      R"("events": {"case.sent": {}, "case.settled": {}}, "clocks": {"follow_up": {"starts": "case.sent", "stops": "case.settled",
               "escalate": [{"at": "30 days", "page": "lead"}, {"at": "45 days", "page": "chief"}]}})"));
  r.start();
  CHECK(r.event("case.sent") == "");
  for (int round = 0; round < 4; ++round) {
    r.after(29 * 24);
    CHECK(r.complete("work", R"({"again": true})") == "");
    CHECK(r.event("case.sent") == "");  // sent again: the clock runs on
  }
  std::vector<std::string> case_rungs;
  for (const RungFired& f : r.all<RungFired>())
    if (f.kind == ClockKind::case_clock) case_rungs.push_back(cat(f.rung, "@", to_string(f.due)));
  CHECK(case_rungs == std::vector<std::string>{"0@2026-02-04T09:00:00Z", "1@2026-02-19T09:00:00Z"});
  REQUIRE(r.effects_of_kind("page").size() == 2);
  CHECK(r.effects_of_kind("page")[0].find("role:lead") != std::string::npos);  // each rung has its own target
  CHECK(r.effects_of_kind("page")[1].find("role:chief") != std::string::npos);
  CHECK(r.event("case.settled") == "");
  CHECK(r.all<ClockStopped>().size() == 1);
  // After a stop the next start is a new occurrence.
  CHECK(r.event("case.sent") == "");
  CHECK(find_clock(r.state, "clock.follow_up")->armed.occurrence == 2);
  r.after(31 * 24).complete("work", R"({"again": true})");
  CHECK(r.effects_of_kind("page").size() == 3);
}

TEST_CASE("case clock: starts and stops by moments of steps and of the run; go ends everything open",
          "[run]") {
  Run r(sop(
      R"({"id":"fork","title":"F","kind":"parallel","go":["a","b"]},)" + task("a", R"("next":"j")") + "," +
          task("b", R"("next":"j")") + R"(,{"id":"j","title":"J","kind":"join"},)" + task("c") + "," +
          task("late", R"("next": "done")") + "," + end(),
      R"("clocks": {"whole": {"starts": "run.started", "stops": "j.completed", "due": "5 days", "escalate": [{"at": "due", "go": "late"}]}})"));
  SECTION("stopped in time") {
    r.start();
    CHECK(r.state.clocks.size() == 1);
    r.complete("a");
    r.complete("b");
    CHECK(r.active() == "c");
    CHECK(r.state.clocks.empty());
    CHECK(r.advance("2027-01-01T00:00:00Z") == 0);
  }
  SECTION("ran out") {
    r.start();
    r.complete("a");
    CHECK(r.state.parked.size() == 1);
    r.advance("2026-02-01T00:00:00Z");
    CHECK(r.active() == "late");
    CHECK(r.state.parked.empty());
  }
}

TEST_CASE("stage clock: runs while a step of the stage is active, over several steps", "[run]") {
  Run r(sop(
      task("a", R"("stage": "first")") + "," + task("b", R"("stage": "first")") + "," + task("c") + "," +
          end(),
      R"("stages": {"first": {"title": "First", "due": "3 days", "escalate": [{"at": "due", "notify": "lead"}]}})"));
  r.start();
  CHECK(r.state.clocks.size() == 1);
  r.after(24).complete("a");
  CHECK(r.count<ClockStopped>() == 0);
  CHECK(r.state.clocks[0].armed.started == instant("2026-01-05T09:00:00Z"));
  r.advance("2026-01-08T09:00:00Z");
  CHECK(r.fired() == "stage.first/0@2026-01-08T09:00:00Z");
  REQUIRE(r.effects_of_kind("notify").size() == 1);
  CHECK(r.effects_of_kind("notify")[0].find("role:lead") != std::string::npos);
  r.complete("b");
  CHECK(r.state.clocks.empty());
  CHECK(r.count<ClockStopped>() == 1);
}

TEST_CASE("stage clock: go interrupts the steps of the stage and no others", "[run]") {
  Run r(sop(
      R"({"id":"fork","title":"F","kind":"parallel","go":["a","b"]},)" +
          task("a", R"("stage": "first", "next": "done")") + "," + task("b", R"("next": "done")") + "," +
          task("late", R"("next": "done")") + "," + end(),
      R"("stages": {"first": {"title": "First", "due": "3 days", "escalate": [{"at": "due", "go": "late"}]}})"));
  r.start();
  r.advance("2026-01-09T09:00:00Z");
  CHECK(r.active() == "b late");
}

TEST_CASE(
    "R20, R38: ladder: targets are people at firing; nobody found fires the next rung at once and is "
    "recorded",
    "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due": "10 hours", "escalate": [{"at": "due", "notify": "other"}, {"at": "due + 24 hours", "page": "chief"}])") +
      "," + end()));
  r.directory.roles = {{"clerk", {"ann"}}, {"chief", {"che"}}};
  r.start();
  r.advance("2026-01-05T19:00:00Z");
  REQUIRE(r.count<RungFired>() == 2);
  CHECK(r.all<RungFired>()[0].unresolved == std::vector<std::string>{"other"});
  CHECK(r.all<RungFired>()[1].cause == "t/r1/step.a/1/0");
  CHECK(r.all<RungFired>()[1].resolved[0].people == std::vector<std::string>{"che"});
  CHECK(r.recent[1].at == instant("2026-01-05T19:00:00Z"));
  CHECK(r.advance("2026-02-05T19:00:00Z") == 0);  // it does not fire again at its own time
}

TEST_CASE("ladder: in a store without people a target is its role", "[run]") {
  Run r(
      sop(task("a", R"("due": "10 hours", "escalate": [{"at": "due", "notify": ["accountable", "chief"]}])") +
          "," + end()));
  r.start();
  r.advance("2026-01-05T19:00:00Z");
  REQUIRE(r.count<RungFired>() == 1);
  CHECK(r.all<RungFired>()[0].unresolved.empty());
  CHECK(r.effects_of_kind("notify").size() == 2);
}

TEST_CASE(
    "R20, R80: ladder: reassign gives the task to others, start asks for a linked run, also adds a token",
    "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due": "10 hours", "escalate": [{"at": "due", "if": "risky", "reassign": "chief", "start": "appeals", "also": "b"}], "next": "j")") +
          "," + task("b", R"("next": "j2")") +
          R"(,{"id":"j","title":"J","kind":"end","closes":false,"outcome":"x"},{"id":"j2","title":"J","kind":"end","closes":false,"outcome":"y"})",
      R"("rules": {"risky": {"feel": "n > 3"}}, "data": {"n": {"type": "number", "default": 4}})"));
  r.start();
  r.as("ann", {"clerk"}).task("claim", "a");
  r.advance("2026-01-05T19:00:00Z");
  CHECK(r.last() == "rung_fired task_reassigned linked_run_requested step_entered");
  CHECK(r.active() == "a b");
  CHECK(r.activity("a").owner == "");
  CHECK(r.complete("a") == "not_candidate");
  CHECK(r.effects_of_kind("start_run").size() == 1);
  CHECK(r.effects_of_kind("reassigned").size() == 1);
  CHECK(r.as("che", {"chief"}).complete("a") == "");
  CHECK(r.as("ann", {"clerk"}).complete("b") == "");
  CHECK(r.state.status == RunStatus::closed);
}

TEST_CASE("ladder: every fires from the scheduled time, folds what was missed, and counts its times",
          "[run]") {
  Run r(sop(
      task("a",
           R"("escalate": [{"at": "24 hours", "notify": "responsible", "every": "24 hours", "times": 3}])") +
      "," + end()));
  r.start();
  r.advance("2026-01-06T10:00:00Z");
  CHECK(r.all<RungFired>()[0].next->due == instant("2026-01-07T09:00:00Z"));  // no drift
  r.advance("2026-01-10T20:00:00Z");
  REQUIRE(r.count<RungFired>() == 2);
  CHECK(r.all<RungFired>()[1].folded == 3);  // 8th, 9th, 10th
  CHECK(r.all<RungFired>()[1].next->due == instant("2026-01-11T09:00:00Z"));
  r.advance("2026-01-11T09:00:00Z");
  CHECK(r.count<RungFired>() == 3);
  CHECK(r.advance("2026-06-01T00:00:00Z") == 0);  // missed ones did not eat the count, three fired
}

TEST_CASE("ladder: a rung's condition is asked at firing", "[run]") {
  Run r(sop(
      task("a", R"("due": "10 hours", "escalate": [{"at": "due", "if": "amount > 100", "page": "chief"}])") +
          "," + end(),
      R"("data": {"amount": {"type": "number", "default": 5}}, "events": {"priced": {"fields": {"amount": "number"}, "sets": {"amount": "=event.amount"}}})"));
  r.start();
  SECTION("false") {
    r.advance("2026-01-06T00:00:00Z");
    REQUIRE(r.count<RungFired>() == 1);
    CHECK_FALSE(r.all<RungFired>()[0].held);
    CHECK(r.effects_of_kind("page").empty());
  }
  SECTION("true by then") {
    r.event("priced", R"({"amount": 500})");
    r.advance("2026-01-06T00:00:00Z");
    CHECK(r.effects_of_kind("page").size() == 1);
  }
}

TEST_CASE("due: a time computed in the past fires at once", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due": "1 hour after run.started", "escalate": [{"at": "due", "notify": "lead"}], "next": [{"else": "a"}])") +
      "," + end()));
  r.start();
  r.after(5).complete("a");
  CHECK(r.fired() == "step.a/0@2026-01-05T10:00:00Z step.a/0@2026-01-05T10:00:00Z");
  CHECK(r.recent.back().at == instant("2026-01-05T14:00:00Z"));  // time does not go back
}

TEST_CASE("R65: due: after an event that has not happened yet, it is armed when the event comes", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due": "2 hours before visit.set", "escalate": [{"at": "due", "notify": "lead"}, {"at": "start + 1 hour", "notify": "responsible"}])") +
          "," + end(),
      R"("events": {"visit.set": {}})"));
  r.start();
  CHECK(r.state.clocks[0].armed.pending);
  CHECK(r.advance("2026-01-05T12:00:00Z") == 1);
  CHECK(r.event("visit.set") == "");
  CHECK_FALSE(r.state.clocks[0].armed.pending);
  CHECK(r.state.clocks[0].armed.due == instant("2026-01-05T10:00:00Z"));
  CHECK(r.count<RungFired>() == 2);
}

TEST_CASE("due: a time that cannot be computed is an incident, and the step goes on", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due": "=limit after run.started", "escalate": [{"at": "due", "notify": "lead"}], "incidents": {"data": "limit"})") +
          "," + end(),
      R"("data": {"limit": {"type": "duration"}}, "calendars": {"never": {"zone": "UTC", "week": {"mon": ["09:00-17:00"]}}})"));
  r.start();
  REQUIRE(r.state.incidents.size() == 1);
  CHECK(r.state.incidents[0].kind == "due_unknown");
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","data":{"limit":"PT5H"},"reason":"known"})") == "");
  CHECK(r.state.clocks[0].armed.due == instant("2026-01-05T14:00:00Z"));
  CHECK(r.complete("a") == "");
}

TEST_CASE("R66: due: end of business day with a cut-off, and business days over a weekend", "[run]") {
  const std::string calendars =
      R"("calendars": {"office": {"zone": "America/New_York", "week": {"mon-fri": ["09:00-17:00"]}}}, "calendar": "office")";
  Run r(sop(task("a", R"("due": "end of business day cut-off 15:00")") + "," +
                task("b", R"("due": "2 business days")") + "," + end(),
            calendars));
  r.now = instant("2026-01-08T18:00:00Z");  // Thursday 13:00
  r.start();
  CHECK(projection(r.state).work[0].due == instant("2026-01-08T22:00:00Z"));
  r.at("2026-01-09T20:30:00Z").complete("a");  // Friday 15:30
  CHECK(projection(r.state).work[0].due == instant("2026-01-13T20:30:00Z"));
}

TEST_CASE(
    "suspend: no timer fires meanwhile; absolute keeps the due time, remaining the rest, restart begins anew",
    "[run]") {
  const auto with = [](std::string_view pause) {
    return sop(task("a", cat(R"("due": {"at": "10 hours", "pause": ")", pause,
                             R"("}, "escalate": [{"at": "due", "notify": "lead"}])")) +
               "," + end());
  };
  const auto due_after = [&](std::string_view pause) {
    Run r(with(pause));
    r.start();
    r.after(4);
    CHECK(r.run(R"({"do":"suspend","reason":"flood"})") == "");
    CHECK(projection(r.state).timers.empty());
    CHECK(r.complete("a") == "run_suspended");
    CHECK(r.run(R"({"do":"suspend","reason":"flood"})") == "run_suspended");
    CHECK(r.advance("2026-01-07T09:00:00Z") == 0);
    CHECK(r.run(R"({"do":"resume"})") == "");
    CHECK(r.run(R"({"do":"resume"})") == "not_suspended");
    return to_string(*r.state.clocks[0].armed.due) + (r.count<RungFired>() ? " fired" : "");
  };
  CHECK(due_after("absolute") == "2026-01-05T19:00:00Z fired");
  CHECK(due_after("remaining") == "2026-01-07T15:00:00Z");
  CHECK(due_after("restart") == "2026-01-07T19:00:00Z");
}

TEST_CASE("suspend_task: until a time; the clock of the step stands still when it says so", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due": {"at": "10 hours", "pause": "remaining"}, "escalate": [{"at": "due", "notify": "lead"}])") +
      "," + end()));
  r.start();
  r.as("ann", {"clerk"}).task("claim", "a");
  CHECK(r.after(2).task("suspend_task", "a", R"("until":"2026-01-05T10:00:00Z")") == "bad_data");
  CHECK(r.task("suspend_task", "a", R"("until":"2026-01-08T11:00:00Z")") == "");
  CHECK(projection(r.state).timers.size() == 1);
  CHECK(r.complete("a") == "wrong_state");
  r.advance("2026-01-08T11:00:00Z");
  CHECK(r.last() == "rung_fired task_resumed");
  CHECK(r.activity("a").state == TaskState::reserved);
  CHECK(r.state.clocks[0].armed.due == instant("2026-01-08T19:00:00Z"));
  CHECK(r.complete("a") == "");
}

TEST_CASE("time: a clock that jumps back fires nothing twice and keeps the order; what was said is kept",
          "[run]") {
  Run r(sop(task("a", R"("due": "1 hour", "escalate": [{"at": "due", "notify": "lead"}])") + "," + task("b") +
            "," + end()));
  r.start();
  r.advance("2026-01-05T12:00:00Z");
  CHECK(r.count<RungFired>() == 1);
  r.at("2026-01-05T08:00:00Z");
  CHECK(r.complete("a") == "");
  CHECK(r.count<RungFired>() == 1);
  CHECK(r.recent[0].at == instant("2026-01-05T10:00:00Z"));  // of the last event
  CHECK(r.recent[0].recorded == instant("2026-01-05T08:00:00Z"));
  CHECK_FALSE(r.recent[0].occurred_at);  // a clock that is wrong is no late fact
}

TEST_CASE("late facts: a command with an earlier time is no way round the limit", "[run]") {
  Run r(sop(task("a", R"("due": "5 hours", "escalate": [{"at": "due", "notify": "lead"}])") + "," + end(),
            R"("late_facts": {"within": "2 hours"})"));
  r.start();
  r.advance("2026-01-05T14:00:00Z");
  CHECK(r.count<RungFired>() == 1);
  // Said at 11:30 as it were, of 11:00: the run has come to 14:00.
  r.at("2026-01-05T11:30:00Z");
  CHECK(r.task("complete", "a", R"("occurred_at":"2026-01-05T11:00:00Z")") == "late_fact_too_late");
  CHECK(r.complete("a") == "");
  CHECK(r.count<RungMooted>() == 0);
  CHECK_FALSE(r.recent[0].occurred_at);
  CHECK(r.recent[0].at == instant("2026-01-05T14:00:00Z"));
  CHECK(r.recent[0].recorded == instant("2026-01-05T11:30:00Z"));
}

TEST_CASE("late facts: a rung that fired stays fired and is marked moot when the deadline was met", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due": "10 hours", "escalate": [{"at": "due - 6 hours", "notify": "responsible"}, {"at": "due", "notify": "lead"}])") +
          "," + task("b") + "," + end(),
      R"("late_facts": {"within": "3 days", "approver": "chief"})"));
  r.start();
  r.at("2026-01-06T00:00:00Z");
  const std::string form = R"("form":{})";
  CHECK(r.task("complete", "a", R"("occurred_at":"2026-01-07T00:00:00Z")") == "occurred_in_future");
  CHECK(r.task("complete", "a", R"("occurred_at":"2026-01-05T18:00:00Z")") == "");
  REQUIRE(r.count<RungMooted>() == 1);
  CHECK(r.all<RungMooted>()[0].rung == 1);
  CHECK(r.count<RungFired>() == 2);
  CHECK(find_record(r.state, 0, "a")->completed == instant("2026-01-05T18:00:00Z"));
  r.at("2026-02-01T00:00:00Z");
  CHECK(r.task("complete", "b", R"("occurred_at":"2026-01-20T00:00:00Z")") == "late_fact_too_late");
  r.as("che", {"clerk", "chief"});
  CHECK(r.task("complete", "b", R"("occurred_at":"2026-01-20T00:00:00Z")") == "");
}

TEST_CASE("fire_due: goes in bounded batches and says whether there is more", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due": "5 hours", "escalate": [{"at": "1 hour", "notify": "lead"}, {"at": "2 hours", "notify": "lead"}, {"at": "3 hours", "notify": "lead"}])") +
      "," + end()));
  r.start();
  r.advance("2026-02-01T00:00:00Z", 2);
  CHECK(r.more);
  CHECK(r.count<RungFired>() == 2);
  r.advance("2026-02-01T00:00:00Z", 2);
  CHECK_FALSE(r.more);
  CHECK(r.count<RungFired>() == 3);
}

TEST_CASE("time: a ladder that leads back to itself at once stops in an incident", "[run]") {
  Run r(sop(
      task("a",
           R"("due": "1 hour after run.started", "escalate": [{"at": "due", "go": "b"}], "next": "done")") +
      "," +
      task("b",
           R"("due": "1 hour after run.started", "escalate": [{"at": "due", "go": "a"}], "next": "done")") +
      "," + end()));
  r.facts.limits.visits_at_once = 20;
  r.start();
  r.advance("2026-02-01T00:00:00Z");
  REQUIRE(r.state.incidents.size() == 1);
  CHECK(r.state.incidents[0].kind == "livelock");
  CHECK(r.recent.size() < 220);
}

TEST_CASE(
    "R10: handoff: made at its moment with its payload; not acknowledged in time escalates, also after the "
    "run's "
    "end",
    "[run]") {
  const std::string text = sop(
      task("a") + "," + end(),
      R"("data": {"n": {"type":"number","default":4}}, "handoffs": [{"id": "over", "from": "clerk", "to": "chief", "when": "a.completed", "if": "n > 3", "with": {"count": "=n"}, "acknowledge_within": "1 day", "escalate": [{"at": "due", "page": "lead"}]}])");
  SECTION("acknowledged") {
    Run r(text);
    r.start();
    CHECK(r.complete("a") == "");
    REQUIRE(r.effects_of_kind("handoff").size() == 1);
    CHECK(r.effects_of_kind("handoff")[0].find(R"("with":{"count":4})") != std::string::npos);
    CHECK(r.state.status == RunStatus::closed);
    CHECK(r.as("ann", {"clerk"}).run(R"({"do":"acknowledge_handoff","handoff":"h1"})") == "not_permitted");
    CHECK(r.as("che", {"chief"}).run(R"({"do":"acknowledge_handoff","handoff":"h7"})") == "unknown_handoff");
    CHECK(r.run(R"({"do":"acknowledge_handoff","handoff":"over"})") == "");
    CHECK(r.run(R"({"do":"acknowledge_handoff","handoff":"h1"})") == "already_decided");
    CHECK(r.advance("2027-01-01T00:00:00Z") == 0);
  }
  SECTION("not acknowledged") {
    Run r(text);
    r.start();
    r.complete("a");
    r.advance("2026-01-07T00:00:00Z");
    CHECK(r.effects_of_kind("page").size() == 1);
  }
  SECTION("its condition did not hold") {
    Run r(text);
    r.start(R"({"n": 1})");
    r.complete("a");
    CHECK(r.effects_of_kind("handoff").empty());
  }
}

TEST_CASE("stage clock: inside an each every instance has its own", "[run]") {
  Run r(sop(
      R"({"id":"lines","title":"L","kind":"each","of":"event line","until":"event over","next":"done","run":[)" +
          task("a", R"("stage": "inner")") + "," + task("late") + "]}," + end(),
      R"("events": {"line": {}, "over": {}}, "stages": {"inner": {"title": "I", "due": "10 hours", "escalate": [{"at": "due", "go": "late"}]}})"));
  r.start();
  r.event("line");
  r.after(5).event("line");
  CHECK(r.state.clocks.size() == 2);
  r.advance("2026-01-05T20:00:00Z");
  CHECK(r.active() == "lines a#2 late#1");
  r.event("over");
  CHECK(r.complete("late") == "");
  CHECK(r.complete("a") == "");
  CHECK(r.complete("late") == "");
  CHECK(r.state.status == RunStatus::closed);
}

TEST_CASE("ladder: what is missed is folded only up to the rung that ends the step", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due": "84 hours", "escalate": [{"at": "24 hours", "notify": "responsible", "every": "24 hours"}, {"at": "due", "go": "b"}], "next": "done")") +
      "," + task("b") + "," + end()));
  r.start();
  r.advance("2026-01-20T00:00:00Z");
  REQUIRE(r.count<RungFired>() == 2);
  CHECK(r.all<RungFired>()[0].folded == 2);  // the 2nd and 3rd day; on the 4th the step had lapsed
  CHECK(r.active() == "b");
}

TEST_CASE("parameters: a scope's value holds, null gives the default back, a wrong type too", "[run]") {
  const std::string text =
      sop(task("a", R"("due": "=limit after run.started")") + "," + end(),
          R"("parameters": {"limit": {"type": "duration", "default": "24 hours", "override": "clinic"}})");
  const auto due = [&](Value value) {
    Run r(text);
    r.facts.parameters = {{"limit", std::move(value)}};
    r.start();
    return to_string(*r.state.clocks[0].armed.due);
  };
  CHECK(due(Value::string("PT36H")) == "2026-01-06T21:00:00Z");
  CHECK(due(Value()) == "2026-01-06T09:00:00Z");
  CHECK(due(Value::string("soon")) == "2026-01-06T09:00:00Z");
}

TEST_CASE("rungs: a task that failed is not given to others; its incident decides", "[run]") {
  Run r(sop(task("a", R"("due":"1 hour","escalate":[{"at":"due","reassign":["chief"],"notify":"lead"}])") +
            "," + end()));
  r.start();
  r.as("ann", {"clerk"});
  CHECK(r.task("fail", "a", R"("reason":"no paper")") == "");
  r.advance("2026-01-05T12:00:00Z");
  CHECK(r.count<TaskReassigned>() == 0);
  CHECK(r.activity("a").state == TaskState::failed);
}
