#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// A request that may wait for ever is no path, and an emergency is looked at by somebody.
void exception_time(const Context& context, Findings& findings) {
  for (const ExceptionPolicy& policy : context.file.exceptions) {
    if (!policy.decide_within.given() && policy.decide_within.text.empty())
      findings.warning("exception-time",
                       cat("exception \"", policy.id.text, "\" may stay undecided for ever"), policy.id.where,
                       "give it \"decide_within\"");
    if (policy.emergency && policy.emergency->escalate.empty())
      findings.warning("exception-time",
                       cat("nobody is told when an emergency of \"", policy.id.text, "\" is not reviewed"),
                       policy.id.where,
                       "give the emergency \"escalate\": [{\"at\": \"due\", \"notify\": ...}]");
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
