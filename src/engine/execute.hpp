// The door of JSON commands. Internal to engine.
#pragma once

#include "engine/impl.hpp"
#include "engine/verbs.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

/// Answers a command of the whole set.
Value execute(EngineImpl& engine, const Value& command);

}  // namespace detail
}  // namespace v0
}  // namespace aesop
