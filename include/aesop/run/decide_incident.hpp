// Verbs on incidents and handoffs. Part run, private.
#pragma once

#include "aesop/model/conform.hpp"
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

inline void Machine::decide_incident() {
  const RetryIncident* retry = command->as<RetryIncident>();
  const ResolveIncident* resolve = command->as<ResolveIncident>();
  const EndIncident* end = command->as<EndIncident>();
  const std::string& id = retry ? retry->incident : resolve ? resolve->incident : end->incident;
  const Incident* found = find_incident(s, id);
  if (found == nullptr) return reject("unknown_incident");
  const Incident incident = *found;
  const Activity* activity = incident.token ? find_activity(s, incident.token) : nullptr;

  // For those accountable for the step, or told of its incidents; without a step, accountable for any.
  std::vector<std::string> roles;
  for (const PlanStep& step : plan.steps()) {
    if (activity && step.id != activity->step) continue;
    for (const std::string& role : step.accountable) add_sorted(roles, role);
    for (const std::string& target : step.on_incident)
      for (const std::string& role : roles_of_target(target, &step)) add_sorted(roles, role);
  }
  if (!roles.empty() && !acting_role(roles))
    return reject("not_permitted", cat("incidents here are for ", join(roles, ", ")),
                  {{"roles", text_list(roles)}});

  if (end) {
    if (trim(end->reason).empty()) return reject("reason_missing");
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

  if (resolve) {
    if (!resolve->data.is_null() && !resolve->data.is_context())
      return reject("bad_data", "data must be an object");
    std::uint32_t go = no_ref;
    if (resolve->go) {
      const PlanStep* to = plan.find(*resolve->go);
      if (to == nullptr) return reject("unknown_step");
      const PlanStep* join = activity ? nullptr : plan.find(incident.step);
      if (!activity && !join && incident.kind != "stuck")
        return reject("unknown_step", "the incident is on no step: there is nothing to send on");
      if (to->block != block_of(activity, incident.instance))
        return reject("unknown_step", cat(to->id, " does not lie in the block of the incident"));
      if (!to->join.empty() && !leads_to_join(activity ? activity->step : incident.step, *to))
        return reject("unknown_step", cat(to->id, " is a join, and this is none of the ways it waits for"));
      go = to->ref;
    }
    std::vector<NamedValue> set;
    for (const Entry& entry : resolve->data.entries()) {
      const std::uint32_t ref = plan.find_variable(entry.first);
      if (ref == no_ref)
        return reject("unknown_variable", cat("the SOP declares no variable ", printable(entry.first, 60)));
      auto typed = conform(entry.second, *plan.variables()[ref].definition);
      if (!typed) return reject("bad_data", typed.error().message);
      set.emplace_back(entry.first, typed.take());
    }
    emit(IncidentResolved{id, "resolved"},
         resolve->reason ? Value::context({{"reason", Value::string(*resolve->reason)}}) : Value());
    if (!set.empty()) emit(VariablesSet{0, names_of(set), id}, set_data(set));
    if (go != no_ref) {
      if (activity) return divert(incident.token, LeaveReason::skipped, go, id);
      if (const PlanStep* join = plan.find(incident.step)) return try_join(*join, incident.instance, go);
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
        emit(std::move(left));
        break;
      }
      return;
    }
    return retry_incident(incident);
  }
  emit(IncidentResolved{id, "retried"});
  retry_incident(incident);
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
    case StepKind::wait:
    case StepKind::join:
    case StepKind::any:
      return;
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
