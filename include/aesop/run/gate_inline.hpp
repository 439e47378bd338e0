// Bodies of gate.hpp. Included by it alone.
#pragma once

#include "aesop/model/conform.hpp"
#include "aesop/run/gate.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

inline Result<State> state_of_variables(const Plan& plan, const Value& variables, Instant now) {
  if (!variables.is_null() && !variables.is_context())
    return Error{ErrorCode::schema_error, "the facts must be an object of variables by name"};
  State state;
  state.status = RunStatus::open;
  state.sop = plan.sop();
  state.version = plan.version();
  state.started = state.last_at = now;
  for (const Entry& given : variables.entries()) {
    if (given.first.starts_with("x-")) continue;
    const std::uint32_t ref = plan.find_variable(given.first);
    if (ref == no_ref) {
      std::vector<std::string_view> known;
      for (const PlanField& field : plan.variables()) known.push_back(field.definition->name);
      const auto near = did_you_mean(given.first, known);
      return Error{ErrorCode::schema_error, cat("the SOP declares no variable ", printable(given.first, 60)),
                   near ? cat("did you mean ", *near, "?") : cat("known: ", join(known, ", "))};
    }
    auto typed = conform(given.second, *plan.variables()[ref].definition);
    if (!typed) return typed.take_error();
    detail::set_variable(state, 0, given.first, typed.take());
  }
  return state;
}

namespace detail {

/// The three members of a gate's context, of a context that has at least the verdict.
inline Result<Value> gate_input(const Entry& input) {
  const auto wrong = [&](std::string_view what) {
    return Error{
        ErrorCode::type_mismatch, cat(printable(input.first, 60), ": ", what),
        "a gate is {\"verdict\": \"pass\" | \"warn\" | \"block\", \"blocked\": [...], \"warned\": [...]}"};
  };
  if (input.second.is_null()) return Value();
  const Value& verdict = input.second.get("verdict");
  const std::string_view said = verdict.is_string() ? verdict.as_string() : std::string_view();
  if (said != "pass" && said != "warn" && said != "block") return wrong("that is no verdict of a gate");
  std::vector<Entry> entries = {{"verdict", verdict}};
  for (const char* name : {"blocked", "warned"}) {
    const Value& ids = input.second.get(name);
    if (!ids.is_null() && !ids.is_list()) return wrong(cat(name, " is no list"));
    for (const Value& id : ids.items())
      if (!id.is_string()) return wrong(cat(name, " holds what is no id of a check"));
    entries.emplace_back(name, ids.is_null() ? Value::list({}) : ids);
  }
  return Value::context(std::move(entries));
}

inline Error unknown_input(const Plan& plan, std::string_view name) {
  if (plan.find_rule(name) != nullptr)
    return {ErrorCode::schema_error, cat(printable(name, 60), " is a rule, and is computed"),
            "give what it reads"};
  std::vector<std::string_view> known;
  for (const PlanField& field : plan.variables()) known.push_back(field.definition->name);
  for (const ParameterDefinition& one : plan.parameters()) known.push_back(one.type.name);
  for (const PlanGate& gate : plan.gates()) known.push_back(gate.id);
  const auto near = did_you_mean(name, known);
  return {ErrorCode::schema_error,
          cat("the SOP declares no variable, parameter or gate ", printable(name, 60)),
          near ? cat("did you mean ", *near, "?") : cat("known: ", join(known, ", "))};
}

/// An input that is no variable.
inline Result<RuleInput> rule_input(const Plan& plan, const Entry& input) {
  if (const std::uint32_t ref = plan.find_parameter(input.first); ref != no_ref) {
    auto typed = conform(input.second, plan.parameters()[ref].type);
    if (!typed) return typed.take_error();
    return RuleInput{SlotKind::parameter, ref, typed.take()};
  }
  if (const PlanGate* gate = plan.find_gate(input.first)) {
    auto verdict = gate_input(input);
    if (!verdict) return verdict.take_error();
    return RuleInput{SlotKind::gate, static_cast<std::uint32_t>(gate - plan.gates().data()), verdict.take()};
  }
  const std::uint32_t step = plan.find_step(input.first);
  if (step == no_ref && input.first != "run") return unknown_input(plan, input.first);
  if (!input.second.is_null() && !input.second.is_context())
    return Error{ErrorCode::type_mismatch, cat(printable(input.first, 60), " is no object")};
  return RuleInput{step == no_ref ? SlotKind::run : SlotKind::step_result, step, input.second};
}

inline void add_names_read(const Plan& plan, const PlanRule& rule, int depth, std::set<std::string>& names) {
  if (depth > max_rule_depth) return;
  for (const Slot& slot : rule.slots) switch (slot.kind) {
      case SlotKind::rule:
        add_names_read(plan, plan.rules()[slot.ref], depth + 1, names);
        break;
      case SlotKind::run:
        names.insert("run");
        break;
      case SlotKind::variable:
        names.insert(plan.variables()[slot.ref].definition->name);
        break;
      case SlotKind::parameter:
        names.insert(plan.parameters()[slot.ref].type.name);
        break;
      case SlotKind::gate:
        names.insert(plan.gates()[slot.ref].id);
        break;
      case SlotKind::step_result:
        names.insert(plan.step(slot.ref).id);
        break;
      default:
        names.insert(slot.name);
    }
}

}  // namespace detail

inline std::vector<std::string> names_read(const Plan& plan, const PlanRule& rule) {
  std::set<std::string> names;
  detail::add_names_read(plan, rule, 0, names);
  return {names.begin(), names.end()};
}

inline Result<Value> evaluate_rule(const Plan& plan, const PlanRule& rule, const Value& inputs,
                                   const Facts& facts, Instant now, Diagnostics& diagnostics) {
  if (!inputs.is_null() && !inputs.is_context())
    return Error{ErrorCode::schema_error, "the facts must be an object of inputs by name"};
  std::vector<detail::RuleInput> given;
  std::vector<Entry> variables;
  for (const Entry& input : inputs.entries()) {
    if (input.first.starts_with("x-")) continue;
    if (plan.find_variable(input.first) != no_ref) {
      variables.push_back(input);
      continue;
    }
    auto read = detail::rule_input(plan, input);
    if (!read) return read.take_error();
    given.push_back(read.take());
  }
  auto state = state_of_variables(plan, Value::context(std::move(variables)), now);
  if (!state) return state.take_error();
  detail::Machine m(plan, *state, facts);
  m.now = now;
  m.inputs = &given;
  Value value = m.rule_result(rule, {}, 0);
  for (const Diagnostic& diagnostic : m.diagnostics.items())
    diagnostics.add(diagnostic.code, diagnostic.where, diagnostic.detail);
  return value;
}

inline Value gate_to_value(const GateReport& report) {
  std::vector<Value> blocked, warned, failures, applied;
  for (const std::string& check : report.applied) applied.push_back(Value::string(check));
  for (const GateFailure& failure : report.failures) {
    if (failure.blocks)
      blocked.push_back(Value::string(failure.check));
    else if (failure.enforce != Enforcement::could)
      warned.push_back(Value::string(failure.check));
    std::vector<Entry> entries = {{"check", Value::string(failure.check)},
                                  {"enforce", Value::string(to_string(failure.enforce))},
                                  {"message", Value::string(failure.message)}};
    if (!failure.fix.empty()) entries.emplace_back("fix", Value::string(failure.fix));
    if (!failure.exception.empty()) entries.emplace_back("exception", Value::string(failure.exception));
    failures.push_back(Value::context(std::move(entries)));
  }
  std::vector<Entry> entries = {
      {"gate", Value::string(report.gate)},           {"verdict", Value::string(report.verdict())},
      {"blocked", Value::list(std::move(blocked))},   {"warned", Value::list(std::move(warned))},
      {"failures", Value::list(std::move(failures))}, {"applied", Value::list(std::move(applied))}};
  if (!report.diagnostics.empty()) {
    std::vector<Value> texts;
    for (const std::string& text : report.diagnostics) texts.push_back(Value::string(text));
    entries.emplace_back("diagnostics", Value::list(std::move(texts)));
    std::vector<Value> causes;
    for (const GateCause& cause : report.causes)
      causes.push_back(Value::context({{"check", Value::string(cause.check)},
                                       {"part", Value::string(cause.part)},
                                       {"expression", Value::string(cause.expression)},
                                       {"code", Value::string(cause.code)},
                                       {"message", Value::string(cause.message)}}));
    entries.emplace_back("causes", Value::list(std::move(causes)));
  }
  return Value::context(std::move(entries));
}

inline GateReport check_gate(const Plan& plan, const PlanGate& gate, const State& state, const Facts& facts,
                             Instant now) {
  detail::Machine m(plan, state, facts);
  m.now = now;
  GateReport report;
  report.gate = gate.id;
  const auto note = [&](const PlanGateCheck& check, bool require, std::size_t from) {
    const ConditionText& text = require ? check.definition->require : check.definition->when;
    for (std::size_t i = from; i < m.diagnostics.items().size(); ++i) {
      const Diagnostic& diagnostic = m.diagnostics.items()[i];
      report.causes.push_back({check.id, require ? "require" : "when", text.text,
                               std::string(slug(diagnostic.code)), diagnostic.detail});
      report.diagnostics.push_back(to_string(diagnostic));
    }
  };
  // Check by check, so that it is known whose condition a diagnostic is of.
  for (const PlanGateCheck& only : gate.checks) {
    PlanGate one;
    one.id = gate.id;
    one.checks.push_back(only);
    m.diagnostics.clear();
    std::size_t of_when = 0;
    bool applies = false;
    const auto applied = [&](const PlanGateCheck& check) {
      report.applied.push_back(check.id);
      of_when = m.diagnostics.items().size();
      applies = true;
    };
    detail::ask_gate(m, one, detail::RunPlace(), applied, [&](const PlanGateCheck& check, bool blocks) {
      GateFailure failure;
      failure.check = check.id;
      failure.enforce = check.enforce;
      failure.blocks = blocks;
      if (check.definition) {
        failure.message = check.definition->message;
        failure.fix = check.definition->fix;
      }
      if (check.exception != no_ref) failure.exception = plan.exceptions()[check.exception].id;
      report.failures.push_back(std::move(failure));
    });
    if (only.definition && !m.diagnostics.empty()) note(only, applies, of_when);
  }
  return report;
}

inline Result<GateReport> check_gate(const Plan& plan, const PlanGate& gate, const Value& variables,
                                     const Facts& facts, Instant now,
                                     const std::vector<std::string>& approved) {
  auto made = state_of_variables(plan, variables, now);
  if (!made) return made.take_error();
  State& state = *made;
  for (const std::string& policy : approved) {
    Deviation deviation;
    deviation.policy = policy;
    deviation.state = ExceptionState::approved;
    state.exceptions.push_back(std::move(deviation));
  }
  return check_gate(plan, gate, state, facts, now);
}

}  // namespace v0
}  // namespace aesop
