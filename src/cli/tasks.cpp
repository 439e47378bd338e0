// aesop tasks DB: the worklist.
#include "cli/output.hpp"
#include "cli/report.hpp"
#include "cli/session.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  return look(call,
              command("tasks", {{"role", optional_text(call, "--role")},
                                {"person", optional_text(call, "--person")},
                                {"scope", optional_text(call, "--scope")},
                                {"run", optional_text(call, "--run")}}),
              [](const Value& ok) { put(report_tasks(ok)); });
}

}  // namespace

extern const Verb tasks_verb{
    "tasks",
    "Running",
    "Show the worklist: who has to do what by when",
    "",
    with_store({{"DB", Word::Kind::one, "", "the store"},
                {"--role", Word::Kind::value, "ROLE", "only what this role may do"},
                {"--person", Word::Kind::value, "PERSON", "only what this person may do or holds"},
                {"--scope", Word::Kind::value, "SCOPE", "only at this scope and below"},
                {"--run", Word::Kind::value, "RUN", "only of this run"}}),
    run};

}  // namespace aesop::cli
