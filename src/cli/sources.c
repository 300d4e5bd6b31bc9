// Pages from files, folders, archives, lists and standard input.
#include "sources.h"
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

struct Sources {
  Run *run;
  VEC(Str) paths; // folders are expanded
  size_t next;
  struct archive *archive; // being read, NULL between archives
  Str archive_path;
  bool archive_had_page;
};

static bool is_folder(Arena *a, Str path) {
  struct stat st;
  return stat(str_z(a, path), &st) == 0 && S_ISDIR(st.st_mode);
}

static Str base_name(Str path) {
  size_t at = path.len;
  while (at > 0 && path.data[at - 1] != '/')
    at--;
  return str_slice(path, at, path.len);
}

// A page of text by its name; a README that explains the folder is none.
static bool is_page_name(Str path) {
  Str name = base_name(path);
  bool text = str_ends(name, STR(".txt")) || str_ends(name, STR(".md")) ||
              str_ends(name, STR(".TXT")) || str_ends(name, STR(".MD"));
  return text && !str_starts(name, STR(".")) &&
         !str_starts(name, STR("README"));
}

static bool is_archive_name(Str path) {
  static const char *const endings[] = {".tar", ".zip", ".tgz", ".txz"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (str_ends(path, str_of(endings[i])))
      return true;
  return str_has(base_name(path), STR(".tar."));
}

static int by_name(const void *x, const void *y) {
  return str_cmp(*(const Str *)x, *(const Str *)y);
}

static void add_folder(Sources *s, Str folder) {
  Arena *a = s->run->arena;
  DIR *dir = opendir(str_z(a, folder));
  if (!dir) {
    diag_file(s->run->diags, D_DIR_READ, folder, str_of(strerror(errno)));
    return;
  }
  size_t first = s->paths.len;
  Str base = folder;
  while (base.len > 1 && str_ends(base, STR("/")))
    base.len--;
  for (struct dirent *e; (e = readdir(dir));)
    if (is_page_name(str_of(e->d_name)))
      *vec_push(a, &s->paths) = str_fmt(a, "%.*s/%s", STR_ARG(base), e->d_name);
  closedir(dir);
  if (s->paths.len == first)
    diag_file(s->run->diags, D_DIR_EMPTY, folder, STR(""));
  else
    qsort(s->paths.data + first, s->paths.len - first, sizeof(Str), by_name);
}

static void add_path(Sources *s, Str path) {
  if (is_folder(s->run->arena, path))
    add_folder(s, path);
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

static void close_archive(void *p) {
  Sources *s = p;
  if (s->archive)
    archive_read_free(s->archive);
  s->archive = NULL;
}

Sources *sources_open(Run *r, const Str *paths, size_t n, Str list) {
  Sources *s = NEW(r->arena, Sources);
  s->run = r;
  arena_defer(r->arena, close_archive, s);
  for (size_t i = 0; i < n; i++)
    add_path(s, paths[i]);
  if (list.len)
    add_list(s, list);
  return s;
}

static void archive_failed(Sources *s, Diags *d) {
  if (archive_errno(s->archive) == ENOENT)
    diag_file(d, D_FILE_MISSING, s->archive_path, STR(""));
  else
    diag_file(d, D_ARCHIVE, s->archive_path,
              str_of(archive_error_string(s->archive)));
  close_archive(s);
}

static bool open_archive(Sources *s, Diags *d, Str path) {
  s->archive = archive_read_new();
  s->archive_path = path;
  s->archive_had_page = false;
  if (!s->archive)
    return false;
  archive_read_support_filter_all(s->archive);
  archive_read_support_format_tar(s->archive);
  archive_read_support_format_zip(s->archive);
  Arena *a = arena_new();
  int code = archive_read_open_filename(s->archive, str_z(a, path), 64 * 1024);
  arena_free(a);
  if (code == ARCHIVE_OK)
    return true;
  archive_failed(s, d);
  return false;
}

// The bytes of the member at hand; NULL: reported.
static File *load_member(Sources *s, Arena *a, Diags *d, Str name,
                         int64_t size) {
  Buf b = buf_new(a);
  // What the archive says of the size may be wrong, or missing.
  buf_room(&b, size > 0 && size < (1 << 20) ? (size_t)size + 1 : 64 * 1024);
  for (;;) {
    buf_room(&b, 1);
    la_ssize_t n = archive_read_data(s->archive, b.data + b.len, b.cap - b.len);
    if (n == 0)
      return file_of(a, name, buf_str(&b));
    if (n < 0) {
      archive_failed(s, d);
      return NULL;
    }
    b.len += (size_t)n;
    if (b.len > FILE_MAX) {
      diag_file(d, D_FILE_LARGE, name, str_int(a, (long long)(FILE_MAX >> 20)));
      return NULL;
    }
  }
}

// The next page of the open archive, or NULL, with the archive closed.
static File *next_member(Sources *s, Arena *a, Diags *d) {
  struct archive_entry *e;
  while (s->archive) {
    int code = archive_read_next_header(s->archive, &e);
    if (code == ARCHIVE_EOF) {
      if (!s->archive_had_page)
        diag_file(d, D_DIR_EMPTY, s->archive_path, STR(""));
      close_archive(s);
    } else if (code != ARCHIVE_OK && code != ARCHIVE_WARN) {
      archive_failed(s, d);
    } else {
      const char *utf8 = archive_entry_pathname_utf8(e);
      Str name = str_of(utf8 ? utf8 : archive_entry_pathname(e));
      if (archive_entry_filetype(e) != AE_IFREG || !is_page_name(name))
        continue;
      s->archive_had_page = true;
      Str path =
          str_fmt(a, "%.*s/%.*s", STR_ARG(s->archive_path), STR_ARG(name));
      File *f = load_member(s, a, d, path, archive_entry_size(e));
      if (f)
        return f;
    }
  }
  return NULL;
}

File *sources_next(Sources *s, Arena *a, Diags *d) {
  for (;;) {
    File *f = s->archive ? next_member(s, a, d) : NULL;
    if (f)
      return f;
    if (s->next == s->paths.len)
      return NULL;
    Str path = s->paths.data[s->next++];
    if (is_archive_name(path) && open_archive(s, d, path))
      continue;
    f = is_archive_name(path) ? NULL : file_load(a, d, path);
    if (f)
      return f;
  }
}
