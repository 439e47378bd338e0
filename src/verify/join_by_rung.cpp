#include "verify/checks.hpp"

#include <algorithm>

namespace aesop {
inline namespace v0 {
namespace verifying {

namespace {

// A join of the block by its id; nullptr when the id names something else.
const StepDefinition* join_named(const Flow& flow, const Text& id) {
  for (const Step& step : flow.steps())
    if (!id.empty() && step.definition->id.text == id.text &&
        (step.definition->kind == StepKind::join || step.definition->kind == StepKind::any))
      return step.definition;
  return nullptr;
}

// Whether the step leads to the join by a way of its own, not only when it is late.
bool leads_itself(const Flow& flow, StepIndex from, const StepDefinition& join) {
  const StepDefinition& step = flow.at(from);
  const auto names = [&](const Text& id) { return id.text == join.id.text; };
  const bool follows = from + 1 < flow.steps().size() && &flow.at(from + 1) == &join;
  if (names(step.on_failure) || std::any_of(step.go.begin(), step.go.end(), names)) return true;
  if (step.kind == StepKind::wait)
    return std::any_of(step.waits.begin(), step.waits.end(), [&](const WaitDefinition& wait) {
      return wait.go.empty() ? follows : names(wait.go);
    });
  if (!step.next_given) return follows;
  return std::any_of(step.next.begin(), step.next.end(),
                     [&](const BranchDefinition& branch) { return names(branch.go); });
}

// Whether `of` counts the step's way as one with another's.
bool grouped(const StepDefinition& join, const StepDefinition& step) {
  return std::any_of(join.of.begin(), join.of.end(), [&](const JoinGroup& group) {
    return group.from.size() > 1 && std::any_of(group.from.begin(), group.from.end(),
                                                [&](const Text& id) { return id.text == step.id.text; });
  });
}

void no_way(const StepDefinition& join, const Text& rung, std::string_view of, Findings& findings) {
  findings.error("join-by-rung",
                 cat("a rung of ", of, " sends a token to join \"", join.id.text,
                     "\", which waits for tokens on its own ways only"),
                 rung.where, "let it go to a step of its own, or to the step behind the join");
}

}  // namespace

// A join takes tokens by the ways that lead to it. One that a stage, a clock or `also` sends comes by none of them and
// waits there for ever; one that only a late step sends lets the join wait for ever when the step is in time.
void join_by_rung(const Context& context, Findings& findings) {
  for (const Flow& flow : context.flows) {
    for (StepIndex i = 0; i < flow.steps().size(); ++i) {
      const StepDefinition& step = flow.at(i);
      for (const RungDefinition& rung : step.escalate) {
        if (const StepDefinition* join = join_named(flow, rung.also))
          no_way(*join, rung.also, name_of(step), findings);
        const StepDefinition* join = join_named(flow, rung.go);
        if (join == nullptr || leads_itself(flow, i, *join) || grouped(*join, step)) continue;
        findings.error(
            "join-by-rung", cat("join \"", join->id.text, "\" waits for ", name_of(step), " to be late"),
            rung.go.where,
            cat("only a rung leads from there to the join: when the step is in time, nothing comes. "
                "Put it into one group of \"of\" with the way it stands for: [[\"",
                step.id.text, "\", \"b\"], \"c\"]"));
      }
    }
    for (const StageDefinition& stage : context.file.stages)
      for (const RungDefinition& rung : stage.escalate)
        for (const Text* to : {&rung.go, &rung.also})
          if (const StepDefinition* join = join_named(flow, *to))
            no_way(*join, *to, cat("stage \"", stage.id.text, '"'), findings);
    if (flow.owner()) continue;
    for (const ClockDefinition& clock : context.file.clocks)
      for (const RungDefinition& rung : clock.escalate)
        for (const Text* to : {&rung.go, &rung.also})
          if (const StepDefinition* join = join_named(flow, *to))
            no_way(*join, *to, cat("clock \"", clock.id.text, '"'), findings);
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
