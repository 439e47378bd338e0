// Aligned tables of plain text for the report.
#pragma once

#include "aesop/base/text.hpp"
#include "aesop/value/decimal.hpp"
#include "aesop/value/print.hpp"

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace demo {

/// Columns are as wide as their widest cell. A heading that begins with ">" is aligned to the right.
class Table {
 public:
  explicit Table(std::vector<std::string> headings) {
    for (std::string& heading : headings) {
      right_.push_back(heading.starts_with('>'));
      if (right_.back()) heading.erase(0, 1);
    }
    rows_.push_back(std::move(headings));
  }
  void row(std::vector<std::string> cells) {
    cells.resize(rows_.front().size());
    rows_.push_back(std::move(cells));
  }
  bool empty() const { return rows_.size() == 1; }

  void print(std::ostream& out, std::string_view indent = "  ") const {
    std::vector<std::size_t> widths(rows_.front().size(), 0);
    for (const auto& row : rows_)
      for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      std::string line(indent);
      for (std::size_t i = 0; i < rows_[r].size(); ++i) {
        const std::string pad(widths[i] - rows_[r][i].size(), ' ');
        line += right_[i] ? pad + rows_[r][i] : rows_[r][i] + pad;
        line += "  ";
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out << line << '\n';
      if (r > 0) continue;
      std::string rule(indent);
      for (const std::size_t width : widths) rule += std::string(width, '-') + "  ";
      rule.erase(rule.find_last_not_of(' ') + 1);
      out << rule << '\n';
    }
  }

 private:
  std::vector<bool> right_;
  std::vector<std::vector<std::string>> rows_;
};

/// A decimal with exactly so many places.
inline std::string fixed(const aesop::Decimal& value, int places) {
  std::string text = aesop::to_string(aesop::Value::number(value.rounded(places).value_or(value)));
  std::size_t dot = text.find('.');
  if (places == 0) return text;
  if (dot == std::string::npos) dot = text.size(), text.push_back('.');
  while (text.size() - dot - 1 < static_cast<std::size_t>(places)) text.push_back('0');
  return text;
}

/// 0.9312 as "93.1 %".
inline std::string percent(const aesop::Decimal& value) {
  return fixed(multiply(value, aesop::Decimal(100)).value_or(value), 1) + " %";
}

/// 1234567 as "1,234,567".
inline std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3 + (number < 0 ? 1u : 0u);) digits.insert(at -= 3, 1, ',');
  return digits;
}

}  // namespace demo
