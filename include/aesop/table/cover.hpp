// Parts of a space that no box covers, by subtraction: the space is split by the box that covers most of it, and what
// is left of it split again. Part table.
// Splitting by columns one after the other explodes; this was measured to stay small.
#pragma once

#include "aesop/table/box.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// How many boxes an analysis may look at; counts down.
struct BoxBudget {
  std::uint64_t left = 0;
  bool stopped = false;
  bool spend(std::uint64_t boxes = 1) {
    if (left >= boxes) {
      left -= boxes;
      return true;
    }
    left = 0;
    stopped = true;
    return false;
  }
};

/// Gives every part of `space` that none of `boxes` covers to `found`, which answers with a box that is to count as covered
/// from then on, or with nothing to end the search. A box of boxes may be empty. False when the budget ran out.
template <class Found>
bool uncovered(const Box& space, std::span<const Box* const> boxes, BoxBudget& budget, const Found& found) {
  struct Work {
    Box part;
    std::vector<const Box*> boxes;
  };
  const auto meeting = [](const Box& part, std::span<const Box* const> among) {
    std::vector<const Box*> out;
    for (const Box* box : among)
      if (intersects(part, *box)) out.push_back(box);
    return out;
  };
  if (is_empty(space)) return true;
  std::vector<Work> work;
  std::vector<std::pair<double, std::size_t>> order;
  std::deque<Box> known;  // what `found` said; they do not move
  work.push_back({space, meeting(space, boxes)});
  while (!work.empty()) {
    Work now = std::move(work.back());
    work.pop_back();
    if (!budget.spend()) return false;
    if (now.boxes.empty()) {
      for (const Box& box : known)
        if (intersects(now.part, box)) now.boxes.push_back(&box);
      if (now.boxes.empty()) {
        std::optional<Box> taken = found(now.part);
        if (!taken) return true;
        known.push_back(std::move(*taken));
        continue;
      }
    }
    const Box* best = nullptr;
    double share = -1;
    for (const Box* box : now.boxes) {
      const double one = share_of(now.part, *box);
      if (one > share) {
        share = one;
        best = box;
      }
    }
    // What the best box leaves of the part, one variable after the other: first those of which it leaves most, so that
    // what is still to be split is small. The other way round it is six times as many boxes.
    order.clear();
    for (std::size_t i = 0; i < now.part.size(); ++i)
      order.emplace_back(static_cast<double>(common_count(now.part[i], (*best)[i])) /
                             static_cast<double>(now.part[i].count()),
                         i);
    std::sort(order.begin(), order.end());
    Box rest = std::move(now.part);
    for (const auto& [ignored, i] : order) {
      Segments outside = rest[i] - (*best)[i];
      if (outside.empty()) continue;
      Work piece{rest, {}};
      piece.part[i] = std::move(outside);
      piece.boxes = meeting(piece.part, now.boxes);
      work.push_back(std::move(piece));
      rest[i] = rest[i] & (*best)[i];
    }
  }
  return true;
}

/// Whether boxes cover a space together; nullopt when the budget ran out.
inline std::optional<bool> are_covering(const Box& space, std::span<const Box* const> boxes,
                                        BoxBudget& budget) {
  bool whole = true;
  const bool done = uncovered(space, boxes, budget, [&](const Box&) -> std::optional<Box> {
    whole = false;
    return std::nullopt;
  });
  if (!whole) return false;
  return done ? std::optional<bool>(true) : std::nullopt;
}

/// A box with no part in `boxes`, made as large as it can be within `space`.
inline Box grown(Box box, const Box& space, std::span<const Box* const> boxes) {
  for (std::size_t i = 0; i < box.size(); ++i) {
    Segments free = space[i];
    for (const Box* other : boxes) {
      bool meets = true;
      for (std::size_t k = 0; k < box.size() && meets; ++k) meets = k == i || intersects(box[k], (*other)[k]);
      if (meets) free = free - (*other)[i];
    }
    box[i] = std::move(free);
  }
  return box;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
