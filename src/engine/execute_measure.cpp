// Commands that measure: kpis, counts, escalations, exceptions. Each folds the events of an SOP's runs (part measure)
// in one look at the store; nothing is kept beside the log, so a figure is what the log says.
#include "engine/execute_verbs.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/measure.hpp"

#include <algorithm>
#include <functional>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

/// Most periods of a trend: ten years of weeks.
constexpr std::size_t max_periods = 530;

/// What is measured, resolved.
struct Measured {
  std::shared_ptr<const Plan> plan;
  ZoneRef zone;
  Period period;
  std::string scope;
  std::optional<Instant> at;           ///< what was recorded later is not known
  std::optional<std::string> version;  ///< only runs of this version
};

Result<std::shared_ptr<const Plan>> plan_asked_for(EngineImpl& engine, const MeasureOf& of) {
  if (of.sop) return of.version ? engine.plan_of(*of.sop, *of.version) : engine.latest_plan(*of.sop);
  if (of.version)
    return Error{ErrorCode::schema_error, "\"version\" without \"sop\"", "say of which SOP it is a version"};
  auto all = engine.store().list_sops();
  if (!all) return all.take_error();
  std::vector<std::string_view> names;
  for (const StoredSop& row : *all)
    if (std::find(names.begin(), names.end(), row.sop) == names.end()) names.push_back(row.sop);
  if (names.empty()) return Error{ErrorCode::not_found, "no SOP is published", "publish one first"};
  if (names.size() > 1)
    return Error{ErrorCode::schema_error, cat(names.size(), " SOPs are published, and none is named"),
                 cat("say which with \"sop\": ", join(names, ", "))};
  return engine.latest_plan(names.front());
}

/// An instant, or the beginning of a date in the SOP's zone.
Result<Instant> moment_of(EngineImpl& engine, const ZoneRef& zone, std::string_view name,
                          const std::string& text) {
  if (const auto date = parse_date(text))
    return to_instant(DateTime{*date, LocalTime::of(0, 0), zone}, engine.ports().zones);
  auto instant = parse_instant(text);
  if (instant) return instant;
  return Error{ErrorCode::schema_error, cat('"', name, "\" must be a time or a date"),
               "such as \"2026-01-05T09:00:00Z\" or \"2026-01-05\""};
}

Result<Measured> measured(EngineImpl& engine, const Envelope& envelope, const MeasureOf& of) {
  Measured out;
  auto plan = plan_asked_for(engine, of);
  if (!plan) return plan.take_error();
  out.plan = plan.take();
  const std::string& zone = out.plan->definition().zone.text;
  out.zone = zone.empty() ? ZoneRef::utc() : ZoneRef::named(zone);
  if (of.from) {
    auto from = moment_of(engine, out.zone, "from", *of.from);
    if (!from) return from.take_error();
    out.period.from = *from;
  }
  if (of.until) {
    auto until = moment_of(engine, out.zone, "until", *of.until);
    if (!until) return until.take_error();
    out.period.until = *until;
  }
  if (out.period.until < out.period.from)
    return Error{ErrorCode::schema_error, "\"until\" is before \"from\""};
  out.scope = of.scope.value_or("");
  out.at = envelope.at;
  out.version = of.version;
  return out;
}

using Take = std::function<void(const RunRow& run, const LoggedEvent& event)>;

/// Hands over every event of the SOP's runs that was recorded by `at`, run by run; gives the number of runs.
Result<std::uint64_t> each_event(EngineImpl& engine, const Measured& what, const Take& take) {
  RunFilter filter;
  filter.sop = what.plan->sop();
  if (!what.scope.empty()) filter.scope = what.scope;
  filter.limit = 500;
  std::uint64_t count = 0;
  for (;;) {
    auto runs = engine.store().list_runs(filter);
    if (!runs) return runs.take_error();
    for (const RunRow& run : *runs) {
      filter.after = run.number;
      if (what.version && run.version != *what.version) continue;
      bool begun = false, over = false;
      for (std::uint64_t after = 0; !over;) {
        constexpr std::size_t page = 1000;
        auto events = engine.read_events(run.number, after, page);
        if (!events) return events.take_error();
        for (const LoggedEvent& event : *events) {
          after = event.run_seq;
          over = what.at && event.event.at > *what.at;
          if (over) break;
          begun = true;
          take(run, event);
        }
        over = over || events->size() < page;
      }
      count += begun;
    }
    if (runs->size() < filter.limit) return count;
  }
}

Value instant_value(Instant at) { return Value::string(to_string(at)); }

/// What the answer says of what was asked.
std::vector<Entry> head_of(const Measured& what, std::uint64_t runs) {
  std::vector<Entry> out;
  if (what.at) out.emplace_back("at", instant_value(*what.at));
  if (what.period.from.us != INT64_MIN) out.emplace_back("from", instant_value(what.period.from));
  out.emplace_back("runs", number(runs));
  if (!what.scope.empty()) out.emplace_back("scope", Value::string(what.scope));
  out.emplace_back("sop", Value::string(what.plan->sop()));
  if (what.period.until.us != INT64_MAX) out.emplace_back("until", instant_value(what.period.until));
  out.emplace_back("version", Value::string(what.plan->version()));
  return out;
}

Value in_order(std::vector<Entry> entries) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.first < b.first; });
  return Value::context(std::move(entries));
}

// --- kpis ------------------------------------------------------------------------------------------------

/// A piece of a trend.
struct Piece {
  std::string name;  ///< "2026-10", "2026-W41"
  Period period;
};

std::string two_digits(int number) { return cat(number < 10 ? "0" : "", number); }

/// The months or ISO weeks, in the SOP's zone, that `reach` touches, cut to the period asked for.
Result<std::vector<Piece>> pieces_of(EngineImpl& engine, const ZoneRef& zone, const std::string& by,
                                     Period reach, Period asked) {
  std::vector<Piece> out;
  if (reach.until <= reach.from) return out;
  const auto first = to_date_time(reach.from, zone, engine.ports().zones);
  if (!first)
    return Error{ErrorCode::no_zone_data, cat("time zone \"", printable(zone.name), "\" is not known")};
  const bool months = by == "month";
  const std::int64_t days = days_from_civil(first->date);
  Date day = months ? Date{first->date.year, first->date.month, 1}
                    : civil_from_days(days - (static_cast<int>(weekday(days)) - 1));
  for (;;) {
    const auto next = months ? add_months(day, 1) : add_days(day, 7);
    if (!next) return Error{ErrorCode::invalid_argument, "the period is too far away for a calendar"};
    const auto from = to_instant(DateTime{day, LocalTime::of(0, 0), zone}, engine.ports().zones);
    const auto until = to_instant(DateTime{*next, LocalTime::of(0, 0), zone}, engine.ports().zones);
    if (!from) return from.error();
    if (!until) return until.error();
    if (*from >= reach.until) return out;
    if (out.size() == max_periods)
      return Error{ErrorCode::limit_exceeded, cat("the trend has more than ", max_periods, " periods"),
                   "narrow it down with \"from\" and \"until\""};
    const Date thursday =
        civil_from_days(days_from_civil(day) + 3);  // the year of an ISO week is that of its Thursday
    out.push_back({months ? cat(day.year, '-', two_digits(day.month))
                          : cat(thursday.year, "-W", two_digits(week_of_year(thursday))),
                   {std::max(*from, asked.from), std::min(*until, asked.until)}});
    day = *next;
  }
}

Value decimal_value(const Decimal& value) { return Value::number(value); }

Value target_value(const Target& target) {
  std::vector<Entry> out;
  if (target.at_least) out.emplace_back("at_least", decimal_value(*target.at_least));
  if (target.at_most) out.emplace_back("at_most", decimal_value(*target.at_most));
  if (target.strong) out.emplace_back("strong", decimal_value(*target.strong));
  return Value::context(std::move(out));
}

/// The numbers of a figure: alike in the whole and in each piece of a trend.
void numbers(std::vector<Entry>& out, const Figure& figure) {
  out.emplace_back("band", Value::string(figure.band == Band::none ? "none" : to_string(figure.band)));
  out.emplace_back("count", Value::number(figure.count));
  out.emplace_back("over", Value::number(figure.over));
  if (figure.p90) out.emplace_back("p90", decimal_value(*figure.p90));
  if (figure.value) out.emplace_back("value", decimal_value(*figure.value));
}

Value evidence_value(const std::vector<FactRef>& list) {
  return listed(list, [](const FactRef& one) {
    return Value::context(
        {{"revision", number(one.revision)}, {"run", Value::string(one.run)}, {"seq", number(one.entry)}});
  });
}

Result<Value> kpis(EngineImpl& engine, const Envelope& envelope, const KpisVerb& verb) {
  if (verb.by && *verb.by != "week" && *verb.by != "month")
    return Error{ErrorCode::schema_error, "kpis.by must be one of week, month"};
  auto what = measured(engine, envelope, verb.of);
  if (!what) return what.take_error();
  KpiBoard board(what->plan->shared_definition());
  FactReader reader;
  Period reach{{INT64_MAX}, {INT64_MIN}};
  auto runs = each_event(engine, *what, [&](const RunRow& run, const LoggedEvent& logged) {
    for (const Fact& fact : reader.read(run.id, logged.event, logged.seq, logged.run_seq)) {
      board.add(fact);
      reach.from = std::min(reach.from, fact.at);
      reach.until = std::max(reach.until, fact.at + 1);
    }
  });
  if (!runs) return runs.take_error();

  const std::vector<Figure> figures = board.figures(what->period, what->scope);
  std::vector<std::vector<Entry>> rows(figures.size());
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Figure& figure = figures[i];
    std::vector<Entry>& row = rows[i];
    row.emplace_back("id", Value::string(figure.id));
    row.emplace_back("title", Value::string(figure.title));
    if (!figure.owner.empty()) row.emplace_back("owner", Value::string(figure.owner));
    row.emplace_back("unit", Value::string(figure.is_days ? "days" : figure.is_count ? "count" : "share"));
    if (figure.target.given()) row.emplace_back("target", target_value(figure.target));
    const SpanText& window = board.definition().kpis[i].window;
    if (window.given()) row.emplace_back("window", Value::string(window.text));
    numbers(row, figure);
  }
  if (verb.by) {
    // A trend goes from what was asked for, else from what happened first, to the same at its end.
    if (what->period.from.us != INT64_MIN) reach.from = what->period.from;
    if (what->period.until.us != INT64_MAX) reach.until = what->period.until;
    auto pieces = pieces_of(engine, what->zone, *verb.by, reach, what->period);
    if (!pieces) return pieces.take_error();
    std::vector<std::vector<Value>> trends(figures.size());
    for (const Piece& piece : *pieces) {
      const std::vector<Figure> then = board.figures(piece.period, what->scope);
      for (std::size_t i = 0; i < then.size(); ++i) {
        std::vector<Entry> point = {{"from", instant_value(piece.period.from)},
                                    {"period", Value::string(piece.name)},
                                    {"until", instant_value(piece.period.until)}};
        numbers(point, then[i]);
        trends[i].push_back(in_order(std::move(point)));
      }
    }
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i].emplace_back("trend", Value::list(std::move(trends[i])));
  }
  if (verb.lineage) {
    const std::vector<Lineage> lineage = board.lineage(what->period, what->scope);
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i].emplace_back("lineage", Value::context({{"count", evidence_value(lineage[i].count)},
                                                      {"over", evidence_value(lineage[i].over)}}));
  }
  std::vector<Value> list;
  for (std::vector<Entry>& row : rows) list.push_back(in_order(std::move(row)));
  std::vector<Entry> out = head_of(*what, *runs);
  if (verb.by) out.emplace_back("by", Value::string(*verb.by));
  out.emplace_back("kpis", Value::list(std::move(list)));
  return in_order(std::move(out));
}

// --- counts ----------------------------------------------------------------------------------------------

Result<Value> counts(EngineImpl& engine, const Envelope& envelope, const CountsVerb& verb) {
  auto what = measured(engine, envelope, verb.of);
  if (!what) return what.take_error();
  TallyFold fold({verb.moment, verb.field, verb.amount.value_or(""), "", ""});
  FactReader reader;
  auto runs = each_event(engine, *what, [&](const RunRow& run, const LoggedEvent& logged) {
    for (const Fact& fact : reader.read(run.id, logged.event)) fold.add(fact);
  });
  if (!runs) return runs.take_error();
  const auto tally = fold.result(TallyOrder::cases, what->period, what->scope);
  std::vector<Entry> out = head_of(*what, *runs);
  out.emplace_back("counts", listed(tally, [&](const TallyRow& row) {
                     std::vector<Entry> entries;
                     if (verb.amount) entries.emplace_back("amount", decimal_value(row.amount));
                     entries.emplace_back("count", Value::number(row.cases));
                     entries.emplace_back("value", Value::string(row.key));
                     return Value::context(std::move(entries));
                   }));
  out.emplace_back("field", Value::string(verb.field));
  out.emplace_back("moment", Value::string(verb.moment));
  return in_order(std::move(out));
}

// --- escalations and exceptions --------------------------------------------------------------------------

Value rung_value(const RungCount& row) {
  std::vector<std::string> whom;
  for (const auto* list : {&row.definition->page, &row.definition->notify, &row.definition->reassign})
    for (const Text& target : *list)
      if (std::find(whom.begin(), whom.end(), target.text) == whom.end()) whom.push_back(target.text);
  std::vector<Entry> out = {{"after", Value::string(row.definition->at.text)},
                            {"count", Value::number(row.count)},
                            {"found_nobody", Value::number(row.found_nobody)},
                            {"kind", Value::string(row.kind)},
                            {"ref", Value::string(row.ref)},
                            {"rung", number(row.rung)},
                            {"runs", Value::number(row.runs)}};
  if (!row.definition->start_sop.empty())
    out.emplace_back("starts", Value::string(row.definition->start_sop.text));
  out.emplace_back("title", Value::string(row.title));
  out.emplace_back("whom", texts(whom));
  return in_order(std::move(out));
}

Result<Value> escalations(EngineImpl& engine, const Envelope& envelope, const MeasureOf& verb) {
  auto what = measured(engine, envelope, verb);
  if (!what) return what.take_error();
  RungFold fold(what->plan->shared_definition());
  auto runs = each_event(
      engine, *what, [&](const RunRow& run, const LoggedEvent& logged) { fold.add(run.id, logged.event); });
  if (!runs) return runs.take_error();
  std::vector<Entry> out = head_of(*what, *runs);
  out.emplace_back("escalations", listed(fold.result(what->period, what->scope), rung_value));
  return in_order(std::move(out));
}

Value voice_value(const DeviationVoice& voice) {
  std::vector<Entry> out = {{"answer", Value::string(voice.answer)},
                            {"at", instant_value(voice.at)},
                            {"by", Value::string(voice.by)}};
  if (!voice.role.empty()) out.emplace_back("role", Value::string(voice.role));
  return Value::context(std::move(out));
}

Result<Value> exceptions(EngineImpl& engine, const Envelope& envelope, const MeasureOf& verb) {
  auto what = measured(engine, envelope, verb);
  if (!what) return what.take_error();
  DeviationFold fold;
  std::map<std::string, std::string, std::less<>> subjects;
  auto runs = each_event(engine, *what, [&](const RunRow& run, const LoggedEvent& logged) {
    if (logged.run_seq == 1) subjects[run.id] = run.subject;
    fold.add(run.id, logged.event);
  });
  if (!runs) return runs.take_error();
  const auto title_of = [&](const std::string& id) {
    for (const ExceptionPolicy& policy : what->plan->definition().exceptions)
      if (policy.id.text == id && !policy.title.empty()) return policy.title;
    return id;
  };
  std::vector<Entry> out = head_of(*what, *runs);
  out.emplace_back("exceptions",
                   listed(fold.result(what->period, what->scope), [&](const DeviationStory& one) {
                     return Value::context({{"allows", Value::string(one.allows)},
                                            {"asked_by", Value::string(one.asked_by)},
                                            {"at", instant_value(one.at)},
                                            {"decided", listed(one.voices, voice_value)},
                                            {"emergency", Value::boolean(one.emergency)},
                                            {"expired", Value::boolean(one.expired)},
                                            {"id", Value::string(one.id)},
                                            {"passed_on", Value::boolean(one.passed_on)},
                                            {"policy", Value::string(one.policy)},
                                            {"result", Value::string(one.result)},
                                            {"run", Value::string(one.run)},
                                            {"step", Value::string(one.step)},
                                            {"subject", Value::string(subjects[one.run])},
                                            {"title", Value::string(title_of(one.policy))},
                                            {"used", Value::boolean(one.used)}});
                   }));
  return in_order(std::move(out));
}

}  // namespace

Value do_kpis(EngineImpl& engine, const Value& command) {
  return reading<KpisVerb>(engine, command, "kpis", [&](const Envelope& envelope, const KpisVerb& verb) {
    return kpis(engine, envelope, verb);
  });
}

Value do_counts(EngineImpl& engine, const Value& command) {
  return reading<CountsVerb>(
      engine, command, "counts",
      [&](const Envelope& envelope, const CountsVerb& verb) { return counts(engine, envelope, verb); });
}

Value do_escalations(EngineImpl& engine, const Value& command) {
  return reading<MeasureOf>(
      engine, command, "escalations",
      [&](const Envelope& envelope, const MeasureOf& verb) { return escalations(engine, envelope, verb); });
}

Value do_exceptions(EngineImpl& engine, const Value& command) {
  return reading<MeasureOf>(
      engine, command, "exceptions",
      [&](const Envelope& envelope, const MeasureOf& verb) { return exceptions(engine, envelope, verb); });
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
