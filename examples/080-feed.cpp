// Events of another system come with the place up to which you have read it, the cursor. Events and cursor are stored
// in one transaction: after a crash you read on from the stored cursor; nothing is taken twice and nothing is lost.
#include "aesop/engine/engine.hpp"

#include <iostream>

constexpr const char* commands[] = {
    R"({"do": "publish", "command_id": "c1", "at": "2026-03-02T08:00:00Z", "actor": {"id": "kim", "roles": []}, "text":
       "{\"aesop\": 1, \"sop\": \"parcel\", \"version\": \"1.0.0\", \"title\": \"Parcel\", \"roles\": {\"clerk\": {}, \"head\": {}},
         \"events\": {\"parcel.sent\": {\"fields\": {}}, \"parcel.arrived\": {\"fields\": {\"at\": \"string\"}}},
         \"steps\": [{\"id\": \"travel\", \"kind\": \"wait\", \"title\": \"On its way\",
                      \"raci\": {\"responsible\": \"clerk\", \"accountable\": \"head\"},
                      \"for\": [{\"event\": \"parcel.arrived\", \"go\": \"arrived\"}, {\"after\": \"10 days\", \"go\": \"lost\"}]},
                     {\"id\": \"arrived\", \"kind\": \"end\", \"outcome\": \"arrived\"},
                     {\"id\": \"lost\", \"kind\": \"end\", \"outcome\": \"lost\"}]}"})",
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
          {"event": "parcel.arrived", "subject": "P2", "payload": {"at": "door"}}]})",
};

int main() {
  aesop::Engine engine = aesop::Engine::open(":memory:").value();
  for (const char* command : commands) std::cout << engine.execute_text(command) << "\n";
  for (const aesop::RunRow& run : engine.runs().value())
    std::cout << run.subject << ": " << (run.outcome.empty() ? "on its way" : run.outcome) << "\n";
}
