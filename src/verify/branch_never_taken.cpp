#include "verify/checks.hpp"

#include "aesop/model/plan_names.hpp"
#include "aesop/rules/compile.hpp"

#include <algorithm>

namespace aesop {
inline namespace v0 {
namespace verifying {

namespace {
// The value of a condition that is the same for every run: a literal, or FEEL without a name.
std::optional<bool> always(const Definition& file, const BranchDefinition& branch) {
  if (branch.is_else) return std::nullopt;
  if (branch.condition.kind == ConditionText::Kind::literal) return branch.condition.literal;
  if (branch.condition.kind != ConditionText::Kind::feel) return std::nullopt;
  // The loader puts "true" in place of what it could not read.
  const std::string_view text = branch.condition.text;
  if (text == "true" && file.source->text.compare(branch.condition.where.begin, 4, "true") != 0)
    return std::nullopt;
  // What names anything is no constant: most conditions are not compiled only to find that out.
  constexpr std::string_view words[] = {"true", "false", "null", "and", "or",     "not",
                                        "if",   "then",  "else", "in",  "between"};
  for (const std::string_view word : detail::identifiers(text))
    if (std::find(std::begin(words), std::end(words), word) == std::end(words)) return std::nullopt;
  const auto expr = Expr::compile(text, Scope());
  const Value* value = expr ? expr->constant() : nullptr;
  if (!value || !value->is_boolean()) return std::nullopt;
  return value->is_true();
}
}  // namespace

// A branch that can never be taken was meant otherwise.
void branch_never_taken(const Context& context, Findings& findings) {
  each_step(context.file.steps, [&](const StepDefinition& step) {
    bool taken = false;
    for (const BranchDefinition& branch : step.next) {
      const std::optional<bool> same = always(context.file, branch);
      if (taken || same == false)
        findings.warning("branch-never-taken", cat("this branch of ", name_of(step), " is never taken"),
                         {branch.where.begin, branch.where.begin + 1},
                         taken ? "a branch before it is always taken" : "its condition is false");
      taken = taken || same == true;
    }
    bool caught = false;
    for (std::size_t i = 0; i < step.waits.size(); ++i) {
      const WaitDefinition& wait = step.waits[i];
      caught = false;
      for (std::size_t k = 0; k < i; ++k)
        caught = caught || (!wait.event.empty() && step.waits[k].event.text == wait.event.text &&
                            step.waits[k].condition.kind == ConditionText::Kind::always);
      if (caught)
        findings.warning("branch-never-taken",
                         cat("this event of ", name_of(step), " is always taken by an entry before"),
                         wait.event.where, "put the entry without \"if\" last");
    }
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
