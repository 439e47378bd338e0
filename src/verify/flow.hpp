// The ways through an SOP as graphs, one per block, for the checks. Part verify, private.
// Built from the Definition alone, so that the checks run even when names elsewhere are wrong: ways to unknown steps are
// left out and remembered in Step::unresolved.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/model/definition.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace verifying {

/// Index of a step in its Flow.
using StepIndex = std::size_t;

/// How a token takes a way.
enum class WayKind { next, also };

struct Way {
  StepIndex to = 0;
  WayKind kind = WayKind::next;
};

struct Step {
  const StepDefinition* definition = nullptr;
  std::vector<Way> ways = {};
  bool leaves = false;      ///< a token may leave the block here
  bool unresolved = false;  ///< some way leads to a step that does not exist
};

/// One block: the top level or the steps of an `each`.
class Flow {
 public:
  Flow(const Definition& file, const std::vector<StepDefinition>& steps, const StepDefinition* owner);

  const StepDefinition* owner() const { return owner_; }  ///< nullptr: the top level
  const std::vector<Step>& steps() const { return steps_; }
  const StepDefinition& at(StepIndex i) const { return *steps_[i].definition; }
  std::optional<StepIndex> find(std::string_view id) const;
  bool has_way(StepIndex from, StepIndex to) const;

  /// Steps that can be reached from the start: the first step, and where clocks send tokens.
  const std::vector<bool>& reachable() const { return reachable_; }
  /// Steps from which the block can be left or an end be reached.
  const std::vector<bool>& can_end() const { return can_end_; }
  /// Steps reachable from one step, itself included; with `no_joins` joins are not passed, only reached.
  std::vector<bool> from(StepIndex start, bool no_joins = false) const;
  /// Whether `to` is reached only by ways that lead through `via` and leave it before.
  bool only_after(StepIndex to, StepIndex via) const;
  /// Titles of the steps on a shortest way from the start: "a, b, c".
  std::string path_to(StepIndex to) const;

 private:
  void add_ways(const Definition& file);
  void add(StepIndex from, const Text& to, WayKind kind);

  const StepDefinition* owner_;
  std::vector<Step> steps_;
  std::map<std::string_view, StepIndex> index_;
  std::vector<StepIndex> starts_;
  std::vector<bool> reachable_, can_end_;
};

/// What the checks read.
struct Context {
  const Definition& file;
  std::vector<Flow> flows;  ///< top level first

  explicit Context(const Definition& definition);
};

/// Where to point for a step: its id, else its first byte.
inline SourceRange place_of(const StepDefinition& step) {
  return step.id.empty() ? SourceRange{step.where.begin, step.where.begin + 1} : step.id.where;
}

/// "step \"id\"".
inline std::string name_of(const StepDefinition& step) { return "step \"" + step.id.text + '"'; }

/// Calls `visit(step)` for every step, nested ones included.
template <class Visit>
void each_step(const std::vector<StepDefinition>& steps, Visit&& visit) {
  for (const StepDefinition& step : steps) {
    visit(step);
    if (step.each) each_step(step.each->run, visit);
  }
}

/// Severity of a lack in a step: what only should be done is only warned about.
inline Severity severity_of(const StepDefinition& step) {
  return step.enforce == Enforcement::should || step.enforce == Enforcement::could ? Severity::warning
                                                                                   : Severity::error;
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
