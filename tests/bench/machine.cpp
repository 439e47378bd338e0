// The pure machine: decide and apply of a completed task, in memory; and what a state costs to write and read back.
#include "bench.hpp"
#include "order.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/model/load.hpp"
#include "aesop/model/make_plan.hpp"
#include "aesop/run.hpp"

namespace aesop_bench {
namespace {

using namespace aesop;

void bench_machine() {
  section("The run machine, in memory");
  Findings findings;
  auto definition = load(order_sop, "order.sop.json", findings);
  must(definition);
  auto planned = plan(definition.take(), findings, default_ports());
  must(planned);
  const Plan& sop = **planned;
  Facts facts;
  facts.ports = &default_ports();

  Command start;
  start.id = "s";
  start.run = "r1";
  start.at = Instant{1'764'000'000'000'000};
  start.actor = {"ana", "Ana", {"operator", "qa_lead"}, "org/west/one"};
  start.body = Start{.sop = "order", .subject = "order/1"};
  auto started = decide(sop, State{}, start, facts);
  must(started);
  State state = std::move(started->after);

  Command complete = start;
  Complete body;
  body.form = Value::context({{"verdict", Value::string("approve")},
                              {"comment", Value::string("looks right to me, limits checked twice")},
                              {"amount", Value::number(1250)},
                              {"lot", Value::string("A-2291")}});
  bool drafting = true;
  const double each = nanoseconds([&] {
    body.target.step = drafting ? "draft" : "review";
    drafting = !drafting;
    complete.body = body;
    complete.at.us += 1000;
    auto decided = decide(sop, state, complete, facts);
    must(decided);
    if (decided->rejection) {
      std::fprintf(stderr, "bench: %s\n", decided->rejection->message.c_str());
      std::exit(5);
    }
    state = std::move(decided->after);
  });
  row("decide + apply, one completed task", cat(figure(1e9 / each), "/s"), cat(figure(each), " ns each"));
  const std::string bytes = encode_state(state);
  row(cat("encode a state (", bytes.size(), " bytes)"),
      figure(nanoseconds([&] { keep(encode_state(state).size()); })) + " ns");
  row("decode it", figure(nanoseconds([&] { keep(decode_state(bytes).ok()); })) + " ns");
}

const int registered = add("machine", &bench_machine);

}  // namespace
}  // namespace aesop_bench
