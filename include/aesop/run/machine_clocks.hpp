// Time limits: when a clock is due, how its ladder is armed, what starts and stops it. Part run, private.
// Everything timed in a run is a Clock occurrence; a timer is one armed rung of it.
//   id                          kind                 ref             rungs
//   step.STEP[#INSTANCE]        step                 step            the ladder of the step
//   review.STEP[#INSTANCE]      step                 step            the same for the review of a completed task
//   wait.STEP[#INSTANCE]        wait                 step            one per `after` of the wait, numbered as its branches
//   retry.STEP[#INSTANCE]       retry                step            0: the next attempt
//   resume.STEP[#INSTANCE]      task_resume          step            0: the task goes on
//   resume.run                  task_resume          -               0: the suspended run goes on
//   stage.STAGE, clock.CLOCK    stage, case          stage, clock    the ladder
//   exception.X, validity.X     exception_decision, exception_validity   x1   0
//   emergency.X                 emergency_review     x1              0: overdue; from 1 the ladder of the policy
//   handoff.H                   handoff              h1              0: not acknowledged; from 1 the ladder
#pragma once

#include "aesop/run/machine_core.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline std::string Machine::step_clock_id(std::string_view kind, const PlanStep& step,
                                          InstanceId instance) const {
  return instance == 0 ? cat(kind, '.', step.id) : cat(kind, '.', step.id, '#', instance);
}

inline std::string Machine::zone_version() const {
  return zoned && facts.ports && facts.ports->zones ? facts.ports->zones->data_version() : std::string();
}

// nullptr for a name that is not known; an empty name is always open in the SOP's zone.
inline const Calendar* Machine::calendar(std::string_view name) {
  if (name.empty()) return nullptr;
  if (facts.calendars)
    if (const Calendar* found = facts.calendars->find(name, s.scope)) return found;
  for (const CalendarDefinition& definition : plan.definition().calendars)
    if (definition.name.text == name) return definition.calendar.get();
  return nullptr;
}

inline Result<Instant> Machine::add_span(Instant from, const Span& span, std::string_view calendar_name) {
  const ZonePort* zones = facts.ports ? facts.ports->zones : nullptr;
  if (span.unit == SpanUnit::elapsed) return from + span.amount;
  zoned = true;
  if (!calendar_name.empty()) {
    const Calendar* found = calendar(calendar_name);
    if (found == nullptr)
      return Error{ErrorCode::not_found,
                   cat("there is no calendar \"", printable(calendar_name, 60), "\" at the scope")};
    return found->add(from, span, zones);
  }
  return Calendar::always_open(plan.zone()).add(from, span, zones);
}

inline std::optional<Span> Machine::span_of(const PlanSpan& span, const RunPlace& place) {
  if (span.span) return span.span;
  if (span.parameter != no_ref) {
    const Value text = parameter(span.parameter);
    if (!text.is_string()) return std::nullopt;
    auto parsed = parse_span(text.as_string());
    if (!parsed) return std::nullopt;
    return *parsed;
  }
  if (!span.feel) return std::nullopt;
  const Value value = evaluate(*span.feel, place);
  if (value.is(ValueKind::days_duration)) {
    const DaysDuration duration = value.as_days_duration();
    if (mul_overflows(duration.seconds, us_per_second)) return std::nullopt;
    return Span::elapsed(duration.seconds * us_per_second + duration.nanos / 1000);
  }
  if (value.is(ValueKind::months_duration)) return Span::months(value.as_months_duration().months);
  if (value.is_string()) {
    auto parsed = parse_span(value.as_string());
    if (parsed) return *parsed;
  }
  return std::nullopt;
}

inline DueTime Machine::moment_time(const PlanMoment& moment, Instant start, const RunPlace& place) {
  const auto at = [](Instant when) { return DueTime{DueTime::Kind::at, when, {}}; };
  switch (moment.kind) {
    case PlanMoment::Kind::start:
      return at(start);
    case PlanMoment::Kind::run_started:
      return at(s.started);
    case PlanMoment::Kind::step_entered: {
      const StepRecord* record = record_of(plan.step(moment.step), place.instance);
      if (record && record->visit > 0) return at(record->entered);
      return {DueTime::Kind::pending, {}, {}};
    }
    case PlanMoment::Kind::step_completed: {
      const StepRecord* record = record_of(plan.step(moment.step), place.instance);
      if (record && record->completed) return at(*record->completed);
      return {DueTime::Kind::pending, {}, {}};
    }
    case PlanMoment::Kind::event: {
      if (const Instance* instance = instance_of_step(place.instance, moment.step))
        return at(instance->occurred);
      if (const EventRecord* record = find_event_record(s, moment.name)) return at(record->occurred);
      return {DueTime::Kind::pending, {}, {}};
    }
    case PlanMoment::Kind::feel: {
      if (!moment.feel) return {DueTime::Kind::unknown, {}, "the moment is not given"};
      const Value value = evaluate(*moment.feel, place);
      if (value.is_null()) return {DueTime::Kind::pending, {}, {}};
      if (!value.is_date_time() && !value.is_date())
        return {DueTime::Kind::unknown,
                {},
                cat("the moment is a ", to_string(value.kind()), ", not a date and time")};
      DateTime moment_value = value.as_date_time();
      zoned = true;
      if (moment_value.zone.is_none() || value.is_date()) moment_value.zone = ZoneRef::named(plan.zone());
      auto instant =
          to_instant(moment_value, facts.ports && facts.ports->zones ? facts.ports->zones : &fixed_zones());
      if (!instant) return {DueTime::Kind::unknown, {}, instant.error().message};
      return at(*instant);
    }
  }
  return {};
}

inline DueTime Machine::phrase_time(const PlanPhrase& phrase, Instant start, std::string_view calendar_name,
                                    const RunPlace& place) {
  const ZonePort* zones = facts.ports ? facts.ports->zones : nullptr;
  const auto from = [](Result<Instant> result) {
    if (!result) return DueTime{DueTime::Kind::unknown, {}, result.error().message};
    return DueTime{DueTime::Kind::at, *result, {}};
  };
  if (phrase.kind == PlanPhrase::Kind::moment_feel) {
    const Value value = phrase.moment ? evaluate(*phrase.moment, place) : Value();
    if (value.is_null()) return {DueTime::Kind::pending, {}, {}};
    if (value.is(ValueKind::days_duration) || value.is(ValueKind::months_duration) || value.is_string()) {
      PlanSpan span;
      if (value.is(ValueKind::days_duration)) {
        span.span = Span::elapsed(value.as_days_duration().seconds * us_per_second);
      } else if (value.is(ValueKind::months_duration)) {
        span.span = Span::months(value.as_months_duration().months);
      } else if (auto parsed = parse_span(value.as_string())) {
        span.span = *parsed;
      }
      if (!span.span) return {DueTime::Kind::unknown, {}, "the text is no span of time"};
      return from(add_span(start, *span.span, calendar_name));
    }
    PlanMoment moment;
    moment.kind = PlanMoment::Kind::feel;
    moment.feel = phrase.moment;
    return moment_time(moment, start, place);
  }
  DueTime anchor = moment_time(phrase.anchor, start, place);
  if (anchor.kind != DueTime::Kind::at) return anchor;
  zoned = zoned || phrase.kind != PlanPhrase::Kind::span;
  if (phrase.kind == PlanPhrase::Kind::span) {
    const std::optional<Span> span = span_of(phrase.span, place);
    if (!span) return {DueTime::Kind::unknown, {}, "the span of time is not known"};
    return from(add_span(anchor.at, phrase.before ? span->negated() : *span, calendar_name));
  }
  const Calendar* found = calendar(calendar_name);
  if (found == nullptr && !calendar_name.empty())
    return {DueTime::Kind::unknown,
            {},
            cat("there is no calendar \"", printable(calendar_name, 60), "\" at the scope")};
  const Calendar always = Calendar::always_open(plan.zone());
  if (found == nullptr) found = &always;
  if (phrase.kind == PlanPhrase::Kind::end_of_day) return from(found->end_of_day(anchor.at, zones));
  std::optional<int> cut_off;
  if (phrase.cut_off) {
    const Value text = evaluate(*phrase.cut_off, place);
    const auto time = text.is_string() ? parse_time(cat(text.as_string(), ":00")) : std::nullopt;
    if (!time) return {DueTime::Kind::unknown, {}, "the cut-off is no time such as 16:00"};
    cut_off = time->local.hour() * 60 + time->local.minute();
  }
  return from(found->end_of_business_day(anchor.at, zones, cut_off));
}

// Fills due time and rungs of a clock from its start. `pending` while its anchor has not happened.
inline DueTime Machine::arm(ArmedClock& clock, const ClockPlan& limits, const RunPlace& place) {
  const bool owed = is_owed(clock);
  if (!owed) clock.due.reset();
  clock.rungs.clear();
  clock.pending = false;
  DueTime due;
  zoned = false;
  // What is owed has a rung of its own at the due time, before its ladder.
  if (owed && clock.due) clock.rungs.push_back({0, *clock.due, 0});
  if (limits.due) {
    const std::string_view name =
        limits.due->calendar.empty() ? limits.calendar : std::string_view(limits.due->calendar);
    due = phrase_time(limits.due->phrase, clock.started, name, place);
    if (due.kind == DueTime::Kind::at) clock.due = due.at;
    clock.pending = due.kind == DueTime::Kind::pending;
  }
  clock.zones = zone_version();
  if (!limits.rungs) return due;
  const std::string_view name =
      limits.due && !limits.due->calendar.empty() ? std::string_view(limits.due->calendar) : limits.calendar;
  for (std::uint32_t i = 0; i < limits.rungs->size(); ++i) {
    const PlanRung& rung = (*limits.rungs)[i];
    Instant at = clock.started;
    if (rung.base != PlanRung::Base::start) {
      if (!clock.due) continue;
      if (rung.base == PlanRung::Base::due) {
        at = *clock.due;
      } else {
        const std::int64_t whole = *clock.due - clock.started;
        at = clock.started + (whole / 100 * rung.percent + whole % 100 * rung.percent / 100);
      }
    }
    if (rung.offset.given()) {
      const std::optional<Span> span = span_of(rung.offset, place);
      if (!span) {
        due = {DueTime::Kind::unknown, {}, cat("when rung ", i + 1, " fires is not known")};
        continue;
      }
      auto moved = add_span(at, rung.negative ? span->negated() : *span, name);
      if (!moved) {
        due = {DueTime::Kind::unknown, {}, moved.error().message};
        continue;
      }
      at = *moved;
    }
    clock.rungs.push_back({owed ? i + 1 : i, at, 0});
  }
  clock.zones = zone_version();
  return due;
}

// The limits a running clock was armed by.
inline ClockPlan Machine::plan_of(const ArmedClock& clock) const {
  ClockPlan limits;
  const auto of_step = [&](const PlanStep* step) {
    if (step == nullptr) return;
    limits.step = step;
    limits.calendar = step->calendar;
  };
  switch (clock.kind) {
    case ClockKind::step:
      of_step(plan.find(clock.ref));
      if (limits.step) {
        limits.due = limits.step->due ? &*limits.step->due : nullptr;
        limits.rungs = &limits.step->escalate;
      }
      break;
    case ClockKind::stage:
      if (const PlanStage* stage = plan.find_stage(clock.ref)) {
        limits.due = stage->due ? &*stage->due : nullptr;
        limits.rungs = &stage->escalate;
        limits.calendar = stage->calendar;
      }
      break;
    case ClockKind::case_clock:
      if (const PlanClock* of = plan.find_clock(clock.ref)) {
        limits.due = of->due ? &*of->due : nullptr;
        limits.rungs = &of->escalate;
        limits.calendar = of->calendar;
      }
      break;
    case ClockKind::emergency_review:
      if (const Deviation* deviation = find_deviation(s, clock.ref)) {
        const PlanException* policy = plan.find_exception(deviation->policy);
        if (policy && policy->emergency) limits.rungs = &policy->emergency->escalate;
        of_step(plan.find(deviation->step));
      }
      break;
    case ClockKind::handoff:
      if (const Handoff* handoff = find_handoff(s, clock.ref))
        if (const PlanHandoff* of = plan.find_handoff(handoff->handoff)) {
          limits.rungs = &of->escalate;
          limits.calendar = of->calendar;
        }
      break;
    default:
      of_step(plan.find(clock.ref));
  }
  return limits;
}

// A rung of its ladder by the number it is armed with; nullptr when there is none.
inline const PlanRung* Machine::rung_of(const ArmedClock& clock, std::uint32_t index) const {
  const ClockPlan limits = plan_of(clock);
  if (is_owed(clock) && index-- == 0) return nullptr;
  return limits.rungs && index < limits.rungs->size() ? &(*limits.rungs)[index] : nullptr;
}

inline RunPlace Machine::place_of(const ArmedClock& clock) const {
  RunPlace place;
  place.instance = clock.instance;
  if (clock.token != 0)
    if (const Activity* activity = find_activity(s, clock.token)) {
      place.step = plan.find_step(activity->step);
      place.form = &activity->form;
    }
  return place;
}

// The clocks a visit begins with: the step's own, and the time limits of a wait.
inline std::vector<ArmedClock> Machine::clocks_of(const PlanStep& step, TokenId token, InstanceId instance,
                                                  std::uint32_t visit,
                                                  std::vector<std::pair<ArmedClock, DueTime>>& unknown) {
  std::vector<ArmedClock> clocks;
  RunPlace place;
  place.instance = instance;
  place.step = step.ref;
  // Another token may be on the same step of the same instance: then the visit tells their clocks apart.
  const auto base = [&](std::string_view kind, ClockKind clock_kind) {
    ArmedClock clock;
    clock.id = step_clock_id(kind, step, instance);
    clock.occurrence = visit;
    clock.kind = clock_kind;
    clock.token = token;
    clock.instance = instance;
    clock.ref = step.id;
    clock.started = now;
    return clock;
  };
  if (step.due || !step.escalate.empty()) {
    ArmedClock clock = base("step", ClockKind::step);
    if (step.due) clock.pause = pause_of(step.due->pause);
    const DueTime due = arm(clock, plan_of(clock), place);
    if (due.kind == DueTime::Kind::unknown) unknown.emplace_back(clock, due);
    clocks.push_back(std::move(clock));
  }
  if (step.kind == StepKind::wait) {
    ArmedClock clock = base("wait", ClockKind::wait);
    zoned = false;
    for (std::uint32_t i = 0; i < step.waits.size(); ++i) {
      if (!step.waits[i].after) continue;
      const DueTime due = phrase_time(*step.waits[i].after, now, step.calendar, place);
      if (due.kind == DueTime::Kind::at) clock.rungs.push_back({i, due.at, 0});
      if (due.kind == DueTime::Kind::pending) clock.pending = true;
      if (due.kind == DueTime::Kind::unknown) unknown.emplace_back(clock, due);
    }
    clock.zones = zone_version();
    if (!clock.rungs.empty() || clock.pending) clocks.push_back(std::move(clock));
  }
  return clocks;
}

inline void Machine::clock_incident(const ArmedClock& clock, const DueTime& due) {
  if (due.kind != DueTime::Kind::unknown) return;
  incident("due_unknown", clock.token ? find_activity(s, clock.token) : nullptr, clock.id, due.why,
           clock.instance);
}

// A rung fires once for each occurrence of its clock: of those that fired only `every` has something left, its next
// occurrence, as it was or from the new start, and its count goes on.
inline void Machine::keep_what_fired(std::vector<ArmedRung>& rungs, const Clock& before, bool new_start) {
  std::erase_if(rungs, [&](ArmedRung& rung) {
    const auto same = [&](const ArmedRung& other) { return other.index == rung.index; };
    if (std::none_of(before.fired.begin(), before.fired.end(), same)) return false;
    const auto left = std::find_if(before.armed.rungs.begin(), before.armed.rungs.end(), same);
    if (left == before.armed.rungs.end()) return true;
    if (new_start)
      rung.count = left->count;
    else
      rung = *left;
    return false;
  });
}

// An anchor may have come: clocks that wait for one are armed. What is armed stays as it is.
inline void Machine::look_at_pending_clocks() {
  for (std::size_t i = 0; i < s.clocks.size() && !failed(); ++i) {
    if (!s.clocks[i].armed.pending) continue;
    ArmedClock clock = s.clocks[i].armed;
    if (clock.kind == ClockKind::wait) {
      const PlanStep* step = plan.find(clock.ref);
      bool changed = false;
      clock.pending = false;
      for (std::uint32_t k = 0; step && k < step->waits.size(); ++k) {
        if (!step->waits[k].after) continue;
        const auto armed = std::find_if(clock.rungs.begin(), clock.rungs.end(),
                                        [&](const ArmedRung& r) { return r.index == k; });
        if (armed != clock.rungs.end()) continue;
        const DueTime due =
            phrase_time(*step->waits[k].after, clock.started, step->calendar, place_of(clock));
        if (due.kind == DueTime::Kind::at) {
          clock.rungs.push_back({k, due.at, 0});
          changed = true;
        } else if (due.kind == DueTime::Kind::pending) {
          clock.pending = true;
        }
      }
      if (changed)
        emit(ClockRescheduled{
            {clock.id, clock.occurrence, clock.started, clock.due, clock.rungs}, clock.pending, "anchor"});
      continue;
    }
    ArmedClock fresh = clock;
    const DueTime due = arm(fresh, plan_of(clock), place_of(clock));
    if (fresh.pending || due.kind == DueTime::Kind::pending) continue;
    // Rungs counted from the start may have fired already.
    keep_what_fired(fresh.rungs, s.clocks[i], false);
    emit(ClockRescheduled{
        {fresh.id, fresh.occurrence, fresh.started, fresh.due, fresh.rungs}, false, "anchor"});
    clock_incident(fresh, due);
  }
}

// Something with a name happened at a time that may lie before it was told: case clocks stop and start, handoffs begin.
inline void Machine::moment(std::string_view name, Instant when) {
  const auto names = [&](const std::vector<PlanMoment>& moments) {
    return std::any_of(moments.begin(), moments.end(), [&](const PlanMoment& m) {
      switch (m.kind) {
        case PlanMoment::Kind::run_started:
          return name == "run.started";
        case PlanMoment::Kind::event:
          return name == m.name;
        case PlanMoment::Kind::step_entered:
          return name == cat(plan.step(m.step).id, ".entered");
        case PlanMoment::Kind::step_completed:
          return name == cat(plan.step(m.step).id, ".completed");
        default:
          return false;
      }
    });
  };
  for (const PlanClock& clock : plan.clocks()) {
    if (failed() || !s.open()) return;
    const std::string id = cat("clock.", clock.id);
    const Clock* running = find_clock(s, id);
    if (running != nullptr && names(clock.stops)) {
      const Clock stopped = *running;
      moot(stopped.armed, stopped.fired);
      emit(ClockStopped{id, stopped.armed.occurrence, std::string(name)});
      continue;  // one moment does not stop and start the same clock
    }
    if (running == nullptr && names(clock.starts)) start_case_clock(clock, when);
  }
  handoffs(name);
}

inline void Machine::start_case_clock(const PlanClock& clock, Instant started) {
  ArmedClock armed;
  armed.id = cat("clock.", clock.id);
  armed.kind = ClockKind::case_clock;
  armed.ref = clock.id;
  for (const ClockCount& count : s.clock_counts)
    if (count.id == armed.id) armed.occurrence = count.count + 1;
  armed.started = started;
  armed.pause = pause_of(clock.pause);
  const DueTime due = arm(armed, plan_of(armed), RunPlace());
  emit(ClockStarted{armed});
  clock_incident(armed, due);
}

// A stage's clock runs while a step of the stage is active; inside an `each`, one for each instance.
inline void Machine::stage_clocks() {
  for (const PlanStage& stage : plan.stages()) {
    if (stage.steps.empty()) continue;
    const std::uint32_t owner = plan.block(plan.step(stage.steps.front()).block).owner_step;
    if (owner == no_ref) {
      stage_clock(stage, 0);
      continue;
    }
    for (std::size_t i = 0; i < s.instances.size() && !failed(); ++i)
      if (s.instances[i].step == plan.step(owner).id) stage_clock(stage, s.instances[i].id);
  }
}

inline void Machine::stage_clock(const PlanStage& stage, InstanceId instance) {
  if (failed()) return;
  const bool active = std::any_of(s.activities.begin(), s.activities.end(), [&](const Activity& a) {
    return a.stage == stage.id && a.instance == instance;
  });
  const std::string id = instance == 0 ? cat("stage.", stage.id) : cat("stage.", stage.id, '#', instance);
  const Clock* running = find_clock(s, id);
  if (active == (running != nullptr)) return;
  if (!active) {
    const Clock stopped = *running;
    moot(stopped.armed, stopped.fired);
    return emit(ClockStopped{id, stopped.armed.occurrence, "stage ended"});
  }
  if (!stage.due && stage.escalate.empty()) return;
  // (16): one that was stopped because it leads back to itself waits for somebody to look at the incident.
  if (std::any_of(s.incidents.begin(), s.incidents.end(),
                  [&](const Incident& i) { return i.kind == "livelock" && i.clock == id; }))
    return;
  ArmedClock armed;
  armed.id = id;
  armed.kind = ClockKind::stage;
  armed.instance = instance;
  armed.ref = stage.id;
  for (const ClockCount& count : s.clock_counts)
    if (count.id == id) armed.occurrence = count.count + 1;
  armed.started = now;
  if (stage.due) armed.pause = pause_of(stage.due->pause);
  RunPlace place;
  place.instance = instance;
  const DueTime due = arm(armed, plan_of(armed), place);
  emit(ClockStarted{armed});
  clock_incident(armed, due);
}

// A late fact ends the clock: rungs that fired for a time after it happened were not deserved.
inline void Machine::moot(const ArmedClock& clock, const std::vector<ArmedRung>& fired) {
  if (!by_actor || !occurred) return;
  for (const ArmedRung& rung : fired)
    if (rung.due > *occurred)
      emit(RungMooted{timer_id(s.id, clock.id, clock.occurrence, rung.index), clock.id, clock.occurrence,
                      rung.index});
}

inline void Machine::moot_of(TokenId token) {
  const Clock* clock = clock_of_step(token);
  if (clock == nullptr) return;
  const Clock copy = *clock;
  moot(copy.armed, copy.fired);
}

// The time limit of a visit, or of its review.
inline const Clock* Machine::clock_of_step(TokenId token) const {
  for (const Clock& clock : s.clocks)
    if (clock.armed.token == token && clock.armed.kind == ClockKind::step) return &clock;
  return nullptr;
}

// A clock that stands still: its run is suspended, or its task is and the clock heeds that.
inline bool Machine::frozen(const Clock& clock) const {
  if (clock.armed.id == run_resume_clock) return false;
  if (s.status == RunStatus::suspended) return true;
  if (clock.armed.token == 0 || clock.armed.pause == Pause::absolute ||
      clock.armed.kind == ClockKind::task_resume)
    return false;
  const Activity* activity = find_activity(s, clock.armed.token);
  return activity != nullptr && activity->state == TaskState::suspended;
}

// The times of a clock that stood still since `paused`.
inline ClockTimes Machine::resumed(const Clock& clock, Instant paused) {
  ClockTimes times{clock.armed.id, clock.armed.occurrence, clock.armed.started, clock.armed.due,
                   clock.armed.rungs};
  if (clock.armed.pause == Pause::restart) {
    ArmedClock fresh = clock.armed;
    fresh.started = now;
    arm(fresh, plan_of(fresh), place_of(fresh));
    keep_what_fired(fresh.rungs, clock, true);
    times.started = fresh.started;
    times.due = fresh.due;
    times.rungs = fresh.rungs;
  } else if (clock.armed.pause == Pause::remaining) {
    const Instant from = std::max(paused, clock.armed.started);
    const ClockPlan limits = plan_of(clock.armed);
    const std::string_view name = limits.due && !limits.due->calendar.empty()
                                      ? std::string_view(limits.due->calendar)
                                      : limits.calendar;
    const bool business =
        limits.due && limits.due->phrase.span.span && limits.due->phrase.span.span->is_business();
    const Calendar* hours = business ? calendar(name) : nullptr;
    const ZonePort* zones = facts.ports ? facts.ports->zones : nullptr;
    const auto shift = [&](Instant due) {
      if (hours != nullptr && due > from) {
        if (auto rest = hours->business_between(from, due, zones))
          if (auto moved = hours->add_business(now, *rest, zones)) return *moved;
      }
      return due + (now - from);
    };
    if (times.due) times.due = shift(*times.due);
    for (ArmedRung& rung : times.rungs) rung.due = shift(rung.due);
  }
  return times;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
