#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// Whatever waits has a time limit: its own, that of its stage, or a time among what it waits for.
void no_time_limit(const Context& context, Findings& findings) {
  std::map<std::string_view, bool> stage_due;
  for (const StageDefinition& stage : context.file.stages) stage_due[stage.id.text] = stage.due.has_value();
  each_step(context.file.steps, [&](const StepDefinition& step) {
    bool limited = step.due.has_value();
    const auto stage = stage_due.find(step.stage.text);
    limited = limited || (stage != stage_due.end() && stage->second);
    Severity severity = severity_of(step);
    switch (step.kind) {
      case StepKind::task:
      case StepKind::approval:
        break;
      case StepKind::wait:
        for (const WaitDefinition& wait : step.waits) limited = limited || wait.after.has_value();
        break;
      case StepKind::service:
        break;
      case StepKind::each:
        if (!step.each || !step.each->of_event) return;
        severity = Severity::warning;
        break;
      default:
        return;
    }
    if (limited) return;
    findings.add({"no-time-limit", severity, cat(name_of(step), " has no time limit"), place_of(step),
                  step.kind == StepKind::wait
                      ? "give it \"due\", or wait for a time too: {\"after\": \"3 days\", \"go\": ...}"
                      : "give it \"due\": \"2 business days\""});
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
