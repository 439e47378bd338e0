#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// Somebody does every task.
void raci_responsible(const Context& context, Findings& findings) {
  each_step(context.file.steps, [&](const StepDefinition& step) {
    if (step.kind != StepKind::task || !step.raci.responsible.empty()) return;
    findings.error("raci-responsible", cat(name_of(step), " has nobody responsible"), place_of(step),
                   "name the role that does it: \"raci\": {\"responsible\": ...}");
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
