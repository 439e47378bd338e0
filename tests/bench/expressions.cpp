// Expressions in nanoseconds, with what they allocate: each beside the same rule written by hand in C++, and beside the
// engines of peers.mjs where node and npm are there. Compiling is measured with its evaluation, too, since one of these
// engines does both each time.
#include "bench/bench.hpp"

#include "aesop/rules/compile.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace aesop_bench {

using namespace aesop;

namespace {

/// A claim as a host that knows it at compile time would hold it.
struct Claim {
  std::string payer = "acme", code = "D2750", status = "open";
  std::int64_t cents = 121'025;
  std::int64_t submitted = parse_instant("2026-01-12T09:30:00Z")->us / 1'000'000;
  std::int64_t now = parse_instant("2026-03-02T14:00:00Z")->us / 1'000'000;
};

Value claim_value() {
  return Value::context({{"payer", Value::string("acme")},
                         {"code", Value::string("D2750")},
                         {"amount", Value::number(*Decimal::parse("1210.25"))},
                         {"submitted", Value::instant(*parse_instant("2026-01-12T09:30:00Z"))},
                         {"status", Value::string("open")}});
}

struct Rule {
  std::string_view key, what, text;
  double most;  // nanoseconds; 0 where there is no goal
  bool (*by_hand)(const Claim&);
};

constexpr Rule rules_measured[] = {
    {"simple", "simple rule", "claim.amount > 500 and claim.payer = \"acme\"", 100,
     [](const Claim& claim) { return claim.cents > 50'000 && claim.payer == "acme"; }},
    {"dates", "date rule", "claim.submitted + duration(\"P30D\") < now()", 300,
     [](const Claim& claim) { return claim.submitted + 30 * seconds_per_day < claim.now; }},
    {"year", "date rule, with a date",
     "date(claim.submitted) < date(\"2026-02-01\") and claim.submitted.year = 2026", 300,
     [](const Claim& claim) {
       const std::int64_t day = detail::floor_div(claim.submitted, seconds_per_day);
       return day < days_from_civil({2026, 2, 1}) && civil_from_days(day).year == 2026;
     }},
    {"list", "list rule", "some c in [\"D2740\", \"D2750\"] satisfies claim.code = c", 0,
     [](const Claim& claim) {
       for (const std::string_view code : {"D2740", "D2750"})
         if (claim.code == code) return true;
       return false;
     }},
};

struct Peer {
  std::string rule, engine;
  double nanoseconds = 0;
};

/// What peers.mjs prints; a reason in `skipped` where it cannot.
std::vector<Peer> peers(std::string& skipped) {
  std::vector<Peer> out;
  if (std::system("node --version >/dev/null 2>&1") != 0) {
    skipped = "there is no node";
    return out;
  }
  std::FILE* lines =
      popen("node '" AESOP_TESTS_DIR "/bench/peers.mjs' '" AESOP_SOURCE_DIR "/build/peers' 2>&1", "r");
  if (lines == nullptr) return out;
  char line[512];
  while (std::fgets(line, sizeof line, lines) != nullptr) {
    const std::string text(trim(std::string_view(line)));
    const auto columns = split(text, '\t');
    if (columns.size() == 3)
      out.push_back({std::string(columns[0]), std::string(columns[1]),
                     std::strtod(std::string(columns[2]).c_str(), nullptr)});
    else if (skipped.empty() && !text.empty())
      skipped = text;
  }
  if (pclose(lines) != 0 && skipped.empty()) skipped = "peers.mjs failed";
  return out;
}

std::string times(double ratio) { return cat("aesop is ", figure(ratio), " times as fast"); }

}  // namespace

void bench_expressions() {
  section("Expressions");
  std::string skipped;
  const std::vector<Peer> others = peers(skipped);
  Scope scope;
  scope.add("claim",
            *parse_type("context<payer: string, code: string, amount: number, submitted: date and time, "
                        "status: string>"));
  const std::vector<Value> slots{claim_value()};
  for (const Rule& rule : rules_measured) {
    const auto expr = Expr::compile(rule.text, scope);
    if (!expr) {
      row(rule.what, to_string(expr.error()), {}, "compiles", false);
      continue;
    }
    Evaluation evaluation;
    evaluation.now = *parse_instant("2026-03-02T14:00:00Z");
    const long before = allocation_count();
    const Value answer = expr->evaluate(slots, evaluation);
    const long allocated = allocation_count() - before;
    const double ns = nanoseconds([&] { keep(expr->evaluate(slots, evaluation)); });
    Claim claim;
    const double by_hand = nanoseconds([&] {
      keep(claim);
      keep(rule.by_hand(claim));
    });
    const bool same = answer.is_true() && rule.by_hand(claim);
    row(rule.what, cat(figure(ns), " ns, ", allocated, " allocations"),
        cat("C++ by hand ", figure(by_hand), " ns, ratio ", figure(ns / by_hand)),
        rule.most > 0 ? cat("<= ", figure(rule.most), " ns, 0 allocations") : std::string(),
        same && ns <= rule.most && allocated == 0);
    const double compiling = nanoseconds([&] { keep(Expr::compile(rule.text, scope).ok()); });
    row(cat(rule.what, ": parsed and compiled"), cat(figure(compiling / 1000), " us"), {},
        rule.key == "simple" ? "<= 5 us" : "", compiling <= 5'000);
    for (const Peer& peer : others)
      if (peer.rule == rule.key) {
        const bool parses = peer.engine.find("parses each time") != std::string::npos;
        const bool by_hand_too = peer.engine.find("by hand") != std::string::npos;
        row(cat(rule.what, ": ", peer.engine), cat(figure(peer.nanoseconds), " ns"),
            by_hand_too ? cat("ratio ", figure(ns / peer.nanoseconds))
            : parses    ? cat("compiled and evaluated: ", times(peer.nanoseconds / (compiling + ns)))
                        : times(peer.nanoseconds / ns));
      }
  }
  if (!skipped.empty()) row("other engines", cat("skipped: ", skipped));
}

const int expressions_registered = add("expressions", &bench_expressions);

}  // namespace aesop_bench
