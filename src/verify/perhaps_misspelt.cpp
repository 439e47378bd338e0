#include "verify/checks.hpp"

#include "aesop/base/text.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// Names of other SOPs cannot be looked up here. One that is nearly a role, a system or another SOP was meant as that.
void perhaps_misspelt(const Context& context, Findings& findings) {
  const Definition& file = context.file;
  std::vector<std::string> parties, sops{file.sop.text};
  for (const RoleDefinition& role : file.roles) parties.push_back(role.id.text);
  for (const SystemDefinition& system : file.systems) parties.push_back(system.id.text);
  const auto known = [](const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const auto sop = [&](const Text& text, const std::vector<std::string>& others, std::string_view what) {
    if (text.empty() || known(sops, text.text)) return;
    std::vector<std::string> names = sops;
    names.insert(names.end(), others.begin(), others.end());
    if (const auto near = did_you_mean(text.text, names))
      findings.warning("perhaps-misspelt",
                       cat('"', text.text, "\" ", what, " and is taken for the name of an SOP"), text.where,
                       cat("did you mean \"", *near, "\"?"));
    else
      sops.push_back(text.text);
  };
  for (const HandoffDefinition& handoff : file.handoffs)
    if (!known(parties, handoff.to.text)) sop(handoff.to, parties, "is neither a role nor a system");
  const auto ladder = [&](const LadderDefinition& rungs) {
    for (const RungDefinition& rung : rungs) sop(rung.start_sop, {}, "is named nowhere else");
  };
  each_step(file.steps, [&](const StepDefinition& step) { ladder(step.escalate); });
  for (const ClockDefinition& clock : file.clocks) ladder(clock.escalate);
  for (const StageDefinition& stage : file.stages) ladder(stage.escalate);
  for (const HandoffDefinition& handoff : file.handoffs) ladder(handoff.escalate);
  for (const ExceptionPolicy& policy : file.exceptions)
    if (policy.emergency) ladder(policy.emergency->escalate);
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
