// A large table allocates nothing when it is evaluated. Here, where allocations are counted.
#include "case_support.hpp"
#include "rules/allocations.hpp"

#include "aesop/table/compile.hpp"

#include <vector>

using namespace aesop;

TEST_CASE("table index: a table of 1,000 rows allocates nothing when it is evaluated", "[table]") {
  Scope scope;
  scope.add("code", TypeKind::string);
  scope.add("amount", TypeKind::number);
  TableModel model;
  model.inputs = {{"code", {}, {}}, {"amount", {}, {}}};
  model.outputs = {{"y", TypeKind::number, {}, {}, {}}};
  for (int i = 0; i < 1'000; ++i) {
    TableRule rule;
    rule.inputs = {TableCell::of_feel(cat("\"code ", i / 2, '"')),
                   TableCell::of_feel(i % 2 == 0 ? "< 500" : ">= 500")};
    rule.outputs = {TableCell::of_value(Value::number(i))};
    model.rules.push_back(std::move(rule));
  }
  Findings findings;
  const auto table = Table::compile(model, scope, findings);
  REQUIRE(table.ok());
  CHECK(table->has_index());
  const std::vector<Value> slots = {Value::string("code 321"), Value::number(500)};
  Evaluation evaluation;
  const long before = allocation_count();
  const Value result = table->evaluate(slots, evaluation);
  const long after = allocation_count();
  CHECK(after == before);
  CHECK(to_literal(result) == "643");
}
