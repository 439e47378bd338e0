// Examples of rules: what they give, which rows they hit, what is proposed.
#include "catch.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/model/load.hpp"
#include "aesop/model/make_plan.hpp"
#include "aesop/model/rule_examples.hpp"

#include <string>

using namespace aesop;

namespace {

std::string with_rules(const std::string& rules, const std::string& step = {}) {
  return "{\"aesop\": 1, \"sop\": \"t\", \"version\": \"1.0.0\", \"title\": \"T\", \"roles\": {\"a\": {}, "
         "\"b\": {}}, "
         "\"data\": {\"n\": {\"type\": \"number\", \"default\": 1}, \"d\": \"date\", \"c\": {\"one_of\": "
         "[\"x\", "
         "\"y\"]}}, \"rules\": {" +
         rules +
         "}, \"steps\": [{\"id\": \"one\", \"form\": {\"f\": \"number\"}, \"raci\": {\"responsible\": \"a\", "
         "\"accountable\": \"b\"}" +
         step + "}, {\"id\": \"done\", \"kind\": \"end\"}]}";
}

struct Compiled {
  Findings findings;
  std::shared_ptr<const Plan> plan;
};
Compiled compiled_rules(const std::string& text) {
  Compiled out;
  auto definition = load(text, "t.sop.json", out.findings);
  REQUIRE(definition.ok());
  if (auto plan = aesop::plan(*definition, out.findings, default_ports())) out.plan = plan.take();
  return out;
}
RulesTest tested(const std::string& text, bool propose = false) {
  const Compiled all = compiled_rules(text);
  INFO(all.findings.render(SourceText("t.sop.json", text)));
  REQUIRE(all.plan);
  RulesTest test = test_rules(*all.plan, default_ports(), Instant{}, {.propose = propose});
  for (RuleTest& rule : test.rules) {
    rule.definition = nullptr;  // of the plan, which ends here
    for (ExampleResult& one : rule.examples) one.definition = nullptr;
  }
  return test;
}
std::string code_of(const std::string& text) {
  const Compiled all = compiled_rules(text);
  return all.findings.empty() ? "" : all.findings[0].code;
}

const std::string small_table =
    "\"r\": {\"hit\": \"first\", \"inputs\": [\"n\", \"c\"], \"outputs\": [\"o\"], \"rows\": "
    "[[\"> 10\", \"-\", \"big\"], [\"-\", [\"x\"], \"x\"], [\"-\", \"-\", \"other\"]], "
    "\"examples\": [";

}  // namespace

TEST_CASE("examples: names have what is given, else their default; columns may be given by their text",
          "[model]") {
  const RulesTest test = tested(with_rules(
      small_table +
      "{\"given\": {\"n\": 11}, \"expect\": \"big\"}, {\"given\": {\"c\": \"x\"}, \"expect\": \"x\"}]}, "
      "\"s\": {\"hit\": \"first\", \"inputs\": [\"n + 1\"], \"outputs\": [\"o\"], \"rows\": [[\"5\", 1], "
      "[\"-\", 2]], \"examples\": [{\"given\": {\"n\": 4}, \"expect\": 1}, {\"given\": {\"n + 1\": 5, "
      "\"n\": 9}, \"expect\": 1}]}"));
  CHECK(test.passed == 4);
  CHECK(test.failed == 0);
  CHECK(test.rules[0].row_hit == std::vector<bool>{true, true, false});
  CHECK(test.rules[1].row_hit == std::vector<bool>{true, false});
  CHECK(test.rows == 5);
  CHECK(test.coverage() == 60);
}

TEST_CASE("examples: a failure tells the value, the row and the reason of a null", "[model]") {
  const RulesTest test = tested(with_rules(
      small_table +
      "{\"given\": {\"n\": 11}, \"expect\": \"x\"}]}, \"q\": {\"hit\": \"unique\", \"inputs\": [\"n\"], "
      "\"outputs\": [\"o\"], \"rows\": [[\"> 1\", 1], [\"> 2\", 2]], \"examples\": [{\"given\": {\"n\": 3}, "
      "\"expect\": 2}, {\"given\": {\"n\": 0}, \"expect\": null}]}"));
  CHECK(test.failed == 2);
  const ExampleResult& wrong = test.rules[0].examples[0];
  CHECK_FALSE(wrong.passed);
  CHECK(wrong.actual == Value::string("big"));
  CHECK(wrong.rows == std::vector<std::uint32_t>{0});
  const ExampleResult& both = test.rules[1].examples[0];
  CHECK(both.why == "several rules match, and only one may");
  CHECK(both.rows == std::vector<std::uint32_t>{0, 1});
  // A row is not shown to work by an input that two rows claim.
  CHECK(test.rules[1].row_hit == std::vector<bool>{false, false});
}

TEST_CASE("examples: rules of one expression, rules in rules, dates as text, and the time of the example",
          "[model]") {
  const RulesTest test = tested(with_rules(
      "\"late\": {\"feel\": \"today() > d\", \"examples\": [{\"given\": {\"d\": \"2026-03-01\"}, \"at\": "
      "\"2026-03-02T09:00:00Z\", \"expect\": true}, {\"given\": {\"d\": \"=date(\\\"2026-03-02\\\")\"}, "
      "\"at\": "
      "\"2026-03-02T09:00:00Z\", \"expect\": false}]}, \"both\": {\"feel\": \"late and n = 1\", "
      "\"examples\": "
      "[{\"given\": {\"late\": true}, \"expect\": true}, {\"given\": {\"d\": \"2026-03-01\", \"n\": 2}, "
      "\"at\": "
      "\"2026-03-02T09:00:00Z\", \"expect\": false}]}, \"own\": {\"feel\": \"f > 1\", \"examples\": "
      "[{\"given\": "
      "{\"f\": 2}, \"expect\": true}]}",
      ", \"next\": [{\"if\": \"f != null and own and both\", \"go\": \"done\"}, {\"else\": \"done\"}]"));
  CHECK(test.passed == 5);
  CHECK(test.coverage() == 100);
}

TEST_CASE("examples: what is proposed hits the row it is proposed for, on its bounds", "[model]") {
  const RulesTest test = tested(
      with_rules("\"r\": {\"hit\": \"first\", \"inputs\": [\"n\", \"c\"], \"outputs\": [\"o\"], \"rows\": "
                 "[[\"[5..9]\", "
                 "\"-\", 1], [\"< 5\", [\"x\"], 2], [\"[6..7]\", \"-\", 3], [\"-\", \"-\", 4]]}"),
      true);
  const Proposals& found = test.rules[0].proposals;
  REQUIRE(found.found.size() >= 4);
  CHECK(found.found[0].row == 0);
  CHECK(found.found[0].inputs[0] == Value::number(5));
  CHECK(found.found[1].inputs[0] == Value::number(9));
  for (const TableProposal& one : found.found) {
    const std::int64_t row = one.row;
    CHECK(one.expect == Value::number(row + 1));
  }
  // Row 3 lies within row 1: no input reaches it, and none is made up.
  CHECK(found.none == std::vector<std::uint32_t>{2});
  CHECK_FALSE(found.stopped);
}

TEST_CASE("examples: what they name must be known, and fit", "[model]") {
  CHECK(code_of(with_rules(small_table + "{\"given\": {\"m\": 1}, \"expect\": \"x\"}]}")) == "unknown-name");
  CHECK(code_of(with_rules(small_table + "{\"given\": {\"n\": \"one\"}, \"expect\": \"x\"}]}")) ==
        "wrong-value-type");
  CHECK(code_of(with_rules(small_table + "{\"given\": {\"c\": \"z\"}, \"expect\": \"x\"}]}")) == "bad-value");
  CHECK(code_of(with_rules(small_table + "{\"given\": {}, \"expect\": 5}]}")) == "wrong-value-type");
  CHECK(code_of(with_rules(small_table + "{\"given\": {}}]}")) == "missing-key");
  CHECK(code_of(with_rules(small_table + "{\"given\": {\"n\": \"=1 +\"}, \"expect\": \"x\"}]}")) ==
        "bad-expression");
  CHECK(code_of(with_rules(small_table + "{\"given\": {}, \"expect\": \"x\", \"at\": \"noon\"}]}")) ==
        "bad-time");
}
