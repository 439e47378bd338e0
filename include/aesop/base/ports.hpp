// What the pure core asks of the world: zones, patterns, letter case, hashes. Part base.
// The core never looks these up itself: a host, or default_ports() of the compiled library, hands them in.
// (1) Every port is const and safe to call from any thread at once.
// (2) A null pointer in Ports is legal; who needs the port then says so by an error or a diagnostic.
// (3) The same question always gets the same answer within one data_version().
#pragma once

#include "aesop/base/bytes.hpp"
#include "aesop/base/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Time zones by IANA name. Times are seconds since 1970-01-01T00:00:00.
class ZonePort {
 public:
  virtual ~ZonePort() = default;

  /// Seconds east of UTC in force at an instant; nullopt when the zone is unknown.
  virtual std::optional<std::int32_t> offset_at(std::string_view zone, std::int64_t utc_seconds) const = 0;

  /// The instant of a local time ("seconds since 1970" on the wall clock), by FEEL's and java.time's rule:
  /// a time that does not exist moves forward by the gap; one that comes twice is the first of the two.
  /// nullopt when the zone is unknown. The default asks offset_at a day before and after and is right for
  /// every zone that does not change its offset twice within two days.
  virtual std::optional<std::int64_t> to_utc(std::string_view zone, std::int64_t local_seconds) const {
    const auto before = offset_at(zone, local_seconds - 86400);
    const auto after = offset_at(zone, local_seconds + 86400);
    if (!before || !after) return std::nullopt;
    const std::int64_t early = local_seconds - *before;
    if (*before == *after || offset_at(zone, early) == before) return early;
    const std::int64_t late = local_seconds - *after;
    if (offset_at(zone, late) == after) return late;
    return early;
  }

  virtual bool exists(std::string_view zone) const { return offset_at(zone, 0).has_value(); }

  /// Version of the zone data, "2025b"; recorded with every due time computed.
  virtual std::string data_version() const = 0;
};

/// "UTC", "Etc/UTC", "Z" and fixed offsets "+01:00": what can be known without data.
class FixedZones final : public ZonePort {
 public:
  std::optional<std::int32_t> offset_at(std::string_view zone, std::int64_t) const override {
    if (zone == "UTC" || zone == "Etc/UTC" || zone == "Z" || zone == "GMT" || zone == "Etc/GMT") return 0;
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
    for (const std::size_t i : {1, 2, 4, 5})
      if (!is_digit(zone[i])) return std::nullopt;
    const std::int32_t hours = (zone[1] - '0') * 10 + (zone[2] - '0');
    const std::int32_t minutes = (zone[4] - '0') * 10 + (zone[5] - '0');
    if (hours > 18 || minutes > 59 || hours * 60 + minutes > 18 * 60) return std::nullopt;
    const std::int32_t seconds = (hours * 60 + minutes) * 60;
    return zone[0] == '-' ? -seconds : seconds;
  }
  std::string data_version() const override { return "fixed"; }
};

inline const ZonePort& fixed_zones() {
  static const FixedZones zones;
  return zones;
}

/// Patterns of the XPath flavour FEEL uses. Flags are any of "smix" and "q".
/// bad_expression for a pattern or flag that is not valid, evaluation_limit when matching costs too much.
class PatternPort {
 public:
  virtual ~PatternPort() = default;
  virtual Result<bool> matches(std::string_view input, std::string_view pattern,
                               std::string_view flags) const = 0;
  /// Replaces every match; the replacement may name groups as $1 and escape by a backslash.
  virtual Result<std::string> replace(std::string_view input, std::string_view pattern,
                                      std::string_view replacement, std::string_view flags) const = 0;
  virtual Result<std::vector<std::string>> split(std::string_view input, std::string_view pattern) const = 0;
};

/// Upper and lower case of UTF-8 text.
class LetterPort {
 public:
  virtual ~LetterPort() = default;
  virtual std::string upper(std::string_view text) const = 0;
  virtual std::string lower(std::string_view text) const = 0;
};

/// SHA-256 and HMAC-SHA-256.
class HashPort {
 public:
  virtual ~HashPort() = default;
  virtual Hash sha256(std::span<const std::uint8_t> bytes) const = 0;
  virtual Hash hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> bytes) const = 0;

  Hash sha256(std::string_view bytes) const { return sha256(as_bytes(bytes)); }
  Hash hmac_sha256(std::string_view key, std::string_view bytes) const {
    return hmac_sha256(as_bytes(key), as_bytes(bytes));
  }
  static std::span<const std::uint8_t> as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
  }
};

/// The four together, not owned. Whoever holds a Ports keeps its targets alive.
struct Ports {
  const ZonePort* zones = nullptr;
  const PatternPort* patterns = nullptr;
  const LetterPort* letters = nullptr;
  const HashPort* hash = nullptr;
};

}  // namespace v0
}  // namespace aesop
