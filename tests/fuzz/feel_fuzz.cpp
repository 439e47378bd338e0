// Fuzz target: no text crashes the compiler of FEEL or what it compiles to, strict or lenient, as an expression or as unary
// tests, with zones, patterns and letters or without, and no evaluation outgrows its budget, however small. What
// compiled compiles again from the text it keeps, and gives the same.
#include "aesop/base/default_ports.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/value/print.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace aesop;

void demand(bool held) {
  if (!held) std::abort();
}

const Scope& scope() {
  static const auto* made = [] {
    auto* out = new Scope;
    out->add("claim",
             *parse_type("context<amount: number, paid amount: number, lines: list<context<code: string>>>"));
    out->add("a b", TypeKind::any);
    out->add("day", TypeKind::date);
    out->add("when", TypeKind::date_time);
    out->add("f", TypeKind::function);
    return out;
  }();
  return *made;
}

Value feel(std::string_view text) {
  Evaluation evaluation;
  return Expr::compile(text, Scope())->evaluate({}, evaluation);
}

const std::vector<Value>& slots() {
  static const auto* made = new std::vector<Value>{
      feel(R"({amount: 5, paid amount: 2, lines: [{code: "D2740"}, {code: null}]})"), Value::number(3),
      feel(R"(date("2026-03-29"))"), feel(R"(date and time("2026-03-29T02:30:00@Europe/Paris"))"),
      feel("function(a, b) a < b")};
  return *made;
}

Evaluation evaluation(bool ports, bool small) {
  Evaluation out;
  if (ports) out.ports = &default_ports();
  out.now = *parse_instant("2026-03-29T01:30:00Z");
  if (ports) out.zone = "America/New_York";
  out.budget.steps = 20'000;
  if (small) out.budget = {.steps = 60, .depth = 6, .list = 4, .string = 24};
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool lenient : {false, true}) {
    CompileOptions options;
    options.lenient = lenient;
    const auto expr = Expr::compile(text, scope(), options);
    const auto tests = Expr::compile_unary_tests(text, scope(), TypeKind::any, options);
    if (!expr) demand(!expr.error().message.empty() && expr.error().where.end <= size + 1);
    for (const auto& [ports, small] :
         {std::pair(true, false), std::pair(true, true), std::pair(false, false)}) {
      Evaluation how = evaluation(ports, small);
      if (expr) {
        const std::string value = to_string(expr->evaluate(slots(), how));
        const auto again = Expr::compile(expr->text(), scope(), options);
        demand(again.ok());
        Evaluation twice = evaluation(ports, small);
        demand(to_string(again->evaluate(slots(), twice)) == value &&
               twice.diagnostics.total() == how.diagnostics.total());
      }
      if (!tests) continue;
      for (const Value& input : slots()) {
        const Value passed = tests->test(input, slots(), how);
        demand(passed.is_null() || passed.is_boolean());
      }
    }
  }
  return 0;
}
