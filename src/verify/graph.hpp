// A Flow as a Boost graph. Part verify, private; included by the few files that do graph work, because it is dear to compile.
#pragma once

#include "verify/flow.hpp"

#include <boost/graph/adjacency_list.hpp>

namespace aesop {
inline namespace v0 {
namespace verifying {

using Graph = boost::adjacency_list<boost::setS, boost::vecS, boost::bidirectionalS>;

inline Graph graph_of(const Flow& flow) {
  Graph graph(flow.steps().size());
  for (StepIndex i = 0; i < flow.steps().size(); ++i)
    for (const Way& way : flow.steps()[i].ways) boost::add_edge(i, way.to, graph);
  return graph;
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
