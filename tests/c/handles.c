/* Handles: one that is stale, of another kind, made up or NULL is an error and never a crash; any order of freeing. */
#include "support.h"

/* A pointer of that number. */
static void* made_up(uintptr_t number) { return (void*)number; }

static void null_and_stale(void) {
  aesop_text* text = NULL;
  aesop_expr* expr = NULL;
  int again;
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_expr_evaluate(NULL, AESOP_NONE, MORNING, &text, &err));
  CHECK_STATUS(AESOP_OK, aesop_expr_compile(AESOP_STR("1 + 1"), AESOP_NONE, &expr, &err));
  CHECK(expr != NULL);
  CHECK_STATUS(AESOP_OK, aesop_expr_evaluate(expr, AESOP_NONE, MORNING, &text, &err));
  CHECK(strcmp(aesop_text_data(text), "{\"value\":2}") == 0);
  aesop_expr_free(expr);
  CHECK(strcmp(aesop_text_data(text), "{\"value\":2}") == 0); /* what it gave lives on */
  for (again = 0; again < 3; ++again) {                       /* freed twice, and again: nothing */
    aesop_expr_free(expr);
    CHECK_STATUS(AESOP_E_STALE_HANDLE, aesop_expr_evaluate(expr, AESOP_NONE, MORNING, NULL, &err));
  }
  aesop_text_free(text);
  CHECK(aesop_text_data(text) == NULL);
  CHECK(aesop_text_size(text) == 0);
  aesop_text_free(text);
  aesop_text_free(NULL);
  aesop_error_free(NULL);
  aesop_sop_free(NULL);
  aesop_gate_free(NULL);
  aesop_rule_free(NULL);
  aesop_expr_free(NULL);
  aesop_engine_close(NULL);
}

static void errors_are_handles(void) {
  aesop_error* error = NULL;
  CHECK(aesop_expr_compile(AESOP_STR("a +"), AESOP_NONE, NULL, &error) == AESOP_E_UNKNOWN_NAME ||
        aesop_error_status(error) == AESOP_E_BAD_EXPRESSION);
  CHECK(aesop_error_message(error)[0] != '\0');
  aesop_error_free(error);
  CHECK(aesop_error_status(error) == AESOP_OK);
  CHECK(strcmp(aesop_error_message(error), "") == 0);
  CHECK(strcmp(aesop_error_help(error), "") == 0);
  CHECK(strcmp(aesop_error_json(error), "{}") == 0);
  aesop_error_free(error);
}

static void wrong_kind(void) {
  aesop_expr* expr = NULL;
  aesop_engine* engine = NULL;
  CHECK_STATUS(AESOP_OK, aesop_expr_compile(AESOP_STR("1"), AESOP_NONE, &expr, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_open(AESOP_STR(":memory:"), NULL, &engine, &err));
  CHECK_STATUS(AESOP_E_WRONG_HANDLE, aesop_engine_people((aesop_engine*)(void*)expr, NULL, &err));
  CHECK_STATUS(AESOP_E_WRONG_HANDLE,
               aesop_expr_evaluate((aesop_expr*)(void*)engine, AESOP_NONE, MORNING, NULL, &err));
  CHECK(aesop_text_data((aesop_text*)(void*)engine) == NULL);
  aesop_engine_close((aesop_engine*)(void*)expr); /* not its kind: nothing */
  aesop_text_free((aesop_text*)(void*)expr);
  CHECK_STATUS(AESOP_OK, aesop_expr_evaluate(expr, AESOP_NONE, MORNING, NULL, &err));
  aesop_engine_close(engine);
  CHECK_STATUS(AESOP_E_STALE_HANDLE, aesop_engine_people(engine, NULL, &err));
  aesop_expr_free(expr);
}

static void made_up_ones(void) {
  static const uintptr_t some[] = {
      1, 2, 3, 7, 8, 0x10, 0xDEADBEEF, 0x7FFFFFFF, UINTPTR_MAX, UINTPTR_MAX - 1, UINTPTR_MAX / 2};
  int local = 0;
  size_t i;
  aesop_engine* engine = NULL;
  CHECK_STATUS(AESOP_OK, aesop_engine_open(AESOP_STR(":memory:"), NULL, &engine, &err));
  for (i = 0; i < sizeof some / sizeof some[0]; ++i) {
    CHECK_STATUS(AESOP_E_STALE_HANDLE, aesop_engine_people((aesop_engine*)made_up(some[i]), NULL, &err));
    aesop_engine_close((aesop_engine*)made_up(some[i]));
  }
  for (i = 0; i < sizeof(uintptr_t) * 8; ++i) { /* each bit of a good one turned over */
    aesop_engine* other = (aesop_engine*)made_up((uintptr_t)engine ^ ((uintptr_t)1 << i));
    const aesop_status status = aesop_engine_people(other, NULL, NULL);
    CHECK(status == AESOP_E_STALE_HANDLE || status == AESOP_E_WRONG_HANDLE);
    aesop_engine_close(other);
  }
  CHECK_STATUS(AESOP_E_STALE_HANDLE, aesop_engine_people((aesop_engine*)(void*)&local, NULL, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_people(engine, NULL, &err));
  aesop_engine_close(engine);
}

/* A place that is used again has another token: the old one stays stale for ever. */
static void generations(void) {
  enum { MANY = 20000 };
  aesop_expr *first = NULL, *last = NULL;
  int i;
  CHECK_STATUS(AESOP_OK, aesop_expr_compile(AESOP_STR("1"), AESOP_NONE, &first, &err));
  aesop_expr_free(first);
  for (i = 0; i < MANY; ++i) {
    if (aesop_expr_compile(AESOP_STR("2"), AESOP_NONE, &last, NULL) != AESOP_OK || last == first) break;
    aesop_expr_free(last);
  }
  CHECK(i == MANY);
  CHECK_STATUS(AESOP_E_STALE_HANDLE, aesop_expr_evaluate(first, AESOP_NONE, MORNING, NULL, &err));
}

static void any_order(void) {
  char* sop = read_text("tour.sop.json");
  aesop_engine* engine = engine_with_sop(":memory:");
  aesop_gate* gate = NULL;
  aesop_sop* loaded = NULL;
  aesop_text *report_text = NULL, *answer = NULL;
  aesop_error* error = NULL;
  CHECK_STATUS(AESOP_OK, aesop_gate_open(AESOP_STR(sop), AESOP_NONE, &gate, &err));
  CHECK_STATUS(AESOP_OK, aesop_sop_load(AESOP_STR(sop), AESOP_NONE, &loaded, &err));
  free(sop); /* the library copies what it keeps */
  CHECK_STATUS(AESOP_OK, aesop_gate_check(gate, AESOP_NONE, MORNING, AESOP_NONE, NULL, &report_text, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_sops(engine, &answer, &err));
  CHECK(aesop_engine_run(engine, AESOP_STR("none"), NULL, &error) == AESOP_E_UNKNOWN_RUN);
  aesop_engine_close(engine);
  aesop_sop_free(loaded);
  aesop_gate_free(gate);
  CHECK(aesop_text_size(answer) > 0);
  aesop_text_free(report_text);
  CHECK(aesop_error_status(error) == AESOP_E_UNKNOWN_RUN);
  aesop_text_free(answer);
  aesop_error_free(error);
}

int main(void) {
  CHECK(strcmp(aesop_status_name(AESOP_E_STALE_HANDLE), "stale-handle") == 0);
  CHECK(strcmp(aesop_status_name(AESOP_E_WRONG_HANDLE), "wrong-handle") == 0);
  null_and_stale();
  errors_are_handles();
  wrong_kind();
  made_up_ones();
  generations();
  any_order();
  return report();
}
