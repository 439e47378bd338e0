// The gate: the checks of an SOP over facts, without a run and without writing. And single expressions.
#include "engine/execute.hpp"

#include "aesop/model/conform.hpp"
#include "aesop/rules/expr.hpp"
#include "aesop/value/json_write.hpp"
#include "aesop/value/type.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

/// What names mean where there is no run: facts are the run variables, rules are computed from them at most once.
class GateMachine {
 public:
  GateMachine(const Plan& plan, const Facts& facts, Instant now) : plan_(plan), facts_(facts) {
    evaluation_.ports = facts.ports;
    evaluation_.now = now;
    evaluation_.zone = plan.zone();
    rules_.resize(plan.rules().size());
  }

  Status take(const Value& given) {
    if (!given.is_context() && !given.is_null())
      return Error{ErrorCode::schema_error, "the facts of a gate are an object: run variables by name"};
    for (const Entry& entry : given.entries())
      if (plan_.find_variable(entry.first) == no_ref) {
        std::vector<std::string> names;
        for (const PlanField& field : plan_.variables()) names.push_back(field.definition->name);
        const auto near = did_you_mean(entry.first, names);
        return Error{ErrorCode::unknown_name,
                     cat("the SOP declares no variable \"", printable(entry.first, 60), '"'),
                     near ? cat("did you mean \"", *near, "\"?") : cat("it declares: ", join(names, ", "))};
      }
    variables_.reserve(plan_.variables().size());
    for (const PlanField& field : plan_.variables()) {
      const Value* value = given.find(field.definition->name);
      if (value == nullptr) {
        variables_.push_back(field.default_value ? field.default_value->literal : Value());
        continue;
      }
      auto typed = conform(*value, *field.definition);
      if (!typed) return typed.take_error();
      variables_.push_back(typed.take());
    }
    return {};
  }

  /// True only when it is exactly true.
  bool holds(const PlanCondition& condition) {
    if (condition.always) return true;
    if (condition.literal) return *condition.literal;
    return condition.feel && evaluate(condition.feel->expr, condition.feel->slots, 0).is_true();
  }
  std::string why_null() const {
    return evaluation_.diagnostics.empty() ? std::string() : to_string(*evaluation_.diagnostics.begin());
  }
  void forget_diagnostics() { evaluation_.diagnostics.clear(); }

 private:
  static constexpr int max_depth = 16;

  Value evaluate(const Expr& expr, const std::vector<Slot>& slots, int depth) {
    std::vector<Value> values;
    values.reserve(slots.size());
    for (const Slot& slot : slots) values.push_back(value_of(slot, depth));
    return expr.evaluate(values, evaluation_);
  }

  Value value_of(const Slot& slot, int depth) {
    switch (slot.kind) {
      case SlotKind::variable:
        return slot.ref < variables_.size() ? variables_[slot.ref] : Value();
      case SlotKind::parameter:
        return parameter(slot.ref);
      case SlotKind::rule:
        return depth < max_depth ? rule(slot.ref, depth + 1) : Value();
      case SlotKind::gate:
        return depth < max_depth ? verdict_of(plan_.gates()[slot.ref]) : Value();
      case SlotKind::run:
        return Value::context(
            {{"sop", Value::string(plan_.sop())}, {"version", Value::string(plan_.version())}});
      default:
        return {};
    }
  }

  Value parameter(std::uint32_t ref) const {
    const ParameterDefinition& definition = plan_.parameters()[ref];
    for (const auto& [name, value] : facts_.parameters)
      if (name == definition.type.name) return value;
    return definition.type.default_value ? definition.type.default_value->literal : Value();
  }

  const Value& rule(std::uint32_t ref, int depth) {
    auto& known = rules_[ref];
    if (known) return *known;
    const PlanRule& rule = plan_.rules()[ref];
    Value value;
    if (rule.table) {
      std::vector<Value> values;
      values.reserve(rule.slots.size());
      for (const Slot& slot : rule.slots) values.push_back(value_of(slot, depth));
      value = rule.table->evaluate(values, evaluation_);
    } else if (rule.expr) {
      value = evaluate(*rule.expr, rule.slots, depth);
    }
    return known.emplace(std::move(value));
  }

  /// What another gate's name is: {verdict, blocked, warned}.
  Value verdict_of(const PlanGate& gate) {
    std::vector<Value> blocked, warned;
    for (const PlanGateCheck& check : gate.checks) {
      if (!holds(check.when) || holds(check.require)) continue;
      if (check.enforce == Enforcement::must || check.enforce == Enforcement::must_unless_documented)
        blocked.push_back(Value::string(check.id));
      else if (check.enforce == Enforcement::should)
        warned.push_back(Value::string(check.id));
    }
    const std::string_view verdict = !blocked.empty() ? "block" : !warned.empty() ? "warn" : "pass";
    return Value::context({{"verdict", Value::string(verdict)},
                           {"blocked", Value::list(std::move(blocked))},
                           {"warned", Value::list(std::move(warned))}});
  }

  const Plan& plan_;
  const Facts& facts_;
  Evaluation evaluation_;
  std::vector<Value> variables_;
  std::vector<std::optional<Value>> rules_;
};

}  // namespace

Result<GateVerdict> EngineImpl::gate(const Plan& plan, std::string_view id, const Value& given,
                                     std::string_view scope, Instant now) {
  const PlanGate* gate = plan.find_gate(id);
  if (gate == nullptr) {
    std::vector<std::string> names;
    for (const PlanGate& one : plan.gates()) names.push_back(one.id);
    const auto near = did_you_mean(id, names);
    return Error{ErrorCode::not_found, cat("the SOP has no gate \"", printable(id, 60), '"'),
                 near ? cat("did you mean \"", *near, "\"?") : std::string()};
  }
  GateMachine machine(plan, facts_for(plan, scope), now);
  if (auto taken = machine.take(given); !taken) return taken.take_error();

  GateVerdict out;
  std::vector<Value> findings;
  for (const PlanGateCheck& check : gate->checks) {
    machine.forget_diagnostics();
    if (!machine.holds(check.when) || machine.holds(check.require)) continue;
    std::string_view verdict = "note";
    if (check.enforce == Enforcement::must || check.enforce == Enforcement::must_unless_documented) {
      verdict = "block";
      out.verdict = GateVerdict::Verdict::block;
    } else if (check.enforce == Enforcement::should) {
      verdict = "warn";
      if (out.verdict == GateVerdict::Verdict::pass) out.verdict = GateVerdict::Verdict::warn;
    }
    std::vector<Entry> entries = {{"check", Value::string(check.id)}};
    if (!check.definition->exception.text.empty())
      entries.emplace_back("exception", Value::string(check.definition->exception.text));
    if (!check.definition->fix.empty()) entries.emplace_back("fix", Value::string(check.definition->fix));
    entries.emplace_back("message", Value::string(check.definition->message));
    entries.emplace_back("verdict", Value::string(verdict));
    // Not true because it could not be told: say why.
    if (const std::string why = machine.why_null(); !why.empty())
      entries.emplace_back("why", Value::string(why));
    findings.push_back(Value::context(std::move(entries)));
  }
  out.findings = Value::list(std::move(findings));
  out.rules_hash = plan.hash();
  auto facts_text = write_json(given);
  if (!facts_text) return facts_text.take_error();
  out.facts_hash = to_hex(sha256(*facts_text));
  auto receipt = write_json(Value::context({{"at", Value::string(to_string(now))},
                                            {"facts", Value::string(out.facts_hash)},
                                            {"gate", Value::string(id)},
                                            {"rules", Value::string(out.rules_hash)},
                                            {"verdict", Value::string(to_string(out.verdict))}}));
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
