// The rules of an SOP as a DMN model, and back.
#include "aesop/exchange/dmn_model.hpp"

#include "catch.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/dmn/compile.hpp"
#include "aesop/dmn/read.hpp"
#include "aesop/dmn/write.hpp"
#include "aesop/model/load.hpp"
#include "aesop/value/print.hpp"

using namespace aesop;

namespace {

constexpr std::string_view sop = R"sop({
  "aesop": 1, "sop": "parcels", "version": "1.2.0", "title": "Send <parcels>",
  "roles": {"clerk": {}, "lead": {}},
  "data": {
    "weight": "number", "country": {"one_of": ["de", "fr", "us"]}, "codes": {"type": "list", "of": "string"},
    "sent_on": "date"
  },
  "rules": {
    "carrier": {
      "hit": "first", "inputs": ["weight", "country"],
      "outputs": [{"name": "carrier", "one_of": ["post", "express", "freight"]}],
      "rows": [["> 30", "-", "freight"], ["-", ["fr", "de"], "post"], ["<= 5, 7", "not(\"de\")", "express"]]
    },
    "heavy": {"title": "Too heavy for one?", "feel": "carrier = \"freight\""},
    "points": {"hit": "collect sum", "inputs": ["weight"], "outputs": ["points"], "rows": [["> 1", 10], ["> 2", "=weight * 2"]]},
    "both": {"hit": "unique", "inputs": ["weight"], "outputs": ["a", {"name": "b", "type": "date"}],
             "rows": [["<= 9", "=weight + 1", "2026-01-31"], ["> 9", null, "=sent_on"]]},
    "of_a_form": {"feel": "answer = \"yes\" and heavy"}
  },
  "steps": [
    {"id": "send", "raci": {"responsible": "clerk", "accountable": "lead"}, "due": "1 day",
     "form": {"answer": "string"}, "checklist": [{"item": "Check", "when": "of_a_form"}],
     "escalate": [{"at": "due", "notify": "accountable"}]},
    {"id": "sent", "kind": "end"}
  ]
})sop";

std::shared_ptr<const Definition> parcels() {
  Findings findings;
  auto made = load(sop, "parcels.sop.json", findings);
  INFO(findings.render(SourceText("parcels.sop.json", std::string(sop))));
  REQUIRE(made);
  return made.take();
}

Dmn compiled(const dmn::Model& model) {
  Findings findings;
  auto dmn = Dmn::compile(model, findings);
  INFO(findings.render(model.source ? *model.source : SourceText()));
  REQUIRE(dmn);
  return dmn.take();
}

}  // namespace

TEST_CASE("dmn: the rules of an SOP, written and read again, are the same model and decide the same") {
  const dmn::Model model = dmn_model(*parcels());
  const std::string text = write_dmn(model);
  auto back = read_dmn(SourceText("parcels.dmn", text));
  REQUIRE(back);
  CHECK(write_dmn(*back) == text);
  CHECK(back->name == "Send <parcels>");
  CHECK(back->space == "urn:aesop:sop:parcels:1.2.0");

  const Dmn before = compiled(model), after = compiled(*back);
  const auto value = [](const Dmn& dmn, std::string_view decision, std::vector<DmnInput> inputs) {
    Evaluation evaluation;
    evaluation.ports = &default_ports();
    return to_literal(*dmn.evaluate(decision, inputs, evaluation));
  };
  struct Row {
    const char* decision;
    int weight;
    const char* country;
    const char* expected;
  };
  for (const Row& row :
       {Row{"carrier", 40, "us", "\"freight\""}, Row{"carrier", 3, "de", "\"post\""},
        Row{"carrier", 7, "us", "\"express\""}, Row{"carrier", 6, "us", "null"},
        Row{"heavy", 40, "us", "true"}, Row{"points", 3, "us", "16"},
        Row{"both", 3, "us", "{a: 4, b: @\"2026-01-31\"}"},
        Row{"both", 30, "us", "{a: null, b: @\"2026-03-02\"}"}, Row{"of_a_form", 40, "us", "true"}}) {
    const std::vector<DmnInput> inputs = {{"weight", Value::number(row.weight)},
                                          {"country", Value::string(row.country)},
                                          {"sent_on", Value::date({2026, 3, 2})},
                                          {"answer", Value::string("yes")}};
    CHECK(value(before, row.decision, inputs) == row.expected);
    CHECK(value(after, row.decision, inputs) == row.expected);
  }
}

TEST_CASE("dmn: what a rule needs is required, and input data have their types") {
  const dmn::Model model = dmn_model(*parcels());
  REQUIRE(model.decisions.size() == 5);
  const dmn::Decision& heavy = model.decisions[1];
  CHECK(heavy.question == "Too heavy for one?");
  REQUIRE(heavy.requires_.size() == 1);
  CHECK(heavy.requires_[0].href == "#decision_carrier");
  std::string inputs;
  for (const dmn::InputData& input : model.inputs) append(inputs, input.name, ':', input.variable.type, ' ');
  CHECK(inputs == "weight:number country:t_country sent_on:date answer: ");
}
