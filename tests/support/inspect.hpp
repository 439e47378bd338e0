// Whether a store is whole: everything in it follows from its log. For campaigns, after whatever was done to it.
#pragma once

#include "aesop/engine/engine.hpp"

#include <map>
#include <memory>
#include <string>

namespace aesop {
inline namespace v0 {
class Plan;
}
}  // namespace aesop

namespace aesop::testing {

/// Plans of published texts, compiled once for a whole campaign.
class PlanShelf {
 public:
  std::shared_ptr<const Plan> find(Store& store, const std::string& sop, const std::string& version);

 private:
  std::map<std::string, std::shared_ptr<const Plan>> plans_;
};

/// Empty when all is well, else what is wrong:
/// the file is sound; the chain verifies; each run's stored state is the replay of its events; timers, worklist and
/// outbox are what the states and events say, no more and no less.
std::string inspect(Engine& engine, PlanShelf& shelf);

}  // namespace aesop::testing
