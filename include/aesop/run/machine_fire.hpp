// Timers: which is next, and what firing it does. Part run, private. Invariants (8)-(10) and (13) of decide.hpp.
#pragma once

#include "aesop/run/machine_core.hpp"
#include "aesop/run/machine_cycle.hpp"
#include "aesop/run/machine_tell.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

// The first in the order (due, clock, occurrence, rung).
inline std::optional<Machine::Timer> Machine::next_timer() const {
  const Clock* best = nullptr;
  const ArmedRung* best_rung = nullptr;
  for (const Clock& clock : s.clocks) {
    if (clock.armed.rungs.empty() || frozen(clock)) continue;
    for (const ArmedRung& rung : clock.armed.rungs)
      if (best == nullptr ||
          std::tie(rung.due, clock.armed.id, clock.armed.occurrence, rung.index) <
              std::tie(best_rung->due, best->armed.id, best->armed.occurrence, best_rung->index)) {
        best = &clock;
        best_rung = &rung;
      }
  }
  if (best == nullptr) return std::nullopt;
  return Timer{best->armed.id, best->armed.occurrence, best_rung->index, best_rung->due};
}

// Fires what is due by `until` (by `last`: see fire_due), at most `limit` timers. True when some are left.
inline bool Machine::fire_timers(std::size_t limit, std::optional<Instant> last) {
  std::size_t looked_at = events.size();
  while (!failed()) {
    if (last) {
      for (; looked_at < events.size(); ++looked_at)
        if (events[looked_at].type() == EventType::linked_run_requested) return true;
    }
    const std::optional<Timer> timer = next_timer();
    if (!timer || timer->due > until) return false;
    if (fired_count >= limit || (last && timer->due > *last)) return true;
    ++fired_count;
    now = std::max(timer->due, s.last_at);
    if (const PlanStep* circle = circle_of(*timer)) {
      // (16): a ladder that leads back to itself at once. Its clock stops, people see why.
      const Clock* clock = find_clock(s.clocks, timer->clock, timer->occurrence);
      const TokenId token = clock ? clock->armed.token : 0;
      const InstanceId instance = clock ? clock->armed.instance : 0;
      emit(ClockStopped{timer->clock, timer->occurrence, "livelock"});
      incident("livelock", token ? find_activity(s, token) : nullptr, timer->clock, circle_text(*circle),
               instance);
      settle();
      continue;
    }
    fire(*timer);
    settle();
  }
  return false;
}

// The step a timer would send a token back to without any time having passed; nullptr when it makes progress. A clock
// that began before this instant waited for its time, however much comes due with it: that is catching up.
inline const PlanStep* Machine::circle_of(const Timer& timer) const {
  if (s.repeats.empty()) return nullptr;
  const Clock* clock = find_clock(s.clocks, timer.clock, timer.occurrence);
  if (clock == nullptr || clock->armed.started < now) return nullptr;
  const auto circle = [&](std::uint32_t go) -> const PlanStep* {
    if (go == no_ref || !turns_in_circles(plan.step(go), clock->armed.instance)) return nullptr;
    return &plan.step(go);
  };
  if (clock->armed.kind == ClockKind::wait) {
    const PlanStep* step = plan.find(clock->armed.ref);
    return step && timer.rung < step->waits.size() ? circle(step->waits[timer.rung].branch.go) : nullptr;
  }
  const PlanRung* rung = rung_of(clock->armed, timer.rung);
  if (rung == nullptr) return nullptr;
  const PlanStep* found = circle(rung->go);
  return found ? found : circle(rung->also);
}

inline void Machine::fire(const Timer& timer) {
  const Clock* at = find_clock(s.clocks, timer.clock, timer.occurrence);
  if (at == nullptr) return;
  const Clock clock = *at;
  RungFired fired = firing_of(clock.armed, timer.rung, timer.due);
  fired.late_us = until - timer.due;

  switch (clock.armed.kind) {
    case ClockKind::step:
    case ClockKind::stage:
    case ClockKind::case_clock:
    case ClockKind::emergency_review:
    case ClockKind::handoff: {
      const ClockPlan limits = plan_of(clock.armed);
      if (!(is_owed(clock.armed) && timer.rung == 0)) {
        const PlanRung* rung = rung_of(clock.armed, timer.rung);
        if (rung == nullptr)
          return fail(ErrorCode::internal, cat("the plan has no rung ", timer.rung, " of ", timer.clock));
        return fire_rung(clock, *rung, std::move(fired));
      }
      // The time limit itself: recorded, and where there is no ladder somebody is told all the same.
      if (clock.armed.kind == ClockKind::emergency_review) {
        emit(std::move(fired));
        EmergencyReviewOverdue overdue;
        overdue.id = clock.armed.ref;
        const Deviation* deviation = find_deviation(s, clock.armed.ref);
        if (deviation) {
          for (const std::string& role : deviation->approvers)
            for (const std::string& person : people_of(role)) add_sorted(overdue.people, person);
          if (const PlanStep* step = plan.find(deviation->step))
            for (const std::string& role : step->accountable)
              for (const std::string& person : people_of(role)) add_sorted(overdue.people, person);
        }
        return emit(std::move(overdue));
      }
      if (limits.rungs == nullptr || limits.rungs->empty()) {
        const Handoff* handoff = find_handoff(s, clock.armed.ref);
        const PlanHandoff* of = handoff ? plan.find_handoff(handoff->handoff) : nullptr;
        if (of && !of->from.empty()) {
          fired.actions.push_back("notify");
          fired.resolved.push_back({"notify", of->from, people_of(of->from)});
        }
      }
      return emit(std::move(fired));
    }
    case ClockKind::wait:
      return fire_wait(clock, std::move(fired));
    case ClockKind::retry: {
      const TokenId token = clock.armed.token;
      emit(std::move(fired));
      return request_service(token);
    }
    case ClockKind::exception_decision: {
      const std::string id = clock.armed.ref;
      emit(std::move(fired));
      return exception_timeout(id);
    }
    case ClockKind::exception_validity: {
      const std::string id = clock.armed.ref;
      emit(std::move(fired));
      return emit(ExceptionExpired{id});
    }
    case ClockKind::task_resume: {
      const TokenId token = clock.armed.token;
      emit(std::move(fired));
      const Activity* activity = find_activity(s, token);
      if (activity == nullptr || activity->state != TaskState::suspended) return;
      TaskResumed resume;
      resume.token = token;
      for (const Clock& one : s.clocks)
        if (one.armed.token == token && frozen(one))
          resume.clocks.push_back(resumed(one, *activity->suspended_at));
      return emit(std::move(resume));
    }
  }
}

// A time limit of a wait: the step is left by that branch.
inline void Machine::fire_wait(const Clock& clock, RungFired fired) {
  const Activity* activity = find_activity(s, clock.armed.token);
  if (activity == nullptr) return;
  const PlanStep& step = step_of(*activity);
  if (fired.rung >= step.waits.size())
    return fail(ErrorCode::internal, "the plan has no such time limit of the wait");
  const PlanWait& wait = step.waits[fired.rung];
  const Value form = activity->form;
  RunPlace place;
  place.instance = activity->instance;
  place.step = step.ref;
  place.form = &form;
  const bool held = holds(wait.branch.condition, place);
  fired.held = held;
  const std::string cause = fired.timer;
  const std::uint32_t index = fired.rung;
  emit(std::move(fired), held ? Value() : set_data({}));
  null_conditions = 0;
  if (!held || failed()) return;
  Choice choice;
  choice.branch = index;
  choice.go = wait.branch.go;
  choice.set = evaluate_sets(wait.branch.set, place);
  leave(clock.armed.token, LeaveReason::completed, choice, {}, cause);
}

// A rung of a ladder: tells people, hands work on, starts, diverts.
inline void Machine::fire_rung(const Clock& clock, const PlanRung& rung, RungFired fired) {
  const ArmedClock& armed = clock.armed;
  const Activity* activity = armed.token ? find_activity(s, armed.token) : nullptr;
  fired.held = holds(rung.condition, place_of(armed));
  const auto mine = std::find_if(armed.rungs.begin(), armed.rungs.end(),
                                 [&](const ArmedRung& r) { return r.index == fired.rung; });

  if (mine != armed.rungs.end()) count_cycle(clock, rung, *mine, fired);

  if (!fired.held) {
    emit(std::move(fired), set_data({}));
    null_conditions = 0;
    return;
  }

  // Work that is done and waits for its review is not taken away again: there the ladder tells people, no more.
  const bool review = activity != nullptr && activity->in_review();
  Heard heard;
  resolve_rung("notify", rung.notify, armed, fired, heard);
  resolve_rung("page", rung.page, armed, fired, heard);
  if (!review) resolve_rung("reassign", rung.reassign, armed, fired, heard);
  if (rung.raise > 0) fired.actions.emplace_back("raise");
  const bool starts = !review && !rung.start_sop.empty();
  if (starts) fired.actions.emplace_back("start");
  if (!review && rung.also != no_ref) {
    fired.actions.emplace_back("also");
    fired.moves.push_back(move_to(s.last_token + 1, armed.instance, {}, rung.also, {}));
  }
  const bool interrupts = !review && rung.go != no_ref;
  const bool wide = armed.kind == ClockKind::stage || armed.kind == ClockKind::case_clock;
  if (interrupts) {
    fired.actions.emplace_back("go");
    if (wide) {
      const TokenId token = fired.moves.empty() ? s.last_token + 1 : fired.moves.back().token + 1;
      fired.moves.push_back(move_to(token, armed.instance, {}, rung.go, {}));
      // Tokens waiting before joins belong to what is interrupted.
      for (const Move& parked : s.parked) {
        const PlanStep* from = plan.find(parked.from);
        if (armed.kind == ClockKind::case_clock ||
            (parked.instance == armed.instance && from && from->stage != no_ref &&
             plan.stages()[from->stage].id == armed.ref))
          fired.dropped.push_back(parked.token);
      }
    }
  }
  const std::string timer = fired.timer;
  const ArmedRung silent{fired.rung, fired.due, 0};
  emit(std::move(fired), set_data({}));
  null_conditions = 0;

  std::vector<TokenId> tokens;
  if (armed.token != 0) {
    tokens = {armed.token};
  } else if (wide) {
    for (const Activity& open : s.activities)
      if (armed.kind == ClockKind::case_clock || (open.stage == armed.ref && open.instance == armed.instance))
        tokens.push_back(open.token);
  }
  for (const TokenId token : tokens) {
    const Activity* open = find_activity(s, token);
    if (open == nullptr || failed()) continue;
    if (rung.raise > open->priority) emit(PriorityRaised{token, rung.raise, timer});
    const bool human = open->kind == ActivityKind::task || open->kind == ActivityKind::approval;
    // What is done or has failed is not given to others: its review, or its incident, decides.
    const bool over = open->state == TaskState::completed || open->state == TaskState::failed;
    if (!heard.roles.empty() && human && !over) {
      std::vector<std::string> candidates;
      const std::vector<std::string> excluded = kept_out(step_of(*open), open->instance);
      if (has_directory())
        for (const std::string& person : heard.people)
          if (!contains(excluded, person)) candidates.push_back(person);
      emit(TaskReassigned{token, heard.roles, std::move(candidates), timer});
    }
  }
  if (starts) emit(LinkedRunRequested{rung.start_sop, s.thread, timer});
  if (interrupts) {
    if (armed.token != 0) {
      divert(armed.token, LeaveReason::lapsed, rung.go, timer);
    } else if (wide) {
      for (const TokenId token : tokens) end_token(token, LeaveReason::lapsed, timer);
    }
    return;
  }
  if (heard.asked && !heard.found && !failed()) tell_next(armed, silent, timer);
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
