// What the author of an SOP wrote: the file as plain data, each node with its place in the text. First half
// of part model: load.hpp makes a Definition, make_plan.hpp turns it into a Plan, show.hpp and src/verify
// read it. Names are not resolved and expressions are texts here; docs/sop-format.md explains every key.
// Plain values; a Definition is not changed after load and may then be read from any thread.
//
// (1) Every node has `where`: the bytes of its JSON value in `source`, or of its key for things named by a
// key. (2) Order is the order of the file, everywhere. (3) A thing that could not be read was reported by the
// loader; a Definition with such a gap never becomes a Plan.
#pragma once

#include "aesop/model/texts.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

class Calendar;

// --- data ------------------------------------------------------------------------------------------------

/// How strongly something is demanded.
enum class Enforcement : std::uint8_t { must, must_unless_documented, should, could };

/// Types of data. `duration` is FEEL's days and time duration, `months` its years and months duration; `span`
/// is text such as `3 business days` and is a type of parameters only.
enum class DataKind : std::uint8_t {
  any,
  string,
  number,
  boolean,
  date,
  time,
  date_time,
  duration,
  months,
  list,
  context,
  span
};

/// A run variable, a field of a context, of an event, of a form, of a service's result, or a parameter's
/// type.
struct FieldDefinition {
  std::string name = {};
  SourceRange where = {};  ///< of the name
  DataKind kind = DataKind::any;
  DataKind element = DataKind::any;  ///< of a list
  std::vector<FieldDefinition> fields =
      {};                          ///< of a context, or of the contexts of a list; empty: any fields
  std::vector<Value> one_of = {};  ///< allowed values; empty: all of the type
  std::optional<ValueText> default_value = {};
  bool phi = false;
  ConditionText required = {};  ///< forms and events (true or false); Kind::literal false when absent
  std::optional<Value> min = {};
  std::optional<Value> max = {};
  std::string title = {};
};

/// How far a parameter may be changed from the SOP's default.
enum class OverrideLevel : std::uint8_t { none, org, region, clinic };

struct ParameterDefinition {
  FieldDefinition type = {};  ///< holds the name; default_value is a literal
  OverrideLevel override_level = OverrideLevel::none;
  std::string title = {};
};

/// One assignment of `set` or `sets`, or one entry of `with`.
struct SetDefinition {
  Text name = {};
  ValueText value = {};
};

/// What the host may report.
struct EventDefinition {
  Text name = {};
  std::string title = {};
  std::vector<Text> by = {};  ///< roles that may report it; empty: anybody
  std::vector<FieldDefinition> fields = {};
  std::vector<SetDefinition> sets = {};
  ConditionText condition = {};  ///< an event for which it is not true is recorded and has no consequence
};

/// One column of a decision table.
struct ColumnDefinition {
  Text text = {};             ///< input: FEEL; output: a name
  FieldDefinition type = {};  ///< outputs; kind any when not given
};

/// One cell: text as FEEL (inputs), or a value (outputs); a list is any of its elements.
struct CellDefinition {
  enum class Kind : std::uint8_t { any, feel, literal, list };
  Kind kind = Kind::any;
  std::string text = {};
  Value literal = {};
  std::vector<CellDefinition> items = {};
  SourceRange where = {};
};

struct RowDefinition {
  std::vector<CellDefinition> cells = {};  ///< inputs first, then outputs
  SourceRange where = {};
};

/// One example of a rule: what it gives for given data.
struct ExampleDefinition {
  std::vector<SetDefinition> given = {};  ///< by name, or by the text of an input column
  ValueText expect = {};
  Text at = {};  ///< RFC 3339: what now() and today() say; empty: the time of the test
  std::string note = {};
  SourceRange where = {};
};

/// A named decision: a table, or one expression.
struct RuleDefinition {
  Text name = {};
  std::string title = {};
  bool is_table = false;
  Text feel = {};  ///< when it is no table
  Text hit = {};   ///< `unique`, `first`, `priority`, `any`, `collect`, `collect sum`, ...
  std::vector<ColumnDefinition> inputs = {};
  std::vector<ColumnDefinition> outputs = {};
  std::vector<RowDefinition> rows = {};
  std::vector<ExampleDefinition> examples = {};
  SourceRange where = {};
};

/// One thing that must hold.
struct GateCheckDefinition {
  Text id = {};
  ConditionText when = {};     ///< applies when true
  ConditionText require = {};  ///< holds when true
  Enforcement enforce = Enforcement::must;
  std::string message = {};
  std::string fix = {};
  Text exception = {};  ///< policy whose approval lets it pass; must-unless-documented
  SourceRange where = {};
};

/// What must hold before an act.
struct GateDefinition {
  Text id = {};
  std::string title = {};
  std::vector<GateCheckDefinition> checks = {};
};

// --- people ----------------------------------------------------------------------------------------------

struct RoleDefinition {
  Text id = {};
  std::string title = {};
  bool pages = false;     ///< may be paged
  bool licensed = false;  ///< holds a licence
};

struct SystemDefinition {
  Text id = {};
  std::string title = {};
  bool phi = false;
  std::string vendor = {};
};

struct Raci {
  std::vector<Text> responsible = {};
  std::vector<Text> accountable = {};
  std::vector<Text> consulted = {};
  std::vector<Text> informed = {};
  SourceRange where = {};
  bool given = false;
};

/// Who must agree.
struct Approvers {
  enum class Mode : std::uint8_t { any_of, all_of, at_least, in_order };
  Mode mode = Mode::any_of;
  std::uint32_t count = 1;  ///< Mode::at_least
  std::vector<Text> roles = {};
  SourceRange where = {};
};

// --- clocks ----------------------------------------------------------------------------------------------

/// When a rung fires.
struct RungTime {
  enum class Base : std::uint8_t { start, due, percent };
  Base base = Base::start;
  bool negative = false;  ///< `due - SPAN`
  SpanText offset = {};   ///< not given: zero
  int percent = 0;        ///< of start to due
  std::string text = {};
  SourceRange where = {};
};

/// One reaction on a ladder. Targets are `responsible accountable consulted informed review pages` or roles.
struct RungDefinition {
  RungTime at = {};
  ConditionText condition = {};
  std::vector<Text> notify = {};
  std::vector<Text> page = {};
  std::vector<Text> reassign = {};
  std::optional<int> raise = {};  ///< priority 1 to 9
  Text start_sop = {};
  Text go = {};
  Text also = {};
  SpanText every = {};
  std::optional<int> times = {};
  std::string note = {};
  SourceRange where = {};
};

using LadderDefinition = std::vector<RungDefinition>;

/// A case clock.
struct ClockDefinition {
  Text id = {};
  std::string title = {};
  std::vector<MomentText> starts = {};
  std::vector<MomentText> stops = {};
  std::optional<DueDefinition> due = {};
  Text calendar = {};
  LadderDefinition escalate = {};
  PausePolicy pause = PausePolicy::absolute;
};

struct StageDefinition {
  Text id = {};
  std::string title = {};
  std::optional<DueDefinition> due = {};
  LadderDefinition escalate = {};
};

// --- steps -----------------------------------------------------------------------------------------------

enum class StepKind : std::uint8_t {
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

struct EvidenceDefinition {
  enum class Kind : std::uint8_t { file, photo, reading, signature };
  Kind kind = Kind::file;
  std::string unit = {};
  std::optional<Value> min = {};
  std::optional<Value> max = {};
  std::vector<std::string> media = {};  ///< allowed media types; empty: any
};

struct ChecklistItem {
  Text text = {};
  std::string id = {};                      ///< empty: known by its number, from 1
  std::optional<Enforcement> enforce = {};  ///< absent: as the step
  std::optional<EvidenceDefinition> evidence = {};
  ConditionText when = {};
  SourceRange where = {};
};

/// One way out of a step.
struct BranchDefinition {
  ConditionText condition = {};
  bool is_else = false;
  std::string outcome = {};  ///< approvals: "approved" or "refused"; empty otherwise
  Text go = {};              ///< empty: the step that follows
  std::vector<SetDefinition> set = {};
  SourceRange where = {};
};

/// One thing a `wait` waits for: an event, a time, or (neither) that `condition` holds.
struct WaitDefinition {
  Text event = {};
  std::optional<MomentText> since = {};  ///< an event that occurred from then on counts too
  std::optional<TimePhraseText> after = {};
  ConditionText condition = {};
  Text go = {};
  std::vector<SetDefinition> set = {};
  SourceRange where = {};
};

struct RetryDefinition {
  int times = 0;
  SpanText every = {};
  Value factor = {};  ///< number, 1 when null: each pause is the one before times this
};

/// Several incoming edges that count as one, or one alone.
struct JoinGroup {
  std::vector<Text> from = {};
};

/// Who may resolve an incident, and into what: what is allowed beyond the ways and variables of the step itself.
struct IncidentDefinition {
  std::vector<Text> by = {};  ///< roles; empty: the accountable
  std::vector<Text> go = {};
  std::vector<Text> data = {};
};

struct StepDefinition;

/// `each`: one instance per event or per element.
struct EachDefinition {
  bool of_event = true;
  Text event = {};      ///< of_event
  ValueText list = {};  ///< otherwise
  Text as = {};         ///< "item" when not given
  std::vector<FieldDefinition> data = {};
  std::vector<StepDefinition> run;       // no initialiser: StepDefinition is not complete yet
  std::optional<MomentText> since = {};  ///< events that occurred from then on count too
  Text until_event = {};
  ConditionText until = {};
  bool withdraw_at_end = false;
  // Lists:
  bool at_once = false;
  std::string done = "all";  ///< all, any, majority, first_veto, at_least, condition
  std::uint32_t at_least = 0;
  ConditionText done_when = {};
};

/// A step. The keys of its kind are filled, the others empty.
struct StepDefinition {
  Text id = {};
  Text title = {};
  StepKind kind = StepKind::task;
  SourceRange where = {};  ///< of the whole object
  Text system = {};        ///< `in`
  Text stage = {};
  Raci raci = {};
  Text review = {};
  Text pages = {};
  Enforcement enforce = Enforcement::must;
  std::optional<DueDefinition> due = {};
  Text calendar = {};
  LadderDefinition escalate = {};
  bool next_given = false;
  SourceRange next_where = {};
  std::vector<BranchDefinition> next = {};
  Text skipped = {};                   ///< where a skip leads: task, approval, wait
  std::vector<Text> on_incident = {};  ///< who is told of an incident; empty: the accountable
  std::optional<IncidentDefinition> incidents = {};
  std::vector<Text> exclude = {};
  std::string note = {};
  std::string script = {};
  std::vector<Text> attachments = {};
  Text handoff = {};
  Text gate = {};

  // task
  std::vector<FieldDefinition> form = {};
  std::vector<ChecklistItem> checklist = {};
  bool auto_start = true;
  // decision
  std::vector<SetDefinition> set = {};
  // parallel
  std::vector<Text> go = {};
  // join, any
  std::vector<JoinGroup> of = {};
  std::uint32_t count = 0;
  // wait
  std::vector<WaitDefinition> waits = {};
  // service, call
  Text operation = {};
  std::vector<SetDefinition> with = {};
  std::vector<FieldDefinition> result = {};
  std::optional<RetryDefinition> retry = {};
  Text on_failure = {};
  // approval
  std::optional<Approvers> approvers = {};
  std::vector<Text> shows = {};
  // each; shared only so that a StepDefinition can hold steps
  std::shared_ptr<EachDefinition> each = {};
  // end
  std::string outcome = {};
  std::optional<bool> closes = {};
};

// --- exceptions, handoffs, measures ----------------------------------------------------------------------

struct EmergencyDefinition {
  std::vector<Text> by = {};
  SpanText review_within = {};
  std::vector<Text> reviewer = {};
  LadderDefinition escalate = {};
  SourceRange where = {};
};

struct ExceptionPolicy {
  enum class Allows : std::uint8_t { skip, extend, override_result, reassign, go, check };
  Text id = {};
  std::string title = {};
  std::vector<Text> of = {};
  Allows allows = Allows::skip;
  std::vector<Text> ask = {};  ///< roles that may ask; empty: whoever may do the step
  std::vector<Text> documents = {};
  std::optional<Approvers> approvers = {};
  SpanText decide_within = {};
  Text timeout_next = {};  ///< role that decides after the time limit; empty: denied then
  SpanText valid_for = {};
  std::optional<int> times = {};  ///< per run; absent: no limit
  SpanText at_most = {};          ///< extend
  std::optional<EmergencyDefinition> emergency = {};
  SourceRange where = {};
};

struct HandoffDefinition {
  Text id = {};
  std::string title = {};
  Text from = {};
  Text to = {};
  std::optional<MomentText> when = {};
  ConditionText condition = {};
  std::vector<SetDefinition> with = {};
  SpanText acknowledge_within = {};
  Text calendar = {};
  LadderDefinition escalate = {};
  SourceRange where = {};
};

struct KpiDefinition {
  Text id = {};
  std::string title = {};
  Text owner = {};
  std::vector<Text> count = {};  ///< moments: events, STEP.entered, STEP.completed
  std::vector<Text> over = {};
  std::vector<Text> exclude = {};
  std::vector<Text> days_between = {};  ///< two
  bool each_time = false;               ///< every occurrence counts, not the run
  SpanText within = {};                 ///< of days_between: how many runs made it in this time
  std::string calendar_days = {};
  SpanText window = {};
  std::optional<Value> at_least = {};
  std::optional<Value> at_most = {};
  std::optional<Value> strong = {};
  SourceRange where = {};
};

struct AttachmentDefinition {
  Text id = {};
  std::string title = {};
  std::string uri = {};
  std::string sha256 = {};
};

struct ComplianceNote {
  std::string rule = {};
  std::string note = {};
  std::string jurisdiction = {};
  std::string effective = {};
  SourceRange where = {};
};

struct ChangeNote {
  std::string version = {};
  std::string date = {};
  std::string by = {};
  std::string what = {};
  SourceRange where = {};
};

struct CalendarDefinition {
  Text name = {};
  std::shared_ptr<const Calendar> calendar = {};
};

struct StartPolicy {
  enum class Reuse : std::uint8_t { allow, only_after_failure, reject };
  enum class IfRunning : std::uint8_t { reject, return_existing };
  Reuse reuse = Reuse::allow;
  IfRunning if_running = IfRunning::reject;
};

struct LateFacts {
  SpanText within = {};
  Text approver = {};
};

/// A whole SOP file.
struct Definition {
  std::shared_ptr<const SourceText> source = {};
  std::string canonical = {};  ///< canonical JSON of the file without comments: what the content hash is over

  Text sop = {};
  Text version = {};
  Text title = {};
  std::string domain = {};
  std::string purpose = {};
  std::string scope = {};
  std::vector<std::string> keywords = {};
  std::string language = {};
  SpanText review_every = {};
  Text review_by = {};
  Text zone = {};      ///< IANA name; UTC when empty
  Text calendar = {};  ///< default calendar; empty: always open, in `zone`
  StartPolicy start = {};
  std::optional<LateFacts> late_facts = {};
  std::vector<Text> cancel_by = {};                  ///< roles; empty: the accountable of any step
  std::vector<Text> suspend_by = {};                 ///< suspend and resume; likewise
  SpanText suspend_at_most = {};                     ///< then the run goes on of itself
  std::optional<IncidentDefinition> incidents = {};  ///< of every step, beside the step's own

  std::vector<RoleDefinition> roles = {};
  std::vector<SystemDefinition> systems = {};
  std::vector<FieldDefinition> data = {};
  std::vector<EventDefinition> events = {};
  std::vector<ParameterDefinition> parameters = {};
  std::vector<CalendarDefinition> calendars = {};
  std::vector<RuleDefinition> rules = {};
  std::vector<ClockDefinition> clocks = {};
  std::vector<StageDefinition> stages = {};
  std::vector<StepDefinition> steps = {};
  std::vector<ExceptionPolicy> exceptions = {};
  std::vector<HandoffDefinition> handoffs = {};
  std::vector<KpiDefinition> kpis = {};
  std::vector<GateDefinition> gates = {};
  std::vector<AttachmentDefinition> attachments = {};
  std::vector<ComplianceNote> compliance = {};
  std::vector<ChangeNote> changes = {};
};

constexpr std::string_view to_string(StepKind kind) {
  constexpr std::string_view names[] = {"task",    "decision", "parallel", "join", "any", "wait",
                                        "service", "approval", "each",     "call", "end"};
  return names[static_cast<std::size_t>(kind)];
}

constexpr std::string_view to_string(Enforcement enforce) {
  constexpr std::string_view names[] = {"must", "must-unless-documented", "should", "could"};
  return names[static_cast<std::size_t>(enforce)];
}

constexpr std::string_view to_string(EvidenceDefinition::Kind kind) {
  constexpr std::string_view names[] = {"file", "photo", "reading", "signature"};
  return names[static_cast<std::size_t>(kind)];
}

/// The name of a type as the file writes it.
constexpr std::string_view to_string(DataKind kind) {
  constexpr std::string_view names[] = {"any",           "string",   "number",
                                        "boolean",       "date",     "time",
                                        "date and time", "duration", "years and months duration",
                                        "list",          "context",  "span"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace v0
}  // namespace aesop
