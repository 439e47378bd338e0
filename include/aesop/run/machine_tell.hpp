// Whom a rung tells, and what happens when nobody is there. Part run, private.
#pragma once

#include "aesop/run/machine_core.hpp"
#include "aesop/run/machine_cycle.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

// What every firing of a timer says of it.
inline RungFired Machine::firing_of(const ArmedClock& clock, std::uint32_t rung, Instant due) const {
  RungFired fired;
  fired.timer = timer_id(s.id, clock.id, clock.occurrence, rung);
  fired.clock = clock.id;
  fired.occurrence = clock.occurrence;
  fired.rung = rung;
  fired.kind = clock.kind;
  fired.token = clock.token;
  fired.ref = clock.ref;
  fired.due = due;
  return fired;
}

// Targets are people now, not when the clock was armed.
inline void Machine::resolve_rung(std::string_view action, const std::vector<std::string>& targets,
                                  const ArmedClock& clock, RungFired& fired, Heard& heard) const {
  if (targets.empty()) return;
  heard.asked = true;
  fired.actions.emplace_back(action);
  const ClockPlan limits = plan_of(clock);
  const bool reassign = action == "reassign";
  const Activity* activity = clock.token && !reassign ? find_activity(s, clock.token) : nullptr;
  for (const std::string& target : targets) {
    // Ladders of stages and cases name roles: they belong to no step.
    std::vector<std::string> people = resolve_target(target, limits.step, activity);
    if (reassign) {
      for (const std::string& role : roles_of_target(target, limits.step)) add_sorted(heard.roles, role);
      for (const std::string& person : people) add_sorted(heard.people, person);
    }
    heard.found = heard.found || !people.empty();
    if (people.empty())
      fired.unresolved.push_back(target);
    else
      fired.resolved.push_back({std::string(action), target, std::move(people)});
  }
}

// Nobody was there: the next rung by time that tells somebody tells them now. What else it does waits for its own time;
// when it does nothing else and somebody was there, it is done with.
inline void Machine::tell_next(const ArmedClock& clock, const ArmedRung& silent, std::string cause) {
  const Clock* running = find_clock(s.clocks, clock.id, clock.occurrence);
  if (running == nullptr) return;
  const auto order = [](const ArmedRung& rung) { return std::tie(rung.due, rung.index); };
  std::vector<ArmedRung> later;
  for (const ArmedRung& rung : running->armed.rungs)
    if (rung.index != silent.index && order(rung) > order(silent)) later.push_back(rung);
  std::sort(later.begin(), later.end(),
            [&](const ArmedRung& a, const ArmedRung& b) { return order(a) < order(b); });
  for (const ArmedRung& next : later) {
    if (failed()) return;
    const PlanRung* rung = rung_of(clock, next.index);
    if (rung == nullptr || (rung->notify.empty() && rung->page.empty())) continue;
    const bool held = holds(rung->condition, place_of(clock));
    if (!held) diagnostics.clear();
    null_conditions = 0;
    if (!held) continue;
    RungFired fired = firing_of(clock, next.index, next.due);
    fired.cause = std::move(cause);
    Heard heard;
    resolve_rung("notify", rung->notify, clock, fired, heard);
    resolve_rung("page", rung->page, clock, fired, heard);
    const bool only_tells = rung->reassign.empty() && rung->raise == 0 && rung->start_sop.empty() &&
                            rung->go == no_ref && rung->also == no_ref;
    if (only_tells && heard.found) {
      if (const Clock* now_running = find_clock(s.clocks, clock.id, clock.occurrence))
        count_cycle(Clock(*now_running), *rung, next, fired);
    } else {
      fired.next = next;
    }
    cause = fired.timer;
    emit(std::move(fired), set_data({}));
    if (heard.found) return;
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
