// What an electronic edition prints beside a headline's parts: (引题), (主题),
// (副题). The mark says which part the line is, and goes.
#include "read_imp.h"

typedef struct {
  const uint16_t *word;
  HeadPart part;
} Mark;

static const Mark marks[] = {
    {u"(引题)", PART_KICKER},    {u"(肩题)", PART_KICKER},
    {u"(眉题)", PART_KICKER},    {u"(主题)", PART_TITLE},
    {u"(主标题)", PART_TITLE},   {u"(正题)", PART_TITLE},
    {u"(副题)", PART_SUBTITLE},  {u"(副标题)", PART_SUBTITLE},
    {u"(子题)", PART_SUBTITLE},  {u"引题:", PART_KICKER},
    {u"肩题:", PART_KICKER},     {u"眉题:", PART_KICKER},
    {u"主标题:", PART_TITLE},    {u"副题:", PART_SUBTITLE},
    {u"副标题:", PART_SUBTITLE},
};
enum { MARKS = sizeof marks / sizeof marks[0], LONGEST = 160 };

// The mark at i: in brackets, or where the line begins at `start`.
static size_t mark_at(Chars t, size_t i, size_t start, HeadPart *part) {
  for (size_t m = 0; (t.c[i] == '(' || i == start) && m < MARKS; m++) {
    size_t n = (marks[m].word[0] == '(') == (t.c[i] == '(')
                   ? ch_at(t, i, marks[m].word)
                   : 0;
    if (n) {
      *part = marks[m].part;
      return n;
    }
  }
  return 0;
}

static void add(Sheet *s, const Piece *p, Chars at, HeadPart part,
                Pieces *out) {
  size_t b = (size_t)(at.c - p->fold.c), e = b + at.n;
  while (b < e && p->fold.c[b] == ' ')
    b++;
  while (e > b && p->fold.c[e - 1] == ' ')
    e--;
  if (b >= e)
    return;
  Piece q = piece_part(s, p, b, e);
  q.head_part = (uint8_t)part;
  q.printed = 1;
  q.blanks = b ? 0 : p->blanks;
  q.blanks_after = e < p->fold.n ? 0 : p->blanks_after;
  *vec_push(s->a, out) = q;
}

// The lines of p that a mark in front or behind names.
static bool part_marked(Sheet *s, const Piece *p, Pieces *out) {
  Chars t = p->fold;
  size_t start = 0, had = out->len;
  HeadPart part = PART_NONE, next;
  for (size_t i = 0, n; i < t.n; i++) {
    if (!(n = mark_at(t, i, start, &next)))
      continue;
    if (t.c[i] == '(' && i > start) { // its line stands before it
      add(s, p, ch_slice(t, start, i), part == PART_NONE ? next : part, out);
      part = PART_NONE;
    } else { // or behind it
      part = next;
    }
    start = i + n;
    i = start - 1;
  }
  if (start && start < t.n)
    add(s, p, ch_slice(t, start, t.n), part, out);
  return out->len > had;
}

static bool may_be_marked(const Piece *p) {
  HeadPart part;
  if (p->fold.n < 4 || p->fold.n > LONGEST || ch_has(p->fold, u"。"))
    return false;
  for (size_t i = 0; i < p->fold.n; i++)
    if (mark_at(p->fold, i, 0, &part))
      return true;
  return false;
}

void read_marks(Sheet *s) {
  Pieces out = {0};
  bool any = false;
  for (size_t i = 0; i < s->pieces.len; i++) {
    const Piece *p = &s->pieces.data[i];
    bool may = may_be_marked(p);
    if (may && !any) {
      any = true;
      for (size_t k = 0; k < i; k++)
        *vec_push(s->a, &out) = s->pieces.data[k];
    }
    if (any && !(may && part_marked(s, p, &out)))
      *vec_push(s->a, &out) = *p;
  }
  if (any)
    s->pieces = out;
}
