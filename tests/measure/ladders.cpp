// Rungs that fired and exceptions as stories, from events.
#include "catch.hpp"
#include "measure/measure_support.hpp"

#include "aesop/measure.hpp"

using namespace aesop;
using namespace measure_test;

namespace {

std::shared_ptr<const Definition> desk() {
  auto out = std::make_shared<Definition>();
  const auto ladder = [](std::string_view at) {
    RungDefinition rung;
    rung.at.text = at;
    return LadderDefinition{rung};
  };
  ClockDefinition clock;
  clock.id.text = "whole";
  clock.escalate = ladder("due");
  out->clocks.push_back(clock);
  StepDefinition inner;
  inner.id.text = "inner";
  inner.escalate = ladder("80%");
  StepDefinition outer;
  outer.id.text = "outer";
  outer.each = std::make_shared<EachDefinition>();
  outer.each->run.push_back(inner);
  out->steps.push_back(outer);
  HandoffDefinition handoff;
  handoff.id.text = "over";
  handoff.title = "Hand it over";
  handoff.escalate = ladder("due + 1 day");
  out->handoffs.push_back(handoff);
  ExceptionPolicy policy;
  policy.id.text = "skip";
  policy.emergency.emplace().escalate = ladder("due");
  out->exceptions.push_back(policy);
  return out;
}

template <class T>
Event event(T control, int day, std::string actor = {}) {
  Event out;
  out.at = at(day);
  out.actor = std::move(actor);
  out.control = std::move(control);
  return out;
}

Event fired(ClockKind kind, std::string ref, std::uint32_t rung, int day, bool held = true) {
  RungFired control;
  control.kind = kind;
  control.ref = std::move(ref);
  control.rung = rung;
  control.held = held;
  control.actions = {"notify"};
  return event(control, day);
}

Event started(std::string scope) {
  RunStarted control;
  control.scope = std::move(scope);
  return event(control, 0);
}

}  // namespace

TEST_CASE("rungs: of clocks, steps within an each, handoffs and emergencies, in this order", "[measure]") {
  RungFold fold(desk());
  fold.add("r1", started("org/a"));
  HandoffMade made;
  made.id = "h1";
  made.handoff = "over";
  fold.add("r1", event(made, 1));
  EmergencyInvoked invoked;
  invoked.id = "x1";
  invoked.policy = "skip";
  fold.add("r1", event(invoked, 1));
  fold.add("r1", fired(ClockKind::emergency_review, "x1", 1, 2));
  fold.add("r1", fired(ClockKind::handoff, "h1", 0, 2));  // the limit itself, no rung of the ladder
  fold.add("r1", fired(ClockKind::handoff, "h1", 1, 3));
  fold.add("r1", fired(ClockKind::step, "inner", 0, 3));
  fold.add("r1", fired(ClockKind::step, "inner", 0, 4));
  fold.add("r2", started("org/b"));
  fold.add("r2", fired(ClockKind::step, "inner", 0, 5));
  fold.add("r2", fired(ClockKind::step, "inner", 0, 5, false));  // its condition did not hold
  fold.add("r2", fired(ClockKind::case_clock, "whole", 0, 6));
  fold.add("r2", fired(ClockKind::case_clock, "whole", 7, 6));  // no such rung
  fold.add("r2", fired(ClockKind::exception_decision, "x1", 0, 6));
  const auto rows = fold.result();
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].kind == "clock");
  CHECK(rows[1].ref == "inner");
  CHECK(rows[1].count == 3);
  CHECK(rows[1].runs == 2);
  CHECK(rows[2].title == "Hand it over");
  CHECK(rows[2].rung == 1);
  CHECK(rows[2].definition->at.text == "due + 1 day");
  CHECK(rows[3].kind == "emergency_review");
  CHECK(rows[3].ref == "skip");
  CHECK(fold.result({}, "org/b").size() == 2);
  CHECK(fold.result({at(0), at(3)}).size() == 1);
}

TEST_CASE("deviations: each exception has its voices and what became of it", "[measure]") {
  DeviationFold fold;
  fold.add("r1", started("org/a"));
  ExceptionRequested asked;
  asked.id = "x1";
  asked.policy = "skip";
  fold.add("r1", event(asked, 2, "ana"));
  CHECK(fold.result().at(0).result == "waiting");
  ExceptionPassedOn passed;
  passed.id = "x1";
  fold.add("r1", event(passed, 3));
  ExceptionDecided voice;
  voice.id = "x1";
  voice.role = "lead";
  voice.approve = true;
  fold.add("r1", event(voice, 4, "lea"));
  ExceptionApproved approved;
  approved.id = "x1";
  fold.add("r1", event(approved, 4));
  ExceptionExpired expired;
  expired.id = "x1";
  fold.add("r1", event(expired, 5));
  EmergencyInvoked invoked;
  invoked.id = "x2";
  fold.add("r1", event(invoked, 1, "doc"));
  EmergencyReviewOverdue overdue;
  overdue.id = "x2";
  fold.add("r1", event(overdue, 6));
  const auto stories = fold.result();
  REQUIRE(stories.size() == 2);
  CHECK(stories[0].emergency);  // the first in time
  CHECK(stories[0].result == "review_overdue");
  CHECK(stories[1].asked_by == "ana");
  CHECK(stories[1].result == "approved");
  CHECK(stories[1].passed_on);
  CHECK(stories[1].expired);
  CHECK_FALSE(stories[1].used);
  REQUIRE(stories[1].voices.size() == 1);
  CHECK(stories[1].voices[0].by == "lea");
  EmergencyReviewed reviewed;
  reviewed.id = "x2";
  fold.add("r1", event(reviewed, 7, "paul"));
  CHECK(fold.result().at(0).result == "not_justified");
  CHECK(fold.result({}, "org/b").empty());
  CHECK(fold.result({at(2), at(9)}).size() == 1);
}

TEST_CASE("lineage: a late fact that moves a run into the period is its evidence", "[measure]") {
  CountFold fold({"accepted"}, {"sent"});
  const auto numbered = [](const char* moment, Instant when, std::uint64_t entry) {
    Fact one = fact("r1", moment, when);
    one.entry = entry;
    one.revision = entry - 10;
    return one;
  };
  fold.add(numbered("sent", at(5), 20));
  fold.add(numbered("accepted", at(7), 21));
  fold.add(numbered("accepted", at(8), 22));
  fold.add(numbered("sent", at(4), 23));  // recorded later, happened earlier
  const Lineage lineage = fold.lineage({at(0), at(5)});
  CHECK(lineage.over == std::vector<FactRef>{{"r1", 13, 23}});
  CHECK(lineage.count == std::vector<FactRef>{{"r1", 11, 21}});
  CHECK(fold.lineage({at(5), at(9)}).over.empty());

  DaysFold days("sent", "accepted", us_per_day);
  for (const auto& one :
       {numbered("sent", at(5), 20), numbered("accepted", at(4), 21), numbered("accepted", at(7), 22)})
    days.add(one);
  CHECK(days.lineage(false).count == std::vector<FactRef>{{"r1", 12, 22}});
  CHECK(days.lineage(true).count.empty());
  CHECK(days.lineage(true).over.size() == 1);
}
