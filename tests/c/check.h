/* Assertions for tests in C. Each program is one test: CHECK counts, report() says how many and gives main's result. */
#ifndef AESOP_TESTS_CHECK_H
#define AESOP_TESTS_CHECK_H

#include "aesop.h"

#include <stdio.h>
#include <string.h>

static unsigned long checks_made;
static unsigned long checks_failed;

#ifndef CHECK /* that of Catch counts, where it is there */
#define CHECK(condition)                                             \
  do {                                                               \
    ++checks_made;                                                   \
    if (!(condition)) {                                              \
      ++checks_failed;                                               \
      printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
    }                                                                \
  } while (0)
#endif

/* A check that failed. */
#define CHECK_FAILS(what)                                    \
  do {                                                       \
    ++checks_made;                                           \
    ++checks_failed;                                         \
    printf("%s:%d: not so: %s\n", __FILE__, __LINE__, what); \
  } while (0)

/* Whether a call gave what it should; says what it gave, and why, when it did not. Takes the error, and frees it. */
#define CHECK_STATUS(expected, call)                                                                     \
  do {                                                                                                   \
    aesop_error* err = NULL;                                                                             \
    const aesop_status given_ = (call);                                                                  \
    if (given_ != (expected))                                                                            \
      printf("%s:%d: %s gave %s and not %s: %s\n", __FILE__, __LINE__, #call, aesop_status_name(given_), \
             aesop_status_name(expected), aesop_error_message(err));                                     \
    CHECK(given_ == (expected));                                                                         \
    CHECK((err != NULL) == (given_ != AESOP_OK && given_ != AESOP_REJECTED));                            \
    if (err != NULL) CHECK(aesop_error_status(err) == given_);                                           \
    aesop_error_free(err);                                                                               \
  } while (0)

static inline int report(void) {
  printf("%lu checks, %lu failed\n", checks_made, checks_failed);
  return checks_failed == 0 ? 0 : 1;
}

#endif
