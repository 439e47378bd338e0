/* How many handles there are: read off the tokens themselves, since the library does not tell. For C and C++. */
#ifndef AESOP_TESTS_LIVE_H
#define AESOP_TESTS_LIVE_H

#include "aesop.h"

/* A token of 64 bits holds the number of its place above its 36th bit, and free places are used again before new ones are made:
 * FRESH new handles take every free place, and the highest they take tells how many other places are taken. Right while
 * fewer than FRESH handles were ever there at once. -1: cannot be told. */
static inline long live_handles(void) {
  enum { FRESH = 2000 };
  static aesop_expr* fresh[FRESH];
  uintptr_t most = 0;
  int i, made = 0;
  if (sizeof(uintptr_t) != 8) return 0;
  for (i = 0; i < FRESH; ++i) {
    if (aesop_expr_compile(AESOP_STR("1"), AESOP_NONE, &fresh[i], NULL) != AESOP_OK) break;
    ++made;
    if (((uintptr_t)fresh[i] >> 18 >> 18) > most) most = (uintptr_t)fresh[i] >> 18 >> 18;
  }
  for (i = 0; i < made; ++i) aesop_expr_free(fresh[i]);
  return made == FRESH ? (long)most - (FRESH - 1) : -1;
}

#endif
