// Commands that only read, as JSON.
#include "engine/execute_verbs.hpp"
#include "engine/own_json.hpp"

#include "aesop/model/show.hpp"
#include "aesop/run/codec.hpp"
#include "aesop/run/why.hpp"
#include "aesop/value/json_read.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

Value task_value(const WorkItem& item, std::string_view title) {
  std::vector<Entry> entries;
  entries.reserve(20);
  if (!item.candidates.empty()) entries.emplace_back("candidates", texts(item.candidates));
  if (item.due) entries.emplace_back("due", Value::string(to_string(*item.due)));
  if (item.index != 0) entries.emplace_back("index", number(item.index));
  if (item.instance != 0) entries.emplace_back("instance", number(item.instance));
  entries.emplace_back("key", Value::string(item.key));
  entries.emplace_back("kind", Value::string(item.kind));
  if (!item.owner.empty()) entries.emplace_back("owner", Value::string(item.owner));
  entries.emplace_back("priority", Value::number(item.priority));
  entries.emplace_back("roles", texts(item.roles));
  entries.emplace_back("run", Value::string(item.run));
  entries.emplace_back("scope", Value::string(item.scope));
  entries.emplace_back("since", Value::string(to_string(item.since)));
  entries.emplace_back("sop", Value::string(item.sop));
  entries.emplace_back("state", Value::string(item.state));
  entries.emplace_back("step", Value::string(item.step));
  entries.emplace_back("subject", Value::string(item.subject));
  entries.emplace_back("task", Value::string(item.task));
  if (!title.empty()) entries.emplace_back("title", Value::string(title));
  entries.emplace_back("visit", number(item.visit));
  return Value::context(std::move(entries));
}

Value run_value(const RunRow& run) {
  std::vector<Entry> entries = {{"key", Value::string(run.key)}, {"number", Value::number(run.number)}};
  if (!run.outcome.empty()) entries.emplace_back("outcome", Value::string(run.outcome));
  entries.emplace_back("revision", number(run.revision));
  entries.emplace_back("run", Value::string(run.id));
  entries.emplace_back("scope", Value::string(run.scope));
  entries.emplace_back("sop", Value::string(run.sop));
  entries.emplace_back("status", Value::string(status_name(run.status)));
  entries.emplace_back("subject", Value::string(run.subject));
  entries.emplace_back("thread", Value::string(run.thread));
  entries.emplace_back("version", Value::string(run.version));
  return Value::context(std::move(entries));
}

/// An entry of the log, whoever it is about.
Value entry_value(const LogEntry& entry, const LogRecord& record) {
  std::vector<Entry> entries;
  if (!record.actor.empty()) entries.emplace_back("actor", Value::string(record.actor));
  entries.emplace_back("at", Value::string(to_string(Instant{record.at})));
  if (!record.command_id.empty()) entries.emplace_back("command_id", Value::string(record.command_id));
  entries.emplace_back("kind", Value::string(to_string(record.kind)));
  if (record.occurred_at)
    entries.emplace_back("occurred_at", Value::string(to_string(Instant{*record.occurred_at})));
  if (record.recorded != record.at)
    entries.emplace_back("recorded", Value::string(to_string(Instant{record.recorded})));
  if (!record.roles.empty()) entries.emplace_back("roles", texts(record.roles));
  if (!record.run.empty()) entries.emplace_back("run", Value::string(record.run));
  if (record.run_seq != 0) entries.emplace_back("run_seq", number(record.run_seq));
  if (!record.scope.empty()) entries.emplace_back("scope", Value::string(record.scope));
  entries.emplace_back("seq", number(entry.seq));
  entries.emplace_back("type", Value::string(record.type));
  entries.emplace_back("version", number(record.type_version));
  // What this library cannot read, a later one wrote: the rest of the entry is shown all the same.
  if (record.kind == RecordKind::event) {
    if (auto event = decode_event(record.type, record.type_version, record.control)) {
      const Value shown = event_to_value(*event);
      if (shown.find("control")) entries.emplace_back("control", shown.get("control"));
    }
  } else if (auto control = decode_entry(record.kind, record.type, record.type_version, record.control)) {
    entries.emplace_back("control", entry_to_value(*control));
  }
  if (entry.payload == PayloadState::present) {
    if (auto data = decode_data(entry.body)) entries.emplace_back("data", data.take());
  } else if (record.commitment != no_commitment) {
    entries.emplace_back("erased", Value::boolean(true));
  }
  return Value::context(std::move(entries));
}

/// Which kinds of entries are wanted; none named is all.
Result<std::set<RecordKind>> kinds_of(const std::vector<std::string>& names) {
  constexpr RecordKind all[] = {RecordKind::event, RecordKind::refusal, RecordKind::administration,
                                RecordKind::library};
  if (names.empty()) return std::set<RecordKind>(std::begin(all), std::end(all));
  std::set<RecordKind> kinds;
  for (const std::string& name : names) {
    const auto found = std::find_if(std::begin(all), std::end(all),
                                    [&](RecordKind kind) { return to_string(kind) == name; });
    if (found == std::end(all))
      return Error{ErrorCode::schema_error,
                   cat("events.kinds: \"", printable(name, 60), "\" is no kind of entry"),
                   "kinds are event, refusal, administration, library"};
    kinds.insert(*found);
  }
  return kinds;
}

/// The number of the run a command is about; 0 when it names none.
Result<RunNumber> number_of(EngineImpl& engine, const std::optional<std::string>& run) {
  if (!run) return RunNumber{0};
  auto found = engine.store().run_revision(*run);
  if (!found) return found.take_error();
  if (found->first == 0) return unknown_run(*run);
  return found->first;
}

}  // namespace

Value do_tasks(EngineImpl& engine, const Value& command) {
  return reading<TasksVerb>(
      engine, command, "tasks", [&](const Envelope&, const TasksVerb& verb) -> Result<Value> {
        const auto items =
            engine.worklist({verb.role, verb.person, verb.scope, verb.run, verb.limit.value_or(1000)});
        if (!items) return items.error();
        std::vector<Value> tasks;
        for (const WorkItem& item : *items) {
          // The run's own plan knows the title.
          std::string_view title;
          if (auto plan = engine.plan_of_run(item.run))
            if (const PlanStep* step = (*plan)->find(item.step)) title = step->definition->title.text;
          tasks.push_back(task_value(item, title));
        }
        return Value::context({{"tasks", Value::list(std::move(tasks))}});
      });
}

Value do_run(EngineImpl& engine, const Value& command) {
  return reading<RunVerb>(engine, command, "run", [&](const Envelope&, const RunVerb& verb) -> Result<Value> {
    auto run = engine.load_run(verb.run);
    if (!run) return run.take_error();
    return state_to_value((*run)->state);
  });
}

Value do_events(EngineImpl& engine, const Value& command) {
  return reading<EventsVerb>(
      engine, command, "events", [&](const Envelope&, const EventsVerb& verb) -> Result<Value> {
        const auto kinds = kinds_of(verb.kinds);
        if (!kinds) return kinds.error();
        const auto of = number_of(engine, verb.run);
        if (!of) return of.error();
        const RunNumber run = *of;
        // Without `kinds` a run is read by its revisions; else it is all that is about it, by place in the log.
        const bool about = run != 0 && !verb.kinds.empty();
        const std::size_t limit = verb.limit.value_or(1000);
        std::uint64_t after = verb.after.value_or(0);
        std::vector<Value> events;
        for (;;) {
          const std::size_t wanted = limit + 1 - events.size();
          const auto entries = about ? engine.store().read_about(run, after, wanted)
                                     : engine.store().read_log(after, wanted, run);
          if (!entries) return entries.error();
          for (const LogEntry& entry : *entries) {
            after = run != 0 && !about ? entry.run_seq : entry.seq;
            auto record = decode_record(entry.header);
            if (!record) return record.take_error();
            if (kinds->contains(record->kind)) events.push_back(entry_value(entry, *record));
          }
          if (entries->size() < wanted || events.size() > limit) break;
        }
        const bool more = events.size() > limit;
        if (more) events.pop_back();
        return Value::context({{"events", Value::list(std::move(events))}, {"more", Value::boolean(more)}});
      });
}

Value do_why(EngineImpl& engine, const Value& command) {
  return reading<WhyVerb>(
      engine, command, "why", [&](const Envelope& envelope, const WhyVerb& verb) -> Result<Value> {
        auto run = engine.load_run(verb.run);
        if (!run) return run.take_error();
        const auto obstacles =
            engine.why(verb.run, envelope.at.value_or((*run)->state.last_at), verb.step.value_or(""));
        if (!obstacles) return obstacles.error();
        const State& state = (*run)->state;
        return Value::context(
            {{"obstacles",
              listed(*obstacles, [&](const Obstacle& one) { return obstacle_to_value(state, one); })},
             {"run", Value::string(verb.run)},
             {"status", Value::string(name_of(state.status))}});
      });
}

Value do_runs(EngineImpl& engine, const Value& command) {
  return reading<
      RunsVerb>(engine, command, "runs", [&](const Envelope&, const RunsVerb& verb) -> Result<Value> {
    RunFilter filter;
    if (verb.status) {
      for (const StoredStatus status : {StoredStatus::open, StoredStatus::suspended, StoredStatus::closed})
        if (status_name(status) == *verb.status) filter.status = status;
      if (!filter.status)
        return Error{ErrorCode::schema_error, "runs.status must be one of open, suspended, closed"};
    }
    filter.sop = verb.sop;
    filter.scope = verb.scope;
    filter.subject = verb.subject;
    filter.key = verb.key;
    filter.after = static_cast<RunNumber>(verb.after.value_or(0));
    filter.limit = std::size_t{verb.limit.value_or(1000)} + 1;
    auto runs = engine.store().list_runs(filter);
    if (!runs) return runs.take_error();
    const bool more = runs->size() == filter.limit;
    if (more) runs->pop_back();
    return Value::context({{"more", Value::boolean(more)}, {"runs", listed(*runs, run_value)}});
  });
}

Value do_timers(EngineImpl& engine, const Value& command) {
  return reading<TimersVerb>(
      engine, command, "timers", [&](const Envelope&, const TimersVerb& verb) -> Result<Value> {
        const auto of = number_of(engine, verb.run);
        if (!of) return of.error();
        const RunNumber run = *of;
        const auto timers = engine.store().due_timers(verb.until.value_or(Instant{INT64_MAX}),
                                                      verb.limit.value_or(1000), run);
        if (!timers) return timers.error();
        return Value::context({{"timers", listed(*timers, [](const StoredTimer& timer) {
                                  return Value::context(
                                      {{"due", Value::string(to_string(timer.due))},
                                       {"run", Value::string(timer.run_id)},
                                       {"timer", Value::string(cat("t/", timer.run_id, '/', timer.id))}});
                                })}});
      });
}

Value do_verify(EngineImpl& engine, const Value& command) {
  Envelope envelope;
  VerifyVerb verb;
  if (auto done = read(command, "verify", envelope, verb); !done) return error_value(done.error());
  const auto report = engine.verify_log({.deep = verb.deep, .file = verb.file});
  if (!report) return error_value(report.error());
  std::vector<Entry> entries = {{"entries", number(report->entries)}};
  if (report->first_bad) entries.emplace_back("first_bad", number(*report->first_bad));
  entries.emplace_back("head", Value::string(to_hex(report->head)));
  entries.emplace_back("log", Value::string(to_hex(as_view(engine.store().info().log_id))));
  entries.emplace_back("payloads", Value::context({{"absent", number(report->payloads_absent)},
                                                   {"erased", number(report->payloads_erased)},
                                                   {"present", number(report->payloads_present)},
                                                   {"unexplained", number(report->payloads_unexplained)}}));
  if (!report->ok()) entries.emplace_back("reason", Value::string(report->reason));
  if (verb.deep) entries.emplace_back("runs", number(report->runs));
  entries.emplace_back("sound", Value::boolean(report->ok()));
  return ok(Value::context(std::move(entries)));
}

Value do_people(EngineImpl& engine, const Value& command) {
  return reading<PlainVerb>(
      engine, command, "people", [&](const Envelope&, const PlainVerb&) -> Result<Value> {
        const auto people = engine.store().list_people();
        if (!people) return people.error();
        return Value::context({{"people", listed(*people, [](const StoredPerson& person) {
                                  return Value::context(
                                      {{"grants", listed(person.grants,
                                                         [](const StoredPerson::Grant& grant) {
                                                           return Value::context(
                                                               {{"role", Value::string(grant.role)},
                                                                {"scope", Value::string(grant.scope)}});
                                                         })},
                                       {"name", Value::string(person.name)},
                                       {"person", Value::string(person.id)}});
                                })}});
      });
}

Value do_parameters(EngineImpl& engine, const Value& command) {
  return reading<PlainVerb>(engine, command, "parameters",
                            [&](const Envelope&, const PlainVerb&) -> Result<Value> {
                              const auto parameters = engine.store().list_parameters();
                              if (!parameters) return parameters.error();
                              std::vector<Value> rows;
                              for (const StoredParameter& row : *parameters) {
                                auto value = read_own_json(row.value, cat("the parameter \"", row.name, '"'));
                                if (!value) return value.take_error();
                                rows.push_back(Value::context({{"name", Value::string(row.name)},
                                                               {"scope", Value::string(row.scope)},
                                                               {"sop", Value::string(row.sop)},
                                                               {"value", value.take()}}));
                              }
                              return Value::context({{"parameters", Value::list(std::move(rows))}});
                            });
}

Value do_sop(EngineImpl& engine, const Value& command) {
  return reading<SopVerb>(engine, command, "sop", [&](const Envelope&, const SopVerb& verb) -> Result<Value> {
    // By its plan, so that a text which is not the published one is an error and never shown as if it were.
    const auto plan = verb.version ? engine.plan_of(verb.sop, *verb.version) : engine.latest_plan(verb.sop);
    if (!plan) return plan.error();
    const auto row = engine.store().find_sop((*plan)->sop(), (*plan)->version());
    if (!row) return row.error();
    if (!*row)
      return Error{ErrorCode::not_found, cat("no SOP \"", printable(verb.sop, 60), "\" is published")};
    return Value::context({{"hash", Value::string((*row)->hash)},
                           {"seq", number((*row)->seq)},
                           {"show", Value::string(show((*plan)->definition()))},
                           {"sop", Value::string((*row)->sop)},
                           {"text", Value::string((*row)->text)},
                           {"title", Value::string((*plan)->definition().title.text)},
                           {"version", Value::string((*row)->version)}});
  });
}

Value do_sops(EngineImpl& engine, const Value& command) {
  return reading<PlainVerb>(engine, command, "sops", [&](const Envelope&, const PlainVerb&) -> Result<Value> {
    const auto sops = engine.store().list_sops();
    if (!sops) return sops.error();
    return Value::context({{"sops", listed(*sops, [](const StoredSop& row) {
                              return Value::context({{"hash", Value::string(row.hash)},
                                                     {"seq", number(row.seq)},
                                                     {"sop", Value::string(row.sop)},
                                                     {"version", Value::string(row.version)}});
                            })}});
  });
}

Value do_feeds(EngineImpl& engine, const Value& command) {
  return reading<
      PlainVerb>(engine, command, "feeds", [&](const Envelope&, const PlainVerb&) -> Result<Value> {
    const auto feeds = engine.store().list_feeds();
    if (!feeds) return feeds.error();
    return Value::context(
        {{"feeds", listed(*feeds, [](const StoredFeed& row) {
            return Value::context({{"cursor", Value::string(row.cursor)}, {"feed", Value::string(row.name)}});
          })}});
  });
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
