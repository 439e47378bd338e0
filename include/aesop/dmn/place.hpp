// Where a place of a decoded text stands in the file it was read from. Part dmn.
// XML writes `a < 5` as `a &lt; 5`: an offset into what was read is not an offset into what was written.
#pragma once

#include "aesop/base/source.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace dmn {

/// How many bytes at the front of a raw text are one reference or line end, and how many bytes it decodes to; 1 and 1
/// for a plain byte.
struct RawStep {
  std::uint32_t raw = 1;
  std::uint32_t decoded = 1;
};
inline RawStep raw_step(std::string_view raw) {
  if (raw.starts_with("\r\n")) return {2, 1};
  if (raw[0] != '&') return {};
  const std::size_t end = raw.substr(0, 16).find(';');
  if (end == std::string_view::npos) return {};
  std::uint32_t decoded = 1;
  if (raw[1] == '#') {
    std::uint32_t code = 0;
    const bool hex = raw.size() > 2 && raw[2] == 'x';
    for (const char c : raw.substr(hex ? 3 : 2, end - (hex ? 3 : 2)))
      code = code * (hex ? 16 : 10) + static_cast<std::uint32_t>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    decoded = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return {static_cast<std::uint32_t>(end + 1), decoded};
}

/// The range of the file that holds [in.begin, in.end) of the decoded text whose raw form is `raw`.
inline SourceRange place(std::string_view file, SourceRange raw, SourceRange in) {
  if (raw.end > file.size() || raw.begin >= raw.end) return raw;
  const bool escaped = !file.substr(0, raw.begin).ends_with("<![CDATA[");
  std::uint32_t at = raw.begin, decoded = 0;
  SourceRange out{raw.end, raw.end};
  bool begun = false;
  while (at < raw.end) {
    if (!begun && decoded >= in.begin) {
      out.begin = at;
      begun = true;
    }
    if (decoded >= in.end) {
      out.end = at;
      break;
    }
    const std::string_view rest = file.substr(at, raw.end - at);
    const RawStep step = escaped || rest.starts_with("\r\n") ? raw_step(rest) : RawStep{};
    at += step.raw;
    decoded += step.decoded;
  }
  out.end = std::max(out.begin, out.end);
  return out;
}

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
