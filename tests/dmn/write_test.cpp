// A model written and read again is the same model.
#include "aesop/dmn/write.hpp"

#include "catch.hpp"
#include "dmn/models.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace models;

namespace {

std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

TEST_CASE("write: a model read, written and read again is written the same, and decides the same") {
  for (const auto& file :
       std::filesystem::directory_iterator(std::filesystem::path(AESOP_TESTS_DIR) / "cases/dmn")) {
    if (file.path().extension() != ".dmn") continue;
    INFO(file.path().string());
    auto first = read_dmn(SourceText("first", read_text(file.path())));
    REQUIRE(first);
    const std::string once = write_dmn(*first);
    auto second = read_dmn(SourceText("second", once));
    REQUIRE(second);
    CHECK(write_dmn(*second) == once);
    CHECK(second->decisions.size() == first->decisions.size());
    CHECK(second->space == first->space);
  }
  const std::string text = read_text(std::filesystem::path(AESOP_TESTS_DIR) / "cases/dmn/delivery.dmn");
  const Made before(text), after(write_dmn(*read_dmn(SourceText("m", text))));
  const auto inputs =
      std::vector{given("Order", "{total: 30, ship to: \"NL\", ordered on: date(\"2026-03-02\")}"),
                  given("Is member", "false")};
  CHECK(before.findings.empty());
  CHECK(before.value("To pay", inputs) == "{net: 34.95, gross: 42.29, due: @\"2026-03-16\"}");
  CHECK(after.value("To pay", inputs) == before.value("To pay", inputs));
}

TEST_CASE("write: texts that XML must escape come back as they were") {
  dmn::Model model;
  model.name = "a \"b\" <c> & 'd'";
  model.space = "urn:x&y";
  dmn::Decision decision;
  decision.id = "d";
  decision.name = "d";
  decision.variable.name = "d";
  decision.expression.kind = dmn::Expression::Kind::literal;
  decision.expression.text.text = "  if 1 < 2 and 3 > 2\n\tthen \"]]>&amp;\\r\"\r\n else \"\xC3\xA9\" ";
  model.decisions.push_back(decision);
  auto back = read_dmn(SourceText("m", write_dmn(model)));
  REQUIRE(back);
  CHECK(back->name == model.name);
  CHECK(back->space == model.space);
  CHECK(back->decisions[0].expression.text.text == decision.expression.text.text);
}

TEST_CASE("write: what DMN 1.3 has not makes a model of 1.5, all else one of 1.3") {
  const auto version = [](const std::string& text) {
    return read_dmn(SourceText("m", write_dmn(*read_dmn(SourceText("m", text)))))->dmn;
  };
  CHECK(version(document(decision("a", literal("1")))) == "1.3");
  CHECK(version(document(decision("a", "<list><filter><in>" + literal("[1]") + "</in><match>" +
                                           literal("true") + "</match></filter></list>"))) == "1.5");
}
