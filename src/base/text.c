// Decoding and folding of text, with a map back to where each byte came from.
#include "base.h"
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

typedef struct {
  Buf text;
  VEC(uint32_t) at;
} Mapped;

static void put(Mapped *m, Arena *a, uint32_t c, size_t from) {
  char t[4];
  size_t n = utf8_put(t, c);
  buf_add(&m->text, (Str){t, n});
  for (size_t k = 0; k < n; k++)
    *vec_push(a, &m->at) = (uint32_t)from;
}

// Characters that NFKC leaves alone and that make up nearly all of a page.
static bool folds_to_itself(uint32_t c) {
  return c < 0xA0 || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0x3001 && c <= 0x301B) || (c >= 0x2010 && c <= 0x201F);
}

// NOLINTNEXTLINE(readability-function-size): U16_NEXT nests deep
static void fold_char(Mapped *m, Arena *a, uint32_t c, size_t from) {
  if (c >= 0xFF01 && c <= 0xFF5E) {
    put(m, a, c - 0xFEE0, from);
    return;
  }
  if (c == 0x3000) {
    put(m, a, ' ', from);
    return;
  }
  UErrorCode e = U_ZERO_ERROR;
  UChar out[32];
  const UNormalizer2 *n = unorm2_getNFKCInstance(&e);
  int32_t len = folds_to_itself(c) || U_FAILURE(e)
                    ? -1
                    : unorm2_getDecomposition(n, (UChar32)c, out, 32, &e);
  if (len < 0 || U_FAILURE(e)) {
    put(m, a, c, from);
    return;
  }
  for (int32_t i = 0; i < len;) {
    UChar32 x;
    U16_NEXT(out, i, len, x);
    put(m, a, (uint32_t)x, from);
  }
}

Folded text_fold(Arena *a, Str s) {
  Mapped m = {.text = buf_new(a)};
  for (size_t i = 0; i < s.len;) {
    size_t from = i;
    fold_char(&m, a, utf8_next(s, &i), from);
  }
  *vec_push(a, &m.at) = (uint32_t)s.len;
  return (Folded){buf_str(&m.text), m.at.data};
}

// Copies valid UTF-8 through, replacing bad bytes by U+FFFD.
static void mend_utf8(Arena *a, Diags *d, File *f) {
  Mapped m = {.text = buf_new(a)};
  size_t bad = 0, base = (size_t)(f->text.data - f->raw.data);
  for (size_t i = 0; i < f->text.len;) {
    size_t from = i;
    uint32_t c = utf8_next(f->text, &i);
    bad += c == 0xFFFD && i - from == 1;
    put(&m, a, c, base + from);
  }
  *vec_push(a, &m.at) = (uint32_t)f->raw.len;
  f->text = buf_str(&m.text);
  f->raw_at = m.at.data;
  diag_add(d, D_TEXT_ENCODING, SPAN_NONE,
           (Str[]){str_int(a, (long long)bad), STR("UTF-8")}, 2);
}

static bool convert(Arena *a, Diags *d, File *f, const char *name) {
  UErrorCode e = U_ZERO_ERROR;
  UConverter *cnv = ucnv_open(name, &e);
  if (U_FAILURE(e))
    return false;
  Mapped m = {.text = buf_new(a)};
  const char *p = f->raw.data, *end = p + f->raw.len;
  size_t bad = 0;
  while (p < end) {
    const char *from = p;
    UChar32 c = ucnv_getNextUChar(cnv, &p, end, &e);
    bad += U_FAILURE(e) || c == 0xFFFD;
    if (e == U_INDEX_OUTOFBOUNDS_ERROR)
      break;
    if (U_FAILURE(e))
      c = 0xFFFD;
    if (p == from)
      p++;
    e = U_ZERO_ERROR;
    put(&m, a, (uint32_t)c, (size_t)(from - f->raw.data));
  }
  ucnv_close(cnv);
  *vec_push(a, &m.at) = (uint32_t)f->raw.len;
  f->text = buf_str(&m.text);
  f->raw_at = m.at.data;
  f->encoding = str_of(name);
  if (bad)
    diag(d, D_TEXT_ENCODING, SPAN_NONE, str_int(a, (long long)bad),
         f->encoding);
  return true;
}

bool file_decode(Arena *a, Diags *d, File *f, Str encoding) {
  bool ok = true;
  if (encoding.len && !str_is(encoding, "UTF-8"))
    ok = convert(a, d, f, str_z(a, encoding));
  else if (!utf8_valid(f->text) && !encoding.len)
    ok = convert(a, d, f, "GB18030");
  else if (!utf8_valid(f->text))
    mend_utf8(a, d, f);
  if (!ok)
    diag_file(d, D_TEXT_UNKNOWN_ENCODING, f->path, encoding);
  file_index(a, f);
  return ok;
}
