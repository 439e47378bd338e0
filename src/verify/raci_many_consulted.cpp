#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// Whoever asks many waits long.
void raci_many_consulted(const Context& context, Findings& findings) {
  constexpr std::size_t many = 3;
  each_step(context.file.steps, [&](const StepDefinition& step) {
    if (step.raci.consulted.size() <= many) return;
    findings.warning(
        "raci-many-consulted", cat(name_of(step), " consults ", step.raci.consulted.size(), " roles"),
        step.raci.consulted[many].where, "more than three slow a step down; inform them instead");
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
