// aesop gate FILE --facts F: may this be done? Asks the gates of an SOP without a store or a run.
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "cli/sop_file.hpp"
#include "cli/who.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {
namespace {

bool contains(const Value& list, const Value& wanted) {
  for (const Value& item : list.items())
    if (item == wanted) return true;
  return false;
}

std::string report(const Value& verdict) {
  const std::string word = shown(verdict.get("verdict"));
  const Colour colour = word == "pass" ? Colour::green : word == "warn" ? Colour::yellow : Colour::red;
  std::string out = cat(paint(Colour::bold, shown(verdict.get("gate"))), ": ", paint(colour, word), '\n');
  for (const Value& failure : verdict.get("failures").items()) {
    const bool blocks = contains(verdict.get("blocked"), failure.get("check"));
    append(out, "  ", blocks ? paint(Colour::red, "block") : paint(Colour::yellow, "warn "), "  ",
           shown(failure.get("check")), ": ", shown(failure.get("message")), '\n');
    if (!failure.get("fix").is_null()) append(out, "         do: ", shown(failure.get("fix")), '\n');
  }
  return out;
}

Exit run(const Invocation& call) {
  const SopFile file = load_sop_file(call.text("FILE"));
  if (!file.sound()) {
    message(paint_rendered(file.render(), false));
    if (call.json()) put_json(file.to_value());
    return file.readable ? Exit::found : Exit::input;
  }
  auto facts = read_json_argument(call.text("--facts"));
  if (!facts) return fail_input(facts.error());
  auto at = read_time(call.text("--at", "now"));
  if (!at) return fail_usage(at.error());
  std::vector<std::string> gates = call.list("--gate");
  if (gates.empty())
    for (const PlanGate& gate : file.plan->gates()) gates.push_back(gate.id);
  if (gates.empty())
    return fail(
        {.code = ErrorCode::not_found, .message = cat("the SOP \"", shown(file.path), "\" has no gates")});
  auto engine = Engine::open(":memory:", {});
  if (!engine) return fail(engine.error());
  std::vector<Value> verdicts;
  bool blocked = false;
  for (const std::string& gate : gates) {
    const Value answer = engine->execute(command("gate", {{"text", Value::string(file.source->text)},
                                                          {"gate", Value::string(gate)},
                                                          {"facts", *facts},
                                                          {"at", Value::string(*at)}}));
    if (!answer.find("ok")) return settle(call, answer, [](const Value&) {});
    verdicts.push_back(answer.get("ok"));
    blocked = blocked || verdicts.back().get("verdict").as_string() == "block";
    if (!call.json()) put(report(verdicts.back()));
  }
  if (call.json()) put_json(Value::context({{"gates", Value::list(std::move(verdicts))}}));
  return blocked ? Exit::found : Exit::ok;
}

}  // namespace

extern const Verb gate_verb{
    "gate",
    "About SOPs and rules",
    "Ask the gates of an SOP whether something may be done",
    "Needs no store. Exit code 1 when a gate blocks; warnings do not.",
    {{"FILE", Word::Kind::one, "", "an SOP file"},
     {"--facts", Word::Kind::demanded, "JSON", "values of run variables: JSON, @FILE, or - for stdin"},
     {"--gate", Word::Kind::list, "ID", "this gate only (default: all)"},
     {"--at", Word::Kind::value, "TIME", "what now() and today() give (default: now)"},
     {"--json", Word::Kind::flag, "", "print JSON"}},
    run};

}  // namespace aesop::cli
