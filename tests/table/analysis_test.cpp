// The analysis of tables, counted out: on small tables every claim is compared with all inputs, in both directions.
#include "aesop/table/analysis.hpp"

#include "table/random_tables.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace {

using namespace tables;
using Kind = TableFinding::Kind;
using Rows = std::vector<std::uint32_t>;

std::vector<std::uint32_t> matching(const Table& table, const std::vector<Value>& inputs) {
  Evaluation evaluation = cases::evaluation();
  Rows out;
  for (std::uint32_t rule = 0; rule < table.model().rules.size(); ++rule) {
    bool all = true;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      all = all && table.passes(rule, i, inputs[i], {}, evaluation);
    if (all) out.push_back(rule);
  }
  return out;
}

std::string result(const Table& table, const std::vector<Value>& inputs) {
  Evaluation evaluation = cases::evaluation();
  return to_literal(table.decide(inputs, {}, evaluation));
}

bool has_null(const Random& table, const std::vector<Value>& inputs) {
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    bool named = false;
    for (const TableRule& rule : table.model.rules)
      named = named || rule.inputs[i].text.find("null") != std::string::npos;
    if (inputs[i].is_null() && !named) return true;
  }
  return false;
}

std::string shown(const TableAnalysis& analysis) {
  std::string out;
  for (const TableFinding& finding : analysis.findings)
    append(out, to_string(finding.severity), ' ', slug(finding.kind), ": ", finding.message, "; ",
           finding.help, '\n');
  return out;
}

// Row numbers as the message says them: "row 3 ..." is 2.
std::uint32_t first_row(const std::string& message) {
  return static_cast<std::uint32_t>(std::stoul(message.substr(message.find(' ') + 1))) - 1;
}

void compare_with_all_inputs(const Random& random) {
  const Table table = random.compile();
  AnalysisOptions options;
  options.most = 1'000;
  const TableAnalysis analysis = analyse(table, options);
  CAPTURE(random.text(), shown(analysis));
  REQUIRE_FALSE(analysis.stopped);
  CHECK(analysis.unread.empty());
  CHECK(analysis.unconfirmed == 0);
  CHECK(analysis.more == 0);

  bool gap = false, null_gap = false;
  std::set<Rows> overlaps;
  std::set<std::uint32_t> matched, decided;
  random.each_input([&](const std::vector<Value>& inputs) {
    const Rows rows = matching(table, inputs);
    if (rows.empty()) (has_null(random, inputs) ? null_gap : gap) = true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      matched.insert(rows[i]);
      for (std::size_t k = i + 1; k < rows.size(); ++k) overlaps.insert({rows[i], rows[k]});
    }
    if (rows.empty()) return;
    std::uint32_t best = rows[0];
    if (random.model.hit == HitPolicy::priority)
      for (const std::uint32_t row : rows)
        if (table.comes_before(*table.constant_output(row), *table.constant_output(best))) best = row;
    decided.insert(best);
  });

  std::map<Kind, std::set<Rows>> told;
  bool told_gap = false, told_null_gap = false;
  for (const TableFinding& finding : analysis.findings) {
    if (finding.kind == Kind::gap) (finding.null_only ? told_null_gap : told_gap) = true;
    told[finding.kind].insert(finding.rules);
  }
  CHECK(told_gap == gap);
  CHECK(told_null_gap == null_gap);
  CHECK(analysis.complete() == !gap);

  const HitPolicy hit = random.model.hit;
  if (hit == HitPolicy::unique || hit == HitPolicy::any) {
    std::set<Rows> both = told[Kind::overlap];
    both.insert(told[Kind::duplicate].begin(), told[Kind::duplicate].end());
    CHECK(both == overlaps);
  }
  if (hit == HitPolicy::first || hit == HitPolicy::priority) {
    std::set<std::uint32_t> masked, told_masked;
    for (const std::uint32_t row : matched)
      if (!decided.count(row)) masked.insert(row);
    for (const Rows& rows : told[Kind::masked]) told_masked.insert(rows.back());
    CHECK(told_masked == masked);
  }
  CHECK(told[Kind::needless_first].size() ==
        (hit == HitPolicy::first && overlaps.empty() && random.model.rules.size() > 1 ? 1 : 0));
  std::set<std::uint32_t> never;
  for (const Rows& rows : told[Kind::never_passes]) never.insert(rows[0]);
  for (std::uint32_t row = 0; row < random.model.rules.size(); ++row)
    CHECK(never.count(row) == !matched.count(row));

  // What could be struck out or put together changes nothing.
  for (const TableFinding& finding : analysis.findings) {
    TableModel other = random.model;
    if (finding.kind == Kind::subsumed) {
      other.rules.erase(other.rules.begin() + first_row(finding.message));
    } else if (finding.kind == Kind::mergeable) {
      TableRule& into = other.rules[finding.rules[0]];
      bool writable = true;
      for (std::size_t i = 0; i < into.inputs.size(); ++i) {
        std::string text = into.inputs[i].text;
        for (const std::uint32_t row : finding.rules) {
          const std::string& more = random.model.rules[row].inputs[i].text;
          writable = writable && (more == into.inputs[i].text ||
                                  (!more.empty() && !text.empty() && more[0] != 'n' && text[0] != 'n'));
          if (more != into.inputs[i].text) append(text, ", ", more);
        }
        if (!text.empty()) into.inputs[i] = TableCell::of_feel(text);
      }
      if (!writable) continue;
      for (std::size_t i = finding.rules.size(); i-- > 1;)
        other.rules.erase(other.rules.begin() + finding.rules[i]);
    } else {
      continue;
    }
    const Table changed = random.compile(other);
    bool same = true;
    random.each_input([&](const std::vector<Value>& inputs) {
      same = same && result(table, inputs) == result(changed, inputs);
    });
    INFO(finding.message);
    CHECK(same);
  }
  // A column that changes nothing: the result does not depend on it.
  for (const TableFinding& finding : analysis.findings) {
    if (finding.kind != Kind::idle_column) continue;
    INFO(finding.message);
    std::size_t column = 0;
    while (finding.message.find(random.model.inputs[column].text) == std::string::npos) ++column;
    std::map<std::string, std::string> results;
    bool same = true;
    random.each_input([&](std::vector<Value> inputs) {
      if (inputs[column].is_null()) return;
      const std::string now = result(table, inputs);
      inputs[column] = Value();
      same = same && results.emplace(to_literal(Value::list(inputs)), now).first->second == now;
    });
    CHECK(same);
  }
}

TableAnalysis analysed(HitPolicy hit, const std::vector<std::pair<std::string, TypeKind>>& inputs,
                       const std::vector<std::vector<std::string>>& rows, AnalysisOptions options = {}) {
  TableModel model;
  model.hit = hit;
  Scope scope;
  for (const auto& [text, type] : inputs) {
    model.inputs.push_back({text, {}, {}});
    const std::string name = text.substr(0, text.find('.'));
    if (!scope.find(name)) scope.add(name, name == text ? Type(type) : Type());
  }
  scope.add("limit", TypeKind::number);
  model.outputs = {{"y", TypeKind::any, {}, {}, {}}};
  for (const auto& row : rows) {
    TableRule rule;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      rule.inputs.push_back(row[i] == "-" ? TableCell::of_any() : TableCell::of_feel(row[i]));
    rule.outputs = {TableCell::of_value(Value::string(row.back()))};
    model.rules.push_back(std::move(rule));
  }
  Findings findings;
  const auto table = Table::compile(model, scope, findings);
  INFO(findings.render(SourceText("table", "")));
  REQUIRE(table.ok());
  return analyse(*table, options);
}

std::vector<std::string> messages(const TableAnalysis& analysis, Severity least = Severity::warning) {
  std::vector<std::string> out;
  for (const TableFinding& finding : analysis.findings)
    if (finding.severity <= least) out.push_back(finding.message);
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("table analysis: gaps, overlaps, masked rows and the rest are those of all inputs counted out",
          "[table]") {
  for_random_tapes("analysis against all inputs", [](Tape tape) { compare_with_all_inputs(Random(tape)); });
}

TEST_CASE("table analysis: a gap is said as its reader would say it, as large as it is", "[table]") {
  const auto analysis =
      analysed(HitPolicy::unique, {{"payer", TypeKind::string}, {"amount", TypeKind::number}},
               {{"\"acme\"", "-", "a"}, {"not(\"acme\")", "<= 500", "b"}});
  CHECK(messages(analysis) == Lines{"no row for payer = any other, amount > 500"});
  CHECK(analysis.findings[0].help ==
        "for example payer = \"other\", amount = 501; a last row that takes any input would answer it");
  CHECK_FALSE(analysis.complete());
  CHECK(messages(
            analysed(HitPolicy::first, {{"n", TypeKind::number}}, {{"[0..10)", "a"}, {"(10..20]", "b"}})) ==
        Lines{"no row for n < 0 or = 10 or > 20"});
}

TEST_CASE("table analysis: overlaps are errors where the result is null", "[table]") {
  const std::vector<std::pair<std::string, TypeKind>> n = {{"n", TypeKind::number}};
  const auto unique = analysed(HitPolicy::unique, n, {{"<= 10", "a"}, {">= 10", "b"}});
  REQUIRE(unique.findings.size() >= 1);
  CHECK(unique.findings[0].severity == Severity::error);
  CHECK(unique.findings[0].message == "rows 1 and 2 both match n = 10");
  CHECK(to_literal(unique.findings[0].witness[0]) == "10");
  CHECK(messages(analysed(HitPolicy::any, n, {{"<= 10", "a"}, {">= 10", "b"}}), Severity::error).size() == 1);
  CHECK(messages(analysed(HitPolicy::any, n, {{"<= 10", "a"}, {">= 10", "a"}})).empty());
  CHECK(messages(analysed(HitPolicy::first, n, {{"<= 10", "a"}, {">= 10", "b"}})).empty());
  CHECK(messages(analysed(HitPolicy::collect, n, {{"<= 10", "a"}, {">= 10", "b"}})).empty());
  CHECK(messages(analysed(HitPolicy::collect, n, {{"-", "a"}, {"-", "a"}})) ==
        Lines{"row 2 is the same as row 1"});
}

TEST_CASE("table analysis: a row is masked by the union of rows before it, none of which does it alone",
          "[table]") {
  const auto analysis = analysed(HitPolicy::first, {{"n", TypeKind::number}},
                                 {{"< 10", "a"}, {"[20..30]", "x"}, {">= 10", "b"}, {"[5..15]", "c"}});
  CHECK(messages(analysis) == Lines{"row 4 never decides: rows 1 and 3 take every input that it matches"});
}

TEST_CASE("table analysis: nothing is claimed of a cell that is computed", "[table]") {
  const auto analysis = analysed(HitPolicy::unique, {{"n", TypeKind::number}, {"m", TypeKind::number}},
                                 {{"< limit", "-", "a"}, {">= 10", "< 5", "b"}, {"<= 10", "< 5", "c"}});
  // The computed row may take what no other does, and may overlap: neither is said; the certain overlap is.
  CHECK(messages(analysis) == Lines{"rows 2 and 3 both match n = 10, m < 5"});
  CHECK(analysis.unread == std::vector<CellPlace>{{0, 0}});
  CHECK_FALSE(analysis.complete());
}

TEST_CASE("table analysis: values that an input cannot have are no gap, and their cells never match",
          "[table]") {
  AnalysisOptions options;
  options.inputs.resize(2);
  options.inputs[0].allowed = {Value::string("red"), Value::string("green")};
  options.inputs[1].least = Value::number(0);
  options.inputs[1].most = Value::number(10);
  const std::vector<std::pair<std::string, TypeKind>> inputs = {{"colour", TypeKind::string},
                                                                {"n", TypeKind::number}};
  CHECK(analysed(HitPolicy::unique, inputs, {{"\"red\"", "-", "a"}, {"\"green\"", "[0..10]", "b"}}, options)
            .complete());
  CHECK(messages(analysed(
            HitPolicy::unique, inputs,
            {{"\"red\"", "-", "a"}, {"\"green\"", "< 10", "b"}, {"\"blue\"", "-", "c"}, {"-", "< 0", "d"}},
            options)) == Lines{"nothing that colour can be passes this cell, so row 3 never matches",
                               "nothing that n can be passes this cell, so row 4 never matches",
                               "no row for colour = \"green\", n = 10"});
}

TEST_CASE("table analysis: two columns that ask the same are one", "[table]") {
  CHECK(analysed(HitPolicy::unique, {{"c.n", TypeKind::number}, {"c.n", TypeKind::number}},
                 {{"< 10", "-", "a"}, {"-", ">= 10", "b"}})
            .complete());
}

TEST_CASE("table analysis: past its budget it says that it stopped, and never that there is no gap",
          "[table]") {
  AnalysisOptions options;
  options.boxes = 3;
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 20; ++i) rows.push_back({cat("[", i, "..", i + 1, ")"), "a"});
  rows.push_back({"< 0", "a"});
  rows.push_back({">= 20", "a"});
  const auto analysis = analysed(HitPolicy::unique, {{"n", TypeKind::number}}, rows, options);
  CHECK(analysis.stopped);
  CHECK(analysis.boxes == 3);
  CHECK_FALSE(analysis.complete());
  CHECK(analysed(HitPolicy::unique, {{"n", TypeKind::number}}, rows).complete());
}

TEST_CASE("table analysis: rows that could be one, columns and first that do nothing", "[table]") {
  const std::vector<std::pair<std::string, TypeKind>> inputs = {{"s", TypeKind::string},
                                                                {"n", TypeKind::number}};
  const auto notes = [](const TableAnalysis& analysis) {
    Lines out;
    for (const TableFinding& finding : analysis.findings)
      if (!finding.null_only) out.push_back(finding.message);
    return out;
  };
  CHECK(notes(analysed(HitPolicy::first, inputs,
                       {{"\"a\"", "< 5", "x"}, {"\"a\"", ">= 5", "x"}, {"not(\"a\")", "-", "y"}})) ==
        Lines{"rows 1 and 2 could be one row with n = anything but null",
              "no two rows match one input: \"first\" could be \"unique\"",
              "the result is the same whatever n is"});
  CHECK(notes(analysed(HitPolicy::first, inputs, {{"\"a\"", "-", "x"}, {"-", "-", "x"}})) ==
        Lines{"row 1 says nothing that row 2 does not say", "the result is the same whatever s is",
              "no row asks for n"});
}

TEST_CASE("table analysis: a value between two others is between them", "[table]") {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"1", "2"},
      {"0.1", "0.2"},
      {"-1", "0"},
      {"\"a\"", "\"aa\""},
      {"\"a\"", "\"b\""},
      {"\"\"", "\"a\""},
      {"@\"2026-01-31\"", "@\"2026-02-02\""},
      {"@\"10:00:00\"", "@\"10:00:01\""},
      {"@\"PT1S\"", "@\"PT2S\""},
      {"@\"2026-01-01T10:00:00Z\"", "@\"2026-01-01T10:00:01Z\""},
      {"@\"P1M\"", "@\"P3M\""}};
  for (const auto& [a, b] : pairs) {
    CAPTURE(a, b);
    const Value low = cases::feel(a), high = cases::feel(b);
    const auto middle = detail::value_between(low.kind(), low, high, low);
    REQUIRE(middle);
    CHECK(compare(low, *middle, nullptr) == -1);
    CHECK(compare(*middle, high, nullptr) == -1);
    const auto below = detail::value_between(low.kind(), Value(), low, low);
    if (below) CHECK(compare(*below, low, nullptr) == -1);
    const auto above = detail::value_between(low.kind(), low, Value(), low);
    REQUIRE(above);
    CHECK(compare(low, *above, nullptr) == -1);
  }
  const Value day = cases::feel("@\"2026-01-31\""), next = cases::feel("@\"2026-02-01\"");
  CHECK_FALSE(detail::value_between(ValueKind::date, day, next, day));
}
