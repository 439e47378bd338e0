// The outbox: handing effects to the host, and what the host says became of them.
#include "engine/impl.hpp"

#include "aesop/run/codec.hpp"
#include "aesop/run/decide.hpp"

#include <algorithm>
#include <set>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

constexpr std::size_t page = 256;

EffectDone said_of(const StoredEffect& effect) {
  return {effect.id.seq, effect.id.index, effect.key, effect.kind};
}

/// What the run machine has to know of an effect: it is in its body, where it was put by effects().
DeadEffect dead_effect(const StoredEffect& row) {
  DeadEffect effect;
  effect.key = row.key;
  effect.kind = row.kind;
  const auto body = decode_data(row.body);
  if (!body) return effect;
  effect.step = body->get("step").is_string() ? body->get("step").as_string() : "";
  effect.task = body->get("task").is_string() ? body->get("task").as_string() : "";
  effect.tells_of_dead_effect =
      body->get("about") == Value::string("incident") && body->get("kind") == Value::string("effect_dead");
  return effect;
}

}  // namespace

Result<std::vector<OutboxItem>> EngineImpl::poll_outbox(Instant at, std::int64_t lease, std::size_t limit) {
  if (lease > max_lease)
    return Error{ErrorCode::invalid_argument, "a lease is at most 31 days long",
                 "take a short one and take the effect again"};
  const auto collect = [&]() -> Result<std::vector<OutboxItem>> {
    std::vector<OutboxItem> items;
    std::set<RunNumber> waiting;  // runs whose oldest effect is leased or pausing: order within a run is kept
    std::optional<EffectId> after;
    while (items.size() < limit) {
      auto rows = store_->list_effects(after, page);
      if (!rows) return rows.take_error();
      if (rows->empty()) break;
      after = rows->back().id;
      for (StoredEffect& row : *rows) {
        if (items.size() >= limit) break;
        if (lease > 0) {
          if (row.state == EffectState::dead)
            continue;  // settled by its incident; it no longer holds others up
          if (row.run != 0 && waiting.contains(row.run)) continue;
          waiting.insert(row.run);
          if (row.not_before > at && row.not_before <= at + max_lease) continue;
          if (row.attempts >= row.failures + options_.effect_leases) {
            Request nobody;  // the empty actor is the engine, as with timers
            nobody.at = at;
            waiting.erase(row.run);
            const std::string why = cat("it was handed out ", row.attempts, " times, and ",
                                        row.attempts - row.failures, " times nobody said what became of it");
            if (auto done = bury(std::move(row), nobody, why); !done) return done.take_error();
            continue;
          }
          row.attempts += 1;
          row.not_before = at + lease;
          wrote_ = true;
          if (auto done = store_->put_effect(row); !done) return done.take_error();
        }
        OutboxItem item;
        item.id = row.id;
        item.key = row.key;
        item.kind = row.kind;
        item.attempts = row.attempts;
        item.failures = row.failures;
        item.dead = row.state == EffectState::dead;
        auto body = decode_data(row.body);
        if (!body) return body.take_error();
        item.body = body.take();
        auto run = run_of(row);
        if (!run) return run.take_error();
        item.run = run.take();
        items.push_back(std::move(item));
      }
      if (rows->size() < page) break;
    }
    return items;
  };
  if (lease <= 0) return looked_at(collect);
  return written(collect);
}

Result<std::optional<EffectId>> EngineImpl::find_effect(std::string_view name) {
  // "SEQ.INDEX", as poll gives it.
  const std::size_t dot = name.find('.');
  if (dot != std::string_view::npos) {
    const auto seq = parse_integer<std::uint64_t>(name.substr(0, dot));
    const auto index = parse_integer<std::uint32_t>(name.substr(dot + 1));
    if (seq && index && *index < max_effects_per_entry && *seq <= head_.seq)
      return std::optional(EffectId{*seq, *index});
  }
  // Else its key: seldom, and the outbox is short.
  std::optional<EffectId> after;
  for (;;) {
    auto rows = store_->list_effects(after, page);
    if (!rows) return rows.take_error();
    for (const StoredEffect& row : *rows)
      if (row.key == name) return std::optional(row.id);
    if (rows->size() < page) return std::optional<EffectId>();
    after = rows->back().id;
  }
}

/// The id of the run an effect is of; empty when it is of none.
Result<std::string> EngineImpl::run_of(const StoredEffect& effect) {
  if (effect.run == 0) return std::string();
  auto run = store_->find_run(effect.run);
  if (!run) return run.take_error();
  return *run ? std::move((*run)->id) : std::string();
}

Status EngineImpl::ack(const Request& request, const EffectId& id) {
  auto effect = store_->find_effect(id);
  if (!effect) return effect.take_error();
  if (!*effect)
    return Error{ErrorCode::not_found, "no such effect is in the outbox",
                 "it was acknowledged before; an acknowledgement is repeated with the same command id"};
  const auto run = run_of(**effect);
  if (!run) return run.error();
  if (auto done = append(said_of(**effect), request, {.run = *run, .number = (*effect)->run}); !done)
    return done;
  return store_->erase_effect(id);
}

Result<EffectState> EngineImpl::fail_effect(const Request& request, const EffectId& id,
                                            std::string_view error) {
  auto effect = store_->find_effect(id);
  if (!effect) return effect.take_error();
  if (!*effect) return Error{ErrorCode::not_found, "no such effect is in the outbox"};
  StoredEffect row = std::move(**effect);
  if (row.state != EffectState::dead) row.failures += 1;
  if (row.state == EffectState::dead || row.failures >= options_.effect_attempts) {
    if (auto done = bury(std::move(row), request, error); !done) return done.take_error();
    return EffectState::dead;
  }
  const auto about = run_of(row);
  if (!about) return about.error();
  const std::string body = encode_data(Value::context({{"error", Value::string(printable(error, 1000))}}));
  if (auto done =
          append(EffectFailed{said_of(row)}, request, {.run = *about, .number = row.run, .body = body});
      !done)
    return done.take_error();
  const std::uint32_t doublings = std::min<std::uint32_t>(row.failures - 1, 10);
  row.not_before = request.at + std::min(options_.effect_pause << doublings, max_lease);
  if (auto done = store_->put_effect(row); !done) return done.take_error();
  return EffectState::pending;
}

/// Nobody is asked again: the effect stays as dead, and its run has an incident.
Status EngineImpl::bury(StoredEffect row, const Request& request, std::string_view error) {
  const auto about = run_of(row);
  if (!about) return about.error();
  const std::string body = encode_data(Value::context({{"error", Value::string(printable(error, 1000))}}));
  if (auto done = append(EffectDead{said_of(row)}, request, {.run = *about, .number = row.run, .body = body});
      !done)
    return done;
  if (row.state == EffectState::dead) return {};
  row.state = EffectState::dead;
  if (auto done = store_->put_effect(row); !done) return done;
  if (row.run == 0) return {};

  // What could not be carried out is somebody's problem: an incident of the run, unless the run is over.
  auto run = load_run(row.run);
  if (!run) return run.take_error();
  CachedRun& at = **run;
  if (!at.state.open()) return {};
  if (auto fresh = refresh_administration(); !fresh) return fresh;
  auto decision = effect_dead(*at.plan, at.state, dead_effect(row), request.at,
                              facts_for(*at.plan, at.state.scope), request.command_id);
  if (!decision) return decision.take_error();
  if (decision->events.empty()) return {};
  return record(at, decision.take(), request.command_id, 0);
}

/// Retrying the incident of a dead effect: it is handed out again as if it were new. One of a service is not, since the
/// run asks for another attempt itself.
Status EngineImpl::revive_effect(const CachedRun& run, const Incident& incident, Instant at) {
  if (incident.kind != "effect_dead" || incident.token != 0) return {};
  auto events = read_events(run.number, 0, SIZE_MAX);
  if (!events) return events.take_error();
  for (const LoggedEvent& one : *events) {
    const IncidentRaised* raised = one.event.as<IncidentRaised>();
    if (raised == nullptr || raised->id != incident.id || !one.event.data.get("effect").is_string()) continue;
    auto id = find_effect(one.event.data.get("effect").as_string());
    if (!id) return id.take_error();
    if (!*id) return {};
    auto effect = store_->find_effect(**id);
    if (!effect) return effect.take_error();
    if (!*effect) return {};
    StoredEffect row = std::move(**effect);
    row.state = EffectState::pending;
    row.attempts = 0;
    row.failures = 0;
    row.not_before = at;
    return store_->put_effect(row);
  }
  return {};
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
