// Expressions in a run: what names mean, conditions, branches, values to set. Part run, private.
// A condition that is not exactly true does not hold; when it was null its diagnostics are kept and written into the
// event it had a part in.
#pragma once

#include "aesop/model/conform.hpp"
#include "aesop/run/machine_core.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline constexpr int max_rule_depth = 16;

inline Value Machine::run_context() const {
  return Value::context({{"id", Value::string(s.id)},
                         {"subject", Value::string(s.subject)},
                         {"key", Value::string(s.key)},
                         {"scope", Value::string(s.scope)},
                         {"sop", Value::string(s.sop)},
                         {"version", Value::string(s.version)},
                         {"started", Value::instant(s.started)}});
}

inline const StepRecord* Machine::record_of(const PlanStep& step, InstanceId from) const {
  for (InstanceId id = from;;) {
    if (const StepRecord* record = find_record(s, id, step.id)) return record;
    if (id == 0) return nullptr;
    const Instance* instance = find_instance(s, id);
    id = instance ? instance->parent : 0;
  }
}

inline const Instance* Machine::instance_of_step(InstanceId from, std::uint32_t each) const {
  if (each == no_ref) return nullptr;
  for (const Instance* at = find_instance(s, from); at != nullptr; at = find_instance(s, at->parent))
    if (at->step == plan.step(each).id) return at;
  return nullptr;
}

inline Value Machine::step_context(const PlanStep& step, const RunPlace& place) const {
  const StepRecord* record = record_of(step, place.instance);
  if (place.done && place.form && step.ref == place.step) {
    // Its record follows when it is left; its own branches mean this visit, not the one before.
    std::vector<Entry> entries(place.form->entries().begin(), place.form->entries().end());
    const bool approval = step.kind == StepKind::approval && place.form->get("outcome").is_string();
    std::string by = record ? record->by : std::string();
    std::uint32_t visit = record ? record->visit : 1;
    Instant completed = record && record->completed ? *record->completed : occurred_now();
    for (const Activity& activity : s.activities)
      if (activity.step == step.id && activity.instance == place.instance)
        by = activity.performer, visit = activity.visit, completed = occurred_now();
    if (record) entries.emplace_back("entered", Value::instant(record->entered));
    entries.emplace_back("completed", Value::instant(completed));
    entries.emplace_back("by", Value::string(by));
    entries.emplace_back("visit", Value::number(std::int64_t{visit}));
    if (!approval) entries.emplace_back("outcome", Value::string(std::string()));
    return Value::context(std::move(entries));
  }
  if (record == nullptr || !record->completed) return {};
  std::vector<Entry> entries(record->form.entries().begin(), record->form.entries().end());
  entries.emplace_back("entered", Value::instant(record->entered));
  entries.emplace_back("completed", Value::instant(*record->completed));
  entries.emplace_back("by", Value::string(record->by));
  entries.emplace_back("visit", Value::number(std::int64_t{record->visit}));
  entries.emplace_back("outcome", Value::string(record->outcome));
  return Value::context(std::move(entries));
}

inline Value Machine::parameter(std::uint32_t ref) const {
  const ParameterDefinition& definition = plan.parameters()[ref];
  for (const auto& [name, value] : facts.parameters)
    if (name == definition.type.name && !value.is_null()) {
      auto typed = conform(value, definition.type);
      if (typed) return typed.take();
      break;
    }
  return definition.type.default_value ? definition.type.default_value->literal : Value();
}

inline Value Machine::slot_value(const Slot& slot, const RunPlace& place, int depth) {
  if (inputs != nullptr)
    for (const RuleInput& input : *inputs)
      if (input.kind == slot.kind && input.ref == slot.ref) return input.value;
  switch (slot.kind) {
    case SlotKind::run:
      return run_context();
    case SlotKind::variable: {
      for (auto at = place.overlay.rbegin(); at != place.overlay.rend(); ++at)
        if (at->first == slot.name) return at->second;
      const Value* value = find_variable(s.variables, slot.name);
      return value ? *value : Value();
    }
    case SlotKind::parameter:
      return parameter(slot.ref);
    case SlotKind::rule:
      return depth < max_rule_depth ? rule_result(plan.rules()[slot.ref], place, depth + 1) : Value();
    case SlotKind::gate:
      return depth < max_rule_depth ? gate_context(slot.ref, place) : Value();
    case SlotKind::step_result:
      return step_context(plan.step(slot.ref), place);
    case SlotKind::event:
      return place.event ? *place.event : Value();
    case SlotKind::item: {
      const Instance* instance = instance_of_step(place.instance, slot.ref);
      return instance ? instance->item : Value();
    }
    case SlotKind::index: {
      const Instance* instance = instance_of_step(place.instance, slot.ref);
      return instance ? Value::number(std::int64_t{instance->index}) : Value();
    }
    case SlotKind::instance_variable: {
      for (auto at = place.overlay.rbegin(); at != place.overlay.rend(); ++at)
        if (at->first == slot.name) return at->second;
      const Instance* instance = instance_of_step(place.instance, slot.ref);
      const Value* value = instance ? find_variable(instance->variables, slot.name) : nullptr;
      return value ? *value : Value();
    }
    case SlotKind::form_field: {
      if (place.step == slot.ref && place.form) return place.form->get(slot.name);
      const StepRecord* record =
          slot.ref == no_ref ? nullptr : record_of(plan.step(slot.ref), place.instance);
      return record ? record->form.get(slot.name) : Value();
    }
  }
  return {};
}

inline Value Machine::evaluate(const Expr& expr, const std::vector<Slot>& slots, const RunPlace& place,
                               int depth) {
  std::vector<Value> values;
  values.reserve(slots.size());
  for (const Slot& slot : slots) values.push_back(slot_value(slot, place, depth));
  Evaluation evaluation;
  evaluation.ports = facts.ports;
  evaluation.now = now;
  evaluation.zone = plan.zone();
  Value result = expr.evaluate(values, evaluation);
  for (const Diagnostic& diagnostic : evaluation.diagnostics)
    diagnostics.add(diagnostic.code, diagnostic.where, diagnostic.detail);
  return result;
}

inline Value Machine::rule_result(const PlanRule& rule, const RunPlace& place, int depth) {
  if (!rule.table) return rule.expr ? evaluate(*rule.expr, rule.slots, place, depth) : Value();
  std::vector<Value> values;
  values.reserve(rule.slots.size());
  for (const Slot& slot : rule.slots) values.push_back(slot_value(slot, place, depth));
  Evaluation evaluation;
  evaluation.ports = facts.ports;
  evaluation.now = now;
  evaluation.zone = plan.zone();
  Value result = rule.table->evaluate(values, evaluation);
  for (const Diagnostic& diagnostic : evaluation.diagnostics)
    diagnostics.add(diagnostic.code, diagnostic.where, diagnostic.detail);
  return result;
}

inline bool Machine::holds(const PlanCondition& condition, const RunPlace& place) {
  if (condition.always) return true;
  if (condition.feel) {
    const std::size_t before = diagnostics.total();
    const Value result = evaluate(*condition.feel, place);
    if (result.is_boolean()) return result.is_true();
    ++null_conditions;
    if (diagnostics.total() == before)
      diagnostics.add(DiagnosticCode::wrong_type, {},
                      cat("a condition is ", to_string(result.kind()), ", not a boolean"));
    return false;
  }
  if (condition.literal) return *condition.literal;
  for (const FieldTest& test : condition.fields) {
    const Value& value = place.form ? place.form->get(test.field) : Value();
    bool equals = false;
    for (const Value& wanted : test.any_of)
      equals = equals || equal(value, wanted, facts.ports ? facts.ports->zones : nullptr).value_or(false);
    if (!equals) return false;
  }
  return !condition.fields.empty();
}

inline std::vector<NamedValue> Machine::evaluate_sets(const std::vector<std::pair<Slot, PlanValue>>& sets,
                                                      RunPlace& place) {
  std::vector<NamedValue> out;
  out.reserve(sets.size());
  for (const auto& [slot, value] : sets) {
    Value result = evaluate(value, place);
    const FieldDefinition* declared = nullptr;
    if (slot.kind == SlotKind::variable && slot.ref != no_ref)
      declared = plan.variables()[slot.ref].definition;
    else if (slot.kind == SlotKind::instance_variable && slot.ref != no_ref && plan.step(slot.ref).each)
      for (const PlanField& field : plan.step(slot.ref).each->data)
        if (field.definition->name == slot.name) declared = field.definition;
    if (!is_storable(result, variable_depth)) {
      diagnostics.add(DiagnosticCode::wrong_type, {},
                      cat(slot.name, " was set to a function, or to data nested over ",
                          max_storable_depth - variable_depth, " deep"));
      result = Value();
    }
    if (declared) {
      auto typed = conform(result, *declared);
      if (!typed) diagnostics.add(DiagnosticCode::wrong_type, {}, typed.error().message);
      result = typed ? typed.take() : Value();
    }
    place.overlay.emplace_back(slot.name, result);
    out.emplace_back(slot.name, std::move(result));
  }
  return out;
}

inline std::optional<Choice> Machine::choose(const std::vector<PlanBranch>& branches, RunPlace& place,
                                             std::string_view key) {
  const PlanBranch* otherwise = nullptr;
  const PlanBranch* taken = nullptr;
  for (const PlanBranch& branch : branches) {
    if (branch.is_else) {
      if (otherwise == nullptr) otherwise = &branch;
      continue;
    }
    if (branch.key.empty() ? holds(branch.condition, place) : branch.key == key) {
      taken = &branch;
      break;
    }
  }
  if (taken == nullptr) taken = otherwise;
  if (taken == nullptr) return std::nullopt;
  Choice choice;
  choice.branch = static_cast<std::uint32_t>(taken - branches.data());
  choice.go = taken->go;
  choice.set = evaluate_sets(taken->set, place);
  return choice;
}

inline std::vector<std::string> Machine::names_of(const std::vector<NamedValue>& set) {
  std::vector<std::string> names;
  names.reserve(set.size());
  for (const NamedValue& one : set) names.push_back(one.first);
  return names;
}

// The payload of an event that sets variables; takes the diagnostics gathered since the last one.
inline Value Machine::set_data(const std::vector<NamedValue>& set, std::vector<Entry> more) {
  if (!set.empty()) more.emplace_back("set", Value::context({set.begin(), set.end()}));
  if (!diagnostics.empty()) {
    std::vector<Value> texts;
    for (const Diagnostic& diagnostic : diagnostics) texts.push_back(Value::string(to_string(diagnostic)));
    more.emplace_back("diagnostics", Value::list(std::move(texts)));
    diagnostics.clear();
  }
  return more.empty() ? Value() : Value::context(std::move(more));
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
