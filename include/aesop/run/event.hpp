// What happened: Event, the only truth about a run. Part run; depends on base and value.
//
// (1) An event is `{type, version, at, occurred_at, actor, control, data}`. `control` is one struct per type (the
//     event_*.hpp files); it holds ids, times, roles, person ids and codes, never free text or values of forms.
//     `data` holds those. State is rebuilt from control alone where data was erased.
// (2) Released structs only grow at their end: a new member, of the struct or of one within it, is said with the
//     version in which it came (fields.hpp), every event that holds it then carries that version, and logs of before
//     are read with the member at its default. Versions are numbers of one count over all types: the next free one is
//     last_event_version + 1. What would need more than a new member is an event of a new name, added to Control at
//     its end. tests/golden/events proves it.
// (3) An event says what was decided: tokens moved, due times, people found. apply() decides nothing.
// (4) Events of a run are ordered by their number alone. `at` never goes back within a run.
#pragma once

#include "aesop/run/event_exception.hpp"
#include "aesop/run/event_run.hpp"
#include "aesop/run/event_task.hpp"
#include "aesop/run/event_time.hpp"
#include "aesop/run/one_of.hpp"
#include "aesop/value/value.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Every control struct. The order is no format: the log stores names.
using Control =
    OneOf<RunStarted, StepEntered, TaskClaimed, TaskStarted, TaskStopped, TaskReleased, TaskDelegated,
          TaskForwarded, TaskSuspended, TaskResumed, TaskReassigned, PriorityRaised, FormSaved, ItemTicked,
          ItemUnticked, EvidenceAttached, TaskCompleted, TaskFailed, ReviewAccepted, ReworkReturned, StepLeft,
          TokenParked, JoinFired, InstanceOpened, InstanceClosed, ListFixed, EachClosing, EventRecorded,
          VariablesSet, ClockStarted, ClockStopped, ClockRescheduled, RungFired, RungMooted, ServiceRequested,
          ServiceCompleted, ServiceFailed, ApprovalDecided, IncidentRaised, IncidentResolved,
          ExceptionRequested, ExceptionDecided, ExceptionApproved, ExceptionDenied, ExceptionPassedOn,
          ExceptionUsed, ExceptionExpired, EmergencyInvoked, EmergencyReviewed, EmergencyReviewOverdue,
          HandoffMade, HandoffAcknowledged, RunSuspended, RunResumed, RunCancelled, RunClosed,
          CorrectionRecorded, LinkedRunRequested>;

/// Types of events, in the order of Control.
enum class EventType : std::uint16_t {
  run_started,
  step_entered,
  task_claimed,
  task_started,
  task_stopped,
  task_released,
  task_delegated,
  task_forwarded,
  task_suspended,
  task_resumed,
  task_reassigned,
  priority_raised,
  form_saved,
  item_ticked,
  item_unticked,
  evidence_attached,
  task_completed,
  task_failed,
  review_accepted,
  rework_returned,
  step_left,
  token_parked,
  join_fired,
  instance_opened,
  instance_closed,
  list_fixed,
  each_closing,
  event_recorded,
  variables_set,
  clock_started,
  clock_stopped,
  clock_rescheduled,
  rung_fired,
  rung_mooted,
  service_requested,
  service_completed,
  service_failed,
  approval_decided,
  incident_raised,
  incident_resolved,
  exception_requested,
  exception_decided,
  exception_approved,
  exception_denied,
  exception_passed_on,
  exception_used,
  exception_expired,
  emergency_invoked,
  emergency_reviewed,
  emergency_review_overdue,
  handoff_made,
  handoff_acknowledged,
  run_suspended,
  run_resumed,
  run_cancelled,
  run_closed,
  correction_recorded,
  linked_run_requested
};

inline constexpr std::size_t event_type_count = Control::size;

/// The newest version that an event of any type has.
inline constexpr std::uint16_t last_event_version = 2;

namespace detail {
template <std::size_t... I>
constexpr auto event_names(std::index_sequence<I...>) {
  struct Row {
    std::string_view name;
    std::uint16_t version;
  };
  struct Rows {
    Row rows[sizeof...(I)];
  };
  return Rows{{{Control::Alternative<I>::name, Control::Alternative<I>::version}...}};
}
inline constexpr auto event_table = event_names(std::make_index_sequence<event_type_count>());
}  // namespace detail

/// The recorded name of a type, "step_entered".
constexpr std::string_view name(EventType type) {
  return detail::event_table.rows[static_cast<std::size_t>(type)].name;
}
/// The version of its control struct that this library writes.
constexpr std::uint16_t event_version(EventType type) {
  return detail::event_table.rows[static_cast<std::size_t>(type)].version;
}
constexpr std::optional<EventType> event_type(std::string_view name) {
  for (std::size_t i = 0; i < event_type_count; ++i)
    if (detail::event_table.rows[i].name == name) return static_cast<EventType>(i);
  return std::nullopt;
}
static_assert(event_type("linked_run_requested") == EventType::linked_run_requested);
static_assert(event_type("event_recorded") == EventType::event_recorded);
static_assert(event_type("incident_raised") == EventType::incident_raised);

/// One thing that happened in a run.
struct Event {
  Instant at = {};        ///< logical time of the decision
  Instant recorded = {};  ///< when the engine was told: the command's `at`, or `to` of an advance
  std::optional<Instant> occurred_at = {};  ///< when it really happened, if the command said so
  std::string command_id = {};          ///< of the command behind it, for timers the one that let them fire
  std::string actor = {};               ///< person id; empty: the engine (timers and what follows from them)
  std::vector<std::string> roles = {};  ///< in which the actor acted
  std::string scope = {};               ///< of the actor
  Control control = {};
  Value data = {};  ///< a context, null when there is none, `erased` when it was erased

  EventType type() const { return static_cast<EventType>(control.index()); }
  std::string_view name() const { return aesop::name(type()); }
  std::uint16_t version() const { return event_version(type()); }
  /// When it happened as far as data and measures are concerned.
  Instant occurred() const { return occurred_at.value_or(at); }
  /// The control struct of a type, or nullptr.
  template <class T>
  const T* as() const {
    return control.get_if<T>();
  }
};

}  // namespace v0
}  // namespace aesop
