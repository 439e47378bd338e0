// Decision tables in nanoseconds: 20 to 1,000 rules beside the same by hand, and the analysis of large ones. Expressions are in
// expressions.cpp.
#include "bench/bench.hpp"

#include "aesop/rules/compile.hpp"
#include "aesop/table/analysis.hpp"
#include "aesop/table/compile.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace aesop_bench {

using namespace aesop;

namespace {

Type claim_type() {
  return *parse_type(
      "context<payer: string, code: string, amount: number, submitted: date and time, status: string>");
}

Value claim() {
  return Value::context({{"payer", Value::string("acme")},
                         {"code", Value::string("D2750")},
                         {"amount", Value::number(*Decimal::parse("1210.25"))},
                         {"submitted", Value::instant(*parse_instant("2026-01-12T09:30:00Z"))},
                         {"status", Value::string("open")}});
}

TableModel attachments(int rows) {
  TableModel model;
  model.hit = HitPolicy::unique;
  model.inputs = {{"claim.code", {}, {}}, {"claim.amount", {}, {}}, {"claim.status", {}, {}}};
  model.outputs = {{"needed", TypeKind::string, {}, {}, {}}};
  for (int i = 0; i < rows; ++i) {
    TableRule rule;
    rule.inputs = {TableCell::of_feel(cat("\"D2", 731 + i, "\", \"D5", 100 + i, '"')),
                   TableCell::of_feel(i % 2 == 0 ? "> 500" : "[0..5000)"),
                   TableCell::of_feel("not(\"closed\")")};
    rule.outputs = {TableCell::of_value(Value::string(i % 3 == 0 ? "radiograph" : "narrative"))};
    model.rules.push_back(std::move(rule));
  }
  return model;
}

// The same table as somebody writes it in C++ who knows that codes tell the rows apart: a hash of them, then two tests.
class ByHand {
 public:
  explicit ByHand(int rows) {
    for (int i = 0; i < rows; ++i) {
      by_code_.emplace(cat("D2", 731 + i), i);
      by_code_.emplace(cat("D5", 100 + i), i);
    }
  }
  std::string_view needed(const std::string& code, double amount, const std::string& status) const {
    const auto found = by_code_.find(code);
    if (found == by_code_.end() || status == "closed") return {};
    if (found->second % 2 == 0 ? amount <= 500 : amount < 0 || amount >= 5000) return {};
    return found->second % 3 == 0 ? "radiograph" : "narrative";
  }

 private:
  std::unordered_map<std::string, int> by_code_;
};

void table_of(int rows, double most) {
  Scope scope;
  scope.add("claim", claim_type());
  Findings findings;
  const std::string what = cat(rows, "-rule table, 3 inputs, unique"), goal = cat("<= ", figure(most), " ns");
  const auto table = Table::compile(attachments(rows), scope, findings);
  if (!table) {
    row(what, to_string(table.error()), {}, goal, false);
    return;
  }
  const std::vector<Value> slots{claim()};
  Evaluation evaluation;
  const double ns = nanoseconds([&] { keep(table->evaluate(slots, evaluation)); });
  const ByHand by_hand(rows);
  const std::string code = "D2750", status = "open";
  double amount = 1210.25;
  const double floor = nanoseconds([&] {
    asm volatile("" : "+m"(amount));
    keep(by_hand.needed(code, amount, status));
  });
  row(what, figure(ns) + " ns", cat("by hand in C++ ", figure(floor), " ns"), goal, ns <= most);
}

// A space cut in two at random again and again: complete, and as hard to see through as a table can be.
TableModel cut_up(std::size_t rows, std::size_t width) {
  struct Row {
    std::vector<std::uint64_t> low, high;
  };
  std::uint64_t state = 1;
  const auto random = [&state](std::uint64_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % n;
  };
  constexpr std::uint64_t end = 1'000'000;
  std::vector<Row> cut{{std::vector<std::uint64_t>(width, 0), std::vector<std::uint64_t>(width, end)}};
  while (cut.size() < rows) {
    const std::size_t at = random(cut.size()), column = random(width);
    const std::uint64_t low = cut[at].low[column], high = cut[at].high[column];
    if (high - low < 2) continue;
    const std::uint64_t middle = low + 1 + random(high - low - 1);
    cut.push_back(cut[at]);
    cut[at].high[column] = middle;
    cut.back().low[column] = middle;
  }
  TableModel model;
  for (std::size_t c = 0; c < width; ++c) model.inputs.push_back({cat("x", c), {}, {}});
  model.outputs = {{"y", TypeKind::number, {}, {}, {}}};
  for (std::size_t i = 0; i < rows; ++i) {
    TableRule rule;
    for (std::size_t c = 0; c < width; ++c) {
      const std::uint64_t low = cut[i].low[c], high = cut[i].high[c];
      if (low == 0 && high == end)
        rule.inputs.push_back(TableCell::of_any());
      else
        rule.inputs.push_back(TableCell::of_feel(high == end ? cat(">= ", low)
                                                 : low == 0  ? cat("< ", high)
                                                             : cat('[', low, "..", high, ')')));
    }
    rule.outputs = {TableCell::of_value(Value::number(static_cast<std::int64_t>(i)))};
    model.rules.push_back(std::move(rule));
  }
  return model;
}

void analysis_of(std::size_t rows, std::size_t width, bool gaps) {
  const TableModel model = cut_up(rows, width);
  Scope scope;
  for (const TableInput& input : model.inputs) scope.add(input.text, TypeKind::number);
  Findings findings;
  const auto table = Table::compile(model, scope, findings);
  const std::string what =
      cat("table analysis, ", rows, " rules x ", width, gaps ? ", everything" : ", overlaps alone");
  if (!table) {
    row(what, to_string(table.error()), {}, "<= 1 s", false);
    return;
  }
  std::vector<double> seconds;
  std::string said;
  for (int round = 0; round < 3; ++round) {
    const auto start = Clock::now();
    if (gaps) {
      const TableAnalysis analysis = analyse(*table, {.boxes = 10'000'000, .nulls = false});
      said = cat(analysis.boxes, " boxes, ", analysis.complete() ? "complete" : "not complete");
    } else {
      std::size_t pairs = 0;
      const detail::TableSpace space = detail::space_of(*table, {});
      detail::each_overlap(space.sure, [&](std::uint32_t, std::uint32_t) { return ++pairs > 0; });
      said = cat(pairs, " overlaps");
    }
    seconds.push_back(seconds_since(start));
  }
  const double middle = median(seconds);
  row(what, figure(middle * 1000) + " ms", said, "<= 1 s", middle <= 1);
}

}  // namespace

void bench_rules() {
  section("Tables");
  table_of(20, 300);
  table_of(100, 500);
  table_of(1'000, 1'500);
  analysis_of(1'500, 7, true);
  analysis_of(5'000, 12, false);
}

const int rules_registered = add("rules", &bench_rules);

}  // namespace aesop_bench
