// The page of a report.
#include "aesop/base/civil_text.hpp"
#include "aesop/base/default_ports.hpp"
#include "aesop/exchange/figures.hpp"
#include "aesop/exchange/html.hpp"
#include "aesop/exchange/lanes.hpp"
#include "aesop/exchange/report.hpp"
#include "aesop/model/show_words.hpp"

#include <algorithm>
#include <map>

namespace aesop {
inline namespace v0 {

namespace {

constexpr std::size_t rows_shown = 60;  // of the worklist; the rest is folded away

std::string plural(std::int64_t count, std::string_view one, std::string_view many) {
  return cat(number_words(Decimal(count), 0), ' ', count == 1 ? one : many);
}

std::optional<Decimal> decimal(const Value& value) {
  return value.is_number() ? std::optional(value.as_decimal()) : std::nullopt;
}

std::string two(int number) { return cat(number < 10 ? "0" : "", number); }

/// A table whose rows become cards on a narrow screen: roles are said, since CSS takes them away there.
class TableHtml {
 public:
  TableHtml(std::string_view caption, std::vector<std::string> heads) : heads_(std::move(heads)) {
    append(out_, "<table class=\"stack\" role=\"table\">\n<caption>", escape_html(caption),
           "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">");
    for (std::string& head : heads_) {
      const bool right = head.starts_with('>');
      if (right) head.erase(0, 1);
      append(out_, "<th scope=\"col\" role=\"columnheader\"", right ? " class=\"num\"" : "", '>',
             escape_html(head), "</th>");
    }
    out_ += "</tr></thead>\n<tbody role=\"rowgroup\">\n";
  }
  void begin(std::string_view id = {}) {
    out_ += "<tr role=\"row\"";
    if (!id.empty()) append(out_, " id=\"", escape_html(id), '"');
    out_ += '>';
    column_ = 0;
  }
  /// HTML of the cell that names the row.
  void head(std::string_view html) {
    append(out_, "<th scope=\"row\" role=\"rowheader\">", html, "</th>");
    ++column_;
  }
  /// HTML of a cell.
  void cell(std::string_view html, std::string_view classes = {}) {
    const std::string all = cat(classes, html.empty() ? (classes.empty() ? "none" : " none") : "");
    append(out_, "<td role=\"cell\" data-label=\"", escape_html(heads_[column_]), '"');
    if (!all.empty()) append(out_, " class=\"", all, '"');
    append(out_, "><span>", html, "</span></td>");
    ++column_;
  }
  void end() { out_ += "</tr>\n"; }
  std::string take() { return std::move(out_) + "</tbody></table>\n"; }

 private:
  std::string out_;
  std::vector<std::string> heads_;
  std::size_t column_ = 0;
};

class Page {
 public:
  explicit Page(const Report& report)
      : r_(report),
        zone_(report.zone.empty() || report.zone == "UTC" ? ZoneRef::utc() : ZoneRef::named(report.zone)) {}

  std::string run() {
    const std::string title = r_.sops.size() == 1 ? r_.sops.front().title : "Report on the procedures";
    append(body_, "<a class=\"skip\" href=\"#main\">To the report</a>\n<header>\n<h1>", escape_html(title),
           "</h1>\n<p class=\"soft\">", subtitle(), "</p>\n");
    std::string parts;
    section(parts, "kpis", "KPIs", kpis());
    section(parts, "worklist", "Open work", worklist());
    section(parts, "escalations", "Escalations", escalations());
    section(parts, "exceptions", "Exceptions", exceptions());
    counts(parts);
    if (r_.run) section(parts, "run", cat("Run of ", r_.run->subject), timeline());
    lanes(parts);
    section(parts, "audit", "Audit", audit());
    append(body_, "<nav aria-label=\"Sections\"><ul>", nav_, "</ul></nav>\n</header>\n<main id=\"main\">\n",
           facts(), parts,
           "</main>\n<footer><p>Made by Aesop from the log of the store. Figures are rounded for reading; "
           "\u201caesop report --json\u201d gives them "
           "exactly.</p></footer>\n");
    return html_page(cat(title, " \u2013 report of ", time_words(r_.at)), language(), body_);
  }

 private:
  std::string language() const {
    return r_.sops.size() == 1 && r_.sops[0].definition ? r_.sops[0].definition->language : std::string();
  }

  // --- words -----------------------------------------------------------------------------------------------

  std::string time_words(Instant at) const {
    const auto local = to_date_time(at, zone_, default_ports().zones);
    if (!local) return to_string(at);
    constexpr std::string_view months[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return cat(local->date.day, ' ', months[local->date.month], ' ', local->date.year, ' ',
               two(local->local.hour()), ':', two(local->local.minute()));
  }
  std::string time_html(Instant at) const {
    return cat("<time datetime=\"", to_string(at), "\">", time_words(at), "</time>");
  }
  const Definition* definition_of(std::string_view sop) const {
    for (const ReportSop& one : r_.sops)
      if (one.sop == sop) return one.definition.get();
    return nullptr;
  }
  static std::string role_words(const Definition* definition, std::string_view role) {
    return definition != nullptr ? detail::Wording(*definition).role(role) : detail::plain_words(role);
  }
  static std::string target_words_of(const Definition* definition, std::string_view target) {
    if (target == "responsible") return "whoever does it";
    if (target == "pages") return "who is on call";
    for (const std::string_view word : {"accountable", "consulted", "informed"})
      if (target == word) return cat("the ", word);
    if (target == "review") return "the reviewer";
    return role_words(definition, target);
  }
  std::string sop_sub(std::string_view sop) const {
    if (r_.sops.size() < 2) return {};
    for (const ReportSop& one : r_.sops)
      if (one.sop == sop) return cat("<span class=\"sub\">", escape_html(one.title), "</span>");
    return {};
  }
  static std::string tag(std::string_view kind, std::string_view sign, std::string_view words) {
    return cat("<span class=\"tag ", kind, "\">",
               sign.empty() ? "" : cat("<span aria-hidden=\"true\">", sign, "</span> "), escape_html(words),
               "</span>");
  }
  static std::string band_html(std::string_view band) {
    if (band == "strong") return tag("good", "\u25b2", "strong");
    if (band == "met") return tag("good", "\u25cf", "met");
    if (band == "missed") return tag("bad", "\u25bc", "missed");
    return {};
  }
  static std::string figure_html(std::string_view unit, const Value& value) {
    const auto number = decimal(value);
    if (!number) return "\u2013";
    return cat("<data value=\"", number->to_string(), "\">", escape_html(figure_words(unit, number)),
               "</data>");
  }
  static std::string empty(std::string_view text) { return cat("<p class=\"empty\">", text, "</p>\n"); }

  void section(std::string& out, std::string_view id, std::string_view title, const std::string& html,
               std::string_view classes = {}) {
    append(nav_, "<li><a href=\"#", id, "\">", escape_html(title), "</a></li>");
    append(out, "<section id=\"", id, "\" aria-labelledby=\"", id, "-h\"");
    if (!classes.empty()) append(out, " class=\"", classes, '"');
    append(out, ">\n<h2 id=\"", id, "-h\">", escape_html(title), "</h2>\n", html, "</section>\n");
  }

  std::string subtitle() const {
    std::string out =
        cat("As of ", time_html(r_.at), ", times in ", escape_html(r_.zone.empty() ? "UTC" : r_.zone));
    if (r_.seq > 0) append(out, ", taken at entry ", number_words(Decimal(r_.seq), 0), " of the record");
    if (!r_.scope.empty()) append(out, ", at ", escape_html(r_.scope), " and below");
    if (!r_.from.empty()) append(out, ", from ", escape_html(r_.from));
    if (!r_.until.empty()) append(out, ", to before ", escape_html(r_.until));
    if (r_.sops.size() == 1)
      append(out, ". Version ", escape_html(r_.sops[0].version), ", ",
             plural(r_.sops[0].runs, "run", "runs"));
    return out + ".";
  }

  // --- sections --------------------------------------------------------------------------------------------

  std::string facts() const {
    std::int64_t missed = 0, banded = 0, rungs = 0, asked = 0, open = 0, nobody = 0;
    for (const ReportSop& sop : r_.sops) {
      for (const ReportKpi& kpi : sop.kpis) missed += kpi.band == "missed", banded += kpi.band != "none";
      for (const ReportRung& rung : sop.escalations) rungs += rung.count, nobody += rung.found_nobody;
      asked += static_cast<std::int64_t>(sop.exceptions.size());
      for (const ReportException& one : sop.exceptions)
        open += one.result == "waiting" || one.result == "review_owed" || one.result == "review_overdue";
    }
    const auto fact = [](std::string_view name, const std::string& value, const std::string& more) {
      return cat("<div><dt>", name, "</dt><dd>", value, "<small>", more, "</small></dd></div>\n");
    };
    return cat("<dl class=\"facts\">\n",
               fact("Targets missed", number_words(Decimal(missed), 0),
                    cat("of ", plural(banded, "KPI", "KPIs"), " with a target and a value")),
               fact("Open work", number_words(Decimal(static_cast<std::int64_t>(r_.tasks.size())), 0),
                    r_.overdue > 0 ? cat("<span class=\"late\">", number_words(Decimal(r_.overdue), 0),
                                         " overdue</span>")
                                   : "none overdue"),
               fact("Escalations", number_words(Decimal(rungs), 0),
                    nobody > 0 ? cat(number_words(Decimal(nobody), 0), " found nobody") : "rungs fired"),
               fact("Exceptions", number_words(Decimal(asked), 0),
                    cat(number_words(Decimal(open), 0), " still open")),
               fact("Record", r_.audit.sound ? "whole" : "<span class=\"late\">broken</span>",
                    plural(r_.audit.entries, "entry", "entries")),
               "</dl>\n");
  }

  static std::string sparkline(const ReportKpi& kpi) {
    constexpr int width = 116, height = 30, pad = 4;
    std::vector<std::pair<std::size_t, Decimal>> points;
    for (std::size_t i = 0; i < kpi.trend.size(); ++i)
      if (const auto value = decimal(kpi.trend[i].value)) points.emplace_back(i, *value);
    if (points.empty()) return {};
    Decimal low = points.front().second, high = low;
    std::optional<Decimal> goal;
    if (kpi.target)
      goal = decimal(kpi.target->at_least.is_null() ? kpi.target->at_most : kpi.target->at_least);
    for (const auto& [i, value] : points) low = std::min(low, value), high = std::max(high, value);
    if (goal) low = std::min(low, *goal), high = std::max(high, *goal);
    const Decimal span = subtract(high, low).value_or(Decimal());
    const auto y = [&](const Decimal& value) {
      if (span.is_zero()) return height / 2;
      const auto part = divide(
          multiply(subtract(value, low).value_or(Decimal()), Decimal(height - 2 * pad)).value_or(Decimal()),
          span);
      return height - pad -
             static_cast<int>(part.value_or(Decimal()).rounded(0).value_or(Decimal()).to_int64().value_or(0));
    };
    const auto x = [&](std::size_t i) {
      return kpi.trend.size() < 2
                 ? width / 2
                 : pad + static_cast<int>(i) * (width - 2 * pad) / static_cast<int>(kpi.trend.size() - 1);
    };
    std::string words, path;
    for (const ReportPoint& point : kpi.trend)
      append(words, words.empty() ? "" : "; ", point.period, ' ',
             figure_words(kpi.unit, decimal(point.value)));
    for (const auto& [i, value] : points) append(path, path.empty() ? "M" : "L", x(i), ' ', y(value));
    std::string out = cat("<svg class=\"spark\" role=\"img\" width=\"", width, "\" height=\"", height,
                          "\" viewBox=\"0 0 ", width, ' ', height, "\" aria-label=\"", escape_html(words),
                          "\"><title>", escape_html(words), "</title>");
    if (goal) append(out, "<path class=\"goal\" d=\"M0 ", y(*goal), "H", width, "\"/>");
    if (points.size() > 1) append(out, "<path class=\"run\" d=\"", path, "\"/>");
    append(out, "<circle class=\"end\" cx=\"", x(points.back().first), "\" cy=\"", y(points.back().second),
           "\" r=\"2.8\"/></svg>");
    return out;
  }

  std::string kpis() const {
    std::string out;
    for (const ReportSop& sop : r_.sops) {
      if (sop.kpis.empty()) {
        if (r_.sops.size() == 1) out += empty("This procedure has no KPIs.");
        continue;
      }
      if (r_.sops.size() > 1) append(out, "<h3>", escape_html(sop.title), "</h3>\n");
      TableHtml table(
          "A run counts in the period in which it came to the moment that is counted over. The dashed line "
          "is the target.",
          {"KPI", ">Value", "Band", "Target", ">Runs", "Trend"});
      for (const ReportKpi& kpi : sop.kpis) {
        table.begin(cat("kpi-", sop.sop, '-', kpi.id));
        std::string name = escape_html(kpi.title);
        if (!kpi.owner.empty())
          append(name, "<span class=\"sub\">", escape_html(role_words(sop.definition.get(), kpi.owner)),
                 "</span>");
        table.head(name);
        std::string value = cat("<span class=\"value\">", figure_html(kpi.unit, kpi.value), "</span>");
        if (kpi.p90.is_number())
          append(value, "<span class=\"sub\">90 % within ",
                 escape_html(figure_words("days", decimal(kpi.p90))), "</span>");
        table.cell(value, "num");
        table.cell(band_html(kpi.band));
        table.cell(kpi.target
                       ? escape_html(target_words(kpi.unit, decimal(kpi.target->at_least),
                                                  decimal(kpi.target->at_most), decimal(kpi.target->strong)))
                       : "");
        const std::string counted =
            cat("<data value=\"", kpi.count, "\">", number_words(Decimal(kpi.count), 0), "</data>");
        table.cell(kpi.unit == "count" ? counted
                                       : cat(counted, " of <data value=\"", kpi.over, "\">",
                                             number_words(Decimal(kpi.over), 0), "</data>"),
                   "num");
        table.cell(sparkline(kpi));
        table.end();
      }
      out += table.take();
    }
    if (r_.sops.empty())
      out += empty("No procedure is published.");
    else if (out.empty())
      out += empty("These procedures have no KPIs.");
    return out;
  }

  void task_rows(TableHtml& table, std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to; ++i) {
      const ReportTask& task = r_.tasks[i];
      const Definition* definition = definition_of(task.sop);
      table.begin();
      table.head(escape_html(task.subject));
      std::string what = escape_html(task.title.empty() ? task.step : task.title);
      if (task.kind != "task")
        append(what, "<span class=\"sub\">", escape_html(detail::plain_words(task.kind)), "</span>");
      table.cell(what + sop_sub(task.sop));
      std::string who;
      for (const std::string& role : task.roles)
        append(who, who.empty() ? "" : ", ", role_words(definition, role));
      std::string cell = escape_html(who);
      if (!task.owner.empty())
        append(cell, "<span class=\"sub\">held by ", escape_html(task.owner), "</span>");
      table.cell(cell);
      table.cell(escape_html(task.scope));
      if (!task.due) {
        table.cell("");
      } else {
        std::string due = time_html(*task.due);
        if (*task.due < r_.at)
          append(due, "<span class=\"sub late\">", length_words(r_.at - *task.due), " late</span>");
        table.cell(due, "num");
      }
      table.end();
    }
  }

  std::string worklist() const {
    if (r_.tasks.empty()) return empty("Nobody has anything to do.");
    const std::vector<std::string> heads = {"Subject", "What", "Who", "Where", ">Due"};
    const std::size_t first = std::min(rows_shown, r_.tasks.size());
    TableHtml table("What people can do now, the most overdue first.", heads);
    task_rows(table, 0, first);
    std::string out = table.take();
    if (first < r_.tasks.size()) {
      TableHtml rest("The rest of the list.", heads);
      task_rows(rest, first, r_.tasks.size());
      append(out, "<details><summary>",
             plural(static_cast<std::int64_t>(r_.tasks.size() - first), "more item", "more items"),
             "</summary>\n", rest.take(), "</details>\n");
    }
    return out;
  }

  std::string escalations() const {
    std::string out;
    for (const ReportSop& sop : r_.sops) {
      if (sop.escalations.empty()) continue;
      if (r_.sops.size() > 1) append(out, "<h3>", escape_html(sop.title), "</h3>\n");
      TableHtml table("Which time limit was passed, how far up its ladder, and whom that reached.",
                      {"What was late", "Rung", "Whom it reached", ">Times", ">Runs"});
      std::string before;
      for (const ReportRung& rung : sop.escalations) {
        table.begin();
        const bool again = before == rung.kind + rung.ref;
        before = rung.kind + rung.ref;
        const std::string kind =
            rung.kind == "step"
                ? ""
                : cat("<span class=\"sub\">", escape_html(detail::plain_words(rung.kind)), "</span>");
        table.head(
            again ? cat("<span class=\"soft\" style=\"font-weight:400\">", escape_html(rung.title), "</span>")
                  : escape_html(rung.title) + kind);
        table.cell(cat(rung.rung, ". ", escape_html(rung_words(sop, rung))));
        std::string whom;
        for (const std::string& target : rung.whom)
          append(whom, whom.empty() ? "" : ", ", target_words_of(sop.definition.get(), target));
        if (!rung.starts.empty())
          append(whom, whom.empty() ? "starts " : "; starts ", detail::plain_words(rung.starts));
        std::string cell = escape_html(whom);
        if (rung.found_nobody > 0)
          append(cell, "<span class=\"sub late\">", number_words(Decimal(rung.found_nobody), 0),
                 " times somebody was missing</span>");
        table.cell(cell);
        table.cell(number_words(Decimal(rung.count), 0), "num");
        table.cell(number_words(Decimal(rung.runs), 0), "num");
        table.end();
      }
      out += table.take();
    }
    return out.empty() ? empty("No time limit was passed.") : out;
  }

  /// "=appeals_day" is the value of a parameter; say it.
  static std::string rung_words(const ReportSop& sop, const ReportRung& rung) {
    if (!rung.after.starts_with('=') || !sop.definition) return rung.after;
    for (const ParameterDefinition& parameter : sop.definition->parameters)
      if (parameter.type.name == rung.after.substr(1))
        return cat("after ", detail::Wording(*sop.definition).parameter(parameter));
    return rung.after.substr(1);
  }

  static std::string result_html(const ReportException& one) {
    const auto more = [&](std::string_view words) {
      return cat(words, one.passed_on ? ", passed on" : "", one.used && !one.emergency ? ", used" : "",
                 one.expired ? ", expired unused" : "");
    };
    if (one.result == "approved") return tag("good", "\u2713", more("approved"));
    if (one.result == "justified") return tag("good", "\u2713", "justified");
    if (one.result == "not_justified") return tag("bad", "\u2717", "not justified");
    if (one.result == "denied") return tag("bad", "\u2717", more("denied"));
    if (one.result == "timed_out") return tag("bad wrap", "\u2717", more("denied: nobody decided in time"));
    if (one.result == "review_overdue") return tag("bad", "!", "review overdue");
    return tag("", "", more(detail::plain_words(one.result)));
  }

  std::string exceptions() const {
    std::string out;
    for (const ReportSop& sop : r_.sops) {
      if (sop.exceptions.empty()) continue;
      if (r_.sops.size() > 1) append(out, "<h3>", escape_html(sop.title), "</h3>\n");
      TableHtml table("Who asked to deviate from the procedure, who decided, and what came of it.",
                      {"Subject", "Exception", "Asked by", "Decided by", "Result", ">When"});
      for (const ReportException& one : sop.exceptions) {
        table.begin();
        table.head(escape_html(one.subject));
        table.cell(cat(escape_html(one.title), one.emergency ? "<span class=\"sub\">emergency</span>" : ""));
        table.cell(escape_html(one.asked_by));
        std::string who;
        for (const ReportVoice& voice : one.decided) {
          const std::string words = voice.answer == "approve" ? "yes"
                                    : voice.answer == "deny"  ? "no"
                                                              : detail::plain_words(voice.answer);
          append(who, "<span class=\"voice\">", escape_html(voice.by), ": ", escape_html(words));
          if (!voice.role.empty())
            append(who, "<span class=\"sub\">", escape_html(role_words(sop.definition.get(), voice.role)),
                   "</span>");
          who += "</span>";
        }
        table.cell(who);
        table.cell(result_html(one));
        table.cell(time_html(one.at), "num");
        table.end();
      }
      out += table.take();
    }
    return out.empty() ? empty("Nobody asked for one.") : out;
  }

  void counts(std::string& parts) {
    std::size_t number = 0;
    for (const ReportSop& sop : r_.sops)
      for (const ReportCount& count : sop.counts) {
        std::string name = detail::plain_words(count.moment);
        std::replace(name.begin(), name.end(), '.', ' ');
        name[0] = is_lower(name[0]) ? static_cast<char>(name[0] - 'a' + 'A') : name[0];
        if (sop.definition)
          for (const EventDefinition& event : sop.definition->events)
            if (event.name.text == count.moment && !event.title.empty()) name = event.title;
        std::int64_t most = 0, all = 0;
        for (const ReportCountRow& row : count.counts) most = std::max(most, row.count), all += row.count;
        std::string html;
        if (all == 0) {
          html = empty("It did not happen.");
        } else {
          TableHtml table(cat(plural(all, "time", "times"), " in all, by the field ", count.field, "."),
                          {count.field, ">Times", ">Share", "Of the most frequent"});
          for (const ReportCountRow& row : count.counts) {
            table.begin();
            table.head(row.value.empty() ? "<span class=\"soft\">none, or erased</span>"
                                         : escape_html(row.value));
            table.cell(
                cat("<data value=\"", row.count, "\">", number_words(Decimal(row.count), 0), "</data>"),
                "num");
            table.cell(escape_html(figure_words("share", ratio_of(row.count, all))), "num");
            table.cell(cat("<span class=\"bar\" style=\"width:", row.count * 100 / most, "%\"></span>"),
                       "barcell");
            table.end();
          }
          html = table.take();
        }
        section(parts, cat("count-", ++number), cat(name, " by ", detail::plain_words(count.field)), html);
      }
  }
  static std::optional<Decimal> ratio_of(std::int64_t part, std::int64_t whole) {
    return divide(Decimal(part), Decimal(whole));
  }

  std::string timeline() const {
    const ReportRun& run = *r_.run;
    std::string out =
        cat("<p class=\"soft\">", escape_html(run.sop), ' ', escape_html(run.version),
            ", run <span class=\"mono\">", escape_html(run.run), "</span>, ", escape_html(run.status),
            run.outcome.empty() ? "" : cat(": ", escape_html(detail::plain_words(run.outcome))),
            run.scope.empty() ? "" : cat(", at ", escape_html(run.scope)), "</p>\n<ol class=\"time\">\n");
    for (const ReportMoment& moment : run.moments) {
      append(out, moment.late ? "<li class=\"is-late\">" : "<li>", "<div>", time_html(moment.at),
             "<span class=\"small soft\"> ", "<br>",
             moment.actor.empty() ? std::string("the clock") : escape_html(moment.actor),
             "</span></div>\n<div><ul>");
      for (const std::string& what : moment.what) append(out, "<li>", escape_html(what), "</li>");
      out += "</ul>";
      std::string marks;
      if (moment.late) marks = "<span class=\"late\">late</span>";
      if (moment.due) append(marks, marks.empty() ? "" : ", ", "due ", time_html(*moment.due));
      if (!marks.empty()) append(out, "<span class=\"small soft\">", marks, "</span>");
      out += "</div></li>\n";
    }
    return out + "</ol>\n";
  }

  void lanes(std::string& parts) {
    std::size_t number = 0;
    for (const ReportSop& sop : r_.sops) {
      if (!sop.definition) continue;
      std::string html =
          "<p class=\"soft\">Lanes are the roles that do the steps; time goes down. Boxes with pointed sides "
          "are decided by rule, dashed ones done by a system, "
          "round ones wait; a thick frame holds steps of its own, shown below. Lines under a box lead to the "
          "step of that number.</p>\n";
      int width = 0;
      for (const LaneDiagram& diagram : lane_diagrams(*sop.definition)) {
        width = std::max(width, diagram.width);
        const std::string prefix = cat("lanes-", ++number);
        append(html, "<figure>\n<figcaption>", escape_html(diagram.title),
               "</figcaption>\n<div class=\"scroll only-screen\" tabindex=\"0\" role=\"region\" "
               "aria-label=\"Swim lanes of ",
               escape_html(diagram.title), "\">\n", lanes_svg(diagram, prefix), "</div>\n",
               lanes_slices(diagram, cat("print-", number)), "</figure>\n");
      }
      section(parts, cat("procedure-", sop.sop), r_.sops.size() == 1 ? "The procedure" : sop.title, html,
              width > 1130 ? "wide broad" : "wide");
    }
  }

  std::string audit() const {
    const ReportAudit& a = r_.audit;
    std::string out =
        cat("<p>", a.sound ? tag("good", "\u2713", "whole") : tag("bad", "\u2717", "broken"),
            a.sound ? " Every entry of the log is there and chained to the one before, as it was written."
                    : cat(" ", escape_html(a.reason)),
            "</p>\n<dl class=\"facts2\">\n");
    const auto row = [&](std::string_view name, const std::string& html) {
      append(out, "<dt>", name, "</dt><dd>", html, "</dd>\n");
    };
    row("Entries", cat("<data value=\"", a.entries, "\">", number_words(Decimal(a.entries), 0), "</data>"));
    row("Payloads",
        cat(number_words(Decimal(a.present), 0), " match what the entry holds of them, ",
            number_words(Decimal(a.erased), 0), " erased, ", number_words(Decimal(a.absent), 0), " absent",
            a.unexplained > 0 ? cat(", <span class=\"late\">", a.unexplained, " gone without a word</span>")
                              : ""));
    row("Head", cat("<span class=\"mono\">", escape_html(a.head), "</span>"));
    row("Log", cat("<span class=\"mono\">", escape_html(a.log), "</span>"));
    return out +
           "</dl>\n<p class=\"soft small\">Keep the number of entries and the head elsewhere: then a log "
           "that was rewritten or cut shows.</p>\n";
  }

  const Report& r_;
  const ZoneRef zone_;
  std::string body_, nav_;
};

}  // namespace

std::string report_html(const Report& report) { return Page(report).run(); }

}  // namespace v0
}  // namespace aesop
