// Every command as JSON: which function answers it, and the shape of its answer (docs/commands.md).
// Members of answers are in order of their names, so that an answer given again from the store is the same text.
#include "engine/execute.hpp"

#include "aesop/calendar/span.hpp"
#include "aesop/run/codec.hpp"
#include "aesop/run/command_json.hpp"
#include "aesop/run/decide.hpp"
#include "aesop/run/why.hpp"
#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"

#include <fstream>
#include <iterator>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

/// What every command may have beside its own members.
struct Envelope {
  std::string verb = {};
  std::optional<std::string> command_id = {};
  std::optional<Instant> at = {}, occurred_at = {};
  std::optional<Actor> actor = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("do", s.verb);
    f("command_id", s.command_id);
    f("at", s.at);
    f("occurred_at", s.occurred_at);
    f("actor", s.actor);
  }
};

/// Reads envelope and body of a command.
template <class Body>
Status read(const Value& command, std::string_view verb, Envelope& envelope, Body& body) {
  JsonIn in(command, std::string(verb));
  Envelope::fields(envelope, in);
  Body::fields(body, in);
  if (Status done = in.finish(); !done) return done;
  // Left out or said, but not said and empty.
  if (envelope.actor && envelope.actor->id.empty())
    return Error{ErrorCode::schema_error, cat(verb, ".actor lacks \"id\""), "say who asks"};
  if (envelope.command_id && envelope.command_id->empty())
    return Error{ErrorCode::schema_error, "command_id must not be empty",
                 "give every request an id of its own"};
  return {};
}

/// The request of a writing command; what it lacks is a schema_error.
Result<Request> request_of(const Envelope& envelope) {
  const auto lacks = [&](std::string_view key) {
    return Error{ErrorCode::schema_error, cat(envelope.verb, " lacks \"", key, '"'),
                 "every command that writes says who asks, when, and under which id"};
  };
  if (!envelope.command_id || envelope.command_id->empty()) return lacks("command_id");
  if (!envelope.at) return lacks("at");
  if (!envelope.actor) return lacks("actor");
  Request request;
  request.command_id = *envelope.command_id;
  request.at = *envelope.at;
  request.occurred_at = envelope.occurred_at;
  request.actor = *envelope.actor;
  return request;
}

Value ok(Value value) { return Value::context({{"ok", std::move(value)}}); }
Value number(std::uint64_t value) { return Value::number(static_cast<std::int64_t>(value)); }

Value texts(const std::vector<std::string>& list) {
  std::vector<Value> items;
  items.reserve(list.size());
  for (const std::string& text : list) items.push_back(Value::string(text));
  return Value::list(std::move(items));
}

template <class Rows, class Each>
Value listed(const Rows& rows, Each each) {
  std::vector<Value> items;
  for (const auto& row : rows) items.push_back(each(row));
  return Value::list(std::move(items));
}

Value answered(Result<Answer> answer) { return answer ? answer_value(*answer) : error_value(answer.error()); }

/// A writing command: reads it, and runs `body` once for its id.
template <class Body, class Do>
Value writing(EngineImpl& engine, const Value& command, std::string_view verb, Do run) {
  Envelope envelope;
  Body body;
  if (auto done = read(command, verb, envelope, body); !done) return error_value(done.error());
  auto request = request_of(envelope);
  if (!request) return error_value(request.error());
  const auto hash = request_hash(command);
  if (!hash) return error_value(hash.error());
  return answered(engine.once(request->command_id, *hash, [&] { return run(*request, body); }));
}

/// A reading command.
template <class Body, class Do>
Value reading(EngineImpl& engine, const Value& command, std::string_view verb, Do run) {
  Envelope envelope;
  Body body;
  if (auto done = read(command, verb, envelope, body); !done) return error_value(done.error());
  Result<Value> value = engine.looked_at([&]() -> Result<Value> { return run(envelope, body); });
  return value ? ok(value.take()) : error_value(value.error());
}

Result<std::string> file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{ErrorCode::not_found, cat("the file \"", printable(path), "\" cannot be read")};
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<std::int64_t> lease_of(const Value& lease) {
  if (lease.is_null()) return 0;
  if (lease.is_number()) {
    const auto seconds = lease.as_decimal().to_int64();
    if (seconds && *seconds > 0 && *seconds <= 366 * 86400) return *seconds * 1'000'000;
  }
  if (lease.is_string()) {
    const auto span = parse_span(lease.as_string());
    if (span && span->unit == SpanUnit::elapsed) {
      const Instant end = Instant{0} + span->amount;
      if (end.us > 0) return end.us;
    }
  }
  return Error{ErrorCode::schema_error, "outbox.lease must be seconds, or a span such as \"5 minutes\""};
}

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

Value effect_value(const OutboxItem& item) {
  std::vector<Entry> entries = {{"attempts", number(item.attempts)}, {"body", item.body}};
  if (item.dead) entries.emplace_back("dead", Value::boolean(true));
  entries.emplace_back("effect", Value::string(cat(item.id.seq, '.', item.id.index)));
  entries.emplace_back("key", Value::string(item.key));
  entries.emplace_back("kind", Value::string(item.kind));
  if (!item.run.empty()) entries.emplace_back("run", Value::string(item.run));
  return Value::context(std::move(entries));
}

/// An entry of the log whoever it is about; only events of a run show their control and data.
Value entry_value(const LogEntry& entry, const LogRecord& record) {
  std::vector<Entry> entries;
  if (!record.actor.empty()) entries.emplace_back("actor", Value::string(record.actor));
  entries.emplace_back("at", Value::string(to_string(Instant{record.at})));
  if (!record.command_id.empty()) entries.emplace_back("command_id", Value::string(record.command_id));
  entries.emplace_back("kind", Value::string(to_string(record.kind)));
  if (record.occurred_at)
    entries.emplace_back("occurred_at", Value::string(to_string(Instant{*record.occurred_at})));
  if (!record.roles.empty()) entries.emplace_back("roles", texts(record.roles));
  if (!record.run.empty()) entries.emplace_back("run", Value::string(record.run));
  if (record.run_seq != 0) entries.emplace_back("run_seq", number(record.run_seq));
  if (!record.scope.empty()) entries.emplace_back("scope", Value::string(record.scope));
  entries.emplace_back("seq", number(entry.seq));
  entries.emplace_back("type", Value::string(record.type));
  entries.emplace_back("version", number(record.type_version));
  if (record.kind != RecordKind::event) return Value::context(std::move(entries));
  auto event = decode_event(record.type, record.type_version, record.control);
  if (event) {
    const Value shown = event_to_value(*event);
    if (shown.find("control")) entries.emplace_back("control", shown.get("control"));
  }
  if (entry.payload == PayloadState::present) {
    if (auto data = decode_data(entry.body)) entries.emplace_back("data", data.take());
  } else if (record.commitment != no_commitment) {
    entries.emplace_back("erased", Value::boolean(true));
  }
  return Value::context(std::move(entries));
}

// --- writing ---

Value do_publish(EngineImpl& engine, const Value& command) {
  return writing<PublishVerb>(
      engine, command, "publish", [&](const Request& request, const PublishVerb& verb) -> Result<Answer> {
        if (verb.text.has_value() == verb.file.has_value())
          return Error{ErrorCode::schema_error, "publish takes \"text\" or \"file\", one of them"};
        if (verb.text) return engine.publish(request, *verb.text, "text");
        auto text = file_text(*verb.file);
        if (!text) return text.take_error();
        return engine.publish(request, *text, *verb.file);
      });
}

Value do_put_person(EngineImpl& engine, const Value& command) {
  return writing<PutPersonVerb>(engine, command, "put_person",
                                [&](const Request& request, const PutPersonVerb& verb) {
                                  StoredPerson person{verb.person, verb.name.value_or(""), {}};
                                  for (const GrantText& grant : verb.grants)
                                    person.grants.push_back({grant.role, grant.scope.value_or("")});
                                  return engine.put_person(request, std::move(person));
                                });
}

Value do_remove_person(EngineImpl& engine, const Value& command) {
  return writing<RemovePersonVerb>(engine, command, "remove_person",
                                   [&](const Request& request, const RemovePersonVerb& verb) {
                                     return engine.remove_person(request, verb.person);
                                   });
}

Value do_set_parameter(EngineImpl& engine, const Value& command) {
  if (!command.find("value"))  // null says something: the SOP's default again
    return error_value(
        {ErrorCode::schema_error, "set_parameter lacks \"value\"", "null gives the default back"});
  return writing<SetParameterVerb>(
      engine, command, "set_parameter", [&](const Request& request, const SetParameterVerb& verb) {
        return engine.set_parameter(request, {verb.sop.value_or(""), verb.name, verb.scope.value_or(""), {}},
                                    verb.value);
      });
}

Value do_put_calendar(EngineImpl& engine, const Value& command) {
  return writing<PutCalendarVerb>(
      engine, command, "put_calendar", [&](const Request& request, const PutCalendarVerb& verb) {
        return engine.put_calendar(request, verb.name, verb.scope.value_or(""), verb.calendar);
      });
}

Value do_ingest(EngineImpl& engine, const Value& command) {
  return writing<IngestVerb>(engine, command, "ingest", [&](const Request& request, const IngestVerb& verb) {
    return engine.ingest(request, verb.feed, verb.cursor, verb.after, verb.events);
  });
}

Value do_ack(EngineImpl& engine, const Value& command) {
  return writing<
      AckVerb>(engine, command, "ack", [&](const Request& request, const AckVerb& verb) -> Result<Answer> {
    if (verb.ok == verb.error.has_value())
      return Error{ErrorCode::schema_error, "ack takes \"ok\": true or \"error\": a text"};
    auto id = engine.find_effect(verb.effect);
    if (!id) return id.take_error();
    const auto known = *id ? engine.store().find_effect(**id)
                           : Result<std::optional<StoredEffect>>(std::optional<StoredEffect>());
    if (!known) return known.error();
    if (!*known) {
      Rejection rejection;
      rejection.reason = "unknown_effect";
      rejection.message = "no such effect is in the outbox; it may have been acknowledged before";
      rejection.details = {{"effect", Value::string(verb.effect)}};
      return engine.refuse(request, "ack", {}, rejection);
    }
    std::string_view state = "done";
    if (verb.ok) {
      if (auto done = engine.ack(request, **id); !done) return done.take_error();
    } else {
      auto became = engine.fail_effect(request, **id, *verb.error);
      if (!became) return became.take_error();
      state = *became == EffectState::dead ? "dead" : "pending";
    }
    return Answer{Value::context({{"effect", Value::string(verb.effect)}, {"state", Value::string(state)}})};
  });
}

Value do_advance(EngineImpl& engine, const Value& command) {
  Envelope envelope;
  AdvanceVerb verb;
  if (auto done = read(command, "advance", envelope, verb); !done) return error_value(done.error());
  const std::string id = envelope.command_id.value_or("");
  const auto advance = [&]() -> Result<Answer> {
    auto advanced = engine.advance(verb.to, verb.limit.value_or(1000), id);
    if (!advanced) return advanced.take_error();
    return Answer{
        Value::context({{"fired", number(advanced->fired)}, {"more", Value::boolean(advanced->more)}})};
  };
  // Without an id it may be repeated as it is: what has fired does not fire again.
  if (id.empty()) return answered(engine.written(advance));
  const auto hash = request_hash(command);
  if (!hash) return error_value(hash.error());
  return answered(engine.once(id, *hash, advance));
}

Value do_outbox(EngineImpl& engine, const Value& command) {
  Envelope envelope;
  OutboxVerb verb;
  if (auto done = read(command, "outbox", envelope, verb); !done) return error_value(done.error());
  const auto lease = lease_of(verb.lease);
  if (!lease) return error_value(lease.error());
  if (*lease > 0 && !envelope.at)
    return error_value({ErrorCode::schema_error, "outbox with a lease lacks \"at\"", "say when it begins"});
  const auto items =
      engine.poll_outbox(envelope.at.value_or(Instant{INT64_MAX}), *lease, verb.limit.value_or(100));
  if (!items) return error_value(items.error());
  return ok(Value::context({{"effects", listed(*items, effect_value)}}));
}

// --- reading ---

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
        RunNumber run = 0;
        if (verb.run) {
          auto found = engine.store().run_revision(*verb.run);
          if (!found) return found.take_error();
          run = found->first;
          if (run == 0)
            return Error{ErrorCode::unknown_run, cat("there is no run \"", printable(*verb.run, 60), '"')};
        }
        const std::size_t limit = verb.limit.value_or(1000);
        auto entries = engine.store().read_log(verb.after.value_or(0), limit + 1, run);
        if (!entries) return entries.take_error();
        const bool more = entries->size() > limit;
        if (more) entries->pop_back();
        std::vector<Value> events;
        for (const LogEntry& entry : *entries) {
          auto record = decode_record(entry.header);
          if (!record) return record.take_error();
          events.push_back(entry_value(entry, *record));
        }
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
        RunNumber run = 0;
        if (verb.run) {
          auto found = engine.store().run_revision(*verb.run);
          if (!found) return found.take_error();
          run = found->first;
          if (run == 0)
            return Error{ErrorCode::unknown_run, cat("there is no run \"", printable(*verb.run, 60), '"')};
        }
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
  PlainVerb verb;
  if (auto done = read(command, "verify", envelope, verb); !done) return error_value(done.error());
  const auto report = engine.verify_log();
  if (!report) return error_value(report.error());
  std::vector<Entry> entries = {{"entries", number(report->entries)}};
  if (report->first_bad) entries.emplace_back("first_bad", number(*report->first_bad));
  entries.emplace_back("head", Value::string(to_hex(report->head)));
  entries.emplace_back("log", Value::string(to_hex(as_view(engine.store().info().log_id))));
  entries.emplace_back("payloads", Value::context({{"absent", number(report->payloads_absent)},
                                                   {"erased", number(report->payloads_erased)},
                                                   {"present", number(report->payloads_present)}}));
  if (report->first_bad) entries.emplace_back("reason", Value::string(report->reason));
  entries.emplace_back("sound", Value::boolean(report->ok()));
  return ok(Value::context(std::move(entries)));
}

Value do_gate(EngineImpl& engine, const Value& command) {
  return reading<GateVerb>(
      engine, command, "gate", [&](const Envelope& envelope, const GateVerb& verb) -> Result<Value> {
        if (int{verb.sop.has_value()} + int{verb.file.has_value()} + int{verb.text.has_value()} != 1)
          return Error{ErrorCode::schema_error, "gate takes \"sop\", \"file\" or \"text\", one of them"};
        Result<std::shared_ptr<const Plan>> plan = Error{};
        if (verb.sop) {
          plan = engine.latest_plan(*verb.sop);
        } else {
          auto text = verb.text ? Result<std::string>(*verb.text) : file_text(*verb.file);
          if (!text) return text.take_error();
          Findings findings;
          plan = engine.compile(*text, verb.file.value_or("text"), findings);
        }
        if (!plan) return plan.take_error();
        std::string gate = verb.gate.value_or("");
        if (gate.empty()) {
          if ((*plan)->gates().size() != 1)
            return Error{ErrorCode::schema_error,
                         cat("the SOP has ", (*plan)->gates().size(), " gates; say which with \"gate\"")};
          gate = (*plan)->gates().front().id;
        }
        if (auto fresh = engine.refresh_administration(); !fresh) return fresh.take_error();
        const std::string scope = verb.scope       ? *verb.scope
                                  : envelope.actor ? envelope.actor->scope
                                                   : std::string();
        auto verdict =
            engine.gate(**plan, gate, verb.facts, scope, envelope.at.value_or(Instant{0}), verb.approved);
        if (!verdict) return verdict.take_error();
        return verdict->report.with("facts_hash", Value::string(verdict->facts_hash))
            .with("receipt", Value::string(verdict->receipt))
            .with("rules_hash", Value::string(verdict->rules_hash));
      });
}

Value do_evaluate(EngineImpl& engine, const Value& command) {
  return reading<EvaluateVerb>(
      engine, command, "evaluate", [&](const Envelope& envelope, const EvaluateVerb& verb) -> Result<Value> {
        if (!verb.context.is_null() && !verb.context.is_context())
          return Error{ErrorCode::schema_error, "evaluate.context must be an object"};
        return evaluate(engine, verb.feel, verb.context, envelope.at.value_or(Instant{0}));
      });
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
  return reading<PlainVerb>(
      engine, command, "parameters", [&](const Envelope&, const PlainVerb&) -> Result<Value> {
        const auto parameters = engine.store().list_parameters();
        if (!parameters) return parameters.error();
        return Value::context({{"parameters", listed(*parameters, [](const StoredParameter& row) {
                                  auto value = read_json(row.value);
                                  return Value::context({{"name", Value::string(row.name)},
                                                         {"scope", Value::string(row.scope)},
                                                         {"sop", Value::string(row.sop)},
                                                         {"value", value ? value.take() : Value()}});
                                })}});
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

struct Verb {
  std::string_view name;
  Value (*run)(EngineImpl&, const Value&);
};

constexpr Verb verbs[] = {
    {"publish", do_publish},
    {"put_person", do_put_person},
    {"remove_person", do_remove_person},
    {"set_parameter", do_set_parameter},
    {"put_calendar", do_put_calendar},
    {"ingest", do_ingest},
    {"ack", do_ack},
    {"advance", do_advance},
    {"outbox", do_outbox},
    {"tasks", do_tasks},
    {"run", do_run},
    {"events", do_events},
    {"why", do_why},
    {"runs", do_runs},
    {"timers", do_timers},
    {"verify", do_verify},
    {"gate", do_gate},
    {"evaluate", do_evaluate},
    {"people", do_people},
    {"parameters", do_parameters},
    {"sops", do_sops},
    {"feeds", do_feeds},
};

}  // namespace

Value execute(EngineImpl& engine, const Value& command) {
  if (auto fine = engine.store().usable(); !fine) return error_value(fine.error());
  if (!command.is_context())
    return error_value({ErrorCode::schema_error, "a command is an object", "such as {\"do\": \"tasks\"}"});
  const Value& verb = command.get("do");
  if (!verb.is_string())
    return error_value({ErrorCode::schema_error, "a command lacks \"do\"", "such as {\"do\": \"tasks\"}"});
  if (command_type(verb.as_string())) {
    auto read = command_from_value(command);
    if (!read) return error_value(read.error());
    const auto hash = request_hash(command);
    if (!hash) return error_value(hash.error());
    return answered(engine.submit(*read, *hash));
  }
  for (const Verb& one : verbs)
    if (one.name == verb.as_string()) return one.run(engine, command);
  std::vector<std::string_view> names;
  for (const std::string_view one : aesop::command_names) names.push_back(one);
  for (const Verb& one : verbs) names.push_back(one.name);
  const auto near = did_you_mean(verb.as_string(), names);
  return error_value({ErrorCode::unknown_name,
                      cat("no command is called \"", printable(verb.as_string(), 60), '"'),
                      near ? cat("did you mean \"", *near, "\"?") : "docs/commands.md lists them"});
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
