#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// Whatever is late reaches somebody: a rung at the time limit or after it does something for a person who exists.
namespace {
// Whether a target means anybody. On ladders of stages `step` is null: there only roles are named. Where a step must have
// the role, other checks speak of its absence.
bool reaches(const std::vector<Text>& targets, const StepDefinition* step) {
  for (const Text& target : targets) {
    if (!step) return true;
    if (target.text == "responsible") {
      if (step->kind == StepKind::task || step->kind == StepKind::approval || !step->raci.responsible.empty())
        return true;
    } else if (target.text == "accountable") {
      if (step->kind != StepKind::each || !step->raci.accountable.empty()) return true;
    } else if (target.text == "consulted") {
      if (!step->raci.consulted.empty()) return true;
    } else if (target.text == "informed") {
      if (!step->raci.informed.empty()) return true;
    } else if (target.text == "review") {
      if (!step->review.empty()) return true;
    } else if (target.text == "pages") {
      if (!step->pages.empty()) return true;
    } else {
      return true;
    }
  }
  return false;
}

// Whether a rung fires before what is limited is late. Spans that cannot be compared are taken to be long enough.
bool early(const RungTime& at, const std::optional<DueDefinition>& due) {
  switch (at.base) {
    case RungTime::Base::due:
      return at.negative && !(at.offset.span && at.offset.span->is_zero());
    case RungTime::Base::percent:
      return at.percent < 100;
    case RungTime::Base::start:
      break;
  }
  if (!due || due->phrase.kind != TimePhraseText::Kind::span || due->phrase.before ||
      due->phrase.anchor.kind != MomentText::Kind::start)
    return false;
  const auto &limit = due->phrase.span.span, &offset = at.offset.span;
  return limit && offset && limit->unit == offset->unit && offset->amount < limit->amount;
}

bool acts(const LadderDefinition& ladder, const std::optional<DueDefinition>& due,
          const StepDefinition* step) {
  for (const RungDefinition& rung : ladder) {
    if (rung.condition.kind == ConditionText::Kind::literal && !rung.condition.literal) continue;
    if (early(rung.at, due) && !rung.every.given()) continue;
    if (reaches(rung.notify, step) || reaches(rung.page, step) || reaches(rung.reassign, step) ||
        !rung.go.empty() || !rung.also.empty() || !rung.start_sop.empty())
      return true;
  }
  return false;
}
}  // namespace

void nobody_told(const Context& context, Findings& findings) {
  struct Stage {
    bool limits, acts;
  };
  std::map<std::string_view, Stage> stages;
  for (const StageDefinition& stage : context.file.stages)
    stages[stage.id.text] = {stage.due.has_value(), acts(stage.escalate, stage.due, nullptr)};
  // A case clock tells of what shares its time limit, and of steps that have none of their own but that of a stage.
  const auto clock_tells = [&](const StepDefinition& step) {
    for (const ClockDefinition& clock : context.file.clocks)
      if (acts(clock.escalate, clock.due, nullptr) &&
          (!step.due || (clock.due && clock.due->phrase.text == step.due->phrase.text)))
        return true;
    return false;
  };
  each_step(context.file.steps, [&](const StepDefinition& step) {
    Severity severity = severity_of(step);
    const auto found = stages.find(step.stage.text);
    const Stage stage = found == stages.end() ? Stage{false, false} : found->second;
    bool told = acts(step.escalate, step.due, &step) || (stage.limits && stage.acts) || clock_tells(step);
    switch (step.kind) {
      case StepKind::task:
      case StepKind::approval:
      case StepKind::service:
        break;
      case StepKind::wait:
        for (const WaitDefinition& wait : step.waits) told = told || wait.after.has_value();
        break;
      case StepKind::each:
        severity = Severity::warning;
        break;
      default:
        return;
    }
    // Without a time limit at all, no-time-limit speaks.
    if (told || (!step.due && !stage.limits)) return;
    const bool tries = !step.escalate.empty() || (!step.due && found != stages.end());
    findings.add(
        {"nobody-told", severity, cat("nobody is told when ", name_of(step), " is late"), place_of(step),
         cat(step.due ? "give it \"escalate\": [{\"at\": \"due\", \"notify\": \"accountable\"}]"
                      : cat("give stage \"", step.stage.text,
                            "\" \"escalate\": [{\"at\": \"due\", \"notify\": ROLE}]"),
             tries && step.due ? "; its rungs come before the time limit, never, or for nobody" : "")});
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
