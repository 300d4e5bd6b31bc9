// Output that is whole or not there.
#define _GNU_SOURCE // O_TMPFILE
#include "base.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// Files begun beside their targets, for the signal handler: a slot is claimed
// and cleared by one atomic store each.
enum { BEGUN_MAX = 64 };
static char *begun[BEGUN_MAX];

static void begun_add(char *temp) {
  for (int i = 0; i < BEGUN_MAX; i++) {
    char *empty = NULL;
    if (__atomic_compare_exchange_n(&begun[i], &empty, temp, false,
                                    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
      return;
  }
}

static void begun_drop(const char *temp) {
  for (int i = 0; i < BEGUN_MAX; i++)
    if (temp && __atomic_load_n(&begun[i], __ATOMIC_SEQ_CST) == temp)
      __atomic_store_n(&begun[i], NULL, __ATOMIC_SEQ_CST);
}

void out_drop_all(void) {
  for (int i = 0; i < BEGUN_MAX; i++) {
    const char *temp = __atomic_load_n(&begun[i], __ATOMIC_SEQ_CST);
    if (temp)
      unlink(temp);
  }
}

static void on_signal(int number) {
  out_drop_all();
  _exit(128 + number);
}

void out_catch_signals(void) {
  struct sigaction act = {.sa_handler = on_signal};
  sigaction(SIGINT, &act, NULL);
  sigaction(SIGTERM, &act, NULL);
  sigaction(SIGHUP, &act, NULL);
  signal(SIGPIPE, SIG_IGN); // a closed pipe is a failed write
  signal(SIGXFSZ, SIG_IGN); // so is a file that may grow no further
}

struct Out {
  Arena *arena;
  Diags *diags;
  Str path;     // as the user gave it
  char *target; // symlinks resolved
  char *temp;   // NULL where the target is written directly
  bool unnamed; // the file has no name yet: nothing is left of it by any death
  int fd;
  int error; // errno of the first failure
};

static void report(Out *o, int error) {
  diag_errno(o->diags, D_FILE_WRITE, o->path, error);
}

// The file a chain of symlinks ends at, which need not exist yet.
static char *resolve(Arena *a, Str path) {
  char *at = str_z(a, path);
  for (int hops = 0; hops < 40; hops++) {
    char *link = arena_alloc(a, PATH_MAX + 1);
    ssize_t n = readlink(at, link, PATH_MAX);
    if (n < 0)
      break;
    link[n] = 0;
    if (link[0] == '/') {
      at = link;
      continue;
    }
    Str dir = str_of(dirname(str_z(a, str_of(at))));
    at = str_z(a, str_fmt(a, "%.*s/%s", STR_ARG(dir), link));
  }
  return at;
}

static mode_t mode_for(const struct stat *old) {
  if (old)
    return old->st_mode & 07777;
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

static sigset_t signals_block(void) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  return before;
}

static bool open_beside(Out *o, const struct stat *old) {
  char *dir = dirname(str_z(o->arena, str_of(o->target)));
  char *name = basename(str_z(o->arena, str_of(o->target)));
  Str temp = str_fmt(o->arena, "%s/.%.200s.XXXXXX", dir, name);
  o->temp = str_z(o->arena, temp);
  if (access("/proc/self/fd", X_OK) == 0)
    o->fd = open(dir, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  o->unnamed = o->fd >= 0;
  if (!o->unnamed) {
    sigset_t before = signals_block(); // between making the file and noting it
    o->fd = mkstemp(o->temp);
    if (o->fd >= 0)
      begun_add(o->temp);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
  }
  if (o->fd < 0) {
    o->temp = NULL;
    return false;
  }
  fcntl(o->fd, F_SETFD, FD_CLOEXEC);
  return fchmod(o->fd, mode_for(old)) == 0;
}

// A file that may not be written must not be replaced by way of its folder.
static bool open_target(Out *o) {
  struct stat st;
  bool exists = stat(o->target, &st) == 0;
  if (!exists && errno != ENOENT)
    return false;
  if (exists && S_ISDIR(st.st_mode)) {
    errno = EISDIR;
    return false;
  }
  if (exists && access(o->target, W_OK) != 0)
    return false;
  if (!exists || S_ISREG(st.st_mode))
    return open_beside(o, exists ? &st : NULL);
  o->fd = open(o->target, O_WRONLY | O_CLOEXEC);
  return o->fd >= 0;
}

// The open file that a path names: -, /dev/stdout, /dev/fd/3; else -1. It is
// written as it is, whatever it is: opened anew or replaced by way of its name,
// a file that a shell appends to would lose what it has.
static int named_fd(Str path) {
  static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
  if (str_is(path, "-") || str_is(path, "/dev/stdout"))
    return STDOUT_FILENO;
  if (str_is(path, "/dev/stderr"))
    return STDERR_FILENO;
  for (int i = 0; i < 2; i++) {
    size_t at = strlen(folders[i]);
    if (!str_starts(path, str_of(folders[i])) || path.len - at - 1 > 2)
      continue;
    int n = 0;
    for (; at < path.len && path.data[at] >= '0' && path.data[at] <= '9'; at++)
      n = n * 10 + (path.data[at] - '0');
    return at == path.len ? n : -1;
  }
  return -1;
}

Out *out_open(Arena *a, Diags *d, Str path) {
  Out *o = NEW(a, Out);
  *o = (Out){.arena = a, .diags = d, .path = path, .fd = -1};
  int named = named_fd(path);
  if (named >= 0) {
    o->fd = named == STDOUT_FILENO ? named : fcntl(named, F_DUPFD_CLOEXEC, 3);
    if (o->fd >= 0)
      return o;
    report(o, errno);
    return NULL;
  }
  o->target = resolve(a, path);
  if (open_target(o))
    return o;
  report(o, errno);
  out_abort(o);
  return NULL;
}

bool out_write(Out *o, Str bytes) {
  size_t done = 0;
  while (!o->error && done < bytes.len) {
    ssize_t n = write(o->fd, bytes.data + done, bytes.len - done);
    if (n > 0)
      done += (size_t)n;
    else if (n == 0)
      o->error = ENOSPC;
    else if (errno != EINTR)
      o->error = errno;
  }
  return !o->error;
}

static void sync_folder(const Out *o) {
  char *dir = dirname(str_z(o->arena, str_of(o->target)));
  int fd = open(dir, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return;
  fsync(fd);
  close(fd);
}

// The name beside the target, which a rename needs; only for that moment.
static bool give_name(Out *o) {
  char file[32], *end = o->temp + strlen(o->temp) - 6;
  snprintf(file, sizeof file, "/proc/self/fd/%d", o->fd);
  for (unsigned n = 0; n < 1000; n++) {
    snprintf(end, 7, "%06x", ((unsigned)getpid() * 1000 + n) & 0xFFFFFF);
    if (linkat(AT_FDCWD, file, AT_FDCWD, o->temp, AT_SYMLINK_FOLLOW) == 0) {
      o->unnamed = false;
      begun_add(o->temp);
      return true;
    }
    if (errno != EEXIST)
      break;
  }
  return false;
}

bool out_commit(Out *o) {
  if (!o->error && o->temp && fsync(o->fd) != 0)
    o->error = errno;
  sigset_t before = signals_block();
  if (!o->error && o->unnamed && o->temp && !give_name(o))
    o->error = errno;
  if (o->fd != STDOUT_FILENO && close(o->fd) != 0 && !o->error)
    o->error = errno;
  o->fd = -1;
  if (!o->error && o->temp && rename(o->temp, o->target) != 0)
    o->error = errno;
  if (!o->error)
    begun_drop(o->temp);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (o->error) {
    report(o, o->error);
    out_abort(o);
    return false;
  }
  if (o->temp)
    sync_folder(o);
  o->temp = NULL;
  return true;
}

void out_abort(Out *o) {
  if (o->fd >= 0 && o->fd != STDOUT_FILENO)
    close(o->fd);
  o->fd = -1;
  if (o->temp && !o->unnamed)
    unlink(o->temp);
  begun_drop(o->temp);
  o->temp = NULL;
}
