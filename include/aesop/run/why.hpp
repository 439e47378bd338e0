// Why a step does not go on: every thing that is missing, at once. Part run.
#pragma once

#include "aesop/run/decide.hpp"
#include "aesop/run/obstacle.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// {"task", "step", "kind", "what", "text"}.
Value obstacle_to_value(const State& state, const Obstacle& obstacle);

/// What keeps the run (or, with `step`, that step alone) from going on at `now`. Empty for a closed run.
Result<std::vector<Obstacle>> why(const Plan& plan, const State& state, const Facts& facts, Instant now,
                                  std::string_view step = {});

}  // namespace v0
}  // namespace aesop

#include "aesop/run/why_inline.hpp"
