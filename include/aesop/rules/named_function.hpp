// A named function as a value (`sort(list, precedes: f)` may be given one), and how calls find a signature. Part rules.
#pragma once

#include "aesop/rules/functions.hpp"

#include <algorithm>
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

/// The parameters of signature `index` of a function, without the dots of the last.
inline std::vector<std::string_view> parameters_of(const Function& function, std::size_t index) {
  const FunctionTable::Row row = FunctionTable({function}).rows()[0];
  return index < row.signatures.size() ? row.signatures[index].parameters : std::vector<std::string_view>();
}

/// Which signature takes so many positional arguments, or, when `names` is not empty, exactly those names.
inline std::optional<std::size_t> match_signature(const FunctionTable::Row& row, std::size_t count,
                                                  const std::vector<std::string>& names) {
  // Names in the order of a signature mean that one: before(range: ..., point: ...) is not before(point, range).
  for (std::size_t s = 0; !names.empty() && s < row.signatures.size(); ++s) {
    const auto& [parameters, variadic] = row.signatures[s];
    if (!variadic && std::equal(names.begin(), names.end(), parameters.begin(), parameters.end())) return s;
  }
  for (std::size_t s = 0; s < row.signatures.size(); ++s) {
    const auto& [parameters, variadic] = row.signatures[s];
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
  return std::nullopt;
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
