// aesop audit verify DB: is the record whole?
#include "aesop/base/text.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  return ask(call, command("verify"), [](const Value& ok) {
    put(cat("the log is whole: ", shown(ok.get("entries")), " entries, last hash ",
            shown(ok.get("leaf")).substr(0, 16), '\n'));
  });
}

}  // namespace

extern const Verb audit_verify_verb{
    "audit verify",
    "Reading",
    "Check that no entry of the log was changed, removed or put in",
    "It finds any change of single entries. It cannot find a log rewritten as a whole, nor entries cut off\n"
    "at the end: note the number and hash it prints, and compare later. Exit code 1 when the log is broken.",
    with_store({{"DB", Word::Kind::one, "", "the store"}}),
    run};

}  // namespace aesop::cli
