// Decoding and folding of text, with a map back to where each byte came from.
#include "base.h"
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

// ---- mapped text
// -------------------------------------------------------------

typedef struct {
  Arena *arena;
  char *text;
  uint32_t *at; // offset in the source of each byte
  size_t len, cap;
} Mapped;

// Room for the four bytes of one character and the end of the map.
static void room(Mapped *m, size_t expect) {
  if (m->len + 8 <= m->cap)
    return;
  size_t cap = m->cap ? m->cap * 2 : expect + 64;
  char *text = arena_alloc(m->arena, cap);
  uint32_t *at = arena_array(m->arena, cap, sizeof *at);
  if (m->len) {
    memcpy(text, m->text, m->len);
    memcpy(at, m->at, m->len * sizeof *at);
  }
  m->text = text;
  m->at = at;
  m->cap = cap;
}

static void put(Mapped *m, uint32_t c, size_t from) {
  room(m, 0);
  size_t n = utf8_put(m->text + m->len, c);
  for (size_t k = 0; k < n; k++)
    m->at[m->len++] = (uint32_t)from;
}

static Str mapped_end(Mapped *m, size_t source) {
  room(m, 0);
  m->at[m->len] = (uint32_t)source;
  return (Str){m->text, m->len};
}

// ---- folding
// -----------------------------------------------------------------

// Characters that NFKC leaves alone and that make up nearly all of a page.
static bool folds_to_itself(uint32_t c) {
  return c < 0xA0 || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0x3001 && c <= 0x301B) || (c >= 0x2010 && c <= 0x201F);
}

// NOLINTNEXTLINE(readability-function-size): U16_NEXT nests deep
static void fold_other(Mapped *m, uint32_t c, size_t from) {
  UErrorCode e = U_ZERO_ERROR;
  UChar out[32];
  const UNormalizer2 *n = unorm2_getNFKCInstance(&e);
  int32_t len =
      U_FAILURE(e) ? -1 : unorm2_getDecomposition(n, (UChar32)c, out, 32, &e);
  if (len < 0 || U_FAILURE(e)) {
    put(m, c, from);
    return;
  }
  for (int32_t i = 0; i < len;) {
    UChar32 x;
    U16_NEXT(out, i, len, x);
    put(m, (uint32_t)x, from);
  }
}

static void fold_one(Mapped *m, uint32_t c, size_t from) {
  if (folds_to_itself(c))
    put(m, c, from);
  else if (c >= 0xFF01 && c <= 0xFF5E)
    put(m, c - 0xFEE0, from);
  else if (c == 0x3000)
    put(m, ' ', from);
  else
    fold_other(m, c, from);
}

Folded text_fold(Arena *a, Str s) {
  Mapped m = {.arena = a};
  room(&m, s.len);
  for (size_t i = 0; i < s.len;) {
    size_t from = i;
    fold_one(&m, utf8_next(s, &i), from);
  }
  Str text = mapped_end(&m, s.len);
  return (Folded){text, m.at};
}

// ---- decoding
// ----------------------------------------------------------------

static void take(File *f, Mapped *m) {
  f->text = mapped_end(m, f->raw.len);
  f->raw_at = m->at;
}

// At the first of the bad characters; the lines must be known.
static void report_bad(Arena *a, Diags *d, const File *f, size_t bad) {
  size_t at = bad ? str_find(f->text, STR("\xEF\xBF\xBD"), 0) : SIZE_MAX;
  if (at != SIZE_MAX)
    diag(d, D_TEXT_ENCODING, span_of(f, at, at + 3), str_int(a, (long long)bad),
         f->encoding);
}

// Copies valid UTF-8 through, replacing bad bytes by U+FFFD.
static size_t mend_utf8(Arena *a, File *f) {
  Mapped m = {.arena = a};
  room(&m, f->text.len + f->text.len / 8);
  size_t bad = 0, base = (size_t)(f->text.data - f->raw.data);
  for (size_t i = 0; i < f->text.len;) {
    size_t from = i;
    uint32_t c = utf8_next(f->text, &i);
    bad += c == 0xFFFD && i - from == 1;
    put(&m, c, base + from);
  }
  take(f, &m);
  return bad;
}

enum { CHUNK = 8192 };

static void put_units(Mapped *m, const UChar *out, const int32_t *at, int32_t n,
                      size_t base, size_t *bad) {
  for (int32_t i = 0; i < n;) {
    int32_t from = i;
    UChar32 c = out[i++];
    if (U16_IS_LEAD(c) && i < n && U16_IS_TRAIL(out[i]))
      c = U16_GET_SUPPLEMENTARY(c, out[i++]);
    else if (U16_IS_SURROGATE(c))
      c = 0xFFFD;
    *bad += c == 0xFFFD;
    put(m, (uint32_t)c, (size_t)((int64_t)base + at[from]));
  }
}

// False: the encoding is unknown. Bytes that are none of it become U+FFFD.
static bool convert(Arena *a, File *f, const char *name, size_t *bad) {
  UErrorCode e = U_ZERO_ERROR;
  UConverter *cnv = ucnv_open(name, &e);
  *bad = 0;
  if (U_FAILURE(e))
    return false;
  Mapped m = {.arena = a};
  room(&m, f->raw.len + f->raw.len / 2);
  UChar *out = NEW_ARRAY(a, UChar, CHUNK);
  int32_t *at = NEW_ARRAY(a, int32_t, CHUNK);
  const char *p = f->raw.data, *end = p + f->raw.len;
  do {
    const char *from = p;
    int32_t pending = ucnv_toUCountPending(cnv, &e); // bytes of a torn one
    const char *stop = end - p > CHUNK / 2 ? p + CHUNK / 2 : end;
    UChar *to = out;
    e = U_ZERO_ERROR;
    ucnv_toUnicode(cnv, &to, out + CHUNK, &p, stop, at, stop == end, &e);
    for (int32_t i = 0; i < to - out; i++)
      at[i] = at[i] < 0 ? -pending : at[i];
    put_units(&m, out, at, (int32_t)(to - out), (size_t)(from - f->raw.data),
              bad);
    if (U_FAILURE(e) && e != U_BUFFER_OVERFLOW_ERROR)
      break;
  } while (p < end || e == U_BUFFER_OVERFLOW_ERROR);
  ucnv_close(cnv);
  take(f, &m);
  f->encoding = str_of(name);
  return true;
}

// ---- detection
// ---------------------------------------------------------------

enum { SAMPLE = 64 * 1024 };

static bool is_magic(Str s) {
  static const Str magic[] = {{"%PDF-", 5},
                              {"\x89PNG", 4},
                              {"PK\3\4", 4},
                              {"\x1F\x8B", 2},
                              {"\xFF\xD8\xFF", 3},
                              {"\x7F"
                               "ELF",
                               4},
                              {"GIF8", 4},
                              {"\xD0\xCF\x11\xE0", 4},
                              {"BM\0", 3},
                              {"SQLite format 3", 15},
                              {"II*\0", 4},
                              {"MM\0*", 4}};
  for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
    if (str_starts(s, magic[i]))
      return true;
  return false;
}

typedef struct {
  size_t n, control, zero_even, zero_odd;
} Bytes;

// Length of the bytes from i on that are no controls, blanks or NULs: eight at
// a time.
static size_t plain_run(Str s, size_t i) {
  const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
  size_t from = i;
  for (uint64_t x; i + sizeof x <= s.len; i += sizeof x) {
    memcpy(&x, s.data + i, sizeof x);
    uint64_t del = x ^ ones * 0x7F;
    if ((((x - ones * ' ') & ~x) | ((del - ones) & ~del)) & high)
      break;
  }
  return i - from;
}

static Bytes count_bytes(Str s) {
  Bytes b = {.n = s.len < SAMPLE ? s.len : SAMPLE};
  s.len = b.n;
  for (size_t i = plain_run(s, 0); i < b.n; i++, i += plain_run(s, i)) {
    unsigned char c = (unsigned char)s.data[i];
    bool blank = c == '\n' || c == '\r' || c == '\t' || c == '\f';
    b.control += (c < ' ' && !blank) || c == 0x7F;
    b.zero_even += c == 0 && i % 2 == 0;
    b.zero_odd += c == 0 && i % 2 == 1;
  }
  return b;
}

// A rough test for UTF-16 without a mark: line ends and spaces have zeros on
// one side, ideographs none.
static const char *wide(Str raw, const Bytes *b) {
  if (raw.len < 8 || raw.len % 2)
    return NULL;
  size_t least = b->n / 100 + 1; // 一 (4E00) has a zero on the other side
  if (b->zero_odd > least && b->zero_odd > 4 * b->zero_even)
    return "UTF-16LE";
  if (b->zero_even > least && b->zero_even > 4 * b->zero_odd)
    return "UTF-16BE";
  return NULL;
}

static const char *marked(Str raw) {
  if (str_starts(raw, (Str){"\xFF\xFE\0\0", 4}))
    return "UTF-32";
  if (str_starts(raw, (Str){"\xFF\xFE", 2}) ||
      str_starts(raw, (Str){"\xFE\xFF", 2}))
    return "UTF-16";
  return NULL;
}

// Bad bytes of the sample as UTF-8, in thousandths.
static size_t utf8_badness(Str s) {
  Str t = str_slice(s, 0, SAMPLE);
  size_t bad = 0;
  for (size_t i = 0; i < t.len;) {
    size_t from = i;
    bad += utf8_next(t, &i) == 0xFFFD && i - from == 1;
  }
  return t.len ? bad * 1000 / t.len : 0;
}

// Whether the sample is plainly of GB 2312, which spares ICU's slow detector:
// nearly all its pairs have two high bytes. Of Big5's second bytes two in five
// are low, and broken UTF-8 has pairs that begin below A1.
static bool is_plain_gb(Str s) {
  enum { LEAST = 8, SHARE = 20 }; // pairs; one in so many may be another
  Str t = str_slice(s, 0, SAMPLE);
  size_t pairs = 0, others = 0;
  for (size_t i = 0; i + 1 < t.len; i++) {
    unsigned char lead = (unsigned char)t.data[i];
    if (lead < 0x80)
      continue;
    unsigned char trail = (unsigned char)t.data[++i];
    others += lead < 0xA1 || lead > 0xF7 || trail < 0xA1 || trail == 0xFF;
    pairs++;
  }
  return pairs >= LEAST && others * SHARE <= pairs;
}

// What ICU makes of the sample: Big5 or the Chinese default.
static const char *guess(Str s) {
  if (is_plain_gb(s))
    return "GB18030";
  UErrorCode e = U_ZERO_ERROR;
  UCharsetDetector *det = ucsdet_open(&e);
  const char *found = "GB18030";
  Str t = str_slice(s, 0, SAMPLE);
  ucsdet_setText(det, t.data, (int32_t)t.len, &e);
  int32_t n = 0;
  const UCharsetMatch **all = ucsdet_detectAll(det, &n, &e);
  for (int32_t i = 0; U_SUCCESS(e) && i < n; i++) {
    const char *name = ucsdet_getName(all[i], &e);
    if (U_FAILURE(e) || !name)
      break;
    bool big5 = strcmp(name, "Big5") == 0;
    if (big5 || strcmp(name, "GB18030") == 0) {
      found = big5 ? "Big5" : "GB18030";
      break;
    }
  }
  ucsdet_close(det);
  return found;
}

static bool is_utf8(Str name) {
  return str_is(name, "UTF-8") || str_is(name, "utf-8") ||
         str_is(name, "UTF8") || str_is(name, "utf8");
}

// Whether most characters are of Chinese text; a guessed encoding must pass.
static bool is_chinese_text(Str t) {
  size_t n = 0, fine = 0;
  for (size_t i = 0; i < t.len && n < SAMPLE; n++) {
    uint32_t c = utf8_next(t, &i);
    fine += char_is_han(c) || (c >= ' ' && c < 0x7F) || c == '\n' ||
            c == '\r' || (c >= 0x2010 && c <= 0x203F) ||
            (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF);
  }
  return fine * 10 >= n * 7;
}

static bool decode_found(Arena *a, Diags *d, File *f, size_t *bad) {
  Bytes b = count_bytes(f->raw);
  const char *name = marked(f->raw);
  bool valid = !name && utf8_valid(f->text);
  if (!name && b.control * 50 > b.n)
    name = wide(f->raw, &b);
  if (is_magic(f->raw) || (!name && b.control * 10 > b.n)) {
    diag_file(d, D_TEXT_BINARY, f->path, STR(""));
    return false;
  }
  if (valid && !name)
    return true;
  if (!name && utf8_badness(f->text) <= 30)
    *bad = mend_utf8(a, f);
  else if (!convert(a, f, name ? name : guess(f->raw), bad))
    return false;
  if ((*bad > 16 && *bad * 15 > f->text.len) ||
      (f->raw_at && !marked(f->raw) && !is_chinese_text(f->text))) {
    diag_file(d, D_TEXT_BINARY, f->path, STR(""));
    return false;
  }
  return true;
}

static size_t controls(Str s) {
  size_t n = 0;
  for (size_t i = plain_run(s, 0); i < s.len; i++, i += plain_run(s, i)) {
    unsigned char c = (unsigned char)s.data[i];
    n += c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f';
  }
  return n;
}

bool file_decode(Arena *a, Diags *d, File *f, Str encoding) {
  const char *before = f->text.data;
  size_t bad = 0;
  if (!encoding.len) {
    if (!decode_found(a, d, f, &bad))
      return false;
  } else if (is_utf8(encoding)) {
    bad = utf8_valid(f->text) ? 0 : mend_utf8(a, f);
  } else if (!convert(a, f, str_z(a, encoding), &bad)) {
    diag_file(d, D_TEXT_UNKNOWN_ENCODING, f->path, encoding);
    return false;
  }
  if (f->text.data != before)
    file_index(a, f);
  report_bad(a, d, f, bad);
  size_t dropped = controls(f->text);
  if (dropped)
    diag_file(d, D_TEXT_CONTROL, f->path, str_int(a, (long long)dropped));
  return true;
}
