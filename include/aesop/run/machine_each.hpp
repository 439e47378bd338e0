// `each` steps: opening instances over lists and events, and closing them. Part run, private.
#pragma once

#include "aesop/model/conform.hpp"
#include "aesop/run/machine_core.hpp"
#include "aesop/run/machine_kept.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline void Machine::open_instance(TokenId owner, std::uint32_t index, Value item, std::string event,
                                   Instant when) {
  const Activity* activity = find_activity(s, owner);
  if (activity == nullptr || failed()) return;
  const PlanStep& step = step_of(*activity);
  const PlanEach& each = *step.each;
  InstanceOpened opened;
  opened.instance = s.last_instance + 1;
  opened.parent = activity->instance;
  opened.owner = owner;
  opened.step = step.id;
  opened.index = index;
  opened.event = std::move(event);
  opened.occurred = when;
  if (each.block != no_ref && plan.block(each.block).first_step != no_ref)
    opened.moves.push_back(
        move_to(s.last_token + 1, opened.instance, {}, plan.block(each.block).first_step, {}));
  RunPlace place;
  place.instance = activity->instance;
  std::vector<Entry> values;
  for (const PlanField& field : each.data) {
    Value value = field.default_value ? evaluate(*field.default_value, place) : Value();
    auto typed = conform(value, *field.definition);
    opened.set.push_back(field.definition->name);
    values.emplace_back(field.definition->name, typed ? typed.take() : Value());
  }
  // What comes for its own steps before they are entered is the instance's.
  if (each.block != no_ref)
    for (const std::uint32_t ref : plan.block(each.block).steps)
      if (counts_early(plan.step(ref))) {
        opened.set.push_back(kept_name(plan.step(ref)));
        values.emplace_back(opened.set.back(), Value::list({}));
      }
  emit(std::move(opened),
       Value::context({{"item", std::move(item)}, {"set", Value::context(std::move(values))}}));
}

// The elements are fixed at entry; none completes the step at once.
inline void Machine::open_list(TokenId owner) {
  const Activity* activity = find_activity(s, owner);
  const PlanStep& step = step_of(*activity);
  RunPlace place;
  place.instance = activity->instance;
  const Value list = step.each->list ? evaluate(*step.each->list, place) : Value();
  if (!list.is_list())
    return incident("bad_list", activity, {},
                    cat("what each goes over is ", to_string(list.kind()), ", not a list"));
  if (list.size() > facts.limits.list_items)
    return incident("limit", activity, {},
                    cat("the list has more than ", facts.limits.list_items, " elements"));
  diagnostics.clear();
  emit(ListFixed{owner, static_cast<std::uint32_t>(list.size())}, Value::context({{"items", list}}));
  const std::size_t first = step.each->at_once ? list.size() : std::min<std::size_t>(list.size(), 1);
  for (std::size_t i = 0; i < first; ++i)
    open_instance(owner, static_cast<std::uint32_t>(i + 1), list.at(i), {}, now);
}

// Whether enough elements of a list are done: nothing while it is open.
inline bool list_done(const PlanEach& each, const Activity& activity, std::size_t open) {
  const std::size_t all = activity.items.size();
  const std::size_t done = activity.outcomes.size();
  if (done >= all && open == 0) return true;
  const auto vetoed = [](const std::string& outcome) { return outcome == "refused" || outcome == "failed"; };
  if (each.done == "any") return done >= 1;
  if (each.done == "majority") return done * 2 > all;
  if (each.done == "at_least") return done >= each.at_least;
  if (each.done == "first_veto")
    return std::any_of(activity.outcomes.begin(), activity.outcomes.end(), vetoed);
  return false;
}

// Ends instances without tokens, opens the next of a sequence, leaves the step when all is done. True when it did.
inline bool Machine::advance_each(TokenId owner) {
  const Activity* activity = find_activity(s, owner);
  if (activity == nullptr || !step_of(*activity).each) return false;
  for (const Instance& instance : s.instances) {
    if (instance.owner != owner) continue;
    const auto inside = [&](const auto& thing) { return thing.instance == instance.id; };
    if (std::any_of(s.activities.begin(), s.activities.end(), inside)) continue;
    if (std::any_of(s.parked.begin(), s.parked.end(), inside)) {
      if (std::any_of(s.incidents.begin(), s.incidents.end(), inside)) continue;
      incident("stuck", nullptr, {}, "a token waits before a join and no other can come", instance.id);
      return true;
    }
    close_instance(instance.id, LeaveReason::completed, instance.outcome);
    return true;
  }
  const PlanStep& step = step_of(*activity);
  const std::size_t open = static_cast<std::size_t>(std::count_if(
      s.instances.begin(), s.instances.end(), [&](const Instance& i) { return i.owner == owner; }));
  if (std::any_of(s.incidents.begin(), s.incidents.end(),
                  [&](const Incident& i) { return i.token == owner && !i.beside(); }))
    return false;
  // Closed by an event, a condition, or an end inside that closes: no more are opened.
  if (activity->closing && open == 0) {
    finish_each(owner);
    return true;
  }
  if (!step.each->event.empty()) return false;
  if (activity->items.is_null()) return false;
  bool done = list_done(*step.each, *activity, open) &&
              (activity->opened >= activity->items.size() || step.each->done != "all");
  if (!done && step.each->done == "condition" && !activity->outcomes.empty()) {
    RunPlace place;
    place.instance = activity->instance;
    done = holds(step.each->done_when, place);
  }
  if (done) {
    finish_each(owner);
    return true;
  }
  if (!step.each->at_once && !activity->closing && open == 0 && activity->opened < activity->items.size()) {
    const std::uint32_t index = activity->opened + 1;
    open_instance(owner, index, activity->items.at(index - 1), {}, now);
    return true;
  }
  return false;
}

inline void Machine::finish_each(TokenId owner) {
  close_instances_of(owner, LeaveReason::withdrawn);
  if (!failed()) leave_by_next(owner);
}

// Looks at the `until` conditions after data changed. True when one holds.
inline bool Machine::each_until() {
  bool changed = false;
  for (std::size_t i = 0; i < s.activities.size() && !failed(); ++i) {
    const Activity& activity = s.activities[i];
    if (activity.kind != ActivityKind::each || activity.closing) continue;
    const PlanStep& step = step_of(activity);
    if (!step.each || step.each->until.always) continue;
    RunPlace place;
    place.instance = activity.instance;
    const bool over = holds(step.each->until, place);
    diagnostics.clear();
    null_conditions = 0;
    if (!over) continue;
    const TokenId owner = activity.token;
    emit(EachClosing{owner});
    if (step.each->withdraw_at_end) close_instances_of(owner, LeaveReason::withdrawn);
    changed = true;
  }
  return changed;
}

// Leaves the first wait that is over because a condition it waits for holds. Only the first: what leaving it sets, the
// others see, and it makes the data dirty again. Waits in the order in which they were entered.
inline void Machine::leave_waits() {
  for (std::size_t i = 0; i < s.activities.size() && !failed(); ++i) {
    const Activity& activity = s.activities[i];
    if (activity.kind != ActivityKind::wait) continue;
    const PlanStep& step = step_of(activity);
    // (16): one that turns in a circle with others waits for somebody to look at its incident.
    const auto of_it = [&](const Incident& one) {
      return one.kind == "livelock" && one.token == activity.token;
    };
    if (std::any_of(s.incidents.begin(), s.incidents.end(), of_it)) continue;
    for (std::uint32_t k = 0; k < step.waits.size(); ++k) {
      const PlanWait& wait = step.waits[k];
      if (!wait.by_condition()) continue;
      RunPlace place;
      place.instance = activity.instance;
      place.step = step.ref;
      const bool over = holds(wait.branch.condition, place);
      diagnostics.clear();
      null_conditions = 0;
      if (!over) continue;
      if (turns_in_circles(step, activity.instance))
        return incident("livelock", &activity, {}, circle_text(step), activity.instance);
      StepLeft left;
      left.token = activity.token;
      left.instance = activity.instance;
      left.step = step.id;
      left.visit = activity.visit;
      left.branch = k;
      if (wait.branch.go != no_ref)
        left.moves.push_back(
            move_to(activity.token, activity.instance, step.id, wait.branch.go, activity.after));
      const std::vector<NamedValue> set = evaluate_sets(wait.branch.set, place);
      left.set = names_of(set);
      return emit(std::move(left), set_data(set));
    }
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
