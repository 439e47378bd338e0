// Exact decimal numbers of 34 digits, half-even: FEEL's numbers (IEEE 754-2008 decimal128). Part value.
// Our own because Boost's cpp_dec_float hides digits and no decimal128 is in the standard library; measured
// in the benchmarks at about 2 ns in the small case. (1) The value is coefficient * 10^-scale. Small: the
// coefficient is an int64 in lo_ and big_ is false.
//     Big: magnitude (hi_, lo_) < 10^34 and sign in negative_.
// (2) A value that can be small with the scale at hand is small or big alike; comparison, printing and
//     hashing look through the form and through trailing zeros: 1.0 and 1.00 are one value.
// (3) Every operation gives the exact result rounded once to 34 digits, half-even, and nullopt where
// decimal128
//     would overflow (above 9.99E6144) or the result is not a number. Below 1E-6176 it rounds to that grid.
// Pure, no allocation; safe from any thread. Oracle: Python's decimal at precision 34.
#pragma once

#include "aesop/value/wide.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

/// How to round at a place.
enum class Rounding : std::uint8_t {
  half_even,
  half_up,    ///< away from zero at a tie
  half_down,  ///< towards zero at a tie
  up,         ///< away from zero
  down,       ///< towards zero
  floor,
  ceiling
};

class Decimal {
 public:
  static constexpr int max_digits = 34;
  static constexpr int max_scale = 6176;     ///< the finest place is 10^-6176
  static constexpr int max_exponent = 6144;  ///< the leading digit stands at 10^6144 at most

  constexpr Decimal() = default;
  constexpr Decimal(std::int64_t value) : lo_(static_cast<std::uint64_t>(value)) {}  // NOLINT: implicit
  constexpr Decimal(int value) : Decimal(std::int64_t{value}) {}                     // NOLINT: implicit

  /// coefficient * 10^-scale; scale within +-max_scale.
  static constexpr Decimal scaled(std::int64_t coefficient, std::int16_t scale) {
    Decimal out(coefficient);
    out.scale_ = scale;
    return out;
  }
  /// From a magnitude below 10^34, given as two words.
  static Decimal from_parts(bool negative, std::uint64_t hi, std::uint64_t lo, int scale);

  /// "-12", "0.5", ".5", "1e3", "1.5E-7"; a leading "+" is not accepted. More than 34 digits round half-even.
  /// nullopt for anything else and for numbers out of range.
  static std::optional<Decimal> parse(std::string_view text);

  // --- form -------------------------------------------------------------------------------------------
  constexpr bool is_small() const { return !big_; }
  constexpr std::int64_t small_coefficient() const { return static_cast<std::int64_t>(lo_); }
  constexpr int scale() const { return scale_; }
  constexpr std::uint64_t coefficient_high() const { return big_ ? hi_ : 0; }  ///< of the magnitude
  constexpr std::uint64_t coefficient_low() const { return big_ ? lo_ : magnitude_of(small_coefficient()); }

  constexpr bool is_zero() const { return lo_ == 0 && (!big_ || hi_ == 0); }
  constexpr bool is_negative() const { return big_ ? negative_ : small_coefficient() < 0; }
  /// -1, 0, 1.
  constexpr int sign() const { return is_zero() ? 0 : is_negative() ? -1 : 1; }
  /// No fraction.
  bool is_integer() const;
  /// The value as an int64 when it is one exactly.
  std::optional<std::int64_t> to_int64() const;
  /// Nearest double, for display and charts only.
  double to_double() const;
  /// Decimal digits of the normalised coefficient; 1 for zero.
  int digits() const;

  /// Without trailing zeros: the smallest scale; zero has scale 0. 1500 becomes 15 * 10^2.
  Decimal normalised() const;

  /// Canonical text: trailing zeros dropped, plain digits while the value lies between 10^-40 and 10^40, else
  /// scientific ("1.5E+50"). Also what canonical JSON and FEEL's string() print.
  std::string to_string() const;

  // --- arithmetic: exact, rounded once to 34 digits -----------------------------------------------------
  constexpr Decimal negated() const {
    Decimal out = *this;
    if (big_)
      out.negative_ = !negative_;
    else if (small_coefficient() == INT64_MIN)
      out.big_ = true, out.negative_ = false, out.hi_ = 0;  // the same bits are the magnitude
    else
      out.lo_ = ~lo_ + 1;
    return out;
  }
  constexpr Decimal absolute() const { return is_negative() ? negated() : *this; }

  friend std::optional<Decimal> add(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
  /// nullopt when b is zero.
  friend std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
  /// a - b * floor(a / b): the sign of b (FEEL's modulo). nullopt when b is zero.
  friend std::optional<Decimal> modulo(const Decimal& a, const Decimal& b);
  /// Exact power for an integer exponent within +-999,999,999, rounded once where the working precision
  /// suffices; other exponents by exp(b ln a). nullopt for 0 to a negative power, a negative base with a
  /// fractional exponent, and results out of range.
  friend std::optional<Decimal> power(const Decimal& base, const Decimal& exponent);
  /// The square root, rounded once like every other operation. nullopt of a negative number.
  friend std::optional<Decimal> square_root(const Decimal& a);
  /// Rounds to `places` decimal places (negative: tens, hundreds, ...). nullopt beyond the places of
  /// decimal128 (+6176, -6111).
  std::optional<Decimal> rounded(int places, Rounding mode = Rounding::half_even) const;

  /// -1, 0, 1.
  friend int compare(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return compare(a, b) == 0; }
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) { return compare(a, b) <=> 0; }

 private:
  static constexpr std::uint64_t magnitude_of(std::int64_t value) {
    return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
  }
  detail::Wide wide() const { return detail::Wide::of(coefficient_high(), coefficient_low()); }
  static std::optional<Decimal> round_to_fit(bool negative, detail::Wide coefficient, int scale, bool sticky);
  static std::optional<Decimal> add_wide(const Decimal& a, const Decimal& b);
  static std::optional<Decimal> multiply_wide(const Decimal& a, const Decimal& b);
  static std::optional<Decimal> divide_wide(const Decimal& a, const Decimal& b);
  static int compare_wide(const Decimal& a, const Decimal& b);

  std::uint64_t lo_ = 0;
  std::uint64_t hi_ = 0;
  std::int16_t scale_ = 0;
  bool negative_ = false;
  bool big_ = false;
};

// --- the small case, inline ------------------------------------------------------------------------------

namespace detail {
inline constexpr std::int64_t small_powers_of_ten[] = {1,
                                                       10,
                                                       100,
                                                       1'000,
                                                       10'000,
                                                       100'000,
                                                       1'000'000,
                                                       10'000'000,
                                                       100'000'000,
                                                       1'000'000'000,
                                                       10'000'000'000,
                                                       100'000'000'000,
                                                       1'000'000'000'000,
                                                       10'000'000'000'000,
                                                       100'000'000'000'000,
                                                       1'000'000'000'000'000,
                                                       10'000'000'000'000'000,
                                                       100'000'000'000'000'000,
                                                       1'000'000'000'000'000'000};

// True on overflow, like the compiler's builtins.
inline bool checked_add(std::int64_t a, std::int64_t b, std::int64_t& out) {
#if defined(__GNUC__)
  return __builtin_add_overflow(a, b, &out);
#else
  if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b) return true;
  out = a + b;
  return false;
#endif
}
inline bool checked_multiply(std::int64_t a, std::int64_t b, std::int64_t& out) {
#if defined(__GNUC__)
  return __builtin_mul_overflow(a, b, &out);
#else
  if (a != 0 && b != 0) {
    if (a > 0 ? (b > 0 ? a > INT64_MAX / b : b < INT64_MIN / a)
              : (b > 0 ? a < INT64_MIN / b : a < INT64_MAX / b))
      return true;
  }
  out = a * b;
  return false;
#endif
}

inline constexpr int small_scale_least = -6000;  // a small coefficient cannot overflow decimal128 above this
}  // namespace detail

std::optional<Decimal> add(const Decimal& a, const Decimal& b);
std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
std::optional<Decimal> modulo(const Decimal& a, const Decimal& b);
std::optional<Decimal> power(const Decimal& base, const Decimal& exponent);
std::optional<Decimal> square_root(const Decimal& a);
int compare(const Decimal& a, const Decimal& b);

inline int compare(const Decimal& a, const Decimal& b) {
  if (!a.big_ && !b.big_) {
    std::int64_t x = a.small_coefficient();
    std::int64_t y = b.small_coefficient();
    const int gap = a.scale_ - b.scale_;
    if (gap == 0) return x < y ? -1 : x > y ? 1 : 0;
    if (gap > 0 && gap <= 18 && !detail::checked_multiply(y, detail::small_powers_of_ten[gap], y))
      return x < y ? -1 : x > y ? 1 : 0;
    if (gap < 0 && gap >= -18 && !detail::checked_multiply(x, detail::small_powers_of_ten[-gap], x))
      return x < y ? -1 : x > y ? 1 : 0;
  }
  return Decimal::compare_wide(a, b);
}

inline std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
  if (!a.big_ && !b.big_) {
    std::int64_t x = a.small_coefficient();
    std::int64_t y = b.small_coefficient();
    const int gap = a.scale_ - b.scale_;
    bool over = gap > 18 || gap < -18;
    if (!over && gap > 0) over = detail::checked_multiply(y, detail::small_powers_of_ten[gap], y);
    if (!over && gap < 0) over = detail::checked_multiply(x, detail::small_powers_of_ten[-gap], x);
    std::int64_t sum;
    const std::int16_t scale = gap > 0 ? a.scale_ : b.scale_;
    if (!over && scale >= detail::small_scale_least && !detail::checked_add(x, y, sum))
      return Decimal::scaled(sum, scale);
  }
  return Decimal::add_wide(a, b);
}

inline std::optional<Decimal> subtract(const Decimal& a, const Decimal& b) { return add(a, b.negated()); }

inline std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) {
  if (!a.big_ && !b.big_) {
    std::int64_t product;
    const int scale = a.scale_ + b.scale_;
    if (!detail::checked_multiply(a.small_coefficient(), b.small_coefficient(), product) &&
        scale <= Decimal::max_scale && scale >= detail::small_scale_least)
      return Decimal::scaled(product, static_cast<std::int16_t>(scale));
  }
  return Decimal::multiply_wide(a, b);
}

inline std::optional<Decimal> divide(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) return std::nullopt;
  if (!a.big_ && !b.big_) {
    const std::int64_t x = a.small_coefficient();
    const std::int64_t y = b.small_coefficient();
    const int scale = a.scale_ - b.scale_;
    if (y != -1 && x % y == 0 && scale <= Decimal::max_scale && scale >= detail::small_scale_least)
      return Decimal::scaled(x / y, static_cast<std::int16_t>(scale));
  }
  return Decimal::divide_wide(a, b);
}

}  // namespace v0
}  // namespace aesop

#include "aesop/value/decimal_inline.hpp"
