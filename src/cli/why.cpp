// aesop why DB RUN [STEP]: why does it not go on?
#include "cli/output.hpp"
#include "cli/report.hpp"
#include "cli/session.hpp"
#include "cli/who.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  auto at = read_time(call.text("--at", "now"));
  if (!at) return fail_usage(at.error());
  return look(call,
              command("why", {{"run", Value::string(call.text("RUN"))},
                              {"step", optional_text(call, "STEP")},
                              {"at", Value::string(*at)}}),
              [](const Value& ok) { put(report_why(ok)); });
}

}  // namespace

extern const Verb why_verb{"why",
                           "Reading",
                           "Say what keeps a run, or one step of it, from going on",
                           "",
                           with_store({{"DB", Word::Kind::one, "", "the store"},
                                       {"RUN", Word::Kind::one, "", "id of the run"},
                                       {"STEP", Word::Kind::optional, "", "id of a step"},
                                       {"--at", Word::Kind::value, "TIME", "as of when (default: now)"}}),
                           run};

}  // namespace aesop::cli
