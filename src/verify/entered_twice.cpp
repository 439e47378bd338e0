#include "verify/checks.hpp"
#include "verify/strands.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

// Two strands of a parallel that come to the same step without a join: it is done twice, at once.
void entered_twice(const Context& context, Findings& findings) {
  for (const Flow& flow : context.flows) {
    const std::vector<Split> all = splits(flow, true);
    for (StepIndex to = 0; to < flow.steps().size(); ++to) {
      const StepKind kind = flow.at(to).kind;
      if (kind == StepKind::join || kind == StepKind::end || !flow.reachable()[to]) continue;
      for (const Split& split : all) {
        // A way back to before the split is rework, not a second strand.
        if (flow.from(to)[split.at]) continue;
        std::size_t strands = 0;
        for (const auto& reached : split.reached) strands += reached[to];
        if (strands < 2) continue;
        findings.warning("entered-twice",
                         cat(name_of(flow.at(to)), " is reached by ", strands, " strands of \"",
                             flow.at(split.at).id.text, "\" and may be done twice at once"),
                         place_of(flow.at(to)), "put a \"join\" before it");
        break;
      }
    }
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
