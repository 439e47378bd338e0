// Test cases for a model, as the conformance suite of DMN writes them: dmn::TestFile, and how a result is compared with what
// is expected. Part dmn. Plain data.
#pragma once

#include "aesop/dmn/dmn.hpp"
#include "aesop/value/print.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace dmn {

struct TestResult {
  std::string name = {};
  std::string space = {};
  Value expected = {};
  bool is_error = false;  ///< errorResult: null, since the model goes wrong
};

struct TestCase {
  std::string id = {};
  std::string description = {};
  std::string type = {};       ///< "decision" (or empty), "decisionService", "bkm"
  std::string invocable = {};  ///< the service or knowledge model
  std::vector<DmnInput> inputs = {};
  std::vector<TestResult> results = {};
};

struct TestFile {
  std::string model = {};  ///< modelName: a file beside this one
  std::vector<TestCase> cases = {};
};

/// Whether a result is what is expected: numbers within 1e-8 (of the larger, when that is above 1), everything else equal and
/// of the same kind; lists in order, contexts by entry.
inline bool as_expected(const Value& actual, const Value& expected) {
  if (actual.is_number() && expected.is_number()) {
    const Decimal a = actual.as_decimal(), b = expected.as_decimal();
    if (a == b) return true;
    const auto gap = subtract(a, b);
    if (!gap) return false;
    const Decimal size = gap->absolute();
    Decimal scale = b.absolute();
    if (scale < Decimal(1)) scale = Decimal(1);
    const auto most = multiply(scale, Decimal::scaled(1, 8));
    return most && size <= *most;
  }
  if (actual.kind() != expected.kind()) return false;
  if (actual.is_list()) {
    if (actual.size() != expected.size()) return false;
    for (std::size_t i = 0; i < actual.size(); ++i)
      if (!as_expected(actual.at(i), expected.at(i))) return false;
    return true;
  }
  if (actual.is_context()) {
    if (actual.size() != expected.size()) return false;
    for (const Entry& entry : expected.entries()) {
      const Value* found = actual.find(entry.first);
      if (found == nullptr || !as_expected(*found, entry.second)) return false;
    }
    return true;
  }
  return actual == expected;
}

/// What became of a case.
struct TestOutcome {
  bool passed = true;
  bool expects_null = true;  ///< null is all it expects
  std::string name = {};     ///< of the result that is not as expected
  std::string expected = {};
  std::string actual = {};
  std::string reason = {};  ///< the first diagnostic, or what could not be done
};

/// Runs a case. The evaluation's diagnostics are cleared before each result.
inline TestOutcome run_test(const Dmn& model, const TestCase& test, Evaluation& evaluation) {
  TestOutcome out;
  for (const TestResult& result : test.results)
    out.expects_null = out.expects_null && result.expected.is_null();
  const auto services = model.services();
  const auto service_of = [&](const std::string& name) {
    const Dmn::Offer* found = nullptr;
    for (const Dmn::Offer& one : services)
      if (one.name == name) found = &one;
    return found;
  };
  for (const TestResult& result : test.results) {
    evaluation.diagnostics.clear();
    Result<Value> value = Value();
    if (test.type == "bkm") {
      value = model.evaluate_knowledge(test.invocable, test.inputs, evaluation);
    } else if (test.type == "decisionService") {
      value = model.evaluate_service(test.invocable, test.inputs, evaluation);
      // Of several outputs a result may name one.
      if (const Dmn::Offer* service = service_of(test.invocable);
          value && service && service->outputs.size() > 1)
        if (const Value* one = value->find(result.name)) value = Value(*one);
    } else {
      value = model.evaluate(result.name, test.inputs, evaluation, nullptr, result.space);
      if (!value && service_of(result.name))
        value = model.evaluate_service(result.name, test.inputs, evaluation);
    }
    const bool good = value && as_expected(*value, result.expected);
    if (good || !out.passed) continue;
    out.passed = false;
    out.name = result.name;
    out.expected = to_literal(result.expected);
    out.actual = value ? to_literal(*value) : std::string("error");
    if (!value)
      out.reason = to_string(value.error());
    else if (!evaluation.diagnostics.empty())
      out.reason = to_string(evaluation.diagnostics.items()[0]);
  }
  return out;
}

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
