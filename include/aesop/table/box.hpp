// A box: of each variable the segments it may lie in. A rule is a box, and so is what no rule says anything about.
// Part table.
#pragma once

#include "aesop/table/segments.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

using Box = std::vector<Segments>;

inline bool is_empty(const Box& box) {
  for (const Segments& side : box)
    if (side.empty()) return true;
  return false;
}
inline bool intersects(const Box& a, const Box& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!intersects(a[i], b[i])) return false;
  return true;
}
inline bool covers(const Box& outer, const Box& inner) {
  for (std::size_t i = 0; i < outer.size(); ++i)
    if (!outer[i].covers(inner[i])) return false;
  return true;
}
inline Box operator&(const Box& a, const Box& b) {
  Box out;
  out.reserve(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) out.push_back(a[i] & b[i]);
  return out;
}
/// The share of `box` that lies in `other`, 0 to 1; 0 exactly when they do not meet.
inline double share_of(const Box& box, const Box& other) {
  double out = 1;
  for (std::size_t i = 0; i < box.size(); ++i) {
    const std::uint32_t both = common_count(box[i], other[i]);
    if (both == 0) return 0;
    out *= static_cast<double>(both) / static_cast<double>(box[i].count());
  }
  return out;
}
/// The one variable in which two boxes differ; nullopt when there is none, or several.
inline std::optional<std::size_t> only_difference(const Box& a, const Box& b) {
  std::optional<std::size_t> out;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (out) return std::nullopt;
    out = i;
  }
  return out;
}

/// A union of boxes.
using Boxes = std::vector<Box>;

/// Adds a box to a union; two that differ in one variable become one.
inline void add_box(Boxes& boxes, Box box) {
  if (is_empty(box)) return;
  for (Box& one : boxes) {
    if (covers(one, box)) return;
    if (const auto at = only_difference(one, box)) {
      one[*at] = one[*at] | box[*at];
      return;
    }
  }
  boxes.push_back(std::move(box));
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
