// Time, feeds and the outbox, as JSON.
#include "engine/execute_verbs.hpp"
#include "engine/host_text.hpp"

#include "aesop/calendar/span.hpp"
#include "aesop/run/decide.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

Result<std::int64_t> lease_of(const Value& lease) {
  if (lease.is_null()) return 0;
  if (lease.is_number()) {
    const auto seconds = lease.as_decimal().to_int64();
    if (seconds && *seconds > 0 && *seconds <= max_lease / 1'000'000) return *seconds * 1'000'000;
  }
  if (lease.is_string()) {
    const auto span = parse_span(lease.as_string());
    if (span && span->unit == SpanUnit::elapsed) {
      const Instant end = Instant{0} + span->amount;
      if (end.us > 0 && end.us <= max_lease) return end.us;
    }
  }
  return Error{ErrorCode::schema_error,
               "outbox.lease must be seconds, or a span such as \"5 minutes\", of at most 31 days"};
}

Value effect_value(const OutboxItem& item) {
  std::vector<Entry> entries = {{"attempts", number(item.attempts)}, {"body", item.body}};
  if (item.dead) entries.emplace_back("dead", Value::boolean(true));
  entries.emplace_back("effect", Value::string(cat(item.id.seq, '.', item.id.index)));
  if (item.failures != 0) entries.emplace_back("failures", number(item.failures));
  entries.emplace_back("key", Value::string(item.key));
  entries.emplace_back("kind", Value::string(item.kind));
  if (!item.run.empty()) entries.emplace_back("run", Value::string(item.run));
  return Value::context(std::move(entries));
}

}  // namespace

Value do_ingest(EngineImpl& engine, const Value& command) {
  return writing<IngestVerb>(engine, command, "ingest", [&](const Request& request, const IngestVerb& verb) {
    return engine.ingest(request, verb.feed, verb.cursor, verb.after, verb.events);
  });
}

Result<Answer> settle_effect(EngineImpl& engine, const Request& request, const AckVerb& verb) {
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
  // It was handed out again since: what its former holder says of a failure is no longer his to say. That it is done
  // is true whoever says it.
  if (!verb.ok && verb.attempt && *verb.attempt != (*known)->attempts) {
    Rejection rejection;
    rejection.reason = "lease_lost";
    rejection.message = rejection_text(rejection.reason);
    rejection.details = {{"attempts", number((*known)->attempts)}, {"effect", Value::string(verb.effect)}};
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
}

Value do_ack(EngineImpl& engine, const Value& command) {
  return writing<AckVerb>(engine, command, "ack", [&](const Request& request, const AckVerb& verb) {
    return settle_effect(engine, request, verb);
  });
}

static Value advanced_value(const Advanced& advanced) {
  std::vector<Entry> entries = {{"fired", number(advanced.fired)}, {"more", Value::boolean(advanced.more)}};
  if (!advanced.stuck.empty())
    entries.emplace_back("stuck", listed(advanced.stuck, [](const StuckRun& one) {
                           return Value::context({{"code", Value::string(slug(one.error.code))},
                                                  {"message", Value::string(one.error.message)},
                                                  {"run", Value::string(one.run)}});
                         }));
  return Value::context(std::move(entries));
}

Value do_advance(EngineImpl& engine, const Value& command) {
  Envelope envelope;
  AdvanceVerb verb;
  if (auto done = read(command, "advance", envelope, verb); !done) return error_value(done.error());
  const std::string id = envelope.command_id.value_or("");
  if (auto fine = demand_text("command_id", id); !fine) return error_value(fine.error());
  const auto advance = [&]() -> Result<Answer> {
    auto advanced = engine.advance(verb.to, verb.limit.value_or(1000), id);
    if (!advanced) return advanced.take_error();
    return Answer{advanced_value(*advanced)};
  };
  // Without an id it may be repeated as it is: what has fired does not fire again.
  if (id.empty()) return answered(engine.written(advance));
  const auto request = request_text(envelope, verb);
  if (!request) return error_value(request.error());
  return answered(engine.once(id, *request, advance));
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

}  // namespace detail
}  // namespace v0
}  // namespace aesop
