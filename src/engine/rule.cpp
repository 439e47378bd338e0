// Rules of an SOP and single expressions, asked without a store.
#include "aesop/engine/rule.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"
#include "aesop/model/load.hpp"
#include "aesop/model/make_plan.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/run/gate.hpp"
#include "aesop/value/type.hpp"

namespace aesop {
inline namespace v0 {

namespace {

std::vector<std::string> texts(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& diagnostic : diagnostics.items()) out.push_back(to_string(diagnostic));
  return out;
}

}  // namespace

Result<Rule> Rule::of(std::shared_ptr<const Plan> plan, std::string_view rule) {
  const std::vector<PlanRule>& rules = plan->rules();
  if (rule.empty()) {
    if (rules.size() != 1)
      return Error{ErrorCode::schema_error, cat("the SOP has ", rules.size(), " rules; say which")};
    const std::string only = rules.front().name;
    return of(std::move(plan), only);
  }
  if (const PlanRule* found = plan->find_rule(rule)) {
    if (!found->table && !found->expr)
      return Error{ErrorCode::not_found, cat("the rule ", found->name, " is of one step only"),
                   "it uses names that are known there only"};
    return Rule(std::move(plan), found);
  }
  std::vector<std::string> names;
  for (const PlanRule& one : rules) names.push_back(one.name);
  const auto near = did_you_mean(rule, names);
  return Error{ErrorCode::not_found, cat("the SOP has no rule \"", printable(rule, 60), '"'),
               near ? cat("did you mean \"", *near, "\"?") : cat("its rules: ", join(names, ", "))};
}

Result<Rule> Rule::open(std::string_view sop, std::string_view rule, Findings* findings) {
  Findings own;
  Findings& found = findings != nullptr ? *findings : own;
  auto definition = load(sop, "sop", found);
  if (!definition) return definition.take_error();
  auto plan = aesop::plan(std::shared_ptr<const Definition>(definition.take()), found, default_ports());
  if (!plan) return plan.take_error();
  return of(plan.take(), rule);
}

Result<RuleValue> Rule::evaluate(const Value& facts, Instant now) const {
  Facts looked_up;
  looked_up.ports = &default_ports();
  Diagnostics diagnostics;
  auto value = evaluate_rule(*plan_, *rule_, facts, looked_up, now, diagnostics);
  if (!value) return value.take_error();
  return RuleValue{value.take(), texts(diagnostics)};
}

const std::string& Rule::name() const { return rule_->name; }
bool Rule::is_table() const { return rule_->table.has_value(); }
std::vector<std::string> Rule::reads() const { return names_read(*plan_, *rule_); }

Result<RuleValue> evaluate(std::string_view feel, const Value& context, Instant now, const Ports* ports) {
  if (!context.is_null() && !context.is_context())
    return Error{ErrorCode::schema_error, "the context must be an object"};
  Scope scope;
  std::vector<Value> values;
  for (const Entry& entry : context.entries()) {
    scope.add(entry.first, Type());
    values.push_back(entry.second);
  }
  auto expr = Expr::compile(feel, scope);
  if (!expr) return expr.take_error();
  Evaluation evaluation;
  evaluation.ports = ports != nullptr ? ports : &default_ports();
  evaluation.now = now;
  Value value = expr->evaluate(values, evaluation);
  return RuleValue{std::move(value), texts(evaluation.diagnostics)};
}

}  // namespace v0
}  // namespace aesop
