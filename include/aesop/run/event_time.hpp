// Control records of events about clocks, rungs and handoffs. Part run; rules in event.hpp.
#pragma once

#include "aesop/run/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// A stage's or case's clock began to run, or that of a review, or one that an incident had stopped. Clocks of steps are
/// armed in step_entered.
struct ClockStarted {
  static constexpr std::string_view name = "clock_started";
  static constexpr std::uint16_t version = 1;
  ArmedClock clock = {};
  friend bool operator==(const ClockStarted&, const ClockStarted&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("clock", s.clock);
  }
};

/// A clock stopped; none of its rungs fires any more.
struct ClockStopped {
  static constexpr std::string_view name = "clock_stopped";
  static constexpr std::uint16_t version = 1;
  std::string clock = {};
  std::uint32_t occurrence = 1;
  std::string cause = {};  ///< the moment or event that stopped it
  friend bool operator==(const ClockStopped&, const ClockStopped&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("clock", s.clock);
    f("occurrence", s.occurrence);
    f("cause", s.cause);
  }
};

/// A clock goes on with other times: its anchor came, an extension was used, an incident was resolved.
struct ClockRescheduled {
  static constexpr std::string_view name = "clock_rescheduled";
  static constexpr std::uint16_t version = 1;
  ClockTimes clock = {};
  bool pending = false;
  std::string cause = {};
  friend bool operator==(const ClockRescheduled&, const ClockRescheduled&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("clock", s.clock);
    f("pending", s.pending);
    f("cause", s.cause);
  }
};

/// A timer fired. Its event's `at` is the logical time: the due time, or that of the event before if later.
/// data: {diagnostics} when its condition was null.
struct RungFired {
  static constexpr std::string_view name = "rung_fired";
  static constexpr std::uint16_t version = 1;
  std::string timer = {};  ///< t/RUN/CLOCK/OCCURRENCE/RUNG
  std::string clock = {};
  std::uint32_t occurrence = 1;
  std::uint32_t rung = 0;
  ClockKind kind = ClockKind::step;
  TokenId token = 0;
  std::string ref = {};  ///< step, stage, clock, ... in the SOP
  Instant due = {};
  std::int64_t late_us = 0;  ///< how long after `due` the engine got to it
  std::uint32_t folded = 0;  ///< further occurrences of `every` that were missed and are not made up for
  bool held = true;          ///< its condition was true; when not, nothing follows
  std::string cause = {};    ///< the timer before it that found nobody, when it fired ahead of its time
  std::vector<std::string> actions =
      {};  ///< notify page reassign raise start go also, as far as they were done
  std::vector<Resolved> resolved = {};       ///< people found
  std::vector<std::string> unresolved = {};  ///< targets for which nobody was found
  std::optional<ArmedRung> next = {};        ///< of `every`: when it fires again
  std::vector<Move> moves = {};              ///< `also`, and `go` of stages and cases
  std::vector<TokenId> dropped = {};         ///< parked tokens ended by a `go` of a stage or case
  friend bool operator==(const RungFired&, const RungFired&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("timer", s.timer);
    f("clock", s.clock);
    f("occurrence", s.occurrence);
    f("rung", s.rung);
    f("kind", s.kind);
    f("token", s.token);
    f("ref", s.ref);
    f("due", s.due);
    f("late_us", s.late_us);
    f("folded", s.folded);
    f("held", s.held);
    f("cause", s.cause);
    f("actions", s.actions);
    f("resolved", s.resolved);
    f("unresolved", s.unresolved);
    f("next", s.next);
    f("moves", s.moves);
    f("dropped", s.dropped);
  }
};

/// A late fact showed that a deadline whose rung had fired was met in time. What fired stays fired.
struct RungMooted {
  static constexpr std::string_view name = "rung_mooted";
  static constexpr std::uint16_t version = 1;
  std::string timer = {};
  std::string clock = {};
  std::uint32_t occurrence = 1;
  std::uint32_t rung = 0;
  friend bool operator==(const RungMooted&, const RungMooted&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("timer", s.timer);
    f("clock", s.clock);
    f("occurrence", s.occurrence);
    f("rung", s.rung);
  }
};

/// Work passed to another role, system or SOP. data: {with}.
struct HandoffMade {
  static constexpr std::string_view name = "handoff_made";
  static constexpr std::uint16_t version = 1;
  std::string id = {};  ///< h1, h2, ...
  std::string handoff = {};
  std::string from = {}, to = {};
  std::vector<std::string> people = {};
  std::vector<ArmedClock> clocks = {};
  friend bool operator==(const HandoffMade&, const HandoffMade&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("handoff", s.handoff);
    f("from", s.from);
    f("to", s.to);
    f("people", s.people);
    f("clocks", s.clocks);
  }
};

struct HandoffAcknowledged {
  static constexpr std::string_view name = "handoff_acknowledged";
  static constexpr std::uint16_t version = 1;
  std::string id = {};
  friend bool operator==(const HandoffAcknowledged&, const HandoffAcknowledged&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
  }
};

}  // namespace v0
}  // namespace aesop
