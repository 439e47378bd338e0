// Verbs of exceptions and emergencies. Part run, private. Invariant (15) of decide.hpp; semantics 4.
//
//   requested --approve (quorum)--> approved --skip, extend, complete--> used
//       |  \--deny------> denied        \--valid_for ran out--> expired
//       \--decide_within ran out--> denied, or asked of the next role
//   A policy that allows "check" waives that check of its step's gate while it is approved, and is never used up by it.
//   invoke_emergency --> in_review --review_emergency--> reviewed        (the deviation itself happens at once)
#pragma once

#include "aesop/run/machine_core.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline void Machine::decide_exception() {
  if (const auto* request = command->as<RequestException>()) return request_exception(*request);
  if (const auto* decision = command->as<DecideException>()) return decide_on_exception(*decision);
  if (const auto* skip = command->as<Skip>()) return use_exception(skip->target, skip->exception, true, {});
  if (const auto* extend = command->as<Extend>())
    return use_exception(extend->target, extend->exception, false, extend->until);
  if (const auto* invoke = command->as<InvokeEmergency>()) return invoke_emergency(*invoke);
  review_emergency(*command->as<ReviewEmergency>());
}

/// What a policy allows, as an event says it; empty: nothing that this version does.
inline std::string_view allows_name(const PlanException& policy) {
  switch (policy.allows) {
    case ExceptionPolicy::Allows::skip:
      return "skip";
    case ExceptionPolicy::Allows::extend:
      return "extend";
    case ExceptionPolicy::Allows::check:
      return "check";
    default:
      return {};
  }
}

// The policy named, and the step it shall be applied to; refuses when there is none that allows this.
inline const PlanException* Machine::policy_for(const TaskAddress& target, const std::string& policy,
                                                const PlanStep** step, InstanceId* instance) {
  const PlanException* found = plan.find_exception(policy);
  if (found == nullptr) {
    reject("no_policy", cat("the SOP has no exception policy ", printable(policy, 60)));
    return nullptr;
  }
  if (allows_name(*found).empty()) {
    reject("not_supported");
    return nullptr;
  }
  *instance = target.instance.value_or(0);
  if (target.task) {
    const Activity* activity = address(target, ActivityKind::task, true);
    if (activity == nullptr) return nullptr;
    *step = plan.find(activity->step);
    *instance = activity->instance;
  } else if (target.step) {
    *step = plan.find(*target.step);
    if (*step == nullptr) {
      reject("unknown_step");
      return nullptr;
    }
  } else if (found->of.size() == 1) {
    *step = &plan.step(found->of.front());
  } else {
    fail(ErrorCode::schema_error, cat("policy ", policy, " is of several steps: give \"task\" or \"step\""));
    return nullptr;
  }
  if (std::find(found->of.begin(), found->of.end(), (*step)->ref) == found->of.end()) {
    reject("no_policy", cat("policy ", policy, " does not allow anything for ", (*step)->id));
    return nullptr;
  }
  if (!target.task && !target.instance && (*step)->block != 0) {
    // A step inside an each: the one that is open.
    std::vector<Value> fitting;
    for (const Activity& activity : s.activities)
      if (activity.step == (*step)->id) {
        *instance = activity.instance;
        fitting.push_back(Value::string(task_id(s.id, activity)));
      }
    if (fitting.size() != 1) {
      if (fitting.empty())
        reject("not_active");
      else
        reject("ambiguous", {}, {{"tasks", Value::list(std::move(fitting))}});
      return nullptr;
    }
  }
  if (found->times > 0) {
    const auto used = std::count_if(s.exceptions.begin(), s.exceptions.end(), [&](const Deviation& d) {
      return d.policy == policy && d.state != ExceptionState::denied && d.state != ExceptionState::expired;
    });
    if (used >= found->times) {
      reject("used_up", cat("policy ", policy, " allows ", found->times, " in a run"));
      return nullptr;
    }
  }
  return found;
}

inline bool Machine::documents_given(const PlanException& policy, const std::vector<Document>& documents) {
  std::vector<std::string> missing;
  for (const std::string& name : policy.documents)
    if (std::none_of(documents.begin(), documents.end(), [&](const Document& d) { return d.name == name; }))
      missing.push_back(name);
  for (const Document& document : documents)
    if (!hash_from_hex(document.sha256)) {
      reject("bad_evidence", "sha256 must be 64 hexadecimal digits");
      return false;
    }
  if (missing.empty()) return true;
  reject("documents_missing", cat("the policy demands ", join(missing, ", ")),
         {{"missing", text_list(missing)}});
  return false;
}

// The names and places of documents are data; their hashes are recorded apart.
inline Value document_data(const std::string& reason, const std::vector<Document>& documents) {
  std::vector<Value> list;
  for (const Document& document : documents) {
    std::vector<Entry> entries;
    if (document.name) entries.emplace_back("name", Value::string(*document.name));
    if (document.uri) entries.emplace_back("uri", Value::string(*document.uri));
    list.push_back(Value::context(std::move(entries)));
  }
  return Value::context({{"reason", Value::string(reason)}, {"documents", Value::list(std::move(list))}});
}

// Whether an extension to `wanted` lies within what the policy allows.
inline bool Machine::within_extension(const PlanException& policy, const PlanStep& step, InstanceId instance,
                                      std::optional<Instant> wanted) {
  if (!wanted) {
    reject("bad_data", "an extension needs \"until\", the new due time");
    return false;
  }
  const Clock* clock = nullptr;
  for (const Activity& activity : s.activities)
    if (activity.step == step.id && activity.instance == instance) clock = clock_of_step(activity.token);
  if (clock == nullptr || !clock->armed.due) {
    reject("not_active", "the step has no time limit that runs");
    return false;
  }
  if (*wanted <= *clock->armed.due) {
    reject("bad_data", "the new due time must be later than the old");
    return false;
  }
  if (*wanted <= now) {
    reject("bad_data", "the new due time lies in the past");
    return false;
  }
  RunPlace place;
  place.instance = instance;
  // What exceptions gave before counts: the limit is of the visit, not of each of them.
  if (const std::optional<Span> most = span_of(policy.at_most, place)) {
    auto last = add_span(*clock->armed.due - clock->extended, *most, step.calendar);
    if (last && *wanted > *last) {
      reject("too_long", cat("extensions are at most ", policy.at_most.text, " together"),
             {{"at_most", Value::string(to_string(*last))}});
      return false;
    }
  }
  return true;
}

inline void Machine::request_exception(const RequestException& request) {
  const PlanStep* step = nullptr;
  InstanceId instance = 0;
  const PlanException* policy = policy_for(request.target, request.policy, &step, &instance);
  if (policy == nullptr) return;
  const std::vector<std::string>& ask = policy->ask.empty() ? step->responsible : policy->ask;
  if (!ask.empty() && !acting_role(ask))
    return reject("not_permitted", cat("an exception is asked for by ", join(ask, ", ")),
                  {{"roles", text_list(ask)}});
  if (trim(request.reason).empty()) return reject("reason_missing");
  if (!documents_given(*policy, request.documents)) return;
  const bool extend = policy->allows == ExceptionPolicy::Allows::extend;
  if (extend && !within_extension(*policy, *step, instance, request.until)) return;

  ExceptionRequested requested;
  requested.id = cat('x', s.exceptions.size() + 1);
  requested.policy = policy->id;
  requested.allows = allows_name(*policy);
  requested.step = step->id;
  requested.instance = instance;
  requested.by = actor().id;
  requested.quorum = quorum_of(policy->approvers.mode);
  requested.count = policy->approvers.count;
  requested.approvers = policy->approvers.roles;
  for (const std::string& role : requested.approvers)
    for (const std::string& person : people_of(role))
      if (person != actor().id) add_sorted(requested.people, person);
  for (const Document& document : request.documents)
    requested.documents.push_back(to_hex(*hash_from_hex(document.sha256)));
  if (extend) requested.until = request.until;
  RunPlace place;
  place.instance = instance;
  if (const std::optional<Span> within = span_of(policy->decide_within, place)) {
    auto due = add_span(now, *within, step->calendar);
    if (!due) return fail(due.error().code, due.error().message);
    ArmedClock clock;
    clock.id = cat("exception.", requested.id);
    clock.kind = ClockKind::exception_decision;
    clock.instance = instance;
    clock.ref = requested.id;
    clock.started = now;
    clock.due = *due;
    clock.rungs = {{0, *due, 0}};
    requested.clocks.push_back(std::move(clock));
  }
  created.push_back(requested.id);
  emit(std::move(requested), document_data(request.reason, request.documents));
}

inline void Machine::decide_on_exception(const DecideException& decision) {
  const bool approve = decision.decision == "approve";
  if (!approve && decision.decision != "deny")
    return fail(ErrorCode::schema_error, "decision must be approve or deny");
  const Deviation* deviation = find_deviation(s, decision.exception);
  if (deviation == nullptr) return reject("unknown_exception");
  if (deviation->state != ExceptionState::requested)
    return reject("already_decided", cat("the exception is ", name_of(deviation->state), " already"));
  if (actor().id == deviation->by) return reject("requester_may_not_decide");
  if (std::any_of(deviation->votes.begin(), deviation->votes.end(),
                  [&](const Vote& v) { return v.by == actor().id; }))
    return reject("already_decided", "this person has already decided");
  if (!acting_role(deviation->approvers))
    return reject("not_permitted", cat("this is decided by ", join(deviation->approvers, ", ")),
                  {{"roles", text_list(deviation->approvers)}});
  const std::optional<std::string> role =
      acting_role(open_roles(deviation->quorum, deviation->approvers, deviation->votes));
  if (!role) return reject("already_decided", "somebody has decided in this role, or it is another's turn");
  const std::string id = deviation->id;
  emit(ExceptionDecided{id, *role, approve},
       decision.note ? Value::context({{"note", Value::string(*decision.note)}}) : Value());
  deviation = find_deviation(s, id);
  if (deviation == nullptr || failed()) return;
  const std::optional<bool> outcome =
      settled(deviation->quorum, deviation->count, deviation->approvers, deviation->votes);
  if (!outcome) return;
  if (!*outcome) return emit(ExceptionDenied{id, false});
  ExceptionApproved approved{id, {}};
  const PlanException* policy = plan.find_exception(deviation->policy);
  RunPlace place;
  place.instance = deviation->instance;
  if (policy)
    if (const std::optional<Span> valid = span_of(policy->valid_for, place)) {
      const PlanStep* step = plan.find(deviation->step);
      auto due = add_span(now, *valid, step ? std::string_view(step->calendar) : std::string_view());
      if (!due) return fail(due.error().code, due.error().message);
      ArmedClock clock;
      clock.id = cat("validity.", id);
      clock.kind = ClockKind::exception_validity;
      clock.instance = deviation->instance;
      clock.ref = id;
      clock.started = now;
      clock.due = *due;
      clock.rungs = {{0, *due, 0}};
      approved.clocks.push_back(std::move(clock));
    }
  emit(std::move(approved));
}

// Nobody decided in time: the policy says whether that is a no or the next one's turn.
inline void Machine::exception_timeout(const std::string& id) {
  const Deviation* deviation = find_deviation(s, id);
  if (deviation == nullptr || deviation->state != ExceptionState::requested) return;
  const PlanException* policy = plan.find_exception(deviation->policy);
  const bool passed_on = policy && deviation->approvers == std::vector<std::string>{policy->timeout_next};
  if (policy == nullptr || policy->timeout_next.empty() || passed_on) return emit(ExceptionDenied{id, true});
  ExceptionPassedOn passed;
  passed.id = id;
  passed.approvers = {policy->timeout_next};
  for (const std::string& person : people_of(policy->timeout_next))
    if (person != deviation->by) add_sorted(passed.people, person);
  RunPlace place;
  place.instance = deviation->instance;
  if (const std::optional<Span> within = span_of(policy->decide_within, place)) {
    const PlanStep* step = plan.find(deviation->step);
    if (auto due = add_span(now, *within, step ? std::string_view(step->calendar) : std::string_view())) {
      ArmedClock clock;
      clock.id = cat("exception.", id);
      clock.occurrence = 2;
      clock.kind = ClockKind::exception_decision;
      clock.instance = deviation->instance;
      clock.ref = id;
      clock.started = now;
      clock.due = *due;
      clock.rungs = {{0, *due, 0}};
      passed.clocks.push_back(std::move(clock));
    }
  }
  emit(std::move(passed));
}

// Done is done: what waits for its review can be sent back, not skipped past it.
inline void reject_skip_in_review(Machine& m) {
  m.reject("wrong_state", "the task is done and waits for its review",
           {{"state", Value::string(name_of(TaskState::completed))}});
}

inline void Machine::use_exception(const TaskAddress& target, const std::string& id, bool skip,
                                   std::optional<Instant> until_time) {
  const Deviation* deviation = find_deviation(s, id);
  if (deviation == nullptr) return reject("unknown_exception");
  if (deviation->state == ExceptionState::expired) return reject("expired");
  if (deviation->state == ExceptionState::used)
    return reject("already_decided", "the exception has been used");
  if (deviation->state != ExceptionState::approved)
    return reject("not_approved", cat("the exception is ", name_of(deviation->state)));
  if (deviation->allows != (skip ? "skip" : "extend"))
    return reject(
        "no_policy",
        deviation->allows == "check"
            ? cat("the exception waives a check of the gate; the step is still to be done")
            : cat("the exception allows to ", deviation->allows, ", not to ", skip ? "skip" : "extend"));
  const Activity* activity = nullptr;
  if (target.task || target.step) {
    activity = address(target, ActivityKind::task, true);
    if (activity == nullptr) return;
    if (activity->step != deviation->step || activity->instance != deviation->instance)
      return reject("no_policy", "the exception is for another step");
  } else {
    for (const Activity& open : s.activities)
      if (open.step == deviation->step && open.instance == deviation->instance) activity = &open;
    if (activity == nullptr) return reject("not_active");
  }
  if (activity->visit > deviation->visit)
    return reject("expired", cat("the exception was for visit ", deviation->visit, " of ", activity->step));
  const PlanStep& step = step_of(*activity);
  const PlanException* policy = plan.find_exception(deviation->policy);
  const std::vector<std::string>& ask = policy && !policy->ask.empty() ? policy->ask : step.responsible;
  if (!ask.empty() && !acting_role(ask) && !is_manager(*activity) && activity->owner != actor().id)
    return reject("not_permitted", cat("the exception is for ", join(ask, ", ")));
  const TokenId token = activity->token;
  if (skip && activity->in_review()) return reject_skip_in_review(*this);
  if (skip) return skip_task(token, id);
  const std::optional<Instant> wanted = until_time ? until_time : deviation->until;
  if (deviation->until && wanted && *wanted > *deviation->until)
    return reject("too_long", cat("the extension was approved until ", to_string(*deviation->until)));
  if (policy && !within_extension(*policy, step, activity->instance, wanted)) return;
  extend_task(token, id, *wanted);
}

inline void Machine::skip_task(TokenId token, const std::string& id) {
  const Activity* activity = find_activity(s, token);
  if (activity == nullptr) return;
  const PlanStep& step = step_of(*activity);
  emit(ExceptionUsed{id, "skip", token});
  close_instances_of(token, LeaveReason::withdrawn);
  activity = find_activity(s, token);
  if (activity == nullptr || failed()) return;
  RunPlace place;
  place.instance = activity->instance;
  place.step = step.ref;
  // An approval that is skipped counts as approved, however its branches are written.
  const Value approved = Value::context({{"outcome", Value::string("approved")}});
  if (step.kind == StepKind::approval) place.form = &approved;
  Choice choice;
  if (step.skipped != no_ref) {
    choice.go = step.skipped;
  } else if (step.kind == StepKind::wait) {
    if (step.waits.empty())
      return fail(ErrorCode::internal, cat("wait step ", step.id, " waits for nothing"));
    choice.go = step.waits.front().branch.go;
    choice.set = evaluate_sets(step.waits.front().branch.set, place);
  } else {
    const std::optional<Choice> chosen =
        choose(step.next, place, step.kind == StepKind::approval ? "approved" : "");
    if (!chosen)
      return incident("no_branch", activity, {},
                      "the step may be skipped, but no branch holds without its form", activity->instance);
    choice = *chosen;
  }
  leave(token, LeaveReason::skipped, choice, {}, id);
}

// A new due time. Rungs that hang on the due time are armed anew for it, and count anew; those counted from the start
// are as they were.
inline void Machine::extend_task(TokenId token, const std::string& id, Instant until_time) {
  const Activity* activity = find_activity(s, token);
  if (activity == nullptr) return;
  const PlanStep& step = step_of(*activity);
  const Clock* clock = clock_of_step(token);
  if (clock == nullptr) return reject("not_active", "the step has no time limit that runs");
  ClockTimes times{clock->armed.id, clock->armed.occurrence, clock->armed.started, until_time, {}};
  ArmedClock fresh = clock->armed;
  ClockPlan limits = plan_of(fresh);
  limits.due = nullptr;
  fresh.kind = ClockKind::step;
  fresh.rungs.clear();
  RunPlace place = place_of(clock->armed);
  const std::string_view name = step.due && !step.due->calendar.empty() ? std::string_view(step.due->calendar)
                                                                        : std::string_view(step.calendar);
  for (std::uint32_t i = 0; limits.rungs && i < limits.rungs->size(); ++i) {
    const PlanRung& rung = (*limits.rungs)[i];
    const auto armed = std::find_if(clock->armed.rungs.begin(), clock->armed.rungs.end(),
                                    [&](const ArmedRung& r) { return r.index == i; });
    if (rung.base == PlanRung::Base::start) {
      if (armed != clock->armed.rungs.end()) times.rungs.push_back(*armed);
      continue;
    }
    Instant at = until_time;
    if (rung.base == PlanRung::Base::percent) {
      const std::int64_t whole = until_time - clock->armed.started;
      at = clock->armed.started + (whole / 100 * rung.percent + whole % 100 * rung.percent / 100);
    } else if (const std::optional<Span> span = span_of(rung.offset, place)) {
      auto moved = add_span(until_time, rung.negative ? span->negated() : *span, name);
      if (moved) at = *moved;
    }
    if (at > now) times.rungs.push_back({i, at, 0});
  }
  emit(ExceptionUsed{id, "extend", token});
  emit(ClockRescheduled{std::move(times), false, id});
}

inline void Machine::invoke_emergency(const InvokeEmergency& invoke) {
  const PlanStep* step = nullptr;
  InstanceId instance = 0;
  const PlanException* policy = policy_for(invoke.target, invoke.policy, &step, &instance);
  if (policy == nullptr) return;
  if (!policy->emergency) return reject("no_policy", cat("policy ", policy->id, " has no emergency path"));
  const std::optional<std::string> role = acting_role(policy->emergency->by);
  if (!role)
    return reject("not_permitted", cat("an emergency is called by ", join(policy->emergency->by, ", ")),
                  {{"roles", text_list(policy->emergency->by)}});
  if (trim(invoke.reason).empty()) return reject("reason_missing");
  const Activity* activity = nullptr;
  if (invoke.target.task) {
    activity = address(invoke.target, ActivityKind::task, true);
    if (activity == nullptr) return;
  }
  for (const Activity& open : s.activities)
    if (!activity && open.step == step->id && open.instance == instance) activity = &open;
  if (activity == nullptr) return reject("not_active");
  const TokenId token = activity->token;
  const bool extend = policy->allows == ExceptionPolicy::Allows::extend;
  if (!extend && activity->in_review()) return reject_skip_in_review(*this);
  for (const Document& document : invoke.documents)
    if (!hash_from_hex(document.sha256))
      return reject("bad_evidence", "sha256 must be 64 hexadecimal digits");
  if (extend && !within_extension(*policy, *step, instance, invoke.until)) return;

  EmergencyInvoked invoked;
  invoked.id = cat('x', s.exceptions.size() + 1);
  invoked.policy = policy->id;
  invoked.allows = allows_name(*policy);
  invoked.step = step->id;
  invoked.instance = instance;
  invoked.by = actor().id;
  invoked.role = *role;
  invoked.reviewers =
      policy->emergency->reviewer.empty() ? policy->approvers.roles : policy->emergency->reviewer;
  for (const std::string& reviewer : invoked.reviewers)
    for (const std::string& person : people_of(reviewer))
      if (person != actor().id) add_sorted(invoked.people, person);
  for (const Document& document : invoke.documents)
    invoked.documents.push_back(to_hex(*hash_from_hex(document.sha256)));
  RunPlace place;
  place.instance = instance;
  DueTime unknown;
  ArmedClock clock;
  if (const std::optional<Span> within = span_of(policy->emergency->review_within, place)) {
    auto due = add_span(now, *within, step->calendar);
    if (!due) return fail(due.error().code, due.error().message);
    clock.id = cat("emergency.", invoked.id);
    clock.kind = ClockKind::emergency_review;
    clock.ref = invoked.id;
    clock.started = now;
    clock.due = *due;
    ClockPlan limits;
    limits.rungs = &policy->emergency->escalate;
    limits.calendar = step->calendar;
    unknown = arm(clock, limits, place);
    invoked.clocks.push_back(clock);
  }
  const std::string id = invoked.id;
  created.push_back(id);
  emit(std::move(invoked), document_data(invoke.reason, invoke.documents));
  clock_incident(clock, unknown);
  if (extend) return extend_task(token, id, *invoke.until);
  if (policy->allows == ExceptionPolicy::Allows::skip) skip_task(token, id);
}

inline void Machine::review_emergency(const ReviewEmergency& review) {
  const bool justified = review.verdict == "justified";
  if (!justified && review.verdict != "not_justified")
    return fail(ErrorCode::schema_error, "verdict must be justified or not_justified");
  const Deviation* deviation = find_deviation(s, review.exception);
  if (deviation == nullptr || !deviation->emergency) return reject("unknown_exception");
  if (deviation->state != ExceptionState::in_review) return reject("already_decided");
  if (actor().id == deviation->by) return reject("requester_may_not_decide");
  if (!acting_role(deviation->approvers))
    return reject("not_permitted", cat("this is reviewed by ", join(deviation->approvers, ", ")),
                  {{"roles", text_list(deviation->approvers)}});
  emit(EmergencyReviewed{deviation->id, justified},
       review.note ? Value::context({{"note", Value::string(*review.note)}}) : Value());
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
