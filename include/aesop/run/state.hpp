// Where a run stands: State, the fold of its events. Part run; depends on base and value.
// apply() is the only writer. Plain values, cheap to move; copied once per decision. Not shared between threads while
// it is written.
//
// (1) Every token is in exactly one of `moving`, `parked`, `activities`, and its number was never used before in the
//     run. After a decision `moving` is empty.
// (2) activities and parked and instances are ordered by number, records and repeats by (instance, step), variables by
//     name, clocks by (id, occurrence), doers by their members: two states that mean the same are equal byte for byte.
// (3) A clock with token T exists only while the activity of T does. An instance exists only while the activity of
//     its `owner` does.
// (4) A closed run has no activity, no parked token, no instance and no open incident; of its clocks only those of
//     emergency reviews and handoffs go on, since they are owed whether or not the run is over.
// (5) revision is the number of events applied.
// (6) repeats counts only what happened since time last went on or somebody last did something.
// (7) A task's id (projection.hpp) names an activity's token and `since`. A token that enters a step gets another, and so
//     does a service that is asked again: an id from before names nothing any more.
#pragma once

#include "aesop/run/event_exception.hpp"
#include "aesop/run/types.hpp"
#include "aesop/value/value.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

using NamedValue = std::pair<std::string, Value>;

/// A checklist item that was ticked.
struct Tick {
  std::string item = {};
  std::string by = {};
  Instant at = {};
  Value reading = {};
  friend bool operator==(const Tick&, const Tick&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("item", s.item);
    f("by", s.by);
    f("at", s.at);
    f("reading", s.reading);
  }
};

/// Proof kept with a task, or with one of its items.
struct Evidence {
  std::string item = {};
  std::string sha256 = {};
  std::string media_type = {};
  std::string by = {};
  friend bool operator==(const Evidence&, const Evidence&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("item", s.item);
    f("sha256", s.sha256);
    f("media_type", s.media_type);
    f("by", s.by);
  }
};

/// One voice in an approval.
struct Vote {
  std::string by = {};
  std::string role = {};
  bool approve = false;
  friend bool operator==(const Vote&, const Vote&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("by", s.by);
    f("role", s.role);
    f("approve", s.approve);
  }
};

/// A token on a step: the step is active.
struct Activity {
  TokenId token = 0;
  InstanceId instance = 0;
  std::string step = {};
  ActivityKind kind = ActivityKind::task;
  std::uint32_t visit = 1;
  std::string stage = {};
  std::string from = {};
  std::string after = {};
  Instant entered = {};
  TaskState state = TaskState::none;
  TaskState before_suspension = TaskState::none;
  std::optional<Instant> suspended_at = {};
  std::vector<std::string> roles = {};
  std::vector<std::string> managers = {};
  std::string reviewer = {};
  std::vector<std::string> candidates = {};
  std::vector<std::string> excluded = {};  ///< by separation of duty, and those who forwarded it
  std::string owner = {};
  std::string answerable = {};  ///< who delegated it
  std::string performer = {};   ///< who completed it (in review)
  std::int32_t priority = 5;
  std::vector<Tick> ticks = {};
  std::vector<Evidence> evidence = {};
  Value form = {};  ///< saved, or completed and in review
  std::vector<Vote> votes = {};
  std::uint32_t attempt = 0;               ///< service: attempts asked for
  std::uint32_t opened = 0;                ///< each: instances opened
  bool closing = false;                    ///< each: no more are opened
  Value items = {};                        ///< each over a list: its elements
  std::vector<std::string> outcomes = {};  ///< each over a list: outcomes of instances that ended
  std::uint64_t since = 0;  ///< revision at which the step was entered, or the service last asked for
  friend bool operator==(const Activity&, const Activity&) = default;

  bool in_review() const { return state == TaskState::completed; }

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("token", s.token);
    f("instance", s.instance);
    f("step", s.step);
    f("kind", s.kind);
    f("visit", s.visit);
    f("stage", s.stage);
    f("from", s.from);
    f("after", s.after);
    f("entered", s.entered);
    f("state", s.state);
    f("before_suspension", s.before_suspension);
    f("suspended_at", s.suspended_at);
    f("roles", s.roles);
    f("managers", s.managers);
    f("reviewer", s.reviewer);
    f("candidates", s.candidates);
    f("excluded", s.excluded);
    f("owner", s.owner);
    f("answerable", s.answerable);
    f("performer", s.performer);
    f("priority", s.priority);
    f("ticks", s.ticks);
    f("evidence", s.evidence);
    f("form", s.form);
    f("votes", s.votes);
    f("attempt", s.attempt);
    f("opened", s.opened);
    f("closing", s.closing);
    f("items", s.items);
    f("outcomes", s.outcomes);
    f("since", s.since);
  }
};

/// One instance of an `each` step.
struct Instance {
  InstanceId id = 0;
  InstanceId parent = 0;
  TokenId owner = 0;
  std::string step = {};
  std::uint32_t index = 1;
  std::string event = {};
  Instant occurred = {};
  std::string outcome = {};  ///< of the last end its tokens came to
  Value item = {};
  std::vector<NamedValue> variables = {};
  friend bool operator==(const Instance&, const Instance&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("parent", s.parent);
    f("owner", s.owner);
    f("step", s.step);
    f("index", s.index);
    f("event", s.event);
    f("occurred", s.occurred);
    f("outcome", s.outcome);
    f("item", s.item);
    f("variables", s.variables);
  }
};

/// What is known of a step's visits: `STEP.entered` and the like, and the last completed form.
struct StepRecord {
  InstanceId instance = 0;
  std::string step = {};
  std::uint32_t visit = 0;  ///< of the last entry
  Instant entered = {};
  std::optional<Instant> completed = {};  ///< latest by the time it happened
  std::string by = {};                    ///< who completed it last
  std::string outcome = {};               ///< as in step_left; a reason other than completed stands here too
  std::optional<std::uint32_t> branch = {};
  Value form = {};
  std::uint64_t since = 0;  ///< as the activity's, of the last visit that was one
  friend bool operator==(const StepRecord&, const StepRecord&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("instance", s.instance);
    f("step", s.step);
    f("visit", s.visit);
    f("entered", s.entered);
    f("completed", s.completed);
    f("by", s.by);
    f("outcome", s.outcome);
    f("branch", s.branch);
    f("form", s.form);
    f("since", s.since);
  }
};

/// Somebody did a step, in whichever visit: completed it, or gave a voice in it. Separation of duty goes by this.
struct Doer {
  std::string step = {};
  InstanceId instance = 0;  ///< of an instance that ended: the one around it
  std::string by = {};
  friend bool operator==(const Doer&, const Doer&) = default;
  friend auto operator<=>(const Doer&, const Doer&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("step", s.step);
    f("instance", s.instance);
    f("by", s.by);
  }
};

/// The latest occurrence of an event in the run, by the time it happened.
struct EventRecord {
  std::string event = {};
  Instant occurred = {};
  std::uint32_t count = 0;
  friend bool operator==(const EventRecord&, const EventRecord&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("event", s.event);
    f("occurred", s.occurred);
    f("count", s.count);
  }
};

/// A running clock.
struct Clock {
  ArmedClock armed = {};              ///< with the rungs that are still to fire
  std::vector<ArmedRung> fired = {};  ///< rungs that fired, with the due time they fired for
  std::vector<ArmedRung> first = {};  ///< of `every` rungs: the due time their cycle is counted from
  std::int64_t extended = 0;          ///< microseconds by which exceptions have moved its due time
  friend bool operator==(const Clock&, const Clock&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("armed", s.armed);
    f("fired", s.fired);
    f("first", s.first);
    f("extended", s.extended);
  }
};

/// How often a step was entered again at one logical instant, by itself: what a livelock is known by.
struct Repeat {
  InstanceId instance = 0;
  std::string step = {};
  std::uint32_t count = 0;
  friend bool operator==(const Repeat&, const Repeat&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("instance", s.instance);
    f("step", s.step);
    f("count", s.count);
  }
};

/// How often a stage's or case's clock has started.
struct ClockCount {
  std::string id = {};
  std::uint32_t count = 0;
  friend bool operator==(const ClockCount&, const ClockCount&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("count", s.count);
  }
};

struct Incident {
  std::string id = {};
  std::string kind = {};
  TokenId token = 0;
  InstanceId instance = 0;
  std::string step = {};
  std::string clock = {};
  Instant at = {};
  friend bool operator==(const Incident&, const Incident&) = default;
  /// It is of a clock: the step itself goes on.
  bool beside() const { return !clock.empty(); }
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("kind", s.kind);
    f("token", s.token);
    f("instance", s.instance);
    f("step", s.step);
    f("clock", s.clock);
    f("at", s.at);
  }
};

enum class ExceptionState : std::uint8_t { requested, approved, denied, used, expired, in_review, reviewed };
template <>
struct EnumNames<ExceptionState> {
  static constexpr std::string_view names[] = {"requested", "approved",  "denied",  "used",
                                               "expired",   "in_review", "reviewed"};
};

/// A deviation asked for, or an emergency.
struct Deviation {
  std::string id = {};
  std::string policy = {};
  std::string allows = {};
  std::string step = {};
  InstanceId instance = 0;
  std::string by = {};
  bool emergency = false;
  bool overdue = false;    ///< emergency: not reviewed in time
  bool justified = false;  ///< emergency: verdict
  ExceptionState state = ExceptionState::requested;
  Quorum quorum = Quorum::any_of;
  std::uint32_t count = 1;
  std::vector<std::string> approvers = {};  ///< roles; of an emergency its reviewers
  std::vector<Vote> votes = {};
  std::optional<Instant> until = {};
  std::uint32_t visit = 0;  ///< of the step, that it was asked for
  friend bool operator==(const Deviation&, const Deviation&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("policy", s.policy);
    f("allows", s.allows);
    f("step", s.step);
    f("instance", s.instance);
    f("by", s.by);
    f("emergency", s.emergency);
    f("overdue", s.overdue);
    f("justified", s.justified);
    f("state", s.state);
    f("quorum", s.quorum);
    f("count", s.count);
    f("approvers", s.approvers);
    f("votes", s.votes);
    f("until", s.until);
    f("visit", s.visit);
  }
};

struct Handoff {
  std::string id = {};
  std::string handoff = {};
  std::string to = {};
  bool acknowledged = false;
  friend bool operator==(const Handoff&, const Handoff&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("handoff", s.handoff);
    f("to", s.to);
    f("acknowledged", s.acknowledged);
  }
};

/// See the head of this file.
struct State {
  std::string id = {}, sop = {}, version = {}, plan_hash = {}, subject = {}, key = {}, scope = {},
              thread = {}, parent = {};
  RunStatus status = RunStatus::none;
  std::string outcome = {};   ///< of the run, once it is closed
  std::string last_end = {};  ///< outcome of the last end a token came to
  std::string started_by = {};
  Instant started = {};
  std::optional<Instant> suspended_at = {};
  std::uint64_t revision = 0;
  Instant last_at = {};
  TokenId last_token = 0;
  InstanceId last_instance = 0;
  std::uint32_t incident_count = 0;
  std::uint32_t handoff_count = 0;
  std::vector<Move> moving = {};
  std::vector<Move> parked = {};
  std::vector<Activity> activities = {};
  std::vector<Instance> instances = {};
  std::vector<Clock> clocks = {};
  std::vector<ClockCount> clock_counts = {};
  std::vector<Clock> ended =
      {};  ///< of each step's last visit that time ended: a late fact may show it was met
  std::vector<Repeat> repeats = {};
  std::vector<StepRecord> records = {};
  std::vector<EventRecord> events = {};
  std::vector<NamedValue> variables = {};
  std::vector<Incident> incidents = {};    ///< open ones
  std::vector<Deviation> exceptions = {};  ///< all
  std::vector<Handoff> handoffs = {};      ///< all
  std::vector<Doer> doers = {};
  friend bool operator==(const State&, const State&) = default;

  bool open() const { return status == RunStatus::open || status == RunStatus::suspended; }

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("sop", s.sop);
    f("version", s.version);
    f("plan_hash", s.plan_hash);
    f("subject", s.subject);
    f("key", s.key);
    f("scope", s.scope);
    f("thread", s.thread);
    f("parent", s.parent);
    f("status", s.status);
    f("outcome", s.outcome);
    f("last_end", s.last_end);
    f("started_by", s.started_by);
    f("started", s.started);
    f("suspended_at", s.suspended_at);
    f("revision", s.revision);
    f("last_at", s.last_at);
    f("last_token", s.last_token);
    f("last_instance", s.last_instance);
    f("incident_count", s.incident_count);
    f("handoff_count", s.handoff_count);
    f("moving", s.moving);
    f("parked", s.parked);
    f("activities", s.activities);
    f("instances", s.instances);
    f("clocks", s.clocks);
    f("clock_counts", s.clock_counts);
    f("ended", s.ended);
    f("repeats", s.repeats);
    f("records", s.records);
    f("events", s.events);
    f("variables", s.variables);
    f("incidents", s.incidents);
    f("exceptions", s.exceptions);
    f("handoffs", s.handoffs);
    f("doers", s.doers);
  }
};

// --- looking things up ---------------------------------------------------------------------------------

template <class S>
auto find_activity(S& state, TokenId token) -> decltype(state.activities.data()) {
  for (auto& activity : state.activities)
    if (activity.token == token) return &activity;
  return nullptr;
}
template <class S>
auto find_instance(S& state, InstanceId id) -> decltype(state.instances.data()) {
  for (auto& instance : state.instances)
    if (instance.id == id) return &instance;
  return nullptr;
}
template <class S>
auto find_record(S& state, InstanceId instance, std::string_view step) -> decltype(state.records.data()) {
  for (auto& record : state.records)
    if (record.instance == instance && record.step == step) return &record;
  return nullptr;
}
template <class S>
auto find_event_record(S& state, std::string_view event) -> decltype(state.events.data()) {
  for (auto& record : state.events)
    if (record.event == event) return &record;
  return nullptr;
}
template <class S>
auto find_clock(S& state, std::string_view id) -> decltype(state.clocks.data()) {
  for (auto& clock : state.clocks)
    if (clock.armed.id == id) return &clock;
  return nullptr;
}
template <class Clocks>
auto find_clock(Clocks& clocks, std::string_view id, std::uint32_t occurrence) -> decltype(clocks.data()) {
  for (auto& clock : clocks)
    if (clock.armed.id == id && clock.armed.occurrence == occurrence) return &clock;
  return nullptr;
}
template <class S>
auto find_incident(S& state, std::string_view id) -> decltype(state.incidents.data()) {
  for (auto& incident : state.incidents)
    if (incident.id == id) return &incident;
  return nullptr;
}
template <class S>
auto find_deviation(S& state, std::string_view id) -> decltype(state.exceptions.data()) {
  for (auto& exception : state.exceptions)
    if (exception.id == id) return &exception;
  return nullptr;
}
template <class S>
auto find_handoff(S& state, std::string_view id) -> decltype(state.handoffs.data()) {
  for (auto& handoff : state.handoffs)
    if (handoff.id == id) return &handoff;
  return nullptr;
}
inline const Value* find_variable(const std::vector<NamedValue>& variables, std::string_view name) {
  for (const NamedValue& variable : variables)
    if (variable.first == name) return &variable.second;
  return nullptr;
}

}  // namespace v0
}  // namespace aesop
