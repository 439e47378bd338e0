// Load an SOP and see what is wrong with it. Findings have a place in the text, a code that `aesop explain` explains,
// and help. Only an SOP without errors becomes a Plan, which is what may run.
#include "aesop/base/default_ports.hpp"
#include "aesop/model/load.hpp"
#include "aesop/model/make_plan.hpp"
#include "aesop/verify/verify.hpp"

#include <iostream>

constexpr const char* text = R"({
  "aesop": 1, "sop": "visit", "version": "1.0.0", "title": "Receive a visitor",
  "roles": {"guard": {}, "host": {}},
  "steps": [
    {"id": "greet", "title": "Greet", "raci": {"responsible": "gaurd", "accountable": "host"},
     "due": "10 minutes", "escalate": [{"at": "due", "notify": "accountable"}], "next": "badge"},
    {"id": "badge", "title": "Hand out a badge", "raci": {"responsible": "guard", "accountable": "host"}, "next": "inside"},
    {"id": "tour", "title": "Show the house", "raci": {"responsible": "host", "accountable": "host"},
     "due": "1 hour", "escalate": [{"at": "due", "notify": "accountable"}], "next": "inside"},
    {"id": "inside", "kind": "end", "outcome": "received"}
  ]
})";

int main() {
  aesop::Findings findings;
  const auto definition = aesop::load(text, "visit.sop.json", findings);
  if (!definition) {
    std::cout << "not an SOP: " << definition.error().message << "\n";
    return 1;
  }
  const auto plan = aesop::plan(*definition, findings, aesop::default_ports());
  findings.append(aesop::verify(**definition, plan ? plan->get() : nullptr));
  std::cout << findings.render(*(*definition)->source) << "\n"
            << findings.error_count() << " errors; " << (plan ? "it may run" : "it may not run") << "\n";
}
