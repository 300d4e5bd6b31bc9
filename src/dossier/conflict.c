// What cannot both be right: figures of one series and period that differ,
// parts above their whole, slips of the unit, values out of range.
#include "conflict_imp.h"
#include <stdlib.h>

// ---- the figures in order --------------------------------------------------

static bool sentence_end(uint32_t c) {
  return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?';
}

enum { SENTENCE_MAX = 3000 }; // bytes either way

static void bound(Told *t) {
  Str s = t->block->text;
  size_t i = t->begin;
  size_t least = i > SENTENCE_MAX ? i - SENTENCE_MAX : 0;
  t->sentence = least;
  while (i > least) {
    size_t after = i;
    if (sentence_end(utf8_prev(s, &i))) {
      t->sentence = after;
      break;
    }
  }
  for (i = t->begin; i < s.len && i < t->begin + SENTENCE_MAX;)
    if (sentence_end(utf8_next(s, &i)))
      break;
  t->stop = i;
}

// A search that finds nothing costs the whole block; in an article where most
// find nothing, and in a block that is no paragraph, places are not looked for.
enum { MISSES_MAX = 1000, BLOCK_MAX = 65536 };

// The place of the number in its block: in its quote, after the figure before
// it if the same clause stands twice.
static void locate(Map *blocks, Map *last, Told *t, int *misses) {
  const Figure *f = t->at.figure;
  t->block = f->block.len ? map_lookup(blocks, f->block) : NULL;
  if (!t->block || !f->printed.len || *misses > MISSES_MAX ||
      t->block->text.len > BLOCK_MAX) {
    t->block = NULL;
    return;
  }
  size_t in = str_find(f->quote, f->printed, 0);
  const Told *before = map_lookup(last, f->block);
  size_t from = before && before->block ? before->begin + 1 : 0;
  size_t back = in == SIZE_MAX || from < in ? 0 : from - in;
  size_t at = str_find(t->block->text, f->quote, back);
  *misses += at == SIZE_MAX;
  if (at == SIZE_MAX)
    at = str_find(t->block->text, f->quote, 0);
  if (at == SIZE_MAX || in == SIZE_MAX) {
    t->block = NULL;
    return;
  }
  t->begin = at + in;
  bound(t);
}

static void tell_article(Arena *a, const Page *p, const Article *t,
                         ToldVec *all) {
  if (!t->figures.len)
    return;
  Map *blocks = map_new(a), *last = map_new(a);
  int misses = 0;
  for (size_t i = 0; i < t->blocks.len; i++)
    if (t->blocks.data[i].id.len)
      map_put(blocks, t->blocks.data[i].id, (void *)&t->blocks.data[i]);
  for (size_t i = 0; i < t->figures.len; i++) {
    const Figure *f = &t->figures.data[i];
    if (!figure_certain(f))
      continue;
    Told *told = NEW(a, Told);
    *told = (Told){.at = {p, t, f}};
    locate(blocks, last, told, &misses);
    map_put(last, f->block, told);
    *vec_push(a, all) = *told;
  }
}

static ToldVec tell(Arena *a, const Dossier *dossier) {
  ToldVec all = {0};
  for (size_t i = 0; i < dossier->pages.len; i++) {
    const Page *p = &dossier->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++)
      if (!str_is(p->articles.data[k].use, "no"))
        tell_article(a, p, &p->articles.data[k], &all);
  }
  return all;
}

// ---- words -----------------------------------------------------------------

Str figure_name(const Figure *f) {
  return f->canon.len ? f->canon : f->indicator;
}

// The title is one of the first blocks; an article of very many may have none.
static const TextBlock *title_of(const Article *t) {
  enum { FIRST = 64 };
  for (size_t i = 0; t && i < t->blocks.len && i < FIRST; i++)
    if (t->blocks.data[i].kind == BLOCK_TITLE)
      return &t->blocks.data[i];
  return NULL;
}

Str page_words(Arena *a, const FigureAt *at) {
  const TextBlock *title = title_of(at->article);
  Str paper =
      at->page->publication.len ? at->page->publication : at->page->file;
  return str_fmt(a, "%.*s%s%.*s%s%.*s%s", STR_ARG(paper),
                 at->page->date.len ? " " : "", STR_ARG(at->page->date),
                 title ? "《" : "", STR_ARG(title ? title->text : STR("")),
                 title ? "》" : "");
}

void find(Finder *f, FindingKind kind, FigureAt a, FigureAt b, Str text) {
  *vec_push(f->arena, &f->found) =
      (Finding){.kind = kind, .a = a, .b = b, .detail = STR(""), .text = text};
}

Finding *latest(Finder *f) {
  return &f->found.data[f->found.len - 1];
}

// ---- one fact, two values --------------------------------------------------

// A power of ten between two values that no truth but a slip explains.
Str unit_slip(const Figure *x, const Figure *y) {
  static const struct {
    double times;
    const char *name;
  } slips[] = {{10, "×10"}, {100, "×100"}, {1e4, "×10⁴"}, {1e8, "×10⁸"}};
  Num n, m;
  if (str_is(x->unit, "%") || !num_parse(x->value, &n) ||
      !num_parse(y->value, &m))
    return STR("");
  double v = num_double(n), w = num_double(m);
  if (v <= 0 || w <= 0)
    return STR("");
  double ratio = v > w ? v / w : w / v;
  for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
    if (ratio > slips[i].times * 0.85 && ratio < slips[i].times * 1.15)
      return str_of(slips[i].name);
  return STR("");
}

// What is done here and there: 惠及职工 of two campaigns are two facts.
bool is_doing(Str indicator) {
  static const char *const verbs[] = {
      "惠及", "服务", "覆盖", "培训", "发放", "参加", "参与", "举办", "开展",
      "走访", "慰问", "新建", "新增", "建成", "建立", "投入", "筹集", "帮扶",
      "组织", "选派", "签订", "化解", "排查", "吸引", "带动", "接待", "解答",
      "受理", "开设", "推出", "发布", "完成", "实施", "落实", "拨付", NULL};
  for (const char *const *v = verbs; *v; v++)
    if (str_starts(indicator, str_of(*v)))
      return true;
  return false;
}

// Two figures of one series in one article mostly speak of different things
// that the text tells apart elsewhere; the same name in full is needed there.
static bool same_fact(const Told *x, const Told *y) {
  const Figure *f = x->at.figure, *g = y->at.figure;
  bool stock = figure_period(f).kind == PERIOD_STOCK;
  if (f->part_of.len || g->part_of.len || f->distributes.len ||
      g->distributes.len)
    return false;
  if (x->at.article == y->at.article)
    return str_eq(f->subject, g->subject) &&
           str_eq(f->indicator, g->indicator) &&
           utf8_count(f->indicator) >= 4 &&
           (!x->block || x->block != y->block || x->sentence != y->sentence);
  return f->canon.len != 0 || (!is_doing(f->indicator) &&
                               utf8_count(f->indicator) >= (stock ? 4 : 6));
}

static void conflict(Finder *fd, const Told *x, const Told *y) {
  const Figure *f = x->at.figure, *g = y->at.figure;
  bool later = !period_over(&x->at) || !period_over(&y->at);
  if (values_agree(f, g) || !same_fact(x, y) ||
      (later && !str_eq(x->at.page->date, y->at.page->date)))
    return;
  Str s = unit_slip(f, g), other = page_words(fd->arena, &y->at);
  Str text = str_fmt(fd->arena, "%s：%.*s，%.*s，这里“%.*s”，%.*s“%.*s”",
                     s.len ? "像是单位差错" : "同一指标两个数",
                     STR_ARG(figure_name(f)),
                     STR_ARG(period_words(fd->arena, f->period)),
                     STR_ARG(f->printed), STR_ARG(other), STR_ARG(g->printed));
  find(fd, s.len ? FINDING_SLIP : FINDING_CONFLICT, x->at, y->at, text);
  latest(fd)->detail = s;
}

// 8月29日: the day that its words name, 0 for none. The period itself knows
// months; what one day saw is not what the month did.
static int day_named(Str printed) {
  size_t i = 0;
  for (size_t at = 0; (at = str_find(printed, STR("日"), at)) != SIZE_MAX; at++)
    i = at;
  int day = 0;
  for (int scale = 1; i && printed.data[i - 1] >= '0' &&
                      printed.data[i - 1] <= '9' && scale < 100;
       scale *= 10)
    day += (printed.data[--i] - '0') * scale;
  return day;
}

enum { PEERS_MAX = 16 }; // values of one series and period that are kept

typedef VEC(const Told *) Peers;

static void find_conflicts(Finder *fd, const ToldVec *all) {
  Map *groups = map_new(fd->arena);
  for (size_t i = 0; i < all->len; i++) {
    const Told *t = &all->data[i];
    const Figure *f = t->at.figure;
    Str key = series_key(fd->arena, f);
    Period p = figure_period(f);
    if (!key.len || !(f->value.len || f->low.len))
      continue;
    key = str_fmt(fd->arena, "%.*s|%d|%d|%d", STR_ARG(key), p.start, p.end,
                  day_named(f->period_printed));
    Peers *peers = map_lookup(groups, key);
    if (!peers) {
      peers = NEW(fd->arena, Peers);
      map_put(groups, key, peers);
    }
    bool said = false;
    size_t before = fd->found.len;
    for (size_t k = 0; k < peers->len && !said; k++) {
      conflict(fd, t, peers->data[k]);
      said = fd->found.len > before ||
             str_eq(peers->data[k]->at.figure->value, f->value);
    }
    if (peers->len < PEERS_MAX && (!said || fd->found.len > before))
      *vec_push(fd->arena, peers) = t;
  }
}

// ---- 其中 ------------------------------------------------------------------

typedef struct {
  const Told *whole;
  const Told *last; // part
  Num sum;
  size_t parts;
  bool exact;
} Whole;

// 727900000000 as 7279亿, for a reader.
static Str scaled(Arena *a, Str value) {
  size_t shift = value.len > 8 ? 8 : value.len > 5 ? 4 : 0;
  if (!shift || str_has(value, STR(".")) || str_has(value, STR("-")))
    return value;
  Str whole = str_slice(value, 0, value.len - shift);
  Str rest = str_slice(value, value.len - shift, value.len);
  while (str_ends(rest, STR("0")))
    rest.len--;
  return str_fmt(a, "%.*s%s%.*s%s", STR_ARG(whole), rest.len ? "." : "",
                 STR_ARG(rest), shift == 8 ? "亿" : "万");
}

static void parts_said(Finder *fd, const Whole *w) {
  const Figure *whole = w->whole->at.figure;
  Num total, room;
  if (!w->exact || !w->parts || !num_parse(whole->value, &total) ||
      whole->qualifier.len)
    return;
  room = num_grain(whole);
  if (!num_add(total, room, &room) || num_cmp(w->sum, room) < 0)
    return;
  Str sum = scaled(fd->arena, num_str(fd->arena, w->sum));
  Str all = scaled(fd->arena, whole->value);
  Str text = str_fmt(fd->arena, "其中各项%s%.*s，大于总数%.*s（%.*s）",
                     w->parts > 1 ? "之和" : "", STR_ARG(sum), STR_ARG(all),
                     STR_ARG(figure_name(whole)));
  find(fd, FINDING_PARTS, w->whole->at, w->last->at, text);
  latest(fd)->detail = sum;
}

static void find_parts(Finder *fd, const ToldVec *all) {
  Map *wholes = map_new(fd->arena);
  for (size_t i = 0; i < all->len; i++) {
    Whole *w = NEW(fd->arena, Whole);
    *w = (Whole){.whole = &all->data[i], .exact = true};
    map_put(wholes, all->data[i].at.figure->id, w);
  }
  for (size_t i = 0; i < all->len; i++) {
    const Figure *f = all->data[i].at.figure;
    Whole *w = f->part_of.len ? map_lookup(wholes, f->part_of) : NULL;
    Num n;
    if (!w || !str_eq(f->unit, w->whole->at.figure->unit))
      continue;
    w->exact =
        w->exact && num_parse(f->value, &n) && num_add(w->sum, n, &w->sum);
    w->last = &all->data[i];
    w->parts++;
  }
  for (size_t i = 0; i < all->len; i++)
    parts_said(fd, map_lookup(wholes, all->data[i].at.figure->id));
}

// ---- plausible range -------------------------------------------------------

static const Indicator *indicator_of(const Dictionary *d, const Figure *f) {
  for (size_t i = 0; d && i < d->n_indicators; i++)
    if (str_eq(d->indicators[i].canon, figure_name(f)))
      return &d->indicators[i];
  return NULL;
}

// Rates of a part in a whole cannot pass 100 %.
static bool is_share(Str indicator) {
  static const char *const shares[] = {"入会率", "建会率", "覆盖率", "合格率",
                                       "满意率", "普及率", "参保率", "签订率",
                                       "知晓率", "办结率", NULL};
  for (const char *const *s = shares; *s; s++)
    if (str_ends(indicator, str_of(*s)))
      return true;
  return false;
}

static bool beyond(const Figure *f, Str low, Str high) {
  Num v, edge;
  return num_parse(f->value, &v) &&
         ((num_parse(low, &edge) && num_cmp(v, edge) < 0) ||
          (num_parse(high, &edge) && num_cmp(v, edge) > 0));
}

// A range is of its dictionary's unit; % of a count says nothing of it.
static bool ranged(const Indicator *i, const Figure *f) {
  return i &&
         (!i->unit.len || str_eq(unit_family(i->unit), unit_family(f->unit)));
}

static void find_range(Finder *fd, const Told *t, const Dictionary *d) {
  const Figure *f = t->at.figure;
  const Indicator *i = indicator_of(d, f);
  Str low = ranged(i, f) ? i->low : STR(""),
      high = ranged(i, f) ? i->high : STR("");
  bool level = !str_ends(f->measure, STR("-by"));
  if (!low.len && !high.len && is_share(figure_name(f)) &&
      str_is(f->unit, "%")) {
    low = STR("0");
    high = STR("100");
  }
  if (!level || !beyond(f, low, high))
    return;
  Str range = str_fmt(fd->arena, "%.*s～%.*s", STR_ARG(low), STR_ARG(high));
  find(fd, FINDING_RANGE, t->at, (FigureAt){NULL, NULL, NULL},
       str_fmt(fd->arena, "%.*s“%.*s”超出合理范围%.*s", STR_ARG(figure_name(f)),
               STR_ARG(f->printed), STR_ARG(range)));
  latest(fd)->detail = range;
}

// 由3.2万人增加到3.5人: one scale was lost.
static void find_torn_scale(Finder *fd, const Told *t) {
  Figure from = *t->at.figure;
  from.value = from.from;
  Str s = unit_slip(t->at.figure, &from);
  if (!str_is(from.measure, "from-to") ||
      !(str_is(s, "×10⁴") || str_is(s, "×10⁸")))
    return;
  find(fd, FINDING_SLIP, t->at, (FigureAt){NULL, NULL, NULL},
       str_fmt(fd->arena, "像是单位差错（%.*s）：%.*s由%.*s到“%.*s”",
               STR_ARG(s), STR_ARG(figure_name(&from)), STR_ARG(from.from),
               STR_ARG(from.printed)));
  latest(fd)->detail = s;
}

// ---- all -------------------------------------------------------------------

Findings conflicts_find(Arena *a, const Dossier *dossier, History *history,
                        const Dictionary *dictionary) {
  Finder fd = {.arena = a};
  ToldVec all = tell(a, dossier);
  find_conflicts(&fd, &all);
  find_parts(&fd, &all);
  conflicts_in_sentences(&fd, &all);
  for (size_t i = 0; i < all.len; i++) {
    find_range(&fd, &all.data[i], dictionary);
    find_torn_scale(&fd, &all.data[i]);
    if (history)
      conflicts_with_past(&fd, &all, i, history);
  }
  return (Findings){fd.found.data, fd.found.len};
}

Span figure_span(const Page *p, const Figure *f) {
  if (f->at.file)
    return f->at;
  const File *file = p ? p->source : NULL;
  if (!file || !f->n_places)
    return SPAN_NONE;
  Place place = f->places[0];
  size_t begin = place.begin, end = place.end;
  if (file->raw_at) {
    size_t at[2] = {begin, end};
    for (int k = 0; k < 2; k++) {
      size_t lo = 0, hi = file->text.len;
      while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (file->raw_at[mid] < at[k])
          lo = mid + 1;
        else
          hi = mid;
      }
      at[k] = lo;
    }
    begin = at[0];
    end = at[1];
  } else {
    size_t skip = (size_t)(file->text.data - file->raw.data);
    begin -= begin < skip ? begin : skip;
    end -= end < skip ? end : skip;
  }
  return end <= file->text.len && begin <= end ? span_of(file, begin, end)
                                               : SPAN_NONE;
}

static void report(Diags *d, const Finding *f) {
  static const DiagId ids[FINDING_KINDS] = {
      [FINDING_CONFLICT] = D_FIND_CONFLICT, [FINDING_REVISED] = D_FIND_REVISED,
      [FINDING_PARTS] = D_FIND_PARTS,       [FINDING_SUM] = D_FIND_SUM,
      [FINDING_PERCENT] = D_FIND_PERCENT,   [FINDING_CHANGE] = D_FIND_CHANGE,
      [FINDING_SLIP] = D_FIND_SLIP,         [FINDING_JUMP] = D_FIND_JUMP,
      [FINDING_RANGE] = D_FIND_RANGE,       [FINDING_LEAP] = D_FIND_LEAP,
      [FINDING_SINCE] = D_FIND_SINCE,
  };
  bool sum = f->kind >= FINDING_PARTS && f->kind <= FINDING_CHANGE;
  const Figure *x = f->a.figure, *y = f->b.figure;
  sum = sum || f->kind == FINDING_SINCE;
  Str first = sum ? f->detail : x->printed;
  Str second = f->kind == FINDING_PARTS || f->kind == FINDING_RANGE
                   ? (sum ? x->printed : f->detail)
               : sum ? x->printed
               : y   ? y->printed
                     : x->from;
  diag(d, ids[f->kind], figure_span(f->a.page, x), figure_name(x), x->period,
       first, second, f->detail);
  if (!y)
    return;
  Span at = figure_span(f->b.page, y);
  if (at.file)
    diag_note(d, D_FIND_OTHER, at, y->printed);
  else
    diag_note(d, D_FIND_EARLIER, at, y->printed, f->b.page->file,
              f->b.page->date);
}

void conflicts_report(Diags *d, const Findings *findings) {
  for (size_t i = 0; i < findings->len; i++)
    report(d, &findings->data[i]);
}

static void doubt(const Figure *f, Str why) {
  if (str_is(f->state, "confirmed") || f->doubt.len)
    return;
  // The finder borrows the dossier's figures, which are the caller's to mark.
  ((Figure *)f)->doubt = why;
}

static Str contradicts(Arena *a, const FigureAt *other) {
  return str_fmt(a, "与%.*s“%.*s”矛盾", STR_ARG(page_words(a, other)),
                 STR_ARG(other->figure->printed));
}

void conflicts_doubt(Arena *a, Dossier *dossier, const Findings *findings) {
  (void)dossier;
  for (size_t i = 0; i < findings->len; i++) {
    const Finding *f = &findings->data[i];
    bool two = f->kind == FINDING_CONFLICT || f->kind == FINDING_SLIP;
    if (f->kind == FINDING_RANGE)
      doubt(f->a.figure, str_cat(a, STR("超出合理范围"), f->detail));
    else if (two && !f->b.figure)
      doubt(f->a.figure, str_cat(a, STR("像是单位差错"), f->detail));
    else if (two) {
      doubt(f->a.figure, contradicts(a, &f->b));
      doubt(f->b.figure, contradicts(a, &f->a));
    }
  }
}
