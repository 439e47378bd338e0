// Every command as JSON: which function answers it (docs/commands.md), and what their readers share.
#include "engine/execute_verbs.hpp"
#include "engine/host_text.hpp"

#include "aesop/run/command_json.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

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
  if (auto fine = demand_request(request); !fine) return fine.take_error();
  return request;
}

Value texts(const std::vector<std::string>& list) {
  std::vector<Value> items;
  items.reserve(list.size());
  for (const std::string& text : list) items.push_back(Value::string(text));
  return Value::list(std::move(items));
}

namespace {

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
    {"erase", do_erase},
    {"record_gate", do_record_gate},
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
    {"sop", do_sop},
    {"kpis", do_kpis},
    {"counts", do_counts},
    {"escalations", do_escalations},
    {"exceptions", do_exceptions},
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
    return answered(engine.submit(*read));
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
