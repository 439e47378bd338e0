// What is wrong with a compiled decision table, each finding with an input that proves it: analyse. Part table.
#pragma once

#include "aesop/table/analyse_gaps.hpp"
#include "aesop/table/analyse_rows.hpp"
#include "aesop/table/analyse_shape.hpp"

namespace aesop {
inline namespace v0 {

/// Looks for everything in TableFinding::Kind. Deterministic; the memory it needs grows with the cells and the boxes.
inline TableAnalysis analyse(const Table& table, const AnalysisOptions& options = {}) {
  detail::Analyst analyst(table, options);
  analyst.cells();
  analyst.overlaps();
  analyst.masked();
  analyst.subsumed();
  analyst.gaps();
  analyst.mergeable();
  analyst.idle_columns();
  return analyst.finish();
}

}  // namespace v0
}  // namespace aesop
