// Power cuts through the public engine: aesop_campaign_power_cuts [--short | SERIES] [SEED].
// Each series works a stream of commands on a disk that loses its power at a random operation, up to three times in a
// row and also while it recovers. After each: the store opens, its file and chain are sound, everything in it follows
// from its log, and every command that was answered gives the same answer again. A disk that lies about syncs must
// fail: a harness that cannot fail proves nothing.
#include "support/inspect.hpp"
#include "support/simdisk.hpp"
#include "support/workload.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

using namespace aesop;
using namespace aesop::testing;

namespace {

struct Tally {
  long series = 0, cuts = 0, answered = 0, kept_unanswered = 0, failed = 0;
  std::string first_failure;
};

EngineOptions on(const SimDisk& disk, bool exclusive) {
  EngineOptions options;
  options.exclusive = exclusive;
  options.sqlite.vfs = disk.name();
  options.sqlite.cache_kib = 64;
  options.sqlite.checkpoint_pages = 12;
  options.sqlite.page_size = 1024;
  return options;
}

/// What one answered command was, to be asked again.
struct Answered {
  Value command;
  std::string answer;
};

class Series {
 public:
  Series(SimDisk& disk, PlanShelf& shelf, bool exclusive, Tally& tally)
      : disk_(disk), shelf_(shelf), exclusive_(exclusive), tally_(tally) {}

  /// Empty when every promise was kept.
  std::string run(std::uint64_t seed) {
    disk_.seed(seed);
    disk_.sector = seed % 2 == 0 ? 512 : 4096;
    disk_.powersafe_overwrite = seed % 4 < 3;
    auto& random = disk_.random();
    const int lives = 1 + static_cast<int>(random() % 3);
    for (int life = 0; life < lives; ++life) {
      // The first operations of a later life are those of recovery.
      disk_.cut_at = 1 + static_cast<std::int64_t>(random() % (life > 0 && random() % 2 == 0 ? 30 : 260));
      work();
      disk_.cut();
      disk_.power_on();
      ++tally_.cuts;
      if (random() % 2 == 0 || life + 1 == lives)
        if (std::string problem = check(); !problem.empty()) return problem;
    }
    return {};
  }

 private:
  /// Sends commands until the power goes.
  void work() {
    auto engine = Engine::open("/store", on(disk_, exclusive_));
    if (!engine) return;
    for (int i = 0; i < 40 && !disk_.dead(); ++i) {
      const Value sent = nth_command("s", next_);
      const Value answer = engine->execute(sent);
      if (is_error(answer)) {
        ++tally_.kept_unanswered;
        return;  // unknown: the next life sends it again, under the same id
      }
      answered_.push_back({sent, write_json(answer).value()});
      ++tally_.answered;
      ++next_;
      if (next_ % 5 == 0 && !drain(*engine)) return;
    }
  }

  /// Hands out an effect and acknowledges it.
  bool drain(Engine& engine) {
    const Instant at = day_one + static_cast<std::int64_t>(next_) * 20 * minute;
    auto items = engine.poll_outbox(at, minute, 2);
    if (!items) return false;
    for (const OutboxItem& item : *items) {
      const Value sent =
          command(cat("{'do':'ack','ok':true,'effect':'", item.id.seq, '.', item.id.index, "'}"),
                  cat("ack-", item.key), at);
      const Value answer = engine.execute(sent);
      if (is_error(answer)) return false;
      answered_.push_back({sent, write_json(answer).value()});
      ++tally_.answered;
    }
    return true;
  }

  std::string check() {
    auto engine = Engine::open("/store", on(disk_, exclusive_));
    if (!engine) return "does not open: " + to_string(engine.error());
    if (std::string problem = inspect(*engine, shelf_); !problem.empty()) return problem;
    const std::uint64_t before = engine->store().head().value().seq;
    for (const Answered& one : answered_) {
      const auto again = write_json(engine->execute(one.command)).value();
      if (again != one.answer)
        return "an answered command is lost or changed: " + one.answer + " became " + again;
    }
    if (engine->store().head().value().seq != before) return "repeating answered commands wrote something";
    return {};
  }

  SimDisk& disk_;
  PlanShelf& shelf_;
  bool exclusive_;
  Tally& tally_;
  std::uint64_t next_ = 0;
  std::vector<Answered> answered_;
};

Tally campaign(bool exclusive, bool lying, long count, std::uint64_t seed) {
  Tally tally;
  PlanShelf shelf;
  SimDisk furnished;
  {
    auto engine = Engine::open("/store", on(furnished, exclusive)).value();
    furnish(engine).value();
  }
  furnished.settle();
  SimDisk disk;
  for (long i = 0; i < count; ++i) {
    disk.copy_from(furnished);
    disk.lying = lying;
    ++tally.series;
    std::string problem;
    try {
      problem = Series(disk, shelf, exclusive, tally).run(seed * 1'000'003 + static_cast<std::uint64_t>(i));
    } catch (const Exception& exception) {  // a value that a damaged store did not have
      problem = exception.what();
    }
    if (problem.empty()) continue;
    ++tally.failed;
    if (tally.first_failure.empty()) tally.first_failure = cat("series ", i, ": ", problem);
  }
  return tally;
}

}  // namespace

int main(int count, char** arguments) {
  long series = 10'000;
  if (count > 1) series = std::strcmp(arguments[1], "--short") == 0 ? 150 : std::atol(arguments[1]);
  const std::uint64_t seed = count > 2 ? static_cast<std::uint64_t>(std::atoll(arguments[2])) : 1;
  long passed = 0, failed = 0;
  for (const bool exclusive : {false, true}) {
    for (const bool lying : {false, true}) {
      const long wanted = lying ? std::max(50L, series / 20) : series;
      const auto begin = std::chrono::steady_clock::now();
      const Tally tally = campaign(exclusive, lying, wanted, seed);
      const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      std::printf(
          "%-9s %-12s %6ld series, %6ld cuts, %7ld answers, %5ld unknown, %5ld series broken, %.1f s%s%s\n",
          exclusive ? "exclusive" : "shared", lying ? "lying disk" : "honest disk", tally.series, tally.cuts,
          tally.answered, tally.kept_unanswered, tally.failed, seconds,
          tally.first_failure.empty() ? "" : "\n    first: ", tally.first_failure.c_str());
      std::fflush(stdout);
      if (!lying) {
        passed += tally.series - tally.failed;
        failed += tally.failed;
      } else if (tally.failed * 10 > tally.series) {
        ++passed;  // the control failed, as it must
      } else {
        std::printf("    the control did not fail: this campaign proves nothing\n");
        ++failed;
      }
    }
  }
  std::printf("%ld passed, %ld failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
