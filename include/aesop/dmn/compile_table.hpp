// Compiler, part: decision tables. Included by compile.hpp alone.
#pragma once

#include "aesop/dmn/compile.hpp"

namespace aesop {
inline namespace v0 {
namespace dmn {

/// The hit policy as DMN spells it: "RULE ORDER", and "SUM" of a collect.
inline std::optional<HitPolicy> hit_policy(std::string_view hit, std::string_view aggregation) {
  if (hit.empty() || hit == "UNIQUE") return HitPolicy::unique;
  if (hit == "FIRST") return HitPolicy::first;
  if (hit == "ANY") return HitPolicy::any;
  if (hit == "PRIORITY") return HitPolicy::priority;
  if (hit == "RULE ORDER") return HitPolicy::rule_order;
  if (hit == "OUTPUT ORDER") return HitPolicy::output_order;
  if (hit != "COLLECT") return std::nullopt;
  if (aggregation.empty()) return HitPolicy::collect;
  if (aggregation == "SUM") return HitPolicy::collect_sum;
  if (aggregation == "MIN") return HitPolicy::collect_min;
  if (aggregation == "MAX") return HitPolicy::collect_max;
  if (aggregation == "COUNT") return HitPolicy::collect_count;
  return std::nullopt;
}

// The values of a list of unary tests, when they are plain values.
// Of an input one range will do.
inline std::vector<Value> Compiler::values(std::uint32_t model, const Text& text, bool of_input) {
  if (trim(text.text).empty() || trim(text.text) == "-") return {};
  CompileOptions options = models_[model].options;
  options.lenient = true;
  auto expr = Expr::compile(cat('[', text.text, ']'), Scope(), options);
  if (!expr || expr->constant() == nullptr) return {};
  const auto items = expr->constant()->items();
  // A range allows more values than can be named.
  if (of_input && items.size() == 1 && items[0].is_range()) return {items[0]};
  for (const Value& item : items)
    if (item.is_range() || item.is_list() || item.is_context()) return {};
  return {items.begin(), items.end()};
}

inline TableModel Compiler::table_model(std::uint32_t model, const Expression& expression) {
  const DecisionTable& written = *expression.table;
  TableModel out;
  out.where = expression.where;
  if (const auto hit = hit_policy(written.hit, written.aggregation))
    out.hit = *hit;
  else
    problem(model, "bad-table",
            cat('"', printable(written.hit, 40), written.aggregation.empty() ? "" : " ",
                printable(written.aggregation, 40), "\" is no hit policy"),
            expression.where);
  for (const DecisionTable::Input& input : written.inputs) {
    TableInput one{input.expression.text, {}, input.expression.where};
    if (input.values) {
      one.allowed = values(model, *input.values, true);
    } else if (const auto known = allowed_.find(guard(model, input.type, input.expression.where));
               known != allowed_.end()) {
      one.allowed = values(model, known->second, true);
    }
    out.inputs.push_back(std::move(one));
  }
  const auto output_text = [](const Text& text) {
    if (trim(text.text).empty() || trim(text.text) == "-") return TableCell::of_value(Value(), text.where);
    return TableCell::of_feel(text.text, text.where);
  };
  for (std::size_t i = 0; i < written.outputs.size(); ++i) {
    const DecisionTable::Output& output = written.outputs[i];
    TableOutput one;
    one.name = output.name;
    one.where = output.where == SourceRange{} ? expression.where : output.where;
    // A table of one output may leave its type to the table.
    const std::string& type = output.type.empty() && written.outputs.size() == 1 && !gives_list(out.hit) &&
                                      out.hit != HitPolicy::collect_count
                                  ? expression.type
                                  : output.type;
    const std::uint32_t declared = guard(model, type, one.where);
    one.type = type_of_guard(declared);
    if (output.values) {
      one.allowed = values(model, *output.values, false);
    } else if (const auto known = allowed_.find(declared); known != allowed_.end()) {
      one.allowed = values(model, known->second, false);
    }
    if (output.otherwise) one.otherwise = output_text(*output.otherwise);
    out.outputs.push_back(std::move(one));
  }
  for (const DecisionTable::Rule& rule : written.rules) {
    TableRule one;
    one.where = rule.where;
    for (const Text& cell : rule.inputs) {
      const std::string_view text = trim(cell.text);
      one.inputs.push_back(text.empty() || text == "-" ? TableCell::of_any()
                                                       : TableCell::of_feel(cell.text, cell.where));
    }
    for (const Text& cell : rule.outputs) one.outputs.push_back(output_text(cell));
    out.rules.push_back(std::move(one));
  }
  return out;
}

// Lenient: an input cell that is no FEEL is never true, any other text null.
inline void Compiler::mend(std::uint32_t model, TableModel& table, const Scope& scope) {
  const CompileOptions& options = models_[model].options;
  std::vector<Type> types;
  for (TableInput& input : table.inputs) {
    auto expr = Expr::compile(input.text, scope, options);
    if (!expr) input.text = "null";
    types.push_back(expr ? expr->type() : Type(TypeKind::null));
  }
  const auto mend_output = [&](TableCell& cell) {
    if (cell.kind == TableCell::Kind::feel && !Expr::compile(cell.text, scope, options))
      cell = TableCell::of_value(Value(), cell.where);
  };
  for (TableRule& rule : table.rules) {
    rule.inputs.resize(table.inputs.size());
    rule.outputs.resize(table.outputs.size());
    for (std::size_t i = 0; i < rule.inputs.size(); ++i)
      if (rule.inputs[i].kind == TableCell::Kind::feel &&
          !Expr::compile_unary_tests(rule.inputs[i].text, scope, types[i], options))
        rule.inputs[i].text = "? != ?";
    for (TableCell& cell : rule.outputs) mend_output(cell);
  }
  for (TableOutput& output : table.outputs)
    if (output.otherwise) mend_output(*output.otherwise);
}

inline Compiler::Made Compiler::table(std::uint32_t model, const Expression& expression, const Scope& scope) {
  Node node;
  TableModel written = table_model(model, expression);
  Findings found;
  auto compiled = Table::compile(written, scope, found, models_[model].options);
  for (const Finding& one : found)
    add(model, one.severity == Severity::error && options_.lenient ? Severity::warning : one.severity,
        one.code, one.message, one.where, one.help);
  if (!compiled && options_.lenient) {
    mend(model, written, scope);
    Findings again;
    compiled = Table::compile(std::move(written), scope, again, models_[model].options);
  }
  Type type;
  if (compiled) {
    type = compiled->type();
    node.table = compiled.take();
  } else {
    node.problem = compiled.error().message;
    if (!found.empty()) node.problem = found[0].message;
  }
  return finish(std::move(node), std::move(type), expression, model);
}

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
