#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// A skipped step has no form, and a skipped wait no event: which of several branches to take should be said.
void skip_unclear(const Context& context, Findings& findings) {
  each_step(context.file.steps, [&](const StepDefinition& step) {
    if (!step.skipped.empty() || step.kind == StepKind::approval) return;
    const bool several = step.kind == StepKind::wait
                             ? step.waits.size() > 1
                             : step.next.size() > 1 || (step.next.size() == 1 && !step.next.front().is_else);
    if (!several) return;
    for (const ExceptionPolicy& policy : context.file.exceptions)
      for (const Text& of : policy.of)
        if (of.text == step.id.text && policy.allows == ExceptionPolicy::Allows::skip)
          findings.warning(
              "skip-unclear",
              cat("exception \"", policy.id.text, "\" skips ", name_of(step), ", which has several ways out"),
              of.where, cat("say where a skip leads: \"skipped\": STEP in step \"", step.id.text, '"'));
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
