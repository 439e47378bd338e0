// `each`: over events and over lists, what ends it, and what becomes of the instances.
#include "fixture.hpp"

using namespace aesop_test;

TEST_CASE("R102: each over events: one instance per event while the step is open, its own data and anchors",
          "[run]") {
  const std::string text = sop(
      R"({"id":"lines","title":"Lines","kind":"each","of":"event line.denied","as":"line","data":{"tries":{"type":"number","default":0}},"until":"event all.settled","next":"after","run":[)" +
          task(
              "triage",
              R"("due": "48 hours after line.denied", "next": [{"else": "fix", "set": {"tries": "=tries + 1", "total": "=total + line.amount"}}])") +
          "," + task("fix") + "]}," + task("after") + "," + end(),
      R"("data": {"total": {"type":"number","default":0}}, "events": {"line.denied": {"fields": {"amount": "number"}}, "all.settled": {}})");
  Run r(text);
  r.start();
  CHECK(r.active() == "lines");
  CHECK(r.event("line.denied", R"({"amount": 10})") == "");
  CHECK(r.after(5).event("line.denied", R"({"amount": 20})") == "");
  CHECK(r.active() == "lines triage#1 triage#2");
  // The anchor is the instance's own event, not the latest.
  const Projection p = projection(r.state);
  for (const WorkItem& item : p.work)
    CHECK(item.due == (item.index == 1 ? instant("2026-01-07T09:00:00Z") : instant("2026-01-07T14:00:00Z")));
  CHECK(r.complete("triage") == "ambiguous");
  CHECK(r.task("complete", "triage", R"("instance": 2)") == "");
  CHECK(r.active() == "lines triage#1 fix#2");
  CHECK(aesop_test::text(r.variable("total")) == "20");
  CHECK(aesop_test::text(r.state.instances[1].variables[0].second) == "1");
  CHECK(aesop_test::text(r.state.instances[0].variables[0].second) == "0");
  CHECK(r.event("all.settled") == "");
  CHECK(r.active() == "lines triage#1 fix#2");  // at_end: finish
  CHECK(r.event("line.denied", R"({"amount": 30})") == "");
  CHECK(r.state.instances.size() == 2);  // closing: no more are opened
  CHECK(r.complete("fix") == "");
  CHECK(r.complete("triage") == "");
  CHECK(r.complete("fix") == "");
  CHECK(r.active() == "after");
  CHECK(r.count<InstanceClosed>() == 2);
}

TEST_CASE("each over events: withdraw ends what is open; until may be a condition over data", "[run]") {
  Run r(sop(
      R"({"id":"lines","title":"Lines","kind":"each","of":"event line","until":"balance = 0","at_end":"withdraw","next":"after","run":[)" +
          task("work") + "]}," + task("after") + "," + end(),
      R"("data": {"balance": {"type":"number","default":5}}, "events": {"line": {}, "posted": {"fields": {"left": "number"}, "sets": {"balance": "=event.left"}}})"));
  r.start();
  r.event("line");
  CHECK(r.event("posted", R"({"left": 3})") == "");
  CHECK(r.active() == "lines work#1");
  CHECK(r.event("posted", R"({"left": 0})") == "");
  CHECK(r.active() == "after");
  CHECK(r.all<InstanceClosed>()[0].reason == LeaveReason::withdrawn);
}

TEST_CASE("each over a list: fixed at entry, in sequence or at once, done by its rule", "[run]") {
  const auto list = [](std::string_view keys) {
    return sop(
        cat(R"({"id":"items","title":"Items","kind":"each","of":"=xs","as":"x",)", keys,
            R"("next":"after","run":[)",
            task("work", R"("next": [{"if": "x > 2", "go": "no"}, {"else": "yes"}])"),
            R"(,{"id":"yes","title":"Y","kind":"end","outcome":"ok"},{"id":"no","title":"N","kind":"end","outcome":"refused"}]},)",
            task("after"), ",", end()),
        R"("incidents": {"data": "xs"}, "data": {"xs": {"type": "list", "default": [1, 2, 3]}})");
  };
  SECTION("in sequence, all") {
    Run r(list(""));
    r.start();
    CHECK(r.active() == "items work#1");
    r.complete("work");
    CHECK(r.active() == "items work#2");
    r.complete("work");
    CHECK(r.complete("work") == "");
    CHECK(r.active() == "after");
  }
  SECTION("at once, all") {
    Run r(list(R"("mode":"at_once",)"));
    r.start();
    CHECK(r.active() == "items work#1 work#2 work#3");
  }
  SECTION("at once, any: the rest is withdrawn") {
    Run r(list(R"("mode":"at_once","done":"any",)"));
    r.start();
    CHECK(r.task("complete", "work", R"("instance": 2)") == "");
    CHECK(r.active() == "after");
    CHECK(r.count<InstanceClosed>() == 3);
  }
  SECTION("majority") {
    Run r(list(R"("mode":"at_once","done":"majority",)"));
    r.start();
    r.task("complete", "work", R"("instance": 1)");
    CHECK(r.active() == "items work#2 work#3");
    r.task("complete", "work", R"("instance": 2)");
    CHECK(r.active() == "after");
  }
  SECTION("first veto") {
    Run r(list(R"("mode":"at_once","done":"first_veto",)"));
    r.start();
    r.task("complete", "work", R"("instance": 1)");
    CHECK(r.active() == "items work#2 work#3");
    r.task("complete", "work", R"("instance": 3)");
    CHECK(r.active() == "after");
  }
  SECTION("at least two") {
    Run r(list(R"("mode":"at_once","done":{"at_least":2},)"));
    r.start();
    r.task("complete", "work", R"("instance": 1)");
    CHECK(r.active() == "items work#2 work#3");
    r.task("complete", "work", R"("instance": 3)");
    CHECK(r.active() == "after");
  }
  SECTION("empty completes at once") {
    Run r(list(""));
    CHECK(r.start(R"({"xs": []})") == "");
    CHECK(r.active() == "after");
  }
  SECTION("not a list is an incident") {
    Run r(list(""));
    CHECK(r.start(R"({"xs": null})") == "");
    REQUIRE(r.state.incidents.size() == 1);
    CHECK(r.state.incidents[0].kind == "bad_list");
    CHECK(r.run(R"({"do":"resolve_incident","incident":"i1","data":{"xs":[7]},"reason":"known"})") == "");
    CHECK(r.active() == "items work#1");
  }
}

TEST_CASE("each: an end inside that closes it lets no further element of a sequence begin", "[run]") {
  const auto with = [](std::string_view mode) {
    return sop(
        cat(R"({"id":"all","title":"A","kind":"each","of":"=xs","mode":")", mode,
            R"(","next":"after","run":[)",
            task("a", R"("form":{"enough":"boolean"},"next":[{"if":"enough","go":"stop"},{"else":"go_on"}])"),
            R"(,{"id":"go_on","kind":"end"},{"id":"stop","kind":"end","closes":true}]},)", task("after"), ",",
            end()),
        R"("data":{"xs":{"type":"list","default":[1,2,3]}})");
  };
  for (const char* mode : {"sequence", "at_once"}) {
    Run r(with(mode));
    r.start();
    CHECK(r.task("complete", "a", R"("instance":1,"form":{"enough":true})") == "");
    CHECK(r.active() == "after");
    CHECK(r.state.instances.empty());
    CHECK(r.count<InstanceOpened>() == (std::string_view(mode) == "sequence" ? 1 : 3));
  }
  Run r(with("sequence"));
  r.start();
  CHECK(r.complete("a", R"({"enough":false})") == "");
  CHECK(r.active() == "all a#2");
  CHECK(r.complete("a", R"({"enough":true})") == "");
  CHECK(r.active() == "after");
}
