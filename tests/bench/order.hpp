// The procedure the benchmarks run: two steps that alternate, each with a form, a due time and an escalation, so that a
// transition closes and opens a task, a timer and a work item, as most do.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/base/text.hpp"
#include "aesop/engine/options.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace aesop_bench {

inline constexpr std::string_view order_sop = R"({
  "aesop": 1, "sop": "order", "version": "1.0.0", "title": "Release of an order",
  "roles": {"operator": {}, "qa_lead": {"pages": true}},
  "data": {"rounds": {"type": "number", "default": 0}},
  "steps": [
    {"id": "draft", "title": "Enter the order", "raci": {"responsible": "operator", "accountable": "qa_lead"},
     "form": {"verdict": {"one_of": ["approve", "reject"], "required": true}, "comment": "string", "amount": "number", "lot": "string"},
     "due": "2 days", "escalate": [{"at": "due", "notify": "accountable"}],
     "next": [{"when": {"verdict": "reject"}, "go": "done"}, {"else": "review"}]},
    {"id": "review", "title": "Review the order", "raci": {"responsible": "qa_lead", "accountable": "qa_lead"},
     "form": {"verdict": {"one_of": ["approve", "reject"], "required": true}, "comment": "string", "amount": "number", "lot": "string"},
     "due": "2 days", "escalate": [{"at": "due", "notify": "accountable"}],
     "next": [{"if": "verdict = \"reject\"", "go": "done"}, {"else": "draft"}]},
    {"id": "done", "kind": "end", "outcome": "released"}
  ]})";

/// Stops the benchmark when something it takes for granted fails.
template <class R>
void must(const R& result) {
  if (result.ok()) return;
  std::fprintf(stderr, "bench: %s: %s\n", std::string(aesop::slug(result.error().code)).c_str(),
               result.error().message.c_str());
  std::exit(5);
}

/// The same for a command: a refusal is not an error, but it is no benchmark either.
inline void must(const aesop::Result<aesop::Answer>& answer) {
  must<aesop::Result<aesop::Answer>>(answer);
  if (answer->accepted) return;
  std::fprintf(stderr, "bench: refused: %s\n", std::string(answer->reason()).c_str());
  std::exit(5);
}

}  // namespace aesop_bench
