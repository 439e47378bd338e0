#include "verify/checks.hpp"
#include "verify/graph.hpp"

#include <boost/graph/strong_components.hpp>

namespace aesop {
inline namespace v0 {
namespace verifying {

// Steps from which no end can be reached: a token there never comes home. One finding for each trap, at its first step,
// with a way that leads into it.
void dead_end(const Context& context, Findings& findings) {
  for (const Flow& flow : context.flows) {
    if (flow.steps().empty()) continue;
    const Graph flow_graph = graph_of(flow);
    std::vector<StepIndex> component(flow.steps().size());
    boost::strong_components(flow_graph, boost::make_iterator_property_map(
                                             component.begin(), boost::get(boost::vertex_index, flow_graph)));
    std::vector<bool> reported(flow.steps().size());
    for (StepIndex i = 0; i < flow.steps().size(); ++i) {
      if (flow.can_end()[i] || !flow.reachable()[i] || reported[component[i]]) continue;
      // A step that only leads into a trap is not the trap.
      bool leads_on = false;
      for (const Way& way : flow.steps()[i].ways) leads_on = leads_on || component[way.to] != component[i];
      if (leads_on) continue;
      reported[component[i]] = true;
      findings.error("dead-end", cat("from ", name_of(flow.at(i)), " no end can be reached"),
                     place_of(flow.at(i)),
                     cat("it is reached by ", flow.path_to(i), "; lead out of it to an \"end\" step"));
    }
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
