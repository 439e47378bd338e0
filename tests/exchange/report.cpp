// The page of a report: every part is there, numbers are those of the commands, texts stay texts.
#include "aesop/exchange/report.hpp"

#include "catch.hpp"
#include "support/refund.hpp"
#include "support/temporary.hpp"

#include "aesop/engine/engine.hpp"
#include "aesop/exchange/figures.hpp"
#include "aesop/exchange/html.hpp"

using namespace aesop;
using namespace aesop::testing;

namespace {

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

/// A name that wants to be markup, wherever it comes from.
constexpr std::string_view hostile =
    "</title></style><script>alert('x')</script><img src=x onerror=alert(1)>&amp;\"'";

Report hostile_report() {
  Report report;
  const std::string text(hostile);
  report.zone = "UTC";
  report.scope = report.from = report.until = text;
  ReportSop& sop = report.sops.emplace_back();
  sop.sop = sop.version = sop.title = text;
  ReportKpi kpi;
  kpi.id = kpi.title = kpi.owner = kpi.unit = kpi.band = kpi.window = text;
  kpi.value = Value::number(1);
  kpi.trend = {{text, text, 1, 1, Value::number(1)}, {text, text, 1, 1, Value::number(2)}};
  sop.kpis.push_back(kpi);
  ReportRung rung;
  rung.kind = rung.ref = rung.title = rung.after = rung.starts = text;
  rung.whom = {text};
  rung.count = rung.found_nobody = 1;
  sop.escalations.push_back(rung);
  ReportException one;
  one.run = one.id = one.subject = one.policy = one.title = one.asked_by = one.result = one.step = text;
  one.decided = {{text, text, text}};
  sop.exceptions.push_back(one);
  sop.counts.push_back({text, text, {{text, 3}}});
  ReportTask task;
  task.sop = task.subject = task.title = task.kind = task.owner = task.scope = text;
  task.roles = {text};
  report.tasks.push_back(task);
  ReportRun& run = report.run.emplace();
  run.run = run.subject = run.sop = run.version = run.scope = run.status = run.outcome = text;
  run.moments.push_back({{}, text, {text}, {}, true, 1, 1});
  report.audit.head = report.audit.log = report.audit.reason = text;
  return report;
}

struct Counter {
  Engine engine = Engine::open(":memory:").value();
  AskCommand ask = [this](const Value& command) { return engine.execute(command); };
  int number = 0;

  Value ok(const std::string& line, Instant at = day_one) {
    const Value answer = engine.execute(command(line, cat("c", ++number), at));
    INFO(line << write_json(answer).value_or("?"));
    REQUIRE(answer.find("ok"));
    return answer.get("ok");
  }
};

std::string refund_with_kpis() {
  std::string text(refund_sop);
  return text.substr(0, text.rfind('}')) +
         R"(, "kpis": {"paid": {"title": "Paid", "count": "pay.completed", "over": "run.started", "target": {"at_least": 0.9}},
                       "checked": {"title": "Days to check", "days_between": ["run.started", "check.completed"]}}})";
}

}  // namespace

TEST_CASE("html: text is escaped wherever it stands, and control characters do not come through",
          "[exchange]") {
  CHECK(escape_html("<a href=\"x\">'&'</a>") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  CHECK(escape_html(std::string_view("a\x01\0b", 4)) == "a\uFFFD\uFFFDb");
  CHECK(cut_text("abcdef", 6) == "abcdef");
  CHECK(cut_text("abcdefg", 6) == "abcde\u2026");
  CHECK(cut_text("\u00e4\u00f6\u00fc\u00e4\u00f6\u00fc", 3) == "\u00e4\u00f6\u2026");
}

TEST_CASE("figures: shares, days and counts are rounded for reading, half to even", "[exchange]") {
  const auto dec = [](std::string_view text) { return *Decimal::parse(text); };
  CHECK(figure_words("share", dec("0.923077")) == "92.3 %");
  CHECK(figure_words("share", dec("1")) == "100.0 %");
  CHECK(figure_words("days", dec("16.65")) == "16.6 days");
  CHECK(figure_words("count", dec("1234567")) == "1,234,567");
  CHECK(figure_words("share", {}) == "\u2013");
  CHECK(number_words(dec("-1234.5"), 2) == "-1,234.50");
  CHECK(number_words(dec("-123"), 0) == "-123");
  CHECK(target_words("share", dec("0.9"), {}, dec("0.95")) == "at least 90 %, strong from 95 %");
  CHECK(target_words("days", {}, dec("1"), {}) == "at most 1 day");
  CHECK(target_words("days", {}, {}, dec("1")).empty());
  CHECK(length_words(26 * us_per_hour) == "1 d 2 h");
  CHECK(length_words(59 * us_per_minute) == "59 min");
}

TEST_CASE("report: no text of a store or an SOP can become markup", "[exchange]") {
  const std::string page = report_html(hostile_report());
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("<img") == std::string::npos);
  CHECK(count(page, "</style>") == 1);
  CHECK(count(page, "</title></style>") == 0);
  CHECK(page.find("onerror=alert(1)&gt;") != std::string::npos);
}

TEST_CASE("report: the page needs nothing else: it forbids every request and has no script", "[exchange]") {
  const std::string page = report_html(hostile_report());
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  CHECK(page.find("default-src 'none'; style-src 'unsafe-inline'; img-src data:") != std::string::npos);
  for (const char* word : {"<link", "src=\"", "@import", "url(http", "<iframe", "<object", " onload"})
    CHECK(page.find(word) == std::string::npos);
}

TEST_CASE(
    "R145: report: every part has its heading, its place in the navigation and its words when it is empty",
    "[exchange]") {
  Counter store;
  auto report = gather_report(store.ask, {.at = day_one});
  REQUIRE(report);
  const std::string page = report_html(*report);
  for (const char* id : {"kpis", "worklist", "escalations", "exceptions", "audit"}) {
    CAPTURE(id);
    CHECK(page.find(cat("<section id=\"", id, "\" aria-labelledby=\"", id, "-h\"")) != std::string::npos);
    CHECK(page.find(cat("<h2 id=\"", id, "-h\">")) != std::string::npos);
    CHECK(page.find(cat("<a href=\"#", id, "\">")) != std::string::npos);
  }
  CHECK(count(page, "<h1>") == 1);
  CHECK(page.find("<main id=\"main\">") != std::string::npos);
  CHECK(page.find("No procedure is published.") != std::string::npos);
  CHECK(page.find("Nobody has anything to do.") != std::string::npos);
  CHECK(page.find("No time limit was passed.") != std::string::npos);
  CHECK(page.find("Nobody asked for one.") != std::string::npos);
}

TEST_CASE("R145: report: at one moment, it knows nothing of what another wrote meanwhile, and says its entry",
          "[exchange]") {
  const TemporaryFolder folder;
  const std::string path = folder.file();
  Engine engine = Engine::open(path).value();
  REQUIRE(engine.publish(request("p", day_one, "ops", "lead", ""), refund_with_kpis()).value().accepted);
  const std::uint64_t before = engine.store().head().value().seq;
  // The other writes while the report is gathered, and may have to wait for it: then it is refused at once.
  EngineOptions hasty;
  hasty.sqlite.busy_deadline = std::chrono::milliseconds(0);
  Engine other = Engine::open(path, hasty).value();
  int asked = 0;
  std::optional<Report> report;
  const auto gather = [&](std::uint64_t seq) -> Status {
    ReportQuestion question;
    question.at = day_one;
    question.seq = static_cast<std::int64_t>(seq);
    auto made = gather_report(
        [&](const Value& asking) {
          if (++asked == 3) [[maybe_unused]]
            const auto answer = other.start(request("s", day_one, "ann", "agent", ""),
                                            {.sop = "refund", .subject = "order/1"});
          return engine.execute(asking);
        },
        question);
    if (!made) return made.take_error();
    report = made.take();
    return {};
  };
  REQUIRE(engine.at_one_moment(gather).ok());
  CHECK(report->seq == static_cast<std::int64_t>(before));
  CHECK(report->audit.entries == report->seq);
  CHECK(report->tasks.empty());
  CHECK(report_html(*report).find(cat("taken at entry ", before)) != std::string::npos);

  REQUIRE(
      other.start(request("s", day_one, "ann", "agent", ""), {.sop = "refund", .subject = "order/1"}).ok());
  REQUIRE(engine.at_one_moment(gather).ok());
  CHECK(report->seq > static_cast<std::int64_t>(before));
  CHECK(report->tasks.size() == 1);
  CHECK(engine
            .at_one_moment([&](std::uint64_t) -> Status {
              return engine.advance(day_one).ok() ? Status() : Status(engine.advance(day_one).error());
            })
            .error()
            .code == ErrorCode::invalid_argument);
}

TEST_CASE("R145: report: its numbers are those of the commands, exactly, and it is the same each time",
          "[exchange]") {
  Counter store;
  REQUIRE(
      store.engine.publish(request("p", day_one, "ops", "lead", ""), refund_with_kpis()).value().accepted);
  for (const char* run : {"r1", "r2", "r3"})
    store.ok(cat("{'do':'start','sop':'refund','subject':'order/", run, "','run':'", run, "'}"));
  store.ok("{'do':'tick','run':'r1','step':'check','item':'number'}", day_one + hour);
  store.ok("{'do':'complete','run':'r1','step':'check','form':{'amount':20,'note':'a secret word'}}",
           day_one + hour);
  store.ok("{'do':'record_event','run':'r1','event':'letter.received','payload':{'about':'thanks'}}",
           day_one + 2 * hour);
  store.ok(cat("{'do':'advance','to':'", to_string(day_one + 3 * day), "'}"), day_one + 3 * day);

  ReportQuestion question;
  question.at = day_one + 3 * day;
  question.run = "r1";
  question.counts = {{"letter.received", "about"}};
  auto report = gather_report(store.ask, question);
  REQUIRE(report);
  REQUIRE(report->sops.size() == 1);
  const Value kpis =
      store.engine.execute(read_json(R"({"do":"kpis","sop":"refund"})").value()).get("ok").get("kpis");
  REQUIRE(kpis.size() == 2);
  const std::string page = report_html(*report);
  for (std::size_t i = 0; i < 2; ++i) {
    const ReportKpi& kpi = report->sops[0].kpis[i];
    CHECK(kpi.value == kpis.at(i).get("value"));
    CHECK(Value::number(kpi.count) == kpis.at(i).get("count"));
    const std::size_t row = page.find(cat("id=\"kpi-refund-", kpi.id, "\""));
    REQUIRE(row != std::string::npos);
    CHECK(page.substr(row, page.find("</tr>", row) - row)
              .find(cat("<data value=\"", kpi.value.as_decimal().to_string(), "\">")) != std::string::npos);
  }
  CHECK(report->tasks.size() == 2);
  CHECK(report->overdue == 2);
  CHECK(page.find("1 d 0 h late") != std::string::npos);
  CHECK(report->sops[0].escalations.size() >= 2);
  REQUIRE(report->sops[0].counts.size() == 1);
  CHECK(report->sops[0].counts[0].counts[0].value == "thanks");
  CHECK(page.find("Letter received by about") != std::string::npos);
  CHECK(page.find("Run of order/r1") != std::string::npos);
  CHECK(page.find("Completed 1. Check the claim") != std::string::npos);
  CHECK(page.find("<svg class=\"lanes\"") != std::string::npos);
  CHECK(report->audit.sound);
  CHECK(page.find(report->audit.head) != std::string::npos);
  CHECK(page.find("secret") == std::string::npos);  // no data but the field that was asked for
  auto again = gather_report(store.ask, question);
  REQUIRE(again);
  CHECK(report_html(*again) == page);
  CHECK(report_value(*again) == report_value(*report));
  CHECK(report_value(*report).get("overdue") == Value::number(2));
}

TEST_CASE("report: what cannot be asked is an error of the whole", "[exchange]") {
  Counter store;
  REQUIRE(store.engine.publish(request("p", day_one, "ops", "lead", ""), refund_sop).value().accepted);
  const auto code = [&](ReportQuestion question) {
    auto report = gather_report(store.ask, question);
    return report ? std::string_view("ok") : slug(report.error().code);
  };
  CHECK(code({.at = day_one}) == "ok");
  CHECK(code({.at = day_one, .sops = {"refond"}}) == "not-found");
  CHECK(code({.at = day_one, .run = "r9"}) == "unknown-run");
  CHECK(code({.at = day_one, .from = "soon"}) == "schema-error");
  CHECK(code({.at = day_one, .counts = {{"no.such", "x"}}}) == "schema-error");
}
