#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// A review needs a second person.
void review_by_performer(const Context& context, Findings& findings) {
  each_step(context.file.steps, [&](const StepDefinition& step) {
    if (step.review.empty() || step.raci.responsible.size() != 1 ||
        step.raci.responsible[0].text != step.review.text)
      return;
    findings.warning("review-by-performer",
                     cat("role \"", step.review.text, "\" does and reviews ", name_of(step)),
                     step.review.where,
                     "a performer never reviews his own work: two people of the role are needed at least");
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
