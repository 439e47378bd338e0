// Bodies of codec.hpp. Included by it alone.
#pragma once

#include "aesop/run/codec.hpp"
#include "aesop/run/fields_codec.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// First byte of an encoded state; another layout of State is another number.
inline constexpr std::uint8_t state_format = 3;

using ControlReader = void (*)(ByteReader&, Control&, std::uint16_t version);
template <std::size_t I>
void read_control(ByteReader& in, Control& control, std::uint16_t version) {
  Control::Alternative<I> read;
  read_field(in, read, version);
  control = std::move(read);
}
template <std::size_t... I>
constexpr auto control_readers(std::index_sequence<I...>) {
  return std::array<ControlReader, sizeof...(I)>{&read_control<I>...};
}

using ControlParser = Status (*)(const Value&, Control&);
template <std::size_t I>
Status parse_control(const Value& value, Control& control) {
  auto parsed = from_value<Control::Alternative<I>>(value, "control", {}, true);
  if (!parsed) return parsed.take_error();
  control = parsed.take();
  return {};
}
template <std::size_t... I>
constexpr auto control_parsers(std::index_sequence<I...>) {
  return std::array<ControlParser, sizeof...(I)>{&parse_control<I>...};
}

// The envelope of an event as JSON.
struct EventEnvelope {
  std::string type = {};
  std::uint16_t version = 1;
  Instant at = {};
  std::optional<Instant> recorded = {};  // when it is another than `at`
  std::optional<Instant> occurred_at = {};
  std::optional<std::string> command_id = {}, actor = {}, scope = {};
  std::vector<std::string> roles = {};
  Value control = {};
  Value data = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("type", s.type);
    f("version", s.version);
    f("at", s.at);
    f("recorded", s.recorded);
    f("occurred_at", s.occurred_at);
    f("command_id", s.command_id);
    f("actor", s.actor);
    f("roles", s.roles);
    f("scope", s.scope);
    f("control", s.control);
    f("data", s.data);
  }
};

}  // namespace detail

inline std::string encode_control(const Event& event) {
  ByteWriter out;
  out.reserve(128);
  event.control.visit([&](const auto& control) { detail::write_field(out, control); });
  return out.take();
}

inline Result<Event> decode_event(std::string_view type_name, std::uint16_t version,
                                  std::string_view control) {
  static constexpr auto readers = detail::control_readers(std::make_index_sequence<event_type_count>());
  const auto type = event_type(type_name);
  if (!type || version > event_version(*type))
    return Error{ErrorCode::unsupported_version,
                 cat("event type ", printable(type_name, 60), " version ", version, " is not known"),
                 "it was written by a newer version of the library"};
  if (version == 0) return Error{ErrorCode::corrupt_event, cat("event type ", type_name, " has version 0")};
  Event event;
  ByteReader in(control);
  readers[static_cast<std::size_t>(*type)](in, event.control, version);
  if (!in.done())
    return Error{ErrorCode::corrupt_event, cat("the control fields of a ", type_name, " cannot be read")};
  return event;
}

inline Value event_to_value(const Event& event) {
  detail::EventEnvelope envelope;
  envelope.type = event.name();
  envelope.version = event.version();
  envelope.at = event.at;
  if (event.recorded != event.at) envelope.recorded = event.recorded;
  envelope.occurred_at = event.occurred_at;
  if (!event.command_id.empty()) envelope.command_id = event.command_id;
  if (!event.actor.empty()) envelope.actor = event.actor;
  if (!event.scope.empty()) envelope.scope = event.scope;
  envelope.roles = event.roles;
  envelope.control = event.control.visit([](const auto& control) { return detail::field_to_value(control); });
  envelope.data = event.data;
  return to_value(envelope);
}

inline Result<Event> event_from_value(const Value& value) {
  static constexpr auto parsers = detail::control_parsers(std::make_index_sequence<event_type_count>());
  auto envelope = from_value<detail::EventEnvelope>(value, "event");
  if (!envelope) return envelope.take_error();
  const auto type = event_type(envelope->type);
  if (!type || envelope->version > event_version(*type))
    return Error{ErrorCode::unsupported_version,
                 cat("event type ", printable(envelope->type, 60), " is not known")};
  Event event;
  event.at = envelope->at;
  event.recorded = envelope->recorded.value_or(envelope->at);
  event.occurred_at = envelope->occurred_at;
  event.command_id = envelope->command_id.value_or("");
  event.actor = envelope->actor.value_or("");
  event.scope = envelope->scope.value_or("");
  event.roles = std::move(envelope->roles);
  event.data = std::move(envelope->data);
  if (Status done = parsers[static_cast<std::size_t>(*type)](envelope->control, event.control); !done)
    return done.take_error();
  return event;
}

inline std::string encode_state(const State& state) {
  ByteWriter out;
  out.reserve(512);
  out.u8(detail::state_format);
  detail::write_field(out, state);
  return out.take();
}

inline Result<State> decode_state(std::string_view bytes) {
  ByteReader in(bytes);
  const std::uint8_t format = in.u8();
  if (!in.failed() && format != detail::state_format)
    return Error{ErrorCode::unsupported_version,
                 cat("a state of format ", static_cast<int>(format), " is not known"),
                 "replay the run's events"};
  State state;
  detail::read_field(in, state);
  if (!in.done())
    return Error{ErrorCode::corrupt_event, "the state of a run cannot be read", "replay its events"};
  return state;
}

inline Value state_to_value(const State& state) { return to_value(state); }

}  // namespace v0
}  // namespace aesop
