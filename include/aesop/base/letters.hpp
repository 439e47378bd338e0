// Upper and lower case without tables of others: ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic, one
// code point to one code point. Part base; the default LetterPort.
#pragma once

#include "aesop/base/ports.hpp"
#include "aesop/base/text.hpp"

#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

constexpr char32_t upper_letter(char32_t c) {
  if (c >= 'a' && c <= 'z') return c - 32;
  if (c < 0x80) return c;
  if (c == 0xB5) return 0x39C;
  if (c == 0xFF) return 0x178;
  if ((c >= 0xE0 && c <= 0xFE && c != 0xF7)) return c - 32;
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) return c == 0x131 ? U'I' : c & ~char32_t{1};
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return (c & 1) == 0 ? c - 1 : c;
  if (c == 0x17F) return U'S';
  if (c >= 0x3B1 && c <= 0x3CB) return c == 0x3C2 ? 0x3A3 : c - 32;
  if (c == 0x3AC) return 0x386;
  if (c >= 0x3AD && c <= 0x3AF) return c - 37;
  if (c == 0x3CC) return 0x38C;
  if (c == 0x3CD || c == 0x3CE) return c - 63;
  if (c >= 0x430 && c <= 0x44F) return c - 32;
  if (c >= 0x450 && c <= 0x45F) return c - 80;
  if (c >= 0x460 && c <= 0x481) return c & ~char32_t{1};
  if (c >= 0x48A && c <= 0x4BF) return c & ~char32_t{1};
  if (c >= 0x1E00 && c <= 0x1E95) return c & ~char32_t{1};
  if (c >= 0x1EA0 && c <= 0x1EFF) return c & ~char32_t{1};
  return c;
}

constexpr char32_t lower_letter(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c < 0x80) return c;
  if (c == 0x178) return 0xFF;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
  if (c == 0x130) return U'i';
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) return c == 0x131 ? c : c | 1;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return (c & 1) == 1 ? c + 1 : c;
  if (c >= 0x391 && c <= 0x3AB) return c == 0x3A2 ? c : c + 32;
  if (c == 0x386) return 0x3AC;
  if (c >= 0x388 && c <= 0x38A) return c + 37;
  if (c == 0x38C) return 0x3CC;
  if (c == 0x38E || c == 0x38F) return c + 63;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c >= 0x460 && c <= 0x481) return c | 1;
  if (c >= 0x48A && c <= 0x4BF) return c | 1;
  if (c >= 0x1E00 && c <= 0x1E95) return c | 1;
  if (c == 0x1E9E) return 0xDF;
  if (c >= 0x1EA0 && c <= 0x1EFF) return c | 1;
  return c;
}

/// One letter to one letter, except that the German sharp s becomes SS. Bad UTF-8 is kept as it is.
class SimpleLetters final : public LetterPort {
 public:
  std::string upper(std::string_view text) const override { return map(text, true); }
  std::string lower(std::string_view text) const override { return map(text, false); }

 private:
  static std::string map(std::string_view text, bool up) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
      const Decoded decoded = decode_utf8(text, i);
      if (decoded.size == 0) {
        out.push_back(text[i++]);
        continue;
      }
      if (up && decoded.code_point == 0xDF)
        out += "SS";
      else
        append_utf8(out, up ? upper_letter(decoded.code_point) : lower_letter(decoded.code_point));
      i += decoded.size;
    }
    return out;
  }
};

inline const LetterPort& simple_letters() {
  static const SimpleLetters letters;
  return letters;
}

}  // namespace v0
}  // namespace aesop
