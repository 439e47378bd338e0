// aesop audit verify DB: is the record whole?
#include "cli/output.hpp"
#include "cli/session.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  bool sound = true;
  auto engine = open_store(call, {.to_read = true});
  if (!engine) return fail_open(engine.error());
  const Value answer =
      engine->execute(command("verify", {{"deep", call.given("--deep") ? Value::boolean(true) : Value()},
                                         {"file", call.given("--file") ? Value::boolean(true) : Value()}}));
  if (answer.find("ok")) sound = answer.get("ok").get("sound").is_true();
  const Exit code = settle(call, answer, [](const Value& ok) {
    const std::string entries = counted(
        static_cast<std::size_t>(ok.get("entries").as_decimal().to_int64().value_or(0)), "entry", "entries");
    if (ok.get("sound").is_true())
      put(cat("the log is ", paint(Colour::green, "whole"), ": ", entries, ", head ", shown(ok.get("head")),
              '\n'));
    else if (ok.find("first_bad"))
      put(cat("the log is ", paint(Colour::red, "broken"), " at entry ", shown(ok.get("first_bad")), ": ",
              shown(ok.get("reason")), '\n'));
    else
      put(cat("the store is ", paint(Colour::red, "not what its log says"), ": ", shown(ok.get("reason")),
              '\n'));
    const Value& payloads = ok.get("payloads");
    if (payloads.get("erased") != Value::number(0))
      put(cat("  data of ", shown(payloads.get("erased")), " erased, as recorded\n"));
  });
  return code == Exit::ok && !sound ? Exit::found : code;
}

}  // namespace

extern const Verb audit_verify_verb{
    "audit verify",
    "Reading",
    "Check that no entry of the log was changed, removed or put in",
    "It finds any change of single entries. It cannot find a log rewritten as a whole, nor entries cut off\n"
    "at the end: note the number and hash it prints, and compare later. Exit code 1 when the log is broken,\n"
    "or the store is not what it says.",
    with_store(
        {{"DB", Word::Kind::one, "", "the store"},
         {"--deep", Word::Kind::flag, "", "also replay every run and compare what is stored beside the log"},
         {"--file", Word::Kind::flag, "", "also check the structure of the file; writers wait meanwhile"}}),
    run};

}  // namespace aesop::cli
