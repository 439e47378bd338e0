// Named functions of the language as data: Function and FunctionTable. Part rules.
// The built-in ones are rows of such tables (builtins/*.hpp); a host adds its own through CompileOptions::functions.
#pragma once

#include "aesop/rules/evaluation.hpp"
#include "aesop/rules/names.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

namespace rules {
class Machine;
}

/// One call of a named function while it runs: its arguments in the order of the signature, none missing.
struct FunctionCall {
  rules::Machine& machine;
  Evaluation& evaluation;
  std::span<const Value> args;
  std::uint32_t signature = 0;  ///< which of Function::parameters matched, from 0
  SourceRange where = {};

  /// Null, and the reason among the diagnostics.
  Value fail(DiagnosticCode code, std::string detail) const {
    evaluation.diagnostics.add(code, where, std::move(detail));
    return Value();
  }
};

/// A named function. All texts are constants that outlive every expression compiled with it.
struct Function {
  std::string_view name;        ///< may hold spaces
  std::string_view parameters;  ///< "from | year, month, day": signatures; "list | items..." takes any number
  std::string_view result;      ///< FEEL name of the result's type, "Any" when it varies
  Value (*body)(const FunctionCall&) = nullptr;
  bool pure = true;  ///< the same arguments always give the same result: may be computed at compile time
};

/// Functions by name. Built once, then only read.
class FunctionTable {
 public:
  struct Row {
    Function function;
    rules::SplitName name;
  };

  FunctionTable() = default;
  FunctionTable(std::initializer_list<Function> functions) {
    for (const Function& function : functions) add(function);
  }
  void add(const Function& function) { rows_.push_back({function, rules::SplitName(function.name)}); }

  const std::vector<Row>& rows() const { return rows_; }
  const Row* find(std::string_view name) const {
    for (const Row& row : rows_)
      if (row.function.name == name) return &row;
    return nullptr;
  }

 private:
  std::vector<Row> rows_;
};

}  // namespace v0
}  // namespace aesop
