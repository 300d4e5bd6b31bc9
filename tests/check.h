// Checks for unit programs: CHECK(condition), then `return check_done();`.
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>

static int check_failed, check_count;

#define CHECK(cond)                                                            \
  do {                                                                         \
    check_count++;                                                             \
    if (!(cond)) {                                                             \
      check_failed++;                                                          \
      printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #cond);                \
    }                                                                          \
  } while (0)

// Prints the summary; the exit code of main.
static inline int check_done(void) {
  printf("%d checks, %d failed\n", check_count, check_failed);
  return check_failed != 0 || check_count == 0;
}

#endif
