// How to compile an expression: CompileOptions. Part rules.
#pragma once

#include "aesop/value/type.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace aesop {
inline namespace v0 {

class FunctionTable;

/// Limits and manner of a compilation. The limits hold for hostile texts: past one the text is refused.
struct CompileOptions {
  /// Strict (the default, for SOPs): an unknown name, a call with wrong arguments and a comparison that can never
  /// hold are errors. Lenient (for the conformance suite): they give null with a diagnostic when evaluated.
  bool lenient = false;
  /// Whether functions in other languages (`external`) may be there; Evaluation::external answers them. Lenient compilation
  /// allows them too: without an answer they are null where they are called.
  bool external = false;
  std::uint32_t max_text = 4 * 1024;  ///< bytes
  std::uint32_t max_nodes = 1'000;    ///< operations, literals and names
  std::uint32_t max_depth = 32;       ///< nesting; 64 at most

  /// Functions beside the standard ones; kept alive by the caller while he compiles.
  const FunctionTable* functions = nullptr;
  /// Named types for `instance of` and parameters; kept alive by the caller while he compiles.
  const std::map<std::string, Type, std::less<>>* types = nullptr;
};

}  // namespace v0
}  // namespace aesop
