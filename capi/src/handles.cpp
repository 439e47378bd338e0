// The table behind the tokens.
#include "handles.hpp"

#include <deque>
#include <memory>
#include <mutex>
#include <new>

#if !defined(_WIN32)
#include <pthread.h>
#endif

namespace aesop::capi {
namespace {

// A token, from its lowest bit: one that is always set (so that no token is an aligned address), the kind, the generation,
// the slot. Where pointers have 32 bits there is room for fewer of each.
constexpr unsigned word = sizeof(std::uintptr_t) * 8;
constexpr unsigned kind_bits = 4;
constexpr unsigned generation_bits = word == 64 ? 31 : 11;
constexpr unsigned slot_bits = word - 1 - kind_bits - generation_bits;
constexpr std::uintptr_t last_generation = (std::uintptr_t{1} << generation_bits) - 1;
constexpr std::uintptr_t last_slot = (std::uintptr_t{1} << slot_bits) - 1;
constexpr std::uintptr_t no_slot = last_slot;

struct Slot {
  std::shared_ptr<Object> object = {};
  std::uintptr_t generation = 1;
  std::uintptr_t next_free = no_slot;
};

struct Table {
  std::mutex mutex;
  std::deque<Slot> slots;
  std::uintptr_t free = no_slot;
  std::size_t used = 0;
  std::size_t stores = 0;
  bool inherited = false;
};

Table& table();

#if !defined(_WIN32)
void before_fork() { table().mutex.lock(); }
void after_fork_in_parent() { table().mutex.unlock(); }
void after_fork_in_child() {
  Table& all = table();
  all.inherited = all.inherited || all.stores > 0;
  all.mutex.unlock();
}
#endif

Table& make_table() {
  Table& one = *new Table;
#if !defined(_WIN32)
  if (pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child) != 0) throw std::bad_alloc();
#endif
  return one;
}

// Never destroyed: handles may be freed while the process ends.
Table& table() {
  static Table& one = make_table();
  return one;
}

// Made while the library is loaded, so that no fork finds it half made.
[[maybe_unused]] const Table& made_early = table();

constexpr std::uintptr_t token(std::uintptr_t slot, std::uintptr_t generation, Kind kind) {
  return (((slot << generation_bits | generation) << kind_bits | static_cast<std::uintptr_t>(kind)) << 1) | 1;
}

/// The slot of a token, or nullptr when it stands for nothing. The table is locked.
Slot* slot_of(Table& table, std::uintptr_t of) {
  if ((of & 1) == 0) return nullptr;
  const std::uintptr_t index = of >> (1 + kind_bits + generation_bits);
  if (index >= table.slots.size()) return nullptr;
  Slot& slot = table.slots[index];
  if (!slot.object || token(index, slot.generation, slot.object->kind) != of) return nullptr;
  return &slot;
}

}  // namespace

std::string_view name_of(Kind kind) {
  constexpr std::string_view names[] = {"nothing", "text", "error",  "sop", "gate",
                                        "rule",    "expr", "engine", "dmn"};
  return names[static_cast<std::size_t>(kind)];
}

std::uintptr_t put(std::shared_ptr<Object> object) {
  Table& all = table();
  const std::lock_guard lock(all.mutex);
  std::uintptr_t index = all.free;
  if (index == no_slot) {
    if (all.slots.size() >= last_slot) throw std::bad_alloc();
    all.slots.emplace_back();
    index = all.slots.size() - 1;
  } else {
    all.free = all.slots[index].next_free;
  }
  Slot& slot = all.slots[index];
  slot.object = std::move(object);
  ++all.used;
  return token(index, slot.generation, slot.object->kind);
}

Result<std::shared_ptr<Object>> find(std::uintptr_t of, Kind kind) {
  if (of == 0) return Error{ErrorCode::invalid_argument, cat("the ", name_of(kind), " is NULL")};
  Kind other = Kind::none;
  {
    Table& all = table();
    const std::lock_guard lock(all.mutex);
    if (Slot* slot = slot_of(all, of)) {
      if (slot->object->kind == kind) return slot->object;
      other = slot->object->kind;
    }
  }
  if (other == Kind::none)
    return Error{ErrorCode::stale_handle,
                 cat("this is no handle, or one that was freed; wanted: ", name_of(kind)),
                 "do not use a handle after it was freed"};
  return Error{ErrorCode::wrong_handle,
               cat("this is a handle of another kind: ", name_of(other), " in place of ", name_of(kind))};
}

std::shared_ptr<Object> take(std::uintptr_t of, Kind kind) noexcept {
  if (of == 0) return {};
  Table& all = table();
  const std::lock_guard lock(all.mutex);
  Slot* slot = slot_of(all, of);
  if (slot == nullptr || slot->object->kind != kind) return {};
  std::shared_ptr<Object> object = std::move(slot->object);
  slot->object.reset();
  --all.used;
  if (slot->generation < last_generation) {
    ++slot->generation;
    slot->next_free = all.free;
    all.free = of >> (1 + kind_bits + generation_bits);
  }
  return object;
}

OpenStore::OpenStore() noexcept {
  Table& all = table();
  const std::lock_guard lock(all.mutex);
  ++all.stores;
}

OpenStore::~OpenStore() {
  Table& all = table();
  const std::lock_guard lock(all.mutex);
  --all.stores;
}

bool stores_inherited() noexcept {
  Table& all = table();
  const std::lock_guard lock(all.mutex);
  return all.inherited;
}

std::size_t handle_count() noexcept {
  Table& all = table();
  const std::lock_guard lock(all.mutex);
  return all.used;
}

}  // namespace aesop::capi
