// From run events to facts, to the measures of an SOP and to adherence.
#include "catch.hpp"
#include "measure/measure_support.hpp"

#include "aesop/measure.hpp"

#include <memory>

using namespace aesop;
using namespace measure_test;

namespace {

/// Writes the events of one run.
struct Script {
  std::vector<Event> events;
  Instant now = at(1);

  template <class T>
  Event& put(T control, Value data = {}) {
    Event event;
    event.at = now;
    event.control = std::move(control);
    event.data = std::move(data);
    events.push_back(std::move(event));
    return events.back();
  }
  void start(std::string scope = "org/north/a") {
    RunStarted started;
    started.run = "r1";
    started.scope = std::move(scope);
    put(started);
  }
  void enter(TokenId token, std::string step, std::optional<Instant> due = {}) {
    StepEntered entered;
    entered.token = token;
    entered.step = step;
    if (due) {
      ArmedClock clock;
      clock.id = "step." + step;
      clock.due = due;
      entered.clocks.push_back(clock);
    }
    put(entered);
  }
  void complete(TokenId token, std::string step, Value form = {}, std::vector<std::string> undone = {}) {
    TaskCompleted done;
    done.token = token;
    done.step = step;
    done.undone = std::move(undone);
    put(done, Value::context({{"form", std::move(form)}}));
  }
  void leave(TokenId token, std::string step, LeaveReason reason = LeaveReason::completed) {
    StepLeft left;
    left.token = token;
    left.step = std::move(step);
    left.reason = reason;
    put(left);
  }
  void close() { put(RunClosed{"done"}); }

  std::vector<Fact> facts() const {
    FactReader reader;
    std::vector<Fact> out;
    for (const Event& event : events)
      for (Fact& fact : reader.read("r1", event)) out.push_back(std::move(fact));
    return out;
  }
  Adherence adherence() const {
    AdherenceFold fold;
    for (const Event& event : events) fold.add("r1", event);
    return fold.result();
  }
};

std::vector<std::string> moments(const std::vector<Fact>& facts) {
  std::vector<std::string> out;
  for (const Fact& fact : facts) out.push_back(fact.moment);
  return out;
}

}  // namespace

TEST_CASE("facts: every moment that a measure may name", "[measure]") {
  Script script;
  script.start();
  script.put(EventRecorded{"order.sent", true, {}},
             Value::context({{"payload", Value::context({{"amount", Value::number(7)}})}}));
  script.put(EventRecorded{"order.odd", false, {}});  // its condition did not hold: no consequence, no fact
  script.enter(1, "check");
  script.complete(1, "check", Value::context({{"cause", Value::string("late")}}));
  script.leave(1, "check");
  script.leave(2, "choice");  // a decision is entered and left at once
  script.close();
  const auto facts = script.facts();
  CHECK(moments(facts) == std::vector<std::string>{"run.started", "order.sent", "check.entered",
                                                   "check.completed", "choice.entered", "choice.completed",
                                                   "run.closed"});
  CHECK(facts[1].data.get("amount") == Value::number(7));
  CHECK(facts[3].data.get("cause") == Value::string("late"));
  CHECK(facts[3].scope == "org/north/a");
}

TEST_CASE("facts: a late fact counts when it occurred", "[measure]") {
  Script script;
  script.start();
  script.put(EventRecorded{"order.sent", true, {}}).occurred_at = at(0);
  CHECK(script.facts()[1].at == at(0));
}

TEST_CASE("facts: an instance is opened by its event, with the event's data and time", "[measure]") {
  Script script;
  script.start();
  InstanceOpened opened;
  opened.step = "faults";
  opened.instance = 4;
  opened.event = "fault.found";
  opened.occurred = at(0, 6);
  script.put(opened, Value::context({{"item", Value::context({{"code", Value::string("16")}})}}));
  const auto facts = script.facts();
  REQUIRE(facts.size() == 2);
  CHECK(facts[1].moment == "faults.opened");
  CHECK(facts[1].instance == 4);
  CHECK(facts[1].at == at(0, 6));
  CHECK(facts[1].data.get("code") == Value::string("16"));
}

TEST_CASE("R104, R137: the measures of an SOP are evaluated with their targets", "[measure]") {
  auto definition = std::make_shared<Definition>();
  KpiDefinition share;
  share.id.text = "first_pass";
  share.title = "First pass";
  share.owner.text = "lead";
  share.count = {{"passed.completed", {}}};
  share.over = {{"order.sent", {}}};
  share.at_least = Value::number(dec("0.90"));
  KpiDefinition lag;
  lag.id.text = "lag";
  lag.days_between = {{"work.done", {}}, {"order.sent", {}}};
  lag.at_most = Value::number(3);
  lag.strong = Value::number(2);
  definition->kpis = {share, lag};
  KpiBoard board(definition);
  for (int i = 0; i < 10; ++i) {
    const std::string run = "r" + std::to_string(i);
    board.add(fact(run, "work.done", at(i)));
    board.add(fact(run, "order.sent", at(i + 1)));
    if (i < 9) board.add(fact(run, "passed.completed", at(i + 2)));
  }
  board.add(fact("r_open", "work.done", at(4)));
  const auto figures = board.figures();
  REQUIRE(figures.size() == 2);
  CHECK(figures[0].title == "First pass");
  CHECK(figures[0].owner == "lead");
  CHECK(figures[0].value == dec("0.9"));
  CHECK(figures[0].count == 9);
  CHECK(figures[0].over == 10);
  CHECK(figures[0].band == Band::met);
  CHECK(figures[1].is_days);
  CHECK(figures[1].value == dec("1"));
  CHECK(figures[1].over == 11);
  CHECK(figures[1].band == Band::strong);
}

TEST_CASE("R65, R67, R68: a measure may be the share that took at most so long, not the mean", "[measure]") {
  auto definition = std::make_shared<Definition>();
  KpiDefinition mean;
  mean.id.text = "days";
  mean.days_between = {{"denied", {}}, {"sorted", {}}};
  mean.at_most = Value::number(2);
  KpiDefinition share = mean;
  share.id.text = "in_time";
  share.within.span = Span::elapsed(48 * us_per_hour);
  share.at_most.reset();
  share.at_least = Value::number(dec("0.95"));
  definition->kpis = {mean, share};
  KpiBoard board(definition);
  for (int i = 0; i < 4; ++i) {  // three at once, one after five days: the mean hides it
    const std::string run = "r" + std::to_string(i);
    board.add(fact(run, "denied", at(1)));
    board.add(fact(run, "sorted", i < 3 ? at(1, 6) : at(6)));
  }
  const auto figures = board.figures();
  REQUIRE(figures.size() == 2);
  CHECK(figures[0].value == dec("1.4375"));
  CHECK(figures[0].band == Band::met);
  CHECK_FALSE(figures[1].is_days);
  CHECK(figures[1].value == dec("0.75"));
  CHECK(figures[1].count == 3);
  CHECK(figures[1].over == 4);
  CHECK(figures[1].p90 == dec("5"));
  CHECK(figures[1].band == Band::missed);
}

TEST_CASE("R142: a visit conforms when it was done, in time and with nothing left undone", "[measure]") {
  Script script;
  script.start();
  script.enter(1, "in_time", at(2));
  script.enter(2, "late", at(2));
  script.enter(3, "undone", at(9));
  script.enter(4, "lapsed", at(2));
  script.enter(5, "skipped", at(2));
  script.enter(6, "withdrawn", at(2));
  script.complete(1, "in_time");
  script.now = at(3);
  script.leave(1, "in_time");  // it stood in review past its limit: done in time all the same
  script.complete(2, "late");
  script.leave(2, "late");
  script.complete(3, "undone", {}, {"photo"});
  script.leave(3, "undone");
  script.leave(4, "lapsed", LeaveReason::lapsed);
  script.leave(5, "skipped", LeaveReason::skipped);
  script.leave(6, "withdrawn", LeaveReason::withdrawn);
  script.close();
  const Adherence figures = script.adherence();
  CHECK(figures.due == 4);
  CHECK(figures.conforming == 1);
  CHECK(figures.late == 1);
  CHECK(figures.incomplete == 1);
  CHECK(figures.missed == 1);
  CHECK(figures.excepted == 1);
  CHECK(figures.value() == dec("0.25"));
  CHECK(figures.runs == 1);
  CHECK(figures.strict_runs == 0);
}

TEST_CASE("adherence: nobody is late by the time for which a run or task stood still", "[measure]") {
  Script script;
  script.start();
  script.enter(1, "first", at(2));
  script.enter(2, "second", at(2));
  ClockTimes later;
  later.id = "step.first";
  later.due = at(4);
  script.put(RunResumed{{later}});
  later.id = "step.second";
  script.put(TaskResumed{2, {later}});
  script.now = at(3);
  for (const auto& [token, step] : {std::pair{1U, "first"}, std::pair{2U, "second"}}) {
    script.complete(token, step);
    script.leave(token, step);
  }
  script.close();
  CHECK(script.adherence().conforming == 2);
  CHECK(script.adherence().late == 0);
}

TEST_CASE("adherence: an extension moves the limit; a run without a fault is strict", "[measure]") {
  Script script;
  script.start();
  script.enter(1, "work", at(2));
  ClockRescheduled moved;
  moved.clock.id = "step.work";
  moved.clock.due = at(4);
  script.put(moved);
  script.now = at(3);
  script.complete(1, "work");
  script.leave(1, "work");
  script.close();
  CHECK(script.adherence().conforming == 1);
  CHECK(script.adherence().strict_value() == dec("1"));
}
