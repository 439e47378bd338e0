// The C API from several threads (rule (7) of aesop.h): each pair of its functions at once on the same handles, gates from
// four threads, engines on one store, closing while others call. ThreadSanitizer looks on where it is built in; what is
// asserted holds without it, too.
#include "catch.hpp"
#include "support.h"
#include "tables.h"

#include <atomic>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace {

int slot_of(handle_kind what) {
  for (int i = 0; i < SLOTS; ++i)
    if (slot_kinds[i] == what) return i;
  return -1;
}

const call_row* good_row(int function) {
  for (const call_row& row : calls)
    if (row.function == function && (row.gives == AESOP_OK || functions[function].gives != GIVES_STATUS))
      return &row;
  for (const call_row& row : calls)
    if (row.function == function) return &row;
  return nullptr;
}

bool is(int function, const char* word) { return std::strstr(functions[function].name, word) != nullptr; }

bool frees(int function) { return functions[function].gives == GIVES_NOTHING && !is(function, "_init"); }

/// The tour without what it closes and frees: every slot holds a handle. `only` stops it when the engine has its SOP.
void go_along(world& w) {
  for (const call_row& row : calls) {
    const function& f = functions[row.function];
    if (frees(row.function)) continue;
    argument a[MOST_PARAMETERS];
    outputs out;
    outcome r = {AESOP_OK, nullptr, 0};
    outputs_dirty(&out);
    good_arguments(&w, &row, &out, a);
    f.call(a, &r);
    keep_outputs(&w, &row, &out, a);
  }
}

/// A handle to be freed in place of the one in the slot.
void renew(world& w, handle_kind what) {
  const int slot = slot_of(what);
  free_handle(what, w.slots[slot]);
  w.slots[slot] = nullptr;
  for (const call_row& row : calls) {
    const function& f = functions[row.function];
    int i = 0;
    while (i < f.parameters &&
           !((parameter_of(&f, i)->kind == P_OUT_HANDLE || parameter_of(&f, i)->kind == P_ERR) &&
             arguments[row.first + i].number == slot))
      ++i;
    if (i == f.parameters) continue;
    argument a[MOST_PARAMETERS];
    outputs out;
    outcome r = {AESOP_OK, nullptr, 0};
    outputs_dirty(&out);
    good_arguments(&w, &row, &out, a);
    f.call(a, &r);
    keep_outputs(&w, &row, &out, a);
    return;
  }
}

std::atomic<int> unknown_statuses{0}, bad_outputs{0};

/// One call with the good arguments; what it gives is looked at and freed.
void call_once(const world& w, int function) {
  const struct function& f = functions[function];
  const call_row* row = good_row(function);
  argument a[MOST_PARAMETERS];
  outputs out;
  outcome r = {AESOP_OK, nullptr, 0};
  outputs_dirty(&out);
  good_arguments(&w, row, &out, a);
  f.call(a, &r);
  if (std::strcmp(aesop_status_name(r.status), "unknown") == 0 || r.status == AESOP_E_INTERNAL)
    ++unknown_statuses;
  const bool is_error = r.status != AESOP_OK && r.status != AESOP_REJECTED;
  for (int i = 0; i < f.parameters; ++i) {
    const parameter* p = parameter_of(&f, i);
    if (p->kind == P_ERR) {
      if ((out.err != nullptr) != is_error) ++bad_outputs;
      aesop_error_free(out.err);
    } else if (p->kind == P_OUT_HANDLE) {
      if ((out.handle[i] == nullptr) != is_error) ++bad_outputs;
      free_handle(p->handle, out.handle[i]);
    }
  }
}

}  // namespace

TEST_CASE("C API: two threads call any two functions on the same handles", "[threads]") {
  world w = {};
  go_along(w);
  auto* engine = static_cast<aesop_engine*>(w.slots[slot_of(KIND_ENGINE)]);
  unknown_statuses = 0;
  bad_outputs = 0;
  int pairs = 0;
  for (int one = 0; one < FUNCTIONS; ++one)
    for (int other = one; other < FUNCTIONS; ++other) {
      ++pairs;
      const auto rounds = [&w](int function) {
        for (int round = 0; round < 2; ++round) call_once(w, function);
      };
      // An engine that is closed is another one: making it anew each time costs what the whole tour costs.
      const bool closes = is(one, "engine_close") || is(other, "engine_close");
      if (closes) {
        w.slots[slot_of(KIND_ENGINE)] = nullptr;
        renew(w, KIND_ENGINE);
      }
      std::thread first(rounds, one), second(rounds, other);
      first.join();
      second.join();
      if (closes) {
        aesop_engine_close(static_cast<aesop_engine*>(w.slots[slot_of(KIND_ENGINE)]));
        w.slots[slot_of(KIND_ENGINE)] = engine;
      }
      for (const int function : {one, other}) {
        if (frees(function) && !is(function, "engine_close"))
          renew(w, parameter_of(&functions[function], 0)->handle);
        if (is(function, "_batch")) aesop_engine_rollback_batch(engine, nullptr);
      }
    }
  CHECK(pairs == FUNCTIONS * (FUNCTIONS + 1) / 2);
  CHECK(unknown_statuses == 0);
  CHECK(bad_outputs == 0);
  CHECK(sound(engine));
  world_free(&w);
}

TEST_CASE("C API: a gate answers four threads at once", "[threads]") {
  char* sop = read_text("tour.sop.json");
  aesop_gate* gate = nullptr;
  REQUIRE(aesop_gate_open(AESOP_STR(sop), AESOP_NONE, &gate, nullptr) == AESOP_OK);
  free(sop);
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number)
    threads.emplace_back([&, number] {
      for (int round = 0; round < 200; ++round) {
        const int amount = (round + number) % 2;
        const std::string facts = "{\"reason\": \"torn\", \"amount\": " + std::to_string(amount) + "}";
        aesop_verdict verdict = AESOP_VERDICT_NONE;
        aesop_text* text = nullptr;
        if (aesop_gate_check(gate, AESOP_STR(facts.c_str()), MORNING, AESOP_NONE, &verdict, &text, nullptr) !=
                AESOP_OK ||
            verdict != (amount > 0 ? AESOP_VERDICT_PASS : AESOP_VERDICT_BLOCK) || aesop_text_size(text) == 0)
          ++wrong;
        aesop_text_free(text);
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
  aesop_gate_free(gate);
}

TEST_CASE("C API: two threads write one store, each with an engine of its own", "[threads]") {
  const char* path = "threads_shared.db";
  std::remove(path);
  aesop_engine* engine = engine_with_sop(path);
  REQUIRE(engine != nullptr);
  std::atomic<int> wrong{0};
  const auto work = [&](const std::string& name) {
    aesop_open_options how = AESOP_OPEN_OPTIONS_INIT;
    how.busy_milliseconds = 60000;
    aesop_engine* own = nullptr;
    if (aesop_engine_open(AESOP_STR(path), &how, &own, nullptr) != AESOP_OK) ++wrong;
    for (int i = 0; i < 15; ++i) {
      const std::string run = name + std::to_string(i);
      if (start_run(own, run.c_str(), run.c_str(), nullptr, nullptr) != AESOP_OK) ++wrong;
      aesop_text* tasks = nullptr;
      if (aesop_engine_worklist(own, AESOP_NONE, &tasks, nullptr) != AESOP_OK) ++wrong;
      aesop_text_free(tasks);
    }
    aesop_engine_close(own);
  };
  std::thread first(work, "a"), second(work, "b");
  first.join();
  second.join();
  CHECK(wrong == 0);
  aesop_text* runs = nullptr;
  REQUIRE(aesop_engine_runs(engine, AESOP_NONE, &runs, nullptr) == AESOP_OK);
  CHECK(std::string(aesop_text_data(runs)).find("\"number\":30") != std::string::npos);
  aesop_text_free(runs);
  CHECK(sound(engine));
  aesop_engine_close(engine);
  for (const char* end : {"", "-turn"}) std::remove((std::string(path) + end).c_str());
}

TEST_CASE("C API: closing an engine waits for the call under way, and later calls are stale", "[threads]") {
  const char* path = "threads_close.db";
  std::remove(path);
  aesop_engine_close(engine_with_sop(path));
  aesop_open_options how = AESOP_OPEN_OPTIONS_INIT;
  how.exclusive = 1;
  how.busy_milliseconds = 0;
  std::atomic<int> wrong{0};
  for (int round = 0; round < 10; ++round) {
    aesop_engine *engine = nullptr, *next = nullptr;
    REQUIRE(aesop_engine_open(AESOP_STR(path), &how, &engine, nullptr) == AESOP_OK);
    std::atomic<bool> begun{false};
    std::thread caller([&] {
      aesop_status status = AESOP_OK;
      while (status == AESOP_OK) {
        status = aesop_engine_verify_log(engine, AESOP_NONE, nullptr, nullptr);
        begun = true;
      }
      if (status != AESOP_E_STALE_HANDLE) ++wrong;
    });
    while (!begun) std::this_thread::yield();
    aesop_engine_close(engine);
    // Its file is free now, whatever the other thread does.
    CHECK(aesop_engine_open(AESOP_STR(path), &how, &next, nullptr) == AESOP_OK);
    caller.join();
    aesop_engine_close(next);
  }
  CHECK(wrong == 0);
  std::remove(path);
}

TEST_CASE("C API: four threads make and free handles, and each is its own", "[threads]") {
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number)
    threads.emplace_back([&, number] {
      const std::string feel = std::to_string(number) + " + 1",
                        says = "{\"value\":" + std::to_string(number + 1) + "}";
      for (int round = 0; round < 200; ++round) {
        aesop_expr* expr = nullptr;
        aesop_text* text = nullptr;
        if (aesop_expr_compile(AESOP_STR(feel.c_str()), AESOP_NONE, &expr, nullptr) != AESOP_OK) ++wrong;
        if (aesop_expr_evaluate(expr, AESOP_NONE, MORNING, &text, nullptr) != AESOP_OK ||
            aesop_text_data(text) != says)
          ++wrong;
        aesop_expr_free(expr);
        if (aesop_expr_evaluate(expr, AESOP_NONE, MORNING, nullptr, nullptr) != AESOP_E_STALE_HANDLE) ++wrong;
        aesop_text_free(text);
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}
