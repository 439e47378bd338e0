// A rule of an SOP, a decision table or an expression, asked without a store. Part engine; body in src/engine/rule.cpp.
// Immutable and cheap to copy; any number of threads may evaluate at once.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/engine/options.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

class Plan;
struct PlanRule;

/// What a rule came to. A null value says why in `diagnostics`.
struct RuleValue {
  Value value = {};
  std::vector<std::string> diagnostics = {};
};

class Rule {
 public:
  /// Reads an SOP and takes the rule of that name; its only one when none is named. Errors: those of load;
  /// unsound_definition, with every problem in `findings` when given; not_found for a rule the SOP does not have, or that
  /// has a meaning only in the steps that use it.
  static Result<Rule> open(std::string_view sop, std::string_view rule = {}, Findings* findings = nullptr);
  /// The same of a plan that is there already.
  static Result<Rule> of(std::shared_ptr<const Plan> plan, std::string_view rule = {});

  /// `facts` are by name what the rule would read in a run: variables (null when not given), parameters (else their
  /// default), gates as {"verdict", "blocked"?, "warned"?} (else asked, over the same facts), results of steps (else null)
  /// and `run`; evaluate_rule of gate.hpp says all. Errors: schema_error for a name the SOP does not declare,
  /// type_mismatch for a value of the wrong type.
  Result<RuleValue> evaluate(const Value& facts, Instant now) const;

  const std::string& name() const;
  /// Whether it is a decision table.
  bool is_table() const;
  /// The names it reads, those of the rules it uses in place of theirs. Ascending.
  std::vector<std::string> reads() const;

 private:
  Rule(std::shared_ptr<const Plan> plan, const PlanRule* rule) : plan_(std::move(plan)), rule_(rule) {}
  std::shared_ptr<const Plan> plan_;
  const PlanRule* rule_;
};

/// Evaluates FEEL over a context whose members are its names: compiled, evaluated, forgotten. Errors: those of
/// Expr::compile. `ports` are default_ports() when null.
Result<RuleValue> evaluate(std::string_view feel, const Value& context, Instant now,
                           const Ports* ports = nullptr);

}  // namespace v0
}  // namespace aesop
