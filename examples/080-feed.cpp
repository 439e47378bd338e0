// Events of another system come with the place up to which you have read it, the cursor. Events and cursor are stored
// in one transaction: after a crash you read on from the stored cursor; nothing is taken twice and nothing is lost.
#include "aesop/base/civil_text.hpp"
#include "aesop/engine/engine.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/print.hpp"

#include <iostream>

constexpr const char* parcel = R"({
  "aesop": 1, "sop": "parcel", "version": "1.0.0", "title": "Follow a parcel",
  "roles": {"clerk": {}, "head": {}},
  "events": {"parcel.sent": {"fields": {}}, "parcel.arrived": {"fields": {"place": "string"}}},
  "steps": [
    {"id": "travel", "kind": "wait", "title": "On its way", "raci": {"responsible": "clerk", "accountable": "head"},
     "for": [{"event": "parcel.arrived", "go": "arrived"}, {"after": "10 days", "go": "lost"}]},
    {"id": "arrived", "kind": "end", "outcome": "arrived"},
    {"id": "lost", "kind": "end", "outcome": "lost"}
  ]
})";

constexpr const char* pages[] = {
    // "start": true: begin a run of the SOP when there is none for this subject.
    R"({"do": "ingest", "command_id": "c2", "at": "2026-03-02T09:00:00Z", "actor": {"id": "post", "roles": []},
        "feed": "post", "cursor": "page-1", "events": [
          {"event": "parcel.sent", "sop": "parcel", "subject": "P1", "start": true},
          {"event": "parcel.sent", "sop": "parcel", "subject": "P2", "start": true}]})",
    // The same page again, as after a crash: nothing happens twice.
    R"({"do": "ingest", "command_id": "c3", "at": "2026-03-02T09:01:00Z", "actor": {"id": "post", "roles": []},
        "feed": "post", "cursor": "page-1", "events": [
          {"event": "parcel.sent", "sop": "parcel", "subject": "P1", "start": true},
          {"event": "parcel.sent", "sop": "parcel", "subject": "P2", "start": true}]})",
    R"({"do": "ingest", "command_id": "c4", "at": "2026-03-03T09:00:00Z", "actor": {"id": "post", "roles": []},
        "feed": "post", "after": "page-1", "cursor": "page-2", "events": [
          {"event": "parcel.arrived", "subject": "P2", "payload": {"place": "door"}}]})",
};

int main() {
  aesop::Engine engine = aesop::Engine::open(":memory:").value();
  const aesop::Instant morning = aesop::parse_instant("2026-03-02T08:00:00Z").value();
  engine.publish({.command_id = "c1", .at = morning, .actor = {.id = "kim"}}, parcel).value();
  for (const char* page : pages) {
    const aesop::Value answer = engine.execute(aesop::read_json(page).value()).get("ok");
    std::cout << "cursor " << answer.get("cursor").as_string() << ", recorded "
              << to_string(answer.get("recorded"))
              << (answer.get("existing").is_true() ? " (known already)" : "") << "\n";
  }
  for (const aesop::RunRow& run : engine.runs().value())
    std::cout << run.subject << ": " << (run.outcome.empty() ? "on its way" : run.outcome) << "\n";
}
