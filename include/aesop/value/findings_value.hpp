// Findings as data: what `publish` answers and the C API gives. Part value; uses findings and values.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/value/value.hpp"

namespace aesop {
inline namespace v0 {

/// The findings as a list of objects with code, severity, message, line, column, and help where there is some. `source` is
/// the text that they were found in: it says which line a position is on. Cannot fail; the list is the caller's.
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
