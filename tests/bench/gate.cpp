// The gate as a host calls it: 300 checks over facts handed in as JSON, with findings and a receipt.
#include "bench.hpp"
#include "order.hpp"

#ifdef AESOP_HAVE_C
#include "aesop.h"
#endif

#include "aesop/engine/engine.hpp"
#include "aesop/value/json_read.hpp"

namespace aesop_bench {
namespace {

using namespace aesop;

std::string gate_sop() {
  std::string checks;
  for (int i = 0; i < 300; ++i)
    checks += cat(i == 0 ? "" : ",\n", R"(    {"id": "check_)", i, R"(", "require": "order.amount > )", i,
                  R"( and order.customer != \"blocked_)", i,
                  R"(\"", "message": "The amount is too small.", "fix": "Ask for more."})");
  return cat(R"({
  "aesop": 1, "sop": "gated", "version": "1.0.0", "title": "Gated",
  "roles": {"operator": {}, "qa_lead": {}},
  "data": {"order": {"type": "context", "fields": {"customer": "string", "amount": "number"}}},
  "gates": {"may_send": {"title": "May it go out?", "checks": [
)",
             checks, R"(]}},
  "steps": [
    {"id": "send", "title": "Send it", "gate": "may_send", "raci": {"responsible": "operator", "accountable": "qa_lead"},
     "due": "1 day", "escalate": [{"at": "due", "notify": "accountable"}]},
    {"id": "done", "kind": "end", "outcome": "sent"}
  ]})");
}

void bench_gate() {
  section("The gate");
  auto opened = Engine::open(":memory:");
  must(opened);
  Engine engine = opened.take();
  const Request base{
      .command_id = "p", .at = Instant{1'764'000'000'000'000}, .actor = {"ana", "Ana", {}, ""}};
  must(engine.publish(base, gate_sop()));
  const std::string facts = R"({"order": {"customer": "acme", "amount": 250}})";
  std::vector<double> micros;
  for (int i = 0; i < 20'000; ++i) {
    const auto start = Clock::now();
    auto read = read_json(facts);
    must(read);
    auto verdict = engine.gate("gated", "may_send", *read, base.at);
    must(verdict);
    keep(verdict->verdict);
    micros.push_back(seconds_since(start) * 1e6);
  }
  const double p99 = percentile(micros, 0.99);
  row("gate, 300 checks, JSON in, p50", figure(percentile(micros, 0.5)) + " us");
  row("gate, 300 checks, JSON in, p99", figure(p99) + " us", {}, "<= 5,000 us, aim 200", p99 <= 5000);
}

#ifdef AESOP_HAVE_C
/// As a button of another program asks: JSON in, verdict and JSON out, no store.
void bench_gate_in_c() {
  section("The gate in C");
  const std::string sop = gate_sop();
  const std::string facts = R"({"order": {"customer": "acme", "amount": 250}})";
  aesop_gate* gate = nullptr;
  if (aesop_gate_open({sop.data(), sop.size()}, AESOP_NONE, &gate, nullptr) != AESOP_OK) std::exit(5);
  std::vector<double> micros;
  for (int i = 0; i < 20'000; ++i) {
    aesop_verdict verdict = AESOP_VERDICT_NONE;
    aesop_text* report = nullptr;
    const auto start = Clock::now();
    if (aesop_gate_check(gate, {facts.data(), facts.size()}, 1'764'000'000'000'000, AESOP_NONE, &verdict,
                         &report, nullptr) != AESOP_OK)
      std::exit(5);
    keep(verdict);
    aesop_text_free(report);
    micros.push_back(seconds_since(start) * 1e6);
  }
  aesop_gate_free(gate);
  const double p99 = percentile(micros, 0.99);
  row("aesop_gate_check, 300 checks, JSON in and out, p50", figure(percentile(micros, 0.5)) + " us");
  row("aesop_gate_check, 300 checks, JSON in and out, p99", figure(p99) + " us", {}, "<= 5,000 us, aim 200",
      p99 <= 5000);
}

const int registered_in_c = add("gate-c", &bench_gate_in_c);
#endif

const int registered = add("gate", &bench_gate);

}  // namespace
}  // namespace aesop_bench
