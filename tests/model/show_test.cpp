// The procedure as people read it: what show prints for the good SOPs is kept beside them.
#include "aesop/model/show.hpp"

#include "catch.hpp"

#include "aesop/model/load.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

using namespace aesop;

namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("show: the good SOPs read as their texts beside them", "[model]") {
  const auto folder = std::filesystem::path(AESOP_TESTS_DIR) / "cases/model/good";
  for (const std::string name : {"laptop_return", "incident_response", "expense_approval"}) {
    Findings findings;
    auto definition = load(read(folder / (name + ".sop.json")), name, findings);
    REQUIRE(definition.ok());
    INFO(name);
    CHECK(show(**definition) == read(folder / (name + ".txt")));
  }
}

TEST_CASE("show: conditions that only compare are told in words", "[model]") {
  using detail::Wording;
  CHECK(Wording::feel("status = \"active\"") == "status is active");
  CHECK(Wording::feel("appeal_level >= 2 and not(paid)") == "appeal level is at least 2 and not paid");
  CHECK(Wording::feel("event.cause != null") == "event cause is known");
  CHECK(Wording::feel("count(codes) > 0") == "count(codes) > 0");
  CHECK(Wording::feel("a + 1 = b") == "a + 1 = b");
}

TEST_CASE("show: works on a definition with findings", "[model]") {
  Findings findings;
  auto definition = load(
      "{\"aesop\": 1, \"steps\": [{\"id\": \"a\", \"next\": \"nowhere\", \"due\": \"soon\"}, {\"kind\": "
      "\"each\"}]}",
      "t", findings);
  REQUIRE(definition.ok());
  CHECK(findings.has_errors());
  CHECK(show(**definition).find("nowhere") != std::string::npos);
}
