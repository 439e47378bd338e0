// What the demo prints at its end.
#pragma once

#include "findings.hpp"
#include "office.hpp"

#include "aesop/aesop.hpp"

#include <cstdint>
#include <memory>
#include <ostream>
#include <string>

namespace demo {

struct ReportInput {
  aesop::Engine& engine;
  const Findings& findings;
  std::shared_ptr<const aesop::Definition> billing, appeals;
  const World& world;
  const Tally& tally;
  aesop::Instant now;
  std::size_t top;   ///< rows of the worklist
  std::string path;  ///< of the store
  std::string mode;
  double seconds;  ///< of the two months
  int days;
  std::uint64_t seed;
  int claims;
};

/// Prints all sections. An error when the store cannot be read, or when the log does not verify.
aesop::Status print_report(std::ostream& out, const ReportInput& input);

}  // namespace demo
