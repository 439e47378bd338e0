// An effect that could not be carried out for good: somebody's problem, so an incident. Part run, private.
#pragma once

#include "aesop/run/decision.hpp"
#include "aesop/run/machine_core.hpp"
#include "aesop/run/projection.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

// Told are those whom incidents of the effect's step are for; without a step, those accountable for any.
inline void raise_effect_dead(Machine& m, const DeadEffect& effect) {
  const std::optional<TaskName> name = parse_task_id(m.s.id, effect.task);
  const Activity* activity = name ? find_activity(m.s, name->token) : nullptr;
  if (activity != nullptr && activity->since != name->since) activity = nullptr;  // what it was about is over
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

}  // namespace v0
}  // namespace aesop
