// The engine: opening, any command as JSON, batches, rebuild.
#include "engine_object.hpp"

using namespace aesop;
using namespace aesop::capi;

namespace {

/// Of aesop_open_options in ABI 0, for ever.
constexpr std::size_t first_size = 24;
static_assert(first_size <= sizeof(aesop_open_options));

Result<EngineOptions> options_of(const aesop_open_options* given) {
  aesop_open_options options = AESOP_OPEN_OPTIONS_INIT;
  if (given != nullptr) {
    AESOP_TRY(known, struct_in(given, first_size, "options"));
    options = known;
  }
  for (const uint32_t flag : {options.create, options.read_only, options.exclusive, options.allow_network})
    if (flag > 1) return Error{ErrorCode::invalid_argument, "a switch of the options is neither 0 nor 1"};
  EngineOptions out;
  out.create = options.create == 1;
  out.read_only = options.read_only == 1;
  out.exclusive = options.exclusive == 1;
  out.sqlite.allow_network_filesystem = options.allow_network == 1;
  out.sqlite.busy_deadline = std::chrono::milliseconds(options.busy_milliseconds);
  return out;
}

template <class Body>
aesop_status with_engine(aesop_engine* engine, aesop_error** err, Body body) noexcept {
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(object, get<EngineObject>(engine));
    return object->with(body);
  });
}

}  // namespace

extern "C" {

aesop_status aesop_engine_open(aesop_str path, const aesop_open_options* options, aesop_engine** out_engine,
                               aesop_error** err) {
  if (out_engine != nullptr) *out_engine = nullptr;
  return guard(err, [&]() -> Outcome {
    AESOP_TRY(file, some_text_in(path, "path"));
    if (file.find('\0') != std::string_view::npos)
      return Error{ErrorCode::invalid_argument, "path holds a NUL"};
    AESOP_TRY(how, options_of(options));
    if (stores_inherited())
      return Error{
          ErrorCode::forked, "a store was open when this process forked",
          "fork before the first engine is opened, or after all are closed; or start a program in the child"};
    auto counted = std::make_unique<OpenStore>();
    AESOP_TRY(engine, Engine::open(std::string(file), how));
    auto object = std::make_shared<EngineObject>(std::move(counted), std::move(engine));
    if (out_engine != nullptr) *out_engine = handle_of<aesop_engine>(std::move(object));
    return AESOP_OK;
  });
}

void aesop_engine_close(aesop_engine* engine) {
  if (const auto object = take(token_of(engine), Kind::engine))
    std::static_pointer_cast<EngineObject>(object)->close();
}

aesop_status aesop_engine_execute(aesop_engine* engine, aesop_str command, aesop_text** out_answer,
                                  aesop_error** err) {
  if (out_answer != nullptr) *out_answer = nullptr;
  return with_engine(engine, err, [&](Engine& one) -> Outcome {
    AESOP_TRY(asked, object_in(command, "command"));
    const Value answer = one.execute(asked);
    auto outcome = settle(answer, nullptr);
    if (outcome) give(out_answer, json_out(answer));
    return outcome;
  });
}

aesop_status aesop_engine_begin_batch(aesop_engine* engine, aesop_error** err) {
  return with_engine(engine, err, [](Engine& one) -> Outcome {
    if (Status done = one.begin_batch(); !done) return done.take_error();
    return AESOP_OK;
  });
}

aesop_status aesop_engine_commit_batch(aesop_engine* engine, aesop_error** err) {
  return with_engine(engine, err, [](Engine& one) -> Outcome {
    if (Status done = one.commit_batch(); !done) return done.take_error();
    return AESOP_OK;
  });
}

aesop_status aesop_engine_rollback_batch(aesop_engine* engine, aesop_error** err) {
  return with_engine(engine, err, [](Engine& one) -> Outcome {
    one.rollback_batch();
    return AESOP_OK;
  });
}

aesop_status aesop_engine_rebuild(aesop_engine* engine, uint64_t* out_runs, aesop_error** err) {
  if (out_runs != nullptr) *out_runs = 0;
  return with_engine(engine, err, [&](Engine& one) -> Outcome {
    AESOP_TRY(runs, one.rebuild());
    if (out_runs != nullptr) *out_runs = runs;
    return AESOP_OK;
  });
}

}  // extern "C"
