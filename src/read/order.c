// The pieces in reading order. A sentence stands where its first printed half
// stood, a heading before the text it was repeated over, and the rest of a
// column behind the sentence that led into it.
#include "read_imp.h"

typedef struct {
  Sheet *s;
  int32_t *after, *before; // the order as a list; item n is its head
  int32_t *lead;           // of the least piece of a chain: the chain's first
  uint32_t *least;         // of any piece: the least of its chain
  int32_t n;
} Order;

static void chains(Order *o) {
  for (int32_t i = 0; i < o->n; i++)
    o->lead[i] = -1;
  for (int32_t i = 0; i < o->n; i++) {
    const Piece *p = &o->s->pieces.data[i];
    if (p->prev >= 0 || p->dropped)
      continue;
    int32_t least = i;
    for (int32_t k = i; k >= 0; k = o->s->pieces.data[k].next)
      least = k < least ? k : least;
    o->lead[least] = i;
    for (int32_t k = i; k >= 0; k = o->s->pieces.data[k].next)
      o->least[k] = (uint32_t)least;
  }
}

static void list(Order *o) {
  int32_t last = o->n;
  for (int32_t i = 0; i < o->n; i++) {
    if (o->lead[i] < 0)
      continue;
    o->after[last] = i;
    o->before[i] = last;
    last = i;
  }
  o->after[last] = o->n;
  o->before[o->n] = last;
}

static void move_before(Order *o, int32_t i, int32_t place) {
  if (i == place || o->after[i] == place)
    return;
  o->after[o->before[i]] = o->after[i];
  o->before[o->after[i]] = o->before[i];
  o->before[i] = o->before[place];
  o->after[i] = place;
  o->after[o->before[place]] = i;
  o->before[place] = i;
}

// The first piece of the column that piece i stands in: back to a picture or a
// text whose sentence went on elsewhere; i itself where the article's own
// beginning comes first.
static int32_t column_start(const Order *o, int32_t i) {
  enum { FAR_BACK = 40 };
  for (int32_t n = 0, from = i; n < FAR_BACK; n++) {
    int32_t k = o->before[i];
    const Piece *p = &o->s->pieces.data[i], *q = &o->s->pieces.data[k];
    if (p->blanks >= GAP_LINES || (k != o->n && (q->next >= 0 || q->gap)))
      return i;
    if (k == o->n || q->type != P_BODY || p->dateline)
      return from;
    i = k;
  }
  return i;
}

// A heading over text that the page printed before without it.
static void late_headings(Order *o) {
  for (int32_t i = 0; i + 1 < o->n; i++) {
    const Piece *p = &o->s->pieces.data[i], *q = p + 1;
    if (p->type != P_HEAD || p->dropped || o->lead[i] < 0 || !q->dropped ||
        q->repeats < 0 || q->repeats >= i ||
        o->s->pieces.data[q->repeats].dropped)
      continue;
    int32_t kept = (int32_t)o->least[q->repeats];
    move_before(o, i, column_start(o, kept));
  }
}

// What follows the far half of a sentence follows the sentence, where a
// heading came between.
static void followers(Order *o) {
  enum { MOST = 60 };
  const Piece *pieces = o->s->pieces.data;
  for (int32_t i = 0; i < o->n; i++) {
    int32_t next = o->after[i];
    if (o->lead[i] != i || pieces[i].next <= i + 1 || next == o->n ||
        pieces[next].type != P_HEAD)
      continue;
    int32_t last = pieces[i].next;
    while (pieces[last].next > last)
      last = pieces[last].next;
    int32_t k = last + 1;
    for (int n = 0; n < MOST && k < o->n; n++, k++) {
      const Piece *q = &pieces[k];
      if (q->type != P_BODY || q->dateline || q->blanks >= GAP_LINES ||
          q->gap_before)
        break;
      if (o->lead[k] == k)
        move_before(o, k, next);
    }
  }
}

static void rebuild(Order *o) {
  Sheet *s = o->s;
  Pieces out = {0};
  int32_t *moved = NEW_ARRAY(s->a, int32_t, o->n);
  for (int32_t i = o->after[o->n]; i != o->n; i = o->after[i]) {
    moved[o->lead[i]] = (int32_t)out.len;
    *vec_push(s->a, &out) = s->pieces.data[o->lead[i]];
  }
  s->leads = out.len;
  for (int32_t i = 0; i < o->n; i++)
    if (s->pieces.data[i].prev >= 0) {
      moved[i] = (int32_t)out.len;
      *vec_push(s->a, &out) = s->pieces.data[i];
    }
  for (size_t i = 0; i < out.len; i++) {
    Piece *p = &out.data[i];
    p->next = p->next >= 0 ? moved[p->next] : -1;
    p->prev = p->prev >= 0 ? moved[p->prev] : -1;
  }
  s->pieces = out;
}

void order_pieces(Sheet *s) {
  Order o = {.s = s, .n = (int32_t)s->pieces.len};
  o.after = NEW_ARRAY(s->a, int32_t, o.n + 1);
  o.before = NEW_ARRAY(s->a, int32_t, o.n + 1);
  o.lead = NEW_ARRAY(s->a, int32_t, o.n + 1);
  o.least = NEW_ARRAY(s->a, uint32_t, o.n + 1);
  chains(&o);
  list(&o);
  late_headings(&o);
  followers(&o);
  rebuild(&o);
}
