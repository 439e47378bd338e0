#include "verify/checks.hpp"

#include <deque>

namespace aesop {
inline namespace v0 {
namespace verifying {

namespace {

// Steps that are entered as soon as the block is: nothing before them takes time.
std::vector<bool> entered_at_once(const Flow& flow) {
  std::vector<bool> seen(flow.steps().size());
  std::deque<StepIndex> open;
  if (!seen.empty()) open.push_back(0), seen[0] = true;
  while (!open.empty()) {
    const StepIndex here = open.front();
    open.pop_front();
    const StepKind kind = flow.at(here).kind;
    if (kind != StepKind::decision && kind != StepKind::parallel) continue;
    for (const Way& way : flow.steps()[here].ways)
      if (!seen[way.to]) seen[way.to] = true, open.push_back(way.to);
  }
  return seen;
}

}  // namespace

// An `each` over events that is entered late has no instance for what came before.
void event_missed(const Context& context, Findings& findings) {
  for (const Flow& flow : context.flows) {
    const std::vector<bool> early = entered_at_once(flow);
    for (StepIndex i = 0; i < flow.steps().size(); ++i) {
      const StepDefinition& step = flow.at(i);
      if (!step.each || !step.each->of_event || step.each->since || early[i]) continue;
      findings.note(
          "event-missed",
          cat(name_of(step), " opens no instance for a ", step.each->event.text, " that comes before it"),
          step.each->event.where,
          "if it may come earlier: \"since\": \"run.started\", or the step after which it counts");
    }
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
