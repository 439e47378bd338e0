// Texts of the host that become control fields: they stand in the log for ever and are never erased. Internal to engine.
#pragma once

#include "engine/ingest.hpp"

#include "aesop/base/result.hpp"
#include "aesop/engine/options.hpp"
#include "aesop/run/command.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// Most bytes of such a text.
inline constexpr std::size_t host_text_size = 200;

/// invalid_argument when the text is longer, or has a control character. `what` names it in the message.
Status demand_text(std::string_view what, std::string_view text);

/// Those of a request: its id, its actor with id, roles and scope, its run. invalid_argument when nobody asks.
Status demand_request(const Request& request);
/// Those of the commands of a run.
Status demand_command(const Command& command);
/// Those of a batch of a feed.
Status demand_feed(std::string_view feed, std::string_view cursor, const std::vector<IngestedEvent>& events);

}  // namespace detail
}  // namespace v0
}  // namespace aesop
