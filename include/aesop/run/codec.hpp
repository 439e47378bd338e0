// Bytes and JSON of events and states, made from their descriptions. Part run; depends on base and value.
// Binary: fields in their order with ByteWriter (integers varint, signed zigzag, texts with length, Value typed).
#pragma once

#include "aesop/run/event.hpp"
#include "aesop/run/state.hpp"
#include "aesop/run/value_codec.hpp"

#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

/// The control bytes of an event, as the log's header holds them.
std::string encode_control(const Event& event);
/// Reads control bytes back; `corrupt_event` when they do not fit the type, `unsupported_version` when the type or its
/// version is from a later library. The rest of the envelope is the caller's to fill in.
Result<Event> decode_event(std::string_view type, std::uint16_t version, std::string_view control);

/// {"type", "version", "at", ..., "control": {...}, "data": ...}.
Value event_to_value(const Event& event);
/// The inverse: what `event_to_value` gave; schema_error otherwise.
Result<Event> event_from_value(const Value& value);

std::string encode_state(const State& state);
Result<State> decode_state(std::string_view bytes);
Value state_to_value(const State& state);

}  // namespace v0
}  // namespace aesop

#include "aesop/run/codec_inline.hpp"
