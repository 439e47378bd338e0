/* In a child after fork every call on an engine of its parent is AESOP_E_FORKED; closing it there harms nothing. What needs no
 * store works there as ever, also where other threads of the parent were inside the library; and where the parent had no
 * store open the child opens its own. No call hangs: an alarm would end the child. */
#define _POSIX_C_SOURCE 200809L
#include "support.h"

#include <pthread.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static int ended_well(pid_t child) {
  int how = -1;
  return child > 0 && waitpid(child, &how, 0) == child && WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

/* What a child may always do. */
static int works_without_a_store(void) {
  aesop_expr* expr = NULL;
  aesop_error* error = NULL;
  aesop_text* out = NULL;
  int good = aesop_expr_compile(AESOP_STR("1 + 1"), AESOP_NONE, &expr, NULL) == AESOP_OK;
  good = good && aesop_expr_evaluate(expr, AESOP_NONE, MORNING, &out, NULL) == AESOP_OK &&
         aesop_text_size(out) > 0;
  good = good && aesop_expr_compile(AESOP_STR("1 +"), AESOP_NONE, NULL, &error) != AESOP_OK && error != NULL;
  aesop_error_free(error);
  aesop_text_free(out);
  aesop_expr_free(expr);
  return good && aesop_expr_evaluate(expr, AESOP_NONE, MORNING, NULL, NULL) == AESOP_E_STALE_HANDLE;
}

/* A parent without an open store: what it opened before is closed. */
static void before_the_first_store(void) {
  pid_t child;
  aesop_engine_close(engine_with_sop(":memory:"));
  fflush(stdout);
  child = fork();
  if (child == 0) {
    aesop_engine* engine = engine_with_sop(":memory:");
    int good = works_without_a_store() && start_run(engine, "start-1", "r1", NULL, NULL) == AESOP_OK;
    pid_t grandchild = fork(); /* of a child that has a store */
    if (grandchild == 0)
      _exit(aesop_engine_open(AESOP_STR(":memory:"), NULL, NULL, NULL) == AESOP_E_FORKED ? 0 : 1);
    good = good && ended_well(grandchild);
    aesop_engine_close(engine);
    _exit(good ? 0 : 1);
  }
  CHECK(ended_well(child));
}

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static int stop = 0;

static int stopped(void) {
  int is;
  pthread_mutex_lock(&gate);
  is = stop;
  pthread_mutex_unlock(&gate);
  return is;
}

/* Takes handles, looks them up and frees them, without a pause. */
static void* hammer(void* engine) {
  while (!stopped()) {
    aesop_text* out = NULL;
    size_t i;
    for (i = 0; i < 50; ++i) {
      aesop_expr_evaluate(NULL, AESOP_NONE, MORNING, NULL, NULL);
      aesop_engine_evaluate((aesop_engine*)engine, AESOP_STR("1 + 1"), AESOP_NONE, MORNING, &out, NULL);
      aesop_text_size(out);
      aesop_text_free(out);
    }
  }
  return NULL;
}

static void while_threads_are_inside(void) {
  enum { threads = 4, forks = 200 };
  pthread_t all[threads];
  aesop_engine* engine = engine_with_sop(":memory:");
  int i, good = 1;
  for (i = 0; i < threads; ++i) CHECK(pthread_create(&all[i], NULL, hammer, engine) == 0);
  fflush(stdout);
  for (i = 0; i < forks && good; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      int fine;
      alarm(60);
      fine = works_without_a_store() && aesop_engine_people(engine, NULL, NULL) == AESOP_E_FORKED &&
             aesop_engine_open(AESOP_STR(":memory:"), NULL, NULL, NULL) == AESOP_E_FORKED;
      aesop_engine_close(engine);
      _exit(fine && aesop_engine_people(engine, NULL, NULL) == AESOP_E_STALE_HANDLE ? 0 : 1);
    }
    good = ended_well(child);
  }
  CHECK(good);
  pthread_mutex_lock(&gate);
  stop = 1;
  pthread_mutex_unlock(&gate);
  for (i = 0; i < threads; ++i) pthread_join(all[i], NULL);
  CHECK(sound(engine));
  aesop_engine_close(engine);
}

int main(void) {
  const char* paths[] = {"c_fork.db", ":memory:"};
  size_t i;
  before_the_first_store();
  while_threads_are_inside();
  for (i = 0; i < 2; ++i) {
    aesop_engine* engine;
    pid_t child;
    remove(paths[i]);
    engine = engine_with_sop(paths[i]);
    CHECK_STATUS(AESOP_OK, aesop_engine_begin_batch(engine, &err));
    CHECK_STATUS(AESOP_OK, start_run(engine, "start-1", "r1", NULL, &err));
    fflush(stdout);
    child = fork();
    if (child == 0) {
      aesop_text* answer = NULL;
      aesop_error* error = NULL;
      int good = aesop_engine_people(engine, &answer, &error) == AESOP_E_FORKED && answer == NULL &&
                 aesop_error_status(error) == AESOP_E_FORKED;
      good = good && start_run(engine, "start-2", "r2", NULL, NULL) == AESOP_E_FORKED;
      good = good && aesop_engine_commit_batch(engine, NULL) == AESOP_E_FORKED;
      good = good && aesop_engine_rollback_batch(engine, NULL) == AESOP_E_FORKED;
      good = good && aesop_engine_rebuild(engine, NULL, NULL) == AESOP_E_FORKED;
      aesop_error_free(error);
      aesop_engine_close(engine);
      good = good && aesop_engine_people(engine, NULL, NULL) == AESOP_E_STALE_HANDLE;
      /* nor may it open one: SQLite in here still believes in its parent's locks */
      good = good && aesop_engine_open(AESOP_STR(paths[i]), NULL, &engine, NULL) == AESOP_E_FORKED &&
             engine == NULL;
      _exit(good ? 0 : 1);
    }
    CHECK(ended_well(child));
    CHECK_STATUS(AESOP_OK, aesop_engine_commit_batch(engine, &err)); /* the parent's batch is as it was */
    CHECK_STATUS(AESOP_OK, aesop_engine_run(engine, AESOP_STR("r1"), NULL, &err));
    CHECK(sound(engine));
    aesop_engine_close(engine);
    remove(paths[i]);
  }
  return report();
}
