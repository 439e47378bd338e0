#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// One role that does everything: nobody is left when it is missing.
void raci_one_role(const Context& context, Findings& findings) {
  std::map<std::string_view, std::size_t> load;
  std::size_t tasks = 0;
  each_step(context.file.steps, [&](const StepDefinition& step) {
    if (step.kind != StepKind::task) return;
    ++tasks;
    for (const Text& role : step.raci.responsible) ++load[role.text];
  });
  if (tasks < 5 || context.file.roles.size() < 2) return;
  for (const RoleDefinition& role : context.file.roles)
    if (load[role.id.text] == tasks)
      findings.warning("raci-one-role", cat("role \"", role.id.text, "\" is responsible for every task"),
                       role.id.where, "spread the work, or make sure that several people hold the role");
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
