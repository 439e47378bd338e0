// A million pending timers: what a poll costs when nothing is due, what fetching a hundred costs, and how many fire a
// second, a hundred a transaction; beside plain C that repeats the same statements.
#include "bench.hpp"
#include "order.hpp"
#include "raw_replay.hpp"

#include "aesop/engine/engine.hpp"

#include <filesystem>

namespace aesop_bench {
namespace {

using namespace aesop;

constexpr std::int64_t second = 1'000'000;
constexpr Instant begin_time{1'764'000'000ll * second};
constexpr std::int64_t due_after = 2 * 86400 * second;  // the `due` of order.hpp
constexpr RunNumber elsewhere =
    1'000'000'000;  // runs that are not in this store: their timers only stand in the way

void bench_timers() {
  section("A million pending timers");
  const std::string folder =
      std::filesystem::exists("/dev/shm") ? "/dev/shm/aesop-bench-store" : "bench-store";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string path = folder + "/timers.db";
  constexpr int runs = 4000;
  Trace trace;
  bool recording = false;
  EngineOptions options;
  options.exclusive = true;
  {
    auto opened = Engine::open(path, options);
    must(opened);
    Engine engine = opened.take();
    const Request base{.command_id = "p",
                       .at = begin_time,
                       .actor = {"ana", "Ana", {"operator", "qa_lead"}, "org/west/one"}};
    must(engine.publish(base, order_sop));
    must(engine.begin_batch());
    for (int i = 0; i < runs; ++i) {
      Request start = base;
      start.command_id = cat("s", i);
      start.run = cat("r", i);
      start.at.us += i * second;
      must(engine.start(start, Start{.sop = "order", .subject = cat("order/", i)}));
    }
    must(engine.commit_batch());
    Store& store = engine.store();
    must(store.begin());
    for (std::int64_t i = 0; i < 1'000'000; ++i)
      must(store.put_timer(
          {Instant{begin_time.us + due_after * 2 + (i * 7919 % 1'000'000) * second}, elsewhere + i, 0},
          "t/elsewhere/step.draft/1/0"));
    must(store.commit());
  }
  std::filesystem::copy_file(path, folder + "/raw.db");

  options.sqlite.trace = [&](const TracedStatement& statement) {
    if (recording) trace.add(statement);
  };
  {
    auto opened = Engine::open(path, options);
    must(opened);
    Engine engine = opened.take();
    Store& store = engine.store();
    recording = true;
    trace.mark();
    must(store.due_timers(begin_time, 100));
    trace.mark();
    must(store.due_timers(Instant{begin_time.us + due_after * 3 / 2}, 100));
    trace.mark();
    recording = false;
    const double poll = nanoseconds([&] { keep(store.due_timers(begin_time, 100).ok()); });
    const double fetch =
        nanoseconds([&] { keep(store.due_timers(Instant{begin_time.us + due_after * 3 / 2}, 100).ok()); });

    // Half of them are fired while the statements are recorded, the other half against the clock.
    recording = true;
    for (int i = 0; i < runs / 200; ++i)
      must(engine.advance(Instant{begin_time.us + due_after * 3 / 2}, 100));
    recording = false;
    trace.mark();
    EngineOptions plain;
    plain.exclusive = true;
    const auto start = Clock::now();
    std::size_t fired = 0;
    for (int i = 0; i < runs / 200; ++i) {
      auto advanced = engine.advance(Instant{begin_time.us + due_after * 3 / 2}, 100);
      must(advanced);
      fired += advanced->fired;
    }
    const double rate = static_cast<double>(fired) / seconds_since(start);

    RawReplay raw(folder + "/raw.db", trace, "", true, true);
    const double raw_poll = nanoseconds([&] { raw.repeat(trace.marks[0], trace.marks[1]); });
    const double raw_fetch = nanoseconds([&] { raw.repeat(trace.marks[1], trace.marks[2]); });
    const auto raw_start = Clock::now();
    raw.repeat(trace.marks[2], trace.marks[3]);
    const double raw_rate = static_cast<double>(runs) / 2 / seconds_since(raw_start);

    row("poll, nothing due", figure(poll / 1000) + " us", cat("raw C ", figure(raw_poll / 1000), " us"),
        "<= 1.5 x raw", poll <= 1.5 * raw_poll);
    row("fetch the due 100", figure(fetch / 1000) + " us", cat("raw C ", figure(raw_fetch / 1000), " us"),
        "<= 1.5 x raw", fetch <= 1.5 * raw_fetch);
    row("fire, 100 a transaction, tmpfs", figure(rate) + "/s",
        cat("raw C ", figure(raw_rate), "/s, ratio ", figure(rate / raw_rate)));
  }
  std::filesystem::remove_all(folder);
}

const int registered = add("timers", &bench_timers);

}  // namespace
}  // namespace aesop_bench
