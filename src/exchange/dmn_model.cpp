// The rules of an SOP as a DMN model. Part exchange.
#include "aesop/exchange/dmn_model.hpp"

#include "aesop/base/text.hpp"
#include "aesop/model/definition.hpp"
#include "aesop/model/plan_values.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/table/model.hpp"
#include "aesop/value/print.hpp"

#include <map>
#include <set>

namespace aesop {
inline namespace v0 {
namespace {

std::string_view type_name(DataKind kind) {
  switch (kind) {
    case DataKind::string:
    case DataKind::span:
      return "string";
    case DataKind::number:
      return "number";
    case DataKind::boolean:
      return "boolean";
    case DataKind::date:
      return "date";
    case DataKind::time:
      return "time";
    case DataKind::date_time:
      return "dateTime";
    case DataKind::duration:
      return "dayTimeDuration";
    case DataKind::months:
      return "yearMonthDuration";
    default:
      return "";
  }
}

// "NCName": letters, digits and underscores.
std::string id_of(std::string_view prefix, std::string_view name) {
  std::string out(prefix);
  for (const char c : name) out += is_digit(c) || is_lower(to_lower(c)) ? c : '_';
  return out;
}

std::string joined_literals(const std::vector<Value>& values) {
  std::string out;
  for (const Value& value : values) append(out, out.empty() ? "" : ", ", to_literal(value));
  return out;
}

class Exporter {
 public:
  explicit Exporter(const Definition& definition) : definition_(definition) {}

  dmn::Model make() {
    model_.name = definition_.title.text.empty() ? definition_.sop.text : definition_.title.text;
    model_.space = cat("urn:aesop:sop:", definition_.sop.text, ':', definition_.version.text);
    model_.dmn = "1.3";
    for (const RuleDefinition& rule : definition_.rules) scope_.add(rule.name.text, TypeKind::any);
    for (const FieldDefinition& field : definition_.data) known(field);
    for (const ParameterDefinition& parameter : definition_.parameters) known(parameter.type);
    for (const RuleDefinition& rule : definition_.rules) decision(rule);
    return std::move(model_);
  }

 private:
  void known(const FieldDefinition& field) {
    if (scope_.find(field.name)) return;
    scope_.add(field.name, detail::type_of_field(field));
    fields_.emplace(field.name, &field);
  }

  // The typeRef of a field; what is not plain becomes an item definition.
  std::string type(const FieldDefinition& field, const std::string& stem) {
    const bool structured = field.kind == DataKind::context && !field.fields.empty();
    if (field.kind != DataKind::list && !structured && field.one_of.empty())
      return std::string(type_name(field.kind));
    const std::string name = cat("t_", stem);
    if (!types_.insert(name).second) return name;
    dmn::ItemDefinition item = this->item(field);
    item.name = name;
    model_.types.push_back(std::move(item));
    return name;
  }
  dmn::ItemDefinition item(const FieldDefinition& field) {
    dmn::ItemDefinition out;
    out.name = field.name;
    out.collection = field.kind == DataKind::list;
    out.type = type_name(out.collection ? field.element : field.kind);
    for (const FieldDefinition& one : field.fields) out.components.push_back(item(one));
    if (out.components.empty() && out.type.empty()) out.type = "Any";
    if (!field.one_of.empty()) out.allowed = dmn::Text{joined_literals(field.one_of), {}};
    return out;
  }

  // Every name a text needs is an input or a decision; unknown ones become inputs without a type.
  void need(const std::string& text, const Type* tested, dmn::Decision& decision) {
    for (int i = 0; i < 50; ++i) {
      const auto expr =
          tested ? Expr::compile_unary_tests(text, scope_, *tested) : Expr::compile(text, scope_);
      if (expr) {
        for (const std::uint32_t slot : expr->reads()) require(scope_.name(slot), decision);
        return;
      }
      if (expr.error().code != ErrorCode::unknown_name) return;
      const SourceRange where = expr.error().where;
      if (where.end > text.size() || where.begin >= where.end) return;
      const std::string name = text.substr(where.begin, where.end - where.begin);
      if (scope_.find(name)) return;
      scope_.add(name, TypeKind::any);
    }
  }
  void require(const std::string& name, dmn::Decision& decision) {
    bool is_rule = false;
    for (const RuleDefinition& rule : definition_.rules) is_rule = is_rule || rule.name.text == name;
    const std::string id = id_of(is_rule ? "decision_" : "input_", name);
    if (!is_rule && inputs_.insert(name).second) {
      dmn::InputData input;
      input.id = id;
      input.name = name;
      input.variable.name = name;
      if (const auto field = fields_.find(name); field != fields_.end())
        input.variable.type = type(*field->second, name);
      model_.inputs.push_back(std::move(input));
    }
    for (const dmn::Requirement& known : decision.requires_)
      if (known.href == '#' + id) return;
    decision.requires_.push_back({'#' + id, {}});
  }

  static std::string input_text(const CellDefinition& cell) {
    switch (cell.kind) {
      case CellDefinition::Kind::any:
        return "-";
      case CellDefinition::Kind::feel:
        return cell.text;
      case CellDefinition::Kind::literal:
        return to_literal(cell.literal);
      case CellDefinition::Kind::list:
        break;
    }
    std::string out;
    for (const CellDefinition& item : cell.items) append(out, out.empty() ? "" : ", ", input_text(item));
    return out.empty() ? "[]" : out;
  }
  static std::string output_text(const CellDefinition& cell, const Type& type) {
    if (cell.kind == CellDefinition::Kind::feel) return cell.text;
    Value value = cell.literal;
    if (cell.kind == CellDefinition::Kind::list) {
      std::vector<Value> items;
      for (const CellDefinition& item : cell.items) items.push_back(item.literal);
      value = Value::list(std::move(items));
    }
    if (auto fit = coerce_text(value, type)) value = std::move(*fit);
    return to_literal(value);
  }

  void decision(const RuleDefinition& rule) {
    dmn::Decision out;
    out.id = id_of("decision_", rule.name.text);
    out.name = rule.name.text;
    out.question = rule.title;
    out.variable.name = rule.name.text;
    if (!rule.is_table) {
      need(rule.feel.text, nullptr, out);
      out.expression.kind = dmn::Expression::Kind::literal;
      out.expression.text.text = rule.feel.text;
    } else {
      out.expression.kind = dmn::Expression::Kind::table;
      out.expression.id = cat("table_", id_of("", rule.name.text));
      out.expression.table = std::make_shared<const dmn::DecisionTable>(table(rule, out));
    }
    model_.decisions.push_back(std::move(out));
  }

  dmn::DecisionTable table(const RuleDefinition& rule, dmn::Decision& decision) {
    dmn::DecisionTable out;
    std::string hit = rule.hit.text.empty() ? "unique" : rule.hit.text;
    if (hit.starts_with("collect ")) {
      out.aggregation = hit.substr(8);
      hit.resize(7);
    }
    const auto upper = [](std::string& text) {
      for (char& c : text)
        if (is_lower(c)) c = static_cast<char>(c - 'a' + 'A');
    };
    upper(hit);
    upper(out.aggregation);
    out.hit = hit;
    std::vector<Type> tested;
    for (const ColumnDefinition& column : rule.inputs) {
      need(column.text.text, nullptr, decision);
      dmn::DecisionTable::Input input;
      input.expression.text = column.text.text;
      const auto expr = Expr::compile(column.text.text, scope_);
      tested.push_back(expr ? expr->type() : Type());
      if (const auto field = fields_.find(column.text.text); field != fields_.end())
        input.type = type_name(field->second->kind);
      out.inputs.push_back(std::move(input));
    }
    std::vector<Type> types;
    for (const ColumnDefinition& column : rule.outputs) {
      dmn::DecisionTable::Output output;
      output.name = column.text.text;
      output.type = type_name(column.type.kind);
      if (column.type.kind == DataKind::list)
        output.type = type(column.type, cat(rule.name.text, '_', column.text.text));
      if (!column.type.one_of.empty()) output.values = dmn::Text{joined_literals(column.type.one_of), {}};
      types.push_back(detail::type_of_field(column.type));
      out.outputs.push_back(std::move(output));
    }
    std::size_t number = 0;
    for (const RowDefinition& row : rule.rows) {
      dmn::DecisionTable::Rule one;
      one.id = cat(id_of("rule_", rule.name.text), '_', ++number);
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const CellDefinition& cell = row.cells[i];
        const bool is_input = i < rule.inputs.size();
        if (cell.kind == CellDefinition::Kind::feel)
          need(cell.text, is_input ? &tested[i] : nullptr, decision);
        if (is_input)
          one.inputs.push_back({input_text(cell), {}});
        else if (i - rule.inputs.size() < types.size())
          one.outputs.push_back({output_text(cell, types[i - rule.inputs.size()]), {}});
      }
      out.rules.push_back(std::move(one));
    }
    return out;
  }

  const Definition& definition_;
  dmn::Model model_;
  Scope scope_;
  std::map<std::string, const FieldDefinition*, std::less<>> fields_;
  std::set<std::string> inputs_, types_;
};

}  // namespace

dmn::Model dmn_model(const Definition& definition) { return Exporter(definition).make(); }

}  // namespace v0
}  // namespace aesop
