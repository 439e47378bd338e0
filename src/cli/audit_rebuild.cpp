// aesop audit rebuild DB: states, timers and worklist anew from the log.
#include "cli/output.hpp"
#include "cli/session.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  auto engine = open_store(call);
  if (!engine) return fail_open(engine.error());
  const auto runs = engine->rebuild();
  if (!runs) return fail(runs.error());
  if (call.json())
    put_json(Value::context(
        {{"ok", Value::context({{"runs", Value::number(static_cast<std::int64_t>(*runs))}})}}));
  else
    put(cat("written anew: states, timers and worklist of ", counted(*runs, "run", "runs"), '\n'));
  return Exit::ok;
}

}  // namespace

extern const Verb audit_rebuild_verb{
    "audit rebuild",
    "Running",
    "Write states, timers and worklist anew from the log",
    "For a store whose derived tables another version of the library wrote, or that were damaged while the\n"
    "log is whole. It verifies the log first and changes nothing of it. One transaction: make a backup, and\n"
    "expect a store of a million runs to take minutes.",
    with_store({{"DB", Word::Kind::one, "", "the store"}}),
    run};

}  // namespace aesop::cli
