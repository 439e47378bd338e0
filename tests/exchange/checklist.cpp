// Checklists on paper: sheets and what stands on them.
#include "aesop/exchange/checklist.hpp"

#include "catch.hpp"

#include "aesop/model/load.hpp"

#include <fstream>
#include <sstream>

using namespace aesop;

namespace {

std::shared_ptr<const Definition> definition(const std::string& text) {
  Findings findings;
  auto made = load(text, "sop", findings);
  REQUIRE(made);
  return made.take();
}

std::shared_ptr<const Definition> example(const std::string& name) {
  std::ifstream file(std::string(AESOP_SOURCE_DIR) + "/examples/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return definition(text.str());
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

std::size_t all_steps(const std::vector<StepDefinition>& steps) {
  std::size_t n = steps.size();
  for (const StepDefinition& step : steps)
    if (step.each) n += all_steps(step.each->run);
  return n;
}

/// A procedure of so many steps without stages.
std::string long_sop(int steps) {
  std::string out =
      R"({"aesop": 1, "sop": "s", "version": "1.0.0", "title": "Long", "purpose": "p", "scope": "s", "roles": {"a": {}, "b": {}}, "steps": [)";
  for (int i = 0; i < steps; ++i)
    append(
        out, R"({"id": "s)", i,
        R"(", "title": "Step", "raci": {"responsible": "a", "accountable": "b"}, "checklist": ["One", "Two"]},)");
  return out + R"({"id": "end", "kind": "end", "outcome": "end"}]})";
}

}  // namespace

TEST_CASE("R32: a procedure that fits is one sheet with every step on it", "[exchange]") {
  const auto sop = example("laptop_return.sop.json");
  const auto sheets = checklist_sheets(*sop);
  REQUIRE(sheets.size() == 1);
  CHECK(sheets[0].steps.size() == all_steps(sop->steps));
  CHECK(sheets[0].title.empty());
  const std::string page = checklist_html(*sop);
  CHECK(count(page, "<article class=\"sheet\"") == 1);
  CHECK(page.find("Tell the leaver what belongs to the company") != std::string::npos);
  CHECK(page.find("within 5 business days") != std::string::npos);
  CHECK(page.find("Manager of the leaver") != std::string::npos);
}

TEST_CASE("R32: a long procedure has a sheet for each stage, and none is higher than a page", "[exchange]") {
  const auto sop = example("dso/billing_claims.sop.json");
  const auto sheets = checklist_sheets(*sop);
  std::size_t steps = 0;
  for (const ChecklistSheet& sheet : sheets) {
    CHECK_FALSE(sheet.title.empty());
    CHECK(sheet.height <= 2100);
    steps += sheet.steps.size();
  }
  CHECK(steps == all_steps(sop->steps));
  CHECK(sheets.size() >= sop->stages.size());
}

TEST_CASE("checklist: without stages it is cut between steps", "[exchange]") {
  const auto sop = definition(long_sop(60));
  const auto sheets = checklist_sheets(*sop);
  CHECK(sheets.size() > 1);
  std::size_t steps = 0;
  for (const ChecklistSheet& sheet : sheets) steps += sheet.steps.size();
  CHECK(steps == 61);
  CHECK(count(checklist_html(*sop), "<li>One</li>") == 60);
}

TEST_CASE("checklist: texts of the SOP cannot become markup", "[exchange]") {
  const auto sop = definition(
      R"({"aesop": 1, "sop": "s", "version": "1.0.0", "title": "<script>alert(1)</script>", "purpose": "a & \"b\"",
    "scope": "s", "roles": {"a": {"title": "<img src=x>"}, "b": {}}, "steps": [
    {"id": "one", "title": "</style><script>", "raci": {"responsible": "a", "accountable": "b"}, "checklist": ["<b>tick</b>"]},
    {"id": "end", "kind": "end", "outcome": "end"}]})");
  const std::string page = checklist_html(*sop);
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("<img") == std::string::npos);
  CHECK(page.find("<b>") == std::string::npos);
  CHECK(count(page, "</style>") == 1);
  CHECK(page.find("a &amp; &quot;b&quot;") != std::string::npos);
}

TEST_CASE("checklist: an SOP without steps is an empty sheet", "[exchange]") {
  const auto sop = definition(
      R"({"aesop": 1, "sop": "s", "version": "1.0.0", "title": "S", "purpose": "p", "scope": "s", "roles": {}, "steps": []})");
  CHECK(checklist_sheets(*sop).size() == 1);
  CHECK(checklist_html(*sop).find("<ol class=\"steps\">") != std::string::npos);
}
