// A consumer of the compiled library; the same program for every way to find it. It runs a procedure on a SQLite file,
// with a business calendar in a named zone, and reads a DMN model: everything the library stands on is linked and works.
#include "aesop/base/civil_text.hpp"
#include "aesop/dmn/read.hpp"
#include "aesop/engine/engine.hpp"
#include "aesop/version.hpp"

#include <cstdio>
#include <cstring>
#include <filesystem>

namespace {

constexpr const char* tea = R"({
  "aesop": 1, "sop": "tea", "version": "1.0.0", "title": "Make tea", "zone": "America/Chicago",
  "roles": {"cook": {}, "host": {}},
  "steps": [
    {"id": "brew", "title": "Brew the tea", "raci": {"responsible": "cook", "accountable": "host"},
     "due": "10 minutes", "escalate": [{"at": "due", "notify": "accountable"}]},
    {"id": "served", "kind": "end", "outcome": "served"}
  ]
})";

constexpr const char* pot =
    R"(<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="pot" namespace="urn:pot">
  <decision id="d" name="d"><variable name="d"/><literalExpression><text>1</text></literalExpression></decision>
</definitions>)";

bool works(const char* path) {
  const auto model = aesop::read_dmn(aesop::SourceText("pot.dmn", pot));
  if (!model || model->decisions.size() != 1) return false;
  auto engine = aesop::Engine::open(path);
  if (!engine) return false;
  aesop::Request request{.command_id = "c1",
                         .at = aesop::parse_instant("2026-03-02T09:00:00Z").value(),
                         .actor = {.id = "ana", .roles = {"cook"}},
                         .run = "r_1"};
  const auto published = engine->publish(request, tea);
  request.command_id = "c2";
  const auto started = engine->start(request, {.sop = "tea", .subject = "table_4"});
  request.command_id = "c3";
  const auto done = engine->complete_step(request, {.target = {.step = "brew"}});
  if (!published || !started || !done || !done->accepted) return false;
  const auto run = engine->run("r_1");
  return run && run->outcome == "served";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "--version") == 0) {
    std::puts(aesop::version_text);
    return 0;
  }
  const char* path = "consumer.db";
  std::filesystem::remove(path);
  const bool good = works(path);
  std::printf("aesop %s: %s\n", aesop::version_text, good ? "a run from start to end" : "does not work");
  std::filesystem::remove(path);
  return good ? 0 : 1;
}
