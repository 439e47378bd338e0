#include "verify/checks.hpp"
#include "verify/steady.hpp"

#include "aesop/model/plan_names.hpp"

#include <set>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace verifying {

namespace {

// Whether nothing in the text can change. Rules are looked through; what is not known here may change.
bool stays(const Definition& file, const std::set<std::string_view>& steady, std::string_view text,
           int depth) {
  for (const std::string_view word : detail::identifiers(text)) {
    if (detail::is_feel_word(word) || steady.count(word)) continue;
    const RuleDefinition* rule = nullptr;
    for (const RuleDefinition& one : file.rules)
      if (one.name.text == word && !one.feel.empty()) rule = &one;
    if (rule == nullptr || depth == 0 || !stays(file, steady, rule->feel.text, depth - 1)) return false;
  }
  return true;
}

}  // namespace

// A wait for a condition whose data nothing sets is over at once or never.
void wait_in_vain(const Context& context, Findings& findings) {
  const std::set<std::string_view> steady = steady_names(context.file);
  each_step(context.file.steps, [&](const StepDefinition& step) {
    for (const WaitDefinition& wait : step.waits)
      if (wait.event.empty() && !wait.after && wait.condition.kind == ConditionText::Kind::feel &&
          stays(context.file, steady, wait.condition.text, 8))
        findings.warning("wait-in-vain", cat(name_of(step), " waits for a condition that nothing changes"),
                         wait.condition.where, "let an event or a step set what it looks at");
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
