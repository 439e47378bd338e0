// The compiler from Definition to Plan: literals that a declared type, `one_of`, `min` or `max` excludes, in comparisons
// and in cells. Part model, private to make_plan.hpp. It speaks only where a name stands alone on one side and a
// literal on the other; everything else may be meant.
#pragma once

#include "aesop/model/plan_maker.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// The comparison that says the same with its sides changed.
constexpr rules::Op turned(rules::Op op) {
  switch (op) {
    case rules::Op::less:
      return rules::Op::greater;
    case rules::Op::less_equal:
      return rules::Op::greater_equal;
    case rules::Op::greater:
      return rules::Op::less;
    case rules::Op::greater_equal:
      return rules::Op::less_equal;
    default:
      return op;
  }
}

/// Why no value of `field` stands in this relation to a literal; empty when some may.
inline std::string never_holds(const FieldDefinition& field, rules::Op op, const Value& literal) {
  using rules::Op;
  const auto order = [](const Value& a, const Value& b) { return compare(a, b, nullptr); };
  const std::string name = cat('"', field.name, '"');
  const auto shown = [](const Value& value) { return printable(to_literal(value), 60); };
  const auto below = [&] { return cat(name, " is at least ", shown(*field.min)); };
  const auto above = [&] { return cat(name, " is at most ", shown(*field.max)); };
  const std::optional<int> at_least = field.min ? order(literal, *field.min) : std::nullopt;
  const std::optional<int> at_most = field.max ? order(literal, *field.max) : std::nullopt;
  switch (op) {
    case Op::equal:
    case Op::not_equal:
      if (!field.one_of.empty()) {
        for (const Value& one : field.one_of)
          if (equal(one, literal, nullptr) == true) return {};
        return cat(shown(literal), " is none of the values of ", name);
      }
      if (at_least && *at_least < 0) return below();
      if (at_most && *at_most > 0) return above();
      return {};
    case Op::less:
      return at_least && *at_least <= 0 ? below() : std::string();
    case Op::less_equal:
      return at_least && *at_least < 0 ? below() : std::string();
    case Op::greater:
      return at_most && *at_most >= 0 ? above() : std::string();
    case Op::greater_equal:
      return at_most && *at_most > 0 ? above() : std::string();
    default:
      return {};
  }
}

/// The same of a range; of one that holds nothing whatever `field` is (which may be nullptr).
inline std::string never_inside(const FieldDefinition* field, const RangeValue& range) {
  using rules::Op;
  if (range.comparison) return {};
  const bool low = !range.low.is_null(), high = !range.high.is_null();
  const auto order = low && high ? compare(range.low, range.high, nullptr) : std::nullopt;
  if (order && (*order > 0 || (*order == 0 && !(range.low_closed && range.high_closed))))
    return "nothing lies in this range: it ends before it begins";
  if (!field) return {};
  std::string why;
  if (low) why = never_holds(*field, range.low_closed ? Op::greater_equal : Op::greater, range.low);
  if (why.empty() && high)
    why = never_holds(*field, range.high_closed ? Op::less_equal : Op::less, range.high);
  return why;
}

}  // namespace detail

/// The declaration behind a name or path that stands alone; nullptr when it is something else, or a list.
inline const FieldDefinition* PlanMaker::declared(const rules::Program& program, rules::NodeId id,
                                                  const std::vector<Slot>& slots, const Place& place) const {
  const rules::Node& node = program.nodes[id];
  const FieldDefinition* field = nullptr;
  if (node.op == rules::Op::slot) {
    const Slot& slot = slots[node.a];
    if (slot.kind == SlotKind::variable) field = &file_.data[slot.ref];
    if (slot.kind == SlotKind::parameter) field = &file_.parameters[slot.ref].type;
    if (slot.kind == SlotKind::form_field)
      field = find_field(detail::own_fields(*plan_->steps_[slot.ref].definition), slot.name);
    if (slot.kind == SlotKind::instance_variable)
      field = find_field(plan_->steps_[slot.ref].definition->each->data, slot.name);
    if (slot.kind == SlotKind::rule) {
      const RuleDefinition& rule = *plan_->rules_[slot.ref].definition;
      const bool list = rule.hit.text.starts_with("collect") || rule.hit.text.ends_with("order");
      if (rule.is_table && rule.outputs.size() == 1 && !list) field = &rule.outputs[0].type;
    }
  } else if (node.op == rules::Op::slot_path) {
    const Slot& slot = slots[node.a];
    const std::string& name = program.names[node.b];
    if (slot.kind == SlotKind::step_result) {
      field = find_field(detail::own_fields(*plan_->steps_[slot.ref].definition), name);
    } else if (slot.kind == SlotKind::event) {
      if (place.event) field = find_field(place.event->fields, name);
    } else if (slot.kind == SlotKind::item) {
      const EachDefinition& each = *plan_->steps_[slot.ref].definition->each;
      if (const EventDefinition* of = each.of_event ? event(each.event.text) : nullptr)
        field = find_field(of->fields, name);
    } else if (slot.kind == SlotKind::variable) {
      field = find_field(file_.data[slot.ref].fields, name);
      if (file_.data[slot.ref].kind == DataKind::list) field = nullptr;
    }
  }
  return field && field->kind != DataKind::list ? field : nullptr;
}

inline void PlanMaker::check_literal(const FieldDefinition* field, rules::Op op, const Value& literal,
                                     SourceRange where) {
  std::string why;
  if (literal.is_range()) {
    why = detail::never_inside(field, literal.as_range());
  } else if (literal.is_list()) {
    for (const Value& item : literal.items())
      if (why.empty() && field && !item.is_null()) why = detail::never_holds(*field, op, item);
  } else if (field && !literal.is_null()) {
    why = detail::never_holds(*field, op, literal);
  }
  if (why.empty()) return;
  // A rule is compiled once for each place that sees it differently.
  for (const Finding& known : *findings_)
    if (known.code == "bad-value" && known.where.begin == where.begin) return;
  std::string help = "the comparison always has the same result";
  if (field && !field->one_of.empty()) {
    std::vector<std::string> values;
    for (const Value& one : field->one_of) values.push_back(to_literal(one));
    const auto near = literal.is_string() ? did_you_mean(to_literal(literal), values) : std::nullopt;
    help = near ? cat("did you mean ", *near, "?") : cat("its values are ", join(values, ", "));
  }
  error("bad-value", std::move(why), where, std::move(help));
}

/// Unary tests of `field`, from node `id` down. `place_in_file` gives the place of a node.
template <class Where>
void PlanMaker::check_tests(const FieldDefinition* field, const rules::Program& program, rules::NodeId id,
                            const Where& place_in_file) {
  using rules::Op;
  const rules::Node& node = program.nodes[id];
  if (node.op == Op::tests) {
    for (std::uint32_t i = 0; i < node.n; ++i)
      check_tests(field, program, program.kids[node.a + i], place_in_file);
    return;
  }
  if (node.op == Op::test_not) return check_tests(field, program, node.a, place_in_file);
  Op op = Op::constant;
  if (node.op == Op::test_equal || node.op == Op::test_value) op = Op::equal;
  if (node.op == Op::test_not_equal) op = Op::not_equal;
  if (node.op == Op::test_less) op = Op::less;
  if (node.op == Op::test_less_equal) op = Op::less_equal;
  if (node.op == Op::test_greater) op = Op::greater;
  if (node.op == Op::test_greater_equal) op = Op::greater_equal;
  if (op == Op::constant || program.nodes[node.a].op != Op::constant) return;
  check_literal(field, op, program.constants[program.nodes[node.a].a], place_in_file(node));
}

/// Every comparison of an expression.
inline void PlanMaker::check_comparisons(const Place& place, const Expr& expr, const std::vector<Slot>& slots,
                                         SourceRange raw) {
  using rules::Op;
  const rules::Program& program = expr.program();
  const auto place_in_file = [&](const rules::Node& node) {
    return detail::part_of(*file_.source, raw, node.where.begin, node.where.end);
  };
  const auto literal = [&](rules::NodeId id) {
    const rules::Node& node = program.nodes[id];
    return node.op == Op::constant ? &program.constants[node.a] : nullptr;
  };
  for (const rules::Node& node : program.nodes) {
    if (node.op == Op::in) {
      check_tests(declared(program, node.a, slots, place), program, node.b, place_in_file);
    } else if (node.op == Op::between) {
      const FieldDefinition* field = declared(program, node.a, slots, place);
      const Value *low = literal(node.b), *high = literal(node.c);
      if (low && high)
        check_literal(field, Op::equal, Value::range({*low, *high, true, true}), place_in_file(node));
    } else if (node.op >= Op::equal && node.op <= Op::greater_equal) {
      if (const Value* right = literal(node.b)) {
        if (const FieldDefinition* field = declared(program, node.a, slots, place))
          check_literal(field, node.op, *right, place_in_file(node));
      } else if (const Value* left = literal(node.a)) {
        if (const FieldDefinition* field = declared(program, node.b, slots, place))
          check_literal(field, detail::turned(node.op), *left, place_in_file(node));
      }
    }
  }
}

/// What an expression gives for a field: every branch of its ifs that is a literal.
inline void PlanMaker::check_result(const FieldDefinition& field, const Expr& expr, SourceRange raw) {
  const rules::Program& program = expr.program();
  for (const rules::NodeId id : rules::results_of(program)) {
    const rules::Node& node = program.nodes[id];
    if (node.op != rules::Op::constant || program.constants[node.a].is_null()) continue;
    const auto fit = conform(program.constants[node.a], field);
    if (!fit)
      error("bad-value", fit.error().message,
            detail::part_of(*file_.source, raw, node.where.begin, node.where.end), fit.error().help);
  }
}

/// Every input cell of a table.
inline void PlanMaker::check_cells(const Place& place, const RuleDefinition& from, const Table& table,
                                   const std::vector<Slot>& slots) {
  for (std::size_t column = 0; column < from.inputs.size(); ++column) {
    const rules::Program& input = table.inputs()[column].program();
    const FieldDefinition* field = declared(input, input.root, slots, place);
    for (std::size_t row = 0; row < from.rows.size(); ++row) {
      const CellDefinition& cell = from.rows[row].cells[column];
      if (cell.kind == CellDefinition::Kind::literal) {
        check_literal(field, rules::Op::equal, cell.literal, cell.where);
      } else if (cell.kind == CellDefinition::Kind::list) {
        for (const CellDefinition& item : cell.items)
          check_literal(field, rules::Op::equal, item.literal, item.where);
      } else if (cell.kind == CellDefinition::Kind::feel) {
        const rules::Program& tests = table.cell(row, column).program();
        check_tests(field, tests, tests.root, [&](const rules::Node& node) {
          return detail::part_of(*file_.source, cell.where, node.where.begin, node.where.end);
        });
      }
    }
  }
}

}  // namespace v0
}  // namespace aesop
