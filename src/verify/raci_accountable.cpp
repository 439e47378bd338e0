#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// Exactly one role answers for what people do and for what is waited for.
void raci_accountable(const Context& context, Findings& findings) {
  each_step(context.file.steps, [&](const StepDefinition& step) {
    const bool wanted = step.kind == StepKind::task || step.kind == StepKind::approval ||
                        step.kind == StepKind::wait || step.kind == StepKind::service;
    const auto& roles = step.raci.accountable;
    if (roles.size() == 1 || (roles.empty() && !wanted)) return;
    findings.error("raci-accountable",
                   roles.empty() ? cat(name_of(step), " has nobody accountable")
                                 : cat(name_of(step), " has ", roles.size(), " accountable roles"),
                   roles.empty() ? place_of(step) : roles[1].where,
                   "exactly one role is accountable for a step");
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
