// Timers: which is next, and what firing it does. Part run, private. Invariants (8)-(10) and (13) of decide.hpp.
#pragma once

#include "aesop/run/machine_core.hpp"

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

// Fires what is due by `until`, at most `limit` timers. True when some are left.
inline bool Machine::fire_timers(std::size_t limit) {
  while (!failed()) {
    const std::optional<Timer> timer = next_timer();
    if (!timer || timer->due > until) return false;
    if (fired_count >= limit) return true;
    ++fired_count;
    now = std::max(timer->due, s.last_at);
    if (out_of_fuel()) {
      // (16): a ladder that leads back to itself at once. Its clock stops, people see why.
      const Clock* clock = find_clock(s, timer->clock);
      const TokenId token = clock ? clock->armed.token : 0;
      emit(ClockStopped{timer->clock, timer->occurrence, "livelock"});
      incident("livelock", token ? find_activity(s, token) : nullptr, timer->clock,
               cat("more than ", facts.limits.events_per_command, " events came of one command"));
      continue;
    }
    fire(*timer, {});
    settle();
  }
  return false;
}

inline void Machine::fire(const Timer& timer, std::string cause) {
  const auto at = std::find_if(s.clocks.begin(), s.clocks.end(), [&](const Clock& c) {
    return c.armed.id == timer.clock && c.armed.occurrence == timer.occurrence;
  });
  if (at == s.clocks.end()) return;
  const Clock clock = *at;
  RungFired fired;
  fired.timer = timer_id(s.id, timer.clock, timer.occurrence, timer.rung);
  fired.clock = timer.clock;
  fired.occurrence = timer.occurrence;
  fired.rung = timer.rung;
  fired.kind = clock.armed.kind;
  fired.token = clock.armed.token;
  fired.ref = clock.armed.ref;
  fired.due = timer.due;
  fired.late_us = cause.empty() ? until - timer.due : 0;
  fired.cause = std::move(cause);

  const bool owed = clock.armed.kind == ClockKind::emergency_review || clock.armed.kind == ClockKind::handoff;
  switch (clock.armed.kind) {
    case ClockKind::step:
    case ClockKind::stage:
    case ClockKind::case_clock:
    case ClockKind::emergency_review:
    case ClockKind::handoff: {
      const ClockPlan limits = plan_of(clock.armed);
      const std::size_t index = owed ? timer.rung - 1 : timer.rung;
      if (!(owed && timer.rung == 0)) {
        if (limits.rungs == nullptr || index >= limits.rungs->size())
          return fail(ErrorCode::internal, cat("the plan has no rung ", timer.rung, " of ", timer.clock));
        return fire_rung(clock, (*limits.rungs)[index], std::move(fired));
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
      if (clock.armed.id == run_resume_clock) {
        // Nobody resumed it in time: it goes on, and those who answer for it are told.
        std::vector<std::string> roles;
        for (const PlanStep& step : plan.steps())
          for (const std::string& role : step.accountable) add_sorted(roles, role);
        if (!roles.empty()) fired.actions.push_back("notify");
        for (const std::string& role : roles) fired.resolved.push_back({"notify", role, people_of(role)});
        emit(std::move(fired));
        return resume_run();
      }
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
  const ClockPlan limits = plan_of(armed);
  RunPlace place = place_of(armed);
  fired.held = holds(rung.condition, place);
  const auto mine = std::find_if(armed.rungs.begin(), armed.rungs.end(),
                                 [&](const ArmedRung& r) { return r.index == fired.rung; });

  // Cycles: the next is due a period after this one was, however late this one is; what was missed is folded.
  if (rung.every.given() && mine != armed.rungs.end() &&
      (rung.times == 0 || mine->count + 1 < static_cast<std::uint32_t>(rung.times))) {
    if (const std::optional<Span> period = span_of(rung.every, place); period && period->amount > 0) {
      // What would have ended the step in between ends it before the next: fold only up to there.
      Instant horizon = until;
      for (const Clock& other : s.clocks) {
        const ClockPlan of = plan_of(other.armed);
        if (of.rungs == nullptr || frozen(other)) continue;
        for (const ArmedRung& r : other.armed.rungs)
          if (r.index < of.rungs->size() && (*of.rungs)[r.index].go != no_ref)
            horizon = std::min(horizon, r.due);
      }
      const std::string_view name = limits.due && !limits.due->calendar.empty()
                                        ? std::string_view(limits.due->calendar)
                                        : limits.calendar;
      Instant next = fired.due;
      if (period->unit == SpanUnit::elapsed && horizon > next) {
        const std::int64_t missed = (horizon - next) / period->amount;
        fired.folded = static_cast<std::uint32_t>(std::min<std::int64_t>(missed, UINT32_MAX));
        next = next + missed * period->amount;
      }
      for (int n = 0; n < 100'000; ++n) {
        auto moved = add_span(next, *period, name);
        if (!moved || *moved <= next) break;
        next = *moved;
        if (next > horizon) {
          fired.next = ArmedRung{fired.rung, next, mine->count + 1};
          break;
        }
        ++fired.folded;
      }
    }
  }

  if (!fired.held) {
    emit(std::move(fired), set_data({}));
    null_conditions = 0;
    return;
  }

  // (R) Targets are people now, not when the clock was armed.
  bool asked = false, found = false;
  std::vector<std::string> new_roles, new_people;
  const auto resolve = [&](std::string_view action, const std::vector<std::string>& targets) {
    if (targets.empty()) return;
    asked = true;
    fired.actions.emplace_back(action);
    for (const std::string& target : targets) {
      // Ladders of stages and cases name roles: they belong to no step.
      std::vector<std::string> people =
          resolve_target(target, limits.step, action == "reassign" ? nullptr : activity);
      if (action == "reassign") {
        for (const std::string& role : roles_of_target(target, limits.step)) add_sorted(new_roles, role);
        for (const std::string& person : people) add_sorted(new_people, person);
      }
      found = found || !people.empty();
      if (people.empty())
        fired.unresolved.push_back(target);
      else
        fired.resolved.push_back({std::string(action), target, std::move(people)});
    }
  };
  resolve("notify", rung.notify);
  resolve("page", rung.page);
  resolve("reassign", rung.reassign);
  if (rung.raise > 0) fired.actions.emplace_back("raise");
  if (!rung.start_sop.empty()) fired.actions.emplace_back("start");
  if (rung.also != no_ref) {
    fired.actions.emplace_back("also");
    fired.moves.push_back(move_to(s.last_token + 1, armed.instance, {}, rung.also, {}));
  }
  const bool interrupts = rung.go != no_ref;
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
  const std::uint32_t number = fired.rung;
  const bool nobody = asked && !found;
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
    if (!new_roles.empty() && human && open->state != TaskState::completed) {
      std::vector<std::string> candidates;
      const std::vector<std::string> excluded = kept_out(step_of(*open), open->instance);
      if (has_directory())
        for (const std::string& person : new_people)
          if (!contains(excluded, person)) candidates.push_back(person);
      emit(TaskReassigned{token, new_roles, std::move(candidates), timer});
    }
  }
  if (!rung.start_sop.empty()) emit(LinkedRunRequested{rung.start_sop, s.thread, timer});
  if (interrupts) {
    if (armed.token != 0) {
      divert(armed.token, LeaveReason::lapsed, rung.go, timer);
    } else if (wide) {
      for (const TokenId token : tokens) end_token(token, LeaveReason::lapsed, timer);
    }
    return;
  }
  if (!nobody || failed()) return;
  // Nobody to tell: the next rung does not wait for its time.
  for (const Clock& running : s.clocks) {
    if (running.armed.id != armed.id || running.armed.occurrence != armed.occurrence) continue;
    const ArmedRung* next = nullptr;
    for (const ArmedRung& candidate : running.armed.rungs)
      if (candidate.index > number && (next == nullptr || candidate.index < next->index)) next = &candidate;
    if (next == nullptr) return;
    const Timer ahead{armed.id, armed.occurrence, next->index, next->due};
    return fire(ahead, timer);
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
