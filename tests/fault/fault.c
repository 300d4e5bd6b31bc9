// Preloaded: makes the n-th call of one kind fail. FAULT=write:3 fails the
// third write with ENOSPC; kinds are malloc, write, fsync, rename, read, open.
// A line "fault" goes to descriptor 9 when the fault was reached.
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

static int counted_main(int argc, char **argv, char **env) {
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

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

void *malloc(size_t n) {
  return due("malloc", ENOMEM) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size) {
  return due("malloc", ENOMEM) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n) {
  return due("malloc", ENOMEM) ? NULL : __libc_realloc(p, n);
}

ssize_t write(int fd, const void *data, size_t n) {
  if (fd > 2 && due("write", ENOSPC))
    return -1;
  return syscall(SYS_write, fd, data, n);
}

ssize_t read(int fd, void *data, size_t n) {
  return due("read", EIO) ? -1 : syscall(SYS_read, fd, data, n);
}

int fsync(int fd) {
  return due("fsync", EIO) ? -1 : (int)syscall(SYS_fsync, fd);
}

int rename(const char *from, const char *to) {
  return due("rename", EROFS) ? -1 : (int)syscall(SYS_rename, from, to);
}
