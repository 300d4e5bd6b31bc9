// Messages with place and caret, in English and Chinese.
#include "base.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  Level level;
  const char *id;
  const char *text[2]; // by Lang
} Row;

static const Row rows[D_COUNT] = {
#define DIAG(id, level, en, zh) [D_##id] = {LEVEL_##level, #id, {en, zh}},
#include "diags.def"
#undef DIAG
};

typedef struct {
  DiagId id;
  Span at;
  Str path; // where there is no span
  Str text, fix;
  size_t order;
  Span by; // where it is sorted: its own place, of a note its warning's
  Str by_path;
} Message;

struct Diags {
  Arena *arena;
  Lang lang;
  bool json, quiet;
  bool folded; // the last message was
  VEC(Message) messages;
  size_t printed; // messages before this one are out
  size_t count[LEVEL_SYSTEM + 1];
  size_t same[D_COUNT];
};

Diags *diags_new(Arena *a, Lang lang) {
  Diags *d = NEW(a, Diags);
  d->arena = a;
  d->lang = lang;
  return d;
}

Lang diags_lang(const Diags *d) {
  return d->lang;
}

Lang diags_lang_of_env(void) {
  static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  for (size_t i = 0; i < 3; i++) {
    const char *v = getenv(names[i]);
    if (v && *v)
      return strncmp(v, "zh", 2) == 0 ? LANG_ZH : LANG_EN;
  }
  return LANG_EN;
}

void diags_print_as(Diags *d, bool json, bool quiet) {
  d->json = json;
  d->quiet = quiet;
}

#define ARG_MAX 300 // bytes of an argument that are shown

static void add_clipped(Buf *b, Str s) {
  size_t end = s.len;
  if (end > ARG_MAX)
    for (end = ARG_MAX; end > 0 && (s.data[end] & 0xC0) == 0x80;)
      end--;
  buf_add(b, str_slice(s, 0, end));
  if (end < s.len)
    buf_add(b, STR("…"));
}

static Str fill(Arena *a, const char *pattern, const Str *args, size_t n) {
  Buf b = buf_new(a);
  for (const char *p = pattern; *p; p++) {
    bool hole = p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}';
    if (!hole) {
      buf_byte(&b, *p);
      continue;
    }
    size_t k = (size_t)(p[1] - '0');
    if (k < n)
      add_clipped(&b, args[k]);
    p += 2;
  }
  return buf_str(&b);
}

static void add(Diags *d, Message m, const Str *args, size_t n) {
  d->count[rows[m.id].level]++;
  d->folded = ++d->same[m.id] > DIAG_SAME_MAX;
  if (d->folded)
    return;
  m.text = fill(d->arena, rows[m.id].text[d->lang], args, n);
  m.order = d->messages.len;
  if (!m.by.file && !m.by_path.data) {
    m.by = m.at;
    m.by_path = m.path;
  }
  *vec_push(d->arena, &d->messages) = m;
}

void diag_add(Diags *d, DiagId id, Span at, const Str *args, size_t n) {
  add(d, (Message){.id = id, .at = at}, args, n);
}

void diag_note_add(Diags *d, DiagId id, Span at, const Str *args, size_t n) {
  if (d->folded || d->messages.len == d->printed)
    return;
  const Message *leader = &d->messages.data[d->messages.len - 1];
  Message m = {.id = id, .at = at};
  m.by = leader->by;
  m.by_path = leader->by_path;
  add(d, m, args, n);
}

void diag_file(Diags *d, DiagId id, Str path, Str detail) {
  Message m = {.id = id, .path = str_copy(d->arena, path)};
  add(d, m, &detail, 1);
}

// The system's error in the language of the messages.
static Str error_text(const Diags *d, int error) {
  static const struct {
    int error;
    const char *text[2]; // by Lang
  } known[] = {
#define ERROR(number, en, zh) {number, {en, zh}},
#include "errors.def"
#undef ERROR
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (known[i].error == error)
      return str_of(known[i].text[d->lang]);
  return str_fmt(d->arena, d->lang == LANG_ZH ? "系统错误 %d" : "error %d",
                 error);
}

void diag_errno(Diags *d, DiagId id, Str path, int error) {
  diag_file(d, id, path, error_text(d, error));
}

void diag_fix(Diags *d, Str fix) {
  if (d->messages.len && !d->folded)
    d->messages.data[d->messages.len - 1].fix = fix;
}

size_t diags_count(const Diags *d, Level level) {
  return d->count[level];
}

size_t diags_errors(const Diags *d) {
  return d->count[LEVEL_ERROR] + d->count[LEVEL_USAGE] + d->count[LEVEL_SYSTEM];
}

int diags_exit(const Diags *d, bool strict) {
  if (d->count[LEVEL_SYSTEM])
    return 3;
  if (d->count[LEVEL_USAGE])
    return 2;
  return d->count[LEVEL_ERROR] || (strict && d->count[LEVEL_WARNING]) ? 1 : 0;
}

static const char *level_word(Level level, Lang lang) {
  static const char *const words[][2] = {
      [LEVEL_NOTE] = {"note", "说明"},
      [LEVEL_WARNING] = {"warning", "警告"},
      [LEVEL_ERROR] = {"error", "错误"},
      [LEVEL_USAGE] = {"usage", "用法"},
      [LEVEL_SYSTEM] = {"failed", "失败"},
  };
  return words[level][lang];
}

enum { CLIP_COLUMNS = 100 };

static size_t columns_of(Str s) {
  size_t n = 0;
  for (size_t i = 0; i < s.len;)
    n += (size_t)char_columns(utf8_next(s, &i));
  return n;
}

// A control character in a source line could drive the terminal.
static void print_clean(Str s) {
  for (size_t i = 0; i < s.len;) {
    size_t at = i;
    uint32_t c = utf8_next(s, &i);
    if (c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0))
      fputc(' ', stderr);
    else
      fwrite(s.data + at, 1, i - at, stderr);
  }
}

// The piece of the line around the place that fits the terminal.
static Str clip(Str line, size_t *begin, size_t *end) {
  size_t from = *begin, to = *begin, used = 0;
  while (from > 0 && used < CLIP_COLUMNS / 2)
    used += (size_t)char_columns(utf8_prev(line, &from));
  while (to < line.len && used < CLIP_COLUMNS)
    used += (size_t)char_columns(utf8_next(line, &to));
  *begin -= from;
  *end = (*end < to ? *end : to) - from;
  return str_slice(line, from, to);
}

static void print_source(Span at) {
  const File *f = at.file;
  size_t line = file_line(f, at.begin);
  size_t start = f->line_starts[line - 1];
  size_t stop = line < f->lines ? f->line_starts[line] - 1 : f->text.len;
  Str text = str_slice(f->text, start, stop);
  size_t begin = at.begin - start;
  size_t end = at.end < stop ? at.end - start : text.len;
  text = clip(text, &begin, &end);
  fputs("    ", stderr);
  print_clean(text);
  fputs("\n    ", stderr);
  size_t pad = columns_of(str_slice(text, 0, begin));
  size_t wide = columns_of(str_slice(text, begin, end > begin ? end : begin));
  for (size_t i = 0; i < pad; i++)
    fputc(' ', stderr);
  fputc('^', stderr);
  for (size_t i = 1; i < wide; i++)
    fputc('~', stderr);
  fputc('\n', stderr);
}

static void json_member(Buf *b, const char *name, Str value) {
  buf_fmt(b, ",\"%s\":", name);
  json_string(b, value);
}

static void print_json(const Diags *d, const Message *m) {
  static const char *const levels[] = {"note", "warning", "error", "usage",
                                       "failed"};
  Buf b = buf_new(d->arena);
  const File *f = m->at.file;
  buf_add(&b, STR("{\"file\":"));
  json_string(&b, f ? f->path : m->path);
  buf_fmt(&b, ",\"line\":%zu,\"column\":%zu", f ? file_line(f, m->at.begin) : 0,
          f ? file_column(f, m->at.begin) : 0);
  json_member(&b, "id", str_of(rows[m->id].id));
  json_member(&b, "level", str_of(levels[rows[m->id].level]));
  json_member(&b, "text", m->text);
  json_member(&b, "fix", m->fix);
  buf_add(&b, STR("}\n"));
  fwrite(b.data, 1, b.len, stderr);
}

static void print_message(const Diags *d, const Message *m) {
  if (d->quiet && rows[m->id].level < LEVEL_ERROR)
    return;
  if (d->json) {
    print_json(d, m);
    return;
  }
  const char *colon = d->lang == LANG_ZH ? "：" : ": ";
  if (m->at.file)
    fprintf(stderr, "%.*s:%zu:%zu: ", STR_ARG(m->at.file->path),
            file_line(m->at.file, m->at.begin),
            file_column(m->at.file, m->at.begin));
  else if (m->path.data)
    fprintf(stderr, "%.*s: ", STR_ARG(m->path));
  else
    fputs("jianbao: ", stderr);
  fprintf(stderr, "%s%s", level_word(rows[m->id].level, d->lang), colon);
  print_clean(m->text);
  fputc('\n', stderr);
  if (m->at.file && m->at.file->text.len)
    print_source(m->at);
}

static Str path_of(const Message *m) {
  return m->by.file ? m->by.file->path : m->by_path;
}

// By the order in which files were first spoken of, then by place.
static int by_place(const void *x, const void *y) {
  const Message *a = x, *b = y;
  if (a->by.file && a->by.file == b->by.file && a->by.begin != b->by.begin)
    return a->by.begin < b->by.begin ? -1 : 1;
  return (a->order > b->order) - (a->order < b->order);
}

// Groups the new messages by file, keeping files in order of appearance.
static void sort_new(Diags *d) {
  if (d->messages.len == d->printed)
    return;
  Message *m = d->messages.data + d->printed;
  size_t n = d->messages.len - d->printed, done = 0;
  Map *first = map_new(d->arena);
  for (size_t i = 0; i < n; i++) {
    if (!map_lookup(first, path_of(&m[i])))
      map_put(first, path_of(&m[i]), &m[i]);
  }
  Message *sorted = NEW_ARRAY(d->arena, Message, n);
  for (size_t i = 0; i < n; i++) {
    if (map_lookup(first, path_of(&m[i])) != &m[i])
      continue;
    size_t from = done;
    for (size_t k = i; k < n; k++)
      if (str_eq(path_of(&m[k]), path_of(&m[i])))
        sorted[done++] = m[k];
    qsort(sorted + from, done - from, sizeof *sorted, by_place);
  }
  if (n)
    memcpy(m, sorted, n * sizeof *m);
}

void diags_print(Diags *d) {
  sort_new(d);
  for (; d->printed < d->messages.len; d->printed++)
    print_message(d, &d->messages.data[d->printed]);
  for (int id = 0; id < D_COUNT; id++) {
    if (d->same[id] <= DIAG_SAME_MAX)
      continue;
    Str more = str_int(d->arena, (long long)(d->same[id] - DIAG_SAME_MAX));
    Message m = {.id = D_FOLDED};
    m.text = fill(d->arena, rows[D_FOLDED].text[d->lang], &more, 1);
    print_message(d, &m);
    d->same[id] = DIAG_SAME_MAX;
  }
}

enum { NEAREST_MAX = 64 };

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

typedef struct {
  uint32_t c[NEAREST_MAX];
  size_t n;
} Letters;

// False: too long to be a name.
static bool letters_of(Str s, Letters *out) {
  out->n = 0;
  for (size_t i = 0; i < s.len;) {
    if (out->n == NEAREST_MAX)
      return false;
    out->c[out->n++] = utf8_next(s, &i);
  }
  return true;
}

// Edit distance by characters, with transpositions.
static size_t distance(const Letters *a, const Letters *b) {
  size_t d[3][NEAREST_MAX + 1];
  for (size_t j = 0; j <= b->n; j++)
    d[0][j] = j;
  for (size_t i = 1; i <= a->n; i++) {
    size_t *row = d[i % 3], *up = d[(i + 2) % 3], *up2 = d[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b->n; j++) {
      size_t cost = a->c[i - 1] != b->c[j - 1];
      row[j] = least(least(up[j], row[j - 1]) + 1, up[j - 1] + cost);
      if (i > 1 && j > 1 && a->c[i - 1] == b->c[j - 2] &&
          a->c[i - 2] == b->c[j - 1])
        row[j] = least(row[j], up2[j - 2] + 1);
    }
  }
  return d[a->n % 3][b->n];
}

Str str_nearest(Str name, const Str *candidates, size_t n) {
  Str best = STR_NONE;
  size_t reach = 3;
  Letters own, other;
  if (!letters_of(name, &own))
    return best;
  for (size_t i = 0; i < n; i++) {
    if (!letters_of(candidates[i], &other))
      continue;
    size_t far = distance(&own, &other);
    if (far < reach && far * 2 < own.n + 1) {
      best = candidates[i];
      reach = far;
    }
  }
  return best;
}
