// A table with an index gives what a look at every rule gives: results, traces, diagnostics and what is left of the budget.
#include "table/random_tables.hpp"

namespace {

using namespace tables;

struct Outcome {
  std::string result;
  std::vector<std::uint32_t> matched;
  std::vector<std::string> diagnostics;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome outcome(const Table& table, const std::vector<Value>& inputs, const std::vector<Value>& slots,
                std::uint32_t steps) {
  Evaluation evaluation = cases::evaluation();
  evaluation.budget.steps = steps;
  TableTrace trace;
  Outcome out;
  out.result = to_literal(table.decide(inputs, slots, evaluation, &trace));
  out.matched = std::move(trace.matched);
  for (const Diagnostic& one : evaluation.diagnostics)
    out.diagnostics.push_back(cat(slug(one.code), ' ', one.detail));
  return out;
}

// A table of up to 150 rows, some of whose cells and outputs are computed.
Random large(Tape& tape) {
  Random random(tape, 150);
  for (TableRule& rule : random.model.rules) {
    if (tape.choose(8) == 7)
      rule.inputs[tape.choose(static_cast<std::uint32_t>(rule.inputs.size()))] =
          TableCell::of_feel(tape.choose(2) == 0 ? "? = limit" : "count([?, limit]) > limit");
    if (tape.choose(8) == 7) rule.outputs[0] = TableCell::of_feel("limit + 1");
  }
  random.scope.add("limit", TypeKind::any);
  return random;
}

}  // namespace

TEST_CASE("table index: results, traces, diagnostics and budgets are those of a look at every rule",
          "[table]") {
  std::size_t indexed = 0;
  for_random_tapes(
      "index against scan",
      [&](Tape tape) {
        const Random random = large(tape);
        const Table table = random.compile(), scan = table.without_index();
        indexed += table.has_index();
        const std::uint32_t steps[] = {100'000, 40, 7, 1};
        CAPTURE(random.text());
        std::vector<Value> slots(random.pools.size());
        slots.push_back(Value::number(static_cast<int>(tape.choose(20))));
        // Values of the kinds of the columns, and others now and then: lists, contexts, other kinds.
        const std::vector<std::string> odd = {
            "[1]", "{a: 1}", "true", "\"a\"", "7", "@\"2026-01-01T00:00:00Z\"", "@\"P1D\""};
        random.each_input([&](std::vector<Value> inputs) {
          const std::uint32_t budget = steps[tape.choose(4)];
          CHECK(outcome(table, inputs, slots, budget) == outcome(scan, inputs, slots, budget));
        });
        for (const std::string& text : odd) {
          std::vector<Value> inputs(random.pools.size(), cases::feel(text));
          CAPTURE(text);
          CHECK(outcome(table, inputs, slots, 100'000) == outcome(scan, inputs, slots, 100'000));
        }
      },
      150);
  CHECK(indexed > 50);
}
