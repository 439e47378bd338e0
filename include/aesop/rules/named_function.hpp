// A named function as a value (`sort(list, precedes: f)` may be given one), and how calls find a signature. Part rules.
#pragma once

#include "aesop/rules/functions.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {

class NamedFunction final : public FunctionObject {
 public:
  explicit NamedFunction(const FunctionTable::Row& row) : row(row) {}
  const FunctionTable::Row row;
};

/// Signature `index` of a function: the names of its parameters, without the dots of the last. Empty, and `good`
/// false, behind the last signature.
inline std::vector<std::string_view> parameters_of(const Function& function, std::size_t index,
                                                   bool* variadic = nullptr, bool* good = nullptr) {
  std::vector<std::string_view> out;
  const std::vector<std::string_view> signatures = split(function.parameters, '|');
  if (good != nullptr) *good = index < signatures.size();
  if (index >= signatures.size()) return out;
  for (std::string_view name : split(signatures[index], ',')) {
    name = trim(name);
    const bool any_number = name.ends_with("...");
    if (any_number) name.remove_suffix(3);
    if (variadic != nullptr) *variadic = any_number;
    if (!name.empty()) out.push_back(name);
  }
  return out;
}

/// Which signature takes so many positional arguments, or, when `names` is not empty, exactly those names.
inline std::optional<std::size_t> match_signature(const FunctionTable::Row& row, std::size_t count,
                                                  const std::vector<std::string>& names) {
  for (std::size_t s = 0;; ++s) {
    bool variadic = false, good = false;
    const std::vector<std::string_view> parameters = parameters_of(row.function, s, &variadic, &good);
    if (!good) return std::nullopt;
    const std::size_t size = parameters.size();
    if (names.empty()) {
      if (count == size || (variadic && count >= size)) return s;
      continue;
    }
    if (names.size() != size || variadic) continue;
    std::size_t matched = 0;
    for (const std::string_view parameter : parameters) {
      std::size_t times = 0;
      for (const std::string& name : names) times += name == parameter;
      matched += times == 1;
    }
    if (matched == size) return s;
  }
}

/// "date(from) or date(year, month, day)"
inline std::string signatures_text(const FunctionTable::Row& row) {
  std::string out;
  for (const std::string_view signature : split(row.function.parameters, '|')) {
    if (!out.empty()) out += " or ";
    append(out, row.function.name, '(', trim(signature), ')');
  }
  return out;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
