// Sources, doubts and conflicts: each figure traced to page file, line and
// sentence.
#include "layout-imp.h"
#include <stdlib.h>

static LayBlock *item(Binder *b, const Runs *r, const char *style, Span at) {
  LayBlock *p = bind_block(b, LAY_PARA, style, at);
  p->item = true;
  p->para = para_of(b, r, stock(b, style));
  return p;
}

static Str with_stop(Arena *a, Str s) {
  return str_ends(s, STR("。")) ? s : str_cat(a, s, STR("。"));
}

static LayBlock *group(Binder *b, const Node *n,
                       void (*fill)(Binder *, const Node *, LayBlock *)) {
  LayBlock **saved;
  LayBlock *g = bind_group(b, "group", n->at, &saved);
  bind_end(b, saved);
  bind_late(b, n, g, fill);
  return g;
}

static void said(Binder *b, Str text, const char *style, Span at) {
  LayBlock *p = bind_block(b, LAY_PARA, style, at);
  p->para = para_text(b, text, style, at);
}

static void heading(Binder *b, const Node *n) {
  Str title = bind_text(b, n, "title");
  if (!title.len)
    return;
  LayBlock *p = bind_block(b, LAY_PARA, "h2", n->at);
  Runs r = {0};
  p->style = bind_style(b, n, "h2");
  run_text(b, &r, title, p->style, n->at);
  p->para = para_of(b, &r, p->style);
}

static Str file_name(Str path) {
  size_t from = path.len;
  while (from > 0 && path.data[from - 1] != '/')
    from--;
  return str_slice(path, from, path.len);
}

// 《甘肃日报》2025年12月30日（文件名），16行; the line alone where the page is
// that of the item before.
static Str place_words(Binder *b, const Figure *f, const Page **last) {
  const Page *p = query_figure_page(b->query, f);
  if (!p)
    return STR("");
  Str line = figure_lines(b->query, p, f);
  Str words = STR("");
  if (!last || p != *last)
    words =
        str_fmt(b->arena, "%.*s（%.*s）", STR_ARG(source_words(b->arena, p)),
                STR_ARG(file_name(p->file)));
  else if (str_starts(line, STR("第")))
    line = str_slice(line, STR("第").len, line.len);
  if (last)
    *last = p;
  return str_fmt(b->arena, "%.*s%s%.*s", STR_ARG(words),
                 words.len && line.len ? "，" : "", STR_ARG(line));
}

// 敦煌市货车司机入会率98%。 The place is said unless the words have it.
static Str figure_words(Binder *b, const Figure *f) {
  Str place = figure_place(b->arena, f);
  if (str_has(f->indicator, place))
    place = STR("");
  return str_fmt(b->arena, "%.*s%.*s：%.*s。", STR_ARG(place),
                 STR_ARG(f->indicator),
                 STR_ARG(figure_whole(b->arena, f, STR(""), STR(""))));
}

// 派出建会小分队 stands in 派出38支建会小分队.
static bool words_in_order(Str sentence, Str words) {
  size_t k = 0;
  for (size_t i = 0; i < words.len;) {
    size_t from = i;
    utf8_next(words, &i);
    k = str_find(sentence, str_slice(words, from, i), k);
    if (k == SIZE_MAX)
      return false;
    k += i - from;
  }
  return true;
}

// What the sentence does not say itself: whose figure, or which indicator.
static Str words_beside(Binder *b, const Figure *f) {
  Str place = figure_place(b->arena, f);
  bool named = f->indicator.len && words_in_order(f->quote, f->indicator);
  if (named && str_has(f->quote, f->printed))
    return !place.len || str_has(f->quote, place)
               ? STR("")
               : str_cat(b->arena, place, STR("："));
  return figure_words(b, f);
}

static void quote_runs(Binder *b, Runs *r, const Figure *f, const Page **last,
                       Span at) {
  const Style *s = stock(b, "source-item");
  run_text(b, r, STR("“"), s, at);
  run_text(b, r, set_marks_all(b->arena, f->quote), stock(b, "source-quote"),
           at);
  run_text(b, r, STR("”"), s, at);
  run_text(b, r, place_words(b, f, last), stock(b, "source-place"), at);
}

// Turned-over lines stand under the words, whatever the number's width.
static const Style *item_style(Binder *b, const char *name, long number) {
  Str key = str_fmt(b->arena, "%s@%d", name,
                    number < 10    ? 1
                    : number < 100 ? 2
                                   : 3);
  const Style *known = style_lookup(b->styles, key);
  if (known)
    return known;
  Style *s = style_copy(b->styles, key, stock(b, name));
  s->left = s->size + s->size / 2 * (number < 10 ? 1 : number < 100 ? 2 : 3);
  s->indent = -s->left;
  return s;
}

static void source_item(Binder *b, const Node *n, const Use *u,
                        const Page **last) {
  const Style *s = stock(b, "source-item"), *grey = stock(b, "source-place");
  Runs r = {0};
  run_text(b, &r, str_fmt(b->arena, "%d　", u->number),
           stock(b, "source-number"), n->at);
  run_text(b, &r, words_beside(b, u->figure), s, n->at);
  quote_runs(b, &r, u->figure, last, n->at);
  run_text(b, &r, STR("；印"), grey, n->at);
  run_add(b, &r, INLINE_FIGURE_PAGES, u->figure->id, grey, n->at);
  r.data[r.len - 1].link = str_cat(b->arena, STR("#figure:"), u->figure->id);
  run_text(b, &r, STR("页。"), grey, n->at);
  LayBlock *p = item(b, &r, "source-item", n->at);
  p->style = p->para.style = item_style(b, "source-item", u->number);
  p->id = u->anchor;
}

static int by_number(const void *x, const void *y) {
  const Use *a = x, *b = y;
  return (a->number > b->number) - (a->number < b->number);
}

// The scope's uses; those that only a link leads to get the numbers behind the
// last that is printed.
static Use *scope_uses(Binder *b, size_t *n) {
  Use *uses = NEW_ARRAY(b->arena, Use, b->uses.len);
  int last = 0;
  *n = 0;
  for (size_t i = 0; i < b->uses.len; i++)
    if (b->uses.data[i].scope == b->scope && b->uses.data[i].number > last)
      last = b->uses.data[i].number;
  for (size_t i = 0; i < b->uses.len; i++) {
    Use *u = &b->uses.data[i];
    if (u->scope != b->scope)
      continue;
    u->number = u->number ? u->number : ++last;
    uses[(*n)++] = *u;
  }
  qsort(uses, *n, sizeof *uses, by_number);
  return uses;
}

// How to read an item, once.
static void legend(Binder *b, Span at) {
  const Style *s = stock(b, "source-place");
  Runs r = {0};
  run_text(
      b, &r,
      STR("各条依次为号码、原句、所在版面与行、印出的页；未注版面的与前条同。"),
      s, at);
  LayBlock *p = bind_block(b, LAY_PARA, "source-place", at);
  Style *flush = style_copy(b->styles, STR(""), s);
  flush->left = flush->indent = 0;
  p->style = flush;
  p->para = para_of(b, &r, flush);
}

static void fill_sources(Binder *b, const Node *n, LayBlock *place) {
  (void)place;
  size_t count;
  heading(b, n);
  const Use *uses = scope_uses(b, &count);
  if (count > 1)
    legend(b, n->at);
  const Page *last = NULL;
  for (size_t i = 0; i < count; i++)
    source_item(b, n, &uses[i], &last);
}

void bind_sources(Binder *b, const Node *n) {
  group(b, n, fill_sources);
}

// ---- doubts -----------------------------------------------------------------

static void doubt_item(Binder *b, const Runs *r, long k, Span at) {
  LayBlock *p = item(b, r, "doubt-item", at);
  p->style = p->para.style = item_style(b, "doubt-item", k);
}

static void doubt_start(Binder *b, Runs *r, long k, Span at) {
  run_text(b, r, str_fmt(b->arena, "%ld　", k), stock(b, "source-number"), at);
}

static void doubt_figure(Binder *b, const Node *n, const Figure *f, long k) {
  const Style *s = stock(b, "doubt-item");
  Runs r = {0};
  doubt_start(b, &r, k, n->at);
  Str what = f->indicator.len ? figure_words(b, f)
                              : str_cat(b->arena, f->printed, STR("。"));
  run_text(b, &r, what, s, n->at);
  run_text(b, &r, str_fmt(b->arena, "（%.*s）", STR_ARG(f->doubt)), s, n->at);
  quote_runs(b, &r, f, NULL, n->at);
  run_text(b, &r, STR("；未采用。"), stock(b, "source-place"), n->at);
  doubt_item(b, &r, k, n->at);
}

static void doubt_text(Binder *b, const Node *n, Str what, Str where, long k) {
  Runs r = {0};
  doubt_start(b, &r, k, n->at);
  run_text(b, &r, what, stock(b, "doubt-item"), n->at);
  run_text(b, &r, where, stock(b, "source-place"), n->at);
  doubt_item(b, &r, k, n->at);
}

// What the reader could not mend, in the briefing's language; {text} of the
// flag is for the log.
static Str flag_words(const Flag *f) {
  static const struct {
    const char *kind, *has, *words;
  } names[] = {{"lost-text", "breaks off", "文句中断"},
               {"lost-text", "beginning", "句首缺字"},
               {"lost-text", "inside", "句中缺字"},
               {"lost-text", "", "缺字"},
               {"repeat", "", "文字重复，只用一次"},
               {"order", "", "段落次序存疑"},
               {"encoding", "", "有乱码"},
               {"unattached", "", "未归入文章"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (str_is(f->kind, names[i].kind) &&
        str_has(f->text, str_of(names[i].has)))
      return str_of(names[i].words);
  return f->kind;
}

// All flags of the page that say the same as flag `first`, in one item.
static void doubt_flag(Binder *b, const Node *n, const Page *p, size_t first,
                       long *k) {
  Arena *a = b->arena;
  Str what = flag_words(&p->flags.data[first]);
  for (size_t i = 0; i < first; i++)
    if (str_eq(flag_words(&p->flags.data[i]), what))
      return;
  Buf lines = buf_new(a);
  uint32_t last = 0;
  for (size_t i = first; i < p->flags.len; i++) {
    const Flag *f = &p->flags.data[i];
    if (!f->line || f->line == last || !str_eq(flag_words(f), what))
      continue;
    buf_fmt(&lines, "%s%u", last ? "、" : "", f->line);
    last = f->line;
  }
  Str file = file_name(p->file);
  Str where = last ? str_fmt(a, "%.*s，第%.*s行。", STR_ARG(file),
                             STR_ARG(buf_str(&lines)))
                   : str_cat(a, file, STR("。"));
  doubt_text(b, n, str_cat(a, what, STR("：")), where, ++*k);
}

static void doubt_flags(Binder *b, const Node *n, const Page *p, long *k) {
  if (!p->date.len)
    doubt_text(b, n, STR("版面没有日期，其数字是否属于本期待核："),
               str_cat(b->arena, file_name(p->file), STR("。")), ++*k);
  for (size_t i = 0; i < p->flags.len && i < 1000; i++)
    doubt_flag(b, n, p, i, k);
}

static void doubt_article(Binder *b, const Node *n, const Article *t, long *k) {
  if (str_is(t->use, "no"))
    return;
  for (size_t i = 0; i < t->figures.len; i++)
    if (figure_doubtful(&t->figures.data[i]))
      doubt_figure(b, n, &t->figures.data[i], ++*k);
}

void bind_flags(Binder *b, const Node *n) {
  long k = 0;
  heading(b, n);
  for (size_t i = 0; i < b->dossier->pages.len; i++) {
    const Page *p = &b->dossier->pages.data[i];
    for (size_t t = 0; t < p->articles.len; t++)
      doubt_article(b, n, &p->articles.data[t], &k);
  }
  for (size_t i = 0; i < b->dossier->pages.len; i++)
    doubt_flags(b, n, &b->dossier->pages.data[i], &k);
  if (!k)
    said(b, STR("无。"), "doubt-item", n->at);
}

static void conflict_place(Binder *b, Runs *r, const FigureAt *x, bool last,
                           Span at) {
  if (!x->figure)
    return;
  const Style *s = stock(b, "doubt-item");
  run_text(b, r, STR("“"), s, at);
  run_text(b, r, set_marks_all(b->arena, x->figure->quote),
           stock(b, "source-quote"), at);
  run_text(b, r, STR("”"), s, at);
  Str where = str_fmt(b->arena, "%.*s（%.*s）%s",
                      STR_ARG(source_words(b->arena, x->page)),
                      STR_ARG(file_name(x->page->file)), last ? "。" : "；");
  run_text(b, r, where, stock(b, "source-place"), at);
}

void bind_conflicts(Binder *b, const Node *n) {
  const Findings *all = b->dossier->findings;
  if (!all || !all->len)
    return;
  heading(b, n);
  for (size_t i = 0; i < all->len; i++) {
    const Finding *f = &all->data[i];
    Runs r = {0};
    doubt_start(b, &r, (long)i + 1, n->at);
    run_text(b, &r, with_stop(b->arena, f->text), stock(b, "doubt-item"),
             n->at);
    conflict_place(b, &r, &f->a, !f->b.figure, n->at);
    conflict_place(b, &r, &f->b, true, n->at);
    doubt_item(b, &r, (long)i + 1, n->at);
  }
}
