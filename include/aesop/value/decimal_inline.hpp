// Bodies of Decimal beyond the small case; included by decimal.hpp alone. Part value.
#pragma once

#include "aesop/value/decimal.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

inline Decimal Decimal::from_parts(bool negative, std::uint64_t hi, std::uint64_t lo, int scale) {
  Decimal out;
  out.scale_ = static_cast<std::int16_t>(scale);
  if (hi == 0 && lo <= static_cast<std::uint64_t>(INT64_MAX)) {
    out.lo_ = negative ? ~lo + 1 : lo;
    return out;
  }
  out.big_ = true;
  out.negative_ = negative;
  out.hi_ = hi;
  out.lo_ = lo;
  return out;
}

// Rounds coefficient * 10^-scale, plus a positive part below one unit when `sticky`, to what decimal128
// holds. With `sticky` the coefficient has at least 36 digits.
inline std::optional<Decimal> Decimal::round_to_fit(bool negative, detail::Wide coefficient, int scale,
                                                    bool sticky) {
  const int digits = detail::digit_count(coefficient);
  int drop = digits > max_digits ? digits - max_digits : 0;
  if (scale - drop > max_scale) drop = scale - max_scale;
  if (drop > 0) {
    if (drop > digits) return Decimal();  // below half of the finest place
    const detail::Wide& unit = detail::power_of_ten(drop);
    detail::Division division = detail::divide(coefficient, unit);
    detail::Wide twice = detail::add(division.remainder, division.remainder);
    const int half = detail::compare(twice, unit);
    if (half > 0 || (half == 0 && (sticky || division.quotient.is_odd()))) division.quotient.increment();
    coefficient = division.quotient;
    scale -= drop;
    if (detail::compare(coefficient, detail::power_of_ten(max_digits)) == 0) {
      coefficient = detail::power_of_ten(max_digits - 1);
      --scale;
    }
  }
  if (coefficient.is_zero()) return Decimal();
  if (-scale > max_exponent - max_digits && detail::digit_count(coefficient) - 1 - scale > max_exponent)
    return std::nullopt;
  return from_parts(negative, coefficient.high(), coefficient.low(), scale);
}

inline Decimal Decimal::normalised() const {
  if (is_zero()) return Decimal();
  if (!big_) {
    std::int64_t c = small_coefficient();
    int scale = scale_;
    while (c % 10 == 0) c /= 10, --scale;
    return scaled(c, static_cast<std::int16_t>(scale));
  }
  detail::Wide c = wide();
  int scale = scale_;
  for (const int step : {16, 8, 4, 2, 1}) {
    for (;;) {
      const detail::Division division = detail::divide(c, detail::power_of_ten(step));
      if (!division.remainder.is_zero()) break;
      c = division.quotient;
      scale -= step;
    }
  }
  return from_parts(negative_, c.high(), c.low(), scale);
}

inline std::optional<Decimal> Decimal::add_wide(const Decimal& a, const Decimal& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  const Decimal& coarse = a.scale_ <= b.scale_ ? a : b;
  const Decimal& fine = a.scale_ <= b.scale_ ? b : a;
  const int gap = fine.scale_ - coarse.scale_;
  const detail::Wide c = coarse.wide();
  const detail::Wide f = fine.wide();
  const int guard = max_digits + 3;
  const int c_digits = detail::digit_count(c);
  const bool same_sign = coarse.is_negative() == fine.is_negative();
  if (gap > guard + detail::digit_count(f) - c_digits) {
    // All of `fine` lies below the guard digits of `coarse`: only its sign matters.
    detail::Wide scaled_up = detail::multiply(c, detail::power_of_ten(guard - c_digits));
    if (!same_sign) scaled_up = detail::subtract(scaled_up, detail::Wide::of(0, 1));
    return round_to_fit(coarse.is_negative(), scaled_up, coarse.scale_ + guard - c_digits, true);
  }
  const detail::Wide aligned = detail::multiply(c, detail::power_of_ten(gap));
  if (same_sign) return round_to_fit(coarse.is_negative(), detail::add(aligned, f), fine.scale_, false);
  const int order = detail::compare(aligned, f);
  if (order == 0) return Decimal();
  return order > 0 ? round_to_fit(coarse.is_negative(), detail::subtract(aligned, f), fine.scale_, false)
                   : round_to_fit(fine.is_negative(), detail::subtract(f, aligned), fine.scale_, false);
}

inline std::optional<Decimal> Decimal::multiply_wide(const Decimal& a, const Decimal& b) {
  if (a.is_zero() || b.is_zero()) return Decimal();
  return round_to_fit(a.is_negative() != b.is_negative(), detail::multiply(a.wide(), b.wide()),
                      a.scale_ + b.scale_, false);
}

inline std::optional<Decimal> Decimal::divide_wide(const Decimal& a, const Decimal& b) {
  if (a.is_zero()) return Decimal();
  const detail::Wide numerator = a.wide();
  const detail::Wide denominator = b.wide();
  const int lift = max_digits + 2 + detail::digit_count(denominator) - detail::digit_count(numerator);
  const detail::Division division =
      detail::divide(detail::multiply(numerator, detail::power_of_ten(lift)), denominator);
  const bool exact = division.remainder.is_zero();
  const auto out =
      round_to_fit(a.is_negative() != b.is_negative(), division.quotient, a.scale_ - b.scale_ + lift, !exact);
  // A short quotient comes out with a tail of zeros: back to the small form.
  return exact && out ? std::optional<Decimal>(out->normalised()) : out;
}

inline int Decimal::compare_wide(const Decimal& a, const Decimal& b) {
  const int sign = a.sign();
  if (sign != b.sign()) return sign < b.sign() ? -1 : 1;
  if (sign == 0) return 0;
  const detail::Wide x = a.wide();
  const detail::Wide y = b.wide();
  const int x_top = detail::digit_count(x) - a.scale_;
  const int y_top = detail::digit_count(y) - b.scale_;
  if (x_top != y_top) return x_top < y_top ? -sign : sign;
  // Equal leading places: the scales differ by less than the 34 digits.
  const int gap = a.scale_ - b.scale_;
  const int order = gap >= 0 ? detail::compare(x, detail::multiply(y, detail::power_of_ten(gap)))
                             : detail::compare(detail::multiply(x, detail::power_of_ten(-gap)), y);
  return sign * order;
}

inline bool Decimal::is_integer() const { return scale_ <= 0 || normalised().scale_ <= 0; }

inline std::optional<std::int64_t> Decimal::to_int64() const {
  if (!big_ && scale_ == 0) return small_coefficient();
  const Decimal plain = normalised();
  if (plain.scale_ > 0 || plain.scale_ < -18) return std::nullopt;
  std::int64_t out;
  if (plain.big_) {
    if (plain.scale_ == 0 && plain.hi_ == 0 && plain.negative_ && plain.lo_ == std::uint64_t{1} << 63)
      return INT64_MIN;
    return std::nullopt;
  }
  if (detail::checked_multiply(plain.small_coefficient(), detail::small_powers_of_ten[-plain.scale_], out))
    return std::nullopt;
  return out;
}

inline int Decimal::digits() const {
  if (is_zero()) return 1;
  return detail::digit_count(normalised().wide());
}

inline std::optional<Decimal> Decimal::parse(std::string_view text) {
  bool negative = false;
  if (!text.empty() && text[0] == '-') negative = true, text.remove_prefix(1);
  detail::Wide coefficient;
  int kept = 0;         // significant digits in the coefficient
  bool sticky = false;  // a digit that is not zero behind them
  bool any = false;
  bool point = false;
  std::int64_t scale = 0;
  std::size_t i = 0;
  std::uint64_t low = 0;  // the first 18 significant digits
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.') {
      if (point || i + 1 >= text.size() || text[i + 1] < '0' || text[i + 1] > '9') return std::nullopt;
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    any = true;
    if (point) ++scale;
    const auto digit = static_cast<std::uint32_t>(c - '0');
    if (kept == 0 && digit == 0) continue;
    if (kept < 18) {
      low = low * 10 + digit;
      ++kept;
    } else if (kept < max_digits + 3) {
      if (kept == 18) coefficient = detail::Wide::of(0, low);
      coefficient.multiply_add(10, digit);
      ++kept;
    } else {
      --scale;
      sticky = sticky || digit != 0;
    }
  }
  if (!any) return std::nullopt;
  if (i < text.size()) {
    if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
    ++i;
    bool down = false;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) down = text[i++] == '-';
    if (i >= text.size()) return std::nullopt;
    std::int64_t exponent = 0;
    for (; i < text.size(); ++i) {
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
      if (exponent < 1'000'000'000) exponent = exponent * 10 + (text[i] - '0');
    }
    scale += down ? exponent : -exponent;
  }
  if (kept == 0) return Decimal();
  if (kept <= 18 && scale >= detail::small_scale_least && scale <= max_scale) {
    const auto value = static_cast<std::int64_t>(low);
    return scaled(negative ? -value : value, static_cast<std::int16_t>(scale));
  }
  if (kept <= 18) coefficient = detail::Wide::of(0, low);
  if (scale > 20'000) return Decimal();
  if (scale < -20'000) return std::nullopt;
  return round_to_fit(negative, coefficient, static_cast<int>(scale), sticky);
}

inline std::string Decimal::to_string() const {
  if (!big_ && scale_ >= 0 && scale_ <= 18) {  // nearly every number there is: no allocation
    char buffer[48];
    char* at = buffer + sizeof buffer;
    std::uint64_t rest = magnitude_of(small_coefficient());
    int places = rest == 0 ? 0 : scale_;
    for (; places > 0 && rest % 10 == 0; --places) rest /= 10;
    int written = 0;
    do {
      *--at = static_cast<char>('0' + rest % 10);
      rest /= 10;
      if (++written != places) continue;
      *--at = '.';
      if (rest == 0) *--at = '0';
    } while (rest != 0 || written < places);
    if (is_negative()) *--at = '-';
    return std::string(at, static_cast<std::size_t>(buffer + sizeof buffer - at));
  }
  const Decimal plain = normalised();
  std::string digits;
  detail::Wide c = plain.wide();
  if (c.is_zero()) return "0";
  while (!c.is_zero()) digits.insert(digits.begin(), static_cast<char>('0' + c.divide_small(10)));
  std::string out = is_negative() ? "-" : "";
  const int count = static_cast<int>(digits.size());
  const int top = count - 1 - plain.scale_;  // exponent of the leading digit
  if (top > 40 || top < -40) {
    out.push_back(digits[0]);
    if (count > 1) out.append(".").append(digits, 1);
    out.append(top < 0 ? "E-" : "E+");
    return out + std::to_string(top < 0 ? -top : top);
  }
  if (plain.scale_ <= 0) {
    out.append(digits).append(static_cast<std::size_t>(-plain.scale_), '0');
  } else if (count > plain.scale_) {
    const auto whole = static_cast<std::size_t>(count - plain.scale_);
    out.append(digits, 0, whole).append(".").append(digits, whole);
  } else {
    out.append("0.").append(static_cast<std::size_t>(plain.scale_ - count), '0').append(digits);
  }
  return out;
}

inline double Decimal::to_double() const {
  // Through text: correctly rounded by the library, independent of the C locale's decimal point.
  const Decimal plain = normalised();
  std::string text = plain.negative_ || plain.is_negative() ? "-" : "";
  std::string digits;
  detail::Wide c = plain.wide();
  while (!c.is_zero()) digits.insert(digits.begin(), static_cast<char>('0' + c.divide_small(10)));
  if (digits.empty()) return 0;
  text.append(digits).append("e").append(std::to_string(-plain.scale_));
  double out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

inline std::optional<Decimal> Decimal::rounded(int places, Rounding mode) const {
  if (places > max_scale || places < -(max_exponent - max_digits + 1)) return std::nullopt;
  if (scale_ <= places || is_zero()) return *this;
  const bool negative = is_negative();
  const detail::Wide c = wide();
  const int drop = scale_ - places;
  const int digits = detail::digit_count(c);
  detail::Wide quotient;
  int half = -1;  // how the part cut off compares with half a unit
  bool rest = true;
  if (drop <= digits) {
    const detail::Division division = detail::divide(c, detail::power_of_ten(drop));
    quotient = division.quotient;
    rest = !division.remainder.is_zero();
    half = detail::compare(detail::add(division.remainder, division.remainder), detail::power_of_ten(drop));
  }
  bool away = false;
  switch (mode) {
    case Rounding::half_even:
      away = half > 0 || (half == 0 && quotient.is_odd());
      break;
    case Rounding::half_up:
      away = half >= 0;
      break;
    case Rounding::half_down:
      away = half > 0;
      break;
    case Rounding::up:
      away = rest;
      break;
    case Rounding::down:
      break;
    case Rounding::floor:
      away = rest && negative;
      break;
    case Rounding::ceiling:
      away = rest && !negative;
      break;
  }
  if (away) quotient.increment();
  return round_to_fit(negative, quotient, places, false);
}

inline std::optional<Decimal> modulo(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) return std::nullopt;
  if (a.is_zero()) return Decimal();
  const detail::Wide divisor = b.wide();
  detail::Wide rest = a.wide();
  int scale = a.scale_;
  if (a.scale_ <= b.scale_) {
    // a is a multiple of 10^-scale(b): c * 10^gap mod d, by repeated squaring of 10.
    int gap = b.scale_ - a.scale_;
    scale = b.scale_;
    rest = detail::divide(rest, divisor).remainder;
    detail::Wide base = detail::divide(detail::Wide::of(0, 10), divisor).remainder;
    for (; gap > 0; gap >>= 1) {
      if (gap & 1) rest = detail::divide(detail::multiply(rest, base), divisor).remainder;
      base = detail::divide(detail::multiply(base, base), divisor).remainder;
    }
  } else {
    const int gap = a.scale_ - b.scale_;
    if (gap <= Decimal::max_digits)  // else the divisor is larger than a
      rest = detail::divide(rest, detail::multiply(divisor, detail::power_of_ten(gap))).remainder;
  }
  const auto remainder = Decimal::round_to_fit(a.is_negative(), rest, scale, false);
  if (!remainder || remainder->is_zero() || a.is_negative() == b.is_negative()) return remainder;
  return add(*remainder, b);
}

inline std::optional<Decimal> power(const Decimal& base, const Decimal& exponent) {
  const auto n = exponent.to_int64();
  if (!n || *n > 999'999'999 || *n < -999'999'999) return std::nullopt;
  if (*n == 0) return Decimal(1);
  if (base.is_zero()) return *n > 0 ? std::optional<Decimal>(Decimal()) : std::nullopt;
  // Square and multiply on a coefficient kept to 48 digits, the exponent beside it. Each step errs by at most
  // one unit of the 48th digit, 60 steps by far less than a unit of the 40th.
  constexpr int working = 48;
  struct Float {
    detail::Wide c;
    std::int64_t scale;
    bool exact;
  };
  const auto product = [](const Float& a, const Float& b) {
    Float out{detail::multiply(a.c, b.c), a.scale + b.scale, a.exact && b.exact};
    const int drop = detail::digit_count(out.c) - working;
    if (drop > 0) {
      const detail::Division division = detail::divide(out.c, detail::power_of_ten(drop));
      out.c = division.quotient;
      out.scale -= drop;
      out.exact = out.exact && division.remainder.is_zero();
    }
    return out;
  };
  const Decimal plain = base.normalised();
  Float square{plain.wide(), plain.scale_, true};
  Float result{detail::Wide::of(0, 1), 0, true};
  auto left = static_cast<std::uint64_t>(*n < 0 ? -*n : *n);
  const bool negative = base.is_negative() && (left & 1) != 0;
  for (;;) {
    if (left & 1) result = product(result, square);
    if ((left >>= 1) == 0) break;
    square = product(square, square);
    if (square.scale > 40'000'000'000 || square.scale < -40'000'000'000) break;  // out of range either way
  }
  std::int64_t scale = result.scale;
  if (left != 0) scale = square.scale;
  bool exact = result.exact;
  if (*n < 0) {
    const int lift = working + detail::digit_count(result.c);
    const detail::Division division = detail::divide(detail::power_of_ten(lift), result.c);
    result.c = division.quotient;
    exact = exact && division.remainder.is_zero();
    scale = lift - scale;
  }
  if (scale < -20'000) return std::nullopt;
  if (scale > 20'000) return Decimal();
  const auto out = Decimal::round_to_fit(negative, result.c, static_cast<int>(scale),
                                         !exact && detail::digit_count(result.c) >= 36);
  return out ? std::optional<Decimal>(out->normalised()) : out;
}

inline std::optional<Decimal> square_root(const Decimal& a) {
  if (a.is_zero()) return Decimal();
  if (a.is_negative()) return std::nullopt;
  // The whole root of the coefficient with as many zeros behind it as make a root of 36 digits. Newton's method from
  // above, with the root of the leading digits to begin with: it falls until it is there.
  const detail::Wide c = a.wide();
  int lift = 2 * (Decimal::max_digits + 2) - detail::digit_count(c);
  if ((a.scale_ + lift) % 2 != 0) --lift;
  const detail::Wide n = detail::multiply(c, detail::power_of_ten(lift));
  const detail::Wide leading = detail::divide(n, detail::power_of_ten(54)).quotient;  // 17 or 18 digits
  const auto above = static_cast<std::uint64_t>(std::sqrt(static_cast<double>(leading.low()))) + 2;
  detail::Wide x = detail::multiply(detail::Wide::of(0, above), detail::power_of_ten(27));
  bool exact = false;
  for (;;) {
    const detail::Division division = detail::divide(n, x);
    detail::Wide next = detail::add(division.quotient, x);
    next.divide_small(2);
    if (detail::compare(next, x) >= 0) {
      exact = division.remainder.is_zero() && detail::compare(division.quotient, x) == 0;
      break;
    }
    x = next;
  }
  const auto out = Decimal::round_to_fit(false, x, (a.scale_ + lift) / 2, !exact);
  return exact && out ? std::optional<Decimal>(out->normalised()) : out;
}

}  // namespace v0
}  // namespace aesop
