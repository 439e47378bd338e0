// The body of inspect.hpp, compiled once for all who look: it holds the run machine and makes plans.
#include "support/inspect.hpp"

#include "aesop/base/default_ports.hpp"
#include "aesop/engine/entry.hpp"
#include "aesop/model/load.hpp"
#include "aesop/model/make_plan.hpp"
#include "aesop/run/apply.hpp"
#include "aesop/run/codec.hpp"
#include "aesop/run/effects.hpp"
#include "aesop/run/projection.hpp"

#include <set>
#include <vector>

namespace aesop::testing {

std::shared_ptr<const Plan> PlanShelf::find(Store& store, const std::string& sop, const std::string& version) {
  auto& plan = plans_[sop + ' ' + version];
  if (!plan) {
    Findings findings;
    auto definition = load(store.find_sop(sop, version).value()->text, sop, findings).value();
    plan = aesop::plan(std::move(definition), findings, default_ports()).value();
  }
  return plan;
}

std::string inspect(Engine& engine, PlanShelf& shelf) {
  Store& store = engine.store();
  const auto report = engine.verify_log({.deep = true, .file = true});
  if (!report) return "verification: " + to_string(report.error());
  if (!report->ok()) return "entry " + std::to_string(report->first_bad.value_or(0)) + ": " + report->reason;
  const auto head = store.head();
  if (!head || head->seq != report->entries) return "the head is not the last entry";

  std::set<std::string> acknowledged;
  for (std::uint64_t after = 0;;) {
    const auto entries = store.read_log(after, 1000);
    if (!entries) return "log: " + to_string(entries.error());
    if (entries->empty()) break;
    for (const LogEntry& entry : *entries) {
      const LogRecord record = decode_record(entry.header).value();
      if (record.type != "effect_done") continue;
      const auto control = decode_entry(record.kind, record.type, record.type_version, record.control);
      if (!control) return "effect_done: " + to_string(control.error());
      acknowledged.insert(control->get_if<EffectDone>()->key);
    }
    after = entries->back().seq;
  }

  const auto runs = store.list_runs({});
  if (!runs) return "runs: " + to_string(runs.error());
  std::multiset<std::string> timers, work, outbox;
  for (const RunRow& row : *runs) {
    const auto events = engine.events(row.id, 0, SIZE_MAX);
    if (!events) return "events of " + row.id + ": " + to_string(events.error());
    const auto plan = shelf.find(store, row.sop, row.version);
    State state;
    for (const LoggedEvent& one : *events) {
      if (const Status applied = apply(state, one.event); !applied)
        return "replay of " + row.id + ": " + to_string(applied.error());
      for (const Effect& effect : effects(*plan, state, one.event))
        if (effect.kind != "start_run" && !acknowledged.contains(effect.key)) outbox.insert(effect.key);
    }
    const auto stored = store.find_run(row.id);
    const auto decoded = decode_state(stored.value()->state);
    if (!decoded) return "state of " + row.id + ": " + to_string(decoded.error());
    if (!(*decoded == state)) return "the stored state of " + row.id + " is not the replay of its events";
    if (row.revision != state.revision || row.outcome != state.outcome)
      return "the row of " + row.id + " is another";
    const Projection wanted = projection(state);
    for (const TimerRow& timer : wanted.timers)
      timers.insert(timer.id + '@' + std::to_string(timer.due.us) + '#' + std::to_string(timer.order));
    for (const WorkItem& item : wanted.work)
      for (const std::string& role : item.roles)
        work.insert(role + '/' + item.task + '/' + item.owner + '/' + item.scope);
  }

  const auto due = store.due_timers({INT64_MAX}, SIZE_MAX);
  if (!due) return "timers: " + to_string(due.error());
  std::multiset<std::string> found;
  for (const StoredTimer& timer : *due)
    found.insert("t/" + timer.run_id + '/' + timer.id + '@' + std::to_string(timer.due.us) + '#' +
                 std::to_string(timer.order));
  if (found != timers) return "the timers are not those of the runs";
  found.clear();
  const auto rows = store.list_work([] {
    WorkFilter filter;
    filter.limit = SIZE_MAX;
    return filter;
  }());
  if (!rows) return "worklist: " + to_string(rows.error());
  for (const StoredWork& row : *rows)
    found.insert(row.role + '/' + store.find_run(row.run).value()->id + ':' + row.task + '/' + row.owner +
                 '/' + row.scope);
  if (found != work) return "the worklist is not that of the runs";
  found.clear();
  const auto effects_left = store.list_effects(std::nullopt, SIZE_MAX);
  if (!effects_left) return "outbox: " + to_string(effects_left.error());
  for (const StoredEffect& effect : *effects_left) found.insert(effect.key);
  if (found != outbox) return "the outbox is not what the events ask for";
  return {};
}

}  // namespace aesop::testing
