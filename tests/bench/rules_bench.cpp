// Rules in nanoseconds: a simple rule, a rule with dates, a table of 20 rules, and what compiling them costs.
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

void expression(std::string_view what, std::string_view text, std::string_view goal, double most) {
  Scope scope;
  scope.add("claim", claim_type());
  const auto rule = Expr::compile(text, scope);
  if (!rule) {
    row(what, to_string(rule.error()), {}, goal, false);
    return;
  }
  const std::vector<Value> slots{claim()};
  Evaluation evaluation;
  evaluation.now = *parse_instant("2026-03-02T14:00:00Z");
  const double ns = nanoseconds([&] { keep(rule->evaluate(slots, evaluation)); });
  row(what, figure(ns) + " ns", {}, goal, ns <= most);
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
  section("Rules");
  expression("simple rule", "claim.amount > 500 and claim.payer = \"acme\"", "<= 250 ns", 250);
  expression("date rule", "claim.submitted + duration(\"P30D\") < now()", "<= 1000 ns", 1000);
  expression("date rule, with a date",
             "date(claim.submitted) < date(\"2026-02-01\") and claim.submitted.year = 2026", "<= 1000 ns",
             1000);
  expression("list rule", "some c in [\"D2740\", \"D2750\"] satisfies claim.code = c", {}, 1e9);

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

  const double compiling =
      nanoseconds([&] { keep(Expr::compile("claim.amount > 500 and claim.payer = \"acme\"", scope).ok()); });
  row("compiling the simple rule", figure(compiling / 1000) + " us");
}

const int rules_registered = add("rules", &bench_rules);

}  // namespace aesop_bench
