#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// One role has one part in a step. Who does it may also answer for it: small houses have nobody else.
void raci_two_letters(const Context& context, Findings& findings) {
  each_step(context.file.steps, [&](const StepDefinition& step) {
    std::map<std::string_view, std::string_view> letters;
    const auto look = [&](const std::vector<Text>& roles, std::string_view letter) {
      for (const Text& role : roles) {
        const auto [known, fresh] = letters.emplace(role.text, letter);
        if (!fresh && !role.empty() && letter != "accountable")
          findings.warning(
              "raci-two-letters",
              cat("role \"", role.text, "\" is ", known->second, " and ", letter, " in ", name_of(step)),
              role.where, "a role has one part in a step");
      }
    };
    look(step.raci.responsible, "responsible");
    look(step.raci.accountable, "accountable");
    look(step.raci.consulted, "consulted");
    look(step.raci.informed, "informed");
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
