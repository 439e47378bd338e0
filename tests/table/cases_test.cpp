// The cases of tests/cases/table: hit policies and cells, written as in an SOP.
#include "rules/case_support.hpp"

#include "aesop/table/compile.hpp"

#include <string>
#include <utility>
#include <vector>

namespace {

using namespace aesop;
using cases::Json;

Value plain(const Json& json) {
  if (json.is_string()) return Value::string(json.get<std::string>());
  if (json.is_boolean()) return Value::boolean(json.get<bool>());
  if (json.is_number()) return Value::number(*Decimal::parse(json.dump()));
  if (json.is_array()) {
    std::vector<Value> items;
    for (const Json& item : json) items.push_back(plain(item));
    return Value::list(std::move(items));
  }
  return Value();
}

// "text" of an input cell is FEEL; of an output cell only "=text" is.
TableCell cell(const Json& json, bool input) {
  const bool text = json.is_string();
  const std::string word = text ? json.get<std::string>() : "";
  if (text && input) return word == "-" ? TableCell::of_any() : TableCell::of_feel(word);
  if (text && word.starts_with("==")) return TableCell::of_value(Value::string(word.substr(1)));
  if (text && word.starts_with("=")) return TableCell::of_feel(word.substr(1));
  if (input && json.is_array()) {
    TableCell list;
    list.kind = TableCell::Kind::list;
    for (const Json& item : json) list.items.push_back(TableCell::of_value(plain(item)));
    return list;
  }
  return TableCell::of_value(plain(json));
}

TableModel model(const Json& one) {
  TableModel out;
  out.hit = find_hit_policy(one["hit"].get<std::string>()).value();
  for (const Json& input : one["inputs"]) out.inputs.push_back({input.get<std::string>(), {}, {}});
  for (const Json& output : one["outputs"]) {
    TableOutput column;
    column.name = output.is_string() ? output.get<std::string>() : output["name"].get<std::string>();
    if (output.is_object()) column.type = parse_type(output["type"].get<std::string>()).value();
    if (output.is_object() && output.contains("one_of"))
      for (const Json& value : output["one_of"]) column.allowed.push_back(plain(value));
    out.outputs.push_back(std::move(column));
  }
  for (const Json& row : one["rows"]) {
    TableRule rule;
    for (std::size_t i = 0; i < row.size(); ++i)
      (i < out.inputs.size() ? rule.inputs : rule.outputs).push_back(cell(row[i], i < out.inputs.size()));
    out.rules.push_back(std::move(rule));
  }
  return out;
}

void run(const Json& one) {
  CAPTURE(one.dump());
  const TableModel table_model = model(one);
  Json names = one;
  if (one.contains("checks")) {
    names["context"] = one["checks"][0]["context"];
  } else {
    names["context"] = Json::object();
    for (const Json& name : one["context_names"]) names["context"][name.get<std::string>()] = "null";
  }
  const cases::Names scope(names);
  Findings findings;
  const auto table = Table::compile(table_model, scope.scope, findings);
  if (one.contains("findings")) {
    CHECK_FALSE(table.ok());
    std::vector<std::string> codes;
    for (const Finding& finding : findings) codes.push_back(finding.code);
    CHECK(codes == one["findings"].get<std::vector<std::string>>());
    if (one.contains("help"))
      CHECK(findings[0].help.find(one["help"].get<std::string>()) != std::string::npos);
    return;
  }
  std::string problems;
  for (const Finding& finding : findings) problems += finding.code + ": " + finding.message + '\n';
  CAPTURE(problems);
  REQUIRE(table.ok());
  for (const Json& check : one["checks"]) {
    CAPTURE(check.dump());
    Json with = one;
    with["context"] = check["context"];
    const cases::Names values(with);
    Evaluation evaluation = cases::evaluation();
    TableTrace trace;
    const Value result = table->evaluate(values.slots, evaluation, &trace);
    CHECK(to_literal(result) == to_literal(cases::feel(check["value"].get<std::string>())));
    const std::string first =
        evaluation.diagnostics.empty() ? "" : std::string(slug(evaluation.diagnostics.items()[0].code));
    CHECK(first == check.value("diagnostic", ""));
    if (check.contains("matched")) CHECK(trace.matched == check["matched"].get<std::vector<std::uint32_t>>());
  }
}

}  // namespace

TEST_CASE("table: every case of tests/cases/table gives what it says", "[table]") {
  const std::string file = GENERATE("policies", "cells");
  for (const Json& one : cases::read("table/" + file + ".json")) run(one);
}

TEST_CASE("table: a cell tested without the machine agrees with its expression", "[table]") {
  const std::vector<std::string> tests = {"\"a\", \"b\"",
                                          "not(\"a\")",
                                          "\"a\"",
                                          "5",
                                          "= 5",
                                          "5, 7",
                                          "> 5",
                                          ">= 5",
                                          "< 5",
                                          "<= 5",
                                          "[1..5]",
                                          "(1..5)",
                                          "[1..5)",
                                          "not(5)",
                                          "not(1, 5)",
                                          "true",
                                          "@\"2026-03-02\"",
                                          "< @\"2026-03-02\"",
                                          "[@\"2026-01-01\"..@\"2026-03-02\"]",
                                          "\"a\", 5",
                                          "[1, 5]",
                                          "@\"P1D\"",
                                          "null",
                                          "-",
                                          "!= 5",
                                          "[\"a\"..\"c\"]",
                                          "> @\"P1D\""};
  const std::vector<std::string> inputs = {"\"a\"",
                                           "\"b\"",
                                           "\"c\"",
                                           "5",
                                           "5.0",
                                           "1",
                                           "7",
                                           "6",
                                           "4.99",
                                           "null",
                                           "true",
                                           "false",
                                           "@\"2026-03-02\"",
                                           "@\"2026-03-01\"",
                                           "@\"P1D\"",
                                           "@\"PT24H\"",
                                           "[5]",
                                           "[\"a\"]",
                                           "@\"2026-03-02T00:00:00Z\"",
                                           "{a: 1}"};
  for (const std::string& text : tests) {
    const auto expr = Expr::compile_unary_tests(text, Scope(), TypeKind::any);
    REQUIRE(expr.ok());
    const detail::ReadyCell ready = detail::ready(*expr);
    for (const std::string& input : inputs) {
      CAPTURE(text, input);
      const Value value = cases::feel(input);
      Evaluation slow = cases::evaluation(), quick = cases::evaluation();
      std::uint32_t steps = 1'000;
      CHECK(detail::passes(ready, value, {}, quick, steps) == expr->test(value, {}, slow).is_true());
    }
  }
}

TEST_CASE("table: the budget is for the whole table", "[table]") {
  Scope scope;
  scope.add("n", TypeKind::number);
  TableModel endless;
  endless.hit = HitPolicy::first;
  endless.inputs = {{"n", {}, {}}};
  endless.outputs = {{"x", {}, {}, {}, {}}};
  for (int i = 0; i < 200; ++i) {
    TableRule rule;
    rule.inputs = {TableCell::of_feel("some i in 1..90000 satisfies i < ?")};
    rule.outputs = {TableCell::of_value(Value::number(1))};
    endless.rules.push_back(rule);
  }
  Findings findings;
  const auto table = Table::compile(endless, scope, findings);
  REQUIRE(table.ok());
  Evaluation evaluation = cases::evaluation();
  const std::vector<Value> slots = {Value::number(-1)};
  CHECK(table->evaluate(slots, evaluation).is_null());
  CHECK(evaluation.diagnostics.has(DiagnosticCode::budget_steps));
}

TEST_CASE("table: it reads the slots that its cells name", "[table]") {
  Scope scope;
  for (const char* name : {"a", "b", "c", "d"}) scope.add(name, TypeKind::any);
  TableModel small;
  small.inputs = {{"b", {}, {}}};
  small.outputs = {{"x", {}, {}, {}, {}}};
  small.rules = {{{TableCell::of_feel("> d")}, {TableCell::of_feel("a")}, {}}};
  Findings findings;
  const auto table = Table::compile(small, scope, findings);
  REQUIRE(table.ok());
  CHECK(std::vector<std::uint32_t>(table->reads().begin(), table->reads().end()) ==
        std::vector<std::uint32_t>{0, 1, 3});
}
