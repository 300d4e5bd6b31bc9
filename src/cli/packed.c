// Pages of archives: .tar and .zip, from a file or on standard input, with the
// memory of one page.
#include "packed.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <unistd.h>

enum { HEAD = 512, STEP = 64 * 1024 }; // bytes; a tar header has 512

struct Packed {
  struct archive *archive; // NULL when closed
  Str path;
  bool had_page;
  bool input; // read from standard input
  Str head;   // its first bytes, NULL when handed out
  char step[STEP];
};

static Str base_name(Str path) {
  size_t at = path.len;
  while (at > 0 && path.data[at - 1] != '/')
    at--;
  return str_slice(path, at, path.len);
}

bool packed_is_page(Str path) {
  Str name = base_name(path);
  bool text = str_ends(name, STR(".txt")) || str_ends(name, STR(".md")) ||
              str_ends(name, STR(".TXT")) || str_ends(name, STR(".MD"));
  return text && !str_starts(name, STR(".")) &&
         !str_starts(name, STR("README"));
}

bool packed_is_name(Str path) {
  static const char *const endings[] = {".tar", ".zip", ".tgz", ".txz"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (str_ends(path, str_of(endings[i])))
      return true;
  return str_has(base_name(path), STR(".tar."));
}

// ---- standard input --------------------------------------------------------

static la_ssize_t read_input(char *to, size_t size) {
  for (;;) {
    ssize_t n = read(STDIN_FILENO, to, size);
    if (n >= 0 || errno != EINTR)
      return n;
  }
}

Str packed_head(Arena *a) {
  char *head = arena_alloc(a, HEAD);
  size_t len = 0;
  for (la_ssize_t n = 1; n > 0 && len<HEAD; len += n> 0 ? (size_t)n : 0)
    n = read_input(head + len, HEAD - len);
  return (Str){head, len};
}

// The number at which an octal field of a tar header stands, -1 for none.
static long octal(const char *field, size_t n) {
  long value = -1;
  for (size_t i = 0; i < n; i++)
    if (field[i] >= '0' && field[i] <= '7')
      value = (value < 0 ? 0 : value) * 8 + (field[i] - '0');
    else if (field[i] != ' ' || value >= 0)
      break;
  return value;
}

// A header of any tar is known by the sum of its bytes, its own field taken as
// blanks.
static bool is_tar_header(Str head) {
  enum { SUM = 148, SUM_END = 156 };
  long sum = 0;
  for (size_t i = 0; i < head.len; i++)
    sum += i >= SUM && i < SUM_END ? ' ' : (unsigned char)head.data[i];
  return head.len == HEAD && head.data[0] &&
         octal(head.data + SUM, SUM_END - SUM) == sum;
}

bool packed_sniff(Str head) {
  static const char *const magics[] = {
      "PK\3\4",           // zip
      "PK\5\6",           // zip without members
      "\x1F\x8B",         // gzip
      "\xFD\x37zXZ",      // xz
      "\x28\xB5\x2F\xFD", // zstd
      "\x04\x22\x4D\x18", // lz4
  };
  for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
    if (str_starts(head, str_of(magics[i])))
      return true;
  bool bzip2 = str_starts(head, STR("BZh")) &&
               str_starts(str_slice(head, 4, head.len), STR("1AY&SY"));
  return bzip2 || is_tar_header(head);
}

static la_ssize_t next_block(struct archive *archive, void *data,
                             const void **block) {
  Packed *p = data;
  if (p->head.len) {
    Str head = p->head;
    p->head = STR("");
    *block = head.data;
    return (la_ssize_t)head.len;
  }
  *block = p->step;
  la_ssize_t n = read_input(p->step, sizeof p->step);
  if (n < 0)
    archive_set_error(archive, errno, "%s", strerror(errno));
  return n;
}

// ---- reading ---------------------------------------------------------------

static void close_packed(void *data) {
  Packed *p = data;
  if (p->archive)
    archive_read_free(p->archive);
  p->archive = NULL;
}

static void failed(Packed *p, Diags *d) {
  int error = archive_errno(p->archive);
  if (error == ENOENT)
    diag_file(d, D_FILE_MISSING, p->path, STR(""));
  else if (error == EACCES || error == EIO || error == ENOMEM ||
           error == EMFILE)
    diag_errno(d, D_FILE_READ, p->path, error);
  else
    diag_file(d, D_ARCHIVE, p->path, str_of(archive_error_string(p->archive)));
  close_packed(p);
}

Packed *packed_open(Arena *a, Diags *d, Str path, Str head) {
  Packed *p = NEW(a, Packed);
  p->archive = archive_read_new();
  p->path = path;
  p->input = str_is(path, "-");
  p->head = str_copy(a, head);
  if (!p->archive)
    return NULL;
  arena_defer(a, close_packed, p);
  archive_read_support_filter_all(p->archive);
  archive_read_support_format_tar(p->archive);
  archive_read_support_format_zip(p->archive);
  int code = p->input
                 ? archive_read_open(p->archive, p, NULL, next_block, NULL)
                 : archive_read_open_filename(p->archive, str_z(a, path), STEP);
  if (code == ARCHIVE_OK)
    return p;
  failed(p, d);
  return NULL;
}

// The bytes of the member at hand; NULL: reported.
static File *load_member(Packed *p, Arena *a, Diags *d, Str name,
                         int64_t size) {
  Buf b = buf_new(a);
  // What the archive says of the size may be wrong, or missing.
  buf_room(&b, size > 0 && size < (1 << 20) ? (size_t)size + 1 : STEP);
  for (;;) {
    buf_room(&b, 1);
    la_ssize_t n = archive_read_data(p->archive, b.data + b.len, b.cap - b.len);
    if (n == 0)
      return file_of(a, name, buf_str(&b));
    if (n < 0) {
      failed(p, d);
      return NULL;
    }
    b.len += (size_t)n;
    if (b.len > FILE_MAX) {
      diag_file(d, D_FILE_LARGE, name, str_int(a, (long long)(FILE_MAX >> 20)));
      return NULL;
    }
  }
}

// Whoever writes the archive need not see a broken pipe for the blocks that
// fill it up.
static void finish(Packed *p, Diags *d) {
  if (!p->had_page)
    diag_file(d, D_DIR_EMPTY, p->path, STR(""));
  while (p->input && read_input(p->step, sizeof p->step) > 0)
    continue;
  close_packed(p);
}

File *packed_next(Packed *p, Arena *a, Diags *d) {
  struct archive_entry *e;
  while (p->archive) {
    int code = archive_read_next_header(p->archive, &e);
    if (code == ARCHIVE_EOF) {
      finish(p, d);
    } else if (code != ARCHIVE_OK && code != ARCHIVE_WARN) {
      failed(p, d);
    } else {
      const char *utf8 = archive_entry_pathname_utf8(e);
      Str name = str_of(utf8 ? utf8 : archive_entry_pathname(e));
      if (archive_entry_filetype(e) != AE_IFREG || !packed_is_page(name))
        continue;
      p->had_page = true;
      Str path = str_fmt(a, "%.*s/%.*s", STR_ARG(p->path), STR_ARG(name));
      File *f = load_member(p, a, d, path, archive_entry_size(e));
      if (f)
        return f;
    }
  }
  return NULL;
}
