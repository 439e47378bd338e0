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

/// Where a path leads when it is a symbolic link, link by link, also to a file that is not there yet. As it came
/// when it is none, or when the links lead in a circle.
std::string followed(std::string path);

/// The magic number statfs gives for the path or, when it does not exist, for the folder it would be made in;
/// nullopt when that cannot be told (another system, no such folder).
std::optional<std::uint64_t> filesystem_magic(const std::string& path);

/// Name of a file system whose locks and syncs depend on another machine or on a user's program; empty for
/// all others. FUSE is among them: what is behind it cannot be seen, and usually it is a network.
std::string_view network_filesystem_name(std::uint64_t magic);

/// network_filesystem unless the magic is of a local file system or `allowed`.
Status demand_local(std::optional<std::uint64_t> magic, bool allowed);

/// invalid_argument when the file has more than one name. The journal lies beside the name by which a store was
/// opened: whoever opens it by the other one does not see it, and reads half a transaction.
Status demand_one_name(const std::string& path);

}  // namespace detail
}  // namespace v0
}  // namespace aesop
