// The pages of a folder and of the folders below it, in the order of their
// names.
#define _DEFAULT_SOURCE // d_type
#include "packed.h"
#include "sources.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

typedef struct {
  Str path;
  int depth;
} Link;

typedef struct {
  Run *run;
  StrList *paths;
  Map *seen;       // folders, by device and number: a link may lead back
  VEC(Link) links; // to folders: walked last, so that their own paths count
  StrList with;    // folders below that have pages
  size_t too_deep;
} Walk;

static int by_name(const void *x, const void *y) {
  return str_cmp(*(const Str *)x, *(const Str *)y);
}

static bool seen_before(Walk *w, const struct stat *st) {
  Str key = str_fmt(w->run->arena, "%llu:%llu", (unsigned long long)st->st_dev,
                    (unsigned long long)st->st_ino);
  if (map_lookup(w->seen, key))
    return true;
  map_put(w->seen, key, w);
  return false;
}

// A name in a folder: a page, a folder of pages, or neither. What is no file
// is left alone, but a page whose link leads nowhere shall be missed.
static void take(Walk *w, Str folder, const struct dirent *e, StrList *below) {
  Arena *a = w->run->arena;
  bool page = packed_is_page(str_of(e->d_name));
  if (e->d_name[0] == '.' || (e->d_type == DT_REG && !page))
    return;
  Str path = str_fmt(a, "%.*s/%s", STR_ARG(folder), e->d_name);
  struct stat st = {.st_mode = S_IFREG};
  if (e->d_type != DT_REG && stat(path.data, &st) == 0 && S_ISDIR(st.st_mode))
    *vec_push(a, below) = path;
  else if (page && S_ISREG(st.st_mode))
    *vec_push(a, w->paths) = path;
}

static bool is_link(Str path) {
  struct stat st;
  return lstat(path.data, &st) == 0 && S_ISLNK(st.st_mode);
}

static void walk(Walk *w, Str folder, int depth) {
  Arena *a = w->run->arena;
  struct stat st;
  DIR *dir = opendir(str_z(a, folder));
  if (!dir || fstat(dirfd(dir), &st) != 0) {
    diag_errno(w->run->diags, D_DIR_READ, folder, errno);
    if (dir)
      closedir(dir);
    return;
  }
  size_t before = w->paths->len;
  StrList below = {0};
  if (!seen_before(w, &st))
    for (struct dirent *e; (e = readdir(dir));)
      take(w, folder, e, &below);
  closedir(dir);
  if (depth && w->paths->len > before)
    *vec_push(a, &w->with) = folder;
  if (below.len)
    qsort(below.data, below.len, sizeof(Str), by_name);
  if (depth == FOLDERS_DEEP)
    w->too_deep += below.len;
  for (size_t i = 0; i < below.len && depth < FOLDERS_DEEP; i++)
    if (is_link(below.data[i]))
      *vec_push(a, &w->links) = (Link){below.data[i], depth + 1};
    else
      walk(w, below.data[i], depth + 1);
}

// Says which folders below gave pages too: a month may lie beside another.
static void tell_below(Walk *w, Str folder) {
  enum { NAMED = 5 };
  Arena *a = w->run->arena;
  Buf b = buf_new(a);
  for (size_t i = 0; i < w->with.len && i < NAMED; i++)
    buf_fmt(&b, "%s%.*s", i ? ", " : "",
            STR_ARG(str_slice(w->with.data[i], folder.len + 1,
                              w->with.data[i].len)));
  if (w->with.len > NAMED)
    buf_add(&b, STR(" …"));
  if (w->with.len)
    diag_file(w->run->diags, D_DIR_BELOW, folder, buf_str(&b));
  if (w->too_deep)
    diag_file(w->run->diags, D_DIR_DEEP, folder, str_int(a, FOLDERS_DEEP));
}

void folder_pages(Run *r, Str folder, StrList *paths) {
  while (folder.len > 1 && str_ends(folder, STR("/")))
    folder.len--;
  Walk w = {.run = r, .paths = paths, .seen = map_new(r->arena)};
  size_t first = paths->len, faults = diags_errors(r->diags);
  walk(&w, folder, 0);
  for (size_t i = 0; i < w.links.len; i++) // and the links it leads to
    walk(&w, w.links.data[i].path, w.links.data[i].depth);
  if (paths->len > first)
    qsort(paths->data + first, paths->len - first, sizeof(Str), by_name);
  else if (diags_errors(r->diags) == faults)
    diag_file(r->diags, D_DIR_EMPTY, folder, STR(""));
  tell_below(&w, folder);
}
