// Counts what the program allocates, for the tests that say a path allocates nothing or stays within bounds. In a file of
// its own, so that no call of new sees through it.
#include "rules/allocations.hpp"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<long> allocations{0};
std::atomic<long> held{0};
std::atomic<long> peak{0};

// Before each block stands its size.
constexpr std::size_t header = alignof(std::max_align_t);

void* taken(std::size_t size) {
  ++allocations;
  void* memory = std::malloc(size + header);
  if (memory == nullptr) return nullptr;
  *static_cast<std::size_t*>(memory) = size;
  const long now = held += static_cast<long>(size);
  for (long most = peak; most < now && !peak.compare_exchange_weak(most, now);) {
  }
  return static_cast<char*>(memory) + header;
}

void given_back(void* memory) {
  if (memory == nullptr) return;
  void* block = static_cast<char*>(memory) - header;
  held -= static_cast<long>(*static_cast<std::size_t*>(block));
  std::free(block);
}

}  // namespace

long allocation_count() { return allocations; }
long bytes_held() { return held; }
long bytes_peak() { return peak; }
void forget_peak() { peak = held.load(); }

void* operator new(std::size_t size) {
  if (void* memory = taken(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return taken(size); }
void operator delete(void* memory) noexcept { given_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { given_back(memory); }
