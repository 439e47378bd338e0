// What may be done with a human task, in which state, by whom, and where it leads: the one table for code, tests and
// docs/commands.md. Part run. Semantics 2.1.
#pragma once

#include "aesop/run/command.hpp"
#include "aesop/run/types.hpp"

#include <cstdint>
#include <string_view>

namespace aesop {
inline namespace v0 {

/// A set of task states: bit n is the state numbered n.
using TaskStates = std::uint16_t;
constexpr TaskStates in_states() { return 0; }
template <class... Rest>
constexpr TaskStates in_states(TaskState first, Rest... rest) {
  return static_cast<TaskStates>(1u << static_cast<unsigned>(first) | in_states(rest...));
}

/// Who may: any of these.
enum Who : std::uint8_t {
  by_candidate = 1,  ///< acts in a responsible role and is not kept out
  by_owner = 2,      ///< holds the task
  by_manager = 4,    ///< acts in an accountable role
  by_reviewer = 8,   ///< acts in the reviewing role and is not the performer
};

struct Operation {
  CommandType verb;
  TaskStates from;
  TaskStates auto_start;  ///< further states when the step has auto_start
  std::uint8_t who;
  TaskState to;  ///< `none`: as it is, or as it was before the suspension
};

inline constexpr Operation operation_table[] = {
    {CommandType::claim, in_states(TaskState::ready), 0, by_candidate | by_manager, TaskState::reserved},
    {CommandType::start_task, in_states(TaskState::ready, TaskState::reserved), 0, by_candidate | by_owner,
     TaskState::in_progress},
    {CommandType::stop, in_states(TaskState::in_progress), 0, by_owner | by_manager, TaskState::reserved},
    {CommandType::release, in_states(TaskState::reserved, TaskState::in_progress), 0, by_owner | by_manager,
     TaskState::ready},
    {CommandType::delegate, in_states(TaskState::ready, TaskState::reserved, TaskState::in_progress), 0,
     by_owner | by_manager, TaskState::reserved},
    {CommandType::forward, in_states(TaskState::ready, TaskState::reserved, TaskState::in_progress), 0,
     by_owner | by_manager, TaskState::ready},
    {CommandType::suspend_task, in_states(TaskState::ready, TaskState::reserved, TaskState::in_progress), 0,
     by_owner | by_manager, TaskState::suspended},
    {CommandType::resume_task, in_states(TaskState::suspended), 0, by_owner | by_manager, TaskState::none},
    {CommandType::tick, in_states(TaskState::ready, TaskState::reserved, TaskState::in_progress), 0,
     by_candidate | by_owner | by_manager, TaskState::none},
    {CommandType::untick, in_states(TaskState::ready, TaskState::reserved, TaskState::in_progress), 0,
     by_candidate | by_owner | by_manager, TaskState::none},
    {CommandType::attach_evidence, in_states(TaskState::ready, TaskState::reserved, TaskState::in_progress),
     0, by_candidate | by_owner | by_manager, TaskState::none},
    {CommandType::save, in_states(TaskState::reserved, TaskState::in_progress), in_states(TaskState::ready),
     by_candidate | by_owner, TaskState::none},
    {CommandType::complete, in_states(TaskState::in_progress),
     in_states(TaskState::ready, TaskState::reserved), by_candidate | by_owner, TaskState::completed},
    {CommandType::fail, in_states(TaskState::in_progress), in_states(TaskState::ready, TaskState::reserved),
     by_candidate | by_owner, TaskState::failed},
    {CommandType::accept_review, in_states(TaskState::completed), 0, by_reviewer, TaskState::completed},
    {CommandType::return_for_rework, in_states(TaskState::completed), 0, by_reviewer, TaskState::ready},
};

/// The row of a verb; nullptr when it is none on a human task.
constexpr const Operation* find_operation(CommandType verb) {
  for (const Operation& row : operation_table)
    if (row.verb == verb) return &row;
  return nullptr;
}

/// Whether the table allows the verb in a state.
constexpr bool allows(const Operation& row, TaskState state, bool auto_start) {
  const TaskStates states = static_cast<TaskStates>(row.from | (auto_start ? row.auto_start : 0));
  return (states & in_states(state)) != 0;
}

}  // namespace v0
}  // namespace aesop
