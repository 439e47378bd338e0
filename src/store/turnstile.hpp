// The queue of the writers of a shared store. Internal to store.
//
// SQLite's write lock has no queue: who commits and begins again at once finds it free, and who sleeps in between does
// not. So a writer first draws a ticket, waits until nobody with an earlier one is left, takes the write lock, and gives
// the ticket back. The one at the front is alone in watching the write lock; all others wait in the order they came.
// (1) It is for fairness only. What it cannot do (a folder that may not be written, a system without these locks) is
//     done without it, and the write lock alone keeps writers apart. Nothing in the file is needed after a power cut.
// (2) A ticket is a lock on one byte of a file of its own beside the store ("STORE-turn"), held by the open file
//     (F_OFD_SETLK): several engines of a process stand in it like several processes, and who dies has left. The
//     store's own file must not be opened for this: closing it would drop SQLite's locks (docs/storage.md).
// (3) Order comes from the tickets, not from who looks at the right moment, so looking may be lazy.
// (4) A ticket is never waited for inside a transaction, so the two locks cannot block each other.
// (5) Whoever stands in front without moving for stuck_after (a stopped process) is passed by.
// (6) The file is never removed: who still had it open would stand in another queue.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace aesop {
inline namespace v0 {
namespace detail {

class Turnstile {
 public:
  static constexpr std::chrono::milliseconds stuck_after{1000};

  Turnstile() = default;
  Turnstile(const Turnstile&) = delete;
  Turnstile& operator=(const Turnstile&) = delete;
  ~Turnstile();

  /// Opens or makes the file beside the store's, with its rights.
  void open(const std::string& store);
  bool works() const { return file_ >= 0; }

  /// Draws a ticket. Without effect when one is held, or when it does not work (1).
  void draw();
  /// Tickets between this one and the front, at most: 0 says that it is this one's turn, as it is without a ticket.
  std::uint64_t ahead();
  /// Gives the ticket back.
  void leave();

 private:
  bool lock(int command, short type, std::uint64_t at) const;
  void give_up();

  int file_ = -1;
  std::uint64_t ticket_ = 0;  // 0: none
  std::uint64_t front_ = 0;   // the first ticket when last looked at
  std::chrono::steady_clock::time_point front_since_ = {};
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
