// How a DMN model is compiled: DmnOptions and where imported models come from. Part dmn.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/dmn/model.hpp"

#include <cstdint>
#include <functional>

namespace aesop {
inline namespace v0 {

class FunctionTable;

namespace dmn {

/// Gives the model of an import; not_found when there is none.
using Loader = std::function<Result<Model>(const Import&)>;

}  // namespace dmn

/// Limits and manner of a compilation.
struct DmnOptions {
  /// Strict: every problem of an expression is an error of the model. Lenient: an expression with a problem is null with
  /// a diagnostic when it is evaluated, as DMN has it, and the problem a warning.
  bool lenient = false;
  dmn::Loader loader = {};
  const FunctionTable* functions =
      nullptr;  ///< functions of the host beside the standard ones; outlives what is compiled
  std::uint32_t max_models = 64;        ///< with imports
  std::uint32_t max_elements = 10'000;  ///< inputs, decisions, knowledge and services, with those of imports
  std::uint32_t max_bytes = 32u << 20;  ///< of all files, one that is imported by several ways for each way
  std::uint32_t max_text = 64 * 1024;   ///< bytes of one expression
  std::uint32_t max_nodes = 20'000;     ///< operations of one expression
};

}  // namespace v0
}  // namespace aesop
