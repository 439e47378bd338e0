/* A DMN model in a C program, with one that it imports (examples/dmn). */
#include <aesop.h>
#include <stdio.h>
#include <stdlib.h>

/* A file as a JSON string: how an imported model is handed over. Freed by the caller. */
static char* json_string_of(const char* path) {
  FILE* file = fopen(path, "rb");
  char *out = malloc(200000), *end = out;
  int c;
  if (file == NULL || out == NULL) exit(2);
  *end++ = '"';
  while ((c = fgetc(file)) != EOF && end - out < 199990) {
    if (c < 32)
      end += sprintf(end, "\\u%04x", (unsigned)c);
    else if (c == '"' || c == '\\')
      end += sprintf(end, "\\%c", c);
    else
      *end++ = (char)c;
  }
  *end++ = '"';
  *end = '\0';
  fclose(file);
  return out;
}

static char* text_of(const char* path) {
  FILE* file = fopen(path, "rb");
  char* out = calloc(1, 200000);
  if (file == NULL || out == NULL || fread(out, 1, 199999, file) == 0) exit(2);
  fclose(file);
  return out;
}

static void must(aesop_status status, aesop_error* error) {
  if (status == AESOP_OK) return;
  printf("%s: %s\n", aesop_status_name(status), aesop_error_json(error)); /* with all findings */
  aesop_error_free(error);
  exit(1);
}

int main(void) {
  const int64_t now = 1773046800000000; /* 2026-03-09T09:00:00Z, in microseconds */
  char *model = text_of(AESOP_EXAMPLES_DIR "/dmn/estimate.dmn"),
       *discounts = json_string_of(AESOP_EXAMPLES_DIR "/dmn/discounts.dmn");
  char* more = malloc(300000);
  aesop_dmn* dmn;
  aesop_text* result;
  aesop_error* error;
  if (more == NULL) return 2;
  sprintf(more, "{\"imports\": {\"discounts.dmn\": %s}}", discounts);
  must(aesop_dmn_open(AESOP_STR(model), AESOP_STR(more), &dmn, &error), error);

  must(aesop_dmn_evaluate(
           dmn, AESOP_STR("Preauthorization"),
           AESOP_STR("{\"Category\": \"basic\", \"Listed fee\": 480, \"Plan\": \"HMO\","
                     " \"Date of birth\": \"1990-05-17\", \"Date of service\": \"2026-03-09\"}"),
           now, AESOP_NONE, &result, &error),
       error);
  printf("%s\n", aesop_text_data(result));
  aesop_text_free(result);

  /* What is not given is null, and the result says why it cannot be told. */
  must(aesop_dmn_evaluate(dmn, AESOP_STR("Age"), AESOP_STR("{\"Date of birth\": \"1990-05-17\"}"), now,
                          AESOP_NONE, &result, &error),
       error);
  printf("%s\n", aesop_text_data(result));
  aesop_text_free(result);

  aesop_dmn_free(dmn);
  free(more);
  free(discounts);
  free(model);
  return 0;
}
