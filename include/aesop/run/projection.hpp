// What a store keeps beside a run's state so that it can be found: timers and work items. Part run.
// projection(state) is a function of the state alone; a store writes the difference between the old and the new one.
#pragma once

#include "aesop/run/state.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aesop {
inline namespace v0 {

/// A timer that will fire: one armed rung. None while the run is suspended.
struct TimerRow {
  std::string id = {};  ///< t/RUN/CLOCK/OCCURRENCE/RUNG
  std::string run = {};
  Instant due = {};
  std::uint64_t order = 0;  ///< rank among the run's timers of the same due time
  friend bool operator==(const TimerRow&, const TimerRow&) = default;
};

/// Something a person can do: a task, a review or an approval.
struct WorkItem {
  std::string task = {};  ///< RUN:TOKEN.SINCE; of an exception RUN:EXCEPTION
  std::string run = {}, sop = {}, subject = {}, key = {};
  std::string step = {};
  InstanceId instance = 0;
  std::uint32_t index = 0;  ///< of the instance in its each, from 1; 0 at the top
  std::uint32_t visit = 1;
  std::string kind = {};   ///< task, review, approval, emergency_review, exception
  std::string state = {};  ///< ready, reserved, ...
  std::string owner = {};
  std::vector<std::string> roles = {};  ///< any of them may do it
  std::vector<std::string> candidates = {};
  std::vector<std::string> excluded = {};
  std::string scope = {};
  Instant since = {};
  std::optional<Instant> due = {};  ///< its own, else that of its stage
  std::int32_t priority = 5;
  friend bool operator==(const WorkItem&, const WorkItem&) = default;
};

struct Projection {
  std::vector<TimerRow> timers = {};  ///< by (due, clock id, occurrence, rung)
  std::vector<WorkItem> work = {};    ///< by task id
  friend bool operator==(const Projection&, const Projection&) = default;
};

Projection projection(const State& state);

/// The name of a timer: t/RUN/CLOCK/OCCURRENCE/RUNG.
std::string timer_id(std::string_view run, std::string_view clock, std::uint32_t occurrence,
                     std::uint32_t rung);
/// The public id of a task: RUN:TOKEN.SINCE. It names one visit of one step (of a service: one attempt), so that what
/// was meant for it can reach no other.
std::string task_id(std::string_view run, const Activity& activity);

/// What a task's id names within its run.
struct TaskName {
  TokenId token = 0;
  std::uint64_t since = 0;
};
/// Reads an id of a task of `run`; nullopt for any other text.
std::optional<TaskName> parse_task_id(std::string_view run, std::string_view id);

}  // namespace v0
}  // namespace aesop

#include "aesop/run/projection_inline.hpp"
