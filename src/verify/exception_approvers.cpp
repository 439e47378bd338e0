#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// An exception that nobody approves is a hole.
void exception_approvers(const Context& context, Findings& findings) {
  for (const ExceptionPolicy& policy : context.file.exceptions) {
    if (policy.approvers && !policy.approvers->roles.empty()) {
      const auto& roles = policy.approvers->roles;
      if (policy.ask.size() == 1 && roles.size() == 1 && roles[0].text == policy.ask[0].text)
        findings.warning(
            "exception-approvers",
            cat("role \"", roles[0].text, "\" asks for and approves exception \"", policy.id.text, "\""),
            roles[0].where, "nobody approves his own request: two people of the role are needed at least");
      continue;
    }
    findings.error("exception-approvers", cat("nobody approves exception \"", policy.id.text, "\""),
                   policy.id.where, "give it \"approvers\"");
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
