// statfs and its magic numbers (linux/magic.h, statfs(2)); names and links of a file.
#include "store/filesystem.hpp"

#if defined(__linux__)
#include <sys/vfs.h>
#endif
#include <sys/stat.h>
#include <unistd.h>

namespace aesop {
inline namespace v0 {
namespace detail {

std::string followed(std::string path) {
  std::string given = path;
  for (int links = 0; links < 40; ++links) {
    char target[4096];
    const ssize_t size = readlink(path.c_str(), target, sizeof target);
    if (size < 0) return path;  // no link, or nothing there
    const std::string_view name(target, static_cast<std::size_t>(size));
    const std::size_t slash = path.rfind('/');
    path = name.starts_with('/') || slash == std::string::npos
               ? std::string(name)
               : path.substr(0, slash + 1) + std::string(name);
  }
  return given;
}

Status demand_one_name(const std::string& path) {
  struct stat info = {};
  if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_nlink <= 1) return {};
  return Error{ErrorCode::invalid_argument,
               cat("the file has ", static_cast<std::uint64_t>(info.st_nlink), " names (hard links)"),
               "a store has one name: remove the others, or open a copy made with the backup"};
}

std::optional<std::uint64_t> filesystem_magic(const std::string& given) {
#if defined(__linux__)
  const std::string path = followed(given);
  struct statfs info = {};
  if (statfs(path.c_str(), &info) == 0) return static_cast<std::uint64_t>(info.f_type) & 0xFFFFFFFFu;
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  if (statfs(folder.c_str(), &info) == 0) return static_cast<std::uint64_t>(info.f_type) & 0xFFFFFFFFu;
#else
  (void)given;
#endif
  return std::nullopt;
}

std::string_view network_filesystem_name(std::uint64_t magic) {
  switch (magic) {
    case 0x6969:
      return "NFS";
    case 0x517B:
      return "SMB";
    case 0xFF534D42:
      return "CIFS";
    case 0xFE534D42:
      return "SMB2";
    case 0x65735546:
      return "FUSE";
    case 0x01021997:
      return "9P";
    case 0x5346414F:
      return "AFS";
    case 0x6B414653:
      return "AFS";
    case 0x00C36400:
      return "Ceph";
    case 0x564C:
      return "NCP";
    case 0x73757245:
      return "Coda";
    case 0x0BD00BD0:
      return "Lustre";
    case 0x47504653:
      return "GPFS";
    case 0x01161970:
      return "GFS2";
    case 0x7461636F:
      return "OCFS2";
    default:
      return {};
  }
}

Status demand_local(std::optional<std::uint64_t> magic, bool allowed) {
  if (allowed || !magic) return {};
  const std::string_view name = network_filesystem_name(*magic);
  if (name.empty()) return {};
  return Error{ErrorCode::network_filesystem, cat("the store lies on a network file system (", name, ")"),
               "move it to a local disk; see docs/storage.md before allowing it"};
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
