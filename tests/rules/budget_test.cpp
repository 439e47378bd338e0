// Hostile expressions: nothing hangs, nothing grows without bound, nothing crashes.
#include "rules/case_support.hpp"

#include "aesop/base/default_ports.hpp"

#include <string>
#include <vector>

namespace {

using namespace aesop;

struct Outcome {
  Value value;
  Diagnostics diagnostics;
};

Outcome run(const std::string& text, Budget budget = {}) {
  CompileOptions options;
  options.max_text = 64 * 1024;
  options.max_nodes = 20'000;
  const auto compiled = Expr::compile(text, Scope(), options);
  INFO(text.substr(0, 200));
  if (!compiled) FAIL(to_string(compiled.error()));
  Evaluation evaluation = cases::evaluation();
  evaluation.budget = budget;
  Value value = compiled->evaluate({}, evaluation);
  return {std::move(value), evaluation.diagnostics};
}

std::string times(std::string_view piece, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += piece;
  return out;
}

}  // namespace

TEST_CASE("rules: an evaluation that would not end is null with a budget diagnostic", "[rules]") {
  struct Row {
    const char* text;
    DiagnosticCode code;
  };
  const Row rows[] = {
      {"for i in 1..1000000000000 return i", DiagnosticCode::budget_size},
      {"some i in 1..1000000000000 satisfies i < 0", DiagnosticCode::budget_steps},
      {"every i in 1..1000000000, j in 1..1000000000 satisfies true", DiagnosticCode::budget_steps},
      {"count(for i in 1..1000, j in 1..1000 return 1)", DiagnosticCode::budget_size},
      {"{f: function(n) f(n + 1), r: f(1)}.r", DiagnosticCode::budget_depth},
      {"{f: function(n) if n = 0 then 0 else f(n - 1) + f(n - 1), r: f(40)}.r", DiagnosticCode::budget_steps},
      {"count(for i in 1..40 return if i = 1 then \"aaaaaaaa\" else partial[-1] + partial[-1])",
       DiagnosticCode::wrong_type},
      {"string(for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]])",
       DiagnosticCode::budget_steps},
      {"for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]",
       DiagnosticCode::budget_size},
      {"for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])",
       DiagnosticCode::budget_steps},
      {"for i in 1..9999 return [partial]", DiagnosticCode::budget_steps},
      {"flatten(for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]])",
       DiagnosticCode::budget_steps},
      {"sort(for i in 1..9999 return i, function(a, b) (some x in 1..100 satisfies x < 0) or a < b)",
       DiagnosticCode::budget_steps},
      {"distinct values(for i in 1..9999 return i)", DiagnosticCode::budget_steps},
      {"string(for i in 1..9999 return "
       "\"012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678"
       "9\")",
       DiagnosticCode::budget_size},
      {"{s: (for i in 1..13 return if i = 1 then \"aaaaaaaa\" else \"\" + string(partial[-1]) + "
       "string(partial[-1]))[-1], "
       "r: string(for i in 1..9999 return s)}.r",
       DiagnosticCode::budget_steps},
      {"{d: for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]], f: function(x: "
       "list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<list<number>>>>>>>>>>>>>>>"
       ">) 1, r: f(d[40])}.r",
       DiagnosticCode::budget_steps},
      {"9 ** 9999", DiagnosticCode::not_representable},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Outcome outcome = run(row.text);
    std::string all;
    for (const Diagnostic& one : outcome.diagnostics) all += to_string(one) + '\n';
    CAPTURE(all);
    CHECK(outcome.diagnostics.total() > 0);
    bool found = outcome.diagnostics.has(row.code) || outcome.diagnostics.has(DiagnosticCode::budget_size) ||
                 outcome.diagnostics.has(DiagnosticCode::budget_steps) ||
                 outcome.diagnostics.has(DiagnosticCode::budget_depth);
    CHECK(found);
  }
}

TEST_CASE("rules: values nested without end are stopped, and what there is is freed without a deep stack",
          "[rules]") {
  CHECK(run("for i in 1..300 return [partial[-1]]").diagnostics.has(DiagnosticCode::budget_depth));
  CHECK(run("for i in 1..300 return {a: partial[-1]}").diagnostics.has(DiagnosticCode::budget_depth));
  CHECK(run("for i in 1..300 return {f: function() i, g: partial[-1]}")
            .diagnostics.has(DiagnosticCode::budget_depth));
  CHECK(run("for i in 1..9000 return (function(x) function() x)(partial[-1])").diagnostics.total() > 0);
}

TEST_CASE("rules: the budget is for each evaluation anew and may be lowered", "[rules]") {
  const Outcome outcome = run("1 + 1", {.steps = 0, .depth = 10, .list = 10, .string = 10});
  CHECK(outcome.value == Value::number(2));  // folded when it was compiled
  CHECK(run("for i in 1..5 return i", {.steps = 100, .depth = 50, .list = 4, .string = 10})
            .diagnostics.has(DiagnosticCode::budget_size));
  CHECK(run("for i in 1..5 return i", {.steps = 3, .depth = 50, .list = 40, .string = 10})
            .diagnostics.has(DiagnosticCode::budget_steps));
  CHECK(run("(for s in [\"aaaaaa\"] return s + s)[1]", {.steps = 100, .depth = 50, .list = 40, .string = 10})
            .diagnostics.has(DiagnosticCode::budget_size));
}

TEST_CASE("rules: texts beyond the limits are refused", "[rules]") {
  const auto refused = [](const std::string& text, const CompileOptions& options = {}) {
    const auto compiled = Expr::compile(text, Scope(), options);
    return compiled.ok() ? std::string("compiled") : std::string(slug(compiled.error().code));
  };
  CHECK(refused(std::string(5'000, ' ') + "1") == "limit-exceeded");
  CHECK(refused(times("(", 100) + "1" + times(")", 100)) == "limit-exceeded");
  CHECK(refused(times("[", 100) + "1" + times("]", 100)) == "limit-exceeded");
  CHECK(refused(times("{a:", 100) + "1" + times("}", 100)) == "limit-exceeded");
  CHECK(refused(times("-", 1'000) + "1") == "limit-exceeded");
  CHECK(refused(times("if true then ", 100) + "1" + times(" else 2", 100)) == "limit-exceeded");
  CHECK(refused("a" + times(".a", 500)) != "compiled");
  CHECK(refused("1" + times("[1]", 500)) != "compiled");
  CHECK(refused("[" + times("1,", 1'500) + "1]") == "limit-exceeded");
  CHECK(refused("for a in 1..2" + times(", a in 1..2", 100) + " return a") == "limit-exceeded");
  CHECK(refused("1 instance of " + times("list<", 100) + "number" + times(">", 100)) == "limit-exceeded");
  CHECK(refused("\"\xff\"") == "bad-utf8");
  // A long row is no deep tree.
  CHECK(refused("1" + times(" + 1", 400)) == "compiled");
  CHECK(refused("true" + times(" and true", 300)) == "compiled");
}

TEST_CASE("rules: no text crashes the compiler or the evaluator", "[rules]") {
  // Random pieces of the language, random bytes, and good expressions with a hole in them. Seeded: the same every time.
  std::uint64_t state = 20260302;
  const auto random = [&state](std::uint64_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % below;
  };
  const std::vector<std::string> pieces = {"1",
                                           "2.5",
                                           "\"a\"",
                                           "@\"2026-03-02\"",
                                           "@\"P1D\"",
                                           "true",
                                           "null",
                                           "claim",
                                           ".amount",
                                           "[",
                                           "]",
                                           "(",
                                           ")",
                                           "{",
                                           "}",
                                           ",",
                                           ":",
                                           "..",
                                           ".",
                                           "+",
                                           "-",
                                           "*",
                                           "/",
                                           "**",
                                           "=",
                                           "!=",
                                           "<",
                                           "<=",
                                           ">",
                                           ">=",
                                           " and ",
                                           " or ",
                                           "not",
                                           " in ",
                                           " between ",
                                           "if ",
                                           " then ",
                                           " else ",
                                           "for ",
                                           "i",
                                           " return ",
                                           "some ",
                                           "every ",
                                           " satisfies ",
                                           "function",
                                           " instance of ",
                                           "list<number>",
                                           "item",
                                           "partial",
                                           "?",
                                           "count",
                                           "sum",
                                           "date and time",
                                           "sort",
                                           "matches",
                                           "a b",
                                           "\\",
                                           "\"",
                                           "@",
                                           "//",
                                           "/*",
                                           "\xc3\xa9",
                                           "\xff",
                                           " "};
  Scope scope;
  scope.add("claim",
            *parse_type("context<amount: number, lines: list<context<code: string, paid amount: number>>>"));
  scope.add("a b", TypeKind::any);
  const std::vector<Value> slots = {cases::feel("{amount: 5, lines: [{code: \"x\", paid amount: 1}]}"),
                                    Value::number(3)};
  const std::vector<std::string> good = {
      "for i in claim.lines return i.paid amount * 2",
      "claim.lines[code = \"x\"].paid amount[1]",
      "{f: function(n: number) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r",
      "some x in claim.lines satisfies x.code in (\"x\", \"y\")",
      "sort(claim.lines, function(a, b) a.paid amount < b.paid amount)[-1].code",
      "5 in [1..claim.amount) and a b between 1 and 4"};
  std::size_t compiled_count = 0;
  for (int round = 0; round < 6'000; ++round) {
    std::string text;
    if (round % 3 == 0) {
      text = good[random(good.size())];
      const std::size_t at = random(text.size());
      const std::uint64_t kind = random(3);
      if (kind == 0) text.erase(at, 1 + random(4));
      if (kind == 1) text.insert(at, pieces[random(pieces.size())]);
      if (kind == 2) text[at] = static_cast<char>(random(256));
    } else {
      const std::size_t length = 1 + random(14);
      for (std::size_t i = 0; i < length; ++i) text += pieces[random(pieces.size())];
    }
    for (const bool lenient : {false, true}) {
      CompileOptions options;
      options.lenient = lenient;
      Evaluation evaluation = cases::evaluation();
      evaluation.budget.steps = 5'000;
      if (const auto expr = Expr::compile(text, scope, options)) {
        ++compiled_count;
        const Value value = expr->evaluate(slots, evaluation);
        if (value.is_null()) continue;
        Evaluation again = cases::evaluation();
        again.budget.steps = 5'000;
        if (to_literal(expr->evaluate(slots, again)) != to_literal(value)) FAIL(text);
      } else if (expr.error().where.end > text.size() + 1 || expr.error().message.empty()) {
        FAIL(text);
      }
      if (const auto tests = Expr::compile_unary_tests(text, scope, TypeKind::any, options))
        tests->test(slots[1], slots, evaluation);
    }
  }
  CHECK(compiled_count > 500);
}

TEST_CASE(
    "a pattern that costs too much to match is evaluation_limit at the port, and null with a diagnostic in a "
    "rule",
    "[rules]") {
  const std::string text(40, 'a');
  const auto matched = default_ports().patterns->matches(text + "!", "^(a+)+$", "");
  REQUIRE_FALSE(matched.ok());
  CHECK(matched.error().code == ErrorCode::evaluation_limit);
}
