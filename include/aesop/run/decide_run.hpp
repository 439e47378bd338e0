// Verbs of the run as a whole: start, suspend, resume, cancel, record_event. Part run, private.
#pragma once

#include "aesop/model/conform.hpp"
#include "aesop/run/machine_core.hpp"
#include "aesop/run/machine_kept.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline void Machine::decide_start(const Start& start) {
  if (start.sop != plan.sop())
    return fail(ErrorCode::invalid_argument, cat("the plan is of ", plan.sop(), ", not ", start.sop));
  if (!start.data.is_null() && !start.data.is_context()) return reject("bad_data", "data must be an object");
  std::vector<std::string> names;
  std::vector<Entry> values;
  for (const Entry& given : start.data.entries())
    if (plan.find_variable(given.first) == no_ref) {
      std::vector<std::string_view> known;
      for (const PlanField& field : plan.variables()) known.push_back(field.definition->name);
      const auto near = did_you_mean(given.first, known);
      return reject("unknown_variable", cat("the SOP declares no variable ", printable(given.first, 60),
                                            near ? cat("; did you mean ", *near, "?") : std::string()));
    }
  for (const PlanField& field : plan.variables()) {
    const Value* given = start.data.find(field.definition->name);
    Value value = given ? *given : field.default_value ? evaluate(*field.default_value, RunPlace()) : Value();
    auto typed = conform(value, *field.definition);
    if (!typed) return reject("bad_data", typed.error().message);
    names.push_back(field.definition->name);
    values.emplace_back(field.definition->name, typed.take());
  }
  RunStarted started;
  started.run = command->run;
  started.sop = plan.sop();
  started.sop_version = plan.version();
  started.plan_hash = plan.hash();
  started.subject = start.subject;
  started.key = start.key.value_or("");
  started.scope = start.scope.value_or(actor().scope);
  started.thread = start.thread.value_or(command->run);
  started.parent = start.parent.value_or("");
  started.cause = start.cause.value_or("");
  started.set = std::move(names);
  diagnostics.clear();
  started.moves.push_back(move_to(1, 0, {}, plan.block(0).first_step, {}));
  emit(std::move(started),
       values.empty() ? Value() : Value::context({{"set", Value::context(std::move(values))}}));
}

// The run goes on; clocks that stood still get new times.
inline void Machine::resume_run() {
  RunResumed resume;
  for (const Clock& clock : s.clocks) {
    if (clock.armed.pause == Pause::absolute) continue;
    const Activity* activity = clock.armed.token ? find_activity(s, clock.armed.token) : nullptr;
    if (activity && activity->state == TaskState::suspended && clock.armed.kind != ClockKind::task_resume)
      continue;  // stands still further, for its task
    resume.clocks.push_back(resumed(clock, *s.suspended_at));
  }
  emit(std::move(resume));
  if (const Clock* clock = find_clock(s, run_resume_clock))
    emit(ClockStopped{clock->armed.id, clock->armed.occurrence, "resumed"});
}

// suspend, resume, cancel: for whom the SOP names, else whoever is accountable for a step of it.
inline void Machine::decide_run() {
  std::vector<std::string> roles = command->as<Cancel>() ? plan.cancel_by() : plan.suspend_by();
  if (roles.empty())
    for (const PlanStep& step : plan.steps())
      for (const std::string& role : step.accountable) add_sorted(roles, role);
  if (!roles.empty() && !acting_role(roles))
    return reject("not_permitted", cat("this is for ", join(roles, ", ")), {{"roles", text_list(roles)}});
  const auto why = [](const std::string& reason) {
    return Value::context({{"reason", Value::string(reason)}});
  };
  if (const Suspend* suspend = command->as<Suspend>()) {
    if (s.status == RunStatus::suspended) return reject("run_suspended");
    if (trim(suspend->reason).empty()) return reject("reason_missing");
    const std::optional<Span> most = span_of(plan.suspend_at_most(), RunPlace());
    if (!most) return emit(RunSuspended{}, why(suspend->reason));
    auto due = add_span(now, *most, plan.calendar());
    if (!due) return fail(due.error().code, due.error().message);
    emit(RunSuspended{}, why(suspend->reason));
    ArmedClock clock;
    clock.id = run_resume_clock;
    clock.occurrence = static_cast<std::uint32_t>(s.revision);  // each suspension is another one
    clock.kind = ClockKind::task_resume;
    clock.ref = "run";
    clock.started = now;
    clock.due = *due;
    clock.rungs = {{0, *due, 0}};
    return emit(ClockStarted{std::move(clock)});
  }
  if (command->as<Resume>()) {
    if (s.status != RunStatus::suspended) return reject("not_suspended");
    return resume_run();
  }
  const Cancel& cancel = *command->as<Cancel>();
  if (trim(cancel.reason).empty()) return reject("reason_missing");
  emit(RunCancelled{}, why(cancel.reason));
  close_run("cancelled");
}

inline void Machine::decide_event(const RecordEvent& record) {
  const PlanEvent* event = plan.find_event(record.event);
  if (event == nullptr) {
    std::vector<std::string_view> known;
    for (const PlanEvent& one : plan.events()) known.push_back(one.name);
    const auto near = did_you_mean(record.event, known);
    return reject("unknown_event", cat("the SOP declares no event ", printable(record.event, 60),
                                       near ? cat("; did you mean ", *near, "?") : std::string()));
  }
  if (!event->by.empty() && !acting_role(event->by))
    return reject("not_permitted", cat("the event ", event->name, " is reported by ", join(event->by, ", ")),
                  {{"roles", text_list(event->by)}});
  if (record.subject && *record.subject != s.subject) return reject("subject_mismatch");
  if (record.key && *record.key != s.key) return reject("subject_mismatch");
  Value payload = record.payload.is_null() ? Value::context({}) : record.payload;
  auto typed = conform(payload, event->definition->fields, "payload");
  if (!typed) return reject("bad_data", typed.error().message);
  payload = typed.take();
  for (const FieldDefinition& field : event->definition->fields)
    if (field.required.literal && payload.get(field.name).is_null())
      return reject("bad_data", cat("payload.", field.name, " must be given"),
                    {{"field", Value::string(field.name)}});
  if (!keeps_room(record.event))
    return reject("limit", cat("more than ", max_kept_events, " events ", record.event,
                               " wait for a step that counts them since before it began"));
  const Value seen_payload = payload.with("occurred", Value::instant(occurred_now()));
  RunPlace place;
  place.event = &seen_payload;
  EventRecorded recorded;
  recorded.event = record.event;
  recorded.applies = holds(event->condition, place);
  std::vector<NamedValue> set;
  if (recorded.applies) set = evaluate_sets(event->sets, place);
  recorded.set = names_of(set);
  const bool applies = recorded.applies;
  if (applies) diagnose_waits(record, payload, set);
  emit(std::move(recorded), set_data(set, {{"payload", payload}}));
  null_conditions = 0;
  if (!applies || !s.open()) return;
  keep(record.event, payload);
  moot_ended(record, payload);
  deliver(record, payload);
}

// Leaves a wait by the first branch an event fits, one that came before entry (`early`) by those with `since` alone.
inline bool Machine::end_wait(TokenId token, const std::string& event, const Value& payload, Instant when,
                              bool early) {
  const Activity* activity = find_activity(s, token);
  if (activity == nullptr) return false;
  const PlanStep& step = step_of(*activity);
  const Value seen_payload = payload.with("occurred", Value::instant(when));
  for (std::uint32_t i = 0; i < step.waits.size(); ++i) {
    const PlanWait& wait = step.waits[i];
    if (wait.event != event) continue;
    RunPlace place;
    place.instance = activity->instance;
    place.step = step.ref;
    if (early) {
      if (!wait.since) continue;
      const DueTime since = moment_time(*wait.since, now, place);
      if (since.kind != DueTime::Kind::at || when < since.at) continue;
    }
    place.form = &payload;
    place.done = true;
    place.event = &seen_payload;
    if (!holds(wait.branch.condition, place)) continue;
    StepLeft left;
    left.token = token;
    left.instance = activity->instance;
    left.step = step.id;
    left.visit = activity->visit;
    left.branch = i;
    if (wait.branch.go != no_ref)
      left.moves.push_back(move_to(token, activity->instance, step.id, wait.branch.go, activity->after));
    const std::vector<NamedValue> set = evaluate_sets(wait.branch.set, place);
    left.set = names_of(set);
    left.null_conditions = std::exchange(null_conditions, 0);
    moot_of(token);
    emit(std::move(left), set_data(set, {{"form", payload}}));
    return true;
  }
  return false;
}

// Why a wait for this event will not be left by it: a condition that is null is not true, and the event is where that is
// kept. A wait that is left says so itself.
inline void Machine::diagnose_waits(const RecordEvent& record, const Value& payload,
                                    const std::vector<NamedValue>& set) {
  const Value seen_payload = payload.with("occurred", Value::instant(occurred_now()));
  for (const Activity& activity : s.activities) {
    if (activity.kind != ActivityKind::wait) continue;
    const PlanStep& step = step_of(activity);
    RunPlace place;
    place.instance = activity.instance;
    place.step = step.ref;
    place.form = &payload;
    place.event = &seen_payload;
    place.overlay = set;  // what the event sets is what the condition will see
    const Diagnostics before = diagnostics;
    bool left = false;
    for (const PlanWait& wait : step.waits)
      left = left || (wait.event == record.event && holds(wait.branch.condition, place));
    if (left) diagnostics = before;
  }
  null_conditions = 0;
}

// A late fact that would have ended a visit before its time limit did: what fired is moot. What followed stays.
inline void Machine::moot_ended(const RecordEvent& record, const Value& payload) {
  if (!occurred) return;
  const Value seen_payload = payload.with("occurred", Value::instant(*occurred));
  const std::vector<Clock> ended = s.ended;
  for (const Clock& clock : ended) {
    const PlanStep* step = plan.find(clock.armed.ref);
    if (step == nullptr || *occurred < clock.armed.started) continue;
    RunPlace place;
    place.instance = clock.armed.instance;
    place.step = step->ref;
    place.form = &payload;
    place.event = &seen_payload;
    bool met = step->each && step->each->withdraw_at_end && step->each->until_event == record.event;
    for (const PlanWait& wait : step->waits)
      met = met || (wait.event == record.event && holds(wait.branch.condition, place));
    if (met) moot(clock.armed, clock.fired);
  }
  diagnostics.clear();
  null_conditions = 0;
}

// An event that happened reaches those who wait for it: every `each` over it, every wait of which it is a branch.
inline void Machine::deliver(const RecordEvent& record, const Value& payload) {
  const Instant when = occurred_now();
  const Value seen_payload = payload.with("occurred", Value::instant(when));
  std::vector<TokenId> tokens;
  for (const Activity& activity : s.activities)
    if (activity.kind == ActivityKind::wait || activity.kind == ActivityKind::each)
      tokens.push_back(activity.token);
  for (const TokenId token : tokens) {
    const Activity* activity = find_activity(s, token);
    if (activity == nullptr || failed()) continue;
    const PlanStep& step = step_of(*activity);
    if (step.kind == StepKind::each) {
      if (!step.each || activity->closing) continue;
      if (step.each->event == record.event)
        open_instance(token, activity->opened + 1, seen_payload, record.event, when);
      else if (step.each->until_event == record.event) {
        emit(EachClosing{token});
        if (step.each->withdraw_at_end) close_instances_of(token, LeaveReason::withdrawn);
      }
      continue;
    }
    end_wait(token, record.event, payload, when, false);
    null_conditions = 0;
    diagnostics.clear();
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
