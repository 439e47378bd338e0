#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// A clock without a ladder measures for nobody.
void clock_idle(const Context& context, Findings& findings) {
  for (const ClockDefinition& clock : context.file.clocks)
    if (clock.escalate.empty())
      findings.warning("clock-idle", cat("clock \"", clock.id.text, "\" never does anything"), clock.id.where,
                       "give it \"escalate\", or remove it");
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
