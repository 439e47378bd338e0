// Exceptions and emergencies: nothing without a policy, and everything a policy says.
#include "fixture.hpp"

using namespace aesop_test;

namespace {
const std::string sha = "00000000000000000000000000000000000000000000000000000000000000aa";
const std::string papers = cat(R"("documents":[{"name":"letter","sha256":")", sha, R"("}],"reason":"r")");

std::string with_policy(std::string_view policy, std::string_view a_more = {}) {
  return sop(
      task(
          "a",
          cat(R"("form": {"x": {"type":"number","required":true}}, "due": "10 hours", "escalate": [{"at": "due", "notify": "lead"}])",
              a_more)) +
          "," + task("b") + "," + end(),
      cat(R"("exceptions": {"pass": )", policy, "}"));
}
std::string request(std::string_view more = {}) {
  return cat(R"({"do":"request_exception","policy":"pass",)", papers, more, "}");
}
std::string decision(std::string_view word) {
  return cat(R"({"do":"decide_exception","exception":"x1","decision":")", word, R"("})");
}
const char* const skip = R"({"do":"skip","exception":"x1"})";
const char* const usual =
    R"({"of":["a"],"allows":"skip","documents":["letter"],"approvers":{"all_of":["lead","chief"]},"decide_within":"4 hours","valid_for":"1 day","times":1})";
}  // namespace

TEST_CASE("R55, R77: exceptions: without a policy no deviation is possible", "[run]") {
  Run r(with_policy(usual));
  r.start();
  CHECK(r.run(R"({"do":"request_exception","policy":"other","reason":"r"})") == "no_policy");
  CHECK(r.run(R"({"do":"request_exception","policy":"pass","step":"b","reason":"r"})") == "no_policy");
  CHECK(r.run(skip) == "unknown_exception");
}

TEST_CASE(
    "R55: exceptions: documents and a reason, approval by all, the requester never, one person once; then "
    "the "
    "skip",
    "[run]") {
  Run r(with_policy(usual));
  r.start();
  CHECK(r.as("oli", {"other"}).run(request()) == "not_permitted");
  r.as("ann", {"clerk", "lead"});
  CHECK(r.run(R"({"do":"request_exception","policy":"pass","reason":"r"})") == "documents_missing");
  CHECK(text(r.detail("missing")) == R"(["letter"])");
  CHECK(
      r.run(cat(
          R"({"do":"request_exception","policy":"pass","reason":" ","documents":[{"name":"letter","sha256":")",
          sha, R"("}]})")) == "reason_missing");
  CHECK(r.run(request()) == "");
  CHECK(projection(r.state).work.size() == 2);
  CHECK(r.run(decision("approve")) == "requester_may_not_decide");
  CHECK(r.run(skip) == "not_approved");
  r.as("bob", {"lead", "chief"});
  CHECK(r.run(decision("approve")) == "");
  CHECK(r.run(decision("approve")) == "already_decided");  // one voice, though two roles
  CHECK(r.run(skip) == "not_approved");
  CHECK(r.as("oli", {"other"}).run(decision("approve")) == "not_permitted");
  CHECK(r.as("che", {"chief"}).run(decision("approve")) == "");
  CHECK(r.last() == "exception_decided exception_approved");
  CHECK(r.run(R"({"do":"extend","exception":"x1","until":"2026-02-01T00:00:00Z"})") == "no_policy");
  CHECK(r.as("ann", {"clerk"}).run(skip) == "");
  CHECK(r.last() == "exception_used step_left step_entered");
  CHECK(r.all<StepLeft>()[0].reason == LeaveReason::skipped);
  CHECK(r.all<StepLeft>()[0].cause == "x1");
  CHECK(r.active() == "b");
  CHECK(r.run(skip) == "already_decided");
  CHECK(r.run(request()) == "used_up");
}

TEST_CASE("exceptions: one no denies", "[run]") {
  Run r(with_policy(usual));
  r.start();
  r.as("ann", {"clerk"}).run(request());
  CHECK(r.as("lea", {"lead"}).run(decision("deny")) == "");
  CHECK(r.last() == "exception_decided exception_denied");
  CHECK(r.as("ann", {"clerk"}).run(skip) == "not_approved");
  CHECK(r.as("che", {"chief"}).run(decision("approve")) == "already_decided");
  CHECK(r.as("ann", {"clerk"}).run(request()) == "");  // a denied one does not count
}

TEST_CASE("R55, R79: exceptions: undecided in time is denied, or passed on to the next role", "[run]") {
  SECTION("denied") {
    Run r(with_policy(usual));
    r.start();
    r.as("ann", {"clerk"}).run(request());
    r.advance("2026-01-05T13:00:00Z");
    CHECK(r.last() == "rung_fired exception_denied");
    CHECK(r.all<ExceptionDenied>()[0].timed_out);
  }
  SECTION("passed on, then denied") {
    Run r(with_policy(
        R"({"of":["a"],"allows":"skip","approvers":"lead","decide_within":"4 hours","on_timeout":{"next":"chief"}})"));
    r.start();
    r.as("ann", {"clerk"}).run(R"({"do":"request_exception","policy":"pass","reason":"r"})");
    r.advance("2026-01-05T13:00:00Z");
    CHECK(r.last() == "rung_fired exception_passed_on");
    CHECK(r.as("lea", {"lead"}).run(decision("approve")) == "not_permitted");
    SECTION("approved by the next") {
      CHECK(r.as("che", {"chief"}).run(decision("approve")) == "");
      CHECK(r.as("ann", {"clerk"}).run(skip) == "");
    }
    SECTION("denied in the end") {
      r.advance("2026-01-05T17:00:00Z");
      CHECK(r.last() == "rung_fired exception_denied");
    }
  }
}

TEST_CASE("exceptions: an approval is valid for a time", "[run]") {
  Run r(with_policy(R"({"of":["a"],"allows":"skip","approvers":"lead","valid_for":"1 day"})"));
  r.start();
  r.as("ann", {"clerk"}).run(R"({"do":"request_exception","policy":"pass","reason":"r"})");
  r.as("lea", {"lead"}).run(decision("approve"));
  CHECK(r.at("2026-01-06T10:00:00Z").as("ann", {"clerk"}).run(skip) == "expired");
  CHECK(r.count<ExceptionExpired>() == 1);
  CHECK(r.active() == "a");
}

TEST_CASE("exceptions: an extension moves the due time and what hangs on it, within its limit", "[run]") {
  Run r(with_policy(R"({"of":["a"],"allows":"extend","approvers":"lead","at_most":"2 days"})"));
  r.start();
  const auto ask = [&](std::string_view until) {
    return r.run(cat(R"({"do":"request_exception","policy":"pass","reason":"r","until":")", until, R"("})"));
  };
  r.as("ann", {"clerk"});
  CHECK(r.run(R"({"do":"request_exception","policy":"pass","reason":"r"})") == "bad_data");
  CHECK(ask("2026-01-05T10:00:00Z") == "bad_data");
  CHECK(ask("2026-01-08T00:00:00Z") == "too_long");
  CHECK(ask("2026-01-07T00:00:00Z") == "");
  r.as("lea", {"lead"}).run(decision("approve"));
  r.as("ann", {"clerk"});
  CHECK(r.run(R"({"do":"extend","exception":"x1","until":"2026-01-07T01:00:00Z"})") == "too_long");
  CHECK(r.run(R"({"do":"extend","exception":"x1"})") == "");
  CHECK(r.last() == "exception_used clock_rescheduled");
  CHECK(r.advance("2026-01-06T12:00:00Z") == 0);
  CHECK(r.advance("2026-01-07T00:00:00Z") == 1);
}

TEST_CASE(
    "R55: emergency: named roles act first, the review is owed in the same decision, late reviews escalate",
    "[run]") {
  const std::string text = with_policy(
      R"({"of":["a"],"allows":"skip","approvers":"lead","emergency":{"by":["other"],"reviewer":["chief"],"review_within":"2 days","escalate":[{"at":"due + 1 day","page":"lead"}]}})");
  const std::string invoke =
      R"({"do":"invoke_emergency","policy":"pass","step":"a","reason":"fire","documents":[]})";
  Run r(text);
  r.start();
  CHECK(r.as("ann", {"clerk"}).run(invoke) == "not_permitted");
  r.as("oli", {"other"});
  CHECK(r.run(R"({"do":"invoke_emergency","policy":"pass","step":"a","reason":""})") == "reason_missing");
  CHECK(r.run(invoke) == "");
  CHECK(r.last() == "emergency_invoked exception_used step_left step_entered");
  CHECK(r.active() == "b");
  SECTION("reviewed, by another, also after the run's end") {
    r.as("ann", {"clerk"}).complete("b");
    CHECK(r.state.status == RunStatus::closed);
    CHECK(projection(r.state).work.size() == 1);
    const std::string review = R"({"do":"review_emergency","exception":"x1","verdict":"justified"})";
    CHECK(r.as("oli", {"other", "chief"}).run(review) == "requester_may_not_decide");
    CHECK(r.as("ann", {"clerk"}).run(review) == "not_permitted");
    CHECK(r.as("che", {"chief"}).run(review) == "");
    CHECK(r.run(review) == "already_decided");
    CHECK(r.state.clocks.empty());
    CHECK(projection(r.state).work.empty());
  }
  SECTION("not reviewed") {
    r.advance("2026-01-07T09:00:00Z");
    CHECK(r.last() == "rung_fired emergency_review_overdue");
    CHECK(r.effects_of_kind("page").size() == 1);
    r.advance("2026-01-08T09:00:00Z");
    CHECK(r.effects_of_kind("page").size() == 2);
    CHECK(r.as("che", {"chief"})
              .run(R"({"do":"review_emergency","exception":"x1","verdict":"not_justified","note":"n"})") ==
          "");
    CHECK(r.state.exceptions[0].overdue);
    CHECK_FALSE(r.state.exceptions[0].justified);
  }
}

TEST_CASE("exceptions: an approved one stands for a written reason of a must-unless-documented item",
          "[run]") {
  Run r(
      sop(task("a", R"("checklist": [{"item": "Sign", "id": "sign", "enforce": "must-unless-documented"}])") +
              "," + end(),
          R"("exceptions": {"pass": {"of":["a"],"allows":"skip","approvers":"lead"}})"));
  r.start();
  r.as("ann", {"clerk"});
  CHECK(r.complete("a") == "blocked");
  r.run(R"({"do":"request_exception","policy":"pass","reason":"r"})");
  r.as("lea", {"lead"}).run(decision("approve"));
  CHECK(r.as("ann", {"clerk"}).complete("a") == "");
  CHECK(r.all<TaskCompleted>()[0].exceptions == std::vector<std::string>{"x1"});
  CHECK(r.state.exceptions[0].state == ExceptionState::used);
}

TEST_CASE(
    "exceptions: extensions of a visit are together at most what the policy allows, and end in the future",
    "[run]") {
  Run r(with_policy(R"({"of":["a"],"allows":"extend","approvers":"lead","at_most":"2 days"})"));
  r.start();  // due at 19:00 on the 5th
  const auto ask = [&](std::string_view until) {
    r.as("ann", {"clerk"});
    return r.run(cat(R"({"do":"request_exception","policy":"pass","reason":"r","until":")", until, R"("})"));
  };
  const auto use = [&](std::string_view id) {
    r.as("lea", {"lead"});
    CHECK(r.run(cat(R"({"do":"decide_exception","decision":"approve","exception":")", id, R"("})")) == "");
    return r.as("ann", {"clerk"}).run(cat(R"({"do":"extend","exception":")", id, R"("})"));
  };
  CHECK(ask("2026-01-07T00:00:00Z") == "");
  CHECK(ask("2026-01-07T19:00:00Z") == "");
  CHECK(use("x1") == "");
  CHECK(ask("2026-01-08T00:00:00Z") == "too_long");  // though it is a day more only
  CHECK(use("x2") == "");
  CHECK(ask("2026-01-07T20:00:00Z") == "too_long");
  r.advance("2026-01-09T00:00:00Z");
  CHECK(ask("2026-01-07T21:00:00Z") == "bad_data");
}

TEST_CASE("exceptions: one is for the visit it was asked for", "[run]") {
  Run r(with_policy(R"({"of":["a"],"allows":"skip","approvers":"lead"})", R"(,"review":"other")"));
  r.start();
  r.as("ann", {"clerk"}).run(R"({"do":"request_exception","policy":"pass","reason":"r"})");
  r.as("lea", {"lead"}).run(decision("approve"));
  CHECK(r.as("ann", {"clerk"}).complete("a", R"({"x":1})") == "");
  CHECK(r.run(skip) == "wrong_state");  // what is done waits for its review and is not skipped past it
  CHECK(r.as("rev", {"other"}).task("return_for_rework", "a", R"("note":"again")") == "");
  CHECK(r.as("ann", {"clerk"}).run(skip) == "expired");
  r.run(R"({"do":"request_exception","policy":"pass","reason":"r"})");
  r.as("lea", {"lead"}).run(R"({"do":"decide_exception","exception":"x2","decision":"approve"})");
  CHECK(r.as("ann", {"clerk"}).run(R"({"do":"skip","exception":"x2"})") == "");
  CHECK(r.active() == "b");
}

TEST_CASE("exceptions: more time is no leave to leave things out", "[run]") {
  Run r(sop(
      task(
          "a",
          R"("due":"10 hours","escalate":[{"at":"due","notify":"lead"}],"checklist": [{"item": "Sign", "id": "sign", "enforce": "must-unless-documented"}])") +
          "," + end(),
      R"("exceptions": {"pass": {"of":["a"],"allows":"extend","approvers":"lead"}})"));
  r.start();
  r.as("ann", {"clerk"})
      .run(R"({"do":"request_exception","policy":"pass","reason":"r","until":"2026-01-07T00:00:00Z"})");
  r.as("lea", {"lead"}).run(decision("approve"));
  CHECK(r.as("ann", {"clerk"}).complete("a") == "blocked");
}

TEST_CASE("exceptions: a request that nobody is there to decide is told to the accountable", "[run]") {
  Run r(with_policy(R"({"of":["a"],"allows":"skip","approvers":"chief"})"));
  r.directory.roles = {{"clerk", {"ann"}}, {"lead", {"lea"}}};
  r.start();
  CHECK(r.as("ann", {"clerk"}).run(R"({"do":"request_exception","policy":"pass","reason":"r"})") == "");
  REQUIRE(r.effects_of_kind("notify").size() == 1);
  CHECK(r.effects_of_kind("notify")[0].find(R"("about":"exception")") != std::string::npos);
  CHECK(r.effects_of_kind("notify")[0].find(R"("people":["lea"])") != std::string::npos);
}

TEST_CASE("exceptions: a gate is waived for the instance it was asked for, and no other", "[run]") {
  Run r(sop(
      R"({"id":"lines","title":"L","kind":"each","of":"=[1, 2]","mode":"at_once","next":"done","run":[)" +
          task("one", R"("gate":"ready")") + "]}," + end(),
      R"("data":{"note":"string"},"gates":{"ready":{"title":"R","checks":[{"id":"c","require":"note != null","enforce":"must-unless-documented","message":"m","exception":"pass"}]}},)"
      R"("exceptions":{"pass":{"of":["one"],"allows":"skip","approvers":"lead"}})"));
  r.start();
  r.as("ann", {"clerk"});
  CHECK(r.run(R"({"do":"request_exception","policy":"pass","step":"one","instance":1,"reason":"r"})") == "");
  r.as("lea", {"lead"}).run(decision("approve"));
  r.as("ann", {"clerk"});
  CHECK(r.task("complete", "one", R"("instance":2)") == "blocked");
  CHECK(r.task("complete", "one", R"("instance":1)") == "");
}

TEST_CASE("exception: one that allows a check waives that check alone, for its step and instance", "[run]") {
  Run r(sop(
      task("a", R"("gate": "ready", "checklist": ["Look"])") + "," + task("b", R"("gate": "ready")") + "," +
          end(),
      R"("data": {"letter": {"type": "boolean", "default": false}, "paid": {"type": "boolean", "default": true}},
          "gates": {"ready": {"checks": [
            {"id": "letter", "require": "letter", "enforce": "must-unless-documented", "exception": "no_letter", "message": "No letter.", "fix": "Write one."},
            {"id": "paid", "require": "paid", "message": "Not paid."}]}},
          "exceptions": {"no_letter": {"of": ["a", "b"], "allows": "check", "approvers": "lead"}})"));
  r.start();
  CHECK(r.run(R"({"do":"request_exception","step":"a","policy":"no_letter","reason":"lost"})") == "");
  CHECK(r.all<ExceptionRequested>()[0].allows == "check");
  r.as("lea", {"lead"}).run(R"({"do":"decide_exception","exception":"x1","decision":"approve"})");
  r.as("ann", {"clerk", "lead"});
  CHECK(r.run(R"({"do":"skip","exception":"x1"})") == "no_policy");
  CHECK(r.run(R"({"do":"extend","exception":"x1","until":"2026-02-01T00:00:00Z"})") == "no_policy");
  CHECK(r.complete("a") == "blocked");  // the checklist still counts
  CHECK(r.detail("missing").size() == 1);
  r.task("tick", "a", R"("item":"1")");
  CHECK(r.complete("a") == "");
  CHECK(r.complete("b") == "blocked");
  CHECK(text(r.detail("missing")).find("No letter. Write one.") != std::string::npos);
}

TEST_CASE("exception: an emergency that waives a check leaves the step to be done", "[run]") {
  Run r(sop(task("a", R"("gate": "ready")") + "," + end(),
            R"("data": {"letter": {"type": "boolean", "default": false}},
          "gates": {"ready": {"checks": [
            {"id": "letter", "require": "letter", "enforce": "must-unless-documented", "exception": "no_letter", "message": "No letter."}]}},
          "exceptions": {"no_letter": {"of": "a", "allows": "check", "approvers": "lead",
            "emergency": {"by": "other", "review_within": "1 day"}}})"));
  r.start();
  CHECK(r.complete("a") == "blocked");
  CHECK(r.as("oli", {"other"}).run(R"({"do":"invoke_emergency","policy":"no_letter","reason":"fire"})") ==
        "");
  CHECK(r.active() == "a");
  CHECK(r.as("ann", {"clerk"}).complete("a") == "");
}

TEST_CASE("skip: it leads to \"skipped\", a single way, or as approved in both spellings", "[run]") {
  const auto after = [](std::string_view steps) {
    Run r(sop(steps, R"("data": {"n": {"type": "number", "default": 0}}, "events": {"x": {}, "y": {}},
        "exceptions": {"pass": {"of": "a", "allows": "skip", "ask": "clerk", "approvers": "lead"}})"));
    r.start();
    r.run(R"({"do":"request_exception","policy":"pass","reason":"r"})");
    r.as("lea", {"lead"}).run(R"({"do":"decide_exception","exception":"x1","decision":"approve"})");
    CHECK(r.as("ann", {"clerk"}).run(R"({"do":"skip","exception":"x1"})") == "");
    return cat(r.active(), ' ', text(r.variable("n")));
  };
  const std::string rest = "," + task("b", R"("next": "done")") + "," + task("c") + "," + end();
  const std::string approval =
      R"({"id":"a","title":"A","kind":"approval","raci":{"responsible":"lead","accountable":"chief"},"approvers":"lead",)";
  CHECK(
      after(
          task(
              "a",
              R"("form": {"ok": "boolean"}, "next": [{"when": {"ok": true}, "go": "b"}, {"else": "c"}], "skipped": "b")") +
          rest) == "b 0");
  CHECK(after(task("a", R"("next": [{"else": "c", "set": {"n": 7}}])") + rest) == "c 7");
  CHECK(after(approval + R"("next":{"approved":"c","refused":"b"}})" + rest) == "c 0");
  CHECK(after(approval + R"("next":[{"if":"outcome = \"approved\"","go":"c"},{"else":"b"}]})" + rest) ==
        "c 0");
  CHECK(after(approval + R"("next":{"approved":"c","refused":"b"},"skipped":"b"})" + rest) == "b 0");
  CHECK(
      after(
          R"({"id":"a","title":"A","kind":"wait","raci":{"responsible":"clerk","accountable":"lead"},"for":[{"event":"x","go":"b"},{"event":"y","go":"c"}],"skipped":"c"})" +
          rest) == "c 0");
}
