// Twenty processes on one shared store, each sending one command after the other without a pause: how long the slowest
// of them wait. The write lock has no queue of its own; the turnstile before it is what is measured here.
#include "bench.hpp"
#include "order.hpp"

#include "aesop/engine/engine.hpp"

#include <cstdio>
#include <filesystem>

#include <sys/wait.h>
#include <unistd.h>

namespace aesop_bench {
namespace {

using namespace aesop;

constexpr int processes = 20;
constexpr double for_seconds = 6;

Request request(std::string id, std::string run) {
  return {.command_id = std::move(id),
          .at = Instant{1'764'000'000'000'000},
          .actor = {"ana", "Ana", {"operator", "qa_lead"}, "org/west/one"},
          .run = std::move(run)};
}

/// One process: completes the open step of a run of its own, again and again, and writes each latency to `out`.
void work(const std::string& path, int process, Clock::time_point until, int out) {
  EngineOptions options;
  options.sqlite.busy_deadline = std::chrono::seconds(60);
  auto opened = Engine::open(path, options);
  must(opened);
  Engine engine = opened.take();
  const std::string run = cat("r", process);
  for (int i = 0; Clock::now() < until; ++i) {
    Complete body;
    body.target.step = i % 2 == 0 ? "draft" : "review";
    body.form = Value::context({{"verdict", Value::string("approve")}});
    const auto start = Clock::now();
    must(engine.complete_step(request(cat("c", process, '-', i), run), body));
    const double took = seconds_since(start);
    if (::write(out, &took, sizeof took) != sizeof took) std::_Exit(5);
  }
}

void bench_contention() {
  section("Twenty processes on one shared store");
  const std::string folder = "bench-store";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string path = folder + "/contended.db";
  {
    auto opened = Engine::open(path);
    must(opened);
    Engine engine = opened.take();
    must(engine.publish(request("publish", ""), order_sop));
    for (int i = 0; i < processes; ++i)
      must(engine.start(request(cat("s", i), cat("r", i)),
                        Start{.sop = "order", .subject = cat("order/", i)}));
  }
  int pipe_ends[2];
  if (::pipe(pipe_ends) != 0) std::exit(5);
  std::fflush(stdout);
  const auto until = Clock::now() + std::chrono::milliseconds(static_cast<int>(for_seconds * 1000));
  for (int i = 0; i < processes; ++i) {
    if (::fork() != 0) continue;
    ::close(pipe_ends[0]);
    work(path, i, until, pipe_ends[1]);
    std::_Exit(0);
  }
  ::close(pipe_ends[1]);
  std::vector<double> millis;
  double took = 0;
  while (::read(pipe_ends[0], &took, sizeof took) == sizeof took) millis.push_back(took * 1e3);
  ::close(pipe_ends[0]);
  bool whole = true;
  for (int status = 0; ::wait(&status) > 0;) whole = whole && status == 0;
  if (!whole || millis.empty()) {
    row("a process failed", "", {}, "none", false);
    return;
  }
  const double p99 = percentile(millis, 0.99), worst = percentile(millis, 1);
  row("commands together", figure(static_cast<double>(millis.size()) / for_seconds) + "/s");
  row("a command, p50", figure(percentile(millis, 0.5)) + " ms");
  row("a command, p99", figure(p99) + " ms", {}, "<= 250 ms", p99 <= 250);
  row("a command, the slowest", figure(worst) + " ms", {}, "<= 2,000 ms", worst <= 2000);
  std::filesystem::remove_all(folder);
}

const int registered = add("contention", &bench_contention);

}  // namespace
}  // namespace aesop_bench
