// The door of JSON commands. Internal to engine.
#pragma once

#include "engine/impl.hpp"
#include "engine/verbs.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

/// Answers a command of the whole set.
Value execute(EngineImpl& engine, const Value& command);

/// Evaluates FEEL over a context: {"value", "diagnostics"}; in gate.cpp.
Result<Value> evaluate(EngineImpl& engine, std::string_view feel, const Value& context, Instant now);

}  // namespace detail
}  // namespace v0
}  // namespace aesop
