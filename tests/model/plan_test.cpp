// From Definition to Plan: ways, joins, names, rules, defaults.
#include "catch.hpp"

#include "aesop/model/load.hpp"
#include "aesop/model/make_plan.hpp"

#include <string>

using namespace aesop;

namespace {

std::string sop(const std::string& more, const std::string& steps) {
  return "{\"aesop\": 1, \"sop\": \"t\", \"version\": \"1.0.0\", \"title\": \"T\", \"roles\": {\"a\": {}, "
         "\"b\": {}}, " +
         more + " \"steps\": [" + steps + "]}";
}

std::shared_ptr<const Plan> planned(const std::string& text) {
  Findings findings;
  auto definition = load(text, "t.sop.json", findings);
  REQUIRE(definition.ok());
  auto made = plan(*definition, findings);
  INFO(findings.render(SourceText("t.sop.json", text)));
  REQUIRE(made.ok());
  return made.take();
}

std::string task(const std::string& id, const std::string& more = {}) {
  return "{\"id\": \"" + id + "\", \"raci\": {\"responsible\": \"a\", \"accountable\": \"b\"}" +
         (more.empty() ? "" : ", " + more) + "}";
}
const std::string done = "{\"id\": \"done\", \"kind\": \"end\"}";

}  // namespace

TEST_CASE("plan: without next the token goes to the following step", "[model]") {
  const auto plan = planned(sop("", task("one") + "," + task("two", "\"next\": \"one\"") + "," + done));
  CHECK(plan->find("one")->next.at(0).go == plan->find_step("two"));
  CHECK(plan->find("one")->next[0].is_else);
  CHECK(plan->find("two")->next.at(0).go == plan->find_step("one"));
  CHECK(plan->find("none") == nullptr);
}

TEST_CASE("plan: the last step of each ends the instance", "[model]") {
  const auto plan = planned(sop("", "{\"id\": \"e\", \"kind\": \"each\", \"of\": \"=[1, 2]\", \"run\": [" +
                                        task("inner") + "]}," + done));
  const PlanStep& each = *plan->find("e");
  REQUIRE(each.each.has_value());
  CHECK(plan->block(each.each->block).owner_step == each.ref);
  CHECK(plan->find("inner")->block == each.each->block);
  CHECK(plan->find("inner")->next.at(0).go == no_ref);
  CHECK(each.next.at(0).go == plan->find_step("done"));
  CHECK(plan->find("done")->closes);
}

TEST_CASE("plan: every incoming way of a join is one group, unless of says otherwise", "[model]") {
  const std::string strands = task("x", "\"next\": [{\"if\": \"v\", \"go\": \"y\"}, {\"else\": \"j\"}]") +
                              "," + task("y", "\"next\": \"j\"") + "," + task("z", "\"next\": \"j\"") + ",";
  const std::string fork = "{\"id\": \"p\", \"kind\": \"parallel\", \"go\": [\"x\", \"z\"]},";
  const std::string data = "\"data\": {\"v\": \"boolean\"},";
  CHECK(planned(sop(data, fork + strands + "{\"id\": \"j\", \"kind\": \"join\"}," + done))
            ->find("j")
            ->join.size() == 3);
  const auto grouped = planned(sop(
      data, fork + strands + "{\"id\": \"j\", \"kind\": \"join\", \"of\": [[\"x\", \"y\"], \"z\"]}," + done));
  const PlanStep& join = *grouped->find("j");
  REQUIRE(join.join.size() == 2);
  CHECK(join.join_count == 2);
  CHECK(join.join[0].from == std::vector<std::uint32_t>{grouped->find_step("x"), grouped->find_step("y")});
}

TEST_CASE("plan: several branches between the same two steps are one edge", "[model]") {
  const auto plan = planned(
      sop("\"data\": {\"v\": \"boolean\"},",
          task("one", "\"next\": [{\"if\": \"v\", \"go\": \"done\"}, {\"else\": \"done\"}]") + "," + done));
  CHECK(plan->edges() == std::vector<PlanEdge>{{plan->find_step("one"), plan->find_step("done")}});
}

TEST_CASE("plan: an expression is handed what it names and nothing else", "[model]") {
  const auto plan =
      planned(sop("\"data\": {\"v\": \"number\", \"w\": \"number\"}, \"parameters\": {\"p\": {\"type\": "
                  "\"number\", \"default\": 2}},",
                  task("one",
                       "\"form\": {\"f\": \"number\"}, \"next\": [{\"if\": \"f > p\", \"go\": \"done\"}, "
                       "{\"else\": \"two\"}]") +
                      "," +
                      task("two",
                           "\"form\": {\"w\": \"string\"}, \"next\": [{\"if\": \"one.f = 1 and w = \\\"x\\\" "
                           "and one.visit < 3\", \"go\": \"done\"}, "
                           "{\"else\": \"done\"}]") +
                      "," + done));
  const auto& first = plan->find("one")->next[0].condition.feel->slots;
  REQUIRE(first.size() == 2);
  CHECK(first[0].kind == SlotKind::form_field);
  CHECK(first[1].kind == SlotKind::parameter);
  const auto& second = plan->find("two")->next[0].condition.feel->slots;
  REQUIRE(second.size() == 2);
  CHECK(second[0].kind == SlotKind::step_result);
  CHECK(second[0].ref == plan->find_step("one"));
  CHECK(second[1].kind == SlotKind::form_field);  // a form's field hides the run variable w
}

TEST_CASE("plan: a rule sees the names of the place that uses it", "[model]") {
  const auto plan = planned(sop(
      "\"events\": {\"denial\": {\"fields\": {\"code\": \"string\"}}, \"over\": {}}, "
      "\"rules\": {\"known\": {\"feel\": \"item.code = \\\"45\\\"\"}, \"twice\": {\"feel\": \"known\"}},",
      "{\"id\": \"e\", \"kind\": \"each\", \"of\": \"event denial\", \"until\": \"event over\", \"run\": [" +
          task("inner", "\"next\": [{\"if\": \"twice\", \"go\": \"inner\"}, {\"else\": \"end_inner\"}]") +
          ", {\"id\": \"end_inner\", \"kind\": \"end\"}]}," + done));
  const Slot& twice = plan->find("inner")->next[0].condition.feel->slots.at(0);
  CHECK(twice.kind == SlotKind::rule);
  CHECK(plan->rules()[twice.ref].expr.has_value());
  const Slot& known = plan->rules()[twice.ref].slots.at(0);
  CHECK(known.kind == SlotKind::rule);
  CHECK(plan->rules()[known.ref].slots.at(0).kind == SlotKind::item);
  CHECK_FALSE(plan->find_rule("known")->expr.has_value());  // at the top level there is no item
}

TEST_CASE("plan: a table is compiled with the types of the data", "[model]") {
  const auto plan = planned(
      sop("\"data\": {\"v\": \"number\"}, \"rules\": {\"r\": {\"hit\": \"first\", \"inputs\": [\"v\"], "
          "\"outputs\": [\"o\"], \"rows\": [[\"> 5\", \"big\"], [\"-\", \"small\"]]}},",
          task("one", "\"next\": [{\"if\": \"r = \\\"big\\\"\", \"go\": \"done\"}, {\"else\": \"done\"}]") +
              "," + done));
  const PlanRule* rule = plan->find_rule("r");
  REQUIRE(rule != nullptr);
  REQUIRE(rule->table.has_value());
  REQUIRE(rule->slots.size() == 1);
  CHECK(rule->slots[0].kind == SlotKind::variable);
}

TEST_CASE("plan: a parameter of type span stands where a span does", "[model]") {
  const auto plan = planned(
      sop("\"parameters\": {\"limit\": {\"type\": \"span\", \"default\": \"3 business days\"}, "
          "\"window\": {\"type\": \"duration\", \"default\": \"24 hours\"}}, "
          "\"calendar\": \"c\", \"calendars\": {\"c\": {\"zone\": \"UTC\", \"week\": \"always\"}},",
          task("one", "\"due\": \"=limit\"") + "," + task("two", "\"due\": \"=window after one.completed\"") +
              "," + task("three", "\"due\": \"=run.started + window\"") + "," + done));
  const PlanPhrase& first = plan->find("one")->due->phrase;
  CHECK(first.kind == PlanPhrase::Kind::span);
  CHECK(first.span.parameter == plan->find_parameter("limit"));
  const PlanPhrase& second = plan->find("two")->due->phrase;
  CHECK(second.span.feel.has_value());
  CHECK(second.anchor.kind == PlanMoment::Kind::step_completed);
  CHECK(second.anchor.step == plan->find_step("one"));
  CHECK(plan->find("three")->due->phrase.kind == PlanPhrase::Kind::moment_feel);
  CHECK(plan->find("one")->due->calendar == "c");
}

TEST_CASE("plan: inside each over an event the event is the instance's own", "[model]") {
  const auto plan = planned(sop(
      "\"events\": {\"denial\": {}, \"over\": {}},",
      "{\"id\": \"e\", \"kind\": \"each\", \"of\": \"event denial\", \"until\": \"event over\", \"run\": [" +
          task("inner", "\"due\": \"2 days after denial\"") + "]}," + done));
  CHECK(plan->find("inner")->due->phrase.anchor.kind == PlanMoment::Kind::event);
  CHECK(plan->find("inner")->due->phrase.anchor.step == plan->find_step("e"));
}

TEST_CASE("plan: literals have the type of their target", "[model]") {
  const auto plan = planned(sop("\"data\": {\"day\": \"date\"},",
                                task("one",
                                     "\"form\": {\"f\": {\"type\": \"date\", \"required\": true}}, \"next\": "
                                     "[{\"when\": {\"f\": [\"2026-01-01\"]}, \"go\": "
                                     "\"done\", \"set\": {\"day\": \"2026-02-01\"}}, {\"else\": \"done\"}]") +
                                    "," + done));
  const PlanBranch& branch = plan->find("one")->next[0];
  CHECK(branch.condition.fields.at(0).any_of.at(0).is_date());
  CHECK(branch.set.at(0).second.literal.is_date());
}

TEST_CASE("plan: a definition with errors never becomes a plan", "[model]") {
  Findings findings;
  auto definition = load(sop("", task("one", "\"next\": \"nowhere\"") + "," + done), "t", findings);
  REQUIRE(definition.ok());
  const auto made = plan(*definition, findings);
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().code == ErrorCode::unsound_definition);
}

TEST_CASE("plan: an event wins over a data path, and = makes it data", "[model]") {
  const std::string more =
      "\"events\": {\"claim.sent\": {}}, \"data\": {\"claim\": {\"fields\": {\"sent\": \"date and time\"}}},";
  const auto plan = planned(sop(more, task("one", "\"due\": \"1 day after claim.sent\"") + "," +
                                          task("two", "\"due\": \"1 day after =claim.sent\"") + "," + done));
  CHECK(plan->find("one")->due->phrase.anchor.kind == PlanMoment::Kind::event);
  CHECK(plan->find("two")->due->phrase.anchor.kind == PlanMoment::Kind::feel);
}
