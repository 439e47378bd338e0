// Commands of a run: loading where it stands, deciding, and recording what came of it.
#include "engine/host_text.hpp"
#include "engine/impl.hpp"
#include "engine/work_codec.hpp"

#include "aesop/run/apply.hpp"
#include "aesop/run/codec.hpp"
#include "aesop/run/command_json.hpp"
#include "aesop/run/decide.hpp"

#include <algorithm>
#include <utility>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

Answer accepted(const State& state, const std::vector<std::string>& created) {
  std::vector<Entry> entries;
  entries.reserve(5);
  if (!created.empty()) {
    std::vector<Value> ids;
    for (const std::string& id : created) ids.push_back(Value::string(id));
    entries.emplace_back("created", Value::list(std::move(ids)));
  }
  if (!state.outcome.empty()) entries.emplace_back("outcome", Value::string(state.outcome));
  entries.emplace_back("revision", Value::number(static_cast<std::int64_t>(state.revision)));
  entries.emplace_back("run", Value::string(state.id));
  entries.emplace_back("status", Value::string(name_of(state.status)));
  return {Value::context(std::move(entries)), true};
}

}  // namespace

// --- loading ---

/// A place for a run. When the cache is full the hand goes round: who was used since it came by last is spared once.
CachedRun* EngineImpl::make_room(std::string_view id) {
  auto run = std::make_shared<CachedRun>();
  const auto known = runs_.find(id);
  if (known != runs_.end()) {
    run->place = known->second->place;
    known->second = run;
    return run.get();
  }
  std::string in_ring(id);
  const auto placed = runs_.emplace(in_ring, run).first;
  Unless whole([&] { runs_.erase(placed); });
  if (ring_.size() < std::max<std::size_t>(options_.cached_runs, 1)) {
    run->place = ring_.size();
    ring_.push_back(std::move(in_ring));
  } else {
    for (;; ++hand_) {
      if (hand_ >= ring_.size()) hand_ = 0;
      const auto at = runs_.find(ring_[hand_]);
      if (at != runs_.end() && std::exchange(at->second->used, false)) continue;
      if (at != runs_.end()) runs_.erase(at);
      break;
    }
    run->place = hand_;
    ring_[hand_++] = std::move(in_ring);
  }
  whole.dismiss();
  return run.get();
}

void EngineImpl::drop(std::string_view id) noexcept {
  const auto at = runs_.find(id);
  if (at == runs_.end()) return;
  const std::size_t place = at->second->place;
  runs_.erase(at);
  if (place + 1 != ring_.size()) {
    ring_[place] = std::move(ring_.back());
    runs_.find(ring_[place])->second->place = place;
  }
  ring_.pop_back();
}

Result<CachedRun*> EngineImpl::keep(StoredRun&& row) {
  auto plan = plan_of(row.sop, row.version);
  if (!plan) return plan.take_error();
  auto state = decode_state(row.state);
  // Another layout of states, or a damaged one: the events are the truth.
  if (!state) state = replay(row.number);
  if (!state) return state.take_error();
  if (state->id != row.id || state->revision != row.revision)
    return Error{ErrorCode::corrupt_event,
                 cat("the row of run \"", printable(row.id, 60), "\" is not what its state says"),
                 "restore a backup"};
  Projection projected = projection(*state);
  CachedRun* run = make_room(row.id);  // from here on nothing fails: what is cached is whole
  run->number = row.number;
  run->epoch = epoch_;
  run->used = true;
  if (in_transaction_ || in_batch_) run->transaction = transaction_;
  run->state = state.take();
  run->projection = std::move(projected);
  run->plan = plan.take();
  return run;
}

Result<CachedRun*> EngineImpl::load_run(std::string_view id) {
  const auto cached = runs_.find(id);
  if (cached != runs_.end()) {
    CachedRun& run = *cached->second;
    run.used = true;
    if (run.epoch == epoch_) return &run;
  }
  // A closed run is read again: its data may have been erased meanwhile, which is no new revision.
  if (cached != runs_.end() && cached->second->state.open()) {
    CachedRun& run = *cached->second;
    auto revision = store_->run_revision(id);
    if (!revision) return revision.take_error();
    if (revision->first == run.number && revision->second == run.state.revision) {
      run.epoch = epoch_;
      return &run;
    }
  }
  auto row = store_->find_run(id);
  if (!row) return row.take_error();
  if (!*row) return unknown_run(id);
  return keep(std::move(**row));
}

Result<CachedRun*> EngineImpl::load_run(RunNumber number) {
  auto row = store_->find_run(number);
  if (!row) return row.take_error();
  if (!*row) return unknown_run(std::to_string(number));
  return load_run((*row)->id);
}

Result<std::shared_ptr<const Plan>> EngineImpl::plan_of_run(std::string_view id) {
  const auto cached = runs_.find(id);
  if (cached != runs_.end()) return cached->second->plan;
  auto row = store_->find_run(id);
  if (!row) return row.take_error();
  if (!*row) return unknown_run(id);
  return plan_of((*row)->sop, (*row)->version);
}

Result<std::vector<LoggedEvent>> EngineImpl::read_events(RunNumber run, std::uint64_t after,
                                                         std::size_t limit) {
  auto entries = store_->read_log(after, limit, run);
  if (!entries) return entries.take_error();
  std::vector<LoggedEvent> events;
  events.reserve(entries->size());
  for (const LogEntry& entry : *entries) {
    auto record = decode_record(entry.header);
    if (!record) return record.take_error();
    auto event = decode_event(record->type, record->type_version, record->control);
    if (!event) return event.take_error();
    event->at = {record->at};
    event->recorded = {record->recorded};
    if (record->occurred_at) event->occurred_at = Instant{*record->occurred_at};
    event->command_id = std::move(record->command_id);
    event->actor = std::move(record->actor);
    event->roles = std::move(record->roles);
    event->scope = std::move(record->scope);
    if (entry.payload == PayloadState::present) {
      auto data = decode_data(entry.body);
      if (!data) return data.take_error();
      event->data = data.take();
    } else if (record->commitment != no_commitment) {
      event->data = Value::erased();
    }
    events.push_back({entry.seq, entry.run_seq, event.take()});
  }
  return events;
}

// --- deciding ---

Result<Answer> EngineImpl::submit(const Command& command) {
  if (auto fine = demand_command(command); !fine) return fine.take_error();
  // Of the command as it was read, so that the same one as JSON and as a typed call is one request.
  const auto request = request_text(command_to_value(command));
  if (!request) return request.error();
  return once(command.id, *request, [&] { return command.as<Start>() ? start(command, 0) : act(command); });
}

Result<Answer> EngineImpl::act(const Command& command) {
  auto run = load_run(command.run);
  if (!run) return run.take_error();
  CachedRun& at = **run;
  const auto held = at.shared_from_this();  // runs that this one starts may need its place
  if (auto fresh = refresh_administration(); !fresh) return fresh.take_error();
  auto decision = decide(*at.plan, at.state, command, facts_for(*at.plan, at.state.scope));
  if (!decision) return decision.take_error();
  const std::optional<Rejection> rejection = std::move(decision->rejection);
  const std::vector<std::string> created = std::move(decision->created);
  if (const RetryIncident* retry = command.as<RetryIncident>(); retry && !rejection)
    if (const Incident* incident = find_incident(at.state, retry->incident))
      if (auto done = revive_effect(at, *incident, command.at); !done) return done.take_error();
  if (!decision->events.empty())
    if (auto done = record(at, decision.take(), command.id, 0); !done) return done.take_error();
  if (rejection) {
    Request request;
    request.command_id = command.id;
    request.at = command.at;
    request.occurred_at = command.occurred_at;
    request.actor = command.actor;
    return refuse(request, command.verb(), command.run, *rejection);
  }
  return accepted(at.state, created);
}

Result<Answer> EngineImpl::refuse(const Request& request, std::string_view verb, std::string_view run,
                                  const Rejection& rejection) {
  auto known = run.empty()
                   ? Result<std::pair<RunNumber, std::uint64_t>>(std::pair(RunNumber{0}, std::uint64_t{0}))
                   : store_->run_revision(run);
  if (!known) return known.take_error();
  if (auto done = append(CommandRefused{std::string(verb)}, request,
                         {.run = run, .number = known->first, .reason = rejection.reason});
      !done)
    return done.take_error();
  return Answer{rejection_to_value(rejection), false};
}

// --- recording ---

Status EngineImpl::record(CachedRun& run, Decision decision, std::string_view, int depth) {
  const bool fresh = run.number == 0;
  State& after = decision.after;
  run.transaction = transaction_;
  if (fresh) {
    RunRow row;
    row.id = after.id;
    row.sop = after.sop;
    row.version = after.version;
    row.scope = after.scope;
    row.subject = after.subject;
    row.key = after.key;
    row.thread = after.thread;
    row.status = stored_status(after.status);
    row.outcome = after.outcome;
    row.revision = after.revision;
    wrote_ = true;
    auto number = store_->add_run(row, encode_state(after));
    if (!number) return number.take_error();
    run.number = *number;
    run.state.id = after.id;
  }

  std::uint64_t revision = run.state.revision;
  struct Asked {
    Effect effect;
    const Event* event;
    EffectId place;  // in the outbox, should the run not be started here
  };
  std::vector<Asked> linked;
  for (const Event& event : decision.events) {
    ++revision;
    if (auto done = append_event(event, run, revision); !done) return done;
    std::uint32_t index = 0;
    for (Effect& effect : effects(*run.plan, after, event, revision, &directory())) {
      if (effect.kind == "start_run" && depth < 8) {
        linked.push_back({std::move(effect), &event, {head_.seq, index++}});
        continue;
      }
      StoredEffect row;
      row.id = {head_.seq, index++};
      row.run = run.number;
      row.key = std::move(effect.key);
      row.kind = std::move(effect.kind);
      row.body = encode_data(effect.body);
      if (auto done = store_->put_effect(row); !done) return done;
    }
  }
  if (!fresh)
    if (auto done = store_->put_run(run.number, after.revision, stored_status(after.status), after.outcome,
                                    encode_state(after));
        !done)
      return done;
  if (auto done = store_projection(run, projection(after)); !done) return done;
  run.state = std::move(after);
  run.epoch = epoch_;

  const RunNumber number = run.number;  // starting a run may take this one's place in the cache
  for (auto& [effect, event, place] : linked) {
    auto started = start_linked(effect, *event, depth + 1);
    if (!started) return started.take_error();
    if (*started) continue;
    StoredEffect row;
    row.id = place;
    row.run = number;
    row.key = std::move(effect.key);
    row.kind = std::move(effect.kind);
    row.body = encode_data(effect.body);
    if (auto done = store_->put_effect(row); !done) return done;
  }
  return {};
}

/// Writes the difference between what the run's timers and work items were and what they are.
Status EngineImpl::store_projection(CachedRun& run, Projection next) {
  const auto timer_key = [&](const TimerRow& timer) { return TimerKey{timer.due, run.number, timer.order}; };
  const auto& old_timers = run.projection.timers;
  std::size_t i = 0, k = 0;
  while (i < old_timers.size() || k < next.timers.size()) {
    if (i < old_timers.size() && k < next.timers.size() && old_timers[i] == next.timers[k]) {
      ++i, ++k;
      continue;
    }
    const bool erase = k == next.timers.size() ||
                       (i < old_timers.size() && timer_key(old_timers[i]) <= timer_key(next.timers[k]));
    if (erase) {
      if (auto done = store_->erase_timer(timer_key(old_timers[i++])); !done) return done;
    } else {
      const TimerRow& timer = next.timers[k++];
      if (auto done = store_->put_timer(timer_key(timer), short_timer(timer)); !done) return done;
    }
  }

  // Work items: both lists are in order of task.
  const auto& old_work = run.projection.work;
  for (i = 0, k = 0; i < old_work.size() || k < next.work.size();) {
    if (i < old_work.size() && k < next.work.size() && old_work[i] == next.work[k]) {
      ++i, ++k;
      continue;
    }
    const bool same = i < old_work.size() && k < next.work.size() && old_work[i].task == next.work[k].task;
    const bool gone =
        i < old_work.size() && (same || k == next.work.size() || old_work[i].task < next.work[k].task);
    std::vector<std::string> roles;
    if (same || !gone) roles = listed_under(next.work[k]);
    if (gone) {
      for (const std::string& role : listed_under(old_work[i])) {
        // A row that is about to be written again is left to be overwritten.
        if (same && old_work[i].scope == next.work[k].scope &&
            std::find(roles.begin(), roles.end(), role) != roles.end())
          continue;
        if (auto done = store_->erase_work(work_row(old_work[i], role, run.number)); !done) return done;
      }
      ++i;
    }
    if (roles.empty()) continue;
    const WorkItem& item = next.work[k++];
    const std::string body = encode_work(item);
    for (const std::string& role : roles) {
      StoredWork row = work_row(item, role, run.number);
      row.owner = item.owner;
      row.body = body;
      if (auto done = store_->put_work(row); !done) return done;
    }
  }
  run.projection = std::move(next);
  return {};
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
