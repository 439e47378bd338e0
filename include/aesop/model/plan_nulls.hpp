// The compiler from Definition to Plan: conditions that may be null and divisions that may be by zero, as warnings. Part
// model, private to make_plan.hpp; what follows from what is rules/nullness.hpp's, what a name may be is found here.
// It speaks of what the SOP itself says may be missing: a field of a form or an event that nobody must fill in, and a
// variable that some condition of the SOP compares with null. A gate's "require", an event's own "if" and what is waited
// for are left alone: there null keeps things as they are, which is what is meant.
#pragma once

#include "aesop/model/plan_values.hpp"
#include "aesop/rules/nullness.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Remembers an expression for check_nulls, which runs when all are known.
inline void PlanMaker::look_at(const Place& place, const Expr& expr, const std::vector<Slot>& slots,
                               SourceRange raw, bool decides) {
  looked_.push_back({place, expr, slots, raw, decides, {}});
}

/// Variables that a condition of the SOP compares with null.
inline void PlanMaker::find_missing_variables() {
  for (const Looked& one : looked_) {
    const rules::Program& program = one.expr.program();
    const auto is_null = [&](rules::NodeId id) {
      const rules::Node& node = program.nodes[id];
      return node.op == rules::Op::constant && program.constants[node.a].is_null();
    };
    for (const rules::Node& node : program.nodes) {
      if (node.op != rules::Op::equal && node.op != rules::Op::not_equal) continue;
      if (!is_null(node.a) && !is_null(node.b)) continue;
      const rules::Node& other = program.nodes[is_null(node.a) ? node.b : node.a];
      if (other.op == rules::Op::slot) missing_.insert(one.slots[other.a].name);
    }
  }
}

/// Whether an event without this field has no consequence: its own "if" says `event.x != null`.
inline bool PlanMaker::filtered(const EventDefinition& event, std::string_view field) {
  for (const PlanEvent& made : plan_->events_) {
    if (made.definition != &event || !made.condition.feel) continue;
    const rules::Program& program = made.condition.feel->expr.program();
    rules::Facts facts(program);
    if (program.root != rules::none) facts.learn(program.root, true, false);
    for (std::size_t i = 0; i < made.condition.feel->slots.size(); ++i)
      if (made.condition.feel->slots[i].kind == SlotKind::event &&
          facts.knows(rules::Facts::Kind::something, cat('#', i, '.', field)))
        return true;
  }
  return false;
}

/// What is known of a name or of a path of one.
inline rules::NameKnown PlanMaker::known_of(const Looked& one, rules::NodeId id) {
  rules::NameKnown known;
  const rules::Program& program = one.expr.program();
  const rules::Node& node = program.nodes[id];
  const Slot& slot = one.slots[node.a];
  const FieldDefinition* field = declared(program, id, one.slots, one.place);
  if (field) {
    const auto sign = [](const std::optional<Value>& value) {
      return value && value->is_number() ? value->as_decimal().sign() : 0;
    };
    known.text = field->kind == DataKind::string;
    known.at_least_zero = field->min && field->min->is_number() && sign(field->min) >= 0;
    known.positive = sign(field->min) > 0;
    known.nonzero = known.positive || sign(field->max) < 0;
    if (!field->one_of.empty()) {
      bool zero = false;
      for (const Value& value : field->one_of)
        zero = zero || !value.is_number() || value.as_decimal().is_zero();
      known.nonzero = known.nonzero || !zero;
    }
    const bool optional = field->required.kind == ConditionText::Kind::literal && !field->required.literal &&
                          !field->default_value;
    switch (slot.kind) {
      case SlotKind::form_field:
      case SlotKind::step_result: {
        const StepDefinition& step = *plan_->steps_[slot.ref].definition;
        known.may_be_null = optional && step.kind != StepKind::approval;
        break;
      }
      case SlotKind::event:
        known.may_be_null = optional && one.place.event && !filtered(*one.place.event, field->name);
        break;
      case SlotKind::item: {
        const EachDefinition& each = *plan_->steps_[slot.ref].definition->each;
        const EventDefinition* of = each.of_event ? event(each.event.text) : nullptr;
        known.may_be_null = optional && of && !filtered(*of, field->name);
        break;
      }
      case SlotKind::variable:
      case SlotKind::instance_variable:
        known.may_be_null =
            node.op == rules::Op::slot && !field->default_value && missing_.count(slot.name) > 0;
        break;
      case SlotKind::parameter: {
        // One that nobody may change is the constant it was given.
        const ParameterDefinition& parameter = file_.parameters[slot.ref];
        const auto& value = parameter.type.default_value;
        if (parameter.override_level == OverrideLevel::none && value && value->literal.is_number())
          known.nonzero = known.nonzero || !value->literal.as_decimal().is_zero();
        if (parameter.override_level == OverrideLevel::none && value && value->literal.is_number())
          known.positive = known.positive || value->literal.as_decimal().sign() > 0;
        break;
      }
      default:
        break;
    }
  }
  if (slot.kind == SlotKind::rule && node.op == rules::Op::slot)
    known.may_be_null = rule_gives_null(slot.ref);
  return known;
}

/// Whether a rule of one expression may give null. A rule that is a condition is spoken of where it stands.
inline bool PlanMaker::rule_gives_null(std::uint32_t ref) {
  const auto [known, fresh] = rule_nulls_.emplace(ref, false);
  if (!fresh) return known->second;
  const PlanRule& rule = plan_->rules_[ref];
  if (!rule.expr || rule.expr->type().is(TypeKind::boolean)) return false;
  for (const Looked& one : looked_) {
    if (one.raw.begin != rule.definition->feel.where.begin || one.slots.size() != rule.slots.size()) continue;
    bool null = rules::NullFinder(one.expr.program(), [&](rules::NodeId id) {
                  return known_of(one, id);
                }).gives_null();
    rule_nulls_[ref] = null;
    return null;
  }
  return false;
}

inline void PlanMaker::check_nulls() {
  const auto names_of_slots = [](const std::vector<Slot>& slots) {
    std::vector<std::string> names;
    for (const Slot& slot : slots) names.push_back(slot.name);
    return names;
  };
  find_missing_variables();
  std::set<std::pair<std::uint32_t, bool>>
      told;  // a rule is compiled once for each place that sees it differently
  for (const Looked& one : looked_) {
    const rules::Program& program = one.expr.program();
    const auto known = [&](rules::NodeId id) { return known_of(one, id); };
    rules::NullFinder finder(program, known, names_of_slots(one.slots));
    for (const std::size_t before : one.earlier) {
      const rules::Program& other = looked_[before].expr.program();
      rules::Facts facts(other, names_of_slots(looked_[before].slots));
      if (other.root != rules::none) facts.learn(other.root, false, true);
      finder.assume(facts);
    }
    for (const rules::MayBeNull& found : finder.find(one.decides)) {
      const auto text = [&](rules::NodeId id) {
        const SourceRange where = program.nodes[id].where;
        return printable(std::string_view(program.text).substr(where.begin, where.end - where.begin), 60);
      };
      const SourceRange at = program.nodes[found.at].where;
      const SourceRange where = detail::part_of(*file_.source, one.raw, at.begin, at.end);
      const bool division = found.kind == rules::MayBeNull::Kind::division;
      if (!told.emplace(where.begin, division).second) continue;
      const std::string what = text(found.what), whole = text(found.at);
      std::string message, help;
      switch (found.kind) {
        case rules::MayBeNull::Kind::division:
          findings_->warning(
              "may-divide-by-zero", cat(what, " may be zero, and then the result is null"), where,
              cat("say what holds then: if ", what, " = 0 then ... else ...; or declare its \"min\""));
          continue;
        case rules::MayBeNull::Kind::name:
          message = cat(what, " may be null, and then this does not hold");
          help = found.at == found.what
                     ? cat("null is neither true nor false: ", what, " != true")
                     : cat("say what holds then: ", what, " != null and ..., or ", what, " = null or ...");
          break;
        case rules::MayBeNull::Kind::entry:
          message = cat(what, " may not be there, and then this does not hold");
          help = "ask count(...) first, or compare with null: x != null and ...";
          break;
        case rules::MayBeNull::Kind::empty_list:
          message = cat(what, " of an empty list is null, and then this does not hold");
          help = "say what holds then: count(...) > 0 and ...";
          break;
        case rules::MayBeNull::Kind::not_read:
          message = cat(what, " is null when the text is not so written, and then this does not hold");
          help = cat("say what holds then: ", what, " != null and ...");
          break;
      }
      findings_->warning("may-be-null", std::move(message), where, std::move(help));
    }
  }
}

}  // namespace v0
}  // namespace aesop
