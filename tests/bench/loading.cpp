// Loading: a 200 KB SOP from text to plan and verified, beside nlohmann::json::parse of the same bytes.
#include "bench.hpp"
#include "order.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/model/load.hpp"
#include "aesop/model/make_plan.hpp"
#include "aesop/verify/verify.hpp"

#include <nlohmann/json.hpp>

namespace aesop_bench {
namespace {

using namespace aesop;

/// An SOP of about 200 KB: tasks one after the other, each with a form, a checklist, a due time, a ladder and branches.
std::string large_sop() {
  std::string steps;
  constexpr int count = 230;
  for (int i = 0; i < count; ++i) {
    const std::string next = i + 1 < count ? cat("step_", i + 1) : std::string("done");
    steps += cat(R"x(    {"id": "step_)x", i, R"x(", "title": "Look at part )x", i,
                 R"x( of the order and write down what was found",
     "raci": {"responsible": "operator", "accountable": "qa_lead", "informed": ["clerk"]}, "review": "clerk",
     "form": {"verdict": {"one_of": ["fine", "repair", "scrap"], "required": true}, "measured": {"type": "number", "min": 0, "max": 1000},
              "comment": "string", "found_on": {"type": "date", "default": "=today()"}},
     "checklist": ["Clean the part", {"item": "Photograph it from two sides", "evidence": "photo", "when": "verdict != \"fine\""},
                   {"item": "Write the number on it", "enforce": "should"}],
     "due": "4 hours", "escalate": [{"at": "80%", "notify": "responsible"}, {"at": "due", "notify": "accountable"}, {"at": "due + 24 hours", "page": "qa_lead"}],
     "next": [{"if": "verdict = \"scrap\" and amount > )x",
                 i * 10, R"x(", "go": "done"}, {"else": ")x", next,
                 R"x(", "set": {"amount": "=amount + measured"}}]},
)x");
  }
  return cat(R"x({
  "aesop": 1, "sop": "large", "version": "1.0.0", "title": "A large procedure",
  "roles": {"operator": {}, "clerk": {}, "qa_lead": {"pages": true}},
  "data": {"amount": {"type": "number", "default": 0}},
  "steps": [
)x",
             steps, R"x(    {"id": "done", "kind": "end", "outcome": "looked_at"}
  ]
})x");
}

void bench_loading() {
  section("Loading a procedure");
  const std::string text = large_sop();
  const auto whole = [&] {
    Findings findings;
    auto definition = load(text, "large.sop.json", findings);
    must(definition);
    auto planned = plan(definition.take(), findings, default_ports());
    if (!planned.ok())
      for (const Finding& finding : findings.items())
        std::fprintf(stderr, "%s: %s\n", finding.code.c_str(), finding.message.c_str());
    must(planned);
    keep(verify((*planned)->definition(), planned->get()).has_errors());
  };
  const double ours = nanoseconds(whole, 5);
  const double peer = nanoseconds([&] { keep(nlohmann::json::parse(text).size()); }, 5);
  row(cat("load, plan and verify ", text.size() / 1024, " KB"), figure(ours / 1e6) + " ms",
      cat("nlohmann::parse alone ", figure(peer / 1e6), " ms, ratio ", figure(ours / peer)), "<= 5 x parse",
      ours <= 5 * peer);
}

const int registered = add("loading", &bench_loading);

}  // namespace
}  // namespace aesop_bench
