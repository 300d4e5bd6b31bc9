// --resume: an item is left out when everything it is made from, and the file
// it made, have the same contents as after the last run.
#include "manifest.h"
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  Run *run;
  Map *known; // path → its hash, since items share layouts and pages
} Hasher;

static Str hash_text(Arena *a, Str text) {
  return file_sha256(a, file_of(a, STR(""), text));
}

static int by_name(const void *x, const void *y) {
  return str_cmp(*(const Str *)x, *(const Str *)y);
}

enum { FOLDER_DEPTH = 4 };

static Str hash_path(Hasher *h, Str path, int depth);

// What a run makes may lie beside what it is made from.
static bool is_made(Str name) {
  return str_starts(name, STR(".")) || str_ends(name, STR(".pdf")) ||
         str_ends(name, STR(".state"));
}

static Str hash_folder(Hasher *h, Str path, int depth) {
  Arena *a = h->run->arena;
  DIR *dir = opendir(str_z(a, path));
  VEC(Str) names = {0};
  for (struct dirent *e; dir && (e = readdir(dir));)
    if (!is_made(str_of(e->d_name)))
      *vec_push(a, &names) = str_copy(a, str_of(e->d_name));
  if (dir)
    closedir(dir);
  if (names.len)
    qsort(names.data, names.len, sizeof(Str), by_name);
  Buf b = buf_new(a);
  for (size_t i = 0; i < names.len; i++) {
    Str inner = str_fmt(a, "%.*s/%.*s", STR_ARG(path), STR_ARG(names.data[i]));
    Str hash = hash_path(h, inner, depth + 1);
    buf_fmt(&b, "%.*s %.*s\n", STR_ARG(hash), STR_ARG(names.data[i]));
  }
  return hash_text(a, buf_str(&b));
}

// Hash of a file's bytes, or of a folder's files; empty for what is not there.
static Str hash_path(Hasher *h, Str path, int depth) {
  Arena *a = h->run->arena;
  Str *known = map_lookup(h->known, path);
  if (known)
    return *known;
  struct stat st;
  Str hash = STR("");
  bool there = path.len && stat(str_z(a, path), &st) == 0;
  if (there && S_ISDIR(st.st_mode) && depth < FOLDER_DEPTH)
    hash = hash_folder(h, path, depth);
  else if (there && S_ISREG(st.st_mode))
    hash = file_sha256(a, file_load(a, h->run->diags, path));
  Str *keep = NEW(a, Str);
  *keep = hash;
  map_put(h->known, path, keep);
  return hash;
}

static Str folder_of(Arena *a, Str path) {
  size_t end = path.len;
  while (end && path.data[end - 1] != '/')
    end--;
  return end ? str_copy(a, str_slice(path, 0, end > 1 ? end - 1 : end))
             : STR(".");
}

// Includes and pictures of a layout lie in its folder or below, so that the
// folder stands for them.
static Str hash_inputs(Hasher *h, const Item *it) {
  Arena *a = h->run->arena;
  const Options *o = &it->options;
  Buf b = buf_new(a);
  buf_fmt(&b, "jianbao " JIANBAO_VERSION "\n%.*s\n",
          STR_ARG(hash_path(h, folder_of(a, o->inputs.data[0]), 0)));
  for (size_t i = 0; i < o->inputs.len; i++)
    buf_fmt(&b, "%.*s %.*s\n", STR_ARG(hash_path(h, o->inputs.data[i], 0)),
            STR_ARG(o->inputs.data[i]));
  buf_fmt(&b, "%.*s\n%.*s\n", STR_ARG(hash_path(h, o->params, 0)),
          STR_ARG(hash_path(h, o->corrections, 0)));
  for (size_t i = 0; i < o->set.len; i++)
    buf_fmt(&b, "%.*s=%.*s\n", STR_ARG(o->set.data[i].name),
            STR_ARG(o->set.data[i].value));
  buf_fmt(&b, "%.*s\n%.*s\n%.*s\n%d", STR_ARG(o->period), STR_ARG(o->date),
          STR_ARG(o->encoding), o->print);
  return hash_text(a, buf_str(&b));
}

static Str state_path(Run *r) {
  return str_fmt(r->arena, "%.*s.state", STR_ARG(r->options.inputs.data[0]));
}

void resume_begin(Run *r, Manifest *m) {
  if (!r->options.resume)
    return;
  Hasher h = {r, map_new(r->arena)};
  for (size_t i = 0; i < m->n; i++)
    m->items[i].inputs = hash_inputs(&h, &m->items[i]);
  Str path = state_path(r);
  if (access(str_z(r->arena, path), F_OK) != 0)
    return;
  File *f = file_load(r->arena, r->diags, path);
  for (size_t i = 0; f && i < m->n; i++) {
    Item *it = &m->items[i];
    Str line = str_fmt(r->arena, "%.*s %.*s %.*s\n", STR_ARG(it->inputs),
                       STR_ARG(hash_path(&h, it->options.output, 0)),
                       STR_ARG(it->options.output));
    it->skipped = str_has(f->text, line);
  }
}

void resume_end(Run *r, const Manifest *m) {
  if (!r->options.resume)
    return;
  Hasher h = {r, map_new(r->arena)};
  Out *o = out_open(r->arena, r->diags, state_path(r));
  if (!o)
    return;
  for (size_t i = 0; i < m->n; i++) {
    const Item *it = &m->items[i];
    if (it->code == 0)
      out_write(o, str_fmt(r->arena, "%.*s %.*s %.*s\n", STR_ARG(it->inputs),
                           STR_ARG(hash_path(&h, it->options.output, 0)),
                           STR_ARG(it->options.output)));
  }
  out_commit(o);
}
