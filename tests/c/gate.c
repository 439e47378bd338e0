/* The gate: what it says, its report and receipt, and the store that keeps it. */
#include "support.h"

int main(void) {
  char* sop = read_text("tour.sop.json");
  aesop_gate* gate = NULL;
  aesop_verdict verdict = AESOP_VERDICT_BLOCK;
  aesop_text* text = NULL;
  aesop_error* error = NULL;
  aesop_engine* engine = engine_with_sop(":memory:");
  aesop_request request = request_of("record", ANN, NULL);
  const char* unsound =
      "{\"aesop\": 1, \"sop\": \"x\", \"version\": \"1.0.0\", \"title\": \"X\", \"roles\": {}, \"steps\": "
      "[]}";
  size_t i;
  static const struct {
    const char* facts;
    aesop_verdict verdict;
    const char* holds;
  } asked[] = {
      {"{\"amount\": 5, \"reason\": \"torn\"}", AESOP_VERDICT_PASS, "\"failures\":[]"},
      {"{\"amount\": 5}", AESOP_VERDICT_WARN, "\"warned\":[\"reason\"]"},
      {"{\"amount\": 0}", AESOP_VERDICT_BLOCK, "\"fix\":\"enter the amount\""},
      {"", AESOP_VERDICT_BLOCK, "\"blocked\":[\"amount\"]"},
      {"{}", AESOP_VERDICT_BLOCK, "\"blocked\":[\"amount\"]"},
  };

  CHECK_STATUS(AESOP_E_NOT_FOUND, aesop_gate_open(AESOP_STR(sop), AESOP_STR("none"), &gate, &err));
  CHECK(gate == NULL);
  CHECK(aesop_gate_open(AESOP_STR(unsound), AESOP_NONE, &gate, &error) == AESOP_E_UNSOUND_DEFINITION);
  CHECK(strstr(aesop_error_json(error), "\"findings\":[{") != NULL); /* everything that is wrong */
  aesop_error_free(error);
  CHECK_STATUS(AESOP_OK, aesop_gate_open(AESOP_STR(sop), AESOP_STR("may_pay"), &gate, &err));
  for (i = 0; i < sizeof asked / sizeof asked[0]; ++i) {
    CHECK_STATUS(AESOP_OK, aesop_gate_check(gate, AESOP_STR(asked[i].facts), MORNING, AESOP_NONE, &verdict,
                                            &text, &err));
    CHECK(verdict == asked[i].verdict);
    CHECK(strstr(aesop_text_data(text), asked[i].holds) != NULL);
    CHECK(strstr(aesop_text_data(text), "\"receipt\":\"") != NULL);
    aesop_text_free(text);
    verdict = AESOP_VERDICT_NONE;
    CHECK_STATUS(AESOP_OK, aesop_gate_check(gate, AESOP_STR(asked[i].facts), MORNING, AESOP_NONE, &verdict,
                                            NULL, &err));
    CHECK(verdict == asked[i].verdict); /* without the report */
    CHECK_STATUS(AESOP_OK,
                 aesop_engine_check_gate(engine, AESOP_STR("tour"), AESOP_NONE, AESOP_STR(asked[i].facts),
                                         MORNING, AESOP_NONE, &verdict, NULL, &err));
    CHECK(verdict == asked[i].verdict); /* and of the store's SOP */
  }
  CHECK_STATUS(AESOP_E_SCHEMA_ERROR, aesop_gate_check(gate, AESOP_STR("{\"amuont\": 5}"), MORNING, AESOP_NONE,
                                                      &verdict, &text, &err));
  CHECK(verdict == AESOP_VERDICT_NONE && text == NULL);
  CHECK_STATUS(AESOP_E_TYPE_MISMATCH, aesop_gate_check(gate, AESOP_STR("{\"amount\": \"5\"}"), MORNING,
                                                       AESOP_NONE, &verdict, &text, &err));
  CHECK_STATUS(AESOP_E_INVALID_ARGUMENT,
               aesop_gate_check(gate, AESOP_STR("{}"), AESOP_NO_TIME, AESOP_NONE, &verdict, &text, &err));

  CHECK_STATUS(AESOP_OK, aesop_gate_check(gate, AESOP_STR("{\"amount\": 5}"), MORNING, AESOP_NONE, &verdict,
                                          &text, &err));
  {
    const aesop_str kept = {aesop_text_data(text), aesop_text_size(text)};
    char* changed = (char*)malloc(kept.size + 1);
    aesop_text* answer = NULL;
    if (changed == NULL) return 2;
    CHECK_STATUS(AESOP_OK,
                 aesop_engine_record_gate(engine, &request, kept, AESOP_STR("order_1"), &answer, &err));
    CHECK(strstr(aesop_text_data(answer), "\"verdict\":\"warn\"") != NULL);
    aesop_text_free(answer);
    memcpy(changed, kept.data, kept.size + 1);
    memcpy(strstr(changed, "\"verdict\":\"warn\""), "\"verdict\":\"pass\"", 16); /* a forged one is refused */
    request.command_id = AESOP_STR("forged");
    CHECK_STATUS(AESOP_REJECTED, aesop_engine_record_gate(engine, &request, AESOP_STR(changed),
                                                          AESOP_STR("order_1"), &answer, &err));
    CHECK(strstr(aesop_text_data(answer), "\"reason\":\"bad_receipt\"") != NULL);
    aesop_text_free(answer);
    free(changed);
  }
  aesop_text_free(text);
  CHECK(sound(engine));
  aesop_gate_free(gate);
  aesop_engine_close(engine);
  free(sop);
  return report();
}
