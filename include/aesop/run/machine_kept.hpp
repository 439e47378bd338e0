// Events that came before the step they are for: kept until it is entered (`since`). Part run, private.
// What is kept stands in a variable of the engine's own, "kept:STEP" of the run or, for a step inside an `each`, of the
// instance: a list of contexts {event, occurred, payload} in the order in which they were recorded. No expression can
// name it. A step looks at each of them once, at entry, as if they came then; what it has looked at is kept no more.
#pragma once

#include "aesop/run/machine_core.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// Most events kept for one step; a further one is refused with "limit".
inline constexpr std::size_t max_kept_events = 1'000;

inline std::string kept_name(const PlanStep& step) { return cat("kept:", step.id); }

/// Whether a step counts this event also when it came before.
inline bool counts_early(const PlanStep& step, std::string_view event) {
  if (step.each && step.each->since) return step.each->event == event || step.each->until_event == event;
  return std::any_of(step.waits.begin(), step.waits.end(),
                     [&](const PlanWait& wait) { return wait.since && wait.event == event; });
}
inline bool counts_early(const PlanStep& step) {
  if (step.each) return step.each->since.has_value();
  return std::any_of(step.waits.begin(), step.waits.end(),
                     [](const PlanWait& wait) { return wait.since.has_value(); });
}

inline Value kept_for(const State& state, const PlanStep& step, InstanceId instance) {
  const Instance* of = find_instance(state, instance);
  const Value* found = find_variable(of ? of->variables : state.variables, kept_name(step));
  return found && found->is_list() ? *found : Value::list({});
}

/// Calls `visit(step, instance)` for each place that counts this event early and does not receive it now.
template <class Visit>
void each_keeper(const Plan& plan, const State& state, std::string_view event, Visit&& visit) {
  const auto at = [&](const PlanStep& step, InstanceId instance) {
    for (const Activity& activity : state.activities)
      if (activity.step == step.id && activity.instance == instance && !activity.closing) return;
    visit(step, instance);
  };
  for (const PlanStep& step : plan.steps()) {
    if (!counts_early(step, event)) continue;
    if (step.block == 0) {
      at(step, 0);
      continue;
    }
    const std::string& owner = plan.step(plan.block(step.block).owner_step).id;
    for (const Instance& instance : state.instances)
      if (instance.step == owner) at(step, instance.id);
  }
}

inline bool Machine::keeps_room(const std::string& event) {
  bool room = true;
  each_keeper(plan, s, event, [&](const PlanStep& step, InstanceId instance) {
    room = room && kept_for(s, step, instance).size() < max_kept_events;
  });
  return room;
}

inline void Machine::keep(const std::string& event, const Value& payload) {
  std::vector<std::pair<const PlanStep*, InstanceId>> keepers;
  each_keeper(plan, s, event,
              [&](const PlanStep& step, InstanceId instance) { keepers.emplace_back(&step, instance); });
  const Value kept = Value::context({{"event", Value::string(event)},
                                     {"occurred", Value::string(to_string(occurred_now()))},
                                     {"payload", payload}});
  for (const auto& [step, instance] : keepers) {
    const Value before = kept_for(s, *step, instance);
    std::vector<Value> list(before.items().begin(), before.items().end());
    list.push_back(kept);
    const std::vector<NamedValue> set{{kept_name(*step), Value::list(std::move(list))}};
    emit(VariablesSet{instance, names_of(set), event}, set_data(set));
  }
}

// A step was entered: what came before it, and counts, comes now.
inline void Machine::deliver_kept(TokenId token) {
  const Activity* activity = find_activity(s, token);
  if (activity == nullptr || failed()) return;
  const PlanStep& step = step_of(*activity);
  if (!counts_early(step)) return;
  const InstanceId instance = activity->instance;
  const Value list = kept_for(s, step, instance);
  if (list.size() == 0) return;
  struct Early {
    std::string event;
    Instant occurred;
    Value payload;
  };
  std::vector<Early> early;
  for (const Value& one : list.items()) {
    auto occurred = parse_instant(one.get("occurred").as_string());
    early.push_back(
        {std::string(one.get("event").as_string()), occurred ? *occurred : now, one.get("payload")});
  }
  const auto keep_rest = [&](std::size_t from) {
    std::vector<Value> rest(list.items().begin() + static_cast<std::ptrdiff_t>(from), list.items().end());
    const std::vector<NamedValue> set{{kept_name(step), Value::list(std::move(rest))}};
    emit(VariablesSet{instance, names_of(set), step.id}, set_data(set));
  };
  RunPlace place;
  place.instance = instance;
  place.step = step.ref;
  if (!step.each) {
    std::size_t looked = 0;
    while (looked < early.size() && !failed()) {
      const Early& one = early[looked++];
      const bool left = end_wait(token, one.event, one.payload, one.occurred, true);
      null_conditions = 0;
      diagnostics.clear();
      if (left) break;
    }
    return keep_rest(looked);
  }
  // What came while the moment has not come yet lies before it.
  const DueTime since = moment_time(*step.each->since, now, place);
  const auto counts = [&](const Early& one) {
    return since.kind == DueTime::Kind::at && one.occurred >= since.at;
  };
  std::size_t looked = 0;
  bool over = false;
  for (; looked < early.size() && !over; ++looked)
    over = counts(early[looked]) && early[looked].event == step.each->until_event;
  keep_rest(looked);
  for (std::size_t i = 0; i < looked; ++i) {
    const Early& one = early[i];
    activity = find_activity(s, token);
    if (activity == nullptr || failed()) return;
    if (counts(one) && one.event == step.each->event)
      open_instance(token, activity->opened + 1, one.payload.with("occurred", Value::instant(one.occurred)),
                    one.event, one.occurred);
  }
  if (!over || failed()) return;
  emit(EachClosing{token});
  if (step.each->withdraw_at_end) close_instances_of(token, LeaveReason::withdrawn);
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
