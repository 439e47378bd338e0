// What a gate answered: which checks applied, which did not hold. Part run; types only.
#pragma once

#include "aesop/model/definition.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// A check that applied and did not hold.
struct GateFailure {
  std::string check = {};
  Enforcement enforce = Enforcement::must;
  bool blocks = false;       ///< must, or must-unless-documented without an approved exception
  std::string message = {};  ///< as the SOP words it
  std::string fix = {};
  std::string exception = {};  ///< policy whose approval would let it pass
};

/// Why a condition of a check was null, and so did not hold.
struct GateCause {
  std::string check = {};
  std::string part = {};        ///< "when" or "require"
  std::string expression = {};  ///< as the SOP words it
  std::string code = {};        ///< of the diagnostic
  std::string message = {};
};

struct GateReport {
  std::string gate = {};
  std::vector<std::string> applied = {};  ///< checks that applied, in order
  std::vector<GateFailure> failures = {};
  std::vector<std::string> diagnostics = {};  ///< why conditions were null
  std::vector<GateCause> causes = {};         ///< the same with its check and expression

  bool blocks() const {
    for (const GateFailure& failure : failures)
      if (failure.blocks) return true;
    return false;
  }
  /// block, warn or pass.
  std::string_view verdict() const {
    if (blocks()) return "block";
    for (const GateFailure& failure : failures)
      if (failure.enforce != Enforcement::could) return "warn";
    return "pass";
  }
};

}  // namespace v0
}  // namespace aesop
