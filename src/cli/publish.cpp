// aesop publish DB FILE...: puts SOPs into the library of a store, from where runs are started.
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "cli/sop_file.hpp"
#include "cli/who.hpp"

#include "aesop/base/text.hpp"

namespace aesop::cli {
namespace {

Exit run(const Invocation& call) {
  if (call.given("--command-id") && call.list("FILE").size() > 1) {
    message("aesop: --command-id goes with one FILE only\n");
    return Exit::usage;
  }
  auto engine = open_store(call);
  if (!engine) return fail_open(engine.error());
  Exit worst = Exit::ok;
  std::vector<Value> answers;
  for (const std::string& path : call.list("FILE")) {
    const SopFile file = load_sop_file(path);
    if (!file.sound()) {
      message(paint_rendered(file.render(), false));
      if (call.json()) answers.push_back(file.to_value());
      worst = std::max(worst, !file.readable ? Exit::input : Exit::found);
      continue;
    }
    auto complete = complete_command(call, command("publish", {{"text", Value::string(file.source->text)}}));
    if (!complete) return fail_usage(complete.error());
    const Value answer = engine->execute(*complete);
    if (call.json()) answers.push_back(answer.with("file", Value::string(path)));
    const Exit code = call.json() ? exit_of_answer(answer) : settle(call, answer, [&](const Value& ok) {
      put(cat("published ", shown(ok.get("sop")), " ", shown(ok.get("version")), "  ",
              shown(ok.get("hash")).substr(0, 16), '\n'));
    });
    worst = std::max(worst, code);
  }
  if (call.json()) put_json(Value::context({{"answers", Value::list(std::move(answers))}}));
  return worst;
}

}  // namespace

extern const Verb publish_verb{
    "publish",
    "Running",
    "Put SOPs into the library of a store",
    "A published version never changes: to change an SOP, raise its \"version\" and publish again. Open\n"
    "runs keep the version with which they began.",
    with_who({{"DB", Word::Kind::one, "", "the store"}, {"FILE", Word::Kind::many, "", "SOP files"}}),
    run};

}  // namespace aesop::cli
