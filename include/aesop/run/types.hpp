// Small words shared by events and states: enums with permanent numbers, and the pieces of clocks and tokens.
// Part run; depends on base. Everything here is recorded: append, never reorder.
#pragma once

#include "aesop/base/civil.hpp"
#include "aesop/run/fields.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Numbers tokens, unique in a run; 0 is none. A task's public id begins with RUN:TOKEN.
using TokenId = std::uint32_t;
/// Numbers instances of `each` steps; 0 is the run itself.
using InstanceId = std::uint32_t;

enum class RunStatus : std::uint8_t { none, open, suspended, closed };
template <>
struct EnumNames<RunStatus> {
  static constexpr std::string_view names[] = {"none", "open", "suspended", "closed"};
};

/// Kinds of steps as they are recorded (model's StepKind may grow in another order).
enum class ActivityKind : std::uint8_t {
  task,
  decision,
  parallel,
  join,
  any,
  wait,
  service,
  approval,
  each,
  call,
  end
};
template <>
struct EnumNames<ActivityKind> {
  static constexpr std::string_view names[] = {"task",    "decision", "parallel", "join", "any", "wait",
                                               "service", "approval", "each",     "call", "end"};
};

/// States of a human task (semantics 2.1). `none` is an active step that waits on no person.
/// The last seven are final, except `completed`, in which a task under review still stands.
enum class TaskState : std::uint8_t {
  none,
  created,
  ready,
  reserved,
  in_progress,
  suspended,
  completed,
  failed,
  skipped,
  not_applicable,
  withdrawn,
  lapsed
};
template <>
struct EnumNames<TaskState> {
  static constexpr std::string_view names[] = {"none",        "created",        "ready",     "reserved",
                                               "in_progress", "suspended",      "completed", "failed",
                                               "skipped",     "not_applicable", "withdrawn", "lapsed"};
};

/// Why a step was left. A step closed by time is `lapsed`: overdue never means done.
enum class LeaveReason : std::uint8_t { completed, skipped, lapsed, failed, withdrawn, not_applicable };
template <>
struct EnumNames<LeaveReason> {
  static constexpr std::string_view names[] = {"completed", "skipped",   "lapsed",
                                               "failed",    "withdrawn", "not_applicable"};
};

enum class ClockKind : std::uint8_t {
  step,
  stage,
  case_clock,
  wait,
  retry,
  exception_decision,
  exception_validity,
  emergency_review,
  handoff,
  task_resume
};
template <>
struct EnumNames<ClockKind> {
  static constexpr std::string_view names[] = {"step",
                                               "stage",
                                               "case",
                                               "wait",
                                               "retry",
                                               "exception_decision",
                                               "exception_validity",
                                               "emergency_review",
                                               "handoff",
                                               "task_resume"};
};

/// What a suspension does to a clock: keep the due time, keep the rest of the time, or begin anew.
enum class Pause : std::uint8_t { absolute, remaining, restart };
template <>
struct EnumNames<Pause> {
  static constexpr std::string_view names[] = {"absolute", "remaining", "restart"};
};

/// A rung of a clock that will fire at `due`.
struct ArmedRung {
  std::uint32_t index = 0;  ///< in the ladder, from 0
  Instant due = {};
  std::uint32_t count = 0;  ///< times an `every` rung has fired
  friend bool operator==(const ArmedRung&, const ArmedRung&) = default;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("index", s.index);
    f("due", s.due);
    f("count", s.count);
  }
};

/// One occurrence of a clock as it is armed. A timer is one armed rung of it, named t/RUN/CLOCK/OCCURRENCE/RUNG.
struct ArmedClock {
  std::string id = {};  ///< unique among the run's clocks: step.approve, clock.follow_up, wait.answer#2
  std::uint32_t occurrence = 1;  ///< of that id, from 1; a step's visit
  ClockKind kind = ClockKind::step;
  TokenId token = 0;  ///< the step it belongs to; 0 for stages, cases and the like
  InstanceId instance = 0;
  std::string ref = {};  ///< id in the SOP: step, stage, clock, handoff; or of the exception or handoff
  Instant started = {};
  std::optional<Instant> due = {};    ///< absent: no due time, or not yet known (`pending`)
  std::vector<ArmedRung> rungs = {};  ///< by index
  Pause pause = Pause::absolute;
  bool pending =
      false;  ///< its anchor has not happened yet; looked at again whenever an event or a variable comes
  std::string zones = {};  ///< version of the zone data, when due times hang on a zone or calendar
  friend bool operator==(const ArmedClock&, const ArmedClock&) = default;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("occurrence", s.occurrence);
    f("kind", s.kind);
    f("token", s.token);
    f("instance", s.instance);
    f("ref", s.ref);
    f("started", s.started);
    f("due", s.due);
    f("rungs", s.rungs);
    f("pause", s.pause);
    f("pending", s.pending);
    f("zones", s.zones);
  }
};

/// New times of a clock that goes on.
struct ClockTimes {
  std::string id = {};
  std::uint32_t occurrence = 1;
  Instant started = {};
  std::optional<Instant> due = {};
  std::vector<ArmedRung> rungs = {};
  friend bool operator==(const ClockTimes&, const ClockTimes&) = default;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("occurrence", s.occurrence);
    f("started", s.started);
    f("due", s.due);
    f("rungs", s.rungs);
  }
};

/// A token on its way along an edge.
struct Move {
  TokenId token = 0;
  InstanceId instance = 0;
  std::string from = {};   ///< step it left; empty at the start
  std::string to = {};     ///< step it goes to
  std::string after = {};  ///< person who did the last human step on its way
  friend bool operator==(const Move&, const Move&) = default;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("instance", s.instance);
    f("from", s.from);
    f("to", s.to);
    f("after", s.after);
  }
};

/// What a target of a rung was resolved to.
struct Resolved {
  std::string action = {};               ///< notify, page, reassign
  std::string target = {};               ///< as the SOP names it: responsible, rcm_lead
  std::vector<std::string> people = {};  ///< person ids; or one "role:ROLE" in a store without people
  friend bool operator==(const Resolved&, const Resolved&) = default;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("action", s.action);
    f("target", s.target);
    f("people", s.people);
  }
};

}  // namespace v0
}  // namespace aesop
