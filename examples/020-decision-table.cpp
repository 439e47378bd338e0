// A decision table: what does a parcel cost? Cells are FEEL tests an office manager can read. Headers only.
#include "aesop/table/compile.hpp"
#include "aesop/value/print.hpp"

#include <iostream>
#include <vector>

int main() {
  using Cell = aesop::TableCell;
  aesop::Scope scope;
  scope.add("weight", aesop::TypeKind::number);
  scope.add("country", aesop::TypeKind::string);

  aesop::TableModel model;
  model.hit = aesop::HitPolicy::first;
  model.inputs = {{.text = "weight"}, {.text = "country"}};
  model.outputs = {{.name = "price"}};
  const auto row = [&](const char* weight, const char* country, const char* price) {
    model.rules.push_back(
        {.inputs = {Cell::of_feel(weight), Cell::of_feel(country)}, .outputs = {Cell::of_feel(price)}});
  };
  row("<= 2", R"("DE")", "3.99");
  row("<= 2", "-", "7.99");
  row("(2..10]", "-", "7.99 + (weight - 2) * 1.50");

  aesop::Findings findings;
  const auto table = aesop::Table::compile(model, scope, findings);
  if (!table) {
    for (const aesop::Finding& finding : findings) std::cout << finding.message << "\n";
    return 1;
  }
  for (const auto& [weight, country] :
       {std::pair(1, "DE"), std::pair(1, "FR"), std::pair(4, "DE"), std::pair(40, "FR")}) {
    const std::vector<aesop::Value> values = {aesop::Value::number(weight), aesop::Value::string(country)};
    aesop::Evaluation evaluation;
    aesop::TableTrace trace;
    const aesop::Value price = table->evaluate(values, evaluation, &trace);
    std::cout << weight << " kg to " << country << ": " << to_string(price);
    if (!trace.matched.empty()) std::cout << " (rule " << trace.matched.front() + 1 << ")";
    std::cout << "\n";
  }
}
