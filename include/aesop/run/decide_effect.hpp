// An effect that could not be carried out for good: somebody's problem, so an incident. Part run, private.
#pragma once

#include "aesop/run/machine_core.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

// Told are those whom incidents of the effect's step are for; without a step, those accountable for any.
inline void raise_effect_dead(Machine& m, const DeadEffect& effect) {
  const Activity* activity = effect.token ? find_activity(m.s, effect.token) : nullptr;
  const PlanStep* step = activity              ? m.plan.find(activity->step)
                         : effect.step.empty() ? nullptr
                                               : m.plan.find(effect.step);
  IncidentRaised raised;
  raised.id = cat('i', m.s.incident_count + 1);
  raised.kind = "effect_dead";
  if (step != nullptr) raised.step = step->id;
  // Only a service hangs on its effect: retrying the incident asks for it again, ending it ends the step.
  if (activity != nullptr && effect.kind == "service") {
    raised.token = activity->token;
    raised.instance = activity->instance;
  }
  const auto tell = [&](const PlanStep& one) {
    for (const std::string& target : one.on_incident.empty() ? one.accountable : one.on_incident)
      for (const std::string& person : m.resolve_target(target, &one, activity))
        add_sorted(raised.people, person);
  };
  if (effect.tells_of_dead_effect) {
    // A line that carries nothing would carry no news of that either, and so on without end.
  } else if (step != nullptr) {
    tell(*step);
  } else {
    for (const PlanStep& one : m.plan.steps()) tell(one);
  }
  m.created.push_back(raised.id);
  m.emit(std::move(raised),
         Value::context({{"effect", Value::string(effect.key)},
                         {"kind", Value::string(effect.kind)},
                         {"message", Value::string("an effect could not be carried out")}}));
}

}  // namespace detail

inline Result<Decision> effect_dead(const Plan& plan, const State& state, const DeadEffect& effect,
                                    Instant at, const Facts& facts, std::string_view command_id) {
  if (Status ok = detail::fits(plan, state); !ok) return ok.take_error();
  detail::Machine m(plan, state, facts);
  m.command_id = command_id;
  m.until = std::max(at, state.last_at);
  m.fire_timers(detail::max_timers_per_command);  // (9): what was due comes first
  m.now = std::max(m.until, m.s.last_at);
  m.created.clear();
  if (!m.failed() && m.s.open()) detail::raise_effect_dead(m, effect);
  if (m.failed()) return std::move(*m.error);
  return detail::take_decision(m);
}

}  // namespace v0
}  // namespace aesop
