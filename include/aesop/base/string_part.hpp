// Where a part of a decoded JSON string stands in its file: part_of, which counts escapes. Part base. Pure.
#pragma once

#include "aesop/base/source.hpp"
#include "aesop/base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace detail {

/// The bytes of a part [begin, end) of the decoded text of a string whose raw text is at `raw` (without quotes).
inline SourceRange part_of(const SourceText& source, SourceRange raw, std::size_t begin, std::size_t end) {
  const std::string_view text = source.text;
  std::size_t at = raw.begin;
  std::size_t decoded = 0;
  const std::size_t stop = std::min<std::size_t>(raw.end, text.size());
  const auto advance = [&](std::size_t to) {
    while (at < stop && decoded < to) {
      if (text[at] != '\\') {
        ++at, ++decoded;
        continue;
      }
      if (at + 1 < stop && text[at + 1] == 'u') {
        std::uint32_t point = 0;
        for (std::size_t i = at + 2; i < at + 6 && i < stop; ++i) {
          const char c = text[i];
          point = point * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10);
        }
        at += 6;
        decoded += point < 0x80 ? 1 : point < 0x800 ? 2 : point >= 0xD800 && point < 0xE000 ? 2 : 3;
      } else {
        at += 2;
        ++decoded;
      }
    }
    return static_cast<std::uint32_t>(std::min(at, stop));
  };
  const std::uint32_t first = advance(begin);
  return {first, advance(end)};
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
