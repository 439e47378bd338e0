// What one evaluation may use and what it reports: Budget and Evaluation. Part rules.
#pragma once

#include "aesop/base/civil.hpp"
#include "aesop/base/ports.hpp"
#include "aesop/rules/diagnostic.hpp"

#include <cstdint>
#include <string>

namespace aesop {
inline namespace v0 {

class ExternalFunctions;  // external.hpp

/// What an evaluation may spend. Past it the result is null with a budget diagnostic: an evaluation never hangs, and
/// never asks for more memory than about steps x 64 bytes + list and string.
struct Budget {
  std::uint32_t steps = 100'000;  ///< operations, and every element and 64 bytes of text an operation touches
  std::uint32_t depth = 200;      ///< nesting of operations and calls; 200 fit in a stack of 128 KiB
  std::uint32_t list = 10'000;    ///< elements of any one list made
  std::uint32_t string = 64 * 1024;  ///< bytes of any one text made
};

/// One evaluation, or several in a row: the diagnostics gather. Used by one thread at a time.
struct Evaluation {
  const Ports* ports = nullptr;  ///< zones, patterns, letters; what is missing gives null and a diagnostic
  Instant now = {};              ///< what now() and today() say: the time of the command, never a clock's
  std::string zone = {};         ///< IANA name in which now() and today() are told; empty is UTC
  Budget budget = {};            ///< for each call of Expr::evaluate or Table::evaluate anew
  Diagnostics diagnostics = Diagnostics();
  const void* host = nullptr;  ///< handed to host functions, such as the calendars of a scope
  const ExternalFunctions* external = nullptr;  ///< what calls of functions in other languages ask
  std::uint32_t depth = 0;  ///< nesting already there: of what is evaluated inside another evaluation
  void* journal = nullptr;  ///< of the model that is evaluated around this (dmn/trace.hpp); a host leaves it
};

}  // namespace v0
}  // namespace aesop
