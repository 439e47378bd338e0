// A stable sort of values that bears any order. Part rules.
#pragma once

#include "aesop/value/value.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {

// Merge sort of our own: the order is the author's function, which may contradict itself, and std::sort may not be
// given such a one. `before(a, b)` gives nothing to give up.
template <class Before>
bool merge_sort(std::vector<Value>& items, const Before& before) {
  std::vector<Value> other(items.size());
  for (std::size_t width = 1; width < items.size(); width *= 2) {
    for (std::size_t begin = 0; begin < items.size(); begin += 2 * width) {
      const std::size_t middle = std::min(begin + width, items.size());
      const std::size_t end = std::min(begin + 2 * width, items.size());
      std::size_t left = begin, right = middle;
      for (std::size_t at = begin; at < end; ++at) {
        bool take_right = left >= middle;
        if (!take_right && right < end) {
          const std::optional<bool> answer = before(items[right], items[left]);
          if (!answer) return false;
          take_right = *answer;
        }
        other[at] = take_right ? items[right++] : items[left++];
      }
    }
    items.swap(other);
  }
  return true;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
