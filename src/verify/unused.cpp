#include "verify/checks.hpp"

#include "aesop/model/plan.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// What is declared and never used is a leftover, or something that was forgotten.
void unused(const Context& context, const Plan& plan, Findings& findings) {
  const Definition& file = context.file;
  const auto look = [&](std::string_view kind, std::string_view name, SourceRange where) {
    if (!plan.used().count(cat(kind, ' ', name)))
      findings.note("unused", cat(kind, " \"", name, "\" is declared and not used"), where);
  };
  for (const FieldDefinition& item : file.data) look("variable", item.name, item.where);
  for (const ParameterDefinition& item : file.parameters) look("parameter", item.type.name, item.type.where);
  for (const RuleDefinition& item : file.rules) look("rule", item.name.text, item.name.where);
  for (const RoleDefinition& item : file.roles) look("role", item.id.text, item.id.where);
  for (const SystemDefinition& item : file.systems) look("system", item.id.text, item.id.where);
  for (const StageDefinition& item : file.stages) look("stage", item.id.text, item.id.where);
  for (const CalendarDefinition& item : file.calendars) look("calendar", item.name.text, item.name.where);
  for (const AttachmentDefinition& item : file.attachments) look("attachment", item.id.text, item.id.where);
  for (const EventDefinition& item : file.events)
    if (item.sets.empty()) look("event", item.name.text, item.name.where);
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
