// Bodies of decide() and fire_due(): the order of things in one decision. Included by decide.hpp alone.
#pragma once

#include "aesop/run/decide.hpp"
#include "aesop/run/machine_core.hpp"

#include <string>
#include <utility>
//
#include "aesop/run/decide_complete.hpp"
#include "aesop/run/decide_effect.hpp"
#include "aesop/run/decide_exception.hpp"
#include "aesop/run/decide_incident.hpp"
#include "aesop/run/decide_run.hpp"
#include "aesop/run/decide_service.hpp"
#include "aesop/run/decide_task.hpp"
#include "aesop/run/machine_clocks.hpp"
#include "aesop/run/machine_each.hpp"
#include "aesop/run/machine_enter.hpp"
#include "aesop/run/machine_fire.hpp"
#include "aesop/run/machine_gate.hpp"
#include "aesop/run/machine_leave.hpp"
#include "aesop/run/machine_people.hpp"
#include "aesop/run/machine_values.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

/// Most timers one command fires of its run before it is decided.
inline constexpr std::size_t max_timers_per_command = 100'000;

// Hands the command to its verb, once the run is known to be one that takes it.
inline void Machine::run_command() {
  const CommandType type = command->type();
  // What is owed after a run's end can still be settled; everything else is over with it.
  const bool owed = type == CommandType::review_emergency || type == CommandType::acknowledge_handoff ||
                    type == CommandType::correct;
  if (s.status == RunStatus::closed && !owed)
    return reject("run_closed", {}, {{"outcome", Value::string(s.outcome)}});
  const bool while_suspended = type == CommandType::resume || type == CommandType::cancel ||
                               type == CommandType::record_event || type == CommandType::complete_service ||
                               type == CommandType::fail_service || type == CommandType::suspend;
  if (s.status == RunStatus::suspended && !while_suspended) return reject("run_suspended");
  switch (type) {
    case CommandType::start:
      return decide_start(*command->as<Start>());
    case CommandType::suspend:
    case CommandType::resume:
    case CommandType::cancel:
      return decide_run();
    case CommandType::record_event:
      return decide_event(*command->as<RecordEvent>());
    case CommandType::claim:
    case CommandType::start_task:
    case CommandType::stop:
    case CommandType::release:
    case CommandType::delegate:
    case CommandType::forward:
    case CommandType::suspend_task:
    case CommandType::resume_task:
    case CommandType::tick:
    case CommandType::untick:
    case CommandType::attach_evidence:
    case CommandType::save:
      return decide_task();
    case CommandType::complete:
      return decide_complete(*command->as<Complete>());
    case CommandType::fail:
      return decide_fail(*command->as<Fail>());
    case CommandType::accept_review:
    case CommandType::return_for_rework:
      return decide_review();
    case CommandType::correct:
      return decide_correct(*command->as<Correct>());
    case CommandType::complete_service:
    case CommandType::fail_service:
      return decide_service();
    case CommandType::decide_approval:
      return decide_approval(*command->as<DecideApproval>());
    case CommandType::request_exception:
    case CommandType::decide_exception:
    case CommandType::skip:
    case CommandType::extend:
    case CommandType::invoke_emergency:
    case CommandType::review_emergency:
      return decide_exception();
    case CommandType::acknowledge_handoff:
      return decide_handoff(*command->as<AcknowledgeHandoff>());
    case CommandType::retry_incident:
    case CommandType::resolve_incident:
    case CommandType::end_incident:
      return decide_incident();
  }
}

// How late a fact may be is the SOP's to say; a later one needs its approver's voice. Measured against the time the run
// has come to, so that a command with an earlier `at` is no way round it.
inline bool late_fact_allowed(Machine& m) {
  if (!m.command->occurred_at) return true;
  if (*m.command->occurred_at > m.until) {
    m.reject("occurred_in_future");
    return false;
  }
  const std::optional<Span> within = m.span_of(m.plan.late_within(), RunPlace());
  if (!within) return true;
  auto latest = m.add_span(*m.command->occurred_at, *within, m.plan.calendar());
  if (!latest || m.until <= *latest) return true;
  const auto& late = m.plan.definition().late_facts;
  if (late && !late->approver.empty() && m.actor().has_role(late->approver.text)) return true;
  m.reject("late_fact_too_late", {},
           late && !late->approver.empty()
               ? std::vector<std::pair<std::string, Value>>{{"approver", Value::string(late->approver.text)}}
               : std::vector<std::pair<std::string, Value>>{});
  return false;
}

inline Decision take_decision(Machine& m) {
  Decision decision;
  decision.events = std::move(m.events);
  decision.rejection = std::move(m.rejection);
  decision.after = std::move(m.s);
  decision.created = std::move(m.created);
  return decision;
}

inline Status fits(const Plan& plan, const State& state) {
  if (state.status == RunStatus::none || state.plan_hash == plan.hash()) return {};
  return Error{ErrorCode::invalid_argument,
               cat("run ", state.id, " was started with another version of its SOP"),
               "give the plan whose hash the state names"};
}

}  // namespace detail

inline Result<Decision> decide(const Plan& plan, const State& state, const Command& command,
                               const Facts& facts) {
  if (Status ok = detail::fits(plan, state); !ok) return ok.take_error();
  const bool starts = command.type() == CommandType::start;
  if (state.status == RunStatus::none && !starts)
    return Error{ErrorCode::unknown_run, cat("there is no run ", printable(command.run, 80))};
  if (command.id.empty()) return Error{ErrorCode::invalid_argument, "a command needs an id"};
  if (command.actor.id.empty() && !starts)
    return Error{ErrorCode::invalid_argument, "a command needs an actor with an id"};

  detail::Machine m(plan, state, facts);
  m.command = &command;
  m.command_id = command.id;
  // (8): time never goes back in a run.
  const Instant effective = starts ? command.at : std::max(command.at, state.last_at);
  m.until = effective;
  m.told = command.at;
  m.occurred = command.occurred_at;

  const std::string scope = starts ? command.as<Start>()->scope.value_or(command.actor.scope) : state.scope;
  const auto refuse_before = [&]() {
    if (starts && state.status != RunStatus::none) return m.reject("already_started");
    if (!command.actor.reaches(scope))
      return m.reject("not_permitted", "the actor's scope does not hold the run's",
                      {{"scope", Value::string(scope)}});
    if (command.expected_revision && *command.expected_revision != state.revision)
      return m.reject("conflict", {},
                      {{"revision", Value::number(static_cast<std::int64_t>(state.revision))}});
  };

  // (9): what was due comes first, and stands whatever becomes of the command.
  if (!starts) {
    m.fire_timers(detail::max_timers_per_command);
    if (m.failed()) return std::move(*m.error);
  }
  m.now = effective;
  m.created.clear();
  const std::size_t before = m.events.size();
  refuse_before();
  if (!m.refused()) {
    if (starts) m.s.scope = scope;  // what people and calendars are looked up for before the first event
    if (detail::late_fact_allowed(m)) {
      m.by_actor = true;
      m.run_command();
      m.by_actor = m.by_actor && !m.refused();
    }
  }
  if (m.failed()) return std::move(*m.error);
  if (m.rejection) {
    if (starts) m.s = state;
    if (m.events.size() != before)
      return Error{ErrorCode::internal, cat("a refused ", command.verb(), " had made events")};
    return detail::take_decision(m);
  }
  m.settle();
  m.by_actor = false;
  // Deadlines that lie in the past already fire at once.
  m.fire_timers(detail::max_timers_per_command);
  if (m.failed()) return std::move(*m.error);
  return detail::take_decision(m);
}

inline Result<Decision> fire_due(const Plan& plan, const State& state, Instant until, const Facts& facts,
                                 std::size_t limit, std::string_view command_id,
                                 std::optional<Instant> last) {
  if (Status ok = detail::fits(plan, state); !ok) return ok.take_error();
  detail::Machine m(plan, state, facts);
  m.command_id = command_id;
  m.until = until;
  m.told = until;
  const bool more = m.fire_timers(limit, last);
  if (m.failed()) return std::move(*m.error);
  Decision decision = detail::take_decision(m);
  decision.more = more;
  decision.fired = m.fired_count;
  return decision;
}

inline Result<Decision> effect_dead(const Plan& plan, const State& state, const DeadEffect& effect,
                                    Instant at, const Facts& facts, std::string_view command_id) {
  if (Status ok = detail::fits(plan, state); !ok) return ok.take_error();
  detail::Machine m(plan, state, facts);
  m.command_id = command_id;
  m.told = at;
  m.until = std::max(at, state.last_at);
  m.fire_timers(detail::max_timers_per_command);  // (9): what was due comes first
  m.now = std::max(m.until, m.s.last_at);
  m.created.clear();
  if (!m.failed() && m.s.open()) detail::raise_effect_dead(m, effect);
  if (m.failed()) return std::move(*m.error);
  return detail::take_decision(m);
}

}  // namespace v0
}  // namespace aesop
