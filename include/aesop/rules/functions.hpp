// Named functions of the language as data: Function and FunctionTable. Part rules.
// The built-in ones are rows of such tables (builtins/*.hpp); a host adds its own through CompileOptions::functions.
#pragma once

#include "aesop/base/text.hpp"
#include "aesop/rules/evaluation.hpp"
#include "aesop/rules/names.hpp"
#include "aesop/value/value.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
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
  /// One of the ways to call a function: its parameters, the last of which may stand for any number.
  struct Signature {
    std::vector<std::string_view> parameters;
    bool variadic = false;
  };
  struct Row {
    Function function;
    rules::SplitName name;
    std::vector<Signature> signatures;
  };

  FunctionTable() = default;
  FunctionTable(std::initializer_list<Function> functions) {
    for (const Function& function : functions) add(function);
  }
  void add(const Function& function) {
    Row row{function, rules::SplitName(function.name), {}};
    for (const std::string_view text : split(function.parameters, '|')) {
      Signature& signature = row.signatures.emplace_back();
      for (std::string_view name : split(text, ',')) {
        name = trim(name);
        signature.variadic = name.ends_with("...");
        if (signature.variadic) name.remove_suffix(3);
        if (!name.empty()) signature.parameters.push_back(name);
      }
    }
    const std::string_view word = row.name.first();
    const auto at =
        std::upper_bound(by_word_.begin(), by_word_.end(), word,
                         [](std::string_view a, const ByWord& b) { return a.compare(b.word) < 0; });
    by_word_.insert(at, {std::string(word), static_cast<std::uint32_t>(rows_.size())});
    rows_.push_back(std::move(row));
  }

  const std::vector<Row>& rows() const { return rows_; }
  /// Calls `each(row)` for the functions whose names begin with a word, in the order they were added.
  template <typename Each>
  void starting_with(std::string_view word, const Each& each) const {
    auto at = std::lower_bound(by_word_.begin(), by_word_.end(), word,
                               [](const ByWord& a, std::string_view b) { return a.word.compare(b) < 0; });
    for (; at != by_word_.end() && at->word == word; ++at) each(rows_[at->row]);
  }
  const Row* find(std::string_view name) const {
    for (const Row& row : rows_)
      if (row.function.name == name) return &row;
    return nullptr;
  }

 private:
  struct ByWord {
    std::string word;
    std::uint32_t row;
  };
  std::vector<Row> rows_;
  std::vector<ByWord> by_word_;  // in the order of the words
};

}  // namespace v0
}  // namespace aesop
