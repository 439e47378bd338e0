// aesop outbox DB: what waits for the host: messages, pages, calls of other systems.
#include "cli/output.hpp"
#include "cli/report.hpp"
#include "cli/session.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  return look(call, command("outbox"), [](const Value& ok) { put(report_outbox(ok)); });
}

}  // namespace

extern const Verb outbox_verb{
    "outbox",
    "Reading",
    "Show what waits to be handed out: messages, pages, calls of other systems",
    "This only looks. A host takes them with the command \"outbox\" and reports back with \"ack\".",
    with_store({{"DB", Word::Kind::one, "", "the store"}}),
    run};

}  // namespace aesop::cli
