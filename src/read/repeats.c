// What a page prints twice: whole paragraphs, parts of them, ends that a
// neighbouring column lent. The better copy stays.
#include "read_imp.h"

enum {
  ANCHOR = 12,    // characters by which two texts are first compared
  REPEAT_MIN = 24 // shorter repeats are common phrases
};

typedef struct {
  uint64_t key;   // of the anchor's characters, 0 free
  uint32_t piece; // whose
  bool suffix;    // the piece's last characters, else its first
  uint8_t seen;   // comparisons made
  int32_t other;  // next anchor of the same key
} Anchor;

// A newspaper page is shorter than STRETCH; longer input is compared within
// each stretch of that many characters.
enum {
  STRETCH = 1 << 16,
  SLOTS = 1 << 14,
  FEW_SLOTS = 1 << 11,
  FEW_PIECES = 256, // of two anchors each
  CHAIN = 8
};

typedef struct {
  Sheet *s;
  VEC(Anchor) anchors;
  int32_t *slots; // by key, where its bit is set
  size_t slots_n;
  uint64_t *set; // which of them are in use
  Map *whole;    // whole texts
} Repeats;

static const uint64_t BASE = 0x9E3779B97F4A7C15u | 1;

static uint64_t key_of(const uint16_t *c) {
  uint64_t h = 0;
  for (size_t i = 0; i < ANCHOR; i++)
    h = h * BASE + c[i];
  return h;
}

static size_t slot(const Repeats *r, uint64_t key) {
  return (size_t)(key ^ key >> 31) & (r->slots_n - 1);
}

// Without the pause or stop at the end, which the copies may differ in.
static Chars without_mark(Chars t) {
  if (t.n && (ch_pause(t.c[t.n - 1]) || ch_stop(t.c[t.n - 1])))
    t.n--;
  return t;
}

static bool in_use(const Repeats *r, size_t i) {
  return r->set[i / 64] >> i % 64 & 1;
}

static void anchor_add(Repeats *r, uint32_t piece, bool suffix) {
  Chars t = without_mark(r->s->pieces.data[piece].fold);
  uint64_t key = key_of(t.c + (suffix ? t.n - ANCHOR : 0));
  size_t i = slot(r, key);
  Anchor a = {key, piece, suffix, 0, in_use(r, i) ? r->slots[i] : -1};
  r->set[i / 64] |= UINT64_C(1) << i % 64;
  *vec_push(r->s->a, &r->anchors) = a;
  r->slots[i] = (int32_t)r->anchors.len - 1;
}

static bool may_repeat(const Piece *p) {
  return p->type == P_BODY && p->fold.n >= REPEAT_MIN && !p->dropped;
}

static void drop(Repeats *r, Piece *p, const Piece *kept) {
  p->dropped = true;
  p->repeats = (int32_t)(kept - r->s->pieces.data);
  flag_add(r->s, "repeat", p->line,
           str_fmt(r->s->a, "repeats line %u; used once", kept->line));
}

// Piece a's beginning stands at t[at] of another piece: how much of a follows?
static void beginning(Repeats *r, Piece *p, Piece *q, size_t at) {
  size_t n = 0;
  while (n < p->fold.n && at + n < q->fold.n &&
         p->fold.c[n] == q->fold.c[at + n])
    n++;
  if (n == p->fold.n && (n < q->fold.n || q < p))
    drop(r, p, q);
}

static void cut_end(Repeats *r, Piece *p, size_t keep, const Piece *q) {
  flag_add(r->s, "repeat", p->last,
           str_fmt(r->s->a, "the end repeats line %u; dropped", q->line));
  size_t bytes = piece_byte(p, keep);
  p->text = str_slice(p->text, 0, bytes);
  p->fold = ch_slice(p->fold, 0, keep);
  while (p->n_runs && p->runs[p->n_runs - 1].clean >= bytes)
    p->n_runs--;
  p->open_end = true;
}

// Piece p's end stands before t[end] of another piece.
static void ending(Repeats *r, Piece *p, Piece *q, size_t end) {
  Chars t = without_mark(p->fold);
  size_t n = 0;
  while (n < t.n && n < end && t.c[t.n - 1 - n] == q->fold.c[end - 1 - n])
    n++;
  if (n == t.n && (n + 1 < q->fold.n || q < p))
    drop(r, p, q);
  else if (n >= REPEAT_MIN && !ch_ended(p->fold) && n + 8 < t.n &&
           (end + 1 < q->fold.n || q < p))
    cut_end(r, p, t.n - n, q);
}

static void compare(Repeats *r, Anchor *a, uint32_t q, size_t at) {
  Piece *p = &r->s->pieces.data[a->piece], *other = &r->s->pieces.data[q];
  if (a->piece == q || p->dropped || other->dropped || a->seen >= 4)
    return;
  a->seen++;
  if (a->suffix)
    ending(r, p, other, at + ANCHOR);
  else
    beginning(r, p, other, at);
}

static void scan(Repeats *r, uint32_t piece) {
  const Piece *p = &r->s->pieces.data[piece];
  if (p->fold.n < ANCHOR || p->type != P_BODY)
    return;
  uint64_t power = 1;
  for (size_t i = 1; i < ANCHOR; i++)
    power *= BASE;
  uint64_t key = key_of(p->fold.c);
  for (size_t i = 0;; i++) {
    size_t at = slot(r, key);
    int32_t k = in_use(r, at) ? r->slots[at] : -1;
    for (int n = 0; k >= 0 && n < CHAIN; n++, k = r->anchors.data[k].other)
      if (r->anchors.data[k].key == key)
        compare(r, &r->anchors.data[k], piece, i);
    if (i + ANCHOR >= p->fold.n)
      return;
    key = (key - p->fold.c[i] * power) * BASE + p->fold.c[i + ANCHOR];
  }
}

static bool same_text(const Piece *p, const Piece *q) {
  return p->fold.n == q->fold.n &&
         memcmp(p->fold.c, q->fold.c, p->fold.n * sizeof *p->fold.c) == 0;
}

static void stretch(Repeats *r, size_t from, size_t to) {
  Piece *pieces = r->s->pieces.data;
  r->whole = map_new(r->s->a);
  r->anchors.len = 0;
  memset(r->set, 0, SLOTS / 8);
  for (size_t i = from; i < to; i++) {
    if (!may_repeat(&pieces[i]))
      continue;
    Chars t = ch_slice(pieces[i].fold, 0, 2 * REPEAT_MIN);
    Str key = {(const char *)t.c, t.n * sizeof *t.c};
    Piece *first = map_lookup(r->whole, key);
    if (first && !same_text(first, &pieces[i]))
      continue;
    if (first)
      drop(r, &pieces[i], first);
    else
      map_put(r->whole, key, &pieces[i]);
  }
  for (size_t i = from; i < to; i++)
    if (may_repeat(&pieces[i])) {
      anchor_add(r, (uint32_t)i, false);
      anchor_add(r, (uint32_t)i, true);
    }
  for (size_t i = from; i < to; i++)
    if (!pieces[i].dropped)
      scan(r, (uint32_t)i);
}

void drop_repeats(Sheet *s) {
  size_t slots = s->pieces.len < FEW_PIECES ? FEW_SLOTS : SLOTS;
  Repeats r = {.s = s,
               .slots = NEW_ARRAY(s->a, int32_t, slots),
               .slots_n = slots,
               .set = NEW_ARRAY(s->a, uint64_t, SLOTS / 64)};
  for (size_t from = 0, to; from < s->pieces.len; from = to) {
    size_t chars = 0;
    for (to = from; to < s->pieces.len && chars < STRETCH; to++)
      chars += s->pieces.data[to].fold.n + 4;
    stretch(&r, from, to);
  }
}
