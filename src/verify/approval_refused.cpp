#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// A refusal leads somewhere else than an approval: without a way of its own it would count for nothing.
namespace {
// Whether a branch is taken for one outcome and not for the other.
bool tells_apart(const BranchDefinition& branch) {
  if (!branch.outcome.empty()) return true;
  if (branch.condition.kind == ConditionText::Kind::feel)
    return branch.condition.text.find("outcome") != std::string::npos;
  if (branch.condition.kind != ConditionText::Kind::fields) return false;
  for (const FieldTest& test : branch.condition.fields) {
    if (test.field != "outcome") continue;
    bool approved = false, refused = false;
    for (const Value& value : test.any_of) {
      approved = approved || value == Value::string("approved");
      refused = refused || value == Value::string("refused");
    }
    if (approved != refused) return true;
  }
  return false;
}
}  // namespace

void approval_refused(const Context& context, Findings& findings) {
  each_step(context.file.steps, [&](const StepDefinition& step) {
    if (step.kind != StepKind::approval) return;
    for (const BranchDefinition& branch : step.next)
      if (tells_apart(branch)) return;
    findings.error(
        "approval-refused", cat(name_of(step), " goes on as if approved when it is refused"),
        step.next_given ? SourceRange{step.next_where.begin, step.next_where.begin + 1} : place_of(step),
        "write \"next\": {\"approved\": STEP, \"refused\": STEP}");
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
