// What the host must do because something happened: effects of an event. Part run.
// The engine writes them to the outbox in the transaction of the event; the host carries them out at least once, and
// `key` makes that exactly once at the receiver.
//
// | kind | when | body |
// |---|---|---|
// | `notify`, `page` | a rung, an incident, an exception or approval to decide, an unstaffed step, a handoff | `{people, target, about, step, title, subject, timer, due}` |
// | `service` | a service step asks | `{operation, attempt, with, task, step}` |
// | `start_run` | a rung starts another SOP | `{sop, subject, key, scope, thread, cause}` |
// | `handoff` | work is handed over | `{id, handoff, to, with}` |
// | `reassigned` | a rung gave a task to others | `{task, step, roles, people, cause}` |
#pragma once

#include "aesop/model/plan.hpp"
#include "aesop/run/event.hpp"
#include "aesop/run/facts.hpp"
#include "aesop/run/state.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace aesop {
inline namespace v0 {

struct Effect {
  std::string key = {};  ///< unique for ever: run/revision/number
  std::string kind = {};
  std::string run = {};
  std::uint64_t revision = 0;  ///< of the event behind it
  Value body = {};
};

/// The effects of one event. `after` is the state with this event applied, or a later one of the same decision, in
/// which case `revision` (that of the event) must be given. Which effects there are hangs on the event alone; the
/// directory says who is told where the event names roles only. Without one a role stands for itself.
std::vector<Effect> effects(const Plan& plan, const State& after, const Event& event,
                            std::uint64_t revision = 0, const DirectoryView* directory = nullptr);

}  // namespace v0
}  // namespace aesop

#include "aesop/run/effects_inline.hpp"
