// The cases of tests/cases/dmn/questions.json: a model asked as hosts ask it. Those of C and Python are the same.
#include "aesop/dmn/ask.hpp"

#include "catch.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/default_ports.hpp"
#include "aesop/base/errors.hpp"
#include "aesop/base/text.hpp"
#include "aesop/dmn/compile.hpp"
#include "aesop/dmn/describe.hpp"
#include "aesop/dmn/read.hpp"
#include "aesop/rules/external.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace aesop;

namespace {

std::string file(std::string_view name) {
  std::ifstream stream(cat(AESOP_TESTS_DIR "/cases/dmn/", name));
  std::ostringstream text;
  text << stream.rdbuf();
  REQUIRE(stream.good());
  return text.str();
}
Value questions() {
  auto read = read_json(file("questions.json"));
  REQUIRE(read.ok());
  return read.take();
}
std::string text(const Value& value) { return write_json(value).value_or("?"); }

Dmn parcel() {
  DmnOptions options;
  options.lenient = true;
  options.loader = dmn_texts({{"rates.dmn", file("rates.dmn")}});
  const auto model = read_dmn(SourceText("parcel.dmn", file("parcel.dmn")));
  REQUIRE(model.ok());
  Findings findings;
  auto made = Dmn::compile(*model, findings, options);
  REQUIRE(made.ok());
  return made.take();
}

}  // namespace

TEST_CASE("dmn: the shared questions are answered as they say", "[dmn]") {
  const Value all = questions();
  const Dmn model = parcel();
  for (const Value& one : all.get("cases").items()) {
    INFO(text(one));
    Evaluation evaluation;
    evaluation.ports = &default_ports();
    evaluation.now = parse_instant(all.get("at").as_string()).value();
    if (const Value* zone = one.find("zone")) evaluation.zone = zone->as_string();
    const DmnKind kind = one.find("decision")  ? DmnKind::decision
                         : one.find("service") ? DmnKind::service
                                               : DmnKind::knowledge;
    const std::string name(one.entries()[0].second.as_string());
    const auto answer = ask(model, kind, name, one.get("inputs"), evaluation);
    if (const Value* error = one.find("error")) {
      REQUIRE_FALSE(answer.ok());
      CHECK(slug(answer.error().code) == error->as_string());
      CHECK(to_string(answer.error()).find(one.get("says").as_string()) != std::string::npos);
      continue;
    }
    REQUIRE(answer.ok());
    CHECK(text(answer->value) == text(one.get("value")));
    const std::string said = join(answer->diagnostics, "; ");
    INFO(said);
    CHECK(said.empty() == (one.find("diagnostic") == nullptr));
    if (const Value* diagnostic = one.find("diagnostic"))
      CHECK(said.find(diagnostic->as_string()) != std::string::npos);
  }
}

TEST_CASE("dmn: a model says what it offers, with types", "[dmn]") {
  const Value about = describe(parcel());
  CHECK(about.get("name") == Value::string("Parcel"));
  CHECK(text(about.get("imports")) == R"([{"name":"rates","namespace":"https://example.org/rates"}])");
  CHECK(text(about.get("inputs").at(1)) == R"({"name":"Country","type":"string"})");
  const Value& warnings = about.get("decisions").at(8);
  CHECK(warnings.get("table").is_true());
  CHECK(text(about.get("decisions").at(7)) == R"({"inputs":[],"name":"Root","table":false,"type":"number"})");
  CHECK(text(about.get("services").at(0).get("outputs")) == R"(["Price","Warnings"])");
  CHECK(text(about.get("knowledge").at(0).get("inputs")) == R"([{"name":"country","type":"string"}])");
}

TEST_CASE("dmn: who asks a model answers its functions in other languages", "[dmn]") {
  struct Host final : ExternalFunctions {
    Value call(const ExternalCall& call) const override {
      if (call.description.get("class").as_string() != "java.lang.Math") return call.fail("unknown class");
      return call.args[0] == Value::number(16) ? Value::number(4) : call.fail("not 16");
    }
  };
  const Host host;
  Evaluation evaluation;
  evaluation.external = &host;
  const auto answer = ask(parcel(), DmnKind::decision, "Root", {}, evaluation);
  REQUIRE(answer.ok());
  CHECK(answer->value == Value::number(5));
}

TEST_CASE("dmn: an imported text is found by its namespace, and by its name where none has it", "[dmn]") {
  const auto rates = file("rates.dmn");
  dmn::Import wanted;
  wanted.space = "https://example.org/rates";
  CHECK(dmn_texts({{"parcel.dmn", file("parcel.dmn")}, {"other.dmn", rates}})(wanted)->name == "Rates");
  wanted.location = "models/rates.dmn";
  const auto broken = dmn_texts({{"rates.dmn", "<definitions"}})(wanted);
  REQUIRE_FALSE(broken.ok());
  CHECK(broken.error().message.find("rates.dmn, line 1") == 0);
  const auto none = dmn_texts({{"parcel.dmn", file("parcel.dmn")}})(wanted);
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().code == ErrorCode::not_found);
  CHECK(none.error().help == "given: parcel.dmn");
}
