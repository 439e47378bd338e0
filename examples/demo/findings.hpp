// What the log of the demo says: every event of every run, folded into the numbers of the report. Reads nothing else, so
// the report shows what an auditor would find.
#pragma once

#include "aesop/aesop.hpp"
#include "aesop/measure.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace demo {

/// Firings of one rung.
struct RungCount {
  int rank = 0;      ///< case clocks, stages, steps, the rest
  std::string what;  ///< title of the clock, stage or step
  std::string when;  ///< "30 days", "due + 24 hours"
  std::string whom;  ///< targets
  std::int64_t count = 0;
  std::int64_t found_nobody = 0;
};

struct ExceptionStory {
  std::string claim, what, asked_by, decided_by, result;
  aesop::Instant at;
};

/// Open claims that wait for the same. A claim with something on the worklist waits for people, whatever else it waits
/// for; a claim with several lines under way waits for the first of them that is found.
struct Waiting {
  std::string what;
  std::map<std::string, std::int64_t> by_scope;
  std::int64_t count = 0;
  aesop::Instant since = {};  ///< of the one that waits longest
};

struct Findings {
  explicit Findings(std::shared_ptr<const aesop::Definition> billing) : board(std::move(billing)) {}

  aesop::KpiBoard board;
  aesop::AdherenceFold adherence;
  aesop::LevelFold receivables{{{"claim.sent", "amount", true}},
                               {{"payment.posted", "amount"}, {"balance.changed", "amount"}}};
  aesop::TallyFold denials{{"denials.opened", "carc", "amount", "triage.completed", "root_cause"}};
  aesop::TallyFold rejections{{"claim.rejected", "category", "", "fix_rejection.completed", "root_cause"}};
  std::vector<RungCount> rungs;                  ///< most important first
  std::vector<ExceptionStory> exceptions;        ///< in order of time
  std::map<std::string, std::int64_t> outcomes;  ///< of billing runs; "open"
  std::int64_t runs = 0, appeals = 0, events = 0, incidents = 0;
  std::int64_t open = 0;         ///< billing runs that go on
  std::vector<Waiting> waiting;  ///< what they wait for, what most wait for first
  std::int64_t with_people = 0;  ///< of these, those with something on the worklist
  std::int64_t adrift = 0;       ///< nothing on the worklist and no rung to come that tells anybody
  std::optional<aesop::Instant>
      longest_unwatched;  ///< of the others, the last moment by which somebody is told
  std::string
      digest;  ///< SHA-256 over all events without ids that the store made up: the same seed gives the same
};

/// Reads everything. The definition is that of the billing SOP.
aesop::Result<std::unique_ptr<Findings>> read_all(aesop::Engine& engine,
                                                  const std::shared_ptr<const aesop::Definition>& billing,
                                                  const std::shared_ptr<const aesop::Definition>& appeals);

}  // namespace demo
