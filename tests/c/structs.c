/* Request and options: their defaults, their sizes, what is reserved; then texts: limits, encodings, NULs. */
#include "support.h"

static void options(void) {
  aesop_open_options made, good = AESOP_OPEN_OPTIONS_INIT;
  aesop_engine* engine = NULL;
  static const uint32_t sizes[] = {0, 1, 4, 23, 4097, UINT32_MAX}; /* 24: the size in the first header */
  struct {
    aesop_open_options known;
    unsigned char later[4096 - sizeof(aesop_open_options)];
  } newer;
  size_t i;
  memset(&made, 0xAA, sizeof made);
  aesop_open_options_init(&made);
  CHECK(memcmp(&made, &good, sizeof made) == 0);
  aesop_open_options_init(NULL);
  for (i = 0; i < sizeof sizes / sizeof sizes[0]; ++i) {
    made.size = sizes[i];
    engine = (aesop_engine*)(void*)&made;
    CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_engine_open(AESOP_STR(":memory:"), &made, &engine, &err));
    CHECK(engine == NULL);
  }
  memset(&newer, 0, sizeof newer);
  newer.known = good;
  {
    const uint32_t taken[] = {24, (uint32_t)sizeof good, (uint32_t)sizeof good + 1, (uint32_t)sizeof good + 8,
                              4096};
    for (i = 0; i < sizeof taken / sizeof taken[0]; ++i) {
      newer.known.size = taken[i];
      CHECK_STATUS(AESOP_OK, aesop_engine_open(AESOP_STR(":memory:"), &newer.known, &engine, &err));
      aesop_engine_close(engine);
    }
  }
  newer.later[7] = 1;
  newer.known.size = (uint32_t)sizeof good + 7; /* what lies behind it is not looked at */
  CHECK_STATUS(AESOP_OK, aesop_engine_open(AESOP_STR(":memory:"), &newer.known, &engine, &err));
  aesop_engine_close(engine);
  newer.known.size = (uint32_t)sizeof good + 8;
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT,
               aesop_engine_open(AESOP_STR(":memory:"), &newer.known, &engine, &err));
  for (i = 0; i < 4; ++i) {
    uint32_t* switches[4];
    made = good;
    switches[0] = &made.create;
    switches[1] = &made.read_only;
    switches[2] = &made.exclusive;
    switches[3] = &made.allow_network;
    *switches[i] = 2;
    CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_engine_open(AESOP_STR(":memory:"), &made, &engine, &err));
  }
}

static void request(void) {
  aesop_engine* engine = engine_with_sop(":memory:");
  aesop_request made, init = AESOP_REQUEST_INIT;
  static const uint32_t first =
      (uint32_t)(offsetof(aesop_request, occurred_at) + 8); /* in the first header */
  const uint32_t sizes[] = {0, 1, 8, first - 1, 4097, UINT32_MAX};
  struct {
    aesop_request known;
    unsigned char later[8];
  } newer;
  size_t i;
  memset(&made, 0, sizeof made);
  aesop_request_init(&made);
  CHECK(made.size == init.size && made.at == AESOP_NO_TIME && made.expected_revision == AESOP_NO_REVISION &&
        made.occurred_at == AESOP_NO_TIME && made.command_id.size == 0);
  aesop_request_init(NULL);
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_engine_resume(engine, NULL, NULL, &err));
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT,
               aesop_engine_resume(engine, &made, NULL, &err)); /* no id, no time, no actor */
  for (i = 0; i < sizeof sizes / sizeof sizes[0]; ++i) {
    made = request_of("id", ANN, "r1");
    made.size = sizes[i];
    CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_engine_resume(engine, &made, NULL, &err));
  }
  memset(&newer, 0, sizeof newer);
  newer.known = request_of("id", ANN, "r1");
  for (i = 0; i < 3; ++i) { /* taken; the run is not there */
    newer.known.size = i == 0 ? first : (uint32_t)sizeof newer.known + (i == 1 ? 0 : 8);
    CHECK_STATUS(AESOP_E_UNKNOWN_RUN, aesop_engine_resume(engine, &newer.known, NULL, &err));
  }
  newer.later[7] = 1;
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_engine_resume(engine, &newer.known, NULL, &err));
  made = request_of("id", ANN, "r1");
  made.reserved = 1;
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_engine_resume(engine, &made, NULL, &err));
  made = request_of("id", ANN, "r1");
  made.at = AESOP_NO_TIME;
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_engine_resume(engine, &made, NULL, &err));
  made.at = INT64_MAX;
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_engine_resume(engine, &made, NULL, &err));
  made = request_of("id", ANN, "r1");
  made.expected_revision = UINT64_MAX - 1;
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_engine_resume(engine, &made, NULL, &err));
  made = request_of("id", "{\"id\": 5}", "r1");
  CHECK_STATUS(AESOP_E_SCHEMA_ERROR, aesop_engine_resume(engine, &made, NULL, &err));
  CHECK_STATUS(AESOP_E_UNKNOWN_RUN,
               aesop_engine_run(engine, AESOP_STR("r1"), NULL, &err)); /* nothing was begun */
  CHECK(sound(engine));
  aesop_engine_close(engine);
}

static void texts(void) {
  const size_t limit = aesop_text_limit();
  char* big = (char*)malloc(limit + 1);
  aesop_str str = {NULL, 1};
  aesop_text* out = NULL;
  aesop_engine* engine = engine_with_sop(":memory:");
  if (big == NULL) exit(2);
  memset(big, ' ', limit + 1);
  memcpy(big, "1 + 1", 5);
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT,
               aesop_expr_compile(str, AESOP_NONE, NULL, &err)); /* NULL with a size */
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT, aesop_expr_compile(AESOP_NONE, AESOP_NONE, NULL, &err));
  str.data = big;
  str.size = limit + 1;
  CHECK_STATUS(AESOP_E_LIMIT_EXCEEDED, aesop_expr_compile(str, AESOP_NONE, NULL, &err));
  CHECK_STATUS(AESOP_E_LIMIT_EXCEEDED, aesop_sop_load(str, AESOP_NONE, NULL, &err));
  str.size = SIZE_MAX;
  CHECK_STATUS(AESOP_E_LIMIT_EXCEEDED, aesop_sop_load(str, AESOP_NONE, NULL, &err));
  memcpy(big, "{}    ", 6);
  str.size = limit; /* just as long as it may be: what it says counts */
  CHECK_STATUS(AESOP_E_SCHEMA_ERROR, aesop_engine_execute(engine, str, NULL, &err));
  str.data = "\xFF";
  str.size = 1;
  CHECK_STATUS(AESOP_E_BAD_UTF8, aesop_expr_compile(str, AESOP_NONE, NULL, &err));
  CHECK_STATUS(AESOP_E_BAD_UTF8, aesop_engine_execute(engine, str, NULL, &err));
  str.data = ":memory:\0x";
  str.size = 10;
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT,
               aesop_engine_open(str, NULL, NULL, &err)); /* a path is no text with a NUL */
  str.data = "1 + 1  garbage";
  str.size = 5; /* its size counts, and no NUL is needed */
  CHECK_STATUS(AESOP_OK, aesop_engine_evaluate(engine, str, AESOP_NONE, MORNING, &out, &err));
  CHECK(strcmp(aesop_text_data(out), "{\"value\":2}") == 0);
  aesop_text_free(out);
  str.data = "\"a\\u0000b\"";
  str.size = 10;
  CHECK_STATUS(AESOP_OK, aesop_engine_evaluate(engine, str, AESOP_NONE, MORNING, &out, &err));
  CHECK(aesop_text_size(out) == strlen(aesop_text_data(out))); /* in JSON it is escaped */
  aesop_text_free(out);
  free(big);
  aesop_engine_close(engine);
}

int main(void) {
  options();
  request();
  texts();
  return report();
}
