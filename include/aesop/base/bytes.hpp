// Bytes in and out: a writer, a bounds-checked reader, hexadecimal and base64. Part base; depends on nothing.
// The formats of events, states and log records stand on this, so it never changes what it writes:
// (1) integers are big-endian; (2) a varint is LEB128, 7 bits a byte, low first, shortest form only;
// (3) a text or blob is its length as a varint, then its bytes; (4) a signed varint is zigzag.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace aesop {
inline namespace v0 {

using Hash = std::array<std::uint8_t, 32>;  ///< a SHA-256

class ByteWriter {
 public:
  void u8(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void u16(std::uint16_t value) { big_endian(value, 2); }
  void u32(std::uint32_t value) { big_endian(value, 4); }
  void u64(std::uint64_t value) { big_endian(value, 8); }
  void i64(std::int64_t value) { u64(static_cast<std::uint64_t>(value)); }
  void boolean(bool value) { u8(value ? 1 : 0); }
  void varint(std::uint64_t value) {
    while (value >= 0x80) {
      u8(static_cast<std::uint8_t>(value | 0x80));
      value >>= 7;
    }
    u8(static_cast<std::uint8_t>(value));
  }
  void signed_varint(std::int64_t value) {
    varint((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void text(std::string_view value) {
    varint(value.size());
    raw(value);
  }
  void raw(std::string_view value) { bytes_.append(value); }
  void raw(std::span<const std::uint8_t> value) {
    bytes_.append(reinterpret_cast<const char*>(value.data()), value.size());
  }

  std::size_t size() const { return bytes_.size(); }
  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::exchange(bytes_, {}); }
  void reserve(std::size_t size) { bytes_.reserve(size); }
  void clear() { bytes_.clear(); }

 private:
  void big_endian(std::uint64_t value, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) u8(static_cast<std::uint8_t>(value >> shift));
  }
  std::string bytes_;
};

/// Reads what ByteWriter wrote. Reading past the end, or something malformed, gives zero or nothing and sets
/// failed() for good: read a whole record, then ask once. Views point into the bytes given.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  explicit ByteReader(std::span<const std::uint8_t> bytes)
      : bytes_(reinterpret_cast<const char*>(bytes.data()), bytes.size()) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(big_endian(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(big_endian(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(big_endian(4)); }
  std::uint64_t u64() { return big_endian(8); }
  std::int64_t i64() { return static_cast<std::int64_t>(u64()); }
  bool boolean() {
    const std::uint8_t byte = u8();
    if (byte > 1) fail();
    return byte == 1;
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::uint8_t byte = u8();
      if (failed_) return 0;
      const std::uint64_t bits = byte & 0x7Fu;
      if ((shift == 63 && bits > 1) || (shift > 0 && byte == 0)) break;
      value |= bits << shift;
      if ((byte & 0x80) == 0) return value;
    }
    fail();
    return 0;
  }
  std::int64_t signed_varint() {
    const std::uint64_t value = varint();
    return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
  }
  std::string_view text() {
    const std::uint64_t size = varint();
    if (size > remaining()) {
      fail();
      return {};
    }
    return raw(static_cast<std::size_t>(size));
  }
  std::string string() { return std::string(text()); }
  std::string_view raw(std::size_t size) {
    if (size > remaining()) {
      fail();
      return {};
    }
    const std::string_view piece = bytes_.substr(at_, size);
    at_ += size;
    return piece;
  }
  Hash hash() {
    Hash value{};
    const std::string_view piece = raw(value.size());
    if (!failed_) std::memcpy(value.data(), piece.data(), value.size());
    return value;
  }

  /// A count of things to follow, each of at least one byte: more than remain is a failure, so that a
  /// corrupt count never makes the reader allocate.
  std::size_t count() {
    const std::uint64_t value = varint();
    if (value > remaining()) {
      fail();
      return 0;
    }
    return static_cast<std::size_t>(value);
  }

  std::size_t remaining() const { return bytes_.size() - at_; }
  std::size_t offset() const { return at_; }
  bool failed() const { return failed_; }
  /// Everything was read and nothing failed.
  bool done() const { return !failed_ && at_ == bytes_.size(); }
  /// For callers that find something malformed themselves.
  void fail() {
    failed_ = true;
    at_ = bytes_.size();
  }

 private:
  std::uint64_t big_endian(std::size_t size) {
    if (size > remaining()) {
      fail();
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = (value << 8) | static_cast<unsigned char>(bytes_[at_ + i]);
    at_ += size;
    return value;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

inline std::string_view as_view(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lower-case hexadecimal.
inline std::string to_hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(digits[byte >> 4]);
    out.push_back(digits[byte & 15]);
  }
  return out;
}
inline std::string to_hex(const Hash& hash) { return to_hex(as_view(hash)); }

/// Bytes of hexadecimal text of either case; nullopt for anything else.
inline std::optional<std::string> from_hex(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  if (text.size() % 2 != 0) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]);
    const int low = digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
  }
  return out;
}

inline std::optional<Hash> hash_from_hex(std::string_view text) {
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() != 32) return std::nullopt;
  Hash hash{};
  std::memcpy(hash.data(), bytes->data(), hash.size());
  return hash;
}

/// Base64 with padding (RFC 4648, section 4).
inline std::string to_base64(std::string_view bytes) {
  constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    const std::size_t size = bytes.size() - i < 3 ? bytes.size() - i : 3;
    for (std::size_t k = 0; k < 3; ++k)
      bits = (bits << 8) | (k < size ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) out.push_back(k <= size ? digits[(bits >> (18 - 6 * k)) & 63] : '=');
  }
  return out;
}

/// Strict: whole groups of four, padding where it belongs, unused bits zero.
inline std::optional<std::string> from_base64(std::string_view text) {
  const auto digit = [](char c) {
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+'             ? 62
           : c == '/'             ? 63
                                  : -1;
  };
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    std::size_t padding = 0;
    if (i + 4 == text.size()) padding = text[i + 3] != '=' ? 0 : text[i + 2] != '=' ? 1 : 2;
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const int value = k < 4 - padding ? digit(text[i + k]) : 0;
      if (value < 0) return std::nullopt;
      bits = (bits << 6) | static_cast<std::uint32_t>(value);
    }
    if ((padding == 1 && (bits & 0xFF) != 0) || (padding == 2 && (bits & 0xFFFF) != 0)) return std::nullopt;
    for (std::size_t k = 0; k < 3 - padding; ++k)
      out.push_back(static_cast<char>((bits >> (16 - 8 * k)) & 0xFF));
  }
  return out;
}

}  // namespace v0
}  // namespace aesop
