// Rungs that fired, counted: which time limits were passed, how far up their ladders, and whom it reached. Part
// measure; reads definitions of model and events of run.
//
// (1) A rung counts when its condition was true and it did something. What fired stays counted, also when a late fact
//     showed afterwards that the deadline had been met.
// (2) Ladders of clocks, stages, steps, handoffs and emergency reviews are counted; the inner times of exceptions (how
//     long a decision may take) are no rungs.
#pragma once

#include "aesop/base/id.hpp"
#include "aesop/measure/fact.hpp"
#include "aesop/model/definition.hpp"
#include "aesop/run/event.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Firings of one rung.
struct RungCount {
  std::string kind = {};                       ///< clock, stage, step, handoff, emergency_review
  std::string ref = {};                        ///< its id in the SOP
  std::string title = {};                      ///< of the clock, stage, step, handoff or policy
  std::uint32_t rung = 0;                      ///< place in the ladder, from 1
  const RungDefinition* definition = nullptr;  ///< lives as long as the fold's definition
  std::int64_t count = 0;
  std::int64_t runs = 0;          ///< in which it fired
  std::int64_t found_nobody = 0;  ///< firings with a target for which nobody was found
};

class RungFold {
 public:
  explicit RungFold(std::shared_ptr<const Definition> definition) : definition_(std::move(definition)) {}

  /// Feed all events of a run from its start.
  void add(std::string_view run, const Event& event) {
    if (const auto* started = event.as<RunStarted>()) {
      scopes_[std::string(run)] = started->scope;
    } else if (const auto* made = event.as<HandoffMade>()) {
      names_[cat(run, ' ', made->id)] = made->handoff;
    } else if (const auto* invoked = event.as<EmergencyInvoked>()) {
      names_[cat(run, ' ', invoked->id)] = invoked->policy;
    } else if (const auto* fired = event.as<RungFired>()) {
      if (fired->held && !fired->actions.empty()) fire(run, *fired, event.at);
    }
  }

  /// Clocks first, then stages, steps, handoffs and emergency reviews; of each kind in the order of the file, rung by
  /// rung.
  std::vector<RungCount> result(Period period = {}, std::string_view scope = {}) const {
    struct Row {
      RungCount count;
      std::string_view last;  // run
    };
    std::map<Key, Row> rows;
    for (const Firing& firing : firings_) {
      if (!period.holds(firing.at)) continue;
      const auto where = scopes_.find(firing.run);
      if (where != scopes_.end() && !scope_contains(scope, where->second)) continue;
      Row& row = rows[firing.key];
      if (row.count.count++ == 0) describe(row.count, firing.key);
      row.count.runs += row.last != firing.run;
      row.last = firing.run;
      row.count.found_nobody += firing.found_nobody;
    }
    std::vector<RungCount> out;
    for (auto& [key, row] : rows) out.push_back(std::move(row.count));
    return out;
  }

 private:
  /// Kind, place in the file, rung from 0.
  struct Key {
    int kind;
    std::size_t place;
    std::uint32_t rung;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Firing {
    std::string run;
    Instant at;
    Key key;
    bool found_nobody;
  };
  struct Ladder {
    std::string_view kind, ref, title;
    const LadderDefinition* rungs = nullptr;
  };

  static const StepDefinition* nth(const std::vector<StepDefinition>& steps, std::size_t& place) {
    for (const StepDefinition& step : steps) {
      if (place-- == 0) return &step;
      if (!step.each) continue;
      if (const StepDefinition* inner = nth(step.each->run, place)) return inner;
    }
    return nullptr;
  }
  static bool place_of(const std::vector<StepDefinition>& steps, std::string_view id, std::size_t& place) {
    for (const StepDefinition& step : steps) {
      if (step.id.text == id) return true;
      ++place;
      if (step.each && place_of(step.each->run, id, place)) return true;
    }
    return false;
  }

  Ladder ladder(int kind, std::size_t place) const {
    const Definition& of = *definition_;
    if (kind == 0)
      return {"clock", of.clocks[place].id.text, of.clocks[place].title, &of.clocks[place].escalate};
    if (kind == 1)
      return {"stage", of.stages[place].id.text, of.stages[place].title, &of.stages[place].escalate};
    if (kind == 2) {
      const StepDefinition* step = nth(of.steps, place);
      return {"step", step->id.text, step->title.text, &step->escalate};
    }
    if (kind == 3)
      return {"handoff", of.handoffs[place].id.text, of.handoffs[place].title, &of.handoffs[place].escalate};
    const ExceptionPolicy& policy = of.exceptions[place];
    return {"emergency_review", policy.id.text, policy.title,
            policy.emergency ? &policy.emergency->escalate : nullptr};
  }

  template <class Things>
  static bool find(const Things& things, std::string_view id, std::size_t& place) {
    for (place = 0; place < things.size(); ++place)
      if (things[place].id.text == id) return true;
    return false;
  }

  void fire(std::string_view run, const RungFired& fired, Instant at) {
    const auto named = names_.find(cat(run, ' ', fired.ref));
    const std::string& ref = named == names_.end() ? fired.ref : named->second;
    std::size_t place = 0;
    int kind = 0;
    std::uint32_t rung = fired.rung;
    bool known = false;
    switch (fired.kind) {
      case ClockKind::case_clock:
        known = find(definition_->clocks, ref, place);
        break;
      case ClockKind::stage:
        kind = 1, known = find(definition_->stages, ref, place);
        break;
      case ClockKind::step:
        kind = 2, known = place_of(definition_->steps, ref, place);
        break;
      // Rung 0 of these is the limit itself; their ladders begin at 1.
      case ClockKind::handoff:
        kind = 3, known = rung-- > 0 && find(definition_->handoffs, ref, place);
        break;
      case ClockKind::emergency_review:
        kind = 4, known = rung-- > 0 && find(definition_->exceptions, ref, place);
        break;
      default:
        break;
    }
    if (!known) return;
    const Ladder of = ladder(kind, place);
    if (of.rungs == nullptr || rung >= of.rungs->size()) return;
    firings_.push_back({std::string(run), at, {kind, place, rung}, !fired.unresolved.empty()});
  }

  void describe(RungCount& row, const Key& key) const {
    const auto& [kind, place, rung] = key;
    const Ladder of = ladder(kind, place);
    row.kind = of.kind;
    row.ref = of.ref;
    row.title = of.title.empty() ? of.ref : of.title;
    row.rung = rung + 1;
    row.definition = &(*of.rungs)[rung];
  }

  std::shared_ptr<const Definition> definition_;
  std::map<std::string, std::string, std::less<>> scopes_;
  std::map<std::string, std::string, std::less<>> names_;  // "RUN ID": id in the SOP
  std::vector<Firing> firings_;
};

}  // namespace v0
}  // namespace aesop
