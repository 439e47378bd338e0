// Verbs by which the host reports on services, and voices of an approval. Part run, private.
#pragma once

#include "aesop/run/blockers.hpp"
#include "aesop/run/machine_core.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

// How long to wait before another attempt: `every`, grown by `factor` with each.
inline Result<Instant> retry_time(Machine& m, const PlanStep& step, std::uint32_t attempt,
                                  const RunPlace& place) {
  const std::optional<Span> every = m.span_of(step.service->retry_every, place);
  if (!every) return m.now;
  Span pause = *every;
  Decimal amount(pause.amount);
  if (step.service->retry_factor.is_number())
    for (std::uint32_t i = 1; i < attempt; ++i) {
      const auto grown = multiply(amount, step.service->retry_factor.as_decimal());
      const auto whole = grown ? grown->rounded(0) : std::nullopt;
      if (!whole || !whole->to_int64()) break;
      amount = *whole;
    }
  pause.amount = amount.to_int64().value_or(pause.amount);
  return m.add_span(m.now, pause, step.calendar);
}

inline void Machine::decide_service() {
  const CompleteService* complete = command->as<CompleteService>();
  const FailService* failure = command->as<FailService>();
  const Activity* activity = address(complete ? complete->target : failure->target, ActivityKind::service);
  if (activity == nullptr) return;
  const PlanStep& step = step_of(*activity);
  const TokenId token = activity->token;
  const bool held_back = std::any_of(s.incidents.begin(), s.incidents.end(), [&](const Incident& i) {
    return i.token == token && i.kind == "gate_blocked";
  });
  if (activity->attempt == 0 || held_back)
    return reject("not_active", "the host was not asked: the gate of the step blocks");
  if (complete) {
    auto result = typed_form(step, complete->result, "result");
    if (!result) return;
    for (const PlanField& field : step.form) {
      RunPlace place;
      place.instance = activity->instance;
      place.step = step.ref;
      place.form = &*result;
      if (!filled_in(result->get(field.definition->name)) && holds(field.required, place))
        return reject("bad_data", cat("the result lacks ", field.definition->name));
    }
    emit(ServiceCompleted{token, activity->attempt}, Value::context({{"form", std::move(*result)}}));
    return leave_by_next(token);
  }
  if (std::any_of(s.incidents.begin(), s.incidents.end(),
                  [&](const Incident& i) { return i.token == token && !i.beside(); }))
    return reject("wrong_state", "the failure is an incident already");
  if (find_clock(s, step_clock_id("retry", step, activity->instance)))
    return reject("wrong_state", "the next attempt has not been asked for yet");
  ServiceFailed failed_event;
  failed_event.token = token;
  failed_event.attempt = activity->attempt;
  const bool again =
      failure->retry.value_or(true) && static_cast<int>(activity->attempt) <= step.service->retry_times;
  if (again) {
    RunPlace place;
    place.instance = activity->instance;
    ArmedClock clock;
    clock.id = step_clock_id("retry", step, activity->instance);
    clock.occurrence = activity->visit;
    clock.kind = ClockKind::retry;
    clock.token = token;
    clock.instance = activity->instance;
    clock.ref = step.id;
    clock.started = now;
    auto due = retry_time(*this, step, activity->attempt, place);
    clock.due = due ? *due : now;
    clock.rungs = {{0, *clock.due, 0}};
    failed_event.final = false;
    failed_event.clocks.push_back(std::move(clock));
  }
  emit(std::move(failed_event), Value::context({{"error", Value::string(failure->error)}}));
  if (again) return;
  if (step.service->on_failure != no_ref)
    return divert(token, LeaveReason::failed, step.service->on_failure, {});
  incident("service_failed", find_activity(s, token), {}, failure->error);
}

inline void Machine::decide_approval(const DecideApproval& decision) {
  const bool approve = decision.decision == "approve";
  if (!approve && decision.decision != "refuse")
    return fail(ErrorCode::schema_error, "decision must be approve or refuse");
  const Activity* activity = address(decision.target, ActivityKind::approval);
  if (activity == nullptr) return;
  const PlanStep& step = step_of(*activity);
  if (!step.approvers) return fail(ErrorCode::internal, cat("approval step ", step.id, " has no approvers"));
  if (std::any_of(activity->votes.begin(), activity->votes.end(),
                  [&](const Vote& v) { return v.by == actor().id; }))
    return reject("already_decided", "this person has already decided");
  const Quorum quorum = quorum_of(step.approvers->mode);
  // A reassigned approval is decided by those it was given to.
  const bool moved = activity->roles != step.approvers->roles;
  const std::vector<std::string>& roles = activity->roles;
  if (!acting_role(roles))
    return reject("not_permitted", cat("this approval is for ", join(roles, ", ")),
                  {{"roles", text_list(roles)}});
  if (contains(kept_out(step, activity->instance), actor().id) || contains(activity->excluded, actor().id))
    return reject("separation_of_duty", "nobody approves work of his own");
  const std::optional<std::string> role =
      acting_role(open_roles(moved ? Quorum::any_of : quorum, roles, activity->votes));
  if (!role)
    return reject("already_decided",
                  quorum == Quorum::in_order ? "it is another's turn" : "somebody has decided in this role");
  if (approve) {
    RunPlace place;
    place.instance = activity->instance;
    place.step = step.ref;
    const std::vector<Obstacle> failing = gate_obstacles(step, activity->token, place);
    diagnostics.clear();
    null_conditions = 0;
    if (!failing.empty())
      return reject("blocked", failing.front().text, {{"missing", missing_list(failing)}});
  }
  std::vector<Vote> votes = activity->votes;
  votes.push_back({actor().id, *role, approve});
  const std::optional<bool> outcome =
      settled(moved ? Quorum::any_of : quorum, step.approvers->count, roles, votes);
  const std::string word = !outcome ? "" : *outcome ? "approved" : "refused";
  const TokenId token = activity->token;
  emit(ApprovalDecided{token, *role, approve, word},
       decision.note ? Value::context({{"note", Value::string(*decision.note)}}) : Value());
  if (outcome && !failed()) leave_by_next(token, word);
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
