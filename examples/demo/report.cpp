// The report of the demo, section by section. Everything in it was read back from the store.
#include "report.hpp"

#include "page.hpp"
#include "table.hpp"

#include "aesop/base/default_ports.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace demo {
namespace {

using aesop::Band;
using aesop::Decimal;
using aesop::Figure;
using aesop::Status;
using aesop::WorkItem;

void title(std::ostream& out, std::string_view text) { out << '\n' << text << "\n\n"; }

std::string clinic_name(const World& world, std::string_view scope) {
  const Clinic* clinic = world.clinic_of(scope);
  return clinic != nullptr ? clinic->id : "central";
}

void two_digits(std::string& out, int number) {
  if (number < 10) out.push_back('0');
  aesop::append(out, number);
}

std::string_view zone_of(const World& world, std::string_view scope) {
  const Clinic* clinic = world.clinic_of(scope);
  return clinic != nullptr ? std::string_view(clinic->zone) : central_zone;
}

/// "Mon 23 Nov 09:30" on the clock of the clinic; of the central office for no scope.
std::string local_time(const World& world, std::string_view scope, aesop::Instant at) {
  const auto zone = aesop::ZoneRef::named(zone_of(world, scope));
  const auto local = aesop::to_date_time(at, zone, aesop::default_ports().zones);
  if (!local) return "?";
  constexpr std::string_view days[] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::string_view months[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::string out = aesop::cat(days[static_cast<int>(aesop::weekday(local->date))], ' ');
  two_digits(out, local->date.day);
  aesop::append(out, ' ', months[local->date.month], ' ');
  two_digits(out, local->local.hour());
  out.push_back(':');
  two_digits(out, local->local.minute());
  return out;
}

/// "3 d 4 h", "45 min".
std::string length(std::int64_t us) {
  const std::int64_t minutes = us / aesop::us_per_minute;
  if (minutes >= 24 * 60) return aesop::cat(minutes / (24 * 60), " d ", minutes / 60 % 24, " h");
  if (minutes >= 60) return aesop::cat(minutes / 60, " h ", minutes % 60, " min");
  return aesop::cat(minutes, " min");
}

std::string step_title(const std::vector<aesop::StepDefinition>& steps, std::string_view id) {
  for (const aesop::StepDefinition& step : steps) {
    if (step.id.text == id) return step.title.text;
    if (!step.each) continue;
    if (std::string inner = step_title(step.each->run, id); !inner.empty()) return inner;
  }
  return {};
}

void worklist(std::ostream& out, const ReportInput& in, std::vector<WorkItem> items) {
  const auto urgency = [](const WorkItem& item) { return item.due ? item.due->us : INT64_MAX; };
  std::stable_sort(items.begin(), items.end(), [&](const WorkItem& a, const WorkItem& b) {
    return std::pair(urgency(a), a.subject) < std::pair(urgency(b), b.subject);
  });
  const auto late = std::count_if(items.begin(), items.end(),
                                  [&](const WorkItem& item) { return item.due && *item.due < in.now; });
  title(out, aesop::cat("OPEN WORKLIST   ", items.size(), " items, ", late,
                        " of them overdue; the most pressing first"));
  Table table({"claim", "what", "kind", "role", "clinic", "due (local)", ">overdue by"});
  for (std::size_t i = 0; i < items.size() && i < in.top; ++i) {
    const WorkItem& item = items[i];
    const bool billing = item.sop == in.billing->sop.text;
    std::string what = step_title((billing ? in.billing : in.appeals)->steps, item.step);
    if (what.empty()) what = item.step;
    if (what.size() > 42) what = what.substr(0, 39) + "...";
    table.row({item.subject, what, item.kind, item.roles.empty() ? "" : item.roles.front(),
               clinic_name(in.world, item.scope),
               item.due ? local_time(in.world, item.scope, *item.due) : "-",
               item.due && *item.due < in.now ? length(in.now - *item.due) : ""});
  }
  table.print(out);

  std::map<std::string, std::map<std::string, int>> counts;
  for (const WorkItem& item : items)
    ++counts[item.roles.empty() ? "-" : item.roles.front()][clinic_name(in.world, item.scope)];
  std::vector<std::string> headings = {"by role"};
  for (const Clinic& clinic : in.world.clinics) headings.push_back(">" + clinic.id);
  headings.push_back(">all");
  Table by_role(headings);
  for (auto& [role, by_clinic] : counts) {
    std::vector<std::string> cells = {role};
    int all = 0;
    for (const Clinic& clinic : in.world.clinics)
      cells.push_back(aesop::cat(by_clinic[clinic.id])), all += by_clinic[clinic.id];
    cells.push_back(aesop::cat(all));
    by_role.row(cells);
  }
  out << '\n';
  by_role.print(out);
}

void waiting(std::ostream& out, const ReportInput& in) {
  const Findings& findings = in.findings;
  title(out, aesop::cat("OPEN CLAIMS   ", findings.open, " by what they wait for; ", findings.with_people,
                        " of them for people"));
  std::vector<std::string> headings = {"waits for", ">claims"};
  for (const Clinic& clinic : in.world.clinics) headings.push_back(">" + clinic.id);
  headings.emplace_back(">longest");
  Table table(headings);
  for (const Waiting& one : findings.waiting) {
    std::vector<std::string> cells = {one.what, aesop::cat(one.count)};
    for (const Clinic& clinic : in.world.clinics) {
      const auto found = one.by_scope.find(clinic.scope);
      cells.push_back(aesop::cat(found == one.by_scope.end() ? 0 : found->second));
    }
    cells.push_back(length(in.now - one.since));
    table.row(cells);
  }
  table.print(out);
  // Waiting is not being forgotten: what nobody works on has a rung to come that tells somebody.
  out << "\n  " << findings.adrift
      << " claims have neither work on the list nor a time limit that tells somebody";
  if (findings.longest_unwatched)
    out << ";\n  of those that wait, the last is looked at again by "
        << local_time(in.world, {}, *findings.longest_unwatched) << " (" << central_zone << "), in "
        << length(*findings.longest_unwatched - in.now);
  out << '\n';
}

void escalations(std::ostream& out, const Findings& findings) {
  std::int64_t all = 0;
  for (const RungCount& rung : findings.rungs) all += rung.count;
  title(out, aesop::cat("ESCALATIONS   ", grouped(all), " rungs fired, each once for its clock"));
  Table table({"what was late", "rung", "whom it reached", ">times"});
  std::size_t shown = 0;
  std::int64_t rest = 0;
  for (const RungCount& rung : findings.rungs) {
    if (rung.rank >= 2 && ++shown > 16) {
      rest += rung.count;
      continue;
    }
    table.row({rung.what, rung.when, rung.whom, aesop::cat(rung.count)});
  }
  if (rest > 0) table.row({"other", "", "", aesop::cat(rest)});
  table.print(out);
}

void exceptions(std::ostream& out, const ReportInput& in) {
  title(out, aesop::cat("EXCEPTIONS   ", in.findings.exceptions.size(),
                        " asked for or invoked; no policy, no deviation"));
  Table table({"claim", "policy", "asked by", "who decided", "result"});
  std::map<std::string, int> results;
  std::size_t shown = 0;
  for (const ExceptionStory& story : in.findings.exceptions) {
    ++results[story.result];
    if (++shown <= 14)
      table.row({story.claim, story.what, story.asked_by, story.decided_by.empty() ? "-" : story.decided_by,
                 story.result});
  }
  if (table.empty()) {
    out << "  none\n";
    return;
  }
  table.print(out);
  if (shown > 14) out << "  ... and " << shown - 14 << " more\n";
  out << '\n';
  std::string line = "  in all:";
  for (const auto& [result, count] : results) aesop::append(line, ' ', count, ' ', result, ';');
  line.pop_back();
  out << line << '\n';
}

/// The months of the demo in the central office's zone, the last six of them.
std::vector<std::pair<std::string, aesop::Period>> months_until(aesop::Instant now) {
  constexpr std::string_view names[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto begin = [](aesop::Date month) {
    const aesop::DateTime local{month, aesop::LocalTime::of(0, 0), aesop::ZoneRef::named(central_zone)};
    return aesop::to_instant(local, aesop::default_ports().zones).value_or(aesop::Instant{});
  };
  std::vector<std::pair<std::string, aesop::Period>> out;
  for (aesop::Date month{first_day.year, first_day.month, 1}; begin(month) < now;) {
    aesop::Date next = month;
    if (++next.month > 12) next.month = 1, ++next.year;
    out.emplace_back(aesop::cat('>', names[month.month]), aesop::Period{begin(month), begin(next)});
    month = next;
  }
  if (out.size() > 6) out.erase(out.begin(), out.end() - 6);
  return out;
}

void tally(std::ostream& out, const ReportInput& in, std::string_view heading, std::string_view key,
           const aesop::TallyFold& fold, aesop::TallyOrder order) {
  title(out, heading);
  const auto rows = fold.result(order);
  const bool money = order == aesop::TallyOrder::amount;
  std::vector<std::string> headings = {std::string(key), ">lines"};
  if (money) headings.push_back(">dollars");
  std::vector<std::map<std::string, std::int64_t>> trend;
  for (const auto& [name, period] : months_until(in.now)) {
    headings.push_back(name);
    trend.emplace_back();
    for (const aesop::TallyRow& row : fold.result(order, period)) trend.back()[row.key] = row.cases;
  }
  headings.push_back("root causes");
  Table table(headings);
  for (const aesop::TallyRow& row : rows) {
    std::string causes;
    for (const auto& [label, count] : row.labels)
      aesop::append(causes, causes.empty() ? "" : ", ", label, ' ', count);
    if (row.unlabelled > 0) aesop::append(causes, causes.empty() ? "" : ", ", "no triage ", row.unlabelled);
    std::vector<std::string> cells = {row.key, aesop::cat(row.cases)};
    if (money) cells.push_back(fixed(row.amount, 2));
    for (const auto& month : trend) {
      const auto found = month.find(row.key);
      cells.push_back(found == month.end() ? "-" : aesop::cat(found->second));
    }
    cells.push_back(causes);
    table.row(cells);
  }
  if (table.empty())
    out << "  none\n";
  else
    table.print(out);
}

std::string target_text(const Figure& figure) {
  const aesop::Target& target = figure.target;
  if (!target.given()) return "-";
  const auto number = [&](const Decimal& value) {
    return figure.is_days ? fixed(value, 0) : fixed(multiply(value, Decimal(100)).value_or(value), 0);
  };
  const std::string unit = figure.is_days ? " days" : " %";
  if (target.at_least)
    return number(*target.at_least) +
           (target.strong ? "-" + number(*target.strong) + unit : unit + " or more");
  return (target.strong ? "under " + number(*target.strong) + " strong, up to " + number(*target.at_most)
                        : "at most " + number(*target.at_most)) +
         unit;
}

void measures(std::ostream& out, const ReportInput& in) {
  title(out, "MEASURES   over the whole time, all clinics and each; targets of the SOP");
  std::vector<std::string> headings = {"measure", ">value", "target", "band", ">runs"};
  for (const Clinic& clinic : in.world.clinics) headings.push_back(">" + clinic.id);
  Table table(headings);
  const auto value = [](const Figure& figure) -> std::string {
    if (!figure.value) return "-";
    if (figure.is_days) return fixed(*figure.value, 1) + " d";
    return figure.is_count ? fixed(*figure.value, 0) : percent(*figure.value);
  };
  const auto figures = in.findings.board.figures();
  std::vector<std::vector<Figure>> by_clinic;
  for (const Clinic& clinic : in.world.clinics)
    by_clinic.push_back(in.findings.board.figures({}, clinic.scope));
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Figure& figure = figures[i];
    std::vector<std::string> cells = {
        figure.title, value(figure), target_text(figure), std::string(to_string(figure.band)),
        figure.is_days ? aesop::cat(figure.count) : aesop::cat(figure.count, " of ", figure.over)};
    for (const auto& clinic : by_clinic) cells.push_back(value(clinic[i]));
    table.row(cells);
  }
  // Days in A/R: what stands open over the charges of a day, not the days of one claim.
  const auto receivables = [&](std::string_view scope) {
    Figure figure;
    figure.title = "Days in A/R (30-day charges)";
    figure.is_days = true;
    figure.target = {std::nullopt, Decimal(40), Decimal(30)};
    figure.value = in.findings.receivables.result(in.now, 30, scope).days();
    figure.band = figure.target.band(figure.value);
    return figure;
  };
  const Figure all = receivables({});
  const aesop::Level level = in.findings.receivables.result(in.now, 30);
  std::vector<std::string> cells = {all.title, value(all), target_text(all), std::string(to_string(all.band)),
                                    "$" + fixed(level.open, 0) + " open"};
  for (const Clinic& clinic : in.world.clinics) cells.push_back(value(receivables(clinic.scope)));
  table.row(cells);
  const auto adherence = [&](std::string_view scope) {
    const auto share = in.findings.adherence.result(scope).value();
    return share ? percent(*share) : std::string("-");
  };
  const aesop::Adherence total = in.findings.adherence.result();
  cells = {"Adherence (steps as the SOP says)", adherence({}), "-", "-",
           aesop::cat(total.conforming, " of ", total.due)};
  for (const Clinic& clinic : in.world.clinics) cells.push_back(adherence(clinic.scope));
  table.row(cells);
  table.print(out);
}

Status audit(std::ostream& out, const ReportInput& in) {
  auto report = in.engine.verify_log();
  if (!report) return report.take_error();
  title(out, "AUDIT   the whole log walked from its first entry");
  out << "  entries      " << grouped(static_cast<std::int64_t>(report->entries)) << " good, first bad: "
      << (report->first_bad ? aesop::cat(*report->first_bad, " (", report->reason, ')') : std::string("none"))
      << '\n';
  out << "  payloads     " << grouped(static_cast<std::int64_t>(report->payloads_present))
      << " match their commitment, " << report->payloads_erased << " erased, " << report->payloads_absent
      << " absent\n";
  out << "  head         " << aesop::to_hex(report->head)
      << "\n               (keep it elsewhere: then a rewritten log shows)\n";
  out << "  story        " << in.findings.digest
      << "\n               (over what happened; the same for the same seed)\n";
  if (report->ok()) return {};
  return aesop::Error{aesop::ErrorCode::corrupt, "the log does not verify"};
}

void outbox(std::ostream& out, const ReportInput& in) {
  title(out, "OUTBOX AND REFUSALS");
  std::string effects, refused;
  for (const auto& [kind, count] : in.tally.effects)
    aesop::append(effects, effects.empty() ? "" : ", ", kind, ' ', grouped(count));
  for (const auto& [reason, count] : in.tally.refused)
    aesop::append(refused, refused.empty() ? "" : ", ", reason, ' ', count);
  const auto left = in.engine.poll_outbox(in.now, 0, 1000);
  out << "  effects done     " << (effects.empty() ? "none" : effects) << '\n'
      << "  still to do      " << (left ? left->size() : 0) << '\n'
      << "  commands refused " << (refused.empty() ? "none" : refused) << '\n'
      << "  incidents        " << in.findings.incidents << '\n';
  for (const std::string& error : in.tally.errors) out << "  error            " << error << '\n';
}

}  // namespace

Status print_report(std::ostream& out, const ReportInput& in) {
  auto items = in.engine.worklist({std::nullopt, std::nullopt, std::nullopt, std::nullopt, 100'000});
  if (!items) return items.take_error();
  title(out, aesop::cat("BILLING AND CLAIMS   ", in.claims, " claims, ", in.days,
                        " days, three clinics, seed ", in.seed));
  std::string clocks;
  for (const Clinic& clinic : in.world.clinics)
    aesop::append(clocks, clocks.empty() ? "" : ", ", clinic.id, ' ', clinic.zone);
  out << "  It is " << local_time(in.world, {}, in.now) << " at the central office (" << central_zone << "), "
      << aesop::to_string(in.now) << ".\n  Due times are on the clock of the clinic: " << clocks << ".\n\n";
  Table outcomes({"runs of billing_claims", ">count"});
  for (const auto& [outcome, count] : in.findings.outcomes) outcomes.row({outcome, aesop::cat(count)});
  outcomes.row({"take-overs (claim_appeals)", aesop::cat(in.findings.appeals)});
  outcomes.print(out);
  worklist(out, in, items.take());
  waiting(out, in);
  escalations(out, in.findings);
  exceptions(out, in);
  tally(out, in, "DENIALS   by code (CARC), by dollars, by month, with the root cause found in triage",
        "code", in.findings.denials, aesop::TallyOrder::amount);
  tally(out, in, "REJECTIONS   by category (999, 277CA), by month, with the root cause", "category",
        in.findings.rejections, aesop::TallyOrder::cases);
  measures(out, in);
  outbox(out, in);
  if (auto audited = audit(out, in); !audited) return audited;

  const std::int64_t per_second =
      in.seconds > 0 ? static_cast<std::int64_t>(static_cast<double>(in.tally.commands) / in.seconds) : 0;
  title(out, "HOW FAST");
  out << "  " << in.days << " days in "
      << fixed(Decimal::scaled(static_cast<std::int64_t>(in.seconds * 100), 2), 2)
      << " s: " << grouped(in.tally.commands) << " commands (" << grouped(per_second) << " a second), "
      << grouped(in.tally.feed_events) << " feed events in " << grouped(in.tally.feed_batches) << " batches, "
      << grouped(in.tally.timers) << " timers, " << grouped(in.findings.events) << " events\n";
  if (in.mode == "memory") return {};
  out << "  store " << in.path << " (" << in.mode << ")\n";
  auto page = write_page(in);
  if (!page) return page.take_error();
  title(out, "WHAT TO TRY NEXT");
  const std::pair<std::string, std::string> hints[] = {
      {aesop::cat("aesop tasks ", in.path, " --role biller"), "who has what to do"},
      {aesop::cat("aesop audit verify ", in.path), "walk the log yourself"},
      {"aesop show examples/dso/billing_claims.sop.json", "the procedure, for people"},
      {aesop::cat("echo '{\"do\": \"runs\", \"status\": \"open\"}' | aesop exec ", in.path),
       "one JSON line in, one out"},
      {aesop::cat("aesop kpis ", in.path, " --sop billing_claims --by month"),
       "the measures, month by month"}};
  std::size_t width = 0;
  for (const auto& [command, what] : hints) width = std::max(width, command.size());
  for (const auto& [command, what] : hints)
    out << "  " << command << std::string(width - command.size() + 3, ' ') << what << '\n';
  out << "\n  the same as a page: " << *page << '\n';
  return {};
}

}  // namespace demo
