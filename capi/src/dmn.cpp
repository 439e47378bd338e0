// DMN models without a store.
#include "answers.hpp"
#include "guard.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"
#include "aesop/dmn/ask.hpp"
#include "aesop/dmn/compile.hpp"
#include "aesop/dmn/describe.hpp"
#include "aesop/dmn/read.hpp"
#include "aesop/value/findings_value.hpp"

using namespace aesop;
using namespace aesop::capi;

namespace {

struct DmnObject final : Object {
  static constexpr Kind the_kind = Kind::dmn;
  DmnObject(Dmn the_dmn, Value the_findings)
      : Object(the_kind), dmn(std::move(the_dmn)), findings(std::move(the_findings)) {}
  const Dmn dmn;
  const Value findings;
};

/// The members of `more`.
Result<DmnOptions> options_in(aesop_str more) {
  AESOP_TRY(members, object_in(more, "more"));
  DmnOptions options;
  options.lenient = true;
  std::vector<std::pair<std::string, std::string>> texts;
  for (const Entry& member : members.entries()) {
    if (member.first == "strict" && (member.second.is_boolean() || member.second.is_null())) {
      options.lenient = !member.second.is_true();
    } else if (member.first == "imports" && (member.second.is_context() || member.second.is_null())) {
      for (const Entry& one : member.second.entries()) {
        if (!one.second.is_string())
          return Error{ErrorCode::schema_error,
                       cat("more.imports: \"", printable(one.first, 60), "\" must be the text of a model")};
        texts.emplace_back(one.first, std::string(one.second.as_string()));
      }
    } else if (member.first == "strict" || member.first == "imports") {
      return Error{
          ErrorCode::schema_error,
          cat("more.", member.first, member.first == "strict" ? " is true or false" : " is a JSON object")};
    } else {
      return Error{ErrorCode::schema_error, cat("more has no member \"", printable(member.first, 60), '"'),
                   "it may have: imports, strict"};
    }
  }
  options.loader = dmn_texts(std::move(texts));
  return options;
}

/// What is wrong with a text, as a finding with its place.
[[noreturn]] void refuse(Error error, const SourceText& source) {
  Findings findings;
  findings.error(std::string(slug(error.code)), error.message, error.where, error.help);
  Value places = findings_value(findings, source);
  const Position at = source.position(error.where.begin);
  error.message = cat("line ", at.line, ", column ", at.column, ": ", error.message);
  throw Unsound{std::move(error), std::move(places)};
}

/// {"depth", "element", "rules", "value"} of each step as a JSON list.
std::string steps_text(const std::vector<DmnTrace::Step>& steps) {
  std::string out = "[";
  for (const DmnTrace::Step& step : steps) {
    std::vector<Value> tables;
    for (const auto& matched : step.matched) {
      std::vector<Value> rules;
      for (const std::uint32_t rule : matched) rules.push_back(Value::number(std::int64_t{rule} + 1));
      tables.push_back(Value::list(std::move(rules)));
    }
    append(out, out.size() > 1 ? "," : "", "{\"depth\":", step.depth,
           ",\"element\":", json_out(Value::string(step.element)),
           ",\"rules\":", json_out(Value::list(std::move(tables))), ",\"value\":", json_out(step.value), "}");
  }
  return out + "]";
}

aesop_status asked(const aesop_dmn* dmn, DmnKind kind, aesop_str name, std::string_view what,
                   aesop_str inputs, int64_t at, aesop_str zone, aesop_text** out_result, aesop_error** err,
                   bool with_steps = false) {
  if (out_result != nullptr) *out_result = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(object, get<DmnObject>(dmn));
    AESOP_TRY(called, some_text_in(name, what));
    AESOP_TRY(given, object_in(inputs, "inputs"));
    AESOP_TRY(now, time_in(at, "at"));
    AESOP_TRY(place, text_in(zone, "zone"));
    Evaluation evaluation;
    evaluation.ports = &default_ports();
    evaluation.now = now;
    evaluation.zone = place;
    AESOP_TRY(answer, ask(object->dmn, kind, called, given, evaluation));
    std::string text = result_text(answer.value, answer.diagnostics);
    if (with_steps) {
      text.pop_back();
      append(text, ",\"steps\":", steps_text(answer.steps), "}");
    }
    give(out_result, std::move(text));
    return AESOP_OK;
  });
}

}  // namespace

extern "C" {

aesop_status aesop_dmn_open(aesop_str model, aesop_str more, aesop_dmn** out_dmn, aesop_error** err) {
  if (out_dmn != nullptr) *out_dmn = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(text, some_text_in(model, "model"));
    AESOP_TRY(options, options_in(more));
    const auto source = std::make_shared<const SourceText>("model", std::string(text));
    auto read = read_dmn(source);
    if (!read) refuse(read.take_error(), *source);
    Findings findings;
    auto made = Dmn::compile(*read, findings, options);
    if (!made) throw Unsound{made.take_error(), findings_value(findings, *source)};
    if (out_dmn != nullptr)
      *out_dmn =
          handle_of<aesop_dmn>(std::make_shared<DmnObject>(made.take(), findings_value(findings, *source)));
    return AESOP_OK;
  });
}

aesop_status aesop_dmn_findings(const aesop_dmn* dmn, aesop_text** out_findings, aesop_error** err) {
  if (out_findings != nullptr) *out_findings = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(object, get<DmnObject>(dmn));
    give(out_findings, json_out(object->findings));
    return AESOP_OK;
  });
}

aesop_status aesop_dmn_describe(const aesop_dmn* dmn, aesop_text** out_description, aesop_error** err) {
  if (out_description != nullptr) *out_description = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(object, get<DmnObject>(dmn));
    give(out_description, json_out(describe(object->dmn)));
    return AESOP_OK;
  });
}

aesop_status aesop_dmn_evaluate(const aesop_dmn* dmn, aesop_str decision, aesop_str inputs, int64_t at,
                                aesop_str zone, aesop_text** out_result, aesop_error** err) {
  return asked(dmn, DmnKind::decision, decision, "decision", inputs, at, zone, out_result, err);
}

aesop_status aesop_dmn_explain(const aesop_dmn* dmn, aesop_str decision, aesop_str inputs, int64_t at,
                               aesop_str zone, aesop_text** out_explanation, aesop_error** err) {
  return asked(dmn, DmnKind::decision, decision, "decision", inputs, at, zone, out_explanation, err, true);
}

aesop_status aesop_dmn_evaluate_service(const aesop_dmn* dmn, aesop_str service, aesop_str inputs, int64_t at,
                                        aesop_str zone, aesop_text** out_result, aesop_error** err) {
  return asked(dmn, DmnKind::service, service, "service", inputs, at, zone, out_result, err);
}

aesop_status aesop_dmn_evaluate_knowledge(const aesop_dmn* dmn, aesop_str knowledge, aesop_str inputs,
                                          int64_t at, aesop_str zone, aesop_text** out_result,
                                          aesop_error** err) {
  return asked(dmn, DmnKind::knowledge, knowledge, "knowledge", inputs, at, zone, out_result, err);
}

void aesop_dmn_free(aesop_dmn* dmn) { take(token_of(dmn), Kind::dmn); }

}  // extern "C"
