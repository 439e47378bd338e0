// Failing operations: aesop_campaign_faults [--short | STRIDE].
// A script of commands is worked once for every operation of the disk there is, with that operation failing (once, or
// from then on), reads included; then with a disk that fills up. An error is an error and no crash; what was answered
// stands; when the fault is gone the same command ids bring the work to the same end. STRIDE takes every n-th only.
#include "support/inspect.hpp"
#include "support/simdisk.hpp"
#include "support/workload.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

using namespace aesop;
using namespace aesop::testing;

namespace {

constexpr std::uint64_t script = 12;

EngineOptions on(const SimDisk& disk, bool exclusive) {
  EngineOptions options;
  options.exclusive = exclusive;
  options.sqlite.vfs = disk.name();
  options.sqlite.cache_kib = 16;
  options.sqlite.checkpoint_pages = 20;
  options.sqlite.page_size = 1024;
  options.sqlite.busy_deadline = std::chrono::milliseconds(0);
  return options;
}

struct Sweep {
  long points = 0, errors = 0, failed = 0;
  std::string first;
  void note(long point, const std::string& problem) {
    ++failed;
    if (first.empty()) first = cat("operation ", point, ": ", problem);
  }
};

/// Works the script on an engine that is opened anew when it says that it is of no more use. Gives the answers.
std::string work(SimDisk& disk, bool exclusive, std::vector<std::string>& answers, long& errors,
                 bool until_error) {
  std::optional<Engine> engine;
  for (int attempts = 0; answers.size() < script && attempts < 60; ++attempts) {
    if (!engine) {
      auto opened = Engine::open("/store", on(disk, exclusive));
      if (!opened) {
        ++errors;
        if (until_error) return {};
        continue;
      }
      engine.emplace(opened.take());
    }
    const Value answer = engine->execute(nth_command("f", answers.size()));
    if (!is_error(answer)) {
      answers.push_back(write_json(answer).value());
      continue;
    }
    ++errors;
    const std::string_view code = answer.get("error").get("code").as_string();
    if (code == "internal" || code == "corrupt" || code == "corrupt-event" || code == "schema-error")
      return "an I/O error shows as " + write_json(answer).value();
    if (until_error) return {};
    if (attempts % 2 == 1) engine.reset();
  }
  return {};
}

Sweep sweep(const SimDisk& furnished, bool exclusive, bool sticky, bool reads, long stride) {
  Sweep out;
  PlanShelf shelf;
  SimDisk disk;
  for (long point = 1;; point += stride) {
    disk.copy_from(furnished);
    disk.fail_at = point;
    disk.fail_sticky = sticky;
    disk.fail_reads = reads;
    std::vector<std::string> answers;
    std::string problem = work(disk, exclusive, answers, out.errors, sticky);
    const bool reached = disk.operations >= point;
    if (!reached) return out;
    ++out.points;
    const std::vector<std::string> during = answers;
    disk.clear_faults();
    if (problem.empty()) problem = work(disk, exclusive, answers, out.errors, false);
    if (problem.empty() && answers.size() != script) problem = "the work does not come to its end";
    if (problem.empty()) {
      auto engine = Engine::open("/store", on(disk, exclusive));
      if (!engine) {
        problem = "does not open: " + to_string(engine.error());
      } else {
        problem = inspect(*engine, shelf);
        for (std::size_t i = 0; i < during.size() && problem.empty(); ++i)
          if (write_json(engine->execute(nth_command("f", i))).value() != during[i])
            problem = cat("the answer to command ", i, " is lost");
      }
    }
    if (!problem.empty()) out.note(point, problem);
  }
}

/// A disk that fills up at some size, and is given more room when it has.
Sweep fill(const SimDisk& furnished, bool exclusive, long stride) {
  Sweep out;
  PlanShelf shelf;
  SimDisk disk;
  disk.copy_from(furnished);
  const auto full = static_cast<std::int64_t>(disk.contents("/store")->size());
  for (std::int64_t room = 0; room < 40'000; room += 512 * stride) {
    disk.copy_from(furnished);
    disk.quota = exclusive ? room : full + room;  // in WAL mode it is the log file that grows
    auto engine = Engine::open("/store", on(disk, exclusive));
    std::vector<std::string> answers;
    bool filled = false;
    std::string problem;
    if (engine) {
      while (answers.size() < 60 && !filled && problem.empty()) {
        const Value answer = engine->execute(nth_command("q", answers.size()));
        if (!is_error(answer)) {
          answers.push_back(write_json(answer).value());
        } else if (answer.get("error").get("code").as_string() == "disk-full") {
          filled = true;
        } else {
          problem = "a full disk shows as " + write_json(answer).value();
        }
      }
      if (filled && problem.empty()) {
        ++out.errors;
        // Reading goes on, and so does writing in the same engine when there is room again.
        if (!engine->worklist()) problem = "a full disk cannot be read";
        disk.quota = -1;
        for (std::size_t end = answers.size() + 10; answers.size() < end && problem.empty();) {
          const Value answer = engine->execute(nth_command("q", answers.size()));
          if (is_error(answer)) problem = "does not go on: " + write_json(answer).value();
          answers.push_back(write_json(answer).value());
        }
        if (problem.empty()) problem = inspect(*engine, shelf);
      }
    }
    disk.quota = -1;
    ++out.points;
    if (!problem.empty()) out.note(static_cast<long>(room), problem);
  }
  return out;
}

}  // namespace

int main(int count, char** arguments) {
  long stride = 1;
  if (count > 1)
    stride = std::strcmp(arguments[1], "--short") == 0 ? 17 : std::max(1L, std::atol(arguments[1]));
  long passed = 0, failed = 0;
  const auto tell = [&](const char* mode, const char* what, const Sweep& sweep) {
    std::printf("%-9s %-28s %5ld fault points, %6ld errors, %ld broken%s%s\n", mode, what, sweep.points,
                sweep.errors, sweep.failed, sweep.first.empty() ? "" : "\n    first: ", sweep.first.c_str());
    std::fflush(stdout);
    passed += sweep.points - sweep.failed;
    failed += sweep.failed;
  };
  for (const bool exclusive : {false, true}) {
    const char* mode = exclusive ? "exclusive" : "shared";
    SimDisk furnished;
    {
      auto engine = Engine::open("/store", on(furnished, exclusive)).value();
      furnish(engine).value();
    }
    furnished.settle();
    tell(mode, "one write fails", sweep(furnished, exclusive, false, false, stride));
    tell(mode, "all writes fail from then on", sweep(furnished, exclusive, true, false, stride));
    tell(mode, "one operation fails", sweep(furnished, exclusive, false, true, stride));
    tell(mode, "all fail from then on", sweep(furnished, exclusive, true, true, stride));
    tell(mode, "the disk fills up", fill(furnished, exclusive, stride));
  }
  std::printf("%ld passed, %ld failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
