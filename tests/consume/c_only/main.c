/* A consumer in C: runs a procedure from start to end on a SQLite file, with working hours in a named zone. */
#include <aesop.h>
#include <stdio.h>
#include <string.h>

static const char* tea =
    "{\"aesop\": 1, \"sop\": \"tea\", \"version\": \"1.0.0\", \"title\": \"Make tea\", \"zone\": "
    "\"America/Chicago\","
    "\"roles\": {\"cook\": {}, \"host\": {}},"
    "\"steps\": ["
    "{\"id\": \"brew\", \"title\": \"Brew the tea\", \"raci\": {\"responsible\": \"cook\", \"accountable\": "
    "\"host\"},"
    "\"due\": \"10 minutes\", \"escalate\": [{\"at\": \"due\", \"notify\": \"accountable\"}]},"
    "{\"id\": \"served\", \"kind\": \"end\", \"outcome\": \"served\"}]}";

int main(void) {
  aesop_engine* engine;
  aesop_text* answer = NULL;
  aesop_error* error = NULL;
  aesop_request request = AESOP_REQUEST_INIT;
  int served;

  remove("consumer_c.db");
  if (aesop_engine_open(AESOP_STR("consumer_c.db"), NULL, &engine, &error) != AESOP_OK) {
    printf("%s\n", aesop_error_message(error));
    return 1;
  }
  request.at = 1772442000000000; /* 2026-03-02T09:00:00Z */
  request.actor = AESOP_STR("{\"id\": \"ana\", \"roles\": [\"cook\"]}");
  request.command_id = AESOP_STR("c1");
  if (aesop_engine_publish(engine, &request, AESOP_STR(tea), NULL, NULL) != AESOP_OK) return 1;
  request.command_id = AESOP_STR("c2");
  request.run = AESOP_STR("r_1");
  if (aesop_engine_start(engine, &request, AESOP_STR("tea"), AESOP_STR("table_4"), AESOP_NONE, NULL, NULL) !=
      AESOP_OK)
    return 1;
  request.command_id = AESOP_STR("c3");
  if (aesop_engine_complete_step(engine, &request, AESOP_NONE, AESOP_NONE, AESOP_STR("{\"step\": \"brew\"}"),
                                 &answer, NULL) != AESOP_OK)
    return 1;
  served = strstr(aesop_text_data(answer), "\"served\"") != NULL;
  printf("aesop %s in C: %s\n", aesop_version(), served ? "a run from start to end" : "does not work");
  aesop_text_free(answer);
  aesop_engine_close(engine);
  remove("consumer_c.db");
  return served ? 0 : 1;
}
