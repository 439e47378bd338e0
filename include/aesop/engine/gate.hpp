// The stateless gate: one call behind a button, without a store. Part engine; body in src/engine/gate.cpp.
//
//   auto gate = Gate::open(text_of_the_sop, "send_claim");
//   auto verdict = gate->check(facts, now);
//   if (verdict->blocks()) show(verdict->report.get("failures"));
//
// (1) A Gate is immutable and cheap to copy; any number of threads may check at once.
// (2) Nothing is written. `Engine::record_gate` keeps a verdict in a store, when the host wants it kept.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/engine/options.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

class Plan;
struct PlanGate;

class Gate {
 public:
  /// Reads an SOP and makes ready the gate of that name; its only one when none is named. Errors: those of load;
  /// unsound_definition, with every problem in `findings` when given; not_found for a gate the SOP does not have.
  /// The parameters are the SOP's defaults and the calendars its own.
  static Result<Gate> open(std::string_view sop, std::string_view gate = {}, Findings* findings = nullptr);
  /// The same of a plan that is there already.
  static Result<Gate> of(std::shared_ptr<const Plan> plan, std::string_view gate = {});

  /// May this go ahead? `facts` are variables of the SOP by name; what is not given is null. `approved` names exception
  /// policies that count as approved. Errors: schema_error for a name the SOP does not declare, type_mismatch for a
  /// value of the wrong type, not_found for a policy the SOP does not have, limit_exceeded for facts too deep.
  Result<GateVerdict> check(const Value& facts, Instant now,
                            const std::vector<std::string>& approved = {}) const;

  /// The id of the gate.
  const std::string& id() const;
  const Plan& plan() const { return *plan_; }

 private:
  Gate(std::shared_ptr<const Plan> plan, const PlanGate* gate) : plan_(std::move(plan)), gate_(gate) {}
  std::shared_ptr<const Plan> plan_;
  const PlanGate* gate_;
};

}  // namespace v0
}  // namespace aesop
