// The analysis of one table: what its parts share. Part table, private to analysis.hpp; the parts are analyse_*.hpp.
#pragma once

#include "aesop/table/cover.hpp"
#include "aesop/table/finding.hpp"
#include "aesop/table/overlap.hpp"
#include "aesop/table/prover.hpp"
#include "aesop/table/words.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

class Analyst {
 public:
  using Kind = TableFinding::Kind;

  Analyst(const Table& table, const AnalysisOptions& options)
      : table_(table),
        model_(table.model()),
        options_(options),
        space_(space_of(table, options.inputs)),
        usual_(space_.usual()),
        prover_(table, space_, options.ports),
        budget_{options.boxes, false} {
    out_.unread = space_.opaque;
  }

  // analyse_rows.hpp
  void overlaps();
  void masked();
  void subsumed();
  // analyse_gaps.hpp
  void gaps();
  // analyse_shape.hpp
  void cells();
  void mergeable();
  void idle_columns();

  TableAnalysis finish() {
    out_.boxes = options_.boxes - budget_.left;
    out_.stopped = budget_.stopped;
    std::stable_sort(out_.findings.begin(), out_.findings.end(),
                     [](const TableFinding& a, const TableFinding& b) { return a.severity < b.severity; });
    return std::move(out_);
  }

 private:
  std::uint32_t deciding(const Seen& seen) const;
  bool decided_without(const Seen& seen, std::uint32_t rule) const;
  std::vector<std::vector<std::uint32_t>> families(std::size_t variable) const;
  bool may_move_up(std::uint32_t rule, std::uint32_t to) const;
  bool changes_nothing(std::size_t variable) const;
  bool is_idle(std::size_t variable, std::vector<Value>& witness);
  void needless_first();

  std::size_t height() const { return model_.rules.size(); }
  HitPolicy hit() const { return model_.hit; }
  static bool is_collecting(HitPolicy hit) { return hit >= HitPolicy::collect; }

  bool full(Kind kind) const {
    const auto found = counts_.find(kind);
    return found != counts_.end() && found->second >= options_.most;
  }
  void add(TableFinding finding) {
    if (counts_[finding.kind]++ >= options_.most)
      ++out_.more;
    else
      out_.findings.push_back(std::move(finding));
  }

  static std::string row(std::size_t rule) { return cat("row ", rule + 1); }
  // "rows 1, 2 and 5"
  static std::string rows(const std::vector<std::uint32_t>& rules) {
    if (rules.size() == 1) return row(rules[0]);
    std::string out = "rows ";
    const std::size_t shown = rules.size() > 8 ? 6 : rules.size();
    for (std::size_t i = 0; i < shown; ++i)
      append(out, i == 0 ? "" : i + 1 == rules.size() ? " and " : ", ", rules[i] + 1);
    if (shown < rules.size()) append(out, " and ", rules.size() - shown, " others");
    return out;
  }
  // "customer = "acme", amount = 501"
  std::string input(const std::vector<Value>& witness) const {
    std::vector<std::string> parts;
    std::vector<bool> told(space_.domains.size());
    for (std::size_t i = 0; i < witness.size(); ++i) {
      const std::uint32_t variable = space_.variables[i];
      if (told[variable]) continue;
      told[variable] = true;
      parts.push_back(cat(model_.inputs[i].text, " = ", shown(witness[i])));
    }
    return parts.empty() ? "any input" : join(parts, ", ");
  }
  std::string words(const Box& box) const { return words_of(space_.domains, box, usual_); }
  SourceRange place(std::size_t rule) const { return model_.rules[rule].where; }
  // Inputs as they are usual; all of them when the box has no others.
  Box mostly_usual(const Box& box) const {
    Box out = box & usual_;
    return is_empty(out) ? box : out;
  }

  // Whether two rules have constant outputs that are the same.
  bool same_output(std::size_t a, std::size_t b) const {
    const Value *x = table_.constant_output(a), *y = table_.constant_output(b);
    return x && y && *x == *y;
  }

  const Table& table_;
  const TableModel& model_;
  const AnalysisOptions& options_;
  TableSpace space_;
  Box usual_;
  Prover prover_;
  BoxBudget budget_;
  TableAnalysis out_;
  std::map<Kind, std::size_t> counts_;
  bool overlapping_ = false;              // some two rows may match one input
  bool overlapping_differently_ = false;  // and have, or may have, different outputs
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
