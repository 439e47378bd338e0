// Control records of events about the run itself, its tokens, instances, facts and incidents. Part run.
// One struct per event type; see event.hpp for the rules all of them keep. `data` names what the payload holds.
#pragma once

#include "aesop/run/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// A run began: its first token is on its way. data: {set: variables}.
struct RunStarted {
  static constexpr std::string_view name = "run_started";
  static constexpr std::uint16_t version = 2;
  std::string run = {}, sop = {}, sop_version = {}, plan_hash = {}, subject = {}, key = {}, scope = {},
              thread = {};
  std::vector<Move> moves = {};
  std::vector<std::string> set = {};  ///< names of all variables
  std::string parent = {};            ///< run that asked for this one; empty: nobody did
  std::string cause = {};             ///< key of the effect by which it asked
  friend bool operator==(const RunStarted&, const RunStarted&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("run", s.run);
    f("sop", s.sop);
    f("sop_version", s.sop_version);
    f("plan_hash", s.plan_hash);
    f("subject", s.subject);
    f("key", s.key);
    f("scope", s.scope);
    f("thread", s.thread);
    f("moves", s.moves);
    f("set", s.set);
    f("parent", s.parent, Since{2});
    f("cause", s.cause, Since{2});
  }
};

/// A token arrived and its step is active: a new visit.
struct StepEntered {
  static constexpr std::string_view name = "step_entered";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  InstanceId instance = 0;
  std::string step = {};
  ActivityKind kind = ActivityKind::task;
  std::uint32_t visit = 1;
  std::string from = {};
  std::string after = {};  ///< person who did the last human step before
  std::string stage = {};
  std::vector<std::string> roles = {};       ///< who may do it: the responsible roles, or the approvers
  std::vector<std::string> managers = {};    ///< accountable roles
  std::string reviewer = {};                 ///< role that reviews; empty: none
  std::vector<std::string> candidates = {};  ///< persons found at entry; empty in a store without people
  std::vector<std::string> excluded = {};    ///< persons kept out by separation of duty
  bool unstaffed = false;                    ///< people are registered and none of them may do it
  std::int32_t priority = 5;                 ///< 1 to 9, 9 most pressing
  std::vector<ArmedClock> clocks = {};       ///< its own clock and the time limits of a wait
  friend bool operator==(const StepEntered&, const StepEntered&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("instance", s.instance);
    f("step", s.step);
    f("kind", s.kind);
    f("visit", s.visit);
    f("from", s.from);
    f("after", s.after);
    f("stage", s.stage);
    f("roles", s.roles);
    f("managers", s.managers);
    f("reviewer", s.reviewer);
    f("candidates", s.candidates);
    f("excluded", s.excluded);
    f("unstaffed", s.unstaffed);
    f("priority", s.priority);
    f("clocks", s.clocks);
  }
};

/// A step was left: the token moved along the branch taken, or ended when `moves` is empty. A step that decides at
/// once has no step_entered: it is entered and left by this event. Clocks of the step stop with it.
/// data: {set: variables, form: payload of the event a wait was left by, diagnostics: why conditions were null}.
struct StepLeft {
  static constexpr std::string_view name = "step_left";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  InstanceId instance = 0;
  std::string step = {};
  std::uint32_t visit = 1;
  LeaveReason reason = LeaveReason::completed;
  std::string outcome = {};                  ///< approved, refused, or the outcome of an end
  std::optional<std::uint32_t> branch = {};  ///< number of the branch taken, from 0
  std::vector<Move> moves = {};
  std::vector<std::string> set = {};  ///< names of the variables set
  std::string cause = {};             ///< id of the timer, exception or incident behind it
  std::uint32_t null_conditions = 0;  ///< conditions that were null and therefore not true
  friend bool operator==(const StepLeft&, const StepLeft&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("instance", s.instance);
    f("step", s.step);
    f("visit", s.visit);
    f("reason", s.reason);
    f("outcome", s.outcome);
    f("branch", s.branch);
    f("moves", s.moves);
    f("set", s.set);
    f("cause", s.cause);
    f("null_conditions", s.null_conditions);
  }
};

/// A token waits on an edge into a join.
struct TokenParked {
  static constexpr std::string_view name = "token_parked";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  InstanceId instance = 0;
  std::string from = {}, to = {};
  friend bool operator==(const TokenParked&, const TokenParked&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("instance", s.instance);
    f("from", s.from);
    f("to", s.to);
  }
};

/// A join fired: it took one token of each edge and sent one on. data: {set: variables}.
struct JoinFired {
  static constexpr std::string_view name = "join_fired";
  static constexpr std::uint16_t version = 1;
  InstanceId instance = 0;
  std::string step = {};
  std::uint32_t visit = 1;
  std::vector<TokenId> taken = {};
  std::optional<std::uint32_t> branch = {};
  std::vector<Move> moves = {};
  std::vector<std::string> set = {};
  friend bool operator==(const JoinFired&, const JoinFired&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("instance", s.instance);
    f("step", s.step);
    f("visit", s.visit);
    f("taken", s.taken);
    f("branch", s.branch);
    f("moves", s.moves);
    f("set", s.set);
  }
};

/// An instance of an `each` step began. data: {item, set: instance variables}.
struct InstanceOpened {
  static constexpr std::string_view name = "instance_opened";
  static constexpr std::uint16_t version = 1;
  InstanceId instance = 0;
  InstanceId parent = 0;
  TokenId owner = 0;        ///< token on the each step
  std::string step = {};    ///< the each step
  std::uint32_t index = 1;  ///< from 1
  std::string event = {};   ///< event that opened it; empty for an element of a list
  Instant occurred = {};    ///< when that event occurred
  std::vector<Move> moves = {};
  std::vector<std::string> set = {};  ///< names of the instance's own variables
  friend bool operator==(const InstanceOpened&, const InstanceOpened&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("instance", s.instance);
    f("parent", s.parent);
    f("owner", s.owner);
    f("step", s.step);
    f("index", s.index);
    f("event", s.event);
    f("occurred", s.occurred);
    f("moves", s.moves);
    f("set", s.set);
  }
};

/// An instance ended; whatever was still open in it is withdrawn.
struct InstanceClosed {
  static constexpr std::string_view name = "instance_closed";
  static constexpr std::uint16_t version = 1;
  InstanceId instance = 0;
  LeaveReason reason = LeaveReason::completed;
  std::string outcome = {};
  friend bool operator==(const InstanceClosed&, const InstanceClosed&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("instance", s.instance);
    f("reason", s.reason);
    f("outcome", s.outcome);
  }
};

/// The elements of an `each` over a list, fixed at entry. data: {items}.
struct ListFixed {
  static constexpr std::string_view name = "list_fixed";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::uint32_t count = 0;
  friend bool operator==(const ListFixed&, const ListFixed&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("count", s.count);
  }
};

/// No further instances of an `each` are opened; it is left when the open ones have ended.
struct EachClosing {
  static constexpr std::string_view name = "each_closing";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  friend bool operator==(const EachClosing&, const EachClosing&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
  }
};

/// The host reported a fact. data: {payload, set: variables}.
struct EventRecorded {
  static constexpr std::string_view name = "event_recorded";
  static constexpr std::uint16_t version = 1;
  std::string event = {};
  bool applies = true;  ///< its declared condition held
  std::vector<std::string> set = {};
  friend bool operator==(const EventRecorded&, const EventRecorded&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("event", s.event);
    f("applies", s.applies);
    f("set", s.set);
  }
};

/// Variables changed outside a step's branch. data: {set}.
struct VariablesSet {
  static constexpr std::string_view name = "variables_set";
  static constexpr std::uint16_t version = 1;
  InstanceId instance = 0;
  std::vector<std::string> set = {};
  std::string cause = {};
  friend bool operator==(const VariablesSet&, const VariablesSet&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("instance", s.instance);
    f("set", s.set);
    f("cause", s.cause);
  }
};

/// The host was asked to do something. data: {with: arguments}.
struct ServiceRequested {
  static constexpr std::string_view name = "service_requested";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::string step = {};
  std::uint32_t visit = 1;
  std::string operation = {};
  std::uint32_t attempt = 1;
  friend bool operator==(const ServiceRequested&, const ServiceRequested&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("step", s.step);
    f("visit", s.visit);
    f("operation", s.operation);
    f("attempt", s.attempt);
  }
};

/// The host did it. data: {form: result}.
struct ServiceCompleted {
  static constexpr std::string_view name = "service_completed";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::uint32_t attempt = 1;
  friend bool operator==(const ServiceCompleted&, const ServiceCompleted&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("attempt", s.attempt);
  }
};

/// The host could not do it. data: {error}.
struct ServiceFailed {
  static constexpr std::string_view name = "service_failed";
  static constexpr std::uint16_t version = 1;
  TokenId token = 0;
  std::uint32_t attempt = 1;
  bool final = true;                    ///< no further attempt of itself
  std::vector<ArmedClock> clocks = {};  ///< when the next attempt is made
  friend bool operator==(const ServiceFailed&, const ServiceFailed&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("attempt", s.attempt);
    f("final", s.final);
    f("clocks", s.clocks);
  }
};

/// Something the SOP did not foresee; visible and resumable. data: {message}.
struct IncidentRaised {
  static constexpr std::string_view name = "incident_raised";
  static constexpr std::uint16_t version = 1;
  std::string id = {};    ///< i1, i2, ...
  std::string kind = {};  ///< no_branch, due_unknown, stuck, task_failed, ...: docs/events.md has them all
  TokenId token = 0;
  InstanceId instance = 0;
  std::string step = {};
  std::string clock = {};                ///< due_unknown: the clock
  std::vector<std::string> people = {};  ///< who is told
  friend bool operator==(const IncidentRaised&, const IncidentRaised&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("kind", s.kind);
    f("token", s.token);
    f("instance", s.instance);
    f("step", s.step);
    f("clock", s.clock);
    f("people", s.people);
  }
};

/// data: {reason}.
struct IncidentResolved {
  static constexpr std::string_view name = "incident_resolved";
  static constexpr std::uint16_t version = 1;
  std::string id = {};
  std::string how = {};  ///< retried, resolved, ended, step_left
  friend bool operator==(const IncidentResolved&, const IncidentResolved&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("how", s.how);
  }
};

/// data: {reason}.
struct RunSuspended {
  static constexpr std::string_view name = "run_suspended";
  static constexpr std::uint16_t version = 1;
  friend bool operator==(const RunSuspended&, const RunSuspended&) = default;
  template <class S, class F>
  static void fields(S&, F&&) {}
};

/// The run goes on; clocks that stood still have new times.
struct RunResumed {
  static constexpr std::string_view name = "run_resumed";
  static constexpr std::uint16_t version = 1;
  std::vector<ClockTimes> clocks = {};
  friend bool operator==(const RunResumed&, const RunResumed&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("clocks", s.clocks);
  }
};

/// Somebody ended the run before its end; run_closed follows. data: {reason}.
struct RunCancelled {
  static constexpr std::string_view name = "run_cancelled";
  static constexpr std::uint16_t version = 1;
  friend bool operator==(const RunCancelled&, const RunCancelled&) = default;
  template <class S, class F>
  static void fields(S&, F&&) {}
};

/// The run is over: nothing is open. Only reviews of emergencies and unacknowledged handoffs keep their clocks.
struct RunClosed {
  static constexpr std::string_view name = "run_closed";
  static constexpr std::uint16_t version = 1;
  std::string outcome = {};
  friend bool operator==(const RunClosed&, const RunClosed&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("outcome", s.outcome);
  }
};

/// A completed form was wrong. The record of the step changes, history does not. data: {form: new fields, reason}.
struct CorrectionRecorded {
  static constexpr std::string_view name = "correction_recorded";
  static constexpr std::uint16_t version = 1;
  std::string step = {};
  InstanceId instance = 0;
  std::uint32_t visit = 1;
  std::vector<std::string> changed = {};  ///< names of the fields
  std::vector<std::string> affected =
      {};  ///< rules and branches that used the old value and now say otherwise
  friend bool operator==(const CorrectionRecorded&, const CorrectionRecorded&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("step", s.step);
    f("instance", s.instance);
    f("visit", s.visit);
    f("changed", s.changed);
    f("affected", s.affected);
  }
};

/// Another SOP should be started in the same thread.
struct LinkedRunRequested {
  static constexpr std::string_view name = "linked_run_requested";
  static constexpr std::uint16_t version = 1;
  std::string sop = {};
  std::string thread = {};
  std::string cause = {};  ///< id of the timer
  friend bool operator==(const LinkedRunRequested&, const LinkedRunRequested&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("sop", s.sop);
    f("thread", s.thread);
    f("cause", s.cause);
  }
};

}  // namespace v0
}  // namespace aesop
