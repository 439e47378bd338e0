// aesop gate FILE --facts F: may this be done? Asks the gates of an SOP without a store or a run.
#include "aesop/base/text.hpp"
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "cli/sop_file.hpp"
#include "cli/who.hpp"

namespace aesop::cli {
namespace {

std::string report(const Value& gate) {
  const std::string verdict = shown(gate.get("verdict"));
  const Colour colour = verdict == "pass" ? Colour::green : verdict == "warn" ? Colour::yellow : Colour::red;
  std::string out = cat(paint(Colour::bold, shown(gate.get("gate"))), ": ", paint(colour, verdict), '\n');
  for (const Value& check : gate.get("checks").items()) {
    const std::string effect = shown(check.get("effect"));
    if (effect.empty() || effect == "pass" || effect == "skip") continue;
    append(out, "  ", effect, "  ", shown(check.get("id")), ": ", shown(check.get("message")), '\n');
    if (!check.get("fix").is_null()) append(out, "         fix: ", shown(check.get("fix")), '\n');
  }
  return out;
}

Exit run(const Invocation& call) {
  const SopFile file = load_sop_file(call.text("FILE"));
  if (!file.sound()) {
    message(paint_rendered(file.render(), false));
    if (call.json()) put_json(file.to_value());
    return file.error ? Exit::input : Exit::found;
  }
  auto facts = read_json_argument(call.text("--facts"));
  if (!facts) return fail(facts.error());
  auto at = read_time(call.text("--at", "now"));
  if (!at) return fail(at.error());
  auto engine = Engine::open(":memory:", {});
  if (!engine) return fail(engine.error());
  const Value answer =
      engine->execute(command("gate", {{"text", Value::string(file.source->text)},
                                       {"gate", optional_text(call, "--gate")},
                                       {"facts", *facts},
                                       {"at", Value::string(*at)}}));
  bool blocked = false;
  for (const Value& gate : answer.get("ok").get("gates").items())
    blocked = blocked || gate.get("verdict").as_string() == "block";
  const Exit code = settle(call, answer, [&](const Value& ok) {
    for (const Value& gate : ok.get("gates").items()) put(report(gate));
  });
  return code == Exit::ok && blocked ? Exit::found : code;
}

}  // namespace

extern const Verb gate_verb{
    "gate",
    "About SOPs and rules",
    "Ask the gates of an SOP whether something may be done",
    "Needs no store. Exit code 1 when a gate blocks; warnings do not.",
    {{"FILE", Word::Kind::one, "", "an SOP file"},
     {"--facts", Word::Kind::demanded, "JSON", "values of run variables: JSON, @FILE, or - for stdin"},
     {"--gate", Word::Kind::value, "ID", "this gate only (default: all)"},
     {"--at", Word::Kind::value, "TIME", "what now() and today() give (default: now)"},
     {"--json", Word::Kind::flag, "", "print JSON"}},
    run};

}  // namespace aesop::cli
