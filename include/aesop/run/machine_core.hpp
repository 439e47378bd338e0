// One decision in the making: Machine. Part run, private. Its members are defined by theme in the files that
// machine.hpp includes; the invariants are in decide.hpp.
// An error that should not happen is kept in `error` and ends the decision; a refusal is kept in `rejection`.
#pragma once

#include "aesop/model/plan.hpp"
#include "aesop/run/apply.hpp"
#include "aesop/run/command.hpp"
#include "aesop/run/decision.hpp"
#include "aesop/run/facts.hpp"
#include "aesop/run/obstacle.hpp"
#include "aesop/run/operations.hpp"
#include "aesop/run/projection.hpp"
#include "aesop/run/reasons.hpp"
#include "aesop/run/value_codec.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

constexpr ActivityKind activity_kind(StepKind kind) {
  switch (kind) {
    case StepKind::task:
      return ActivityKind::task;
    case StepKind::decision:
      return ActivityKind::decision;
    case StepKind::parallel:
      return ActivityKind::parallel;
    case StepKind::join:
      return ActivityKind::join;
    case StepKind::any:
      return ActivityKind::any;
    case StepKind::wait:
      return ActivityKind::wait;
    case StepKind::service:
      return ActivityKind::service;
    case StepKind::approval:
      return ActivityKind::approval;
    case StepKind::each:
      return ActivityKind::each;
    case StepKind::call:
      return ActivityKind::call;
    case StepKind::end:
      return ActivityKind::end;
  }
  return ActivityKind::task;
}
constexpr Pause pause_of(PausePolicy policy) {
  return policy == PausePolicy::remaining ? Pause::remaining
         : policy == PausePolicy::restart ? Pause::restart
                                          : Pause::absolute;
}
constexpr Quorum quorum_of(Approvers::Mode mode) {
  switch (mode) {
    case Approvers::Mode::any_of:
      return Quorum::any_of;
    case Approvers::Mode::all_of:
      return Quorum::all_of;
    case Approvers::Mode::at_least:
      return Quorum::at_least;
    case Approvers::Mode::in_order:
      return Quorum::in_order;
  }
  return Quorum::any_of;
}

inline void add_sorted(std::vector<std::string>& names, std::string_view name) {
  const auto at = std::lower_bound(names.begin(), names.end(), name);
  if (at == names.end() || *at != name) names.insert(at, std::string(name));
}
template <class Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}
inline bool contains(const std::vector<std::uint32_t>& refs, std::uint32_t ref) {
  return std::find(refs.begin(), refs.end(), ref) != refs.end();
}
inline Value text_list(const std::vector<std::string>& names) {
  std::vector<Value> items;
  items.reserve(names.size());
  for (const std::string& name : names) items.push_back(Value::string(name));
  return Value::list(std::move(items));
}

/// Where an expression is evaluated: what its names mean there.
struct RunPlace {
  InstanceId instance = 0;
  std::uint32_t step = no_ref;  ///< whose own form `form` is
  const Value* form = nullptr;
  bool done = false;  ///< `form` is that of the visit just completed: the step's own name means it too
  const Value* event = nullptr;          ///< payload being handled, with `occurred`
  std::vector<NamedValue> overlay = {};  ///< variables set by this very step, not yet recorded
};

/// A branch chosen, and what it sets.
struct Choice {
  std::uint32_t branch = 0;
  std::uint32_t go = no_ref;
  std::vector<NamedValue> set = {};
};

/// A due time, or why there is none.
struct DueTime {
  enum class Kind : std::uint8_t { none, at, pending, unknown };
  Kind kind = Kind::none;
  Instant at = {};
  std::string why = {};
};

/// The time limits of a step, a stage, a case, a handoff or an emergency as the plan has them.
struct ClockPlan {
  const PlanDue* due = nullptr;
  const std::vector<PlanRung>* rungs = nullptr;
  std::string_view calendar = {};
  const PlanStep* step = nullptr;
};

/// Whom a rung reached.
struct Heard {
  bool asked = false, found = false;
  std::vector<std::string> roles = {}, people = {};  ///< of `reassign`
};

/// What a name of an SOP stands for while a rule is asked without a run: gate.hpp, evaluate_rule.
struct RuleInput {
  SlotKind kind = SlotKind::variable;
  std::uint32_t ref = no_ref;
  Value value = {};
};

class Machine {
 public:
  Machine(const Plan& the_plan, const State& state, const Facts& the_facts)
      : plan(the_plan),
        facts(the_facts),
        s(state),
        now(state.last_at),
        until(state.last_at),
        told(state.last_at) {}

  const Plan& plan;
  const Facts& facts;
  State s;
  Instant now;    ///< logical time of what is being decided
  Instant until;  ///< how far time has really come
  Instant told;   ///< the time the host said: the command's own, or that of the advance
  const Command* command = nullptr;
  bool by_actor = false;  ///< events are the command's actor's, not the engine's
  std::optional<Instant> occurred = {};
  std::string command_id = {};
  std::vector<Event> events = {};
  std::optional<Rejection> rejection = {};
  std::optional<Error> error = {};
  std::vector<std::string> created = {};
  const std::vector<RuleInput>* inputs = nullptr;  ///< in place of what a run would say

  // --- machine_core.hpp: emitting and refusing ---
  template <class C>
  void emit(C control, Value data = {}) {
    if (error) return;
    Event event;
    event.at = now;
    event.recorded = told;
    event.command_id = command_id;
    if (by_actor) {
      event.occurred_at = occurred;
      event.actor = command->actor.id;
      event.roles = command->actor.roles;
      event.scope = command->actor.scope;
    }
    event.control = std::move(control);
    // (17): what is decided on is what is read back.
    event.data = is_storable(data) ? std::move(data) : storable(data);
    if (Status done = apply(s, event); !done) {
      error = Error{ErrorCode::internal,
                    cat("the run machine made an event that does not fit: ", done.error().message)};
      return;
    }
    // A run at its limit can still be cancelled.
    if (s.revision > facts.limits.events_per_run && !(command && command->type() == CommandType::cancel))
      error = Error{ErrorCode::limit_exceeded,
                    cat("the run would have more than ", facts.limits.events_per_run, " events")};
    events.push_back(std::move(event));
  }
  bool failed() const { return error.has_value(); }
  bool refused() const { return rejection.has_value() || error.has_value(); }
  void fail(ErrorCode code, std::string message) {
    if (!error) error = Error{code, std::move(message)};
  }
  void reject(std::string_view reason, std::string message = {},
              std::vector<std::pair<std::string, Value>> details = {}) {
    if (rejection) return;
    if (message.empty()) message = rejection_text(reason);
    rejection = Rejection{std::string(reason), std::move(message), std::move(details)};
  }
  // (16): whether a step was entered so often at this very instant that it would go on for ever.
  bool turns_in_circles(const PlanStep& step, InstanceId instance) const {
    for (const Repeat& repeat : s.repeats)
      if (repeat.instance == instance && repeat.step == step.id)
        return repeat.count >= facts.limits.visits_at_once;
    return false;
  }
  std::string circle_text(const PlanStep& step) const {
    return cat(step.id, " was entered ", facts.limits.visits_at_once, " times at one moment");
  }
  Instant occurred_now() const { return by_actor ? occurred.value_or(now) : now; }
  const Actor& actor() const { return command->actor; }

  // --- machine_values.hpp: expressions ---
  Value slot_value(const Slot& slot, const RunPlace& place, int depth);
  Value evaluate(const Expr& expr, const std::vector<Slot>& slots, const RunPlace& place, int depth);
  Value evaluate(const PlanExpr& expr, const RunPlace& place) {
    return evaluate(expr.expr, expr.slots, place, 0);
  }
  Value evaluate(const PlanValue& value, const RunPlace& place) {
    return value.feel ? evaluate(*value.feel, place) : value.literal;
  }
  Value rule_result(const PlanRule& rule, const RunPlace& place, int depth);
  Value run_context() const;
  Value step_context(const PlanStep& step, const RunPlace& place) const;
  Value parameter(std::uint32_t ref) const;
  Value gate_context(std::uint32_t ref, const RunPlace& place);
  std::vector<Obstacle> gate_obstacles(const PlanStep& step, TokenId token, const RunPlace& place);
  const Instance* instance_of_step(InstanceId from, std::uint32_t each) const;
  const StepRecord* record_of(const PlanStep& step, InstanceId from) const;
  bool holds(const PlanCondition& condition, const RunPlace& place);
  std::vector<NamedValue> evaluate_sets(const std::vector<std::pair<Slot, PlanValue>>& sets, RunPlace& place);
  std::optional<Choice> choose(const std::vector<PlanBranch>& branches, RunPlace& place,
                               std::string_view key = {});
  Value set_data(const std::vector<NamedValue>& set, std::vector<Entry> more = {});
  static std::vector<std::string> names_of(const std::vector<NamedValue>& set);
  Diagnostics diagnostics = Diagnostics();  ///< of the conditions since they were last written into an event
  std::uint32_t null_conditions = 0;

  // --- machine_people.hpp: who ---
  std::vector<std::string> people_of(std::string_view role) const;
  bool has_directory() const { return facts.directory != nullptr && !facts.directory->empty(); }
  std::vector<std::string> roles_of_target(std::string_view target, const PlanStep* step) const;
  std::vector<std::string> resolve_target(std::string_view target, const PlanStep* step,
                                          const Activity* activity) const;
  std::vector<std::string> kept_out(const PlanStep& step, InstanceId instance) const;
  std::vector<std::string> candidates_for(const std::vector<std::string>& roles,
                                          const std::vector<std::string>& excluded) const;
  bool may_be_candidate(const Activity& activity, const PlanStep& step);
  bool is_manager(const Activity& activity) const;
  bool permit(const Operation& row, const Activity& activity, const PlanStep& step);
  std::optional<std::string> acting_role(const std::vector<std::string>& roles) const;

  // --- machine_clocks.hpp: time limits ---
  bool zoned = false;  ///< a time was computed that hangs on a zone or calendar, since arm() began
  std::string zone_version() const;
  const Calendar* calendar(std::string_view name);
  std::optional<Span> span_of(const PlanSpan& span, const RunPlace& place);
  Result<Instant> add_span(Instant from, const Span& span, std::string_view calendar_name);
  DueTime moment_time(const PlanMoment& moment, Instant start, const RunPlace& place);
  DueTime phrase_time(const PlanPhrase& phrase, Instant start, std::string_view calendar_name,
                      const RunPlace& place);
  DueTime arm(ArmedClock& clock, const ClockPlan& limits, const RunPlace& place);
  ClockPlan plan_of(const ArmedClock& clock) const;
  static bool is_owed(const ArmedClock& clock) {
    return clock.kind == ClockKind::emergency_review || clock.kind == ClockKind::handoff;
  }
  const PlanRung* rung_of(const ArmedClock& clock, std::uint32_t index) const;
  RunPlace place_of(const ArmedClock& clock) const;
  std::string step_clock_id(std::string_view kind, const PlanStep& step, InstanceId instance) const;
  void clock_incident(const ArmedClock& clock, const DueTime& due);
  std::vector<ArmedClock> clocks_of(const PlanStep& step, TokenId token, InstanceId instance,
                                    std::uint32_t visit,
                                    std::vector<std::pair<ArmedClock, DueTime>>& unknown);
  void start_case_clock(const PlanClock& clock, Instant started);
  static void keep_what_fired(std::vector<ArmedRung>& rungs, const Clock& before, bool new_start);
  void look_at_pending_clocks();
  void moment(std::string_view name, Instant when);
  void stage_clocks();
  void stage_clock(const PlanStage& stage, InstanceId instance);
  void moot(const ArmedClock& clock, const std::vector<ArmedRung>& fired);
  void moot_of(TokenId token);
  const Clock* clock_of_step(TokenId token) const;
  ClockTimes resumed(const Clock& clock, Instant paused);
  bool frozen(const Clock& clock) const;

  // --- machine_enter.hpp, machine_leave.hpp, machine_each.hpp: tokens ---
  void settle();
  void react(std::size_t index);
  void arrive(const Move& move);
  void enter(const PlanStep& step, const Move& move);
  void begin_activity(const PlanStep& step, const Move& move);
  void try_join(const PlanStep& step, InstanceId instance, std::uint32_t go = no_ref);
  std::uint32_t next_visit(const PlanStep& step, InstanceId instance) const;
  Move move_to(TokenId token, InstanceId instance, std::string_view from, std::uint32_t to,
               std::string after) const;
  void leave(TokenId token, LeaveReason reason, const Choice& choice, std::string outcome, std::string cause);
  void leave_by_next(TokenId token, std::string_view key = {});
  void end_token(TokenId token, LeaveReason reason, std::string cause, std::string outcome = {});
  void divert(TokenId token, LeaveReason reason, std::uint32_t go, std::string cause);
  void close_instances_of(TokenId token, LeaveReason reason);
  void close_instance(InstanceId id, LeaveReason reason, std::string outcome);
  void close_run(std::string outcome);
  void incident(std::string_view kind, const Activity* activity, std::string clock, std::string_view message,
                InstanceId instance = 0, const PlanStep* join = nullptr);
  std::vector<std::string> people_concerned(std::string_view clock, InstanceId instance,
                                            const PlanStep* join) const;
  void request_service(TokenId token);
  void open_instance(TokenId owner, std::uint32_t index, Value item, std::string event, Instant when);
  void open_list(TokenId owner);
  bool advance_each(TokenId owner);
  bool each_until();
  void leave_waits();
  void finish_each(TokenId owner);
  void handoffs(std::string_view moment_name);
  bool dirty =
      false;  ///< data changed since conditions that are waited for and pending clocks were last looked at
  std::size_t seen = 0;   ///< events react() has looked at
  bool unsettled = true;  ///< something happened since the `each` steps were last looked at

  // --- machine_fire.hpp: timers ---
  struct Timer {
    std::string clock;
    std::uint32_t occurrence = 0;
    std::uint32_t rung = 0;
    Instant due = {};
    bool before(const Timer& other) const {
      return std::tie(due, clock, occurrence, rung) <
             std::tie(other.due, other.clock, other.occurrence, other.rung);
    }
  };
  std::optional<Timer> next_timer() const;
  bool fire_timers(std::size_t limit, std::optional<Instant> last = {});
  const PlanStep* circle_of(const Timer& timer) const;
  void fire(const Timer& timer);
  RungFired firing_of(const ArmedClock& clock, std::uint32_t rung, Instant due) const;
  void resolve_rung(std::string_view action, const std::vector<std::string>& targets, const ArmedClock& clock,
                    RungFired& fired, Heard& heard) const;
  void tell_next(const ArmedClock& clock, const ArmedRung& silent, std::string cause);
  void fire_rung(const Clock& clock, const PlanRung& rung, RungFired fired);
  void fire_wait(const Clock& clock, RungFired fired);
  bool changes_course(const ArmedClock& clock, std::uint32_t index) const;
  std::optional<Timer> next_turn(const Timer& mine) const;
  void count_cycle(const Clock& clock, const PlanRung& rung, const ArmedRung& mine, RungFired& fired);
  std::size_t fired_count = 0;

  // --- decide_*.hpp: verbs ---
  void decide_start(const Start& start);
  void decide_run();
  void resume_run();
  void decide_event(const RecordEvent& record);
  void diagnose_waits(const RecordEvent& record, const Value& payload, const std::vector<NamedValue>& set);
  void moot_ended(const RecordEvent& record, const Value& payload);
  void deliver(const RecordEvent& record, const Value& payload);
  bool end_wait(TokenId token, const std::string& event, const Value& payload, Instant when, bool early);
  bool keeps_room(const std::string& event);
  void keep(const std::string& event, const Value& payload);
  void deliver_kept(TokenId token);
  Activity* address(const TaskAddress& target, ActivityKind kind, bool any_kind = false);
  const PlanStep& step_of(const Activity& activity) const { return *plan.find(activity.step); }
  void decide_task();
  void decide_complete(const Complete& complete);
  void decide_fail(const Fail& fail);
  void begin_review(TokenId token);
  void decide_review();
  void decide_correct(const Correct& correct);
  Value laid_over(const Value& saved, const Value& form) const;
  std::optional<Value> typed_form(const PlanStep& step, const Value& form, std::string_view what);
  void decide_service();
  void decide_approval(const DecideApproval& decision);
  void decide_exception();
  void request_exception(const RequestException& request);
  void decide_on_exception(const DecideException& decision);
  void use_exception(const TaskAddress& target, const std::string& id, bool skip,
                     std::optional<Instant> until);
  void invoke_emergency(const InvokeEmergency& invoke);
  void review_emergency(const ReviewEmergency& review);
  void exception_timeout(const std::string& id);
  void skip_task(TokenId token, const std::string& id);
  void extend_task(TokenId token, const std::string& id, Instant until_time);
  const PlanException* policy_for(const TaskAddress& target, const std::string& policy, const PlanStep** step,
                                  InstanceId* instance);
  bool documents_given(const PlanException& policy, const std::vector<Document>& documents);
  bool within_extension(const PlanException& policy, const PlanStep& step, InstanceId instance,
                        std::optional<Instant> wanted);
  void decide_handoff(const AcknowledgeHandoff& acknowledge);
  void decide_incident();
  bool incident_may_go(const Incident& incident, const PlanStep* step, std::uint32_t go);
  bool incident_data(const Incident& incident, const PlanStep* step, const Value& data,
                     std::vector<NamedValue>& set, std::vector<NamedValue>& form);
  std::uint32_t block_of(const Activity* activity, InstanceId id) const;
  bool leads_to_join(std::string_view from, const PlanStep& join) const;
  void retry_incident(const Incident& incident);
  void restart_clock(const Incident& incident, const Activity* activity);
  void run_command();
};

/// Whether the matter is settled by the votes: true approved, false refused. A role has one voice (open_roles).
inline std::optional<bool> settled(Quorum quorum, std::uint32_t count, const std::vector<std::string>& roles,
                                   const std::vector<Vote>& votes) {
  std::uint32_t yes = 0, no = 0;
  for (const Vote& vote : votes) ++(vote.approve ? yes : no);
  switch (quorum) {
    case Quorum::any_of:
      if (no > 0) return false;
      if (yes > 0) return true;
      return std::nullopt;
    case Quorum::all_of:
    case Quorum::in_order:
      if (no > 0) return false;
      for (const std::string& role : roles)
        if (std::none_of(votes.begin(), votes.end(), [&](const Vote& v) { return v.role == role; }))
          return std::nullopt;
      return true;
    case Quorum::at_least:
      if (yes >= count) return true;
      if (roles.size() >= count && no > roles.size() - count) return false;
      return std::nullopt;
  }
  return std::nullopt;
}

/// The roles whose voice is still wanted.
inline std::vector<std::string> open_roles(Quorum quorum, const std::vector<std::string>& roles,
                                           const std::vector<Vote>& votes) {
  std::vector<std::string> open;
  for (const std::string& role : roles) {
    const bool spoken =
        std::any_of(votes.begin(), votes.end(), [&](const Vote& v) { return v.role == role; });
    if (spoken) continue;  // each role has one voice
    open.push_back(role);
    if (quorum == Quorum::in_order) break;
  }
  return open;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
