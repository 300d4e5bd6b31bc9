// Preloaded: makes the n-th call of one kind fail. FAULT=write:3 fails the
// third write with ENOSPC; kinds are write, fsync, rename, read, open.
// A line "fault" goes to descriptor 9 when the fault was reached, a line "leak"
// for each descriptor that is still open at the end.
//
// FAULT=malloc:each fails every allocation within one run: at each the program
// forks, and the one that has no memory must end with 3, leave no file begun
// and the output OUT whole (the bytes of OLD or of GOOD). What does not comes
// to descriptor 9 as a line "bad", and at last "each" and how many there were.
// STEP=N in the environment: only every N-th. NAMED=1: a file without a name
// cannot be made, so that one begun has to be taken away.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static long counter; // calls left before the fault
static char kind[16];
static int each; // every allocation is to fail
static long allocations, step = 1;

static int begun; // main runs: what libraries do as they load is not ours
static int spent; // this is the one without memory
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local int apart // our own code runs
    __attribute__((tls_model("initial-exec")));
static int named;

static void setup(void) {
  const char *spec = getenv("FAULT");
  counter = 0;
  const char *colon = spec ? strchr(spec, ':') : NULL;
  if (!colon || (size_t)(colon - spec) >= sizeof kind)
    return;
  each = strcmp(spec, "malloc:each") == 0;
  named = getenv("NAMED") != NULL;
  if (getenv("STEP"))
    step = atol(getenv("STEP"));
  memcpy(kind, spec, (size_t)(colon - spec));
  counter = atol(colon + 1);
}

__attribute__((format(printf, 1, 2))) static void tell(const char *form, ...) {
  char line[200];
  va_list args;
  va_start(args, form);
  int n = vsnprintf(line, sizeof line, form, args);
  va_end(args);
  syscall(SYS_write, 9, line, n);
}

static int due(const char *name, int error) {
  if (!begun)
    return 0;
  if (counter == 0 || strcmp(kind, name) != 0 || --counter > 0)
    return 0;
  tell("fault\n");
  errno = error;
  return 1;
}

static ssize_t bytes_of(const char *path, char *bytes, size_t room) {
  int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY) : -1;
  ssize_t n = fd < 0 ? -1 : syscall(SYS_read, fd, bytes, room);
  syscall(SYS_close, fd);
  return n;
}

static int output_is(const char *name) {
  static char out[1 << 18], wanted[1 << 18];
  ssize_t n = bytes_of(getenv("OUT"), out, sizeof out);
  return n > 0 && n == bytes_of(getenv(name), wanted, sizeof wanted) &&
         memcmp(out, wanted, (size_t)n) == 0;
}

// What is left in the folder; a file that the one without memory took away,
// the other still needs.
static void check_left(const char *name) {
  char was[300];
  size_t n = strlen(name);
  if (n >= sizeof was || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
    return;
  memcpy(was, name, n + 1);
  was[n - 1] = 0;
  if (name[n - 1] == '~')
    syscall(SYS_rename, name, was);
  else
    tell("bad malloc:%ld leaves %s\n", allocations, name);
}

static void check_outcome(int status) {
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 3)
    tell("bad malloc:%ld ends with %#x\n", allocations, (unsigned)status);
  if (!output_is("OLD") && !output_is("GOOD"))
    tell("bad malloc:%ld half an output\n", allocations);
  DIR *d = opendir(".");
  for (struct dirent *e; d && (e = readdir(d));)
    if (e->d_name[0] == '.')
      check_left(e->d_name);
  closedir(d);
}

// True in the fork that has no memory; the other goes on when that has ended.
static int fork_here(void) {
  if (allocations++ % step)
    return 0;
  pid_t child = _Fork();
  if (child == 0) {
    spent = 1;
    alarm(20);
    errno = ENOMEM;
    return 1;
  }
  int status = -1;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    ;
  check_outcome(status);
  return 0;
}

// Nothing asked for is nothing that fails, nor is it what nobody has.
static int fork_due(size_t n) {
  if (!each || !begun || spent || apart || n == 0 || n > PTRDIFF_MAX)
    return 0;
  apart = 1;
  pthread_mutex_lock(&lock); // its threads one after the other
  int due = fork_here();
  pthread_mutex_unlock(&lock);
  apart = 0;
  return due;
}

typedef int Main(int, char **, char **);
typedef int Start(Main *, int, char **, void (*)(void), void (*)(void),
                  void (*)(void), void *);

static Main *program;
static void descriptors_note(void);

static int counted_main(int argc, char **argv, char **env) {
  descriptors_note();
  setup();
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

// The program's malloc calls these of glibc or of AddressSanitizer
// (src/cli/memory.c).
#ifdef SANITIZED
#define BELOW(NAME) __interceptor_##NAME
#else
#define BELOW(NAME) __libc_##NAME
#endif
#define NAME_OF(NAME) #NAME
#define QUOTED(NAME)  NAME_OF(NAME)

static void *real(const char *name) {
  void *f = dlsym(RTLD_NEXT, name);
  if (!f)
    abort();
  return f;
}

#define STAND_IN(NAME, PARAMS, ARGS, SIZE)                                     \
  void *BELOW(NAME) PARAMS;                                                    \
  void *BELOW(NAME) PARAMS {                                                   \
    static void *(*next)PARAMS;                                                \
    if (!next)                                                                 \
      *(void **)&next = real(QUOTED(BELOW(NAME)));                             \
    return fork_due SIZE ? NULL : next ARGS;                                   \
  }

STAND_IN(malloc, (size_t n), (n), (n))
STAND_IN(calloc, (size_t n, size_t size), (n, size), (n * size))
STAND_IN(realloc, (void *p, size_t n), (p, n), (n))

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
      tell("leak\n");
  if (each)
    tell("each %ld\n", (allocations + step - 1) / step);
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
  if (named && (flags & O_TMPFILE) == O_TMPFILE) {
    errno = EOPNOTSUPP;
    return -1;
  }
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

int unlink(const char *path) {
  char kept[300];
  if (!spent)
    return (int)syscall(SYS_unlink, path);
  snprintf(kept, sizeof kept, "%s~", path);
  return (int)syscall(SYS_rename, path, kept);
}
