// The analysis of a table: cells that pass nothing, rows that could be one, columns and hit policies that do nothing.
// Part table, private to analysis.hpp.
#pragma once

#include "aesop/table/analyst.hpp"

#include <cstdint>
#include <unordered_map>

namespace aesop {
inline namespace v0 {
namespace detail {

inline void Analyst::cells() {
  for (const CellPlace& place : space_.never) {
    // Nothing that the column can be passes it: every sample is put to it.
    const Domain& domain = space_.domains[space_.variables[place.input]];
    Evaluation evaluation;
    evaluation.ports = options_.ports;
    bool confirmed = true;
    for (const Segment& segment : domain.segments())
      confirmed = confirmed && !table_.passes(place.rule, place.input, segment.sample, {}, evaluation);
    if (!confirmed) {
      ++out_.unconfirmed;
      continue;
    }
    TableFinding finding;
    finding.kind = Kind::never_passes;
    finding.rules = {place.rule};
    const TableCell& cell = model_.rules[place.rule].inputs[place.input];
    finding.where = cell.where;
    finding.message = cat("nothing that ", model_.inputs[place.input].text, " can be passes this cell, so ",
                          row(place.rule), " never matches");
    add(std::move(finding));
  }
}

inline std::uint64_t hash_of(const Segments& side, std::uint64_t seed) {
  const auto mix = [&seed](std::uint64_t value) {
    seed ^= value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
    seed *= 0xff51afd7ed558ccdULL;
  };
  for (const Run& run : side.runs()) mix(std::uint64_t{run.from} << 32 | run.to);
  mix(side.runs().size());
  return seed;
}

// The rules that are the same but for one variable, in groups of their order; every rule is in one.
inline std::vector<std::vector<std::uint32_t>> Analyst::families(std::size_t variable) const {
  std::vector<std::vector<std::uint32_t>> out;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_hash;
  for (std::uint32_t rule = 0; rule < height(); ++rule) {
    const Box& box = space_.sure[rule];
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < box.size(); ++i)
      if (i != variable) hash = hash_of(box[i], hash);
    bool placed = false;
    for (const std::size_t group : by_hash[hash]) {
      const Box& other = space_.sure[out[group][0]];
      bool same = same_output(rule, out[group][0]);
      for (std::size_t i = 0; i < box.size() && same; ++i) same = i == variable || box[i] == other[i];
      if (!same) continue;
      out[group].push_back(rule);
      placed = true;
      break;
    }
    if (placed) continue;
    by_hash[hash].push_back(out.size());
    out.push_back({rule});
  }
  return out;
}

// Whether a rule may stand where an earlier one does: nothing between says something else of its inputs.
inline bool Analyst::may_move_up(std::uint32_t rule, std::uint32_t to) const {
  if (hit() != HitPolicy::first) return true;
  for (std::uint32_t other = to + 1; other < rule; ++other)
    if (!same_output(other, rule) && intersects(space_.perhaps[other], space_.sure[rule])) return false;
  return true;
}

inline void Analyst::mergeable() {
  // One row in the place of several changes the lists of these.
  const bool lists = gives_list(hit());
  const bool counted =
      hit() == HitPolicy::unique || hit() == HitPolicy::collect_sum || hit() == HitPolicy::collect_count;
  if (lists) return;
  std::set<std::vector<std::uint32_t>> told;
  for (std::size_t variable = 0; variable < space_.domains.size(); ++variable) {
    for (const auto& family : families(variable)) {
      std::vector<std::uint32_t> group;
      Segments together;
      for (const std::uint32_t rule : family) {
        if (!space_.exact(rule) || is_empty(space_.sure[rule]) || !table_.constant_output(rule)) continue;
        const Segments& side = space_.sure[rule][variable];
        // A row that others hold is another finding; so are rows that meet, where only one may match or each counts.
        if (together.covers(side) || side.covers(together)) {
          if (!group.empty()) continue;
        }
        if (counted && intersects(together, side)) continue;
        if (!group.empty() && !may_move_up(rule, group[0])) continue;
        group.push_back(rule);
        together = together | side;
      }
      if (group.size() < 2 || !told.insert(group).second) continue;
      if (full(Kind::mergeable)) {
        ++out_.more;
        continue;
      }
      const auto first = prover_.see(prover_.sample(mostly_usual(space_.sure[group[0]])));
      const auto last = prover_.see(prover_.sample(mostly_usual(space_.sure[group.back()])));
      if (!first || !last || !prover_.passes(group.back(), last->inputs)) {
        ++out_.unconfirmed;
        continue;
      }
      TableFinding finding;
      finding.kind = Kind::mergeable;
      finding.severity = Severity::note;
      finding.rules = group;
      finding.where = place(group[1]);
      finding.witness = last->inputs;
      const std::string joined = words_of(space_.domains[variable], together);
      finding.message =
          cat(rows(group), " could be one row",
              joined.empty() ? cat(" for any ", space_.domains[variable].name) : cat(" with ", joined));
      finding.help = "they have the same output, and differ in this column alone";
      add(std::move(finding));
    }
  }
}

inline void Analyst::needless_first() {
  TableFinding finding;
  for (std::uint32_t rule = 0; rule < height() && rule < 100; ++rule) {
    if (is_empty(space_.sure[rule])) continue;
    const auto seen = prover_.see(prover_.sample(mostly_usual(space_.sure[rule])));
    if (!seen || seen->matched.empty() || seen->matched[0] != rule) {
      ++out_.unconfirmed;
      return;
    }
    finding.witness = seen->inputs;
  }
  finding.kind = Kind::needless_first;
  finding.severity = Severity::note;
  finding.where = model_.where;
  finding.message = "no two rows match one input: \"first\" could be \"unique\"";
  finding.help = "\"unique\" would tell when a row is added that does";
  add(std::move(finding));
}

inline void Analyst::idle_columns() {
  if (hit() == HitPolicy::first && !overlapping_ && height() > 1) needless_first();
  for (std::size_t variable = 0; variable < space_.domains.size(); ++variable) {
    const Domain& domain = space_.domains[variable];
    bool asked = false;
    for (std::size_t rule = 0; rule < height(); ++rule)
      asked = asked || !(space_.sure[rule][variable] == domain.all());
    if (asked && !changes_nothing(variable)) continue;
    std::size_t column = 0;
    while (space_.variables[column] != variable) ++column;
    TableFinding finding;
    finding.kind = Kind::idle_column;
    if (!is_idle(variable, finding.witness)) {
      ++out_.unconfirmed;
      continue;
    }
    finding.severity = Severity::note;
    finding.where = model_.inputs[column].where;
    finding.message =
        cat(asked ? "the result is the same whatever " : "no row asks for ", domain.name, asked ? " is" : "");
    finding.help = "the column could be left out";
    add(std::move(finding));
  }
}

// Puts inputs of the first rows to the table with this and that for the variable: the result has to be the same.
inline bool Analyst::is_idle(std::size_t variable, std::vector<Value>& witness) {
  const Segments& usual = usual_[variable];
  for (std::uint32_t rule = 0; rule < height() && rule < 32; ++rule) {
    if (is_empty(space_.sure[rule])) continue;
    std::optional<Value> result;
    Box box = mostly_usual(space_.sure[rule]);
    std::size_t tried = 0;
    for (const Run& run : usual.runs())
      for (std::uint32_t at = run.from; at < run.to && tried < 32; ++at, ++tried) {
        box[variable] = Segments::of(at, at + 1);
        const auto seen = prover_.see(prover_.sample(box));
        if (!seen || (result && !(*result == seen->result))) return false;
        result = seen->result;
        witness = seen->inputs;
      }
  }
  return true;
}

// Whether every row has others that are the same but for one variable, and together take all that it can be.
inline bool Analyst::changes_nothing(std::size_t variable) const {
  if (!space_.opaque.empty() || gives_list(hit())) return false;
  // What is null because rows overlap is another finding.
  if (hit() == HitPolicy::unique ? overlapping_ : hit() == HitPolicy::any && overlapping_differently_)
    return false;
  for (const auto& family : families(variable)) {
    Segments together;
    for (const std::uint32_t rule : family) {
      if (is_empty(space_.sure[rule])) return false;
      const Segments& side = space_.sure[rule][variable];
      if (is_collecting(hit()) && intersects(together, side)) return false;
      together = together | side;
    }
    if (!together.covers(usual_[variable])) return false;
    // The order of families that meet must not depend on the variable.
    if (hit() == HitPolicy::first && overlapping_differently_ &&
        family.back() - family.front() + 1 != family.size())
      return false;
    if (family.size() > 1 && !table_.constant_output(family[0])) return false;
  }
  return true;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
