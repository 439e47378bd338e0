// Which steps can hold tokens at the same time, as far as a parallel or an "also" brings several about. Part verify, private.
#pragma once

#include "verify/flow.hpp"

#include <vector>

namespace aesop {
inline namespace v0 {
namespace verifying {

/// Where one token becomes several, and what each of them reaches.
struct Split {
  StepIndex at = 0;
  std::vector<StepIndex> first = {};            ///< by strand: the step it begins with
  std::vector<std::vector<bool>> reached = {};  ///< by strand, by step
};

/// The splits of a flow that can be reached. With `no_joins` a strand ends at the first join it comes to.
std::vector<Split> splits(const Flow& flow, bool no_joins);

/// Whether two different strands of one split take the ways from a and from b to `to`. A strand may be such a way itself:
/// the split leads there at once.
bool together(const std::vector<Split>& splits, StepIndex a, StepIndex b, StepIndex to);

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
