// Tokens arriving: entering steps, joins, what follows from each event until nothing moves. Part run, private.
#pragma once

#include "aesop/run/machine_core.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

// Goes on until every token has come to rest and every consequence is drawn.
inline void Machine::settle() {
  while (!failed()) {
    if (seen < events.size()) {
      react(seen++);
      continue;
    }
    if (s.status == RunStatus::closed || s.status == RunStatus::none) return;
    if (!s.moving.empty()) {
      const Move move = s.moving.front();
      arrive(move);
      continue;
    }
    if (dirty) {
      dirty = false;
      look_at_pending_clocks();
      each_until();
      leave_waits();
      continue;
    }
    if (unsettled) {
      bool changed = false;
      for (std::size_t i = 0; i < s.activities.size() && !changed; ++i)
        if (s.activities[i].kind == ActivityKind::each) changed = advance_each(s.activities[i].token);
      unsettled = changed;
      if (changed) continue;
    }
    const std::size_t before = events.size();
    if (!plan.stages().empty()) stage_clocks();
    if (events.size() != before) continue;
    if (s.activities.empty()) {
      if (s.parked.empty()) return close_run(s.last_end);
      // Only tokens that wait for others which can no longer come.
      if (s.incidents.empty()) {
        incident("stuck", nullptr, {},
                 cat("a token waits before ", s.parked.front().to, " and no other can come"));
        continue;
      }
    }
    return;
  }
}

// What follows from an event that was made.
inline void Machine::react(std::size_t index) {
  const EventType type = events[index].type();
  // What only tells people ends no instance; there may be thousands of it in one decision.
  const RungFired* fired = events[index].as<RungFired>();
  unsettled = unsettled || !(type == EventType::priority_raised || (fired && fired->dropped.empty()));
  const bool heard = !plan.clocks().empty() || !plan.handoffs().empty();  // moments are for these alone
  switch (type) {
    case EventType::run_started:
      dirty = true;
      return moment("run.started", now);
    case EventType::step_entered: {
      if (!heard) return;
      const std::string step = events[index].as<StepEntered>()->step;
      return moment(cat(step, ".entered"), now);
    }
    case EventType::step_left: {
      dirty = true;
      if (!heard) return;
      const StepLeft& left = *events[index].as<StepLeft>();
      const std::string step = left.step;
      const bool completed = left.reason == LeaveReason::completed;
      const Instant when = events[index].occurred();
      const PlanStep* of = plan.find(step);
      const bool at_once = of != nullptr && (of->kind == StepKind::decision ||
                                             of->kind == StepKind::parallel || of->kind == StepKind::end);
      if (at_once) moment(cat(step, ".entered"), now);
      if (completed) moment(cat(step, ".completed"), when);
      return;
    }
    case EventType::join_fired: {
      dirty = true;
      if (!heard) return;
      const std::string step = events[index].as<JoinFired>()->step;
      const Instant when = events[index].occurred();
      moment(cat(step, ".entered"), now);
      return moment(cat(step, ".completed"), when);
    }
    case EventType::event_recorded: {
      if (!events[index].as<EventRecorded>()->applies) return;
      const std::string event = events[index].as<EventRecorded>()->event;
      const Instant when = events[index].occurred();
      dirty = true;
      return moment(event, when);
    }
    case EventType::variables_set:
    case EventType::correction_recorded:
    case EventType::instance_opened:
      dirty = true;
      return;
    default:
      return;
  }
}

inline Move Machine::move_to(TokenId token, InstanceId instance, std::string_view from, std::uint32_t to,
                             std::string after) const {
  return {token, instance, std::string(from), plan.step(to).id, std::move(after)};
}

inline std::uint32_t Machine::next_visit(const PlanStep& step, InstanceId instance) const {
  const StepRecord* record = find_record(s, instance, step.id);
  return record ? record->visit + 1 : 1;
}

inline void Machine::arrive(const Move& move) {
  const PlanStep* step = plan.find(move.to);
  if (step == nullptr) return fail(ErrorCode::internal, cat("the plan has no step ", move.to));
  if (step->kind == StepKind::join || step->kind == StepKind::any) {
    emit(TokenParked{move.token, move.instance, move.from, move.to});
    return try_join(*step, move.instance);
  }
  enter(*step, move);
}

inline void Machine::enter(const PlanStep& step, const Move& move) {
  // (16): a circle of steps that take no time stops here.
  const bool at_once =
      step.kind == StepKind::decision || step.kind == StepKind::parallel || step.kind == StepKind::end;
  if (at_once && turns_in_circles(step, move.instance)) {
    begin_activity(step, move);
    return incident("livelock", find_activity(s, move.token), {}, circle_text(step), move.instance);
  }
  if (!at_once) return begin_activity(step, move);

  StepLeft left;
  left.token = move.token;
  left.instance = move.instance;
  left.step = step.id;
  left.visit = next_visit(step, move.instance);
  if (step.kind == StepKind::end) {
    left.outcome = step.outcome;
    emit(std::move(left));
    if (!step.closes) return;
    if (step.block == 0) return close_run(step.outcome);
    const Instance* instance = find_instance(s, move.instance);
    if (instance == nullptr) return;
    const TokenId owner = instance->owner;
    close_instance(move.instance, LeaveReason::completed, step.outcome);
    close_instances_of(owner, LeaveReason::withdrawn);
    emit(EachClosing{owner});
    return;
  }
  if (step.kind == StepKind::parallel) {
    TokenId token = s.last_token;
    for (std::size_t i = 0; i < step.go.size(); ++i)
      left.moves.push_back(
          move_to(i == 0 ? move.token : ++token, move.instance, step.id, step.go[i], move.after));
    return emit(std::move(left));
  }
  RunPlace place;
  place.instance = move.instance;
  place.step = step.ref;
  std::vector<NamedValue> set = evaluate_sets(step.set, place);
  std::optional<Choice> choice = choose(step.next, place);
  if (!choice) {
    begin_activity(step, move);
    return incident("no_branch", find_activity(s, move.token), {}, "no branch is true and there is no else",
                    move.instance);
  }
  for (NamedValue& one : choice->set) set.push_back(std::move(one));
  left.branch = choice->branch;
  if (choice->go != no_ref)
    left.moves.push_back(move_to(move.token, move.instance, step.id, choice->go, move.after));
  left.set = names_of(set);
  left.null_conditions = std::exchange(null_conditions, 0);
  emit(std::move(left), set_data(set));
}

// The step becomes active: people, time limits, and what its kind does first.
inline void Machine::begin_activity(const PlanStep& step, const Move& move) {
  StepEntered entered;
  entered.token = move.token;
  entered.instance = move.instance;
  entered.step = step.id;
  entered.kind = activity_kind(step.kind);
  entered.visit = next_visit(step, move.instance);
  entered.from = move.from;
  entered.after = move.after;
  if (step.stage != no_ref) entered.stage = plan.stages()[step.stage].id;
  entered.managers = step.accountable;
  const bool human = step.kind == StepKind::task || step.kind == StepKind::approval;
  if (human) {
    entered.roles =
        step.kind == StepKind::approval && step.approvers ? step.approvers->roles : step.responsible;
    entered.reviewer = step.kind == StepKind::task ? step.review : std::string();
    entered.excluded = kept_out(step, move.instance);
    // Nobody approves his own work.
    if (step.kind == StepKind::approval && !move.after.empty()) add_sorted(entered.excluded, move.after);
    entered.candidates = candidates_for(entered.roles, entered.excluded);
    entered.unstaffed = has_directory() && entered.candidates.empty();
    entered.excluded.clear();  // looked up anew at every act; recorded are only those who gave the task away
    if (step.kind == StepKind::approval && !move.after.empty()) entered.excluded = {move.after};
  } else {
    entered.roles = step.responsible;
  }

  std::vector<std::pair<ArmedClock, DueTime>> unknown;
  entered.clocks = clocks_of(step, move.token, move.instance, entered.visit, unknown);
  std::size_t timers = 0;
  for (const Clock& clock : s.clocks) timers += clock.armed.rungs.size();
  for (const ArmedClock& clock : entered.clocks) timers += clock.rungs.size();
  if (timers > facts.limits.open_timers)
    return fail(ErrorCode::limit_exceeded,
                cat("the run would have more than ", facts.limits.open_timers, " open timers"));
  diagnostics.clear();
  null_conditions = 0;
  emit(std::move(entered));
  for (const auto& [clock, due] : unknown) clock_incident(clock, due);

  if (failed()) return;
  if (step.kind == StepKind::service) return request_service(move.token);
  if (step.kind == StepKind::each && step.each && step.each->event.empty()) return open_list(move.token);
  dirty = dirty || step.kind == StepKind::each ||
          std::any_of(step.waits.begin(), step.waits.end(),
                      [](const PlanWait& wait) { return wait.by_condition(); });
  if (step.kind == StepKind::each || step.kind == StepKind::wait) return deliver_kept(move.token);
  if (step.kind == StepKind::call)
    incident("not_supported", find_activity(s, move.token), {},
             "this version of the library does not call SOPs", move.instance);
}

// (12): a join fires as long as every one of its edges (or as many as it counts) has a token.
// With `go` it fires once and goes there, whatever its branches say: somebody decided so.
inline void Machine::try_join(const PlanStep& step, InstanceId instance, std::uint32_t go) {
  while (!failed()) {
    std::vector<const Move*> taken;
    for (const PlanJoinGroup& group : step.join) {
      for (const Move& parked : s.parked) {
        if (parked.instance != instance || parked.to != step.id) continue;
        const bool of_group = std::any_of(group.from.begin(), group.from.end(), [&](std::uint32_t from) {
          return plan.step(from).id == parked.from;
        });
        if (!of_group) continue;
        taken.push_back(&parked);
        break;
      }
    }
    const std::size_t wanted = step.join_count == 0 ? step.join.size() : step.join_count;
    if (taken.size() < wanted || taken.empty()) return;
    taken.resize(wanted);
    JoinFired fired;
    fired.instance = instance;
    fired.step = step.id;
    fired.visit = next_visit(step, instance);
    std::string after;
    for (const Move* move : taken) {
      fired.taken.push_back(move->token);
      if (!move->after.empty()) after = move->after;
    }
    if (go != no_ref) {
      fired.moves.push_back(move_to(fired.taken.front(), instance, step.id, go, std::move(after)));
      return emit(std::move(fired));
    }
    if (turns_in_circles(step, instance))
      return incident("livelock", nullptr, {}, circle_text(step), instance, &step);
    RunPlace place;
    place.instance = instance;
    place.step = step.ref;
    const std::optional<Choice> choice = choose(step.next, place);
    if (!choice)
      return incident("no_branch", nullptr, {}, cat("no branch of ", step.id, " is true"), instance, &step);
    fired.branch = choice->branch;
    fired.set = names_of(choice->set);
    if (choice->go != no_ref)
      fired.moves.push_back(move_to(fired.taken.front(), instance, step.id, choice->go, std::move(after)));
    emit(std::move(fired), set_data(choice->set));
    null_conditions = 0;
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
