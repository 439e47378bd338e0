// The gate with its receipt, over facts and without a run; and single expressions.
#include "aesop/run/gate.hpp"

#include "engine/execute.hpp"

#include "aesop/rules/compile.hpp"
#include "aesop/value/json_write.hpp"
#include "aesop/value/type.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

Result<GateVerdict> EngineImpl::gate(const Plan& plan, std::string_view id, const Value& given,
                                     std::string_view scope, Instant now,
                                     const std::vector<std::string>& approved) {
  const PlanGate* gate = plan.find_gate(id);
  if (gate == nullptr) {
    std::vector<std::string> names;
    for (const PlanGate& one : plan.gates()) names.push_back(one.id);
    const auto near = did_you_mean(id, names);
    return Error{ErrorCode::not_found, cat("the SOP has no gate \"", printable(id, 60), '"'),
                 near ? cat("did you mean \"", *near, "\"?") : std::string()};
  }
  auto report = check_gate(plan, *gate, given, facts_for(plan, scope), now, approved);
  if (!report) return report.take_error();
  GateVerdict out;
  out.verdict = report->verdict();
  out.report = gate_to_value(*report);
  out.rules_hash = plan.hash();
  auto facts_text = write_json(given);
  if (!facts_text) return facts_text.take_error();
  out.facts_hash = to_hex(sha256(*facts_text));
  auto receipt = write_json(Value::context({{"at", Value::string(to_string(now))},
                                            {"facts", Value::string(out.facts_hash)},
                                            {"gate", Value::string(id)},
                                            {"rules", Value::string(out.rules_hash)},
                                            {"verdict", Value::string(out.verdict)}}));
  if (!receipt) return receipt.take_error();
  out.receipt = to_hex(sha256(*receipt));
  return out;
}

Result<Value> evaluate(EngineImpl& engine, std::string_view feel, const Value& context, Instant now) {
  Scope scope;
  std::vector<Value> values;
  for (const Entry& entry : context.entries()) {
    scope.add(entry.first, any_type);
    values.push_back(entry.second);
  }
  auto expr = Expr::compile(feel, scope);
  if (!expr) return expr.take_error();
  Evaluation evaluation;
  evaluation.ports = &engine.ports();
  evaluation.now = now;
  const Value value = expr->evaluate(values, evaluation);
  std::vector<Value> diagnostics;
  for (const Diagnostic& diagnostic : evaluation.diagnostics)
    diagnostics.push_back(Value::string(to_string(diagnostic)));
  std::vector<Entry> entries;
  if (!diagnostics.empty()) entries.emplace_back("diagnostics", Value::list(std::move(diagnostics)));
  // Ranges and functions have no JSON: they are shown as text.
  entries.emplace_back("value", write_json(value) ? value : Value::string(to_string(value)));
  return Value::context(std::move(entries));
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
