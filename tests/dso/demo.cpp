// The demo, small: it ends without incidents and errors, and the same seed tells the same story.
#include "../../examples/demo/claims.cpp"
#include "../../examples/demo/findings.cpp"
#include "../../examples/demo/forms.cpp"
#include "../../examples/demo/office.cpp"
#include "../../examples/demo/outside.cpp"
#include "../../examples/demo/page.cpp"
#include "../../examples/demo/report.cpp"
#include "../../examples/demo/simulate.cpp"
#include "../../examples/demo/staff.cpp"
#include "../../examples/demo/world.cpp"
#include "catch.hpp"

#include <map>
#include <sstream>

namespace {

demo::Outcome simulate(std::uint64_t seed, std::string* report = nullptr, int claims = 16) {
  demo::Options options;
  options.claims = claims;
  options.days = 60;
  options.seed = seed;
  options.mode = "memory";
  options.sops = {AESOP_SOURCE_DIR "/examples/dso/billing_claims.sop.json",
                  AESOP_SOURCE_DIR "/examples/dso/claim_appeals.sop.json"};
  std::ostringstream out;
  auto outcome = demo::simulate(options, out);
  INFO((outcome ? std::string() : aesop::to_string(outcome.error())));
  REQUIRE(outcome.ok());
  if (report != nullptr) *report = out.str();
  return outcome.take();
}

}  // namespace

TEST_CASE("demo: the same seed tells the same story, another seed another one", "[dso]") {
  const demo::Outcome first = simulate(7), second = simulate(7), other = simulate(8);
  CHECK(first.digest == second.digest);
  CHECK(first.events == second.events);
  CHECK(first.digest != other.digest);
}

TEST_CASE("R69, R126: the demo reaches day 30 and day 45, and no claim is without a next action", "[dso]") {
  std::string report;
  const demo::Outcome outcome = simulate(20261005, &report);
  INFO(report);
  CHECK(outcome.incidents == 0);
  CHECK(outcome.errors.empty());
  CHECK(outcome.open > 0);
  CHECK(outcome.waiting == outcome.open);  // the table of what they wait for leaves none out
  CHECK(outcome.adrift == 0);
  for (const char* text : {"OPEN WORKLIST", "OPEN CLAIMS", "ESCALATIONS", "day 30", "day 45", "EXCEPTIONS",
                           "DENIALS", "REJECTIONS", "First-pass acceptance", "Claim out the same day",
                           "Days in A/R", "first bad: none", "It is Thu 03 Dec", "America/New_York",
                           "America/Phoenix", "  0 claims have neither work on the list nor a time limit"}) {
    INFO(text);
    CHECK(report.find(text) != std::string::npos);
  }
}

TEST_CASE("R127, R128, R138: the report's denials and days in A/R are those of the books outside", "[dso]") {
  std::string report;
  const demo::Outcome outcome = simulate(11, &report, 60);
  INFO(report);
  const demo::Books& books = outcome.books;

  // Denied lines by code and by dollars, the dearest code first.
  REQUIRE(books.denied.size() > 2);
  std::map<std::string, demo::Books::Denied> read;
  for (const aesop::TallyRow& row : outcome.denials) {
    const aesop::Decimal cents = row.amount.rounded(2).value_or(row.amount);
    for (const auto& [code, denied] : books.denied)
      if (code == row.key && demo::money(denied.cents) == aesop::Value::number(cents))
        read[row.key] = {static_cast<int>(row.cases), denied.cents};
    const std::string line = aesop::cat("  ", row.key, std::string(6 - row.key.size(), ' '));
    CHECK(report.find(line) != std::string::npos);
  }
  CHECK(read == books.denied);
  for (std::size_t i = 1; i < outcome.denials.size(); ++i)
    CHECK(outcome.denials[i - 1].amount >= outcome.denials[i].amount);

  // Days in A/R: what stands open over the charges of a day of the last thirty.
  int charges = 0;
  for (const demo::Books::Charge& charge : books.charges)
    if (charge.at < outcome.now && charge.at >= outcome.now - 30 * aesop::us_per_day) charges += charge.cents;
  REQUIRE(charges > 0);
  CHECK(aesop::Value::number(outcome.receivables.open) == demo::money(books.open()));
  CHECK(aesop::Value::number(outcome.receivables.inflow) == demo::money(charges));
  CHECK(outcome.receivables.unread == 0);
  const auto days = aesop::ratio(aesop::Decimal(std::int64_t{books.open()} * 30), aesop::Decimal(charges));
  REQUIRE(days.has_value());
  CHECK(outcome.receivables.days() == days);
  CHECK(report.find(aesop::cat("Days in A/R (30-day charges)")) != std::string::npos);
  CHECK(report.find(demo::fixed(*days, 1) + " d  under 30 strong, up to 40 days") != std::string::npos);
  CHECK(report.find("$" + demo::fixed(outcome.receivables.open, 0) + " open") != std::string::npos);
}
