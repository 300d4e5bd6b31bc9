// Memory that runs out, in whichever library, ends the program cleanly: some
// of them would go on without a glyph or a line, or wait for a lock for ever.
// ThreadSanitizer brings its own malloc.
#include "cli.h"
#include <stdlib.h>
#include <unistd.h>

#ifdef __has_feature
#define CHECKED(NAME) __has_feature(NAME##_sanitizer)
#else
#define CHECKED(NAME) 0
#endif

static const char *said = "jianbao: out of memory\n";

void memory_tell_json(void) {
  said = "{\"file\":\"\",\"line\":0,\"column\":0,\"id\":\"OUT_OF_MEMORY\","
         "\"level\":\"failed\",\"text\":\"out of memory\",\"fix\":\"\"}\n";
}

// The names below those that a program may take: AddressSanitizer's or glibc's.
#if defined(__SANITIZE_ADDRESS__) || CHECKED(address)
#define BELOW(NAME) __interceptor_##NAME
#else
#define BELOW(NAME) __libc_##NAME
#endif

#if !defined(__SANITIZE_THREAD__) && !CHECKED(thread)

void *BELOW(malloc)(size_t n);
void *BELOW(calloc)(size_t n, size_t of);
void *BELOW(realloc)(void *p, size_t n);

// What no honest run asks for at once: a library that believes what a hostile
// file says of itself learns that it is not to be had.
#define ASKED_MAX ((size_t)1 << 31)

static void *must(void *p, size_t n) {
  if (p || n == 0 || n > ASKED_MAX)
    return p;
  out_drop_all();
  if (write(STDERR_FILENO, said, strlen(said)) < 0)
    _exit(3);
  _exit(3);
}

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
void *malloc(size_t n) {
  return must(BELOW(malloc)(n), n);
}

void *calloc(size_t n, size_t of) {
  size_t all = of && n > ASKED_MAX / of ? SIZE_MAX : n * of;
  return must(BELOW(calloc)(n, of), all);
}

void *realloc(void *p, size_t n) {
  return must(BELOW(realloc)(p, n), n);
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)

#endif
