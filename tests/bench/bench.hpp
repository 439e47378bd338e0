// What the benchmarks share: a registry, a clock, and lines that print. A figure is a median of rounds; two sides that
// are compared run in turn within one process, so that the ratio means something though the machine is noisy.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop_bench {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Benchmark {
  std::string name;
  void (*run)() = nullptr;
};

inline std::vector<Benchmark>& registry() {
  static std::vector<Benchmark> all;
  return all;
}

/// Registers a benchmark; a file does it once, at namespace scope: `const int registered = add("rules", &bench_rules);`
inline int add(std::string name, void (*run)()) {
  registry().push_back({std::move(name), run});
  return 0;
}

inline double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

inline double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(static_cast<double>(values.size() - 1) * share)];
}

/// Keeps a result from being optimized away.
template <class T>
inline void keep(const T& value) {
  asm volatile("" : : "r,m"(value) : "memory");
}

/// Nanoseconds of one call: the median of `rounds` rounds of about 20 ms each.
template <class F>
double nanoseconds(F&& call, int rounds = 9) {
  std::size_t count = 1;
  for (;;) {
    const auto start = Clock::now();
    for (std::size_t i = 0; i < count; ++i) call();
    if (seconds_since(start) > 0.005) break;
    count *= 2;
  }
  count *= 4;
  std::vector<double> out;
  for (int round = 0; round < rounds; ++round) {
    const auto start = Clock::now();
    for (std::size_t i = 0; i < count; ++i) call();
    out.push_back(seconds_since(start) / static_cast<double>(count) * 1e9);
  }
  return median(out);
}

/// How often this thread has allocated. Defined in allocations.cpp.
long allocation_count();

/// One row of the table: what, the figure with its unit, what it is compared with, and the goal. Defined in main.cpp.
void row(std::string_view what, std::string_view figure, std::string_view beside = {},
         std::string_view goal = {}, bool reached = true);
void section(std::string_view title);
/// "1,234", "12.3", "0.83": three figures are enough.
std::string figure(double value);

}  // namespace aesop_bench
