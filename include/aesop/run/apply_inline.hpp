// Body of apply(): one function per event type. Included by apply.hpp alone.
#pragma once

#include "aesop/run/apply.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// Sets a variable where it is declared: in the nearest instance that has it, else in the run.
inline void set_variable(State& state, InstanceId instance, const std::string& name, Value value) {
  for (Instance* at = find_instance(state, instance); at != nullptr; at = find_instance(state, at->parent))
    for (NamedValue& variable : at->variables)
      if (variable.first == name) {
        variable.second = std::move(value);
        return;
      }
  const auto at = std::lower_bound(state.variables.begin(), state.variables.end(), name,
                                   [](const NamedValue& a, const std::string& b) { return a.first < b; });
  if (at != state.variables.end() && at->first == name)
    at->second = std::move(value);
  else
    state.variables.insert(at, {name, std::move(value)});
}

/// Whether the event is what a person or the host did, not what followed from it.
inline bool somebody_acted(const Event& event) {
  if (event.actor.empty()) return false;
  switch (event.type()) {
    case EventType::step_entered:
    case EventType::step_left:
    case EventType::token_parked:
    case EventType::join_fired:
    case EventType::instance_opened:
    case EventType::instance_closed:
    case EventType::list_fixed:
    case EventType::each_closing:
    case EventType::variables_set:
    case EventType::service_requested:
    case EventType::incident_raised:
    case EventType::clock_started:
    case EventType::clock_stopped:
    case EventType::clock_rescheduled:
    case EventType::rung_mooted:
    case EventType::handoff_made:
      return false;
    default:
      return true;
  }
}

/// One event being applied.
class Applier {
 public:
  Applier(State& state, const Event& event) : s_(state), e_(event) {}

  // --- run -----------------------------------------------------------------------------------------------
  bool operator()(const RunStarted& c) {
    if (s_.status != RunStatus::none) return false;
    s_.id = c.run;
    s_.sop = c.sop;
    s_.version = c.sop_version;
    s_.plan_hash = c.plan_hash;
    s_.subject = c.subject;
    s_.key = c.key;
    s_.scope = c.scope;
    s_.thread = c.thread;
    s_.parent = c.parent;
    s_.status = RunStatus::open;
    s_.started = e_.at;
    s_.started_by = e_.actor;
    set(0, c.set);
    move(c.moves);
    return true;
  }
  bool operator()(const RunSuspended&) {
    s_.status = RunStatus::suspended;
    s_.suspended_at = e_.at;
    return true;
  }
  bool operator()(const RunResumed& c) {
    s_.status = RunStatus::open;
    s_.suspended_at.reset();
    for (const ClockTimes& times : c.clocks) reschedule(times);
    return true;
  }
  bool operator()(const RunCancelled&) { return true; }
  bool operator()(const RunClosed& c) {
    s_.status = RunStatus::closed;
    s_.outcome = c.outcome;
    s_.last_end.clear();
    s_.suspended_at.reset();
    s_.moving.clear();
    s_.parked.clear();
    s_.activities.clear();
    s_.instances.clear();
    s_.incidents.clear();
    s_.ended.clear();
    s_.repeats.clear();
    s_.doers.clear();
    std::erase_if(s_.clocks, [](const Clock& clock) {
      return clock.armed.kind != ClockKind::emergency_review && clock.armed.kind != ClockKind::handoff;
    });
    std::erase_if(s_.records, [](const StepRecord& record) { return record.instance != 0; });
    return true;
  }
  bool operator()(const LinkedRunRequested&) { return true; }

  // --- tokens --------------------------------------------------------------------------------------------
  bool operator()(const StepEntered& c) {
    if (!take_moving(c.token)) return false;
    Activity activity;
    activity.token = c.token;
    activity.instance = c.instance;
    activity.step = c.step;
    activity.kind = c.kind;
    activity.visit = c.visit;
    activity.stage = c.stage;
    activity.from = c.from;
    activity.after = c.after;
    activity.entered = e_.at;
    activity.state = c.kind == ActivityKind::task ? TaskState::ready : TaskState::none;
    activity.roles = c.roles;
    activity.managers = c.managers;
    activity.reviewer = c.reviewer;
    activity.candidates = c.candidates;
    activity.excluded = c.excluded;
    activity.priority = c.priority;
    activity.since = s_.revision + 1;
    s_.activities.insert(std::lower_bound(s_.activities.begin(), s_.activities.end(), c.token,
                                          [](const Activity& a, TokenId token) { return a.token < token; }),
                         std::move(activity));
    StepRecord& entry = record(c.instance, c.step);
    count_entry(entry);
    entry.visit = c.visit;
    entry.entered = e_.at;
    entry.since = s_.revision + 1;
    add_clocks(c.clocks);
    return true;
  }
  bool operator()(const StepLeft& c) {
    StepRecord& entry = record(c.instance, c.step);
    if (const Activity* activity = find_activity(s_, c.token)) {
      if (c.reason == LeaveReason::completed) {
        entry.by = activity->performer;
        entry.form = activity->form;
      }
    } else {
      const bool parked = std::erase_if(s_.parked, [&](const Move& m) { return m.token == c.token; }) == 1;
      if (!parked && !take_moving(c.token)) return false;
      count_entry(entry);
      entry.entered = e_.at;
      entry.visit = c.visit;
    }
    if (c.reason == LeaveReason::completed && e_.data.find("form")) entry.form = datum("form");
    if (c.reason == LeaveReason::completed) complete(entry);
    entry.outcome = c.reason == LeaveReason::completed ? c.outcome : std::string(name_of(c.reason));
    entry.branch = c.branch;
    keep_ended(c);
    drop_token(c.token);
    if (c.moves.empty() && !c.outcome.empty()) {
      if (c.instance == 0)
        s_.last_end = c.outcome;
      else if (Instance* instance = find_instance(s_, c.instance))
        instance->outcome = c.outcome;
    }
    set(c.instance, c.set);
    move(c.moves);
    return true;
  }
  bool operator()(const TokenParked& c) {
    const auto at =
        std::find_if(s_.moving.begin(), s_.moving.end(), [&](const Move& m) { return m.token == c.token; });
    if (at == s_.moving.end()) return false;
    Move parked = std::move(*at);
    s_.moving.erase(at);
    s_.parked.insert(std::lower_bound(s_.parked.begin(), s_.parked.end(), parked.token,
                                      [](const Move& a, TokenId token) { return a.token < token; }),
                     std::move(parked));
    return true;
  }
  bool operator()(const JoinFired& c) {
    for (const TokenId token : c.taken)
      if (std::erase_if(s_.parked, [&](const Move& m) { return m.token == token; }) != 1) return false;
    StepRecord& entry = record(c.instance, c.step);
    count_entry(entry);
    entry.visit = c.visit;
    entry.entered = e_.at;
    complete(entry);
    entry.outcome.clear();
    entry.branch = c.branch;
    set(c.instance, c.set);
    move(c.moves);
    return true;
  }

  // --- instances and facts -------------------------------------------------------------------------------
  bool operator()(const InstanceOpened& c) {
    Activity* owner = find_activity(s_, c.owner);
    if (owner == nullptr || c.instance <= s_.last_instance) return false;
    owner->opened = std::max(owner->opened, c.index);
    Instance instance;
    instance.id = c.instance;
    instance.parent = c.parent;
    instance.owner = c.owner;
    instance.step = c.step;
    instance.index = c.index;
    instance.event = c.event;
    instance.occurred = c.occurred;
    instance.item = datum("item");
    const Value values = datum("set");
    for (const std::string& name : c.set) instance.variables.emplace_back(name, part(values, name));
    s_.last_instance = c.instance;
    s_.instances.push_back(std::move(instance));
    move(c.moves);
    return true;
  }
  bool operator()(const InstanceClosed& c) {
    const Instance* instance = find_instance(s_, c.instance);
    if (instance == nullptr) return false;
    if (Activity* owner = find_activity(s_, instance->owner); owner != nullptr && !owner->items.is_null())
      owner->outcomes.push_back(c.outcome);
    const auto inside = [&](const auto& thing) { return thing.instance == c.instance; };
    std::erase_if(s_.moving, inside);
    std::erase_if(s_.parked, inside);
    std::erase_if(s_.activities, inside);
    std::erase_if(s_.incidents, inside);
    std::erase_if(s_.records, inside);
    std::erase_if(s_.repeats, inside);
    std::erase_if(s_.ended, [&](const Clock& clock) { return clock.armed.instance == c.instance; });
    std::erase_if(s_.clocks, [&](const Clock& clock) {
      return clock.armed.instance == c.instance &&
             (clock.armed.token != 0 || clock.armed.kind == ClockKind::stage);
    });
    // Who did what in it is still asked about from outside.
    std::vector<Doer> kept = std::move(s_.doers);
    s_.doers.clear();
    const InstanceId around = instance->parent;
    for (Doer& doer : kept) did(doer.step, doer.instance == c.instance ? around : doer.instance, doer.by);
    const std::string suffix = cat('#', c.instance);
    std::erase_if(s_.clock_counts, [&](const ClockCount& count) { return count.id.ends_with(suffix); });
    std::erase_if(s_.instances, [&](const Instance& i) { return i.id == c.instance; });
    return true;
  }
  bool operator()(const ListFixed& c) {
    return with(c.token, [&](Activity& a) { a.items = datum("items"); });
  }
  bool operator()(const EachClosing& c) {
    return with(c.token, [&](Activity& a) { a.closing = true; });
  }
  bool operator()(const EventRecorded& c) {
    if (!c.applies) return true;
    EventRecord* entry = find_event_record(s_, c.event);
    if (entry == nullptr) {
      const auto at =
          std::lower_bound(s_.events.begin(), s_.events.end(), c.event,
                           [](const EventRecord& a, const std::string& b) { return a.event < b; });
      entry = &*s_.events.insert(at, EventRecord{c.event, {}, 0});
    }
    // The latest by the time it happened, not by the time it was told.
    entry->occurred = entry->count == 0 ? e_.occurred() : std::max(entry->occurred, e_.occurred());
    ++entry->count;
    set(0, c.set);
    return true;
  }
  bool operator()(const VariablesSet& c) {
    set(c.instance, c.set);
    return true;
  }
  bool operator()(const CorrectionRecorded& c) {
    StepRecord& entry = record(c.instance, c.step);
    const Value form = datum("form");
    for (const std::string& field : c.changed) entry.form = entry.form.with(field, part(form, field));
    return true;
  }

  // --- clocks --------------------------------------------------------------------------------------------
  bool operator()(const ClockStarted& c) {
    if (c.clock.kind == ClockKind::case_clock || c.clock.kind == ClockKind::stage) count_clock(c.clock);
    add_clock(c.clock);
    return true;
  }
  bool operator()(const ClockStopped& c) {
    std::erase_if(s_.clocks, [&](const Clock& clock) {
      return clock.armed.id == c.clock && clock.armed.occurrence == c.occurrence;
    });
    return true;
  }
  bool operator()(const ClockRescheduled& c) {
    Clock* clock = occurrence(c.clock.id, c.clock.occurrence);
    if (clock == nullptr) return false;
    const std::optional<Instant> before = clock->armed.due;
    reschedule(c.clock);
    clock->armed.pending = c.pending;
    if (before && clock->armed.due && find_deviation(s_, c.cause))
      clock->extended += *clock->armed.due - *before;
    return true;
  }
  bool operator()(const RungFired& c) {
    Clock* clock = occurrence(c.clock, c.occurrence);
    if (clock == nullptr) return false;
    auto& rungs = clock->armed.rungs;
    const auto at =
        std::find_if(rungs.begin(), rungs.end(), [&](const ArmedRung& r) { return r.index == c.rung; });
    if (at == rungs.end()) return false;
    ArmedRung fired = *at;
    fired.count = at->count + 1;
    if (c.next && c.next->due != at->due) begin_cycle(*clock, *at);
    if (c.next)
      *at = *c.next;
    else
      rungs.erase(at);
    if (c.held) {
      auto& done = clock->fired;
      const auto before =
          std::find_if(done.begin(), done.end(), [&](const ArmedRung& r) { return r.index == c.rung; });
      if (before == done.end())
        done.push_back(fired);
      else
        *before = fired;
    }
    std::erase_if(s_.parked, [&](const Move& m) {
      return std::find(c.dropped.begin(), c.dropped.end(), m.token) != c.dropped.end();
    });
    move(c.moves);
    return true;
  }
  bool operator()(const RungMooted& c) {
    const auto forget = [&](std::vector<Clock>& clocks) {
      Clock* clock = find_clock(clocks, c.clock, c.occurrence);
      if (clock == nullptr) return false;
      std::erase_if(clock->fired, [&](const ArmedRung& rung) { return rung.index == c.rung; });
      return true;
    };
    if (forget(s_.clocks)) return true;
    if (!forget(s_.ended)) return false;
    std::erase_if(s_.ended, [](const Clock& clock) { return clock.fired.empty(); });
    return true;
  }

  // --- tasks ---------------------------------------------------------------------------------------------
  bool operator()(const TaskClaimed& c) {
    return with(c.token, [&](Activity& a) {
      a.owner = e_.actor;
      a.state = TaskState::reserved;
    });
  }
  bool operator()(const TaskStarted& c) {
    return with(c.token, [&](Activity& a) {
      if (a.owner.empty()) a.owner = e_.actor;
      a.state = TaskState::in_progress;
    });
  }
  bool operator()(const TaskStopped& c) {
    return with(c.token, [&](Activity& a) { a.state = TaskState::reserved; });
  }
  bool operator()(const TaskReleased& c) {
    return with(c.token, [&](Activity& a) {
      a.owner.clear();
      a.answerable.clear();
      a.state = TaskState::ready;
    });
  }
  bool operator()(const TaskDelegated& c) {
    return with(c.token, [&](Activity& a) {
      a.owner = c.to;
      a.answerable = c.answerable;
      a.state = TaskState::reserved;
    });
  }
  bool operator()(const TaskForwarded& c) {
    return with(c.token, [&](Activity& a) {
      a.owner.clear();
      a.answerable.clear();
      a.state = TaskState::ready;
      insert_sorted(a.excluded, c.by);
    });
  }
  bool operator()(const TaskSuspended& c) {
    add_clocks(c.clocks);
    return with(c.token, [&](Activity& a) {
      a.before_suspension = a.state;
      a.state = TaskState::suspended;
      a.suspended_at = e_.at;
    });
  }
  bool operator()(const TaskResumed& c) {
    std::erase_if(s_.clocks, [&](const Clock& clock) {
      return clock.armed.token == c.token && clock.armed.kind == ClockKind::task_resume;
    });
    for (const ClockTimes& times : c.clocks) reschedule(times);
    return with(c.token, [&](Activity& a) {
      a.state = a.before_suspension;
      a.before_suspension = TaskState::none;
      a.suspended_at.reset();
    });
  }
  bool operator()(const TaskReassigned& c) {
    return with(c.token, [&](Activity& a) {
      a.roles = c.roles;
      a.candidates = c.candidates;
      a.owner.clear();
      a.answerable.clear();
      if (a.state == TaskState::suspended)
        a.before_suspension = TaskState::ready;
      else if (a.state != TaskState::none)
        a.state = TaskState::ready;
    });
  }
  bool operator()(const PriorityRaised& c) {
    return with(c.token, [&](Activity& a) { a.priority = c.priority; });
  }
  bool operator()(const FormSaved& c) {
    return with(c.token, [&](Activity& a) { a.form = datum("form"); });
  }
  bool operator()(const ItemTicked& c) {
    return with(c.token, [&](Activity& a) {
      std::erase_if(a.ticks, [&](const Tick& tick) { return tick.item == c.item; });
      a.ticks.push_back({c.item, e_.actor, e_.occurred(), c.reading ? datum("reading") : Value()});
    });
  }
  bool operator()(const ItemUnticked& c) {
    return with(c.token, [&](Activity& a) {
      std::erase_if(a.ticks, [&](const Tick& tick) { return tick.item == c.item; });
    });
  }
  bool operator()(const EvidenceAttached& c) {
    return with(c.token, [&](Activity& a) {
      a.evidence.push_back({c.item, c.sha256, c.media_type, e_.actor});
    });
  }
  bool operator()(const TaskCompleted& c) {
    return with(c.token, [&](Activity& a) {
      a.state = TaskState::completed;
      a.performer = e_.actor;
      did(a.step, a.instance, e_.actor);
      a.form = datum("form");
    });
  }
  bool operator()(const TaskFailed& c) {
    return with(c.token, [&](Activity& a) {
      a.state = TaskState::failed;
      a.performer = e_.actor;
    });
  }
  bool operator()(const ReviewAccepted& c) {
    return with(c.token, [](Activity&) {});
  }
  bool operator()(const ReworkReturned& c) {
    const Activity* activity = find_activity(s_, c.token);
    if (activity == nullptr) return false;
    drop_token(c.token);
    move(c.moves);
    return true;
  }
  bool operator()(const ApprovalDecided& c) {
    return with(c.token, [&](Activity& a) {
      a.votes.push_back({e_.actor, c.role, c.approve});
      did(a.step, a.instance, e_.actor);
      if (!c.outcome.empty()) {
        a.form = Value::context({{"outcome", Value::string(c.outcome)}});
        a.performer = e_.actor;
      }
    });
  }

  // --- services and incidents ----------------------------------------------------------------------------
  bool operator()(const ServiceRequested& c) {
    drop_clocks(ClockKind::retry, c.token);
    return with(c.token, [&](Activity& a) {
      a.attempt = c.attempt;
      record(a.instance, a.step).since = a.since = s_.revision + 1;
    });
  }
  bool operator()(const ServiceCompleted& c) {
    return with(c.token, [&](Activity& a) {
      a.form = datum("form");
      a.performer = e_.actor;
      did(a.step, a.instance, e_.actor);
    });
  }
  bool operator()(const ServiceFailed& c) {
    add_clocks(c.clocks);
    return find_activity(s_, c.token) != nullptr;
  }
  bool operator()(const IncidentRaised& c) {
    ++s_.incident_count;
    s_.incidents.push_back({c.id, c.kind, c.token, c.instance, c.step, c.clock, e_.at});
    return true;
  }
  bool operator()(const IncidentResolved& c) {
    return std::erase_if(s_.incidents, [&](const Incident& i) { return i.id == c.id; }) == 1;
  }

  // --- exceptions ----------------------------------------------------------------------------------------
  bool operator()(const ExceptionRequested& c) {
    Deviation deviation;
    deviation.id = c.id;
    deviation.policy = c.policy;
    deviation.allows = c.allows;
    deviation.step = c.step;
    deviation.instance = c.instance;
    deviation.by = c.by;
    deviation.quorum = c.quorum;
    deviation.count = c.count;
    deviation.approvers = c.approvers;
    deviation.until = c.until;
    deviation.visit = visit_of(c.step, c.instance);
    s_.exceptions.push_back(std::move(deviation));
    add_clocks(c.clocks);
    return true;
  }
  bool operator()(const ExceptionDecided& c) {
    return with_deviation(c.id, [&](Deviation& d) { d.votes.push_back({e_.actor, c.role, c.approve}); });
  }
  bool operator()(const ExceptionApproved& c) {
    drop_clocks_of(c.id);
    add_clocks(c.clocks);
    return with_deviation(c.id, [](Deviation& d) { d.state = ExceptionState::approved; });
  }
  bool operator()(const ExceptionDenied& c) {
    drop_clocks_of(c.id);
    return with_deviation(c.id, [](Deviation& d) { d.state = ExceptionState::denied; });
  }
  bool operator()(const ExceptionPassedOn& c) {
    drop_clocks_of(c.id);
    add_clocks(c.clocks);
    return with_deviation(c.id, [&](Deviation& d) {
      d.approvers = c.approvers;
      d.quorum = Quorum::any_of;
      d.count = 1;
    });
  }
  bool operator()(const ExceptionUsed& c) {
    return with_deviation(c.id, [&](Deviation& d) {
      if (d.emergency) return;
      d.state = ExceptionState::used;
      drop_clocks_of(c.id);
    });
  }
  bool operator()(const ExceptionExpired& c) {
    drop_clocks_of(c.id);
    return with_deviation(c.id, [](Deviation& d) { d.state = ExceptionState::expired; });
  }
  bool operator()(const EmergencyInvoked& c) {
    Deviation deviation;
    deviation.id = c.id;
    deviation.policy = c.policy;
    deviation.allows = c.allows;
    deviation.step = c.step;
    deviation.instance = c.instance;
    deviation.by = c.by;
    deviation.emergency = true;
    deviation.state = ExceptionState::in_review;
    deviation.approvers = c.reviewers;
    deviation.visit = visit_of(c.step, c.instance);
    s_.exceptions.push_back(std::move(deviation));
    add_clocks(c.clocks);
    return true;
  }
  bool operator()(const EmergencyReviewed& c) {
    drop_clocks_of(c.id);
    return with_deviation(c.id, [&](Deviation& d) {
      d.state = ExceptionState::reviewed;
      d.justified = c.justified;
      d.votes.push_back({e_.actor, "", c.justified});
    });
  }
  bool operator()(const EmergencyReviewOverdue& c) {
    return with_deviation(c.id, [](Deviation& d) { d.overdue = true; });
  }

  // --- handoffs ------------------------------------------------------------------------------------------
  bool operator()(const HandoffMade& c) {
    ++s_.handoff_count;
    s_.handoffs.push_back({c.id, c.handoff, c.to, false});
    add_clocks(c.clocks);
    return true;
  }
  bool operator()(const HandoffAcknowledged& c) {
    drop_clocks_of(c.id);
    Handoff* handoff = find_handoff(s_, c.id);
    if (handoff == nullptr) return false;
    handoff->acknowledged = true;
    return true;
  }

 private:
  // Part of the payload; erased when the payload is, absent when it never had one.
  Value datum(std::string_view key) const {
    if (e_.data.is_erased()) return Value::erased();
    return e_.data.get(key);
  }
  static Value part(const Value& values, std::string_view key) {
    if (values.is_erased()) return Value::erased();
    return values.get(key);
  }
  void set(InstanceId instance, const std::vector<std::string>& names) {
    if (names.empty()) return;
    const Value values = datum("set");
    for (const std::string& name : names) set_variable(s_, instance, name, part(values, name));
  }
  void move(const std::vector<Move>& moves) {
    for (const Move& one : moves) {
      s_.last_token = std::max(s_.last_token, one.token);
      s_.moving.push_back(one);
    }
  }
  bool take_moving(TokenId token) {
    return std::erase_if(s_.moving, [&](const Move& m) { return m.token == token; }) == 1;
  }
  // A visit that one of its own time limits ends: what fired is remembered until the step's next such visit, since a
  // fact told later may show that it had happened in time.
  void keep_ended(const StepLeft& c) {
    if (!c.cause.starts_with("t/")) return;
    const auto of_visit = [&](const Clock& clock) {
      return clock.armed.token == c.token && !clock.fired.empty() &&
             (clock.armed.kind == ClockKind::step || clock.armed.kind == ClockKind::wait);
    };
    const auto is_cause = [&](const Clock& clock) {
      return of_visit(clock) && std::any_of(clock.fired.begin(), clock.fired.end(), [&](const ArmedRung& r) {
               return c.cause ==
                      cat("t/", s_.id, '/', clock.armed.id, '/', clock.armed.occurrence, '/', r.index);
             });
    };
    if (std::none_of(s_.clocks.begin(), s_.clocks.end(), is_cause)) return;
    std::erase_if(s_.ended, [&](const Clock& clock) {
      return clock.armed.ref == c.step && clock.armed.instance == c.instance;
    });
    for (const Clock& clock : s_.clocks) {
      if (!of_visit(clock)) continue;
      const auto at =
          std::lower_bound(s_.ended.begin(), s_.ended.end(), clock,
                           [](const Clock& a, const Clock& b) { return a.armed.id < b.armed.id; });
      Clock& kept = *s_.ended.insert(at, clock);
      kept.armed.rungs.clear();
      kept.armed.pending = false;
      kept.first.clear();
    }
  }
  // The activity of a token and all that hangs on it.
  void drop_token(TokenId token) {
    std::erase_if(s_.activities, [&](const Activity& a) { return a.token == token; });
    std::erase_if(s_.clocks, [&](const Clock& clock) { return clock.armed.token == token; });
    std::erase_if(s_.incidents, [&](const Incident& i) { return i.token == token; });
  }
  StepRecord& record(InstanceId instance, const std::string& step) {
    const auto at =
        std::lower_bound(s_.records.begin(), s_.records.end(), std::pair(instance, std::string_view(step)),
                         [](const StepRecord& a, const auto& b) {
                           return std::pair(a.instance, std::string_view(a.step)) < b;
                         });
    if (at != s_.records.end() && at->instance == instance && at->step == step) return *at;
    StepRecord fresh;
    fresh.instance = instance;
    fresh.step = step;
    return *s_.records.insert(at, std::move(fresh));
  }
  // The latest completion by the time it happened.
  void complete(StepRecord& entry) {
    entry.completed = std::max(entry.completed.value_or(e_.occurred()), e_.occurred());
  }
  // Before `entered` becomes this event's time: whether the step was entered at this instant already.
  void count_entry(const StepRecord& entry) {
    if (entry.visit == 0 || entry.entered != e_.at) return;
    const auto at = std::lower_bound(s_.repeats.begin(), s_.repeats.end(), entry,
                                     [](const Repeat& a, const StepRecord& b) {
                                       return std::tie(a.instance, a.step) < std::tie(b.instance, b.step);
                                     });
    if (at != s_.repeats.end() && at->instance == entry.instance && at->step == entry.step)
      ++at->count;
    else
      s_.repeats.insert(at, {entry.instance, entry.step, 1});
  }
  // The visit that is under way, or else the one to come.
  std::uint32_t visit_of(const std::string& step, InstanceId instance) const {
    std::uint32_t visit = 0;
    for (const Activity& a : s_.activities)
      if (a.step == step && a.instance == instance) visit = std::max(visit, a.visit);
    if (visit != 0) return visit;
    const StepRecord* known = find_record(s_, instance, step);
    return known ? known->visit + 1 : 1;
  }
  void did(const std::string& step, InstanceId instance, const std::string& by) {
    Doer doer{step, instance, by};
    const auto at = std::lower_bound(s_.doers.begin(), s_.doers.end(), doer);
    if (at == s_.doers.end() || *at != doer) s_.doers.insert(at, std::move(doer));
  }
  template <class F>
  bool with(TokenId token, F&& change) {
    Activity* activity = find_activity(s_, token);
    if (activity == nullptr) return false;
    change(*activity);
    return true;
  }
  template <class F>
  bool with_deviation(const std::string& id, F&& change) {
    Deviation* deviation = find_deviation(s_, id);
    if (deviation == nullptr) return false;
    change(*deviation);
    return true;
  }
  static void insert_sorted(std::vector<std::string>& names, const std::string& name) {
    const auto at = std::lower_bound(names.begin(), names.end(), name);
    if (at == names.end() || *at != name) names.insert(at, name);
  }
  void add_clock(const ArmedClock& armed) {
    const auto at =
        std::lower_bound(s_.clocks.begin(), s_.clocks.end(), armed, [](const Clock& a, const ArmedClock& b) {
          return std::tie(a.armed.id, a.armed.occurrence) < std::tie(b.id, b.occurrence);
        });
    s_.clocks.insert(at, Clock{armed});
  }
  void add_clocks(const std::vector<ArmedClock>& clocks) {
    for (const ArmedClock& clock : clocks) add_clock(clock);
  }
  void count_clock(const ArmedClock& armed) {
    for (ClockCount& count : s_.clock_counts)
      if (count.id == armed.id) {
        count.count = armed.occurrence;
        return;
      }
    s_.clock_counts.push_back({armed.id, armed.occurrence});
  }
  Clock* occurrence(const std::string& id, std::uint32_t number) { return find_clock(s_.clocks, id, number); }
  // A rung that fires again is counted from its first due time, until it is given another.
  static void begin_cycle(Clock& clock, const ArmedRung& rung) {
    for (const ArmedRung& first : clock.first)
      if (first.index == rung.index) return;
    clock.first.push_back({rung.index, rung.due, 0});
  }
  Clock* reschedule(const ClockTimes& times) {
    Clock* clock = occurrence(times.id, times.occurrence);
    if (clock == nullptr) return nullptr;
    std::erase_if(clock->first, [&](const ArmedRung& first) {
      const auto due_of = [&](const std::vector<ArmedRung>& rungs) -> std::optional<Instant> {
        for (const ArmedRung& rung : rungs)
          if (rung.index == first.index) return rung.due;
        return std::nullopt;
      };
      return due_of(clock->armed.rungs) != due_of(times.rungs);
    });
    clock->armed.started = times.started;
    clock->armed.due = times.due;
    clock->armed.rungs = times.rungs;
    return clock;
  }
  void drop_clocks(ClockKind kind, TokenId token) {
    std::erase_if(s_.clocks, [&](const Clock& c) { return c.armed.kind == kind && c.armed.token == token; });
  }
  void drop_clocks_of(const std::string& ref) {
    std::erase_if(s_.clocks, [&](const Clock& c) {
      return c.armed.ref == ref &&
             (c.armed.kind == ClockKind::exception_decision ||
              c.armed.kind == ClockKind::exception_validity || c.armed.kind == ClockKind::emergency_review ||
              c.armed.kind == ClockKind::handoff);
    });
  }

  State& s_;
  const Event& e_;
};

}  // namespace detail

inline Status apply(State& state, const Event& event) {
  const bool first = event.type() == EventType::run_started;
  if (!state.repeats.empty() && (event.at > state.last_at || detail::somebody_acted(event)))
    state.repeats.clear();
  const bool fits =
      first == (state.status == RunStatus::none) && event.control.visit(detail::Applier(state, event));
  if (!fits)
    return Error{ErrorCode::corrupt_event, cat("event ", state.revision + 1, " of the run, a ", event.name(),
                                               ", does not fit the events before it")};
  ++state.revision;
  if (event.at > state.last_at || first) state.last_at = event.at;
  return {};
}

}  // namespace v0
}  // namespace aesop
