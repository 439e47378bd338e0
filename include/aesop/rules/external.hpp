// Functions in other languages, `function(a) external {java: {...}}`: ExternalFunctions, which a host gives by
// Evaluation::external. Part rules. Only where CompileOptions::external allows them; SOPs have none.
#pragma once

#include "aesop/rules/functions.hpp"
#include "aesop/value/value.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace aesop {
inline namespace v0 {

/// A call of such a function.
struct ExternalCall {
  std::string_view kind;     ///< "java", "pmml"
  const Value& description;  ///< the context the author gives: class and method signature; document and model
  std::span<const Value> parameters;  ///< their names
  std::span<const Value> args;
  Evaluation& evaluation;

  /// Null, and the reason among the diagnostics.
  Value fail(std::string detail) const {
    evaluation.diagnostics.add(DiagnosticCode::no_such_function, {}, std::move(detail));
    return Value();
  }
};

/// Answers calls. Safe to call from every thread that evaluates.
class ExternalFunctions {
 public:
  virtual ~ExternalFunctions() = default;
  /// The result; null, by ExternalCall::fail, for what it does not know.
  virtual Value call(const ExternalCall& call) const = 0;
};

namespace rules {

inline Value call_external(const ExternalCall& call) {
  if (call.evaluation.external != nullptr) return call.evaluation.external->call(call);
  return call.fail(cat("the host gives no functions of ", printable(call.kind, 40)));
}

/// What a literal with `external` is compiled to: description, names, arguments.
inline constexpr Function external_function{
    "external", "description, names, arguments", "Any",
    [](const FunctionCall& call) {
      const auto entries = call.args[0].entries();
      if (entries.size() != 1)
        return call.fail(DiagnosticCode::bad_argument,
                         "an external function is {java: {...}} or {pmml: {...}}");
      return call_external(
          {entries[0].first, entries[0].second, call.args[1].items(), call.args[2].items(), call.evaluation});
    },
    false};

}  // namespace rules
}  // namespace v0
}  // namespace aesop
