// Deadlines and escalation: nothing happens behind your back. advance() fires what is due, the outbox says what the
// host has to do about it, and acknowledging an effect takes it out.
#include "aesop/base/civil_text.hpp"
#include "aesop/engine/engine.hpp"
#include "aesop/value/print.hpp"

#include <iostream>

constexpr const char* lost = R"({
  "aesop": 1, "sop": "lost_item", "version": "1.0.0", "title": "Find a lost item", "zone": "Europe/Paris",
  "roles": {"porter": {}, "manager": {"pages": true}},
  "steps": [
    {"id": "search", "title": "Search the rooms", "raci": {"responsible": "porter", "accountable": "manager"},
     "due": "4 hours",
     "escalate": [{"at": "75%", "notify": "responsible"}, {"at": "due", "notify": "accountable"},
                  {"at": "due + 2 hours", "page": "manager"}],
     "next": "found"},
    {"id": "found", "kind": "end", "outcome": "found"}
  ]
})";

int main() {
  aesop::Engine engine = aesop::Engine::open(":memory:").value();
  const aesop::Instant morning = aesop::parse_instant("2026-03-02T08:00:00Z").value();
  aesop::Request request{
      .command_id = "c1", .at = morning, .actor = {.id = "lou", .roles = {"porter"}}, .run = "r_1"};
  engine.publish(request, lost).value();
  request.command_id = "c2";
  engine.start(request, {.sop = "lost_item", .subject = "umbrella"}).value();

  constexpr std::int64_t hour = 3'600'000'000;
  for (const int hours : {2, 3, 9}) {
    const aesop::Instant now = morning + hours * hour;
    std::cout << "after " << hours << " hours: " << engine.advance(now).value().fired << " fired\n";
    for (;;) {  // of each run one effect at a time, in order
      const auto items = engine.poll_outbox(now, 60'000'000).value();
      if (items.empty()) break;
      for (const aesop::OutboxItem& item : items) {
        std::cout << "  " << item.kind << " " << to_string(item.body.get("people")) << ": "
                  << to_string(item.body.get("title")) << "\n";
        request.command_id = "ack " + item.key;
        request.at = now;
        engine.ack(request, item.id).value();
      }
    }
  }
}
