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

TEST_CASE("show: ids, parameters, notes of rungs, holidays, pauses and ways of a skip are told", "[model]") {
  Findings findings;
  auto definition = load(
      R"({"aesop": 1, "sop": "t", "version": "1.0.0", "title": "T", "roles": {"a": {}, "b": {}},
      "calendars": {"c": {"zone": "UTC", "week": {"mon": ["09:00-17:00"]}, "holidays": ["2026-12-28",
        {"month": 7, "day": 4, "observed": true, "name": "Independence Day"}, {"month": 5, "weekday": "mon", "nth": -1}, {"easter": -2}]}},
      "parameters": {"wait": {"type": "duration", "default": "24 hours", "override": "clinic"}},
      "gates": {"g": {"checks": [{"id": "ok", "require": "1 = 1", "enforce": "must-unless-documented", "exception": "e", "message": "No order."}]}},
      "exceptions": {"e": {"title": "Without an order", "of": "one", "allows": "check", "approvers": "b"}},
      "steps": [
        {"id": "one", "title": "Do it", "gate": "g", "skipped": "done", "escalate": [{"at": "2 hours", "notify": "b", "note": "Call twice."}]},
        {"id": "two", "title": "Send", "kind": "service", "do": "send", "retry": {"times": 3, "every": "5 minutes", "factor": 2}},
        {"id": "done", "kind": "end"}]})",
      "t", findings);
  REQUIRE(definition.ok());
  const std::string text = show(**definition);
  for (const char* line : {"1. Do it [one]\n", "  wait [wait]: 1 day, may be set for a clinic\n",
                           "After 2 hours: notify b. Call twice.\n",
                           "Tries again: 3 times, first after 5 minutes, each pause 2 times the one before\n",
                           "2026-12-28; Independence Day, 4 July (on a weekend also the Friday before",
                           "the last Monday of May", "2 days before Easter Sunday",
                           "-> If skipped, go to 3. Done.\n", "a check of the gate not to hold for 1. Do it",
                           "[stops unless 1 is 1; an approved exception lets it pass: Without an order]"}) {
    INFO(line << "\n in \n" << text);
    CHECK(text.find(line) != std::string::npos);
  }
}
