// Pages from files, folders, archives, lists and standard input.
#include "sources.h"
#include "packed.h"
#include <sys/stat.h>

struct Sources {
  Run *run;
  StrList paths; // folders are expanded
  size_t next;
  Packed *packed; // the archive being read, NULL between archives
};

static bool is_folder(Arena *a, Str path) {
  struct stat st;
  return stat(str_z(a, path), &st) == 0 && S_ISDIR(st.st_mode);
}

static void add_path(Sources *s, Str path) {
  if (is_folder(s->run->arena, path))
    folder_pages(s->run, path, &s->paths);
  else
    *vec_push(s->run->arena, &s->paths) = path;
}

static void add_list(Sources *s, Str list) {
  File *f = file_load(s->run->arena, s->run->diags, list);
  for (size_t i = 0; f && i < f->lines; i++) {
    size_t end = i + 1 < f->lines ? f->line_starts[i + 1] : f->text.len;
    Str line = str_trim(str_slice(f->text, f->line_starts[i], end));
    if (line.len)
      add_path(s, line);
  }
}

Sources *sources_open(Run *r, const Str *paths, size_t n, Str list) {
  Sources *s = NEW(r->arena, Sources);
  s->run = r;
  for (size_t i = 0; i < n; i++)
    add_path(s, paths[i]);
  if (list.len)
    add_list(s, list);
  return s;
}

// The page in one path; where an archive lies there, it is opened instead.
static File *load_path(Sources *s, Arena *a, Diags *d, Str path) {
  bool input = str_is(path, "-");
  Str head = input ? packed_head(a) : STR("");
  if (input ? packed_sniff(head) : packed_is_name(path)) {
    s->packed = packed_open(s->run->arena, d, path, head);
    return NULL;
  }
  return input ? file_load_rest(a, d, head) : file_load(a, d, path);
}

File *sources_next(Sources *s, Arena *a, Diags *d) {
  for (;;) {
    File *f = s->packed ? packed_next(s->packed, a, d) : NULL;
    if (f)
      return f;
    s->packed = NULL;
    if (s->next == s->paths.len)
      return NULL;
    f = load_path(s, a, d, s->paths.data[s->next++]);
    if (f)
      return f;
  }
}
