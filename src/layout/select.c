// Figures chosen from the dossier: one a fact, by period, the most telling.
#include "select.h"
#include <stdlib.h>

size_t facts_unique(Arena *a, const Fact **facts, size_t n) {
  Map *seen = map_new(a);
  size_t k = 0;
  for (size_t i = 0; i < n; i++) {
    Str key = facts[i]->figure->fact.len ? facts[i]->figure->fact
                                         : facts[i]->figure->id;
    if (map_lookup(seen, key))
      continue;
    map_put(seen, key, seen);
    facts[k++] = facts[i];
  }
  return k;
}

size_t facts_within(const Fact **facts, size_t n, Str period) {
  size_t k = 0;
  for (size_t i = 0; i < n; i++)
    if (period_within(NULL, facts[i]->figure->period, period))
      facts[k++] = facts[i];
  return k;
}

static bool in_chain(Str chain, Str part) {
  size_t from = 0;
  while (from <= chain.len) {
    size_t to = str_find(chain, STR("/"), from);
    if (to == SIZE_MAX)
      to = chain.len;
    if (str_eq(str_slice(chain, from, to), part))
      return true;
    from = to + 1;
  }
  return str_eq(chain, part);
}

size_t facts_matching(const Fact **facts, size_t n, Str region, Str period) {
  size_t k = 0;
  for (size_t i = 0; i < n; i++) {
    const Figure *f = facts[i]->figure;
    if (region.len && !in_chain(f->region, region))
      continue;
    if (period.len && !period_within(NULL, f->period, period))
      continue;
    facts[k++] = facts[i];
  }
  return k;
}

// ---- key figures ------------------------------------------------------------

typedef struct {
  const Fact *fact;
  Str name;
  long score;
  bool taken;
} Candidate;

static int region_depth(Str r) {
  int n = r.len ? 1 : 0;
  for (size_t i = 0; i < r.len; i++)
    n += r.data[i] == '/';
  return n;
}

static long measure_score(Str m) {
  if (str_is(m, "level") || str_is(m, "increase-to"))
    return 300;
  if (str_is(m, "decrease-to") || str_is(m, "from-to"))
    return 220;
  if (str_is(m, "increase-by") || str_is(m, "decrease-by"))
    return 40;
  return str_is(m, "target") ? -300 : 0;
}

static long size_score(const Figure *f, double v) {
  bool rate = str_is(f->unit, "%") || str_is(f->unit, "倍");
  v = v < 0 ? -v : v;
  if (rate)
    return 80;
  if (v < 10)
    return -200;
  long s = 0;
  for (; v >= 10 && s < 120; v /= 10)
    s += 20;
  return s;
}

static bool in_title(const Fact *t) {
  for (size_t i = 0; i < t->article->blocks.len; i++) {
    const TextBlock *b = &t->article->blocks.data[i];
    bool head = b->kind == BLOCK_TITLE || b->kind == BLOCK_SUBTITLE ||
                b->kind == BLOCK_KICKER;
    if (head && str_eq(b->id, t->figure->block))
      return true;
  }
  return false;
}

static long fact_score(const Fact *t, double v) {
  static const long by_depth[] = {40, 200, 110, 50};
  const Figure *f = t->figure;
  int depth = region_depth(f->region);
  long s = measure_score(f->measure) + size_score(f, v);
  s += by_depth[depth > 3 ? 3 : depth];
  s += f->canon.len ? 400 : 0;
  s += str_is(f->cumulative, "yes") ? 40 : 0;
  s += in_title(t) ? 60 : 0;
  s -= str_is(t->article->kind, "caption") ? 150 : 0;
  s -= f->part_of.len ? 60 : 0;
  long chars = (long)utf8_count(f->indicator);
  s -= chars > 14 ? (chars - 14) * 15 : chars < 3 ? 150 : 0;
  return s;
}

// A card's label must say by itself what is counted.
static bool tells(Str s) {
  size_t han = 0, open = 0, close = 0;
  uint32_t last = 0;
  for (size_t i = 0; i < s.len;) {
    last = utf8_next(s, &i);
    han += char_is_han(last);
    open += last == 0x201C;
    close += last == 0x201D;
  }
  return han >= 2 && open == close &&
         (char_is_han(last) || last == 0x201D || last == 0xFF09 || last == ')');
}

static bool eligible(const Fact *t, double *v) {
  const Figure *f = t->figure;
  return f->indicator.len && parse_decimal(f->value, v) &&
         !figure_doubtful(f) && !str_is(t->article->use, "no");
}

// One card an indicator; several of one article are worth less.
static void discount(Candidate *all, size_t n, const Candidate *taken) {
  for (size_t i = 0; i < n; i++) {
    if (str_eq(all[i].name, taken->name))
      all[i].taken = true;
    if (all[i].fact->article == taken->fact->article)
      all[i].score -= 50;
  }
}

#define CARD_LEAST 300 // a weaker figure is no headline

size_t facts_key(Arena *a, const Fact **facts, size_t n, size_t most) {
  n = facts_unique(a, facts, n);
  Candidate *all = NEW_ARRAY(a, Candidate, n);
  size_t k = 0;
  double v;
  for (size_t i = 0; i < n; i++) {
    const Figure *f = facts[i]->figure;
    if (eligible(facts[i], &v) && tells(f->indicator) &&
        fact_score(facts[i], v) >= CARD_LEAST)
      all[k++] = (Candidate){facts[i], f->canon.len ? f->canon : f->indicator,
                             fact_score(facts[i], v), false};
  }
  size_t got = 0;
  for (; got < most; got++) {
    Candidate *best = NULL;
    for (size_t i = 0; i < k; i++)
      if (!all[i].taken && (!best || all[i].score > best->score))
        best = &all[i];
    if (!best)
      break;
    facts[got] = best->fact;
    discount(all, k, best);
  }
  return got;
}

static int by_score(const void *x, const void *y) {
  const Candidate *a = x, *b = y;
  if (a->score != b->score)
    return a->score < b->score ? 1 : -1;
  return (a->fact->order > b->fact->order) - (a->fact->order < b->fact->order);
}

static int by_order(const void *x, const void *y) {
  const Fact *const *a = x, *const *b = y;
  return ((*a)->order > (*b)->order) - ((*a)->order < (*b)->order);
}

size_t facts_telling(Arena *a, const Fact **facts, size_t n, size_t most,
                     Str period) {
  n = facts_unique(a, facts, n);
  Candidate *all = NEW_ARRAY(a, Candidate, n);
  size_t k = 0;
  double v;
  for (size_t i = 0; i < n; i++)
    if (eligible(facts[i], &v)) {
      bool own = period_within(a, facts[i]->figure->period, period);
      all[k++] = (Candidate){
          .fact = facts[i], .score = fact_score(facts[i], v) + (own ? 250 : 0)};
    }
  if (k)
    qsort(all, k, sizeof *all, by_score);
  k = k < most ? k : most;
  for (size_t i = 0; i < k; i++)
    facts[i] = all[i].fact;
  if (k)
    qsort(facts, k, sizeof *facts, by_order);
  return k;
}

// ---- figures of one kind over several places
// ---------------------------------

static Str kind_key(Arena *a, const Figure *f) {
  Str name = f->canon.len ? f->canon : f->indicator;
  return str_fmt(a, "%.*s\n%.*s", STR_ARG(name), STR_ARG(f->unit));
}

static bool is_level(const Figure *f) {
  return str_is(f->measure, "level") || str_is(f->measure, "increase-to") ||
         str_is(f->measure, "decrease-to");
}

// The first figure of each place, of those with this key.
static size_t places_of(Arena *a, const Fact **facts, size_t n, Str key,
                        const Fact **out, size_t most) {
  Map *seen = map_new(a);
  size_t k = 0;
  double v;
  for (size_t i = 0; i < n && k < most; i++) {
    const Figure *f = facts[i]->figure;
    Str place = figure_place(a, f);
    if (!eligible(facts[i], &v) || !is_level(f) || !place.len ||
        map_lookup(seen, place) || !str_eq(kind_key(a, f), key))
      continue;
    map_put(seen, place, seen);
    out[k++] = facts[i];
  }
  return k;
}

// What a dictionary names tells more than what one article counted, and a rate
// compares places of any size.
static uintptr_t telling_weight(const Figure *f) {
  double v;
  bool small = parse_decimal(f->value, &v) && v < 20; // hardly worth a chart
  return (f->canon.len ? 1000u : 0u) + (str_is(f->unit, "%") ? 100u : 0u) +
         (small ? 0u : 50u);
}

// The largest first, as bars stand.
static int by_value(const void *x, const void *y) {
  const Fact *const *a = x, *const *b = y;
  double v = 0, w = 0;
  parse_decimal((*a)->figure->value, &v);
  parse_decimal((*b)->figure->value, &w);
  return v != w ? (v < w) - (v > w) : by_order(x, y);
}

size_t facts_comparable(Arena *a, const Fact **facts, size_t n, size_t most) {
  Map *counts = map_new(a);
  Str best = STR_NONE;
  uintptr_t top = 0;
  for (size_t i = 0; i < n; i++) {
    if (!is_level(facts[i]->figure))
      continue;
    Str key = kind_key(a, facts[i]->figure);
    uintptr_t k = (uintptr_t)map_lookup(counts, key) + 1;
    map_put(counts, key, (void *)k);
    uintptr_t weight = k < 3 ? 0 : k + telling_weight(facts[i]->figure);
    if (weight > top)
      top = weight, best = key;
  }
  if (!best.data || most > 1000)
    return 0;
  const Fact **out = NEW_ARRAY(a, const Fact *, most);
  size_t k = places_of(a, facts, n, best, out, most);
  if (k)
    qsort(out, k, sizeof *out, by_value);
  for (size_t i = 0; i < k; i++)
    facts[i] = out[i];
  return k < 3 ? 0 : k;
}

// ---- words about articles and pages -----------------------------------------

// 记者从省总工会获悉, 统计显示: says who says it, not what.
static bool only_source(Str clause) {
  static const char *const words[] = {"显示", "获悉", "了解到", "透露",
                                      "介绍", "表示", "报道",   "悉"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_ends(clause, str_of(words[i])))
      return true;
  return false;
}

#define CLAUSE_LEAST 10 // characters of a headline made from the text
#define CLAUSE_MOST  28

static Str first_clause(Arena *a, Str t) {
  t = str_slice(t, lead_begin(t), t.len);
  size_t i = 0, chars = 0;
  while (i < t.len && chars < CLAUSE_MOST) {
    size_t at = i;
    uint32_t c = utf8_next(t, &i);
    bool stop = c == ',' || c == 0xFF0C || c == 0x3002 || c == 0xFF1B ||
                c == ';' || c == 0xFF01 || c == 0xFF1F;
    if (stop && only_source(str_slice(t, 0, at))) {
      t = str_slice(t, i, t.len);
      i = chars = 0;
      continue;
    }
    if (stop && chars >= CLAUSE_LEAST)
      return str_slice(t, 0, at);
    chars++;
  }
  if (chars < 6)
    return STR("");
  return i < t.len ? str_cat(a, str_slice(t, 0, i), STR("……")) : t;
}

// 湖北襄阳： and a quotation that lost its end.
static Str tidy_headline(Arena *a, Str s) {
  static const char *const tails[] = {"：", "，", "、", "；", ":", ","};
  s = str_trim(s);
  for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
    if (str_ends(s, str_of(tails[i])))
      s.len -= strlen(tails[i]);
  long open = 0;
  for (size_t i = 0; i < s.len;) {
    uint32_t c = utf8_next(s, &i);
    open += c == 0x201C ? 1 : c == 0x201D ? -1 : 0;
  }
  return open == 1 ? str_cat(a, s, STR("”")) : s;
}

Str article_headline(Arena *a, const Article *t) {
  static const BlockKind kinds[] = {BLOCK_TITLE, BLOCK_KICKER, BLOCK_SUBTITLE};
  for (size_t k = 0; k < 3; k++) {
    const TextBlock *b = article_block(t, kinds[k]);
    if (b && b->text.len)
      return tidy_headline(a, set_marks_all(a, b->text));
  }
  const TextBlock *p = article_block(t, BLOCK_PARA);
  return p ? set_marks_all(
                 a, first_clause(
                        a, str_slice(p->text, jump_mark(p->text), p->text.len)))
           : STR("");
}

// People who made the page rather than the article are no authors of it.
static bool page_role(Str role) {
  return str_has(role, STR("编")) || str_has(role, STR("校")) ||
         str_has(role, STR("版")) || str_has(role, STR("图"));
}

Str article_authors(Arena *a, const Article *t) {
  Buf b = buf_new(a);
  Str role = STR("");
  for (size_t i = 0; i < t->blocks.len; i++) {
    const TextBlock *x = &t->blocks.data[i];
    if (x->kind != BLOCK_BYLINE || !x->text.len || page_role(x->role))
      continue;
    bool same = str_eq(role, x->role) && b.len;
    if (b.len)
      buf_add(&b, same ? STR("、") : STR("　"));
    if (!same)
      buf_add(&b, x->role);
    buf_add(&b, x->text);
    role = x->role;
  }
  return buf_str(&b);
}

// A page that says neither its name nor its date is called by its number in the
// dossier; the list of sources tells its file.
static Str page_name(Arena *a, Str id) {
  bool usual = id.len > 1 && id.data[0] == 'p';
  return str_fmt(a, "原页%.*s", STR_ARG(str_slice(id, usual ? 1 : 0, id.len)));
}

Str source_words(Arena *a, const Page *p) {
  Str date = format_date(a, p->date, STR(""));
  Str from = p->publication.len
                 ? str_fmt(a, "《%.*s》", STR_ARG(p->publication))
             : p->date.len ? STR("")
                           : page_name(a, p->id);
  return str_cat(a, from, date);
}
