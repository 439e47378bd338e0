// The analysis of a table: rows against rows. Part table, private to analysis.hpp.
#pragma once

#include "aesop/table/analyst.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

inline void Analyst::overlaps() {
  // Cells that cannot be read may overlap anywhere, which is enough to say nothing that needs the opposite.
  if (!space_.opaque.empty()) overlapping_ = overlapping_differently_ = true;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  std::size_t beyond = 0;
  each_overlap(space_.sure, [&](std::uint32_t a, std::uint32_t b) {
    overlapping_ = true;
    const bool same = same_output(a, b);
    const bool same_box = space_.exact(a) && space_.exact(b) && space_.sure[a] == space_.sure[b];
    if (!same) overlapping_differently_ = true;
    bool tell = false;
    switch (hit()) {
      case HitPolicy::unique:
      case HitPolicy::any:
        tell = true;
        break;
      case HitPolicy::priority: {
        // Only what the allowed values do not decide.
        const Value *x = table_.constant_output(a), *y = table_.constant_output(b);
        tell = x && y && !same && !table_.comes_before(*x, *y) && !table_.comes_before(*y, *x);
        break;
      }
      case HitPolicy::first:
        break;
      default:
        tell = same_box && same;
    }
    if (!tell) return true;
    // Enough to show the first in the order of the rows; the rest is counted.
    if (pairs.size() < 100'000)
      pairs.emplace_back(a, b);
    else
      ++beyond;
    return true;
  });
  std::sort(pairs.begin(), pairs.end());
  for (const auto& [a, b] : pairs) {
    const bool same = same_output(a, b);
    const bool same_box = space_.exact(a) && space_.exact(b) && space_.sure[a] == space_.sure[b];
    TableFinding finding;
    finding.kind = same && same_box ? Kind::duplicate : Kind::overlap;
    if (full(finding.kind)) {
      ++out_.more;
      continue;
    }
    const Box both = space_.sure[a] & space_.sure[b];
    const auto seen = prover_.see(prover_.sample(mostly_usual(both)));
    if (!seen || !seen->has(a) || !seen->has(b) || (hit() == HitPolicy::unique && !seen->conflict)) {
      ++out_.unconfirmed;
      continue;
    }
    finding.rules = {a, b};
    finding.where = place(b);
    finding.witness = seen->inputs;
    const std::string example = cat("for example ", input(seen->inputs));
    if (finding.kind == Kind::duplicate)
      finding.message = cat(row(b), " is the same as ", row(a));
    else
      finding.message = cat("rows ", a + 1, " and ", b + 1, " both match ", words(both));
    switch (hit()) {
      case HitPolicy::unique:
        finding.severity = Severity::error;
        finding.help =
            cat(example, ", for which the result is null: of a \"unique\" table one row may match");
        break;
      case HitPolicy::any:
        finding.severity = seen->conflict                    ? Severity::error
                           : finding.kind == Kind::duplicate ? Severity::warning
                                                             : Severity::note;
        finding.help = seen->conflict ? cat(example, ", for which the result is null: the outputs differ")
                                      : cat(example, "; the outputs are the same");
        break;
      case HitPolicy::priority:
        finding.severity = Severity::note;
        finding.help = cat(example, "; their outputs have one priority, and ", row(a), " decides");
        break;
      default:
        finding.severity = Severity::warning;
        finding.help = cat(example, ", for which its output counts twice");
    }
    add(std::move(finding));
  }
  out_.more += beyond;
}

// Under first and priority: rows whose every input is decided by others, together if not one by one.
inline void Analyst::masked() {
  if (hit() != HitPolicy::first && hit() != HitPolicy::priority) return;
  for (std::uint32_t rule = 0; rule < height(); ++rule) {
    const Box& mine = space_.perhaps[rule];
    if (is_empty(space_.sure[rule])) continue;
    std::vector<std::uint32_t> before;
    std::vector<const Box*> boxes;
    const Value* output = table_.constant_output(rule);
    if (hit() == HitPolicy::priority && !output) continue;
    for (std::uint32_t other = 0; other < height(); ++other) {
      if (other == rule || (hit() == HitPolicy::first && other > rule)) continue;
      if (hit() == HitPolicy::priority) {
        const Value* theirs = table_.constant_output(other);
        if (!theirs || table_.comes_before(*output, *theirs)) continue;
        if (!table_.comes_before(*theirs, *output) && other > rule) continue;
      }
      if (!intersects(space_.sure[other], mine)) continue;
      before.push_back(other);
      boxes.push_back(&space_.sure[other]);
    }
    if (boxes.empty()) continue;
    const auto whole = are_covering(mine, boxes, budget_);
    if (!whole) return;
    if (!*whole) continue;
    if (full(Kind::masked)) {
      ++out_.more;
      continue;
    }
    // Those that are needed: without each of them something is left.
    for (std::size_t i = before.size(); i-- > 0 && before.size() <= 64;) {
      std::vector<const Box*> without = boxes;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
      if (are_covering(mine, without, budget_) != true) continue;
      boxes = std::move(without);
      before.erase(before.begin() + static_cast<std::ptrdiff_t>(i));
    }
    // One input in what each of them takes.
    std::optional<Seen> shown;
    bool confirmed = true;
    for (std::size_t i = 0; i < before.size() && i < 16 && confirmed; ++i) {
      auto seen = prover_.see(prover_.sample(mostly_usual(space_.sure[before[i]] & space_.sure[rule])));
      confirmed = seen && prover_.passes(rule, seen->inputs) && decided_without(*seen, rule);
      if (!shown) shown = std::move(seen);
    }
    if (!confirmed) {
      ++out_.unconfirmed;
      continue;
    }
    TableFinding finding;
    finding.kind = Kind::masked;
    finding.rules = before;
    finding.rules.push_back(rule);
    finding.where = place(rule);
    finding.witness = shown->inputs;
    finding.message = cat(row(rule), " never decides: ", rows(before),
                          before.size() == 1 ? " takes" : " take", " every input that it matches");
    finding.help = cat("for example ", input(shown->inputs), ", which ", row(deciding(*shown)), " takes");
    add(std::move(finding));
  }
}

inline std::uint32_t Analyst::deciding(const Seen& seen) const {
  if (hit() == HitPolicy::priority)
    for (const std::uint32_t other : seen.matched)
      if (const Value* output = table_.constant_output(other); output && *output == seen.result) return other;
  return seen.matched.front();
}
inline bool Analyst::decided_without(const Seen& seen, std::uint32_t rule) const {
  return !seen.matched.empty() && deciding(seen) != rule;
}

// Rows that could be struck out: another takes all their inputs and says the same.
inline void Analyst::subsumed() {
  if (hit() != HitPolicy::first && hit() != HitPolicy::any) return;
  for (std::uint32_t rule = 0; rule < height(); ++rule) {
    if (!space_.exact(rule) || is_empty(space_.sure[rule]) || !table_.constant_output(rule)) continue;
    const Box& mine = space_.sure[rule];
    for (std::uint32_t other = hit() == HitPolicy::first ? rule + 1 : 0; other < height(); ++other) {
      if (other == rule || !intersects(mine, space_.perhaps[other])) continue;
      const bool same = same_output(rule, other);
      // What comes between and says something else would decide in its place.
      if (!same && hit() == HitPolicy::first) break;
      if (!same || !space_.exact(other) || !covers(space_.sure[other], mine)) continue;
      if (space_.sure[other] == mine) break;  // a duplicate, or masked
      const auto seen = prover_.see(prover_.sample(mostly_usual(mine)));
      if (!seen || !prover_.passes(rule, seen->inputs) || !prover_.passes(other, seen->inputs)) {
        ++out_.unconfirmed;
        break;
      }
      TableFinding finding;
      finding.kind = Kind::subsumed;
      finding.severity = Severity::note;
      finding.rules = {std::min(rule, other), std::max(rule, other)};
      finding.where = place(rule);
      finding.witness = seen->inputs;
      finding.message = cat(row(rule), " says nothing that ", row(other), " does not say");
      finding.help = cat("for example ", input(seen->inputs), "; without it the result is the same");
      add(std::move(finding));
      break;
    }
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
