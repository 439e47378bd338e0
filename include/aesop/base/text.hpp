// Small text tools: concatenation, UTF-8, spelling distance, splitting. Part base; depends on nothing.
// Pure functions, no locale, safe from any thread. Letters here are ASCII letters; the LetterPort knows more.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

namespace detail {
inline void append_piece(std::string& out, std::string_view piece) { out.append(piece); }
inline void append_piece(std::string& out, const char* piece) { out.append(piece); }
inline void append_piece(std::string& out, const std::string& piece) { out.append(piece); }
inline void append_piece(std::string& out, char piece) { out.push_back(piece); }
template <std::integral T>
requires(!std::same_as<T, char> && !std::same_as<T, bool>) void append_piece(std::string& out, T piece) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, piece).ptr;
  out.append(buffer, end);
}
}  // namespace detail

/// Appends strings, characters and integers to `out`.
template <class... Pieces>
void append(std::string& out, const Pieces&... pieces) {
  (detail::append_piece(out, pieces), ...);
}

/// Joins strings, characters and integers: cat("line ", 12, ':').
template <class... Pieces>
std::string cat(const Pieces&... pieces) {
  std::string out;
  append(out, pieces...);
  return out;
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// Without leading and trailing blanks, tabs and line ends.
constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// The pieces between separators; n separators give n + 1 pieces, empty ones included.
inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = text.find(separator, begin);
    if (end == std::string_view::npos) break;
    pieces.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  pieces.push_back(text.substr(begin));
  return pieces;
}

/// Pieces with a separator between them: join({"a", "b"}, ", ").
template <class Pieces>
std::string join(const Pieces& pieces, std::string_view separator) {
  std::string out;
  bool first = true;
  for (const auto& piece : pieces) {
    if (!first) out.append(separator);
    first = false;
    detail::append_piece(out, piece);
  }
  return out;
}

/// A whole decimal integer and nothing else ("+" is not accepted); nullopt on anything else or overflow.
template <std::integral T = std::int64_t>
std::optional<T> parse_integer(std::string_view text) {
  T value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

// --- UTF-8 ---------------------------------------------------------------------------------------------

/// One decoded code point and how many bytes it took; size 0 says the bytes are not valid UTF-8.
struct Decoded {
  char32_t code_point = 0;
  std::uint32_t size = 0;
};

/// Decodes the code point at `offset`: shortest form only, no surrogates, nothing above U+10FFFF.
constexpr Decoded decode_utf8(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(offset);
  if (lead < 0x80) return {lead, 1};
  std::uint32_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - offset < size) return {};
  char32_t point = lead & (0xFFu >> (size + 1));
  for (std::uint32_t i = 1; i < size; ++i) {
    const unsigned char next = byte(offset + i);
    if ((next & 0xC0) != 0x80) return {};
    point = (point << 6) | (next & 0x3Fu);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (point < least[size] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return {};
  return {point, size};
}

/// Offset of the first byte that is not valid UTF-8; nullopt when all of it is.
constexpr std::optional<std::size_t> find_bad_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const Decoded decoded = decode_utf8(text, i);
    if (decoded.size == 0) return i;
    i += decoded.size;
  }
  return std::nullopt;
}

constexpr bool is_utf8(std::string_view text) { return !find_bad_utf8(text); }

/// Appends a code point. A surrogate or a number above U+10FFFF becomes U+FFFD.
inline void append_utf8(std::string& out, char32_t point) {
  if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) point = 0xFFFD;
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

/// Number of code points; a byte that is no part of valid UTF-8 counts as one.
constexpr std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) {
    const Decoded decoded = decode_utf8(text, i);
    i += decoded.size == 0 ? 1 : decoded.size;
  }
  return count;
}

/// Columns that text takes on a terminal: two for wide letters (Chinese, Japanese, Korean, most emoji), none for
/// marks that stand over others.
constexpr std::size_t count_columns(std::string_view text) {
  struct Block {
    std::uint32_t first, last, columns;
  };
  constexpr Block blocks[] = {{0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},   {0x1AB0, 0x1AFF, 0},
                              {0x200B, 0x200D, 0},   {0x20D0, 0x20FF, 0},   {0x2E80, 0x303E, 2},
                              {0x3041, 0x4DBF, 2},   {0x4E00, 0xA4CF, 2},   {0xA960, 0xA97F, 2},
                              {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},
                              {0xFE20, 0xFE2F, 0},   {0xFE30, 0xFE6F, 2},   {0xFF00, 0xFF60, 2},
                              {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1F64F, 2}, {0x1F680, 0x1F6FF, 2},
                              {0x1F900, 0x1F9FF, 2}, {0x1FA70, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2}};
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = decode_utf8(text, i);
    i += decoded.size == 0 ? 1 : decoded.size;
    std::uint32_t width = 1;
    for (const Block& block : blocks)
      if (decoded.size != 0 && decoded.code_point >= block.first && decoded.code_point <= block.last)
        width = block.columns;
    columns += width;
  }
  return columns;
}

/// Text of others made safe for a message or a terminal: control characters, direction overrides and bad
/// UTF-8 are written as escapes, and the result is cut (with "...") after `limit` bytes.
inline std::string printable(std::string_view text, std::size_t limit = 200) {
  constexpr char hex[] = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (out.size() >= limit) {
      out += "...";
      break;
    }
    const Decoded decoded = decode_utf8(text, i);
    const char32_t point = decoded.code_point;
    if (decoded.size == 0) {
      const auto byte = static_cast<unsigned char>(text[i]);
      append(out, "\\x", hex[byte >> 4], hex[byte & 15]);
      ++i;
      continue;
    }
    if (point == '\n') {
      out += "\\n";
    } else if (point == '\t') {
      out += "\\t";
    } else if (point == '\r') {
      out += "\\r";
    } else if (point < 0x20 || (point >= 0x7F && point < 0xA0)) {
      append(out, "\\x", hex[(point >> 4) & 15], hex[point & 15]);
    } else if (point == 0x061C || (point >= 0x200B && point <= 0x200F) ||
               (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x2069) ||
               point == 0xFEFF) {
      append(out, "\\u", hex[(point >> 12) & 15], hex[(point >> 8) & 15], hex[(point >> 4) & 15],
             hex[point & 15]);
    } else {
      out.append(text.substr(i, decoded.size));
    }
    i += decoded.size;
  }
  return out;
}

// --- spelling ------------------------------------------------------------------------------------------

/// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other, by bytes,
/// without regard to ASCII case. Words over 64 bytes are compared by equality only (0 or 65).
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  constexpr std::size_t limit = 64;
  if (a.size() > limit || b.size() > limit) return a == b ? 0 : limit + 1;
  std::size_t rows[3][limit + 1] = {};
  std::size_t* before = rows[0];
  std::size_t* last = rows[1];
  std::size_t* row = rows[2];
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = to_lower(a[i - 1]) == to_lower(b[j - 1]);
      std::size_t best = last[j - 1] + (same ? 0 : 1);
      if (last[j] + 1 < best) best = last[j] + 1;
      if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
      if (i > 1 && j > 1 && to_lower(a[i - 1]) == to_lower(b[j - 2]) &&
          to_lower(a[i - 2]) == to_lower(b[j - 1]) && before[j - 2] + 1 < best)
        best = before[j - 2] + 1;
      row[j] = best;
    }
    std::size_t* free = before;
    before = last;
    last = row;
    row = free;
  }
  return last[b.size()];
}

/// The candidate nearest to `name`, if near enough to be a slip (a third of its length, at least one edit,
/// at most three); the first of equals. `candidates` is any range of things convertible to string_view.
template <class Candidates>
std::optional<std::string> did_you_mean(std::string_view name, const Candidates& candidates) {
  std::size_t best = name.size() / 3;
  if (best < 1) best = 1;
  if (best > 3) best = 3;
  ++best;
  std::optional<std::string> found;
  for (const auto& candidate : candidates) {
    const std::string_view word(candidate);
    const std::size_t distance = edit_distance(name, word);
    if (distance < best && distance < word.size()) {
      best = distance;
      found = std::string(word);
    }
  }
  return found;
}

}  // namespace v0
}  // namespace aesop
