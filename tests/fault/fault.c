// Preloaded: makes the n-th call of one kind fail. FAULT=write:3 fails the
// third write with ENOSPC; kinds are malloc, write, fsync, rename, read, open.
// A line "fault" goes to descriptor 9 when the fault was reached, a line "leak"
// for each descriptor that is still open at the end.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static long counter = -1; // calls left before the fault; -1: not read yet
static char kind[16];

static int begun; // main runs: what libraries do as they load is not ours

static void setup(void) {
  const char *spec = getenv("FAULT");
  counter = 0;
  const char *colon = spec ? strchr(spec, ':') : NULL;
  if (!colon || (size_t)(colon - spec) >= sizeof kind)
    return;
  memcpy(kind, spec, (size_t)(colon - spec));
  counter = atol(colon + 1);
}

static int due(const char *name, int error) {
  if (!begun)
    return 0;
  if (counter < 0)
    setup();
  if (counter == 0 || strcmp(kind, name) != 0 || --counter > 0)
    return 0;
  syscall(SYS_write, 9, "fault\n", 6);
  errno = error;
  return 1;
}

typedef int Main(int, char **, char **);
typedef int Start(Main *, int, char **, void (*)(void), void (*)(void),
                  void (*)(void), void *);

static Main *program;
static void descriptors_note(void);

static int counted_main(int argc, char **argv, char **env) {
  descriptors_note();
  begun = 1;
  return program(argc, argv, env);
}

int __libc_start_main(Main *m, int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*ld)(void), void *end) {
  Start *real = NULL;
  *(void **)&real = dlsym(RTLD_NEXT, "__libc_start_main");
  program = m;
  return real(counted_main, argc, argv, init, fini, ld, end);
}

// The program's malloc calls these of glibc (src/cli/memory.c).
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

static void *real(const char *name) {
  void *f = dlsym(RTLD_NEXT, name);
  if (!f)
    abort();
  return f;
}

void *__libc_malloc(size_t n) {
  static void *(*next)(size_t);
  if (!next)
    *(void **)&next = real("__libc_malloc");
  return due("malloc", ENOMEM) ? NULL : next(n);
}

void *__libc_calloc(size_t n, size_t size) {
  static void *(*next)(size_t, size_t);
  if (!next)
    *(void **)&next = real("__libc_calloc");
  return due("malloc", ENOMEM) ? NULL : next(n, size);
}

void *__libc_realloc(void *p, size_t n) {
  static void *(*next)(void *, size_t);
  if (!next)
    *(void **)&next = real("__libc_realloc");
  return due("malloc", ENOMEM) ? NULL : next(p, n);
}

enum { FDS = 64 };

static char given[FDS]; // open when main began

static void descriptors_note(void) {
  for (int fd = 0; fd < FDS; fd++)
    given[fd] = fcntl(fd, F_GETFD) >= 0;
}

// At the end only what was open at the beginning may be open.
__attribute__((destructor)) static void descriptors_check(void) {
  for (int fd = 0; fd < FDS; fd++)
    if (begun && !given[fd] && fcntl(fd, F_GETFD) >= 0)
      syscall(SYS_write, 9, "leak\n", 5);
}

ssize_t write(int fd, const void *data, size_t n) {
  if (fd > 2 && due("write", ENOSPC))
    return -1;
  return syscall(SYS_write, fd, data, n);
}

ssize_t read(int fd, void *data, size_t n) {
  return due("read", EIO) ? -1 : syscall(SYS_read, fd, data, n);
}

int open(const char *path, int flags, ...) {
  va_list args;
  va_start(args, flags);
  mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
  va_end(args);
  return due("open", ENOENT)
             ? -1
             : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int fsync(int fd) {
  return due("fsync", EIO) ? -1 : (int)syscall(SYS_fsync, fd);
}

int rename(const char *from, const char *to) {
  return due("rename", EROFS) ? -1 : (int)syscall(SYS_rename, from, to);
}
