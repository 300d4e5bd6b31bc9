// Why a figure says what it says, and why a numeral is no figure: the
// sentence, its tokens, the rule of each field, what was refused.
#include "extract_imp.h"

typedef struct {
  Arena *a;
  Buf out;
  Text text;
  Numbers numbers;
  Mentions mentions;
  Times times;
} Explainer;

static void read_again(Explainer *e, const Page *page, const Article *article,
                       const TextBlock *b) {
  Scene scene = {0};
  e->numbers.len = e->mentions.len = e->times.len = 0;
  Known known = {0};
  const Division *province = page_home(page, &known);
  scene_open(e->a, &scene, article, province, &known);
  text_load(e->a, &e->text, b->text);
  find_times(e->a, &e->text, page_day(page), 0, &e->times);
  find_mentions(e->a, &e->text, &scene, &e->mentions);
  scan_numbers(e->a, &e->text, &e->numbers);
  refuse_numbers(&e->text, &e->numbers);
}

enum { TOKENS_MAX = 2000 }; // characters of which tokens are shown

// ---- tokens ----

static const char *class_name(unsigned classes) {
  static const struct {
    unsigned bit;
    const char *name;
  } names[] = {{W_IDIOM, "idiom"},  {W_CHANGE, "change"}, {W_VALUE, "value"},
               {W_VN, "verb-noun"}, {W_NOUN, "noun"},     {W_LIGHT, "light"},
               {W_VERB, "verb"},    {W_MODAL, "modal"},   {W_ADVERB, "adverb"},
               {W_PREP, "prep"},    {W_LEAD, "lead"},     {W_TIME, "time"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (classes & names[i].bit)
      return names[i].name;
  return "";
}

// The token that begins at i: its length and kind.
static size_t token_at(const Explainer *e, size_t i, const char **kind) {
  const Text *t = &e->text;
  for (size_t k = 0; k < e->numbers.len; k++)
    if (e->numbers.data[k].begin == i) {
      *kind = e->numbers.data[k].refused ? "refused" : "number";
      return e->numbers.data[k].end - i;
    }
  for (size_t k = 0; k < e->times.len; k++)
    if (e->times.data[k].begin == i) {
      *kind = "time";
      return e->times.data[k].end - i;
    }
  for (size_t k = 0; k < e->mentions.len; k++)
    if (e->mentions.data[k].begin == i) {
      *kind = e->mentions.data[k].org ? "organisation" : "place";
      return e->mentions.data[k].end - i;
    }
  unsigned classes = 0;
  size_t n = lex_at(t, i, ~0u, &classes);
  *kind = class_name(classes);
  return n;
}

static void put_tokens(Explainer *e, size_t from, size_t to) {
  buf_add(&e->out, STR("  tokens   "));
  size_t plain = from;
  for (size_t i = from; i < to;) {
    const char *kind = "";
    size_t n = token_at(e, i, &kind);
    if (!n) {
      i++;
      continue;
    }
    if (plain < i)
      buf_fmt(&e->out, " %.*s", STR_ARG(text_slice(&e->text, plain, i)));
    buf_fmt(&e->out, " %.*s/%s", STR_ARG(text_slice(&e->text, i, i + n)), kind);
    plain = i += n;
  }
  if (plain < to)
    buf_fmt(&e->out, " %.*s", STR_ARG(text_slice(&e->text, plain, to)));
  buf_byte(&e->out, '\n');
}

static void put_refused(Explainer *e, size_t from, size_t to) {
  for (size_t i = 0; i < e->numbers.len; i++) {
    const Number *n = &e->numbers.data[i];
    if (n->begin < from || n->begin >= to || !n->refused)
      continue;
    buf_fmt(&e->out, "  no figure %.*s: %s\n",
            STR_ARG(text_slice(&e->text, n->begin, n->end)), n->refused);
  }
}

// ---- one figure ----

// The rules of a figure that begin with the field's name.
static void put_field(Explainer *e, const Figure *f, const char *name,
                      Str value, const char *prefix) {
  if (!value.len)
    return;
  buf_fmt(&e->out, "  %-10s %.*s", name, STR_ARG(value));
  for (size_t i = 0; i < f->rule.len;) {
    size_t end = str_find(f->rule, STR(" "), i);
    if (end == SIZE_MAX)
      end = f->rule.len;
    Str rule = str_slice(f->rule, i, end);
    if (str_starts(rule, str_of(prefix)))
      buf_fmt(&e->out, "  [%.*s]", STR_ARG(rule));
    i = end + 1;
  }
  buf_byte(&e->out, '\n');
}

static void put_figure(Explainer *e, const Figure *f) {
  buf_fmt(&e->out, "%.*s  %.*s\n", STR_ARG(f->id), STR_ARG(f->printed));
  put_field(e, f, "quote", f->quote, "-");
  put_field(e, f, "value", f->value, "number");
  put_field(e, f, "low", f->low, "number");
  put_field(e, f, "high", f->high, "number");
  put_field(e, f, "unit", f->unit, "unit");
  put_field(e, f, "qualifier", f->qualifier, "-");
  put_field(e, f, "measure", f->measure, "measure");
  put_field(e, f, "from", f->from, "-");
  put_field(e, f, "base", f->base, "-");
  put_field(e, f, "indicator", f->indicator, "indicator");
  put_field(e, f, "canon", f->canon, "-");
  put_field(e, f, "subject", f->subject, "where");
  put_field(e, f, "region", f->region, "where");
  put_field(e, f, "period", f->period, "when");
  put_field(e, f, "list", f->distributes, "list");
  put_field(e, f, "part of", f->part_of, "-");
  put_field(e, f, "doubt", f->doubt, "-");
}

static bool on_line(Str lines, size_t line) {
  size_t from = 0, n = 0;
  bool range = false, digits = false;
  for (size_t i = 0; i <= lines.len; i++) {
    char c = i < lines.len ? lines.data[i] : ' ';
    if (c >= '0' && c <= '9') {
      n = n * 10 + (size_t)(c - '0');
      digits = true;
    } else if (c == '-') {
      from = n;
      n = 0;
      range = true;
    } else {
      if (digits && (range ? line >= from && line <= n : line == n))
        return true;
      n = 0;
      range = digits = false;
    }
  }
  return false;
}

static void explain_block(Explainer *e, const Page *page,
                          const Article *article, const TextBlock *b, Str id) {
  read_again(e, page, article, b);
  size_t from = 0, to = e->text.n;
  for (size_t i = 0; i < article->figures.len; i++) {
    const Figure *f = &article->figures.data[i];
    if (!str_eq(f->block, b->id) || (id.len && !str_starts(f->id, id)))
      continue;
    size_t at = str_find(b->text, f->quote, 0);
    for (size_t k = 0; id.len && at != SIZE_MAX && k < e->text.n; k++) {
      if (e->text.at[k] <= at && text_stops(&e->text, k))
        from = k + 1;
      if (e->text.at[k] >= at + f->quote.len && text_stops(&e->text, k)) {
        to = k;
        break;
      }
    }
    put_figure(e, f);
  }
  buf_fmt(&e->out, "  sentence   %.*s\n",
          STR_ARG(text_slice(&e->text, from, to)));
  if (to > from + TOKENS_MAX)
    to = from + TOKENS_MAX;
  put_tokens(e, from, to);
  put_refused(e, from, to);
}

static bool wanted(const Article *article, const TextBlock *b, Str id,
                   size_t line) {
  if (line)
    return on_line(b->lines, line);
  for (size_t i = 0; i < article->figures.len; i++)
    if (str_eq(article->figures.data[i].block, b->id) &&
        str_starts(article->figures.data[i].id, id))
      return true;
  return false;
}

Str extract_explain(Arena *a, const Dossier *dossier, Str id, size_t line) {
  Explainer e = {.a = a, .out = buf_new(a)};
  for (size_t p = 0; p < dossier->pages.len; p++) {
    const Page *page = &dossier->pages.data[p];
    for (size_t i = 0; i < page->articles.len; i++) {
      const Article *article = &page->articles.data[i];
      for (size_t k = 0; k < article->blocks.len; k++) {
        const TextBlock *b = &article->blocks.data[k];
        if (b->text.len && wanted(article, b, id, line))
          explain_block(&e, page, article, b, line ? STR("") : id);
      }
    }
  }
  return buf_str(&e.out);
}
