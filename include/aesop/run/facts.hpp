// Everything looked up that a decision may depend on: Facts. Part run; depends on base, value and calendar.
// The caller (the engine, a test, a simulation) fills it; decide() asks nobody else. Same plan, state, command and
// facts: same decision.
#pragma once

#include "aesop/base/ports.hpp"
#include "aesop/calendar/calendar.hpp"
#include "aesop/value/value.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Who holds which role where. A host may supply its own.
class DirectoryView {
 public:
  virtual ~DirectoryView() = default;
  /// Ids of the persons holding `role` at `scope` or at a scope above it; ascending, without repetition.
  virtual std::vector<std::string> people(std::string_view role, std::string_view scope) const = 0;
  /// Nobody is registered at all: then a role is resolved to "role:ROLE" and candidacy goes by asserted roles alone.
  virtual bool empty() const = 0;
};

/// Working hours by name, as they are at a scope (a scope may replace the SOP's).
class CalendarView {
 public:
  virtual ~CalendarView() = default;
  /// nullptr when there is none of that name.
  virtual const Calendar* find(std::string_view name, std::string_view scope) const = 0;
};

/// How much one run may do. Passing `visits_at_once` is an incident of kind livelock, passing the others is the error
/// limit_exceeded.
struct RunLimits {
  /// How often one step (of one instance) may be entered again at one logical instant while nobody does anything.
  std::uint32_t visits_at_once = 1'000;
  std::uint64_t events_per_run = 1'000'000;
  std::size_t open_timers = 10'000;
  std::size_t list_items = 10'000;  ///< of an `each` over a list
};

/// Null pointers are legal: no directory is an empty one, no calendars leaves those the SOP brings.
struct Facts {
  const Ports* ports = nullptr;
  const DirectoryView* directory = nullptr;
  const CalendarView* calendars = nullptr;
  std::vector<std::pair<std::string, Value>> parameters =
      {};  ///< in effect at the run's scope; absent: the default
  RunLimits limits = {};
};

}  // namespace v0
}  // namespace aesop
