// Campaign: all zones at random moments, judged by Python's zoneinfo on the same data. Argument: how many moments of each
// zone (--short: 40).
//   aesop_campaign_zones 10000
// The judge is cases/base/zone_oracle.py; without it the campaign says so and is skipped.
#include "aesop/base/civil.hpp"
#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"

#include <cinttypes>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

using namespace aesop;

namespace {

constexpr const char* judge = "python3 '" AESOP_TESTS_DIR "/cases/base/zone_oracle.py' ";

std::vector<std::string> zones() {
  std::vector<std::string> out;
  std::FILE* lines = popen(cat(judge, "zones 2>/dev/null").c_str(), "r");
  if (lines == nullptr) return out;
  for (char line[200]; std::fgets(line, sizeof line, lines) != nullptr;)
    if (trim(std::string_view(line)) != "Factory")  // says that no zone was set; `date` leaves it out
      out.emplace_back(trim(std::string_view(line)));
  pclose(lines);
  return out;
}

// Python's years are 1 to 9999; a day is left at the ends for offsets.
constexpr std::int64_t first = (days_from_civil({1, 1, 1}) + 2) * seconds_per_day;
constexpr std::int64_t last = (days_from_civil({9999, 12, 31}) - 2) * seconds_per_day;
constexpr std::int64_t modern = days_from_civil({1900, 1, 1}) * seconds_per_day;
constexpr std::int64_t horizon = days_from_civil({2100, 1, 1}) * seconds_per_day;

class Moments {
 public:
  std::int64_t any() {
    switch (random_() % 8) {
      case 0:
        return between(first, last);
      case 1:
        return between(horizon, last);
      default:
        return between(modern, horizon);
    }
  }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low));
  }

 private:
  std::mt19937_64 random_{20260323};
};

/// A change of the zone's offset between two moments that have different ones.
std::int64_t change_between(const ZonePort& port, const std::string& zone, std::int64_t low,
                            std::int64_t high) {
  const auto before = port.offset_at(zone, low);
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (port.offset_at(zone, middle) == before ? low : high) = middle;
  }
  return high;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view argument = argc > 1 ? argv[1] : "2000";
  const auto count = argument == "--short" ? 40 : parse_integer<std::int64_t>(argument).value_or(2000);
  const std::vector<std::string> names = zones();
  if (names.size() < 100) {
    std::puts("skipped: no python3 with zoneinfo and zone data");
    return 77;
  }
  const ZonePort& port = *default_ports().zones;
  std::FILE* judged = popen(cat(judge, "check").c_str(), "w");
  if (judged == nullptr) return 1;
  Moments moments;
  const auto offset = [&](const std::string& zone, std::int64_t at) {
    const auto found = port.offset_at(zone, at);
    std::fprintf(judged, "offset\t%s\t%" PRId64 "\t%s\n", zone.c_str(), at,
                 found ? cat(*found).c_str() : "none");
  };
  const auto local = [&](const std::string& zone, std::int64_t at) {
    const auto found = port.to_utc(zone, at);
    std::fprintf(judged, "local\t%s\t%" PRId64 "\t%s\n", zone.c_str(), at,
                 found ? cat(*found).c_str() : "none");
  };
  for (const std::string& zone : names)
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t at = moments.any();
      offset(zone, at);
      local(zone, at);
      // Where the offset changes within half a year: the seconds around it, and the local times that are not, or twice.
      const std::int64_t later = std::min(at + 183 * seconds_per_day, last);
      const auto before = port.offset_at(zone, at), after = port.offset_at(zone, later);
      if (!before || !after || before == after) continue;
      const std::int64_t change = change_between(port, zone, at, later);
      offset(zone, change - 1);
      offset(zone, change);
      for (const std::int64_t near : {-1, 0, 1, 1799, 3599, 3600})
        for (const std::int32_t of : {*before, *after}) local(zone, change + of + near);
      local(zone, change + moments.between(-100'000, 100'000));
    }
  return pclose(judged) == 0 ? 0 : 1;
}
