// A Value as JSON text: canonical (what is hashed and signed) or indented (what people read). Part value.
// Pure. Canonical: (1) no blanks; (2) keys in order of code points; (3) numbers as Decimal::to_string gives
// them; (4) in strings only ", \ and control characters are escaped, as \" \\ \b \f \n \r \t or \u00xx in
// lower case; (5) dates, times and durations are their FEEL text; erased is null.
#pragma once

#include "aesop/base/civil_text.hpp"
#include "aesop/base/result.hpp"
#include "aesop/value/value.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Deepest Value that is written.
inline constexpr std::uint32_t max_json_depth = 128;

/// Appends a JSON string with its quotes.
inline void append_json_string(std::string& out, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  out.push_back('"');
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text.substr(run, i - run));
    run = i + 1;
    switch (byte) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        append(out, "\\u00", hex[byte >> 4], hex[byte & 15]);
    }
  }
  out.append(text.substr(run));
  out.push_back('"');
}

namespace detail {

/// `indent` < 0: canonical. Gives false on a range or function.
inline bool append_json(std::string& out, const Value& value, int indent, int level) {
  const auto line = [&](int at) {
    if (indent < 0) return;
    out.push_back('\n');
    out.append(static_cast<std::size_t>(indent) * static_cast<std::size_t>(at), ' ');
  };
  switch (value.kind()) {
    case ValueKind::null:
    case ValueKind::erased:
      out += "null";
      return true;
    case ValueKind::boolean:
      out += value.as_bool() ? "true" : "false";
      return true;
    case ValueKind::number:
      out += value.as_decimal().to_string();
      return true;
    case ValueKind::string:
      append_json_string(out, value.as_string());
      return true;
    case ValueKind::date:
      append(out, '"', to_string(value.as_date()), '"');
      return true;
    case ValueKind::time:
      append(out, '"', to_string(value.as_time()), '"');
      return true;
    case ValueKind::date_time:
      append(out, '"', to_string(value.as_date_time()), '"');
      return true;
    case ValueKind::days_duration:
      append(out, '"', to_string(value.as_days_duration()), '"');
      return true;
    case ValueKind::months_duration:
      append(out, '"', to_string(value.as_months_duration()), '"');
      return true;
    case ValueKind::list: {
      out.push_back('[');
      bool first = true;
      for (const Value& item : value.items()) {
        if (!first) out.push_back(',');
        first = false;
        line(level + 1);
        if (!append_json(out, item, indent, level + 1)) return false;
      }
      if (!first) line(level);
      out.push_back(']');
      return true;
    }
    case ValueKind::context: {
      out.push_back('{');
      std::vector<const Entry*> order;
      order.reserve(value.size());
      for (const Entry& entry : value.entries()) order.push_back(&entry);
      if (indent < 0)
        std::sort(order.begin(), order.end(),
                  [](const Entry* a, const Entry* b) { return a->first < b->first; });
      bool first = true;
      for (const Entry* entry : order) {
        if (!first) out.push_back(',');
        first = false;
        line(level + 1);
        append_json_string(out, entry->first);
        out += indent < 0 ? ":" : ": ";
        if (!append_json(out, entry->second, indent, level + 1)) return false;
      }
      if (!first) line(level);
      out.push_back('}');
      return true;
    }
    case ValueKind::range:
    case ValueKind::function:
      return false;
  }
  return false;
}

inline Result<std::string> write_json_checked(const Value& value, int indent) {
  if (value.depth() > max_json_depth)
    return Error{ErrorCode::limit_exceeded,
                 cat("the value is nested deeper than ", max_json_depth, " levels")};
  std::string out;
  if (!append_json(out, value, indent, 0))
    return Error{ErrorCode::type_mismatch, "ranges and functions have no JSON form"};
  return out;
}
}  // namespace detail

/// Canonical JSON. type_mismatch for a range or function inside, limit_exceeded beyond max_json_depth.
inline Result<std::string> write_json(const Value& value) { return detail::write_json_checked(value, -1); }

/// For people: indented, entries in their own order. Errors as write_json.
inline Result<std::string> write_json_indented(const Value& value, int indent = 2) {
  return detail::write_json_checked(value, indent);
}

}  // namespace v0
}  // namespace aesop
