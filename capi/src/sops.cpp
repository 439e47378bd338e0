// SOPs as texts: reading, checking, showing, formatting.
#include "guard.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/model/format.hpp"
#include "aesop/model/plan.hpp"
#include "aesop/model/show.hpp"
#include "aesop/value/findings_value.hpp"
#include "aesop/verify/verify.hpp"

using namespace aesop;
using namespace aesop::capi;

namespace {

struct SopObject final : Object {
  static constexpr Kind the_kind = Kind::sop;
  explicit SopObject(Checked the_checked) : Object(the_kind), checked(std::move(the_checked)) {}
  const Checked checked;
};

Error unreadable(const Checked& checked) {
  const Finding& first = checked.findings[0];
  const Position at = checked.source->position(first.where.begin);
  return {ErrorCode::parse_error, cat("line ", at.line, ", column ", at.column, ": ", first.message),
          first.help};
}

template <class Row>
Value ids(const std::vector<Row>& rows, Text Row::*id) {
  std::vector<Value> items;
  for (const Row& row : rows) items.push_back(Value::string((row.*id).text));
  return Value::list(std::move(items));
}

template <class Body>
aesop_status with_sop(const aesop_sop* sop, aesop_error** err, Body body) noexcept {
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(object, get<SopObject>(sop));
    return body(object->checked);
  });
}

}  // namespace

extern "C" {

aesop_status aesop_sop_load(aesop_str text, aesop_str name, aesop_sop** out_sop, aesop_error** err) {
  if (out_sop != nullptr) *out_sop = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(source, text_in(text, "text"));
    AESOP_TRY(called, text_in(name, "name"));
    Checked checked = check(source, std::string(called.empty() ? "sop" : called), default_ports());
    if (!checked.definition)
      throw Unsound{unreadable(checked), findings_value(checked.findings, *checked.source)};
    if (out_sop != nullptr) *out_sop = handle_of<aesop_sop>(std::make_shared<SopObject>(std::move(checked)));
    return AESOP_OK;
  });
}

aesop_status aesop_sop_is_sound(const aesop_sop* sop, int32_t* out_sound, aesop_error** err) {
  if (out_sound != nullptr) *out_sound = 0;
  return with_sop(sop, err, [&](const Checked& checked) -> Outcome {
    if (out_sound != nullptr) *out_sound = checked.clean() ? 1 : 0;
    return AESOP_OK;
  });
}

aesop_status aesop_sop_findings(const aesop_sop* sop, aesop_text** out_findings, aesop_error** err) {
  if (out_findings != nullptr) *out_findings = nullptr;
  return with_sop(sop, err, [&](const Checked& checked) -> Outcome {
    give(out_findings, json_out(findings_value(checked.findings, *checked.source)));
    return AESOP_OK;
  });
}

aesop_status aesop_sop_render(const aesop_sop* sop, aesop_text** out_rendered, aesop_error** err) {
  if (out_rendered != nullptr) *out_rendered = nullptr;
  return with_sop(sop, err, [&](const Checked& checked) -> Outcome {
    give(out_rendered, checked.render());
    return AESOP_OK;
  });
}

aesop_status aesop_sop_show(const aesop_sop* sop, aesop_text** out_procedure, aesop_error** err) {
  if (out_procedure != nullptr) *out_procedure = nullptr;
  return with_sop(sop, err, [&](const Checked& checked) -> Outcome {
    give(out_procedure, show(*checked.definition));
    return AESOP_OK;
  });
}

aesop_status aesop_sop_info(const aesop_sop* sop, aesop_text** out_info, aesop_error** err) {
  if (out_info != nullptr) *out_info = nullptr;
  return with_sop(sop, err, [&](const Checked& checked) -> Outcome {
    const Definition& file = *checked.definition;
    std::vector<Entry> entries = {{"gates", ids(file.gates, &GateDefinition::id)}};
    if (checked.plan) entries.emplace_back("hash", Value::string(checked.plan->hash()));
    entries.emplace_back("rules", ids(file.rules, &RuleDefinition::name));
    entries.emplace_back("sop", Value::string(file.sop.text));
    entries.emplace_back("steps", ids(file.steps, &StepDefinition::id));
    entries.emplace_back("title", Value::string(file.title.text));
    entries.emplace_back("version", Value::string(file.version.text));
    give(out_info, json_out(Value::context(std::move(entries))));
    return AESOP_OK;
  });
}

void aesop_sop_free(aesop_sop* sop) { take(token_of(sop), Kind::sop); }

aesop_status aesop_sop_format(aesop_str text, aesop_text** out_formatted, aesop_error** err) {
  if (out_formatted != nullptr) *out_formatted = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(source, text_in(text, "text"));
    AESOP_TRY(formatted, format(source));
    give(out_formatted, std::move(formatted));
    return AESOP_OK;
  });
}

}  // extern "C"
