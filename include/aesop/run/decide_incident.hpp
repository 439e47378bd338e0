// Verbs on incidents and handoffs. Part run, private.
#pragma once

#include "aesop/model/conform.hpp"
#include "aesop/run/blockers.hpp"
#include "aesop/run/machine_core.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline void Machine::decide_handoff(const AcknowledgeHandoff& acknowledge) {
  const Handoff* handoff = find_handoff(s, acknowledge.handoff);
  if (handoff == nullptr)
    for (const Handoff& one : s.handoffs)
      if (one.handoff == acknowledge.handoff && !one.acknowledged) handoff = &one;
  if (handoff == nullptr) return reject("unknown_handoff");
  if (handoff->acknowledged) return reject("already_decided", "the handoff is acknowledged");
  // A role acknowledges by those who act in it; a system or another SOP by whoever the host says it is.
  const bool role = std::any_of(plan.definition().roles.begin(), plan.definition().roles.end(),
                                [&](const RoleDefinition& r) { return r.id.text == handoff->to; });
  if (role && !actor().has_role(handoff->to))
    return reject("not_permitted", cat("the handoff is to ", handoff->to),
                  {{"roles", text_list({handoff->to})}});
  const std::string id = handoff->id;
  if (const Clock* clock = find_clock(s, cat("handoff.", id))) {
    const Clock copy = *clock;
    moot(copy.armed, copy.fired);
  }
  emit(HandoffAcknowledged{id});
}

// The block something is in: that of its step, else that of its instance.
inline std::uint32_t Machine::block_of(const Activity* activity, InstanceId id) const {
  if (activity != nullptr) return step_of(*activity).block;
  const Instance* instance = find_instance(s, id);
  const PlanStep* each = instance ? plan.find(instance->step) : nullptr;
  return each && each->each ? each->each->block : 0;
}

inline bool Machine::leads_to_join(std::string_view from, const PlanStep& join) const {
  for (const PlanJoinGroup& group : join.join)
    for (const std::uint32_t one : group.from)
      if (plan.step(one).id == from) return true;
  return false;
}

// The step an incident is about: that of its token, else the join before which tokens wait; nullptr: of the run.
inline const PlanStep* step_of_incident(const Machine& m, const Incident& incident) {
  if (const Activity* activity = incident.token ? find_activity(m.s, incident.token) : nullptr)
    return m.plan.find(activity->step);
  if (!incident.step.empty()) return m.plan.find(incident.step);
  for (const Move& move : m.s.parked)
    if (move.instance == incident.instance) return m.plan.find(move.to);
  return nullptr;
}

// Who decides on an incident: whom the SOP names, else the accountable of the step; of the run, those of any step.
inline std::vector<std::string> deciders(const Machine& m, const PlanStep* step) {
  std::vector<std::string> roles = step ? step->incidents.by : m.plan.incidents().by;
  if (roles.empty() && step) roles = step->accountable;
  if (!roles.empty()) return roles;
  for (const PlanStep& one : m.plan.steps())
    for (const std::string& role : one.accountable) add_sorted(roles, role);
  return roles;
}

// (18): an incident is no way past a step: it is tried again, goes where the step itself may lead, or where the SOP
// says. What the step's own `next` leads to lies behind its gate; its other ways do not.
inline bool Machine::incident_may_go(const Incident& incident, const PlanStep* step, std::uint32_t go) {
  const auto refuse = [&] {
    reject("not_allowed",
           cat("the SOP does not allow to resolve this incident by going to ", plan.step(go).id),
           {{"step", Value::string(plan.step(go).id)}});
    return false;
  };
  if (contains(step ? step->incidents.go : plan.incidents().go, go)) return true;
  // A due time that is not known holds nobody up: the step can still be done.
  if (step == nullptr || incident.kind == "due_unknown") return refuse();
  if (step->ref == go || contains(step->go, go)) return true;
  if (step->service && step->service->on_failure == go) return true;
  for (const PlanRung& rung : step->escalate)
    if (rung.go == go || rung.also == go) return true;
  for (const PlanWait& wait : step->waits)
    if (wait.branch.go == go) return true;
  bool behind = false;
  for (const PlanBranch& branch : step->next) {
    if (branch.go != go) continue;
    if (branch.key == "refused") return true;
    behind = true;
  }
  if (!behind) return refuse();
  RunPlace place;
  place.instance = incident.instance;
  place.step = step->ref;
  const std::vector<Obstacle> failing = gate_obstacles(*step, incident.token, place);
  diagnostics.clear();
  null_conditions = 0;
  if (failing.empty()) return true;
  reject("blocked", failing.front().text, {{"missing", missing_list(failing)}});
  return false;
}

// Whether an expression looks at a variable, itself or through a rule. Through a gate does not count: what a gate asks
// for is not given by whoever settles an incident.
inline bool reads(const Plan& plan, const std::vector<Slot>& slots, std::string_view name) {
  return std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) {
    if (slot.kind == SlotKind::variable || slot.kind == SlotKind::instance_variable) return slot.name == name;
    return slot.kind == SlotKind::rule && slot.ref != no_ref &&
           reads(plan, plan.rules()[slot.ref].slots, name);
  });
}
inline bool reads(const Plan& plan, const std::optional<PlanExpr>& expr, std::string_view name) {
  return expr && reads(plan, expr->slots, name);
}
inline bool reads(const Plan& plan, const PlanPhrase& phrase, std::string_view name) {
  return reads(plan, phrase.span.feel, name) || reads(plan, phrase.anchor.feel, name) ||
         reads(plan, phrase.moment, name) || (phrase.cut_off && reads(plan, phrase.cut_off->feel, name));
}

// Whether what could not be decided hangs on a variable: the branches of which none was true, the due time.
inline bool hangs_on(const Machine& m, const Incident& incident, const PlanStep* step,
                     std::string_view name) {
  if (incident.kind == "no_branch" && step)
    return std::any_of(step->next.begin(), step->next.end(),
                       [&](const PlanBranch& one) { return reads(m.plan, one.condition.feel, name); });
  if (incident.kind != "due_unknown") return false;
  const Clock* clock = find_clock(m.s, incident.clock);
  if (clock == nullptr) return false;
  const ClockPlan limits = m.plan_of(clock->armed);
  if (limits.due && reads(m.plan, limits.due->phrase, name)) return true;
  if (limits.rungs)
    for (const PlanRung& rung : *limits.rungs)
      if (reads(m.plan, rung.offset.feel, name)) return true;
  if (step)
    for (const PlanWait& wait : step->waits)
      if (wait.after && reads(m.plan, *wait.after, name)) return true;
  return false;
}

// Data given to resolve an incident, typed: variables that what could not be decided hangs on, that the step's own ways
// set or that the SOP names, and of a form that led nowhere its fields.
inline bool Machine::incident_data(const Incident& incident, const PlanStep* step, const Value& data,
                                   std::vector<NamedValue>& set, std::vector<NamedValue>& form) {
  const auto sets = [](const auto& assignments, std::string_view name) {
    return std::any_of(assignments.begin(), assignments.end(),
                       [&](const auto& one) { return one.first.name == name; });
  };
  const auto allowed = [&](std::string_view name) {
    if (contains(step ? step->incidents.data : plan.incidents().data, name)) return true;
    if (hangs_on(*this, incident, step, name)) return true;
    if (step == nullptr) return false;
    const auto branch = [&](const PlanBranch& one) { return sets(one.set, name); };
    return sets(step->set, name) || std::any_of(step->next.begin(), step->next.end(), branch) ||
           std::any_of(step->waits.begin(), step->waits.end(),
                       [&](const PlanWait& wait) { return branch(wait.branch); });
  };
  for (const Entry& entry : data.entries()) {
    const FieldDefinition* field = nullptr;
    bool of_form = false;
    if (step && incident.token && incident.kind == "no_branch")
      for (const PlanField& one : step->form)
        if (one.definition->name == entry.first) field = one.definition, of_form = true;
    if (field == nullptr)
      if (const std::uint32_t ref = plan.find_variable(entry.first); ref != no_ref)
        field = plan.variables()[ref].definition;
    for (const Instance* at = find_instance(s, incident.instance); at && !field;
         at = find_instance(s, at->parent))
      if (const PlanStep* owner = plan.find(at->step); owner && owner->each)
        for (const PlanField& one : owner->each->data)
          if (one.definition->name == entry.first) field = one.definition;
    if (field == nullptr) {
      reject("unknown_variable", cat("the SOP declares no variable ", printable(entry.first, 60)));
      return false;
    }
    if (!of_form && !allowed(entry.first)) {
      reject("not_allowed", cat("the SOP does not allow to resolve this incident by setting ", entry.first),
             {{"variable", Value::string(entry.first)}});
      return false;
    }
    auto typed = conform(entry.second, *field);
    if (!typed) {
      reject("bad_data", typed.error().message);
      return false;
    }
    (of_form ? form : set).emplace_back(entry.first, typed.take());
  }
  return true;
}

inline void Machine::decide_incident() {
  const RetryIncident* retry = command->as<RetryIncident>();
  const ResolveIncident* resolve = command->as<ResolveIncident>();
  const EndIncident* end = command->as<EndIncident>();
  const std::string& id = retry ? retry->incident : resolve ? resolve->incident : end->incident;
  const Incident* found = find_incident(s, id);
  if (found == nullptr) return reject("unknown_incident");
  const Incident incident = *found;
  const Activity* activity = incident.token ? find_activity(s, incident.token) : nullptr;
  const PlanStep* step = step_of_incident(*this, incident);
  const std::vector<std::string> roles = deciders(*this, step);
  if (!roles.empty() && !acting_role(roles))
    return reject("not_permitted", cat("incidents here are for ", join(roles, ", ")),
                  {{"roles", text_list(roles)}});
  if (retry) {
    emit(IncidentResolved{id, "retried"});
    return retry_incident(incident);
  }
  if (trim(resolve ? resolve->reason : end->reason).empty()) return reject("reason_missing");
  // Failing a task and deciding what becomes of it would be a way past everything, for one person alone.
  if (incident.kind == "task_failed" && activity && activity->performer == actor().id)
    return reject("separation_of_duty", "whoever failed a task does not decide what becomes of it");

  if (end) {
    emit(IncidentResolved{id, "ended"}, Value::context({{"reason", Value::string(end->reason)}}));
    if (activity) return end_token(incident.token, LeaveReason::failed, id, "failed");
    const std::vector<Move> parked = s.parked;
    for (const Move& move : parked) {
      if (move.instance != incident.instance) continue;
      if (incident.kind != "stuck" && move.to != incident.step) continue;
      StepLeft left;
      left.token = move.token;
      left.instance = move.instance;
      left.step = move.to;
      left.visit = next_visit(*plan.find(move.to), move.instance);
      left.reason = LeaveReason::failed;
      left.outcome = "failed";
      left.cause = id;
      emit(std::move(left));
    }
    return;
  }

  if (!resolve->data.is_null() && !resolve->data.is_context())
    return reject("bad_data", "data must be an object");
  std::uint32_t go = no_ref;
  if (resolve->go) {
    const PlanStep* to = plan.find(*resolve->go);
    if (to == nullptr) return reject("unknown_step");
    if (step == nullptr && incident.kind != "stuck")
      return reject("unknown_step", "the incident is on no step: there is nothing to send on");
    if (to->block != block_of(activity, incident.instance))
      return reject("unknown_step", cat(to->id, " does not lie in the block of the incident"));
    if (!to->join.empty() && !leads_to_join(activity ? activity->step : incident.step, *to))
      return reject("unknown_step", cat(to->id, " is a join, and this is none of the ways it waits for"));
    if (!incident_may_go(incident, step, to->ref)) return;
    go = step && step->ref == to->ref ? no_ref : to->ref;
  }
  std::vector<NamedValue> set, fields;
  if (!incident_data(incident, step, resolve->data, set, fields)) return;
  emit(IncidentResolved{id, "resolved"}, Value::context({{"reason", Value::string(resolve->reason)}}));
  if (!set.empty()) emit(VariablesSet{incident.instance, names_of(set), id}, set_data(set));
  if (!fields.empty()) {
    Value form = laid_over(find_activity(s, incident.token)->form, Value());
    for (NamedValue& field : fields) form = form.with(field.first, std::move(field.second));
    emit(FormSaved{incident.token}, Value::context({{"form", std::move(form)}}));
  }
  if (go == no_ref) return retry_incident(incident);
  if (activity) return divert(incident.token, LeaveReason::skipped, go, id);
  if (const PlanStep* join = plan.find(incident.step); join && incident.kind != "stuck")
    return try_join(*join, incident.instance, go);
  for (const Move& move : std::vector<Move>(s.parked)) {
    if (move.instance != incident.instance || incident.kind != "stuck") continue;
    StepLeft left;
    left.token = move.token;
    left.instance = move.instance;
    left.step = move.to;
    left.visit = next_visit(*plan.find(move.to), move.instance);
    left.reason = LeaveReason::skipped;
    left.cause = id;
    left.moves.push_back(move_to(move.token, move.instance, move.to, go, move.after));
    return emit(std::move(left));
  }
}

// A clock that was stopped because it led back to itself runs again.
inline void Machine::restart_clock(const Incident& incident, const Activity* activity) {
  if (find_clock(s, incident.clock)) return;
  if (activity != nullptr) {
    std::vector<std::pair<ArmedClock, DueTime>> unknown;
    for (ArmedClock& clock :
         clocks_of(step_of(*activity), activity->token, activity->instance, activity->visit, unknown))
      if (clock.id == incident.clock) emit(ClockStarted{std::move(clock)});
    for (const auto& [clock, due] : unknown)
      if (clock.id == incident.clock) clock_incident(clock, due);
    return;
  }
  // A stage's begins by itself once the incident is resolved.
  for (const PlanClock& clock : plan.clocks())
    if (incident.clock == cat("clock.", clock.id)) start_case_clock(clock, now);
}

// Does again what had failed.
inline void Machine::retry_incident(const Incident& incident) {
  if (failed()) return;
  if (incident.kind == "due_unknown") {
    const Clock* clock = find_clock(s, incident.clock);
    if (clock == nullptr) return;
    ArmedClock fresh = clock->armed;
    const Clock before = *clock;
    if (fresh.kind == ClockKind::wait) {
      fresh.pending = true;
      emit(ClockRescheduled{
          {fresh.id, fresh.occurrence, fresh.started, fresh.due, fresh.rungs}, true, incident.id});
      return look_at_pending_clocks();
    }
    const DueTime due = arm(fresh, plan_of(fresh), place_of(fresh));
    keep_what_fired(fresh.rungs, before, false);
    emit(ClockRescheduled{
        {fresh.id, fresh.occurrence, fresh.started, fresh.due, fresh.rungs}, fresh.pending, incident.id});
    return clock_incident(fresh, due);
  }
  const Activity* activity = incident.token ? find_activity(s, incident.token) : nullptr;
  if (incident.kind == "livelock" && !incident.clock.empty()) return restart_clock(incident, activity);
  if (activity == nullptr) {
    // Joins: looked at again.
    for (const PlanStep& step : plan.steps())
      if (step.kind == StepKind::join || step.kind == StepKind::any) try_join(step, incident.instance);
    return;
  }
  const TokenId token = activity->token;
  const PlanStep& step = step_of(*activity);
  switch (step.kind) {
    case StepKind::service:
      if (incident.kind == "no_branch") return leave_by_next(token);
      return request_service(token);
    case StepKind::each:
      if (incident.kind == "no_branch") return finish_each(token);
      return open_list(token);
    case StepKind::task:
      if (activity->state == TaskState::failed) {
        ReworkReturned again;
        again.token = token;
        again.performer = activity->performer;
        again.moves.push_back(move_to(token, activity->instance, step.id, step.ref, activity->after));
        return emit(std::move(again));
      }
      if (incident.kind == "no_branch") return leave_by_next(token);
      return;
    case StepKind::wait:
      dirty = true;  // its conditions are looked at again
      return;
    case StepKind::approval:
      if (incident.kind == "no_branch")
        return leave_by_next(token, std::string(activity->form.get("outcome").as_string()));
      return;
    case StepKind::decision:
    case StepKind::parallel:
    case StepKind::end: {
      // The token stands on a step that takes no time: it sets out for it again.
      ReworkReturned again;
      again.token = token;
      again.moves.push_back(move_to(token, activity->instance, activity->from, step.ref, activity->after));
      return emit(std::move(again));
    }
    case StepKind::call:
      return this->incident("not_supported", activity, {}, "this version of the library does not call SOPs");
    case StepKind::join:
    case StepKind::any:
      return;
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
