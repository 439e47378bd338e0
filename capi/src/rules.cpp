// Gates, rules and expressions without a store.
#include "answers.hpp"
#include "guard.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/engine/gate.hpp"
#include "aesop/engine/rule.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/value/findings_value.hpp"

using namespace aesop;
using namespace aesop::capi;

namespace {

struct GateObject final : Object {
  static constexpr Kind the_kind = Kind::gate;
  explicit GateObject(Gate the_gate) : Object(the_kind), gate(std::move(the_gate)) {}
  const Gate gate;
};

struct RuleObject final : Object {
  static constexpr Kind the_kind = Kind::rule;
  explicit RuleObject(Rule the_rule) : Object(the_kind), rule(std::move(the_rule)) {}
  const Rule rule;
};

struct ExprObject final : Object {
  static constexpr Kind the_kind = Kind::expr;
  ExprObject(Expr the_expr, std::vector<std::string> the_names)
      : Object(the_kind), expr(std::move(the_expr)), names(std::move(the_names)) {}
  const Expr expr;
  const std::vector<std::string> names;
};

/// Opens a gate or rule of an SOP; what is unsound says everything that is.
template <class T>
Result<T> opened(aesop_str sop_text, aesop_str name, std::string_view what) {
  AESOP_TRY(text, some_text_in(sop_text, "sop_text"));
  AESOP_TRY(called, text_in(name, what));
  Findings findings;
  auto made = T::open(text, called, &findings);
  if (!made && !findings.empty())
    throw Unsound{made.take_error(), findings_value(findings, SourceText("sop", std::string(text)))};
  return made;
}

}  // namespace

extern "C" {

aesop_status aesop_gate_open(aesop_str sop_text, aesop_str gate, aesop_gate** out_gate, aesop_error** err) {
  if (out_gate != nullptr) *out_gate = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(made, opened<Gate>(sop_text, gate, "gate"));
    if (out_gate != nullptr) *out_gate = handle_of<aesop_gate>(std::make_shared<GateObject>(std::move(made)));
    return AESOP_OK;
  });
}

aesop_status aesop_gate_check(const aesop_gate* gate, aesop_str facts, int64_t at, aesop_str approved,
                              aesop_verdict* out_verdict, aesop_text** out_report, aesop_error** err) {
  if (out_verdict != nullptr) *out_verdict = AESOP_VERDICT_NONE;
  if (out_report != nullptr) *out_report = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(object, get<GateObject>(gate));
    AESOP_TRY(given, object_in(facts, "facts"));
    AESOP_TRY(now, time_in(at, "at"));
    AESOP_TRY(policies, texts_in(approved, "approved"));
    AESOP_TRY(verdict, object->gate.check(given, now, policies));
    give(out_report, out_report != nullptr ? json_out(verdict.report) : std::string());
    if (out_verdict != nullptr) *out_verdict = verdict_of(verdict.verdict);
    return AESOP_OK;
  });
}

void aesop_gate_free(aesop_gate* gate) { take(token_of(gate), Kind::gate); }

aesop_status aesop_rule_open(aesop_str sop_text, aesop_str rule, aesop_rule** out_rule, aesop_error** err) {
  if (out_rule != nullptr) *out_rule = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(made, opened<Rule>(sop_text, rule, "rule"));
    if (out_rule != nullptr) *out_rule = handle_of<aesop_rule>(std::make_shared<RuleObject>(std::move(made)));
    return AESOP_OK;
  });
}

aesop_status aesop_rule_evaluate(const aesop_rule* rule, aesop_str facts, int64_t at, aesop_text** out_result,
                                 aesop_error** err) {
  if (out_result != nullptr) *out_result = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(object, get<RuleObject>(rule));
    AESOP_TRY(given, object_in(facts, "facts"));
    AESOP_TRY(now, time_in(at, "at"));
    AESOP_TRY(value, object->rule.evaluate(given, now));
    give(out_result, result_text(value.value, value.diagnostics));
    return AESOP_OK;
  });
}

void aesop_rule_free(aesop_rule* rule) { take(token_of(rule), Kind::rule); }

aesop_status aesop_expr_compile(aesop_str feel, aesop_str names, aesop_expr** out_expr, aesop_error** err) {
  if (out_expr != nullptr) *out_expr = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(text, some_text_in(feel, "feel"));
    AESOP_TRY(known, texts_in(names, "names"));
    Scope scope;
    for (const std::string& name : known) scope.add(name, Type());
    AESOP_TRY(expr, Expr::compile(text, scope));
    if (out_expr != nullptr)
      *out_expr = handle_of<aesop_expr>(std::make_shared<ExprObject>(std::move(expr), std::move(known)));
    return AESOP_OK;
  });
}

aesop_status aesop_expr_evaluate(const aesop_expr* expr, aesop_str context, int64_t at,
                                 aesop_text** out_result, aesop_error** err) {
  if (out_result != nullptr) *out_result = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(object, get<ExprObject>(expr));
    AESOP_TRY(given, object_in(context, "context"));
    AESOP_TRY(now, time_in(at, "at"));
    std::vector<Value> slots;
    for (const std::string& name : object->names)
      slots.push_back(given.is_null() ? Value() : given.get(name));
    Evaluation evaluation;
    evaluation.ports = &default_ports();
    evaluation.now = now;
    const Value value = object->expr.evaluate(slots, evaluation);
    std::vector<std::string> diagnostics;
    for (const Diagnostic& diagnostic : evaluation.diagnostics) diagnostics.push_back(to_string(diagnostic));
    give(out_result, result_text(value, diagnostics));
    return AESOP_OK;
  });
}

void aesop_expr_free(aesop_expr* expr) { take(token_of(expr), Kind::expr); }

}  // extern "C"
