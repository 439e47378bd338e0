// Unsigned integers of up to 640 bits for the slow paths of Decimal. Part value, private.
// Portable limbs of 32 bits (no 128-bit integers, which MSVC lacks); schoolbook arithmetic, division by
// Knuth's algorithm D (TAOCP 2, 4.3.1). Limbs above size are not read. (1) No leading zero limb; zero has
// size 0.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace aesop {
inline namespace v0 {
namespace detail {

struct Wide {
  static constexpr int capacity = 20;
  int size = 0;
  std::uint32_t limb[capacity] = {};

  static constexpr Wide of(std::uint64_t hi, std::uint64_t lo) {
    Wide out;
    out.limb[0] = static_cast<std::uint32_t>(lo);
    out.limb[1] = static_cast<std::uint32_t>(lo >> 32);
    out.limb[2] = static_cast<std::uint32_t>(hi);
    out.limb[3] = static_cast<std::uint32_t>(hi >> 32);
    out.size = 4;
    out.trim();
    return out;
  }
  constexpr std::uint64_t low() const { return word(0); }
  constexpr std::uint64_t high() const { return word(2); }
  constexpr bool is_zero() const { return size == 0; }
  constexpr bool is_odd() const { return size > 0 && (limb[0] & 1) != 0; }
  constexpr int bits() const { return size == 0 ? 0 : 32 * size - std::countl_zero(limb[size - 1]); }

  constexpr void trim() {
    while (size > 0 && limb[size - 1] == 0) --size;
  }
  constexpr void multiply_add(std::uint32_t factor, std::uint32_t addend) {
    std::uint64_t carry = addend;
    for (int i = 0; i < size; ++i) {
      carry += std::uint64_t{limb[i]} * factor;
      limb[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) limb[size++] = static_cast<std::uint32_t>(carry);
  }
  /// Divides by one limb and gives the remainder.
  constexpr std::uint32_t divide_small(std::uint32_t divisor) {
    std::uint64_t rest = 0;
    for (int i = size - 1; i >= 0; --i) {
      rest = (rest << 32) | limb[i];
      limb[i] = static_cast<std::uint32_t>(rest / divisor);
      rest %= divisor;
    }
    trim();
    return static_cast<std::uint32_t>(rest);
  }
  constexpr void increment() {
    for (int i = 0; i < size; ++i)
      if (++limb[i] != 0) return;
    limb[size++] = 1;
  }

 private:
  constexpr std::uint64_t word(int i) const {
    const std::uint64_t low = i < size ? limb[i] : 0;
    const std::uint64_t high = i + 1 < size ? limb[i + 1] : 0;
    return low | (high << 32);
  }
};

constexpr int compare(const Wide& a, const Wide& b) {
  if (a.size != b.size) return a.size < b.size ? -1 : 1;
  for (int i = a.size - 1; i >= 0; --i)
    if (a.limb[i] != b.limb[i]) return a.limb[i] < b.limb[i] ? -1 : 1;
  return 0;
}

constexpr Wide add(const Wide& a, const Wide& b) {
  const Wide& longer = a.size >= b.size ? a : b;
  const Wide& shorter = a.size >= b.size ? b : a;
  Wide out;
  std::uint64_t carry = 0;
  for (int i = 0; i < longer.size; ++i) {
    carry += std::uint64_t{longer.limb[i]} + (i < shorter.size ? shorter.limb[i] : 0);
    out.limb[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  out.size = longer.size;
  if (carry != 0) out.limb[out.size++] = 1;
  return out;
}

/// a - b for a >= b.
constexpr Wide subtract(const Wide& a, const Wide& b) {
  Wide out;
  std::int64_t borrow = 0;
  for (int i = 0; i < a.size; ++i) {
    std::int64_t difference = std::int64_t{a.limb[i]} - (i < b.size ? b.limb[i] : 0) + borrow;
    borrow = difference < 0 ? -1 : 0;
    out.limb[i] = static_cast<std::uint32_t>(difference);
  }
  out.size = a.size;
  out.trim();
  return out;
}

constexpr Wide multiply(const Wide& a, const Wide& b) {
  Wide out;
  if (a.size == 0 || b.size == 0) return out;
  for (int i = 0; i < a.size; ++i) {
    std::uint64_t carry = 0;
    for (int j = 0; j < b.size; ++j) {
      carry += std::uint64_t{a.limb[i]} * b.limb[j] + out.limb[i + j];
      out.limb[i + j] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    out.limb[i + b.size] = static_cast<std::uint32_t>(carry);
  }
  out.size = a.size + b.size;
  out.trim();
  return out;
}

struct Division {
  Wide quotient;
  Wide remainder;
};

/// a / b for b > 0.
constexpr Division divide(const Wide& a, const Wide& b) {
  Division out;
  if (compare(a, b) < 0) {
    out.remainder = a;
    return out;
  }
  if (b.size == 1) {
    out.quotient = a;
    const std::uint32_t rest = out.quotient.divide_small(b.limb[0]);
    if (rest != 0) out.remainder.limb[0] = rest, out.remainder.size = 1;
    return out;
  }
  const int shift = std::countl_zero(b.limb[b.size - 1]);
  const int n = b.size;
  const int m = a.size - n;
  std::uint32_t u[Wide::capacity + 1] = {};
  std::uint32_t v[Wide::capacity] = {};
  const auto shifted = [shift](std::uint32_t high, std::uint32_t low) {
    return static_cast<std::uint32_t>(((std::uint64_t{high} << 32 | low) << shift) >> 32);
  };
  for (int i = n - 1; i > 0; --i) v[i] = shifted(b.limb[i], b.limb[i - 1]);
  v[0] = b.limb[0] << shift;
  u[a.size] = shifted(0, a.limb[a.size - 1]);
  for (int i = a.size - 1; i > 0; --i) u[i] = shifted(a.limb[i], a.limb[i - 1]);
  u[0] = a.limb[0] << shift;
  for (int j = m; j >= 0; --j) {
    const std::uint64_t top = std::uint64_t{u[j + n]} << 32 | u[j + n - 1];
    std::uint64_t guess = top / v[n - 1];
    std::uint64_t rest = top % v[n - 1];
    while (guess >> 32 != 0 || guess * v[n - 2] > (rest << 32 | u[j + n - 2])) {
      --guess;
      rest += v[n - 1];
      if (rest >> 32 != 0) break;
    }
    std::int64_t borrow = 0;
    std::uint64_t carry = 0;
    for (int i = 0; i < n; ++i) {
      carry += guess * v[i];
      const std::int64_t difference = std::int64_t{u[i + j]} - static_cast<std::uint32_t>(carry) + borrow;
      u[i + j] = static_cast<std::uint32_t>(difference);
      borrow = difference < 0 ? -1 : 0;
      carry >>= 32;
    }
    const std::int64_t difference = std::int64_t{u[j + n]} - static_cast<std::int64_t>(carry) + borrow;
    u[j + n] = static_cast<std::uint32_t>(difference);
    if (difference < 0) {  // the guess was one too large: add the divisor back
      --guess;
      std::uint64_t back = 0;
      for (int i = 0; i < n; ++i) {
        back += std::uint64_t{u[i + j]} + v[i];
        u[i + j] = static_cast<std::uint32_t>(back);
        back >>= 32;
      }
      u[j + n] += static_cast<std::uint32_t>(back);
    }
    out.quotient.limb[j] = static_cast<std::uint32_t>(guess);
  }
  out.quotient.size = m + 1;
  out.quotient.trim();
  for (int i = 0; i < n; ++i)
    out.remainder.limb[i] = static_cast<std::uint32_t>((std::uint64_t{u[i + 1]} << 32 | u[i]) >> shift);
  out.remainder.size = n;
  out.remainder.trim();
  return out;
}

inline constexpr int max_power_of_ten = 96;

inline constexpr auto powers_of_ten = [] {
  std::array<Wide, max_power_of_ten + 1> table;
  table[0] = Wide::of(0, 1);
  for (int i = 1; i <= max_power_of_ten; ++i) {
    table[static_cast<std::size_t>(i)] = table[static_cast<std::size_t>(i - 1)];
    table[static_cast<std::size_t>(i)].multiply_add(10, 0);
  }
  return table;
}();

/// 10^exponent for 0 <= exponent <= max_power_of_ten.
constexpr const Wide& power_of_ten(int exponent) { return powers_of_ten[static_cast<std::size_t>(exponent)]; }

/// Decimal digits; 0 for zero. For numbers below 10^max_power_of_ten.
constexpr int digit_count(const Wide& value) {
  const int bits = value.bits();
  if (bits == 0) return 0;
  const int guess = ((bits - 1) * 1233) >> 12;  // floor((bits-1) log10 2), exact below 10^96
  return compare(value, power_of_ten(guess)) < 0       ? guess
         : compare(value, power_of_ten(guess + 1)) < 0 ? guess + 1
                                                       : guess + 2;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
