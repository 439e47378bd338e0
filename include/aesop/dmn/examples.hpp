// The examples a model carries for its decisions, run: test_examples. Part dmn. Pure: no clock, no files; safe from any thread.
//   auto test = test_examples(*model, *dmn, how);
//   test.failed, test.coverage(), test.decisions[i].examples, test.decisions[i].row_hit
#pragma once

#include "aesop/base/civil_text.hpp"
#include "aesop/dmn/ask.hpp"
#include "aesop/rules/with_feel.hpp"
#include "aesop/table/probe.hpp"
#include "aesop/value/json_read.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// One example as it came out.
struct DmnExampleResult {
  const dmn::Example* example = nullptr;  ///< of the model
  bool passed = false;
  Value expected = {};
  Value actual = {};
  std::vector<std::uint32_t> rows = {};  ///< of a decision that is a table: rows that matched, from 0
  std::string why = {};  ///< why it cannot be asked, or why the result is null; empty otherwise
};

struct DmnDecisionTest {
  const dmn::Decision* decision = nullptr;
  const Table* table = nullptr;  ///< when the decision is one; of the compiled model
  std::vector<DmnExampleResult> examples = {};
  std::vector<bool> row_hit =
      {};  ///< of a table: by row, by an example of this decision or of one that rests on it

  std::size_t rows_hit() const {
    std::size_t count = 0;
    for (const bool hit : row_hit) count += hit;
    return count;
  }
};

struct DmnTest {
  std::vector<DmnDecisionTest> decisions = {};  ///< every decision of the model, in its order
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t rows = 0;
  std::size_t rows_hit = 0;

  /// Rows of tables that an example hits, in percent, rounded down: 100 only when none is left. 100 without tables.
  std::size_t coverage() const { return rows == 0 ? 100 : rows_hit * 100 / rows; }
};

namespace dmn {

inline DmnExampleResult run_example(const Dmn& compiled, const Decision& decision, const Example& example,
                                    const Type& type, Evaluation how, std::vector<DmnTrace::Step>& steps) {
  DmnExampleResult out;
  out.example = &example;
  const auto value_of = [&](std::string_view what, const std::string& text, Value& into) {
    auto read = read_json(text);
    auto valued = read ? with_feel(*read, how) : std::move(read);
    if (valued)
      into = valued.take();
    else
      out.why = cat(what, ": ", valued.error().message);
    return out.why.empty();
  };
  Value given;
  if (!example.at.empty()) {
    const auto at = parse_instant(example.at);
    if (!at) {
      out.why = "at is not a time like 2026-01-31T09:30:00Z";
      return out;
    }
    how.now = *at;
  }
  if (!value_of("given", example.given.empty() ? "{}" : example.given, given) ||
      !value_of("expect", example.expect, out.expected))
    return out;
  if (!given.is_context()) {
    out.why = "given is not a JSON object";
    return out;
  }
  out.expected = from_text(out.expected, type);
  auto answer = ask(compiled, DmnKind::decision, decision.name, given, how);
  if (!answer) {
    out.why = answer.error().message;
    return out;
  }
  out.actual = std::move(answer->value);
  out.passed = out.actual == out.expected;
  if (out.actual.is_null() && !answer->diagnostics.empty()) out.why = answer->diagnostics[0];
  steps = std::move(answer->steps);
  return out;
}

}  // namespace dmn

/// Runs every example of the model's decisions; `compiled` is made of `model`, and both outlive the result. `how` says what
/// now() is and has zones and patterns. An example that cannot be asked has failed, and says why.
inline DmnTest test_examples(const dmn::Model& model, const Dmn& compiled, const Evaluation& how) {
  DmnTest out;
  const dmn::Graph& graph = compiled.graph();
  for (const dmn::Decision& decision : model.decisions) {
    DmnDecisionTest test;
    test.decision = &decision;
    const dmn::Element* element = graph.find(dmn::Element::Kind::decision, decision.name);
    if (element != nullptr && element->body != dmn::nowhere && graph.nodes[element->body].table) {
      test.table = &*graph.nodes[element->body].table;
      test.row_hit.resize(test.table->model().rules.size());
    }
    out.decisions.push_back(std::move(test));
  }
  for (DmnDecisionTest& test : out.decisions) {
    const dmn::Element* element = graph.find(dmn::Element::Kind::decision, test.decision->name);
    for (const dmn::Example& example : test.decision->examples) {
      std::vector<DmnTrace::Step> steps;
      DmnExampleResult result =
          dmn::run_example(compiled, *test.decision, example, element ? element->type : Type(), how, steps);
      for (const DmnTrace::Step& step : steps)
        for (DmnDecisionTest& other : out.decisions) {
          if (other.table == nullptr || other.decision->name != step.element || step.matched.empty())
            continue;
          // Its own table ends last: those of functions it calls are before it.
          const std::vector<std::uint32_t>& rows = step.matched.back();
          if (&other == &test && step.depth == 0) result.rows = rows;
          for (std::uint32_t row = 0; row < other.row_hit.size(); ++row)
            if (hits({{}, {}, rows}, row, other.table->model().hit)) other.row_hit[row] = true;
        }
      ++(result.passed ? out.passed : out.failed);
      test.examples.push_back(std::move(result));
    }
  }
  for (const DmnDecisionTest& test : out.decisions) {
    out.rows += test.row_hit.size();
    out.rows_hit += test.rows_hit();
  }
  return out;
}

}  // namespace v0
}  // namespace aesop
