// aesop feel EXPR: evaluates one expression.
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/verb.hpp"
#include "cli/who.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/default_ports.hpp"
#include "aesop/base/text.hpp"
#include "aesop/rules/compile.hpp"
#include "aesop/rules/explain.hpp"
#include "aesop/rules/with_feel.hpp"
#include "aesop/value/json_write.hpp"
#include "aesop/value/print.hpp"

namespace aesop::cli {
namespace {

Value diagnostics_value(const Diagnostics& diagnostics) {
  std::vector<Value> list;
  for (const Diagnostic& one : diagnostics)
    list.push_back(Value::context({{"code", Value::string(slug(one.code))},
                                   {"message", Value::string(one.detail)},
                                   {"begin", Value::number(std::int64_t{one.where.begin})},
                                   {"end", Value::number(std::int64_t{one.where.end})}}));
  return Value::list(std::move(list));
}

Value part_value(const ExplainedPart& part) {
  std::vector<Value> parts;
  for (const ExplainedPart& one : part.parts) parts.push_back(part_value(one));
  std::vector<Entry> members = {{"text", Value::string(part.text)},
                                {"begin", Value::number(std::int64_t{part.where.begin})},
                                {"end", Value::number(std::int64_t{part.where.end})},
                                {"feel", Value::string(to_literal(part.value))}};
  if (auto text = write_json(part.value)) members.emplace_back("value", part.value);
  if (part.decided) members.emplace_back("decided", Value::boolean(true));
  if (!part.element.empty()) members.emplace_back("element", Value::string(part.element));
  if (part.why)
    members.emplace_back("why", Value::context({{"code", Value::string(slug(part.why->code))},
                                                {"message", Value::string(part.why->detail)}}));
  if (!parts.empty()) members.emplace_back("parts", Value::list(std::move(parts)));
  if (part.left_out > 0)
    members.emplace_back("left_out", Value::number(static_cast<std::int64_t>(part.left_out)));
  return Value::context(std::move(members));
}

Exit run(const Invocation& call) {
  const SourceText source("expression", call.text("EXPR"));
  auto now = read_time(call.text("--at", "now"));
  if (!now) return fail_usage(now.error());
  Evaluation evaluation;
  evaluation.ports = &default_ports();
  evaluation.now = *parse_instant(*now);
  evaluation.zone = call.text("--zone");
  Value context;
  if (call.given("--context")) {
    auto read = read_json_argument(call.text("--context"));
    if (!read) return fail_input(read.error());
    if (!read->is_context())
      return fail({.code = ErrorCode::type_mismatch, .message = "--context is not a JSON object"});
    auto valued = with_feel(*read, evaluation);
    if (!valued) return fail(valued.error());
    context = valued.take();
  }
  Scope scope;
  std::vector<Value> slots;
  for (const Entry& entry : context.entries()) {
    scope.add(entry.first, TypeKind::any);
    slots.push_back(entry.second);
  }
  auto expression = Expr::compile(source.text, scope);
  if (!expression) {
    const Error& error = expression.error();
    message(paint_rendered(source.render(error.where, slug(error.code), "error", error.message, error.help),
                           false));
    if (call.json()) put_json(Value::context({{"error", error_value(error)}}));
    return exit_of(error.code);
  }
  const Value result = expression->evaluate(slots, evaluation);
  const Diagnostics& diagnostics = evaluation.diagnostics;
  if (call.json()) {
    std::vector<Entry> members = {{"feel", Value::string(to_literal(result))},
                                  {"type", Value::string(to_string(result.kind()))},
                                  {"diagnostics", diagnostics_value(diagnostics)}};
    if (auto text = write_json(result)) members.emplace_back("value", result);
    if (call.given("--explain"))
      members.emplace_back("explained", part_value(explain(*expression, slots, evaluation)));
    put_json(Value::context(std::move(members)));
  } else if (call.given("--explain")) {
    put(to_text(explain(*expression, slots, evaluation)));
    return result.is_null() && !diagnostics.empty() ? Exit::found : Exit::ok;
  } else {
    put(to_literal(result) + '\n');
  }
  for (const Diagnostic& one : diagnostics)
    message(paint_rendered(source.render(one.where, slug(one.code), "note", one.detail), false));
  return result.is_null() && !diagnostics.empty() ? Exit::found : Exit::ok;
}

}  // namespace

extern const Verb feel_verb{
    "feel",
    "About SOPs and rules",
    "Evaluate a FEEL expression",
    "aesop feel 'amount * 2 > limit' --context '{\"amount\": 80, \"limit\": 100}'\n"
    "In the context a text that begins with = is FEEL: {\"due\": \"=date(\\\"2026-03-02\\\")\"}.\n"
    "An expression that begins with a minus and a name needs -- before it.\n"
    "An expression that fails gives null, says why on stderr, and ends with exit code 1.",
    {{"EXPR", Word::Kind::one, "", "the expression, in single quotes of the shell"},
     {"--context", Word::Kind::value, "JSON", "its names and their values: JSON, @FILE, or - for stdin"},
     {"--explain", Word::Kind::flag, "", "print the parts with their values: what decided, why null"},
     {"--at", Word::Kind::value, "TIME", "what now() and today() give (default: now)"},
     {"--zone", Word::Kind::value, "ZONE", "zone of now() and today() (default: UTC)"},
     {"--json", Word::Kind::flag, "", "print JSON"}},
    run};

}  // namespace aesop::cli
