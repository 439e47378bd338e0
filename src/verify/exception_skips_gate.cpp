#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// A check that may be waived is one thing, the step that asks the gate not being done at all is another.
void exception_skips_gate(const Context& context, Findings& findings) {
  for (const GateDefinition& gate : context.file.gates)
    for (const GateCheckDefinition& check : gate.checks)
      for (const ExceptionPolicy& policy : context.file.exceptions) {
        if (check.exception.empty() || policy.id.text != check.exception.text ||
            policy.allows != ExceptionPolicy::Allows::skip)
          continue;
        each_step(context.file.steps, [&](const StepDefinition& step) {
          for (const Text& of : policy.of)
            if (of.text == step.id.text && step.gate.text == gate.id.text)
              findings.warning("exception-skips-gate",
                               cat("exception \"", policy.id.text, "\" is for check \"", check.id.text,
                                   "\", and skips ", name_of(step), " with every other check of its gate"),
                               of.where, "\"allows\": \"check\" waives that check alone");
        });
      }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
