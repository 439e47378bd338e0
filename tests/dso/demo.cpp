// The demo, small: it ends without incidents and errors, and the same seed tells the same story.
#include "../../examples/demo/claims.cpp"
#include "../../examples/demo/findings.cpp"
#include "../../examples/demo/forms.cpp"
#include "../../examples/demo/office.cpp"
#include "../../examples/demo/outside.cpp"
#include "../../examples/demo/report.cpp"
#include "../../examples/demo/simulate.cpp"
#include "../../examples/demo/staff.cpp"
#include "../../examples/demo/world.cpp"
#include "catch.hpp"

#include <sstream>

namespace {

demo::Outcome simulate(std::uint64_t seed, std::string* report = nullptr) {
  demo::Options options;
  options.claims = 16;
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

TEST_CASE("R69, R126, R127, R137, R138: the demo reaches day 30 and day 45 and reports on everything",
          "[dso]") {
  std::string report;
  const demo::Outcome outcome = simulate(20261005, &report);
  INFO(report);
  CHECK(outcome.incidents == 0);
  CHECK(outcome.errors.empty());
  for (const char* text : {"OPEN WORKLIST", "ESCALATIONS", "day 30", "day 45", "EXCEPTIONS", "DENIALS",
                           "REJECTIONS", "First-pass acceptance", "90-95 %", "Days in A/R", "first bad: none",
                           " 0 of them without a next action"}) {
    INFO(text);
    CHECK(report.find(text) != std::string::npos);
  }
}
