// Gates and single expressions, as JSON.
#include "engine/execute_verbs.hpp"
#include "engine/judge.hpp"

#include "aesop/engine/rule.hpp"
#include "aesop/value/json_write.hpp"
#include "aesop/value/print.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

/// Rules may ask for now(): a time that nobody gave would be an answer that nobody asked for.
Error lacks_time(std::string_view verb) {
  return {ErrorCode::schema_error, cat(verb, " lacks \"at\""), "say what now() and today() are"};
}

}  // namespace

Value do_gate(EngineImpl& engine, const Value& command) {
  return reading<GateVerb>(
      engine, command, "gate", [&](const Envelope& envelope, const GateVerb& verb) -> Result<Value> {
        if (verb.sop.has_value() + verb.text.has_value() + verb.run.has_value() != 1)
          return Error{ErrorCode::schema_error, "gate takes \"sop\", \"run\" or \"text\", one of them"};
        if (verb.run && verb.scope)
          return Error{ErrorCode::schema_error, "gate with \"run\" takes no \"scope\"", "a run has its own"};
        if (!envelope.at) return lacks_time("gate");
        Findings findings;
        std::optional<std::string> place = verb.scope;
        CachedRun* of = nullptr;
        const auto plan_of = [&]() -> Result<std::shared_ptr<const Plan>> {
          if (verb.sop) return engine.latest_plan(*verb.sop);
          if (verb.text) return engine.compile(*verb.text, "text", findings);
          auto run = engine.load_run(*verb.run);
          if (!run) return run.take_error();
          of = *run;
          place = of->state.scope;
          return of->plan;
        };
        auto plan = plan_of();
        if (!plan) return plan.take_error();
        const auto gate = gate_of(**plan, verb.gate.value_or(""));
        if (!gate) return gate.error();
        if (auto fresh = engine.refresh_administration(); !fresh) return fresh.take_error();
        const std::string scope = place ? *place : envelope.actor ? envelope.actor->scope : std::string();
        auto policies = engine.approved_policies(**plan, verb.approved, *envelope.at);
        if (!policies) return policies.take_error();
        const Facts& looked_up = engine.facts_for(**plan, scope);
        auto verdict = of != nullptr
                           ? judge(**plan, **gate, of->state, verb.facts, looked_up, *envelope.at, *policies)
                           : judge(**plan, **gate, verb.facts, looked_up, *envelope.at, *policies);
        if (!verdict) return verdict.take_error();
        return verdict->report;
      });
}

Value do_evaluate(EngineImpl& engine, const Value& command) {
  return reading<EvaluateVerb>(
      engine, command, "evaluate", [&](const Envelope& envelope, const EvaluateVerb& verb) -> Result<Value> {
        if (!envelope.at) return lacks_time("evaluate");
        auto result = aesop::evaluate(verb.feel, verb.context, *envelope.at, &engine.ports());
        if (!result) return result.take_error();
        std::vector<Entry> entries;
        if (!result->diagnostics.empty()) entries.emplace_back("diagnostics", texts(result->diagnostics));
        // Ranges and functions have no JSON: they are shown as text.
        entries.emplace_back(
            "value", write_json(result->value) ? result->value : Value::string(to_string(result->value)));
        return Value::context(std::move(entries));
      });
}

Value do_record_gate(EngineImpl& engine, const Value& command) {
  return writing<RecordGateVerb>(
      engine, command, "record_gate",
      [&](const Request& request, const RecordGateVerb& verb) { return engine.record_gate(request, verb); });
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
