// What must hold before an act: the verdict of a gate. Part run.
// A gate is asked by steps of a run, by expressions, and by a host without any run (check_gate).
#pragma once

#include "aesop/run/decide.hpp"

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

struct GateReport {
  std::string gate = {};
  std::vector<std::string> applied = {};  ///< checks that applied, in order
  std::vector<GateFailure> failures = {};
  std::vector<std::string> diagnostics = {};  ///< why conditions were null

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

/// {"gate", "verdict", "blocked": [ids], "warned": [ids], "failures": [{check, enforce, message, fix, exception}], "applied"}.
Value gate_to_value(const GateReport& report);

/// Asks a gate in the state of a run.
GateReport check_gate(const Plan& plan, const PlanGate& gate, const State& state, const Facts& facts,
                      Instant now);

/// Asks a gate without a run: `variables` give the run variables by name; what is not given is null. schema_error for a
/// name the SOP does not declare, type_mismatch for a value of the wrong type. `approved` names exception policies
/// that count as approved.
Result<GateReport> check_gate(const Plan& plan, const PlanGate& gate, const Value& variables,
                              const Facts& facts, Instant now, const std::vector<std::string>& approved = {});

}  // namespace v0
}  // namespace aesop

#include "aesop/run/gate_inline.hpp"
