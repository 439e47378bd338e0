// Findings as a value, the shape in which every surface hands them out: findings_value. Part value.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/base/source.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// A list of contexts: code, column, help (where there is one), line, message, severity ("error", "warning", "note").
/// Lines and columns of the text `source`, from 1; columns count characters. The same in C++, C, Python and `publish`.
inline Value findings_value(const Findings& findings, const SourceText& source) {
  std::vector<Value> items;
  for (const Finding& finding : findings) {
    const Position at = source.position(finding.where.begin);
    std::vector<Entry> entries = {{"code", Value::string(finding.code)},
                                  {"column", Value::number(static_cast<std::int64_t>(at.column))}};
    if (!finding.help.empty()) entries.emplace_back("help", Value::string(finding.help));
    entries.emplace_back("line", Value::number(static_cast<std::int64_t>(at.line)));
    entries.emplace_back("message", Value::string(finding.message));
    entries.emplace_back("severity", Value::string(to_string(finding.severity)));
    items.push_back(Value::context(std::move(entries)));
  }
  return Value::list(std::move(items));
}

}  // namespace v0
}  // namespace aesop
