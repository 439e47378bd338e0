// The compiler from Definition to Plan: rules. Part model, private to make_plan.hpp.
#pragma once

#include "aesop/model/plan_maker.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Compiles a rule as `place` sees it into plan_->rules_[variant], once.
inline void PlanMaker::compile_rule(const Place& place, std::uint32_t index, std::uint32_t variant) {
  if (progress_[variant] == Progress::done) return;
  const RuleDefinition& from = file_.rules[index];
  if (progress_[variant] == Progress::busy) {
    if (!broken_[variant])
      error("rule-cycle", cat("rule \"", from.name.text, "\" needs its own result"), from.name.where,
            "rules may use other rules, never in a circle");
    broken_[variant] = true;
    return;
  }
  progress_[variant] = Progress::busy;
  // The top level's own form is tried first without a word: it is reported by finish_rules when nobody else can use it.
  Findings silent;
  Findings* const loud = findings_;
  const bool top = variant == index;
  if (top) findings_ = &silent;
  if (!from.is_table) {
    if (auto compiled = compile(place, from.feel.text, from.feel.where)) {
      rule_type_[variant] = std::move(compiled->type);
      plan_->rules_[variant].expr = std::move(compiled->expr.expr);
      plan_->rules_[variant].slots = std::move(compiled->expr.slots);
    }
  } else {
    compile_table(place, from, variant);
  }
  findings_ = loud;
  if (top) {
    broken_[variant] = broken_[variant] || silent.has_errors();
    if (silent.size() > 0) silent_.emplace(index, std::move(silent));
  }
  progress_[variant] = Progress::done;
}

/// What was wrong with rules at the top level, unless the names they need are known where they are used.
inline void PlanMaker::finish_rules() {
  for (std::uint32_t index = 0; index < file_.rules.size(); ++index) {
    compile_rule({}, index, index);
    if (!broken_[index]) continue;
    PlanRule& rule = plan_->rules_[index];
    rule.table.reset();
    rule.expr.reset();
    const auto found = silent_.find(index);
    if (!used_elsewhere_[index] && found != silent_.end()) findings_->append(found->second);
  }
}

inline void PlanMaker::compile_table(const Place&, const RuleDefinition&, std::uint32_t) {}

}  // namespace v0
}  // namespace aesop
