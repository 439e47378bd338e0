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

/// The value of a rule of the SOP (a table or an expression) without a run; why it is null is in `diagnostics`. `inputs`
/// are by name, in this order where a name means several things:
///   a variable   what is not given is null
///   a parameter  what is not given is as in `facts`, else its default
///   a gate       {"verdict": "pass" | "warn" | "block", "blocked"?, "warned"?: [check ids]}, so what check_gate reports does;
///                what is not given is asked, over the same inputs
///   a step       its last result: a context; what is not given is null, as of a step that nobody has done
///   run          a context; when not given, a run that starts now and is about nothing
/// What the rule does not read is looked at as well. Names that begin with x- are skipped. schema_error for any other name
/// (a rule is computed, and never an input), type_mismatch for a value that is none of its kind.
Result<Value> evaluate_rule(const Plan& plan, const PlanRule& rule, const Value& inputs, const Facts& facts,
                            Instant now, Diagnostics& diagnostics);

/// The names that a rule reads without those of rules: theirs are there instead. Ascending, without repetition.
std::vector<std::string> names_read(const Plan& plan, const PlanRule& rule);

}  // namespace v0
}  // namespace aesop

#include "aesop/run/gate_inline.hpp"
