// The run machine: what a command or the passing of time makes of a run. Part run.
//
//     decide(plan, state, command, facts)  ->  events + the state after them, and perhaps a rejection
//     fire_due(plan, state, until, facts)  ->  the same for timers alone
//
// Pure: no clock, no randomness, no input or output; the same arguments give the same decision.
//
// Life of a token (a box is where State keeps it; every arrow is an event):
//
//        run_started, step_left, join_fired, instance_opened, rung_fired, rework_returned
//                                     |
//                                     v
//        +--------+   token_parked  +--------+   step_entered   +-----------+
//        | parked |<----------------| moving |----------------->| activity  |
//        +--------+                 +--------+                  +-----------+
//             |   join_fired          ^  |  step_left (decides at once)  | step_left
//             +---------------------->+  +------------------------------>+----> moving, or the end of the token
//
// Life of a task (operations.hpp has the table):
//
//        ready --claim--> reserved --start--> in_progress --complete--> completed --accept_review--> (left)
//          ^                 |  ^                 |  |                      |
//          +-----release-----+  +------stop-------+  +--fail--> (left)      +--return_for_rework--> next visit
//          +-----release, forward-----------------+
//        any of the three --suspend_task--> suspended --resume_task--> as before
//        any open state --skip, rung with go, end of the run--> (left: skipped, lapsed, withdrawn)
//
// Invariants. (1)-(5) of state.hpp, and:
//   (6)  Whatever decide() does to the state it does by emitting an event and applying it; so the state it decided on
//        is the state replay will see.
//   (7)  A refused command emits nothing. Timers that were due before it fired all the same and stand.
//   (8)  Logical time never goes back in a run: a decision is taken at max(command.at, last event); a timer fires at
//        max(its due time, last event). What the host said is kept as the event's `recorded`.
//   (9)  Timers of a run fire in the order (due, clock id, occurrence, rung), before the command that comes after them,
//        and once per occurrence of their clock; those armed by a firing and already due fire in the same pass. Then
//        the result does not depend on how often somebody called advance.
//   (10) No rung of a clock fires after the clock stopped; a step's clock stops when the step is left.
//   (11) After a decision no token is moving, and an open run has at least one token.
//   (12) A join takes one token from each of its edges; a surplus token stays for the next time.
//   (13) Overdue never means done: a step closed by time is `lapsed`, and its performer is nobody.
//   (14) Duties are separated by person id, at claim, at delegation and at completion.
//   (15) An exception without a policy is impossible; a requester never decides; a person decides once.
//   (16) A step that is entered limits.visits_at_once times at one logical instant, while nobody does anything, is an
//        incident `livelock`. It is counted in the state: it does not matter how many decisions that took, nor how
//        much else comes due at that instant.
//   (17) What an event holds is read back from the log as it was: functions, and data nested too deep, become null.
//   (18) An incident is no way past a step: it is tried again, goes where the step itself may lead or the SOP says, and
//        whoever made it by failing a task decides nothing about it.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/model/plan.hpp"
#include "aesop/run/command.hpp"
#include "aesop/run/decision.hpp"
#include "aesop/run/event.hpp"
#include "aesop/run/facts.hpp"
#include "aesop/run/reasons.hpp"
#include "aesop/run/state.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Decides one command. A start without an actor is the engine's own: a run that another run asked for. `state` is that of command.run (status none for `start`), made by this plan: another plan's
/// hash is the error invalid_argument. Errors are for what should not happen (broken arguments, limits of the run,
/// a state that does not fit the plan); everything a person can do wrong is a rejection.
Result<Decision> decide(const Plan& plan, const State& state, const Command& command, const Facts& facts);

/// Fires the timers of a run that are due, at most `limit` of them, each at its logical time; a run that is not open, or
/// is suspended, has none. `until` is how far time has come: it says how late each is and how many missed occurrences
/// of a cycle are folded. With `last`, only timers due by then fire (others of this run come after those of another
/// run), and none after one that asks for another run, which may have timers of its own to fire in between.
/// `command_id` is written into the events. Decision::fired counts them.
Result<Decision> fire_due(const Plan& plan, const State& state, Instant until, const Facts& facts,
                          std::size_t limit, std::string_view command_id = {},
                          std::optional<Instant> last = {});

/// Raises the incident `effect_dead` for those accountable, after the timers that are due by `at`. A run that is over
/// has none: no events.
Result<Decision> effect_dead(const Plan& plan, const State& state, const DeadEffect& effect, Instant at,
                             const Facts& facts, std::string_view command_id = {});

}  // namespace v0
}  // namespace aesop

#include "aesop/run/machine.hpp"
