// Files in memory, and where in them something stands.
#include "base.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

// The next line end at or after i, or the text's end.
static size_t line_end(Str s, size_t i) {
  const char *p = i < s.len ? memchr(s.data + i, '\n', s.len - i) : NULL;
  return p ? (size_t)(p - s.data) : s.len;
}

void file_index(Arena *a, File *f) {
  size_t n = 1, k = 1;
  for (size_t i = 0; (i = line_end(f->text, i)) < f->text.len; i++)
    n++;
  uint32_t *starts = NEW_ARRAY(a, uint32_t, n);
  for (size_t i = 0; (i = line_end(f->text, i)) < f->text.len;)
    starts[k++] = (uint32_t)++i;
  f->line_starts = starts;
  f->lines = n;
}

File *file_of(Arena *a, Str path, Str bytes) {
  File *f = NEW(a, File);
  *f = (File){.path = path, .raw = bytes, .text = bytes};
  f->encoding = STR("UTF-8");
  if (str_starts(bytes, STR("\xEF\xBB\xBF")))
    f->text = str_slice(bytes, 3, bytes.len);
  if (!f->text.data)
    f->text = STR("");
  file_index(a, f);
  return f;
}

// Reads fd to its end; false with errno set (EFBIG where it is too large).
static bool slurp(int fd, Buf *b) {
  static const size_t step = 64 * 1024;
  char *chunk = arena_alloc(b->arena, step);
  for (;;) {
    ssize_t n = read(fd, chunk, step);
    if (n == 0)
      return true;
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return false;
    if (b->len + (size_t)n > FILE_MAX) {
      errno = EFBIG;
      return false;
    }
    buf_add(b, (Str){chunk, (size_t)n});
  }
}

// Room for the whole file at once, so that reading copies it once.
static void reserve(Buf *b, int fd) {
  struct stat st;
  if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= 0)
    return;
  if ((size_t)st.st_size < FILE_MAX) {
    b->cap = (size_t)st.st_size + 1;
    b->data = arena_alloc(b->arena, b->cap);
  }
}

static File *unreadable(Arena *a, Diags *d, Str path, int error) {
  if (error == EFBIG)
    diag_file(d, D_FILE_LARGE, path, str_int(a, (long long)(FILE_MAX >> 20)));
  else if (error == ENOENT || error == ENOTDIR)
    diag_file(d, D_FILE_MISSING, path, STR(""));
  else if (error == EISDIR)
    diag_file(d, D_FILE_FOLDER, path, STR(""));
  else
    diag_errno(d, D_FILE_READ, path, error);
  return NULL;
}

File *file_load_rest(Arena *a, Diags *d, Str head) {
  Buf b = buf_new(a);
  buf_add(&b, head);
  return slurp(STDIN_FILENO, &b) ? file_of(a, STR("-"), buf_str(&b))
                                 : unreadable(a, d, STR("-"), errno);
}

File *file_load(Arena *a, Diags *d, Str path) {
  if (str_is(path, "-"))
    return file_load_rest(a, d, STR(""));
  int fd = open(str_z(a, path), O_RDONLY | O_CLOEXEC);
  Buf b = buf_new(a);
  bool ok = fd >= 0;
  if (ok)
    reserve(&b, fd);
  ok = ok && slurp(fd, &b);
  int error = errno;
  if (fd >= 0)
    close(fd);
  return ok ? file_of(a, path, buf_str(&b)) : unreadable(a, d, path, error);
}

size_t file_line(const File *f, uint32_t offset) {
  size_t lo = 0, hi = f->lines;
  while (hi - lo > 1) {
    size_t mid = lo + (hi - lo) / 2;
    if (f->line_starts[mid] <= offset)
      lo = mid;
    else
      hi = mid;
  }
  return lo + 1;
}

size_t file_column(const File *f, uint32_t offset) {
  size_t begin = f->line_starts[file_line(f, offset) - 1];
  return utf8_count(str_slice(f->text, begin, offset)) + 1;
}

uint32_t file_raw(const File *f, uint32_t offset) {
  if (f->raw_at)
    return f->raw_at[offset <= f->text.len ? offset : f->text.len];
  return (uint32_t)(f->text.data - f->raw.data) + offset;
}

Span span_of(const File *f, size_t begin, size_t end) {
  return (Span){f, (uint32_t)begin, (uint32_t)end};
}

Str file_sha256(Arena *a, const File *f) {
  return sha256_hex(a, f->raw);
}
