// The whole demo behind one call, so that a test can run it too.
#pragma once

#include "office.hpp"

#include "aesop/aesop.hpp"
#include "aesop/measure.hpp"

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace demo {

struct Options {
  int claims = 300;
  int days = 60;
  std::uint64_t seed = 20261005;
  std::string path;
  std::string mode = "exclusive";  ///< shared, exclusive, memory
  std::size_t top = 15;
  std::string extract;            ///< file for the extract of the practice management system; empty: none
  std::vector<std::string> sops;  ///< files: billing first, then the take-over
  std::function<void(int day, int days, const Tally&)> progress;
};

struct Outcome {
  std::string digest;  ///< over what happened; the same for the same seed and size
  std::int64_t events = 0, incidents = 0;
  std::vector<std::string> errors;
  // What the report says, read from the log, and what the outside world counted on its side.
  std::vector<aesop::TallyRow> denials = {};
  std::vector<aesop::Figure> measures = {};
  aesop::Level receivables = {};
  std::int64_t open = 0, waiting = 0, adrift = 0;  ///< claims; those in the table of what they wait for
  Books books = {};
  aesop::Instant now = {};
};

/// Runs the simulation and prints the report to `out`.
aesop::Result<Outcome> simulate(const Options& options, std::ostream& out);

}  // namespace demo
