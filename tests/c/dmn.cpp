// The cases of tests/cases/dmn/questions.json through the C API, and what is wrong with a model. In C++ for its reader of
// JSON alone.
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

std::string file(const std::string& name) {
  std::ifstream stream(AESOP_TESTS_DIR "/cases/dmn/" + name);
  std::stringstream content;
  content << stream.rdbuf();
  return content.str();
}

std::string taken(aesop_text* text) {
  const std::string out(aesop_text_data(text), aesop_text_size(text));
  aesop_text_free(text);
  return out;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

aesop_dmn* parcel() {
  const std::string imports = text(aesop::Value::context(
      {{"imports", aesop::Value::context({{"rates.dmn", aesop::Value::string(file("rates.dmn"))}})}}));
  aesop_dmn* dmn = nullptr;
  CHECK_STATUS(AESOP_OK, aesop_dmn_open(str(file("parcel.dmn")), str(imports), &dmn, &err));
  return dmn;
}

void run(const aesop_dmn* dmn, std::int64_t at, const aesop::Value& one) {
  aesop_text* result = nullptr;
  aesop_error* error = nullptr;
  const std::string kind = one.entries()[0].first;
  const std::string name(one.entries()[0].second.as_string());
  const std::string zone(one.find("zone") ? one.get("zone").as_string() : std::string_view());
  const std::string inputs = one.find("inputs") ? text(one.get("inputs")) : std::string();
  const auto ask = kind == "decision"  ? aesop_dmn_evaluate
                   : kind == "service" ? aesop_dmn_evaluate_service
                                       : aesop_dmn_evaluate_knowledge;
  const aesop_status status = ask(dmn, str(name), str(inputs), at, str(zone), &result, &error);
  const unsigned long before = checks_failed;
  if (const aesop::Value* expected = one.find("error")) {
    CHECK(aesop_status_name(status) == expected->as_string());
    const auto said = aesop::read_json(aesop_error_json(error));
    CHECK(has(text(said->get("message")) + text(said->get("help")),
              text(one.get("says")).substr(1, text(one.get("says")).size() - 2)));
  } else {
    CHECK(status == AESOP_OK);
    if (status == AESOP_OK) {
      const auto answer = aesop::read_json(taken(result));
      CHECK(text(answer->get("value")) == text(one.get("value")));
      const aesop::Value* diagnostic = one.find("diagnostic");
      CHECK((answer->find("diagnostics") != nullptr) == (diagnostic != nullptr));
      bool said = diagnostic == nullptr;
      for (const aesop::Value& reason : answer->get("diagnostics").items())
        said = said || has(std::string(reason.as_string()), diagnostic->as_string());
      CHECK(said);
    }
  }
  if (checks_failed != before) printf("in the case %s: %s\n", text(one).c_str(), aesop_error_message(error));
  aesop_error_free(error);
}

/// What aesop_dmn_open says of a text that is no model.
std::string refused(aesop_status expected, const std::string& model, const char* more) {
  aesop_dmn* dmn = nullptr;
  aesop_error* err = nullptr;
  const aesop_status status = aesop_dmn_open(str(model), AESOP_STR(more), &dmn, &err);
  CHECK(status == expected);
  CHECK(dmn == nullptr);
  if (status != expected) printf("%s: %s\n", aesop_status_name(status), aesop_error_json(err));
  const std::string said = aesop_error_json(err);
  aesop_error_free(err);
  return said;
}

}  // namespace

int main() {
  const auto all = aesop::read_json(file("questions.json"));
  CHECK(all.ok());
  if (!all) return report();
  aesop_dmn* dmn = parcel();
  const auto at = aesop::parse_instant(all->get("at").as_string());
  for (const aesop::Value& one : all->get("cases").items()) run(dmn, at.value().us, one);
  CHECK(checks_made > 60);

  // An expression that cannot be read is a warning with its place.
  aesop_text* out = nullptr;
  CHECK_STATUS(AESOP_OK, aesop_dmn_findings(dmn, &out, &err));
  const std::string findings = taken(out);
  CHECK(has(findings, "\"code\":\"bad-expression\",\"column\":34,\"line\":53"));
  CHECK(!has(findings, "\"error\""));
  CHECK_STATUS(AESOP_OK, aesop_dmn_describe(dmn, &out, &err));
  CHECK(has(taken(out), "{\"name\":\"Country\",\"type\":\"string\"}"));
  aesop_dmn_free(dmn);

  // Strict, the same is an error; everything that is wrong is said, imports that are missing included.
  const std::string strict = refused(AESOP_E_UNSOUND_DEFINITION, file("parcel.dmn"), "{\"strict\": true}");
  CHECK(has(strict, "\"code\":\"unknown-name\"") && has(strict, "\"code\":\"unknown-reference\""));
  CHECK(has(strict, "\"line\":3"));
  CHECK(has(refused(AESOP_E_PARSE_ERROR, "<definitions>\n</definition>", ""), "\"line\":2"));
  refused(AESOP_E_SCHEMA_ERROR, "<html/>", "");
  CHECK(has(refused(AESOP_E_SCHEMA_ERROR, file("rates.dmn"), "{\"import\": {}}"), "imports, strict"));
  refused(AESOP_E_SCHEMA_ERROR, file("rates.dmn"), "{\"imports\": {\"a.dmn\": 5}}");
  refused(AESOP_E_SCHEMA_ERROR, file("rates.dmn"), "{\"strict\": \"yes\"}");
  return report();
}
