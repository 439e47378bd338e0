// The ZonePort on the system's tz database. Part base (shell); see tz_zones.hpp.
#include "base/tz_zones.hpp"

#include "base/posix_zone.hpp"

#include "aesop/base/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <fstream>
#include <map>

#include <date/tz.h>

namespace aesop {
inline namespace v0 {
namespace {

/// The rule at the end of a zone's file, for the time after the last change in it. Read once per thread.
std::optional<PosixZone> read_rule(const std::string& zone) {
  thread_local std::map<std::string, std::optional<PosixZone>> known;
  if (const auto found = known.find(zone); found != known.end()) return found->second;
  std::optional<PosixZone>& rule = known[zone];
  for (const char* folder : {"/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/"}) {
    std::ifstream file(folder + zone, std::ios::binary);
    std::string line, last;
    while (std::getline(file, line)) last = std::move(line);  // lines of binary data, but the last one
    if (last.empty()) continue;
    rule = PosixZone::parse(last);
    break;
  }
  return rule;
}

// The span of one offset of one zone. A few of them per thread: a calendar asks the same question again and
// again.
struct Span {
  std::string zone;
  std::int64_t begin = 0;
  std::int64_t end = 0;  // exclusive
  std::int32_t offset = 0;
};

const date::time_zone* find_zone(std::string_view name) {
  // locate_zone throws for unknown names; the port's contract has no exceptions.
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::exception&) {
    return nullptr;
  }
}

// Years that `date` reckons with; before them the offset of the border holds, after them the rule.
constexpr std::int64_t first_second = -900'000'000'000;  // the year -26550
constexpr std::int64_t last_second = 900'000'000'000;    // the year 30489

std::int64_t clamp(std::int64_t seconds) {
  return seconds < first_second ? first_second : seconds > last_second ? last_second : seconds;
}

const Span* find_span(std::string_view zone, std::int64_t utc_seconds) {
  thread_local std::array<Span, 4> cache;
  thread_local std::size_t next = 0;
  for (const Span& span : cache)
    if (utc_seconds >= span.begin && utc_seconds < span.end && span.zone == zone) return &span;
  const date::time_zone* found = find_zone(zone);
  if (found == nullptr) return nullptr;
  const auto info = found->get_info(date::sys_seconds(std::chrono::seconds(clamp(utc_seconds))));
  Span& span = cache[next];
  next = (next + 1) % cache.size();
  span.zone = zone;
  span.begin = info.begin.time_since_epoch().count();
  span.end = info.end.time_since_epoch().count();
  span.offset = static_cast<std::int32_t>(info.offset.count());
  if (span.end > last_second)
    if (const auto rule = read_rule(span.zone)) {
      const PosixZone::Span ruled = rule->at(utc_seconds);
      span.begin = std::max(span.begin, ruled.begin);
      span.end = ruled.end;
      span.offset = ruled.offset;
    }
  return &span;
}

std::string read_version() {
  // The compiled files do not say their version; tzdata.zi begins with "# version 2025b".
  for (const char* path : {"/usr/share/zoneinfo/tzdata.zi", "/usr/share/lib/zoneinfo/tzdata.zi"}) {
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line)) continue;
    constexpr std::string_view head = "# version ";
    if (std::string_view(line).starts_with(head))
      return std::string(trim(std::string_view(line).substr(head.size())));
  }
  return "unknown";
}

}  // namespace

TzZones::TzZones() : version_(read_version()) {}

std::optional<std::int32_t> TzZones::offset_at(std::string_view zone, std::int64_t utc_seconds) const {
  const Span* span = find_span(zone, utc_seconds);
  if (span != nullptr) return span->offset;
  return fixed_zones().offset_at(zone, utc_seconds);
}

bool TzZones::exists(std::string_view zone) const {
  return find_span(zone, 0) != nullptr || fixed_zones().exists(zone);
}

}  // namespace v0
}  // namespace aesop
