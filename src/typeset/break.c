// Where a line may end: ICU's UAX #14, tailored by kinsoku (K1-K3, K5) and by
// what belongs to a number (N1), a URL (L2), a note mark.
#include "line-imp.h"
#include <unicode/ubrk.h>

#define NUMBER_MAX 8 // em; a longer run may break inside (N1)

// ---- ICU -------------------------------------------------------------------

static void icu_close(void *p) {
  ubrk_close(p);
}

static UBreakIterator *icu_open(FontSet *fs, void **kept, UBreakIteratorType t,
                                const char *locale) {
  UErrorCode e = U_ZERO_ERROR;
  if (*kept)
    return *kept;
  *kept = ubrk_open(t, locale, NULL, 0, &e);
  if (U_FAILURE(e))
    return *kept = NULL;
  arena_defer(fs->arena, icu_close, *kept);
  return *kept;
}

static bool icu_set(UBreakIterator *it, const uint16_t *text, size_t n) {
  UErrorCode e = U_ZERO_ERROR;
  if (it)
    ubrk_setText(it, (const UChar *)text, (int32_t)n, &e);
  return it && U_SUCCESS(e);
}

void break_plain(FontSet *fs, const uint16_t *text, size_t n, uint8_t *out) {
  UBreakIterator *it = icu_open(fs, &line_work(fs)->icu, UBRK_LINE, "");
  if (!icu_set(it, text, n))
    return;
  for (int32_t at = ubrk_next(it); at != UBRK_DONE; at = ubrk_next(it))
    if ((size_t)at < n)
      out[at] = 1;
}

static void feed_room(FontSet *fs, LineWork *w) {
  if (w->feed_cap >= w->n)
    return;
  w->feed_cap = w->n + w->n / 2;
  w->feed = NEW_ARRAY(fs->arena, uint16_t, w->feed_cap);
  w->fed = NEW_ARRAY(fs->arena, uint32_t, w->feed_cap);
}

static inline bool is_ideograph(const Cluster *cl) {
  return (uint16_t)(cl->ch->feed - 0x4E00) < 0x5200;
}

// Between two ideographs a line may end whatever stands around them, and the
// rules begin anew there: what lies inside a run of them is not asked about.
static size_t feed(LineWork *w) {
  size_t n = 0;
  bool before = false, here = w->n && is_ideograph(&w->cl[0]);
  for (size_t i = 0; i < w->n; i++) {
    bool after = i + 1 < w->n && is_ideograph(&w->cl[i + 1]);
    if (before && here)
      w->cl[i].brk = BREAK_OK;
    if (!(before && here && after)) {
      w->feed[n] = w->cl[i].ch->feed;
      w->fed[n++] = (uint32_t)i;
    }
    before = here, here = after;
  }
  return n;
}

static void icu_breaks(FontSet *fs, LineWork *w) {
  UBreakIterator *it = icu_open(fs, &w->icu, UBRK_LINE, "");
  size_t n = feed(w);
  if (!icu_set(it, w->feed, n))
    return;
  for (int32_t at = ubrk_next(it); at != UBRK_DONE; at = ubrk_next(it))
    if ((size_t)at < n)
      w->cl[w->fed[at]].brk = BREAK_OK;
}

// P5: inside the words of a title a line ends unwillingly.
static void word_breaks(FontSet *fs, LineWork *w) {
  UBreakIterator *it = icu_open(fs, &w->icu_words, UBRK_WORD, "zh");
  for (size_t i = 0; i < w->n; i++)
    w->feed[i] = w->cl[i].ch->feed;
  if (!icu_set(it, w->feed, w->n))
    return;
  for (size_t i = 1; i < w->n; i++)
    if (w->cl[i].brk == BREAK_OK && !ubrk_isBoundary(it, (int32_t)i))
      w->cl[i].brk = BREAK_WORD;
}

// ---- K1-K3, K5 -------------------------------------------------------------

static bool is_plain(const Cluster *cl) {
  return cl->ch->cls == CL_HAN && !cl->ch->num;
}

// A dash or an ellipsis may begin a line below level 3, unwillingly.
static uint8_t two_em_first(const Cluster *a, const Cluster *b, int level) {
  uint8_t p = a->ch->cls;
  if (b->pair == 2 || level >= 3)
    return BREAK_NO;
  if (b->ch->cls == CL_DASH && b->pair == 0)
    return BREAK_NO; // single: a connector
  bool after = p <= CL_WIDE || (p >= CL_CLOSE && p <= CL_EXCLAIM) ||
               ((p == CL_DASH || p == CL_ELLIPSIS) && a->pair >= 2);
  return after ? BREAK_SOFT : BREAK_NO;
}

static void kinsoku(const Profile *profile, Cluster *a, Cluster *b) {
  int level = profile->kinsoku;
  if (b->ch->cls == CL_DASH || b->ch->cls == CL_ELLIPSIS)
    b->brk = two_em_first(a, b, level);
  if (b->ch->first && b->ch->first <= level && b->ch->first < 3)
    b->brk = BREAK_NO;
  if (a->ch->last && a->ch->last <= level)
    b->brk = BREAK_NO;
  if (b->ch->num & NUM_RANGE && !b->pair && level)
    b->brk = BREAK_NO;
}

// ---- N1 --------------------------------------------------------------------

static uint8_t num(const LineWork *w, size_t i) {
  return i < w->n ? w->cl[i].ch->num : 0;
}

static uint32_t at(const LineWork *w, size_t i) {
  return i < w->n ? w->cl[i].ch->c : 0;
}

static void glue(LineWork *w, size_t i) {
  if (i < w->n)
    w->cl[i].brk = BREAK_NO;
}

static void soften(LineWork *w, size_t i) {
  if (i < w->n && w->cl[i].brk == BREAK_OK)
    w->cl[i].brk = BREAK_SOFT;
}

// "3 000", "3，000": a space, or the comma of a page that knows no other,
// between groups of three digits.
static bool group_follows(const LineWork *w, size_t i, size_t digits) {
  bool parts = at(w, i) == ' ' || at(w, i) == 0xFF0C;
  if (!parts || digits < 1 || digits > 3)
    return false;
  for (size_t k = 1; k <= 3; k++)
    if (!(num(w, i + k) & NUM_DIGIT))
      return false;
  return !(num(w, i + 4) & NUM_DIGIT);
}

// End of the digits, points and groups that begin at i.
static size_t digits_end(LineWork *w, size_t i) {
  size_t e = i, group = i;
  for (;;) {
    if (num(w, e) & NUM_DIGIT) {
      e++;
    } else if ((num(w, e) & NUM_POINT) && (num(w, e + 1) & NUM_DIGIT)) {
      e++;
      group = e;
    } else if (group_follows(w, e, e - group)) {
      w->cl[e].more = 0;
      e++;
      group = e;
    } else {
      return e;
    }
  }
}

// Units of more than one character, which hold together too.
#define UNIT(z)                                                                \
  { z, sizeof z - 1 }
static const Str long_units[] = {
    UNIT("个百分点"), UNIT("百分点"), UNIT("人次"),   UNIT("场次"),
    UNIT("架次"),     UNIT("班次"),   UNIT("辆次"),   UNIT("小时"),
    UNIT("分钟"),     UNIT("公里"),   UNIT("公斤"),   UNIT("公顷"),
    UNIT("千克"),     UNIT("千米"),   UNIT("千瓦时"), UNIT("平方米"),
    UNIT("平方公里"), UNIT("立方米"), UNIT("周年"),   UNIT("周岁"),
    UNIT("工作日"),   UNIT("月份"),   UNIT("年度"),   UNIT("余名"),
    UNIT("余人"),     UNIT("余家"),   UNIT("余个"),   UNIT("余件"),
    UNIT("余场"),     UNIT("多名"),   UNIT("多人"),   UNIT("多家"),
    UNIT("多个"),     UNIT("多件"),   UNIT("多场"),
};
#undef UNIT

// Characters of `unit` that stand at e; 0: they do not.
static size_t unit_match(const LineWork *w, size_t e, Str unit) {
  size_t n = 0;
  for (size_t i = 0; i < unit.len; n++)
    if (utf8_next(unit, &i) != at(w, e + n))
      return 0;
  return n;
}

// 年 月 个 人 after the number, also 余名, 人次, 个百分点: soft.
static void units_soften(LineWork *w, size_t e) {
  if (e >= w->n || w->cl[e].ch->cls != CL_HAN)
    return;
  size_t most = num(w, e) & NUM_UNIT ? 1 : 0;
  for (size_t i = 0; i < sizeof long_units / sizeof *long_units; i++) {
    size_t n = unit_match(w, e, long_units[i]);
    most = n > most ? n : most;
  }
  for (size_t k = 0; k < most; k++)
    soften(w, e + k);
}

static bool after_stop(const LineWork *w, size_t i) {
  if (i == 0)
    return true;
  uint8_t cls = w->cl[i - 1].ch->cls;
  return (cls >= CL_COMMA && cls <= CL_EXCLAIM) || cls >= CL_SPACE;
}

// Whether 、 after the number that begins at s numbers an item: not in a row of
// numbers, 第11、15、21行.
static bool numbers_item(const LineWork *w, size_t s, size_t e) {
  uint32_t before = s ? at(w, s - 1) : 0;
  return before != 0x3001 && before != 0xFF0C && !(num(w, e + 1) & NUM_DIGIT);
}

// （1） and 1. at the head of an item keep their first character; 〔2024〕15号
// is one.
static void number_form(LineWork *w, size_t s, size_t e) {
  uint32_t before = s ? at(w, s - 1) : 0, after = at(w, e);
  if (before == 0x3015 && s >= 2 && (num(w, s - 2) & NUM_DIGIT)) { // 〕
    glue(w, s);
    if (after == 0x53F7)
      glue(w, e);
  }
  bool dot = after == '.' || after == 0xFF0E ||
             (after == 0x3001 && numbers_item(w, s, e));
  if (dot && e - s <= 3 && after_stop(w, s))
    glue(w, e + 1);
  bool bracket = before == 0xFF08 || before == '(';
  if (bracket && (after == 0xFF09 || after == ')') && e - s <= 3 &&
      after_stop(w, s - 1))
    glue(w, e + 1);
}

static void number_wide(Setter *s, LineWork *w, size_t b, size_t e) {
  int64_t width = 0;
  const Run *r = &w->runs.data[w->cl[b].run];
  for (size_t i = b; i < e; i++)
    width += w->cl[i].adv;
  if (width <= (int64_t)NUMBER_MAX * r->size)
    return;
  for (size_t i = b + 1; i < e; i++)
    if (w->cl[i].ch->num & NUM_DIGIT && w->cl[i - 1].ch->num & NUM_DIGIT)
      w->cl[i].brk = BREAK_LAST;
  size_t last = w->cl[e - 1].run == w->cl[b].run ? e - 1 : b;
  size_t from = w->cl[b].text, to = w->cl[last].text + w->cl[last].len;
  diag(s->diags, D_LINE_LONG, r->in->at,
       str_head(str_slice(r->text, from, to), 60));
}

static size_t number_set(Setter *st, LineWork *w, size_t i) {
  size_t s = i, e = digits_end(w, i);
  while (s > 0 && i - s < 2 && (num(w, s - 1) & NUM_PREFIX))
    s--;
  bool ordinal = s > 0 && at(w, s - 1) == 0x7B2C; // 第
  bool range = s > 0 && (num(w, s - 1) & NUM_RANGE);
  if (ordinal || range)
    soften(w, s);
  size_t digits = e;
  while (num(w, e) & (NUM_SUFFIX | NUM_SCALE))
    e++;
  for (size_t k = s + 1; k < e; k++)
    glue(w, k);
  number_form(w, s, digits);
  units_soften(w, e);
  number_wide(st, w, s, e);
  return e > i ? e : i + 1;
}

// ---- L2: URLs --------------------------------------------------------------

static bool url_char(uint32_t c) {
  return c > ' ' && c < 0x7F;
}

// From "://" to the next blank: only after / . - ? & and before the slashes
// of none.
static size_t url_set(LineWork *w, size_t i) {
  for (; i < w->n && url_char(at(w, i)); i++) {
    uint32_t p = i ? at(w, i - 1) : 0, c = at(w, i);
    bool after = p == '/' || p == '.' || p == '-' || p == '?' || p == '&';
    bool mark = c == '/' || c == '.' || c == '?' || c == '&';
    w->cl[i].brk = after && !mark ? BREAK_OK : BREAK_NO;
  }
  return i;
}

// A long name of a file may end a line behind an underscore.
static void name_soften(LineWork *w, size_t i) {
  bool inside = i && i + 1 < w->n && w->cl[i - 1].ch->cls == CL_LATIN &&
                w->cl[i + 1].ch->cls != CL_SPACE;
  if (inside && at(w, i + 1) != '_' && w->cl[i + 1].brk == BREAK_NO)
    w->cl[i + 1].brk = BREAK_SOFT;
}

// ---- all -------------------------------------------------------------------

static void special_set(Setter *s, LineWork *w, size_t *i) {
  Cluster *b = &w->cl[*i];
  const Run *r = &w->runs.data[b->run];
  if (r->note && *i && w->cl[*i - 1].run != b->run)
    b->brk = BREAK_NO;
  if (r->style->nobreak && *i && w->cl[*i - 1].run == b->run)
    b->brk = BREAK_NO;
  if (b->ch->c == '/' && at(w, *i + 1) == '/' && *i && at(w, *i - 1) == ':')
    *i = url_set(w, *i) - 1;
  else if (b->ch->num & NUM_DIGIT)
    *i = number_set(s, w, *i) - 1;
  else if (b->ch->c == '_')
    name_soften(w, *i);
}

// 落实任务|空|培养新人: a space between the parts of a title.
static bool between_parts(const LineWork *w, size_t i) {
  enum { PART = 4 }; // no shorter one
  if (w->cl[i].ch->cls != CL_SPACE && w->cl[i].ch->cls != CL_FIXED)
    return false;
  if (i < PART || i + PART >= w->n)
    return false;
  uint8_t before = w->cl[i - 1].ch->cls, after = w->cl[i + 1].ch->cls;
  return (before == CL_HAN || before == CL_CLOSE) &&
         (after == CL_HAN || after == CL_OPEN);
}

// P5: the lines of a title in parts end where its parts do.
static void part_breaks(LineWork *w) {
  size_t parts = 0;
  for (size_t i = 0; i < w->n; i++)
    parts += between_parts(w, i);
  for (size_t i = 1; parts && i < w->n; i++) {
    uint8_t *brk = &w->cl[i].brk;
    if ((*brk == BREAK_OK || *brk == BREAK_WORD) && !between_parts(w, i - 1))
      *brk = BREAK_PART;
  }
}

void break_set(Setter *s, LineWork *w, bool words) {
  const Profile *profile = &s->doc->profile;
  feed_room(s->fonts, w);
  icu_breaks(s->fonts, w);
  if (words)
    word_breaks(s->fonts, w);
  for (size_t i = 1; i < w->n; i++)
    if (!is_plain(&w->cl[i - 1]) || !is_plain(&w->cl[i]))
      kinsoku(profile, &w->cl[i - 1], &w->cl[i]);
  for (size_t i = 0; i < w->n; i++) {
    uint8_t cls = w->cl[i].ch->cls;
    if (cls == CL_BREAK) {
      w->cl[i].brk = BREAK_NO;
      glue(w, i + 1);
    } else if (cls != CL_HAN || w->runs.data[w->cl[i].run].style->nobreak) {
      special_set(s, w, &i);
    }
  }
  if (words)
    part_breaks(w);
}
