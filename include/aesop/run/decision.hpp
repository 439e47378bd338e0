// What came of a command: Decision and Rejection. Part run; types only, so that who passes them on need not see the
// machine.
#pragma once

#include "aesop/run/event.hpp"
#include "aesop/run/state.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// A refusal: a value, not an error. `reason` is a slug of rejection_table.
struct Rejection {
  std::string reason = {};
  std::string message = {};
  std::vector<std::pair<std::string, Value>> details =
      {};  ///< what is missing, current revision, candidates, ...
};

/// {"reason", "message", details...}.
inline Value rejection_to_value(const Rejection& rejection) {
  std::vector<Entry> entries = {{"reason", Value::string(rejection.reason)},
                                {"message", Value::string(rejection.message)}};
  for (const auto& detail : rejection.details) entries.push_back(detail);
  return Value::context(std::move(entries));
}

/// What was decided. With a rejection, `events` holds the timers that fired before the command, if any (7).
struct Decision {
  std::vector<Event> events = {};
  std::optional<Rejection> rejection = {};
  State after = {};       ///< the state given, with `events` applied
  bool more = false;      ///< fire_due: timers are still due
  std::size_t fired = 0;  ///< fire_due: timers that fired
  std::vector<std::string> created =
      {};  ///< ids of what the command made: an exception, a handoff; for answers
};

/// An effect of a run that the host could not carry out, however often it was asked.
struct DeadEffect {
  std::string key = {};
  std::string kind = {};              ///< service, notify, ...
  std::string step = {};              ///< of the SOP; empty: it is of none
  std::string task = {};              ///< id of the task it is about; empty: of none
  bool tells_of_dead_effect = false;  ///< it was to tell somebody of an incident effect_dead
};

}  // namespace v0
}  // namespace aesop
