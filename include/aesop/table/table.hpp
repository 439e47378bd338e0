// A compiled decision table: Table. Part table; the door to it. Who compiles one from a TableModel includes
// aesop/table/compile.hpp as well.
// (1) Immutable, cheap to copy; any number of threads may evaluate it at once, each with its Evaluation.
// (2) The budget of an Evaluation is for the whole table.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/rules/merge_sort.hpp"
#include "aesop/table/cell.hpp"
#include "aesop/table/index.hpp"
#include "aesop/table/model.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// What an evaluation of a table saw, for explanations.
struct TableTrace {
  std::vector<Value> inputs = {};           ///< of each input column
  std::vector<std::uint32_t> matched = {};  ///< rules, from 0, in their order
};

class Table {
 public:
  /// Compiles a table over a scope, which is not needed afterwards. All problems are added to `findings` with the
  /// places of their cells: unknown-name (a bare word in a cell), bad-expression, wrong-value-type, bad-table. The
  /// Result is an error (unsound_definition) when one of them is an error. Defined in aesop/table/compile.hpp.
  static Result<Table> compile(TableModel model, const Scope& scope, Findings& findings,
                               const CompileOptions& options = {});

  /// The result: of one output its value, of several a context; a list of those under collect, rule order and output
  /// order; a number under collect with an aggregation. Null when no rule matches (an empty list under collect, 0
  /// under collect count), and null with a diagnostic when `unique` or `any` is broken.
  Value evaluate(std::span<const Value> slots, Evaluation& evaluation, TableTrace* trace = nullptr) const {
    std::uint32_t steps = evaluation.budget.steps;
    return evaluate(slots, evaluation, steps, trace);
  }
  /// The same as a part of something larger: `steps` is what is left of its budget and is taken from.
  Value evaluate(std::span<const Value> slots, Evaluation& evaluation, std::uint32_t& steps,
                 TableTrace* trace) const;

  /// The same for given values of the input columns, which are then not computed from the slots.
  Value decide(std::span<const Value> inputs, std::span<const Value> slots, Evaluation& evaluation,
               TableTrace* trace = nullptr) const;
  /// Whether a value passes an input cell, for explanations and proofs.
  bool passes(std::size_t rule, std::size_t input, const Value& value, std::span<const Value> slots,
              Evaluation& evaluation) const {
    std::uint32_t steps = evaluation.budget.steps;
    return detail::passes(data_->cells[rule * data_->inputs.size() + input], value, slots, evaluation, steps);
  }
  /// The output of a rule whose output cells are constant; nullptr of any other, and of one that is null.
  const Value* constant_output(std::size_t rule) const {
    return data_->rows[rule].is_null() ? nullptr : &data_->rows[rule];
  }
  /// Whether an output says what it is when no rule matches.
  bool has_otherwise() const { return !data_->otherwise.empty(); }
  /// The same table, which looks at every rule: for tests and measurements of the index.
  Table without_index() const {
    auto data = std::make_shared<Data>(*data_);
    data->index = {};
    return Table(std::shared_ptr<const Data>(std::move(data)));
  }
  bool has_index() const { return !data_->index.empty(); }
  /// Whether one output goes before another under `priority` and `output order`.
  bool comes_before(const Value& a, const Value& b) const;

  /// The slots of the scope that it reads, ascending.
  std::span<const std::uint32_t> reads() const { return data_->reads; }
  /// The type of the result; any where it is not known.
  const Type& type() const { return data_->type; }
  const TableModel& model() const { return data_->model; }
  /// The compiled input expressions, for analysis.
  const std::vector<Expr>& inputs() const { return data_->inputs; }
  /// The compiled tests of an input cell, for analysis; null for a dash given as none.
  const Expr& cell(std::size_t rule, std::size_t input) const {
    return data_->cells[rule * data_->inputs.size() + input].expression;
  }

 private:
  struct Data {
    TableModel model = {};
    std::vector<Expr> inputs = {};
    std::vector<detail::ReadyCell> cells = {};  // rule by rule
    std::vector<Expr> outputs = {};             // rule by rule
    std::vector<Value> rows = {};      // the whole output of a rule whose cells are constant; else null
    std::vector<Expr> otherwise = {};  // by output; empty when there is none
    std::vector<bool> computed = {};   // by rule: some input cell is no plain test
    detail::TableIndex index = {};     // empty where looking at each rule is as quick
    std::vector<std::uint32_t> reads = {};
    Type type = {};
  };
  friend class TableMaker;
  explicit Table(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

  Value decide(std::span<const Value> inputs, std::span<const Value> slots, Evaluation& evaluation,
               std::uint32_t& steps, TableTrace* trace) const;
  bool matches(std::size_t rule, std::span<const Value> inputs, std::span<const Value> slots,
               Evaluation& evaluation, std::uint32_t& steps) const;
  template <class Visit>
  void each_match(std::span<const Value> inputs, std::span<const Value> slots, Evaluation& evaluation,
                  std::uint32_t& steps, const Visit& visit) const;
  Value output(std::size_t rule, std::span<const Value> slots, Evaluation& evaluation,
               std::uint32_t& steps) const;
  Value aggregate(const std::vector<Value>& values, Evaluation& evaluation) const;
  void by_priority(std::vector<Value>& outputs) const;
  Value fallback(std::span<const Value> slots, Evaluation& evaluation, std::uint32_t& steps) const;

  std::shared_ptr<const Data> data_;
};

inline Value Table::evaluate(std::span<const Value> slots, Evaluation& evaluation, std::uint32_t& steps,
                             TableTrace* trace) const {
  const Data& data = *data_;
  const std::size_t width = data.inputs.size();
  rules::SmallValues inputs(width);
  for (std::size_t i = 0; i < width; ++i) inputs[i] = data.inputs[i].evaluate(slots, evaluation, steps);
  return decide(inputs.view(), slots, evaluation, steps, trace);
}

inline Value Table::decide(std::span<const Value> inputs, std::span<const Value> slots,
                           Evaluation& evaluation, TableTrace* trace) const {
  std::uint32_t steps = evaluation.budget.steps;
  return decide(inputs, slots, evaluation, steps, trace);
}

inline Value Table::decide(std::span<const Value> inputs, std::span<const Value> slots,
                           Evaluation& evaluation, std::uint32_t& steps, TableTrace* trace) const {
  const Data& data = *data_;
  const HitPolicy hit = data.model.hit;
  if (trace != nullptr) trace->inputs.assign(inputs.begin(), inputs.end());

  const bool stop_at_first = hit == HitPolicy::first;
  constexpr std::size_t nothing = SIZE_MAX;
  std::size_t first = nothing;
  bool conflict = false;
  Value chosen;            // any: the output all matching rules must have
  std::vector<Value> all;  // of the policies that need every output
  const bool needs_all = hit == HitPolicy::priority || hit >= HitPolicy::collect;
  each_match(inputs, slots, evaluation, steps, [&](std::size_t rule) {
    if (trace != nullptr) trace->matched.push_back(static_cast<std::uint32_t>(rule));
    if (needs_all) {
      all.push_back(output(rule, slots, evaluation, steps));
    } else if (first == nothing) {
      if (hit == HitPolicy::any) chosen = output(rule, slots, evaluation, steps);
    } else if (hit == HitPolicy::unique || !(output(rule, slots, evaluation, steps) == chosen)) {
      conflict = true;
    }
    if (first == nothing) first = rule;
    return !stop_at_first;
  });
  if (conflict) {
    evaluation.diagnostics.add(DiagnosticCode::several_rules, data.model.where,
                               hit == HitPolicy::unique ? "several rules match, and only one may"
                                                        : "several rules match, and their outputs differ");
    return Value();
  }
  if (first == nothing) return fallback(slots, evaluation, steps);
  if (!needs_all) return hit == HitPolicy::any ? chosen : output(first, slots, evaluation, steps);
  if (hit == HitPolicy::priority || hit == HitPolicy::output_order) {
    by_priority(all);
    return hit == HitPolicy::priority ? all[0] : Value::list(std::move(all));
  }
  if (gives_list(hit)) return Value::list(std::move(all));
  return aggregate(all, evaluation);
}

// Plain cells first: the order in which an index and a look at every rule agree.
inline bool Table::matches(std::size_t rule, std::span<const Value> inputs, std::span<const Value> slots,
                           Evaluation& evaluation, std::uint32_t& steps) const {
  const Data& data = *data_;
  const detail::ReadyCell* cells = data.cells.data() + rule * inputs.size();
  using Kind = detail::ReadyCell::Kind;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (cells[i].kind != Kind::expression && !detail::passes(cells[i], inputs[i], slots, evaluation, steps))
      return false;
  if (!data.computed[rule]) return true;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (cells[i].kind == Kind::expression && !detail::passes(cells[i], inputs[i], slots, evaluation, steps))
      return false;
  return true;
}

// Calls visit(rule) for every rule that matches, in their order, until it answers false.
template <class Visit>
inline void Table::each_match(std::span<const Value> inputs, std::span<const Value> slots,
                              Evaluation& evaluation, std::uint32_t& steps, const Visit& visit) const {
  const Data& data = *data_;
  detail::TableIndex::Found found;
  if (data.index.empty() || !data.index.find(inputs, found)) {
    for (std::size_t rule = 0; rule < data.model.rules.size(); ++rule)
      if (matches(rule, inputs, slots, evaluation, steps) && !visit(rule)) return;
    return;
  }
  for (std::size_t at = 0; at < data.index.words(); ++at)
    for (std::uint64_t word = detail::TableIndex::word(found, at); word != 0; word &= word - 1) {
      const std::size_t rule = at * 64 + static_cast<std::size_t>(std::countr_zero(word));
      if (data.index.has_left(rule) && !matches(rule, inputs, slots, evaluation, steps)) continue;
      if (!visit(rule)) return;
    }
}

inline Value Table::output(std::size_t rule, std::span<const Value> slots, Evaluation& evaluation,
                           std::uint32_t& steps) const {
  const Data& data = *data_;
  if (!data.rows[rule].is_null()) return data.rows[rule];
  const std::size_t width = data.model.outputs.size();
  const auto value = [&](std::size_t i) {
    Value out = data.outputs[rule * width + i].evaluate(slots, evaluation, steps);
    if (auto fit = coerce(out, data.model.outputs[i].type)) return std::move(*fit);
    evaluation.diagnostics.add(DiagnosticCode::wrong_type, data.model.rules[rule].outputs[i].where,
                               cat("the output \"", data.model.outputs[i].name, "\" is not a ",
                                   to_string(data.model.outputs[i].type)));
    return Value();
  };
  if (width == 1) return value(0);
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < width; ++i) entries.emplace_back(data.model.outputs[i].name, value(i));
  return Value::context(std::move(entries));
}

inline Value Table::fallback(std::span<const Value> slots, Evaluation& evaluation,
                             std::uint32_t& steps) const {
  const Data& data = *data_;
  if (!data.otherwise.empty()) {
    if (data.otherwise.size() == 1) return data.otherwise[0].evaluate(slots, evaluation, steps);
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < data.otherwise.size(); ++i)
      entries.emplace_back(data.model.outputs[i].name, data.otherwise[i].evaluate(slots, evaluation, steps));
    return Value::context(std::move(entries));
  }
  if (data.model.hit == HitPolicy::collect) return Value::list({});
  if (data.model.hit == HitPolicy::collect_count) return Value::number(0);
  evaluation.diagnostics.add(DiagnosticCode::no_rule, data.model.where, "no rule matches");
  return Value();
}

inline Value Table::aggregate(const std::vector<Value>& values, Evaluation& evaluation) const {
  const HitPolicy hit = data_->model.hit;
  if (hit == HitPolicy::collect_count) return Value::number(static_cast<std::int64_t>(values.size()));
  const ZonePort* zones = evaluation.ports ? evaluation.ports->zones : nullptr;
  Value out = values[0];
  for (std::size_t i = 0; i < values.size(); ++i) {
    bool good = true;
    if (hit == HitPolicy::collect_sum) {
      good = values[i].is_number() && out.is_number();
      const auto sum = good && i > 0 ? add(out.as_decimal(), values[i].as_decimal())
                                     : std::optional<Decimal>(out.as_decimal());
      good = good && sum.has_value();
      if (good) out = Value::number(*sum);
    } else if (const auto order = compare(values[i], out, zones)) {
      if (*order == (hit == HitPolicy::collect_min ? -1 : 1)) out = values[i];
    } else {
      good = false;
    }
    if (good) continue;
    evaluation.diagnostics.add(DiagnosticCode::wrong_type, data_->model.where,
                               "the outputs cannot be aggregated");
    return Value();
  }
  return out;
}

// Where an output stands among the allowed values, column by column; what is not among them comes last.
inline bool Table::comes_before(const Value& a, const Value& b) const {
  const auto& outputs = data_->model.outputs;
  for (const TableOutput& column : outputs) {
    const auto rank = [&](const Value& output) {
      const Value& value = outputs.size() == 1 ? output : output.get(column.name);
      std::size_t at = 0;
      while (at < column.allowed.size() && !(column.allowed[at] == value)) ++at;
      return at;
    };
    const std::size_t x = rank(a), y = rank(b);
    if (x != y) return x < y;
  }
  return false;
}

// Stable: equals stay in the order of the rules.
inline void Table::by_priority(std::vector<Value>& outputs) const {
  rules::merge_sort(outputs,
                    [this](const Value& a, const Value& b) { return std::optional(comes_before(a, b)); });
}

}  // namespace v0
}  // namespace aesop
