// aesop_bench [NAME...]: runs the benchmarks whose names begin with one of the words given, all of them without words,
// and prints a table in Markdown. Absolute figures move with the machine; the ratios are what counts.
#include "bench.hpp"

#include <cmath>
#include <cstdio>

namespace aesop_bench {

std::string figure(double value) {
  char text[64];
  if (value < 1000) {
    std::snprintf(text, sizeof text, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    return text;
  }
  std::snprintf(text, sizeof text, "%.0f", value);
  const std::string digits = text;
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

void section(std::string_view title) {
  std::printf("\n### %.*s\n\n| what | measured | beside it | goal | reached |\n|---|--:|--:|--:|---|\n",
              static_cast<int>(title.size()), title.data());
  std::fflush(stdout);
}

void row(std::string_view what, std::string_view value, std::string_view beside, std::string_view goal,
         bool reached) {
  std::printf("| %.*s | %.*s | %.*s | %.*s | %s |\n", static_cast<int>(what.size()), what.data(),
              static_cast<int>(value.size()), value.data(), static_cast<int>(beside.size()), beside.data(),
              static_cast<int>(goal.size()), goal.data(),
              goal.empty() ? ""
              : reached    ? "yes"
                           : "**no**");
  std::fflush(stdout);
}

}  // namespace aesop_bench

int main(int argc, char** argv) {
  using namespace aesop_bench;
  std::vector<Benchmark> chosen = registry();
  std::sort(chosen.begin(), chosen.end(),
            [](const Benchmark& a, const Benchmark& b) { return a.name < b.name; });
  int ran = 0;
  for (const Benchmark& benchmark : chosen) {
    bool wanted = argc == 1;
    for (int i = 1; i < argc; ++i) wanted = wanted || benchmark.name.rfind(argv[i], 0) == 0;
    if (!wanted) continue;
    benchmark.run();
    ++ran;
  }
  if (ran == 0) {
    std::fprintf(stderr, "no benchmark of that name; there are:");
    for (const Benchmark& benchmark : chosen) std::fprintf(stderr, " %s", benchmark.name.c_str());
    std::fprintf(stderr, "\n");
    return 2;
  }
  return 0;
}
