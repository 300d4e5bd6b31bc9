// Contents lists: 要目 whose entries OCR ran together or broke. An entry is a
// title, leaders (……) and an author or page number.
#include "lexicon.h"
#include "read_imp.h"

static const uint16_t *const bodies[] = {
    u"工会", u"党组", u"公司", u"局", u"委", u"会",   u"院", u"校",
    u"厂",   u"部",   u"处",   u"社", u"组", u"中心", u"站", NULL};

static bool leader(uint16_t c) {
  return c == 0x2026;
}

// Cost of the cheapest cutting of the ideographs in t[i, end), at most six.
static int cut_cost(Chars t, size_t i, size_t end) {
  enum { MOST = 6, UNKNOWN = 135 };
  int best[MOST + 1] = {0};
  size_t n = 0;
  while (n < MOST && i + n < end && i + n < t.n && ch_han(t.c[i + n]))
    n++;
  for (size_t k = 1; k <= n; k++) {
    best[k] = best[k - 1] + UNKNOWN;
    for (size_t m = 1; m <= WORD_MAX && m <= k; m++) {
      int w = word_cost(t.c + i + k - m, m);
      if (w && best[k - m] + w < best[k])
        best[k] = best[k - m] + w;
    }
  }
  return best[n];
}

// Where the name that begins at i ends: two characters if the third is cheap
// as the beginning of what follows, else three.
static size_t name_end(Chars t, size_t i, size_t end) {
  enum { CHEAP = 66 };
  size_t len;
  if (!surname_at(t, i, &len) || i + len + 1 > end)
    return i;
  size_t two = i + len + 1, three = two + 1;
  if (three > end || !ch_han(t.c[two]))
    return two;
  size_t other;
  if (surname_at(t, two, &other) && two + 3 < end &&
      (t.c[two + 3] == ':' || t.c[two + 2] == ':'))
    return two; // 刘某|王某某:… the next title begins with a name
  return cut_cost(t, two, two + 6) - cut_cost(t, three, two + 6) < CHEAP
             ? two
             : three;
}

// Where the author that begins at i ends, before the next title in this line.
static size_t author_end(Chars t, size_t i, size_t end, bool more) {
  size_t at = i + (ch_at(t, i, u"第") && i + 1 < end && ch_digit(t.c[i + 1]));
  while (at < end && (ch_digit(t.c[at]) || t.c[at] == ' '))
    at++;
  if (at > i)
    return at + (at < end && t.c[at] == u"版"[0]);
  if (!more && end - i <= 4)
    return end;
  for (const uint16_t *const *b = bodies; !more && *b; b++)
    if (ch_ends(ch_slice(t, i, end), *b))
      return end;
  at = name_end(t, i, end);
  while (at > i && at + 2 < end && t.c[at] == ' ') { // 甲某 乙某
    size_t next = name_end(t, at + 1, end);
    if (next == at + 1 || word_cost(t.c + at + 1, 2) ||
        (at + 4 <= end && word_cost(t.c + at + 1, 3)))
      break;
    at = next;
  }
  if (at == i || end - at <= 1)
    return end;
  return at;
}

typedef struct {
  Sheet *s;
  Pieces out;
  bool open; // the entry before has no leaders yet
} Contents;

static void entry(Contents *x, Piece q, bool closes) {
  bool goes_on = x->open && x->out.len > 0;
  int32_t before = (int32_t)x->out.len - 1;
  q.prev = goes_on ? before : -1;
  q.next = -1;
  if (goes_on)
    x->out.data[before].next = before + 1;
  *vec_push(x->s->a, &x->out) = q;
  x->open = !closes;
}

static void split(Contents *x, const Piece *p) {
  Chars t = p->fold;
  size_t start = 0, i = t.n > PART_MAX ? t.n : 0;
  while (i < t.n) {
    while (i < t.n && !leader(t.c[i]))
      i++;
    while (i < t.n && leader(t.c[i]))
      i++;
    if (i >= t.n)
      break;
    size_t next = i;
    while (next < t.n && !leader(t.c[next]))
      next++;
    size_t end = author_end(t, i, next, next < t.n);
    if (end >= t.n)
      break;
    entry(x, piece_part(x->s, p, start, end), true);
    start = end;
    while (start < t.n && t.c[start] == ' ')
      start++;
  }
  bool closes = t.c[t.n - 1] == u"版"[0] || t.c[t.n - 1] == ')' ||
                ch_digit(t.c[0]); // …(下转3版), 4版 …
  for (size_t k = start; k < t.n; k++)
    closes = closes || leader(t.c[k]);
  entry(x, start ? piece_part(x->s, p, start, t.n) : *p, closes);
}

void part_contents(Sheet *s) {
  bool any = false;
  for (size_t i = 0; i < s->pieces.len && !any; i++)
    any = s->pieces.data[i].type == P_CONTENTS;
  if (!any)
    return;
  Contents x = {.s = s};
  for (size_t i = 0; i < s->pieces.len; i++) {
    const Piece *p = &s->pieces.data[i];
    if (p->type == P_CONTENTS) {
      split(&x, p);
    } else {
      x.open = false;
      *vec_push(s->a, &x.out) = *p;
    }
  }
  s->pieces = x.out;
}
