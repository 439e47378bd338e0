// aesop advance DB --to TIME: lets time pass: fires what is due.
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "cli/who.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  auto to = read_time(call.text("--to"));
  if (!to) return fail_usage(to.error());
  auto engine = open_store(call);
  if (!engine) return fail_open(engine.error());
  std::int64_t fired = 0;
  for (;;) {  // each command is one bounded batch; it says whether there is more
    // No command id: what has fired does not fire again.
    const Value answer = engine->execute(command("advance", {{"to", Value::string(*to)}}));
    const Value& ok = answer.get("ok");
    fired += ok.get("fired").as_decimal().to_int64().value_or(0);
    const bool more = ok.get("more").is_true();
    if (more) continue;
    const Value whole =
        answer.find("ok") ? Value::context({{"ok", ok.with("fired", Value::number(fired))}}) : answer;
    return settle(call, whole, [&](const Value&) {
      put(cat("advanced to ", shown_time(*to), " ", shown_zone(), ": ",
              counted(static_cast<std::size_t>(fired), "timer"), " fired\n"));
      for (const Value& one : ok.get("stuck").items())
        message(cat("run ", one.get("run").as_string(), " cannot go on: ", one.get("message").as_string(),
                    " [", one.get("code").as_string(), "]\n"));
    });
  }
}

}  // namespace

extern const Verb advance_verb{
    "advance",
    "Running",
    "Let time pass: fire the deadlines and escalations that are due",
    "A service calls this every minute with --to now. After a pause everything is fired in the order in\n"
    "which it was due, as if nothing had stopped.",
    with_store({{"DB", Word::Kind::one, "", "the store"},
                {"--to", Word::Kind::demanded, "TIME", "2026-03-02T09:00:00Z, or now"}}),
    run};

}  // namespace aesop::cli
