// The sterilization SOP from end to end: each scenario is data, tests/dso/scenarios/steri_*.jsonl. After each line of a
// scenario every run is replayed from its events and compared with what the store has.
#include "catch.hpp"
#include "dso/scenario.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/measure.hpp"
#include "aesop/model/plan.hpp"
#include "aesop/model/show.hpp"
#include "aesop/run/codec.hpp"
#include "aesop/verify/verify.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using dso_test::Scenario;

namespace {

constexpr const char* sterilization = "examples/dso/sterilization.sop.json";

void plays(const char* file) {
  Scenario scenario;
  scenario.watch();
  scenario.play(file);
}

/// The measures of the SOP over all runs of a scenario.
class Measured {
 public:
  explicit Measured(const char* file) {
    const auto checked =
        aesop::check(dso_test::source_file(sterilization), sterilization, aesop::default_ports());
    REQUIRE(checked.definition != nullptr);
    aesop::KpiBoard board(checked.definition);
    Scenario scenario;
    scenario.play(file);
    aesop::FactReader reader;
    const auto runs = scenario.engine().runs({});
    REQUIRE(runs.ok());
    for (const aesop::RunRow& row : *runs) {
      const auto events = scenario.engine().events(row.id, 0, 5000);
      REQUIRE(events.ok());
      for (const aesop::LoggedEvent& logged : *events)
        for (const aesop::Fact& fact : reader.read(row.id, logged.event)) board.add(fact);
    }
    figures_ = board.figures();
  }
  const aesop::Figure& operator[](std::string_view id) const {
    const auto found = std::find_if(figures_.begin(), figures_.end(),
                                    [&](const aesop::Figure& one) { return one.id == id; });
    REQUIRE(found != figures_.end());
    return *found;
  }

 private:
  std::vector<aesop::Figure> figures_;
};

aesop::Decimal dec(std::string_view text) { return *aesop::Decimal::parse(text); }

}  // namespace

TEST_CASE("sterilization: the SOP checks without any finding", "[dso]") {
  const auto checked =
      aesop::check(dso_test::source_file(sterilization), sterilization, aesop::default_ports());
  INFO(checked.render());
  CHECK(checked.clean());
  CHECK(checked.findings.empty());
}

TEST_CASE(
    "R37, R38: tasks of sterilization name who does, reviews, is paged and answers; three wait for no review",
    "[dso]") {
  const auto checked =
      aesop::check(dso_test::source_file(sterilization), sterilization, aesop::default_ports());
  REQUIRE(checked.plan != nullptr);
  std::vector<std::string> unreviewed;
  for (const aesop::PlanStep& step : checked.plan->steps()) {
    if (step.kind != aesop::StepKind::task) continue;
    INFO(step.id);
    CHECK_FALSE(step.responsible.empty());
    CHECK(step.accountable.size() == 1);
    CHECK_FALSE(step.pages.empty());
    CHECK(step.due.has_value());
    CHECK_FALSE(step.escalate.empty());
    if (step.review.empty()) unreviewed.push_back(step.id);
  }
  // Packs, or the stop of a sterilizer, would have to wait for a signature.
  std::sort(unreviewed.begin(), unreviewed.end());
  CHECK(unreviewed ==
        std::vector<std::string>{"read_challenge", "read_retest", "read_test", "record_load", "run_test"});
}

TEST_CASE("R90: load log, spore log and sign-off sheet lie where they are used", "[dso]") {
  const auto checked =
      aesop::check(dso_test::source_file(sterilization), sterilization, aesop::default_ports());
  REQUIRE(checked.definition != nullptr);
  std::vector<std::string> names;
  for (const auto& attachment : checked.definition->attachments) names.push_back(attachment.id.text);
  CHECK(names == std::vector<std::string>{"load_log", "spore_log", "sign_off_sheet"});
}

TEST_CASE("R87, R88, R165: a clean month of loads and weekly tests", "[dso]") {
  plays("steri_clean_month.jsonl");
}

TEST_CASE("R88: a positive test whose repetition is negative", "[dso]") {
  plays("steri_retest_negative.jsonl");
}

TEST_CASE("R88: a repeat positive calls back exactly the loads since the last negative test", "[dso]") {
  plays("steri_repeat_positive.jsonl");
}

TEST_CASE("R88: loads are called back at the first positive where the organization says so", "[dso]") {
  plays("steri_first_positive.jsonl");
}

TEST_CASE("R88: a test whose control did not grow counts for nothing and is repeated", "[dso]") {
  plays("steri_invalid_control.jsonl");
}

TEST_CASE("R88: a late test climbs its ladder until no load may be run", "[dso]") {
  plays("steri_late_test.jsonl");
}

TEST_CASE("R55, R88: an implant is held until its indicator is read, or released early and reviewed",
          "[dso]") {
  plays("steri_implant.jsonl");
}

TEST_CASE("R23: who uses a pack in spite of the gate is found", "[dso]") { plays("steri_bypass.jsonl"); }

TEST_CASE("R88: a sterilizer that nobody has proven begins with the challenge cycles", "[dso]") {
  plays("steri_new_unit.jsonl");
}

TEST_CASE("R165: a book is signed off and the next one takes over what no test covers", "[dso]") {
  plays("steri_next_book.jsonl");
}

TEST_CASE("R91: the measures of sterilization are computed from the book, each load and each test for itself",
          "[dso]") {
  const Measured month("steri_clean_month.jsonl");
  CHECK(month["spore_test_in_time"].over == 4);
  CHECK(month["spore_test_in_time"].value == dec("1"));
  CHECK(month["loads_recorded"].count == 9);
  CHECK(month["loads_recorded"].over == 10);  // the last is still in the chamber
  CHECK(month["infection_control_pass"].count == 7);
  CHECK(month["infection_control_pass"].over == 9);
  CHECK_FALSE(month["days_out_of_service"].value.has_value());

  const Measured late("steri_late_test.jsonl");
  CHECK(late["spore_test_in_time"].count == 1);
  CHECK(late["spore_test_in_time"].over == 2);
  CHECK(late["spore_test_in_time"].band == aesop::Band::missed);

  const Measured recall("steri_repeat_positive.jsonl");
  CHECK(recall["recalled_found"].count == 4);
  CHECK(recall["recalled_found"].over == 6);
  CHECK(recall["days_out_of_service"].value == dec("10.166667"));  // 11 November 12:00 to 21 November 16:00
  CHECK(recall["days_out_of_service"].band == aesop::Band::missed);
}

TEST_CASE("R165: a book that is written for months is no larger than its open loads", "[dso]") {
  Scenario scenario;
  scenario.play("steri_start.jsonl");
  scenario.say(
      R"({"do":"set_parameter","by":"cleo","at":"2026-11-02T16:00:00Z","sop":"sterilization","name":"book_length","scope":"harbor","value":"P900D"})");
  const aesop::Instant first = aesop::parse_instant("2026-11-02T12:00:00Z").value();
  int load = 0;
  const auto week = [&](int number) {  // five loads, then the test
    const auto at = [&](int days, int hours) {
      return aesop::to_string(
          aesop::Instant{first.us + (number * 7 + days) * aesop::us_per_day + hours * aesop::us_per_hour});
    };
    for (int day = 1; day <= 5; ++day) {
      ++load;
      scenario.say(aesop::cat(
          R"({"do":"record_event","by":"log","run":"s1","event":"load.started","payload":{"load":"L)", load,
          R"(","cycle":"gravity_121","operator":"ana"},"at":")", at(day, 2), R"("})"));
      scenario.say(aesop::cat(
          R"({"finish":"record_load","run":"s1","by":"ana","form":{"minutes":30,"degrees":121.5,"pressure":206,"outside":"changed","inside":"changed","dry_and_whole":true,"packs":12},"at":")",
          at(day, 3), R"(","instance":)", load, "}"));
    }
    scenario.say(aesop::cat(
        R"({"finish":"run_test","run":"s1","by":"ana","form":{"lot":"B1","control_lot":"B1","ran_at":")",
        at(6, 0), R"("},"at":")", at(6, 1), R"("})"));
    scenario.say(aesop::cat(
        R"({"finish":"read_test","run":"s1","by":"ana","form":{"result":"negative","control":"grew"},"at":")",
        at(6, 20), R"("})"));
  };
  for (int i = 0; i < 4; ++i) week(i);
  const aesop::State early = scenario.engine().run("s1").value();
  for (int i = 4; i < 16; ++i) week(i);
  const aesop::State late = scenario.engine().run("s1").value();
  CHECK(late.instances.empty());
  CHECK(late.records.size() == early.records.size());
  CHECK(late.doers.size() == early.doers.size());
  CHECK(aesop::encode_state(late).size() < aesop::encode_state(early).size() + 100);
}

TEST_CASE("R87: the procedure reads as one: what it waits for, and what is counted each time", "[dso]") {
  const auto checked =
      aesop::check(dso_test::source_file(sterilization), sterilization, aesop::default_ports());
  REQUIRE(checked.definition != nullptr);
  std::string shown;  // without its line breaks
  for (const char c : aesop::show(*checked.definition))
    if (c != '\n' && (c != ' ' || shown.empty() || shown.back() != ' '))
      shown += c;
    else if (!shown.empty() && shown.back() != ' ')
      shown += ' ';
  for (const char* text : {"As soon as status is quarantined, go to", "As soon as covered, go to",
                           "run_in_time.entered per run_in_time.entered or run_late.entered, each time"}) {
    INFO(text);
    CHECK(shown.find(text) != std::string::npos);
  }
}
