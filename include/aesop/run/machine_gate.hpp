// Gates asked inside a run. Part run, private.
#pragma once

#include "aesop/run/machine_core.hpp"

#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// Whether a deviation stands: approved, or an emergency that nobody has found unjustified.
inline bool documented(const Deviation& deviation) {
  switch (deviation.state) {
    case ExceptionState::approved:
    case ExceptionState::used:
    case ExceptionState::in_review:
      return true;
    case ExceptionState::reviewed:
      return deviation.justified;
    default:
      return false;
  }
}

/// Whether a deviation of `of` is one of the place at `at`: of the run, or of an instance that holds the place.
inline bool concerns(const State& s, InstanceId of, InstanceId at) {
  while (of != at && at != 0) {
    const Instance* instance = find_instance(s, at);
    at = instance ? instance->parent : 0;
  }
  return of == at;
}

/// Calls `failed(check, blocks)` for each check that applies and does not hold, `applied(check)` for each that applies.
/// Asked for a step (`of`), an exception that waives a check counts for that step alone, in the same instance.
template <class Applied, class Failed>
void ask_gate(Machine& m, const PlanGate& gate, const RunPlace& place, Applied&& applied, Failed&& failed,
              const PlanStep* of = nullptr) {
  const auto counts = [&](const Deviation& deviation) {
    const bool elsewhere = of && deviation.allows == "check" && deviation.step != of->id;
    return documented(deviation) && !elsewhere && concerns(m.s, deviation.instance, place.instance);
  };
  for (const PlanGateCheck& check : gate.checks) {
    if (!m.holds(check.when, place)) continue;
    applied(check);
    if (m.holds(check.require, place)) continue;
    bool blocks = check.enforce == Enforcement::must;
    if (check.enforce == Enforcement::must_unless_documented) {
      blocks = true;
      if (check.exception != no_ref)
        for (const Deviation& deviation : m.s.exceptions)
          if (deviation.policy == m.plan.exceptions()[check.exception].id && counts(deviation))
            blocks = false;
    }
    failed(check, blocks);
  }
}

inline Value Machine::gate_context(std::uint32_t ref, const RunPlace& place) {
  std::vector<Value> blocked, warned;
  ask_gate(
      *this, plan.gates()[ref], place, [](const PlanGateCheck&) {},
      [&](const PlanGateCheck& check, bool blocks) {
        if (blocks)
          blocked.push_back(Value::string(check.id));
        else if (check.enforce != Enforcement::could)
          warned.push_back(Value::string(check.id));
      });
  const char* verdict = !blocked.empty() ? "block" : !warned.empty() ? "warn" : "pass";
  return Value::context({{"verdict", Value::string(verdict)},
                         {"blocked", Value::list(std::move(blocked))},
                         {"warned", Value::list(std::move(warned))}});
}

// The checks that keep a step from being done, each with what it says.
inline std::vector<Obstacle> Machine::gate_obstacles(const PlanStep& step, TokenId token,
                                                     const RunPlace& place) {
  std::vector<Obstacle> out;
  if (step.gate == no_ref) return out;
  const PlanGate& gate = plan.gates()[step.gate];
  ask_gate(
      *this, gate, place, [](const PlanGateCheck&) {},
      [&](const PlanGateCheck& check, bool blocks) {
        if (!blocks) return;
        std::string text = check.definition && !check.definition->message.empty()
                               ? check.definition->message
                               : cat("check ", check.id, " of gate ", gate.id, " does not hold");
        if (check.definition && !check.definition->fix.empty()) append(text, ' ', check.definition->fix);
        out.push_back({token, step.id, "gate", check.id, std::move(text)});
      },
      &step);
  return out;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
