// Values as FEEL text: what string() gives, and literals that read back as the value. Part value. Pure.
#pragma once

#include "aesop/base/civil_text.hpp"
#include "aesop/value/value.hpp"

#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

namespace detail {

inline void append_quoted(std::string& out, std::string_view text) {
  out.push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\r')
      out += "\\r";
    else
      out.push_back(c);
  }
  out.push_back('"');
}

// A context key is written bare when it is a plain name.
inline bool is_plain_name(std::string_view text) {
  if (text.empty() || is_digit(text[0])) return false;
  for (const char c : text)
    if (!is_lower(c) && !is_upper(c) && !is_digit(c) && c != '_' && (static_cast<unsigned char>(c) < 0x80))
      return false;
  return true;
}

enum class PrintStyle { text, literal };

inline void append_value(std::string& out, const Value& value, PrintStyle style, bool nested) {
  const auto at_literal = [&](std::string_view text) {
    if (style == PrintStyle::literal)
      append(out, "@\"", text, '"');
    else
      out += text;
  };
  switch (value.kind()) {
    case ValueKind::null:
    case ValueKind::erased:
      out += "null";
      break;
    case ValueKind::boolean:
      out += value.as_bool() ? "true" : "false";
      break;
    case ValueKind::number:
      out += value.as_decimal().to_string();
      break;
    case ValueKind::string:
      if (nested || style == PrintStyle::literal)
        append_quoted(out, value.as_string());
      else
        out += value.as_string();
      break;
    case ValueKind::date:
      at_literal(to_string(value.as_date()));
      break;
    case ValueKind::time:
      at_literal(to_string(value.as_time()));
      break;
    case ValueKind::date_time:
      at_literal(to_string(value.as_date_time()));
      break;
    case ValueKind::days_duration:
      at_literal(to_string(value.as_days_duration()));
      break;
    case ValueKind::months_duration:
      at_literal(to_string(value.as_months_duration()));
      break;
    case ValueKind::list: {
      out.push_back('[');
      bool first = true;
      for (const Value& item : value.items()) {
        if (!first) out += ", ";
        first = false;
        append_value(out, item, style, true);
      }
      out.push_back(']');
      break;
    }
    case ValueKind::context: {
      out.push_back('{');
      bool first = true;
      for (const Entry& entry : value.entries()) {
        if (!first) out += ", ";
        first = false;
        if (is_plain_name(entry.first))
          out += entry.first;
        else
          append_quoted(out, entry.first);
        out += ": ";
        append_value(out, entry.second, style, true);
      }
      out.push_back('}');
      break;
    }
    case ValueKind::range: {
      const RangeValue& range = value.as_range();
      if (range.comparison) {
        out.push_back('(');
        if (!range.low.is_null() && !range.high.is_null()) {
          out += range.low_closed ? "= " : "!= ";
          append_value(out, range.low, style, true);
        } else if (!range.low.is_null()) {
          out += range.low_closed ? ">= " : "> ";
          append_value(out, range.low, style, true);
        } else {
          out += range.high_closed ? "<= " : "< ";
          append_value(out, range.high, style, true);
        }
        out.push_back(')');
        break;
      }
      out.push_back(range.low_closed ? '[' : '(');
      append_value(out, range.low, style, true);
      out += "..";
      append_value(out, range.high, style, true);
      out.push_back(range.high_closed ? ']' : ')');
      break;
    }
    case ValueKind::function:
      out += "function";
      break;
  }
}

}  // namespace detail

/// FEEL's string() of a value: a string is itself, inside lists and contexts it is quoted; null is "null".
inline std::string to_string(const Value& value) {
  std::string out;
  detail::append_value(out, value, detail::PrintStyle::text, false);
  return out;
}

/// A FEEL literal of the value: `"text"`, `@"2026-03-02"`, `[1, 2]`. Functions have none and print
/// "function".
inline std::string to_literal(const Value& value) {
  std::string out;
  detail::append_value(out, value, detail::PrintStyle::literal, false);
  return out;
}

}  // namespace v0
}  // namespace aesop
