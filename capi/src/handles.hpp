// The one table of handles: what a pointer of the C API stands for. Part capi; body in handles.cpp.
//
// (1) A handle is a token: slot, generation and kind, never an address. A slot that was freed has another generation; one
//     whose generations are used up is not used again. So a stale token is known for ever.
// (2) The table is the library's only global. It is locked for the moment of a look-up; what it gives is owned by who got
//     it, so that an object freed meanwhile lives until its last call ends.
// (3) Taking out allocates nothing and cannot fail.
// (4) Nobody is inside the table when the process forks: the thread that forks holds the lock meanwhile, so that the child
//     finds the table whole and the lock free. SQLite has locks, and a list of open files, that cannot be had so: a child
//     that inherits a store, open or being opened, opens none.
#pragma once

#include "aesop.h"

#include "aesop/base/result.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace aesop::capi {

enum class Kind : std::uint8_t { none, text, error, sop, gate, rule, expr, engine, dmn };

std::string_view name_of(Kind kind);

/// What a handle may stand for.
struct Object {
  explicit Object(Kind the_kind) : kind(the_kind) {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() = default;
  const Kind kind;
};

/// Gives an object a token. Throws std::bad_alloc; then the object is gone.
std::uintptr_t put(std::shared_ptr<Object> object);

/// What a token stands for: invalid_argument for 0, stale_handle, wrong_handle.
Result<std::shared_ptr<Object>> find(std::uintptr_t token, Kind kind);

/// Takes the token back; nothing where it stands for nothing of this kind.
std::shared_ptr<Object> take(std::uintptr_t token, Kind kind) noexcept;

/// Counts a store as long as it may be in the hands of SQLite: from before it is opened until it is closed.
class OpenStore {
 public:
  OpenStore() noexcept;
  ~OpenStore();
  OpenStore(const OpenStore&) = delete;
  OpenStore& operator=(const OpenStore&) = delete;
};

/// Whether a store was open, or being opened, when this process was forked from its parent; or so for the parent.
bool stores_inherited() noexcept;

/// How many handles there are, for tests.
std::size_t handle_count() noexcept;

template <class Handle>
std::uintptr_t token_of(const Handle* handle) {
  return reinterpret_cast<std::uintptr_t>(handle);
}

/// An object of the type T, as whose kind `T::the_kind` it was put.
template <class T, class Handle>
Result<std::shared_ptr<T>> get(const Handle* handle) {
  auto found = find(token_of(handle), T::the_kind);
  if (!found) return found.take_error();
  return std::static_pointer_cast<T>(found.take());
}

template <class Handle>
Handle* handle_of(std::shared_ptr<Object> object) {
  return reinterpret_cast<Handle*>(put(std::move(object)));
}

}  // namespace aesop::capi
