#include "verify/checks.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

namespace {

// For each step of a flow: whether `anchor` has been entered, or completed, whenever a token comes to it. A join has
// what any of its ways has, every other step what all of its ways have.
std::vector<bool> surely_after(const Flow& flow, StepIndex anchor, bool completed) {
  const std::size_t count = flow.steps().size();
  std::vector<std::vector<StepIndex>> from(count);
  for (StepIndex i = 0; i < count; ++i)
    for (const Way& way : flow.steps()[i].ways) from[way.to].push_back(i);
  const std::vector<bool>& reachable = flow.reachable();
  std::vector<bool> sure(count, true);
  for (bool changed = true; changed;) {
    changed = false;
    for (StepIndex i = 0; i < count; ++i) {
      if (!sure[i] || !reachable[i] || (i == anchor && !completed)) continue;
      const bool join = flow.at(i).kind == StepKind::join;
      bool all = i != 0, any = false;
      for (const StepIndex before : from[i]) {
        if (!reachable[before]) continue;
        const bool has = before == anchor || sure[before];
        all = all && has;
        any = any || has;
      }
      if (join ? any : all) continue;
      sure[i] = false;
      changed = true;
    }
  }
  return sure;
}

// Whether a `parallel` sends one token towards each: then the anchor may still come.
bool beside(const Flow& flow, StepIndex anchor, StepIndex step) {
  for (StepIndex i = 0; i < flow.steps().size(); ++i) {
    if (flow.at(i).kind != StepKind::parallel) continue;
    for (const Way& one : flow.steps()[i].ways)
      for (const Way& other : flow.steps()[i].ways)
        if (one.to != other.to && flow.from(one.to, true)[anchor] && flow.from(other.to, true)[step])
          return true;
  }
  return false;
}

void look(const Context& context, std::size_t flow_of, StepIndex step, const MomentText& moment,
          std::string_view what, Findings& findings) {
  if (moment.kind != MomentText::Kind::name) return;
  for (const EventDefinition& event : context.file.events)
    if (event.name.text == moment.text) return;
  const std::size_t dot = moment.text.rfind('.');
  if (dot == std::string::npos) return;
  const std::string_view id = std::string_view(moment.text).substr(0, dot);
  const std::string_view end = std::string_view(moment.text).substr(dot + 1);
  if (end != "completed" && end != "entered") return;
  const StepDefinition& definition = context.flows[flow_of].at(step);
  // The block of the anchor: that of the step, or one around it, seen from the `each` the step is in.
  for (std::size_t f = flow_of, at = step;;) {
    const Flow& flow = context.flows[f];
    for (StepIndex i = 0; i < flow.steps().size(); ++i) {
      if (flow.at(i).id.text != id) continue;
      if (!flow.reachable()[at] || surely_after(flow, i, end == "completed")[at] || beside(flow, i, at))
        return;
      for (const Finding& known : findings)  // it never has: said already
        if (known.code == "due-never-begins" && known.where.begin == moment.where.begin) return;
      findings.warning(
          "due-unanchored",
          cat(what, " of ", name_of(definition), " counts from ", moment.text,
              ", which may not have happened"),
          moment.where,
          "until it happens there is no time limit; count from a moment that always comes before");
      return;
    }
    if (!flow.owner()) return;
    bool found = false;
    for (std::size_t outer = 0; outer < context.flows.size() && !found; ++outer)
      for (StepIndex i = 0; i < context.flows[outer].steps().size() && !found; ++i)
        if (&context.flows[outer].at(i) == flow.owner()) f = outer, at = i, found = true;
    if (!found) return;
  }
}

}  // namespace

// A time limit that counts from a step which not every way passes may never begin.
void due_unanchored(const Context& context, Findings& findings) {
  for (std::size_t f = 0; f < context.flows.size(); ++f) {
    const Flow& flow = context.flows[f];
    for (StepIndex i = 0; i < flow.steps().size(); ++i) {
      const StepDefinition& step = flow.at(i);
      if (step.due) look(context, f, i, step.due->phrase.anchor, "the due time", findings);
      for (const WaitDefinition& wait : step.waits)
        if (wait.after) look(context, f, i, wait.after->anchor, "a time", findings);
    }
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
