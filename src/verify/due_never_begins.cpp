#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// A time limit that is counted from what comes only after the step: while the step waits, nothing runs.
namespace {
// The step of "STEP.completed" or "STEP.entered"; empty when the moment is something else.
std::string_view step_of(const MomentText& moment, bool& completed) {
  if (moment.kind != MomentText::Kind::name) return {};
  const std::string_view text = moment.text;
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos) return {};
  completed = text.substr(dot) == ".completed";
  return completed || text.substr(dot) == ".entered" ? text.substr(0, dot) : std::string_view();
}

// Whether `name` happens only when `at`, or the `each` around it, is over.
bool comes_later(const Context& context, const Flow& flow, StepIndex at, std::string_view name,
                 bool completed) {
  if (const auto other = flow.find(name)) return *other == at ? completed : flow.only_after(*other, at);
  if (!flow.owner()) return false;
  for (const Flow& outer : context.flows)
    if (const auto owner = outer.find(flow.owner()->id.text))
      return comes_later(context, outer, *owner, name, completed);
  return false;
}
}  // namespace

void due_never_begins(const Context& context, Findings& findings) {
  for (const Flow& flow : context.flows) {
    for (StepIndex i = 0; i < flow.steps().size(); ++i) {
      if (!flow.reachable()[i]) continue;
      const StepDefinition& step = flow.at(i);
      const auto look = [&](const TimePhraseText& phrase, std::string_view what) {
        bool completed = false;
        const std::string_view name = step_of(phrase.anchor, completed);
        if (name.empty() || !comes_later(context, flow, i, name, completed)) return;
        findings.error("due-never-begins",
                       cat(what, " of ", name_of(step), " does not begin before the step is over"),
                       phrase.anchor.where,
                       cat("\"", phrase.anchor.text, "\" comes only after it: count from \"", step.id.text,
                           ".entered\", or from something before"));
      };
      if (step.due) look(step.due->phrase, "the time limit");
      for (const WaitDefinition& wait : step.waits)
        if (wait.after) look(*wait.after, "\"after\"");
    }
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
