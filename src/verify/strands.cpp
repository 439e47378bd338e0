#include "verify/strands.hpp"

namespace aesop {
inline namespace v0 {
namespace verifying {

std::vector<Split> splits(const Flow& flow, bool no_joins) {
  std::vector<Split> out;
  for (StepIndex i = 0; i < flow.steps().size(); ++i) {
    if (!flow.reachable()[i]) continue;
    Split split{i};
    const Step& step = flow.steps()[i];
    if (flow.at(i).kind == StepKind::parallel) {
      for (const Way& way : step.ways)
        if (way.kind == WayKind::next) {
          split.first.push_back(way.to);
          split.reached.push_back(flow.from(way.to, no_joins));
        }
    } else {
      std::vector<StepIndex> more;
      for (const Way& way : step.ways)
        if (way.kind == WayKind::also) more.push_back(way.to);
      if (more.empty()) continue;
      // The step's own token stays, and goes its way later.
      std::vector<bool> own(flow.steps().size());
      own[i] = true;
      for (const Way& way : step.ways) {
        if (way.kind == WayKind::also) continue;
        const std::vector<bool> reached = flow.from(way.to, no_joins);
        for (StepIndex k = 0; k < own.size(); ++k) own[k] = own[k] || reached[k];
      }
      split.first.push_back(i);
      split.reached.push_back(std::move(own));
      for (const StepIndex to : more) {
        split.first.push_back(to);
        split.reached.push_back(flow.from(to, no_joins));
      }
    }
    out.push_back(std::move(split));
  }
  return out;
}

bool together(const std::vector<Split>& all, StepIndex a, StepIndex b, StepIndex to) {
  for (const Split& split : all) {
    const auto takes = [&](std::size_t strand, StepIndex from) {
      return split.reached[strand][from] || (split.at == from && split.first[strand] == to);
    };
    for (std::size_t i = 0; i < split.reached.size(); ++i) {
      if (!takes(i, a)) continue;
      for (std::size_t k = 0; k < split.reached.size(); ++k)
        if (k != i && takes(k, b)) return true;
    }
  }
  return false;
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
