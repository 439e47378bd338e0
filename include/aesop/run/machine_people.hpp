// Who may and who is told: roles, candidates, separation of duty. Part run, private.
// Candidacy goes by the roles the host asserts for the actor of a command; the directory says whom to tell and who
// stands on a worklist. In a store without people a role stands for itself, as "role:ROLE".
#pragma once

#include "aesop/run/machine_core.hpp"

#include <string>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline std::vector<std::string> Machine::people_of(std::string_view role) const {
  if (!has_directory()) return {cat("role:", role)};
  return facts.directory->people(role, s.scope);
}

// The roles a target names: a word of the RACI of `step`, or a role itself.
inline std::vector<std::string> Machine::roles_of_target(std::string_view target,
                                                         const PlanStep* step) const {
  static constexpr std::string_view words[] = {"responsible", "accountable", "consulted",
                                               "informed",    "review",      "pages"};
  if (!contains(words, target)) return {std::string(target)};
  if (step == nullptr) return {};
  if (target == "responsible") return step->responsible;
  if (target == "accountable") return step->accountable;
  if (target == "consulted") return step->consulted;
  if (target == "informed") return step->informed;
  const std::string& role = target == "review" ? step->review : step->pages;
  return role.empty() ? std::vector<std::string>() : std::vector<std::string>{role};
}

// The people a target means now. Whoever holds a task is its responsible; once it is done, whoever may review it.
inline std::vector<std::string> Machine::resolve_target(std::string_view target, const PlanStep* step,
                                                        const Activity* activity) const {
  std::vector<std::string> people;
  if (target == "responsible" && activity != nullptr && activity->in_review()) {
    for (const std::string& person : people_of(activity->reviewer))
      if (person != activity->performer) add_sorted(people, person);
    return people;
  }
  if (target == "responsible" && activity != nullptr && !activity->owner.empty()) return {activity->owner};
  const std::vector<std::string> roles =
      target == "responsible" && activity != nullptr ? activity->roles : roles_of_target(target, step);
  for (const std::string& role : roles)
    for (const std::string& person : people_of(role)) add_sorted(people, person);
  return people;
}

// Persons who may not do this step because of what they did before (`exclude`): whoever did any visit of the steps it
// names, in the innermost instance that holds both. Seen from outside an `each` that is every instance of it.
inline std::vector<std::string> Machine::kept_out(const PlanStep& step, InstanceId instance) const {
  std::vector<std::string> out;
  const auto around = [&](InstanceId id) {
    const Instance* of = find_instance(s, id);
    return of ? of->parent : InstanceId{0};
  };
  for (const std::uint32_t ref : step.exclude) {
    const PlanStep& other = plan.step(ref);
    const auto holds_other = [&](InstanceId id) {
      const Instance* of = find_instance(s, id);
      const PlanStep* each = of ? plan.find(of->step) : nullptr;
      if (each == nullptr || !each->each) return true;
      for (std::uint32_t block = other.block; block != 0;
           block = plan.step(plan.block(block).owner_step).block)
        if (block == each->each->block) return true;
      return false;
    };
    InstanceId both = instance;
    while (both != 0 && !holds_other(both)) both = around(both);
    for (const Doer& doer : s.doers) {
      if (doer.step != other.id) continue;
      InstanceId in = doer.instance;
      while (in != both && in != 0) in = around(in);
      if (in == both) add_sorted(out, doer.by);
    }
  }
  return out;
}

inline std::vector<std::string> Machine::candidates_for(const std::vector<std::string>& roles,
                                                        const std::vector<std::string>& excluded) const {
  std::vector<std::string> out;
  if (!has_directory()) return out;
  for (const std::string& role : roles)
    for (const std::string& person : facts.directory->people(role, s.scope))
      if (!contains(excluded, person)) add_sorted(out, person);
  return out;
}

inline std::optional<std::string> Machine::acting_role(const std::vector<std::string>& roles) const {
  for (const std::string& role : roles)
    if (actor().has_role(role)) return role;
  return std::nullopt;
}

inline bool Machine::is_manager(const Activity& activity) const {
  return acting_role(activity.managers).has_value();
}

// Whether the actor may be given or do this task; refuses when not.
inline bool Machine::may_be_candidate(const Activity& activity, const PlanStep& step) {
  if (contains(kept_out(step, activity.instance), actor().id)) {
    reject("separation_of_duty", cat("whoever did a step that ", step.id, " excludes may not do it"));
    return false;
  }
  if (contains(activity.excluded, actor().id)) {
    reject("not_candidate", "the actor gave this task to others");
    return false;
  }
  if (!acting_role(activity.roles)) {
    reject("not_candidate", cat("this task is for ", join(activity.roles, ", ")),
           {{"roles", text_list(activity.roles)}});
    return false;
  }
  return true;
}

// Whether the actor may do what the row says, in the state the task is in; refuses when not.
inline bool Machine::permit(const Operation& row, const Activity& activity, const PlanStep& step) {
  if (!allows(row, activity.state, step.definition->auto_start)) {
    reject("wrong_state", cat("a task that is ", name_of(activity.state), " does not allow ", name(row.verb)),
           {{"state", Value::string(name_of(activity.state))}});
    return false;
  }
  const bool owner = !activity.owner.empty() && activity.owner == actor().id;
  const bool ticking = row.verb == CommandType::tick || row.verb == CommandType::untick ||
                       row.verb == CommandType::attach_evidence;
  const bool working = ticking || row.verb == CommandType::complete || row.verb == CommandType::start_task ||
                       row.verb == CommandType::save;
  if ((row.who & by_owner) && owner) {
    // (14): whoever holds the task is looked at again when he works on it.
    if (working && contains(kept_out(step, activity.instance), actor().id)) {
      reject("separation_of_duty");
      return false;
    }
    return true;
  }
  if ((row.who & by_manager) && is_manager(activity)) {
    if ((working || row.verb == CommandType::claim) &&
        contains(kept_out(step, activity.instance), actor().id)) {
      reject("separation_of_duty");
      return false;
    }
    return true;
  }
  if (row.who & by_reviewer) {
    if (!actor().has_role(activity.reviewer)) {
      reject("not_permitted", cat("the review of this task is for ", activity.reviewer),
             {{"roles", text_list({activity.reviewer})}});
      return false;
    }
    if (actor().id == activity.performer) {
      reject("separation_of_duty", "nobody reviews work of his own");
      return false;
    }
    return true;
  }
  if (row.who & by_candidate) {
    // Ticking is open to every candidate; what one person works on only while nobody holds the task.
    if (!activity.owner.empty() && !ticking) {
      reject("not_owner", "somebody else holds the task", {{"owner", Value::string(activity.owner)}});
      return false;
    }
    return may_be_candidate(activity, step);
  }
  reject(activity.owner.empty() ? "not_permitted" : "not_owner", {},
         activity.owner.empty()
             ? std::vector<std::pair<std::string, Value>>{}
             : std::vector<std::pair<std::string, Value>>{{"owner", Value::string(activity.owner)}});
  return false;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
