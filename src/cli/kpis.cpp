// aesop kpis DB: the measures of an SOP, from what its runs did.
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "cli/who.hpp"

#include "aesop/base/text.hpp"
#include "aesop/exchange/figures.hpp"

namespace aesop::cli {
namespace {

std::optional<Decimal> decimal(const Value& of, std::string_view name) {
  const Value& value = of.get(name);
  return value.is_number() ? std::optional(value.as_decimal()) : std::nullopt;
}

std::string band_words(const Value& kpi) {
  const std::string_view band = kpi.get("band").as_string();
  if (band == "none") return {};
  return paint(band == "missed" ? Colour::red : Colour::green, band);
}

void show(const Value& ok) {
  std::vector<std::string> heading = {"KPI", "VALUE", "TARGET", "BAND", "RUNS"};
  const Value& kpis = ok.get("kpis");
  if (kpis.size() == 0) return put("this SOP has no KPIs\n");
  for (const Value& point : kpis.at(0).get("trend").items()) heading.push_back(shown(point.get("period")));
  Table table(heading);
  for (const Value& kpi : kpis.items()) {
    const std::string_view unit = kpi.get("unit").as_string();
    const Value& target = kpi.get("target");
    std::string runs = shown(kpi.get("count"));
    if (unit != "count") append(runs, " of ", shown(kpi.get("over")));
    std::vector<std::string> cells = {shown(kpi.get("title")), figure_words(unit, decimal(kpi, "value")),
                                      target_words(unit, decimal(target, "at_least"),
                                                   decimal(target, "at_most"), decimal(target, "strong")),
                                      band_words(kpi), runs};
    for (const Value& point : kpi.get("trend").items())
      cells.push_back(figure_words(unit, decimal(point, "value")));
    table.add(std::move(cells));
  }
  put(table.text());
}

Exit run(const Invocation& call) {
  Value at;
  if (call.given("--at")) {
    auto time = read_time(call.text("--at"));
    if (!time) return fail_usage(time.error());
    at = Value::string(*time);
  }
  return look(call,
              command("kpis", {{"sop", optional_text(call, "--sop")},
                               {"version", optional_text(call, "--version")},
                               {"from", optional_text(call, "--from")},
                               {"until", optional_text(call, "--until")},
                               {"scope", optional_text(call, "--scope")},
                               {"by", optional_text(call, "--by")},
                               {"lineage", call.given("--lineage") ? Value::boolean(true) : Value()},
                               {"at", at}}),
              show);
}

}  // namespace

extern const Verb kpis_verb{
    "kpis",
    "Reading",
    "Show the KPIs of an SOP with their targets",
    "A run belongs to the period in which it came to the moment that the KPI counts over. A date is its\n"
    "beginning in the SOP's zone; --until is not part of the period any more.",
    with_store({{"DB", Word::Kind::one, "", "the store"},
                {"--sop", Word::Kind::value, "SOP", "of this SOP (default: the only one)"},
                {"--version", Word::Kind::value, "V",
                 "as this version measures, its runs only (default: the last version, all runs)"},
                {"--from", Word::Kind::value, "TIME", "from this time or date"},
                {"--until", Word::Kind::value, "TIME", "to before this time or date"},
                {"--scope", Word::Kind::value, "SCOPE", "only at this scope and below"},
                {"--by", Word::Kind::value, "week|month", "also the trend"},
                {"--at", Word::Kind::value, "TIME", "as was known at this time (default: all)"},
                {"--lineage", Word::Kind::flag, "", "with --json: also the events behind each figure"}}),
    run};

}  // namespace aesop::cli
