// A store in memory: for tests, simulation and gates. Part store; body in src/store/memory.cpp.
#pragma once

#include "aesop/store/store.hpp"

#include <memory>

namespace aesop {
inline namespace v0 {

/// A new, empty store that lives as long as the handle and keeps the contract of Store except durability.
/// With `log_id` given, so is everything derived from it; else it is random.
std::unique_ptr<Store> make_memory_store(std::optional<LogId> log_id = std::nullopt, Instant created = {});

}  // namespace v0
}  // namespace aesop
