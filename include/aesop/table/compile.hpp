// Compiling a decision table: the body of Table::compile, TableMaker. Part table.
#pragma once

#include "aesop/base/string_part.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/table/table.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

class TableMaker {
 public:
  TableMaker(TableModel model, const Scope& scope, Findings& findings, const CompileOptions& options)
      : scope_(scope),
        findings_(findings),
        options_(options),
        data_(new Table::Data{.model = std::move(model)}) {}

  Result<Table> make() {
    const std::size_t before = findings_.error_count();
    check_shape();
    if (findings_.error_count() == before) {
      inputs();
      for (const TableRule& rule : data_->model.rules) {
        for (std::size_t i = 0; i < rule.inputs.size(); ++i)
          data_->cells.push_back(input_cell(rule.inputs[i], i));
        output_cells(rule);
      }
      otherwise();
      finish();
    }
    if (findings_.error_count() > before)
      return Error{ErrorCode::unsound_definition,
                   cat("the table has ", findings_.error_count() - before, " errors"),
                   {},
                   data_->model.where,
                   {}};
    data_->model.source = nullptr;
    return Table(std::shared_ptr<const Table::Data>(std::move(data_)));
  }

 private:
  void check_shape() {
    const TableModel& model = data_->model;
    if (model.outputs.empty())
      findings_.error("bad-table", "a table without outputs decides nothing", model.where);
    for (const TableRule& rule : model.rules)
      if (rule.inputs.size() != model.inputs.size() || rule.outputs.size() != model.outputs.size())
        findings_.error("bad-table",
                        cat("this rule has ", rule.inputs.size(), " inputs and ", rule.outputs.size(),
                            " outputs, the table ", model.inputs.size(), " and ", model.outputs.size()),
                        rule.where);
    const HitPolicy hit = model.hit;
    if (hit == HitPolicy::priority || hit == HitPolicy::output_order) {
      bool ranked = false;
      for (const TableOutput& output : model.outputs) ranked = ranked || !output.allowed.empty();
      if (!ranked && !model.outputs.empty())
        findings_.error(
            "bad-table",
            cat("\"", to_string(hit), "\" needs the allowed values of an output, the most important first"),
            model.outputs[0].where, "give an output \"one_of\": [...]");
    }
    if (hit >= HitPolicy::collect_sum && hit <= HitPolicy::collect_max && model.outputs.size() > 1)
      findings_.error("bad-table", cat("\"", to_string(hit), "\" takes one output"), model.where);
  }

  void inputs() {
    for (const TableInput& input : data_->model.inputs) {
      auto expr = Expr::compile(input.text, scope_, options_);
      if (!expr) report(expr.error(), input.text, input.where, false);
      data_->inputs.push_back(expr ? expr.take() : Expr());
    }
  }

  detail::ReadyCell input_cell(const TableCell& cell, std::size_t column) {
    const Type& type = data_->inputs[column].type();
    switch (cell.kind) {
      case TableCell::Kind::any:
        break;
      case TableCell::Kind::feel: {
        auto expr = Expr::compile_unary_tests(cell.text, scope_, type, options_);
        if (expr) return detail::ready(expr.take());
        report(expr.error(), cell.text, cell.where, true);
        break;
      }
      case TableCell::Kind::literal:
      case TableCell::Kind::list: {
        // One text of literals and tests: a list is any of its elements.
        std::string text;
        bool good = tests_text(cell, type, text);
        if (good && text.empty()) text = "[]";
        if (!good) break;
        CompileOptions options = options_;
        options.max_text = std::max<std::uint32_t>(options.max_text, 64 * 1024);
        options.max_nodes = std::max<std::uint32_t>(options.max_nodes, 10'000);
        auto expr = Expr::compile_unary_tests(text, scope_, type, options);
        if (expr) return detail::ready(expr.take());
        findings_.error("bad-expression", expr.error().message, cell.where, expr.error().help);
        break;
      }
    }
    return detail::ready_any();
  }

  // Writes literals as FEEL and checks each element alone, so that its place can be told.
  bool tests_text(const TableCell& cell, const Type& input, std::string& out) {
    if (cell.kind == TableCell::Kind::list) {
      bool good = true;
      for (const TableCell& item : cell.items) good = tests_text(item, input, out) && good;
      return good;
    }
    std::string one = cell.kind == TableCell::Kind::feel      ? cell.text
                      : cell.kind == TableCell::Kind::literal ? to_literal(cell.literal)
                                                              : "-";
    if (cell.kind == TableCell::Kind::literal) {
      const Type given = cell.literal.is_list() ? type_of(cell.literal).element() : type_of(cell.literal);
      if (const auto problem = rules::never_comparable(rules::one_of(input), given)) {
        findings_.error("wrong-value-type", *problem, cell.where);
        return false;
      }
    } else if (auto expr = Expr::compile_unary_tests(one, scope_, input, options_); !expr) {
      report(expr.error(), one, cell.where, true);
      return false;
    }
    append(out, out.empty() ? "" : ", ", one);
    return true;
  }

  Expr output_cell(const TableCell& cell, const TableOutput& output) {
    if (cell.kind == TableCell::Kind::feel) {
      auto expr = Expr::compile(cell.text, scope_, options_);
      if (!expr) {
        report(expr.error(), cell.text, cell.where, true);
        return Expr();
      }
      if (!expr->type().is_any() && !conforms(expr->type(), output.type) &&
          !expr->type().is(TypeKind::list) && !options_.lenient)
        findings_.error("wrong-value-type",
                        cat("output \"", output.name, "\" is ", to_string(output.type), ", this is ",
                            to_string(expr->type())),
                        cell.where);
      else
        results(*expr, cell, output);
      return expr.take();
    }
    Value value = cell.literal;
    if (cell.kind == TableCell::Kind::list) {
      std::vector<Value> items;
      for (const TableCell& item : cell.items) items.push_back(item.literal);
      value = Value::list(std::move(items));
    }
    auto fit = coerce_text(value, output.type);
    if (!fit) {
      findings_.error("wrong-value-type",
                      cat("output \"", output.name, "\" is ", to_string(output.type), ", this is ",
                          to_string(type_of(value))),
                      cell.where);
      return Expr();
    }
    if (!output.allowed.empty() && !fit->is_null() &&
        std::find(output.allowed.begin(), output.allowed.end(), *fit) == output.allowed.end())
      findings_.error("bad-value",
                      cat(printable(to_literal(*fit), 60), " is not among the allowed values of output \"",
                          output.name, "\""),
                      cell.where);
    return Expr::constant_of(std::move(*fit));
  }

  // The literals an expression may give: each branch of its ifs.
  void results(const Expr& expr, const TableCell& cell, const TableOutput& output) {
    if (output.allowed.empty() || options_.lenient) return;
    const rules::Program& program = expr.program();
    for (const rules::NodeId id : rules::results_of(program)) {
      const rules::Node& node = program.nodes[id];
      if (node.op != rules::Op::constant) continue;
      const Value& value = program.constants[node.a];
      if (value.is_null() ||
          std::find(output.allowed.begin(), output.allowed.end(), value) != output.allowed.end())
        continue;
      findings_.error("bad-value",
                      cat(printable(to_literal(value), 60), " is not among the allowed values of output \"",
                          output.name, "\""),
                      inside(cell.where, cell.text, node.where));
    }
  }

  void output_cells(const TableRule& rule) {
    bool constant = true;
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < rule.outputs.size(); ++i) {
      Expr expr = output_cell(rule.outputs[i], data_->model.outputs[i]);
      const Value* value = expr.constant();
      if (value == nullptr || !conforms(*value, data_->model.outputs[i].type))
        constant = false;
      else
        entries.emplace_back(data_->model.outputs[i].name, *value);
      data_->outputs.push_back(std::move(expr));
    }
    if (!constant)
      data_->rows.emplace_back();
    else
      data_->rows.push_back(entries.size() == 1 ? entries[0].second : Value::context(std::move(entries)));
  }

  void otherwise() {
    std::size_t given = 0;
    for (const TableOutput& output : data_->model.outputs) given += output.otherwise.has_value();
    if (given == 0) return;
    for (const TableOutput& output : data_->model.outputs)
      data_->otherwise.push_back(output.otherwise ? output_cell(*output.otherwise, output) : Expr());
  }

  void finish() {
    const auto add = [this](const Expr& expr) {
      for (const std::uint32_t slot : expr.reads()) rules::add_slot(data_->reads, slot);
    };
    for (const Expr& expr : data_->inputs) add(expr);
    for (const detail::ReadyCell& cell : data_->cells) add(cell.expression);
    for (const Expr& expr : data_->outputs) add(expr);
    for (const Expr& expr : data_->otherwise) add(expr);

    const std::size_t columns = data_->inputs.size(), rules = data_->model.rules.size();
    data_->computed.assign(rules, false);
    for (std::size_t i = 0; i < data_->cells.size(); ++i)
      if (data_->cells[i].kind == detail::ReadyCell::Kind::expression) data_->computed[i / columns] = true;
    data_->index = detail::TableIndex(data_->cells, columns, rules);

    // An output of undeclared type has the type its cells agree on.
    std::vector<Type::Field> fields;
    const std::size_t width = data_->model.outputs.size();
    for (std::size_t i = 0; i < width; ++i) {
      Type type = data_->model.outputs[i].type;
      if (type.is_any() && !data_->model.rules.empty()) {
        type = data_->outputs[i].type();
        for (std::size_t rule = 1; rule < data_->model.rules.size(); ++rule)
          type = rules::common_type(type, data_->outputs[rule * width + i].type());
      }
      if (type.is(TypeKind::null)) type = TypeKind::any;
      fields.emplace_back(data_->model.outputs[i].name, std::move(type));
    }
    const HitPolicy policy = data_->model.hit;
    if (policy == HitPolicy::collect_sum && width == 1 && rules::is_scalar(fields[0].second) &&
        !fields[0].second.is(TypeKind::number))
      findings_.error("wrong-value-type",
                      cat("\"collect sum\" adds numbers, output \"", fields[0].first, "\" is ",
                          rules::a_type(fields[0].second)),
                      data_->model.outputs[0].where);
    Type row = width == 1 ? fields[0].second : Type::context_of(std::move(fields));
    const HitPolicy hit = data_->model.hit;
    if (hit == HitPolicy::collect_count || hit == HitPolicy::collect_sum)
      data_->type = TypeKind::number;
    else
      data_->type = gives_list(hit) ? Type::list_of(std::move(row)) : std::move(row);
  }

  // An error in the text of a cell, at its place in the file when the text stands there as it is.
  void report(const Error& error, const std::string& text, SourceRange cell, bool is_cell) {
    SourceRange where = inside(cell, text, error.where);
    std::string help = error.help;
    if (error.code == ErrorCode::unknown_name && is_cell && help.empty()) {
      const std::string_view word =
          std::string_view(text).substr(error.where.begin, error.where.end - error.where.begin);
      help = cat("a text is written in quotes: \\\"", printable(word, 60), "\\\"");
    }
    findings_.error(error.code == ErrorCode::unknown_name     ? "unknown-name"
                    : error.code == ErrorCode::type_mismatch  ? "wrong-value-type"
                    : error.code == ErrorCode::limit_exceeded ? "limit-exceeded"
                                                              : "bad-expression",
                    error.message, where, std::move(help));
  }

  // A part of the text of a cell.
  SourceRange inside(SourceRange cell, const std::string& text, SourceRange part) const {
    if (data_->model.source)
      return detail::part_of(*data_->model.source, cell, part.begin, std::max(part.end, part.begin + 1));
    SourceRange where = cell;
    if (cell.end - cell.begin == text.size()) {
      where.begin = cell.begin + std::min<std::uint32_t>(part.begin, static_cast<std::uint32_t>(text.size()));
      where.end = std::max(where.begin, cell.begin + std::min<std::uint32_t>(
                                                         part.end, static_cast<std::uint32_t>(text.size())));
    }
    return where;
  }

  const Scope& scope_;
  Findings& findings_;
  const CompileOptions& options_;
  std::shared_ptr<Table::Data> data_;
};

inline Result<Table> Table::compile(TableModel model, const Scope& scope, Findings& findings,
                                    const CompileOptions& options) {
  return TableMaker(std::move(model), scope, findings, options).make();
}

}  // namespace v0
}  // namespace aesop
