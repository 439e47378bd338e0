// Durable transitions: one completed task a transaction, beside plain C that repeats the very statements the store ran
// (recorded by its trace), same SQLite, same mode, in turn. Both modes, on disk and on tmpfs; then syncs and pages.
#include "bench.hpp"
#include "counting_vfs.hpp"
#include "order.hpp"
#include "raw_replay.hpp"

#include "aesop/engine/engine.hpp"

#include <filesystem>

namespace aesop_bench {
namespace {

using namespace aesop;

constexpr std::size_t runs = 1000;
constexpr int rounds = 5;

/// Works on runs at random: each call completes the open step of one of them, and so enters the next.
class Worker {
 public:
  explicit Worker(const std::string& path, EngineOptions options) : engine_(open(path, std::move(options))) {}

  void prepare() {
    must(engine_.publish(request("publish", 0), order_sop));
    must(engine_.begin_batch());
    for (std::size_t i = 0; i < runs; ++i) {
      Request start = request(cat("s", i), 0);
      start.run = cat("r", i);
      must(engine_.start(start, Start{.sop = "order", .subject = cat("order/", i)}));
    }
    must(engine_.commit_batch());
  }

  void transition() {
    const std::size_t run = next_random() % runs;
    ++number_;
    Request complete = request(cat("c", number_), number_);
    complete.run = cat("r", run);
    Complete body;
    body.target.step = (visits_[run]++ % 2) == 0 ? "draft" : "review";
    body.form = Value::context({{"verdict", Value::string("approve")},
                                {"comment", Value::string("looks right to me, limits checked twice")},
                                {"amount", Value::number(1250)},
                                {"lot", Value::string("A-2291")}});
    must(engine_.complete_step(complete, body));
  }

 private:
  static Engine open(const std::string& path, EngineOptions options) {
    auto engine = Engine::open(path, options);
    must(engine);
    return engine.take();
  }
  static Request request(std::string id, std::uint64_t number) {
    return {.command_id = std::move(id),
            .at = Instant{1'764'000'000'000'000 + static_cast<std::int64_t>(number) * 1000},
            .actor = {"ana", "Ana", {"operator", "qa_lead"}, "org/west/one"}};
  }
  std::uint64_t next_random() {
    random_ ^= random_ << 13;
    random_ ^= random_ >> 7;
    random_ ^= random_ << 17;
    return random_;
  }

  Engine engine_;
  std::uint64_t random_ = 88172645463325252ull;
  std::uint64_t number_ = 0;
  std::vector<int> visits_ = std::vector<int>(runs, 0);
};

struct Setting {
  std::string folder;
  bool exclusive = false;
  bool wal = false;
};

EngineOptions options_of(const Setting& setting) {
  EngineOptions options;
  options.exclusive = setting.exclusive;
  return options;
}

/// A store with `runs` open runs, closed; and copies of it.
std::string prepared(const Setting& setting) {
  std::filesystem::create_directories(setting.folder);
  const std::string path = setting.folder + "/prepared.db";
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path + suffix);
  Worker(path, options_of(setting)).prepare();
  return path;
}

std::string copy_of(const Setting& setting, const std::string& name) {
  const std::string path = setting.folder + "/" + name + ".db";
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path + suffix);
  std::filesystem::copy_file(setting.folder + "/prepared.db", path);
  return path;
}

Trace record(const Setting& setting, int per_round, int count) {
  Trace trace;
  trace.mark();
  bool recording = false;
  EngineOptions options = options_of(setting);
  options.sqlite.trace = [&](const TracedStatement& statement) {
    if (recording) trace.add(statement);
  };
  Worker worker(copy_of(setting, "traced"), options);
  recording = true;
  for (int round = 0; round < count; ++round) {
    for (int i = 0; i < per_round; ++i) worker.transition();
    trace.mark();
  }
  recording = false;
  return trace;
}

double statements_per_transition(const Trace& trace, int transitions) {
  return static_cast<double>(trace.statements.size()) / transitions;
}

void compare(const std::string& name, const Setting& setting, int per_round, double goal) {
  prepared(setting);
  const Trace trace = record(setting, per_round, rounds);
  std::vector<double> ours, raws, ratios;
  {
    Worker worker(copy_of(setting, "ours"), options_of(setting));
    RawReplay raw(copy_of(setting, "raw"), trace, "", setting.exclusive, setting.wal);
    for (std::size_t round = 0; round < static_cast<std::size_t>(rounds); ++round) {
      auto start = Clock::now();
      for (int i = 0; i < per_round; ++i) worker.transition();
      ours.push_back(per_round / seconds_since(start));
      start = Clock::now();
      raw.repeat(trace.marks[round], trace.marks[round + 1]);
      raws.push_back(per_round / seconds_since(start));
      ratios.push_back(ours.back() / raws.back());
    }
  }
  const double ratio = median(ratios);
  row(cat("durable transitions, ", name), figure(median(ours)) + "/s",
      cat("raw C ", figure(median(raws)), "/s, ratio ", figure(ratio)), cat(">= ", figure(goal), " of raw"),
      ratio >= goal);
}

void count_io(const std::string& name, const Setting& setting) {
  constexpr int transitions = 400;
  prepared(setting);
  const Trace trace = record(setting, transitions, 1);
  IoCounts ours, raw;
  {
    EngineOptions options = options_of(setting);
    options.sqlite.vfs = counting_vfs();
    Worker worker(copy_of(setting, "ours"), options);
    io_counts() = {};
    for (int i = 0; i < transitions; ++i) worker.transition();
    ours = io_counts();
  }
  {
    RawReplay replay(copy_of(setting, "raw"), trace, counting_vfs(), setting.exclusive, setting.wal);
    io_counts() = {};
    replay.repeat(trace.marks[0], trace.marks[1]);
    raw = io_counts();
  }
  const auto each = [](std::uint64_t count) { return figure(static_cast<double>(count) / transitions); };
  row(cat("syncs a transition, ", name), each(ours.syncs), cat("raw C ", each(raw.syncs)), "as raw",
      ours.syncs <= raw.syncs + transitions / 100);
  const auto pages = [](std::uint64_t bytes) { return static_cast<double>(bytes) / 4096 / transitions; };
  row(cat("pages written a transition, ", name), figure(pages(ours.bytes)),
      cat("raw C ", figure(pages(raw.bytes))), "raw + 0.5", pages(ours.bytes) <= pages(raw.bytes) + 0.5);
  row(cat("statements a transition, ", name), figure(statements_per_transition(trace, transitions)));
}

void bench_transitions() {
  section("Durable transitions, one a transaction");
  const bool shared_wal = wal_is_sound(sqlite3_libversion_number());
  const std::string disk = "bench-store", memory = "/dev/shm/aesop-bench-store";
  compare("exclusive, disk", {disk, true, true}, 1200, 0.75);
  compare("shared, disk", {disk, false, shared_wal}, 400, 0.75);
  if (std::filesystem::exists("/dev/shm")) {
    compare("exclusive, tmpfs", {memory, true, true}, 3000, 0.55);
    compare("shared, tmpfs", {memory, false, shared_wal}, 3000, 0.55);
  }
  count_io("exclusive", {disk, true, true});
  count_io("shared", {disk, false, shared_wal});
  std::filesystem::remove_all(disk);
  std::filesystem::remove_all(memory);
}

const int registered = add("transitions", &bench_transitions);

}  // namespace
}  // namespace aesop_bench
