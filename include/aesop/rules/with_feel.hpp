// Values in JSON that may be FEEL: with_feel. Part rules; brings the parser.
#pragma once

#include "aesop/rules/compile.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// The value with its texts that begin with "=" replaced by what the FEEL behind it gives, as in SOP files; "==" is a text
/// that begins with "=". At any depth. Errors: those of Expr::compile.
inline Result<Value> with_feel(const Value& value, const Evaluation& how) {
  if (value.is_string() && value.as_string().substr(0, 2) == "==")
    return Value::string(value.as_string().substr(1));
  if (value.is_string() && value.as_string().substr(0, 1) == "=") {
    auto expression = Expr::compile(value.as_string().substr(1), Scope());
    if (!expression) return expression.take_error();
    Evaluation evaluation = how;
    return expression->evaluate({}, evaluation);
  }
  if (value.is_list()) {
    std::vector<Value> items;
    for (const Value& item : value.items()) {
      auto changed = with_feel(item, how);
      if (!changed) return changed;
      items.push_back(changed.take());
    }
    return Value::list(std::move(items));
  }
  if (value.is_context()) {
    std::vector<Entry> entries;
    for (const Entry& entry : value.entries()) {
      auto changed = with_feel(entry.second, how);
      if (!changed) return changed;
      entries.emplace_back(entry.first, changed.take());
    }
    return Value::context(std::move(entries));
  }
  return value;
}

}  // namespace v0
}  // namespace aesop
