/* From zero to the gate in C: may this claim go out?   gate SOP */
#include <aesop.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char** arguments) {
  const char* facts =
      "{\"payer\": \"bluepeak\", \"codes\": [\"D2740\"], \"amount\": 1240, \"notes_locked\": true,"
      " \"codes_checked\": true, \"seen_at\": \"2026-01-05T08:00:00Z\", \"attached\": [\"radiograph\"]}";
  const int64_t now =
      INT64_C(1767621600000000); /* 2026-01-05T14:00:00Z; your program: the time of its server */
  aesop_gate* gate = NULL;
  aesop_text* report = NULL;
  aesop_error* error = NULL;
  aesop_verdict verdict;
  aesop_str sop = {NULL, 0};
  FILE* file = count > 1 ? fopen(arguments[1], "rb") : NULL;
  char* text = malloc(1 << 20);
  if (file == NULL || text == NULL) return 1;
  sop.data = text;
  sop.size = fread(text, 1, 1 << 20, file);
  fclose(file);

  if (aesop_gate_open(sop, AESOP_STR("send_claim"), &gate, &error) == AESOP_OK &&
      aesop_gate_check(gate, AESOP_STR(facts), now, AESOP_NONE, &verdict, &report, &error) == AESOP_OK) {
    puts(verdict == AESOP_VERDICT_BLOCK ? "blocked" : "may go out");
    puts(aesop_text_data(report)); /* failures: each with its message and its fix */
  } else {
    fprintf(stderr, "%s %s\n", aesop_error_message(error), aesop_error_help(error));
  }
  aesop_text_free(report);
  aesop_gate_free(gate);
  free(text);
  if (error == NULL) return 0;
  aesop_error_free(error);
  return 1;
}
