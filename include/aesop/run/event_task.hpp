// Control records of events about human tasks, reviews and approvals. Part run; rules in event.hpp.
#pragma once

#include "aesop/run/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// The actor took the task: it is reserved.
struct TaskClaimed {
  static constexpr std::string_view name = "task_claimed";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  friend bool operator==(const TaskClaimed&, const TaskClaimed&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
  }
};

/// The actor began; claims it too when nobody held it.
struct TaskStarted {
  static constexpr std::string_view name = "task_started";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  friend bool operator==(const TaskStarted&, const TaskStarted&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
  }
};

struct TaskStopped {
  static constexpr std::string_view name = "task_stopped";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  friend bool operator==(const TaskStopped&, const TaskStopped&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
  }
};

/// Nobody holds the task any more.
struct TaskReleased {
  static constexpr std::string_view name = "task_released";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  friend bool operator==(const TaskReleased&, const TaskReleased&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
  }
};

/// `to` holds the task; whoever held it stays answerable.
struct TaskDelegated {
  static constexpr std::string_view name = "task_delegated";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::string to = {};
  std::string answerable = {};
  friend bool operator==(const TaskDelegated&, const TaskDelegated&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("to", s.to);
    f("answerable", s.answerable);
  }
};

/// Given back to the others: `by` may not take it again.
struct TaskForwarded {
  static constexpr std::string_view name = "task_forwarded";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::string by = {};  ///< who held it
  friend bool operator==(const TaskForwarded&, const TaskForwarded&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("by", s.by);
  }
};

struct TaskSuspended {
  static constexpr std::string_view name = "task_suspended";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::vector<ArmedClock> clocks = {};  ///< the one that resumes it, when a time was given
  friend bool operator==(const TaskSuspended&, const TaskSuspended&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("clocks", s.clocks);
  }
};

struct TaskResumed {
  static constexpr std::string_view name = "task_resumed";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::vector<ClockTimes> clocks = {};
  friend bool operator==(const TaskResumed&, const TaskResumed&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("clocks", s.clocks);
  }
};

/// A rung gave the task to others.
struct TaskReassigned {
  static constexpr std::string_view name = "task_reassigned";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::vector<std::string> roles = {};
  std::vector<std::string> candidates = {};
  std::string cause = {};
  friend bool operator==(const TaskReassigned&, const TaskReassigned&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("roles", s.roles);
    f("candidates", s.candidates);
    f("cause", s.cause);
  }
};

struct PriorityRaised {
  static constexpr std::string_view name = "priority_raised";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::int32_t priority = 5;
  std::string cause = {};
  friend bool operator==(const PriorityRaised&, const PriorityRaised&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("priority", s.priority);
    f("cause", s.cause);
  }
};

/// Work in progress was kept. data: {form}.
struct FormSaved {
  static constexpr std::string_view name = "form_saved";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  friend bool operator==(const FormSaved&, const FormSaved&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
  }
};

/// data: {reading, note}.
struct ItemTicked {
  static constexpr std::string_view name = "item_ticked";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::string item = {};
  bool reading = false;  ///< the payload holds one
  friend bool operator==(const ItemTicked&, const ItemTicked&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("item", s.item);
    f("reading", s.reading);
  }
};

struct ItemUnticked {
  static constexpr std::string_view name = "item_unticked";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::string item = {};
  friend bool operator==(const ItemUnticked&, const ItemUnticked&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("item", s.item);
  }
};

/// data: {name, uri or inline}.
struct EvidenceAttached {
  static constexpr std::string_view name = "evidence_attached";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::string item = {};  ///< empty: of the task as a whole
  std::string sha256 = {};
  std::string media_type = {};
  friend bool operator==(const EvidenceAttached&, const EvidenceAttached&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("item", s.item);
    f("sha256", s.sha256);
    f("media_type", s.media_type);
  }
};

/// The actor finished the task. With a reviewer it stands in review, else step_left follows.
/// data: {form, note, reasons: {item: text}}.
struct TaskCompleted {
  static constexpr std::string_view name = "task_completed";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::string step = {};
  std::uint32_t visit = 1;
  bool review = false;
  std::vector<std::string> undone = {};      ///< items in force left undone: documented, should, could
  std::vector<std::string> exceptions = {};  ///< approved exceptions that let items be left undone
  friend bool operator==(const TaskCompleted&, const TaskCompleted&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("step", s.step);
    f("visit", s.visit);
    f("review", s.review);
    f("undone", s.undone);
    f("exceptions", s.exceptions);
  }
};

/// The actor could not do the task. data: {reason}.
struct TaskFailed {
  static constexpr std::string_view name = "task_failed";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::string step = {};
  std::uint32_t visit = 1;
  friend bool operator==(const TaskFailed&, const TaskFailed&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("step", s.step);
    f("visit", s.visit);
  }
};

struct ReviewAccepted {
  static constexpr std::string_view name = "review_accepted";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  friend bool operator==(const ReviewAccepted&, const ReviewAccepted&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
  }
};

/// The reviewer sent the work back: the token goes to the same step again, a new visit. data: {note}.
struct ReworkReturned {
  static constexpr std::string_view name = "rework_returned";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::string performer = {};  ///< whose work it was
  std::vector<Move> moves = {};
  friend bool operator==(const ReworkReturned&, const ReworkReturned&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("performer", s.performer);
    f("moves", s.moves);
  }
};

/// One voice in an approval step. data: {note}.
struct ApprovalDecided {
  static constexpr std::string_view name = "approval_decided";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::string role = {};  ///< in which the actor decided
  bool approve = false;
  std::string outcome = {};  ///< approved or refused, once settled
  friend bool operator==(const ApprovalDecided&, const ApprovalDecided&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("role", s.role);
    f("approve", s.approve);
    f("outcome", s.outcome);
  }
};

}  // namespace v0
}  // namespace aesop
