// What must hold before an act: the verdict of a gate; and the rules of an SOP, asked without a run. Part run.
// A gate is asked by steps of a run, by expressions, and by a host without any run (check_gate).
#pragma once

#include "aesop/run/decide.hpp"
#include "aesop/run/gate_report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// {"gate", "verdict", "blocked": [ids], "warned": [ids], "failures": [{check, enforce, message, fix, exception}], "applied"}, and where conditions were
/// null "diagnostics": [texts] and "causes": [{check, part: "when" | "require", expression, code, message}].
Value gate_to_value(const GateReport& report);

/// Asks a gate in the state of a run.
GateReport check_gate(const Plan& plan, const PlanGate& gate, const State& state, const Facts& facts,
                      Instant now);

/// Asks a gate without a run: `variables` give the run variables by name; what is not given is null. schema_error for a
/// name the SOP does not declare, type_mismatch for a value of the wrong type. `approved` names exception policies
/// that count as approved.
Result<GateReport> check_gate(const Plan& plan, const PlanGate& gate, const Value& variables,
                              const Facts& facts, Instant now, const std::vector<std::string>& approved = {});

/// A state that holds nothing but variables, for gates and rules that are asked without a run. Errors as above.
Result<State> state_of_variables(const Plan& plan, const Value& variables, Instant now);

/// The value of a rule of the SOP (a table or an expression) over variables by name, without a run. Errors as above; why a
/// value is null is in `diagnostics`.
Result<Value> evaluate_rule(const Plan& plan, const PlanRule& rule, const Value& variables,
                            const Facts& facts, Instant now, Diagnostics& diagnostics);

}  // namespace v0
}  // namespace aesop

#include "aesop/run/gate_inline.hpp"
