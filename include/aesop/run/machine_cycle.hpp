// `every`: when a rung fires again, and what it missed. Part run, private.
// (1) The next occurrence is counted from the scheduled time, never from when somebody got to it.
// (2) Months are counted from the first due time: what began on the 31st comes on the last day of a short month and on
//     the 31st again after it.
// (3) What was missed is folded into one firing, but only what would have happened: up to the next timer of the run
//     that could end the step or change its course.
// (4) Only telling people is folded. A rung that would do more, or whose condition did not hold, comes at each of its
//     times: else what becomes of the run would depend on how often somebody looked.
#pragma once

#include "aesop/run/machine_core.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace aesop {
inline namespace v0 {
namespace detail {

// Whether a timer may do more than tell people: what was missed after it is not known.
inline bool Machine::changes_course(const ArmedClock& clock, std::uint32_t index) const {
  if (clock.kind == ClockKind::wait || clock.kind == ClockKind::task_resume) return true;
  const PlanRung* rung = rung_of(clock, index);
  return rung != nullptr && (rung->go != no_ref || rung->also != no_ref || !rung->reassign.empty());
}

// The first timer but this one that changes the run's course.
inline std::optional<Machine::Timer> Machine::next_turn(const Timer& mine) const {
  std::optional<Timer> turn;
  for (const Clock& clock : s.clocks) {
    if (frozen(clock)) continue;
    for (const ArmedRung& rung : clock.armed.rungs) {
      const Timer timer{clock.armed.id, clock.armed.occurrence, rung.index, rung.due};
      if (timer.clock == mine.clock && timer.occurrence == mine.occurrence && timer.rung == mine.rung)
        continue;
      if ((!turn || timer.before(*turn)) && changes_course(clock.armed, rung.index)) turn = timer;
    }
  }
  return turn;
}

// Fills in when a rung fires again, and how many occurrences were missed until then.
inline void Machine::count_cycle(const Clock& clock, const PlanRung& rung, const ArmedRung& mine,
                                 RungFired& fired) {
  if (!rung.every.given()) return;
  if (rung.times > 0 && mine.count + 1 >= static_cast<std::uint32_t>(rung.times)) return;
  const std::optional<Span> period = span_of(rung.every, place_of(clock.armed));
  if (!period || period->amount <= 0) return;
  const ClockPlan limits = plan_of(clock.armed);
  const std::string_view calendar_name =
      limits.due && !limits.due->calendar.empty() ? std::string_view(limits.due->calendar) : limits.calendar;
  Timer at{fired.clock, fired.occurrence, fired.rung, fired.due};
  const std::optional<Timer> turn = next_turn(at);
  const bool folds = fired.held && !changes_course(clock.armed, fired.rung);
  const auto missed = [&](Instant due) {
    at.due = due;
    return folds && due <= until && (!turn || at.before(*turn));
  };
  if (period->unit == SpanUnit::elapsed) {
    const Instant last = turn ? std::min(until, turn->due) : until;
    std::int64_t n = folds && last > fired.due ? (last - fired.due) / period->amount : 0;
    if (n > 0 && !missed(fired.due + n * period->amount)) --n;
    fired.folded = static_cast<std::uint32_t>(std::min<std::int64_t>(n, UINT32_MAX));
    fired.next = ArmedRung{fired.rung, fired.due + (n + 1) * period->amount, mine.count + 1};
    return;
  }
  const auto began = std::find_if(clock.first.begin(), clock.first.end(),
                                  [&](const ArmedRung& r) { return r.index == fired.rung; });
  const bool months = period->unit == SpanUnit::months;
  const Instant first = began == clock.first.end() ? fired.due : began->due;
  Instant due = fired.due;
  std::int64_t n = 0;
  for (int tries = 0; tries < 100'000; ++tries) {
    auto next = months ? add_span(first, Span::months(++n * period->amount), calendar_name)
                       : add_span(due, *period, calendar_name);
    if (!next) return;
    if (*next <= due) {
      if (months) continue;  // the cycle's occurrences up to this one
      return;
    }
    due = *next;
    if (!missed(due)) {
      fired.next = ArmedRung{fired.rung, due, mine.count + 1};
      return;
    }
    ++fired.folded;
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
