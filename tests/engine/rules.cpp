// The cases of tests/cases/engine/rules.json: rules of an SOP, asked without a run. Those of C and Python are the same.
#include "catch.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/errors.hpp"
#include "aesop/base/text.hpp"
#include "aesop/engine/rule.hpp"
#include "aesop/model/load_file.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"

#include <string>
#include <vector>

using namespace aesop;

namespace {

Value table() {
  auto text = read_text_file(AESOP_TESTS_DIR "/cases/engine/rules.json");
  REQUIRE(text.ok());
  auto read = read_json(*text);
  REQUIRE(read.ok());
  return read.take();
}
std::string text(const Value& value) { return write_json(value).value_or("?"); }

}  // namespace

TEST_CASE("rule: the shared cases give what they say", "[engine]") {
  const Value all = table();
  const std::string sop = text(all.get("sop"));
  const Instant at = parse_instant(all.get("at").as_string()).value();
  for (const Value& one : all.get("cases").items()) {
    INFO(text(one));
    auto rule = Rule::open(sop, one.get("rule").as_string());
    auto result = rule ? rule->evaluate(one.get("facts"), at) : Result<RuleValue>(rule.take_error());
    if (const Value* error = one.find("error")) {
      REQUIRE_FALSE(result.ok());
      CHECK(slug(result.error().code) == error->as_string());
      CHECK(to_string(result.error()).find(one.get("says").as_string()) != std::string::npos);
      continue;
    }
    INFO((result ? std::string() : to_string(result.error())));
    REQUIRE(result.ok());
    CHECK(text(result->value) == text(one.get("value")));
    CHECK(result->diagnostics.empty() == !one.get("diagnostic").is_true());
  }
}

TEST_CASE("rule: it says what it reads, with what the rules it uses read", "[engine]") {
  const Value all = table();
  for (const Entry& one : all.get("reads").entries()) {
    const Rule rule = Rule::open(text(all.get("sop")), one.first).value();
    std::vector<Value> names;
    for (const std::string& name : rule.reads()) names.push_back(Value::string(name));
    CHECK(text(Value::list(std::move(names))) == text(one.second));
    CHECK(rule.is_table() == (one.first == "carrier"));
  }
}
