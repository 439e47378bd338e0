// Scopes, slots, types and diagnostics of the Expr door.
#include "rules/allocations.hpp"
#include "rules/case_support.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace aesop;

Expr compiled(std::string_view text, const Scope& scope) {
  auto expr = Expr::compile(text, scope);
  INFO(std::string(text));
  if (!expr) FAIL(to_string(expr.error()));
  return expr.take();
}

}  // namespace

TEST_CASE("rules: a slot is the index of its name, and an inner scope counts on", "[rules]") {
  Scope outer;
  CHECK(outer.add("a", TypeKind::number) == 0);
  CHECK(outer.add("b", TypeKind::number) == 1);
  CHECK(outer.add("a", TypeKind::string) == 0);
  Scope inner = Scope::inside(outer);
  CHECK(inner.add("b", TypeKind::string) == 2);
  CHECK(inner.add("c", TypeKind::number) == 3);
  CHECK(inner.find("a") == 0u);
  CHECK(inner.find("b") == 2u);
  CHECK(inner.size() == 4);
  CHECK(inner.name(1) == "b");
  CHECK_FALSE(inner.find("d").has_value());
  const std::vector<Value> slots = {Value::string("x"), Value::number(1), Value::string("y"),
                                    Value::number(2)};
  Evaluation evaluation;
  CHECK(compiled("a + b", inner).evaluate(slots, evaluation) == Value::string("xy"));
}

TEST_CASE("rules: reads() names the slots that are read, also from inside functions and filters", "[rules]") {
  Scope scope;
  for (const char* name : {"a", "b", "c", "d", "e"}) scope.add(name, TypeKind::any);
  const auto reads = [&scope](std::string_view text) {
    const Expr expr = compiled(text, scope);
    return std::vector<std::uint32_t>(expr.reads().begin(), expr.reads().end());
  };
  CHECK(reads("1 + 2").empty());
  CHECK(reads("e + a + e") == std::vector<std::uint32_t>{0, 4});
  CHECK(reads("for b in c return (function(x) x + d)(b)") == std::vector<std::uint32_t>{2, 3});
  CHECK(reads("c[item > d]") == std::vector<std::uint32_t>{2, 3});
}

TEST_CASE("rules: a slot that was not given, or erased, is null with a reason", "[rules]") {
  Scope scope;
  scope.add("a", TypeKind::number);
  const Expr expr = compiled("a + 1", scope);
  Evaluation evaluation;
  CHECK(expr.evaluate({}, evaluation).is_null());
  CHECK(evaluation.diagnostics.has(DiagnosticCode::wrong_type));
  const std::vector<Value> erased = {Value::erased()};
  for (const char* text : {"a + 1", "a > 1", "if a then 1 else 2", "a and true", "sum(a)"}) {
    Scope any;
    any.add("a", TypeKind::any);
    Evaluation again;
    CAPTURE(text);
    CHECK(compiled(text, any).evaluate(erased, again).is_null());
    CHECK(again.diagnostics.has(DiagnosticCode::erased_value));
  }
}

TEST_CASE("rules: the static type is known where it can be", "[rules]") {
  Scope scope;
  scope.add("claim", *parse_type("context<amount: number, lines: list<context<code: string, paid: number>>, "
                                 "submitted: date and time>"));
  const auto type = [&scope](std::string_view text) { return to_string(compiled(text, scope).type()); };
  CHECK(type("claim.amount * 2") == "number");
  CHECK(type("claim.amount > 2") == "boolean");
  CHECK(type("claim.lines.code") == "list<string>");
  CHECK(type("claim.lines[paid > 1]") == "list<context<code: string, paid: number>>");
  CHECK(type("claim.lines[1].paid") == "number");
  CHECK(type("claim.submitted + duration(\"P30D\")") == "date and time");
  CHECK(type("claim.submitted.year") == "number");
  CHECK(type("for l in claim.lines return l.paid") == "list<number>");
  CHECK(type("if claim.amount > 1 then \"a\" else \"b\"") == "string");
  CHECK(type("{a: 1, b: a}") == "context<a: number, b: number>");
  CHECK(type("if claim.amount > 1 then 1 else \"b\"") == "Any");
}

TEST_CASE("rules: at most so many diagnostics are kept, and all are counted", "[rules]") {
  Evaluation evaluation;
  compiled("for i in 1..100 return i / 0", Scope()).evaluate({}, evaluation);
  CHECK(evaluation.diagnostics.items().size() == 8);
  CHECK(evaluation.diagnostics.total() == 100);
  CHECK(evaluation.diagnostics.items()[0].where == SourceRange{23, 28});
}

TEST_CASE("rules: the common paths allocate nothing", "[rules]") {
  Scope scope;
  scope.add("claim",
            *parse_type("context<payer: string, code: string, amount: number, submitted: date and time>"));
  const std::vector<Value> slots = {
      cases::feel("{payer: \"a payer with a long name\", code: \"D2750\", amount: 1210.25, submitted: "
                  "@\"2026-01-12T09:30:00Z\"}")};
  for (const char* text :
       {"claim.amount > 500 and claim.payer = \"a payer with a long name\"",
        "claim.submitted + duration(\"P30D\") < now()", "date(claim.submitted) < date(\"2026-02-01\")",
        "claim.code in (\"D2740\", \"D2750\")", "claim.amount in [500..5000)",
        "if claim.amount * 1.1 > 1000 then claim.code else null",
        "claim.amount between 1 and 2000 and not(claim.payer = \"x\")",
        "some c in [\"D2740\", \"D2750\"] satisfies claim.code = c"}) {
    const Expr expr = compiled(text, scope);
    Evaluation evaluation = cases::evaluation();
    const long before = allocation_count();
    const Value value = expr.evaluate(slots, evaluation);
    const long after = allocation_count();
    CAPTURE(text);
    CHECK(after - before == 0);
    CHECK_FALSE(value.is_null());
  }
}

TEST_CASE("rules: threads evaluate one expression at once", "[rules]") {
  Scope scope;
  scope.add("n", TypeKind::number);
  const Expr expr =
      compiled("sum(for i in 1..n return if matches(string(i), \"^[0-9]+$\") then i else 0)", scope);
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&expr, &wrong, t] {
      for (int i = 0; i < 50; ++i) {
        Evaluation evaluation = cases::evaluation();
        const std::vector<Value> slots = {Value::number(10 + t)};
        if (!(expr.evaluate(slots, evaluation) == Value::number((10 + t) * (11 + t) / 2))) ++wrong;
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("rules: a host adds functions of its own", "[rules]") {
  const FunctionTable extra{
      {"hourly rate", "role", "number",
       [](const FunctionCall& call) -> Value {
         const auto* rates = static_cast<const std::vector<int>*>(call.evaluation.host);
         if (!call.args[0].is_string()) return call.fail(DiagnosticCode::bad_argument, "a role is a string");
         return Value::number((*rates)[call.args[0].as_string() == "biller" ? 0 : 1]);
       },
       false},
  };
  CompileOptions options;
  options.functions = &extra;
  const auto expr =
      Expr::compile("hourly rate(\"biller\") + hourly rate(role: \"dentist\")", Scope(), options);
  REQUIRE(expr.ok());
  const std::vector<int> rates = {30, 120};
  Evaluation evaluation;
  evaluation.host = &rates;
  CHECK(expr->evaluate({}, evaluation) == Value::number(150));
  const auto bad = Expr::compile("hourly rate(1)", Scope(), options);
  REQUIRE(bad.ok());
  CHECK(bad->evaluate({}, evaluation).is_null());
  CHECK(evaluation.diagnostics.items()[0].detail == "a role is a string");
}

TEST_CASE("rules: functions outlive the expression and the evaluation that made them", "[rules]") {
  Value function;
  {
    Evaluation evaluation;
    function = compiled("(function(n) function(x) x + n)(2)", Scope()).evaluate({}, evaluation);
  }
  REQUIRE(function.is_function());
  Scope scope;
  scope.add("f", TypeKind::function);
  const std::vector<Value> slots = {function};
  Evaluation evaluation;
  CHECK(compiled("f(40)", scope).evaluate(slots, evaluation) == Value::number(42));
}
