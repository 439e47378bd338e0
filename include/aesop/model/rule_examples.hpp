// The examples an SOP carries for its rules, run: test_rules. Part model; includes the compiler of tables. Pure: no clock,
// no files; safe from any thread.
//   RulesTest test = test_rules(*plan, ports, now);
//   test.failed, test.coverage(), test.rules[i].examples, test.rules[i].row_hit
#pragma once

#include "aesop/base/civil_text.hpp"
#include "aesop/model/conform.hpp"
#include "aesop/model/example_values.hpp"
#include "aesop/model/plan.hpp"
#include "aesop/table/propose.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// One example as it came out.
struct ExampleResult {
  const ExampleDefinition* definition = nullptr;
  bool passed = false;
  Value expected = {};
  Value actual = {};
  std::vector<Value> inputs = {};        ///< of a table: by column
  std::vector<std::uint32_t> rows = {};  ///< of a table: rows that matched, from 0
  std::string why = {};                  ///< why the result is null; empty otherwise
};

struct RuleTest {
  const RuleDefinition* definition = nullptr;
  std::vector<ExampleResult> examples = {};
  std::vector<bool> row_hit = {};  ///< of a table: by row
  Proposals proposals = {};        ///< for the rows not hit, when asked for

  std::size_t rows_hit() const {
    std::size_t count = 0;
    for (const bool hit : row_hit) count += hit;
    return count;
  }
};

struct RulesTest {
  std::vector<RuleTest> rules = {};  ///< every rule of the SOP, in its order
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t rows = 0;
  std::size_t rows_hit = 0;

  /// Rows of tables that an example hits, in percent, rounded down: 100 only when none is left. 100 without tables.
  std::size_t coverage() const { return rows == 0 ? 100 : rows_hit * 100 / rows; }
};

struct RulesTestOptions {
  bool propose = false;          ///< look for inputs that hit the rows no example hits
  std::uint32_t tries = 20'000;  ///< for each table
};

namespace detail {

/// What the names of a rule are in one example.
class ExampleWorld {
 public:
  ExampleWorld(const Plan& plan, const Evaluation& how) : plan_(plan), how_(how) {}

  /// Takes over what an example gives, by name or by the text of a column.
  void give(const ExampleDefinition& example) {
    for (const SetDefinition& one : example.given) given_[one.name.text] = example_value(one.value, how_);
  }
  const Value* given(std::string_view name) const {
    const auto found = given_.find(name);
    return found == given_.end() ? nullptr : &found->second;
  }

  std::vector<Value> values(const std::vector<Slot>& slots) {
    std::vector<Value> out;
    for (const Slot& slot : slots) out.push_back(value(slot));
    return out;
  }

 private:
  // What is given; else what a rule gives, the default of data, null.
  Value value(const Slot& slot) {
    const FieldDefinition* field = field_of_slot(plan_, slot);
    if (const Value* known = given(slot.name)) {
      auto fit = coerce_text(*known, type_of_slot(plan_, slot));
      return fit ? std::move(*fit) : *known;
    }
    if (slot.kind == SlotKind::rule) return rule(plan_.rules()[slot.ref]);
    if (field && field->default_value && !field->default_value->feel)
      if (auto fit = conform(field->default_value->literal, *field)) return fit.take();
    return Value();
  }
  Value rule(const PlanRule& rule) {
    Evaluation evaluation = how_;
    const std::vector<Value> slots = values(rule.slots);
    if (rule.table) return rule.table->evaluate(slots, evaluation);
    return rule.expr ? rule.expr->evaluate(slots, evaluation) : Value();
  }

  const Plan& plan_;
  const Evaluation& how_;
  std::map<std::string, Value, std::less<>> given_;
};

/// A rule in the form in which it is usable: the top level's, else that of the first place that uses it.
inline const PlanRule* usable_rule(const Plan& plan, const RuleDefinition& definition) {
  for (const PlanRule& rule : plan.rules())
    if (rule.definition == &definition && (rule.table || rule.expr)) return &rule;
  return nullptr;
}

inline std::string first_reason(const Diagnostics& diagnostics) {
  return diagnostics.empty() ? std::string() : diagnostics.items().front().detail;
}

inline ExampleResult run_example(const Plan& plan, const PlanRule& rule,
                                 const std::optional<TableProbe>& probe, const ExampleDefinition& example,
                                 Evaluation how) {
  if (!example.at.empty())
    if (const auto at = parse_instant(example.at.text)) how.now = *at;
  ExampleResult out;
  out.definition = &example;
  ExampleWorld world(plan, how);
  world.give(example);
  const std::vector<Value> slots = world.values(rule.slots);
  const Value expected = example_value(example.expect, how);
  if (probe) {
    const Table& table = probe->table();
    std::vector<std::optional<Value>> columns(table.inputs().size());
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (const Value* given = world.given(table.model().inputs[i].text))
        columns[i] = coerce_text(*given, table.inputs()[i].type()).value_or(*given);
    TableAnswer answer = probe->ask(slots, columns, how);
    out.expected = coerce_text(expected, table.type()).value_or(expected);
    out.actual = std::move(answer.value);
    out.inputs = std::move(answer.inputs);
    out.rows = std::move(answer.rows);
    out.why = first_reason(answer.diagnostics);
  } else {
    Evaluation evaluation = how;
    out.actual = rule.expr->evaluate(slots, evaluation);
    out.expected = coerce_text(expected, rule.expr->type()).value_or(expected);
    out.why = first_reason(evaluation.diagnostics);
  }
  out.passed = out.actual == out.expected;
  if (!out.actual.is_null()) out.why.clear();
  return out;
}

}  // namespace detail

/// Runs every example of the plan's rules. `now` is what now() and today() say in examples without "at". A rule that is
/// usable nowhere has no results. Zones and patterns come from `ports`.
inline RulesTest test_rules(const Plan& plan, const Ports& ports, Instant now,
                            const RulesTestOptions& options = {}) {
  RulesTest out;
  Evaluation how;
  how.ports = &ports;
  how.now = now;
  how.zone = plan.zone();
  for (const RuleDefinition& definition : plan.definition().rules) {
    RuleTest test;
    test.definition = &definition;
    const PlanRule* rule = detail::usable_rule(plan, definition);
    std::optional<TableProbe> probe;
    if (rule && rule->table) {
      std::vector<std::string> names;
      for (const Slot& slot : rule->slots) names.push_back(slot.name);
      if (auto made = TableProbe::of(*rule->table, names)) probe = made.take();
    }
    if (definition.is_table) test.row_hit.resize(definition.rows.size());
    if (rule && (probe || rule->expr))
      for (const ExampleDefinition& example : definition.examples) {
        ExampleResult result = detail::run_example(plan, *rule, probe, example, how);
        ++(result.passed ? out.passed : out.failed);
        if (probe)
          for (std::uint32_t row = 0; row < test.row_hit.size(); ++row)
            if (hits({{}, {}, result.rows}, row, probe->table().model().hit)) test.row_hit[row] = true;
        test.examples.push_back(std::move(result));
      }
    if (probe && options.propose) {
      ProposeOptions how_to;
      how_to.tries = options.tries;
      for (const Expr& input : probe->table().inputs()) {
        const rules::Program& program = input.program();
        const rules::Node& root = program.nodes[program.root];
        const FieldDefinition* field =
            root.op == rules::Op::slot ? detail::field_of_slot(plan, rule->slots[root.a]) : nullptr;
        how_to.domains.push_back(field && field->kind != DataKind::list ? field->one_of
                                                                        : std::vector<Value>());
      }
      detail::ExampleWorld world(plan, how);
      test.proposals = propose(*probe, test.row_hit, world.values(rule->slots), how, std::move(how_to));
    }
    out.rows += test.row_hit.size();
    out.rows_hit += test.rows_hit();
    out.rules.push_back(std::move(test));
  }
  return out;
}

/// A proposal as it stands in "examples": {"given": {...}, "expect": ...}. What JSON has no form for is FEEL after "=".
inline Value example_of(const RuleDefinition& rule, const TableProposal& proposal) {
  std::vector<Entry> given;
  for (std::size_t i = 0; i < proposal.inputs.size() && i < rule.inputs.size(); ++i)
    if (proposal.inputs[i])
      given.emplace_back(rule.inputs[i].text.text, detail::written(*proposal.inputs[i]));
  return Value::context(
      {{"given", Value::context(std::move(given))}, {"expect", detail::written(proposal.expect)}});
}

}  // namespace v0
}  // namespace aesop
