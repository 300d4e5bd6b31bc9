// Which breaks a paragraph takes: the least sum of demerits over all of its
// lines (Knuth and Plass), in time linear in its length.
#include "line-imp.h"

#define LINE_NODES  600 // breaks that one line may pass over
#define COST_NONE   INT64_MAX
#define TIGHT_PASS  100 // 1/1000 em a place may be widened by in the first pass
#define COST_SOFT   (600 * 600)
#define COST_WORD   (300 * 300)
#define COST_PART   ((int64_t)2000 * 2000)
#define COST_LAST   ((int64_t)3000 * 3000)
#define COST_ORPHAN ((int64_t)4000 * 4000) // P3
#define BAD_TIGHT   160       // of a line squeezed as much as can be
#define BAD_LOOSE   900000    // badness of the loosest line, at most
#define RAGGED_MOST 6000      // 1/10 em; a ragged line this short is BAD_LOOSE
#define BAD_SHORT   1000000   // of a line that cannot be filled
#define BAD_OVER    (1 << 24) // of one that sticks out
#define COST_MAX    (INT64_MAX / 4)

// A place where a line may end and the next begin. Sums run from the first
// cluster; `e` sums end before the place, `b` sums begin after it.
typedef struct {
  int64_t w, less, more; // width, what may be taken, what may be added
  int32_t gaps, leaders;
} Sum;

typedef struct Node {
  Sum e, b;
  int64_t cost;
  uint32_t cluster, prev;
  uint8_t brk;
} Node;

typedef struct {
  LineWork *w;
  const Fit *fit;
  size_t n;      // nodes
  size_t orphan; // lines that begin at this cluster or later are too short
  size_t lo;     // first node from which a line to the one at hand may fit
  size_t alive;  // of w->alive, the first that is no earlier than lo
} Task;

// ---- sums ------------------------------------------------------------------

// What draws nothing, and so takes no room at a line's end.
static bool is_blank(uint8_t cls) {
  return cls == CL_SPACE || cls == CL_FIXED || cls == CL_NONE;
}

size_t line_end(const LineWork *w, size_t begin, size_t end) {
  while (end > begin && is_blank(w->cl[end - 1].ch->cls))
    end--;
  return end;
}

static bool is_closing(uint8_t cls) {
  return cls >= CL_CLOSE && cls <= CL_EXCLAIM;
}

bool line_hangs(const LineWork *w, size_t last, bool hang) {
  uint32_t c = w->cl[last].ch->c;
  bool may = c == 0xFF0C || c == 0x3002 || c == 0x3001;
  return hang && may && last > 0 && !is_closing(w->cl[last - 1].ch->cls);
}

Len end_trim(const LineWork *w, size_t last, bool hang) {
  const Cluster *cl = &w->cl[last];
  if (cl->ch->cls >= CL_NONE)
    return 0;
  if (line_hangs(w, last, hang))
    return cl->adv;
  Len tracking = w->runs.data[cl->run].tracking;
  return is_closing(cl->ch->cls) ? tracking + cl->right : tracking;
}

static void sum_add(Sum *s, const Cluster *cl) {
  s->w += cl->lead + cl->adv;
  s->gaps += cl->gap;
  if (cl->ch->cls == CL_HAN && !cl->lead)
    return;
  s->less += cl->lead_less + cl->left + cl->right;
  s->more += cl->lead_more + cl->more;
  s->leaders += cl->ch->cls == CL_LEADER;
}

// The sum at the end of a line whose last seen cluster is `last`.
static void sum_end(const Task *t, Sum *s, size_t last) {
  const Cluster *cl = &t->w->cl[last];
  if (cl->ch->cls == CL_HAN && !t->w->tracked)
    return;
  s->w -= end_trim(t->w, last, t->fit->hang);
  if (is_closing(cl->ch->cls))
    s->less -= cl->right;
}

static void sum_begin(Sum *s, const Cluster *first) {
  s->w += first->lead;
  s->less += first->lead_less;
  s->more += first->lead_more;
  s->gaps += first->gap;
  if (first->ch->cls == CL_OPEN) { // W5
    s->w += first->left;
    s->less += first->left;
  }
}

// Room for a node before each cluster and one at the end.
static void nodes_reserve(LineWork *w, Arena *a, size_t n) {
  if (n <= w->nodes_cap)
    return;
  w->nodes_cap = n + n / 2;
  w->nodes = arena_alloc(a, w->nodes_cap * sizeof(Node));
}

static Node *node_new(Task *t, size_t cluster, uint8_t brk) {
  Node *node = &t->w->nodes[t->n++];
  node->cluster = (uint32_t)cluster;
  node->brk = brk;
  node->cost = COST_NONE;
  return node;
}

static void nodes_make(Task *t, Arena *a, size_t begin, size_t end) {
  const LineWork *w = t->w;
  Sum s = {0};
  size_t last = begin; // last seen
  bool seen = false;   // one since the last node
  Sum at_last = {0};
  nodes_reserve(t->w, a, end - begin + 1);
  t->n = 0;
  for (size_t i = begin; i <= end; i++) {
    bool edge = i == begin || i == end;
    uint8_t brk = edge ? BREAK_OK : w->cl[i].brk;
    if (brk && (edge || seen)) { // none between unseen characters
      seen = false;
      Node *n = node_new(t, i, brk);
      n->e = i > begin ? at_last : s;
      n->b = s;
      if (i > begin)
        sum_end(t, &n->e, last);
      if (i < end)
        sum_begin(&n->b, &w->cl[i]);
    }
    if (i == end)
      break;
    sum_add(&s, &w->cl[i]);
    if (!is_blank(w->cl[i].ch->cls)) {
      last = i;
      at_last = s;
      seen = true;
    }
  }
}

// ---- a line's cost ---------------------------------------------------------

static Len measure(const Task *t, size_t j) {
  return j == 0 ? t->fit->first : t->fit->rest;
}

static int64_t square(int64_t v) {
  return v * v;
}

static int64_t break_cost(uint8_t brk) {
  switch (brk) {
  case BREAK_SOFT:
    return COST_SOFT;
  case BREAK_WORD:
    return COST_WORD;
  case BREAK_PART:
    return COST_PART;
  case BREAK_LAST:
    return COST_LAST;
  default:
    return 0;
  }
}

// Badness of a line that is `rest` short and may be widened at g places.
static int64_t bad_stretch(const Task *t, int64_t rest, int64_t more,
                           int64_t gaps) {
  Len em = t->fit->em;
  int64_t bad = 0;
  if (more > 0) {
    int64_t used = rest < more ? rest : more;
    bad = 10 * used / em;
    rest -= used;
  }
  if (rest <= 0)
    return bad;
  if (gaps <= 0) {
    int64_t bad_short = BAD_SHORT + rest * 100 / em;
    return bad_short < BAD_OVER ? bad_short : BAD_OVER - 1;
  }
  int64_t each = rest * 1000 / (gaps * em);
  bad += each < 3000 ? each * each / 10 : BAD_LOOSE;
  return bad < BAD_LOOSE ? bad : BAD_LOOSE;
}

// Ragged lines: how far from full, in tenths of an em.
static int64_t bad_ragged(const Task *t, int64_t rest) {
  int64_t tenths = rest * 10 / t->fit->em;
  return tenths < RAGGED_MOST ? square(tenths) / 40 : BAD_LOOSE;
}

// COST_NONE: too long. *rest is how short the line is.
static int64_t line_bad(const Task *t, size_t j, size_t i, int64_t *rest) {
  const Node *p = &t->w->nodes[j], *q = &t->w->nodes[i];
  *rest = measure(t, j) - (q->e.w - p->b.w);
  bool last = i + 1 == t->n;
  if (*rest < 0) {
    int64_t less = q->e.less - p->b.less;
    if (-*rest > less)
      return COST_NONE;
    int64_t r = -*rest * 1000 / less;
    return BAD_TIGHT * r * r * r / 1000000000;
  }
  if (q->e.leaders > p->b.leaders)
    return 0;
  if (t->fit->align != ALIGN_JUSTIFY)
    return last && t->fit->align != ALIGN_CENTRE ? 0 : bad_ragged(t, *rest);
  if (last)
    return 0;
  return bad_stretch(t, *rest, q->e.more - p->b.more, q->e.gaps - p->b.gaps);
}

static int64_t line_cost(const Task *t, size_t j, size_t i, int64_t bad) {
  const Node *p = &t->w->nodes[j], *q = &t->w->nodes[i];
  int64_t cost = square(bad + 10) + break_cost(q->brk);
  if (i + 1 == t->n && j > 0 && p->cluster >= t->orphan)
    cost += COST_ORPHAN;
  if (t->fit->align == ALIGN_CENTRE)
    cost += COST_LAST; // as few lines as can be
  return cost;
}

// ---- the search ------------------------------------------------------------

static void lo_advance(Task *t, size_t i) {
  const Node *nodes = t->w->nodes, *q = &nodes[i];
  if (i - t->lo > LINE_NODES)
    t->lo = i - LINE_NODES;
  while (t->lo + 1 < i) {
    const Node *p = &nodes[t->lo];
    int64_t least = q->e.w - p->b.w - (q->e.less - p->b.less);
    if (least <= measure(t, t->lo) + t->fit->em)
      break;
    t->lo++;
  }
  while (t->alive < t->w->alive.len && t->w->alive.data[t->alive] < t->lo)
    t->alive++;
}

// Best line that ends at node i, of those that begin at a node that some line
// ends at; in the first pass lines much too short are not looked at.
static void node_fit(Task *t, size_t i, bool first_pass) {
  enum { EACH = TIGHT_PASS * TIGHT_PASS / 10 + 10 };
  Node *nodes = t->w->nodes, *q = &nodes[i];
  int64_t em = t->fit->em, rest;
  lo_advance(t, i);
  for (size_t k = t->alive; k < t->w->alive.len; k++) {
    size_t j = t->w->alive.data[k];
    if (nodes[j].cost >= q->cost)
      continue;
    int64_t bad = line_bad(t, j, i, &rest);
    if (bad == COST_NONE) {
      if (j + 1 < i || first_pass)
        continue;
      bad = BAD_OVER; // nothing shorter
    }
    if (first_pass && bad > EACH) {
      if (rest > 4 * em)
        return;
      continue;
    }
    int64_t cost = nodes[j].cost + line_cost(t, j, i, bad);
    cost = cost < COST_MAX ? cost : COST_MAX;
    if (cost < q->cost) {
      q->cost = cost;
      q->prev = (uint32_t)j;
    }
  }
}

static bool search(Task *t, Arena *a, bool first_pass) {
  Node *nodes = t->w->nodes;
  for (size_t i = 0; i < t->n && !first_pass; i++)
    nodes[i].cost = COST_NONE; // of the first pass
  nodes[0].cost = 0;
  t->w->alive.len = t->lo = t->alive = 0;
  *vec_push(a, &t->w->alive) = 0;
  for (size_t i = 1; i < t->n; i++) {
    node_fit(t, i, first_pass);
    if (nodes[i].cost != COST_NONE)
      *vec_push(a, &t->w->alive) = (uint32_t)i;
  }
  const Node *last = &nodes[t->n - 1];
  return last->cost != COST_NONE &&
         (last->prev == 0 || nodes[last->prev].cluster < t->orphan);
}

// Where what is longer than a line is torn, if possible: between a number or a
// word and what it is held to; inside them, but within kinsoku; anywhere.
typedef enum { TEAR_SEAMS, TEAR_WITHIN_K, TEAR_ANYWHERE } Tear;

// N2: digits with their points, signs and scale, and the letters of a word.
static bool is_one(const CharInfo *p, const CharInfo *q) {
  enum { FIGURE = NUM_DIGIT | NUM_POINT };
  return (p->cls == CL_LATIN && q->cls == CL_LATIN) ||
         ((p->num & FIGURE) && (q->num & FIGURE)) || (p->num & NUM_PREFIX) ||
         (q->num & (NUM_SUFFIX | NUM_SCALE));
}

// Whether a line may be ended before cluster i at need; never in a two-em mark
// or before a blank, which ends its own line.
static bool may_tear(const LineWork *w, size_t i, Tear tear) {
  const CharInfo *p = w->cl[i - 1].ch, *q = w->cl[i].ch;
  if (w->cl[i].pair == 2 || is_blank(q->cls))
    return false;
  bool kinsoku = q->first || p->last || (q->num & NUM_RANGE);
  return tear == TEAR_ANYWHERE ||
         (!kinsoku && (tear == TEAR_WITHIN_K || !is_one(p, q)));
}

// Frees breaks inside the pieces that are longer than a line; returns whether
// there are any.
static bool pieces_tear(const Task *t, Tear tear) {
  const Node *nodes = t->w->nodes;
  LineWork *w = t->w;
  bool found = false;
  for (size_t i = 1; i < t->n; i++) {
    const Node *p = &nodes[i - 1], *q = &nodes[i];
    int64_t least = q->e.w - p->b.w - (q->e.less - p->b.less);
    if (least <= measure(t, i - 1) || q->cluster - p->cluster < 2)
      continue;
    found = true;
    w->too_long = w->too_long ? w->too_long : p->cluster + 1;
    for (size_t k = p->cluster + 1; k < q->cluster; k++)
      if (may_tear(w, k, tear))
        w->cl[k].brk = BREAK_LAST;
  }
  return found;
}

// P3: where the last line would have less than two characters.
static size_t orphan_from(const LineWork *w, size_t begin, size_t end) {
  int seen = 0;
  size_t i = end;
  while (i > begin && seen < 2) {
    uint8_t cls = w->cl[--i].ch->cls;
    bool counts =
        cls == CL_HAN || cls == CL_WIDE || cls == CL_LATIN || cls == CL_LEADER;
    seen += counts && w->runs.data[w->cl[i].run].shift <= 0; // no note marks
  }
  return i + 1;
}

static void cuts_take(Task *t, Arena *a) {
  LineWork *w = t->w;
  size_t first = w->cuts.len;
  for (size_t i = t->n - 1; i > 0; i = w->nodes[i].prev)
    *vec_push(a, &w->cuts) = (Cut){w->nodes[w->nodes[i].prev].cluster,
                                   w->nodes[i].cluster, i + 1 == t->n};
  for (size_t k = first, last = w->cuts.len; k + 1 < last; k++) {
    Cut cut = w->cuts.data[--last];
    w->cuts.data[last] = w->cuts.data[k];
    w->cuts.data[k] = cut;
  }
}

void fit_lines(LineWork *w, Arena *a, const Fit *fit, size_t begin,
               size_t end) {
  if (begin == end) {
    *vec_push(a, &w->cuts) = (Cut){begin, end, true};
    return;
  }
  Task t = {.w = w, .fit = fit, .orphan = orphan_from(w, begin, end)};
  nodes_make(&t, a, begin, end);
  for (Tear tear = TEAR_SEAMS; tear <= TEAR_ANYWHERE && pieces_tear(&t, tear);
       tear++)
    nodes_make(&t, a, begin, end);
  if (fit->align != ALIGN_JUSTIFY || !search(&t, a, true))
    search(&t, a, false);
  cuts_take(&t, a);
}

Len fit_width(const LineWork *w, const Fit *fit, size_t begin, size_t end) {
  Task t = {.w = (LineWork *)w, .fit = fit};
  size_t last = line_end(w, begin, end);
  if (last == begin)
    return 0;
  Sum s = {0};
  Sum first = s;
  sum_begin(&first, &w->cl[begin]);
  for (size_t i = begin; i < last; i++)
    sum_add(&s, &w->cl[i]);
  sum_end(&t, &s, last - 1);
  int64_t width = s.w - first.w;
  return width > INT32_MAX ? INT32_MAX : (Len)width;
}

Len fit_widest(const LineWork *w, const Fit *fit, size_t begin, size_t end) {
  Len widest = 0;
  size_t from = begin;
  for (size_t i = begin + 1; i <= end; i++) {
    if (i < end && !w->cl[i].brk)
      continue;
    Len width = fit_width(w, fit, from, i);
    widest = width > widest ? width : widest;
    from = i;
  }
  return widest;
}
