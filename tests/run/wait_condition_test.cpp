// A wait that is over as soon as a condition holds.
#include "fixture.hpp"

using namespace aesop_test;

namespace {

// Two strands: one does something, the other stands by until the data say so.
std::string standing_by(std::string_view entries) {
  return sop(cat(R"({"id":"both","kind":"parallel","go":["measure","stand_by"]},)") +
                 task("measure",
                      R"("form": {"bar": "number"}, "next": [{"else": "measure", "set": {"bar": "=bar"}}])") +
                 R"(,{"id":"stand_by","title":"S","kind":"wait","for":[)" + std::string(entries) + "]}," +
                 task("mend", R"("next": "stand_by")") + "," + end(),
             R"("data": {"bar": "number", "seen": {"type": "number", "default": 0}},
                "events": {"stop": {}, "reading": {"fields": {"bar": "number"}, "sets": {"bar": "=event.bar"}}})");
}

constexpr std::string_view over_three =
    R"({"if":"bar > 3","go":"mend","set":{"seen":"=bar","bar":0}},{"event":"stop","go":"done"})";

}  // namespace

TEST_CASE("wait: a condition ends it as soon as another strand makes it true", "[run]") {
  Run r(standing_by(over_three));
  r.start();
  CHECK(r.active() == "measure stand_by");
  r.complete("measure", R"({"bar": 2})");
  CHECK(r.active() == "measure stand_by");
  r.complete("measure", R"({"bar": 4})");
  CHECK(r.active() == "measure mend");
  CHECK(text(r.variable("seen")) == "4");
  CHECK(text(r.variable("bar")) == "0");
  r.complete("mend");
  CHECK(r.active() == "measure stand_by");
}

TEST_CASE("wait: what an event sets ends a wait for a condition in the same decision", "[run]") {
  Run r(standing_by(over_three));
  r.start();
  CHECK(r.event("reading", R"({"bar": 5})") == "");
  CHECK(r.active() == "measure mend");
}

TEST_CASE("wait: time alone does not end a wait for a condition; the next change of data does", "[run]") {
  Run r(standing_by(
      R"js({"if":"now() > date and time(\"2026-01-20T09:00:00Z\")","go":"mend"},{"event":"stop","go":"done"})js"));
  r.start();
  CHECK(r.active() == "measure stand_by");
  r.advance("2026-02-20T09:00:00Z");
  CHECK(r.active() == "measure stand_by");
  CHECK(r.event("reading", R"({"bar": 1})") == "");
  CHECK(r.active() == "measure mend");
}

TEST_CASE("wait: a condition that holds at entry lets the token pass", "[run]") {
  Run r(standing_by(over_three));
  r.start(R"({"bar": 9})");
  CHECK(r.active() == "measure mend");
  CHECK(r.count<StepEntered>() == 3);  // it was entered, and left
}

TEST_CASE("wait: a condition that is null is not true, and an event beside it still decides", "[run]") {
  Run r(standing_by(over_three));
  r.start();
  r.complete("measure", "{}");
  CHECK(r.active() == "measure stand_by");
  CHECK(r.event("stop") == "");
  CHECK(r.state.status == RunStatus::closed);
}

TEST_CASE("wait: of several conditions that hold the first is taken", "[run]") {
  Run r(standing_by(
      R"({"if":"bar > 5","go":"done"},{"if":"bar > 3","go":"mend"},{"event":"stop","go":"done"})"));
  r.start();
  r.complete("measure", R"({"bar": 7})");
  CHECK(r.state.status == RunStatus::closed);
}

TEST_CASE(
    "wait: each instance looks at the condition with its own data, and one that leaves is seen by the next",
    "[run]") {
  Run r(sop(
      R"x({"id":"both","kind":"parallel","go":["loads","read"]},
               {"id":"loads","title":"L","kind":"each","of":"event load","as":"load","until":"event over","run":[
                 {"id":"cover","title":"C","kind":"wait","for":[{"if":"load.n < upto and count(out) < 2","go":"covered",
                   "set":{"out":"=append(out, load.n)"}}]},
                 {"id":"covered","kind":"end","outcome":"covered"}],"next":"done"},)x" +
          task("read",
               R"("form": {"upto": "number"}, "next": [{"else": "read", "set": {"upto": "=upto"}}])") +
          "," + end(),
      R"("data": {"upto": {"type": "number", "default": 0}, "out": {"type": "list<number>", "default": []}},
               "events": {"load": {"fields": {"n": "number"}}, "over": {}})"));
  r.start();
  for (const char* n : {"1", "2", "3", "9"}) CHECK(r.event("load", cat(R"({"n":)", n, "}")) == "");
  CHECK(r.active() == "loads read cover#1 cover#2 cover#3 cover#4");
  r.complete("read", R"({"upto": 4})");
  CHECK(text(r.variable("out")) == "[1,2]");
  CHECK(r.active() == "loads read cover#3 cover#4");
}

TEST_CASE("wait: a circle that conditions keep turning is an incident, not an endless decision", "[run]") {
  Run r(sop(
      task("begin") +
          R"(,{"id":"a","title":"A","kind":"wait","incidents":{"by":["lead"],"data":["x"]},"for":[{"if":"x < 1","go":"b"}]},
               {"id":"b","title":"B","kind":"wait","incidents":{"by":["lead"],"data":["x"]},"for":[{"if":"x < 1","go":"a"}]},)" +
          end(),
      R"("data": {"x": {"type": "number", "default": 0}})"));
  r.start();
  r.complete("begin");
  REQUIRE(r.state.incidents.size() == 1);
  CHECK(r.state.incidents[0].kind == "livelock");
  // Looking again turns the circle again; a way out is given by people.
  CHECK(r.as("leo", {"lead"}).run(R"({"do":"retry_incident","incident":"i1"})") == "");
  REQUIRE(r.state.incidents.size() == 1);
  CHECK(r.run(R"({"do":"resolve_incident","incident":"i2","data":{"x":1},"reason":"enough"})") == "");
  CHECK(r.state.incidents.empty());
  CHECK(r.state.activities.size() == 1);
}

TEST_CASE("why: a wait for a condition says which", "[run]") {
  Run r(standing_by(over_three));
  r.start();
  bool said = false;
  for (const Obstacle& one : why(*r.plan, r.state, r.facts, r.now, "stand_by").value())
    said = said || (one.kind == "condition" && one.text == "waits until bar > 3");
  CHECK(said);
}

TEST_CASE("wait: a token that a rung sends beside the work looks at the condition too", "[run]") {
  Run r(sop(task("a", R"("next": "done", "due": "2 hours", "escalate": [{"at": "1 hour", "also": "w"}])") +
                R"(,{"id":"w","title":"W","kind":"wait","for":[{"if":"x > 0","go":"b"}]},)" + task("b") +
                "," + end(),
            R"("data": {"x": {"type": "number", "default": 1}})"));
  r.start();
  CHECK(r.advance("2026-01-05T10:00:00Z") > 0);
  CHECK(r.active() == "a b");
}
