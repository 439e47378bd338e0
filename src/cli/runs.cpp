// aesop runs DB: the runs of a store.
#include "cli/output.hpp"
#include "cli/report.hpp"
#include "cli/session.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  return look(call,
              command("runs", {{"status", optional_text(call, "--status")},
                               {"sop", optional_text(call, "--sop")},
                               {"scope", optional_text(call, "--scope")}}),
              [](const Value& ok) { put(report_runs(ok)); });
}

}  // namespace

extern const Verb runs_verb{
    "runs",
    "Reading",
    "List the runs",
    "",
    with_store({{"DB", Word::Kind::one, "", "the store"},
                {"--status", Word::Kind::value, "open|suspended|closed", "only these"},
                {"--sop", Word::Kind::value, "SOP", "only of this SOP"},
                {"--scope", Word::Kind::value, "SCOPE", "only at this scope and below"}}),
    run};

}  // namespace aesop::cli
