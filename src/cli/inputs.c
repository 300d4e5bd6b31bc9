// Pages from files, folders and standard input, or one dossier.
#include "extract.h"
#include "history.h"
#include "read.h"
#include "sources.h"

typedef VEC(File *) Files;

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
                           const Dictionary *dictionary, Corrections *c,
                           bool asked) {
  Arena *a = r->arena;
  Dossier *dossier = dossier_new(a);
  ReadOptions options = {r->options.encoding, r->options.date};
  for (size_t i = 0; i < n; i++)
    read_page(a, r->diags, dossier, files[i], &options);
  if (dossier->pages.len == 0 && asked) {
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
  Sources *sources = sources_open(r, given, n, r->options.list);
  size_t dossiers = 0;
  for (File *f; (f = sources_next(sources, r->arena, r->diags));) {
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
  Dossier *dossier = dossiers ? dossier_read(r->arena, r->diags, files.data[0])
                              : load_pages(r, files.data, files.len, dictionary,
                                           c, n || r->options.list.len);
  if (!dossier)
    return NULL;
  if (dossiers)
    dictionary_apply(r->arena, dossier, dictionary);
  if (c && dossiers)
    corrections_apply_text(c, dossier);
  if (c)
    corrections_apply_figures(c, dossier);
  if (r->options.period.len)
    dossier->period = r->options.period;
  else if (dossier->period.len == 0)
    dossier->period = inputs_period(r->arena, dossier);
  return history_attach(r, dossier, dictionary) ? dossier : NULL;
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
