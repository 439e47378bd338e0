// One call behind a button: may this go out? A gate needs no run; its receipt binds the verdict to facts and rules.
#include "aesop/base/civil_text.hpp"
#include "aesop/engine/engine.hpp"
#include "aesop/value/json_read.hpp"

#include <iostream>

constexpr const char* parcel = R"({
  "aesop": 1, "sop": "parcel", "version": "1.0.0", "title": "Send a parcel",
  "roles": {"packer": {}, "lead": {}},
  "data": {"weight": "number", "label": "string", "fragile": "boolean"},
  "gates": {"send": {"title": "May the parcel go out?", "checks": [
    {"id": "label", "require": "label != null", "message": "the parcel has no label", "fix": "print one"},
    {"id": "weight", "require": "weight <= 30", "message": "the parcel is too heavy", "fix": "send two"},
    {"id": "wrap", "when": "fragile", "require": "weight <= 10", "enforce": "should", "message": "heavy and fragile"}]}},
  "steps": [
    {"id": "pack", "title": "Pack", "raci": {"responsible": "packer", "accountable": "lead"}, "gate": "send",
     "due": "2 hours", "escalate": [{"at": "due", "notify": "accountable"}], "next": "sent"},
    {"id": "sent", "kind": "end", "outcome": "sent"}
  ]
})";

int main() {
  aesop::Engine engine = aesop::Engine::open(":memory:").value();
  const aesop::Instant now = aesop::parse_instant("2026-03-02T09:00:00Z").value();
  engine.publish({.command_id = "c1", .at = now, .actor = {.id = "kim"}}, parcel).value();
  for (const char* facts : {R"({"weight": 40})", R"({"weight": 12, "label": "L1", "fragile": true})",
                            R"({"weight": 2, "label": "L2", "fragile": true})"}) {
    const aesop::GateVerdict verdict =
        engine.gate("parcel", "send", aesop::read_json(facts).value(), now).value();
    std::cout << facts << ": " << verdict.verdict << "\n";
    for (const aesop::Value& failure : verdict.report.get("failures").items())
      std::cout << "  " << failure.get("message").as_string() << "\n";
  }
}
