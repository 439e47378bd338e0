#include "verify/checks.hpp"

#include "aesop/value/compare.hpp"
#include "aesop/value/print.hpp"

#include <optional>

namespace aesop {
inline namespace v0 {
namespace verifying {

namespace {

// Whether no value lies between the two.
bool impossible(const std::optional<Value>& least, const std::optional<Value>& most) {
  return least && most && compare(*least, *most, nullptr).value_or(0) > 0;
}

void look(const std::vector<FieldDefinition>& fields, Findings& findings) {
  for (const FieldDefinition& field : fields) {
    if (impossible(field.min, field.max))
      findings.error("bounds-impossible",
                     cat("no value of \"", field.name, "\" is at least ", to_string(*field.min),
                         " and at most ", to_string(*field.max)),
                     field.where, "\"min\" is the lesser of the two");
    look(field.fields, findings);
  }
}

}  // namespace

// Bounds that no value keeps: the form could never be filled in, the reading never be taken.
void bounds_impossible(const Context& context, Findings& findings) {
  look(context.file.data, findings);
  for (const EventDefinition& event : context.file.events) look(event.fields, findings);
  each_step(context.file.steps, [&](const StepDefinition& step) {
    look(step.form, findings);
    look(step.result, findings);
    if (step.each) look(step.each->data, findings);
    for (const ChecklistItem& item : step.checklist)
      if (item.evidence && impossible(item.evidence->min, item.evidence->max))
        findings.error("bounds-impossible",
                       cat("no reading is at least ", to_string(*item.evidence->min), " and at most ",
                           to_string(*item.evidence->max)),
                       item.text.where, "\"min\" is the lesser of the two");
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
