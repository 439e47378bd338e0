// A report on a store: its numbers (Report), gathered by commands, and the page that shows them. Part exchange.
//
// (1) gather_report asks through a function, one command at a time, so that it knows no engine: a host hands over whatever
//     answers docs/commands.md. Numbers are those of the answers; the page rounds for reading and keeps the exact value in
//     <data value>.
// (2) A report holds ids (subjects, runs, persons), times and figures; of the data of runs only the fields that were asked to
//     be counted. No form, payload, note or reason.
// (3) The same store and question give the same report, and the same page, byte for byte.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

struct Definition;

struct ReportPoint {
  std::string period = {}, band = {};
  std::int64_t count = 0, over = 0;
  Value value = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("band", s.band);
    f("count", s.count);
    f("over", s.over);
    f("period", s.period);
    f("value", s.value);
  }
};

struct ReportTarget {
  Value at_least = {}, at_most = {}, strong = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("at_least", s.at_least);
    f("at_most", s.at_most);
    f("strong", s.strong);
  }
};

struct ReportKpi {
  std::string id = {}, title = {}, owner = {}, unit = {}, band = {}, window = {};
  std::int64_t count = 0, over = 0;
  Value value = {}, p90 = {};  ///< numbers; null: nothing to measure
  std::optional<ReportTarget> target = {};
  std::vector<ReportPoint> trend = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("band", s.band);
    f("count", s.count);
    f("id", s.id);
    f("over", s.over);
    f("owner", s.owner);
    f("p90", s.p90);
    f("target", s.target);
    f("title", s.title);
    f("trend", s.trend);
    f("unit", s.unit);
    f("value", s.value);
    f("window", s.window);
  }
};

struct ReportTask {
  std::string sop = {}, subject = {}, run = {}, task = {}, step = {}, title = {}, kind = {}, state = {},
              owner = {}, scope = {};
  std::vector<std::string> roles = {};
  std::optional<Instant> due = {};
  Instant since = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("due", s.due);
    f("kind", s.kind);
    f("owner", s.owner);
    f("roles", s.roles);
    f("run", s.run);
    f("scope", s.scope);
    f("since", s.since);
    f("sop", s.sop);
    f("state", s.state);
    f("step", s.step);
    f("subject", s.subject);
    f("task", s.task);
    f("title", s.title);
  }
};

struct ReportRung {
  std::string kind = {}, ref = {}, title = {}, after = {}, starts = {};
  std::vector<std::string> whom = {};
  std::int64_t rung = 0, count = 0, runs = 0, found_nobody = 0;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("after", s.after);
    f("count", s.count);
    f("found_nobody", s.found_nobody);
    f("kind", s.kind);
    f("ref", s.ref);
    f("rung", s.rung);
    f("runs", s.runs);
    f("starts", s.starts);
    f("title", s.title);
    f("whom", s.whom);
  }
};

struct ReportVoice {
  std::string answer = {}, by = {}, role = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("answer", s.answer);
    f("by", s.by);
    f("role", s.role);
  }
};

struct ReportException {
  std::string run = {}, id = {}, subject = {}, policy = {}, title = {}, asked_by = {}, result = {}, step = {};
  Instant at = {};
  bool emergency = false, used = false, expired = false, passed_on = false;
  std::vector<ReportVoice> decided = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("asked_by", s.asked_by);
    f("at", s.at);
    f("decided", s.decided);
    f("emergency", s.emergency);
    f("expired", s.expired);
    f("id", s.id);
    f("passed_on", s.passed_on);
    f("policy", s.policy);
    f("result", s.result);
    f("run", s.run);
    f("step", s.step);
    f("subject", s.subject);
    f("title", s.title);
    f("used", s.used);
  }
};

struct ReportCountRow {
  std::string value = {};
  std::int64_t count = 0;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("count", s.count);
    f("value", s.value);
  }
};

struct ReportCount {
  std::string moment = {}, field = {};
  std::vector<ReportCountRow> counts = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("counts", s.counts);
    f("field", s.field);
    f("moment", s.moment);
  }
};

struct ReportSop {
  std::string sop = {}, version = {}, title = {};
  std::int64_t runs = 0;
  std::vector<ReportKpi> kpis = {};
  std::vector<ReportRung> escalations = {};
  std::vector<ReportException> exceptions = {};
  std::vector<ReportCount> counts = {};
  std::shared_ptr<const Definition> definition = {};  ///< for the swim lanes; none: they are left out
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("counts", s.counts);
    f("escalations", s.escalations);
    f("exceptions", s.exceptions);
    f("kpis", s.kpis);
    f("runs", s.runs);
    f("sop", s.sop);
    f("title", s.title);
    f("version", s.version);
  }
};

/// What happened in a run at one moment by one actor.
struct ReportMoment {
  Instant at = {};
  std::string actor = {};
  std::vector<std::string> what = {};  ///< sentences
  std::optional<Instant> due = {};     ///< a time limit that began
  bool late = false;                   ///< a time limit was passed
  std::int64_t first = 0, last = 0;    ///< revisions of the run
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("actor", s.actor);
    f("at", s.at);
    f("due", s.due);
    f("first", s.first);
    f("last", s.last);
    f("late", s.late);
    f("what", s.what);
  }
};

struct ReportRun {
  std::string run = {}, subject = {}, sop = {}, version = {}, scope = {}, status = {}, outcome = {};
  std::vector<ReportMoment> moments = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("moments", s.moments);
    f("outcome", s.outcome);
    f("run", s.run);
    f("scope", s.scope);
    f("sop", s.sop);
    f("status", s.status);
    f("subject", s.subject);
    f("version", s.version);
  }
};

struct ReportAudit {
  bool sound = false;
  std::int64_t entries = 0, present = 0, erased = 0, absent = 0, unexplained = 0;
  std::string head = {}, log = {}, reason = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("absent", s.absent);
    f("entries", s.entries);
    f("erased", s.erased);
    f("head", s.head);
    f("log", s.log);
    f("present", s.present);
    f("reason", s.reason);
    f("sound", s.sound);
    f("unexplained", s.unexplained);
  }
};

struct Report {
  Instant at = {};                    ///< what "overdue" is measured by
  std::string zone = {};              ///< in which times are shown
  std::string scope = {};             ///< empty: everywhere
  std::string from = {}, until = {};  ///< as they were asked for
  std::int64_t seq = 0;               ///< the last entry of the log it is of; 0: not told
  std::vector<ReportSop> sops = {};
  std::vector<ReportTask> tasks = {};  ///< overdue first, then by due time, then without
  std::int64_t overdue = 0;
  std::optional<ReportRun> run = {};
  ReportAudit audit = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("at", s.at);
    f("audit", s.audit);
    f("from", s.from);
    f("overdue", s.overdue);
    f("run", s.run);
    f("scope", s.scope);
    f("seq", s.seq);
    f("sops", s.sops);
    f("tasks", s.tasks);
    f("until", s.until);
    f("zone", s.zone);
  }
};

/// What a report is asked for.
struct ReportQuestion {
  Instant at = {};
  std::string zone = "UTC";
  std::vector<std::string> sops = {};  ///< empty: every published one
  std::string scope = {}, from = {}, until = {};
  std::string run = {};  ///< whose timeline; empty: none
  /// Moments and fields to count by; each is asked of the SOPs that have such an event or step.
  std::vector<std::pair<std::string, std::string>> counts = {};
  std::string by = "month";  ///< trend: week, month
  std::int64_t seq = 0;      ///< the last entry of the log, as Engine::at_one_moment says; 0: not told
};

/// Answers a command of docs/commands.md: {"ok": ...}, {"rejected": ...} or {"error": ...}.
using AskCommand = std::function<Value(const Value& command)>;

/// Asks for everything a report holds. The commands are asked one after another: so that all are of one moment, call it in
/// Engine::at_one_moment. What an answer refuses is the error of the whole: not_found of an SOP, unknown_run,
/// schema_error of a time or of a count no SOP has, and those of the store.
Result<Report> gather_report(const AskCommand& ask, const ReportQuestion& question);

/// The report as data, the same numbers as on the page.
Value report_value(const Report& report);

/// The report as one HTML file.
std::string report_html(const Report& report);

}  // namespace v0
}  // namespace aesop
