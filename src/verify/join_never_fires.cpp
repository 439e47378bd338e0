#include "verify/checks.hpp"
#include "verify/strands.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

namespace {
// Steps that lead to `to`, grouped as `of` says, else each alone.
std::vector<std::vector<StepIndex>> groups_of(const Flow& flow, StepIndex to) {
  std::vector<StepIndex> incoming;
  for (StepIndex i = 0; i < flow.steps().size(); ++i)
    if (flow.has_way(i, to)) incoming.push_back(i);
  std::vector<std::vector<StepIndex>> groups;
  for (const JoinGroup& group : flow.at(to).of) {
    std::vector<StepIndex> members;
    for (const Text& id : group.from)
      for (const StepIndex i : incoming)
        if (flow.at(i).id.text == id.text) members.push_back(i);
    if (!members.empty()) groups.push_back(std::move(members));
  }
  if (flow.at(to).of.empty())
    for (const StepIndex i : incoming) groups.push_back({i});
  return groups;
}
}  // namespace

// A join waits for a token on each of its ways. When two of them are alternatives it waits for ever.
void join_never_fires(const Context& context, Findings& findings) {
  for (const Flow& flow : context.flows) {
    std::vector<Split> all;
    bool known = false;
    for (StepIndex to = 0; to < flow.steps().size(); ++to) {
      if (flow.at(to).kind != StepKind::join || !flow.reachable()[to]) continue;
      if (!known) all = splits(flow, false), known = true;
      const auto groups = groups_of(flow, to);
      bool found = false;
      for (std::size_t i = 0; i < groups.size() && !found; ++i) {
        for (std::size_t k = i + 1; k < groups.size() && !found; ++k) {
          bool possible = false;
          for (const StepIndex a : groups[i])
            for (const StepIndex b : groups[k]) possible = possible || together(all, a, b, to);
          if (possible) continue;
          found = true;
          findings.error("join-never-fires",
                         cat("join \"", flow.at(to).id.text, "\" waits for \"", flow.at(groups[i][0]).id.text,
                             "\" and \"", flow.at(groups[k][0]).id.text, "\", which never both happen"),
                         place_of(flow.at(to)),
                         "no parallel leads to both: they are alternatives. Put them into one group of "
                         "\"of\": [[\"a\", \"b\"], "
                         "\"c\"], or go on without a join");
        }
      }
    }
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
