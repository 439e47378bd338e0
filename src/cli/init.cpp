// aesop init DB: makes a store.
#include "cli/output.hpp"
#include "cli/session.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  auto engine = open_store(call, {.must_create = true});
  if (!engine) return fail_open(engine.error());
  if (call.json())
    put_json(Value::context({{"store", Value::string(call.text("DB"))}}));
  else
    put(cat("made ", shown(call.text("DB")), "; next: aesop publish ", shown(call.text("DB")), " FILE\n"));
  return Exit::ok;
}

}  // namespace

extern const Verb init_verb{
    "init",
    "Running",
    "Make a store",
    "A store is one file. Mode exclusive is for one process alone and faster; either mode can be\n"
    "used with any store, at any time by one of them.",
    with_store({{"DB", Word::Kind::one, "", "the file; it must not be there"}}),
    run};

}  // namespace aesop::cli
