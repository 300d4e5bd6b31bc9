// The pieces in reading order. A sentence stands where its first printed half
// stood, a heading before the text it was repeated over, and the rest of a
// column behind the sentence that led into it.
#include "seam.h"

typedef struct {
  Sheet *s;
  int32_t *after, *before; // the order as a list; item n is its head
  int32_t *lead;           // of the least piece of a chain: the chain's first
  uint32_t *least;         // of any piece: the least of its chain
  int32_t n;
} Order;

// A report's opening, and the text right below a headline or an author's name,
// stand where they are printed, wherever their sentence goes on.
static bool anchored(const Order *o, int32_t i) {
  const Piece *p = &o->s->pieces.data[i];
  return p->dateline ||
         (i > 0 && p->type == P_BODY && !p->headed &&
          (p[-1].people || (p[-1].type == P_HEAD && p[-1].level)));
}

static void chains(Order *o) {
  for (int32_t i = 0; i < o->n; i++)
    o->lead[i] = -1;
  for (int32_t i = 0; i < o->n; i++) {
    const Piece *p = &o->s->pieces.data[i];
    if (p->prev >= 0 || p->dropped)
      continue;
    int32_t least = i;
    for (int32_t k = i; k >= 0 && !anchored(o, i);
         k = o->s->pieces.data[k].next)
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

// Points by which a text tells of another report than the one it stands in.
static int abroad(const Order *o, int32_t lead, int32_t report) {
  int home = 0, points = 0, same = 0;
  for (int32_t k = lead; k >= 0; k = o->s->pieces.data[k].next) {
    const Piece *p = &o->s->pieces.data[k];
    if (p->home == report)
      same += p->home_points;
    else if (p->home && (!home || p->home == home))
      home = p->home, points += p->home_points;
  }
  return home ? points - same : -same;
}

// What follows the far half of a sentence follows the sentence: where a heading
// came between, and where the sentence's report was broken by another. A text
// that tells of the other report stays there.
static void followers(Order *o) {
  enum { MOST = 60 };
  const Piece *pieces = o->s->pieces.data;
  for (int32_t i = 0; i < o->n; i++) {
    int32_t next = o->after[i];
    if (o->lead[i] < 0 || next == o->n)
      continue;
    int32_t last = o->lead[i], report = pieces[o->lead[i]].report;
    while (pieces[last].next > last)
      last = pieces[last].next;
    bool other = pieces[last].report != report;
    int32_t home = pieces[o->lead[i]].home;
    if (last <= i + 1 || (!other && pieces[next].type != P_HEAD))
      continue;
    int32_t k = last + 1;
    for (int n = 0; n < MOST && k < o->n; n++, k++) {
      const Piece *q = &pieces[k];
      if (q->type != P_BODY || q->dateline || q->blanks >= GAP_LINES ||
          q->gap_before || (other && q->report != pieces[last].report))
        break;
      if (o->lead[k] < 0)
        continue;
      if (abroad(o, o->lead[k], home ? home : report) > 0)
        break;
      if (o->lead[k] == k || other)
        move_before(o, k, next);
    }
  }
}

// Marks what stands between the two halves of a sentence.
static bool *between_halves(const Order *o) {
  enum { MOST = 12 };
  bool *inside = NEW_ARRAY(o->s->a, bool, o->n + 1);
  for (int32_t i = 0; i < o->n; i++) {
    int32_t next = o->s->pieces.data[i].next;
    for (int32_t k = i + 1; next - i <= MOST && k < next; k++)
      inside[k] = true;
  }
  return inside;
}

typedef struct {
  int32_t *last;    // of each report: its last text so far, -1 none
  int32_t *opening; // and the text that opens it
  int32_t in;       // the report at this place
  bool housed;      // under a heading or an author's name: not easily another's
  int32_t moved;    // the report that the text before went to, 0 none
} Walk;

// Points by which the text i and those behind it that tell of the same report
// tell of another one than the one they stand in.
static int together(const Order *o, const Walk *w, int32_t i, int32_t home) {
  enum { MOST = 6, LEAST = 6, CAME = 12 };
  int sum = w->moved == home ? CAME : 0;
  for (int n = 0; n < MOST && i != o->n; n++, i = o->after[i]) {
    const Piece *p = &o->s->pieces.data[i];
    if (p->type != P_BODY || p->dateline || p->blanks >= GAP_LINES ||
        o->s->pieces.data[o->lead[i]].home != home)
      break;
    int points = abroad(o, o->lead[i], w->in);
    if (points < LEAST)
      break;
    sum += points;
  }
  return sum;
}

// Behind which piece the text i belongs, -1: it stays.
static int32_t place_of(const Order *o, const Walk *w, int32_t i, bool inside) {
  enum { CLEAR = 24, INSIDE = 12, APART = 4 };
  const Piece *first = &o->s->pieces.data[o->lead[i]];
  int32_t home = first->home;
  if (!home || home == w->in || home - w->in > APART || w->in - home > APART ||
      first->dateline || (w->housed && !inside) ||
      together(o, w, i, home) < (inside ? INSIDE : CLEAR))
    return -1;
  return w->last[home] >= 0 ? w->last[home] : w->opening[home];
}

// Moves a text and the heading right above it.
static void move_headed(Order *o, int32_t i, int32_t place) {
  int32_t head = o->before[i];
  if (head == place)
    return;
  move_before(o, i, place);
  if (head != o->n && o->s->pieces.data[head].type == P_HEAD)
    move_before(o, head, i);
}

// A text that clearly tells of another report near goes behind what that report
// has so far, or where it is printed later, behind its opening.
static void bring_home(Order *o) {
  const Piece *pieces = o->s->pieces.data;
  int32_t n = 0;
  for (int32_t i = 0; i < o->n; i++)
    n = pieces[i].report > n ? pieces[i].report : n;
  if (n < 2)
    return;
  Walk w = {NEW_ARRAY(o->s->a, int32_t, n + 1),
            NEW_ARRAY(o->s->a, int32_t, n + 1), 0, false, 0};
  for (int32_t k = 0; k <= n; k++)
    w.last[k] = w.opening[k] = -1;
  for (int32_t i = 0; i < o->n; i++)
    if (pieces[i].dateline && o->lead[i] >= 0 &&
        w.opening[pieces[i].report] < 0)
      w.opening[pieces[i].report] = i;
  const bool *inside = between_halves(o);
  for (int32_t i = o->after[o->n], next; i != o->n; i = next) {
    next = o->after[i];
    const Piece *p = &pieces[i];
    if (p->type != P_BODY || p->dateline)
      w.moved = 0;
    if (p->type == P_HEAD || p->people || p->dateline) {
      w.in = p->report;
      w.housed = !p->dateline;
    }
    if (p->type != P_BODY)
      continue;
    int32_t to = place_of(o, &w, i, inside[i]);
    w.moved = to >= 0 ? pieces[o->lead[i]].home : 0;
    if (to >= 0 && o->after[to] != i)
      move_headed(o, i, o->after[to]);
    w.last[to >= 0 ? pieces[o->lead[i]].home : w.in] = i;
  }
}

// Whether another text stood between the two on the page.
static bool parted(const Order *o, int32_t x, int32_t y) {
  enum { MOST = 40 };
  const Piece *p = o->s->pieces.data;
  if (y < x || y - x > MOST)
    return true;
  for (int32_t k = x + 1; k < y; k++)
    if (p[k].type == P_BODY && !p[k].dropped)
      return true;
  return false;
}

// Whether the sentence that broke off in the text x goes on in y, which stands
// behind it now that each report has its own texts.
static bool goes_on(const Order *o, int32_t x, int32_t y, int32_t home) {
  const Piece *p = &o->s->pieces.data[x], *q = &o->s->pieces.data[y];
  if (!p->gap || p->next >= 0 || q->type != P_BODY || q->dateline || !home ||
      q->home != home || piece_continues(q) || !parted(o, x, y))
    return false;
  Edge a = edge_of(p), b = edge_of(q);
  Seam s = seam_weigh(NULL, &a, &b);
  return s.points >= 0 && !s.lost && !b.starter;
}

static void join_neighbours(Order *o) {
  Piece *p = o->s->pieces.data;
  for (int32_t i = o->after[o->n]; i != o->n; i = o->after[i]) {
    int32_t last = o->lead[i], next = o->after[i];
    while (p[last].next >= 0)
      last = p[last].next;
    while (next != o->n && p[i].type == P_BODY &&
           goes_on(o, last, o->lead[next], p[o->lead[i]].home)) {
      int32_t first = o->lead[next];
      p[last].next = first;
      p[first].prev = last;
      p[last].gap = p[first].gap_before = false;
      o->after[i] = o->after[next];
      o->before[o->after[i]] = i;
      next = o->after[i];
      for (last = first; p[last].next >= 0;)
        last = p[last].next;
    }
  }
}

static void rebuild(Order *o) {
  Sheet *s = o->s;
  Pieces out = pieces_room(s);
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
  bring_home(&o);
  join_neighbours(&o);
  flag_gaps(s);
  rebuild(&o);
}
