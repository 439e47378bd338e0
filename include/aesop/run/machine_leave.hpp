// Tokens leaving: branches, diversions, ends of instances and of the run, incidents, services. Part run, private.
#pragma once

#include "aesop/run/machine_core.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline void Machine::leave(TokenId token, LeaveReason reason, const Choice& choice, std::string outcome,
                           std::string cause) {
  const Activity* activity = find_activity(s, token);
  if (activity == nullptr) return fail(ErrorCode::internal, "a token that is on no step cannot leave one");
  moot_of(token);
  activity = find_activity(s, token);
  StepLeft left;
  left.token = token;
  left.instance = activity->instance;
  left.step = activity->step;
  left.visit = activity->visit;
  left.reason = reason;
  left.outcome = std::move(outcome);
  left.cause = std::move(cause);
  left.branch = choice.branch;
  left.set = names_of(choice.set);
  left.null_conditions = std::exchange(null_conditions, 0);
  if (choice.go != no_ref)
    left.moves.push_back(move_to(token, activity->instance, activity->step, choice.go,
                                 activity->performer.empty() ? activity->after : activity->performer));
  emit(std::move(left), set_data(choice.set));
}

// The step is done: on along the branch that holds, or an incident when none does.
inline void Machine::leave_by_next(TokenId token, std::string_view key) {
  const Activity* activity = find_activity(s, token);
  if (activity == nullptr) return fail(ErrorCode::internal, "a token that is on no step cannot leave one");
  const PlanStep& step = step_of(*activity);
  const Value form = activity->form;
  RunPlace place;
  place.instance = activity->instance;
  place.step = step.ref;
  place.form = &form;
  place.done = true;
  const std::optional<Choice> choice = choose(step.next, place, key);
  if (!choice)
    return incident("no_branch", activity, {}, "no branch is true and there is no else", activity->instance);
  leave(token, LeaveReason::completed, *choice, std::string(key), {});
}

// The token ends with its step.
inline void Machine::end_token(TokenId token, LeaveReason reason, std::string cause, std::string outcome) {
  close_instances_of(token, LeaveReason::withdrawn);
  const Activity* activity = find_activity(s, token);
  if (activity == nullptr || failed()) return;
  StepLeft left;
  left.token = token;
  left.instance = activity->instance;
  left.step = activity->step;
  left.visit = activity->visit;
  left.reason = reason;
  left.outcome = std::move(outcome);
  left.cause = std::move(cause);
  emit(std::move(left));
}

// The step and all inside it ends, and its token goes elsewhere; to the following steps when `go` is not given.
inline void Machine::divert(TokenId token, LeaveReason reason, std::uint32_t go, std::string cause) {
  close_instances_of(token, LeaveReason::withdrawn);
  const Activity* activity = find_activity(s, token);
  if (activity == nullptr || failed()) return;
  StepLeft left;
  left.token = token;
  left.instance = activity->instance;
  left.step = activity->step;
  left.visit = activity->visit;
  left.reason = reason;
  left.cause = std::move(cause);
  if (go != no_ref)
    left.moves.push_back(move_to(token, activity->instance, activity->step, go, activity->after));
  emit(std::move(left));
}

inline void Machine::close_instances_of(TokenId token, LeaveReason reason) {
  for (;;) {
    const auto at = std::find_if(s.instances.begin(), s.instances.end(),
                                 [&](const Instance& i) { return i.owner == token; });
    if (at == s.instances.end() || failed()) return;
    close_instance(at->id, reason, {});
  }
}

// Deepest first: what is inside an instance ends before it.
inline void Machine::close_instance(InstanceId id, LeaveReason reason, std::string outcome) {
  for (;;) {
    const auto at = std::find_if(s.activities.begin(), s.activities.end(),
                                 [&](const Activity& a) { return a.instance == id; });
    if (at == s.activities.end() || failed()) break;
    end_token(at->token, LeaveReason::withdrawn, cat("instance ", id));
  }
  emit(InstanceClosed{id, reason, std::move(outcome)});
}

inline void Machine::close_run(std::string outcome) {
  while (!s.activities.empty() && !failed()) {
    // Owners of instances last come first: their tasks are withdrawn with them.
    const Activity& activity = s.activities.front();
    end_token(activity.token, LeaveReason::withdrawn, "run closed");
  }
  emit(RunClosed{std::move(outcome)});
}

// Whom an incident is told that is on no active step: those accountable for the steps it is about, else for any step.
inline std::vector<std::string> Machine::people_concerned(std::string_view clock, InstanceId instance,
                                                          const PlanStep* join) const {
  std::vector<const PlanStep*> steps;
  if (join != nullptr) {
    for (const PlanJoinGroup& group : join->join)
      for (const std::uint32_t from : group.from) steps.push_back(&plan.step(from));
  } else if (clock.empty()) {
    for (const Move& parked : s.parked)
      if (parked.instance == instance)
        if (const PlanStep* from = plan.find(parked.from)) steps.push_back(from);
  } else {
    for (const PlanStage& stage : plan.stages()) {
      const std::string id = cat("stage.", stage.id);
      if (clock != id && !clock.starts_with(cat(id, '#'))) continue;
      for (const std::uint32_t step : stage.steps) steps.push_back(&plan.step(step));
    }
  }
  std::vector<std::string> people;
  const auto add = [&](const PlanStep& step) {
    for (const std::string& person : resolve_target("accountable", &step, nullptr))
      add_sorted(people, person);
  };
  for (const PlanStep* step : steps) add(*step);
  if (people.empty())
    for (const PlanStep& step : plan.steps()) add(step);
  return people;
}

inline void Machine::incident(std::string_view kind, const Activity* activity, std::string clock,
                              std::string_view message, InstanceId instance, const PlanStep* join) {
  IncidentRaised raised;
  raised.id = cat('i', s.incident_count + 1);
  raised.kind = kind;
  raised.clock = std::move(clock);
  raised.instance = instance;
  if (activity != nullptr) {
    raised.token = activity->token;
    raised.instance = activity->instance;
    raised.step = activity->step;
    const PlanStep& step = step_of(*activity);
    const std::vector<std::string>& targets = step.on_incident.empty() ? step.accountable : step.on_incident;
    for (const std::string& target : targets)
      for (const std::string& person : resolve_target(target, &step, activity))
        add_sorted(raised.people, person);
  } else {
    if (join != nullptr) raised.step = join->id;
    raised.people = people_concerned(raised.clock, instance, join);
  }
  created.push_back(raised.id);
  emit(std::move(raised), set_data({}, {{"message", Value::string(message)}}));
  null_conditions = 0;
}

// Asks the host; a gate that blocks raises an incident instead.
inline void Machine::request_service(TokenId token) {
  const Activity* activity = find_activity(s, token);
  if (activity == nullptr) return;
  const PlanStep& step = step_of(*activity);
  if (!step.service) return fail(ErrorCode::internal, cat("service step ", step.id, " has no operation"));
  RunPlace place;
  place.instance = activity->instance;
  place.step = step.ref;
  if (const std::vector<Obstacle> failing = gate_obstacles(step, token, place); !failing.empty()) {
    std::string message = failing.front().text;
    for (std::size_t i = 1; i < failing.size(); ++i) append(message, "; ", failing[i].text);
    diagnostics.clear();
    return incident("gate_blocked", activity, {}, std::move(message));
  }
  diagnostics.clear();
  null_conditions = 0;
  std::vector<Entry> with;
  for (const auto& [name, value] : step.service->with) with.emplace_back(name, evaluate(value, place));
  ServiceRequested request;
  request.token = token;
  request.step = step.id;
  request.visit = activity->visit;
  request.operation = step.service->operation;
  request.attempt = activity->attempt + 1;
  emit(std::move(request), set_data({}, {{"with", Value::context(std::move(with))}}));
}

// A moment came: handoffs that wait for it begin.
inline void Machine::handoffs(std::string_view moment_name) {
  for (const PlanHandoff& handoff : plan.handoffs()) {
    if (failed() || !s.open()) return;
    const bool comes = std::any_of(handoff.when.begin(), handoff.when.end(), [&](const PlanMoment& m) {
      switch (m.kind) {
        case PlanMoment::Kind::run_started:
          return moment_name == "run.started";
        case PlanMoment::Kind::event:
          return moment_name == m.name;
        case PlanMoment::Kind::step_entered:
          return moment_name == cat(plan.step(m.step).id, ".entered");
        case PlanMoment::Kind::step_completed:
          return moment_name == cat(plan.step(m.step).id, ".completed");
        default:
          return false;
      }
    });
    RunPlace place;
    if (!comes || !holds(handoff.condition, place)) continue;
    HandoffMade made;
    made.id = cat('h', s.handoff_count + 1);
    made.handoff = handoff.id;
    made.from = handoff.from;
    made.to = handoff.to;
    const bool role = std::any_of(plan.definition().roles.begin(), plan.definition().roles.end(),
                                  [&](const RoleDefinition& r) { return r.id.text == handoff.to; });
    if (role) made.people = people_of(handoff.to);
    std::vector<Entry> with;
    for (const auto& [name, value] : handoff.with) with.emplace_back(name, evaluate(value, place));
    DueTime unknown;
    ArmedClock clock;
    if (handoff.acknowledge_within.given()) {
      clock.id = cat("handoff.", made.id);
      clock.kind = ClockKind::handoff;
      clock.ref = made.id;
      clock.started = now;
      const std::optional<Span> span = span_of(handoff.acknowledge_within, place);
      auto due = span ? add_span(now, *span, handoff.calendar)
                      : Result<Instant>(Error{ErrorCode::invalid_argument, "the span of time is not known"});
      if (due) {
        clock.due = *due;
        ClockPlan limits;
        limits.rungs = &handoff.escalate;
        limits.calendar = handoff.calendar;
        unknown = arm(clock, limits, place);
        made.clocks.push_back(clock);
      } else {
        unknown = {DueTime::Kind::unknown, {}, due.error().message};
      }
    }
    created.push_back(made.id);
    emit(std::move(made), set_data({}, {{"with", Value::context(std::move(with))}}));
    clock_incident(clock, unknown);
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
