// A DMN model with one that it imports: what does a treatment cost, and must the payer agree first? (examples/dmn)
#include "aesop/base/default_ports.hpp"
#include "aesop/dmn/ask.hpp"
#include "aesop/dmn/compile.hpp"
#include "aesop/dmn/read.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"

#include <fstream>
#include <iostream>
#include <sstream>

namespace {

std::string file(const std::string& name) {
  std::ifstream stream(AESOP_EXAMPLES_DIR "/dmn/" + name);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

}  // namespace

int main() {
  const auto source = std::make_shared<const aesop::SourceText>("estimate.dmn", file("estimate.dmn"));
  const auto model = aesop::read_dmn(source);
  if (!model) {
    std::cout << to_string(model.error()) << "\n";
    return 1;
  }
  aesop::DmnOptions options;
  options.loader = aesop::dmn_texts({{"discounts.dmn", file("discounts.dmn")}});
  aesop::Findings findings;
  const auto dmn = aesop::Dmn::compile(*model, findings, options);
  std::cout << findings.render(*source);
  if (!dmn) return 1;

  for (const aesop::Dmn::Offer& decision : dmn->decisions()) {
    std::cout << decision.name << ": " << to_string(decision.type) << ", from";
    for (const auto& input : decision.inputs) std::cout << " [" << input.first << "]";
    std::cout << "\n";
  }

  aesop::Evaluation evaluation;
  evaluation.ports = &aesop::default_ports();
  for (const char* patient : {R"({"Category": "major", "Listed fee": 1250, "Plan": "PPO",
            "Date of birth": "1958-04-02", "Date of service": "2026-03-09"})",
                              R"({"Category": "basic", "Listed fee": 210, "Plan": "none",
            "Date of birth": "1958-04-02", "Date of service": "2026-03-09"})",
                              R"({"Category": "basic", "Listed fee": 210, "Plan": "PPO"})"}) {
    const auto inputs = aesop::read_json(patient);
    const auto answer = aesop::ask(*dmn, aesop::DmnKind::service, "Estimate", *inputs, evaluation);
    if (!answer) {
      std::cout << to_string(answer.error()) << "\n";
      return 1;
    }
    std::cout << aesop::write_json(answer->value).value_or("") << "\n";
    for (const std::string& reason : answer->diagnostics) std::cout << "  " << reason << "\n";
  }
}
