/* Aesop in a C program: a gate behind a button, then a run in a store. Every call gives a status; answers are JSON. */
#include <aesop.h>
#include <stdio.h>
#include <stdlib.h>

static const char* parcel =
    "{\"aesop\": 1, \"sop\": \"parcel\", \"version\": \"1.0.0\", \"title\": \"Send a parcel\","
    " \"roles\": {\"packer\": {}, \"lead\": {}},"
    " \"data\": {\"weight\": \"number\", \"label\": \"string\"},"
    " \"gates\": {\"send\": {\"title\": \"May the parcel go out?\", \"checks\": ["
    "   {\"id\": \"label\", \"require\": \"label != null\", \"message\": \"the parcel has no label\", "
    "\"fix\": \"print one\"},"
    "   {\"id\": \"weight\", \"require\": \"weight <= 30\", \"message\": \"the parcel is too heavy\", "
    "\"fix\": \"send two\"}]}},"
    " \"steps\": ["
    "   {\"id\": \"pack\", \"title\": \"Pack\", \"raci\": {\"responsible\": \"packer\", \"accountable\": "
    "\"lead\"}, \"gate\": \"send\","
    "    \"due\": \"2 hours\", \"escalate\": [{\"at\": \"due\", \"notify\": \"accountable\"}], \"next\": "
    "\"sent\"},"
    "   {\"id\": \"sent\", \"kind\": \"end\", \"outcome\": \"sent\"}]}";

static const int64_t now = 1772442000000000; /* 2026-03-02T09:00:00Z, in microseconds */

/* What a host does with an error: show it with its help, and stop here. */
static void must(aesop_status status, aesop_error* error) {
  if (status == AESOP_OK || status == AESOP_REJECTED) return;
  printf("%s: %s (%s)\n", aesop_status_name(status), aesop_error_message(error), aesop_error_help(error));
  aesop_error_free(error);
  exit(1);
}

static void ask(const aesop_gate* gate, const char* facts) {
  static const char* words[] = {"?", "pass", "warn", "block"};
  aesop_verdict verdict;
  aesop_text* report;
  aesop_error* error;
  must(aesop_gate_check(gate, AESOP_STR(facts), now, AESOP_NONE, &verdict, &report, &error), error);
  printf("%s: %s\n", facts, words[verdict]);
  if (verdict == AESOP_VERDICT_BLOCK) printf("  %s\n", aesop_text_data(report));
  aesop_text_free(report);
}

int main(void) {
  aesop_gate* gate;
  aesop_engine* engine;
  aesop_text* answer;
  aesop_error* error;
  aesop_status status;
  aesop_request request = AESOP_REQUEST_INIT;

  must(aesop_gate_open(AESOP_STR(parcel), AESOP_STR("send"), &gate, &error), error);
  ask(gate, "{\"weight\": 12}");
  ask(gate, "{\"weight\": 12, \"label\": \"L1\"}");
  aesop_gate_free(gate);

  must(aesop_engine_open(AESOP_STR(":memory:"), NULL, &engine, &error), error);
  request.at = now;
  request.actor = AESOP_STR("{\"id\": \"kim\", \"roles\": [\"packer\"]}");
  request.command_id = AESOP_STR("publish 1");
  must(aesop_engine_publish(engine, &request, AESOP_STR(parcel), NULL, &error), error);

  request.run = AESOP_STR("r1");
  request.command_id = AESOP_STR("start 1");
  must(aesop_engine_start(engine, &request, AESOP_STR("parcel"), AESOP_STR("order/7"),
                          AESOP_STR("{\"data\": {\"weight\": 12}}"), &answer, &error),
       error);
  printf("start: %s\n", aesop_text_data(answer));
  aesop_text_free(answer);

  request.command_id = AESOP_STR("pack 1");
  status = aesop_engine_complete_step(engine, &request, AESOP_NONE, AESOP_NONE,
                                      AESOP_STR("{\"step\": \"pack\"}"), &answer, &error);
  must(status, error);
  printf("%s: %s\n", aesop_status_name(status), aesop_text_data(answer));
  aesop_text_free(answer);

  aesop_engine_close(engine);
  return 0;
}
