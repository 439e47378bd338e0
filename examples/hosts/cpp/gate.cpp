// From zero to the gate in C++: may this claim go out?   gate SOP
#include <fstream>
#include <iostream>
#include <sstream>

#include <aesop/aesop.hpp>

int main(int, char** arguments) {
  const aesop::Value facts = aesop::read_json(R"({"payer": "bluepeak", "codes": ["D2740"], "amount": 1240,
    "notes_locked": true, "codes_checked": true, "seen_at": "2026-01-05T08:00:00Z", "attached": ["radiograph"]})")
                                 .value();
  const aesop::Instant now = aesop::parse_instant("2026-01-05T14:00:00Z").value();  // your server's time
  std::ostringstream sop;
  sop << std::ifstream(arguments[1]).rdbuf();

  const auto gate = aesop::Gate::open(sop.str(), "send_claim");
  if (!gate) return std::cerr << to_string(gate.error()) << "\n", 1;
  const auto verdict = gate->check(facts, now);
  if (!verdict) return std::cerr << to_string(verdict.error()) << "\n", 1;

  std::cout << (verdict->blocks() ? "blocked" : "may go out") << "\n";
  std::cout << aesop::write_json(verdict->report).value()
            << "\n";  // failures: each with its message and its fix
}
