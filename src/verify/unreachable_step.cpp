#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// A step that no token ever comes to.
void unreachable_step(const Context& context, Findings& findings) {
  for (const Flow& flow : context.flows) {
    // A way to a step that does not exist may have been meant to lead here: plan() reports it.
    bool unresolved = false;
    for (StepIndex i = 0; i < flow.steps().size(); ++i)
      unresolved = unresolved || (flow.reachable()[i] && flow.steps()[i].unresolved);
    if (unresolved) continue;
    for (StepIndex i = 0; i < flow.steps().size(); ++i) {
      if (flow.reachable()[i]) continue;
      findings.error("unreachable-step", cat(name_of(flow.at(i)), " is never reached"), place_of(flow.at(i)),
                     "let a \"next\", \"go\" or \"escalate\" lead to it, or remove it");
    }
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
