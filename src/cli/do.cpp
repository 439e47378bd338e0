// aesop do DB COMMAND: any command of docs/commands.md.
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/report.hpp"
#include "cli/session.hpp"
#include "cli/who.hpp"

#include "aesop/base/text.hpp"

#include <algorithm>

namespace aesop::cli {
namespace {

// Whether a command changes the store and so needs an id, a time and an actor.
bool writes(std::string_view command) {
  constexpr std::string_view reading[] = {
      "tasks", "run",      "events", "why",        "runs", "timers", "verify", "people",      "sops",
      "feeds", "evaluate", "gate",   "parameters", "sop",  "kpis",   "counts", "escalations", "exceptions"};
  return std::find(std::begin(reading), std::end(reading), command) == std::end(reading);
}

Exit run(const Invocation& call) {
  auto given = read_json_argument(call.text("COMMAND"));
  if (!given) return fail_input(given.error());
  if (!given->is_context() || !given->get("do").is_string())
    return fail({.code = ErrorCode::schema_error,
                 .message = "a command is a JSON object with \"do\"",
                 .help = "for example {\"do\": \"complete\", \"run\": \"r_1\", \"step\": \"pay\"}"});
  given = with_text_of_file(*given);
  if (!given) return fail_input(given.error());
  const std::string_view verb = given->get("do").as_string();
  // Rules may ask for now(): the program says what it is, where the command does not.
  if ((verb == "gate" || verb == "evaluate") && !given->find("at")) {
    auto at = read_time(call.text("--at", "now"));
    if (!at) return fail_usage(at.error());
    given = given->with("at", Value::string(*at));
  }
  auto complete = writes(verb) ? complete_command(call, *given) : Result<Value>(*given);
  if (!complete) return fail_usage(complete.error());
  return ask(call, *complete, [&](const Value& ok) { put(report_done(given->get("do").as_string(), ok)); });
}

}  // namespace

extern const Verb do_verb{"do",
                          "Running",
                          "Send any command, as JSON",
                          "aesop do shop.db '{\"do\": \"complete\", \"run\": \"r_1\", \"step\": \"pay\"}' "
                          "--actor ana --role agent\n"
                          "docs/commands.md lists the commands. What is missing of \"command_id\", \"at\" "
                          "and \"actor\" is filled in.",
                          with_who({{"DB", Word::Kind::one, "", "the store"},
                                    {"COMMAND", Word::Kind::one, "", "JSON, @FILE, or - for stdin"}}),
                          run};

}  // namespace aesop::cli
