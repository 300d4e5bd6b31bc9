// The dossier as JSON for the review page: blocks cut into text, gaps and
// marked figures, then the figures in the order of the pages.
#include "history.h"
#include "review_imp.h"
#include <stdlib.h>

typedef struct {
  size_t begin, end; // bytes of the block's text
  size_t figure;     // index over the whole dossier
} Mark;

typedef VEC(Mark) Marks;

typedef struct {
  size_t figure;
  const Figure *f;
} Wanted;

// Searching is linear in the block for each figure; beyond this many a block
// is no newspaper paragraph, and the rest stays unmarked.
// The same clause is tried at that many of its places.
enum { MARKS_MAX = 1000, TRIES_MAX = 16, BLOCK_MAX = 65536 };

typedef struct {
  const TextBlock *block;
  VEC(Wanted) wanted;
} BlockFigures;

typedef struct {
  Buf out;
  Map *blocks; // id → BlockFigures
  Map *index;  // figure id → Wanted
  size_t figures;
} Writer;

// ---- JSON ------------------------------------------------------------------

static void string(Buf *b, Str s) {
  buf_byte(b, '"');
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x7F)
      buf_fmt(b, "\\u%04x", c);
    else {
      if (c == '"' || c == '\\')
        buf_byte(b, '\\');
      buf_byte(b, (char)c);
    }
  }
  buf_byte(b, '"');
}

static void member(Buf *b, const char *name, Str value) {
  char last = b->data[b->len - 1];
  if (last != '{')
    buf_byte(b, ',');
  buf_fmt(b, "\"%s\":", name);
  string(b, value);
}

static void member_if(Buf *b, const char *name, Str value) {
  if (value.len)
    member(b, name, value);
}

static void comma(Buf *b) {
  char last = b->data[b->len - 1];
  if (last != '[' && last != '{')
    buf_byte(b, ',');
}

// ---- marks -----------------------------------------------------------------

static int by_begin(const void *x, const void *y) {
  const Mark *a = x, *b = y;
  if (a->begin != b->begin)
    return a->begin < b->begin ? -1 : 1;
  return (a->figure > b->figure) - (a->figure < b->figure);
}

static bool taken(const Marks *marks, size_t begin) {
  for (size_t i = 0; i < marks->len; i++)
    if (marks->data[i].begin == begin)
      return true;
  return false;
}

// The place of the printed number: inside its quote, else anywhere; the first
// that no earlier figure has, else the first at all.
static bool find_mark(Str text, const Figure *f, const Marks *before,
                      Mark *mark) {
  if (!f->printed.len)
    return false;
  size_t first = SIZE_MAX, q = 0;
  size_t p = str_find(f->quote, f->printed, 0);
  for (int tries = 0; p != SIZE_MAX && tries < TRIES_MAX; tries++) {
    size_t at = str_find(text, f->quote, q);
    if (at == SIZE_MAX) { // all its places are seen: the next number in it
      p = str_find(f->quote, f->printed, p + 1);
      q = 0;
      continue;
    }
    first = first == SIZE_MAX ? at + p : first;
    if (!taken(before, at + p)) {
      first = at + p;
      break;
    }
    q = at + 1;
  }
  if (first == SIZE_MAX)
    first = str_find(text, f->printed, 0);
  *mark = (Mark){first, first + f->printed.len, 0};
  return first != SIZE_MAX;
}

static Marks find_marks(Arena *a, const BlockFigures *home) {
  Marks marks = {0};
  if (home->block->text.len > BLOCK_MAX)
    return marks;
  for (size_t i = 0; i < home->wanted.len && i < MARKS_MAX; i++) {
    Mark m;
    if (!find_mark(home->block->text, home->wanted.data[i].f, &marks, &m))
      continue;
    m.figure = home->wanted.data[i].figure;
    *vec_push(a, &marks) = m;
  }
  if (marks.len)
    qsort(marks.data, marks.len, sizeof *marks.data, by_begin);
  return marks;
}

// ---- blocks ----------------------------------------------------------------

// Text of the block with its gaps.
static void add_text(Buf *b, const TextBlock *t, size_t begin, size_t end) {
  for (size_t i = 0; i < t->n_gaps; i++) {
    size_t gap = t->gaps[i];
    if (gap < begin || gap > end)
      continue;
    if (gap > begin) {
      comma(b);
      string(b, str_slice(t->text, begin, gap));
    }
    comma(b);
    buf_add(b, STR("{\"gap\":1}"));
    begin = gap;
  }
  if (end > begin) {
    comma(b);
    string(b, str_slice(t->text, begin, end));
  }
}

// One mark for all figures whose printed numbers overlap.
static void add_parts(Buf *b, const TextBlock *t, const Marks *marks) {
  size_t done = 0;
  buf_add(b, STR(",\"parts\":["));
  for (size_t i = 0; i < marks->len;) {
    size_t begin = marks->data[i].begin, end = marks->data[i].end, k = i;
    while (k < marks->len && marks->data[k].begin < end) {
      end = marks->data[k].end > end ? marks->data[k].end : end;
      k++;
    }
    add_text(b, t, done, begin);
    comma(b);
    buf_add(b, STR("{\"text\":"));
    string(b, str_slice(t->text, begin, end));
    buf_add(b, STR(",\"figures\":["));
    for (; i < k; i++) {
      comma(b);
      buf_fmt(b, "%zu", marks->data[i].figure);
    }
    buf_add(b, STR("]}"));
    done = end;
  }
  add_text(b, t, done, t->text.len);
  buf_byte(b, ']');
}

static const char *const kinds[] = {
    [BLOCK_KICKER] = "kicker",     [BLOCK_TITLE] = "title",
    [BLOCK_SUBTITLE] = "subtitle", [BLOCK_BYLINE] = "byline",
    [BLOCK_DATELINE] = "dateline", [BLOCK_HEADING] = "heading",
    [BLOCK_PARA] = "para"};

static void add_block(Writer *w, const TextBlock *t) {
  Buf *b = &w->out;
  buf_byte(b, '{');
  member(b, "kind", str_of(kinds[t->kind]));
  member_if(b, "id", t->id);
  member_if(b, "role", t->role);
  const BlockFigures *home = t->id.len ? map_lookup(w->blocks, t->id) : NULL;
  Marks marks = {0};
  if (home && home->block == t)
    marks = find_marks(b->arena, home);
  add_parts(b, t, &marks);
  buf_byte(b, '}');
}

static void collect(Writer *w, const Article *t) {
  Arena *a = w->out.arena;
  for (size_t i = 0; i < t->blocks.len; i++) {
    BlockFigures *home = NEW(a, BlockFigures);
    home->block = &t->blocks.data[i];
    if (home->block->id.len)
      map_put(w->blocks, home->block->id, home);
  }
  for (size_t i = 0; i < t->figures.len; i++) {
    const Figure *f = &t->figures.data[i];
    Wanted *wanted = NEW(a, Wanted);
    *wanted = (Wanted){w->figures++, f};
    map_put(w->index, f->id, wanted);
    BlockFigures *home = f->block.len ? map_lookup(w->blocks, f->block) : NULL;
    if (home)
      *vec_push(a, &home->wanted) = *wanted;
  }
}

// ---- articles and pages ----------------------------------------------------

static void add_article(Writer *w, const Article *t) {
  Buf *b = &w->out;
  const TextBlock *title = article_block(t, BLOCK_TITLE);
  collect(w, t);
  buf_byte(b, '{');
  member(b, "id", t->id);
  member_if(b, "kind", t->kind);
  member_if(b, "topic", t->topic);
  member_if(b, "use", t->use);
  member_if(b, "digest", t->digest);
  member_if(b, "title", title ? title->text : STR(""));
  buf_add(b, STR(",\"blocks\":["));
  for (size_t i = 0; i < t->blocks.len; i++) {
    comma(b);
    add_block(w, &t->blocks.data[i]);
  }
  buf_add(b, STR("]}"));
}

static void add_page(Writer *w, const Page *p) {
  Buf *b = &w->out;
  buf_add(b, STR("\n{"));
  member(b, "file", p->file);
  member_if(b, "publication", p->publication);
  member_if(b, "date", p->date);
  buf_add(b, STR(",\"flags\":["));
  for (size_t i = 0; i < p->flags.len; i++) {
    comma(b);
    buf_fmt(b, "{\"line\":%u", p->flags.data[i].line);
    member(b, "text", p->flags.data[i].text);
    buf_byte(b, '}');
  }
  buf_add(b, STR("],\"articles\":["));
  for (size_t i = 0; i < p->articles.len; i++) {
    comma(b);
    add_article(w, &p->articles.data[i]);
  }
  buf_add(b, STR("]}"));
}

static void add_figure(Buf *b, const Article *t, const Figure *f) {
  comma(b);
  buf_add(b, STR("\n{"));
#define F(field, name) member_if(b, name, f->field);
  FIGURE_FIELDS(F)
#undef F
  member(b, "article", t->id);
  buf_byte(b, '}');
}

static void add_figures(Buf *b, const Dossier *dossier) {
  buf_add(b, STR(",\"figures\":["));
  for (size_t i = 0; i < dossier->pages.len; i++) {
    const Page *p = &dossier->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++)
      for (size_t j = 0; j < p->articles.data[k].figures.len; j++)
        add_figure(b, &p->articles.data[k],
                   &p->articles.data[k].figures.data[j]);
  }
  buf_byte(b, ']');
}

// ---- findings --------------------------------------------------------------

static void add_finding(Writer *w, const Finding *f) {
  Buf *b = &w->out;
  comma(b);
  buf_byte(b, '{');
  member(b, "text", f->text);
  buf_add(b, STR(",\"figures\":["));
  const Figure *two[] = {f->a.figure, f->b.figure};
  for (int i = 0; i < 2; i++) {
    const Wanted *found = two[i] ? map_lookup(w->index, two[i]->id) : NULL;
    if (!found || found->f != two[i])
      continue;
    comma(b);
    buf_fmt(b, "%zu", found->figure);
  }
  buf_add(b, STR("]}"));
}

// What tells this month's work from another's in the browser's store; another
// extraction of the same pages goes on with the same work.
static Str store_key(Arena *a, const Dossier *dossier) {
  Buf b = buf_new(a);
  buf_add(&b, dossier->period);
  for (size_t i = 0; i < dossier->pages.len; i++) {
    const Page *p = &dossier->pages.data[i];
    buf_fmt(&b, "\n%.*s %.*s", STR_ARG(p->file), STR_ARG(p->sha256));
  }
  return str_fmt(a, "%016llx", (unsigned long long)str_hash(buf_str(&b)));
}

Str review_data(Arena *a, const Dossier *dossier,
                const ReviewOptions *options) {
  Writer w = {buf_new(a), map_new(a), map_new(a), 0};
  Buf *b = &w.out;
  buf_byte(b, '{');
  member(b, "key", store_key(a, dossier));
  member(b, "period", dossier->period);
  member_if(b, "corrections", options->corrections);
  buf_add(b, STR(",\"pages\":["));
  for (size_t i = 0; i < dossier->pages.len; i++) {
    comma(b);
    add_page(&w, &dossier->pages.data[i]);
  }
  buf_byte(b, ']');
  add_figures(b, dossier);
  buf_add(b, STR(",\"findings\":["));
  for (size_t i = 0; i < options->n_findings; i++)
    add_finding(&w, &options->findings[i]);
  buf_add(b, STR("]}"));
  return buf_str(b);
}
