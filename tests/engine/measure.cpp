// Commands that measure: kpis, counts, escalations, exceptions, sop.
#include "aesop/measure.hpp"

#include "engine/shop.hpp"

using namespace aesop;
using namespace aesop::testing;

namespace {

constexpr std::string_view desk_sop = R"sop({
  "aesop": 1, "sop": "desk", "version": "1.0.0", "title": "Answer a letter", "zone": "Europe/Paris",
  "purpose": "Every letter is answered.", "scope": "All desks.", "roles": {"agent": {}, "lead": {"pages": true}, "finance": {}},
  "events": {"letter.sorted": {"fields": {"about": "string", "pages": "decimal"}}, "letter.junk": {"fields": {}}},
  "steps": [
    {"id": "answer", "title": "Answer it", "raci": {"responsible": "agent", "accountable": "lead"},
     "due": "1 day", "escalate": [{"at": "due", "notify": "accountable"}, {"at": "due + 1 day", "page": "lead"}]},
    {"id": "answered", "kind": "end", "outcome": "answered"}
  ],
  "exceptions": {"leave": {"title": "Leave it", "of": ["answer"], "allows": "skip", "ask": ["agent"], "approvers": "lead",
     "documents": ["mail"], "decide_within": "4 hours", "on_timeout": "deny", "valid_for": "1 day"}},
  "kpis": {
    "answered": {"title": "Answered", "owner": "lead", "count": "answer.completed", "over": "run.started", "exclude": "letter.junk",
      "window": "1 month", "target": {"at_least": 0.5, "strong": 0.9}},
    "speed": {"title": "Days to an answer", "days_between": ["run.started", "answer.completed"], "target": {"at_most": 2}},
    "in_time": {"days_between": ["run.started", "answer.completed"], "within": "24 hours"},
    "sorted": {"count": "letter.sorted"}
  }
})sop";

/// Three letters: r1 answered after 6 hours, r2 not, r3 (in February) after two days.
struct Desk : Shop {
  Desk() {
    REQUIRE(engine.publish(request("publish-desk", day_one, "ops", "lead", ""), desk_sop).value().accepted);
    begin("r1", day_one);
    sorted("r1", "complaint", "2.5", day_one + hour);
    answer("r1", day_one + 6 * hour);
    begin("r2", day_one + 2 * day);
    sorted("r2", "complaint", "0.1", day_one + 2 * day);
    begin("r3", day_one + 31 * day);
    sorted("r3", "praise", "1", day_one + 31 * day);
    answer("r3", day_one + 33 * day);
  }
  void begin(const std::string& run, Instant when) {
    ok(cat("{'do':'start','sop':'desk','subject':'letter/", run, "','run':'", run, "'}"), when);
  }
  void sorted(const std::string& run, const std::string& about, const std::string& pages, Instant when) {
    ok(cat("{'do':'record_event','run':'", run, "','event':'letter.sorted','payload':{'about':'", about,
           "','pages':", pages, "}}"),
       when);
  }
  void answer(const std::string& run, Instant when) {
    ok(cat("{'do':'complete','run':'", run, "','step':'answer'}"), when);
  }
  Value read(const std::string& line) {
    std::string text = line;
    for (char& c : text)
      if (c == '\'') c = '"';
    const Value answer = engine.execute(read_json(text).value());
    INFO(testing::text(answer));
    REQUIRE(answer.find("ok"));
    return answer.get("ok");
  }
  std::string error(const std::string& line) {
    std::string text = line;
    for (char& c : text)
      if (c == '\'') c = '"';
    return std::string(engine.execute(read_json(text).value()).get("error").get("code").as_string());
  }
};

std::string brief(const Value& kpi) {
  return cat(kpi.get("id").as_string(), ' ', kpi.get("unit").as_string(), ' ', text(kpi.get("value")), ' ',
             text(kpi.get("count")), '/', text(kpi.get("over")), ' ', kpi.get("band").as_string());
}

}  // namespace

TEST_CASE("kpis: each measure has its unit, value, runs, target and band", "[engine]") {
  Desk desk;
  const Value ok = desk.read("{'do':'kpis','sop':'desk'}");
  CHECK(ok.get("runs") == Value::number(3));
  REQUIRE(ok.get("kpis").size() == 4);
  CHECK(brief(ok.get("kpis").at(0)) == "answered share 0.666667 2/3 met");
  CHECK(brief(ok.get("kpis").at(1)) == "speed days 1.125 2/3 met");
  CHECK(brief(ok.get("kpis").at(2)) == "in_time share 0.333333 1/3 none");
  CHECK(brief(ok.get("kpis").at(3)) == "sorted count 3 3/3 none");
  CHECK(text(ok.get("kpis").at(0).get("target")) == R"({"at_least":0.5,"strong":0.9})");
  CHECK(ok.get("kpis").at(0).get("owner").as_string() == "lead");
  CHECK(ok.get("kpis").at(0).get("window").as_string() == "1 month");
  CHECK(text(ok.get("kpis").at(1).get("p90")) == "2");
  CHECK(ok.get("kpis").at(2).get("title").as_string() == "in_time");
}

TEST_CASE("kpis: a date is its beginning in the SOP's zone, and until is not part of the period",
          "[engine]") {
  Desk desk;
  // r1 began at midnight UTC of 1 January: one in the morning in Paris.
  const Value ok = desk.read("{'do':'kpis','sop':'desk','from':'2026-01-01','until':'2026-01-03'}");
  CHECK(ok.get("from").as_string() == "2025-12-31T23:00:00Z");
  CHECK(ok.get("until").as_string() == "2026-01-02T23:00:00Z");
  CHECK(brief(ok.get("kpis").at(0)) == "answered share 1 1/1 strong");
  const Value exact =
      desk.read("{'do':'kpis','sop':'desk','from':'2026-01-01T00:00:00Z','until':'2026-01-03T00:00:00Z'}");
  CHECK(brief(exact.get("kpis").at(0)) == "answered share 1 1/1 strong");
  const Value none = desk.read("{'do':'kpis','sop':'desk','until':'2025-01-01'}");
  CHECK(none.get("kpis").at(0).find("value") == nullptr);
  CHECK(none.get("kpis").at(0).get("band").as_string() == "none");
  CHECK(desk.read("{'do':'kpis','sop':'desk','scope':'shop/west'}").get("runs") == Value::number(0));
  CHECK(desk.read("{'do':'kpis','sop':'desk','scope':'shop'}").get("runs") == Value::number(3));
}

TEST_CASE("kpis: at says what was known then", "[engine]") {
  Desk desk;
  const Value early = desk.read("{'do':'kpis','sop':'desk','at':'2026-01-01T05:00:00Z'}");
  CHECK(early.get("runs") == Value::number(1));
  CHECK(brief(early.get("kpis").at(0)) == "answered share 0 0/1 missed");
  CHECK(early.get("at").as_string() == "2026-01-01T05:00:00Z");
}

TEST_CASE("R146: a trend has every month from the first event to the last, in the SOP's zone", "[engine]") {
  Desk desk;
  const Value trend = desk.read("{'do':'kpis','sop':'desk','by':'month'}").get("kpis").at(0).get("trend");
  REQUIRE(trend.size() == 2);
  CHECK(trend.at(0).get("period").as_string() == "2026-01");
  CHECK(trend.at(0).get("from").as_string() == "2025-12-31T23:00:00Z");
  CHECK(text(trend.at(0).get("value")) == "0.5");
  CHECK(trend.at(1).get("period").as_string() == "2026-02");
  CHECK(trend.at(1).get("band").as_string() == "strong");
  const Value weeks =
      desk.read("{'do':'kpis','sop':'desk','by':'week','until':'2026-01-12'}").get("kpis").at(0).get("trend");
  REQUIRE(weeks.size() == 2);
  CHECK(weeks.at(0).get("period").as_string() == "2026-W01");  // Thursday 1 January
  CHECK(weeks.at(1).get("until").as_string() == "2026-01-11T23:00:00Z");
  CHECK(desk.error("{'do':'kpis','sop':'desk','by':'week','from':'1900-01-01'}") == "limit-exceeded");
}

TEST_CASE("kpis: the lineage of a figure names the events behind both its numbers", "[engine]") {
  Desk desk;
  const Value kpis = desk.read("{'do':'kpis','sop':'desk','lineage':true}").get("kpis");
  const Value lineage = kpis.at(0).get("lineage");
  REQUIRE(lineage.get("count").size() == 2);
  REQUIRE(lineage.get("over").size() == 3);
  for (const auto& [list, type] : {std::pair("over", "run_started"), std::pair("count", "step_left")})
    for (const Value& one : lineage.get(list).items()) {
      const auto seq = one.get("seq").as_decimal().to_int64().value();
      const Value entry =
          desk.read(cat("{'do':'events','after':", seq - 1, ",'limit':1}")).get("events").at(0);
      CHECK(entry.get("type").as_string() == type);
      CHECK(entry.get("run") == one.get("run"));
      CHECK(entry.get("run_seq") == one.get("revision"));
    }
  CHECK(kpis.at(1).get("lineage").get("count").size() == 2);
  CHECK(kpis.at(2).get("lineage").get("count").size() == 1);  // within a day
  CHECK(kpis.at(3).get("lineage").get("count") == kpis.at(3).get("lineage").get("over"));
}

TEST_CASE("kpis: a run that is excluded is in no figure and no lineage", "[engine]") {
  Desk desk;
  desk.ok("{'do':'record_event','run':'r2','event':'letter.junk'}", day_one + 40 * day);
  const Value kpi = desk.read("{'do':'kpis','sop':'desk','lineage':true}").get("kpis").at(0);
  CHECK(brief(kpi) == "answered share 1 2/2 strong");
  CHECK(kpi.get("lineage").get("over").size() == 2);
}

TEST_CASE("kpis: one SOP need not be named, of several one must be", "[engine]") {
  Desk desk;
  CHECK(desk.error("{'do':'kpis'}") == "schema-error");
  CHECK(desk.error("{'do':'kpis','version':'1.0.0'}") == "schema-error");
  CHECK(desk.error("{'do':'kpis','sop':'desc'}") == "not-found");
  CHECK(desk.error("{'do':'kpis','sop':'desk','version':'9'}") == "not-found");
  CHECK(desk.error("{'do':'kpis','sop':'desk','from':'soon'}") == "schema-error");
  CHECK(desk.error("{'do':'kpis','sop':'desk','from':'2026-02-01','until':'2026-01-01'}") == "schema-error");
  CHECK(desk.error("{'do':'kpis','sop':'desk','by':'day'}") == "schema-error");
  auto empty = Engine::open(":memory:").value();
  CHECK(empty.execute(read_json(R"({"do":"kpis"})").value()).get("error").get("code").as_string() ==
        "not-found");
  REQUIRE(empty.publish(request("p", day_one, "ops", "lead", ""), desk_sop).value().accepted);
  const Value alone = empty.execute(read_json(R"({"do":"kpis","by":"month"})").value()).get("ok");
  CHECK(alone.get("sop").as_string() == "desk");
  CHECK(alone.get("kpis").at(0).get("trend").size() == 0);
}

TEST_CASE("kpis: a version measures its own runs", "[engine]") {
  Desk desk;
  std::string next(desk_sop);
  next.replace(next.find("1.0.0"), 5, "1.1.0");
  next.replace(next.find("\"at_least\": 0.5"), 15, "\"at_least\": 0.8");
  REQUIRE(desk.engine.publish(request("publish-next", day_one + 40 * day, "ops", "lead", ""), next)
              .value()
              .accepted);
  CHECK(brief(desk.read("{'do':'kpis','sop':'desk'}").get("kpis").at(0)) ==
        "answered share 0.666667 2/3 missed");
  CHECK(brief(desk.read("{'do':'kpis','sop':'desk','version':'1.0.0'}").get("kpis").at(0)) ==
        "answered share 0.666667 2/3 met");
  CHECK(desk.read("{'do':'kpis','sop':'desk','version':'1.1.0'}").get("runs") == Value::number(0));
}

TEST_CASE("counts: what happened is counted by a field, the most frequent first, and amounts stay exact",
          "[engine]") {
  Desk desk;
  const Value ok =
      desk.read("{'do':'counts','sop':'desk','moment':'letter.sorted','field':'about','amount':'pages'}");
  CHECK(text(ok.get("counts")) ==
        R"([{"amount":2.6,"count":2,"value":"complaint"},{"amount":1,"count":1,"value":"praise"}])");
  const Value later =
      desk.read("{'do':'counts','sop':'desk','moment':'letter.sorted','field':'about','from':'2026-02-01'}");
  CHECK(text(later.get("counts")) == R"([{"count":1,"value":"praise"}])");
  CHECK(desk.read("{'do':'counts','sop':'desk','moment':'no.such','field':'about'}").get("counts").size() ==
        0);
}

TEST_CASE("escalations: each rung that fired has its place, its time, its targets and how often",
          "[engine]") {
  Desk desk;
  desk.begin("r4", day_one + 34 * day);
  desk.ok(cat("{'do':'advance','to':'", to_string(day_one + 36 * day), "'}"), day_one + 36 * day);
  const Value rungs = desk.read("{'do':'escalations','sop':'desk'}").get("escalations");
  REQUIRE(rungs.size() == 2);
  CHECK(rungs.at(0).get("kind").as_string() == "step");
  CHECK(rungs.at(0).get("ref").as_string() == "answer");
  CHECK(rungs.at(0).get("title").as_string() == "Answer it");
  CHECK(rungs.at(0).get("rung") == Value::number(1));
  CHECK(rungs.at(0).get("after").as_string() == "due");
  CHECK(rungs.at(0).get("count") == Value::number(3));  // r2, r3, r4
  CHECK(rungs.at(0).get("runs") == Value::number(3));
  CHECK(text(rungs.at(0).get("whom")) == R"(["accountable"])");
  CHECK(rungs.at(1).get("after").as_string() == "due + 1 day");
  CHECK(desk.read("{'do':'escalations','sop':'desk','until':'2026-01-04'}").get("escalations").size() == 0);
}

TEST_CASE("exceptions: who asked, who decided and what came of it", "[engine]") {
  Desk desk;
  const std::string mail = cat("[{'name':'mail','sha256':'", std::string(64, 'a'), "'}]");
  desk.ok(cat("{'do':'request_exception','run':'r2','step':'answer','policy':'leave','reason':'away','"
              "documents':",
              mail, "}"),
          day_one + 2 * day);
  desk.ok("{'do':'decide_exception','run':'r2','exception':'x1','decision':'approve'}",
          day_one + 2 * day + hour, "lea", "lead");
  const Value list = desk.read("{'do':'exceptions','sop':'desk'}").get("exceptions");
  REQUIRE(list.size() == 1);
  CHECK(list.at(0).get("asked_by").as_string() == "ann");
  CHECK(list.at(0).get("title").as_string() == "Leave it");
  CHECK(list.at(0).get("subject").as_string() == "letter/r2");
  CHECK(list.at(0).get("result").as_string() == "approved");
  CHECK(list.at(0).get("used").is_false());
  REQUIRE(list.at(0).get("decided").size() == 1);
  CHECK(list.at(0).get("decided").at(0).get("by").as_string() == "lea");
  CHECK(list.at(0).get("decided").at(0).get("answer").as_string() == "approve");
  CHECK(text(list).find("away") == std::string::npos);
}

TEST_CASE("sop: the published text comes back as it was", "[engine]") {
  Desk desk;
  CHECK(desk.read("{'do':'sop','sop':'desk'}").get("text").as_string() == desk_sop);
  CHECK(desk.read("{'do':'sop','sop':'desk','version':'1.0.0'}").get("title").as_string() ==
        "Answer a letter");
  CHECK(desk.error("{'do':'sop','sop':'desc'}") == "not-found");
}
