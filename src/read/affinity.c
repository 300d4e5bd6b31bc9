// Which report a text tells of, by the terms it shares with others: pairs of
// ideographs that few texts of the page have. What a dateline opens is sure;
// from there the reports spread to the texts that are like it.
#include "seam.h"

enum {
  STRETCH = 1 << 15, // characters compared with each other; a page is shorter
  LOOKED_AT = 600,   // characters of a text
  HOLDERS = 8,       // texts that a telling term may stand in
  LIKE = 12,         // texts kept that are like one
  REPORTS = 6,       // reports weighed for one text
  PRINTED = 6,       // points of the report a text is printed in
  MOST = 40,         // points ahead of the next report that are told
  UNCLEAR = 20,      // and where the next has a third of them
  ROUNDS = 3,
  SECTIONS = 16,    // headings remembered
  PLACES = 1 << 16, // keys below are divisions
  RUN_IN = 0xFFFF,  // key of texts that begin with a heading of their own
  COMMON = 88,      // a word of this cost or less is an everyday one
};

typedef struct {
  int32_t report;
  int points;
} Home;

typedef struct {
  uint32_t key;         // two ideographs or a division's code
  uint8_t n;            // texts, HOLDERS + 1: too many
  uint8_t weight;       // 0: not reckoned yet
  uint16_t in[HOLDERS]; // texts, counted from the stretch's first
  uint16_t last;        // text compared last, + 1
} Term;

typedef struct {
  uint32_t piece;
  int points;
} Likeness;

typedef struct {
  Likeness with[LIKE];
  size_t n;
} Likes;

typedef struct {
  Sheet *s;
  int32_t *report; // of each piece, where it is printed
  Home *home;
  bool *sure; // it is the report's opening
  Likes *likes;
  VEC(Term) terms; // of the stretch
  uint32_t *slots; // by key: which term, + 1
  size_t mask, most, room;
  int *points;       // scratch: of the stretch's pieces
  uint32_t *touched; // pieces whose points are not 0
  size_t n_touched;
  VEC(uint32_t) seen;   // terms of the stretch's pieces, piece after piece
  size_t *first_seen;   // of each piece
  uint64_t plain[1024]; // by sign: it tells nothing
  size_t from;          // first piece of the stretch
} Terms;

// Signs of words that tell nothing of the matter.
static const uint16_t plain_signs[] =
    u"的了在和与是有到为对等着过把被让从向由于及"
    u"或但并而将更最都也又再还就才不每各该本其此"
    u"中上下里内外前后间时年月日元人个名家次一二三"
    u"四五六七八九十百千万亿两多余全省市县区总";

static bool plain(uint16_t c) {
  for (const uint16_t *p = plain_signs; *p; p++)
    if (*p == c)
      return true;
  return false;
}

size_t terms_shared(Chars a, Chars b) {
  size_t n = 0;
  a = ch_slice(a, 0, 60);
  b = ch_slice(b, 0, LOOKED_AT);
  for (size_t i = 0; i + 1 < a.n; i++) {
    if (!ch_han(a.c[i]) || !ch_han(a.c[i + 1]) || plain(a.c[i]) ||
        plain(a.c[i + 1]))
      continue;
    size_t k = 0;
    while (k + 1 < b.n && (b.c[k] != a.c[i] || b.c[k + 1] != a.c[i + 1]))
      k++;
    n += k + 1 < b.n;
  }
  return n;
}

// The number of the key's term, a new one where the stretch had none.
static uint32_t term_of(Terms *x, uint32_t key) {
  size_t i = (size_t)(key * 0x9E3779B1u >> 8) & x->mask;
  while (x->slots[i] && x->terms.data[x->slots[i] - 1].key != key)
    i = (i + 1) & x->mask;
  if (!x->slots[i]) {
    *vec_push(x->s->a, &x->terms) = (Term){.key = key};
    x->slots[i] = (uint32_t)x->terms.len;
  }
  return x->slots[i] - 1;
}

// An ideograph that may be part of a term.
static bool telling(const Terms *x, uint16_t c) {
  return ch_han(c) && !(x->plain[c >> 6] >> (c & 63) & 1);
}

// The province and city that are named at a byte of the text; sets keys.
static size_t place_keys(Str text, size_t at, uint32_t keys[2]) {
  size_t len;
  const Division *d[4];
  size_t n = division_match(text, at, &len, d, 4), found = 0;
  for (size_t k = 1; k < n; k++)
    if (d[k]->code / 10000 != d[0]->code / 10000)
      return 0; // several provinces have it
  if (!n)
    return 0;
  keys[found++] = d[0]->code / 10000;
  if (n == 1 && d[0]->level > 1)
    keys[found++] = d[0]->code / 100;
  return found;
}

static void count(Terms *x, uint32_t key, uint32_t piece) {
  uint32_t term = term_of(x, key);
  *vec_push(x->s->a, &x->seen) = term;
  Term *w = &x->terms.data[term];
  uint16_t in = (uint16_t)(piece - x->from);
  if (w->n > HOLDERS || (w->n && w->in[w->n - 1] == in))
    return;
  if (w->n < HOLDERS)
    w->in[w->n] = in;
  w->n++;
}

// 农业生产平稳。上半年,…: a few words and a stop before the sentences.
static bool run_in(Chars t) {
  enum { FEWEST = 4, LONGEST = 12 };
  size_t i = 0;
  while (i <= LONGEST && i < t.n && !ch_pause(t.c[i]) && !ch_stop(t.c[i]) &&
         !ch_digit(t.c[i]))
    i++;
  return i >= FEWEST && i <= LONGEST && i + 12 < t.n && t.c[i] == 0x3002;
}

// Whether a pair of ideographs is a word, looked up once: of the pairs that end
// at the character looked at, at the one before and the one behind.
typedef struct {
  int8_t before, here, behind; // -1: not looked up
} Pairs;

static bool pair_is_word(int8_t *known, const uint16_t *pair) {
  if (*known < 0)
    *known = word_cost(pair, 2) > 0;
  return *known;
}

// Whether the pair that ends at t.c[i] is the end of a word and the beginning
// of the next: 级工 of 各级工会. Words are of ideographs alone.
static bool between_words(Pairs *x, Chars t, size_t i) {
  return i >= 2 && i + 1 < t.n && !pair_is_word(&x->here, t.c + i - 1) &&
         pair_is_word(&x->before, t.c + i - 2) &&
         pair_is_word(&x->behind, t.c + i);
}

static void count_terms(Terms *x, uint32_t piece) {
  enum { AHEAD = 8 };
  const Piece *p = &x->s->pieces.data[piece];
  Chars t = ch_slice(p->fold, 0, LOOKED_AT);
  const uint64_t *filter = division_filter(), *heads = division_heads();
  if (run_in(t))
    count(x, RUN_IN, piece);
  Pairs pairs = {-1, -1, -1};
  bool before = false;
  for (size_t i = 0, at = 0; i < t.n; i++) {
    pairs = (Pairs){pairs.here, pairs.behind, -1};
    uint32_t places[2];
    bool now = telling(x, t.c[i]);
    if (i + AHEAD < t.n)
      word_fetch(t.c[i + AHEAD - 1], t.c[i + AHEAD]);
    if (now && before && !between_words(&pairs, t, i))
      count(x, (uint32_t)t.c[i - 1] << 16 | t.c[i], piece);
    size_t n = 0;
    if (heads[t.c[i] / 64] >> t.c[i] % 64 & 1 && at + 6 <= p->text.len &&
        division_may_begin(filter, p->text.data + at) && ch_han(t.c[i]))
      n = place_keys(p->text, at, places);
    while (n)
      count(x, places[--n], piece);
    before = now;
    at += utf8_step(p->text.data[at]);
  }
}

static int weight(const Term *w) {
  static const int by_holders[HOLDERS + 1] = {0, 0, 6, 5, 4, 3, 3, 2, 2};
  if (w->key == RUN_IN)
    return 4 * by_holders[w->n];
  if (w->key < PLACES)
    return 4 * by_holders[w->n];
  uint16_t c[2] = {(uint16_t)(w->key >> 16), (uint16_t)w->key};
  int cost = word_cost(c, 2);
  return cost && cost <= COMMON ? 1 : by_holders[w->n];
}

// Keeps the most alike.
static void keep(Likes *l, uint32_t piece, int points) {
  size_t i = l->n < LIKE ? l->n++ : LIKE - 1;
  if (i == LIKE - 1 && l->n == LIKE && l->with[i].points > points)
    return;
  for (; i > 0 && l->with[i - 1].points < points; i--)
    l->with[i] = l->with[i - 1];
  l->with[i] = (Likeness){piece, points};
}

static void add_points(Terms *x, uint32_t term, uint32_t piece) {
  Term *w = &x->terms.data[term];
  uint16_t now = (uint16_t)(piece - x->from + 1);
  if (w->n < 2 || w->n > HOLDERS || w->last == now)
    return;
  w->last = now;
  w->weight = w->weight ? w->weight : (uint8_t)weight(w);
  int points = w->weight;
  for (uint32_t k = 0; k < w->n; k++) {
    int *at = &x->points[w->in[k]];
    if (!*at)
      x->touched[x->n_touched++] = (uint32_t)x->from + w->in[k];
    *at += points;
  }
}

static void compare(Terms *x, uint32_t piece) {
  x->n_touched = 0;
  for (size_t i = x->first_seen[piece]; i < x->first_seen[piece + 1]; i++)
    add_points(x, x->seen.data[i], piece);
  Likes *l = &x->likes[piece - x->from];
  for (size_t k = 0; k < x->n_touched; k++) {
    int *at = &x->points[x->touched[k] - x->from];
    if (x->touched[k] != piece)
      keep(l, x->touched[k], *at);
    *at = 0;
  }
}

// ---- reports ----------------------------------------------------------------

static bool opens(const Piece *p) {
  Chars start = ch_slice(p->fold, 0, 18);
  bool torn = p->type == P_BODY && p->fold.n > 30 && ch_has(start, u")") &&
              !ch_has(start, u"(");
  return p->dateline || p->people || torn || p->type == P_CONTINUATION ||
         (p->type == P_BODY && ch_starts(p->fold, u"(接"));
}

// The report whose earlier heading piece i resembles, 0 none; `heads` are the
// latest headings.
static int32_t section_of(const Terms *x, size_t i, const size_t *heads,
                          size_t n) {
  const Piece *p = x->s->pieces.data;
  for (size_t k = n; k-- > 0 && n - k <= SECTIONS;)
    if (same_form(&p[i], &p[heads[k % SECTIONS]]))
      return x->report[heads[k % SECTIONS]];
  return 0;
}

// After an author's name comes the first text that he wrote: marks it.
static size_t mark_written(Terms *x, size_t i, int32_t report) {
  const Pieces *p = &x->s->pieces;
  for (; i < p->len && p->data[i].type != P_HEAD && !p->data[i].dateline; i++) {
    x->report[i] = report;
    x->sure[i] = true;
    if (p->data[i].type == P_BODY)
      return i + 1;
  }
  return i;
}

// Counts reports through the page: one begins with its headlines, or where a
// dateline, people or a continuation open it. Its opening's home is sure. A
// heading of the form of an earlier one goes on with that one's report.
static int32_t number_reports(Terms *x) {
  const Pieces *p = &x->s->pieces;
  size_t heads[SECTIONS], n_heads = 0;
  int32_t n = 0, in = 0;
  for (size_t i = 0; i < p->len;) {
    size_t k = i;
    while (k < p->len && p->data[k].type == P_HEAD)
      k++;
    bool opening = k < p->len && opens(&p->data[k]);
    int32_t section = k > i ? section_of(x, i, heads, n_heads) : 0;
    in = opening ? ++n : section ? section : in;
    if (k > i && !opening)
      heads[n_heads++ % SECTIONS] = i;
    for (; i <= k && i < p->len; i++) {
      x->report[i] = in;
      x->sure[i] = opening;
    }
    if (opening && !p->data[k].dateline && p->data[k].people)
      i = mark_written(x, i, in);
  }
  for (size_t i = 0; i < p->len; i++)
    if (x->sure[i])
      x->home[i] = (Home){x->report[i], MOST};
  return n;
}

static size_t learn(Terms *x) {
  const Piece *p = x->s->pieces.data;
  size_t seen = 0, to = x->from, slots = 2048;
  for (; to < x->s->pieces.len && seen < STRETCH; to++)
    seen += p[to].fold.n < LOOKED_AT ? p[to].fold.n + 4 : LOOKED_AT;
  while (slots < seen + seen / 4 + 1024) // places are terms too
    slots *= 2;
  if (slots > x->most) {
    x->slots = NEW_ARRAY(x->s->a, uint32_t, slots);
    x->most = slots;
  } else {
    memset(x->slots, 0, slots * sizeof *x->slots);
  }
  x->mask = slots - 1;
  x->terms.len = 0;
  if (x->seen.cap < seen) {
    x->terms.cap = seen / 2;
    x->terms.data = NEW_ARRAY(x->s->a, Term, seen / 2);
    x->seen.cap = seen;
    x->seen.data = NEW_ARRAY(x->s->a, uint32_t, seen);
  }
  if (to - x->from > x->room) {
    x->room = to - x->from;
    x->points = NEW_ARRAY(x->s->a, int, x->room);
    x->touched = NEW_ARRAY(x->s->a, uint32_t, x->room);
    x->likes = NEW_ARRAY(x->s->a, Likes, x->room);
  }
  for (size_t i = 0; i < to - x->from; i++)
    x->likes[i].n = 0;
  x->seen.len = 0;
  for (size_t i = x->from; i < to; i++) {
    x->first_seen[i] = x->seen.len;
    if (!p[i].dropped)
      count_terms(x, (uint32_t)i);
    x->first_seen[i + 1] = x->seen.len;
  }
  return to;
}

// The report that most of what is like the text tells of.
static Home home_of(const Terms *x, uint32_t piece) {
  struct {
    int32_t report;
    int points;
  } sum[REPORTS] = {{x->report[piece], 0}};
  size_t n = 1;
  const Likes *l = &x->likes[piece - x->from];
  for (size_t k = 0; k < l->n; k++) {
    uint32_t like = l->with[k].piece;
    int32_t home = x->home[like].report;
    int points = x->sure[like] ? l->with[k].points : l->with[k].points / 2;
    home = home ? home : x->report[like];
    size_t at = 0;
    while (at < n && sum[at].report != home)
      at++;
    if (at == REPORTS)
      continue;
    if (at == n)
      sum[n++].report = home, sum[at].points = 0;
    sum[at].points += points;
  }
  size_t best = 0;
  int second = 0;
  for (size_t k = 1; k < n; k++)
    best = sum[k].points > sum[best].points + (best ? 0 : PRINTED) ? k : best;
  for (size_t k = 0; k < n; k++) {
    int points = sum[k].points + (k || !best ? 0 : PRINTED);
    second = k != best && points > second ? points : second;
  }
  int ahead = sum[best].points - second;
  if (ahead <= 0 || 4 * ahead < sum[best].points)
    return (Home){0};
  int most = sum[best].points >= 3 * second ? MOST : UNCLEAR;
  return (Home){sum[best].report, ahead < most ? ahead : most};
}

void find_homes(Sheet *s) {
  Terms x = {.s = s};
  size_t n = s->pieces.len + 1;
  x.report = NEW_ARRAY(s->a, int32_t, n);
  x.home = NEW_ARRAY(s->a, Home, n);
  x.sure = NEW_ARRAY(s->a, bool, n);
  if (number_reports(&x) < 2)
    return;
  x.first_seen = NEW_ARRAY(s->a, size_t, n + 1);
  for (const uint16_t *c = plain_signs; *c; c++)
    x.plain[*c >> 6] |= (uint64_t)1 << (*c & 63);
  for (size_t to; x.from < s->pieces.len; x.from = to) {
    to = learn(&x);
    for (size_t i = x.from; i < to; i++)
      if (s->pieces.data[i].type == P_BODY && !s->pieces.data[i].dropped &&
          !x.sure[i])
        compare(&x, (uint32_t)i);
    for (int round = 0; round < ROUNDS; round++)
      for (size_t i = x.from; i < to; i++)
        if (!x.sure[i] && x.likes[i - x.from].n)
          x.home[i] = home_of(&x, (uint32_t)i);
  }
  for (size_t i = 0; i < s->pieces.len; i++) {
    s->pieces.data[i].report = x.report[i];
    s->pieces.data[i].home = x.home[i].report;
    s->pieces.data[i].home_points = x.home[i].points;
  }
}
