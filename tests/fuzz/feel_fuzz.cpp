// Fuzz target: no text crashes the compiler of FEEL or what it compiles to, and no evaluation outgrows its budget.
#include "aesop/base/default_ports.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/value/print.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace aesop;
  static const auto* scope = [] {
    auto* made = new Scope;
    made->add(
        "claim",
        *parse_type("context<amount: number, paid amount: number, lines: list<context<code: string>>>"));
    made->add("a b", TypeKind::any);
    return made;
  }();
  static const std::vector<Value> slots = {
      Value::context({{"amount", Value::number(5)},
                      {"paid amount", Value::number(2)},
                      {"lines", Value::list({Value::context({{"code", Value::string("D2740")}})})}}),
      Value::number(3)};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool lenient : {false, true}) {
    CompileOptions options;
    options.lenient = lenient;
    Evaluation evaluation;
    evaluation.ports = &default_ports();
    evaluation.budget.steps = 20'000;
    if (const auto expr = Expr::compile(text, *scope, options)) to_string(expr->evaluate(slots, evaluation));
    if (const auto tests = Expr::compile_unary_tests(text, *scope, TypeKind::any, options))
      tests->test(slots[1], slots, evaluation);
  }
  return 0;
}
