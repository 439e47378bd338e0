// What an analysis of a decision table finds, and how far it went: TableFinding, TableAnalysis. Part table; made by
// analysis.hpp. Plain data.
// (1) A finding is shown only when the table itself, evaluated with the witness, does what the finding says.
// (2) Nothing is claimed of cells that are computed: they are counted in `unread`, and a table that has some is never
//     said to be complete.
// (3) The work is bounded by AnalysisOptions::boxes; `stopped` says that it ended there.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/table/space.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace aesop {
inline namespace v0 {

struct TableFinding {
  enum class Kind : std::uint8_t {
    overlap,         ///< two rows match one input, which the hit policy forbids or which changes the result
    gap,             ///< no row matches
    masked,          ///< a row that never decides, because of the rows before it
    duplicate,       ///< two rows that are the same
    subsumed,        ///< a row that says nothing that another does not
    mergeable,       ///< rows that could be one
    idle_column,     ///< a column that changes nothing
    needless_first,  ///< `first` where no two rows overlap
    never_passes,    ///< a cell that no input passes
  };
  Kind kind = Kind::gap;
  Severity severity = Severity::warning;
  std::vector<std::uint32_t> rules = {};  ///< which it is about, from 0, in their order
  std::string message = {};
  std::string help = {};
  SourceRange where = {};
  std::vector<Value> witness = {};  ///< an input, by column; empty when there is none to give
  bool null_only = false;           ///< of a gap: it needs an input to be null
};

/// "table-overlap": the code of its Finding.
constexpr std::string_view slug(TableFinding::Kind kind) {
  constexpr std::string_view names[] = {"table-overlap",          "table-gap",
                                        "table-masked-row",       "table-duplicate-row",
                                        "table-subsumed-row",     "table-mergeable-rows",
                                        "table-idle-column",      "table-needless-first",
                                        "table-cell-never-passes"};
  return names[static_cast<std::size_t>(kind)];
}

struct AnalysisOptions {
  std::vector<InputFacts> inputs = {};  ///< what is known of the columns; missing ones: nothing
  std::uint64_t boxes = 1'000'000;      ///< how many boxes may be looked at
  bool nulls = true;                    ///< look for gaps that need a null where no cell speaks of it
  std::size_t most = 20;                ///< findings of one kind; others are counted
  const Ports* ports = nullptr;         ///< for the evaluation of witnesses
};

struct TableAnalysis {
  std::vector<TableFinding> findings = {};  ///< in order of severity, then of rules
  std::uint64_t boxes = 0;                  ///< looked at
  bool stopped = false;                ///< the budget was not enough: what is not found may still be there
  std::size_t more = 0;                ///< findings beyond `most`
  std::size_t unconfirmed = 0;         ///< found by arithmetic, not confirmed by the evaluator, not shown
  std::vector<CellPlace> unread = {};  ///< computed cells, of which nothing is claimed

  /// Whether it is certain that every input but null has a row.
  bool complete() const {
    if (stopped || !unread.empty() || unconfirmed > 0) return false;
    for (const TableFinding& finding : findings)
      if (finding.kind == TableFinding::Kind::gap && !finding.null_only) return false;
    return true;
  }
};

}  // namespace v0
}  // namespace aesop
