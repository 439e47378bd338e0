#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// A handoff has a moment.
void handoff_never(const Context& context, Findings& findings) {
  for (const HandoffDefinition& handoff : context.file.handoffs) {
    bool begins = handoff.when.has_value() || handoff.id.empty();
    each_step(context.file.steps,
              [&](const StepDefinition& step) { begins = begins || step.handoff.text == handoff.id.text; });
    if (!begins)
      findings.error("handoff-never", cat("handoff \"", handoff.id.text, "\" never begins"), handoff.id.where,
                     "give it \"when\", or name it in the \"handoff\" of a step");
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
