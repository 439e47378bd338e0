// Every finding of the loader, of plan() and of the checks: provoked, at its place, and documented.
#include "support.hpp"

#include "aesop/model/plan.hpp"

#include <set>

using namespace aesop;
using namespace aesop_test;

namespace {

std::string lines(const nlohmann::json& text) {
  std::string out;
  for (const auto& line : text) append(out, out.empty() ? "" : "\n", line.get<std::string>());
  return out;
}

// Ids that sources give to findings: error("id", ...), warning, note, unknown("id", ...), and Finding{"id", ...}.
std::set<std::string> ids_in_sources() {
  std::set<std::string> ids;
  std::vector<std::filesystem::path> sources = files(source_dir() / "src/verify", ".cpp");
  for (const auto& path : files(source_dir() / "include/aesop/model", ".hpp")) sources.push_back(path);
  for (const auto& path : files(source_dir() / "include/aesop/table", ".hpp")) sources.push_back(path);
  for (const auto& path : sources) {
    const std::string text = read(path);
    for (const std::string_view call : {"error(\"", "warning(\"", "note(\"", "unknown(\"", ".add({\""}) {
      for (std::size_t at = text.find(call); at != std::string::npos; at = text.find(call, at + 1)) {
        const std::size_t begin = at + call.size();
        const std::string id = text.substr(begin, text.find('"', begin) - begin);
        if (id.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos &&
            id.find('-') != std::string::npos)
          ids.insert(id);
      }
    }
  }
  return ids;
}

std::set<std::string> ids_in_docs() {
  std::set<std::string> ids;
  const std::string text = read(source_dir() / "docs/findings.md");
  for (std::size_t at = text.find("\n### "); at != std::string::npos; at = text.find("\n### ", at + 1))
    ids.insert(text.substr(at + 5, text.find('\n', at + 1) - at - 5));
  return ids;
}

std::string tasks(std::size_t count) {
  std::string steps;
  for (std::size_t i = 0; i < count; ++i)
    append(steps, "{\"id\": \"s", i,
           "\", \"raci\": {\"responsible\": \"a\", \"accountable\": \"b\"}, \"due\": \"1 day\", ",
           "\"escalate\": [{\"at\": \"due\", \"notify\": \"b\"}]},\n");
  return cat(
      "{\"aesop\": 1, \"sop\": \"t\", \"version\": \"1.0.0\", \"title\": \"T\", \"roles\": {\"a\": {}, "
      "\"b\": {}}, \"steps\": [\n",
      steps, "{\"id\": \"done\", \"kind\": \"end\"}]}");
}

bool found(const Checked& checked, std::string_view code) {
  for (const Finding& finding : checked.findings)
    if (finding.code == code) return true;
  return false;
}

}  // namespace

TEST_CASE("R11, R19, R21, R22, R37: every finding of the table is found at its place, and nothing else is",
          "[verify]") {
  const auto table = nlohmann::json::parse(read(cases_dir() / "findings.json"));
  for (const auto& row : table) {
    const std::string text = lines(row.at("text"));
    const Checked checked = check(text, "case.sop.json", default_ports());
    INFO(row.at("finding").get<std::string>() << '\n' << checked.render());
    CHECK(short_findings(checked) == row.at("expect").get<std::vector<std::string>>());
  }
}

TEST_CASE("every finding is documented and provoked by a case", "[verify]") {
  std::set<std::string> provoked{"too-large", "too-many-steps",         "too-many-edges",
                                 "too-deep",  "table-analysis-stopped", "bad-utf8"};  // below
  for (const auto& row : nlohmann::json::parse(read(cases_dir() / "findings.json")))
    for (const auto& one : row.at("expect")) {
      const auto text = one.get<std::string>();
      provoked.insert(text.substr(0, text.find(' ')));
    }
  const std::set<std::string> documented = ids_in_docs();
  for (const std::string& id : ids_in_sources()) {
    INFO(id);
    CHECK(documented.count(id) == 1);
    CHECK(provoked.count(id) == 1);
  }
  for (const CheckInfo& info : verify_checks()) {
    INFO(info.id);
    CHECK(documented.count(std::string(info.id)) == 1);
    CHECK(provoked.count(std::string(info.id)) == 1);
  }
  for (const std::string& id : documented) {
    INFO("documented and never provoked: " << id);
    CHECK(provoked.count(id) == 1);
  }
}

TEST_CASE("limits of a definition are named when they are passed", "[verify]") {
  CHECK(found(check(std::string(1024 * 1024 + 1, ' '), "x"), "too-large"));
  CHECK(found(check("{\"aesop\": 1, \"sop\": \"\xFF\"}", "x"), "bad-utf8"));
  CHECK(found(check(tasks(2000), "x"), "too-many-steps"));
  CHECK_FALSE(found(check(tasks(1999), "x"), "too-many-steps"));
  // The last of the steps that were read is not the last one written.
  CHECK_FALSE(found(check(tasks(2000), "x"), "falls-off"));

  std::string deep = "{\"id\": \"last\", \"kind\": \"end\"}";
  for (int i = 0; i < 33; ++i)
    deep = cat("{\"id\": \"e", i, "\", \"kind\": \"each\", \"of\": \"=[1]\", \"run\": [", deep, "]}");
  CHECK(found(check(cat("{\"aesop\": 1, \"sop\": \"t\", \"version\": \"1.0.0\", \"title\": \"T\", \"roles\": "
                        "{\"a\": {}}, \"steps\": [",
                        deep, "]}"),
                    "x"),
              "too-deep"));

  // 101 decisions that lead to 101 steps each are more than 10,000 ways.
  std::string wide;
  for (int i = 0; i < 101; ++i) {
    append(wide, "{\"id\": \"d", i, "\", \"kind\": \"decision\", \"next\": [");
    for (int k = 0; k < 101; ++k) append(wide, "{\"if\": true, \"go\": \"d", k, "\"},");
    append(wide, "{\"else\": \"done\"}]},");
  }
  const Checked many = check(
      cat("{\"aesop\": 1, \"sop\": \"t\", \"version\": \"1.0.0\", \"title\": \"T\", \"roles\": {\"a\": {}}, ",
          "\"steps\": [", wide, "{\"id\": \"done\", \"kind\": \"end\"}]}"),
      "x");
  CHECK(found(many, "too-many-edges"));
  CHECK(many.plan == nullptr);
}

TEST_CASE("the good SOPs of the tests are clean", "[verify]") {
  for (const auto& path : files(cases_dir() / "good", ".sop.json")) {
    const Checked checked = check(read(path), path.filename().string(), default_ports());
    INFO(checked.render());
    CHECK(checked.clean());
    REQUIRE(checked.plan != nullptr);
    CHECK(checked.plan->hash().size() == 64);
  }
}

TEST_CASE("a finding is shown with its line, a caret and help", "[verify]") {
  const Checked checked = check(
      "{\"aesop\": 1,\n \"sop\": \"t\", \"version\": \"1.0.0\", \"title\": \"T\", \"roles\": {\"a\": {}},\n"
      " \"steps\": [{\"id\": \"s\", \"kind\": \"decision\", \"next\": \"dnoe\"}, {\"id\": \"done\", "
      "\"kind\": \"end\"}]}",
      "t.sop.json");
  CHECK(checked.render().find("error[unknown-step]: no step is called \"dnoe\"\n --> t.sop.json:3:52\n") !=
        std::string::npos);
  CHECK(checked.render().find("= help: did you mean \"done\"?") != std::string::npos);
}

TEST_CASE("a table too large to look at all of it is said to be, and never to be complete", "[verify]") {
  // A space cut in two at random, 1,500 times: complete, and as hard to see through as a table can be.
  constexpr int width = 6;
  struct Row {
    std::uint64_t low[width] = {};
    std::uint64_t high[width] = {1000, 1000, 1000, 1000, 1000, 1000};
  };
  std::vector<Row> cut(1);
  std::uint64_t state = 1;
  const auto random = [&state](std::uint64_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % n;
  };
  while (cut.size() < 1'500) {
    const std::size_t at = random(cut.size()), column = random(width);
    const std::uint64_t low = cut[at].low[column], high = cut[at].high[column];
    if (high - low < 2) continue;
    const std::uint64_t middle = low + 1 + random(high - low - 1);
    cut.push_back(cut[at]);
    cut[at].high[column] = middle;
    cut.back().low[column] = middle;
  }
  std::string rows;
  for (std::size_t i = 0; i < cut.size(); ++i) {
    append(rows, i == 0 ? "[" : ",\n[");
    for (int c = 0; c < width; ++c) {
      const std::uint64_t low = cut[i].low[c], high = cut[i].high[c];
      if (low > 0 && high < 1000)
        append(rows, "\"[", low, "..", high, ")\", ");
      else if (low > 0)
        append(rows, "\">= ", low, "\", ");
      else
        append(rows, high < 1000 ? cat("\"< ", high, "\", ") : std::string("\"-\", "));
    }
    append(rows, i, "]");
  }
  const Checked checked = check(
      cat("{\"aesop\": 1, \"sop\": \"t\", \"version\": \"1.0.0\", \"title\": \"T\", \"roles\": {\"a\": {}, "
          "\"b\": {}},"
          "\"data\": {\"c\": \"number\", \"d\": \"number\", \"e\": \"number\", \"f\": \"number\", \"g\": "
          "\"number\", "
          "\"h\": \"number\"}, \"rules\": {\"r\": {\"inputs\": [\"c\", \"d\", \"e\", "
          "\"f\", \"g\", "
          "\"h\"], \"outputs\": [\"o\"], \"rows\": [",
          rows,
          "]}}, \"steps\": [{\"id\": \"s\", \"kind\": \"decision\", \"next\": [{\"if\": \"r = 1\", \"go\": ",
          "\"done\"}, {\"else\": \"done\"}]}, {\"id\": \"done\", \"kind\": \"end\"}]}"),
      "x");
  INFO(checked.render());
  CHECK(found(checked, "table-analysis-stopped"));
}
