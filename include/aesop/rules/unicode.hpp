// UTF-8 and the character classes of FEEL names (DMN 1.5, grammar rules 27 to 30 and 64). For texts already known to
// be valid UTF-8; a broken byte counts as one character, so nothing ever reads past the end.
#pragma once

#include "aesop/base/text.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace rules {

// The character at `at`, which moves behind it.
inline char32_t next_char(std::string_view text, std::uint32_t& at) {
  if (static_cast<unsigned char>(text[at]) < 0x80) return static_cast<unsigned char>(text[at++]);
  const Decoded decoded = decode_utf8(text, at);
  at += decoded.size == 0 ? 1 : decoded.size;
  return decoded.size == 0 ? 0xFFFD : decoded.code_point;
}

// How many characters (code points) the text holds.
inline std::uint32_t count_chars(std::string_view text) {
  std::uint32_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

// The byte where character `index` (from 0) begins; the size of the text when there are not so many.
inline std::size_t byte_of_char(std::string_view text, uint64_t index) {
  std::size_t at = 0;
  while (at < text.size() && index > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    --index;
  }
  return at;
}

inline bool is_blank(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x200B) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

inline bool is_name_start(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '?';
  return (c >= 0xC0 && c <= 0xD6) || (c >= 0xD8 && c <= 0xF6) || (c >= 0xF8 && c <= 0x2FF) ||
         (c >= 0x370 && c <= 0x37D) || (c >= 0x37F && c <= 0x1FFF && c != 0x1680 && c != 0x180E) ||
         (c >= 0x200C && c <= 0x200D) || (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) ||
         (c >= 0x3001 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) ||
         (c >= 0xFDF0 && c <= 0xFFFC && c != 0xFEFF) || (c >= 0x10000 && c <= 0xEFFFF);
}

inline bool is_name_part(char32_t c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == 0xB7 || (c >= 0x300 && c <= 0x36F) ||
         (c >= 0x203F && c <= 0x2040);
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
