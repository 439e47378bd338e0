// What kind of file system a path lies on. Internal to store.
#pragma once

#include "aesop/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace detail {

/// The magic number statfs gives for the path or, when it does not exist, for its folder; nullopt when that
/// cannot be told (another system, no such folder).
std::optional<std::uint64_t> filesystem_magic(const std::string& path);

/// Name of a file system whose locks and syncs depend on another machine or on a user's program; empty for
/// all others. FUSE is among them: what is behind it cannot be seen, and usually it is a network.
std::string_view network_filesystem_name(std::uint64_t magic);

/// network_filesystem unless the magic is of a local file system or `allowed`.
Status demand_local(std::optional<std::uint64_t> magic, bool allowed);

}  // namespace detail
}  // namespace v0
}  // namespace aesop
