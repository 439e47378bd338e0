/* Commands: a repeated id, a conflict, a refusal with its reason, batches, a store that is read only. */
#include "support.h"

static void ids(void) {
  aesop_engine* engine = engine_with_sop(":memory:");
  aesop_text *first = NULL, *second = NULL;
  aesop_request request = request_of("cancel", LEA, "r1");
  CHECK_STATUS(AESOP_OK, start_run(engine, "start", "r1", &first, &err));
  CHECK_STATUS(AESOP_OK, start_run(engine, "start", "r1", &second, &err)); /* the same id: the same answer */
  CHECK(strcmp(aesop_text_data(first), aesop_text_data(second)) == 0);
  aesop_text_free(first);
  aesop_text_free(second);
  CHECK_STATUS(AESOP_E_COMMAND_ID_REUSED, start_run(engine, "start", "r2", NULL, &err));
  CHECK_STATUS(AESOP_E_UNKNOWN_RUN, aesop_engine_run(engine, AESOP_STR("r2"), NULL, &err));
  request.expected_revision = 1; /* it has gone on to 2 */
  CHECK_STATUS(AESOP_REJECTED, aesop_engine_cancel(engine, &request, AESOP_STR("why"), &first, &err));
  CHECK(strstr(aesop_text_data(first), "\"reason\":\"conflict\"") != NULL);
  aesop_text_free(first);
  request.expected_revision = 2;
  request.command_id = AESOP_STR("cancel-2");
  CHECK_STATUS(AESOP_OK, aesop_engine_cancel(engine, &request, AESOP_STR("why"), NULL,
                                             &err)); /* an answer not wanted */
  request.expected_revision = AESOP_NO_REVISION;
  request.command_id = AESOP_STR("cancel-3");
  CHECK_STATUS(AESOP_REJECTED, aesop_engine_cancel(engine, &request, AESOP_STR("why"), &first, &err));
  CHECK(strstr(aesop_text_data(first), "\"reason\":") != NULL);
  CHECK_STATUS(AESOP_REJECTED, aesop_engine_cancel(engine, &request, AESOP_STR("why"), &second,
                                                   &err)); /* refusals are kept too */
  CHECK(strcmp(aesop_text_data(first), aesop_text_data(second)) == 0);
  aesop_text_free(first);
  aesop_text_free(second);
  CHECK(sound(engine));
  aesop_engine_close(engine);
}

static void parameters_twice(void) {
  aesop_engine* engine = engine_with_sop(":memory:");
  aesop_request request = request_of("start", ANN, "r1");
  CHECK_STATUS(AESOP_E_SCHEMA_ERROR, aesop_engine_start(engine, &request, AESOP_STR("tour"), AESOP_STR("s"),
                                                        AESOP_STR("{\"subject\": \"other\"}"), NULL, &err));
  CHECK_STATUS(AESOP_E_SCHEMA_ERROR,
               aesop_engine_start(engine, &request, AESOP_STR("tour"), AESOP_STR("s"),
                                  AESOP_STR("{\"command_id\": \"other\"}"), NULL, &err));
  CHECK_STATUS(AESOP_E_SCHEMA_ERROR, aesop_engine_start(engine, &request, AESOP_STR("tour"), AESOP_STR("s"),
                                                        AESOP_STR("[1]"), NULL, &err));
  aesop_engine_close(engine);
}

/* What docs/commands.md calls {"error"} is an error of execute like any other: no answer. */
static void execute(void) {
  aesop_engine* engine = engine_with_sop(":memory:");
  static const char* const bad[] = {"{\"do\": \"strat\"}", "{\"do\": 5}", "[]", "{", "\xFF", ""};
  static const aesop_status expected[] = {AESOP_E_UNKNOWN_NAME, AESOP_E_SCHEMA_ERROR, AESOP_E_SCHEMA_ERROR,
                                          AESOP_E_PARSE_ERROR,  AESOP_E_BAD_UTF8,     AESOP_E_SCHEMA_ERROR};
  size_t i;
  for (i = 0; i < sizeof bad / sizeof bad[0]; ++i) {
    aesop_text* answer = NULL;
    CHECK_STATUS(expected[i], aesop_engine_execute(engine, AESOP_STR(bad[i]), &answer, &err));
    CHECK(answer == NULL);
  }
  aesop_engine_close(engine);
}

static void batches(void) {
  aesop_engine* engine = engine_with_sop(":memory:");
  aesop_request bad = request_of("bad", ANN, "r3");
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_engine_commit_batch(engine, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_rollback_batch(engine, &err)); /* none is open: nothing */
  CHECK_STATUS(AESOP_OK, aesop_engine_begin_batch(engine, &err));
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_engine_begin_batch(engine, &err));
  CHECK_STATUS(AESOP_OK, start_run(engine, "start-1", "r1", NULL, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_run(engine, AESOP_STR("r1"), NULL, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_rollback_batch(engine, &err));
  CHECK_STATUS(AESOP_E_UNKNOWN_RUN, aesop_engine_run(engine, AESOP_STR("r1"), NULL, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_begin_batch(engine, &err));
  CHECK_STATUS(AESOP_OK, start_run(engine, "start-1", "r1", NULL, &err)); /* its id is free again */
  CHECK_STATUS(AESOP_E_NOT_FOUND,
               aesop_engine_start(engine, &bad, AESOP_STR("none"), AESOP_STR("s"), AESOP_NONE, NULL, &err));
  CHECK_STATUS(AESOP_OK, start_run(engine, "start-2", "r2", NULL,
                                   &err)); /* an error before it wrote leaves the batch */
  CHECK_STATUS(AESOP_OK, aesop_engine_commit_batch(engine, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_run(engine, AESOP_STR("r1"), NULL, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_run(engine, AESOP_STR("r2"), NULL, &err));
  CHECK(sound(engine));
  aesop_engine_close(engine);
}

static void read_only(void) {
  const char* path = "c_read_only.db";
  aesop_open_options how = AESOP_OPEN_OPTIONS_INIT;
  aesop_engine* engine;
  remove(path);
  how.create = 0;
  CHECK_STATUS(AESOP_E_NOT_FOUND, aesop_engine_open(AESOP_STR(path), &how, &engine, &err));
  engine = engine_with_sop(path);
  CHECK_STATUS(AESOP_OK, start_run(engine, "start-1", "r1", NULL, &err));
  aesop_engine_close(engine);
  how.read_only = 1;
  CHECK_STATUS(AESOP_OK, aesop_engine_open(AESOP_STR(path), &how, &engine, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_run(engine, AESOP_STR("r1"), NULL, &err));
  CHECK_STATUS(AESOP_E_READ_ONLY, start_run(engine, "start-2", "r2", NULL, &err));
  CHECK_STATUS(AESOP_E_READ_ONLY, aesop_engine_begin_batch(engine, &err));
  CHECK_STATUS(AESOP_OK,
               start_run(engine, "start-1", "r1", NULL, &err)); /* what was answered is answered again */
  CHECK(sound(engine));
  aesop_engine_close(engine);
  remove(path);
}

/* Who only looks leases nothing: the next one sees the same. */
static void outbox(void) {
  aesop_engine* engine = engine_with_sop(":memory:");
  aesop_text *first = NULL, *second = NULL;
  CHECK_STATUS(AESOP_OK, start_run(engine, "start", "r1", NULL, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_poll_outbox(engine, MORNING, 0, 0, &first, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_poll_outbox(engine, MORNING, 0, 0, &second, &err));
  CHECK(first != NULL && second != NULL && strcmp(aesop_text_data(first), aesop_text_data(second)) == 0);
  aesop_text_free(first);
  aesop_text_free(second);
  aesop_engine_close(engine);
}

int main(void) {
  ids();
  outbox();
  parameters_twice();
  execute();
  batches();
  read_only();
  return report();
}
