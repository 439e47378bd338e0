// A length of time as people say it: elapsed, in months, in business days or in business hours. Part
// calendar. Elapsed time and business time are different words and never mix: "24 hours" and "P1D" are
// elapsed, and a day of elapsed time is exactly 24 hours whatever the clocks do. Pure; safe from any thread.
#pragma once

#include "aesop/base/civil.hpp"
#include "aesop/base/civil_text.hpp"
#include "aesop/base/result.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace aesop {
inline namespace v0 {

enum class SpanUnit : std::uint8_t {
  elapsed,        ///< microseconds
  months,         ///< calendar months, the same wall-clock time
  business_days,  ///< open days of a calendar
  business_time   ///< microseconds of open time of a calendar
};

struct Span {
  SpanUnit unit = SpanUnit::elapsed;
  std::int64_t amount = 0;  ///< in the unit's measure; may be negative
  friend constexpr bool operator==(const Span&, const Span&) = default;

  static constexpr Span elapsed(std::int64_t us) { return {SpanUnit::elapsed, us}; }
  static constexpr Span months(std::int64_t n) { return {SpanUnit::months, n}; }
  static constexpr Span business_days(std::int64_t n) { return {SpanUnit::business_days, n}; }
  static constexpr Span business_time(std::int64_t us) { return {SpanUnit::business_time, us}; }

  /// Whether it takes a calendar.
  constexpr bool is_business() const {
    return unit == SpanUnit::business_days || unit == SpanUnit::business_time;
  }
  constexpr bool is_zero() const { return amount == 0; }
  constexpr Span negated() const { return {unit, amount == INT64_MIN ? INT64_MAX : -amount}; }
};

namespace detail {

struct SpanWord {
  std::string_view word;  // singular
  SpanUnit unit;
  std::int64_t size;
  bool fraction;  // "1.5 hours" is a length; "1.5 months" is not
};

inline constexpr SpanWord span_words[] = {{"second", SpanUnit::elapsed, us_per_second, true},
                                          {"minute", SpanUnit::elapsed, us_per_minute, true},
                                          {"hour", SpanUnit::elapsed, us_per_hour, true},
                                          {"day", SpanUnit::elapsed, us_per_day, true},
                                          {"week", SpanUnit::elapsed, 7 * us_per_day, true},
                                          {"month", SpanUnit::months, 1, false},
                                          {"quarter", SpanUnit::months, 3, false},
                                          {"year", SpanUnit::months, 12, false},
                                          {"business minute", SpanUnit::business_time, us_per_minute, false},
                                          {"business hour", SpanUnit::business_time, us_per_hour, true},
                                          {"business day", SpanUnit::business_days, 1, false}};

inline std::string_view span_token(std::string_view& rest) {
  rest = trim(rest);
  std::size_t n = 0;
  while (n < rest.size() && !is_space(rest[n])) ++n;
  const std::string_view token = rest.substr(0, n);
  rest = trim(rest.substr(n));
  return token;
}

// value * size of a number like "1.5", exact to the microsecond; nullopt when it is not one.
inline std::optional<std::int64_t> span_amount(std::string_view number, const SpanWord& word) {
  const std::size_t dot = number.find('.');
  const auto whole = parse_integer<std::int64_t>(number.substr(0, dot));
  if (!whole || *whole < 0 || mul_overflows(*whole, word.size)) return std::nullopt;
  std::int64_t amount = *whole * word.size;
  if (dot == std::string_view::npos) return amount;
  const std::string_view digits = number.substr(dot + 1);
  const auto part = parse_integer<std::int64_t>(digits);
  if (!part || *part < 0 || digits.size() > 6 || !word.fraction) return std::nullopt;
  std::int64_t unit = 1;
  for (std::size_t i = 0; i < digits.size(); ++i) unit *= 10;
  // Exact to the microsecond, and business time to the minute, so that every Span prints as what it is.
  if (*part * word.size % unit != 0) return std::nullopt;
  amount += *part * word.size / unit;
  if (word.unit == SpanUnit::business_time && amount % us_per_minute != 0) return std::nullopt;
  return amount;
}

// What somebody who writes `24h`, `2 hrs` or `1 working day` means; empty when that cannot be told.
inline std::string span_meant(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  if (digits == 0) return {};
  const std::string_view number = text.substr(0, digits);
  std::string unit(trim(text.substr(digits)));
  constexpr std::pair<std::string_view, std::string_view> words[] = {{"s", "second"},
                                                                     {"sec", "second"},
                                                                     {"secs", "second"},
                                                                     {"min", "minute"},
                                                                     {"mins", "minute"},
                                                                     {"h", "hour"},
                                                                     {"hr", "hour"},
                                                                     {"hrs", "hour"},
                                                                     {"d", "day"},
                                                                     {"w", "week"},
                                                                     {"wk", "week"},
                                                                     {"wks", "week"},
                                                                     {"mo", "month"},
                                                                     {"y", "year"},
                                                                     {"yr", "year"},
                                                                     {"yrs", "year"},
                                                                     {"working day", "business day"},
                                                                     {"working days", "business day"},
                                                                     {"work day", "business day"},
                                                                     {"work days", "business day"},
                                                                     {"workday", "business day"},
                                                                     {"workdays", "business day"},
                                                                     {"working hour", "business hour"},
                                                                     {"working hours", "business hour"}};
  for (const auto& [written, meant] : words)
    if (unit == written) return cat(number, ' ', meant, number == "1" ? "" : "s");
  return {};
}

inline Error span_error(std::string_view text, std::string_view message) {
  const std::string meant = span_meant(trim(text));
  return {ErrorCode::parse_error, cat('"', printable(text, 60), "\" ", message),
          !meant.empty()
              ? cat("did you mean \"", meant, "\"?")
              : std::string("write a duration like \"48 hours\", \"3 business days\", \"2 business hours\", "
                            "\"3 months\" or \"PT48H\"")};
}

}  // namespace detail

/// "48 hours", "30 days", "2 weeks", "90 minutes", "45 seconds", "1 day 12 hours", "3 months", "1 year",
/// "3 business days", "2 business hours", and ISO text: "PT48H", "P30D", "P1Y2M". A leading minus is read for
/// ISO text alone. parse_error for anything else, also for a mixture of elapsed and business time.
inline Result<Span> parse_span(std::string_view text) {
  const std::string_view whole = trim(text);
  if (whole.starts_with('P') || whole.starts_with("-P")) {
    if (const auto months = parse_months_duration(whole)) return Span::months(months->months);
    const auto days = parse_days_duration(whole);
    if (!days || detail::mul_overflows(days->seconds, us_per_second) || days->nanos % 1000 != 0)
      return detail::span_error(text, "is not an ISO duration of days and time, or of years and months");
    return Span::elapsed(days->seconds * us_per_second + days->nanos / 1000);
  }
  std::string_view rest = whole;
  if (rest.empty()) return detail::span_error(text, "is not a duration");
  std::optional<Span> sum;
  while (!rest.empty()) {
    const std::string_view number = detail::span_token(rest);
    std::string name(detail::span_token(rest));
    if (name == "business") name = cat("business ", detail::span_token(rest));
    const detail::SpanWord* found = nullptr;
    for (const detail::SpanWord& word : detail::span_words)
      if (name == word.word ||
          (name.size() == word.word.size() + 1 && name.starts_with(word.word) && name.back() == 's'))
        found = &word;
    if (found == nullptr) {
      if (number.empty() || !is_digit(number[0])) return detail::span_error(text, "is not a duration");
      return detail::span_error(text, cat("has no unit of time: \"", printable(name, 30), '"'));
    }
    const auto amount = detail::span_amount(number, *found);
    if (!amount) return detail::span_error(text, cat("has no whole number before \"", name, '"'));
    if (sum && sum->unit != found->unit)
      return detail::span_error(text, sum->is_business() != (found->unit >= SpanUnit::business_days)
                                          ? "mixes elapsed and business time"
                                          : "mixes units that cannot be added");
    if (!sum) sum = Span{found->unit, 0};
    if (detail::add_overflows(sum->amount, *amount)) return detail::span_error(text, "is too long");
    sum->amount += *amount;
  }
  return *sum;
}

/// The phrase, in the largest units that fit whole: "2 days", "36 hours", "3 business days", "150 business
/// minutes". Reads back as the same Span, but for negative ones ("-2 days").
inline std::string to_string(const Span& span) {
  const auto phrase = [&](std::int64_t size, std::string_view word) {
    const std::int64_t n = span.amount / size;
    return cat(n, ' ', word, n == 1 || n == -1 ? "" : "s");
  };
  switch (span.unit) {
    case SpanUnit::months:
      return span.amount != 0 && span.amount % 12 == 0 ? phrase(12, "year") : phrase(1, "month");
    case SpanUnit::business_days:
      return phrase(1, "business day");
    case SpanUnit::business_time:
      if (span.amount % us_per_hour == 0) return phrase(us_per_hour, "business hour");
      return phrase(us_per_minute, "business minute");
    case SpanUnit::elapsed:
      break;
  }
  if (span.amount % us_per_day == 0 && span.amount != 0) return phrase(us_per_day, "day");
  if (span.amount % us_per_hour == 0) return phrase(us_per_hour, "hour");
  if (span.amount % us_per_minute == 0) return phrase(us_per_minute, "minute");
  if (span.amount % us_per_second == 0) return phrase(us_per_second, "second");
  return to_string(
      DaysDuration{detail::floor_div(span.amount, us_per_second),
                   static_cast<std::int32_t>(detail::floor_mod(span.amount, us_per_second) * 1000)});
}

}  // namespace v0
}  // namespace aesop
