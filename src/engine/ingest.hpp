// An event of a host's feed. Internal to engine.
#pragma once

#include "aesop/base/civil.hpp"
#include "aesop/value/value.hpp"

#include <optional>
#include <string>

namespace aesop {
inline namespace v0 {
namespace detail {

/// {"event", "subject", "key", "scope", "sop", "at", "occurred_at", "payload", "start", "data"}.
struct IngestedEvent {
  std::string event = {};
  std::string subject = {};
  std::optional<std::string> key = {}, scope = {}, sop = {};
  std::optional<Instant> at = {}, occurred_at = {};
  Value payload = {};
  bool start = false;  ///< where no run is open for the subject, start one of `sop` at `scope` first
  Value data = {};     ///< values of its variables
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("event", s.event);
    f("subject", s.subject);
    f("key", s.key);
    f("scope", s.scope);
    f("sop", s.sop);
    f("at", s.at);
    f("occurred_at", s.occurred_at);
    f("payload", s.payload);
    f("start", s.start);
    f("data", s.data);
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
