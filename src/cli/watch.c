// Rebuilds when the layout, its parts or the pages change.
#include "cli.h"
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// Editors write a file in several steps; what comes within this time is one
// change.
enum { SETTLE_MS = 20 };

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static Str folder_of(Arena *a, Str path) {
  struct stat st;
  if (stat(str_z(a, path), &st) == 0 && S_ISDIR(st.st_mode))
    return path;
  size_t end = path.len;
  while (end && path.data[end - 1] != '/')
    end--;
  return end ? str_slice(path, 0, end) : STR(".");
}

static bool watch_folder(Run *r, int fd, Str folder) {
  uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_CREATE;
  if (inotify_add_watch(fd, str_z(r->arena, folder), events) >= 0)
    return true;
  diag_errno(r->diags, D_DIR_READ, folder, errno);
  return false;
}

// The folders below, in which a layout may have its parts and pictures, and
// pages may lie.
static void watch_below(Run *r, int fd, Str folder, int depth) {
  DIR *dir = opendir(str_z(r->arena, folder));
  for (struct dirent *e; dir && (e = readdir(dir));) {
    Str inner = str_fmt(r->arena, "%.*s/%s", STR_ARG(folder), e->d_name);
    struct stat st;
    if (e->d_name[0] != '.' && stat(inner.data, &st) == 0 &&
        S_ISDIR(st.st_mode) && depth <= FOLDERS_DEEP &&
        watch_folder(r, fd, inner))
      watch_below(r, fd, inner, depth + 1);
  }
  if (dir)
    closedir(dir);
}

// Folders are watched, not files: saving often replaces the file itself.
static bool watch_folders(Run *r, int fd) {
  const Options *o = &r->options;
  VEC(Str) paths = {0};
  for (size_t i = 0; i < o->inputs.len; i++)
    *vec_push(r->arena, &paths) = o->inputs.data[i];
  if (o->params.len)
    *vec_push(r->arena, &paths) = o->params;
  if (o->corrections.len)
    *vec_push(r->arena, &paths) = o->corrections;
  for (size_t i = 0; i < paths.len; i++) {
    Str folder = folder_of(r->arena, paths.data[i]);
    if (!watch_folder(r, fd, folder))
      return false;
    if (i == 0 || str_eq(folder, paths.data[i]))
      watch_below(r, fd, folder, 1);
  }
  return true;
}

// Whether a change of this file makes another briefing: its own output, what is
// hidden, and what has no name yet (#123) or is an editor's copy do not.
static bool matters(const Run *r, const char *name) {
  Str output = r->options.output, n = str_of(name);
  bool own =
      str_ends(output, n) &&
      (output.len == n.len || output.data[output.len - n.len - 1] == '/');
  return n.len && n.data[0] != '.' && n.data[0] != '#' && !own &&
         !str_ends(n, STR("~"));
}

static bool read_events(Run *r, int fd) {
  _Alignas(struct inotify_event) char events[16 * 1024];
  ssize_t n = read(fd, events, sizeof events);
  bool any = false;
  for (ssize_t i = 0; n > 0 && i < n;) {
    const struct inotify_event *e = (const void *)(events + i);
    any = any || matters(r, e->len ? e->name : "");
    i += (ssize_t)(sizeof *e + e->len);
  }
  return any;
}

static bool wait_for_change(Run *r, int fd) {
  struct pollfd p = {.fd = fd, .events = POLLIN};
  bool any = false;
  for (;;) {
    int n = poll(&p, 1, any ? SETTLE_MS : -1);
    if (n == 0)
      return true;
    if (n < 0 && errno != EINTR)
      return false;
    any = (n > 0 && read_events(r, fd)) || any;
  }
}

// One build with memory and messages of its own, and one line about it.
static void build_once(const Run *r) {
  double started = now_ms();
  Arena *a = arena_new();
  Diags *d = diags_new(a, diags_lang_of_env());
  Run run = {.arena = a, .diags = d, .options = r->options};
  run.options.command = CMD_BUILD;
  command_build(&run);
  diags_print_as(d, str_is(r->options.messages, "json"), r->options.quiet);
  diags_print(d);
  if (diags_lang_of_env() == LANG_ZH)
    printf("%.*s：%zu 页，%zu 个警告，%zu 个错误，%.0f 毫秒\n",
           STR_ARG(r->options.output), run.pages, diags_count(d, LEVEL_WARNING),
           diags_errors(d), now_ms() - started);
  else
    printf("%.*s: %zu pages, %zu warnings, %zu errors, %.0f ms\n",
           STR_ARG(r->options.output), run.pages, diags_count(d, LEVEL_WARNING),
           diags_errors(d), now_ms() - started);
  fflush(stdout);
  arena_free(a);
}

void command_watch(Run *r) {
  if (!enough_inputs(r, 2, "a layout, and pages, folders or a dossier",
                     "版式，以及报纸页、文件夹或卷宗"))
    return;
  if (!r->options.output.len) {
    diag_add(r->diags, D_CLI_NO_OUTPUT, SPAN_NONE, NULL, 0);
    diag_fix(r->diags, STR("-o FILE"));
    return;
  }
  int fd = inotify_init1(IN_CLOEXEC);
  if (fd < 0) {
    diag_errno(r->diags, D_DIR_READ, STR("inotify"), errno);
    return;
  }
  if (watch_folders(r, fd))
    do
      build_once(r);
    while (wait_for_change(r, fd) && watch_folders(r, fd)); // some may be new
  close(fd);
}
