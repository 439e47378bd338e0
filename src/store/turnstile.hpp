// The order in which the writers of a shared store take their turns. Internal to store.
//
// SQLite's write lock has no queue: who commits and begins again at once finds it free, and who sleeps in between does
// not. A turnstile stands before it: a writer first takes the turnstile, then the write lock, then lets the turnstile
// go. So at most one writer watches the write lock, it gets it when it falls free, and who has just let it go stands
// with all the others before the turnstile.
// (1) It is for fairness only: what it cannot do (a folder that may not be written) is done without it, and the write
//     lock alone keeps writers apart.
// (2) It is a lock of the system (flock) on a file of its own beside the store: a process that dies lets it go. The
//     store's own file must not be opened for it, since closing it would drop SQLite's locks (docs/storage.md).
// (3) The file stays empty, and stays: removing it while others wait would make two turnstiles.
#pragma once

#include <string>

namespace aesop {
inline namespace v0 {
namespace detail {

class Turnstile {
 public:
  Turnstile() = default;
  Turnstile(const Turnstile&) = delete;
  Turnstile& operator=(const Turnstile&) = delete;
  ~Turnstile();

  /// Opens or makes the file "STORE-turn", with the rights of the store's file.
  void open(const std::string& store);
  bool works() const { return file_ >= 0; }

  /// Takes it if it is free. True as well when it does not work (1).
  bool enter();
  void leave();

 private:
  int file_ = -1;
  bool inside_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace aesop
