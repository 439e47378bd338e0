// aesop events DB: what happened.
#include "cli/output.hpp"
#include "cli/report.hpp"
#include "cli/session.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  Value numbers[2];
  const std::string_view words[] = {"--after", "--limit"};
  for (int i = 0; i < 2; ++i) {
    if (!call.given(words[i])) continue;
    const auto number = parse_integer<std::int64_t>(call.text(words[i]));
    if (!number || *number < 0) {
      message(cat("aesop: ", words[i], " is a number\n"));
      return Exit::usage;
    }
    numbers[i] = Value::number(*number);
  }
  std::vector<Value> kinds;
  for (const std::string& kind : call.list("--kind")) kinds.push_back(Value::string(kind));
  return look(call,
              command("events", {{"run", optional_text(call, "--run")},
                                 {"after", numbers[0]},
                                 {"limit", numbers[1]},
                                 {"kinds", kinds.empty() ? Value() : Value::list(std::move(kinds))}}),
              [](const Value& ok) { put(report_events(ok)); });
}

}  // namespace

extern const Verb events_verb{
    "events",
    "Reading",
    "Show what happened, in order",
    "Of a run its events are shown; --kind refusal shows who tried in vain. With --kind, --after is a SEQ, "
    "else with\n"
    "--run the number of an event of the run.",
    with_store({{"DB", Word::Kind::one, "", "the store"},
                {"--run", Word::Kind::value, "RUN", "only of this run"},
                {"--kind", Word::Kind::list, "KIND",
                 "event, refusal, administration or library; may be given again"},
                {"--after", Word::Kind::value, "SEQ", "only what came after this number"},
                {"--limit", Word::Kind::value, "N", "at most so many"}}),
    run};

}  // namespace aesop::cli
