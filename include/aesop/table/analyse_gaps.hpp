// The analysis of a table: inputs for which no row matches. Part table, private to analysis.hpp.
#pragma once

#include "aesop/table/analyst.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

// First the inputs that are usual, then, variable by variable, those that are null: a gap that needs a null is less.
inline void Analyst::gaps() {
  if (table_.has_otherwise()) return;
  std::vector<const Box*> boxes;
  for (const Box& box : space_.perhaps) boxes.push_back(&box);
  // An empty list, or a count of 0, is an answer.
  const bool answers_nothing = hit() == HitPolicy::collect || hit() == HitPolicy::collect_count;
  const auto look = [&](const Box& space, bool null_only, std::size_t most) {
    std::size_t found = 0;
    uncovered(space, boxes, budget_, [&](const Box& part) -> std::optional<Box> {
      const Box gap = grown(part, space, boxes);
      const auto seen = prover_.see(prover_.sample(gap));
      if (!seen || !seen->matched.empty()) {
        ++out_.unconfirmed;
        return gap;
      }
      TableFinding finding;
      finding.kind = Kind::gap;
      finding.null_only = null_only;
      finding.severity = null_only || answers_nothing ? Severity::note : Severity::warning;
      finding.where = model_.where;
      finding.witness = seen->inputs;
      finding.message = cat("no row for ", words(gap));
      finding.help =
          cat("for example ", input(seen->inputs), "; a last row that takes any input would answer it");
      add(std::move(finding));
      if (++found >= most) return std::nullopt;
      return gap;
    });
  };
  look(usual_, false, options_.most + 1);
  for (std::size_t v = 0; options_.nulls && v < space_.domains.size() && !full(Kind::gap); ++v) {
    const Domain& domain = space_.domains[v];
    if (domain.null_named) continue;
    Box space;
    for (std::size_t i = 0; i < space_.domains.size(); ++i)
      space.push_back(i < v ? usual_[i] : space_.domains[i].all());
    space[v] = Segments::of(domain.null(), domain.null() + 1);
    look(space, true, 1);
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
