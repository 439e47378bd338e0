// Examples that a model carries for its decisions.
#include "aesop/dmn/examples.hpp"

#include "catch.hpp"
#include "dmn/models.hpp"

#include "aesop/dmn/write.hpp"

#include <fstream>
#include <sstream>

using namespace models;

namespace {

struct Office {
  dmn::Model model;
  Findings findings;
  std::optional<Dmn> compiled;

  Office() {
    std::ifstream in(AESOP_TESTS_DIR "/cli/golden/files/office.dmn", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    model = read_dmn(SourceText("office.dmn", text.str())).value();
    compiled = Dmn::compile(model, findings).value();
  }
  DmnTest test() const { return test_examples(model, *compiled, Evaluation()); }
};

}  // namespace

TEST_CASE("examples: a model's examples are run, and say why they fail", "[dmn]") {
  const Office office;
  const DmnTest test = office.test();
  REQUIRE(test.decisions.size() == 2);
  const auto& who = test.decisions[0].examples;
  REQUIRE(who.size() == 3);
  CHECK(who[0].passed);
  CHECK_FALSE(who[1].passed);
  CHECK(who[1].actual == Value::string("manager"));
  CHECK(who[1].rows == std::vector<std::uint32_t>{1});
  CHECK_FALSE(who[2].passed);  // a name that the model does not know
  CHECK(who[2].why.find("Amont") != std::string::npos);
  const auto& when = test.decisions[1].examples;
  REQUIRE(when.size() == 3);
  CHECK(when[0].passed);           // text is a date where the decision is one
  CHECK(when[1].passed);           // "=..." is FEEL, and `at` says what is now
  CHECK_FALSE(when[2].passed);     // no JSON
  CHECK_FALSE(when[2].why.empty());
  CHECK(test.passed == 3);
  CHECK(test.failed == 3);
}

TEST_CASE("examples: rows count as hit by examples of every decision that rests on their table", "[dmn]") {
  Office office;
  DmnTest test = office.test();
  CHECK(test.decisions[0].row_hit == std::vector<bool>{true, true, true});
  office.model.decisions[1].examples.clear();
  test = office.test();
  CHECK(test.decisions[0].row_hit == std::vector<bool>{true, true, false});
  CHECK(test.coverage() == 66);
  office.model.decisions[1].examples = {
      {R"({"Amount": 2000, "Day": "2026-03-02"})", "\"2026-03-09\"", {}, {}, {}}};
  test = office.test();
  CHECK(test.decisions[0].row_hit == std::vector<bool>{true, true, true});
  CHECK(test.coverage() == 100);
}

TEST_CASE("examples: they are written with their model", "[dmn]") {
  const Office office;
  const auto back = read_dmn(SourceText("again", write_dmn(office.model)));
  REQUIRE(back);
  REQUIRE(back->decisions[0].examples.size() == 3);
  CHECK(back->decisions[0].examples[1].given == office.model.decisions[0].examples[1].given);
  CHECK(back->decisions[0].examples[1].note == "the border");
  CHECK(back->decisions[1].examples[1].at == "2026-03-02T10:00:00Z");
}
