// Decision tables in nanoseconds; expressions are in expressions.cpp.
#include "bench/bench.hpp"

#include "aesop/rules/compile.hpp"
#include "aesop/table/compile.hpp"

#include <string>
#include <vector>

namespace aesop_bench {

using namespace aesop;

namespace {

Type claim_type() {
  return *parse_type(
      "context<payer: string, code: string, amount: number, submitted: date and time, status: string>");
}

Value claim() {
  return Value::context({{"payer", Value::string("acme")},
                         {"code", Value::string("D2750")},
                         {"amount", Value::number(*Decimal::parse("1210.25"))},
                         {"submitted", Value::instant(*parse_instant("2026-01-12T09:30:00Z"))},
                         {"status", Value::string("open")}});
}

TableModel attachments() {
  TableModel model;
  model.hit = HitPolicy::unique;
  model.inputs = {{"claim.code", {}, {}}, {"claim.amount", {}, {}}, {"claim.status", {}, {}}};
  model.outputs = {{"needed", TypeKind::string, {}, {}, {}}};
  for (int i = 0; i < 20; ++i) {
    TableRule rule;
    rule.inputs = {TableCell::of_feel(cat("\"D2", 731 + i, "\", \"D5", 100 + i, '"')),
                   TableCell::of_feel(i % 2 == 0 ? "> 500" : "[0..5000)"),
                   TableCell::of_feel("not(\"closed\")")};
    rule.outputs = {TableCell::of_value(Value::string(i % 3 == 0 ? "radiograph" : "narrative"))};
    model.rules.push_back(std::move(rule));
  }
  return model;
}

}  // namespace

void bench_rules() {
  section("Tables");
  Scope scope;
  scope.add("claim", claim_type());
  Findings findings;
  const auto table = Table::compile(attachments(), scope, findings);
  if (!table) {
    row("20-rule table", to_string(table.error()), {}, "<= 1000 ns", false);
    return;
  }
  const std::vector<Value> slots{claim()};
  Evaluation evaluation;
  const double ns = nanoseconds([&] { keep(table->evaluate(slots, evaluation)); });
  row("20-rule table, 3 inputs, unique", figure(ns) + " ns", {}, "<= 1000 ns", ns <= 1000);
}

const int rules_registered = add("rules", &bench_rules);

}  // namespace aesop_bench
