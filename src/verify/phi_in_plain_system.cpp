#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// Protected data in a system that is not declared to hold it (requirement R13).
void phi_in_plain_system(const Context& context, Findings& findings) {
  std::map<std::string_view, bool> holds;
  for (const SystemDefinition& system : context.file.systems) holds[system.id.text] = system.phi;
  each_step(context.file.steps, [&](const StepDefinition& step) {
    const auto found = holds.find(step.system.text);
    if (found == holds.end() || found->second) return;
    for (const auto* fields : {&step.form, &step.result})
      for (const FieldDefinition& field : *fields)
        if (field.phi)
          findings.warning("phi-in-plain-system",
                           cat("field \"", field.name, "\" is protected, system \"", step.system.text,
                               "\" holds no such data"),
                           field.where,
                           "do the step in another system, or declare the system with \"phi\": true");
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
