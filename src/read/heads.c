// Headlines read away from their report: behind its text, or among another's.
// They go before the opening whose words and figures they repeat.
#include "heads.h"
#include "lexicon.h"
#include <stdlib.h>

enum {
  NEAR = 16,      // pieces between a headline and its opening
  NEAR_MAX = 8,   // openings near
  RUN_MAX = 5,    // headlines in a run
  TEXT_MAX = 600, // characters of a text that are looked at
  HEAD_MAX = 60,  // and of a headline
  GAIN = 3,       // points by which the opening must tell more of it
  BOND = 6,       // points that hold a kicker to its title
  APART = 2,      // where a second headline begins in the run
  BESIDE = 4,     // for all lines right below an opening without headline
  PLACE = 3,      // of a place's name
  FIGURE = 4,     // points of a figure that both print
  COMMON = 88,    // a word of this cost or less is an everyday one
};

typedef struct {
  uint32_t b, e; // headlines [b, e)
  uint32_t to;   // the opening they go before
  int gain;
} Move;

typedef struct {
  Sheet *s;
  VEC(uint32_t) orphans; // openings without headline, in order
  VEC(Move) moves;
} Heads;

static bool opens(const Piece *p) {
  return p->dateline || p->type == P_BYLINE;
}

bool text_signed(const Piece *p) {
  size_t end = 0, from = p->fold.n > 30 ? p->fold.n - 30 : 0;
  return p->type == P_BODY && !p->dropped &&
         byline_signature(p->fold, from, &end) < p->fold.n && end == p->fold.n;
}

// Whether a report that names its people at its beginning runs up to piece i.
static bool in_named_report(const Sheet *s, uint32_t i) {
  enum { MOST = 12, OPENING = 50 };
  const Piece *p = s->pieces.data;
  for (uint32_t n = 0; i-- > 0 && n < MOST; n++) {
    if (p[i].dateline)
      return ch_has(ch_slice(p[i].fold, 0, OPENING), u"记者") ||
             ch_has(ch_slice(p[i].fold, 0, OPENING), u"通讯员");
    if (p[i].type == P_HEAD || p[i].people)
      return false;
  }
  return false;
}

// Whether the texts above piece i have an author or a dateline of their own.
static bool authored(const Sheet *s, uint32_t i) {
  enum { MOST = 16 };
  const Piece *p = s->pieces.data;
  for (uint32_t n = 0; i-- > 0 && n < MOST; n++) {
    if (p[i].dateline || p[i].people)
      return true;
    if (p[i].type == P_HEAD && p[i].level)
      return false;
  }
  return false;
}

// Whether piece i opens a report and has no headline above it: a dateline, its
// author in a line of his own with the text behind, or a signed text behind
// another report's end.
bool text_orphan(const Sheet *s, uint32_t i) {
  const Piece *p = &s->pieces.data[i];
  if (p->dropped || (i && p[-1].type == P_HEAD))
    return false;
  if (p->dateline)
    return true;
  if (i == 0 || p[-1].type != P_BODY || p[-1].dropped)
    return false;
  if (p->type == P_BYLINE)
    return i + 1 < s->pieces.len && p[1].type == P_BODY && !p[1].dateline &&
           !ch_has(p->fold, u"摄") && authored(s, i);
  return text_signed(p) && (text_signed(p - 1) || in_named_report(s, i));
}

// Length of the number that begins at t.c[i], with its point; 0 if it has one
// figure only.
static size_t figure_at(Chars t, size_t i) {
  size_t n = 0;
  if (i > 0 && (ch_digit(t.c[i - 1]) || t.c[i - 1] == '.'))
    return 0;
  while (i + n < t.n &&
         (ch_digit(t.c[i + n]) || (n && t.c[i + n] == '.' && i + n + 1 < t.n &&
                                   ch_digit(t.c[i + n + 1]))))
    n++;
  return n >= 2 ? n : 0;
}

static bool has_figure(Chars text, Chars figure) {
  for (size_t i = 0; i < text.n; i++)
    if (text.c[i] == figure.c[0] && figure_at(text, i) == figure.n &&
        !memcmp(text.c + i, figure.c, figure.n * sizeof *figure.c))
      return true;
  return false;
}

static int pair_points(const uint16_t *c) {
  int cost = word_cost(c, 2);
  return cost && cost <= COMMON ? 1 : 2;
}

// How many characters of a place's name stand at the byte.
static size_t place_at(Str text, size_t at) {
  size_t len;
  const Division *d;
  return division_match(text, at, &len, &d, 1) ? len / 3 : 0;
}

static unsigned term_bit(const uint16_t *c) {
  return (c[0] * 31u + c[1] * 17u) & 4095;
}

static bool has_pair(const uint64_t *pairs, const uint16_t *c) {
  return pairs[term_bit(c) / 64] >> term_bit(c) % 64 & 1;
}

// Points of what begins at character i of the headline, byte `at`, and stands
// in the text too: a pair of ideographs, a place, three in a row.
static int term_points(const Piece *p, size_t i, size_t at, Chars text,
                       const uint64_t *pairs) {
  Chars head = ch_slice(p->fold, 0, HEAD_MAX);
  if (i + 1 >= head.n || !has_pair(pairs, head.c + i))
    return 0;
  size_t place = place_at(p->text, at);
  if (place && ch_find_chars(text, ch_slice(head, i, i + place)) != SIZE_MAX)
    return PLACE;
  if (terms_shared(ch_slice(head, i, i + 2), text))
    return place ? PLACE : pair_points(head.c + i);
  bool three = i + 2 < head.n && has_pair(pairs, head.c + i + 1) &&
               ch_han(head.c[i]) && ch_han(head.c[i + 1]) &&
               ch_han(head.c[i + 2]) && word_cost(head.c + i, 3) &&
               !terms_shared(ch_slice(head, i + 1, i + 3), text);
  return three && ch_find_chars(text, ch_slice(head, i, i + 3)) != SIZE_MAX ? 2
                                                                            : 0;
}

int head_tells(const Piece *p, Chars text) {
  int points = 0;
  Chars head = p->fold;
  text = ch_slice(text, 0, TEXT_MAX);
  head = ch_slice(head, 0, HEAD_MAX);
  uint64_t pairs[64] = {0}; // of the text, by a hash
  for (size_t i = 0; i + 1 < text.n; i++)
    pairs[term_bit(text.c + i) / 64] |= UINT64_C(1)
                                        << term_bit(text.c + i) % 64;
  for (size_t i = 0, at = 0; i < head.n; next_char(p->text.data, &at), i++) {
    size_t n = figure_at(head, i);
    if (n && has_figure(text, ch_slice(head, i, i + n)))
      points += FIGURE;
    else
      points += term_points(p, i, at, text, pairs);
  }
  return points;
}

// The text at piece e and the one behind it; behind an author's line.
static int text_tells(const Sheet *s, const Piece *head, uint32_t e) {
  const Pieces *p = &s->pieces;
  int points = 0;
  while (e < p->len && p->data[e].type == P_BYLINE)
    e++;
  for (uint32_t k = e; k < p->len && k < e + 2; k++) {
    if (p->data[k].type != P_BODY ||
        (k > e && (p->data[k].dateline || text_signed(&p->data[k - 1]))))
      break;
    int tells = head_tells(head, p->data[k].fold);
    points = tells > points ? tells : points;
  }
  return points;
}

// Whether a report opens behind the headline: two such of one form are no
// sections of one article.
static bool heads_opening(const Sheet *s, uint32_t i) {
  const Pieces *p = &s->pieces;
  while (i < p->len && p->data[i].type == P_HEAD)
    i++;
  return i < p->len && opens(&p->data[i]);
}

static bool may_move(const Sheet *s, uint32_t i) {
  const Piece *p = &s->pieces.data[i];
  if (p->fold.n < 5 || heading_numbered(p->fold))
    return false;
  size_t n = s->pieces.len;
  for (size_t k = i > 2 * NEAR ? i - 2 * NEAR : 0; k < n && k < i + 2 * NEAR;
       k++)
    if (k != i && s->pieces.data[k].type == P_HEAD &&
        s->pieces.data[k].level == p->level &&
        same_form(p, &s->pieces.data[k]) && !heads_opening(s, (uint32_t)k))
      return false;
  return true;
}

// An unmarked line above a marked one, or a subtitle below: they stay together.
static bool bound(const Piece *x, const Piece *y) {
  return (!x->level && y->level) || ch_starts(y->fold, u"—") ||
         ch_ends(x->fold, u"—") || x->next >= 0;
}

typedef struct {
  uint32_t b, e;              // its lines
  bool report;                // an opening stands right behind it
  bool other;                 // which has a headline of its own below
  size_t first, n;            // orphans near
  int own[RUN_MAX][NEAR_MAX]; // how much each orphan tells of each line
  int behind[RUN_MAX];        // and the text behind the run
} Run;

// By how much orphan k tells more of line i than any other text near does.
static int gain_of(const Run *r, size_t i, size_t k) {
  int other = r->behind[i];
  for (size_t m = 0; m < r->n; m++)
    other = m != k && r->own[i][m] > other ? r->own[i][m] : other;
  return r->own[i][k] - other;
}

// Whether a second headline with a line above it begins at line i of the run.
static bool apart(const Piece *p, const Run *r, uint32_t i) {
  return i > r->b && i + 1 < r->e && p[i - 1].level && !p[i].level &&
         p[i + 1].level;
}

// Whether no other orphan stands between orphan k and the run.
static bool last_before(const Heads *h, const Run *r, size_t k) {
  return k + 1 == r->n || h->orphans.data[r->first + k + 1] > r->b;
}

// The lines [b, e) of the run if they are worth more together than `best`.
static void weigh_lines(Heads *h, const Run *r, size_t k, uint32_t b,
                        uint32_t e, Move *best) {
  const Piece *p = h->s->pieces.data;
  bool whole = b == r->b && e == r->e;
  uint32_t opening = h->orphans.data[r->first + k];
  int gain = whole && r->report && !r->other ? -2 * GAIN : 0;
  if (whole && !r->report && opening + 1 == b)
    gain += BESIDE;
  if (whole && r->other && opening < b && last_before(h, r, k))
    gain += GAIN;
  for (uint32_t i = b; i < e; i++)
    gain += gain_of(r, i - r->b, k);
  if (gain > 0 && !whole && (apart(p, r, b) || apart(p, r, e)))
    gain += APART;
  if (!whole && r->report && e == r->e && !ch_starts(p[e - 1].fold, u"—") &&
      gain_of(r, e - 1 - r->b, k) <= 0)
    gain -= 2 * GAIN; // the line above the report behind tells no more of k
  if ((b > r->b && bound(&p[b - 1], &p[b])) ||
      (e < r->e && bound(&p[e - 1], &p[e])))
    gain -= BOND;
  if (gain > best->gain || (gain == best->gain && whole && !r->report))
    *best = (Move){b, e, opening, gain};
}

// The part of the run that orphan k tells more of: its first lines if the
// opening stands before it, else its last; either if a report stands below.
static void weigh_part(Heads *h, const Run *r, size_t k) {
  bool before = h->orphans.data[r->first + k] < r->b;
  Move best = {0};
  for (uint32_t i = r->b; (r->report || before) && i < r->e; i++)
    if (may_move(h->s, i))
      weigh_lines(h, r, k, r->b, i + 1, &best);
    else
      break;
  for (uint32_t i = r->e; (r->report || !before) && i-- > r->b;)
    if (may_move(h->s, i))
      weigh_lines(h, r, k, i, r->e, &best);
    else
      break;
  bool all = best.e - best.b == r->e - r->b && !r->report;
  if (best.gain >= GAIN - all)
    *vec_push(h->s->a, &h->moves) = best;
}

// Whether a headline below the report behind the run tells more of it than the
// run's own lines do.
static bool headed_below(const Sheet *s, const Run *r) {
  enum { BELOW = 7, TELLS = 4 };
  const Pieces *p = &s->pieces;
  int above = 0;
  for (uint32_t i = r->b; i < r->e; i++)
    above += r->behind[i - r->b];
  for (uint32_t i = r->e + 1; i < p->len && i < r->e + BELOW; i++) {
    if (opens(&p->data[i]))
      return false;
    if (p->data[i].type == P_HEAD) {
      int tells = text_tells(s, &p->data[i], r->e);
      return tells >= TELLS && tells > above;
    }
  }
  return false;
}

static void weigh_run(Heads *h, Run *r) {
  const Pieces *p = &h->s->pieces;
  r->report = r->e < p->len && opens(&p->data[r->e]);
  for (uint32_t i = r->b; i < r->e; i++) {
    r->behind[i - r->b] = text_tells(h->s, &p->data[i], r->e);
    for (size_t k = 0; k < r->n; k++)
      r->own[i - r->b][k] =
          text_tells(h->s, &p->data[i], h->orphans.data[r->first + k]);
  }
  r->other = r->report && headed_below(h->s, r);
  for (size_t k = 0; k < r->n; k++)
    weigh_part(h, r, k);
}

static void find_moves(Heads *h) {
  const Pieces *p = &h->s->pieces;
  for (uint32_t i = 0; i < p->len; i++)
    if (text_orphan(h->s, i))
      *vec_push(h->s->a, &h->orphans) = i;
  size_t first = 0;
  for (uint32_t b = 0, e; b < p->len && h->orphans.len; b = e) {
    e = b + 1;
    if (p->data[b].type != P_HEAD)
      continue;
    while (e < p->len && p->data[e].type == P_HEAD)
      e++;
    while (first < h->orphans.len && h->orphans.data[first] + NEAR < b)
      first++;
    Run r = {.b = b, .e = e, .first = first};
    while (r.n < NEAR_MAX && first + r.n < h->orphans.len &&
           h->orphans.data[first + r.n] < e + NEAR)
      r.n++;
    if (e - b <= RUN_MAX)
      weigh_run(h, &r);
  }
}

static int by_gain(const void *a, const void *b) {
  const Move *x = a, *y = b;
  if (x->gain != y->gain)
    return y->gain - x->gain;
  return x->b != y->b ? (x->b < y->b ? -1 : 1) : (int)x->to - (int)y->to;
}

// The best first; an opening takes headlines once, a headline goes once.
static size_t choose(Heads *h, uint32_t *to) {
  bool *taken = NEW_ARRAY(h->s->a, bool, h->s->pieces.len);
  size_t n = 0;
  qsort(h->moves.data, h->moves.len, sizeof *h->moves.data, by_gain);
  for (size_t k = 0; k < h->moves.len; k++) {
    const Move *m = &h->moves.data[k];
    bool free = !taken[m->to];
    for (uint32_t i = m->b; i < m->e; i++)
      free = free && to[i] == UINT32_MAX;
    if (!free)
      continue;
    taken[m->to] = true;
    n++;
    for (uint32_t i = m->b; i < m->e; i++)
      to[i] = m->to;
  }
  return n;
}

// The pieces in a new order: those with a place go before it.
static void rearrange(Sheet *s, const uint32_t *to) {
  size_t n = s->pieces.len;
  int32_t *first = NEW_ARRAY(s->a, int32_t, n); // headlines that go before
  int32_t *moved = NEW_ARRAY(s->a, int32_t, n);
  Pieces out = {0};
  for (size_t i = 0; i < n; i++)
    first[i] = -1;
  for (size_t i = n; i-- > 0;)
    if (to[i] != UINT32_MAX)
      first[to[i]] = (int32_t)i;
  for (size_t i = 0; i < n; i++) {
    for (int32_t k = first[i]; k >= 0 && (size_t)k < n && to[k] == i; k++) {
      moved[k] = (int32_t)out.len;
      *vec_push(s->a, &out) = s->pieces.data[k];
    }
    if (to[i] != UINT32_MAX)
      continue;
    moved[i] = (int32_t)out.len;
    *vec_push(s->a, &out) = s->pieces.data[i];
    if (i > 0 && to[i - 1] != UINT32_MAX)
      out.data[out.len - 1].headed = true;
  }
  for (size_t i = 0; i < out.len; i++) {
    Piece *p = &out.data[i];
    p->next = p->next >= 0 ? moved[p->next] : -1;
    p->prev = p->prev >= 0 ? moved[p->prev] : -1;
    p->repeats = p->repeats >= 0 ? moved[p->repeats] : -1;
  }
  s->pieces = out;
}

// A slogan between a kicker and its title goes before them.
static void lift_slogans(Sheet *s) {
  for (size_t i = 1; i + 1 < s->pieces.len; i++) {
    Piece *p = &s->pieces.data[i];
    if (p->type != P_SLOGAN || p[-1].type != P_HEAD || p[1].type != P_HEAD ||
        p[-1].level || !p[1].level || p[-1].prev >= 0 || p[-1].next >= 0)
      continue;
    Piece slogan = *p;
    *p = p[-1];
    p[-1] = slogan;
  }
}

// Twice: a report whose headlines were another's may have its own elsewhere.
static void move_headlines(Sheet *s) {
  for (int round = 0; round < 2; round++) {
    Heads h = {.s = s};
    find_moves(&h);
    if (!h.moves.len)
      return;
    uint32_t *to = NEW_ARRAY(s->a, uint32_t, s->pieces.len);
    memset(to, 0xFF, s->pieces.len * sizeof *to);
    if (!choose(&h, to))
      return;
    rearrange(s, to);
  }
}

void place_headlines(Sheet *s) {
  lift_slogans(s);
  uint32_t *to = NEW_ARRAY(s->a, uint32_t, s->pieces.len);
  memset(to, 0xFF, s->pieces.len * sizeof *to);
  if (deal_headlines(s, to))
    rearrange(s, to);
  move_headlines(s);
  memset(to, 0xFF, s->pieces.len * sizeof *to);
  if (turn_headlines(s, to))
    rearrange(s, to);
}
