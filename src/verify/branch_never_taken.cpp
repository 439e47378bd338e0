#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// A branch that can never be taken was meant otherwise.
void branch_never_taken(const Context& context, Findings& findings) {
  each_step(context.file.steps, [&](const StepDefinition& step) {
    bool taken = false;
    for (const BranchDefinition& branch : step.next) {
      const bool literal = branch.condition.kind == ConditionText::Kind::literal;
      if (taken || (literal && !branch.condition.literal && !branch.is_else))
        findings.warning("branch-never-taken", cat("this branch of ", name_of(step), " is never taken"),
                         {branch.where.begin, branch.where.begin + 1},
                         taken ? "a branch before it is always taken" : "its condition is false");
      taken = taken || (literal && branch.condition.literal);
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
