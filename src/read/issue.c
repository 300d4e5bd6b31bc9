// A draft → the page's article: blocks with ids, runs, lines and gaps.
#include "group.h"

typedef struct {
  Sheet *s;
  Article *article;
  size_t ids;
} Issue;

size_t piece_byte(const Piece *p, size_t i) {
  size_t at = 0;
  for (size_t k = 0; k < i && at < p->text.len; k++)
    utf8_next(p->text, &at);
  return at;
}

Str piece_str(const Piece *p, size_t begin, size_t end) {
  size_t b = piece_byte(p, begin), e = piece_byte(p, end);
  return str_slice(p->text, b, e);
}

Piece piece_part(Sheet *s, const Piece *p, size_t begin, size_t end) {
  Piece q = *p;
  size_t from = piece_byte(p, begin), to = piece_byte(p, end);
  q.text = str_slice(p->text, from, to);
  q.fold = ch_slice(p->fold, begin, end);
  TextBlock whole = {.text = p->text, .runs = p->runs, .n_runs = p->n_runs};
  TextRun *runs = NEW_ARRAY(s->a, TextRun, p->n_runs + 1);
  q.n_runs = 0;
  runs[q.n_runs++] = (TextRun){0, block_source(&whole, from)};
  for (size_t i = 0; i < p->n_runs; i++)
    if (p->runs[i].clean > from && p->runs[i].clean < to)
      runs[q.n_runs++] =
          (TextRun){p->runs[i].clean - (uint32_t)from, p->runs[i].source};
  q.runs = runs;
  q.begin = runs[0].source;
  q.end = block_source(&whole, to - 1) + 1;
  q.line = (uint32_t)file_line(s->file, q.begin);
  q.last = (uint32_t)file_line(s->file, q.end - 1);
  q.wraps = NULL;
  q.n_wraps = 0;
  return q;
}

void flag_add(Sheet *s, const char *kind, uint32_t line, Str text) {
  *vec_push(s->a, &s->page->flags) =
      (Flag){.kind = str_of(kind), .text = text, .line = line};
}

static TextBlock *block_add(Issue *x, BlockKind kind) {
  TextBlock *b = vec_push(x->s->a, &x->article->blocks);
  *b = (TextBlock){.kind = kind};
  Str number = str_int(x->s->a, (long long)++x->ids);
  b->id = str_cat(x->s->a, str_cat(x->s->a, x->article->id, STR("t")), number);
  b->text = b->lines = b->role = STR("");
  b->place = b->date = b->certainty = STR("");
  return b;
}

static Str lines_of(const Piece *p, Arena *a) {
  if (p->line == p->last)
    return str_int(a, p->line);
  return str_fmt(a, "%u-%u", p->line, p->last);
}

// The text of a piece and of all that are joined behind it.
static void chain(Issue *x, TextBlock *b, size_t first) {
  Arena *a = x->s->a;
  const Piece *head = &x->s->pieces.data[first];
  size_t len = 0, runs = 0, gaps = 0, n = 0;
  for (const Piece *p = head;; p = &x->s->pieces.data[p->next]) {
    len += p->text.len;
    runs += p->n_runs;
    gaps += p->gap + p->gap_before + (p->hole > 0);
    n++;
    if (p->next < 0)
      break;
  }
  if (n == 1 && !gaps) {
    b->text = head->text;
    b->runs = head->runs;
    b->n_runs = head->n_runs;
    b->lines = lines_of(head, a);
    return;
  }
  char *text = arena_alloc(a, len + 1);
  TextRun *r = NEW_ARRAY(a, TextRun, runs);
  uint32_t *g = NEW_ARRAY(a, uint32_t, gaps);
  Buf lines = buf_new(a);
  size_t at = 0;
  uint32_t last = 0;
  for (const Piece *p = head;; p = &x->s->pieces.data[p->next]) {
    if (p->gap_before)
      g[b->n_gaps++] = (uint32_t)at;
    if (p->hole)
      g[b->n_gaps++] = (uint32_t)(at + piece_byte(p, p->hole));
    memcpy(text + at, p->text.data, p->text.len);
    for (size_t i = 0; i < p->n_runs; i++)
      r[b->n_runs++] =
          (TextRun){p->runs[i].clean + (uint32_t)at, p->runs[i].source};
    at += p->text.len;
    if (p->gap)
      g[b->n_gaps++] = (uint32_t)at;
    if (p == head || p->line != last) {
      if (lines.len)
        buf_byte(&lines, ' ');
      buf_add(&lines, lines_of(p, a));
    }
    last = p->last;
    if (p->next < 0)
      break;
  }
  b->text = (Str){text, len};
  b->runs = r;
  b->gaps = g;
  b->lines = buf_str(&lines);
}

static TextBlock *put(Issue *x, BlockKind kind, int piece) {
  if (piece < 0)
    return NULL;
  TextBlock *b = block_add(x, kind);
  chain(x, b, (size_t)piece);
  return b;
}

// Part [from, to) of a block's text, with its runs and gaps.
static void block_cut(Issue *x, TextBlock *b, size_t from, size_t to) {
  TextRun *r = NEW_ARRAY(x->s->a, TextRun, b->n_runs + 1);
  uint32_t *g = NEW_ARRAY(x->s->a, uint32_t, b->n_gaps + 1);
  size_t n_runs = 0, n_gaps = 0;
  r[n_runs++] = (TextRun){0, block_source(b, from)};
  for (size_t i = 0; i < b->n_runs; i++)
    if (b->runs[i].clean > from && b->runs[i].clean < to)
      r[n_runs++] =
          (TextRun){b->runs[i].clean - (uint32_t)from, b->runs[i].source};
  for (size_t i = 0; i < b->n_gaps; i++)
    if (b->gaps[i] >= from && b->gaps[i] <= to)
      g[n_gaps++] = b->gaps[i] - (uint32_t)from;
  b->text = str_slice(b->text, from, to);
  b->runs = r;
  b->n_runs = n_runs;
  b->gaps = g;
  b->n_gaps = n_gaps;
}

// 【决胜四季度】全市工会冲刺年度目标: the label in front is a kicker.
static void split_label(Issue *x, size_t at) {
  enum { LABEL_MAX = 24, REST_MIN = 4 }; // characters
  const TextBlock whole = x->article->blocks.data[at];
  size_t close = str_find(whole.text, STR("】"), 0);
  if (!str_starts(whole.text, STR("【")) || close == SIZE_MAX)
    return;
  size_t end = close + STR("】").len;
  if (utf8_count(str_slice(whole.text, 0, end)) > LABEL_MAX ||
      utf8_count(str_slice(whole.text, end, whole.text.len)) < REST_MIN)
    return;
  TextBlock *label = block_add(x, BLOCK_KICKER);
  TextBlock *title = &x->article->blocks.data[at];
  Str id = label->id;
  *label = whole;
  label->id = id;
  label->kind = BLOCK_KICKER;
  block_cut(x, label, 0, end);
  block_cut(x, title, end, whole.text.len);
  TextBlock first = *label; // a kicker stands above its title
  *label = *title;
  *title = first;
}

static void put_person(Issue *x, const Piece *p, const Person *who) {
  TextBlock *b = block_add(x, BLOCK_BYLINE);
  b->text = who->name;
  b->role = who->role;
  TextRun *r = NEW_ARRAY(x->s->a, TextRun, utf8_count(who->name) + 1);
  size_t from = piece_byte(p, who->begin), clean = 0;
  size_t end = piece_byte(p, who->end);
  TextBlock whole = {.text = p->text, .runs = p->runs, .n_runs = p->n_runs};
  for (size_t i = from; i < end;) {
    size_t at = i;
    if (utf8_next(p->text, &i) == ' ')
      continue;
    r[b->n_runs++] = (TextRun){(uint32_t)clean, block_source(&whole, at)};
    clean += i - at;
  }
  b->runs = r;
}

static bool named(const Issue *x, Str name) {
  enum { MOST = 300 }; // people looked at
  for (size_t i = 0; i < x->article->blocks.len && i < MOST; i++) {
    const TextBlock *b = &x->article->blocks.data[i];
    if (b->kind == BLOCK_BYLINE && str_eq(b->text, name))
      return true;
  }
  return false;
}

static void put_people(Issue *x, const Draft *t) {
  Sheet *s = x->s;
  for (size_t i = 0; i < t->people.len; i++) {
    const Piece *p = &s->pieces.data[t->people.data[i]];
    People people = {0};
    size_t before = x->article->blocks.len;
    if (p->type == P_MASTHEAD && !byline_line(p->fold))
      byline_editors(s->a, p, &people);
    else
      byline_people(s->a, p, 0, p->fold.n, &people);
    for (size_t k = 0; k < people.len; k++)
      if (!named(x, people.data[k].name))
        put_person(x, p, &people.data[k]);
    if (x->article->blocks.len == before && p->type != P_MASTHEAD)
      flag_add(x->s, "people", p->line,
               people.len ? STR("people named already")
                          : STR("no name could be read"));
  }
  for (size_t i = 0; i < t->items.len; i++) {
    const Piece *p = &s->pieces.data[t->items.data[i]];
    if (p->type != P_BODY && p->type != P_CAPTION)
      continue;
    People people = {0};
    p = byline_whole(s->a, p, p->next >= 0 ? &s->pieces.data[p->next] : NULL);
    byline_of_body(s->a, p, &people);
    for (size_t k = 0; k < people.len; k++)
      if (!named(x, people.data[k].name))
        put_person(x, p, &people.data[k]);
  }
}

static void put_dateline(Issue *x, const Draft *t) {
  for (size_t i = 0; i < t->items.len && i < 3; i++) {
    const Piece *p = &x->s->pieces.data[t->items.data[i]];
    if (!p->dateline)
      continue;
    Dateline d = dateline_at(p->fold);
    if (d.place == d.place_to && !d.day)
      return;
    TextBlock *b = block_add(x, BLOCK_DATELINE);
    b->place = piece_str(p, d.place, d.place_to);
    if (d.month)
      b->date = str_fmt(x->s->a, "%02d-%02d", d.month, d.day);
    if (d.month && d.year)
      b->date = str_fmt(x->s->a, "%d-%02d-%02d", d.year, d.month, d.day);
    if (d.day && !d.month) // page.c finds the month
      b->date = str_fmt(x->s->a, "--%02d", d.day);
    b->certainty = d.month ? STR("printed") : STR("");
    return;
  }
}

static Str continues_of(const Issue *x, const Draft *t) {
  if (!t->continues)
    return STR("");
  const Piece *p = &x->s->pieces.data[t->continues - 1];
  size_t close = ch_find(p->fold, u"版", 0), i = 0;
  if (close == SIZE_MAX)
    return STR("");
  while (i < close && !ch_digit(p->fold.c[i]) && !ch_numeral(p->fold.c[i]))
    i++;
  return piece_str(p, i, close + 1);
}

// A report without 本报讯: signed and in sections a feature, unsigned a
// special.
static const char *kind_of(const Draft *t) {
  if (strcmp(t->kind, "news") != 0 || t->dateline)
    return t->kind;
  if (t->people.len && (t->sections || t->subtitle >= 0 || t->label))
    return "feature";
  return !t->people.len && t->sections >= 2 ? "special" : t->kind;
}

void issue_article(Sheet *s, const Draft *t) {
  Page *page = s->page;
  Article *article = vec_push(s->a, &page->articles);
  *article = (Article){.kind = str_of(kind_of(t)), .use = STR("yes")};
  article->id =
      str_fmt(s->a, "%.*sa%zu", STR_ARG(page->id), page->articles.len);
  article->topic = STR("");
  Issue x = {s, article, 0};
  article->continues = continues_of(&x, t);
  put(&x, BLOCK_KICKER, t->kicker);
  put(&x, BLOCK_TITLE, t->title);
  if (t->title >= 0 && t->kicker < 0)
    split_label(&x, article->blocks.len - 1);
  put(&x, BLOCK_SUBTITLE, t->subtitle);
  put_people(&x, t);
  put_dateline(&x, t);
  for (size_t i = 0; i < t->items.len; i++) {
    const Piece *p = &s->pieces.data[t->items.data[i]];
    put(&x,
        p->type == P_HEAD || p->type == P_LABEL ? BLOCK_HEADING : BLOCK_PARA,
        (int)t->items.data[i]);
  }
}
