// Engines behind handles; commands built from parameters.
#include "engine_object.hpp"

#include "aesop/audit/hash.hpp"
#include "aesop/base/bytes.hpp"
#include "aesop/base/civil_text.hpp"

#include <cstddef>

#if defined(_WIN32)
#include <process.h>
#else
#include <unistd.h>
#endif

namespace aesop::capi {
namespace {

long process_id() {
#if defined(_WIN32)
  return _getpid();
#else
  return static_cast<long>(getpid());
#endif
}

/// Of aesop_request in ABI 0, for ever: its last member then was occurred_at.
constexpr std::size_t first_size = offsetof(aesop_request, occurred_at) + sizeof(std::int64_t);
static_assert(first_size <= sizeof(aesop_request));

/// An actor as JSON, or an id alone.
Result<Value> actor_in(aesop_str str) {
  auto text = some_text_in(str, "request.actor");
  if (!text) return text.take_error();
  if (text->front() != '{') return Value::context({{"id", Value::string(*text)}});
  return object_in(str, "request.actor");
}

}  // namespace

EngineObject::EngineObject(std::unique_ptr<OpenStore> counted, Engine engine)
    : Object(the_kind),
      counted_(std::move(counted)),
      engine_(std::make_unique<Engine>(std::move(engine))),
      process_(process_id()) {}

EngineObject::~EngineObject() {
  if (forked()) static_cast<void>(engine_.release());  // (2): what is open there is the parent's
}

void EngineObject::close() noexcept {
  if (forked()) return;  // the lock is the parent's too
  const std::lock_guard lock(mutex_);
  engine_.reset();
  counted_.reset();
}

bool EngineObject::forked() const { return process_id() != process_; }

void Call::add(std::string_view name, Value value) {
  entries_.emplace_back(std::string(name), std::move(value));
}

void Call::fault(Error error) {
  if (!error_) error_ = std::move(error);
}

template <class T>
Call& Call::take(std::string_view name, Result<T> result) {
  if (!result)
    fault(result.take_error());
  else if constexpr (std::is_same_v<T, Value>)
    add(name, result.take());
  else
    add(name, Value::string(*result));
  return *this;
}

Call& Call::request(const aesop_request* given) {
  if (given == nullptr) {
    fault({ErrorCode::invalid_argument, "the request is NULL"});
    return *this;
  }
  auto known = struct_in(given, first_size, "request");
  if (!known) {
    fault(known.take_error());
    return *this;
  }
  const aesop_request* request = &*known;
  if (request->reserved != 0) {
    fault({ErrorCode::invalid_argument, "the reserved member of the request is not 0",
           "set it up with aesop_request_init"});
    return *this;
  }
  text("command_id", request->command_id);
  time("at", request->at);
  take("actor", actor_in(request->actor));
  maybe("run", request->run);
  if (request->expected_revision != AESOP_NO_REVISION) {
    if (request->expected_revision > INT64_MAX)
      fault(
          {ErrorCode::invalid_argument, "request.expected_revision is no revision", "or AESOP_NO_REVISION"});
    else
      add("expected_revision", Value::number(static_cast<std::int64_t>(request->expected_revision)));
  }
  if (request->occurred_at != AESOP_NO_TIME) time("occurred_at", request->occurred_at);
  return *this;
}

Call& Call::text(std::string_view name, aesop_str str) { return take(name, some_text_in(str, name)); }

Call& Call::maybe(std::string_view name, aesop_str str) {
  auto text = text_in(str, name);
  if (!text)
    fault(text.take_error());
  else if (!text->empty())
    add(name, Value::string(*text));
  return *this;
}

Call& Call::json(std::string_view name, aesop_str str) {
  if (str.size == 0) return *this;
  return take(name, json_in(str, name));
}

Call& Call::value(std::string_view name, Value value) {
  add(name, std::move(value));
  return *this;
}

Call& Call::time(std::string_view name, std::int64_t time) {
  auto instant = time_in(time, name);
  if (!instant)
    fault(instant.take_error());
  else
    add(name, Value::string(to_string(*instant)));
  return *this;
}

Call& Call::more(aesop_str str, std::string_view what) {
  auto object = object_in(str, what);
  if (!object) {
    fault(object.take_error());
    return *this;
  }
  for (const Entry& entry : object->entries()) {
    for (const Entry& known : entries_)
      if (known.first == entry.first) {
        fault({ErrorCode::schema_error,
               cat(what, " names \"", printable(entry.first, 60), "\", which is a parameter already")});
        return *this;
      }
    entries_.push_back(entry);
  }
  return *this;
}

Call& Call::bytes(aesop_str str) {
  auto bytes = bytes_in(str, "bytes");
  if (!bytes) {
    fault(bytes.take_error());
    return *this;
  }
  add("inline", Value::string(to_base64(*bytes)));
  add("sha256", Value::string(to_hex(sha256(*bytes))));
  return *this;
}

Outcome settle(const Value& answer, aesop_text** out) {
  if (const Value* error = answer.find("error")) {
    const auto code = find_error(error->get("code").as_string());
    const Value& help = error->get("help");
    return Error{code.value_or(ErrorCode::internal), std::string(error->get("message").as_string()),
                 help.is_string() ? std::string(help.as_string()) : std::string()};
  }
  const Value* good = answer.find("ok");
  give(out, json_out(good != nullptr ? *good : answer.get("rejected")));
  return good != nullptr ? AESOP_OK : AESOP_REJECTED;
}

Outcome Call::run(const aesop_engine* engine, aesop_text** out) {
  return run(engine, out, [](const Value&) {});
}

}  // namespace aesop::capi
