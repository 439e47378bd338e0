#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// What is handed over must be taken, in time (requirement R11).
void handoff_unacknowledged(const Context& context, Findings& findings) {
  for (const HandoffDefinition& handoff : context.file.handoffs) {
    const SourceRange where =
        handoff.id.empty() ? SourceRange{handoff.where.begin, handoff.where.begin + 1} : handoff.id.where;
    if (!handoff.acknowledge_within.given() && handoff.acknowledge_within.text.empty())
      findings.error("handoff-unacknowledged",
                     cat("nobody has to acknowledge handoff \"", handoff.id.text, "\""), where,
                     "give it \"acknowledge_within\": \"1 business day\"");
    else if (handoff.escalate.empty())
      findings.warning("handoff-unacknowledged",
                       cat("nobody is told when handoff \"", handoff.id.text, "\" is not acknowledged"),
                       where, "give it \"escalate\": [{\"at\": \"due\", \"notify\": ...}]");
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
