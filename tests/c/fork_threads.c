/* A fork in a program with threads, whose others are within the library at that moment: the child's calls end, with the answer
 * that they have in a child without threads. */
#define _POSIX_C_SOURCE 200809L
#include "support.h"

#include <pthread.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static aesop_engine* engine;
static volatile int stop;

/* Handles come and go, and the engine is asked, without a pause. */
static void* hammer(void* unused) {
  (void)unused;
  while (!stop) {
    aesop_expr* expr = NULL;
    aesop_text* answer = NULL;
    if (aesop_expr_compile(AESOP_STR("1 + 1"), AESOP_NONE, &expr, NULL) != AESOP_OK) return (void*)1;
    if (aesop_engine_people(engine, &answer, NULL) != AESOP_OK) return (void*)1;
    aesop_text_free(answer);
    aesop_expr_free(expr);
  }
  return NULL;
}

static int child_is_answered(aesop_expr* expr) {
  aesop_text* answer = NULL;
  aesop_error* error = NULL;
  aesop_expr* made = NULL;
  int good;
  alarm(60); /* a child that waits for ever is killed, and the test fails */
  good = aesop_engine_people(engine, &answer, &error) == AESOP_E_FORKED && answer == NULL;
  good = good && aesop_error_status(error) == AESOP_E_FORKED;
  aesop_error_free(error);
  good = good && start_run(engine, "start-2", "r2", NULL, NULL) == AESOP_E_FORKED;
  good = good && aesop_expr_evaluate(expr, AESOP_STR("{\"n\": 20}"), MORNING, &answer, NULL) == AESOP_OK;
  good = good && strstr(aesop_text_data(answer), "40") != NULL;
  aesop_text_free(answer);
  good = good && aesop_expr_compile(AESOP_STR("n + 1"), AESOP_STR("[\"n\"]"), &made, NULL) == AESOP_OK;
  aesop_expr_free(made);
  aesop_expr_free(expr);
  aesop_engine_close(engine);
  return good && aesop_engine_people(engine, NULL, NULL) == AESOP_E_STALE_HANDLE;
}

int main(void) {
  pthread_t threads[3];
  aesop_expr* expr = NULL;
  aesop_text* answer = NULL;
  size_t i;
  int k;
  engine = engine_with_sop(":memory:");
  CHECK_STATUS(AESOP_OK, aesop_expr_compile(AESOP_STR("n * 2"), AESOP_STR("[\"n\"]"), &expr, &err));
  CHECK_STATUS(AESOP_OK, aesop_expr_evaluate(expr, AESOP_STR("{\"n\": 1}"), MORNING, &answer, &err));
  aesop_text_free(answer);
  for (i = 0; i < sizeof threads / sizeof threads[0]; ++i)
    CHECK(pthread_create(&threads[i], NULL, hammer, NULL) == 0);
  fflush(stdout);
  for (k = 0; k < 100; ++k) {
    int how = -1;
    const pid_t child = fork();
    if (child == 0) _exit(child_is_answered(expr) ? 0 : 1);
    CHECK(child > 0 && waitpid(child, &how, 0) == child);
    CHECK(WIFEXITED(how) && WEXITSTATUS(how) == 0);
  }
  stop = 1;
  for (i = 0; i < sizeof threads / sizeof threads[0]; ++i) {
    void* bad = NULL;
    CHECK(pthread_join(threads[i], &bad) == 0 && bad == NULL);
  }
  aesop_expr_free(expr);
  aesop_engine_close(engine);
  return report();
}
