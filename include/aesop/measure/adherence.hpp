// Adherence: of the steps that fell to people, how many were done as the SOP says. Part measure; reads run
// events.
//
// A visit of a task or approval is finished when it is left. It conforms when it was completed (not skipped,
// lapsed, failed or withdrawn), within its time limit, with nothing left undone. Skips by an approved
// exception and visits that did not apply are kept apart: they are neither done nor missed. Withdrawn ones
// are not counted.
#pragma once

#include "aesop/base/id.hpp"
#include "aesop/measure/fact.hpp"
#include "aesop/measure/figure.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace aesop {
inline namespace v0 {

/// Result of an AdherenceFold. due = conforming + late + incomplete + missed (a visit has one fate, the
/// worst).
struct Adherence {
  std::int64_t due = 0;  ///< visits that had to be done
  std::int64_t conforming = 0;
  std::int64_t late = 0;         ///< completed after its time limit
  std::int64_t incomplete = 0;   ///< completed in time with items left undone
  std::int64_t missed = 0;       ///< lapsed or failed
  std::int64_t excepted = 0;     ///< skipped by an approved exception
  std::int64_t runs = 0;         ///< closed runs
  std::int64_t strict_runs = 0;  ///< closed runs in which every due visit conforms
  std::optional<Decimal> value() const { return ratio(Decimal(conforming), Decimal(due)); }
  std::optional<Decimal> strict_value() const { return ratio(Decimal(strict_runs), Decimal(runs)); }
};

class AdherenceFold {
 public:
  void add(std::string_view run_id, const Event& event) {
    Run& run = runs_[std::string(run_id)];
    if (const auto* started = event.as<RunStarted>()) {
      run.scope = started->scope;
    } else if (const auto* entered = event.as<StepEntered>()) {
      if (entered->kind != ActivityKind::task && entered->kind != ActivityKind::approval) return;
      Visit& visit = run.open[entered->token];
      for (const ArmedClock& clock : entered->clocks)
        if (clock.kind == ClockKind::step) visit.clock = clock.id, visit.due = clock.due;
    } else if (const auto* moved = event.as<ClockRescheduled>()) {
      run.move(moved->clock);
    } else if (const auto* resumed = event.as<RunResumed>()) {  // clocks that stood still have new times
      for (const ClockTimes& clock : resumed->clocks) run.move(clock);
    } else if (const auto* task = event.as<TaskResumed>()) {
      for (const ClockTimes& clock : task->clocks) run.move(clock);
    } else if (const auto* done = event.as<TaskCompleted>()) {
      const auto found = run.open.find(done->token);
      if (found == run.open.end()) return;
      found->second.completed = event.occurred();
      found->second.undone = !done->undone.empty();
    } else if (const auto* left = event.as<StepLeft>()) {
      const auto found = run.open.find(left->token);
      if (found == run.open.end()) return;
      finish(run, found->second, left->reason, event.occurred());
      run.open.erase(found);
    } else if (const auto* returned = event.as<ReworkReturned>()) {
      run.open.erase(returned->token);  // the visit that follows is the one that counts
    } else if (event.as<RunClosed>() != nullptr) {
      run.closed = true;
      run.open.clear();
    }
  }

  Adherence result(std::string_view scope = {}) const {
    Adherence total;
    for (const auto& [id, run] : runs_) {
      if (!scope_contains(scope, run.scope)) continue;
      total.due += run.figures.due;
      total.conforming += run.figures.conforming;
      total.late += run.figures.late;
      total.incomplete += run.figures.incomplete;
      total.missed += run.figures.missed;
      total.excepted += run.figures.excepted;
      total.runs += run.closed;
      total.strict_runs += run.closed && run.figures.conforming == run.figures.due;
    }
    return total;
  }

 private:
  struct Visit {
    std::string clock;
    std::optional<Instant> due, completed;
    bool undone = false;
  };
  struct Run {
    std::string scope;
    std::map<TokenId, Visit> open;
    Adherence figures;
    bool closed = false;
    void move(const ClockTimes& clock) {
      for (auto& [token, visit] : open)
        if (visit.clock == clock.id) visit.due = clock.due;
    }
  };

  static void finish(Run& run, const Visit& visit, LeaveReason reason, Instant at) {
    Adherence& figures = run.figures;
    if (reason == LeaveReason::withdrawn || reason == LeaveReason::not_applicable) return;
    if (reason == LeaveReason::skipped) {
      ++figures.excepted;
      return;
    }
    ++figures.due;
    if (reason != LeaveReason::completed)
      ++figures.missed;
    else if (visit.due &&
             visit.completed.value_or(at) > *visit.due)  // a review that takes time makes nobody late
      ++figures.late;
    else if (visit.undone)
      ++figures.incomplete;
    else
      ++figures.conforming;
  }

  std::map<std::string, Run> runs_;
};

}  // namespace v0
}  // namespace aesop
