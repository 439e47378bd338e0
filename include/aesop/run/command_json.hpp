// The JSON of commands, as `aesop exec` takes it. Part run.
#pragma once

#include "aesop/run/command.hpp"
#include "aesop/run/fields_codec.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
/// Reads the JSON of `aesop exec`: {"do", "command_id", "at", "actor", "run", ...}. schema_error with a help for
/// anything that does not fit, unknown_name for a verb that is none of a run's (the engine's own are not known here).
Result<Command> command_from_value(const Value& value);
/// The JSON form, without what is absent.
Value command_to_value(const Command& command);

namespace detail {

/// What every command has. Engine-level commands read it too.
struct CommandEnvelope {
  std::string verb = {};
  std::string command_id = {};
  Instant at = {};
  std::optional<Instant> occurred_at = {};
  Actor actor = {};
  std::optional<std::string> run = {};
  std::optional<std::uint64_t> expected_revision = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("do", s.verb);
    f("command_id", s.command_id);
    f("at", s.at);
    f("occurred_at", s.occurred_at);
    f("actor", s.actor);
    f("run", s.run);
    f("expected_revision", s.expected_revision);
  }
};

using CommandParser = Status (*)(const Value&, Command&);
template <std::size_t I>
Status parse_command(const Value& value, Command& command) {
  using Body = CommandBody::Alternative<I>;
  CommandEnvelope envelope;
  JsonIn in(value, std::string(Body::name));
  CommandEnvelope::fields(envelope, in);
  Body body;
  Body::fields(body, in);
  if (Status done = in.finish(); !done) return done;
  if (envelope.actor.id.empty())
    return Error{ErrorCode::schema_error, cat(Body::name, ".actor lacks \"id\""), "say who asks"};
  if (envelope.command_id.empty())
    return Error{ErrorCode::schema_error, "command_id must not be empty",
                 "give every request an id of its own"};
  if (envelope.run && envelope.run->empty())
    return Error{ErrorCode::schema_error, cat(Body::name, ".run must not be empty"),
                 "name the run, or leave it out"};
  command.id = std::move(envelope.command_id);
  command.at = envelope.at;
  command.occurred_at = envelope.occurred_at;
  command.actor = std::move(envelope.actor);
  command.run = envelope.run.value_or("");
  command.expected_revision = envelope.expected_revision;
  command.body = std::move(body);
  return {};
}
template <std::size_t... I>
constexpr auto command_parsers(std::index_sequence<I...>) {
  return std::array<CommandParser, sizeof...(I)>{&parse_command<I>...};
}

}  // namespace detail

inline Result<Command> command_from_value(const Value& value) {
  static constexpr auto parsers =
      detail::command_parsers(std::make_index_sequence<std::size(command_names)>());
  if (!value.is_context()) return Error{ErrorCode::schema_error, "a command must be an object"};
  const Value& verb = value.get("do");
  if (!verb.is_string())
    return Error{ErrorCode::schema_error, "a command lacks \"do\"", "such as {\"do\": \"claim\", ...}"};
  const auto type = command_type(verb.as_string());
  if (!type) {
    const auto near = did_you_mean(verb.as_string(), command_names);
    return Error{ErrorCode::unknown_name,
                 cat("no command is called \"", printable(verb.as_string(), 60), '"'),
                 near ? cat("did you mean \"", *near, "\"?") : std::string()};
  }
  Command command;
  if (Status done = parsers[static_cast<std::size_t>(*type)](value, command); !done) return done.take_error();
  if (command.type() == CommandType::start) return command;
  // A task's id names its run too: RUN:TOKEN.SINCE.
  if (command.run.empty())
    command.body.visit([&](const auto& body) {
      if constexpr (requires { body.target; })
        if (body.target.task) command.run = body.target.task->substr(0, body.target.task->rfind(':'));
    });
  if (command.run.empty())
    return Error{ErrorCode::schema_error, cat(command.verb(), " lacks \"run\""),
                 "name the run, or a task of it"};
  return command;
}

inline Value command_to_value(const Command& command) {
  std::vector<Entry> entries;
  detail::JsonOut out{entries, false};
  detail::CommandEnvelope envelope;
  envelope.verb = command.verb();
  envelope.command_id = command.id;
  envelope.at = command.at;
  envelope.occurred_at = command.occurred_at;
  envelope.actor = command.actor;
  if (!command.run.empty()) envelope.run = command.run;
  envelope.expected_revision = command.expected_revision;
  detail::CommandEnvelope::fields(envelope, out);
  command.body.visit([&](const auto& body) {
    using Body = std::decay_t<decltype(body)>;
    Body::fields(body, out);
  });
  return Value::context(std::move(entries));
}

}  // namespace v0
}  // namespace aesop
