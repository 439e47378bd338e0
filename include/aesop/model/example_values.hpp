// Values in the examples of rules: how they are read and written, and what the names of a rule are declared as. Part model,
// private to rule_examples.hpp and to the compiler of the SOP, which checks them by the same means.
#pragma once

#include "aesop/model/plan.hpp"
#include "aesop/model/plan_names.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/value/print.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// A literal, or what FEEL without names gives.
inline Value example_value(const ValueText& text, const Evaluation& how) {
  if (!text.feel) return text.literal;
  const auto expr = Expr::compile(text.text, Scope());
  Evaluation evaluation = how;
  return expr ? expr->evaluate({}, evaluation) : Value();
}

/// The declaration of a name that stands for data; nullptr for others.
inline const FieldDefinition* field_of_slot(const Plan& plan, const Slot& slot) {
  const Definition& file = plan.definition();
  const auto find = [&](const std::vector<FieldDefinition>& fields) -> const FieldDefinition* {
    for (const FieldDefinition& field : fields)
      if (field.name == slot.name) return &field;
    return nullptr;
  };
  switch (slot.kind) {
    case SlotKind::variable:
      return &file.data[slot.ref];
    case SlotKind::parameter:
      return &file.parameters[slot.ref].type;
    case SlotKind::form_field:
      return find(own_fields(*plan.steps()[slot.ref].definition));
    case SlotKind::instance_variable:
      return find(plan.steps()[slot.ref].definition->each->data);
    default:
      return nullptr;
  }
}

/// The type of a name's value; any where it is not declared.
inline Type type_of_slot(const Plan& plan, const Slot& slot) {
  if (const FieldDefinition* field = field_of_slot(plan, slot)) return type_of_field(*field);
  switch (slot.kind) {
    case SlotKind::step_result:
      return type_of_step(*plan.steps()[slot.ref].definition);
    case SlotKind::item: {
      const EachDefinition& each = *plan.steps()[slot.ref].definition->each;
      if (!each.of_event) return TypeKind::any;
      for (const EventDefinition& event : plan.definition().events)
        if (event.name.text == each.event.text) return type_of_event(&event);
      return TypeKind::any;
    }
    case SlotKind::run:
      return type_of_run();
    case SlotKind::index:
      return TypeKind::number;
    case SlotKind::rule: {
      const PlanRule& rule = plan.rules()[slot.ref];
      return rule.table ? rule.table->type() : rule.expr ? rule.expr->type() : Type(TypeKind::any);
    }
    default:
      return TypeKind::any;
  }
}

/// A value as JSON of an SOP file: plain where JSON has a form for it, else FEEL after "=".
inline Value written(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null:
    case ValueKind::boolean:
    case ValueKind::number:
      return value;
    case ValueKind::string:
      return value.as_string().starts_with('=') ? Value::string(cat('=', value.as_string())) : value;
    case ValueKind::list:
    case ValueKind::context: {
      bool plain = true;
      std::vector<Value> parts;
      if (value.is_list()) parts.assign(value.items().begin(), value.items().end());
      if (value.is_context())
        for (const Entry& entry : value.entries()) parts.push_back(entry.second);
      for (const Value& part : parts) plain = plain && written(part) == part;
      return plain ? value : Value::string(cat('=', to_literal(value)));
    }
    default:
      return Value::string(cat('=', to_literal(value)));
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
