/* The tour: every function of the header called with good arguments, in one story, and its answer compared.
 *   tour [PRINT]   with an argument: prints the answers as tour.json has them */
#include "check.h"
#include "tables.h"

static char said[200000];

/* What a call gave, as text. */
static const char* answer_of(const call_row* row, const outputs* out, const argument* a, const outcome* r) {
  const function* f = &functions[row->function];
  size_t size = 0;
  int i;
  said[0] = '\0';
  if (f->gives == GIVES_CHARS) size += (size_t)snprintf(said, sizeof said, "%s", r->chars);
  if (f->gives == GIVES_SIZE || f->gives == GIVES_U32)
    size += (size_t)snprintf(said, sizeof said, "%lu", (unsigned long)r->number);
  for (i = 0; i < f->parameters; ++i) {
    const parameter* p = parameter_of(f, i);
    if (a[i].pointer == NULL) continue;
    if (p->kind == P_OUT_VERDICT)
      size += (size_t)snprintf(said + size, sizeof said - size, "%d ", (int)out->verdict);
    if (p->kind == P_OUT_INT)
      size += (size_t)snprintf(said + size, sizeof said - size, "%d ", (int)out->sound);
    if (p->kind == P_OUT_COUNT)
      size += (size_t)snprintf(said + size, sizeof said - size, "%lu ", (unsigned long)out->count);
    if (p->kind == P_INIT_OPTIONS) CHECK(memcmp(&out->options, &good_options, sizeof good_options) == 0);
    if (p->kind == P_INIT_REQUEST) {
      const aesop_request init = AESOP_REQUEST_INIT;
      CHECK(memcmp(&out->request, &init, sizeof init) == 0);
    }
    if (p->kind == P_OUT_HANDLE && p->handle == KIND_TEXT && out->handle[i] != NULL) {
      const aesop_text* text = (const aesop_text*)out->handle[i];
      CHECK(strlen(aesop_text_data(text)) == aesop_text_size(text));
      size += (size_t)snprintf(said + size, sizeof said - size, "%s", aesop_text_data(text));
    }
  }
  return said;
}

static void print_json(int number, const char* text) {
  printf("%d\t\"", number);
  for (; *text != '\0'; ++text) {
    if (*text == '"' || *text == '\\')
      printf("\\%c", *text);
    else if (*text == '\n')
      printf("\\n");
    else
      putchar(*text);
  }
  printf("\"\n");
}

int main(int count, char** words) {
  static world w;
  int i, j;
  (void)words;
  for (i = 0; i < CALLS; ++i) {
    const call_row* row = &calls[i];
    const function* f = &functions[row->function];
    argument a[MOST_PARAMETERS];
    outputs out;
    outcome r = {AESOP_OK, NULL, 0};
    const char* answer;
    outputs_dirty(&out);
    good_arguments(&w, row, &out, a);
    f->call(a, &r);
    ++checks_made;
    answer = answer_of(row, &out, a, &r);
    if (r.status != row->gives) {
      ++checks_failed;
      printf("call %d, %s: gave %s and not %s: %s\n", i, f->name, aesop_status_name(r.status),
             aesop_status_name(row->gives), f->gives == GIVES_STATUS ? aesop_error_message(out.err) : "");
      printf("  %s\n", answer);
    }
    if (count > 1) {
      print_json(i, answer);
    } else if (row->answer != NULL) {
      ++checks_made;
      if (!fits(row->answer, answer)) {
        ++checks_failed;
        printf("call %d, %s: answered\n  %s\nand not\n  %s\n", i, f->name, answer, row->answer);
      }
    }
    for (j = 0; j < f->parameters; ++j)
      if (parameter_of(f, j)->kind == P_ERR && f->gives == GIVES_STATUS)
        CHECK((out.err != NULL) == (r.status != AESOP_OK && r.status != AESOP_REJECTED));
    keep_outputs(&w, row, &out, a);
  }
  world_free(&w);
  if (count > 1) return 0;
  printf("%d functions, %d parameters, %d calls\n", FUNCTIONS, PARAMETERS, CALLS);
  return report();
}
