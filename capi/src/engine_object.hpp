// An engine behind a handle, and the commands that go to it. Part capi; body in engine_object.cpp.
//
// (1) An Engine is for one thread at a time: calls on one handle wait for each other, and closing waits for them. A call
//     that found the handle and came to its turn after the closing is told that it is stale.
// (2) In a child after fork nothing of the parent's handle is touched, not even to destroy it: every call is `forked`.
#pragma once

#include "guard.hpp"

#include "aesop/engine/engine.hpp"

#include <mutex>
#include <vector>

namespace aesop::capi {

class EngineObject final : public Object {
 public:
  static constexpr Kind the_kind = Kind::engine;
  EngineObject(std::unique_ptr<OpenStore> counted, Engine engine);
  ~EngineObject() override;

  /// Whether this is another process than the one that opened it.
  bool forked() const;
  /// The engine, locked for the call.
  template <class Body>
  Outcome with(Body body) {
    if (forked())
      return Error{ErrorCode::forked, "the engine was opened before this process forked",
                   "fork before an engine is opened, and open it in the child"};
    const std::lock_guard lock(mutex_);
    if (!engine_)
      return Error{ErrorCode::stale_handle, "the engine was closed while this call waited for it",
                   "do not use a handle after it was freed"};
    return body(*engine_);
  }
  /// Closes the engine when the call under way has ended; its file is closed then, too.
  void close() noexcept;

 private:
  std::mutex mutex_;
  std::unique_ptr<OpenStore> counted_;  // ends after the engine
  std::unique_ptr<Engine> engine_;
  const long process_;
};

/// Builds a command from the parameters of a function, and runs it. What is wrong with a parameter is kept until then: the
/// first thing wrong is the error.
class Call {
 public:
  explicit Call(std::string_view verb) { add("do", Value::string(verb)); }

  /// Id, time, actor, run, revision. invalid_argument for a struct that struct_in refuses.
  Call& request(const aesop_request* request);
  /// A text that must be there.
  Call& text(std::string_view name, aesop_str str);
  /// A text that is left out when it is empty.
  Call& maybe(std::string_view name, aesop_str str);
  /// JSON; left out when it is empty.
  Call& json(std::string_view name, aesop_str str);
  Call& value(std::string_view name, Value value);
  Call& time(std::string_view name, std::int64_t time);
  /// Members that the caller names himself; one that is a parameter already is a schema_error.
  Call& more(aesop_str str, std::string_view what = "more");
  /// Bytes as what attach_evidence takes: `sha256` and `inline`.
  Call& bytes(aesop_str str);

  /// Runs it: the answer's "ok" or "rejected" goes to `out`, the status says which.
  Outcome run(const aesop_engine* engine, aesop_text** out);
  /// The same, and `seen` is shown what was "ok".
  template <class Seen>
  Outcome run(const aesop_engine* engine, aesop_text** out, Seen seen);

 private:
  void add(std::string_view name, Value value);
  template <class T>
  Call& take(std::string_view name, Result<T> result);
  void fault(Error error);

  std::vector<Entry> entries_ = {};
  std::optional<Error> error_ = {};
};

/// The one body of every command: {out = NULL; guard; run}.
template <class Make>
aesop_status command(const aesop_engine* engine, aesop_text** out, aesop_error** err, std::string_view verb,
                     Make make) noexcept {
  if (out != nullptr) *out = nullptr;
  return guard(err, [&]() -> Outcome {
    Call call(verb);
    make(call);
    return call.run(engine, out);
  });
}

/// What an answer came to; an "error" is the error of the call.
Outcome settle(const Value& answer, aesop_text** out);

template <class Seen>
Outcome Call::run(const aesop_engine* engine, aesop_text** out, Seen seen) {
  AESOP_TRY(object, get<EngineObject>(engine));
  if (error_) return *std::move(error_);
  const Value asked = Value::context(std::move(entries_));
  return object->with([&](Engine& one) -> Outcome {
    const Value answer = one.execute(asked);
    if (const Value* good = answer.find("ok")) seen(*good);
    return settle(answer, out);
  });
}

}  // namespace aesop::capi
