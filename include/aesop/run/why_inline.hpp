// Body of why(). Included by why.hpp alone.
#pragma once

#include "aesop/run/why.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

inline Value obstacle_to_value(const State& state, const Obstacle& obstacle) {
  std::vector<Entry> entries;
  if (const Activity* activity = find_activity(state, obstacle.token))
    entries.emplace_back("task", Value::string(task_id(state.id, *activity)));
  if (!obstacle.step.empty()) entries.emplace_back("step", Value::string(obstacle.step));
  entries.emplace_back("kind", Value::string(obstacle.kind));
  entries.emplace_back("what", Value::string(obstacle.what));
  entries.emplace_back("text", Value::string(obstacle.text));
  return Value::context(std::move(entries));
}

inline Result<std::vector<Obstacle>> why(const Plan& plan, const State& state, const Facts& facts,
                                         Instant now, std::string_view step_id) {
  std::vector<Obstacle> out;
  if (Status ok = detail::fits(plan, state); !ok) return ok.take_error();
  if (!step_id.empty() && plan.find(step_id) == nullptr) {
    std::vector<std::string_view> known;
    for (const PlanStep& step : plan.steps()) known.push_back(step.id);
    const auto near = did_you_mean(step_id, known);
    return Error{ErrorCode::unknown_step, cat("the SOP has no step ", printable(step_id, 60)),
                 near ? cat("did you mean ", *near, "?") : std::string()};
  }
  if (!state.open()) return out;
  detail::Machine m(plan, state, facts);
  m.now = std::max(now, state.last_at);
  if (state.status == RunStatus::suspended && step_id.empty())
    out.push_back({0, {}, "suspended", {}, "the run is suspended"});

  for (const Activity& activity : state.activities) {
    if (!step_id.empty() && activity.step != step_id) continue;
    const PlanStep* step = plan.find(activity.step);
    if (step == nullptr) return Error{ErrorCode::internal, cat("the plan has no step ", activity.step)};
    const auto says = [&](std::string_view kind, std::string what, std::string text) {
      out.push_back({activity.token, activity.step, std::string(kind), std::move(what), std::move(text)});
    };
    // A time limit that has not begun, and what it waits for.
    const auto not_yet = [&](const PlanPhrase& phrase) {
      const bool data = phrase.anchor.kind == PlanMoment::Kind::feel || phrase.anchor.name.empty();
      const std::string anchor = data ? std::string("a time in the data") : phrase.anchor.name;
      says("due", anchor, cat("no time limit yet: waits for ", anchor));
    };
    for (const Clock& clock : state.clocks) {
      if (clock.armed.token != activity.token || !clock.armed.pending) continue;
      if (clock.armed.kind == ClockKind::step && step->due) not_yet(step->due->phrase);
      for (std::size_t i = 0; clock.armed.kind == ClockKind::wait && i < step->waits.size(); ++i)
        if (step->waits[i].after && std::none_of(clock.armed.rungs.begin(), clock.armed.rungs.end(),
                                                 [&](const ArmedRung& rung) { return rung.index == i; }))
          not_yet(*step->waits[i].after);
    }
    switch (activity.kind) {
      case ActivityKind::task: {
        if (activity.in_review()) {
          says("review", activity.reviewer,
               cat("waits for review by ", activity.reviewer, ", not ", activity.performer));
          break;
        }
        if (activity.state == TaskState::suspended) says("suspended", {}, "the task is suspended");
        if (activity.state == TaskState::ready)
          says("claim", join(activity.roles, ", "),
               cat("nobody has taken it; it is for ", join(activity.roles, ", ")));
        if (activity.state == TaskState::reserved || activity.state == TaskState::in_progress)
          says("work", activity.owner, cat(activity.owner, " holds it and has not completed it"));
        const Value form = activity.form.is_context() ? activity.form : Value::context({});
        detail::Readiness ready = detail::readiness(m, activity, *step, form, Value());
        for (Obstacle& one : ready.missing) out.push_back(std::move(one));
        break;
      }
      case ActivityKind::approval: {
        const Quorum quorum = step->approvers ? detail::quorum_of(step->approvers->mode) : Quorum::any_of;
        const std::vector<std::string> open = detail::open_roles(quorum, activity.roles, activity.votes);
        const std::string who =
            join(open, quorum == Quorum::any_of || quorum == Quorum::at_least ? " or " : ", ");
        const auto yes = std::count_if(activity.votes.begin(), activity.votes.end(),
                                       [](const Vote& vote) { return vote.approve; });
        const std::size_t wanted =
            quorum == Quorum::at_least && step->approvers ? step->approvers->count : activity.roles.size();
        if (quorum == Quorum::any_of)
          says("approval", join(open, ", "), cat("waits for the voice of ", who));
        else
          says("approval", join(open, ", "),
               cat(yes, " of ", wanted, " approved; ",
                   quorum == Quorum::in_order ? cat("it is the turn of ", who)
                                              : cat(who, " can still decide")));
        break;
      }
      case ActivityKind::wait: {
        bool first = true;
        for (std::size_t i = 0; i < step->waits.size(); ++i) {
          const PlanWait& wait = step->waits[i];
          if (wait.by_condition()) {
            const std::string& text = step->definition->waits[i].condition.text;
            says("condition", text, cat(first ? "waits until " : "or until ", text));
          } else if (!wait.event.empty()) {
            says("event", wait.event, cat("waits for the event ", wait.event));
          } else {
            continue;
          }
          first = false;
        }
        for (const Clock& clock : state.clocks)
          if (clock.armed.kind == ClockKind::wait && clock.armed.token == activity.token)
            for (const ArmedRung& rung : clock.armed.rungs) {
              says("time", to_string(rung.due), cat(first ? "waits for " : "or for ", to_string(rung.due)));
              first = false;
            }
        break;
      }
      case ActivityKind::service: {
        const bool held = std::any_of(
            state.incidents.begin(), state.incidents.end(),
            [&](const Incident& one) { return one.token == activity.token && one.kind != "due_unknown"; });
        detail::RunPlace place;
        place.instance = activity.instance;
        place.step = step->ref;
        if (held)
          for (Obstacle& one : m.gate_obstacles(*step, activity.token, place)) out.push_back(std::move(one));
        else
          says("service", step->service ? step->service->operation : std::string(),
               cat("waits for the host to do ", step->service ? step->service->operation : std::string(),
                   ", attempt ", activity.attempt));
        break;
      }
      case ActivityKind::each: {
        std::size_t open = 0;
        for (const Instance& instance : state.instances) open += instance.owner == activity.token;
        says("instances", cat(open),
             cat(open, " instances are open", activity.closing ? "" : ", more may come"));
        break;
      }
      default:
        break;
    }
  }
  for (const Move& parked : state.parked)
    if (step_id.empty() || parked.to == step_id)
      out.push_back({parked.token, parked.to, "join", parked.from,
                     cat("a token from ", parked.from, " waits before ", parked.to, " for the others")});
  for (const Incident& incident : state.incidents)
    if (step_id.empty() || incident.step == step_id)
      out.push_back({incident.token, incident.step, "incident", incident.id,
                     cat("incident ", incident.id, ": ", incident.kind)});
  for (const Deviation& deviation : state.exceptions)
    if (deviation.state == ExceptionState::requested && (step_id.empty() || deviation.step == step_id))
      out.push_back(
          {0, deviation.step, "approval", deviation.id,
           cat("exception ", deviation.id, " waits for ",
               join(detail::open_roles(deviation.quorum, deviation.approvers, deviation.votes), ", "))});
  return out;
}

}  // namespace v0
}  // namespace aesop
