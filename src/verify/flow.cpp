#include "verify/flow.hpp"

#include "verify/graph.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/visitors.hpp>

namespace aesop {
inline namespace v0 {
namespace verifying {

namespace {

// Marks what can be reached from `start`.
template <class G>
void mark(const G& graph, StepIndex start, std::vector<bool>& seen) {
  std::vector<boost::default_color_type> colors(boost::num_vertices(graph), boost::white_color);
  for (StepIndex i = 0; i < seen.size(); ++i)
    if (seen[i]) colors[i] = boost::black_color;
  if (seen[start]) return;
  auto color_map = boost::make_iterator_property_map(colors.begin(), boost::get(boost::vertex_index, graph));
  boost::queue<StepIndex> queue;
  boost::breadth_first_visit(graph, start, queue, boost::default_bfs_visitor(), color_map);
  for (StepIndex i = 0; i < seen.size(); ++i) seen[i] = colors[i] != boost::white_color;
}

}  // namespace

Flow::Flow(const Definition& file, const std::vector<StepDefinition>& steps, const StepDefinition* owner)
    : owner_(owner) {
  for (const StepDefinition& step : steps) {
    index_.emplace(step.id.text, steps_.size());
    steps_.push_back({&step});
  }
  add_ways(file);
  const Graph graph = graph_of(*this);
  reachable_.resize(steps_.size());
  can_end_.resize(steps_.size());
  for (const StepIndex start : starts_) mark(graph, start, reachable_);
  const auto reverse = boost::make_reverse_graph(graph);
  for (StepIndex i = 0; i < steps_.size(); ++i)
    if (steps_[i].leaves || steps_[i].unresolved || at(i).kind == StepKind::end) mark(reverse, i, can_end_);
}

void Flow::add(StepIndex from, const Text& to, WayKind kind) {
  if (to.text.empty() && to.where == SourceRange{}) return;  // not given
  const auto found = index_.find(to.text);
  if (to.empty() || found == index_.end()) {
    steps_[from].unresolved = true;
    return;
  }
  steps_[from].ways.push_back({found->second, kind});
}

void Flow::add_ways(const Definition& file) {
  if (!steps_.empty()) starts_.push_back(0);
  const auto follow = [&](StepIndex from) {
    if (from + 1 < steps_.size()) {
      steps_[from].ways.push_back({from + 1, WayKind::next});
    } else {
      steps_[from].leaves = true;
    }
  };
  const auto ladder = [&](StepIndex from, const LadderDefinition& rungs) {
    for (const RungDefinition& rung : rungs) {
      add(from, rung.go, WayKind::next);
      add(from, rung.also, WayKind::also);
    }
  };
  for (StepIndex i = 0; i < steps_.size(); ++i) {
    const StepDefinition& step = at(i);
    ladder(i, step.escalate);
    for (const StageDefinition& stage : file.stages)
      if (!step.stage.empty() && stage.id.text == step.stage.text) ladder(i, stage.escalate);
    add(i, step.on_failure, WayKind::next);
    add(i, step.skipped, WayKind::next);
    switch (step.kind) {
      case StepKind::parallel:
        for (const Text& to : step.go) add(i, to, WayKind::next);
        if (step.go.empty()) steps_[i].unresolved = true;
        continue;
      case StepKind::wait:
        for (const WaitDefinition& wait : step.waits)
          wait.go.empty() ? follow(i) : add(i, wait.go, WayKind::next);
        if (step.waits.empty()) steps_[i].unresolved = true;
        continue;
      case StepKind::end:
        continue;
      default:
        break;
    }
    if (!step.next_given) {
      follow(i);
      continue;
    }
    for (const BranchDefinition& branch : step.next) add(i, branch.go, WayKind::next);
    if (step.next.empty()) steps_[i].unresolved = true;
  }
  // A case clock may send a token anywhere at the top level, at any time.
  if (owner_) return;
  for (const ClockDefinition& clock : file.clocks)
    for (const RungDefinition& rung : clock.escalate)
      for (const Text* to : {&rung.go, &rung.also})
        if (const auto found = index_.find(to->text); !to->empty() && found != index_.end())
          starts_.push_back(found->second);
}

std::optional<StepIndex> Flow::find(std::string_view id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? std::nullopt : std::optional(found->second);
}

bool Flow::has_way(StepIndex from, StepIndex to) const {
  for (const Way& way : steps_[from].ways)
    if (way.to == to) return true;
  return false;
}

std::vector<bool> Flow::from(StepIndex start, bool no_joins) const {
  std::vector<bool> seen(steps_.size());
  std::deque<StepIndex> open{start};
  seen[start] = true;
  while (!open.empty()) {
    const StepIndex here = open.front();
    open.pop_front();
    if (no_joins && at(here).kind == StepKind::join) continue;
    for (const Way& way : steps_[here].ways)
      if (!seen[way.to]) seen[way.to] = true, open.push_back(way.to);
  }
  return seen;
}

bool Flow::only_after(StepIndex to, StepIndex via) const {
  std::vector<bool> seen(steps_.size());
  std::deque<StepIndex> open;
  const auto reach = [&](StepIndex i) {
    if (!seen[i]) seen[i] = true, open.push_back(i);
  };
  seen[via] = true;
  for (const StepIndex start : starts_) reach(start);
  for (const Way& way : steps_[via].ways)
    if (way.kind == WayKind::also) reach(way.to);  // it begins while the token is in `via` still
  while (!open.empty()) {
    const StepIndex here = open.front();
    open.pop_front();
    for (const Way& way : steps_[here].ways) reach(way.to);
  }
  return !seen[to] && reachable_[to];
}

std::string Flow::path_to(StepIndex to) const {
  std::vector<StepIndex> before(steps_.size(), steps_.size());
  std::deque<StepIndex> open;
  for (const StepIndex start : starts_)
    if (before[start] == steps_.size()) before[start] = start, open.push_back(start);
  while (!open.empty() && before[to] == steps_.size()) {
    const StepIndex here = open.front();
    open.pop_front();
    for (const Way& way : steps_[here].ways)
      if (before[way.to] == steps_.size()) before[way.to] = here, open.push_back(way.to);
  }
  if (before[to] == steps_.size()) return {};
  std::vector<std::string_view> names{at(to).id.text};
  for (StepIndex i = to; before[i] != i; i = before[i]) names.push_back(at(before[i]).id.text);
  std::reverse(names.begin(), names.end());
  if (names.size() > 8) {
    names.erase(names.begin() + 3, names.end() - 4);
    names.insert(names.begin() + 3, "...");
  }
  return join(names, ", ");
}

namespace {
void add_flows(const Definition& file, const std::vector<StepDefinition>& steps, const StepDefinition* owner,
               std::vector<Flow>& flows) {
  flows.emplace_back(file, steps, owner);
  for (const StepDefinition& step : steps)
    if (step.each) add_flows(file, step.each->run, &step, flows);
}
}  // namespace

Context::Context(const Definition& definition) : file(definition) {
  add_flows(file, file.steps, nullptr, flows);
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
