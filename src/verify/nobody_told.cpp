#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// Whatever is late reaches somebody.
namespace {
bool acts(const LadderDefinition& ladder) {
  for (const RungDefinition& rung : ladder)
    if (!rung.notify.empty() || !rung.page.empty() || !rung.reassign.empty() || !rung.go.empty() ||
        !rung.also.empty() || !rung.start_sop.empty())
      return true;
  return false;
}
}  // namespace

void nobody_told(const Context& context, Findings& findings) {
  std::map<std::string_view, bool> stage_acts;
  for (const StageDefinition& stage : context.file.stages)
    stage_acts[stage.id.text] = stage.due.has_value() && acts(stage.escalate);
  each_step(context.file.steps, [&](const StepDefinition& step) {
    Severity severity = severity_of(step);
    bool told = acts(step.escalate);
    const auto stage = stage_acts.find(step.stage.text);
    told = told || (stage != stage_acts.end() && stage->second);
    switch (step.kind) {
      case StepKind::task:
      case StepKind::approval:
      case StepKind::service:
        // Without a time limit at all, no-time-limit speaks.
        if (!step.due) return;
        break;
      case StepKind::wait:
        for (const WaitDefinition& wait : step.waits) told = told || wait.after.has_value();
        if (!step.due) return;
        break;
      case StepKind::each:
        if (!step.due) return;
        severity = Severity::warning;
        break;
      default:
        return;
    }
    if (told) return;
    findings.add({"nobody-told", severity, cat("nobody is told when ", name_of(step), " is late"),
                  place_of(step), "give it \"escalate\": [{\"at\": \"due\", \"notify\": \"accountable\"}]"});
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
