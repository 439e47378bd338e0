// Counts what the benchmark allocates, so cheaply that what is measured hardly changes: a count for each thread, in a file
// of its own, so that no call of new sees through it.
#include "bench/bench.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {
thread_local long allocations = 0;
}

long aesop_bench::allocation_count() { return allocations; }

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
