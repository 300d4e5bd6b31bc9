// Memory that runs out, in whichever library, ends the program cleanly: some
// of them would go on without a glyph or a line, or wait for a lock for ever.
// Sanitizers bring their own malloc.
#include "base.h"
#include <stdlib.h>
#include <unistd.h>

#ifdef __has_feature
#define SANITIZED                                                              \
  (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#if !SANITIZED

// glibc's own, below the names that a program may take.
void *__libc_malloc(size_t n); // NOLINT(bugprone-reserved-identifier)
void *__libc_calloc(size_t n,
                    size_t of);          // NOLINT(bugprone-reserved-identifier)
void *__libc_realloc(void *p, size_t n); // NOLINT(bugprone-reserved-identifier)

// What no honest run asks for at once: a library that believes what a hostile
// file says of itself learns that it is not to be had.
#define ASKED_MAX ((size_t)1 << 31)

static void *must(void *p, size_t n) {
  static const char said[] = "jianbao: out of memory\n";
  if (p || n == 0 || n > ASKED_MAX)
    return p;
  out_drop_all();
  if (write(STDERR_FILENO, said, sizeof said - 1) < 0)
    _exit(3);
  _exit(3);
}

void *malloc(size_t n) {
  return must(__libc_malloc(n), n);
}

void *calloc(size_t n, size_t of) {
  size_t all = of && n > ASKED_MAX / of ? SIZE_MAX : n * of;
  return must(__libc_calloc(n, of), all);
}

void *realloc(void *p, size_t n) {
  return must(__libc_realloc(p, n), n);
}

#endif
