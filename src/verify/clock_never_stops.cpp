#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// A clock that nothing stops escalates for ever.
void clock_never_stops(const Context& context, Findings& findings) {
  for (const ClockDefinition& clock : context.file.clocks)
    if (clock.stops.empty())
      findings.error("clock-never-stops", cat("nothing stops clock \"", clock.id.text, "\""), clock.id.where,
                     "give it \"stops\": an event, STEP.completed or STEP.entered");
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
