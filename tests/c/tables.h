/* Every function of aesop.h as data, and the tour that calls each: tables.inc is made from the header (make_tables.py).
 * For C and C++. A program goes over `functions` or `calls` and changes what it likes of a call's arguments. */
#ifndef AESOP_TESTS_TABLES_H
#define AESOP_TESTS_TABLES_H

#include "aesop.h"

#include <stdlib.h>
#include <string.h>

typedef struct argument {
  aesop_str str;
  int64_t time;
  uint32_t number;
  aesop_status status;
  void* pointer; /* handle, struct or output */
} argument;

typedef struct outcome {
  aesop_status status;
  const char* chars;
  size_t number;
} outcome;

typedef enum param_kind {
  P_STR,
  P_REQUEST,
  P_OPTIONS,
  P_INIT_REQUEST,
  P_INIT_OPTIONS,
  P_HANDLE,
  P_TIME,
  P_NUMBER,
  P_STATUS,
  P_OUT_HANDLE,
  P_OUT_VERDICT,
  P_OUT_INT,
  P_OUT_COUNT,
  P_ERR
} param_kind;

typedef enum handle_kind {
  KIND_NONE,
  KIND_TEXT,
  KIND_ERROR,
  KIND_SOP,
  KIND_GATE,
  KIND_RULE,
  KIND_EXPR,
  KIND_DMN,
  KIND_ENGINE
} handle_kind;

typedef enum gives_kind { GIVES_STATUS, GIVES_NOTHING, GIVES_CHARS, GIVES_SIZE, GIVES_U32 } gives_kind;

typedef struct parameter {
  const char* name;
  param_kind kind;
  handle_kind handle;
} parameter;

typedef struct function {
  const char* name;
  gives_kind gives;
  int parameters;
  int first; /* of `parameters` */
  void (*call)(const argument*, outcome*);
} function;

/* Where an argument of the tour comes from. */
typedef enum source { ARG_STR, ARG_TEXT, ARG_REQUEST, ARG_OPTIONS, ARG_HANDLE, ARG_NUMBER, ARG_OUT } source;

typedef struct given {
  source from;
  aesop_str str;
  int64_t number; /* slot, request or number; of an output -1: kept nowhere */
} given;

typedef struct call_row {
  int function;
  int first; /* of `arguments` */
  aesop_status gives;
  const char* answer; /* '*' stands for any text; NULL: not looked at */
} call_row;

#define MOST_PARAMETERS 10

#include "tables.inc"

/* What a tour holds on its way. */
typedef struct world {
  void* slots[SLOTS];
} world;

/* What the outputs of one call go into. */
typedef struct outputs {
  void* handle[MOST_PARAMETERS];
  aesop_verdict verdict;
  int32_t sound;
  uint64_t count;
  aesop_request request;
  aesop_open_options options;
  aesop_error* err;
} outputs;

static const aesop_open_options good_options = AESOP_OPEN_OPTIONS_INIT;

static inline const parameter* parameter_of(const function* f, int index) {
  return &parameters[f->first + index];
}

/* Fills in what is no wish of the caller: 0xAA everywhere, so that what is not written shows. */
static inline void outputs_dirty(outputs* out) { memset(out, 0xAA, sizeof *out); }

/* The good arguments of a call of the tour, with its outputs going to `out`. */
static inline void good_arguments(const world* w, const call_row* row, outputs* out, argument* a) {
  const function* f = &functions[row->function];
  int i;
  memset(a, 0, sizeof *a * MOST_PARAMETERS);
  for (i = 0; i < f->parameters; ++i) {
    const given* g = &arguments[row->first + i];
    switch (g->from) {
      case ARG_STR:
        a[i].str = g->str;
        break;
      case ARG_TEXT: {
        const aesop_text* text = (const aesop_text*)w->slots[g->number];
        a[i].str.data = aesop_text_data(text);
        a[i].str.size = aesop_text_size(text);
        break;
      }
      case ARG_REQUEST:
        a[i].pointer = (void*)(uintptr_t)&requests[g->number];
        break;
      case ARG_OPTIONS:
        a[i].pointer = (void*)(uintptr_t)&good_options;
        break;
      case ARG_HANDLE:
        a[i].pointer = w->slots[g->number];
        break;
      case ARG_NUMBER:
        a[i].time = g->number;
        a[i].number = (uint32_t)g->number;
        a[i].status = (aesop_status)g->number;
        break;
      case ARG_OUT:
        switch (parameter_of(f, i)->kind) {
          case P_OUT_HANDLE:
            a[i].pointer = &out->handle[i];
            break;
          case P_OUT_VERDICT:
            a[i].pointer = &out->verdict;
            break;
          case P_OUT_INT:
            a[i].pointer = &out->sound;
            break;
          case P_OUT_COUNT:
            a[i].pointer = &out->count;
            break;
          case P_INIT_REQUEST:
            a[i].pointer = &out->request;
            break;
          case P_INIT_OPTIONS:
            a[i].pointer = &out->options;
            break;
          default:
            a[i].pointer = &out->err;
            break;
        }
        break;
    }
  }
}

/* Frees a handle by what it is. */
static inline void free_handle(handle_kind what, void* handle) {
  switch (what) {
    case KIND_TEXT:
      aesop_text_free((aesop_text*)handle);
      break;
    case KIND_ERROR:
      aesop_error_free((aesop_error*)handle);
      break;
    case KIND_SOP:
      aesop_sop_free((aesop_sop*)handle);
      break;
    case KIND_GATE:
      aesop_gate_free((aesop_gate*)handle);
      break;
    case KIND_RULE:
      aesop_rule_free((aesop_rule*)handle);
      break;
    case KIND_EXPR:
      aesop_expr_free((aesop_expr*)handle);
      break;
    case KIND_DMN:
      aesop_dmn_free((aesop_dmn*)handle);
      break;
    case KIND_ENGINE:
      aesop_engine_close((aesop_engine*)handle);
      break;
    case KIND_NONE:
      break;
  }
}

/* Keeps what the tour wants of a call's outputs, and frees the rest. */
static inline void keep_outputs(world* w, const call_row* row, outputs* out, const argument* a) {
  const function* f = &functions[row->function];
  int i;
  for (i = 0; i < f->parameters; ++i) {
    const parameter* p = parameter_of(f, i);
    const int64_t slot = arguments[row->first + i].number;
    void* handle = p->kind == P_ERR ? (void*)out->err : out->handle[i];
    if ((p->kind != P_OUT_HANDLE && p->kind != P_ERR) || a[i].pointer == NULL) continue;
    if (slot >= 0)
      w->slots[slot] = handle;
    else
      free_handle(p->handle, handle);
  }
}

/* Frees what is left. */
static inline void world_free(world* w) {
  int i;
  for (i = 0; i < SLOTS; ++i) free_handle(slot_kinds[i], w->slots[i]);
}

static inline int fits(const char* pattern, const char* text) {
  if (*pattern == '*') return fits(pattern + 1, text) || (*text != '\0' && fits(pattern, text + 1));
  if (*pattern == '\0') return *text == '\0';
  return *pattern == *text && fits(pattern + 1, text + 1);
}

#endif
