// The pages looked at as a reader would: line starts and ends, numbers torn
// apart, right edges, loose lines. Knows marks only, not how they were set.
#include "line-imp.h"

#define EDGE_PERMILLE 50 // of an em: a right edge is exact within this

// A line of running text as it stands on a page.
typedef struct {
  size_t page;
  uint32_t element;
  uint32_t first, last; // characters
  uint32_t before_last;
  Len y, right, size;
  int widened; // between ideographs, 1/1000 em; -1: no two side by side
} Seen;

typedef VEC(Seen) SeenLines;

static uint32_t char_at(const Mark *m, size_t glyph) {
  size_t at = m->glyphs[glyph].text;
  return at < m->text.len ? utf8_next(m->text, &at) : 0;
}

// What was added between two neighbouring ideographs of the mark.
static int widened_in(const Mark *m) {
  for (size_t i = 1; i < m->n_glyphs; i++) {
    if (!char_is_han(char_at(m, i - 1)) || !char_is_han(char_at(m, i)))
      continue;
    Len advance = (Len)((int64_t)face_advance(m->face, m->glyphs[i - 1].glyph) *
                        m->size / m->face->info.upem);
    Len more = m->glyphs[i].x - m->glyphs[i - 1].x - advance;
    return m->size > 0 ? (int)((int64_t)more * 1000 / m->size) : -1;
  }
  return -1;
}

// Characters of the mark that its face sets for a role whose own face lacks
// them.
static size_t stand_ins_in(const FontSet *fs, const Mark *m) {
  size_t n = 0;
  for (size_t i = 0; i < fs->stand_ins.len; i++) {
    const StandIn *s = &fs->stand_ins.data[i];
    if (!str_eq(s->face, face_label(m->face)))
      continue;
    for (size_t at = 0; at < m->text.len;) {
      size_t begin = at;
      utf8_next(m->text, &at);
      n += str_has(s->chars, str_slice(m->text, begin, at));
    }
  }
  return n;
}

static bool is_running_text(const Mark *m) {
  return m->kind == MARK_TEXT && m->n_glyphs > 0 && m->face && m->element &&
         (m->tag == TAG_P || m->tag == TAG_NOTE || m->tag == TAG_LI);
}

static void seen_add(Arena *a, SeenLines *lines, const Mark *m, size_t page) {
  Seen *l = lines->len ? &lines->data[lines->len - 1] : NULL;
  bool same = l && l->page == page && l->element == m->element && l->y == m->y;
  if (!same) {
    l = vec_push(a, lines);
    *l = (Seen){.page = page,
                .element = m->element,
                .first = char_at(m, 0),
                .y = m->y,
                .widened = -1};
  }
  l->before_last = m->n_glyphs > 1 ? char_at(m, m->n_glyphs - 2) : l->last;
  l->last = char_at(m, m->n_glyphs - 1);
  l->right = m->x + m->w > l->right ? m->x + m->w : l->right;
  l->size = m->size > l->size ? m->size : l->size;
  if (l->widened < 0)
    l->widened = widened_in(m);
}

// ---- rules -----------------------------------------------------------------

static bool is_number(uint32_t c) {
  return c >= '0' && c <= '9';
}

static bool is_one_of(uint32_t c, const char *set) {
  Str s = str_of(set);
  for (size_t at = 0; at < s.len;)
    if (utf8_next(s, &at) == c)
      return true;
  return false;
}

static bool torn(const Seen *a, const Seen *b) {
  if (is_number(b->first))
    return is_number(a->last) || is_one_of(a->last, "+−±￥$＋") ||
           (is_number(a->before_last) && is_one_of(a->last, ".,"));
  return is_number(a->last) && is_one_of(b->first, "%‰％℃°");
}

static bool first_forbidden(uint32_t c, int level) {
  return mark_first(c) && mark_first(c) <= level;
}

static bool last_forbidden(uint32_t c, int level) {
  return mark_last(c) && mark_last(c) <= level;
}

static Len apart(Len a, Len b) {
  return a > b ? a - b : b - a;
}

// The right edge that most of n - 1 lines share (the last is not full), or -1
// when they share none: ragged text.
static Len common_edge(const Seen *lines, size_t n) {
  size_t most = 0;
  Len edge = -1;
  for (size_t i = 0; i + 1 < n && i < 8; i++) {
    size_t same = 0;
    for (size_t k = 0; k + 1 < n; k++)
      same += apart(lines[k].right, lines[i].right) <=
              lines[i].size * EDGE_PERMILLE / 1000;
    if (same > most) {
      most = same;
      edge = lines[i].right;
    }
  }
  return most * 2 > n - 1 ? edge : -1;
}

typedef struct {
  const Profile *profile;
  Typography *t;
} Audit;

static void line_judge(const Audit *au, const Seen *l, const Seen *next,
                       Len edge) {
  PageQuality *q = &au->t->pages[l->page];
  int level = au->profile->kinsoku;
  q->lines++;
  if (!next)
    return;
  q->kinsoku += last_forbidden(l->last, level);
  au->t->pages[next->page].kinsoku += first_forbidden(next->first, level);
  q->torn += torn(l, next);
  if (edge < 0)
    return;
  bool hangs = au->profile->hang && is_one_of(l->last, "，。、");
  q->edge += !hangs && apart(l->right, edge) > l->size * EDGE_PERMILLE / 1000;
  q->loose += l->widened > (int)au->profile->loose_permille;
  if (l->widened > q->loosest)
    q->loosest = l->widened;
}

// A page or a column ends between the lines.
static bool parted(const Seen *a, const Seen *b) {
  return a->page != b->page || b->y < a->y;
}

// Odd and even pages have other margins, so edges are compared page by page.
static void paragraph_judge(const Audit *au, const Seen *lines, size_t n) {
  Len edge = -1;
  for (size_t i = 0; i < n; i++) {
    if (i == 0 || parted(&lines[i - 1], &lines[i])) {
      size_t end = i + 1;
      while (end < n && !parted(&lines[end - 1], &lines[end]))
        end++;
      edge = common_edge(&lines[i], end < n ? end - i + 1 : end - i);
    }
    line_judge(au, &lines[i], i + 1 < n ? &lines[i + 1] : NULL, edge);
  }
}

static void quality_add(PageQuality *sum, const PageQuality *q) {
  sum->lines += q->lines;
  sum->kinsoku += q->kinsoku;
  sum->torn += q->torn;
  sum->edge += q->edge;
  sum->loose += q->loose;
  sum->stand_ins += q->stand_ins;
  sum->loosest = q->loosest > sum->loosest ? q->loosest : sum->loosest;
}

static int score(const PageQuality *q) {
  size_t faults = 2 * (q->kinsoku + q->torn + q->edge) + q->loose;
  if (q->lines == 0 || faults == 0)
    return 1000;
  return faults >= 2 * q->lines ? 0 : (int)(1000 - 500 * faults / q->lines);
}

Typography typography_check(Arena *a, const Pages *pages) {
  Typography t = {.n = pages->n_pages};
  t.pages = NEW_ARRAY(a, PageQuality, t.n);
  SeenLines lines = {0};
  PageReader *reader = page_reader_new(a);
  for (size_t p = 0; p < pages->n_pages; p++) {
    PageMarks page = page_marks(reader, &pages->pages[p]);
    for (const Mark *m = page.marks; m < page.marks + page.n_marks; m++) {
      if (m->kind == MARK_TEXT && m->face && pages->fonts)
        t.pages[p].stand_ins += stand_ins_in(pages->fonts, m);
      if (is_running_text(m))
        seen_add(a, &lines, m, p);
    }
  }
  Audit au = {&pages->doc->profile, &t};
  for (size_t i = 0, end; i < lines.len; i = end) {
    for (end = i + 1;
         end < lines.len && lines.data[end].element == lines.data[i].element;)
      end++;
    paragraph_judge(&au, &lines.data[i], end - i);
  }
  for (size_t p = 0; p < t.n; p++) {
    t.pages[p].score = score(&t.pages[p]);
    quality_add(&t.sum, &t.pages[p]);
  }
  t.sum.score = score(&t.sum);
  return t;
}

void typography_say(Arena *a, Diags *d, const Pages *pages) {
  Typography t = typography_check(a, pages);
  for (size_t p = 0; p < t.n; p++) {
    const PageQuality *q = &t.pages[p];
    if (q->kinsoku + q->torn + q->edge > 0)
      diag(d, D_TYPOGRAPHY, SPAN_NONE, str_int(a, pages->pages[p].number),
           str_int(a, (long long)q->kinsoku), str_int(a, (long long)q->torn),
           str_int(a, (long long)q->edge));
  }
}

// ---- as text ---------------------------------------------------------------

static void row_put(Buf *b, Str name, const PageQuality *q) {
  buf_fmt(b, "%-6.*s %5zu %5zu %5zu %5zu %5zu  %d.%03d %5zu  %3d.%d",
          STR_ARG(name), q->lines, q->kinsoku, q->torn, q->edge, q->loose,
          q->loosest / 1000, q->loosest % 1000, q->stand_ins, q->score / 10,
          q->score % 10);
}

// How full the page is, and why no fuller.
static void full_put(Buf *b, const PageMarks *p, bool last) {
  static const char *const why[] = {
      [PAGE_FULL] = "",
      [PAGE_BREAK] = "  ends by a break",
      [PAGE_NEXT] = "  what follows could not begin here",
      [PAGE_BLANK] = "  blank",
  };
  const char *reason =
      last && p->ends == PAGE_BREAK ? "  the last page" : why[p->ends];
  buf_fmt(b, " %3d%%%s", p->full, reason);
}

Str typography_report(Arena *a, const Pages *pages) {
  Typography t = typography_check(a, pages);
  Buf b = buf_new(a);
  buf_add(
      &b,
      STR("page   lines  K1-3    N1  edge    J3  widest faces  score full\n"));
  for (size_t p = 0; p < t.n; p++) {
    row_put(&b, str_int(a, pages->pages[p].number), &t.pages[p]);
    bool last = p + 1 == t.n ||
                (p + 2 == t.n && pages->pages[p + 1].ends == PAGE_BLANK);
    full_put(&b, &pages->pages[p], last);
    buf_byte(&b, '\n');
  }
  row_put(&b, STR("all"), &t.sum);
  buf_byte(&b, '\n');
  for (size_t i = 0; pages->fonts && i < pages->fonts->stand_ins.len; i++) {
    const StandIn *s = &pages->fonts->stand_ins.data[i];
    buf_fmt(&b, "%.*s (%.*s): %.*s\n", STR_ARG(s->role), STR_ARG(s->face),
            STR_ARG(s->chars));
  }
  return buf_str(&b);
}
