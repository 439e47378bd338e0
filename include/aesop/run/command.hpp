// What somebody asks of a run: Command, one struct per verb. Part run; depends on base and value.
// docs/commands.md is the manual; docs/schema/commands.schema.json the schema. Commands of the whole store (publish,
// ingest, advance, worklists) are the engine's; they read their fields with the same from_value.
//
// (1) `command_id` names the request for ever: the engine answers a repeated id with what it answered before.
// (2) JSON is read strictly: an unknown key, a missing one or a wrong type is an error (schema_error), not a refusal.
//     A member is optional in JSON when it is a bool, a vector, a Value or a std::optional; strings and numbers are not.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/run/actor.hpp"
#include "aesop/run/one_of.hpp"
#include "aesop/run/types.hpp"
#include "aesop/value/value.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Which task is meant: `task` (RUN:TOKEN.SINCE), or `step` with, where several are open, `instance` and `visit`.
struct TaskAddress {
  std::optional<std::string> task = {};
  std::optional<std::string> step = {};
  std::optional<InstanceId> instance = {};
  std::optional<std::uint32_t> visit = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("task", s.task);
    f("step", s.step);
    f("instance", s.instance);
    f("visit", s.visit);
  }
};

/// A document by its hash; name and place are data.
struct Document {
  std::optional<std::string> name = {};
  std::string sha256 = {};
  std::optional<std::string> uri = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("name", s.name);
    f("sha256", s.sha256);
    f("uri", s.uri);
  }
};

// --- runs ----------------------------------------------------------------------------------------------

struct Start {
  static constexpr std::string_view name = "start";
  std::string sop = {};
  std::optional<std::string> version = {};  ///< absent: the newest published
  std::string subject = {};
  std::optional<std::string> key = {};
  std::optional<std::string> scope = {};   ///< absent: the actor's
  std::optional<std::string> thread = {};  ///< absent: the run is the first of its own
  std::optional<std::string> parent = {};  ///< the run that asked for it: `from` of the effect start_run
  std::optional<std::string> cause = {};   ///< by which effect: its key
  Value data = {};                         ///< values of declared variables
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("sop", s.sop);
    f("version", s.version);
    f("subject", s.subject);
    f("key", s.key);
    f("scope", s.scope);
    f("thread", s.thread);
    f("parent", s.parent);
    f("cause", s.cause);
    f("data", s.data);
  }
};
struct Suspend {
  static constexpr std::string_view name = "suspend";
  std::string reason = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("reason", s.reason);
  }
};
struct Resume {
  static constexpr std::string_view name = "resume";
  template <class S, class F>
  static void fields(S&, F&&) {}
};
struct Cancel {
  static constexpr std::string_view name = "cancel";
  std::string reason = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("reason", s.reason);
  }
};
/// A fact of the host's. `subject` and `key`, when given, must be the run's.
struct RecordEvent {
  static constexpr std::string_view name = "record_event";
  std::string event = {};
  Value payload = {};
  std::optional<std::string> subject = {};
  std::optional<std::string> key = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("event", s.event);
    f("payload", s.payload);
    f("subject", s.subject);
    f("key", s.key);
  }
};

// --- tasks ---------------------------------------------------------------------------------------------

namespace detail {
inline constexpr std::string_view task_verb_names[] = {"claim",   "start_task",  "stop",         "release",
                                                       "forward", "resume_task", "accept_review"};
}  // namespace detail

/// The verbs that have a task and nothing else.
template <int N>
struct TaskVerb {
  static constexpr std::string_view name = detail::task_verb_names[N];
  TaskAddress target = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
  }
};
using Claim = TaskVerb<0>;
using StartTask = TaskVerb<1>;
using Stop = TaskVerb<2>;
using Release = TaskVerb<3>;
using Forward = TaskVerb<4>;
using ResumeTask = TaskVerb<5>;
using AcceptReview = TaskVerb<6>;

struct Delegate {
  static constexpr std::string_view name = "delegate";
  TaskAddress target = {};
  std::string to = {};  ///< person id
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("to", s.to);
  }
};
struct SuspendTask {
  static constexpr std::string_view name = "suspend_task";
  TaskAddress target = {};
  std::optional<Instant> until = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("until", s.until);
  }
};
struct TickItem {
  static constexpr std::string_view name = "tick";
  TaskAddress target = {};
  std::string item = {};
  Value reading = {};
  std::optional<std::string> note = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("item", s.item);
    f("reading", s.reading);
    f("note", s.note);
  }
};
struct UntickItem {
  static constexpr std::string_view name = "untick";
  TaskAddress target = {};
  std::string item = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("item", s.item);
  }
};
/// `uri` or `inline` (base64, at most 256 KiB decoded), not both.
struct AttachEvidence {
  static constexpr std::string_view name = "attach_evidence";
  TaskAddress target = {};
  std::optional<std::string> item = {};
  std::optional<std::string> label = {};  ///< key "name"
  std::string sha256 = {};
  std::string media_type = {};
  std::optional<std::string> uri = {};
  std::optional<std::string> inline_base64 = {};  ///< key "inline"
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("item", s.item);
    f("name", s.label);
    f("sha256", s.sha256);
    f("media_type", s.media_type);
    f("uri", s.uri);
    f("inline", s.inline_base64);
  }
};
struct SaveForm {
  static constexpr std::string_view name = "save";
  TaskAddress target = {};
  Value form = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("form", s.form);
  }
};
/// Finishes a task. `form` is laid over what was saved; `reasons` are written reasons for items left undone.
struct Complete {
  static constexpr std::string_view name = "complete";
  TaskAddress target = {};
  Value form = {};
  std::optional<std::string> note = {};
  Value reasons = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("form", s.form);
    f("note", s.note);
    f("reasons", s.reasons);
  }
};
struct Fail {
  static constexpr std::string_view name = "fail";
  TaskAddress target = {};
  std::string reason = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("reason", s.reason);
  }
};
struct ReturnForRework {
  static constexpr std::string_view name = "return_for_rework";
  TaskAddress target = {};
  std::string note = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("note", s.note);
  }
};
/// Corrects fields of the last completed form of a step. `task` may name the task that completed it.
struct Correct {
  static constexpr std::string_view name = "correct";
  TaskAddress target = {};
  Value form = {};
  std::string reason = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("form", s.form);
    f("reason", s.reason);
  }
};

// --- services and approvals ----------------------------------------------------------------------------

struct CompleteService {
  static constexpr std::string_view name = "complete_service";
  TaskAddress target = {};
  Value result = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("result", s.result);
  }
};
struct FailService {
  static constexpr std::string_view name = "fail_service";
  TaskAddress target = {};
  std::string error = {};
  std::optional<bool> retry = {};  ///< false: do not try again, whatever the SOP says
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("error", s.error);
    f("retry", s.retry);
  }
};
struct DecideApproval {
  static constexpr std::string_view name = "decide_approval";
  TaskAddress target = {};
  std::string decision = {};  ///< approve or refuse
  std::optional<std::string> note = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("decision", s.decision);
    f("note", s.note);
  }
};

// --- exceptions ----------------------------------------------------------------------------------------

struct RequestException {
  static constexpr std::string_view name = "request_exception";
  TaskAddress target = {};  ///< may be left out when the policy is of one step
  std::string policy = {};
  std::vector<Document> documents = {};
  std::string reason = {};
  std::optional<Instant> until = {};  ///< extend: the new due time
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("policy", s.policy);
    f("documents", s.documents);
    f("reason", s.reason);
    f("until", s.until);
  }
};
struct DecideException {
  static constexpr std::string_view name = "decide_exception";
  std::string exception = {};
  std::string decision = {};  ///< approve or deny
  std::optional<std::string> note = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("exception", s.exception);
    f("decision", s.decision);
    f("note", s.note);
  }
};
struct Skip {
  static constexpr std::string_view name = "skip";
  TaskAddress target = {};
  std::string exception = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("exception", s.exception);
  }
};
struct Extend {
  static constexpr std::string_view name = "extend";
  TaskAddress target = {};
  std::string exception = {};
  std::optional<Instant> until = {};  ///< absent: as asked for in the request
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("exception", s.exception);
    f("until", s.until);
  }
};
struct InvokeEmergency {
  static constexpr std::string_view name = "invoke_emergency";
  TaskAddress target = {};
  std::string policy = {};
  std::string reason = {};
  std::vector<Document> documents = {};
  std::optional<Instant> until = {};  ///< extend: the new due time
  template <class S, class F>
  static void fields(S& s, F&& f) {
    TaskAddress::fields(s.target, f);
    f("policy", s.policy);
    f("reason", s.reason);
    f("documents", s.documents);
    f("until", s.until);
  }
};
struct ReviewEmergency {
  static constexpr std::string_view name = "review_emergency";
  std::string exception = {};
  std::string verdict = {};  ///< justified or not_justified
  std::optional<std::string> note = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("exception", s.exception);
    f("verdict", s.verdict);
    f("note", s.note);
  }
};

// --- handoffs and incidents ----------------------------------------------------------------------------

struct AcknowledgeHandoff {
  static constexpr std::string_view name = "acknowledge_handoff";
  std::string handoff = {};  ///< id of the handoff in the run (h1), or of its declaration when one is open
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("handoff", s.handoff);
  }
};
struct RetryIncident {
  static constexpr std::string_view name = "retry_incident";
  std::string incident = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("incident", s.incident);
  }
};
struct ResolveIncident {
  static constexpr std::string_view name = "resolve_incident";
  std::string incident = {};
  Value data = {};                     ///< variables to set before the step is tried again
  std::optional<std::string> go = {};  ///< step to go to instead of trying again
  std::string reason = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("incident", s.incident);
    f("data", s.data);
    f("go", s.go);
    f("reason", s.reason);
  }
};
struct EndIncident {
  static constexpr std::string_view name = "end_incident";
  std::string incident = {};
  std::string reason = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("incident", s.incident);
    f("reason", s.reason);
  }
};

/// Every verb of a run.
using CommandBody =
    OneOf<Start, Suspend, Resume, Cancel, RecordEvent, Claim, StartTask, Stop, Release, Delegate, Forward,
          SuspendTask, ResumeTask, TickItem, UntickItem, AttachEvidence, SaveForm, Complete, Fail,
          AcceptReview, ReturnForRework, Correct, CompleteService, FailService, DecideApproval,
          RequestException, DecideException, Skip, Extend, InvokeEmergency, ReviewEmergency,
          AcknowledgeHandoff, RetryIncident, ResolveIncident, EndIncident>;

/// The verbs, in the order of CommandBody.
enum class CommandType : std::uint8_t {
  start,
  suspend,
  resume,
  cancel,
  record_event,
  claim,
  start_task,
  stop,
  release,
  delegate,
  forward,
  suspend_task,
  resume_task,
  tick,
  untick,
  attach_evidence,
  save,
  complete,
  fail,
  accept_review,
  return_for_rework,
  correct,
  complete_service,
  fail_service,
  decide_approval,
  request_exception,
  decide_exception,
  skip,
  extend,
  invoke_emergency,
  review_emergency,
  acknowledge_handoff,
  retry_incident,
  resolve_incident,
  end_incident
};

namespace detail {
template <std::size_t... I>
constexpr auto command_names(std::index_sequence<I...>) {
  struct Rows {
    std::string_view rows[sizeof...(I)];
  };
  return Rows{{CommandBody::Alternative<I>::name...}};
}
inline constexpr auto command_table = command_names(std::make_index_sequence<CommandBody::size>());
}  // namespace detail

/// Verbs as they are written in `do`, in the order of CommandType.
inline constexpr const auto& command_names = detail::command_table.rows;

constexpr std::string_view name(CommandType type) { return command_names[static_cast<std::size_t>(type)]; }
constexpr std::optional<CommandType> command_type(std::string_view name) {
  for (std::size_t i = 0; i < std::size(command_names); ++i)
    if (command_names[i] == name) return static_cast<CommandType>(i);
  return std::nullopt;
}
static_assert(command_type("end_incident") == CommandType::end_incident);
static_assert(command_type("accept_review") == CommandType::accept_review);
static_assert(command_type("skip") == CommandType::skip);

/// A request, complete.
struct Command {
  std::string id = {};                      ///< key "command_id"; never empty
  Instant at = {};                          ///< now, as the host says
  std::optional<Instant> occurred_at = {};  ///< a late fact: when it happened; not after `at`
  Actor actor = {};
  std::string run =
      {};  ///< of start: the id the run shall have (the engine derives one when the host gives none)
  std::optional<std::uint64_t> expected_revision = {};
  CommandBody body = {};

  CommandType type() const { return static_cast<CommandType>(body.index()); }
  std::string_view verb() const { return name(type()); }
  template <class T>
  const T* as() const {
    return body.get_if<T>();
  }
};

}  // namespace v0
}  // namespace aesop
