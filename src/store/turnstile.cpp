// Tickets as byte-range locks of the open file (fcntl(2), "Open file description locks").
// Layout of the file: the last ticket drawn, 8 bytes, at 0. Locks: the byte `door` while drawing, the byte
// `first_ticket + n` for ticket n. The bytes locked lie far behind the end of the file.
#include "store/turnstile.hpp"

#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

constexpr std::uint64_t first_ticket = 1ull << 32;
constexpr std::uint64_t door = (1ull << 62);
constexpr std::uint64_t last_ticket = 1ull << 61;

#if !defined(F_OFD_SETLK)
#define F_OFD_GETLK -1
#define F_OFD_SETLK -1
#endif

}  // namespace

Turnstile::~Turnstile() { give_up(); }

void Turnstile::give_up() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
  ticket_ = 0;
}

void Turnstile::open(const std::string& store) {
  struct stat of_store = {};
  if (::stat(store.c_str(), &of_store) != 0) return;
  const std::string path = store + "-turn";
  const mode_t rights = of_store.st_mode & 0666;
  file_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (file_ >= 0 || errno != ENOENT) return;
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, rights);
  if (file_ < 0) return;
  // As SQLite does for its journals: who may write the store may use what lies beside it, whatever the umask.
  [[maybe_unused]] const int set = ::fchmod(file_, rights);
  if (::geteuid() == 0) [[maybe_unused]]
    const int given = ::fchown(file_, of_store.st_uid, of_store.st_gid);
}

bool Turnstile::lock(int command, short type, std::uint64_t at) const {
  struct flock range = {};
  range.l_type = type;
  range.l_whence = SEEK_SET;
  range.l_start = static_cast<off_t>(at);
  range.l_len = 1;
  int rc = 0;
  do {
    rc = ::fcntl(file_, command, &range);
  } while (rc != 0 && errno == EINTR);
  return rc == 0;
}

void Turnstile::draw() {
  if (file_ < 0 || ticket_ != 0) return;
  const auto drawing_since = std::chrono::steady_clock::now();
  // The door is held for a few microseconds; who dies in it has left it. Who is stopped in it is not waited for.
  for (int attempt = 0; !lock(F_OFD_SETLK, F_WRLCK, door); ++attempt) {
    if (errno != EAGAIN && errno != EACCES) return give_up();  // no such locks here
    if (std::chrono::steady_clock::now() - drawing_since > stuck_after) return;
    std::this_thread::sleep_for(std::chrono::microseconds(attempt < 10 ? 20 : 200));
  }
  std::uint64_t last = 0;
  if (::pread(file_, &last, sizeof last, 0) != sizeof last || last >= last_ticket) last = 0;
  // A byte that is taken belongs to somebody from before the count began anew.
  do ++last;
  while (!lock(F_OFD_SETLK, F_WRLCK, first_ticket + last) && (errno == EAGAIN || errno == EACCES));
  const bool written = ::pwrite(file_, &last, sizeof last, 0) == sizeof last;
  lock(F_OFD_SETLK, F_UNLCK, door);
  if (!written) return give_up();
  ticket_ = last;
  front_ = 0;
  front_since_ = std::chrono::steady_clock::now();
}

std::uint64_t Turnstile::ahead() {
  if (file_ < 0 || ticket_ == 0) return 0;
  struct flock before = {};
  before.l_type = F_WRLCK;
  before.l_whence = SEEK_SET;
  before.l_start = static_cast<off_t>(first_ticket);
  before.l_len = static_cast<off_t>(ticket_);
  if (::fcntl(file_, F_OFD_GETLK, &before) != 0 || before.l_type == F_UNLCK) return 0;
  const std::uint64_t front = static_cast<std::uint64_t>(before.l_start) - first_ticket;
  const auto now = std::chrono::steady_clock::now();
  if (front != front_) {
    front_ = front;
    front_since_ = now;
  } else if (now - front_since_ >= stuck_after) {
    return 0;
  }
  return ticket_ - front;
}

void Turnstile::leave() {
  if (file_ < 0 || ticket_ == 0) return;
  lock(F_OFD_SETLK, F_UNLCK, first_ticket + ticket_);
  ticket_ = 0;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
