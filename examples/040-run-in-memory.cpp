// One run from start to end, in a store that lives in memory. The same code runs on a file: pass its name to open().
// Time is what the caller says it is, so this prints the same every time.
#include "aesop/base/civil_text.hpp"
#include "aesop/engine/engine.hpp"

#include <iostream>

constexpr const char* tea = R"({
  "aesop": 1, "sop": "tea", "version": "1.0.0", "title": "Make tea",
  "roles": {"cook": {}, "host": {}},
  "steps": [
    {"id": "brew", "title": "Brew the tea", "raci": {"responsible": "cook", "accountable": "host"},
     "checklist": ["Boil the water"], "form": {"minutes": {"type": "number", "required": true}},
     "due": "10 minutes", "escalate": [{"at": "due", "notify": "accountable"}],
     "next": [{"if": "minutes > 5", "go": "pour_away"}, {"else": "served"}]},
    {"id": "pour_away", "kind": "end", "outcome": "bitter"},
    {"id": "served", "kind": "end", "outcome": "served"}
  ]
})";

int main() {
  aesop::Engine engine = aesop::Engine::open(":memory:").value();
  aesop::Request request{.at = aesop::parse_instant("2026-03-02T09:00:00Z").value(),
                         .actor = {.id = "ana", .roles = {"cook"}},
                         .run = "r_1"};
  const auto next = [&](const char* command_id, int minutes) -> const aesop::Request& {
    request.command_id = command_id;  // names this intention for ever: repeating it does nothing twice
    request.at = request.at + minutes * 60'000'000LL;
    return request;
  };

  engine.publish(next("c1", 0), tea).value();
  engine.start(next("c2", 0), {.sop = "tea", .subject = "table_4"}).value();
  for (const aesop::WorkItem& task : engine.worklist({.role = "cook"}).value())
    std::cout << "to do: " << task.step << " for " << task.subject << ", due " << to_string(*task.due)
              << "\n";

  const aesop::Value form = aesop::Value::context({{"minutes", aesop::Value::number(4)}});
  aesop::Answer answer =
      engine.complete_step(next("c3", 4), {.target = {.step = "brew"}, .form = form}).value();
  std::cout << (answer.accepted ? "accepted" : "refused: ") << answer.reason() << "\n";
  for (const aesop::Obstacle& missing : engine.why("r_1", request.at).value())
    std::cout << "  " << missing.text << "\n";

  engine.tick(next("c4", 0), {.target = {.step = "brew"}, .item = "1"}).value();
  answer = engine.complete_step(next("c5", 0), {.target = {.step = "brew"}, .form = form}).value();
  std::cout << (answer.accepted ? "accepted" : "refused: ") << answer.reason() << "\n";
  std::cout << "outcome: " << engine.run("r_1").value().outcome << "\n";
}
