// JSON that this engine wrote into its store: answers, values of parameters, calendars. Internal to engine.
// The limits of what strangers may send are no limits of what was accepted from them: an answer names every refused
// event of a batch, and must be read however long it became. Only the depth is bounded, by that of the writer.
#pragma once

#include "aesop/value/json_read.hpp"
#include "aesop/value/json_write.hpp"

#include <cstdint>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace detail {

inline constexpr JsonLimits no_json_limits = {SIZE_MAX, max_json_depth + 2, SIZE_MAX,
                                              SIZE_MAX, SIZE_MAX,           SIZE_MAX};

/// Bytes of a parameter's value as JSON.
inline constexpr std::size_t max_parameter_bytes = 64 * 1024;

/// The value; `corrupt`, named after `what`, when it cannot be read.
inline Result<Value> read_own_json(std::string_view text, std::string_view what) {
  auto value = read_json(text, no_json_limits);
  if (value) return value;
  return Error{ErrorCode::corrupt, cat(what, " in the store cannot be read: ", value.error().message),
               "restore a backup"};
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
