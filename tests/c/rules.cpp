// The cases of tests/cases/engine/rules.json through the C API: rules of an SOP, asked without a run. In C++ for its reader
// of JSON alone.
#include "check.h"

#include <fstream>
#include <sstream>
#include <string>

#include <aesop/base/civil_text.hpp>
#include <aesop/value/json_read.hpp>
#include <aesop/value/json_write.hpp>

namespace {

std::string text(const aesop::Value& value) { return aesop::write_json(value).value_or("?"); }
aesop_str str(const std::string& from) { return {from.data(), from.size()}; }

void run(const std::string& sop, std::int64_t at, const aesop::Value& one) {
  aesop_rule* rule = nullptr;
  aesop_text* result = nullptr;
  aesop_error* error = nullptr;
  const std::string name(one.get("rule").as_string());
  const std::string facts = text(one.get("facts"));
  aesop_status status = aesop_rule_open(str(sop), str(name), &rule, &error);
  if (status == AESOP_OK) status = aesop_rule_evaluate(rule, str(facts), at, &result, &error);
  const unsigned long before = checks_failed;
  if (const aesop::Value* expected = one.find("error")) {
    CHECK(aesop_status_name(status) == expected->as_string());
    const std::string said(aesop_error_json(error));
    CHECK(said.find(one.get("says").as_string()) != std::string::npos);
  } else {
    CHECK(status == AESOP_OK);
    if (status == AESOP_OK) {
      const auto answer = aesop::read_json({aesop_text_data(result), aesop_text_size(result)});
      CHECK(text(answer->get("value")) == text(one.get("value")));
      CHECK((answer->find("diagnostics") != nullptr) == one.get("diagnostic").is_true());
    }
  }
  if (checks_failed != before) printf("in the case %s: %s\n", text(one).c_str(), aesop_error_message(error));
  aesop_error_free(error);
  aesop_text_free(result);
  aesop_rule_free(rule);
}

}  // namespace

int main() {
  std::ifstream file(AESOP_TESTS_DIR "/cases/engine/rules.json");
  std::stringstream content;
  content << file.rdbuf();
  const auto all = aesop::read_json(content.str());
  CHECK(all.ok());
  if (!all) return report();
  const std::string sop = text(all->get("sop"));
  const auto at = aesop::parse_instant(all->get("at").as_string());
  for (const aesop::Value& one : all->get("cases").items()) run(sop, at.value().us, one);
  CHECK(checks_made > 30);
  return report();
}
