// One compiled expression, one compiled table and one function value, evaluated by several threads at once (invariant (1) of
// expr.hpp and of table.hpp). ThreadSanitizer looks on where it is built in; what is asserted holds without it, too.
#include "catch.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/table/compile.hpp"
#include "aesop/value/print.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using namespace aesop;

namespace {

/// Runs the body in four threads, a hundred times in each; gives how many results were not `expected`.
template <class Body>
int wrong_of_four(const std::string& expected, Body body) {
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int k = 0; k < 100; ++k)
        if (to_literal(body()) != expected) ++wrong;
    });
  for (std::thread& thread : threads) thread.join();
  return wrong;
}

Evaluation with_ports() {
  Evaluation evaluation;
  evaluation.ports = &default_ports();
  return evaluation;
}

}  // namespace

TEST_CASE("threads: expressions are compiled by many at once, the first of a process among them",
          "[threads]") {
  Scope scope;
  scope.add("codes", *parse_type("list<string>"));
  const std::vector<Value> slots{Value::list({Value::string("b"), Value::string("a")})};
  const auto once = [&] {
    const auto expr = Expr::compile(
        "sort(codes, function(a, b) a < b)[matches(item, \"[ab]\")] = [\"a\", \"b\"] and "
        "string(date and time(\"2088-07-01T12:00:00@Europe/Paris\").time offset) = \"PT2H\"",
        scope);
    if (!expr) return Value::string(to_string(expr.error()));
    Evaluation evaluation = with_ports();
    return expr->evaluate(slots, evaluation);
  };
  CHECK(wrong_of_four("true", once) == 0);
}

TEST_CASE("threads: one compiled expression is evaluated by many at once", "[threads]") {
  Scope scope;
  scope.add("claims", *parse_type("list<context<code: string, amount: number, sent: date and time>>"));
  const auto rule = Expr::compile(
      "{total: sum(claims[matches(code, \"^D27\")].amount), keys: for c in claims return upper case(c.code), "
      "late: every c in claims satisfies c.sent < date and time(\"2026-03-29T02:30:00@Europe/Paris\"), "
      "f: function(n) if n = 0 then 1 else n * f(n - 1), f5: f(5)}.total + count(claims)",
      scope);
  REQUIRE(rule);
  std::vector<Value> claims;
  for (int i = 0; i < 20; ++i)
    claims.push_back(Value::context({{"code", Value::string(i % 2 ? "D2740" : "D0120")},
                                     {"amount", Value::number(*Decimal::parse("12345678901234567890.25"))},
                                     {"sent", Value::instant(*parse_instant("2026-01-12T09:30:00Z"))}}));
  const std::vector<Value> slots{Value::list(std::move(claims))};  // shared by all of them
  const auto once = [&] {
    Evaluation evaluation = with_ports();
    return rule->evaluate(slots, evaluation);
  };
  const std::string expected = to_literal(once());
  CHECK(expected == "123456789012345678922.5");
  CHECK(wrong_of_four(expected, once) == 0);
}

TEST_CASE("threads: one compiled table is evaluated by many at once", "[threads]") {
  Scope scope;
  scope.add("code", TypeKind::string);
  scope.add("amount", TypeKind::number);
  TableModel model;
  model.hit = HitPolicy::collect;
  model.inputs = {{"code", {}, {}}, {"amount", {}, {}}};
  model.outputs = {{"needed", TypeKind::string, {}, {}, {}}};
  for (int i = 0; i < 200; ++i)
    model.rules.push_back(
        {{TableCell::of_feel(i % 3 == 0 ? "\"D2740\", \"D2750\"" : cat("\"D", 2000 + i, '"')),
          TableCell::of_feel(cat("> ", i * 10))},
         {TableCell::of_feel(cat("code + \"-", i, '"'))}});
  Findings findings;
  const auto table = Table::compile(std::move(model), scope, findings);
  REQUIRE(table);
  const std::vector<Value> slots{Value::string("D2750"), Value::number(std::int64_t{55})};
  const auto once = [&] {
    Evaluation evaluation = with_ports();
    return table->evaluate(slots, evaluation);
  };
  CHECK(wrong_of_four("[\"D2750-0\", \"D2750-3\"]", once) == 0);
}

TEST_CASE("threads: a function value is called by many at once", "[threads]") {
  const auto made = Expr::compile("{k: [1, 2, 3], f: function(n) n + sum(k)}.f", Scope());
  REQUIRE(made);
  Evaluation evaluation = with_ports();
  const std::vector<Value> slots{made->evaluate({}, evaluation)};
  Scope scope;
  scope.add("f", TypeKind::any);
  const auto call = Expr::compile("for n in 1..10 return f(n)", scope);
  REQUIRE(call);
  const auto once = [&] {
    Evaluation mine = with_ports();
    return call->evaluate(slots, mine);
  };
  CHECK(wrong_of_four("[7, 8, 9, 10, 11, 12, 13, 14, 15, 16]", once) == 0);
}
