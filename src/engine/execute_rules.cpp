// Gates and single expressions, as JSON.
#include "engine/execute_verbs.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

Value do_gate(EngineImpl& engine, const Value& command) {
  return reading<GateVerb>(
      engine, command, "gate", [&](const Envelope& envelope, const GateVerb& verb) -> Result<Value> {
        if (int{verb.sop.has_value()} + int{verb.file.has_value()} + int{verb.text.has_value()} != 1)
          return Error{ErrorCode::schema_error, "gate takes \"sop\", \"file\" or \"text\", one of them"};
        Result<std::shared_ptr<const Plan>> plan = Error{};
        if (verb.sop) {
          plan = engine.latest_plan(*verb.sop);
        } else {
          auto text = verb.text ? Result<std::string>(*verb.text) : file_text(*verb.file);
          if (!text) return text.take_error();
          Findings findings;
          plan = engine.compile(*text, verb.file.value_or("text"), findings);
        }
        if (!plan) return plan.take_error();
        std::string gate = verb.gate.value_or("");
        if (gate.empty()) {
          if ((*plan)->gates().size() != 1)
            return Error{ErrorCode::schema_error,
                         cat("the SOP has ", (*plan)->gates().size(), " gates; say which with \"gate\"")};
          gate = (*plan)->gates().front().id;
        }
        if (auto fresh = engine.refresh_administration(); !fresh) return fresh.take_error();
        const std::string scope = verb.scope       ? *verb.scope
                                  : envelope.actor ? envelope.actor->scope
                                                   : std::string();
        auto verdict =
            engine.gate(**plan, gate, verb.facts, scope, envelope.at.value_or(Instant{0}), verb.approved);
        if (!verdict) return verdict.take_error();
        return verdict->report.with("facts_hash", Value::string(verdict->facts_hash))
            .with("receipt", Value::string(verdict->receipt))
            .with("rules_hash", Value::string(verdict->rules_hash));
      });
}

Value do_evaluate(EngineImpl& engine, const Value& command) {
  return reading<EvaluateVerb>(
      engine, command, "evaluate", [&](const Envelope& envelope, const EvaluateVerb& verb) {
        return evaluate(engine, verb.feel, verb.context, envelope.at.value_or(Instant{0}));
      });
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
