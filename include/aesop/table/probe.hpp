// A decision table asked with given values: TableProbe, for examples of tables and for rows that no example hits. Part
// table; pure. It knows nothing of SOPs: whoever has a compiled table and the names of its scope may use it, an SOP's
// rule as well as a table of a DMN model.
#pragma once

#include "aesop/table/compile.hpp"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// What a table said, and by which rows.
struct TableAnswer {
  Value value = {};
  std::vector<Value> inputs = {};  ///< of each column
  std::vector<std::uint32_t> rows =
      {};  ///< rules that matched, from 0; under `first` only the one that decides
  Diagnostics diagnostics = Diagnostics();
};

/// A table whose columns can be given their values instead of being computed. Immutable; may be read by several threads.
class TableProbe {
 public:
  /// `names` are those of the slots the table was compiled for, in their order, and `options` the same. Fails as
  /// Table::compile does, which a table that was compiled before does not.
  static Result<TableProbe> of(const Table& table, const std::vector<std::string>& names,
                               const CompileOptions& options = {}) {
    Scope scope;
    for (const std::string& name : names) scope.add(name, TypeKind::any);
    TableModel model = table.model();
    model.source = nullptr;
    for (std::size_t i = 0; i < model.inputs.size(); ++i) {
      model.inputs[i].text = cat("_column_", i + 1);
      scope.add(model.inputs[i].text, table.inputs()[i].type());
    }
    Findings findings;
    auto decider = Table::compile(std::move(model), scope, findings, options);
    if (!decider) return decider.take_error();
    return TableProbe(table, decider.take(), names.size());
  }

  const Table& table() const { return table_; }

  /// Asks the table. `columns[i]`, where there is one, is the value of input i; other inputs are computed from `slots`.
  TableAnswer ask(std::span<const Value> slots, std::span<const std::optional<Value>> columns,
                  const Evaluation& how) const {
    Evaluation evaluation = how;
    std::vector<Value> all(slots.begin(), slots.end());
    all.resize(slots_);
    for (std::size_t i = 0; i < table_.inputs().size(); ++i)
      all.push_back(i < columns.size() && columns[i] ? *columns[i]
                                                     : table_.inputs()[i].evaluate(slots, evaluation));
    TableAnswer answer;
    TableTrace trace;
    answer.value = decider_.evaluate(all, evaluation, &trace);
    answer.inputs = std::move(trace.inputs);
    answer.rows = std::move(trace.matched);
    answer.diagnostics = std::move(evaluation.diagnostics);
    return answer;
  }
  /// The same with every column given.
  TableAnswer ask(const std::vector<Value>& inputs, std::span<const Value> slots,
                  const Evaluation& how) const {
    std::vector<std::optional<Value>> columns(inputs.begin(), inputs.end());
    return ask(slots, columns, how);
  }

 private:
  TableProbe(Table table, Table decider, std::size_t slots)
      : table_(std::move(table)), decider_(std::move(decider)), slots_(slots) {}

  Table table_;
  Table decider_;  // its inputs are names: one for each column, behind the slots
  std::size_t slots_;
};

/// Whether an answer shows that a rule works: it decided, or was among those that may decide together.
inline bool hits(const TableAnswer& answer, std::uint32_t rule, HitPolicy hit) {
  if (hit == HitPolicy::unique) return answer.rows.size() == 1 && answer.rows[0] == rule;
  for (const std::uint32_t row : answer.rows)
    if (row == rule) return true;
  return false;
}

}  // namespace v0
}  // namespace aesop
