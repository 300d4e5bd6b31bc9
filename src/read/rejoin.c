// Joins sentences that columns cut, also when the other half stands far away
// or before; parts blocks that were glued; leaves open what has no partner and
// marks the gap. docs/reading.md explains the points.
#include "rejoin.h"

enum {
  NEXT = 40,       // the next text of the page
  NEXT_GAP = 28,   // with a picture or people between
  NEXT_HEAD = 4,   // with a headline between
  SAME_BLOCK = 90, // both halves were one block
  NEAR = -10,      // a text or two between
  FAR = -20,
  BACK = -6,   // the end stands after the beginning
  OTHER = -10, // another article's opening lies between
  HOME = 14,   // both tell of the same report
  AWAY = -24,  // of two
  WINDOW = 44, // texts looked at before and behind
  // where columns are read in strips
  STRIP_NEXT = 12, // the next text
  STRIP_FAR = -8,
  STRIP_HEAD = 10, // the beginning stands behind another broken end
  PARAGRAPH = -15, // or behind a whole text
  TORN = 12,       // points of a beginning that is sure to go on
  COLUMN = -8,     // what a column's lines may say against torn halves
  BEHIND = 5,      // texts that the other direction counts for
};

// A headline with its report, or with more headlines and the report, behind it.
static bool heads_report(const Sheet *s, const Piece *p) {
  enum { MOST = 4 };
  const Piece *end = s->pieces.data + s->pieces.len, *q = p + 1;
  while (q < end && q - p < MOST && q->type == P_HEAD)
    q++;
  return q < end && (q->dateline || q->people);
}

// A line above a marked headline that nothing shows to be torn.
static bool kicker(const Sheet *s, const Piece *p) {
  const Piece *q = p + 1;
  if (q == s->pieces.data + s->pieces.len || q->type != P_HEAD || !q->level ||
      q->headed)
    return false;
  Edge e = edge_of(p);
  return !(e.tail_dangles || e.head_dangles || e.odd_quotes || e.n_opens ||
           e.n_closes || e.tail_number || e.awaits || e.head_torn || e.stump ||
           e.head_measure || e.ragged);
}

// What may be part of a sentence.
static bool holds_text(const Sheet *s, const Piece *p) {
  return !p->dropped && !p->verse && !line_row(p->fold) &&
         !byline_source(p->fold) &&
         (p->type == P_BODY || (p->type == P_HEAD && !p->level && !p->section &&
                                !heads_report(s, p) && !kicker(s, p)));
}

// ---- glued blocks -----------------------------------------------------------

// Where the doubtful line ends of piece p are; parts go to out.
static void part_seams(Sheet *s, const Piece *p, Pieces *out) {
  size_t start = 0;
  bool may = holds_text(s, p) && p->fold.n <= PART_MAX;
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

// A signed report with another behind it in one block.
static void part_one(Sheet *s, const Piece *p, Pieces *out) {
  enum { REST_MIN = 16 };
  size_t end = 0, start = 0;
  bool may = p->type == P_BODY && !p->dropped && p->fold.n <= PART_MAX &&
             ch_has(p->fold, u"(");
  while (may && byline_signature(p->fold, start, &end) < p->fold.n &&
         p->fold.n - end >= REST_MIN) {
    Piece q = piece_part(s, p, start, end);
    q.cut_before = start > 0 || p->cut_before;
    q.dateline = dateline_at(q.fold).end > 0;
    q.open_end = false;
    part_seams(s, &q, out);
    start = end;
  }
  if (!start) {
    part_seams(s, p, out);
    return;
  }
  Piece q = piece_part(s, p, start, p->fold.n);
  q.cut_before = true;
  q.dateline = dateline_at(q.fold).end > 0;
  part_seams(s, &q, out);
}

static void part_glued(Sheet *s) {
  Pieces parted = pieces_room(s);
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
    bool head = pieces[y].headed, between = head;
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
  // a line that breaks off in the column's first half behind a pause: what
  // filled it is lost
  if (x->printed >= 2 && 2 * (int)x->last_line < (int)x->widest &&
      ch_pause(x->fold.c[x->fold.n - 1]))
    points -= 30;
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

// A few words between a report's end or headline and the next report.
static bool stray(const Rejoin *r, size_t k) {
  enum { SHORT = 26 };
  const Piece *pieces = r->s->pieces.data;
  uint32_t y = r->texts.data[k];
  if (pieces[y].fold.n > SHORT || y == 0 || pieces[y].dateline)
    return false;
  const Piece *q = &pieces[y - 1];
  uint32_t next = y + 1;
  while (next < r->s->pieces.len && pieces[next].dropped)
    next++;
  bool more = next < r->s->pieces.len;
  return (q->type == P_HEAD || pieces[y].headed ||
          (k > 0 && r->edges[k - 1].ended)) &&
         (!more || pieces[next].type == P_HEAD || pieces[next].dateline ||
          pieces[next].people);
}

// A short open piece between finished ones and headlines belongs elsewhere.
static int orphan_points(const Rejoin *r, size_t i, size_t k) {
  const Piece *pieces = r->s->pieces.data;
  uint32_t y = r->texts.data[k];
  if (r->rests[k].stray)
    return 15;
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

static int home_points(const Piece *x, const Piece *y) {
  if (!x->home || !y->home)
    return 0;
  enum { FEW = 30 }; // characters that tell half as much
  int sure = x->home_points < y->home_points ? x->home_points : y->home_points;
  if (x->fold.n < FEW || y->fold.n < FEW)
    sure /= 2;
  return x->home == y->home ? (sure < HOME ? sure : HOME)
         : sure < -AWAY     ? -sure
                            : AWAY;
}

// Points for place where columns were read in strips: a strip's end goes on in
// the text behind, or where another strip begins.
static int strip_points(const Rejoin *r, size_t i, size_t k, int place) {
  if (k == i + 1)
    return (place < STRIP_NEXT ? place : STRIP_NEXT) + STRIP_HEAD;
  bool behind_open = k > 0 && !r->edges[k - 1].ended;
  return STRIP_FAR + (behind_open ? STRIP_HEAD : PARAGRAPH) +
         (k < i ? BACK : 0);
}

// Half a word that the other side does not complete: what completed it is lost.
static bool halved(const Edge *x, const Edge *y, const Seam *seam) {
  return !seam->lexical && x->tail_dangles && (!x->tail_soft || y->stump);
}

static void weigh_pair(Rejoin *r, size_t i, size_t k) {
  const Piece *pieces = r->s->pieces.data;
  uint32_t x = r->texts.data[i], y = r->texts.data[k];
  const Piece *p = &pieces[x], *q = &pieces[y];
  if (r->rests[k].barred ||
      (k != i + 1 && p->type == P_HEAD && q->type == P_HEAD))
    return;
  Seam seam = seam_weigh(r->words, &r->edges[i], &r->edges[k]);
  int column =
      q->glued && k == i + 1 ? 0 : column_points(p, q) + line_points(r, i, k);
  int points = seam.points + column;
  int home = home_points(p, q); // of neighbours it says nothing
  points += orphan_points(r, i, k) + (k == i + 1 && home > 0 ? 0 : home);
  int place = place_points(r, i, k);
  if (points + place >= JOIN_LAST && !seam.lexical && begins_with_place(q))
    points -= 12;
  bool head = p->type == P_HEAD || q->type == P_HEAD;
  bool torn = r->edges[i].tail_dangles || r->edges[k].head_dangles ||
              r->edges[i].n_opens || r->edges[k].n_closes ||
              (r->edges[i].odd_quotes && r->edges[k].odd_quotes);
  if (head && (!seam.lexical || (p->type == q->type && !torn)))
    return;
  points -= head ? 22 : 0;
  Pair pair = {.tail = x,
               .head = y,
               .points = points + place,
               .strip = p->home ? points + strip_points(r, i, k, place)
                                : STRIP_MIN - 1,
               .sure = seam.lexical || place == SAME_BLOCK,
               .lost = seam.lost,
               .refuted = column < 0};
  int apart = k > i ? (int)(k - i) : (int)(i - k) + BEHIND;
  if ((r->edges[k].ragged >= TORN || r->rests[k].stray) &&
      !halved(&r->edges[i], &r->edges[k], &seam))
    pair.torn = points - (column < COLUMN ? column - COLUMN : 0) - 2 * apart;
  if (pair.torn >= TORN_MIN || pair.points >= JOIN_LAST ||
      pair.strip >= STRIP_MIN)
    *vec_push(r->s->a, &r->pairs) = pair;
}

static void count_openings(Rejoin *r) {
  const Pieces *p = &r->s->pieces;
  r->openings = NEW_ARRAY(r->s->a, uint32_t, p->len + 1);
  for (size_t i = 0; i < p->len; i++)
    r->openings[i + 1] =
        r->openings[i] + (p->data[i].dateline || p->data[i].type == P_BYLINE);
}

static void find_rests(Rejoin *r) {
  r->rests = NEW_ARRAY(r->s->a, Rest, r->texts.len);
  for (size_t k = 0; k < r->texts.len; k++) {
    const Piece *p = &r->s->pieces.data[r->texts.data[k]];
    const Edge *e = &r->edges[k];
    r->rests[k] = (Rest){e->n_head ? e->head[0] : 0,
                         p->dateline || line_item(p->fold) ||
                             piece_continues(p) || e->whole_head,
                         stray(r, k)};
  }
}

// Has what words may run from end i to the texts [from, to) brought near.
static void fetch_words(const Rejoin *r, size_t i, size_t from, size_t to) {
  const Edge *e = &r->edges[i];
  for (size_t k = from; k < to && e->n_tail; k++)
    if (r->rests[k].begin)
      word_join_fetch(e->tail[e->n_tail - 1], r->rests[k].begin);
}

static void collect(Rejoin *r) {
  size_t learnt = 0;
  for (size_t i = 0; i < r->texts.len; i++)
    words_ask(r->words, &r->edges[i]);
  for (size_t i = 0; i < r->texts.len; i++) {
    if (r->edges[i].ended || r->edges[i].whole_head)
      continue;
    while (r->texts.data[i] >= learnt)
      learnt = words_learn(r->words, r->s, learnt);
    size_t from = i > WINDOW ? i - WINDOW : 0;
    size_t to = i + WINDOW < r->texts.len ? i + WINDOW + 1 : r->texts.len;
    fetch_words(r, i, from, to);
    for (size_t k = from; k < to; k++)
      if (k != i)
        weigh_pair(r, i, k);
  }
}

// ---- what stays open --------------------------------------------------------

static void mark_gaps(Rejoin *r) {
  for (size_t i = 0; i < r->texts.len; i++) {
    Piece *p = &r->s->pieces.data[r->texts.data[i]];
    if (p->type != P_BODY || p->fold.n <= 8)
      continue;
    const Edge *e = &r->edges[i];
    bool item = line_item(p->fold) && !e->tail_dangles && !e->n_opens &&
                !e->tail_number && !e->awaits &&
                !ch_pause(p->fold.c[p->fold.n - 1]);
    bool note = byline_source(p->fold) || item ||
                (p->fold.c[0] == '(' && p->fold.c[p->fold.n - 1] == ')');
    if (p->next < 0 && !e->ended && !note)
      p->gap = true;
    if (p->prev < 0 && (e->n_closes || e->head_torn || e->stump))
      p->gap_before = true;
  }
}

// …近2000甲某 摄: what the figure counts is lost before the credit.
static void mark_holes(Sheet *s) {
  for (size_t i = 0; i < s->pieces.len; i++) {
    Piece *p = &s->pieces.data[i];
    size_t at = p->type == P_CAPTION ? byline_credit(p->fold) : 0;
    if (at && at < p->fold.n && ch_digit(p->fold.c[at - 1]))
      p->hole = (uint32_t)at;
  }
}

void flag_gaps(Sheet *s) {
  for (size_t i = 0; i < s->pieces.len; i++) {
    const Piece *p = &s->pieces.data[i];
    if (p->gap && p->next < 0)
      flag_add(s, "lost-text", p->last, STR("the sentence breaks off"));
    if (p->gap_before)
      flag_add(s, "lost-text", p->line,
               STR("the sentence's beginning is missing"));
    if ((p->gap && p->next >= 0) || p->hole)
      flag_add(s, "lost-text", p->last, STR("text is missing inside"));
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
    if (holds_text(s, &s->pieces.data[i]))
      *vec_push(s->a, &r.texts) = (uint32_t)i;
  r.edges = NEW_ARRAY(s->a, Edge, r.texts.len);
  for (size_t i = 0; i < r.texts.len; i++)
    r.edges[i] = edge_of(&s->pieces.data[r.texts.data[i]]);
  find_lines(&r);
  find_rests(&r);
  count_openings(&r);
  find_homes(s);
  collect(&r);
  match_pairs(&r);
  mark_gaps(&r);
  mark_holes(s);
}
