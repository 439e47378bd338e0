// Figures, targets and durations as people read them: the same words on a page and in a terminal. Part exchange.
// Rounding is for reading only, half to even; the exact numbers are in the answers they were made from.
#pragma once

#include "aesop/base/civil.hpp"
#include "aesop/value/decimal.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

/// "1234567.5" with two places as "1,234,567.50".
std::string number_words(const Decimal& value, int places);
/// Of a unit "share" "92.3 %", "days" "16.6 days", "count" "240"; an en dash for none.
std::string figure_words(std::string_view unit, const std::optional<Decimal>& value);
/// "at least 90 %, strong from 95 %", "at most 40 days, strong under 30 days"; empty without a target.
std::string target_words(std::string_view unit, const std::optional<Decimal>& at_least,
                         const std::optional<Decimal>& at_most, const std::optional<Decimal>& strong);
/// "3 d 4 h", "5 h 20 min", "45 min": at most two units, cut down.
std::string length_words(std::int64_t us);

}  // namespace v0
}  // namespace aesop
