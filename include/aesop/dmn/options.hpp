// How a DMN model is compiled: DmnOptions, where imported models come from and what functions in other languages do.
// Part dmn.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/dmn/model.hpp"
#include "aesop/rules/evaluation.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace aesop {
inline namespace v0 {

class FunctionTable;

namespace dmn {

/// A call of a function whose body is in another language (kind Java or PMML): the host answers it.
struct ExternalCall {
  std::string_view kind;     ///< "Java", "PMML"
  const Value& description;  ///< the context the model gives: class, method signature; document, model
  std::span<const std::string> parameters;
  std::span<const Value> args;
  Evaluation& evaluation;
  /// Null, and the reason among the diagnostics.
  Value fail(std::string detail) const {
    evaluation.diagnostics.add(DiagnosticCode::no_such_function, {}, std::move(detail));
    return Value();
  }
};

/// Gives the model of an import; not_found when there is none.
using Loader = std::function<Result<Model>(const Import&)>;
/// Answers a call; may be called from every thread that evaluates.
using External = std::function<Value(const ExternalCall&)>;

}  // namespace dmn

/// Limits and manner of a compilation.
struct DmnOptions {
  /// Strict: every problem of an expression is an error of the model. Lenient: an expression with a problem is null with
  /// a diagnostic when it is evaluated, as DMN has it, and the problem a warning.
  bool lenient = false;
  dmn::Loader loader = {};
  dmn::External external = {};  ///< none given: such functions are null with a diagnostic
  const FunctionTable* functions =
      nullptr;  ///< functions of the host beside the standard ones; outlives what is compiled
  std::uint32_t max_models = 64;       ///< with imports
  std::uint32_t max_text = 64 * 1024;  ///< bytes of one expression
  std::uint32_t max_nodes = 20'000;    ///< operations of one expression
};

}  // namespace v0
}  // namespace aesop
