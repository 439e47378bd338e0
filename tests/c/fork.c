/* In a child after fork every call on an engine of its parent is AESOP_E_FORKED; closing it there harms nothing. */
#define _POSIX_C_SOURCE 200809L
#include "support.h"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  const char* paths[] = {"c_fork.db", ":memory:"};
  size_t i;
  for (i = 0; i < 2; ++i) {
    aesop_engine* engine;
    pid_t child;
    int how = -1;
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
      if (i == 0) { /* it may open the store anew */
        good = good && aesop_engine_open(AESOP_STR(paths[i]), NULL, &engine, NULL) == AESOP_OK;
        good = good && aesop_engine_run(engine, AESOP_STR("r1"), NULL, NULL) ==
                           AESOP_E_UNKNOWN_RUN; /* not committed yet */
        aesop_engine_close(engine);
      }
      _exit(good ? 0 : 1);
    }
    CHECK(child > 0 && waitpid(child, &how, 0) == child);
    CHECK(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    CHECK_STATUS(AESOP_OK, aesop_engine_commit_batch(engine, &err)); /* the parent's batch is as it was */
    CHECK_STATUS(AESOP_OK, aesop_engine_run(engine, AESOP_STR("r1"), NULL, &err));
    CHECK(sound(engine));
    aesop_engine_close(engine);
    remove(paths[i]);
  }
  return report();
}
