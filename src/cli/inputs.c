// Pages from files, folders and standard input, or one dossier.
#include "cli.h"
#include "extract.h"
#include "read.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

typedef VEC(Str) Paths;
typedef VEC(File *) Files;

static bool is_folder(Arena *a, Str path) {
  struct stat st;
  return stat(str_z(a, path), &st) == 0 && S_ISDIR(st.st_mode);
}

// A page of text by its name; a README that explains the folder is none.
static bool is_page_name(Str name) {
  bool text = str_ends(name, STR(".txt")) || str_ends(name, STR(".md")) ||
              str_ends(name, STR(".TXT")) || str_ends(name, STR(".MD"));
  return text && !str_starts(name, STR(".")) &&
         !str_starts(name, STR("README"));
}

static int by_name(const void *x, const void *y) {
  return str_cmp(*(const Str *)x, *(const Str *)y);
}

static void add_folder(Run *r, Paths *paths, Str folder) {
  DIR *dir = opendir(str_z(r->arena, folder));
  if (!dir) {
    diag_file(r->diags, D_DIR_READ, folder, str_of(strerror(errno)));
    return;
  }
  size_t first = paths->len;
  Str base = folder;
  while (base.len > 1 && str_ends(base, STR("/")))
    base.len--;
  for (struct dirent *e; (e = readdir(dir));)
    if (is_page_name(str_of(e->d_name)))
      *vec_push(r->arena, paths) =
          str_fmt(r->arena, "%.*s/%s", STR_ARG(base), e->d_name);
  closedir(dir);
  if (paths->len == first)
    diag_file(r->diags, D_DIR_EMPTY, folder, STR(""));
  else
    qsort(paths->data + first, paths->len - first, sizeof(Str), by_name);
}

static Paths expand(Run *r, const Str *given, size_t n) {
  Paths paths = {0};
  for (size_t i = 0; i < n; i++) {
    if (is_folder(r->arena, given[i]))
      add_folder(r, &paths, given[i]);
    else
      *vec_push(r->arena, &paths) = given[i];
  }
  return paths;
}

// The last `parts` parts of a path.
static Str path_tail(Str path, int parts) {
  size_t at = path.len;
  while (at > 0 && (path.data[at - 1] != '/' || --parts > 0))
    at--;
  return str_slice(path, at, path.len);
}

// Pages are named in print by the shortest ending of their path that tells
// them apart: the file's name, with folders only where two are the same.
static void name_pages(Arena *a, Dossier *dossier) {
  for (int parts = 1; parts <= 8; parts++) {
    Map *seen = map_new(a);
    bool clash = false;
    for (size_t i = 0; i < dossier->pages.len; i++) {
      Page *p = &dossier->pages.data[i];
      Str tail = path_tail(p->source ? p->source->path : p->file, parts);
      clash = clash || map_lookup(seen, tail);
      map_put(seen, tail, p);
      p->file = tail;
    }
    if (!clash)
      return;
  }
}

static Dossier *load_pages(Run *r, File **files, size_t n,
                           const Dictionary *dictionary, Corrections *c) {
  Arena *a = r->arena;
  Dossier *dossier = dossier_new(a);
  ReadOptions options = {r->options.encoding, r->options.date};
  for (size_t i = 0; i < n; i++)
    read_page(a, r->diags, dossier, files[i], &options);
  if (dossier->pages.len == 0) {
    diag_add(r->diags, D_CLI_NO_PAGE, SPAN_NONE, NULL, 0);
    return NULL;
  }
  name_pages(a, dossier);
  read_finish(a, r->diags, dossier);
  if (c)
    corrections_apply_text(c, dossier);
  extract_figures(a, r->diags, dossier, dictionary);
  return dossier;
}

// The files that could be loaded, and how many of them are dossiers.
static size_t load_files(Run *r, const Str *given, size_t n, Files *files) {
  Paths paths = expand(r, given, n);
  size_t dossiers = 0;
  for (size_t i = 0; i < paths.len; i++) {
    File *f = file_load(r->arena, r->diags, paths.data[i]);
    if (!f)
      continue;
    dossiers += dossier_sniff(f);
    *vec_push(r->arena, files) = f;
  }
  return dossiers;
}

static bool load_corrections(Run *r, Corrections **c) {
  *c = NULL;
  if (!r->options.corrections.len)
    return true;
  File *f = file_load(r->arena, r->diags, r->options.corrections);
  *c = f ? corrections_read(r->arena, r->diags, f) : NULL;
  return *c != NULL;
}

Dossier *inputs_load(Run *r, const Str *given, size_t n,
                     const Dictionary *dictionary) {
  Files files = {0};
  size_t dossiers = load_files(r, given, n, &files);
  if (dossiers && files.len > 1) {
    diag_add(r->diags, D_CLI_MIXED, SPAN_NONE, NULL, 0);
    return NULL;
  }
  Corrections *c;
  if (!load_corrections(r, &c))
    return NULL;
  Dossier *dossier = dossiers
                         ? dossier_read(r->arena, r->diags, files.data[0])
                         : load_pages(r, files.data, files.len, dictionary, c);
  if (!dossier)
    return NULL;
  if (c && dossiers)
    corrections_apply_text(c, dossier);
  if (c)
    corrections_apply_figures(c, dossier);
  if (r->options.period.len)
    dossier->period = r->options.period;
  else if (dossier->period.len == 0)
    dossier->period = inputs_period(r->arena, dossier);
  return dossier;
}

Str inputs_period(Arena *a, const Dossier *dossier) {
  Str best = STR("");
  size_t most = 0;
  for (size_t i = 0; i < dossier->pages.len; i++) {
    Str month = str_slice(dossier->pages.data[i].date, 0, 7);
    size_t n = 0;
    for (size_t k = 0; k < dossier->pages.len; k++)
      n += month.len == 7 && str_starts(dossier->pages.data[k].date, month);
    if (n > most || (n == most && n && str_cmp(month, best) > 0)) {
      best = month;
      most = n;
    }
  }
  return str_copy(a, best);
}
