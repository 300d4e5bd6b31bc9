// An article's summary: its most telling sentences, in their order. Position,
// figures carried, words of the headline, closeness to the article's centre.
// Never a sentence with lost text; one with a figure in doubt only as a last
// resort, marked 〔待核〕.
#include "layout-imp.h"
#include <stdlib.h>

#define SENTENCES_MAX 400 // of one article are weighed
#define GRAMS         4096
#define SCORE_LEAST   (-2600) // of a sentence that may be printed
#define LEAN_MUCH     160     // of a sentence that should not come first
#define TRIES_MAX     6       // choices that begin better are looked for

typedef struct {
  Binder *b;
  const Article *article;
  Sentence *s;
  size_t n;
  uint16_t centre[GRAMS]; // how often each pair of characters stands there
  bool head[GRAMS];
  size_t pairs;
} Digest;

// ---- sentences --------------------------------------------------------------

static bool ends_sentence(uint32_t c) {
  return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?';
}

static bool closes(uint32_t c) {
  return c == 0x201D || c == 0x2019 || c == 0xFF09 || c == 0x300B || c == ')' ||
         c == '"';
}

// “……。”他说: the words behind a quotation belong to it.
static bool attributed(Str t, size_t i) {
  static const char *const words[] = {"说",   "表示", "介绍", "告诉",
                                      "坦言", "感慨", "道"};
  Str next = str_slice(t, i, i + 150);
  size_t stop = str_find(next, STR("。"), 0);
  next = str_slice(next, 0, stop);
  if (!next.len || stop == SIZE_MAX || str_starts(next, STR("“")))
    return false;
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (str_ends(next, str_of(words[k])) ||
        (next.len < 45 && str_has(next, str_of(words[k]))))
      return true;
  return false;
}

// Past the stop that ends the sentence at `i`, and the marks that close it.
static size_t sentence_end(Str t, size_t i, bool *stopped) {
  int open = 0, quotes = 0; // inside （…） and “…” a stop ends nothing
  bool pending = false;     // a stop stood before the quotation's end
  *stopped = true;
  while (i < t.len) {
    uint32_t c = utf8_next(t, &i);
    open += c == 0xFF08 ? 1 : c == 0xFF09 && open ? -1 : 0;
    quotes += c == 0x201C ? 1 : c == 0x201D && quotes ? -1 : 0;
    bool stop = ends_sentence(c);
    if (c == 0x201D && pending && !quotes && !attributed(t, i))
      return i;
    pending = stop;
    if (!stop || open || quotes)
      continue;
    for (size_t k = i; k < t.len;) {
      uint32_t m = utf8_next(t, &k);
      if (!closes(m) && !ends_sentence(m))
        break;
      i = k;
    }
    return i;
  }
  *stopped = pending;
  return t.len;
}

static bool has_gap(const TextBlock *b, size_t from, size_t to) {
  for (size_t i = 0; i < b->n_gaps; i++)
    if (b->gaps[i] >= from && b->gaps[i] <= to)
      return true;
  return false;
}

// 某某网消息（某某台）：
static size_t news_mark(Str t) {
  Str head = str_slice(t, 0, 100);
  size_t at = str_find(head, STR("消息"), 0);
  if (at == SIZE_MAX || at > 24 || str_has(str_slice(t, 0, at), STR("，")))
    return 0;
  at += strlen("消息");
  if (str_starts(str_slice(t, at, t.len), STR("（"))) {
    size_t end = str_find(head, STR("）"), at);
    at = end == SIZE_MAX ? 0 : end + strlen("）");
  }
  Str rest = str_slice(t, at, t.len);
  return at && str_starts(rest, STR("：")) ? at + strlen("：") : 0;
}

// 本报兰州12月29日讯（记者张三）, 新华社北京12月1日电: no part of the summary.
size_t lead_begin(Str t) {
  Str head = str_slice(t, 0, 150);
  if (news_mark(t))
    return news_mark(t);
  bool wire =
      str_starts(head, STR("本报")) || str_starts(head, STR("新华社")) ||
      str_starts(head, STR("中新社")) || str_starts(head, STR("本刊")) ||
      str_starts(head, STR("据新华社"));
  size_t xun = str_find(head, STR("讯"), 0);
  wire |= xun <= 18 && !str_has(str_slice(head, 0, xun), STR("，")) &&
          (str_starts(str_slice(head, xun, head.len), STR("讯（")) ||
           str_starts(str_slice(head, xun, head.len), STR("讯(")));
  if (!wire)
    return 0;
  size_t dian = str_find(head, STR("电"), 0);
  size_t at = xun < dian ? xun : dian;
  if (at == SIZE_MAX || at > 60)
    return 0;
  at += 3;
  Str rest = str_slice(head, at, head.len);
  bool wide = str_starts(rest, STR("（")), thin = str_starts(rest, STR("("));
  if (wide || thin) {
    size_t end = str_find(head, wide ? STR("）") : STR(")"), at);
    if (end == SIZE_MAX)
      return 0;
    at = end + (wide ? 3 : 1);
  }
  while (at < t.len && strchr(" \t", t.data[at]))
    at++;
  return str_starts(str_slice(t, at, t.len), STR("　")) ? at + 3 : at;
}

// 记者张三报道：, ▲, （张三）of the item before: what stands before a sentence
// and is no part of it. Returns where it begins.
static size_t sentence_begin(Str t, size_t i) {
  static const char *const bullets[] = {"▲", "△", "■", "□", "●", "○",
                                        "◆", "◇", "★", "☆", "▼", "　"};
  Str rest = str_slice(t, i, t.len);
  for (size_t k = 0; k < sizeof bullets / sizeof *bullets; k++)
    if (str_starts(rest, str_of(bullets[k])))
      return sentence_begin(t, i + strlen(bullets[k]));
  bool wide = str_starts(rest, STR("（")), thin = str_starts(rest, STR("("));
  size_t end = str_find(rest, wide ? STR("）") : STR(")"), 0);
  if ((wide || thin) && end <= 40 && end + 3 < rest.len) {
    Str in = str_slice(rest, wide ? 3 : 1, end);
    bool name = utf8_count(in) <= 12;
    for (size_t k = 0; k < in.len && name;) {
      uint32_t c = utf8_next(in, &k);
      name = char_is_han(c) || c == ' ' || c == 0x3000;
    }
    return name ? sentence_begin(t, i + end + (wide ? 3 : 1)) : i;
  }
  size_t colon = str_find(str_slice(rest, 0, 60), STR("："), 0);
  bool said = str_starts(rest, STR("记者")) || str_starts(rest, STR("通讯员"));
  return said && colon != SIZE_MAX &&
                 str_ends(str_slice(rest, 0, colon), STR("报道"))
             ? i + colon + 3
             : i;
}

// （接1版）: no part of the summary either.
size_t jump_mark(Str t) {
  bool wide = str_starts(t, STR("（")), thin = str_starts(t, STR("("));
  if (!wide && !thin)
    return 0;
  size_t end = str_find(t, wide ? STR("）") : STR(")"), 0);
  Str in = str_slice(t, 0, end);
  bool jump = end < 40 && str_has(in, STR("接")) && str_has(in, STR("版"));
  return jump ? end + (wide ? 3 : 1) : 0;
}

// Brackets and quotation marks that open and close inside the sentence.
static bool balanced(Str t) {
  static const uint32_t pairs[][2] = {{0x201C, 0x201D},
                                      {0xFF08, 0xFF09},
                                      {'(', ')'},
                                      {0x300A, 0x300B},
                                      {'"', '"'}};
  for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
    long open = 0;
    for (size_t i = 0; i < t.len && open >= 0;) {
      uint32_t c = utf8_next(t, &i);
      if (pairs[p][0] == pairs[p][1])
        open = c == pairs[p][0] ? !open : open;
      else
        open += c == pairs[p][0] ? 1 : c == pairs[p][1] ? -1 : 0;
    }
    if (open)
      return false;
  }
  return true;
}

static bool ends_whole(Str t) {
  t = str_trim(t);
  if (!t.len)
    return true;
  size_t i = t.len;
  uint32_t c = utf8_prev(t, &i);
  return ends_sentence(c) || closes(c) || c == 0x2026 || c == ':' ||
         c == 0xFF1A;
}

// `torn`: the paragraph before ends amid a sentence, so this one may begin so.
static void split_block(Digest *g, const TextBlock *block, int para,
                        bool torn) {
  Str t = block->text;
  int order = 0;
  for (size_t i = para == 0 ? lead_begin(t) + jump_mark(t) : 0; i < t.len;) {
    bool stopped;
    size_t begin = sentence_begin(t, i), end = sentence_end(t, begin, &stopped);
    i = begin;
    bool whole = stopped && !has_gap(block, i, end) && !(torn && order == 0) &&
                 balanced(str_slice(t, i, end));
    if (whole && g->n < SENTENCES_MAX)
      g->s[g->n++] = (Sentence){block, i, end, para, order, 0, 0, false};
    order++;
    i = end;
    while (i < t.len && t.data[i] == ' ')
      i++;
  }
}

// ---- weighing ---------------------------------------------------------------

static unsigned gram(uint32_t a, uint32_t b) {
  return (unsigned)((a * 2654435761u ^ b * 40503u) >> 7) % GRAMS;
}

// Calls for each pair of neighbouring Han characters.
static void each_pair(Str t, void (*fn)(void *, unsigned), void *data) {
  uint32_t last = 0;
  for (size_t i = 0; i < t.len;) {
    uint32_t c = utf8_next(t, &i);
    bool han = char_is_han(c);
    if (han && last)
      fn(data, gram(last, c));
    last = han ? c : 0;
  }
}

static void count_pair(void *data, unsigned k) {
  Digest *g = data;
  if (g->centre[k] < 1000)
    g->centre[k]++;
}

static void head_pair(void *data, unsigned k) {
  ((Digest *)data)->head[k] = true;
}

typedef struct {
  const Digest *g;
  long centre, head, pairs;
} Weight;

static void weigh_pair(void *data, unsigned k) {
  Weight *w = data;
  long c = w->g->centre[k];
  w->centre += c > 6 ? 6 : c;
  w->head += w->g->head[k];
  w->pairs++;
}

// A paragraph that begins 设，…… lost its beginning; 近日，…… did not.
static bool torn_start(const Sentence *s, Str t) {
  static const char *const words[] = {
      "近日", "日前", "今天", "今年", "去年", "如今", "目前", "当前", "当天",
      "据悉", "同时", "此外", "其中", "首先", "其次", "最后", "随后", "为此",
      "因此", "对此", "当日", "昨日", "昨天", "现在", "一是", "二是", "三是",
      "近年", "期间", "会上", "会前", "会后", "接着", "然而", "但是", "不过"};
  size_t comma = str_find(t, STR("，"), 0), thin = str_find(t, STR(","), 0);
  size_t at = comma < thin ? comma : thin;
  if (s->order > 0 || at > 6)
    return false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_is(str_slice(t, 0, at), words[i]))
      return false;
  return true;
}

static Str sentence_text(const Sentence *s) {
  return str_slice(s->block->text, s->begin, s->end);
}

// Where the figure's number stands in its block's text, or SIZE_MAX.
static size_t figure_at(const Figure *f, Str text) {
  size_t q = str_find(text, f->quote, 0);
  size_t p = q == SIZE_MAX ? SIZE_MAX : str_find(text, f->printed, q);
  return f->printed.len ? p : SIZE_MAX;
}

static bool figure_in(const Figure *f, const Sentence *s) {
  if (!str_eq(f->block, s->block->id))
    return false;
  size_t at = figure_at(f, s->block->text);
  return at != SIZE_MAX && at >= s->begin && at < s->end;
}

static long figures_score(const Digest *g, Sentence *s) {
  long n = 0;
  for (size_t i = 0; i < g->article->figures.len; i++) {
    const Figure *f = &g->article->figures.data[i];
    if (!figure_in(f, s))
      continue;
    if (figure_doubtful(f))
      s->doubt = true;
    else
      n++;
  }
  return n > 3 ? 3 : n;
}

static long position_score(const Sentence *s) {
  long p = s->para == 0 ? 200 : s->para == 1 ? 110 : s->para == 2 ? 60 : 0;
  return p + (s->order == 0 ? 120 : s->order == 1 ? 40 : 0);
}

static void weigh(const Digest *g, Sentence *s) {
  Str t = sentence_text(s);
  long chars = (long)utf8_count(t);
  Weight w = {.g = g};
  long figures = figures_score(g, s);
  each_pair(t, weigh_pair, &w);
  long pairs = w.pairs ? w.pairs : 1;
  s->score = position_score(s) + 150 * figures;
  s->score += 60 * w.centre / pairs + (w.head > 8 ? 8 : w.head) * 40;
  s->lean = sentence_lean(t);
  s->score -= torn_start(s, t) ? 900 : 0;
  s->score -= !figures && says_little(t) ? 220 : 0;
  bool spoken = str_starts(t, STR("“")) || str_starts(t, STR("\""));
  s->score -=
      spoken && (str_ends(t, STR("”")) || str_ends(t, STR("\""))) ? 500 : 0;
  s->score -= str_starts(t, STR("“")) ? 220 : 0;
  if (sentence_asks(t)) {
    s->score -= 350;
    s->lean = s->lean > LEAN_MUCH ? s->lean : LEAN_MUCH;
  }
  s->score -= chars < 14 ? 450 : chars > 130 ? (chars - 130) * 4 : 0;
  s->score -= str_has(t, STR("”")) && str_has(t, STR("说")) ? 180 : 0;
  s->score -= s->doubt ? 2000 : 0;
}

typedef struct {
  bool seen[GRAMS];
  long same, pairs;
} Overlap;

static void mark_pair(void *data, unsigned k) {
  ((Overlap *)data)->seen[k] = true;
}

static void same_pair(void *data, unsigned k) {
  Overlap *o = data;
  o->same += o->seen[k];
  o->pairs++;
}

// 通知强调，…… 通知强调，……
static bool same_opening(Str a, Str b) {
  size_t i = 0, k = 0;
  for (int n = 0; n < 4; n++)
    if (i >= a.len || k >= b.len || utf8_next(a, &i) != utf8_next(b, &k))
      return false;
  return true;
}

// What says the same as a chosen sentence is worth less.
static void discount(Digest *g, const Sentence *chosen, const bool *taken) {
  Overlap o = {0};
  each_pair(sentence_text(chosen), mark_pair, &o);
  for (size_t i = 0; i < g->n; i++) {
    if (taken[i])
      continue;
    o.same = o.pairs = 0;
    each_pair(sentence_text(&g->s[i]), same_pair, &o);
    if (o.pairs && o.same * 2 > o.pairs)
      g->s[i].score -= 400;
    if (same_opening(sentence_text(chosen), sentence_text(&g->s[i])))
      g->s[i].score -= 300;
  }
}

// The sentence before it in the text is chosen too.
static bool follows(const Digest *g, size_t i, const bool *taken) {
  const Sentence *s = &g->s[i], *p = i ? s - 1 : s;
  bool next = p->para == s->para ? p->order + 1 == s->order
                                 : p->para + 1 == s->para && !s->order;
  return i && taken[i - 1] && next;
}

// One that leans on what is not chosen is worth less.
static long worth(const Digest *g, size_t i, const bool *taken) {
  return g->s[i].score - (follows(g, i, taken) ? 0 : g->s[i].lean);
}

static size_t best_of(const Digest *g, const bool *taken, const bool *barred,
                      long room) {
  size_t best = SIZE_MAX;
  long top = 0;
  for (size_t i = 0; i < g->n; i++) {
    long w = worth(g, i, taken);
    bool fits = room < 0 ||
                (w >= 0 && (long)utf8_count(sentence_text(&g->s[i])) <= room);
    if (taken[i] || barred[i] || !fits || (best != SIZE_MAX && w <= top))
      continue;
    best = i;
    top = w;
  }
  return best == SIZE_MAX || top < SCORE_LEAST ? SIZE_MAX : best;
}

static void choose(Digest *g, long most, long characters, const bool *barred,
                   bool *taken) {
  long room = -1; // the first may be of any length
  for (long k = 0; k < most; k++) {
    size_t best = best_of(g, taken, barred, room);
    if (best == SIZE_MAX)
      return;
    taken[best] = true;
    room = (k                ? room
            : characters > 0 ? characters
                             : 0) -
           (long)utf8_count(sentence_text(&g->s[best]));
    room = room < 0 ? 0 : room;
    discount(g, &g->s[best], taken);
  }
}

static size_t first_of(const Digest *g, const bool *taken) {
  size_t i = 0;
  while (i < g->n && !taken[i])
    i++;
  return i;
}

// The first sentence stands alone: one that leans on another gives way where
// some other choice begins better and has as much to say.
static bool *choose_well(Digest *g, Arena *a, long most, long characters) {
  Sentence *weighed = NEW_ARRAY(a, Sentence, g->n);
  bool *barred = NEW_ARRAY(a, bool, g->n), *first = NULL;
  memcpy(weighed, g->s, g->n * sizeof *weighed);
  for (int k = 0; k < TRIES_MAX; k++) {
    bool *taken = NEW_ARRAY(a, bool, g->n);
    memcpy(g->s, weighed, g->n * sizeof *weighed);
    choose(g, most, characters, barred, taken);
    size_t i = first_of(g, taken);
    bool poor = i == g->n || weighed[i].score < 0;
    if (i < g->n && weighed[i].lean < LEAN_MUCH && !poor)
      return taken;
    first = first ? first : taken;
    if (poor)
      break;
    barred[i] = true;
  }
  return first;
}

static void weigh_article(Digest *g) {
  const Article *t = g->article;
  int para = 0;
  bool torn = false;
  for (size_t i = 0; i < t->blocks.len; i++) {
    const TextBlock *k = &t->blocks.data[i];
    if (k->kind == BLOCK_TITLE || k->kind == BLOCK_SUBTITLE ||
        k->kind == BLOCK_KICKER)
      each_pair(k->text, head_pair, g);
    if (k->kind != BLOCK_PARA || !k->text.len)
      continue;
    each_pair(k->text, count_pair, g);
    split_block(g, k, para++, torn);
    torn = !ends_whole(k->text);
  }
  for (size_t i = 0; i < g->n; i++)
    weigh(g, &g->s[i]);
}

// ---- printing ---------------------------------------------------------------

typedef struct {
  const Figure *figure;
  size_t at, len;
} Spot;

static int by_place(const void *x, const void *y) {
  const Spot *a = x, *b = y;
  return (a->at > b->at) - (a->at < b->at);
}

static Spot *spots_of(const Digest *g, const Sentence *s, size_t *n) {
  const Article *t = g->article;
  Spot *spots = NEW_ARRAY(g->b->arena, Spot, t->figures.len);
  *n = 0;
  for (size_t i = 0; i < t->figures.len; i++) {
    const Figure *f = &t->figures.data[i];
    if (figure_in(f, s))
      spots[(*n)++] = (Spot){f, figure_at(f, s->block->text), f->printed.len};
  }
  qsort(spots, *n, sizeof *spots, by_place);
  return spots;
}

static void print_spot(const Digest *g, Runs *r, Spot x, Str text,
                       const Style *s, Span at) {
  Binder *b = g->b;
  if (!figure_doubtful(x.figure)) {
    run_figure(b, r, x.figure, set_marks_all(b->arena, text), s, at, true);
    run_revised(b, r, x.figure, s, at);
    return;
  }
  run_text(b, r, set_marks_all(b->arena, text), s, at);
  run_text(b, r, STR("〔待核〕"), stock(b, "doubt-mark"), at);
}

static void print_sentence(const Digest *g, Runs *r, const Sentence *k,
                           const Style *s, Span at) {
  size_t n, from = k->begin;
  bool open = false;
  Spot *spots = spots_of(g, k, &n);
  Str text = k->block->text;
  for (size_t i = 0; i < n; i++) {
    if (spots[i].at < from || spots[i].at + spots[i].len > k->end)
      continue;
    run_text(g->b, r, set_marks(g->b->arena, text, from, spots[i].at, &open), s,
             at);
    from = spots[i].at + spots[i].len;
    print_spot(g, r, spots[i], str_slice(text, spots[i].at, from), s, at);
  }
  run_text(g->b, r, set_marks(g->b->arena, text, from, k->end, &open), s, at);
}

// Whether the number at `at` of t is one, not a part of a longer one.
static bool stands_alone(Str t, size_t at, size_t len) {
  const char *digits = "0123456789.,%";
  bool left = at > 0 && strchr(digits, t.data[at - 1]);
  bool right = at + len < t.len && strchr(digits, t.data[at + len]);
  return !left && !right;
}

// A person's own summary: its numbers are bound to the article's figures that
// are printed so.
static void print_own(const Digest *g, Runs *r, const Style *s, Span at) {
  const Article *t = g->article;
  Str text = t->digest;
  Spot *spots = NEW_ARRAY(g->b->arena, Spot, t->figures.len);
  size_t n = 0, from = 0;
  bool open = false;
  for (size_t i = 0; i < t->figures.len; i++) {
    const Figure *f = &t->figures.data[i];
    size_t p = f->printed.len ? str_find(text, f->printed, 0) : SIZE_MAX;
    if (p != SIZE_MAX && stands_alone(text, p, f->printed.len))
      spots[n++] = (Spot){f, p, f->printed.len};
  }
  qsort(spots, n, sizeof *spots, by_place);
  for (size_t i = 0; i < n; i++) {
    if (spots[i].at < from)
      continue;
    run_text(g->b, r, set_marks(g->b->arena, text, from, spots[i].at, &open), s,
             at);
    from = spots[i].at + spots[i].len;
    print_spot(g, r, spots[i], str_slice(text, spots[i].at, from), s, at);
  }
  run_text(g->b, r, set_marks(g->b->arena, text, from, text.len, &open), s, at);
}

static const Article *digest_article(Binder *b, const Node *n) {
  Value v;
  if (!node_attr(n, "select").data)
    return query_article(b->query, b->ctx.node);
  if (!bind_value(b, n, "select", &v) || v.kind != VALUE_NODES || !v.n)
    return NULL;
  return query_article(b->query, v.nodes[0]);
}

static Digest *digest_new(Arena *a, const Article *t) {
  Digest *g = NEW(a, Digest);
  g->article = t;
  g->s = NEW_ARRAY(a, Sentence, SENTENCES_MAX);
  return g;
}

bool digest_exists(const Article *t) {
  if (str_trim(t->digest).len)
    return true;
  Arena *scratch = arena_new();
  Digest *g = digest_new(scratch, t);
  weigh_article(g);
  bool found = false;
  for (size_t i = 0; i < g->n && !found; i++)
    found = g->s[i].score >= SCORE_LEAST;
  arena_free(scratch);
  return found;
}

// The sentences chosen, or the article's own summary.
static Runs digest_runs(Binder *b, const Node *n, const Article *t,
                        const Style *s) {
  Arena *scratch = arena_new();
  Digest *g = digest_new(scratch, t);
  g->b = b;
  bool own = str_trim(t->digest).len > 0;
  if (!own)
    weigh_article(g);
  const bool *taken = choose_well(g, scratch, bind_int(b, n, "sentences", 3),
                                  bind_int(b, n, "characters", 260));
  Runs r = {0};
  if (own)
    print_own(g, &r, s, n->at);
  for (size_t i = 0; i < g->n; i++)
    if (taken[i])
      print_sentence(g, &r, &g->s[i], s, n->at);
  arena_free(scratch);
  return r;
}

void bind_digest(Binder *b, const Node *n) {
  const Article *t = digest_article(b, n);
  if (!t)
    return;
  const Style *s = bind_style(b, n, "body");
  Str outer = b->trace, trace = node_attr(n, "trace");
  if (trace.len)
    b->trace = trace;
  Runs r = digest_runs(b, n, t, s);
  b->trace = outer;
  Str source = bind_text(b, n, "source");
  if (!r.len && !source.len)
    return;
  if (!r.len)
    run_text(b, &r, STR("（原文残缺，摘要从略）"), s, n->at);
  run_text(b, &r, source, stock(b, "credit"), n->at);
  LayBlock *p = bind_block(b, LAY_PARA, "body", n->at);
  p->style = s;
  p->para = para_of(b, &r, s);
}
