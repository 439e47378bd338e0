// The gate with its receipt, over facts and without a run.
#include "aesop/engine/gate.hpp"

#include "engine/execute_verbs.hpp"
#include "engine/judge.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/model/load.hpp"
#include "aesop/model/make_plan.hpp"
#include "aesop/run/gate.hpp"
#include "aesop/value/json_write.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

Result<const PlanGate*> gate_of(const Plan& plan, std::string_view id) {
  if (id.empty()) {
    if (plan.gates().size() == 1) return &plan.gates().front();
    return Error{ErrorCode::schema_error,
                 cat("the SOP has ", plan.gates().size(), " gates; say which with \"gate\"")};
  }
  if (const PlanGate* gate = plan.find_gate(id)) return gate;
  std::vector<std::string> names;
  for (const PlanGate& one : plan.gates()) names.push_back(one.id);
  const auto near = did_you_mean(id, names);
  return Error{ErrorCode::not_found, cat("the SOP has no gate \"", printable(id, 60), '"'),
               near ? cat("did you mean \"", *near, "\"?") : std::string()};
}

Result<std::string> receipt_of(const ReceiptParts& parts) {
  std::vector<Entry> entries;
  if (!parts.approved.empty()) entries.emplace_back("approved", texts(parts.approved));
  entries.emplace_back("at", Value::string(parts.at));
  entries.emplace_back("facts", Value::string(parts.facts_hash));
  entries.emplace_back("gate", Value::string(parts.gate));
  entries.emplace_back("rules", Value::string(parts.rules_hash));
  entries.emplace_back("verdict", Value::string(parts.verdict));
  const auto text = write_json(Value::context(std::move(entries)));
  if (!text) return text.error();
  return to_hex(sha256(*text));
}

namespace {

/// The verdict of a report, sealed.
Result<GateVerdict> sealed(const Plan& plan, const PlanGate& gate, const GateReport& report,
                           const Value& given, Instant now, const std::vector<std::string>& approved) {
  GateVerdict out;
  out.verdict = report.verdict();
  out.rules_hash = plan.hash();
  const auto facts_text = write_json(given);
  if (!facts_text) return facts_text.error();
  out.facts_hash = to_hex(sha256(*facts_text));
  ReceiptParts parts{to_string(now), out.facts_hash, gate.id, out.rules_hash, out.verdict, approved};
  std::sort(parts.approved.begin(), parts.approved.end());
  auto receipt = receipt_of(parts);
  if (!receipt) return receipt.take_error();
  out.receipt = receipt.take();
  Value shown = gate_to_value(report)
                    .with("at", Value::string(parts.at))
                    .with("facts_hash", Value::string(out.facts_hash))
                    .with("receipt", Value::string(out.receipt))
                    .with("rules_hash", Value::string(out.rules_hash))
                    .with("sop", Value::string(plan.sop()))
                    .with("version", Value::string(plan.version()));
  if (!approved.empty()) shown = shown.with("approved", texts(parts.approved));
  out.report = std::move(shown);
  return out;
}

}  // namespace

Result<GateVerdict> judge(const Plan& plan, const PlanGate& gate, const Value& given, const Facts& facts,
                          Instant now, const std::vector<std::string>& approved) {
  auto report = check_gate(plan, gate, given, facts, now, approved);
  if (!report) return report.take_error();
  return sealed(plan, gate, *report, given, now, approved);
}

Result<GateVerdict> judge(const Plan& plan, const PlanGate& gate, const State& run, const Value& given,
                          const Facts& facts, Instant now, const std::vector<std::string>& approved) {
  auto replaced = state_of_variables(plan, given, now);
  if (!replaced) return replaced.take_error();
  State state = run;
  for (const NamedValue& one : replaced->variables) set_variable(state, 0, one.first, one.second);
  state.exceptions.clear();
  for (const std::string& policy : approved) {
    Deviation deviation;
    deviation.policy = policy;
    deviation.state = ExceptionState::approved;
    state.exceptions.push_back(std::move(deviation));
  }
  // What was asked of: every variable, the run's and those in place of them.
  Value asked = Value::context({});
  for (const NamedValue& one : state.variables) asked = asked.with(one.first, one.second);
  return sealed(plan, gate, check_gate(plan, gate, state, facts, now), asked, now, approved);
}

}  // namespace detail

Result<Gate> Gate::of(std::shared_ptr<const Plan> plan, std::string_view gate) {
  auto found = detail::gate_of(*plan, gate);
  if (!found) return found.take_error();
  return Gate(std::move(plan), *found);
}

Result<Gate> Gate::open(std::string_view sop, std::string_view gate, Findings* findings) {
  Findings own;
  Findings& found = findings != nullptr ? *findings : own;
  auto definition = load(sop, "sop", found);
  if (!definition) return definition.take_error();
  auto plan = aesop::plan(std::shared_ptr<const Definition>(definition.take()), found, default_ports());
  if (!plan) return plan.take_error();
  return of(plan.take(), gate);
}

Result<GateVerdict> Gate::check(const Value& facts, Instant now,
                                const std::vector<std::string>& approved) const {
  for (const std::string& name : approved)
    if (plan_->find_exception(name) == nullptr)
      return Error{ErrorCode::not_found, cat("the SOP has no exception policy \"", printable(name, 60), '"')};
  Facts looked_up;
  looked_up.ports = &default_ports();
  return detail::judge(*plan_, *gate_, facts, looked_up, now, approved);
}

const std::string& Gate::id() const { return gate_->id; }

}  // namespace v0
}  // namespace aesop
