// A DMN model: read, compiled, asked. What fails is null, and says why and where.
#include "aesop/dmn/compile.hpp"
#include "aesop/dmn/read.hpp"
#include "aesop/value/print.hpp"

#include <iostream>
#include <vector>

namespace {

constexpr const char* text = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="Fee" namespace="https://example.org/fee">
  <inputData id="days" name="Days late"><variable name="Days late" typeRef="number"/></inputData>
  <businessKnowledgeModel id="rounded" name="Rounded">
    <encapsulatedLogic>
      <formalParameter name="amount" typeRef="number"/>
      <literalExpression><text>decimal(amount, 2)</text></literalExpression>
    </encapsulatedLogic>
  </businessKnowledgeModel>
  <decision id="fee" name="Fee">
    <variable name="Fee" typeRef="number"/>
    <informationRequirement><requiredInput href="#days"/></informationRequirement>
    <knowledgeRequirement><requiredKnowledge href="#rounded"/></knowledgeRequirement>
    <decisionTable hitPolicy="UNIQUE">
      <input><inputExpression><text>Days late</text></inputExpression></input>
      <output/>
      <rule><inputEntry><text>&lt;= 0</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
      <rule><inputEntry><text>[1..14]</text></inputEntry><outputEntry><text>Rounded(Days late / 3)</text></outputEntry></rule>
      <rule><inputEntry><text>&gt; 14</text></inputEntry><outputEntry><text>10</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
)";

}  // namespace

int main() {
  const auto model = aesop::read_dmn(aesop::SourceText("fee.dmn", text));
  if (!model) {
    std::cout << to_string(model.error()) << "\n";
    return 1;
  }
  aesop::Findings findings;
  const auto dmn = aesop::Dmn::compile(*model, findings);
  if (!dmn) {
    std::cout << findings.render(*model->source);
    return 1;
  }
  for (const aesop::Value& days : {aesop::Value::number(0), aesop::Value::number(7), aesop::Value::number(30),
                                   aesop::Value::string("a week")}) {
    const std::vector<aesop::DmnInput> inputs = {{"Days late", days}};
    aesop::Evaluation evaluation;
    const auto fee = dmn->evaluate("Fee", inputs, evaluation);
    std::cout << to_literal(days) << ": " << to_literal(*fee) << "\n";
    for (const aesop::Diagnostic& why : evaluation.diagnostics) std::cout << "  " << to_string(why) << "\n";
  }
}
