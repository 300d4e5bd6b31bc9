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
  Map *made;  // paths that the run writes
  bool blind; // a file could not be read: nothing is known to be the same
} Hasher;

static Str hash_text(Arena *a, Str text) {
  return file_sha256(a, file_of(a, STR(""), text));
}

static int by_name(const void *x, const void *y) {
  return str_cmp(*(const Str *)x, *(const Str *)y);
}

static Str hash_path(Hasher *h, Str path, int depth);

static Str plain_path(Str path) {
  while (str_starts(path, STR("./")))
    path = str_slice(path, 2, path.len);
  return path;
}

// What a run makes may lie beside what it is made from.
static bool is_made(const Hasher *h, Str path, Str name) {
  return str_starts(name, STR(".")) || str_ends(name, STR(".pdf")) ||
         str_ends(name, STR(".state")) || map_lookup(h->made, plain_path(path));
}

// What no layout reads, though it lies in its folder: pages, manifests, and
// what items name themselves, so that a change in it is theirs alone.
static bool is_others(Hasher *h, Str path) {
  static const char *const endings[] = {".txt", ".md", ".TXT", ".MD", ".json"};
  static const char *const roots[] = {"urn:jianbao:manifest",
                                      "urn:jianbao:corrections", "<params"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (str_ends(path, str_of(endings[i])))
      return true;
  File *f = str_ends(path, STR(".xml"))
                ? file_load(h->run->arena, h->run->diags, path)
                : NULL;
  for (size_t i = 0; f && i < sizeof roots / sizeof *roots; i++)
    if (str_has(str_slice(f->text, 0, 2000), str_of(roots[i])))
      return true;
  return false;
}

enum { LAYOUTS = 100 }; // added to the depth: only what layouts read

static Str hash_folder(Hasher *h, Str path, int depth) {
  Arena *a = h->run->arena;
  DIR *dir = opendir(str_z(a, path));
  VEC(Str) names = {0};
  for (struct dirent *e; dir && (e = readdir(dir));)
    *vec_push(a, &names) = str_copy(a, str_of(e->d_name));
  if (dir)
    closedir(dir);
  if (names.len)
    qsort(names.data, names.len, sizeof(Str), by_name);
  Buf b = buf_new(a);
  for (size_t i = 0; i < names.len; i++) {
    Str inner = str_fmt(a, "%.*s/%.*s", STR_ARG(path), STR_ARG(names.data[i]));
    if (is_made(h, inner, names.data[i]) ||
        (depth >= LAYOUTS && is_others(h, inner)))
      continue;
    Str hash = hash_path(h, inner, depth + 1);
    buf_fmt(&b, "%.*s %.*s\n", STR_ARG(hash), STR_ARG(names.data[i]));
  }
  return hash_text(a, buf_str(&b));
}

static Str hash_file(Hasher *h, Str path) {
  Arena *a = h->run->arena;
  File *f = file_load(a, h->run->diags, path);
  h->blind = h->blind || !f;
  return f ? file_sha256(a, f) : STR("");
}

// Hash of a file's bytes, or of a folder's files; empty for what is not there.
static Str hash_path(Hasher *h, Str path, int depth) {
  Arena *a = h->run->arena;
  Str key = depth >= LAYOUTS ? str_cat(a, path, STR("//")) : path;
  Str *known = map_lookup(h->known, key);
  if (known)
    return *known;
  struct stat st;
  Str hash = STR("");
  bool there = path.len && stat(str_z(a, path), &st) == 0;
  if (there && S_ISDIR(st.st_mode) && depth % LAYOUTS <= FOLDERS_DEEP)
    hash = hash_folder(h, path, depth);
  else if (there && S_ISREG(st.st_mode))
    hash = hash_file(h, path);
  Str *keep = NEW(a, Str);
  *keep = hash;
  map_put(h->known, key, keep);
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
          STR_ARG(hash_path(h, folder_of(a, o->inputs.data[0]), LAYOUTS)));
  for (size_t i = 0; i < o->inputs.len; i++)
    buf_fmt(&b, "%.*s %.*s\n", STR_ARG(hash_path(h, o->inputs.data[i], 0)),
            STR_ARG(o->inputs.data[i]));
  buf_fmt(&b, "%.*s\n%.*s\n", STR_ARG(hash_path(h, o->params, 0)),
          STR_ARG(hash_path(h, o->corrections, 0)));
  for (size_t i = 0; i < o->set.len; i++)
    buf_fmt(&b, "%.*s=%.*s\n", STR_ARG(o->set.data[i].name),
            STR_ARG(o->set.data[i].value));
  for (size_t i = 0; i < o->previous.len; i++)
    buf_fmt(&b, "%.*s\n", STR_ARG(hash_path(h, o->previous.data[i], 0)));
  for (size_t i = 0; i < o->fonts.len; i++)
    buf_fmt(&b, "%.*s\n", STR_ARG(hash_path(h, o->fonts.data[i], 0)));
  Str day;
  epoch_day(a, &day);
  buf_fmt(&b, "%.*s\n%.*s\n%.*s\n%.*s\n", STR_ARG(o->period), STR_ARG(o->date),
          STR_ARG(o->encoding), STR_ARG(day));
  buf_fmt(&b, "%.*s\n%.*s\n%.*s\n", STR_ARG(hash_path(h, o->ledger, 0)),
          STR_ARG(o->copies), STR_ARG(o->booklet));
  buf_fmt(&b, "%d %d %d %d", o->print, o->archive, o->final, o->keep_going);
  return hash_text(a, buf_str(&b));
}

static Str state_path(Run *r) {
  return str_fmt(r->arena, "%.*s.state", STR_ARG(r->options.inputs.data[0]));
}

// What an item writes, as a list that ends with an empty path.
static const Str *outputs_of(const Item *it, Str out[6]) {
  const Options *o = &it->options;
  const Str all[] = {o->output, o->dossier, o->html, o->map, o->report};
  size_t n = 0;
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (all[i].len)
      out[n++] = all[i];
  out[n] = STR("");
  return out;
}

static Hasher hasher(Run *r, const Manifest *m) {
  Hasher h = {r, map_new(r->arena), map_new(r->arena), false};
  Str out[6];
  for (size_t i = 0; i < m->n; i++)
    for (const Str *o = outputs_of(&m->items[i], out); o->len; o++)
      map_put(h.made, plain_path(*o), &m->items[i]);
  return h;
}

// The line of an item that is as it should be.
static Str state_line(Hasher *h, const Item *it) {
  Arena *a = h->run->arena;
  Buf b = buf_new(a);
  Str out[6];
  buf_add(&b, it->inputs);
  for (const Str *o = outputs_of(it, out); o->len; o++)
    buf_fmt(&b, " %.*s", STR_ARG(hash_path(h, *o, 0)));
  buf_fmt(&b, " %.*s", STR_ARG(it->options.output));
  return buf_str(&b);
}

void resume_begin(Run *r, Manifest *m) {
  if (!r->options.resume)
    return;
  Hasher h = hasher(r, m);
  for (size_t i = 0; i < m->n; i++)
    m->items[i].inputs = hash_inputs(&h, &m->items[i]);
  Str path = state_path(r);
  if (access(str_z(r->arena, path), F_OK) != 0)
    return;
  File *f = file_load(r->arena, r->diags, path);
  Map *lines = map_new(r->arena);
  for (size_t at = 0, end; f && at < f->text.len; at = end + 1) {
    end = str_find(f->text, STR("\n"), at);
    end = end == SIZE_MAX ? f->text.len : end;
    map_put(lines, str_slice(f->text, at, end), f);
  }
  for (size_t i = 0; i < m->n; i++)
    m->items[i].skipped =
        map_lookup(lines, state_line(&h, &m->items[i])) && !h.blind;
}

void resume_end(Run *r, const Manifest *m) {
  if (!r->options.resume)
    return;
  Hasher h = hasher(r, m);
  Out *o = out_open(r->arena, r->diags, state_path(r));
  if (!o)
    return;
  for (size_t i = 0; i < m->n; i++)
    if (m->items[i].code == 0) {
      Str line = state_line(&h, &m->items[i]);
      if (!h.blind)
        out_write(o, str_cat(r->arena, line, STR("\n")));
    }
  out_commit(o);
}
