// Random numbers of the demo: SplitMix64 (Steele, Lea, Flood 2014), the same on every machine, unlike the distributions
// of <random>. And a hash of texts, so that what somebody does with a task depends on the task and not on the order in
// which tasks are looked at.
#pragma once

#include <cstdint>
#include <string_view>

namespace demo {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  /// From low to high, both included.
  int between(int low, int high) {
    return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
  }
  /// True in `percent` of all cases.
  bool chance(int percent) { return between(1, 100) <= percent; }

 private:
  std::uint64_t state_;
};

/// A generator of its own for `what` (FNV-1a of the text, mixed with the seed).
inline Random random_for(std::uint64_t seed, std::string_view what) {
  std::uint64_t hash = 0xCBF29CE484222325ULL ^ seed;
  for (const char c : what) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return Random(hash);
}

}  // namespace demo
