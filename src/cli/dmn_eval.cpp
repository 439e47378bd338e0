// aesop dmn eval MODEL: evaluates a decision of a .dmn file.
#include "cli/dmn_model.hpp"
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/verb.hpp"
#include "cli/who.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"
#include "aesop/dmn/ask.hpp"
#include "aesop/value/json_write.hpp"
#include "aesop/value/print.hpp"

namespace aesop::cli {
namespace {

// The inputs as the model has them; a name that it does not know is an error.
Result<std::vector<DmnInput>> typed_inputs(const Dmn& model, dmn::Element::Kind kind, std::string_view name,
                                           const Value& given) {
  const dmn::Element* asked = model.graph().find(kind, name);
  if (asked == nullptr) return std::vector<DmnInput>();  // the evaluation says what there is
  return dmn::InputReader(model, *asked).read(given);
}

std::string rules_text(const std::vector<std::vector<std::uint32_t>>& matched) {
  std::string out;
  for (const auto& table : matched) {
    std::vector<std::string> numbers;
    for (const std::uint32_t rule : table) numbers.push_back(cat(rule + 1));
    append(out, out.empty() ? "" : "; ",
           numbers.empty()       ? std::string("no rule")
           : numbers.size() == 1 ? cat("rule ", numbers[0])
                                 : cat("rules ", join(numbers, ", ")));
  }
  return out;
}

Value explanation(const DmnTrace& trace) {
  std::vector<Value> steps;
  for (const DmnTrace::Step& step : trace.steps) {
    std::vector<Value> tables;
    for (const auto& table : step.matched) {
      std::vector<Value> rules;
      for (const std::uint32_t rule : table) rules.push_back(Value::number(std::int64_t{rule} + 1));
      tables.push_back(Value::list(std::move(rules)));
    }
    steps.push_back(Value::context({{"element", Value::string(step.element)},
                                    {"depth", Value::number(std::int64_t{step.depth})},
                                    {"feel", Value::string(to_literal(step.value))},
                                    {"rules", Value::list(std::move(tables))}}));
  }
  return Value::list(std::move(steps));
}

Value diagnostics_value(const Dmn& model, const Diagnostics& diagnostics, const DmnTrace& trace) {
  std::vector<Value> list;
  for (std::size_t i = 0; i < diagnostics.items().size(); ++i) {
    const Diagnostic& one = diagnostics.items()[i];
    std::vector<Entry> members = {{"code", Value::string(slug(one.code))},
                                  {"message", Value::string(one.detail)}};
    if (i < trace.places.size()) {
      const DmnTrace::Place& place = trace.places[i];
      members.emplace_back("element", Value::string(place.element));
      if (const auto& source = model.models()[place.model].source) {
        const Position at = source->position(place.where.begin);
        members.emplace_back("file", Value::string(source->name));
        members.emplace_back("line", Value::number(std::int64_t{at.line}));
        members.emplace_back("column", Value::number(std::int64_t{at.column}));
      }
    }
    list.push_back(Value::context(std::move(members)));
  }
  return Value::list(std::move(list));
}

void tell(const Dmn& model, const Diagnostics& diagnostics, const DmnTrace& trace) {
  for (std::size_t i = 0; i < diagnostics.items().size(); ++i) {
    const Diagnostic& one = diagnostics.items()[i];
    const auto& source = i < trace.places.size() ? model.models()[trace.places[i].model].source : nullptr;
    if (source)
      message(
          paint_rendered(source->render(trace.places[i].where, slug(one.code), "note", one.detail), false));
    else
      message(cat("note[", slug(one.code), "]: ", printable(one.detail, 300), '\n'));
  }
}

Exit run(const Invocation& call) {
  auto now = read_time(call.text("--at", "now"));
  if (!now) return fail_usage(now.error());
  if (call.given("--decision") == call.given("--service"))
    return fail_usage(
        {.code = ErrorCode::invalid_argument, .message = "one of --decision and --service is needed"});
  Value given;
  if (call.given("--input")) {
    auto read = read_json_argument(call.text("--input"));
    if (!read) return fail_input(read.error());
    if (!read->is_context())
      return fail({.code = ErrorCode::type_mismatch, .message = "--input is not a JSON object"});
    given = read.take();
  }
  const DmnFile file = load_dmn(call.text("MODEL"));
  if (const int code = report_dmn(file); code != 0) {
    if (call.json()) put_json(Value::context({{"error", error_value(*file.error)}}));
    return static_cast<Exit>(code);
  }
  Evaluation evaluation;
  evaluation.ports = &default_ports();
  evaluation.now = *parse_instant(*now);
  evaluation.zone = call.text("--zone");
  DmnTrace trace;
  const bool service = call.given("--service");
  const std::string name = call.text(service ? "--service" : "--decision");
  auto inputs = typed_inputs(
      *file.model, service ? dmn::Element::Kind::service : dmn::Element::Kind::decision, name, given);
  if (!inputs) return fail(inputs.error());
  auto result = service ? file.model->evaluate_service(name, *inputs, evaluation, &trace)
                        : file.model->evaluate(name, *inputs, evaluation, &trace);
  if (!result) return fail(result.error());
  if (call.json()) {
    std::vector<Entry> members = {
        {"feel", Value::string(to_literal(*result))},
        {"type", Value::string(to_string(result->kind()))},
        {"diagnostics", diagnostics_value(*file.model, evaluation.diagnostics, trace)}};
    if (call.given("--explain")) members.emplace_back("steps", explanation(trace));
    if (auto text = write_json(*result)) members.emplace_back("value", *result);
    put_json(Value::context(std::move(members)));
  } else {
    if (call.given("--explain")) {
      // What was asked for first, what it needed below it.
      for (std::size_t i = trace.steps.size(); i-- > 0;) {
        const DmnTrace::Step& step = trace.steps[i];
        const std::string rules = rules_text(step.matched);
        put(cat(std::string(2 * static_cast<std::size_t>(step.depth), ' '), shown(step.element), " = ",
                printable(to_literal(step.value), 300), rules.empty() ? "" : cat("   (", rules, ')'), '\n'));
      }
    } else {
      put(to_literal(*result) + '\n');
    }
  }
  tell(*file.model, evaluation.diagnostics, trace);
  return result->is_null() && !evaluation.diagnostics.empty() ? Exit::found : Exit::ok;
}

}  // namespace

extern const Verb dmn_eval_verb{
    "dmn eval",
    "About SOPs and rules",
    "Evaluate a decision of a DMN model",
    "aesop dmn eval discount.dmn --decision Discount --input '{\"Amount\": 120}'\n"
    "Inputs not given are null. Imported models are looked for beside the file.\n"
    "A decision that fails gives null, says why on stderr, and ends with exit code 1.",
    {{"MODEL", Word::Kind::one, "", "a .dmn file of DMN 1.1 to 1.5"},
     {"--decision", Word::Kind::value, "NAME", "the decision"},
     {"--service", Word::Kind::value, "NAME", "a decision service, in place of a decision"},
     {"--input", Word::Kind::value, "JSON", "input data by their names: JSON, @FILE, or - for stdin"},
     {"--explain", Word::Kind::flag, "",
      "show every decision that was evaluated, its value and the rules that matched"},
     {"--at", Word::Kind::value, "TIME", "what now() and today() give (default: now)"},
     {"--zone", Word::Kind::value, "ZONE", "zone of now() and today() (default: UTC)"},
     {"--json", Word::Kind::flag, "", "print JSON"}},
    run};

}  // namespace aesop::cli
