// Why a row matched an input, and why each other did not: explain. Part table.
#pragma once

#include "aesop/table/table.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

struct TableExplanation {
  struct Row {
    bool matched = false;
    bool skipped = false;                      ///< not looked at, because a row before it had decided
    std::optional<std::uint32_t> failed = {};  ///< the first input whose cell did not pass
  };
  std::vector<Value> inputs = {};  ///< of each column
  std::vector<Row> rows = {};
  Value result = {};
  Diagnostics diagnostics = Diagnostics();
};

/// Evaluates a table and looks at every cell of the rows that did not match.
inline TableExplanation explain(const Table& table, std::span<const Value> slots, const Evaluation& how) {
  TableExplanation out;
  Evaluation evaluation = how;
  TableTrace trace;
  out.result = table.evaluate(slots, evaluation, &trace);
  out.diagnostics = evaluation.diagnostics;
  out.inputs = std::move(trace.inputs);
  out.rows.resize(table.model().rules.size());
  for (const std::uint32_t rule : trace.matched) out.rows[rule].matched = true;
  const bool first = table.model().hit == HitPolicy::first && !trace.matched.empty();
  for (std::uint32_t rule = 0; rule < out.rows.size(); ++rule) {
    TableExplanation::Row& row = out.rows[rule];
    if (row.matched) continue;
    for (std::uint32_t i = 0; i < out.inputs.size() && !row.failed; ++i)
      if (!table.passes(rule, i, out.inputs[i], slots, evaluation)) row.failed = i;
    row.skipped = !row.failed && first && rule > trace.matched[0];
  }
  return out;
}

}  // namespace v0
}  // namespace aesop
