// Figures in words.
#include "aesop/exchange/figures.hpp"

#include "aesop/base/text.hpp"

namespace aesop {
inline namespace v0 {

namespace {

/// As short as it says the same: "90 %", "92.5 %", "30 days".
std::string limit_words(std::string_view unit, const Decimal& value) {
  const bool share = unit == "share";
  const Decimal shown = share ? multiply(value, Decimal(100)).value_or(value) : value;
  const std::string number = shown.rounded(2).value_or(shown).to_string();
  return cat(number, share ? " %" : unit != "days" ? "" : number == "1" ? " day" : " days");
}

}  // namespace

std::string number_words(const Decimal& value, int places) {
  std::string text = value.rounded(places).value_or(value).to_string();
  if (text.find_first_not_of("-0123456789.") != std::string::npos) return text;  // with an exponent
  std::size_t point = text.find('.');
  if (places > 0) {
    if (point == std::string::npos) point = text.size(), text.push_back('.');
    while (text.size() - point - 1 < static_cast<std::size_t>(places)) text.push_back('0');
  }
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  std::size_t end = point == std::string::npos ? text.size() : point;
  while (end > first + 3) text.insert(end -= 3, 1, ',');
  return text;
}

std::string figure_words(std::string_view unit, const std::optional<Decimal>& value) {
  if (!value) return "\u2013";
  if (unit == "share") return cat(number_words(multiply(*value, Decimal(100)).value_or(*value), 1), " %");
  if (unit == "days") return cat(number_words(*value, 1), " days");
  return number_words(*value, 0);
}

std::string target_words(std::string_view unit, const std::optional<Decimal>& at_least,
                         const std::optional<Decimal>& at_most, const std::optional<Decimal>& strong) {
  std::string out;
  if (at_least) out = cat("at least ", limit_words(unit, *at_least));
  if (at_most) append(out, out.empty() ? "" : ", ", "at most ", limit_words(unit, *at_most));
  if (strong && !out.empty())
    append(out, at_least ? ", strong from " : ", strong under ", limit_words(unit, *strong));
  return out;
}

std::string length_words(std::int64_t us) {
  const std::int64_t minutes = us / us_per_minute;
  if (minutes >= std::int64_t{24} * 60) return cat(minutes / (24 * 60), " d ", minutes / 60 % 24, " h");
  if (minutes >= 60) return cat(minutes / 60, " h ", minutes % 60, " min");
  return cat(minutes, " min");
}

}  // namespace v0
}  // namespace aesop
