/* What tests in C share: the SOP of the tour, requests, an engine that has it. */
#ifndef AESOP_TESTS_SUPPORT_H
#define AESOP_TESTS_SUPPORT_H

#include "check.h"

#include <stdlib.h>

#define MINUTE INT64_C(60000000)
#define MORNING INT64_C(1767603600000000) /* 2026-01-05T09:00:00Z, a Monday */

/* The text of a file of tests/c; freed by the caller. Ends the program when it cannot be read. */
static inline char* read_text(const char* name) {
  char path[1000];
  char* text = NULL;
  size_t size = 0;
  FILE* file;
  snprintf(path, sizeof path, "%s/c/%s", AESOP_TESTS_DIR, name);
  file = fopen(path, "rb");
  if (file != NULL) {
    text = (char*)calloc(1, 100000);
    if (text != NULL) size = fread(text, 1, 99999, file);
    fclose(file);
  }
  if (size == 0) {
    printf("%s cannot be read\n", path);
    exit(2);
  }
  return text;
}

static inline aesop_request request_of(const char* id, const char* actor, const char* run) {
  aesop_request request = AESOP_REQUEST_INIT;
  request.command_id = AESOP_STR(id);
  request.at = MORNING;
  request.actor = AESOP_STR(actor);
  request.run = AESOP_STR(run);
  return request;
}

#define ANN "{\"id\": \"ann\", \"roles\": [\"agent\"], \"scope\": \"shop/east\"}"
#define LEA "{\"id\": \"lea\", \"roles\": [\"lead\"], \"scope\": \"shop\"}"

/* An engine on the path with the SOP published; NULL after a check that failed. */
static inline aesop_engine* engine_with_sop(const char* path) {
  aesop_engine* engine = NULL;
  char* sop = read_text("tour.sop.json");
  aesop_request request = request_of("publish", "root", NULL);
  CHECK_STATUS(AESOP_OK, aesop_engine_open(AESOP_STR(path), NULL, &engine, &err));
  CHECK_STATUS(AESOP_OK, aesop_engine_publish(engine, &request, AESOP_STR(sop), NULL, &err));
  free(sop);
  return engine;
}

/* Starts a run; gives the status. */
static inline aesop_status start_run(aesop_engine* engine, const char* id, const char* run, aesop_text** out,
                                     aesop_error** err) {
  aesop_request request = request_of(id, ANN, run);
  return aesop_engine_start(engine, &request, AESOP_STR("tour"), AESOP_STR(run), AESOP_NONE, out, err);
}

/* Whether the log is sound and the store agrees with it. */
static inline int sound(aesop_engine* engine) {
  aesop_text* answer = NULL;
  const aesop_status status = aesop_engine_verify_log(engine, AESOP_STR("{\"deep\": true}"), &answer, NULL);
  const int is = status == AESOP_OK && strstr(aesop_text_data(answer), "\"sound\":true") != NULL;
  aesop_text_free(answer);
  return is;
}

#endif
