// The billing SOP from end to end: each scenario is data, tests/dso/scenarios/*.jsonl.
#include "catch.hpp"
#include "dso/scenario.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/verify/verify.hpp"

using dso_test::Scenario;

namespace {

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

TEST_CASE("R98, R100, R101, R104, R122, R124: a clean claim goes from booking to paid", "[dso]") {
  plays("clean_claim.jsonl");
}

TEST_CASE("R23, R99, R103, R131: a missing attachment stops the claim until it is there", "[dso]") {
  plays("missing_attachment.jsonl");
}

TEST_CASE("R23: cover that changed stops the claim until eligibility is confirmed", "[dso]") {
  plays("coverage_changed.jsonl");
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

TEST_CASE("R68, R102, R123, R125, R129: a denied line is sorted and appealed at two levels", "[dso]") {
  plays("denial_appealed_twice.jsonl");
}

TEST_CASE("R102, R123: levels of appeal are capped, a write-off takes two persons", "[dso]") {
  plays("appeal_cap.jsonl");
}

TEST_CASE("R69, R70: a claim that bounces every 29 days reaches day 30 and day 45, once each", "[dso]") {
  plays("bounce.jsonl");
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

TEST_CASE("R132: the patient's share is handed to the clinic and collected there", "[dso]") {
  plays("patient_share.jsonl");
}

TEST_CASE("R121: a treatment before the payer's answer goes on when the answer comes", "[dso]") {
  plays("preauth_late.jsonl");
}

TEST_CASE("R8: an SOP of another trade runs on the same machine", "[dso]") { plays("laptop_return.jsonl"); }
