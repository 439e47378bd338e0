// Events that came before the step that needs them: `since`.
#include "fixture.hpp"

using namespace aesop_test;

namespace {

// send -> confirm -> denials (one instance each) -> done
std::string claim(std::string_view since, std::string_view until = R"("event closed")") {
  return sop(task("send") + "," + task("confirm") +
                 cat(R"(,{"id":"denials","title":"D","kind":"each","of":"event denied","as":"denial",)",
                     since, R"("until":)", until, R"(,"run":[)") +
                 task("triage", R"("next": [{"else": "shut", "set": {"total": "=total + denial.amount"}}])") +
                 R"(,{"id":"shut","title":"S","kind":"end"}]},)" + end(),
             R"("data": {"total": {"type": "number", "default": 0}},
                "events": {"denied": {"fields": {"amount": "number"}}, "closed": {}})");
}

std::string paid(std::string_view since, std::string_view more = {}) {
  return sop(
      task("send") + R"(,{"id":"w","title":"W","kind":"wait","for":[{"event":"paid",)" + std::string(since) +
          R"("if":"event.amount > 10","go":"book","set":{"last":"=event.amount"}}]},)" +
          task(
              "book",
              R"("form": {"again": "boolean"}, "next": [{"when": {"again": true}, "go": "w"}, {"else": "done"}])") +
          "," + end(),
      cat(R"("data": {"last": "number"}, "events": {"paid": {"fields": {"amount": "number"}}})", more));
}

}  // namespace

TEST_CASE("since: events before entry open instances at entry, in order, each with its payload", "[run]") {
  Run r(claim(R"("since": "run.started",)"));
  r.start();
  CHECK(r.event("denied", R"({"amount": 3})") == "");
  r.complete("send");
  CHECK(r.event("denied", R"({"amount": 4})") == "");
  CHECK(r.active() == "confirm");
  r.complete("confirm");
  CHECK(r.active() == "denials triage#1 triage#2");
  CHECK(r.event("denied", R"({"amount": 5})") == "");
  CHECK(r.active() == "denials triage#1 triage#2 triage#3");
  for (const char* n : {"1", "2", "3"}) CHECK(r.task("complete", "triage", cat(R"("instance":)", n)) == "");
  CHECK(text(r.variable("total")) == "12");
  CHECK(r.event("closed") == "");
  CHECK(r.state.status == RunStatus::closed);
}

TEST_CASE("since: without it nothing is kept, and what came before the moment does not count", "[run]") {
  SECTION("without") {
    Run r(claim({}));
    r.start();
    r.event("denied", R"({"amount": 3})");
    CHECK(r.count<VariablesSet>() == 0);
    r.complete("send");
    r.complete("confirm");
    CHECK(r.active() == "denials");
  }
  SECTION("before the moment") {
    Run r(claim(R"("since": "send.completed",)"));
    r.start();
    r.event("denied", R"({"amount": 3})");
    r.after(1).complete("send");
    r.after(1).event("denied", R"({"amount": 4})");
    r.complete("confirm");
    CHECK(r.active() == "denials triage#1");
    r.complete("triage");
    CHECK(text(r.variable("total")) == "4");
  }
  SECTION("by when it occurred, not by when it was reported") {
    Run r(claim(R"("since": "send.completed",)"));
    r.start();
    r.after(5).complete("send");
    r.after(1).run(
        R"({"do":"record_event","event":"denied","payload":{"amount":1},"occurred_at":"2026-01-05T10:00:00Z"})");
    r.complete("confirm");
    CHECK(r.active() == "denials");
  }
}

TEST_CASE("since: the event that closes an each counts as well", "[run]") {
  Run r(claim(R"("since": "run.started",)"));
  r.start();
  r.event("denied", R"({"amount": 3})");
  r.event("closed");
  r.event("denied", R"({"amount": 4})");  // after the end of it
  r.complete("send");
  r.complete("confirm");
  CHECK(r.active() == "denials triage#1");
  CHECK(r.complete("triage") == "");
  CHECK(r.state.status == RunStatus::closed);
}

TEST_CASE("since: an event before entry ends a wait at once, by its condition, and only once", "[run]") {
  Run r(paid(R"("since": "run.started",)"));
  r.start();
  r.event("paid", R"({"amount": 5})");
  r.event("paid", R"({"amount": 20})");
  r.event("paid", R"({"amount": 30})");
  r.complete("send");
  CHECK(r.active() == "book");
  CHECK(text(r.variable("last")) == "20");
  r.complete("book", R"({"again": true})");
  CHECK(r.active() == "book");
  CHECK(text(r.variable("last")) == "30");
  r.complete("book", R"({"again": true})");
  CHECK(r.active() == "w");
  CHECK(r.event("paid", R"({"amount": 40})") == "");
  CHECK(r.active() == "book");
}

TEST_CASE("since: inside an each an instance counts what came since it was opened", "[run]") {
  const std::string inner =
      R"({"id":"w","title":"W","kind":"wait","for":[{"event":"answer","since":"run.started","if":"event.line = item.line","go":"shut"}]})";
  Run r(sop(
      R"({"id":"lines","title":"L","kind":"each","of":"event line","until":"event over","run":[)" +
          task("ask") + "," + inner + R"(,{"id":"shut","title":"S","kind":"end"}]},)" + end(),
      R"("events": {"line": {"fields": {"line": "number"}}, "answer": {"fields": {"line": "number"}}, "over": {}})"));
  r.start();
  r.event("line", R"({"line": 1})");
  r.event("answer", R"({"line": 1})");
  r.event("line", R"({"line": 2})");
  CHECK(r.active() == "lines ask#1 ask#2");
  CHECK(r.task("complete", "ask", R"("instance": 1)") == "");
  CHECK(r.active() == "lines ask#2");
  CHECK(r.task("complete", "ask", R"("instance": 2)") == "");
  CHECK(r.active() == "lines w#2");
  CHECK(r.event("over") == "");
  CHECK(r.event("answer", R"({"line": 2})") == "");
  CHECK(r.state.status == RunStatus::closed);
}

TEST_CASE("since: more than is kept for a step is refused, not lost", "[run]") {
  Run r(claim(R"("since": "run.started",)"));
  r.start();
  Value many = Value::list(std::vector<Value>(detail::max_kept_events, Value::number(1)));
  Event full;
  full.at = r.state.last_at;
  full.control = VariablesSet{0, {"kept:denials"}, "denied"};
  full.data = Value::context({{"set", Value::context({{"kept:denials", std::move(many)}})}});
  REQUIRE(apply(r.state, full).ok());
  r.log.push_back(full);
  CHECK(r.event("denied", R"({"amount": 3})") == "limit");
}
