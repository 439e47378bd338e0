// The only writer of State: apply(state, event), and replay of a whole log. Part run; needs no plan.
// (1) apply decides nothing and looks nothing up: an event carries what was decided.
// (2) It is total over events that decide() made in that order; anything else is `corrupt_event` and leaves the state
//     unspecified. An erased payload is legal everywhere: its values become `erased` or are absent.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/run/event.hpp"
#include "aesop/run/state.hpp"

#include <span>

namespace aesop {
inline namespace v0 {

/// Applies the run's next event.
Status apply(State& state, const Event& event);

/// The state after a run's events from its first.
inline Result<State> replay(std::span<const Event> events) {
  State state;
  for (const Event& event : events)
    if (Status done = apply(state, event); !done) return done.take_error();
  return state;
}

}  // namespace v0
}  // namespace aesop

#include "aesop/run/apply_inline.hpp"
