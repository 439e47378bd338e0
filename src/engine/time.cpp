// advance: what is due over all runs, in order of (due, run, order), each at its own logical time.
#include "engine/impl.hpp"

#include "aesop/run/decide.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

Result<Advanced> EngineImpl::advance(Instant to, std::size_t limit, std::string_view command_id) {
  Advanced advanced;
  if (auto fresh = refresh_administration(); !fresh) return fresh.take_error();
  for (;;) {
    // Asked anew each time: a firing arms and disarms timers, its own run's and those of runs it starts.
    auto due = store_->due_timers(to, 1);
    if (!due) return due.take_error();
    if (due->empty()) return advanced;
    if (advanced.fired >= limit) {
      advanced.more = true;
      return advanced;
    }
    const StoredTimer& timer = due->front();
    auto run = load_run(timer.run_id);
    if (!run) return run.take_error();
    CachedRun& at = **run;
    auto decision =
        fire_due(*at.plan, at.state, timer.due, facts_for(*at.plan, at.state.scope), 1, command_id);
    if (!decision) return decision.take_error();
    if (decision->events.empty())
      return Error{ErrorCode::internal,
                   cat("timer t/", timer.run_id, '/', timer.id, " is due and its run does not fire it")};
    if (auto done = record(at, decision.take(), command_id, 0); !done) return done.take_error();
    ++advanced.fired;
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
