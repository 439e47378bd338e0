// Which ways a block has, and who does its steps.
#include "exchange/lanes_graph.hpp"

#include <algorithm>
#include <map>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

class Grapher {
 public:
  Grapher(const Definition& file, const Wording& words, const std::vector<StepDefinition>& steps)
      : file_(file), words_(words), steps_(steps) {}

  LaneDiagram run() {
    for (std::size_t i = 0; i < steps_.size(); ++i) places_[steps_[i].id.text] = i;
    for (const StepDefinition& step : steps_) out_.steps.push_back(node(step));
    for (std::size_t i = 0; i < steps_.size(); ++i) ways(i);
    if (!out_.steps.empty()) limits();
    return std::move(out_);
  }

 private:
  LaneStep node(const StepDefinition& step) {
    LaneStep out;
    out.id = step.id.text;
    out.number = words_.number_of(step.id.text);
    if (!out.number.empty()) out.number.pop_back();  // "4."
    out.title = words_.title(step);
    out.kind = step.kind;
    if (!step.system.empty()) out.system = words_.system(step.system.text);
    out.lane = lane_of(step);
    return out;
  }

  std::size_t lane_of(const StepDefinition& step) {
    const std::vector<Text>& roles = step.approvers ? step.approvers->roles : step.raci.responsible;
    if (roles.empty()) return no_lane;
    // Several roles stand in the lane of the first: the list of the checklist names them all.
    const std::string title = words_.role(roles.front().text);
    const auto found = std::find(out_.lanes.begin(), out_.lanes.end(), title);
    if (found != out_.lanes.end()) return static_cast<std::size_t>(found - out_.lanes.begin());
    out_.lanes.push_back(title);
    return out_.lanes.size() - 1;
  }

  /// A condition as an arrow can carry it; what is more than a comparison is "by rule" there.
  static std::string short_words(std::string text) {
    if (text.find_first_of("([{") != std::string::npos) return "by rule";
    for (char& c : text)
      if (c == '_') c = ' ';
    return text;
  }

  void way(std::size_t from, const Text& to, std::string label, bool aside = false) {
    std::size_t target = from + 1;
    if (!to.empty()) {
      const auto found = places_.find(to.text);
      if (found == places_.end()) return;
      target = found->second;
    }
    if (target >= steps_.size()) return;  // the end of the block
    for (LaneWay& known : out_.ways)
      if (known.from == from && known.to == target && known.aside == aside) {
        // Two conditions that lead the same way are one arrow.
        if (label.empty() || known.label.empty())
          known.label.clear();
        else if (known.label != label)
          append(known.label, "; ", label);
        return;
      }
    out_.ways.push_back({from, target, std::move(label), false, aside, {}, {}});
  }

  void ways(std::size_t i) {
    const StepDefinition& step = steps_[i];
    if (step.kind == StepKind::end) return;
    if (step.kind == StepKind::parallel) {
      for (const Text& to : step.go) way(i, to, {});
    } else if (step.kind == StepKind::wait) {
      for (const WaitDefinition& wait : step.waits) way(i, wait.go, waits_for(wait));
    } else if (!step.next_given) {
      way(i, {}, {});
    } else {
      for (const BranchDefinition& branch : step.next) {
        std::string label = branch.outcome;
        if (label.empty())
          label = branch.is_else ? std::string() : short_words(words_.condition(branch.condition));
        if (branch.is_else && step.next.size() > 1) label = "otherwise";
        way(i, branch.go, std::move(label));
      }
    }
    if (!step.on_failure.empty()) way(i, step.on_failure, "if it fails");
    if (!step.skipped.empty()) way(i, step.skipped, "if skipped");
    for (const RungDefinition& rung : step.escalate) {
      if (!rung.go.empty()) way(i, rung.go, cat("late: ", words_.rung_time(rung.at)));
      if (!rung.also.empty()) way(i, rung.also, words_.rung_time(rung.at), true);
    }
  }

  std::string waits_for(const WaitDefinition& wait) const {
    if (!wait.after) {
      for (const EventDefinition& event : file_.events)
        if (event.name.text == wait.event.text && !event.title.empty()) return event.title;
      std::string name = plain_words(wait.event.text);
      std::replace(name.begin(), name.end(), '.', ' ');
      return name;
    }
    std::string text = words_.phrase(*wait.after);
    if (text.starts_with("within ")) return "after " + text.substr(7);
    return text;
  }

  /// Steps that a ladder of a clock or stage begins: they have no step before them.
  void limits() {
    const auto ladder = [&](const LadderDefinition& rungs, const std::string& title, std::string_view id) {
      for (const RungDefinition& rung : rungs)
        for (const Text* target : {&rung.go, &rung.also}) {
          const auto found = target->empty() ? places_.end() : places_.find(target->text);
          if (found == places_.end()) continue;
          std::string& entry = out_.steps[found->second].entry;
          if (entry.empty())
            entry = cat(title.empty() ? plain_words(id) : title, ": ", words_.rung_time(rung.at));
        }
    };
    for (const ClockDefinition& clock : file_.clocks) ladder(clock.escalate, clock.title, clock.id.text);
    for (const StageDefinition& stage : file_.stages) ladder(stage.escalate, stage.title, stage.id.text);
  }

  const Definition& file_;
  const Wording& words_;
  const std::vector<StepDefinition>& steps_;
  std::map<std::string, std::size_t, std::less<>> places_;
  LaneDiagram out_;
};

void inner(const Definition& file, const Wording& words, const std::vector<StepDefinition>& steps,
           std::vector<LaneDiagram>& out) {
  for (const StepDefinition& step : steps) {
    if (!step.each) continue;
    LaneDiagram diagram = lane_graph(file, words, step.each->run);
    diagram.id = step.id.text;
    diagram.title = words.step(step.id.text);
    lay_out(diagram);
    out.push_back(std::move(diagram));
    inner(file, words, step.each->run, out);
  }
}

}  // namespace

LaneDiagram lane_graph(const Definition& file, const Wording& words,
                       const std::vector<StepDefinition>& steps) {
  return Grapher(file, words, steps).run();
}

}  // namespace detail

std::vector<LaneDiagram> lane_diagrams(const Definition& definition) {
  const detail::Wording words(definition);
  LaneDiagram top = detail::lane_graph(definition, words, definition.steps);
  top.title = definition.title.text;
  detail::lay_out(top);
  std::vector<LaneDiagram> out;
  out.push_back(std::move(top));
  detail::inner(definition, words, definition.steps, out);
  return out;
}

}  // namespace v0
}  // namespace aesop
