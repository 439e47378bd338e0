// Compile a FEEL expression once and evaluate it as often as you like. Headers only: nothing to link.
// A rule never throws: what cannot be computed is null, and a diagnostic says why.
#include "aesop/rules/compile.hpp"
#include "aesop/value/print.hpp"

#include <iostream>
#include <vector>

int main() {
  aesop::Scope scope;  // the names a rule may use, numbered in this order
  scope.add("weight", aesop::TypeKind::number);
  scope.add("country", aesop::TypeKind::string);

  const auto rule = aesop::Expr::compile(R"(if country in ("DE", "FR") then weight * 1.20 else null)", scope);
  if (!rule) {
    std::cout << to_string(rule.error()) << "\n";
    return 1;
  }
  for (const auto& [weight, country] : {std::pair(10, "DE"), std::pair(3, "US")}) {
    const std::vector<aesop::Value> values = {aesop::Value::number(weight), aesop::Value::string(country)};
    aesop::Evaluation evaluation;
    std::cout << country << ": " << to_string(rule->evaluate(values, evaluation)) << "\n";
  }

  // A slip is found when the rule is compiled, with its place and a proposal.
  const auto slip = aesop::Expr::compile("wieght > 5", scope);
  std::cout << slip.error().message << " (" << slip.error().help << ")\n";

  // Why is it null? Weight is not known here.
  const auto sum = aesop::Expr::compile("weight + 1", scope);
  aesop::Evaluation evaluation;
  std::cout << to_string(sum->evaluate(std::vector<aesop::Value>(2), evaluation)) << "\n";
  for (const aesop::Diagnostic& why : evaluation.diagnostics) std::cout << "  because " << why.detail << "\n";
}
