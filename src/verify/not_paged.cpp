#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// Only roles that carry a pager are paged.
void not_paged(const Context& context, Findings& findings) {
  std::map<std::string_view, bool> pages;
  for (const RoleDefinition& role : context.file.roles) pages[role.id.text] = role.pages;
  const auto look = [&](const Text& role) {
    const auto found = pages.find(role.text);
    if (found != pages.end() && !found->second)
      findings.warning("not-paged", cat("role \"", role.text, "\" is paged and does not say \"pages\": true"),
                       role.where, "declare it: \"roles\": {\"" + role.text + "\": {\"pages\": true}}");
  };
  const auto ladder = [&](const LadderDefinition& rungs) {
    for (const RungDefinition& rung : rungs)
      for (const Text& role : rung.page) look(role);
  };
  each_step(context.file.steps, [&](const StepDefinition& step) {
    look(step.pages);
    ladder(step.escalate);
  });
  for (const ClockDefinition& clock : context.file.clocks) ladder(clock.escalate);
  for (const StageDefinition& stage : context.file.stages) ladder(stage.escalate);
  for (const HandoffDefinition& handoff : context.file.handoffs) ladder(handoff.escalate);
  for (const ExceptionPolicy& policy : context.file.exceptions)
    if (policy.emergency) ladder(policy.emergency->escalate);
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
