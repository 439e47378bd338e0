// How values and verdicts go out. Part capi.
#pragma once

#include "guard.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace aesop::capi {

inline aesop_verdict verdict_of(std::string_view verdict) {
  return verdict == "block"  ? AESOP_VERDICT_BLOCK
         : verdict == "warn" ? AESOP_VERDICT_WARN
                             : AESOP_VERDICT_PASS;
}

/// {"diagnostics"?, "value"} as JSON; ranges and functions have no JSON and are shown as text.
inline std::string result_text(const Value& value, const std::vector<std::string>& diagnostics) {
  std::string out = "{";
  if (!diagnostics.empty()) {
    std::vector<Value> texts;
    for (const std::string& text : diagnostics) texts.push_back(Value::string(text));
    out += cat("\"diagnostics\":", json_out(Value::list(std::move(texts))), ",");
  }
  return cat(out, "\"value\":", json_out(value), "}");
}

}  // namespace aesop::capi
