// Time of a review: completed work stops the performer's clock and is not thrown away.
#include "fixture.hpp"

using namespace aesop_test;

namespace {
std::string reviewed(std::string_view times) {
  return sop(task("a", cat(R"("review":"chief",)", times, R"(,"next":"done")")) + "," + task("b") + "," +
             end());
}
}  // namespace

TEST_CASE("review: a task finished in time does not lapse while it is reviewed; the reviewer is told",
          "[run]") {
  Run r(reviewed(
      R"("due":"2 days","escalate":[{"at":"due","notify":"responsible"},{"at":"due + 1 day","go":"b","page":"lead"}])"));
  r.directory.roles = {{"clerk", {"ann"}}, {"lead", {"lea"}}, {"chief", {"ann", "che"}}};
  r.start();
  r.after(24).as("ann", {"clerk"}).complete("a");
  CHECK(r.last() == "task_completed clock_stopped clock_started");
  CHECK(find_clock(r.state, "step.a") == nullptr);
  CHECK(find_clock(r.state, "review.a")->armed.due == instant("2026-01-08T09:00:00Z"));
  CHECK(projection(r.state).work[0].due == instant("2026-01-08T09:00:00Z"));
  r.advance("2026-02-01T00:00:00Z");
  CHECK(r.active() == "a");
  REQUIRE(r.count<RungFired>() == 2);
  CHECK(r.all<RungFired>()[0].resolved[0].people == std::vector<std::string>{"che"});  // not the performer
  CHECK(r.all<RungFired>()[1].actions == std::vector<std::string>{"page"});
  CHECK(r.as("che", {"chief"}).task("accept_review", "a") == "");
  CHECK(r.state.status == RunStatus::closed);
  CHECK(r.state.outcome == "done");
}

TEST_CASE("review: returned for rework, the performer has his whole time again", "[run]") {
  Run r(reviewed(R"("due":"2 days","escalate":[{"at":"due","go":"b"}])"));
  r.start();
  r.after(24).as("ann", {"clerk"}).complete("a");
  CHECK(projection(r.state).timers.empty());  // its only rung would have ended the step
  r.after(24).as("che", {"chief"}).task("return_for_rework", "a", R"("note":"again")");
  CHECK(find_clock(r.state, "step.a")->armed.due == instant("2026-01-09T09:00:00Z"));
  r.advance("2026-01-09T09:00:00Z");
  CHECK(r.active() == "b");
}

TEST_CASE("review: a due time with an anchor of its own stays; when it is past, one rung tells at once",
          "[run]") {
  Run r(reviewed(
      R"("due":"2 days after run.started","escalate":[{"at":"due","notify":"lead"},{"at":"due + 1 day","page":"chief"}])"));
  r.start();
  SECTION("in time") {
    r.after(24).as("ann", {"clerk"}).complete("a");
    CHECK(find_clock(r.state, "review.a")->armed.due == instant("2026-01-07T09:00:00Z"));
    CHECK(projection(r.state).timers.size() == 2);
  }
  SECTION("late") {
    r.after(200).as("ann", {"clerk"}).complete("a");
    CHECK(r.fired() ==
          "step.a/0@2026-01-07T09:00:00Z step.a/1@2026-01-08T09:00:00Z review.a/1@2026-01-08T09:00:00Z");
  }
}

TEST_CASE("review: its time can be extended like the step's", "[run]") {
  Run r(
      sop(task("a", R"("review":"chief","due":"2 days","escalate":[{"at":"due","notify":"responsible"}])") +
              "," + end(),
          R"("exceptions":{"later":{"of":["a"],"allows":"extend","at_most":"30 days","approvers":"lead"}})"));
  r.start();
  r.after(24).as("ann", {"clerk"}).complete("a");
  CHECK(r.run(R"({"do":"request_exception","policy":"later","reason":"r","until":"2026-01-20T00:00:00Z"})") ==
        "");
  CHECK(r.as("lea", {"lead"}).run(R"({"do":"decide_exception","exception":"x1","decision":"approve"})") ==
        "");
  CHECK(r.as("ann", {"clerk"}).run(R"({"do":"extend","exception":"x1"})") == "");
  CHECK(find_clock(r.state, "review.a")->armed.due == instant("2026-01-20T00:00:00Z"));
}
