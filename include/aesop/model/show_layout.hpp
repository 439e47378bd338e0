// Lines and columns of text for people, for show. Part model, private to show.hpp. Pure; safe from any thread.
#pragma once

#include "aesop/base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

inline constexpr std::size_t show_width = 100;

/// Text in lines of show_width, the first behind `head`, the others indented as far.
inline void show_wrapped(std::string& out, std::string_view head, std::string_view text) {
  std::string line(head);
  const std::size_t indent = count_code_points(head);
  bool empty = true;
  for (const std::string_view word : split(text, ' ')) {
    if (word.empty()) continue;
    if (!empty && count_code_points(line) + 1 + count_code_points(word) > show_width) {
      append(out, line, '\n');
      line.assign(indent, ' ');
      empty = true;
    }
    if (!empty) line.push_back(' ');
    append(line, word);
    empty = false;
  }
  append(out, line, '\n');
}

/// Rows of cells in columns as wide as their widest cell.
inline void show_table(std::string& out, std::string_view indent,
                       const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], count_code_points(row[i]));
  }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line(indent);
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      if (i > 0) line += "  ";
      line += rows[r][i];
      if (i + 1 < rows[r].size()) line.append(widths[i] - count_code_points(rows[r][i]), ' ');
    }
    append(out, line, '\n');
    if (r > 0) continue;
    line = indent;
    for (std::size_t i = 0; i < widths.size(); ++i)
      append(line, i > 0 ? "  " : "", std::string(widths[i], '-'));
    append(out, line, '\n');
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
