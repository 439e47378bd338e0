// flock(2) on a file beside the store.
#include "store/turnstile.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace aesop {
inline namespace v0 {
namespace detail {

Turnstile::~Turnstile() {
  // In a child after fork the lock is the parent's too, and closing leaves it his.
  if (file_ >= 0) ::close(file_);
}

void Turnstile::open(const std::string& store) {
  const std::string path = store + "-turn";
  struct stat of_store = {};
  if (::stat(store.c_str(), &of_store) != 0) return;
  const mode_t rights = of_store.st_mode & 0666;
  file_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (file_ >= 0 || errno != ENOENT) return;
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, rights);
  // As SQLite does for its journals: who may write the store may use what lies beside it, whatever the umask.
  if (file_ < 0) return;
  [[maybe_unused]] const int set = ::fchmod(file_, rights);
  if (::geteuid() == 0) [[maybe_unused]]
    const int given = ::fchown(file_, of_store.st_uid, of_store.st_gid);
}

bool Turnstile::enter() {
  if (file_ < 0 || inside_) return true;
  while (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK) return false;
    ::close(file_);  // no locks here: go on without
    file_ = -1;
    return true;
  }
  inside_ = true;
  return true;
}

void Turnstile::leave() {
  if (!inside_) return;
  inside_ = false;
  ::flock(file_, LOCK_UN);
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
