// The outbox: handing effects to the host, and what the host says became of them.
#include "engine/impl.hpp"

#include "aesop/run/apply.hpp"
#include "aesop/run/codec.hpp"
#include "aesop/run/decide.hpp"

#include <algorithm>
#include <set>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

constexpr std::size_t page = 256;

std::string effect_control(const EffectId& id, const StoredEffect& effect) {
  ByteWriter control;
  control.u64(id.seq);
  control.u32(id.index);
  control.text(effect.key);
  control.text(effect.kind);
  return control.take();
}

/// The incident of an effect that could not be carried out. Of a service it is the step's: retrying asks the host anew,
/// ending ends the step. Otherwise it is the run's. Those accountable are told, but not that they could not be told.
IncidentRaised incident_of(const CachedRun& run, const Value& body, std::string_view kind,
                           const DirectoryView& directory) {
  IncidentRaised incident;
  incident.id = cat('i', run.state.incident_count + 1);
  incident.kind = "effect_dead";
  const Value& task = body.get("task");
  if (const auto named = task.is_string() ? parse_task_id(run.state.id, task.as_string()) : std::nullopt;
      named && kind == "service")
    if (const Activity* activity = find_activity(run.state, named->token);
        activity && activity->since == named->since) {
      incident.token = activity->token;
      incident.instance = activity->instance;
      incident.step = activity->step;
    }
  if (body.get("about").is_string() && body.get("about").as_string() == "incident") return incident;
  for (const PlanStep& step : run.plan->steps()) {
    if (!incident.step.empty() && step.id != incident.step) continue;
    for (const std::string& role : step.accountable) {
      std::vector<std::string> people;
      if (!directory.empty()) people = directory.people(role, run.state.scope);
      if (people.empty()) people.push_back(cat("role:", role));
      incident.people.insert(incident.people.end(), people.begin(), people.end());
    }
  }
  std::sort(incident.people.begin(), incident.people.end());
  incident.people.erase(std::unique(incident.people.begin(), incident.people.end()), incident.people.end());
  return incident;
}

}  // namespace

Result<std::vector<OutboxItem>> EngineImpl::poll_outbox(Instant at, std::int64_t lease, std::size_t limit) {
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
          if (row.not_before > at) continue;
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
        item.dead = row.state == EffectState::dead;
        auto body = decode_data(row.body);
        if (!body) return body.take_error();
        item.body = body.take();
        if (row.run != 0) {
          auto run = store_->find_run(row.run);
          if (!run) return run.take_error();
          if (*run) item.run = (*run)->id;
        }
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
    if (seq && index && *index < 1024) return std::optional(EffectId{*seq, *index});
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

Status EngineImpl::ack(const Request& request, const EffectId& id) {
  auto effect = store_->find_effect(id);
  if (!effect) return effect.take_error();
  if (!*effect)
    return Error{ErrorCode::not_found, "no such effect is in the outbox",
                 "it was acknowledged before; an acknowledgement is repeated with the same command id"};
  const std::string control = effect_control(id, **effect);
  if (auto done = append({RecordKind::administration, "effect_done", {}, control, {}}, request); !done)
    return done;
  return store_->erase_effect(id);
}

Result<EffectState> EngineImpl::fail_effect(const Request& request, const EffectId& id,
                                            std::string_view error) {
  auto effect = store_->find_effect(id);
  if (!effect) return effect.take_error();
  if (!*effect) return Error{ErrorCode::not_found, "no such effect is in the outbox"};
  StoredEffect row = std::move(**effect);
  const bool dead = row.state == EffectState::dead || row.attempts >= options_.effect_attempts;
  const std::string control = effect_control(id, row);
  const std::string body = encode_data(Value::context({{"error", Value::string(printable(error, 1000))}}));
  if (auto done = append(
          {RecordKind::administration, dead ? "effect_dead" : "effect_failed", {}, control, body}, request);
      !done)
    return done.take_error();
  if (!dead) {
    const std::uint32_t doublings = std::min<std::uint32_t>(row.attempts == 0 ? 0 : row.attempts - 1, 10);
    row.not_before = request.at + (options_.effect_pause << doublings);
    if (auto done = store_->put_effect(row); !done) return done.take_error();
    return EffectState::pending;
  }
  if (row.state == EffectState::dead) return EffectState::dead;
  row.state = EffectState::dead;
  if (auto done = store_->put_effect(row); !done) return done.take_error();
  if (row.run == 0) return EffectState::dead;

  // What could not be carried out is somebody's problem: an incident of the run, unless the run is over.
  auto run = load_run(row.run);
  if (!run) return run.take_error();
  CachedRun& at = **run;
  if (!at.state.open()) return EffectState::dead;
  Event event;
  event.at = std::max(request.at, at.state.last_at);
  event.command_id = request.command_id;
  auto effect_body = decode_data(row.body);
  if (!effect_body) return effect_body.take_error();
  if (auto fresh = refresh_administration(); !fresh) return fresh.take_error();
  event.control = incident_of(at, *effect_body, row.kind, directory());
  event.data = Value::context({{"effect", Value::string(row.key)}, {"kind", Value::string(row.kind)}});
  Decision decision;
  decision.after = at.state;
  if (auto done = apply(decision.after, event); !done) return done.take_error();
  decision.events.push_back(std::move(event));
  if (auto done = record(at, std::move(decision), request.command_id, 0); !done) return done.take_error();
  return EffectState::dead;
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
    row.not_before = at;
    return store_->put_effect(row);
  }
  return {};
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
