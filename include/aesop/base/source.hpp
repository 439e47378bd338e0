// Places in a text and how a problem there is shown. Part base; uses text.
// A SourceText is immutable after construction and safe to read from any thread.
#pragma once

#include "aesop/base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Byte offsets [begin, end) into a text. The default, 0..0, means "no place known".
struct SourceRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const SourceRange&, const SourceRange&) = default;
};

/// Line and column, both from 1; the column counts code points.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend bool operator==(const Position&, const Position&) = default;
};

/// A named text with an index of its lines.
class SourceText {
 public:
  SourceText() : SourceText({}, {}) {}
  SourceText(std::string name, std::string text) : name(std::move(name)), text(std::move(text)) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < this->text.size(); ++i)
      if (this->text[i] == '\n') starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }

  std::string name;  ///< file name as the user knows it; not to be changed after construction
  std::string text;  ///< not to be changed after construction

  /// Where a byte offset is; an offset behind the end is the end.
  Position position(std::uint32_t offset) const {
    offset = std::min(offset, static_cast<std::uint32_t>(text.size()));
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const auto line = static_cast<std::uint32_t>(after - starts_.begin());
    const std::uint32_t start = starts_[line - 1];
    const std::string_view before = std::string_view(text).substr(start, offset - start);
    return {line, static_cast<std::uint32_t>(count_code_points(before) + 1)};
  }

  std::uint32_t line_count() const { return static_cast<std::uint32_t>(starts_.size()); }

  /// A line without its end; lines count from 1. Empty off the end.
  std::string_view line(std::uint32_t number) const {
    if (number == 0 || number > starts_.size()) return {};
    const std::size_t begin = starts_[number - 1];
    std::size_t end = number < starts_.size() ? starts_[number] - 1 : text.size();
    if (end > begin && text[end - 1] == '\r') --end;
    return std::string_view(text).substr(begin, end - begin);
  }

  /// A problem shown the way rustc does:
  ///     error[unknown-name]: no step is called "chekc"
  ///       --> claims.sop.json:12:9
  ///        |
  ///     12 |   "go": "chekc"
  ///        |         ^^^^^^^
  ///        = help: did you mean "check"?
  /// `severity` is "error", "warning" or "note"; an empty `help` or `code` is left out. Ends with a newline.
  std::string render(SourceRange range, std::string_view code, std::string_view severity,
                     std::string_view message, std::string_view help = {}) const {
    constexpr std::size_t width = 160;  // of the source shown; longer lines are cut around the caret
    const Position at = position(range.begin);
    const std::string number = cat(at.line);
    const std::string margin(number.size() + 1, ' ');
    std::string out;
    if (code.empty())
      append(out, severity, ": ", message, '\n');
    else
      append(out, severity, '[', code, "]: ", message, '\n');
    append(out, margin.substr(1), "--> ", name, ':', at.line, ':', at.column, '\n');
    append(out, margin, "|\n");
    const std::string_view whole = line(at.line);
    const std::size_t start = starts_[at.line - 1];
    std::size_t caret =
        std::min<std::size_t>(range.begin - std::min<std::size_t>(start, range.begin), whole.size());
    std::size_t length = range.end > range.begin ? range.end - range.begin : 1;
    std::size_t cut = 0;
    if (whole.size() > width && caret > width / 2) {
      cut = caret - width / 2;
      while (cut < caret && (static_cast<unsigned char>(whole[cut]) & 0xC0) == 0x80) ++cut;
    }
    std::size_t shown_end = std::min(whole.size(), cut + width);
    while (shown_end < whole.size() && (static_cast<unsigned char>(whole[shown_end]) & 0xC0) == 0x80)
      ++shown_end;
    std::string shown;
    std::string carets;
    if (cut > 0) shown = "...", carets = "   ";
    for (std::size_t i = cut; i < shown_end;) {
      const Decoded decoded = decode_utf8(whole, i);
      const std::size_t size = decoded.size == 0 ? 1 : decoded.size;
      const std::string piece = whole[i] == '\t' ? std::string("    ") : printable(whole.substr(i, size));
      shown += piece;
      const std::size_t cells = count_columns(piece);
      if (i < caret)
        carets.append(cells, ' ');
      else if (i < caret + length)
        carets.append(cells, '^');
      i += size;
    }
    if (carets.find('^') == std::string::npos) carets.push_back('^');
    if (shown_end < whole.size()) shown += "...";
    append(out, number, " | ", shown, '\n', margin, "| ", carets, '\n');
    if (!help.empty()) append(out, margin, "= help: ", help, '\n');
    return out;
  }

 private:
  std::vector<std::uint32_t> starts_;
};

}  // namespace v0
}  // namespace aesop
