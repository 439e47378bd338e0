// All pairs of boxes that meet. Part table.
// A sweep along the variable that tells most boxes apart, with the hulls of the others beside before their runs are compared.
#pragma once

#include "aesop/table/box.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// Calls `visit(i, k)`, i < k, for every pair of boxes that meet, in no order, until it answers false. Empty boxes meet none.
template <class Visit>
void each_overlap(std::span<const Box> boxes, const Visit& visit) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < boxes.size(); ++i)
    if (!is_empty(boxes[i])) order.push_back(i);
  if (order.empty()) return;
  const std::size_t width = boxes[order[0]].size();
  if (width == 0) {
    for (std::size_t i = 0; i < order.size(); ++i)
      for (std::size_t k = i + 1; k < order.size(); ++k)
        if (!visit(order[i], order[k])) return;
    return;
  }
  // The least share of its variable that a box takes on average tells most apart.
  std::vector<std::size_t> columns(width);
  std::iota(columns.begin(), columns.end(), std::size_t{0});
  std::vector<double> taken(width, 0);
  for (std::size_t c = 0; c < width; ++c) {
    std::uint32_t end = 1;
    for (const std::uint32_t i : order) end = std::max(end, boxes[i][c].end());
    for (const std::uint32_t i : order)
      taken[c] += static_cast<double>(boxes[i][c].end() - boxes[i][c].first()) / static_cast<double>(end);
  }
  std::sort(columns.begin(), columns.end(),
            [&](std::size_t a, std::size_t b) { return taken[a] < taken[b]; });
  const std::size_t best = columns[0];
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const std::uint32_t x = boxes[a][best].first(), y = boxes[b][best].first();
    return x != y ? x < y : a < b;
  });
  std::vector<Run> hulls;  // of each box in the order of the sweep, the best variables first
  hulls.reserve(order.size() * width);
  for (const std::uint32_t i : order)
    for (const std::size_t c : columns) hulls.push_back({boxes[i][c].first(), boxes[i][c].end()});
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Run* mine = hulls.data() + i * width;
    for (std::size_t k = i + 1; k < order.size(); ++k) {
      const Run* other = hulls.data() + k * width;
      if (other[0].from >= mine[0].to) break;
      bool meet = true;
      for (std::size_t c = 1; c < width && meet; ++c)
        meet = mine[c].from < other[c].to && other[c].from < mine[c].to;
      if (!meet || !intersects(boxes[order[i]], boxes[order[k]])) continue;
      if (!visit(std::min(order[i], order[k]), std::max(order[i], order[k]))) return;
    }
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
