// The compiler from Definition to Plan: names and expressions. Part model, private to make_plan.hpp, which calls it.
// An expression is compiled against a scope of just the names it mentions, so that a big SOP costs what its expressions
// cost and an evaluation is handed only what it reads.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/base/id.hpp"
#include "aesop/base/ports.hpp"
#include "aesop/model/conform.hpp"
#include "aesop/model/load_reader.hpp"
#include "aesop/model/plan_names.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/rules/nullness.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

class PlanMaker {
 public:
  PlanMaker(std::shared_ptr<const Definition> definition, Findings& findings, const Ports& ports)
      : plan_(new Plan), file_(*definition), findings_(&findings), ports_(ports) {
    plan_->definition_ = std::move(definition);
  }
  /// Every problem is a finding; the Plan is whole when there is none of severity error.
  std::shared_ptr<const Plan> make();

 private:
  using Place = detail::NamePlace;
  using Meaning = detail::Meaning;

  void error(std::string_view code, std::string message, SourceRange where, std::string help = {}) {
    findings_->error(code, std::move(message), where, std::move(help));
  }
  /// Whether the loader read every step; with too many the last one read is not the last one written.
  bool loaded_whole() const {
    for (const Finding& finding : *findings_)
      if (finding.code == "too-many-steps") return false;
    return true;
  }
  template <class Names>
  void unknown(std::string_view code, std::string_view thing, const Text& text, const Names& names,
               const std::string& help = {}) {
    const auto near = did_you_mean(text.text, names);
    error(code, cat("no ", thing, " is called \"", printable(text.text, 60), '"'), text.where,
          near ? cat("did you mean \"", *near, "\"?") : help);
  }

  // --- names ----------------------------------------------------------------------------------------------
  void declare();
  void declare_name(std::string_view name, SourceRange where, std::string_view thing);
  std::optional<Meaning> resolve(const Place& place, std::string_view name);
  std::vector<std::string> visible(const Place& place) const;
  const EventDefinition* event(std::string_view name) const;
  std::uint32_t parameter(std::string_view name) const { return Plan::lookup(plan_->parameter_index_, name); }
  bool is_span_parameter(std::string_view name) const {
    const std::uint32_t ref = parameter(name);
    return ref != no_ref && file_.parameters[ref].type.kind == DataKind::span;
  }
  void use(std::string_view kind, std::string_view name) { plan_->used_.emplace(cat(kind, ' ', name)); }

  // --- expressions ----------------------------------------------------------------------------------------
  struct Compiled {
    PlanExpr expr;
    Type type;
  };
  struct Names {
    Scope scope;
    std::vector<Slot> slots;
  };
  Names names_of(const Place& place, const std::vector<std::string_view>& texts);
  void report(const Error& error, SourceRange raw, const Place& place, std::string_view text);
  std::optional<Compiled> compile(const Place& place, std::string_view text, SourceRange raw);
  PlanCondition condition(const Place& place, const ConditionText& text, std::string_view what,
                          bool waits = false);
  PlanValue value(const Place& place, const ValueText& text, const FieldDefinition* target,
                  std::string_view what);
  std::vector<std::pair<Slot, PlanValue>> sets(const Place& place, const std::vector<SetDefinition>& from);
  std::vector<std::pair<std::string, PlanValue>> with(const Place& place,
                                                      const std::vector<SetDefinition>& from);
  std::vector<PlanField> fields(const Place& defaults, const Place& conditions,
                                const std::vector<FieldDefinition>& from);

  // --- rules ----------------------------------------------------------------------------------------------
  std::uint32_t rule_at(const Place& place, std::uint32_t index);
  void compile_rule(const Place& place, std::uint32_t index, std::uint32_t variant);
  bool same_as_top(const Place& place, std::uint32_t index, std::set<std::uint32_t>& seen);
  void compile_table(const Place& place, const RuleDefinition& from, std::uint32_t variant);
  void finish_rules();
  void check_examples(const Place& place, const RuleDefinition& rule, std::uint32_t variant);

  // --- literals that never fit (plan_values.hpp) ----------------------------------------------------------
  const FieldDefinition* declared(const rules::Program& program, rules::NodeId id,
                                  const std::vector<Slot>& slots, const Place& place) const;
  void check_literal(const FieldDefinition* field, rules::Op op, const Value& literal, SourceRange where);
  template <class Where>
  void check_tests(const FieldDefinition* field, const rules::Program& program, rules::NodeId id,
                   const Where& place_in_file);
  void check_comparisons(const Place& place, const Expr& expr, const std::vector<Slot>& slots,
                         SourceRange raw);
  void check_cells(const Place& place, const RuleDefinition& from, const Table& table,
                   const std::vector<Slot>& slots);

  void check_result(const FieldDefinition& field, const Expr& expr, SourceRange raw);

  // --- what may be null, or divide by zero (plan_nulls.hpp) -------------------------------------------------
  struct Looked {
    Place place;
    Expr expr;
    std::vector<Slot> slots;
    SourceRange raw;
    bool decides = false;                   ///< a condition
    std::vector<std::size_t> earlier = {};  ///< conditions that did not hold before this one is asked
  };
  void look_at(const Place& place, const Expr& expr, const std::vector<Slot>& slots, SourceRange raw,
               bool decides);
  void find_missing_variables();
  bool filtered(const EventDefinition& event, std::string_view field);
  rules::NameKnown known_of(const Looked& one, rules::NodeId id);
  bool rule_gives_null(std::uint32_t ref);
  void check_nulls();

  // --- times (plan_times.hpp) -----------------------------------------------------------------------------
  PlanSpan span(const Place& place, const SpanText& text, std::string_view calendar, std::string_view what);
  PlanMoment moment(const Place& place, const MomentText& text, bool feel_allowed);
  PlanPhrase phrase(const Place& place, const TimePhraseText& text, std::string_view calendar);
  std::optional<PlanDue> due(const Place& place, const std::optional<DueDefinition>& text,
                             std::string_view calendar);
  /// Whose ladder: decides which targets and reactions make sense.
  struct LadderOf {
    Place conditions = {};
    std::uint32_t block = 0;  ///< where go and also lead
    bool in_step = false;     ///< targets by RACI word, reassign
    bool moves = true;        ///< go and also are possible
    bool has_due = false;
    std::string calendar = {};
    std::uint32_t step = no_ref;  ///< edges of go and also
  };
  std::vector<PlanRung> ladder(const LadderOf& of, const LadderDefinition& from);
  std::vector<std::string> targets(const LadderOf& of, const std::vector<Text>& from);
  std::string calendar(const Text& text);
  std::string role(const Text& text);
  std::vector<std::string> roles(const std::vector<Text>& from);

  // --- steps (plan_steps.hpp) -----------------------------------------------------------------------------
  void index_steps(const std::vector<StepDefinition>& from, std::uint32_t block, std::uint32_t owner);
  std::uint32_t step_in(std::uint32_t block, const Text& id);
  std::uint32_t step_anywhere(const Text& id);
  void edge(std::uint32_t from, std::uint32_t to) {
    if (from != no_ref && to != no_ref) plan_->edges_.push_back({from, to});
  }
  void make_step(PlanStep& step);
  void make_next(PlanStep& step, std::uint32_t follower);
  void make_waits(PlanStep& step, std::uint32_t follower);
  void make_each(PlanStep& step);
  void make_service(PlanStep& step);
  void make_checklist(PlanStep& step);
  void make_incidents(PlanStep& step);
  PlanIncidents incidents(const std::optional<IncidentDefinition>& from);
  void make_joins();
  PlanApprovers approvers(const Approvers& from);

  // --- the rest (make_plan.hpp) ---------------------------------------------------------------------------
  void make_document();
  void make_events();
  void make_clocks();
  void make_stages();
  bool waives(const ExceptionPolicy& policy, const PlanStep& step) const;
  void make_exceptions();
  void make_handoffs();
  void check_kpis();
  void compile_gate(std::uint32_t ref);

  std::shared_ptr<Plan> plan_;
  const Definition& file_;
  Findings* findings_;
  const Ports& ports_;
  std::map<std::string, std::string, std::less<>> declared_;  // name -> what it is, for ambiguous-name
  Plan::Index gate_index_;
  std::set<std::string, std::less<>> roles_, systems_, calendars_, stages_;
  std::vector<std::uint32_t> follower_;            // by step: the following step of its list
  std::vector<std::uint32_t> outer_;               // by block: the block that holds its owner
  std::vector<Type> item_type_;                    // by block: of the instance's item
  std::vector<Type> rule_type_;                    // by rule, variants included
  std::vector<std::set<std::string>> rule_words_;  // by rule of the file: identifiers in it
  enum class Progress : std::uint8_t { untouched, busy, done };
  std::vector<Progress> progress_;
  std::vector<bool> broken_;  // by rule, variants included: does not compile
  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> variants_;
  std::map<std::uint32_t, Findings> silent_;  // by rule of the file: what its form at the top level lacks
  std::vector<Progress> gate_progress_;
  std::vector<bool> used_elsewhere_;          // by rule of the file: some variant exists
  std::vector<Looked> looked_;                // every expression, for check_nulls
  std::set<std::string> missing_;             // variables that some condition compares with null
  std::map<std::uint32_t, bool> rule_nulls_;  // by rule: may give null
};

// --- names -----------------------------------------------------------------------------------------------

inline const EventDefinition* PlanMaker::event(std::string_view name) const {
  const std::uint32_t ref = Plan::lookup(plan_->event_index_, name);
  return ref == no_ref ? nullptr : &file_.events[ref];
}

inline void PlanMaker::declare_name(std::string_view name, SourceRange where, std::string_view thing) {
  if (name.empty()) return;
  if (detail::is_feel_word(name) || name == "run" || name == "event" || name == "index") {
    error(
        "reserved-name", cat('"', name, "\" cannot name ", thing), where,
        detail::is_feel_word(name) ? "it is a word of FEEL" : "expressions use this name for something else");
    return;
  }
  const auto [known, fresh] = declared_.emplace(name, thing);
  if (fresh) return;
  const bool same = known->second == thing;
  // Instances of different `each` steps may use the same names.
  if (same && (thing == "an instance" || thing == "a variable of an instance")) return;
  error(same ? "duplicate-id" : "ambiguous-name",
        same ? cat("\"", name, "\" is ", thing, " already")
             : cat("\"", name, "\" is ", known->second, " and ", thing),
        where, "an expression could not tell them apart; rename one");
}

/// Every name that expressions see, once.
inline void PlanMaker::declare() {
  Plan& plan = *plan_;
  const auto put = [](Plan::Index& index, std::string_view name) {
    index.emplace(std::string(name), static_cast<std::uint32_t>(index.size()));
  };
  for (const FieldDefinition& field : file_.data) {
    declare_name(field.name, field.where, "a run variable");
    put(plan.variable_index_, field.name);
  }
  for (const ParameterDefinition& item : file_.parameters) {
    declare_name(item.type.name, item.type.where, "a parameter");
    put(plan.parameter_index_, item.type.name);
  }
  for (const RuleDefinition& rule : file_.rules) {
    declare_name(rule.name.text, rule.name.where, "a rule");
    put(plan.rule_index_, rule.name.text);
    auto& words = rule_words_.emplace_back();
    const auto add = [&](std::string_view text) {
      for (const std::string_view word : detail::identifiers(text)) words.emplace(word);
    };
    add(rule.feel.text);
    for (const ColumnDefinition& input : rule.inputs) add(input.text.text);
    for (const RowDefinition& row : rule.rows)
      for (const CellDefinition& cell : row.cells)
        if (cell.kind == CellDefinition::Kind::feel) add(cell.text);
    PlanRule& made = plan.rules_.emplace_back();
    made.definition = &rule;
    made.name = rule.name.text;
  }
  for (const GateDefinition& gate : file_.gates) {
    declare_name(gate.id.text, gate.id.where, "a gate");
    put(gate_index_, gate.id.text);
    PlanGate& made = plan.gates_.emplace_back();
    made.definition = &gate;
    made.id = gate.id.text;
  }
  gate_progress_.resize(file_.gates.size());
  progress_.resize(file_.rules.size());
  rule_type_.resize(file_.rules.size());
  broken_.resize(file_.rules.size());
  used_elsewhere_.resize(file_.rules.size());
  for (const EventDefinition& item : file_.events) put(plan.event_index_, item.name.text);
  for (const RoleDefinition& item : file_.roles) roles_.insert(item.id.text);
  for (const SystemDefinition& item : file_.systems) systems_.insert(item.id.text);
  for (const CalendarDefinition& item : file_.calendars) calendars_.insert(item.name.text);
  for (const StageDefinition& item : file_.stages) stages_.insert(item.id.text);
}

/// What a name means at a place; nothing when it means nothing there.
inline std::optional<PlanMaker::Meaning> PlanMaker::resolve(const Place& place, std::string_view name) {
  const auto meaning = [&](SlotKind kind, std::uint32_t ref, Type type) {
    return Meaning{{kind, std::string(name), ref}, std::move(type)};
  };
  if (place.step != no_ref)
    if (const FieldDefinition* field =
            find_field(detail::own_fields(*plan_->steps_[place.step].definition), name))
      return meaning(SlotKind::form_field, place.step, detail::type_of_field(*field));
  if (place.event && name == "event")
    return meaning(SlotKind::event, no_ref, detail::type_of_event(place.event));
  for (std::uint32_t block = place.block; block != 0; block = outer_[block]) {
    const std::uint32_t owner = plan_->blocks_[block].owner_step;
    const EachDefinition& each = *plan_->steps_[owner].definition->each;
    if (name == each.as.text) return meaning(SlotKind::item, owner, item_type_[block]);
    if (name == "index") return meaning(SlotKind::index, owner, TypeKind::number);
    if (const FieldDefinition* field = find_field(each.data, name)) {
      use("variable", name);
      return meaning(SlotKind::instance_variable, owner, detail::type_of_field(*field));
    }
  }
  if (const std::uint32_t ref = Plan::lookup(plan_->step_index_, name); ref != no_ref) {
    for (std::uint32_t block = place.block;; block = outer_[block]) {
      if (plan_->steps_[ref].block == block)
        return meaning(SlotKind::step_result, ref, detail::type_of_step(*plan_->steps_[ref].definition));
      if (block == 0) return std::nullopt;
    }
  }
  if (const std::uint32_t ref = Plan::lookup(plan_->variable_index_, name); ref != no_ref) {
    use("variable", name);
    return meaning(SlotKind::variable, ref, detail::type_of_field(file_.data[ref]));
  }
  if (const std::uint32_t ref = parameter(name); ref != no_ref) {
    use("parameter", name);
    if (file_.parameters[ref].type.kind == DataKind::span) return std::nullopt;
    return meaning(SlotKind::parameter, ref, detail::type_of_field(file_.parameters[ref].type));
  }
  if (const std::uint32_t index = Plan::lookup(plan_->rule_index_, name); index != no_ref) {
    use("rule", name);
    const std::uint32_t ref = rule_at(place, index);
    return meaning(SlotKind::rule, ref, rule_type_[ref]);
  }
  if (const std::uint32_t ref = Plan::lookup(gate_index_, name); ref != no_ref) {
    use("gate", name);
    compile_gate(ref);
    return meaning(SlotKind::gate, ref,
                   Type::context_of({{"verdict", TypeKind::string},
                                     {"blocked", Type::list_of(TypeKind::string)},
                                     {"warned", Type::list_of(TypeKind::string)}}));
  }
  if (name == "run") return meaning(SlotKind::run, no_ref, detail::type_of_run());
  return std::nullopt;
}

/// All names of a place, for "did you mean".
inline std::vector<std::string> PlanMaker::visible(const Place& place) const {
  std::vector<std::string> names;
  if (place.step != no_ref)
    for (const FieldDefinition& field : detail::own_fields(*plan_->steps_[place.step].definition))
      names.push_back(field.name);
  if (place.event) names.push_back("event");
  for (std::uint32_t block = place.block;; block = outer_[block]) {
    for (const std::uint32_t step : plan_->blocks_[block].steps) names.push_back(plan_->steps_[step].id);
    if (block == 0) break;
    const EachDefinition& each = *plan_->steps_[plan_->blocks_[block].owner_step].definition->each;
    names.push_back(each.as.text);
    for (const FieldDefinition& field : each.data) names.push_back(field.name);
  }
  for (const FieldDefinition& field : file_.data) names.push_back(field.name);
  for (const ParameterDefinition& item : file_.parameters)
    if (item.type.kind != DataKind::span) names.push_back(item.type.name);
  for (const RuleDefinition& rule : file_.rules) names.push_back(rule.name.text);
  for (const GateDefinition& gate : file_.gates) names.push_back(gate.id.text);
  names.push_back("run");
  return names;
}

// --- expressions -----------------------------------------------------------------------------------------

inline PlanMaker::Names PlanMaker::names_of(const Place& place, const std::vector<std::string_view>& texts) {
  Names names;
  for (const std::string_view text : texts) {
    for (const std::string_view word : detail::identifiers(text)) {
      if (names.scope.find(word)) continue;
      auto meaning = resolve(place, word);
      if (!meaning) continue;
      names.scope.add(std::string(word), std::move(meaning->type));
      names.slots.push_back(std::move(meaning->slot));
    }
  }
  return names;
}

/// An error of a compilation as a finding at its place in the file.
inline void PlanMaker::report(const Error& problem, SourceRange raw, const Place& place,
                              std::string_view text) {
  const std::size_t end = std::max<std::size_t>(problem.where.end, problem.where.begin + 1);
  const SourceRange where = detail::part_of(*file_.source, raw, problem.where.begin, end);
  std::string help = problem.help;
  if (problem.code == ErrorCode::unknown_name) {
    const std::string_view name = text.substr(std::min<std::size_t>(problem.where.begin, text.size()),
                                              problem.where.end - problem.where.begin);
    if (is_span_parameter(name)) {
      help =
          "a parameter of type span may only stand where a span is expected; type duration can be used "
          "anywhere";
    } else if (name == "event") {
      help =
          "an event's payload is known where it is handled: in its \"sets\", in a wait for it, or in "
          "\"each\" as item";
    } else if (trim(text.substr(0, std::min<std::size_t>(problem.where.begin, text.size()))).ends_with('.')) {
      // An entry: the parser knows what else there is.
    } else if (!help.empty() &&
               trim(text.substr(std::min<std::size_t>(problem.where.end, text.size()))).starts_with('(')) {
      // A function: the parser knows them.
    } else if (const auto near = did_you_mean(name, visible(place))) {
      help = cat("did you mean \"", *near, "\"?");
    } else if (Plan::lookup(plan_->step_index_, name) != no_ref) {
      help = "results of steps inside \"each\" are known inside it only; set a run variable there";
    } else if (is_id(name)) {
      help = cat("a text is written in quotes: \\\"", name, "\\\"");
    }
    error("unknown-name", cat("nothing is called \"", printable(name, 60), "\" here"), where,
          std::move(help));
    return;
  }
  error(problem.code == ErrorCode::type_mismatch    ? "wrong-value-type"
        : problem.code == ErrorCode::limit_exceeded ? "limit-exceeded"
                                                    : "bad-expression",
        problem.message, where, std::move(help));
}

inline std::optional<PlanMaker::Compiled> PlanMaker::compile(const Place& place, std::string_view text,
                                                             SourceRange raw) {
  Names names = names_of(place, {text});
  auto expr = Expr::compile(text, names.scope);
  if (!expr) {
    // Every name that means nothing, not only the first: each is taken to be known for the next look.
    constexpr int most = 20;
    std::size_t last = std::string_view::npos;
    for (int i = 0; i < most && !expr && expr.error().where.begin != last; ++i) {
      const Error problem = expr.take_error();
      report(problem, raw, place, text);
      if (problem.code != ErrorCode::unknown_name) break;
      last = problem.where.begin;
      const std::string_view name =
          text.substr(std::min<std::size_t>(last, text.size()), problem.where.end - problem.where.begin);
      if (name.empty() || names.scope.find(name)) break;
      names.scope.add(std::string(name), TypeKind::any);
      expr = Expr::compile(text, names.scope);
    }
    return std::nullopt;
  }
  check_comparisons(place, *expr, names.slots, raw);
  look_at(place, *expr, names.slots, raw, false);
  Type type = expr->type();
  return Compiled{{expr.take(), std::move(names.slots)}, std::move(type)};
}

inline PlanCondition PlanMaker::condition(const Place& place, const ConditionText& text,
                                          std::string_view what, bool waits) {
  PlanCondition out;
  out.always = text.kind == ConditionText::Kind::always;
  if (text.kind == ConditionText::Kind::literal) out.literal = text.literal;
  if (text.kind == ConditionText::Kind::feel) {
    auto compiled = compile(place, text.text, text.where);
    if (!compiled) return out;
    if (!detail::may_be(compiled->type, TypeKind::boolean))
      error("wrong-condition-type", cat(what, " must be true or false, this is ", to_string(compiled->type)),
            text.where, compiled->type.is(TypeKind::string) ? "compare it: x = \\\"...\\\"" : "");
    // What is waited for, and what a gate requires, stays as it is while it is null: that is meant.
    looked_.back().decides = what != "\"until\"" && what != "\"done\"" && what != "\"require\"" &&
                             what != "\"if\" of an event" && !waits;
    out.feel = std::move(compiled->expr);
  }
  if (text.kind == ConditionText::Kind::fields) {
    const auto& own = place.step == no_ref ? std::vector<FieldDefinition>{}
                                           : detail::own_fields(*plan_->steps_[place.step].definition);
    for (const FieldTest& test : text.fields) {
      const FieldDefinition* field = find_field(own, test.field);
      if (!field) {
        std::vector<std::string_view> names;
        for (const FieldDefinition& known : own) names.push_back(known.name);
        unknown("unknown-field", "field of this step", {test.field, test.where}, names,
                "\"when\" compares fields of the step's own form; use \"if\" for other data");
        continue;
      }
      FieldTest typed{test.field, {}, test.where};
      for (const Value& one : test.any_of) {
        auto fit = conform(one, *field);
        if (fit)
          typed.any_of.push_back(fit.take());
        else
          error("bad-value", fit.error().message, test.where, fit.error().help);
      }
      out.fields.push_back(std::move(typed));
    }
  }
  return out;
}

inline PlanValue PlanMaker::value(const Place& place, const ValueText& text, const FieldDefinition* target,
                                  std::string_view what) {
  PlanValue out;
  if (text.feel) {
    auto compiled = compile(place, text.text, text.where);
    if (!compiled) return out;
    if (target) {
      const Type wanted = detail::type_of_field(*target);
      if (!detail::may_be(compiled->type, wanted))
        error("wrong-value-type",
              cat(what, " is ", to_string(wanted), ", this is ", to_string(compiled->type)), text.where);
      check_result(*target, compiled->expr.expr, text.where);
    }
    out.feel = std::move(compiled->expr);
    return out;
  }
  out.literal = text.literal;
  if (!target) return out;
  auto fit = conform(text.literal, *target);
  if (fit)
    out.literal = fit.take();
  else
    error("bad-value", fit.error().message, text.where, fit.error().help);
  return out;
}

inline std::vector<std::pair<Slot, PlanValue>> PlanMaker::sets(const Place& place,
                                                               const std::vector<SetDefinition>& from) {
  std::vector<std::pair<Slot, PlanValue>> out;
  for (const SetDefinition& set : from) {
    Slot slot;
    slot.name = set.name.text;
    const FieldDefinition* target = nullptr;
    for (std::uint32_t block = place.block; block != 0 && !target; block = outer_[block]) {
      const std::uint32_t owner = plan_->blocks_[block].owner_step;
      target = find_field(plan_->steps_[owner].definition->each->data, slot.name);
      if (target) slot.kind = SlotKind::instance_variable, slot.ref = owner;
    }
    if (!target) {
      slot.ref = Plan::lookup(plan_->variable_index_, slot.name);
      if (slot.ref != no_ref) target = &file_.data[slot.ref];
    }
    if (!target) {
      std::vector<std::string_view> names;
      for (const FieldDefinition& field : file_.data) names.push_back(field.name);
      unknown("unknown-variable", "run variable", set.name, names, "declare it under \"data\"");
      continue;
    }
    use("variable", slot.name);
    PlanValue made = value(place, set.value, target, cat('"', slot.name, '"'));
    out.emplace_back(std::move(slot), std::move(made));
  }
  return out;
}

inline std::vector<std::pair<std::string, PlanValue>> PlanMaker::with(
    const Place& place, const std::vector<SetDefinition>& from) {
  std::vector<std::pair<std::string, PlanValue>> out;
  for (const SetDefinition& entry : from)
    out.emplace_back(entry.name.text, value(place, entry.value, nullptr, "a value"));
  return out;
}

inline std::vector<PlanField> PlanMaker::fields(const Place& defaults, const Place& conditions,
                                                const std::vector<FieldDefinition>& from) {
  std::vector<PlanField> out;
  out.reserve(from.size());
  for (const FieldDefinition& field : from) {
    PlanField made;
    made.definition = &field;
    made.required = condition(conditions, field.required, "\"required\"");
    if (field.default_value)
      made.default_value = value(defaults, *field.default_value, &field, cat('"', field.name, '"'));
    out.push_back(std::move(made));
  }
  return out;
}

}  // namespace v0
}  // namespace aesop
