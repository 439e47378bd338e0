// advance: what is due over all runs, in order of (due, run, order), each at its own logical time.
#include "engine/impl.hpp"

#include "aesop/run/decide.hpp"

#include <algorithm>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

/// Timers that are looked at together: enough that a run with many due at once is decided in one go.
constexpr std::size_t looked_at_together = 64;

}  // namespace

/// The first due timer of a run that is not passed over, and up to when its run may fire before another's turn.
struct EngineImpl::NextDue {
  StoredTimer timer;
  Instant last;
};

Result<std::optional<EngineImpl::NextDue>> EngineImpl::next_due(Instant to,
                                                                const std::vector<RunNumber>& passed) {
  const auto is_passed = [&](RunNumber run) {
    return std::find(passed.begin(), passed.end(), run) != passed.end();
  };
  for (std::size_t window = looked_at_together;; window *= 4) {
    auto due = store_->due_timers(to, window);
    if (!due) return due.take_error();
    std::optional<NextDue> next;
    for (StoredTimer& timer : *due) {
      if (is_passed(timer.run)) continue;
      if (!next) {
        next = NextDue{std::move(timer), to};
      } else if (timer.run != next->timer.run) {
        next->last = next->timer.run < timer.run ? timer.due : Instant{timer.due.us - 1};
        return next;
      }
    }
    if (due->size() < window) return next;
    if (next) {  // what lies behind the window is not known: only what is in it is fired now
      next->last = due->back().due;
      if (next->last != next->timer.due) next->last.us -= 1;
      return next;
    }
  }
}

Result<Advanced> EngineImpl::advance(Instant to, std::size_t limit, std::string_view command_id) {
  Advanced advanced;
  std::vector<RunNumber> passed;
  if (auto fresh = refresh_administration(); !fresh) return fresh.take_error();
  for (;;) {
    // Asked anew each time: a firing arms and disarms timers, its own run's and those of runs it starts.
    auto next = next_due(to, passed);
    if (!next) return next.take_error();
    if (!*next) return advanced;
    if (advanced.fired >= limit) {
      advanced.more = true;
      return advanced;
    }
    const StoredTimer timer = (*next)->timer;
    const auto pass_over = [&](Error error) {
      passed.push_back(timer.run);
      advanced.stuck.push_back({timer.run_id, std::move(error)});
    };
    auto run = load_run(timer.run_id);
    if (!run) {
      if (!is_of_one_run(run.error().code)) return run.take_error();
      pass_over(run.take_error());
      continue;
    }
    CachedRun& at = **run;
    auto decision = fire_due(*at.plan, at.state, to, facts_for(*at.plan, at.state.scope),
                             limit - advanced.fired, command_id, (*next)->last);
    if (!decision) {
      if (!is_of_one_run(decision.error().code)) return decision.take_error();
      pass_over(decision.take_error());
      continue;
    }
    if (decision->events.empty()) {
      pass_over(Error{ErrorCode::internal,
                      cat("timer t/", timer.run_id, '/', timer.id, " is due and its run does not fire it")});
      continue;
    }
    advanced.fired += decision->fired;
    if (auto done = record(at, decision.take(), command_id, 0); !done) return done.take_error();
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
