// The demo: two months of billing at three clinics, run by Aesop on one SQLite file.
//
//   aesop_demo [OPTIONS]      --help lists them
//
// docs/demo.md says what it shows and how to read it. Exit code 0; 2 for wrong options; 4 when the store fails.
#include "simulate.hpp"

#include "aesop/base/default_ports.hpp"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>

#include <unistd.h>

namespace {

constexpr std::string_view help =
    R"(Runs the billing SOP over simulated months: three clinics, a central office, one SQLite file.
Usage: aesop_demo [OPTIONS]

Options:
  --claims N   claims booked over the whole time (300)
  --days D     simulated days, from Monday 5 October 2026; the last one ends in the morning (60)
  --seed S     the same seed and size tell the same story on every machine (20261005)
  --db PATH    the store; an older one of this name is removed first (in the temporary folder)
  --mode M     exclusive, shared or memory (exclusive)
  --top N      rows of the worklist (15)
  --extract F  also write the practice management system's own list of claims, as CSV
  --help       this text

Exit codes: 0 ok, 2 usage, 4 store. docs/demo.md says how to read the report.
)";

int usage(std::string_view problem) {
  std::cerr << "aesop_demo: " << problem << "\n\"aesop_demo --help\" lists the options.\n";
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  demo::Options options;
  options.sops = {AESOP_SOURCE_DIR "/examples/dso/billing_claims.sop.json",
                  AESOP_SOURCE_DIR "/examples/dso/claim_appeals.sop.json"};
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--help") {
      std::cout << help;
      return 0;
    }
    if (i + 1 == argc) return usage(std::string(name) + " needs a value");
    const std::string value = argv[++i];
    const auto number = aesop::parse_integer<std::uint64_t>(value);
    if (name == "--db") {
      options.path = value;
    } else if (name == "--extract") {
      options.extract = value;
    } else if (name == "--mode") {
      if (value != "shared" && value != "exclusive" && value != "memory") return usage("no mode " + value);
      options.mode = value;
    } else if (!number) {
      return usage(std::string(name) + " takes a number");
    } else if (name == "--claims" && *number >= 1 && *number <= 100'000) {
      options.claims = static_cast<int>(*number);
    } else if (name == "--days" && *number >= 7 && *number <= 3650) {
      options.days = static_cast<int>(*number);
    } else if (name == "--seed") {
      options.seed = *number;
    } else if (name == "--top") {
      options.top = static_cast<std::size_t>(*number);
    } else {
      return usage("no option " + std::string(name) + " with this value");
    }
  }
  if (options.path.empty()) {
    const auto folder = std::filesystem::temp_directory_path() / "aesop-demo";
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    options.path = (folder / "claims.db").string();
  }
  if (options.mode != "memory")  // a store of an earlier demo makes way
    for (const char* tail : {"", "-wal", "-shm", "-journal"}) {
      std::error_code ignored;
      std::filesystem::remove(options.path + tail, ignored);
    }
  const bool terminal = isatty(STDERR_FILENO) != 0;
  options.progress = [terminal](int day, int days, const demo::Tally& tally) {
    if (!terminal) return;
    const int done = day * 30 / days;
    std::string bar(static_cast<std::size_t>(done), '#');
    bar.resize(30, '.');
    std::cerr << "\r  [" << bar << "] day " << day << " of " << days << ", " << tally.commands
              << " commands, " << tally.timers << " timers " << std::flush;
    if (day == days) std::cerr << "\r" << std::string(90, ' ') << "\r" << std::flush;
  };
  auto result = demo::simulate(options, std::cout);
  if (!result) {
    std::cerr << "aesop_demo: " << aesop::to_string(result.error()) << '\n';
    return 4;
  }
  return 0;
}
