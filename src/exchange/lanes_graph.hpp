// The ways of a block as swim lanes show them: from step to step, with their conditions in words. Private to exchange.
#pragma once

#include "aesop/exchange/lanes.hpp"
#include "aesop/model/show_words.hpp"

#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// Steps and ways of one block, not laid out yet. `lane` of a step that nobody does is no_lane.
LaneDiagram lane_graph(const Definition& file, const Wording& words,
                       const std::vector<StepDefinition>& steps);
inline constexpr std::size_t no_lane = static_cast<std::size_t>(-1);

/// Fills lanes that are missing, rows, boxes and paths.
void lay_out(LaneDiagram& diagram);

}  // namespace detail
}  // namespace v0
}  // namespace aesop
