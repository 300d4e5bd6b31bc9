// Who joins whom: sure pairs first, the best before the rest; then, among the
// ends that are left, the matching that fits best as a whole.
#include "rejoin.h"
#include <stdlib.h>

enum {
  LAST_MARGIN = 12, // no second partner may come so near to the last ones
  ENDS = 12,        // ends matched together
  CHOICES = 5,      // beginnings weighed for each
  OPEN = -12,       // points an end without a partner costs
};

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
    Pair p = {.tail = r->texts.data[i + 1]};
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

// ---- the best matching of a few ends ----------------------------------------

typedef struct {
  const Rejoin *r;
  uint32_t tails[ENDS];
  const Pair *choice[ENDS][CHOICES];
  size_t n_choices[ENDS], n;
  uint32_t heads[ENDS * CHOICES];
  size_t n_heads;
} Group;

static size_t head_number(Group *g, uint32_t head) {
  size_t k = 0;
  while (k < g->n_heads && g->heads[k] != head)
    k++;
  if (k == g->n_heads)
    g->heads[g->n_heads++] = head;
  return k;
}

// cost[i][k] of end i with beginning k; behind the beginnings stands for each
// end a place of none.
static void costs_of(Group *g, int cost[ENDS][ENDS * CHOICES + ENDS]) {
  enum { NEVER = 1 << 20 };
  for (size_t i = 0; i < g->n; i++)
    for (size_t k = 0; k < g->n_choices[i]; k++)
      head_number(g, g->choice[i][k]->head);
  for (size_t i = 0; i < g->n; i++) {
    for (size_t k = 0; k < g->n_heads + g->n; k++)
      cost[i][k] = NEVER;
    for (size_t k = 0; k < g->n_choices[i]; k++)
      cost[i][head_number(g, g->choice[i][k]->head)] = -g->choice[i][k]->strip;
    cost[i][g->n_heads + i] = OPEN;
  }
}

// The assignment of least cost (Kuhn's method with potentials): of[k] is the
// end + 1 that beginning k goes to.
static void assign(const Group *g, int cost[ENDS][ENDS * CHOICES + ENDS],
                   size_t *of) {
  enum { COLUMNS = ENDS * CHOICES + ENDS + 1, FAR_OFF = 1 << 28 };
  int u[ENDS + 1] = {0}, v[COLUMNS] = {0};
  size_t way[COLUMNS] = {0}, m = g->n_heads + g->n;
  for (size_t i = 1; i <= g->n; i++) {
    int least[COLUMNS];
    bool used[COLUMNS] = {false};
    for (size_t k = 0; k <= m; k++)
      least[k] = FAR_OFF;
    size_t at = 0;
    of[0] = i;
    do {
      used[at] = true;
      size_t row = of[at], next = 0;
      int delta = FAR_OFF;
      for (size_t k = 1; k <= m; k++) {
        if (used[k])
          continue;
        int c = cost[row - 1][k - 1] - u[row] - v[k];
        if (c < least[k])
          least[k] = c, way[k] = at;
        if (least[k] < delta)
          delta = least[k], next = k;
      }
      for (size_t k = 0; k <= m; k++)
        if (used[k])
          u[of[k]] += delta, v[k] -= delta;
        else
          least[k] -= delta;
      at = next;
    } while (of[at]);
    for (; at; at = way[at])
      of[at] = of[way[at]];
  }
}

static void match_group(Rejoin *r, Group *g) {
  int cost[ENDS][ENDS * CHOICES + ENDS];
  size_t of[ENDS * CHOICES + ENDS + 1] = {0};
  costs_of(g, cost);
  assign(g, cost, of);
  for (size_t k = 1; k <= g->n_heads; k++) {
    size_t i = of[k] - 1;
    for (size_t c = 0; of[k] && c < g->n_choices[i]; c++)
      if (g->choice[i][c]->head == g->heads[k - 1] &&
          !g->choice[i][c]->refuted && can_join(r->s, g->choice[i][c]))
        join(r->s, g->choice[i][c]);
  }
  g->n = g->n_heads = 0;
}

// The pairs of one end among r->pairs[from, to), best strip points first.
static void choose(Rejoin *r, Group *g, const Pair *pairs, size_t n) {
  size_t i = g->n, got = 0;
  for (size_t k = 0; k < n; k++) {
    if (pairs[k].strip < STRIP_MIN || !can_join(r->s, &pairs[k]))
      continue;
    size_t at = got < CHOICES ? got++ : CHOICES - 1;
    if (at == CHOICES - 1 && got == CHOICES && g->choice[i][at] &&
        k >= CHOICES && g->choice[i][at]->strip >= pairs[k].strip)
      continue;
    for (; at > 0 && g->choice[i][at - 1]->strip < pairs[k].strip; at--)
      g->choice[i][at] = g->choice[i][at - 1];
    g->choice[i][at] = &pairs[k];
  }
  g->n_choices[i] = got;
  g->tails[i] = pairs->tail;
  g->n += got > 0;
}

static void match_groups(Rejoin *r, const Pair *pairs, size_t n) {
  enum { APART = 60 }; // pieces between the ends of two groups
  Group g = {.r = r};
  for (size_t from = 0, to; from < n; from = to) {
    for (to = from; to < n && pairs[to].tail == pairs[from].tail; to++)
      ;
    if (g.n == ENDS || (g.n && pairs[from].tail - g.tails[g.n - 1] > APART))
      match_group(r, &g);
    if (r->s->pieces.data[pairs[from].tail].next < 0)
      choose(r, &g, pairs + from, to - from);
  }
  match_group(r, &g);
}

// ---- all --------------------------------------------------------------------

// What is left: a pair that has no rival.
static void match_last(Rejoin *r, size_t from) {
  Best *tails = NEW_ARRAY(r->s->a, Best, r->s->pieces.len + 1);
  Best *heads = NEW_ARRAY(r->s->a, Best, r->s->pieces.len + 1);
  for (size_t k = from; k < r->pairs.len; k++) {
    note(&tails[r->pairs.data[k].tail], (uint32_t)k);
    note(&heads[r->pairs.data[k].head], (uint32_t)k);
  }
  for (size_t i = from; i < r->pairs.len; i++) {
    const Pair *p = &r->pairs.data[i];
    if (p->points < JOIN_LAST)
      break;
    int rival = best_other(r, &tails[p->tail], p);
    int other = best_other(r, &heads[p->head], p);
    rival = other > rival ? other : rival;
    if (!p->refuted && can_join(r->s, p) && p->points - rival >= LAST_MARGIN)
      join(r->s, p);
  }
}

static int by_torn(const void *a, const void *b) {
  const Pair *x = a, *y = b;
  return x->torn != y->torn ? y->torn - x->torn : by_points(a, b);
}

// An end and a beginning that are both torn and have only each other.
static void match_torn(Rejoin *r) {
  enum { MARGIN = 4 };
  VEC(Pair) torn = {0};
  for (size_t i = 0; i < r->pairs.len; i++)
    if (r->pairs.data[i].torn >= TORN_MIN && can_join(r->s, &r->pairs.data[i]))
      *vec_push(r->s->a, &torn) = r->pairs.data[i];
  if (!torn.len)
    return;
  qsort(torn.data, torn.len, sizeof *torn.data, by_torn);
  size_t n = r->s->pieces.len;
  int *tail = NEW_ARRAY(r->s->a, int, n), *head = NEW_ARRAY(r->s->a, int, n);
  for (size_t i = torn.len; i-- > 0;) { // from the worst: rivals behind
    Pair *p = &torn.data[i];
    bool alone =
        p->torn - tail[p->tail] >= MARGIN && p->torn - head[p->head] >= MARGIN;
    tail[p->tail] = head[p->head] = p->torn;
    p->sure = alone;
  }
  for (size_t i = 0; i < torn.len; i++)
    if (torn.data[i].sure && can_join(r->s, &torn.data[i]))
      join(r->s, &torn.data[i]);
}

void match_pairs(Rejoin *r) {
  size_t n = r->pairs.len;
  if (!n)
    return;
  Pair *by_tail = NEW_ARRAY(r->s->a, Pair, n);
  memcpy(by_tail, r->pairs.data, n * sizeof *by_tail);
  qsort(r->pairs.data, n, sizeof *r->pairs.data, by_points);
  size_t last = 0;
  for (; last < n && r->pairs.data[last].points >= JOIN; last++) {
    const Pair *p = &r->pairs.data[last];
    if ((p->sure || p->strip < STRIP_MIN) && can_join(r->s, p))
      join(r->s, p);
  }
  join_parallel(r);
  match_groups(r, by_tail, n);
  for (size_t i = 0; i < last; i++)
    if (can_join(r->s, &r->pairs.data[i]))
      join(r->s, &r->pairs.data[i]);
  match_last(r, last);
  match_torn(r);
}
