// People: the operation table, duties kept apart, forms, checklists, reviews, approvals, corrections.
#include "fixture.hpp"

#include <set>

using namespace aesop_test;

namespace {

// Brings task `a` of a fresh run into a state; ann holds it where somebody must.
void bring(Run& r, TaskState state) {
  r.as("ann", {"clerk"});
  if (state == TaskState::reserved || state == TaskState::in_progress) r.task("claim", "a");
  if (state == TaskState::in_progress) r.task("start_task", "a");
  if (state == TaskState::suspended) {
    r.as("lea", {"lead"});
    r.task("suspend_task", "a");
  }
  if (state == TaskState::completed) r.complete("a");
  REQUIRE(r.activity("a").state == state);
}

std::string try_operation(Run& r, CommandType verb) {
  const std::string more =
      verb == CommandType::delegate            ? R"("to":"dan")"
      : verb == CommandType::tick              ? R"("item":"1")"
      : verb == CommandType::untick            ? R"("item":"1")"
      : verb == CommandType::save              ? R"("form":{"x":1})"
      : verb == CommandType::fail              ? R"("reason":"r")"
      : verb == CommandType::return_for_rework ? R"("note":"n")"
      : verb == CommandType::attach_evidence
          ? R"("sha256":"0000000000000000000000000000000000000000000000000000000000000000","media_type":"text/plain","uri":"u")"
          : "";
  return r.task(name(verb), "a", more);
}

}  // namespace

TEST_CASE("R61: operations: every edge of the table does what it says, and no other state takes the verb",
          "[run]") {
  const std::string text = sop(
      task(
          "a",
          R"("form": {"x": "number"}, "checklist": [{"item": "Look", "enforce": "could"}], "review": "chief")") +
      "," + end());
  std::set<std::pair<std::string_view, TaskState>> taken;
  for (const Operation& row : operation_table)
    for (const TaskState state : {TaskState::ready, TaskState::reserved, TaskState::in_progress,
                                  TaskState::suspended, TaskState::completed})
      for (const Who who : {by_candidate, by_owner, by_manager, by_reviewer}) {
        Run r(text);
        r.start();
        bring(r, state);
        if (row.verb == CommandType::untick) {
          const Actor kept = r.actor;
          r.as("cat", {"clerk"});
          if (allows(*find_operation(CommandType::tick), state, true)) r.task("tick", "a", R"("item":"1")");
          r.actor = kept;
        }
        if (who == by_candidate) r.as("cat", {"clerk"});
        if (who == by_owner) r.as("ann", {"clerk"});
        if (who == by_manager) r.as("lea", {"lead"});
        if (who == by_reviewer) r.as("che", {"chief"});
        CAPTURE(name(row.verb), name_of(state), static_cast<int>(who));
        const std::string reason = try_operation(r, row.verb);
        if (!allows(row, state, true)) {
          CHECK(reason == "wrong_state");
          continue;
        }
        const bool held = state == TaskState::reserved || state == TaskState::in_progress;
        const bool shared = row.verb == CommandType::tick || row.verb == CommandType::untick ||
                            row.verb == CommandType::attach_evidence;
        bool may = (row.who & who) != 0;
        if (who == by_owner && !held) may = (row.who & by_candidate) != 0;  // ann is a candidate like others
        if (who == by_candidate && held && !shared) may = false;            // somebody else holds it
        if (!may) {
          CHECK((reason == "not_owner" || reason == "not_candidate" || reason == "not_permitted"));
          continue;
        }
        CHECK(reason == "");
        taken.insert({name(row.verb), state});
        if (row.verb == CommandType::complete) CHECK(r.activity("a").state == TaskState::completed);
        if (row.to != TaskState::none && row.verb != CommandType::accept_review &&
            row.verb != CommandType::return_for_rework)
          CHECK(r.activity("a").state == row.to);
      }
  // Every edge was travelled.
  for (const Operation& row : operation_table)
    for (int state = 0; state < 12; ++state)
      if (allows(row, static_cast<TaskState>(state), true)) {
        CAPTURE(name(row.verb), state);
        CHECK(taken.count({name(row.verb), static_cast<TaskState>(state)}) == 1);
      }
}

TEST_CASE("task: without auto_start it must be started before it is completed", "[run]") {
  Run r(sop(task("a", R"("auto_start": false)") + "," + end()));
  r.start();
  CHECK(r.complete("a") == "wrong_state");
  CHECK(r.task("claim", "a") == "");
  CHECK(r.complete("a") == "wrong_state");
  CHECK(r.task("start_task", "a") == "");
  CHECK(r.complete("a") == "");
}

TEST_CASE(
    "task: a delegate holds it, the delegator stays answerable; who forwards it is no candidate any more",
    "[run]") {
  Run r(sop(task("a") + "," + end()));
  r.start();
  r.as("ann", {"clerk"}).task("claim", "a");
  CHECK(r.task("delegate", "a", R"("to":"dan")") == "");
  CHECK(r.activity("a").owner == "dan");
  CHECK(r.activity("a").answerable == "ann");
  CHECK(r.complete("a") == "not_owner");
  r.as("dan", {"clerk"});
  CHECK(r.task("forward", "a") == "");
  CHECK(r.activity("a").state == TaskState::ready);
  CHECK(r.task("claim", "a") == "not_candidate");
  r.as("ann", {"clerk"});
  CHECK(r.complete("a") == "");
}

TEST_CASE("task: with a directory a delegate must act in the role, and candidates stand in the work item",
          "[run]") {
  Run r(sop(task("a") + "," + end()));
  r.directory.roles = {{"clerk", {"ann", "bea"}}, {"lead", {"lea"}}};
  r.start();
  CHECK(projection(r.state).work[0].candidates == std::vector<std::string>{"ann", "bea"});
  r.as("ann", {"clerk"}).task("claim", "a");
  CHECK(r.task("delegate", "a", R"("to":"zoe")") == "not_candidate");
  CHECK(r.task("delegate", "a", R"("to":"bea")") == "");
}

TEST_CASE("task: a step nobody can do is told to the accountable", "[run]") {
  Run r(sop(task("a") + "," + end()));
  r.directory.roles = {{"lead", {"lea"}}};
  r.start();
  CHECK(r.all<StepEntered>()[0].unstaffed);
  REQUIRE(r.effects_of_kind("notify").size() == 1);
  CHECK(r.effects_of_kind("notify")[0].find(R"("people":["lea"])") != std::string::npos);
}

TEST_CASE("task: when the last who could do it gives it away, that is an incident told to the accountable",
          "[run]") {
  Run r(sop(task("a") + "," + task("b", R"("exclude":["a"])") + "," + end()));
  r.directory.roles = {{"clerk", {"ann", "bea"}}, {"lead", {"lea"}}};
  r.start();
  CHECK(r.as("ann", {"clerk"}).complete("a") == "");
  CHECK(r.as("bea", {"clerk"}).task("claim", "b") == "");
  CHECK(r.task("forward", "b") == "");
  CHECK(r.last() == "task_forwarded incident_raised");
  REQUIRE(r.state.incidents.size() == 1);
  CHECK(r.state.incidents[0].kind == "unstaffed");
  REQUIRE(r.effects_of_kind("notify").size() == 1);
  CHECK(r.effects_of_kind("notify")[0].find(R"("people":["lea"])") != std::string::npos);
  // Somebody new may still do it.
  CHECK(r.as("cat", {"clerk"}).complete("b") == "");
  CHECK(r.state.incidents.empty());
}

TEST_CASE("duties: whoever did an excluded step may not claim, be given, or complete this one, by person",
          "[run]") {
  Run r(sop(task("a") + "," + task("b", R"("exclude": ["a"])") + "," + end()));
  r.start();
  r.as("ann", {"clerk"}).complete("a");
  CHECK(r.task("claim", "b") == "separation_of_duty");
  CHECK(r.complete("b") == "separation_of_duty");
  r.as("ann", {"clerk", "lead"});  // another role is the same person
  CHECK(r.task("claim", "b") == "separation_of_duty");
  r.as("bob", {"clerk"});
  CHECK(r.task("claim", "b") == "");
  CHECK(r.task("delegate", "b", R"("to":"ann")") == "separation_of_duty");
  CHECK(r.complete("b") == "");
}

TEST_CASE("duties: who holds a task and did the excluded step meanwhile cannot complete it", "[run]") {
  Run r(sop(R"({"id":"fork","title":"F","kind":"parallel","go":["a","b"]},)" + task("a", R"("next":"j")") +
            "," + task("b", R"("exclude": ["a"], "next": "j")") +
            R"(,{"id":"j","title":"J","kind":"join"},)" + end()));
  r.start();
  r.as("ann", {"clerk"});
  CHECK(r.task("claim", "b") == "");
  CHECK(r.complete("a") == "");
  CHECK(r.complete("b") == "separation_of_duty");
}

TEST_CASE("duties: whoever did any visit of an excluded step is kept out, also of one that was sent back",
          "[run]") {
  Run r(sop(task("a", R"("review":"other")") + "," + task("b", R"("exclude": ["a"])") + "," + end()));
  r.start();
  r.as("ann", {"clerk"}).complete("a");
  r.as("rev", {"other"}).task("return_for_rework", "a", R"("note":"again")");
  r.as("bob", {"clerk"}).complete("a");
  CHECK(r.as("rev", {"other"}).task("accept_review", "a") == "");
  CHECK(r.as("ann", {"clerk"}).complete("b") == "separation_of_duty");
  CHECK(r.as("bob", {"clerk"}).complete("b") == "separation_of_duty");
  CHECK(r.as("cat", {"clerk"}).complete("b") == "");
}

TEST_CASE("duties: every voice of an excluded approval counts, and a role as manager opens no way round",
          "[run]") {
  Run r(
      sop(R"({"id":"ok","title":"OK","kind":"approval","raci":{"responsible":"lead","accountable":"chief"},)"
          R"("approvers":{"all_of":["lead","chief"]},"next":{"approved":"b","refused":"b"}},)" +
          task("b", R"("exclude": ["ok"], "enforce":"should", "checklist":["Look"])") + "," + end()));
  r.start();
  const std::string yes = R"("decision":"approve")";
  CHECK(r.as("lea", {"lead"}).task("decide_approval", "ok", yes) == "");
  CHECK(r.as("che", {"chief"}).task("decide_approval", "ok", yes) == "");
  for (const char* who : {"lea", "che"}) {
    r.as(who, {"clerk", "lead"});
    CHECK(r.complete("b") == "separation_of_duty");
    CHECK(r.task("tick", "b", R"("item":"1")") == "separation_of_duty");
    CHECK(r.task("attach_evidence", "b",
                 cat(R"("sha256":")", std::string(64, 'a'),
                     R"(","media_type":"text/plain","uri":"file:///x")")) == "separation_of_duty");
  }
  r.as("bob", {"clerk"});
  CHECK(r.task("tick", "b", R"("item":"1")") == "");
  CHECK(r.complete("b") == "");
}

TEST_CASE(
    "duties: an excluded step inside an each means its own instance from within, every one from outside",
    "[run]") {
  Run r(sop(R"({"id":"lines","title":"L","kind":"each","of":"=[1, 2]","mode":"at_once","next":"z","run":[)" +
            task("one") + "," + task("two", R"("exclude":["one"])") + "]}," +
            task("z", R"("exclude":["one"])") + "," + end()));
  r.start();
  r.as("ann", {"clerk"});
  CHECK(r.task("complete", "one", R"("instance":1)") == "");
  r.as("bob", {"clerk"});
  CHECK(r.task("complete", "one", R"("instance":2)") == "");
  CHECK(r.task("complete", "two", R"("instance":2)") == "separation_of_duty");
  CHECK(r.task("complete", "two", R"("instance":1)") == "");
  CHECK(r.as("ann", {"clerk"}).task("complete", "two", R"("instance":2)") == "");
  REQUIRE(r.active() == "z");
  CHECK(r.as("ann", {"clerk"}).complete("z") == "separation_of_duty");
  CHECK(r.as("bob", {"clerk"}).complete("z") == "separation_of_duty");
  CHECK(r.as("cat", {"clerk"}).complete("z") == "");
}

TEST_CASE(
    "R38, R77: review: a completed task waits for a reviewer who is not its performer; rework is a new visit",
    "[run]") {
  Run r(sop(task("a", R"("review": "chief", "form": {"x": "number"}, "due": "2 hours")") + "," + task("b") +
            "," + end()));
  r.start();
  r.as("ann", {"clerk", "chief"});
  CHECK(r.complete("a", R"({"x": 1})") == "");
  CHECK(r.last() == "task_completed clock_stopped clock_started");
  const Projection p = projection(r.state);
  REQUIRE(p.work.size() == 1);
  CHECK(p.work[0].kind == "review");
  CHECK(p.work[0].roles == std::vector<std::string>{"chief"});
  CHECK(r.task("accept_review", "a") == "separation_of_duty");
  r.as("bob", {"clerk"});
  CHECK(r.task("accept_review", "a") == "not_permitted");
  r.as("che", {"chief"});
  CHECK(r.task("return_for_rework", "a", R"("note":"")") == "reason_missing");
  CHECK(r.task("return_for_rework", "a", R"("note":"again")") == "");
  CHECK(r.activity("a").visit == 2);
  CHECK(r.activity("a").form.is_null());
  r.as("ann", {"clerk"});
  CHECK(r.complete("a", R"({"x": 2})") == "");
  r.as("che", {"chief"});
  CHECK(r.task("accept_review", "a") == "");
  CHECK(r.active() == "b");
  CHECK(find_record(r.state, 0, "a")->by == "ann");
}

TEST_CASE("R129: form: values are typed, and everything that does not fit is said at once", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("form": {"when": {"type":"date","required":true}, "kind": {"one_of":["x","y"],"required":true}, "n": {"type":"number","min":1,"max":9}, "why": {"type":"string","required":"kind = \"x\""}})") +
      "," + end()));
  r.start();
  CHECK(r.complete("a", R"({"when": "soon", "kind": "z", "n": 10, "extra": 1})") == "bad_form");
  CHECK(r.detail("problems").size() == 4);
  CHECK(r.complete("a", "{}") == "blocked");
  CHECK(r.detail("missing").size() == 2);
  CHECK(r.complete("a", R"({"when": "2026-01-01", "kind": "x"})") == "blocked");
  CHECK(text(r.detail("missing")).find("why") != std::string::npos);
  CHECK(r.task("save", "a", R"("form":{"when":"2026-01-01","kind":"y"})") == "");
  CHECK(r.complete("a", R"({"n": 9})") == "");
  const Value form = find_record(r.state, 0, "a")->form;
  CHECK(form.get("when").is_date());
  CHECK(text(form.get("n")) == "9");
}

TEST_CASE("form: a completed form keeps its types for later conditions", "[run]") {
  Run r(sop(
      task("a", R"("form": {"when": "date"})") + "," +
      task(
          "b",
          R"("next": [{"if": "a.when > date(\"2026-01-01\") and a.by = \"ann\" and a.visit = 1", "go": "c"}, {"else": "done"}])") +
      "," + task("c") + "," + end()));
  r.start();
  r.as("ann", {"clerk"}).complete("a", R"({"when": "2026-02-01"})");
  CHECK(find_record(r.state, 0, "a")->form.get("when").is_date());
  CHECK(r.complete("b") == "");
  CHECK(r.active() == "c");
}

TEST_CASE("checklist: must blocks until ticked with its evidence; every missing thing is listed", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("form": {"hot": "boolean"}, "checklist": ["Look", {"item": "Keep the paper", "id": "paper", "evidence": {"kind":"file","media":["application/pdf"]}},
      {"item": "Read the gauge", "id": "gauge", "evidence": {"kind":"reading","unit":"C","min":120,"max":140}, "when": "hot"},
      {"item": "Say why", "id": "why", "enforce": "must-unless-documented"}, {"item": "Smile", "id": "smile", "enforce": "should"}, {"item": "Hum", "enforce": "could"}])") +
      "," + end()));
  r.start();
  CHECK(r.complete("a", R"({"hot": true})") == "blocked");
  CHECK(r.detail("missing").size() == 5);  // Look, paper twice, gauge, why
  CHECK(r.complete("a", R"({"hot": false})") == "blocked");
  CHECK(r.detail("missing").size() == 4);
  CHECK(r.task("tick", "a", R"("item":"9")") == "unknown_item");
  CHECK(r.task("tick", "a", R"("item":"1","reading":5)") == "bad_reading");
  CHECK(r.task("tick", "a", R"("item":"1")") == "");
  CHECK(r.task("tick", "a", R"("item":"paper")") == "");
  CHECK(r.task("tick", "a", R"("item":"gauge","reading":"hot")") == "bad_reading");
  CHECK(r.task("tick", "a", R"("item":"gauge","reading":119)") == "bad_reading");
  CHECK(r.task("tick", "a", R"("item":"gauge","reading":121.5)") == "");
  const std::string sha = R"("sha256":"00000000000000000000000000000000000000000000000000000000000000aa",)";
  CHECK(r.task("attach_evidence", "a",
               R"("item":"paper","sha256":"zz","media_type":"application/pdf","uri":"u")") == "bad_evidence");
  CHECK(r.task("attach_evidence", "a", sha + R"("item":"paper","media_type":"image/png","uri":"u")") ==
        "bad_evidence");
  CHECK(r.task("attach_evidence", "a", sha + R"("item":"paper","media_type":"application/pdf")") ==
        "bad_evidence");
  CHECK(r.task("attach_evidence", "a", sha + R"("item":"paper","media_type":"application/pdf","uri":"u")") ==
        "");
  CHECK(r.complete("a", R"({"hot": true})") == "blocked");
  CHECK(text(r.detail("missing")).find("Say why") != std::string::npos);
  CHECK(r.task("untick", "a", R"("item":"1")") == "");
  CHECK(r.task("untick", "a", R"("item":"1")") == "wrong_state");
  r.as("bob", {"clerk"});  // one by one, by different people
  CHECK(r.task("tick", "a", R"("item":"1")") == "");
  CHECK(r.task("complete", "a", R"("form":{"hot":true},"reasons":{"why":"told on the phone"})") == "");
  CHECK(r.all<TaskCompleted>()[0].undone == std::vector<std::string>{"why", "smile", "6"});
}

TEST_CASE("why: says for each step what it waits for and what is missing", "[run]") {
  Run r(sop(task("a", R"("form": {"n": {"type":"number","required":true}}, "checklist": ["Look"])") + "," +
            end()));
  r.start();
  auto list = why(*r.plan, r.state, r.facts, r.now);
  REQUIRE(list.ok());
  std::string kinds;
  for (const Obstacle& one : *list) kinds += one.kind + " ";
  CHECK(kinds == "claim form item ");
  CHECK(why(*r.plan, r.state, r.facts, r.now, "done")->empty());
  const auto unknown = why(*r.plan, r.state, r.facts, r.now, "dnoe");
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().code == ErrorCode::unknown_step);
  CHECK(unknown.error().help == "did you mean done?");
}

TEST_CASE("why: says how far an approval is, what a time limit and a blocked service wait for", "[run]") {
  const auto texts = [](const Run& r) {
    std::string out;
    const auto list = why(*r.plan, r.state, r.facts, r.now);
    for (const Obstacle& one : *list) append(out, one.text, " | ");
    return out;
  };
  const auto approval = [](std::string_view approvers) {
    return sop(cat(
        R"({"id":"ok","title":"OK","kind":"approval","raci":{"responsible":"lead","accountable":"chief"},"approvers":)",
        approvers, R"(,"next":{"approved":"done","refused":"done"}},)", end()));
  };
  SECTION("at least") {
    Run r(approval(R"({"at_least": 2, "of": ["lead", "chief", "other"]})"));
    r.start();
    CHECK(texts(r) == "0 of 2 approved; lead or chief or other can still decide | ");
    r.as("lea", {"lead"}).task("decide_approval", "ok", R"("decision":"approve")");
    CHECK(texts(r) == "1 of 2 approved; chief or other can still decide | ");
  }
  SECTION("in order") {
    Run r(approval(R"({"in_order": ["lead", "chief"]})"));
    r.start();
    r.as("lea", {"lead"}).task("decide_approval", "ok", R"("decision":"approve")");
    CHECK(texts(r) == "1 of 2 approved; it is the turn of chief | ");
  }
  SECTION("a time limit that has not begun") {
    Run r(sop(task("a", R"("due": "2 hours after b.completed")") + "," + task("b") + "," + end()));
    r.start();
    CHECK(texts(r).find("no time limit yet: waits for b.completed | ") == 0);
  }
  SECTION("a timer alone") {
    Run r(sop(R"({"id":"w","title":"W","kind":"wait","for":[{"after":"1 day","go":"done"}]},)" + end()));
    r.start();
    CHECK(texts(r) == "waits for 2026-01-06T09:00:00Z | ");
  }
  SECTION("a service behind a gate") {
    Run r(sop(
        R"({"id":"s","title":"S","kind":"service","raci":{"responsible":"clerk","accountable":"lead"},"do":"send","gate":"g","next":"done"},)" +
            end(),
        R"("data": {"paid": {"type": "boolean", "default": false}}, "gates": {"g": {"checks": [{"id": "paid", "require": "paid", "message": "Not paid.", "fix": "Book it."}]}})"));
    r.start();
    CHECK(texts(r) == "Not paid. Book it. | incident i1: gate_blocked | ");
  }
}

TEST_CASE("projection: a task without a time limit of its own shows its stage's, and no timer comes of it",
          "[run]") {
  Run r(sop(
      task("a", R"("stage": "work")") + "," + task("b", R"("stage": "work", "due": "1 hour")") + "," + end(),
      R"("stages": {"work": {"due": "2 days", "escalate": [{"at": "due", "notify": "lead"}]}})"));
  r.start();
  Projection seen = projection(r.state);
  REQUIRE(seen.work.size() == 1);
  CHECK(seen.work[0].due == instant("2026-01-07T09:00:00Z"));
  CHECK(seen.timers.size() == 1);
  r.complete("a");
  CHECK(projection(r.state).work[0].due == instant("2026-01-05T10:00:00Z"));
}

TEST_CASE("fail: where a failed task leads is not in the SOP, so it is an incident; retry opens a new visit",
          "[run]") {
  Run r(sop(task("a") + "," + end()));
  r.start();
  CHECK(r.task("fail", "a", R"("reason":"")") == "reason_missing");
  CHECK(r.task("fail", "a", R"("reason":"no paper")") == "");
  CHECK(r.state.incidents.size() == 1);
  CHECK(r.complete("a") == "wrong_state");
  CHECK(r.run(R"({"do":"retry_incident","incident":"i1"})") == "");
  CHECK(r.activity("a").visit == 2);
  CHECK(r.complete("a") == "");
}

TEST_CASE("R77: approval: any of, all of, at least; one voice a person, never of his own work", "[run]") {
  const auto with = [](std::string_view approvers) {
    return sop(
        task("a") +
        cat(R"(,{"id":"ok","title":"OK","kind":"approval","raci":{"responsible":"lead","accountable":"chief"},"approvers":)",
            approvers, R"(,"next":{"approved":"yes","refused":"no"}},)") +
        task("yes", R"("next":"done")") + "," + task("no") + "," + end());
  };
  SECTION("any of") {
    Run r(with(R"({"any_of":["lead","chief"]})"));
    r.start();
    r.as("ann", {"clerk", "lead"}).complete("a");
    CHECK(r.task("decide_approval", "ok", R"("decision":"approve")") == "separation_of_duty");
    CHECK(r.as("bob", {"clerk"}).task("decide_approval", "ok", R"("decision":"approve")") == "not_permitted");
    CHECK(r.task("decide_approval", "ok", R"("decision":"maybe")") == "error:schema-error");
    CHECK(r.as("lea", {"lead"}).task("decide_approval", "ok", R"("decision":"approve","note":"fine")") == "");
    CHECK(r.active() == "yes");
    CHECK(find_record(r.state, 0, "ok")->outcome == "approved");
  }
  SECTION("refused") {
    Run r(with(R"("lead")"));
    r.start();
    r.as("ann", {"clerk"}).complete("a");
    CHECK(r.as("lea", {"lead"}).task("decide_approval", "ok", R"("decision":"refuse")") == "");
    CHECK(r.active() == "no");
  }
  SECTION("all of: one person with both roles has one voice") {
    Run r(with(R"({"all_of":["lead","chief"]})"));
    r.start();
    r.as("ann", {"clerk"}).complete("a");
    CHECK(r.as("lea", {"lead", "chief"}).task("decide_approval", "ok", R"("decision":"approve")") == "");
    CHECK(r.task("decide_approval", "ok", R"("decision":"approve")") == "already_decided");
    CHECK(r.as("lou", {"lead"}).task("decide_approval", "ok", R"("decision":"approve")") ==
          "already_decided");
    CHECK(r.active() == "ok");
    CHECK(r.as("che", {"chief"}).task("decide_approval", "ok", R"("decision":"approve")") == "");
    CHECK(r.active() == "yes");
  }
  SECTION("at least two") {
    Run r(with(R"({"at_least":2,"of":["lead","chief","other"]})"));
    r.start();
    r.as("ann", {"clerk"}).complete("a");
    CHECK(r.as("lea", {"lead"}).task("decide_approval", "ok", R"("decision":"approve")") == "");
    CHECK(r.as("lou", {"lead"}).task("decide_approval", "ok", R"("decision":"approve")") ==
          "already_decided");
    CHECK(r.as("che", {"chief"}).task("decide_approval", "ok", R"("decision":"refuse")") == "");
    CHECK(r.active() == "ok");
    CHECK(r.as("oli", {"other"}).task("decide_approval", "ok", R"("decision":"approve")") == "");
    CHECK(r.active() == "yes");
  }
  SECTION("at least two: a role has one voice, however many hold it") {
    Run r(with(R"({"at_least":2,"of":["lead","chief","other"]})"));
    r.start();
    r.as("ann", {"clerk"}).complete("a");
    CHECK(r.as("lea", {"lead"}).task("decide_approval", "ok", R"("decision":"approve")") == "");
    CHECK(r.as("lou", {"lead"}).task("decide_approval", "ok", R"("decision":"approve")") ==
          "already_decided");
    CHECK(r.active() == "ok");
    CHECK(r.as("che", {"chief"}).task("decide_approval", "ok", R"("decision":"approve")") == "");
    CHECK(r.active() == "yes");
  }
  SECTION("in order") {
    Run r(with(R"({"in_order":["lead","chief"]})"));
    r.start();
    r.as("ann", {"clerk"}).complete("a");
    CHECK(r.as("che", {"chief"}).task("decide_approval", "ok", R"("decision":"approve")") ==
          "already_decided");
    CHECK(r.as("lea", {"lead"}).task("decide_approval", "ok", R"("decision":"approve")") == "");
    CHECK(r.as("che", {"chief"}).task("decide_approval", "ok", R"("decision":"approve")") == "");
    CHECK(r.active() == "yes");
  }
}

TEST_CASE("correct: a completed form is never edited; what used the old value is told", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("form": {"x": {"type":"number","required":true}}, "next": [{"if": "x > 5", "go": "big"}, {"else": "small"}])") +
          "," + task("big", R"("next":"done")") + "," + task("small") + "," + end(),
      R"("rules": {"double": {"feel": "a.x * 2"}})"));
  r.start();
  CHECK(r.task("correct", "a", R"("form":{"x":9},"reason":"typed wrong")") == "not_active");
  r.complete("a", R"({"x": 1})");
  CHECK(r.active() == "small");
  CHECK(r.task("correct", "a", R"("form":{"x":1},"reason":"typed wrong")") == "bad_form");
  CHECK(r.task("correct", "a", R"("form":{"x":null},"reason":"typed wrong")") == "bad_form");
  CHECK(r.task("correct", "a", R"("form":{"x":9},"reason":"")") == "reason_missing");
  CHECK(r.as("oli", {"other"}).task("correct", "a", R"("form":{"x":9},"reason":"r")") == "not_permitted");
  CHECK(r.as("lea", {"lead"}).task("correct", "a", R"("form":{"x":9},"reason":"typed wrong")") == "");
  const CorrectionRecorded c = r.all<CorrectionRecorded>()[0];
  CHECK(c.changed == std::vector<std::string>{"x"});
  CHECK(c.affected == std::vector<std::string>{"rule double", "branch of a"});
  CHECK(text(find_record(r.state, 0, "a")->form) == R"({"x":9})");
  CHECK(r.active() == "small");  // history stays
}

TEST_CASE("correct: the form stays one that could have been completed", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("form": {"x": {"type":"number","required":true}, "why": {"type":"string","required":"x > 5"}}, "next": [{"else": "b"}])") +
      "," + task("b") + "," + end()));
  r.start();
  r.complete("a", R"({"x": 1})");
  CHECK(r.task("correct", "a", R"("form":{"x":9},"reason":"typed wrong")") == "bad_form");
  CHECK(r.task("correct", "a", R"("form":{"x":9,"why":" "},"reason":"typed wrong")") == "bad_form");
  CHECK(r.task("correct", "a", R"("form":{"x":9,"why":"large"},"reason":"typed wrong")") == "");
}

TEST_CASE("form: an empty text does not fill in a field that is required", "[run]") {
  Run r(sop(task("a", R"("form": {"who": {"type":"string","required":true}, "note": "string"})") + "," +
            end()));
  r.start();
  CHECK(r.complete("a", R"({"who":"","note":""})") == "blocked");
  CHECK(r.complete("a", R"({"who":"  "})") == "blocked");
  CHECK(r.complete("a", R"({"who":"ann","note":""})") == "");
}

TEST_CASE("evidence: hashes are kept in lower case, and a photo is an image unless the SOP says otherwise",
          "[run]") {
  Run r(sop(task("a",
                 R"("enforce":"should","checklist":[{"item":"Shot","id":"shot","evidence":"photo"},)"
                 R"({"item":"Scan","id":"scan","evidence":{"kind":"photo","media":["application/pdf"]}}])") +
            "," + end()));
  r.start();
  const auto attach = [&](std::string_view item, std::string_view media) {
    return r.task("attach_evidence", "a",
                  cat(R"("item":")", item, R"(","sha256":")", std::string(62, '0'),
                      R"(AF","uri":"file:///x","media_type":")", media, '"'));
  };
  CHECK(attach("shot", "application/pdf") == "bad_evidence");
  CHECK(attach("shot", "image/jpeg") == "");
  CHECK(attach("scan", "image/jpeg") == "bad_evidence");
  CHECK(attach("scan", "application/pdf") == "");
  CHECK(r.activity("a").evidence[0].sha256 == std::string(62, '0') + "af");
}
