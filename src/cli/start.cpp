// aesop start DB SOP: starts a run.
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "cli/who.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  Value given;
  if (call.given("--data")) {
    auto read = read_json_argument(call.text("--data"));
    if (!read) return fail_input(read.error());
    given = read.take();
  }
  const Value start = command("start", {{"sop", Value::string(call.text("SOP"))},
                                        {"version", optional_text(call, "--version")},
                                        {"subject", Value::string(call.text("--subject"))},
                                        {"key", optional_text(call, "--key")},
                                        {"run", optional_text(call, "--run")},
                                        {"thread", optional_text(call, "--thread")},
                                        {"scope", optional_text(call, "--scope")},
                                        {"data", given}});
  auto complete = complete_command(call, start);
  if (!complete) return fail_usage(complete.error());
  return ask(call, *complete, [&](const Value& ok) {
    put(cat("started run ", shown(ok.get("run")), " of ", shown(call.text("SOP")), " for ",
            shown(call.text("--subject")), '\n'));
  });
}

}  // namespace

extern const Verb start_verb{
    "start",
    "Running",
    "Start a run of a published SOP",
    "aesop start shop.db refund --subject order_1041 --scope acme/west --data '{\"amount\": 80}'",
    with_who({{"DB", Word::Kind::one, "", "the store"},
              {"SOP", Word::Kind::one, "", "id of the SOP"},
              {"--subject", Word::Kind::demanded, "ID", "the thing that the run is about"},
              {"--key", Word::Kind::value, "TEXT", "tells runs of one subject apart"},
              {"--version", Word::Kind::value, "V", "version of the SOP (default: the one published last)"},
              {"--data", Word::Kind::value, "JSON", "values of run variables: JSON, @FILE, or - for stdin"},
              {"--run", Word::Kind::value, "ID", "id of the run (default: derived)"},
              {"--thread", Word::Kind::value, "ID", "the chain of runs it belongs to"}}),
    run};

}  // namespace aesop::cli
