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

/// Which signature takes so many positional arguments, or, when `names` is not empty, exactly those names.
inline std::optional<std::size_t> match_signature(const FunctionTable::Row& row, std::size_t count,
                                                  const std::vector<std::string>& names) {
  for (std::size_t s = 0; s < row.signatures.size(); ++s) {
    const FunctionTable::Signature& signature = row.signatures[s];
    const std::size_t size = signature.parameters.size();
    if (names.empty()) {
      if (count == size || (signature.variadic && count >= size)) return s;
      continue;
    }
    if (names.size() != size || signature.variadic) continue;
    std::size_t matched = 0;
    for (const std::string& parameter : signature.parameters)
      for (const std::string& name : names) matched += name == parameter;
    bool repeated = false;
    for (std::size_t i = 0; i < names.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) repeated = repeated || names[i] == names[j];
    if (matched == size && !repeated) return s;
  }
  return std::nullopt;
}

/// "date(from) or date(year, month, day)"
inline std::string signatures_text(const FunctionTable::Row& row) {
  std::string out;
  for (const FunctionTable::Signature& signature : row.signatures) {
    if (!out.empty()) out += " or ";
    append(out, row.function.name, '(', join(signature.parameters, ", "), signature.variadic ? ", ..." : "",
           ')');
  }
  return out;
}

}  // namespace rules
}  // namespace v0
}  // namespace aesop
