// Memory runs out at each allocation of each function of the C API, along the tour: the status says so or the failure was
// absorbed, outputs are empty, nothing is lost or half done, and the engine goes on. Four tours: the n-th allocation alone
// fails, or it and all after it; a store in memory, or in a file.
//   out_of_memory [--all]   --all: at each allocation; else beyond the 30th in growing strides
#include "live.h"
#include "support.h"
#include "tables.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <new>

namespace {

bool armed = false, for_ever = false, failed = false;
long until = 0;

void* allocate(std::size_t size, std::size_t align) noexcept {
  if (armed && --until <= 0 && (for_ever || until == 0)) {
    failed = true;
    return nullptr;
  }
  if (size == 0) size = 1;
  if (align <= alignof(std::max_align_t)) return std::malloc(size);
  return std::aligned_alloc(align, (size + align - 1) / align * align);
}

void* allocate_or_throw(std::size_t size, std::size_t align = 0) {
  void* const memory = allocate(size, align);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return allocate_or_throw(size); }
void* operator new[](std::size_t size) { return allocate_or_throw(size); }
void* operator new(std::size_t size, std::align_val_t align) {
  return allocate_or_throw(size, static_cast<std::size_t>(align));
}
void* operator new[](std::size_t size, std::align_val_t align) {
  return allocate_or_throw(size, static_cast<std::size_t>(align));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size, 0); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size, 0); }
void* operator new(std::size_t size, std::align_val_t align, const std::nothrow_t&) noexcept {
  return allocate(size, static_cast<std::size_t>(align));
}
void* operator new[](std::size_t size, std::align_val_t align, const std::nothrow_t&) noexcept {
  return allocate(size, static_cast<std::size_t>(align));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t, const std::nothrow_t&) noexcept { std::free(memory); }

namespace {

bool every_one = false;
unsigned long tries = 0;
long longest = 0;

void wrong(const function* f, long n, const char* what) {
  ++checks_failed;
  std::printf("%s, allocation %ld: %s\n", f->name, n, what);
}

aesop_engine* engine_of(const world* w) {
  for (int i = 0; i < SLOTS; ++i)
    if (slot_kinds[i] == KIND_ENGINE) return static_cast<aesop_engine*>(w->slots[i]);
  return nullptr;
}

void forget(world* w) {
  for (int i = 0; i < SLOTS; ++i)
    if (slot_kinds[i] == KIND_ENGINE) w->slots[i] = nullptr;
}

bool has_id(const function* f) {
  for (int i = 0; i < f->parameters; ++i)
    if (parameter_of(f, i)->kind == P_REQUEST) return true;
  return false;
}

/// Entries and head of the log.
void log_of(aesop_engine* engine, char* into, std::size_t size) {
  aesop_text* text = nullptr;
  into[0] = '\0';
  if (engine != nullptr && aesop_engine_verify_log(engine, AESOP_NONE, &text, nullptr) == AESOP_OK)
    std::snprintf(into, size, "%s", aesop_text_data(text));
  aesop_text_free(text);
}

/// What a call that ran out of memory left: nothing in its outputs. Frees an absorbed failure's.
void look_at(const function* f, const outputs* out, const argument* a, const outcome* r, long n) {
  for (int i = 0; i < f->parameters; ++i) {
    const parameter* p = parameter_of(f, i);
    if (a[i].pointer == nullptr) continue;
    const bool is_error = r->status != AESOP_OK && r->status != AESOP_REJECTED;
    if (p->kind == P_OUT_HANDLE) {
      if (is_error && out->handle[i] != nullptr && std::strcmp(f->name, "aesop_engine_execute") != 0)
        wrong(f, n, "an output is set after an error");
      if (!is_error && out->handle[i] == nullptr) wrong(f, n, "an output is missing");
      free_handle(p->handle, out->handle[i]);
    }
    if (p->kind == P_OUT_VERDICT && is_error && out->verdict != AESOP_VERDICT_NONE)
      wrong(f, n, "a verdict is given");
    if (p->kind == P_OUT_COUNT && is_error && out->count != 0) wrong(f, n, "a count is given");
    if (p->kind == P_ERR) {
      if (!is_error && out->err != nullptr) wrong(f, n, "an error is set without one");
      if (out->err != nullptr && aesop_error_status(out->err) != r->status)
        wrong(f, n, "the error is another");
      aesop_error_free(out->err);
    }
  }
}

void one_call(world* w, int number, const char* path, bool& batch) {
  const call_row* row = &calls[number];
  const function* f = &functions[row->function];
  bool before = false;
  char log_before[400], log_after[400];
  log_of(engine_of(w), log_before, sizeof log_before);
  for (long n = 1;; n += every_one || n < 30 ? 1 : n / 25) {
    argument a[MOST_PARAMETERS];
    outputs out;
    outcome r = {AESOP_OK, nullptr, 0};
    outputs_dirty(&out);
    good_arguments(w, row, &out, a);
    if (std::strcmp(f->name, "aesop_engine_open") == 0) a[0].str = AESOP_STR(path);
    failed = false;
    until = n;
    armed = true;
    f->call(a, &r);
    armed = false;
    ++checks_made;
    if (!failed) {
      longest = n > longest ? n : longest;
      const bool again = before && !has_id(f);  // one without an id may have been done before
      if (r.status != row->gives && !again)
        std::printf("  (%s)\n", f->gives == GIVES_STATUS ? aesop_error_message(out.err) : ""),
            wrong(f, n, aesop_status_name(r.status));
      for (int i = 0; i < f->parameters; ++i)
        if (!again && row->answer != nullptr && parameter_of(f, i)->kind == P_OUT_HANDLE &&
            parameter_of(f, i)->handle == KIND_TEXT && parameter_of(f, i - 1)->kind != P_OUT_VERDICT) {
          const auto* text = static_cast<const aesop_text*>(out.handle[i]);
          if (text == nullptr || !fits(row->answer, aesop_text_data(text))) {
            wrong(f, n, "another answer than the tour's");
            std::printf("  %s\n", text != nullptr ? aesop_text_data(text) : "none");
          }
        }
      keep_outputs(w, row, &out, a);
      if (std::strcmp(f->name, "aesop_engine_close") == 0) forget(w);
      break;
    }
    ++tries;
    before = true;
    if (f->gives == GIVES_STATUS && r.status != AESOP_E_OUT_OF_MEMORY && r.status != row->gives) {
      std::printf("  (%s)\n", aesop_error_message(out.err));
      wrong(f, n, aesop_status_name(r.status));
    }
    look_at(f, &out, a, &r, n);
    if (aesop_engine* engine = engine_of(w);
        engine != nullptr && std::strcmp(f->name, "aesop_engine_close") != 0) {
      if (aesop_engine_feeds(engine, nullptr, nullptr) != AESOP_OK) wrong(f, n, "the engine does not go on");
      if (batch && r.status == AESOP_E_OUT_OF_MEMORY && has_id(f)) {
        // What it did is not known, so its batch is given up and begun anew.
        if (aesop_engine_rollback_batch(engine, nullptr) != AESOP_OK) wrong(f, n, "a batch is not given up");
        if (aesop_engine_begin_batch(engine, nullptr) != AESOP_OK) wrong(f, n, "no batch begins");
      }
      if (has_id(f) && (n <= 8 || n % 16 == 0)) {
        log_of(engine, log_after, sizeof log_after);
        if (std::strcmp(log_before, log_after) != 0) {  // then it was done, and its answer was lost
          argument b[MOST_PARAMETERS];
          outputs given;
          outcome s = {AESOP_OK, nullptr, 0};
          outputs_dirty(&given);
          good_arguments(w, row, &given, b);
          f->call(b, &s);
          if (s.status != row->gives) wrong(f, n, "half done");
          look_at(f, &given, b, &s, n);
          std::memcpy(log_before, log_after, sizeof log_before);
          log_of(engine, log_after, sizeof log_after);
          if (std::strcmp(log_before, log_after) != 0) wrong(f, n, "done twice");
        }
      }
    }
    // A batch that was begun, or ended, although its caller was told otherwise.
    if (std::strstr(f->name, "batch") != nullptr && r.status == row->gives) break;
  }
  if (std::strstr(f->name, "batch") != nullptr) batch = std::strstr(f->name, "begin") != nullptr;
  if (engine_of(w) != nullptr && std::strcmp(f->name, "aesop_engine_close") != 0 && !sound(engine_of(w)))
    wrong(f, 0, "the log or the store is not sound");
}

void tour(const char* path, bool all_after) {
  static world w;
  bool batch = false;
  std::memset(&w, 0, sizeof w);
  for_ever = all_after;
  for (int i = 0; i < CALLS; ++i) one_call(&w, i, path, batch);
  world_free(&w);
}

}  // namespace

int main(int count, char** words) {
  every_one = count > 1 && std::strcmp(words[1], "--all") == 0;
  const char* file = "c_out_of_memory.db";
  for (const bool all_after : {false, true}) {
    tour(":memory:", all_after);
    std::remove(file);
    tour(file, all_after);
  }
  std::remove(file);
  CHECK(live_handles() == 0);
  std::printf("%d functions, %lu failed allocations%s; the longest call has about %ld\n", FUNCTIONS, tries,
              every_one ? "" : " (each up to the 30th, then a 25th further on each time)", longest);
  return report();
}
