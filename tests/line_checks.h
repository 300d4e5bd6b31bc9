// A paragraph of one style, set, and what holds of its lines.
#ifndef LINE_CHECKS_H
#define LINE_CHECKS_H

#include "check.h"
#include "line-imp.h"
#include "typeset-imp.h"

#undef EM // of characters: here the body size
#define EM   PT(10)
#define HALF (EM / 2)

static Arena *a;
static Diags *d;
static Document doc;
static FontSet *fonts;
static Setter setter;
static Style body;

// One character as it stands on a line.
typedef struct {
  uint32_t c;
  Len x;   // origin
  Len end; // where the mark it is in ends
} Char;

typedef struct {
  Char chars[400];
  size_t n;
  Len right; // of the marks
  char text[2000];
  size_t len;
} Row;

static inline void row_text(Row *r, Str t) {
  if (r->len + t.len < sizeof r->text) {
    memcpy(r->text + r->len, t.data, t.len);
    r->len += t.len;
  }
}

static inline Row row_of(const Line *l) {
  Row r = {0};
  for (size_t i = 0; i < l->n_marks; i++) {
    const Mark *m = &l->marks[i];
    if (m->kind != MARK_TEXT)
      continue;
    row_text(&r, m->text);
    if (m->space_after)
      row_text(&r, STR(" "));
    for (size_t g = 0; g < m->n_glyphs && r.n < 400; g++) {
      size_t at = m->glyphs[g].text;
      uint32_t c = at < m->text.len ? utf8_next(m->text, &at) : 0;
      r.chars[r.n++] = (Char){c, m->x + m->glyphs[g].x, m->x + m->w};
    }
    if (m->x + m->w > r.right)
      r.right = m->x + m->w;
  }
  return r;
}

static inline Lines set_runs(const Inline *runs, size_t n, Len measure) {
  Para p = {&body, runs, n};
  return para_set(&setter, &p, measure, TAG_P, 0);
}

static inline Lines set(const char *text, Len measure) {
  Inline *in = NEW(a, Inline);
  in->text = str_of(text);
  return set_runs(in, 1, measure);
}

// Distance of the origins of characters i and j of the first line.
static inline Len between(const char *text, size_t i, size_t j) {
  Lines l = set(text, EM * 60);
  Row r = row_of(&l.lines[0]);
  return l.n == 1 && j < r.n ? r.chars[j].x - r.chars[i].x : -1;
}

static inline bool near(Len v, Len want) {
  return v >= want - EM / 50 && v <= want + EM / 50;
}

static inline bool among(const char *set_, uint32_t c) {
  Str s = str_of(set_);
  for (size_t at = 0; at < s.len;)
    if (utf8_next(s, &at) == c)
      return true;
  return false;
}

#define NO_FIRST "、，；：。．！？”’）》〉」』】〕〗］｝～·／"
#define NO_LAST  "“‘（《〈「『【〔〖［｛／"

static inline bool is_digit(uint32_t c) {
  return c >= '0' && c <= '9';
}

// What holds of every paragraph: K1, K2, K5, N2, exact right edges, text out
// is text in.
static inline void rows_hold(const char *text, Lines l, Len measure) {
  Buf out = buf_new(a);
  uint32_t before = 0;
  for (size_t i = 0; i < l.n; i++) {
    Row r = row_of(&l.lines[i]);
    buf_add(&out, (Str){r.text, r.len});
    if (r.n == 0)
      continue;
    uint32_t first = r.chars[0].c, last = r.chars[r.n - 1].c;
    bool ok = !(i > 0 && among(NO_FIRST, first)) &&
              !(i + 1 < l.n && among(NO_LAST, last)) &&
              !(is_digit(before) && is_digit(first));
    if (before == 0x2026 && first == 0x2026)
      ok = r.n > 1 && r.chars[1].c == 0x2026;
    ok = ok && (i + 1 == l.n ||
                (r.right > measure - EM / 20 && r.right < measure + EM / 20));
    ok = ok && r.right < measure + EM / 20;
    if (!ok)
      printf("line %zu of '%s' at %.2f em: '%.*s' right %.3f\n", i, text,
             (double)measure / EM, (int)r.len, r.text, (double)r.right / EM);
    CHECK(ok);
    before = last;
  }
  bool same = str_eq(buf_str(&out), str_of(text));
  if (!same)
    printf("out '%.*s' in '%s'\n", STR_ARG(buf_str(&out)), text);
  CHECK(same);
}

static inline void holds(const char *text, Len measure) {
  rows_hold(text, set(text, measure), measure);
}

static inline void paragraphs_begin(void) {
  a = arena_new();
  d = diags_new(a, LANG_EN);
  doc.profile = (Profile){.kinsoku = 2,
                          .squeeze = true,
                          .gap_permille = 250,
                          .loose_permille = 250,
                          .pitch = PT(20)};
  body = (Style){.face = STR("song"), .size = EM};
  fonts = fontset_open(a, d, &doc, NULL);
  setter = (Setter){.arena = a, .diags = d, .doc = &doc, .fonts = fonts};
}

static const char news[] =
    "本月全市新建工会36家，发展会员1.27万人，入会率达92.5%；“职工之家”（含流动"
    "服务站）共服务职工3.6万人次。市总工会主席说：“要把好事办好！”";

#endif
