// A set of segments of a column: sorted, disjoint runs of their numbers. Part table.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// The segments from `from` up to and without `to`.
struct Run {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  friend bool operator==(const Run&, const Run&) = default;
};

class Segments {
 public:
  Segments() = default;
  static Segments of(std::uint32_t from, std::uint32_t to) {
    Segments out;
    if (from < to) out.runs_.push_back({from, to});
    return out;
  }
  /// The segments below `end` that `holds` is true of.
  template <class Holds>
  static Segments where(std::uint32_t end, const Holds& holds) {
    Segments out;
    for (std::uint32_t i = 0; i < end; ++i)
      if (holds(i)) out.append({i, i + 1});
    return out;
  }

  bool empty() const { return runs_.empty(); }
  const std::vector<Run>& runs() const { return runs_; }
  /// The first segment; only of a set that is not empty.
  std::uint32_t first() const { return runs_.front().from; }
  std::uint32_t end() const { return runs_.back().to; }
  std::uint32_t count() const {
    std::uint32_t out = 0;
    for (const Run& run : runs_) out += run.to - run.from;
    return out;
  }
  bool has(std::uint32_t segment) const {
    for (const Run& run : runs_)
      if (segment < run.to) return segment >= run.from;
    return false;
  }
  friend bool operator==(const Segments&, const Segments&) = default;

  friend bool intersects(const Segments& a, const Segments& b) {
    std::size_t i = 0, k = 0;
    while (i < a.runs_.size() && k < b.runs_.size()) {
      if (a.runs_[i].to <= b.runs_[k].from)
        ++i;
      else if (b.runs_[k].to <= a.runs_[i].from)
        ++k;
      else
        return true;
    }
    return false;
  }
  /// How many segments are in both.
  friend std::uint32_t common_count(const Segments& a, const Segments& b) {
    std::uint32_t out = 0;
    std::size_t i = 0, k = 0;
    while (i < a.runs_.size() && k < b.runs_.size()) {
      const std::uint32_t from = std::max(a.runs_[i].from, b.runs_[k].from);
      const std::uint32_t to = std::min(a.runs_[i].to, b.runs_[k].to);
      if (from < to) out += to - from;
      if (a.runs_[i].to < b.runs_[k].to)
        ++i;
      else
        ++k;
    }
    return out;
  }
  friend Segments operator&(const Segments& a, const Segments& b) {
    Segments out;
    std::size_t i = 0, k = 0;
    while (i < a.runs_.size() && k < b.runs_.size()) {
      const std::uint32_t from = std::max(a.runs_[i].from, b.runs_[k].from);
      const std::uint32_t to = std::min(a.runs_[i].to, b.runs_[k].to);
      if (from < to) out.runs_.push_back({from, to});
      if (a.runs_[i].to < b.runs_[k].to)
        ++i;
      else
        ++k;
    }
    return out;
  }
  friend Segments operator|(const Segments& a, const Segments& b) {
    Segments out;
    std::size_t i = 0, k = 0;
    while (i < a.runs_.size() || k < b.runs_.size()) {
      const bool left = k == b.runs_.size() || (i < a.runs_.size() && a.runs_[i].from <= b.runs_[k].from);
      out.append(left ? a.runs_[i++] : b.runs_[k++]);
    }
    return out;
  }
  /// What is in `a` and not in `b`.
  friend Segments operator-(const Segments& a, const Segments& b) {
    Segments out;
    std::size_t k = 0;
    for (const Run& run : a.runs_) {
      std::uint32_t from = run.from;
      while (k < b.runs_.size() && b.runs_[k].to <= from) ++k;
      for (std::size_t at = k; at < b.runs_.size() && b.runs_[at].from < run.to; ++at) {
        if (b.runs_[at].from > from) out.runs_.push_back({from, b.runs_[at].from});
        from = std::max(from, b.runs_[at].to);
      }
      if (from < run.to) out.runs_.push_back({from, run.to});
    }
    return out;
  }
  /// Whether every segment of `inner` is here.
  bool covers(const Segments& inner) const {
    std::size_t i = 0;
    for (const Run& run : inner.runs_) {
      while (i < runs_.size() && runs_[i].to <= run.from) ++i;
      if (i == runs_.size() || runs_[i].from > run.from || runs_[i].to < run.to) return false;
    }
    return true;
  }

 private:
  // A run that begins at or after the last one.
  void append(Run run) {
    if (!runs_.empty() && run.from <= runs_.back().to)
      runs_.back().to = std::max(runs_.back().to, run.to);
    else
      runs_.push_back(run);
  }

  std::vector<Run> runs_;
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
