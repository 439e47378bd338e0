#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// Every choice is complete: an else, or conditions that cover all a field can be.
namespace {
const FieldDefinition* own_field(const StepDefinition& step, std::string_view name) {
  for (const auto* fields : {&step.form, &step.result})
    for (const FieldDefinition& field : *fields)
      if (field.name == name) return &field;
  return nullptr;
}

// The values a condition on a single field leaves out; nullopt when it is not such a choice.
std::optional<std::vector<std::string>> left_out(const StepDefinition& step) {
  std::string_view field;
  std::vector<Value> seen;
  for (const BranchDefinition& branch : step.next) {
    if (branch.condition.kind != ConditionText::Kind::fields || branch.condition.fields.size() != 1)
      return std::nullopt;
    const FieldTest& test = branch.condition.fields[0];
    if (!field.empty() && field != test.field) return std::nullopt;
    field = test.field;
    seen.insert(seen.end(), test.any_of.begin(), test.any_of.end());
  }
  std::vector<Value> all;
  if (step.kind == StepKind::approval && field == "outcome") {
    all = {Value::string("approved"), Value::string("refused")};
  } else {
    const FieldDefinition* definition = own_field(step, field);
    if (!definition || definition->required.kind != ConditionText::Kind::literal ||
        !definition->required.literal)
      return std::nullopt;
    all = definition->one_of;
    if (definition->kind == DataKind::boolean && all.empty())
      all = {Value::boolean(true), Value::boolean(false)};
    if (all.empty()) return std::nullopt;
  }
  std::vector<std::string> missing;
  for (const Value& value : all) {
    bool found = false;
    for (const Value& one : seen) found = found || one == value;
    if (!found)
      missing.push_back(value.is_string() ? std::string(value.as_string())
                        : value.is_true() ? "true"
                                          : "false");
  }
  return missing;
}
}  // namespace

void no_else(const Context& context, Findings& findings) {
  each_step(context.file.steps, [&](const StepDefinition& step) {
    if (!step.next_given || step.next.empty()) return;
    std::size_t outcomes = 0;
    for (const BranchDefinition& branch : step.next) {
      if (branch.is_else) return;
      if (branch.condition.kind == ConditionText::Kind::literal && branch.condition.literal) return;
      outcomes += !branch.outcome.empty();
    }
    if (outcomes > 0) return;  // the loader wants approved and refused both
    const auto missing = left_out(step);
    if (missing && missing->empty()) return;
    findings.error("no-else",
                   missing ? cat(name_of(step), " leads nowhere when it is ", join(*missing, " or "))
                           : cat(name_of(step), " leads nowhere when no condition is true"),
                   {step.next_where.begin, step.next_where.begin + 1},
                   "add {\"else\": STEP} as the last branch");
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
