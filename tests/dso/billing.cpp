// The billing SOP from end to end: each scenario is data, tests/dso/scenarios/*.jsonl.
#include "catch.hpp"
#include "dso/scenario.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/measure/kpi.hpp"
#include "aesop/model/plan.hpp"
#include "aesop/verify/verify.hpp"

using dso_test::Scenario;

namespace {

constexpr const char* billing = "examples/dso/billing_claims.sop.json";

void plays(const char* file) {
  Scenario scenario;
  scenario.play(file);
  const auto report = scenario.engine().verify_log();
  REQUIRE(report.ok());
  CHECK(report->ok());
}

}  // namespace

TEST_CASE("R24: the SOPs of the examples check without any finding", "[dso]") {
  for (const char* name : {"examples/dso/billing_claims.sop.json", "examples/dso/claim_appeals.sop.json",
                           "examples/laptop_return.sop.json"}) {
    const auto checked = aesop::check(dso_test::source_file(name), name, aesop::default_ports());
    INFO(checked.render());
    CHECK(checked.clean());
    CHECK(checked.findings.empty());
  }
}

TEST_CASE("R37, R38: every task names who does it, who reviews it, who is paged, and one who answers for it",
          "[dso]") {
  const auto checked = aesop::check(dso_test::source_file(billing), billing, aesop::default_ports());
  REQUIRE(checked.plan != nullptr);
  const auto stage_tells = [&](std::uint32_t stage) {  // steps of one limit share the ladder of their stage
    return stage != aesop::no_ref && !checked.plan->stages()[stage].escalate.empty();
  };
  for (const aesop::PlanStep& step : checked.plan->steps()) {
    if (step.kind != aesop::StepKind::task) continue;
    INFO(step.id);
    CHECK_FALSE(step.responsible.empty());
    CHECK(step.accountable.size() == 1);
    CHECK_FALSE(step.review.empty());
    CHECK_FALSE(step.pages.empty());
    CHECK(step.due.has_value());
    CHECK((!step.escalate.empty() || stage_tells(step.stage)));
  }
}

TEST_CASE("R137, R138, R139, R141: the measures have the guide's targets", "[dso]") {
  const auto checked = aesop::check(dso_test::source_file(billing), billing, aesop::default_ports());
  REQUIRE(checked.definition != nullptr);
  const auto target = [&](std::string_view id) {
    for (const aesop::KpiDefinition& kpi : checked.definition->kpis)
      if (kpi.id.text == id) return aesop::target_of(kpi);
    return aesop::Target{};
  };
  const auto decimal = [](std::string_view text) { return aesop::Decimal::parse(text); };
  CHECK(target("first_pass_acceptance").at_least == decimal("0.90"));
  CHECK(target("first_pass_acceptance").strong == decimal("0.95"));
  CHECK(target("denial_rate").at_most == decimal("0.10"));
  CHECK(target("days_to_settle").at_most == decimal("40"));
  CHECK(target("days_to_settle").strong == decimal("30"));
  CHECK(target("charge_lag").at_most == decimal("3"));
}

TEST_CASE("R125: code 4 is a modifier, 29 is late filing, 45 is no denial", "[dso]") {
  const auto checked = aesop::check(dso_test::source_file(billing), billing, aesop::default_ports());
  REQUIRE(checked.definition != nullptr);
  const auto meaning = [&](std::string_view code) -> std::string {
    for (const aesop::RuleDefinition& rule : checked.definition->rules) {
      if (rule.name.text != "denial_guide") continue;
      for (const aesop::RowDefinition& row : rule.rows)
        for (const aesop::CellDefinition& cell : row.cells[0].items)
          if (cell.literal == aesop::Value::string(code))
            return aesop::cat(row.cells[3].literal.as_string(), ": ", row.cells[4].literal.as_string());
    }
    return {};
  };
  CHECK(meaning("4") == "correct_and_resubmit: modifier does not fit");
  CHECK(meaning("29") == "write_off: filed too late, no appeal given");
  CHECK(meaning("45") == "not_a_denial: fee schedule difference");
}

TEST_CASE("R98, R100, R101, R104, R122, R124: a clean claim goes from booking to paid", "[dso]") {
  plays("clean_claim.jsonl");
}

TEST_CASE("R23, R99, R103, R131: a missing attachment stops the claim until it is there", "[dso]") {
  plays("missing_attachment.jsonl");
}

TEST_CASE("R23, R99: what is no code does not leave the house", "[dso]") { plays("codes.jsonl"); }

TEST_CASE("R23: cover that changed stops the claim until eligibility is confirmed", "[dso]") {
  plays("coverage_changed.jsonl");
}

TEST_CASE("R23, R126: cover that ended after the code check leads to the patient, not into a dead end",
          "[dso]") {
  plays("no_cover.jsonl");
}

TEST_CASE("R126: past the filing limit people find proof or close the claim, without failing a step",
          "[dso]") {
  plays("late_filing.jsonl");
}

TEST_CASE("R65: the 24 hours of eligibility count from booking or before the visit", "[dso]") {
  plays("eligibility_anchor.jsonl");
}

TEST_CASE("R66: the claim is due at the end of the clinic's business day, with a cut-off", "[dso]") {
  plays("same_day.jsonl");
}

TEST_CASE("R67: a rejection is fixed within 48 hours and sent again until it is taken", "[dso]") {
  plays("rejected_twice.jsonl");
}

TEST_CASE("dso: what comes too early, for another claim or incomplete moves nothing", "[dso]") {
  plays("guards.jsonl");
}

TEST_CASE("R68, R102, R123, R125, R129: a denied line is sorted and appealed at two levels", "[dso]") {
  plays("denial_appealed_twice.jsonl");
}

TEST_CASE("R68, R102: a denied line is corrected and sent again, or the next way is taken", "[dso]") {
  plays("denial_corrected.jsonl");
}

TEST_CASE("R102, R123: levels of appeal are capped, a write-off takes two persons", "[dso]") {
  plays("appeal_cap.jsonl");
}

TEST_CASE("R69, R70: a claim that bounces every 29 days reaches day 30 and day 45, once each", "[dso]") {
  plays("bounce.jsonl");
}

TEST_CASE("R126: a payer who is silent after taking the claim is asked before day 30", "[dso]") {
  plays("silent_payer.jsonl");
}

TEST_CASE("R55, R78: an emergency goes first and is reviewed after", "[dso]") {
  plays("emergency.jsonl");
  plays("emergency_not_justified.jsonl");
}

TEST_CASE("R55, R121: an exception nobody decides in time is denied", "[dso]") {
  plays("exception_timeout.jsonl");
}

TEST_CASE("R55, R121: an exception takes every approver, and never the one who asked", "[dso]") {
  plays("exception_approved.jsonl");
}

TEST_CASE("R126, R130: a claim closes with balance zero or with a documented and approved reason", "[dso]") {
  plays("close_with_balance.jsonl");
}

TEST_CASE("dso: a paid claim is not started again under its number, a cancelled or failed one is", "[dso]") {
  plays("billed_once.jsonl");
}

TEST_CASE("R132: the patient's share is handed to the clinic and collected there", "[dso]") {
  plays("patient_share.jsonl");
}

TEST_CASE("R121: a treatment before the payer's answer goes on when the answer comes", "[dso]") {
  plays("preauth_late.jsonl");
}

TEST_CASE("R8: an SOP of another trade runs on the same machine", "[dso]") { plays("laptop_return.jsonl"); }
