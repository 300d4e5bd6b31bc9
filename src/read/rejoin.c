// Joins sentences that columns cut, also when the other half stands far away
// or before; parts blocks that were glued; leaves open what has no partner and
// marks the gap. docs/reading.md explains the points.
#include "lexicon.h"
#include "seam.h"
#include <stdlib.h>

enum {
  JOIN = 30,        // points that join
  JOIN_LAST = 8,    // what is left over may join if nothing else fits
  LAST_MARGIN = 12, // and no second partner comes so near
  NEXT = 40,        // the next text of the page
  NEXT_GAP = 28,    // with a picture or people between
  NEXT_HEAD = 4,    // with a headline between
  SAME_BLOCK = 90,  // both halves were one block
  NEAR = -10,       // a text or two between
  FAR = -20,
  BACK = -6,   // the end stands after the beginning
  OTHER = -10, // another article's opening lies between
  WINDOW = 44, // texts looked at before and behind
};

typedef struct {
  uint32_t tail, head; // pieces
  int points;
  bool lost;
  bool refuted; // the column's lines speak against it
} Pair;

// A piece of one printed line among others of its column.
typedef struct {
  bool starts; // shorter by an indent: a paragraph's first line
  bool fills;  // as wide as the column
} OneLine;

typedef struct {
  Sheet *s;
  Words *words;
  VEC(uint32_t) texts; // pieces that hold text, in order
  Edge *edges;         // of them
  OneLine *one;        // of them
  uint32_t *openings;  // articles' openings among the pieces before each
  VEC(Pair) pairs;
} Rejoin;

static bool holds_text(const Piece *p) {
  return !p->dropped && (p->type == P_BODY || (p->type == P_HEAD && !p->level));
}

// ---- glued blocks -----------------------------------------------------------

// Where the doubtful line ends of piece p are; parts go to out.
static void part_one(Sheet *s, const Piece *p, Pieces *out) {
  size_t start = 0;
  bool may = holds_text(p) && p->fold.n <= PART_MAX;
  for (size_t k = 0; k < p->n_wraps && may; k++) {
    size_t cut = p->wraps[k];
    if (cut < start + 6 || p->fold.n - cut < 6 || !seam_glued(p->fold, cut))
      continue;
    Piece q = piece_part(s, p, start, p->wraps[k]);
    q.cut_before = start > 0 || p->cut_before;
    q.glued = start > 0;
    q.open_end = true;
    q.dateline = start ? false : p->dateline;
    *vec_push(s->a, out) = q;
    start = p->wraps[k];
  }
  Piece q = start ? piece_part(s, p, start, p->fold.n) : *p;
  q.cut_before = start > 0 || p->cut_before;
  q.glued = start > 0;
  q.dateline = start ? false : p->dateline;
  *vec_push(s->a, out) = q;
}

static void part_glued(Sheet *s) {
  Pieces parted = {0};
  int32_t *moved = NEW_ARRAY(s->a, int32_t, s->pieces.len + 1);
  for (size_t i = 0; i < s->pieces.len; i++) {
    moved[i] = (int32_t)parted.len;
    part_one(s, &s->pieces.data[i], &parted);
  }
  for (size_t i = 0; i < parted.len; i++) {
    Piece *p = &parted.data[i];
    p->next = p->next >= 0 ? moved[p->next] : -1;
    p->prev = p->prev >= 0 ? moved[p->prev] : -1;
    p->repeats = p->repeats >= 0 ? moved[p->repeats] : -1;
  }
  s->pieces = parted;
}

// ---- pairs ------------------------------------------------------------------

// Points for place: how the two stand to each other on the page.
static int place_points(const Rejoin *r, size_t i, size_t k) {
  const Piece *pieces = r->s->pieces.data;
  uint32_t x = r->texts.data[i], y = r->texts.data[k];
  if (k == i + 1 && pieces[y].glued)
    return SAME_BLOCK;
  if (k == i + 1) {
    bool head = false, between = false;
    for (uint32_t m = x + 1; m < y; m++) {
      if (pieces[m].dropped)
        continue;
      head = head || pieces[m].type == P_HEAD || pieces[m].type == P_SLOGAN ||
             pieces[m].type == P_LABEL;
      between = true;
    }
    return head ? NEXT_HEAD : between ? NEXT_GAP : NEXT;
  }
  uint32_t lo = x < y ? x : y, hi = x < y ? y : x;
  bool other = r->openings[hi + 1] > r->openings[lo + 1];
  return (k > i && k <= i + 3 ? NEAR : FAR) + (y < x ? BACK : 0) +
         (other ? OTHER : 0);
}

// A wrapped column shows where paragraphs begin: their first line is short by
// its indent. Lines that fill the column go on.
static int column_points(const Piece *x, const Piece *y) {
  int points = 0;
  if (y->printed >= 3) {
    int indent = (int)y->widest - (int)y->first_line;
    points += indent >= 3 ? -20 : indent <= 0 ? 10 : 0;
  }
  if (x->printed >= 2 && (int)x->last_line < (int)x->widest - 8)
    points -= 15;
  int off = (int)x->widest - (int)y->widest;
  if ((x->printed >= 2 && y->printed >= 2) ||
      (x->printed >= 3 && off >= -2 && off <= 2))
    points += off > 5 || off < -5 ? -8 : 6;
  return points;
}

// Pieces of one line each: a first line without its second, a line without
// what it goes on from.
static int line_points(const Rejoin *r, size_t i, size_t k) {
  const OneLine *x = &r->one[i], *y = &r->one[k];
  if (k == i + 1)
    return x->fills && y->fills                   ? 12
           : y->starts && (x->fills || x->starts) ? -25
                                                  : 0;
  int points = 0;
  if (x->starts && i + 1 < r->texts.len && r->one[i + 1].starts)
    points += 15;
  if (y->fills && k > 0 && r->edges[k - 1].ended)
    points += 15;
  if ((x->starts || x->fills) && y->fills)
    points += 10;
  return points;
}

// A short open piece between finished ones and headlines belongs elsewhere.
static int orphan_points(const Rejoin *r, size_t i, size_t k) {
  const Piece *pieces = r->s->pieces.data;
  uint32_t y = r->texts.data[k];
  if (k != i + 1 && pieces[y].fold.n <= 12 && r->edges[i].awaits)
    return 15;
  if (k == i + 1 || pieces[y].fold.n > 40 || r->edges[k].ended ||
      (k > 0 && !r->edges[k - 1].ended))
    return 0;
  return y + 1 >= r->s->pieces.len || pieces[y + 1].type != P_BODY ? 15 : 0;
}

// Whether a paragraph begins with a place: 兰州市…, 临泽县….
static bool begins_with_place(const Piece *p) {
  size_t len;
  const Division *d;
  return division_match(p->text, 0, &len, &d, 1) > 0 && len >= 9;
}

static void weigh_pair(Rejoin *r, size_t i, size_t k) {
  const Piece *pieces = r->s->pieces.data;
  uint32_t x = r->texts.data[i], y = r->texts.data[k];
  const Piece *p = &pieces[x], *q = &pieces[y];
  if (q->dateline || r->edges[i].whole_head || r->edges[k].whole_head ||
      (k != i + 1 && p->type == P_HEAD && q->type == P_HEAD))
    return;
  Seam seam = seam_weigh(r->words, &r->edges[i], &r->edges[k]);
  int column =
      q->glued && k == i + 1 ? 0 : column_points(p, q) + line_points(r, i, k);
  int points = seam.points + place_points(r, i, k) + column;
  points += orphan_points(r, i, k);
  if (points >= JOIN_LAST && !seam.lexical && begins_with_place(q))
    points -= 12;
  bool head = p->type == P_HEAD || q->type == P_HEAD;
  bool torn = r->edges[i].tail_dangles || r->edges[k].head_dangles ||
              r->edges[i].n_opens || r->edges[k].n_closes ||
              (r->edges[i].odd_quotes && r->edges[k].odd_quotes);
  if (head && (!seam.lexical || (p->type == q->type && !torn)))
    return;
  points -= head ? 22 : 0;
  if (points >= JOIN_LAST)
    *vec_push(r->s->a, &r->pairs) = (Pair){x, y, points, seam.lost, column < 0};
}

static void count_openings(Rejoin *r) {
  const Pieces *p = &r->s->pieces;
  r->openings = NEW_ARRAY(r->s->a, uint32_t, p->len + 1);
  for (size_t i = 0; i < p->len; i++)
    r->openings[i + 1] =
        r->openings[i] + (p->data[i].dateline || p->data[i].type == P_BYLINE);
}

static void collect(Rejoin *r) {
  size_t learnt = 0;
  for (size_t i = 0; i < r->texts.len; i++) {
    if (r->edges[i].ended)
      continue;
    while (r->texts.data[i] >= learnt)
      learnt = words_learn(r->words, r->s, learnt);
    size_t from = i > WINDOW ? i - WINDOW : 0;
    size_t to = i + WINDOW < r->texts.len ? i + WINDOW + 1 : r->texts.len;
    for (size_t k = from; k < to; k++)
      if (k != i)
        weigh_pair(r, i, k);
  }
}

// ---- matching ---------------------------------------------------------------

static int by_points(const void *a, const void *b) {
  const Pair *x = a, *y = b;
  if (x->points != y->points)
    return y->points - x->points;
  uint32_t dx = x->tail < x->head ? x->head - x->tail : x->tail - x->head;
  uint32_t dy = y->tail < y->head ? y->head - y->tail : y->tail - y->head;
  if (dx != dy)
    return dx < dy ? -1 : 1;
  return x->tail < y->tail ? -1 : x->tail > y->tail;
}

// The first piece of the chain; the way there is shortened for the next time.
static uint32_t first_of(const Sheet *s, uint32_t i) {
  Piece *p = s->pieces.data;
  uint32_t first = i;
  while (p[first].prev >= 0)
    first = (uint32_t)(p[first].jump >= 0 ? p[first].jump : p[first].prev);
  while (p[i].prev >= 0) {
    int32_t up = p[i].jump >= 0 ? p[i].jump : p[i].prev;
    p[i].jump = (int32_t)first;
    i = (uint32_t)up;
  }
  return first;
}

static bool can_join(const Sheet *s, const Pair *p) {
  const Piece *x = &s->pieces.data[p->tail], *y = &s->pieces.data[p->head];
  return x->next < 0 && y->prev < 0 && first_of(s, p->tail) != p->head;
}

static void join(Sheet *s, const Pair *p) {
  Piece *x = &s->pieces.data[p->tail], *y = &s->pieces.data[p->head];
  x->next = (int32_t)p->head;
  y->prev = (int32_t)p->tail;
  x->type = y->type = P_BODY;
  x->gap = p->lost;
}

// The two best pairs of each end and each beginning, by number of the piece.
typedef struct {
  uint32_t pair[2]; // + 1, 0 none
} Best;

static void note(Best *b, uint32_t pair) {
  if (!b->pair[0])
    b->pair[0] = pair + 1;
  else if (!b->pair[1])
    b->pair[1] = pair + 1;
}

static int best_other(const Rejoin *r, const Best *b, const Pair *p) {
  for (int k = 0; k < 2; k++) {
    const Pair *q = b->pair[k] ? &r->pairs.data[b->pair[k] - 1] : NULL;
    if (q && q != p && can_join(r->s, q))
      return q->points;
  }
  return 0;
}

// Columns read strip by strip: where one strip's end went on elsewhere, the
// next strip's end goes on in the text behind.
static void join_parallel(Rejoin *r) {
  Sheet *s = r->s;
  for (size_t i = 0; i + 1 < r->texts.len; i++) {
    const Piece *x = &s->pieces.data[r->texts.data[i]];
    if (x->next < 0 || x->next == (int32_t)r->texts.data[i + 1])
      continue;
    size_t k = 0, lo = 0, hi = r->texts.len;
    while (hi - lo > 1) {
      k = lo + (hi - lo) / 2;
      *(r->texts.data[k] <= (uint32_t)x->next ? &lo : &hi) = k;
    }
    Pair p = {r->texts.data[i + 1], 0, 0, false, false};
    if (lo + 1 >= r->texts.len || lo < i || r->edges[i + 1].ended)
      continue;
    p.head = r->texts.data[lo + 1];
    const Piece *y = &s->pieces.data[p.head];
    if (y->type == P_BODY && !y->dateline && y->blanks < GAP_LINES &&
        p.head == r->texts.data[lo] + 1 && !r->edges[lo + 1].starter &&
        can_join(s, &p))
      join(s, &p);
  }
}

static void match(Rejoin *r) {
  if (r->pairs.len)
    qsort(r->pairs.data, r->pairs.len, sizeof *r->pairs.data, by_points);
  size_t i = 0;
  for (; i < r->pairs.len && r->pairs.data[i].points >= JOIN; i++)
    if (can_join(r->s, &r->pairs.data[i]))
      join(r->s, &r->pairs.data[i]);
  join_parallel(r);
  Best *tails = NEW_ARRAY(r->s->a, Best, r->s->pieces.len + 1);
  Best *heads = NEW_ARRAY(r->s->a, Best, r->s->pieces.len + 1);
  for (size_t k = i; k < r->pairs.len; k++) {
    note(&tails[r->pairs.data[k].tail], (uint32_t)k);
    note(&heads[r->pairs.data[k].head], (uint32_t)k);
  }
  for (; i < r->pairs.len; i++) {
    const Pair *p = &r->pairs.data[i];
    int rival = best_other(r, &tails[p->tail], p);
    int other = best_other(r, &heads[p->head], p);
    rival = other > rival ? other : rival;
    if (!p->refuted && can_join(r->s, p) && p->points - rival >= LAST_MARGIN)
      join(r->s, p);
  }
}

// ---- what stays open --------------------------------------------------------

static void mark_gaps(Rejoin *r) {
  for (size_t i = 0; i < r->texts.len; i++) {
    Piece *p = &r->s->pieces.data[r->texts.data[i]];
    if (p->type != P_BODY)
      continue;
    const Edge *e = &r->edges[i];
    if (p->next < 0 && !e->ended && p->fold.n > 8) {
      p->gap = true;
      flag_add(r->s, "lost-text", p->last, STR("the sentence breaks off"));
    }
    if (p->prev < 0 && (e->n_closes || e->head_torn || e->stump) &&
        p->fold.n > 8) {
      p->gap_before = true;
      flag_add(r->s, "lost-text", p->line,
               STR("the sentence's beginning is missing"));
    }
    if (p->next >= 0 && p->gap)
      flag_add(r->s, "lost-text", p->last, STR("text is missing inside"));
  }
}

static int width_of(const Piece *p) {
  return p->printed == 1 && p->widest >= 22 && p->widest <= 70 && !p->level
             ? p->widest
             : 0;
}

static void find_lines(Rejoin *r) {
  r->one = NEW_ARRAY(r->s->a, OneLine, r->texts.len);
  for (size_t i = 0; i < r->texts.len; i++) {
    int width = width_of(&r->s->pieces.data[r->texts.data[i]]);
    int near[9];
    size_t n = 0;
    for (size_t k = i > 4 ? i - 4 : 0; k < i + 5 && k < r->texts.len; k++) {
      int w = width_of(&r->s->pieces.data[r->texts.data[k]]);
      if (w < width - 7 || w > width + 7)
        continue;
      size_t at = n++; // kept sorted
      for (; at > 0 && near[at - 1] > w; at--)
        near[at] = near[at - 1];
      near[at] = w;
    }
    int column = n ? near[n / 2] : 0;
    if (width && n >= 3)
      r->one[i] = (OneLine){column - width >= 3, column - width <= 2};
  }
}

void rejoin_pieces(Sheet *s) {
  part_glued(s);
  Rejoin r = {.s = s, .words = words_new(s->a)};
  for (size_t i = 0; i < s->pieces.len; i++)
    if (holds_text(&s->pieces.data[i]))
      *vec_push(s->a, &r.texts) = (uint32_t)i;
  r.edges = NEW_ARRAY(s->a, Edge, r.texts.len);
  for (size_t i = 0; i < r.texts.len; i++)
    r.edges[i] = edge_of(&s->pieces.data[r.texts.data[i]]);
  find_lines(&r);
  count_openings(&r);
  collect(&r);
  match(&r);
  mark_gaps(&r);
}
