// The verdict of a gate with its receipt: what a stateless gate and one of an engine have in common. Internal to engine;
// body in gate.cpp.
#pragma once

#include "aesop/engine/options.hpp"
#include "aesop/model/plan.hpp"
#include "aesop/run/facts.hpp"
#include "aesop/run/state.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// The gate of that name, or the only one when none is named. not_found; schema_error where one must be named.
Result<const PlanGate*> gate_of(const Plan& plan, std::string_view id);

/// Asks it over facts, and seals the answer.
Result<GateVerdict> judge(const Plan& plan, const PlanGate& gate, const Value& given, const Facts& facts,
                          Instant now, const std::vector<std::string>& approved);

/// The same with what a run knows; `given` stands in place of its variables of the same name. What was approved in the run is
/// for its steps: here `approved` says what counts.
Result<GateVerdict> judge(const Plan& plan, const PlanGate& gate, const State& run, const Value& given,
                          const Facts& facts, Instant now, const std::vector<std::string>& approved);

/// What a receipt is made of. It says nothing of the facts but their hash.
struct ReceiptParts {
  std::string at = {}, facts_hash = {}, gate = {}, rules_hash = {}, verdict = {};
  std::vector<std::string> approved = {};
};

/// SHA-256 of the canonical JSON of {approved?, at, facts, gate, rules, verdict}, hexadecimal.
Result<std::string> receipt_of(const ReceiptParts& parts);

}  // namespace detail
}  // namespace v0
}  // namespace aesop
