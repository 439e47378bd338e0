// What the commands of the whole store have in common as JSON: their envelope, reading them, and the shape of answers.
// Internal to engine; the commands are in execute_*.cpp by family, their table in execute.cpp.
// Members of answers are in order of their names, so that an answer given again from the store is the same text.
#pragma once

#include "engine/execute.hpp"

#include "aesop/run/actor.hpp"
#include "aesop/run/fields_codec.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

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

/// The envelope of a typed call.
inline Envelope envelope_of(const Request& request, std::string_view verb) {
  return {std::string(verb), request.command_id, request.at, request.occurred_at, request.actor};
}

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
Result<Request> request_of(const Envelope& envelope);

inline Value ok(Value value) { return Value::context({{"ok", std::move(value)}}); }
inline Value number(std::uint64_t value) { return Value::number(static_cast<std::int64_t>(value)); }

Value texts(const std::vector<std::string>& list);

template <class Rows, class Each>
Value listed(const Rows& rows, Each each) {
  std::vector<Value> items;
  for (const auto& row : rows) items.push_back(each(row));
  return Value::list(std::move(items));
}

inline Value answered(Result<Answer> answer) {
  return answer ? answer_value(*answer) : error_value(answer.error());
}

/// What a request of the whole store is compared by: of the command as it was read, so that the same one as JSON and as
/// a typed call is one request.
template <class Body>
Result<std::string> request_text(const Envelope& envelope, const Body& body) {
  std::vector<Entry> entries;
  Envelope::fields(envelope, JsonOut{entries});
  Body::fields(body, JsonOut{entries});
  return request_text(Value::context(std::move(entries)));
}

/// A writing command: reads it, and runs `body` once for its id.
template <class Body, class Do>
Value writing(EngineImpl& engine, const Value& command, std::string_view verb, Do run) {
  Envelope envelope;
  Body body;
  if (auto done = read(command, verb, envelope, body); !done) return error_value(done.error());
  auto request = request_of(envelope);
  if (!request) return error_value(request.error());
  const auto text = request_text(envelope, body);
  if (!text) return error_value(text.error());
  return answered(engine.once(request->command_id, *text, [&] { return run(*request, body); }));
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

// --- the commands, by the file they are in ---

// execute_admin.cpp
Value do_publish(EngineImpl& engine, const Value& command);
Value do_put_person(EngineImpl& engine, const Value& command);
Value do_remove_person(EngineImpl& engine, const Value& command);
Value do_set_parameter(EngineImpl& engine, const Value& command);
Value do_put_calendar(EngineImpl& engine, const Value& command);
Value do_erase(EngineImpl& engine, const Value& command);

// execute_outbox.cpp
/// What became of an effect: ack, as JSON and typed.
Result<Answer> settle_effect(EngineImpl& engine, const Request& request, const AckVerb& verb);
Value do_ingest(EngineImpl& engine, const Value& command);
Value do_ack(EngineImpl& engine, const Value& command);
Value do_advance(EngineImpl& engine, const Value& command);
Value do_outbox(EngineImpl& engine, const Value& command);

// execute_reading.cpp
Value do_tasks(EngineImpl& engine, const Value& command);
Value do_run(EngineImpl& engine, const Value& command);
Value do_events(EngineImpl& engine, const Value& command);
Value do_why(EngineImpl& engine, const Value& command);
Value do_runs(EngineImpl& engine, const Value& command);
Value do_timers(EngineImpl& engine, const Value& command);
Value do_verify(EngineImpl& engine, const Value& command);
Value do_people(EngineImpl& engine, const Value& command);
Value do_parameters(EngineImpl& engine, const Value& command);
Value do_sops(EngineImpl& engine, const Value& command);
Value do_sop(EngineImpl& engine, const Value& command);
Value do_feeds(EngineImpl& engine, const Value& command);

// execute_measure.cpp
Value do_kpis(EngineImpl& engine, const Value& command);
Value do_counts(EngineImpl& engine, const Value& command);
Value do_escalations(EngineImpl& engine, const Value& command);
Value do_exceptions(EngineImpl& engine, const Value& command);

// execute_rules.cpp
Value do_gate(EngineImpl& engine, const Value& command);
Value do_record_gate(EngineImpl& engine, const Value& command);
Value do_evaluate(EngineImpl& engine, const Value& command);

}  // namespace detail
}  // namespace v0
}  // namespace aesop
