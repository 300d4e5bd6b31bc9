// A paragraph's inlines as one row of clusters.
#include "line-imp.h"

LineWork *line_work(FontSet *fs) {
  if (!fs->work)
    fs->work = NEW(fs->arena, LineWork);
  return fs->work;
}

// ---- text of an inline -----------------------------------------------------

static Str number_text(Arena *a, int n) {
  return n > 0 ? str_int(a, n) : STR("?");
}

static Str inline_text(Setter *s, const Inline *in) {
  switch (in->kind) {
  case INLINE_TEXT:
  case INLINE_COPY:
    return in->text;
  case INLINE_PAGE:
    return number_text(s->arena, s->page);
  case INLINE_PAGES:
    return number_text(s->arena, s->pages);
  case INLINE_PAGE_REF:
    return number_text(s->arena,
                       s->page_of ? s->page_of(s->page_ctx, in->text) : 0);
  case INLINE_RUNNING:
    return s->running;
  case INLINE_FIGURE_PAGES:
    return s->pages_with ? s->pages_with(s->page_ctx, in->text) : STR("");
  case INLINE_NOTE:
    if (!s->doc->notes_by_page || !s->note_numbers)
      return in->text;
    return note_number(
        s->arena, s->note_numbers[in->note] ? s->note_numbers[in->note] : 1);
  default:
    return STR("");
  }
}

// Line ends and tabs become spaces, other controls go: none can be printed.
static Str text_clean(Arena *a, Str t) {
  size_t i = 0;
  while (i < t.len && (unsigned char)t.data[i] >= 0x20 && t.data[i] != 0x7F)
    i++;
  if (i == t.len)
    return t;
  Buf b = buf_new(a);
  for (i = 0; i < t.len; i++) {
    unsigned char c = (unsigned char)t.data[i];
    if (c == '\n' || c == '\t')
      buf_byte(&b, ' ');
    else if (c >= 0x20 && c != 0x7F)
      buf_byte(&b, t.data[i]);
  }
  return buf_str(&b);
}

static void run_add(Setter *s, LineWork *w, const Para *p, const Inline *in) {
  Run r = {.in = in, .style = in->style ? in->style : p->style};
  r.text = text_clean(s->arena, inline_text(s, in));
  r.role = role_of(s->fonts, r.style->face, r.style->bold);
  r.size = r.style->size > 0 ? r.style->size : PT(10.5);
  r.shift = r.style->shift;
  r.tracking = r.style->tracking;
  w->tracked |= r.tracking != 0;
  *vec_push(s->fonts->arena, &w->runs) = r;
}

// ---- characters that have two forms ----------------------------------------

// What is known of the paragraph while its characters are read.
typedef struct {
  const LineWork *work;
  int han; // whether the paragraph has Han text: -1 not looked yet
} Context;

static bool latin_letter(uint32_t c) {
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
         (c >= 0xC0 && c < 0x250);
}

static bool has_two_forms(uint32_t c) {
  return c == 0x2019 || c == 0x2018 || c == 0x201C || c == 0x201D || c == '/' ||
         c == 0xD7 || c == 0xF7 || c == 0xB7 || c == 0x2026;
}

static bool is_cjk(uint32_t c) {
  return c >= 0x2E80 && c < 0xFE00;
}

static bool context_han(Context *x) {
  if (x->han >= 0)
    return x->han;
  x->han = 0;
  bool latin = false;
  for (size_t i = 0; i < x->work->runs.len && !x->han; i++) {
    Str t = x->work->runs.data[i].text;
    for (size_t at = 0; at < t.len && !x->han;) {
      uint32_t c = utf8_next(t, &at);
      x->han = is_cjk(c);
      latin |= latin_letter(c);
    }
  }
  x->han |= !latin; // marks alone are Chinese ones
  return x->han;
}

static bool wants_latin(Context *x, uint32_t before, uint32_t c,
                        uint32_t after) {
  if (c == 0xD7 || c == 0xF7)
    return latin_letter(before) || latin_letter(after);
  if (c == '/')
    return before < 0x2000 && after < 0x2000;
  if (c == 0x2019 && latin_letter(before) && latin_letter(after))
    return true;
  return !context_han(x);
}

// ---- clusters --------------------------------------------------------------

static Len scale(int32_t em, Len size) {
  int64_t v = (int64_t)em * size;
  return (Len)((v + (v < 0 ? -EM / 2 : EM / 2)) / EM);
}

static uint8_t step_of(uint8_t cls) {
  switch (cls) {
  case CL_COMMA:
    return 5;
  case CL_STOP:
  case CL_EXCLAIM:
    return 7;
  default:
    return 4;
  }
}

static Cluster *cluster_add(LineWork *w, uint32_t run, const CharInfo *ch,
                            size_t text, size_t len) {
  const Run *r = &w->runs.data[run];
  Cluster *cl = &w->cl[w->n++];
  *cl = (Cluster){.ch = ch,
                  .text = (uint32_t)text,
                  .run = run,
                  .adv = scale(ch->adv, r->size),
                  .len = (uint8_t)len};
  if (ch->cls == CL_HAN)
    return cl;
  cl->x = scale(ch->dx, r->size);
  cl->left = scale(ch->left, r->size);
  cl->right = scale(ch->right, r->size);
  cl->step = step_of(ch->cls);
  w->marked |= ch->cls == CL_EXCLAIM || ch->cls == CL_ELLIPSIS;
  return cl;
}

static void odd_character(Setter *s, const Run *r, const CharInfo *ch) {
  CharInfo *seen = role_char(r->role, ch->c, false);
  if (seen->reported)
    return;
  seen->reported = true;
  if (ch->rtl && !s->fonts->rtl_said)
    diag(s->diags, D_TEXT_RTL, r->in->at, STR(""));
  s->fonts->rtl_said |= ch->rtl;
  if (!ch->missing)
    return;
  char utf8[4];
  Str shown = {utf8, utf8_put(utf8, ch->c)};
  if (!s->fonts->faces.len)
    diag(s->diags, D_FONT_NONE, r->in->at, STR(""));
  else
    diag(s->diags, D_FONT_CHARACTER, r->in->at, str_copy(s->arena, shown),
         str_fmt(s->arena, "U+%04X", (unsigned)ch->c));
}

// A second dash makes one mark of two em with the first (K5).
static bool dash_pair(LineWork *w, uint32_t run, size_t text, size_t len) {
  Cluster *one = w->n ? &w->cl[w->n - 1] : NULL;
  const Run *r = &w->runs.data[run];
  if (!one || one->run != run || one->ch->c != 0x2014 || one->pair)
    return false;
  const CharInfo *dash = role_dash(r->role, false);
  one->ch = dash;
  one->adv = scale(dash->adv, r->size);
  one->x = scale(dash->dx, r->size);
  if (dash->adv > EM * 3 / 2) {
    one->len = (uint8_t)(one->len + len);
    one->pair = 3;
  } else {
    one->pair = 1;
    cluster_add(w, run, role_dash(r->role, true), text, len)->pair = 2;
  }
  return true;
}

// utf8_next, with the way of nearly all Chinese text written out.
static inline uint32_t char_next(Str t, size_t *at) {
  const unsigned char *p = (const unsigned char *)t.data + *at;
  if (t.len - *at >= 3 && p[0] >= 0xE1 && p[0] <= 0xEC &&
      (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
    *at += 3;
    return (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 |
           (p[2] & 63);
  }
  return utf8_next(t, at);
}

static void run_flatten(Setter *s, LineWork *w, Context *x, uint32_t run) {
  const Run *r = &w->runs.data[run];
  Str t = r->text;
  uint32_t before = w->n ? w->cl[w->n - 1].ch->c : 0x3000;
  for (size_t at = 0; at < t.len;) {
    size_t begin = at;
    uint32_t c = char_next(t, &at);
    bool latin = false;
    if (c < 0x2E80 && has_two_forms(c)) {
      size_t next = at;
      uint32_t after = next < t.len ? utf8_next(t, &next) : 0x3000;
      latin = wants_latin(x, before, c, after);
    }
    before = c;
    if (c == 0x2014 && dash_pair(w, run, begin, at - begin))
      continue;
    const CharInfo *ch = role_char(r->role, c, latin);
    if (ch->missing || ch->rtl)
      odd_character(s, r, ch);
    Cluster *cl = cluster_add(w, run, ch, begin, at - begin);
    if (ch->cls == CL_ELLIPSIS && w->n > 1 && cl[-1].ch == ch &&
        cl[-1].run == run && !cl[-1].pair) {
      cl[-1].pair = 1;
      cl->pair = 2;
    }
  }
}

static const CharInfo leader = {.cls = CL_LEADER, .c = 0xFFFC, .feed = 0xFFFC};
static const CharInfo forced = {.cls = CL_BREAK, .c = 0x2028, .feed = 0x2028};

static void work_reserve(Arena *a, LineWork *w, size_t n) {
  if (n <= w->cap)
    return;
  w->cap = n + n / 2;
  w->cl = NEW_ARRAY(a, Cluster, w->cap);
}

void inline_flatten(Setter *s, LineWork *w, const Para *p) {
  w->n = 0;
  w->runs.len = 0;
  w->tracked = w->marked = false;
  size_t most = 1;
  for (size_t i = 0; i < p->n; i++) {
    run_add(s, w, p, &p->runs[i]);
    most += utf8_count(w->runs.data[i].text) + 1;
  }
  work_reserve(s->fonts->arena, w, most);
  Context x = {w, -1};
  for (uint32_t i = 0; i < p->n; i++) {
    Run *r = &w->runs.data[i];
    if (p->runs[i].kind == INLINE_LEADER) {
      cluster_add(w, i, &leader, 0, 0);
    } else if (p->runs[i].kind == INLINE_BREAK) {
      cluster_add(w, i, &forced, 0, 0);
    } else {
      uint8_t cls = w->n ? w->cl[w->n - 1].ch->cls : CL_BREAK;
      r->note = r->shift > 0 && cls != CL_LATIN && cls < CL_SPACE;
      run_flatten(s, w, &x, i);
    }
  }
}
