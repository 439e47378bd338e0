/* Every function of the header, every parameter, every kind of bad argument, the others good: no crash, a status that is
 * one, outputs empty after an error, an error object exactly where there is an error and it is wanted, a log that has not
 * moved, and an engine that goes on. It goes along the tour, so that each function is misused where its good call works. */
#define _POSIX_C_SOURCE 200809L
#include "live.h"
#include "support.h"
#include "tables.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned long cases;
static unsigned long cases_of[PARAMETERS];
static world w;
static void *stale, *other_kind, *text_kind;
static char* big;

#define ANY ((aesop_status)-1)  /* any status that has a name */
#define GOOD ((aesop_status)-2) /* what the good call gives */

typedef struct bad {
  argument value;
  aesop_status expected;
} bad;

static bad bads[400];
static int bad_count;

static aesop_engine* engine_slot(void) {
  int i;
  for (i = 0; i < SLOTS; ++i)
    if (slot_kinds[i] == KIND_ENGINE) return (aesop_engine*)w.slots[i];
  return NULL;
}

static bad* add(aesop_status expected) {
  bad* one = &bads[bad_count++];
  memset(one, 0, sizeof *one);
  one->expected = expected;
  if ((size_t)bad_count > sizeof bads / sizeof bads[0]) exit(2);
  return one;
}

static void add_str(const char* data, size_t size, aesop_status expected) {
  bad* one = add(expected);
  one->value.str.data = data;
  one->value.str.size = size;
}

static char deep[2000];

static void bad_texts(int any_bytes) {
  static const char* const texts[] = {" ",
                                      "not JSON",
                                      "{",
                                      "[1,",
                                      "5",
                                      "-1e99999",
                                      "true",
                                      "null",
                                      "\"text\"",
                                      "[]",
                                      "{}",
                                      "[5]",
                                      "[[[]]]",
                                      "{\"nope\": 1}",
                                      "{\"a\": 1, \"a\": 2}",
                                      "{\"at\": 5}",
                                      "{\"id\": \"\"}",
                                      "\x01\x02\x7F",
                                      "\xE2\x80\xAE mirrored",
                                      "%s%n",
                                      "../../../x",
                                      "'; DROP TABLE log; --"};
  size_t i;
  add_str(NULL, 0, ANY);
  add_str("x", 0, ANY);
  add_str(NULL, 5, AESOP_E_INVALID_ARGUMENT);
  add_str(NULL, SIZE_MAX, AESOP_E_INVALID_ARGUMENT);
  add_str("x", SIZE_MAX, AESOP_E_LIMIT_EXCEEDED);
  add_str(big, aesop_text_limit() + 1, AESOP_E_LIMIT_EXCEEDED);
  add_str("\xC3(", 2, any_bytes ? ANY : AESOP_E_BAD_UTF8);
  add_str("\xED\xA0\x80", 3, any_bytes ? ANY : AESOP_E_BAD_UTF8); /* half a surrogate pair */
  add_str("\xF4\x90\x80\x80", 4, any_bytes ? ANY : AESOP_E_BAD_UTF8);
  add_str("ab\xE2\x82", 4, any_bytes ? ANY : AESOP_E_BAD_UTF8); /* cut off */
  add_str("a\0b", 3, ANY);
  add_str("\0", 1, ANY);
  add_str(deep, sizeof deep, ANY);
  add_str(big, 5000, ANY);
  for (i = 0; i < sizeof texts / sizeof texts[0]; ++i) add_str(texts[i], strlen(texts[i]), ANY);
}

static void bad_handles(const parameter* p, const function* f, void* good) {
  static int local;
  const uintptr_t made_up[] = {1,
                               2,
                               3,
                               7,
                               8,
                               0x1000,
                               0xDEADBEEF,
                               INTPTR_MAX,
                               UINTPTR_MAX,
                               UINTPTR_MAX - 1,
                               (uintptr_t)&local,
                               (uintptr_t)good ^ 1,
                               (uintptr_t)good ^ ((uintptr_t)1 << 5),
                               (uintptr_t)good ^ ((uintptr_t)1 << 20),
                               (uintptr_t)good ^ ((uintptr_t)1 << (sizeof(uintptr_t) * 8 - 1))};
  const int getter = f->gives != GIVES_STATUS || strcmp(f->name, "aesop_error_status") == 0;
  size_t i;
  add(getter ? ANY : AESOP_E_INVALID_ARGUMENT)->value.pointer = NULL;
  add(getter ? ANY : AESOP_E_STALE_HANDLE)->value.pointer = stale;
  add(getter ? ANY : AESOP_E_WRONG_HANDLE)->value.pointer = p->handle == KIND_TEXT ? other_kind : text_kind;
  for (i = 0; i < sizeof made_up / sizeof made_up[0]; ++i)
    add(getter ? ANY : AESOP_E_STALE_HANDLE)->value.pointer = (void*)made_up[i];
}

static aesop_request bad_requests[300];
static int bad_request_count;

static aesop_request* add_request(const aesop_request* good, aesop_status expected) {
  aesop_request* one = &bad_requests[bad_request_count++];
  if ((size_t)bad_request_count > sizeof bad_requests / sizeof bad_requests[0]) exit(2);
  *one = *good;
  add(expected)->value.pointer = one;
  return one;
}

/* Each member of a request is a parameter of its own. */
static void bad_requests_of(const aesop_request* good) {
  static const uint32_t sizes[] = {0, 1, 4, (uint32_t)sizeof(aesop_request) - 1, 4097, UINT32_MAX};
  static const int64_t times[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX, INT64_MAX / 2};
  int first = bad_count, last, member, i;
  size_t k;
  bad_request_count = 0;
  bad_texts(0);
  last = bad_count;
  for (member = 0; member < 3; ++member)
    for (i = first; i < last; ++i) {
      const aesop_str text = bads[i].value.str;
      aesop_request* one = add_request(good, bads[i].expected);
      *(member == 0 ? &one->command_id : member == 1 ? &one->actor : &one->run) = text;
    }
  memmove(&bads[first], &bads[last], (size_t)(bad_count - last) * sizeof bads[0]);
  bad_count -= last - first;
  for (k = 0; k < sizeof sizes / sizeof sizes[0]; ++k)
    add_request(good, AESOP_E_INVALID_ARGUMENT)->size = sizes[k];
  add_request(good, AESOP_E_INVALID_ARGUMENT)->reserved = 1;
  add_request(good, AESOP_E_INVALID_ARGUMENT)->reserved = UINT32_MAX;
  for (k = 0; k < sizeof times / sizeof times[0]; ++k) {
    add_request(good, AESOP_E_INVALID_ARGUMENT)->at = times[k];
    if (k > 0) add_request(good, AESOP_E_INVALID_ARGUMENT)->occurred_at = times[k];
  }
  add_request(good, ANY)->expected_revision = 0;
  add_request(good, ANY)->expected_revision = INT64_MAX;
  add_request(good, AESOP_E_INVALID_ARGUMENT)->expected_revision = UINT64_MAX - 1;
  add_request(good, AESOP_E_INVALID_ARGUMENT)->expected_revision = (uint64_t)INT64_MAX + 1;
  add(AESOP_E_INVALID_ARGUMENT)->value.pointer = NULL;
}

static void bad_options(void) {
  static aesop_open_options made[12];
  static const uint32_t sizes[] = {0, 1, 4, (uint32_t)sizeof(aesop_open_options) - 1, 4097, UINT32_MAX};
  size_t k;
  for (k = 0; k < 11; ++k) {
    made[k] = good_options;
    if (k < 6) made[k].size = sizes[k];
    add(k < 10 ? AESOP_E_INVALID_ARGUMENT : GOOD)->value.pointer = &made[k];
  }
  made[6].create = 2;
  made[7].read_only = UINT32_MAX;
  made[8].exclusive = 2;
  made[9].allow_network = 2;
  made[10].busy_milliseconds = UINT32_MAX;
  add(GOOD)->value.pointer = NULL;
}

static void bad_values(const function* f, const parameter* p, const argument* good) {
  static const uint32_t numbers[] = {0, 1, 2, INT32_MAX, (uint32_t)INT32_MAX + 1, UINT32_MAX - 1, UINT32_MAX};
  static const int64_t times[] = {INT64_MIN,
                                  INT64_MIN + 1,
                                  INT64_MAX,
                                  INT64_MAX - 1,
                                  -INT64_C(62135596800000001),
                                  INT64_C(253402300800000000)};
  static const int statuses[] = {INT_MIN, -1, 2, 999, 1000, 1009, 9003, INT_MAX};
  size_t k;
  bad_count = 0;
  switch (p->kind) {
    case P_STR:
      bad_texts(strcmp(p->name, "bytes") == 0);
      break;
    case P_HANDLE:
      bad_handles(p, f, good->pointer);
      break;
    case P_REQUEST:
      bad_requests_of((const aesop_request*)good->pointer);
      break;
    case P_OPTIONS:
      bad_options();
      break;
    case P_TIME:
      for (k = 0; k < sizeof times / sizeof times[0]; ++k)
        add(AESOP_E_INVALID_ARGUMENT)->value.time = times[k];
      add(ANY)->value.time = 0;
      add(ANY)->value.time = -1;
      break;
    case P_NUMBER:
      for (k = 0; k < sizeof numbers / sizeof numbers[0]; ++k) add(ANY)->value.number = numbers[k];
      break;
    case P_STATUS:
      for (k = 0; k < sizeof statuses / sizeof statuses[0]; ++k)
        add(ANY)->value.status = (aesop_status)statuses[k];
      break;
    case P_INIT_REQUEST:
    case P_INIT_OPTIONS:
    case P_OUT_HANDLE:
    case P_OUT_VERDICT:
    case P_OUT_INT:
    case P_OUT_COUNT:
    case P_ERR:
      add(GOOD)->value.pointer = NULL;
      break;
  }
}

static int known(aesop_status status) { return strcmp(aesop_status_name(status), "unknown") != 0; }

/* The log's length and head, as text. */
static void log_now(aesop_engine* engine, char* into, size_t size) {
  aesop_text* text = NULL;
  into[0] = '\0';
  if (engine != NULL && aesop_engine_verify_log(engine, AESOP_NONE, &text, NULL) == AESOP_OK)
    snprintf(into, size, "%s", aesop_text_data(text));
  aesop_text_free(text);
}

/* Whether a batch can take back what the misuse of a function may do. */
static int in_batch(const function* f) {
  return engine_slot() != NULL && strncmp(f->name, "aesop_engine_", 13) == 0 &&
         strstr(f->name, "batch") == NULL && strcmp(f->name, "aesop_engine_open") != 0 &&
         strcmp(f->name, "aesop_engine_close") != 0;
}

static void one_case(const call_row* row, int j, int number, const char* log_before) {
  const function* f = &functions[row->function];
  const bad* b = &bads[number];
  const int batch = in_batch(f);
  aesop_engine* engine = engine_slot();
  argument a[MOST_PARAMETERS];
  outputs out;
  outcome r = {AESOP_OK, NULL, 0};
  int i, is_error;
  ++cases;
  ++cases_of[f->first + j];
  if (batch && aesop_engine_begin_batch(engine, NULL) != AESOP_OK) CHECK_FAILS("a batch begins");
  outputs_dirty(&out);
  good_arguments(&w, row, &out, a);
  switch (parameter_of(f, j)->kind) {
    case P_STR:
      a[j].str = b->value.str;
      break;
    case P_TIME:
      a[j].time = b->value.time;
      break;
    case P_NUMBER:
      a[j].number = b->value.number;
      break;
    case P_STATUS:
      a[j].status = b->value.status;
      break;
    default:
      a[j].pointer = b->value.pointer;
      break;
  }
  f->call(a, &r);
  checks_made += 2;
  if (f->gives == GIVES_CHARS && r.chars == NULL && strcmp(f->name, "aesop_text_data") != 0)
    CHECK_FAILS("a text that is never NULL");
  is_error = f->gives == GIVES_STATUS && r.status != AESOP_OK && r.status != AESOP_REJECTED &&
             strcmp(f->name, "aesop_error_status") != 0;
  if (!known(r.status) || r.status == AESOP_E_INTERNAL || (b->expected == GOOD && r.status != row->gives) ||
      (b->expected != GOOD && b->expected != ANY && r.status != b->expected)) {
    ++checks_failed;
    printf("%s, %s, case %d: gave %s\n", f->name, parameter_of(f, j)->name, number,
           aesop_status_name(r.status));
  }
  for (i = 0; i < f->parameters; ++i) {
    const parameter* p = parameter_of(f, i);
    if (a[i].pointer == NULL) continue;
    if (p->kind == P_ERR) {
      CHECK((out.err != NULL) == is_error);
      if (is_error) CHECK(aesop_error_status(out.err) == r.status && aesop_error_message(out.err)[0] != '\0');
      aesop_error_free(out.err);
    }
    if (p->kind == P_OUT_VERDICT && is_error) CHECK(out.verdict == AESOP_VERDICT_NONE);
    if (p->kind == P_OUT_INT && is_error) CHECK(out.sound == 0);
    if (p->kind == P_OUT_COUNT && is_error) CHECK(out.count == 0);
    if (p->kind == P_OUT_HANDLE) {
      if (is_error) CHECK(out.handle[i] == NULL);
      if (!is_error) CHECK(out.handle[i] != NULL);
      free_handle(p->handle, out.handle[i]);
    }
  }
  if (batch) {
    char log_after[400];
    if (is_error) {
      log_now(engine, log_after, sizeof log_after);
      CHECK(strcmp(log_before, log_after) == 0);
    }
    CHECK(aesop_engine_feeds(engine, NULL, NULL) == AESOP_OK);
    CHECK(aesop_engine_rollback_batch(engine, NULL) == AESOP_OK);
  }
}

static void misuse(const call_row* row) {
  const function* f = &functions[row->function];
  char log_before[400];
  int j, k;
  log_now(engine_slot(), log_before, sizeof log_before);
  for (j = 0; j < f->parameters; ++j) {
    argument a[MOST_PARAMETERS];
    outputs out;
    const parameter* p = parameter_of(f, j);
    /* The good call with an output not wanted changes what no batch takes back: the tour's own call does it then. */
    good_arguments(&w, row, &out, a);
    bad_values(f, p, &a[j]);
    for (k = 0; k < bad_count; ++k) {
      if (strstr(f->name, "batch") != NULL && p->kind == P_ERR) {
        ++cases_of[f->first + j];
        ++cases;
        continue; /* main calls it so */
      }
      one_case(row, j, k, log_before);
    }
  }
}

int main(void) {
  static int seen[FUNCTIONS];
  aesop_expr *expr = NULL, *freed = NULL;
  aesop_text* text = NULL;
  int i, j, tour_batch = 0;
  big = (char*)malloc(aesop_text_limit() + 1);
  if (big == NULL) return 2;
  memset(big, 'a', aesop_text_limit() + 1);
  memset(deep, '[', sizeof deep / 2);
  memset(deep + sizeof deep / 2, ']', sizeof deep / 2);
  mkdir("c_misuse", 0777); /* what a bad path makes is made there */
  CHECK(chdir("c_misuse") == 0);
  CHECK_STATUS(AESOP_OK, aesop_expr_compile(AESOP_STR("1"), AESOP_NONE, &expr, &err));
  CHECK_STATUS(AESOP_OK, aesop_expr_compile(AESOP_STR("1"), AESOP_NONE, &freed, &err));
  CHECK_STATUS(AESOP_OK, aesop_expr_evaluate(expr, AESOP_NONE, MORNING, &text, &err));
  aesop_expr_free(freed);
  stale = freed;
  other_kind = expr;
  text_kind = text;
  for (i = 0; i < CALLS; ++i) {
    const call_row* row = &calls[i];
    const function* f = &functions[row->function];
    argument a[MOST_PARAMETERS];
    outputs out;
    outcome r = {AESOP_OK, NULL, 0};
    int bare = 0;
    /* In a batch of the tour only what ends it: there is no batch within a batch. */
    if (!seen[row->function] && row->gives == AESOP_OK && !(tour_batch && in_batch(f))) {
      misuse(row);
      seen[row->function] = 1;
      bare = strstr(f->name, "batch") != NULL;
    }
    if (strcmp(f->name, "aesop_error_status") == 0) misuse(row);
    outputs_dirty(&out);
    good_arguments(&w, row, &out, a);
    if (bare) a[f->parameters - 1].pointer = NULL;
    if (strstr(f->name, "batch") != NULL) tour_batch = strstr(f->name, "begin") != NULL;
    f->call(a, &r);
    ++checks_made;
    if (r.status != row->gives) { /* the good call works as if nothing had been */
      ++checks_failed;
      printf("%s after its misuse: gave %s\n", f->name, aesop_status_name(r.status));
    }
    keep_outputs(&w, row, &out, a);
    if (engine_slot() != NULL && strncmp(f->name, "aesop_engine_", 13) == 0 &&
        strcmp(f->name, "aesop_engine_close") != 0)
      CHECK(sound(engine_slot()));
  }
  world_free(&w);
  aesop_expr_free(expr);
  aesop_text_free(text);
  CHECK(live_handles() == 0);
  for (i = 0; i < FUNCTIONS; ++i)
    for (j = 0; j < functions[i].parameters; ++j)
      if (cases_of[functions[i].first + j] == 0) {
        printf("%s: %s was not misused\n", functions[i].name, parameters[functions[i].first + j].name);
        CHECK_FAILS("every parameter is misused");
      }
  printf("%d functions x %d parameters = %lu cases\n", FUNCTIONS, PARAMETERS, cases);
  free(big);
  return report();
}
