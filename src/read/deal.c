// Headlines that stand together before or behind texts which OCR ran together
// in one block: each text gets its own, in their order.
#include "heads.h"

enum {
  PARTS = 8, // texts of one block, and headlines dealt to them
  CLEAR = 3, // points by which another dealing must tell more
};

// A headline with the kickers above and the subtitle below it.
typedef struct {
  uint32_t b, e;
} Unit;

typedef struct {
  Sheet *s;
  uint32_t first, n;  // the texts of one block
  Unit before[PARTS]; // headlines right before them
  Unit behind[PARTS]; // and right behind
  size_t n_before, n_behind;
  bool next; // a text of its own follows the headlines behind
} Deal;

static bool text(const Piece *p) {
  return p->type == P_BODY && !p->dropped;
}

// …。(下转3版): goes on elsewhere.
static bool jumps(const Piece *p) {
  Chars end = ch_slice(p->fold, p->fold.n > 12 ? p->fold.n - 12 : 0, p->fold.n);
  return ch_has(end, u"(下转") && ch_ends(end, u"版)");
}

// Whether text i goes on in the block of the text before, as a report of its
// own.
static bool run_on(const Sheet *s, uint32_t i) {
  const Piece *p = &s->pieces.data[i];
  return text(p) && text(p - 1) && p->blanks == 0 && p->line == p[-1].last &&
         (p->dateline || text_signed(p - 1) || jumps(p - 1));
}

// The headlines in [b, e), unmarked lines with the marked one below; 0 if they
// are too many or none is marked.
static size_t units(const Sheet *s, uint32_t b, uint32_t e, Unit *out) {
  const Piece *p = s->pieces.data;
  size_t n = 0;
  uint32_t from = b;
  for (uint32_t i = b; i < e; i++) {
    if (n && i == from && ch_starts(p[i].fold, u"—")) {
      out[n - 1].e = i + 1;
      from = i + 1;
      continue;
    }
    if (!p[i].level)
      continue;
    if (n == PARTS)
      return 0;
    out[n++] = (Unit){from, i + 1};
    from = i + 1;
  }
  return from == e ? n : 0;
}

// How much the units tell of the texts from `first` on.
static int tell(const Deal *d, const Unit *u, size_t n, uint32_t first) {
  int sum = 0;
  for (size_t k = 0; k < n; k++)
    for (uint32_t i = u[k].b; i < u[k].e; i++)
      sum +=
          head_tells(&d->s->pieces.data[i], d->s->pieces.data[first + k].fold);
  return sum;
}

static void give(const Unit *u, size_t n, uint32_t first, uint32_t *to) {
  for (size_t k = 0; k < n; k++)
    for (uint32_t i = u[k].b; i < u[k].e; i++)
      to[i] = first + (uint32_t)k;
}

// Whether the first text ends the article above rather than being a report of
// its own: it has no headline, and the headlines behind fit the others better.
static bool ends_above(const Deal *d) {
  if (d->first == 0 || !text(&d->s->pieces.data[d->first - 1]) ||
      text_signed(&d->s->pieces.data[d->first - 1]) ||
      d->s->pieces.data[d->first].dateline)
    return false;
  size_t all = d->n_behind < d->n ? d->n_behind : d->n;
  size_t rest = d->n_behind < d->n - 1 ? d->n_behind : d->n - 1;
  return tell(d, d->behind, rest, d->first + 1) >
         tell(d, d->behind, all, d->first);
}

static bool deal(const Deal *d, uint32_t *to) {
  const Unit *above = d->before + d->n_before - 1; // its own, more behind
  bool split =
      d->n_before >= d->n && d->n_behind + 1 >= d->n &&
      tell(d, above, 1, d->first) + tell(d, d->behind, d->n - 1, d->first + 1) >
          tell(d, d->before + (d->n_before - d->n), d->n, d->first);
  if (d->n_before >= d->n && !split) {
    const Unit *u = d->before + (d->n_before - d->n);
    if (tell(d, u, d->n, d->first) + CLEAR < tell(d, u, d->n - 1, d->first + 1))
      return false;
    give(u, d->n, d->first, to);
    return true;
  }
  if (d->n_before > 1 && !split)
    return false;
  uint32_t first = d->first + (d->n_before || ends_above(d));
  size_t want = d->n - (first - d->first);
  if (!want || d->n_behind < want)
    return false;
  int own = tell(d, d->behind, want, first);
  if (d->next && d->n_behind == want) { // one of them may be the next text's
    const Unit *last = &d->behind[want - 1];
    if (tell(d, last, 1, last->e) >=
        tell(d, last, 1, first + (uint32_t)want - 1))
      want--;
  }
  if (!want || !own)
    return false;
  give(d->behind, want, first, to);
  return true;
}

static uint32_t run_back(const Sheet *s, uint32_t i) {
  uint32_t b = i;
  while (b > 0 && i - b < 2 * PARTS && s->pieces.data[b - 1].type == P_HEAD &&
         !s->pieces.data[b - 1].dropped)
    b--;
  return b;
}

static uint32_t run_on_heads(const Sheet *s, uint32_t i) {
  uint32_t e = i;
  while (e < s->pieces.len && e - i < 2 * PARTS &&
         s->pieces.data[e].type == P_HEAD && !s->pieces.data[e].dropped)
    e++;
  return e;
}

bool deal_headlines(Sheet *s, uint32_t *to) {
  bool any = false;
  const Piece *p = s->pieces.data;
  for (uint32_t i = 0, j; i < s->pieces.len; i = j) {
    for (j = i + 1; j < s->pieces.len && text(&p[i]) && run_on(s, j); j++)
      ;
    if (j - i < 2 || j - i > PARTS)
      continue;
    Deal d = {.s = s, .first = i, .n = j - i};
    uint32_t b = run_back(s, i), e = run_on_heads(s, j);
    d.n_before = units(s, b, i, d.before);
    d.n_behind = units(s, j, e, d.behind);
    d.next = e < s->pieces.len && (text(&p[e]) || p[e].people);
    if (d.n_before == 0 && b < i)
      continue; // unmarked lines only: who knows
    any = deal(&d, to) || any;
  }
  return any;
}

// ---- by turns ---------------------------------------------------------------

enum {
  NONE = 8,   // what a report without headline costs
  MORE = 3,   // a second headline above one text
  BACK = 2,   // a headline below its report
  UNUSED = 6, // one that no text follows
  APART = 16, // pieces between a report's opening and the headline below
  SHARE = 3,  // by how much the turns must be better than what is printed
};

// A text with the headlines right above it.
typedef struct {
  uint32_t at; // its piece; the page's end for headlines behind the last text
  uint32_t n;  // headlines, each with its kickers
  Unit first;  // the first of them
  int gain;    // how much more that tells of the text before
  bool report; // opens a report
  bool may;    // the first may be that of the report before
} Turn;

typedef VEC(Turn) Turns;

static void turn_at(Sheet *s, Turns *turns, uint32_t b, uint32_t at) {
  const Piece *p = s->pieces.data;
  Unit u[PARTS];
  Turn t = {.at = at};
  t.report = at < s->pieces.len && (p[at].dateline || p[at].people);
  size_t n = b < at ? units(s, b, at, u) : 0;
  t.n = (uint32_t)n;
  if (b < at && !n)
    t.n = 1; // unmarked: left where they are
  const Turn *before = turns->len ? &turns->data[turns->len - 1] : NULL;
  if (n && before && before->report && b - before->at <= APART) {
    t.first = u[0];
    t.may = true;
    for (uint32_t i = u[0].b; i < u[0].e; i++) {
      t.gain += head_tells(&p[i], p[before->at].fold);
      if (at < s->pieces.len)
        t.gain -= head_tells(&p[i], p[at].fold);
    }
  }
  *vec_push(s->a, turns) = t;
}

static void find_turns(Sheet *s, Turns *turns) {
  const Piece *p = s->pieces.data;
  uint32_t n = (uint32_t)s->pieces.len;
  for (uint32_t i = 0; i < n; i++) {
    if (p[i].dropped)
      continue;
    if (p[i].type == P_HEAD) {
      uint32_t e = run_on_heads(s, i);
      if (e == n || text(&p[e]) || p[e].people)
        turn_at(s, turns, i, e);
      i = e - (e < n);
      if (e < n && p[e].type != P_HEAD)
        i = e;
    } else if (text_orphan(s, i)) {
      turn_at(s, turns, i, i);
    }
  }
}

// The cost of text k with f headlines above it, and one below if `below`.
static int turn_cost(const Turn *t, uint32_t f, bool below, uint32_t end) {
  if (t->at == end)
    return (int)f * UNUSED;
  int cost = f > 1 ? (int)(f - 1) * MORE : 0;
  return cost + (f || below ? 0 : NONE);
}

// Which texts give their first headline back to the report before: the cheapest
// of all ways, found from the last text on.
bool turn_headlines(Sheet *s, uint32_t *to) {
  Turns turns = {0};
  find_turns(s, &turns);
  uint32_t end = (uint32_t)s->pieces.len;
  // best[2 * k + x]: of text k on, with its first headline given back or not
  int *best = NEW_ARRAY(s->a, int, 2 * turns.len + 2);
  bool *back = NEW_ARRAY(s->a, bool, 2 * turns.len + 2);
  for (size_t k = turns.len; k-- > 0;) {
    const Turn *t = &turns.data[k], *next = t + 1;
    bool last = k + 1 == turns.len;
    for (uint32_t x = 0; x <= t->may && x <= t->n; x++) {
      uint32_t f = t->n - x;
      int stay = turn_cost(t, f, false, end) + (last ? 0 : best[2 * k + 2]);
      int take = !last && next->may && !f && t->report
                     ? turn_cost(t, f, true, end) + best[2 * k + 3]
                     : stay + 1;
      back[2 * k + x] = take + SHARE <= stay;
      best[2 * k + x] =
          (int)x * (BACK - t->gain) + (back[2 * k + x] ? take : stay);
    }
  }
  bool any = false;
  for (size_t k = 0, x = 0; k < turns.len; k++) {
    x = back[2 * k + x];
    if (!x)
      continue;
    const Turn *t = &turns.data[k + 1];
    for (uint32_t i = t->first.b; i < t->first.e; i++)
      to[i] = turns.data[k].at;
    any = true;
  }
  return any;
}
