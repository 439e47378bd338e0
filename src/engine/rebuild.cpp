// Writing anew what is derived: states, timers and worklist, from the events alone.
#include "engine/impl.hpp"

#include "aesop/run/apply.hpp"
#include "aesop/run/codec.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

Result<State> EngineImpl::replay(RunNumber run) {
  const auto events = read_events(run, 0, SIZE_MAX);
  if (!events) return events.error();
  State state;
  for (const LoggedEvent& event : *events)
    if (auto done = apply(state, event.event); !done) return done.take_error();
  return state;
}

Result<std::size_t> EngineImpl::rebuild() {
  wrote_ = true;
  runs_.clear();  // none of them may be what is stored
  ring_.clear();
  if (auto done = store_->clear_projections(); !done) return done.take_error();
  std::size_t count = 0;
  RunFilter filter;
  for (;;) {
    const auto rows = store_->list_runs(filter);
    if (!rows) return rows.error();
    for (const RunRow& row : *rows) {
      auto state = replay(row.number);
      if (!state) return state.take_error();
      if (auto done = store_->put_run(row.number, state->revision, stored_status(state->status),
                                      state->outcome, encode_state(*state));
          !done)
        return done.take_error();
      CachedRun blank;
      blank.number = row.number;
      if (auto done = store_projection(blank, projection(*state)); !done) return done.take_error();
      ++count;
    }
    if (rows->size() < filter.limit) return count;
    filter.after = rows->back().number;
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
