// Bounds of texts that stay for ever: short, one line, somebody who asks.
#include "engine/host_text.hpp"

#include "aesop/base/text.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

constexpr std::string_view why =
    "it stands in the log for ever and cannot be erased: give a short id or pseudonym, no personal data";

/// C0, DEL, or C1 (in UTF-8 C2 80 to C2 9F).
bool has_control(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) return true;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

/// The first of several that is not fine.
class Demand {
 public:
  Demand& operator()(std::string_view what, std::string_view text) {
    if (status_) status_ = demand_text(what, text);
    return *this;
  }
  Demand& maybe(std::string_view what, const std::optional<std::string>& text) {
    return text ? (*this)(what, std::string_view(*text)) : *this;
  }
  Status take() { return std::move(status_); }

 private:
  Status status_;
};

}  // namespace

Status demand_text(std::string_view what, std::string_view text) {
  if (text.size() > host_text_size)
    return Error{ErrorCode::invalid_argument, cat(what, " is longer than ", host_text_size, " bytes"),
                 std::string(why)};
  if (has_control(text))
    return Error{ErrorCode::invalid_argument, cat(what, " holds a control character"), std::string(why)};
  return {};
}

Status demand_request(const Request& request) {
  Demand demand;
  demand("command_id", request.command_id)("actor.id", request.actor.id)("actor.scope", request.actor.scope);
  demand("run", request.run);
  for (const std::string& role : request.actor.roles) demand("actor.roles", role);
  if (auto fine = demand.take(); !fine) return fine;
  if (request.actor.id.empty())
    return Error{ErrorCode::invalid_argument, "a request needs an actor with an id", "say who asks"};
  return {};
}

Status demand_command(const Command& command) {
  Request request;
  request.command_id = command.id;
  request.actor = command.actor;
  request.run = command.run;
  if (auto fine = demand_request(request); !fine) return fine;
  Demand demand;
  if (const Start* start = command.as<Start>())
    demand("subject", start->subject)
        .maybe("key", start->key)
        .maybe("scope", start->scope)
        .maybe("thread", start->thread);
  if (const RecordEvent* record = command.as<RecordEvent>())
    demand.maybe("subject", record->subject).maybe("key", record->key);
  if (const AttachEvidence* evidence = command.as<AttachEvidence>())
    demand("media_type", evidence->media_type);
  if (const Delegate* delegate = command.as<Delegate>()) demand("to", delegate->to);
  return demand.take();
}

Status demand_feed(std::string_view feed, std::string_view cursor, const std::vector<IngestedEvent>& events) {
  Demand demand;
  demand("feed", feed)("cursor", cursor);
  for (const IngestedEvent& event : events)
    demand("subject", event.subject).maybe("key", event.key).maybe("scope", event.scope);
  return demand.take();
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
