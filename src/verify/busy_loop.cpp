#include "verify/checks.hpp"
#include "verify/graph.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/strong_components.hpp>

namespace aesop {
inline namespace v0 {
namespace verifying {

namespace {
// Where a token waits for a person, for the world, or for a time.
bool waits(const StepDefinition& step) {
  switch (step.kind) {
    case StepKind::task:
    case StepKind::approval:
      return true;
    case StepKind::wait:
      // For a condition that holds already it is over at once.
      return std::all_of(step.waits.begin(), step.waits.end(), [](const WaitDefinition& wait) {
        return wait.after.has_value() || !wait.event.empty();
      });
    case StepKind::each:
      // Over a list that is empty, or with a block of decisions only, it is done at once; over events when its
      // condition holds already.
      return step.each && step.each->of_event && !step.each->until_event.empty();
    default:
      return false;
  }
}
}  // namespace

// A circle of steps in which nothing waits for a person or a time turns for ever in one moment.
void busy_loop(const Context& context, Findings& findings) {
  for (const Flow& flow : context.flows) {
    const Graph flow_graph = graph_of(flow);
    const auto keep = [&](Graph::edge_descriptor edge) {
      return !waits(flow.at(boost::source(edge, flow_graph))) &&
             !waits(flow.at(boost::target(edge, flow_graph)));
    };
    std::function<bool(Graph::edge_descriptor)> predicate = keep;
    const boost::filtered_graph graph(flow_graph, predicate);
    std::vector<StepIndex> component(flow.steps().size());
    boost::strong_components(
        graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
    std::map<StepIndex, std::vector<StepIndex>> members;
    for (StepIndex i = 0; i < flow.steps().size(); ++i) members[component[i]].push_back(i);
    for (const auto& [id, steps] : members) {
      const bool self = steps.size() == 1 && !waits(flow.at(steps[0])) &&
                        boost::edge(steps[0], steps[0], flow_graph).second;
      if (steps.size() < 2 && !self) continue;
      std::vector<std::string_view> names;
      bool each = false;
      for (const StepIndex i : steps) {
        names.push_back(flow.at(i).id.text);
        each = each || flow.at(i).kind == StepKind::each;
      }
      names.push_back(flow.at(steps[0]).id.text);
      findings.error(
          "busy-loop", cat("in the circle ", join(names, ", "), " nothing waits for a person or a time"),
          place_of(flow.at(steps[0])),
          each ? "an \"each\" over an empty list, or closed already, is done at once: put a task or a "
                 "wait beside it into the circle"
               : "put a task or a wait into it");
    }
  }
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
