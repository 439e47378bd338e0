// Target: what a measure should reach, and the band a value falls into. Part measure; depends on value.
#pragma once

#include "aesop/base/text.hpp"
#include "aesop/value/decimal.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

/// Where a value lies.
enum class Band : std::uint8_t {
  none,    ///< no target, or no value
  strong,  ///< better than asked for
  met,     ///< as asked for (with at_most 40 and strong 30: "typical")
  missed
};

constexpr std::string_view to_string(Band band) {
  constexpr std::string_view names[] = {"-", "strong", "met", "missed"};
  return names[static_cast<std::size_t>(band)];
}

/// At least or at most, and a second limit beyond which a value is strong. A value equal to a limit meets it:
/// at_least 0.90 is met by 0.90, at_most 40 by 40. Strong downwards is strictly below its limit ("less than
/// 30 is strong"), strong upwards at it or above ("90 to 95 %").
struct Target {
  std::optional<Decimal> at_least = {};
  std::optional<Decimal> at_most = {};
  std::optional<Decimal> strong = {};

  bool given() const { return at_least.has_value() || at_most.has_value(); }

  Band band(const std::optional<Decimal>& value) const {
    if (!value || !given()) return Band::none;
    if (at_least && *value < *at_least) return Band::missed;
    if (at_most && *value > *at_most) return Band::missed;
    if (strong && (at_least ? *value >= *strong : *value < *strong)) return Band::strong;
    return Band::met;
  }
};

}  // namespace v0
}  // namespace aesop
