// Bodies of projection.hpp. Included by it alone.
#pragma once

#include "aesop/run/projection.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

inline std::string timer_id(std::string_view run, std::string_view clock, std::uint32_t occurrence,
                            std::uint32_t rung) {
  return cat("t/", run, '/', clock, '/', occurrence, '/', rung);
}

inline std::string task_id(std::string_view run, const Activity& activity) {
  return cat(run, ':', activity.token, '.', activity.since);
}

inline std::optional<TaskName> parse_task_id(std::string_view run, std::string_view id) {
  if (!id.starts_with(run) || id.substr(run.size()).substr(0, 1) != ":") return std::nullopt;
  id.remove_prefix(run.size() + 1);
  const std::size_t dot = id.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto token = parse_integer<TokenId>(id.substr(0, dot));
  const auto since = parse_integer<std::uint64_t>(id.substr(dot + 1));
  if (!token || !since) return std::nullopt;
  return TaskName{*token, *since};
}

namespace detail {

// As Machine::frozen: a clock that stands still has no timers.
inline bool stands_still(const State& state, const Clock& clock) {
  if (state.status == RunStatus::suspended) return true;
  if (clock.armed.token == 0 || clock.armed.pause == Pause::absolute ||
      clock.armed.kind == ClockKind::task_resume)
    return false;
  const Activity* activity = find_activity(state, clock.armed.token);
  return activity != nullptr && activity->state == TaskState::suspended;
}

inline WorkItem work_item(const State& state, std::string task) {
  WorkItem item;
  item.task = std::move(task);
  item.run = state.id;
  item.sop = state.sop;
  item.subject = state.subject;
  item.key = state.key;
  item.scope = state.scope;
  return item;
}

inline const Clock* clock_of(const State& state, ClockKind kind, std::string_view ref) {
  for (const Clock& clock : state.clocks)
    if (clock.armed.kind == kind && clock.armed.ref == ref) return &clock;
  return nullptr;
}

}  // namespace detail

inline Projection projection(const State& state) {
  Projection out;
  struct Key {
    Instant due;
    const Clock* clock;
    std::uint32_t rung;
  };
  std::vector<Key> keys;
  for (const Clock& clock : state.clocks) {
    if (detail::stands_still(state, clock)) continue;
    for (const ArmedRung& rung : clock.armed.rungs) keys.push_back({rung.due, &clock, rung.index});
  }
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
    return std::tie(a.due, a.clock->armed.id, a.clock->armed.occurrence, a.rung) <
           std::tie(b.due, b.clock->armed.id, b.clock->armed.occurrence, b.rung);
  });
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::uint64_t order = i > 0 && keys[i].due == keys[i - 1].due ? out.timers.back().order + 1 : 0;
    out.timers.push_back(
        {timer_id(state.id, keys[i].clock->armed.id, keys[i].clock->armed.occurrence, keys[i].rung), state.id,
         keys[i].due, order});
  }

  for (const Activity& activity : state.activities) {
    const bool task = activity.kind == ActivityKind::task;
    if (!task && activity.kind != ActivityKind::approval) continue;
    WorkItem item = detail::work_item(state, task_id(state.id, activity));
    item.step = activity.step;
    item.instance = activity.instance;
    if (const Instance* instance = find_instance(state, activity.instance)) item.index = instance->index;
    item.visit = activity.visit;
    item.kind = !task ? "approval" : activity.in_review() ? "review" : "task";
    item.state = name_of(task ? activity.state : TaskState::ready);
    item.owner = activity.owner;
    item.roles = activity.in_review() ? std::vector<std::string>{activity.reviewer} : activity.roles;
    if (!activity.in_review()) item.candidates = activity.candidates;
    item.excluded = activity.excluded;
    if (activity.in_review()) item.excluded = {activity.performer};
    item.since = activity.entered;
    item.priority = activity.priority;
    for (const Clock& clock : state.clocks)
      if (clock.armed.token == activity.token && clock.armed.kind == ClockKind::step)
        item.due = clock.armed.due;
    // A task without a time limit of its own is limited by that of its stage.
    if (!item.due && !activity.stage.empty())
      for (const Clock& clock : state.clocks)
        if (clock.armed.kind == ClockKind::stage && clock.armed.ref == activity.stage &&
            clock.armed.instance == activity.instance)
          item.due = clock.armed.due;
    out.work.push_back(std::move(item));
  }
  for (const Deviation& deviation : state.exceptions) {
    const bool asked = deviation.state == ExceptionState::requested && state.open();
    if (!asked && deviation.state != ExceptionState::in_review) continue;
    WorkItem item = detail::work_item(state, cat(state.id, ':', deviation.id));
    item.step = deviation.step;
    item.instance = deviation.instance;
    item.kind = asked ? "exception" : "emergency_review";
    item.state = name_of(TaskState::ready);
    item.roles = deviation.approvers;
    item.excluded = {deviation.by};
    if (const Clock* clock = detail::clock_of(
            state, asked ? ClockKind::exception_decision : ClockKind::emergency_review, deviation.id)) {
      item.since = clock->armed.started;
      item.due = clock->armed.due;
    }
    out.work.push_back(std::move(item));
  }
  std::sort(out.work.begin(), out.work.end(),
            [](const WorkItem& a, const WorkItem& b) { return a.task < b.task; });
  return out;
}

}  // namespace v0
}  // namespace aesop
