// What may run: ids resolved to indices, expressions compiled, defaults filled in. Second half of part model;
// read by run, measure and verify. Only plan() of make_plan.hpp makes a Plan. Immutable; shared as
// `shared_ptr<const Plan>`, safe to read from any thread. A Plan keeps its Definition alive.
//
// (1) A step's ref is its index in `steps`; the steps of a block come in the order of the file, an `each`
// step before
//     the steps of its block. Ids of steps are unique in the whole file, nested blocks included.
// (2) Every `go`, `also`, `next` and fall-through lies within the step's own block.
// (3) An expression sees nothing but its own `slots`: value i of its evaluation is what slots[i] names.
// (4) Nothing here is null or unresolved that a Definition without errors can fill: `no_ref` says "not given".
#pragma once

#include "aesop/calendar/span.hpp"
#include "aesop/model/definition.hpp"
#include "aesop/rules/expr.hpp"
#include "aesop/table/table.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// No step, clock, stage, ...: an index that is not given.
inline constexpr std::uint32_t no_ref = UINT32_MAX;

/// Where the value of a name comes from.
enum class SlotKind : std::uint8_t {
  run,                ///< context `id subject key scope sop version started`
  variable,           ///< run variable; ref: index in Plan::variables
  parameter,          ///< ref: index in Plan::parameters
  rule,               ///< its result with the data of this moment; ref: index in Plan::rules
  step_result,        ///< ref: step. Context: fields of its last completed form (or result), and
                      ///< `entered completed by visit outcome`; null before the first completion
  event,              ///< context of the payload being handled, and `occurred`
  item,               ///< in `each`: the element, or as `event` for the instance's own; ref: the each step
  index,              ///< in `each`: number of the instance from 1; ref: the each step
  instance_variable,  ///< `data` of an each step; name, and ref: the each step
  gate,               ///< context `verdict blocked warned`; ref: index in Plan::gates
  form_field  ///< field of the step's own form (task), result (service) or `outcome` (approval); ref: step
};

struct Slot {
  SlotKind kind = SlotKind::variable;
  std::string name = {};
  std::uint32_t ref = no_ref;
};

/// A compiled expression and where its names get their values: hand evaluate() one value per slot.
struct PlanExpr {
  Expr expr;
  std::vector<Slot> slots = {};
};

/// A literal, already of the type of its target, or an expression.
struct PlanValue {
  Value literal = {};
  std::optional<PlanExpr> feel = {};
};

/// True, false or not known. A condition that is not exactly true does not hold.
struct PlanCondition {
  bool always = true;                  ///< no condition
  std::optional<PlanExpr> feel = {};   ///< else this,
  std::vector<FieldTest> fields = {};  ///< else all of these: the step's own field equals one of `any_of`,
  std::optional<bool> literal = {};    ///< else this
};

/// A span: `span`, else a duration computed by `feel`, else the text a parameter of type span holds at the
/// run's scope (parse_span of it; `parameter` is its index in Plan::parameters), else not given.
struct PlanSpan {
  std::optional<Span> span = {};
  std::optional<PlanExpr> feel = {};
  std::uint32_t parameter = no_ref;
  std::string text = {};

  bool given() const { return span.has_value() || feel.has_value() || parameter != no_ref; }
};

struct PlanMoment {
  enum class Kind : std::uint8_t {
    start,  ///< this step's visit, stage or clock began
    run_started,
    step_entered,    ///< last entry of `step`
    step_completed,  ///< last completion of `step`
    event,  ///< latest occurrence of `name`; in `each` over it (`step` is that each), the instance's own
    feel    ///< a date and time
  };
  Kind kind = Kind::start;
  std::string name = {};
  std::uint32_t step = no_ref;
  std::optional<PlanExpr> feel = {};
};

struct PlanPhrase {
  enum class Kind : std::uint8_t {
    span,                 ///< `span` after or before `anchor`
    end_of_day,           ///< of the day of `anchor`
    end_of_business_day,  ///< of the day of `anchor`, else of the next business day
    moment_feel           ///< `moment`: a date and time; should it give a duration, that long after start
  };
  Kind kind = Kind::span;
  PlanSpan span = {};
  bool before = false;
  PlanMoment anchor = {};
  std::optional<PlanExpr> moment = {};
  std::optional<PlanValue> cut_off = {};  ///< a string HH:MM
  std::string text = {};                  ///< as written
};

/// A due time and its calendar: a name for CalendarView::find, empty for always open in the SOP's zone.
struct PlanDue {
  PlanPhrase phrase = {};
  std::string calendar = {};
  PausePolicy pause = PausePolicy::absolute;
};

struct PlanRung {
  enum class Base : std::uint8_t { start, due, percent };
  Base base = Base::start;
  PlanSpan offset = {};   ///< not given: zero
  bool negative = false;  ///< before the base
  int percent = 0;
  PlanCondition condition = {};
  std::vector<std::string> notify =
      {};  ///< targets: `responsible accountable consulted informed review pages`, or a role
  std::vector<std::string> page = {};
  std::vector<std::string> reassign = {};
  int raise = 0;  ///< the task's priority becomes at least this, 1 to 9; 0: as it is
  std::string start_sop = {};
  std::uint32_t go = no_ref;    ///< interrupts, the token goes to this step
  std::uint32_t also = no_ref;  ///< a further token goes to this step
  PlanSpan every = {};          ///< fires again this long after the scheduled time before
  int times = 0;                ///< at most so often in all; 0: no limit (with `every` only)
  std::string text = {};        ///< `at` as written
};

/// One way out of a step.
struct PlanBranch {
  PlanCondition condition = {};
  bool is_else = false;
  std::string key = {};  ///< approvals: "approved" or "refused"; empty: `condition` decides
  std::uint32_t go =
      no_ref;  ///< no_ref: leaves the block (the last step of an `each` block: the instance ends)
  std::vector<std::pair<Slot, PlanValue>> set = {};  ///< run or instance variables, in order
};

struct PlanWait {
  std::string event = {};                ///< empty: `after`, or as soon as the branch's condition holds
  std::optional<PlanMoment> since = {};  ///< events before entry count from then on; never Kind::start
  std::optional<PlanPhrase> after = {};
  PlanBranch branch = {};

  /// Neither an event nor a time: over as soon as its condition holds.
  bool by_condition() const { return event.empty() && !after; }
};

/// Incoming edges that count as one: a token from any step of `from`.
struct PlanJoinGroup {
  std::vector<std::uint32_t> from = {};
};

struct PlanItem {
  const ChecklistItem* definition = nullptr;
  std::string address = {};  ///< its id, else its number from 1
  Enforcement enforce = Enforcement::must;
  PlanCondition when = {};
};

struct PlanField {
  const FieldDefinition* definition = nullptr;
  PlanCondition required = {};
  std::optional<PlanValue> default_value = {};
};

struct PlanService {
  std::string operation = {};
  std::vector<std::pair<std::string, PlanValue>> with = {};
  int retry_times = 0;
  PlanSpan retry_every = {};
  Value retry_factor = {};  ///< number; null: 1
  std::uint32_t on_failure = no_ref;
};

/// Who must agree; roles of Approvers.
struct PlanApprovers {
  Approvers::Mode mode = Approvers::Mode::any_of;
  std::uint32_t count = 1;
  std::vector<std::string> roles = {};
};

struct PlanEach {
  std::uint32_t block = no_ref;
  std::string event = {};  ///< of events; empty: of `list`
  std::optional<PlanExpr> list = {};
  std::string as = "item";
  std::vector<PlanField> data = {};  ///< instance variables
  std::string until_event = {};
  std::optional<PlanMoment> since = {};  ///< events before entry count from then on; never Kind::start
  PlanCondition until = {};  ///< `always` when absent: then see until_event; looked at after every change
  bool withdraw_at_end = false;
  bool at_once = false;
  std::string done = "all";
  std::uint32_t at_least = 0;
  PlanCondition done_when = {};
};

/// What an incident may be resolved into beyond the ways out of the step and the variables these set.
struct PlanIncidents {
  std::vector<std::string> by = {};  ///< roles; empty: the accountable
  std::vector<std::uint32_t> go = {};
  std::vector<std::string> data = {};  ///< names of run or instance variables
};

struct PlanStep {
  const StepDefinition* definition = nullptr;
  std::uint32_t ref = 0;
  std::string id = {};
  StepKind kind = StepKind::task;
  std::uint32_t block = 0;
  std::uint32_t stage = no_ref;
  std::vector<std::string> responsible, accountable, consulted, informed;
  std::string review = {};  ///< role; empty: no review
  std::string pages = {};
  std::vector<std::string> on_incident = {};  ///< targets; the accountable when the file names none
  PlanIncidents incidents = {};               ///< its own and the SOP's
  std::vector<std::uint32_t> exclude = {};
  Enforcement enforce = Enforcement::must;
  std::optional<PlanDue> due = {};
  std::string calendar = {};  ///< of the step's spans; as PlanDue::calendar
  std::vector<PlanRung> escalate = {};

  std::vector<PlanBranch> next = {};   ///< in order, never empty except for parallel, wait and end
  std::uint32_t skipped = no_ref;      ///< where a skip leads; no_ref: by `next` or `waits`
  std::vector<std::uint32_t> go = {};  ///< parallel
  std::vector<PlanField> form = {};    ///< task: its form; service: its result
  std::vector<PlanItem> checklist = {};
  std::vector<std::pair<Slot, PlanValue>> set = {};  ///< decision
  std::vector<PlanWait> waits = {};
  std::vector<PlanJoinGroup> join = {};  ///< join, any: every incoming edge is in exactly one group
  std::uint32_t join_count = 0;          ///< tokens of different groups it takes to fire
  std::optional<PlanService> service = {};
  std::optional<PlanApprovers> approvers = {};
  std::optional<PlanEach> each = {};
  std::uint32_t gate = no_ref;               ///< in Plan::gates; must not block when the step is done
  std::vector<std::uint32_t> handoffs = {};  ///< that begin when this step completes; in Plan::handoffs
  std::string outcome = {};                  ///< end
  bool closes = false;  ///< end: the run ends; else only this token does (in `each`: the instance)
};

/// The top level (block 0), or the steps of an `each`.
struct Block {
  std::uint32_t first_step = no_ref;
  std::vector<std::uint32_t> steps = {};
  std::uint32_t owner_step = no_ref;  ///< the each step; no_ref for the top level
};

/// A way from one step to another within a block. Several ways between the same two are one edge.
struct PlanEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  friend bool operator==(const PlanEdge&, const PlanEdge&) = default;
};

/// A rule as one place of the SOP sees it. A rule that is used where other names hold (in `each`, or hidden by a form) is
/// compiled again for that place: several may bear one name, the first of them is the top level's. One without table and
/// expr is not usable at the top level, because it uses names known elsewhere only.
struct PlanRule {
  const RuleDefinition* definition = nullptr;
  std::string name = {};
  std::optional<Table> table = {};  ///< else `expr`
  std::optional<Expr> expr = {};
  std::vector<Slot> slots = {};  ///< of the table or the expression; may name other rules, never in a circle
  std::vector<const FieldDefinition*> inputs =
      {};  ///< what each input of a table names, where it is a name; else null
};

struct PlanEvent {
  const EventDefinition* definition = nullptr;
  std::string name = {};
  std::vector<std::string> by = {};  ///< roles that may report it; empty: anybody
  PlanCondition condition = {};
  std::vector<std::pair<Slot, PlanValue>> sets = {};
};

struct PlanClock {
  const ClockDefinition* definition = nullptr;
  std::string id = {};
  std::vector<PlanMoment> starts = {};  ///< never Kind::feel
  std::vector<PlanMoment> stops = {};
  std::optional<PlanDue> due = {};
  std::string calendar = {};
  std::vector<PlanRung> escalate = {};
  PausePolicy pause = PausePolicy::absolute;
};

struct PlanStage {
  const StageDefinition* definition = nullptr;
  std::string id = {};
  std::optional<PlanDue> due = {};
  std::string calendar = {};
  std::vector<PlanRung> escalate = {};
  std::vector<std::uint32_t> steps = {};
};

struct PlanEmergency {
  std::vector<std::string> by = {};
  PlanSpan review_within = {};
  std::vector<std::string> reviewer = {};
  std::vector<PlanRung> escalate = {};
};

struct PlanException {
  const ExceptionPolicy* definition = nullptr;
  std::string id = {};
  std::vector<std::uint32_t> of = {};
  ExceptionPolicy::Allows allows = ExceptionPolicy::Allows::skip;
  std::vector<std::string> ask = {};  ///< empty: the responsible of the step
  std::vector<std::string> documents = {};
  PlanApprovers approvers = {};
  PlanSpan decide_within = {};
  std::string timeout_next = {};  ///< role; empty: denied
  PlanSpan valid_for = {};
  int times = 0;  ///< per run; 0: no limit
  PlanSpan at_most = {};
  std::optional<PlanEmergency> emergency = {};
};

struct PlanHandoff {
  const HandoffDefinition* definition = nullptr;
  std::string id = {};
  std::string from = {};
  std::string to = {};
  std::vector<PlanMoment> when =
      {};  ///< any of them: `when`, and completion of the steps that name the handoff
  PlanCondition condition = {};
  std::vector<std::pair<std::string, PlanValue>> with = {};
  PlanSpan acknowledge_within = {};
  std::string calendar = {};
  std::vector<PlanRung> escalate = {};
};

/// A check applies when `when` holds (absent: always), and fails unless `require` is exactly true.
struct PlanGateCheck {
  const GateCheckDefinition* definition = nullptr;
  std::string id = {};
  PlanCondition when = {};
  PlanCondition require = {};
  Enforcement enforce = Enforcement::must;
  std::uint32_t exception = no_ref;  ///< in Plan::exceptions
};

/// What must hold before an act. Its conditions see the names of the top level.
struct PlanGate {
  const GateDefinition* definition = nullptr;
  std::string id = {};
  std::vector<PlanGateCheck> checks = {};
};

/// See the head of this file.
class Plan {
 public:
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  const Definition& definition() const { return *definition_; }
  const std::shared_ptr<const Definition>& shared_definition() const { return definition_; }
  /// Hex of the SHA-256 of the canonical text; empty when planned without a hash port.
  const std::string& hash() const { return hash_; }
  const std::string& sop() const { return definition_->sop.text; }
  const std::string& version() const { return definition_->version.text; }
  /// IANA name, "UTC" by default.
  const std::string& zone() const { return zone_; }
  /// Name of the default calendar; empty: always open in zone().
  const std::string& calendar() const { return definition_->calendar.text; }

  const std::vector<PlanStep>& steps() const { return steps_; }
  const PlanStep& step(std::uint32_t ref) const { return steps_[ref]; }
  /// The step of an id; nullptr when there is none.
  const PlanStep* find(std::string_view id) const { return at(steps_, find_step(id)); }
  std::uint32_t find_step(std::string_view id) const { return lookup(step_index_, id); }
  const std::vector<Block>& blocks() const { return blocks_; }
  const Block& block(std::uint32_t index) const { return blocks_[index]; }
  const std::vector<PlanEdge>& edges() const { return edges_; }

  const std::vector<PlanField>& variables() const { return variables_; }
  std::uint32_t find_variable(std::string_view name) const { return lookup(variable_index_, name); }
  const std::vector<ParameterDefinition>& parameters() const { return definition_->parameters; }
  std::uint32_t find_parameter(std::string_view name) const { return lookup(parameter_index_, name); }
  const std::vector<PlanEvent>& events() const { return events_; }
  const PlanEvent* find_event(std::string_view name) const { return at(events_, lookup(event_index_, name)); }
  const std::vector<PlanRule>& rules() const { return rules_; }
  /// The rule as the top level of the SOP sees it; nullptr when none is called so.
  const PlanRule* find_rule(std::string_view name) const { return at(rules_, lookup(rule_index_, name)); }

  const std::vector<PlanClock>& clocks() const { return clocks_; }
  const PlanClock* find_clock(std::string_view id) const { return find_in(clocks_, id); }
  const std::vector<PlanStage>& stages() const { return stages_; }
  const PlanStage* find_stage(std::string_view id) const { return find_in(stages_, id); }
  const std::vector<PlanException>& exceptions() const { return exceptions_; }
  const PlanException* find_exception(std::string_view id) const { return find_in(exceptions_, id); }
  const std::vector<PlanHandoff>& handoffs() const { return handoffs_; }
  const PlanHandoff* find_handoff(std::string_view id) const { return find_in(handoffs_, id); }
  const std::vector<PlanGate>& gates() const { return gates_; }
  const PlanGate* find_gate(std::string_view id) const { return find_in(gates_, id); }
  /// The approver a late fact needs, and how late it may be without one.
  const PlanSpan& late_within() const { return late_within_; }
  /// Roles that may cancel a run, or suspend and resume it; empty: the accountable of any step.
  const std::vector<std::string>& cancel_by() const { return cancel_by_; }
  const std::vector<std::string>& suspend_by() const { return suspend_by_; }
  /// How long a run stays suspended at most; not given: until it is resumed.
  const PlanSpan& suspend_at_most() const { return suspend_at_most_; }
  /// Of incidents that belong to no step.
  const PlanIncidents& incidents() const { return incidents_; }
  /// What the SOP uses of what it declares: "variable claim", "role biller", ...; for the checks.
  const std::set<std::string, std::less<>>& used() const { return used_; }

 private:
  friend class PlanMaker;
  Plan() = default;

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Index = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

  static std::uint32_t lookup(const Index& index, std::string_view name) {
    const auto found = index.find(name);
    return found == index.end() ? no_ref : found->second;
  }
  template <class T>
  static const T* at(const std::vector<T>& items, std::uint32_t ref) {
    return ref == no_ref ? nullptr : &items[ref];
  }
  template <class T>
  static const T* find_in(const std::vector<T>& items, std::string_view id) {
    for (const T& item : items)
      if (item.id == id) return &item;
    return nullptr;
  }

  std::shared_ptr<const Definition> definition_;
  std::string hash_, zone_;
  std::vector<PlanStep> steps_;
  std::vector<Block> blocks_;
  std::vector<PlanEdge> edges_;
  std::vector<PlanField> variables_;
  std::vector<PlanEvent> events_;
  std::vector<PlanRule> rules_;
  std::vector<PlanClock> clocks_;
  std::vector<PlanStage> stages_;
  std::vector<PlanException> exceptions_;
  std::vector<PlanHandoff> handoffs_;
  std::vector<PlanGate> gates_;
  PlanSpan late_within_, suspend_at_most_;
  PlanIncidents incidents_;
  std::vector<std::string> cancel_by_, suspend_by_;
  std::set<std::string, std::less<>> used_;
  Index step_index_, variable_index_, parameter_index_, event_index_, rule_index_;
};

}  // namespace v0
}  // namespace aesop
