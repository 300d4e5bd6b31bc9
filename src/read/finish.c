// After all pages: articles given twice are used once, articles that go on on
// another page are tied to their continuation.
#include "read_imp.h"

enum { PARA_MIN = 30, BODY_MIN = 90, SHARED = 80 }; // bytes, bytes, percent

typedef struct {
  Page *page;
  Article *article;
  size_t bytes;  // of its paragraphs
  size_t common; // of those that the article in question has too
  int stamp;     // which article that was, + 1
} Known;

typedef VEC(Known) Articles;

static bool counts(const TextBlock *b) {
  return b->kind == BLOCK_PARA && b->text.len >= PARA_MIN;
}

static size_t body_bytes(const Article *t) {
  size_t n = 0;
  for (size_t i = 0; i < t->blocks.len; i++)
    n += counts(&t->blocks.data[i]) ? t->blocks.data[i].text.len : 0;
  return n;
}

static void leave_out(Arena *a, const Known *x, const Known *kept) {
  x->article->use = STR("no");
  const TextBlock *b = article_block(x->article, BLOCK_PARA);
  size_t line = 0;
  for (size_t i = 0; b && i < b->lines.len && b->lines.data[i] >= '0' &&
                     b->lines.data[i] <= '9';
       i++)
    line = line * 10 + (size_t)(b->lines.data[i] - '0');
  *vec_push(a, &x->page->flags) =
      (Flag){.kind = STR("copy"),
             .text = str_fmt(a, "the same article as %.*s; used once",
                             STR_ARG(kept->article->id)),
             .line = (uint32_t)line};
}

// Adds what article i shares with those before it; the one that shares most.
static Known *nearest(Arena *a, Map *paras, Articles *all, size_t i) {
  Known *best = NULL;
  const Article *t = all->data[i].article;
  for (size_t k = 0; k < t->blocks.len; k++) {
    const TextBlock *b = &t->blocks.data[k];
    if (!counts(b))
      continue;
    size_t *owner = map_lookup(paras, b->text);
    if (!owner) {
      size_t *mine = NEW(a, size_t);
      *mine = i;
      map_put(paras, b->text, mine);
      continue;
    }
    Known *y = &all->data[*owner];
    if (*owner == i)
      continue;
    y->common = y->stamp == (int)i + 1 ? y->common + b->text.len : b->text.len;
    y->stamp = (int)i + 1;
    best = !best || y->common > best->common ? y : best;
  }
  return best;
}

// The same file given twice, under whatever name.
static void pages_once(Arena *a, Dossier *dossier) {
  Map *seen = map_new(a);
  for (size_t i = 0; i < dossier->pages.len; i++) {
    Page *p = &dossier->pages.data[i];
    Page *first = p->sha256.len ? map_lookup(seen, p->sha256) : NULL;
    if (!first) {
      map_put(seen, p->sha256, p);
      continue;
    }
    for (size_t k = 0; k < p->articles.len; k++)
      p->articles.data[k].use = STR("no");
    *vec_push(a, &p->flags) =
        (Flag){.kind = STR("copy"),
               .text = str_fmt(a, "the same page as %.*s; used once",
                               STR_ARG(first->id))};
  }
}

static void use_once(Arena *a, Articles *all) {
  Map *paras = map_new(a);
  for (size_t i = 0; i < all->len; i++) {
    Known *x = &all->data[i], *y = nearest(a, paras, all, i);
    if (!y || str_is(y->article->use, "no"))
      continue;
    size_t least = x->bytes < y->bytes ? x->bytes : y->bytes;
    size_t share = x->bytes < BODY_MIN ? 100 : SHARED;
    if (y->common * 100 < least * share)
      continue;
    if (x->bytes > y->bytes)
      leave_out(a, y, x);
    else
      leave_out(a, x, y);
  }
}

// ---- continuations ----------------------------------------------------------

static Chars folded(Arena *a, Str s) {
  uint16_t *c = NEW_ARRAY(a, uint16_t, s.len + 1);
  size_t n = 0;
  for (size_t i = 0; i < s.len;)
    c[n++] = fold_char(utf8_next(s, &i));
  return (Chars){c, n};
}

// The number before 版: 3 of 下转03版 or _03版.txt, 0 if none.
static int page_number(Chars t, size_t from) {
  for (size_t i = from; i + 1 < t.n; i++) {
    int n = 0;
    size_t k = i;
    while (k < t.n && ch_digit(t.c[k]) && k < i + 3)
      n = n * 10 + (t.c[k++] - '0');
    if (k > i && ch_at(t, k, u"版"))
      return n;
  }
  return 0;
}

// Where the article says that it goes on: (下转3版). 0 if it does not.
static int goes_on(Arena *a, const Article *t) {
  for (size_t i = t->blocks.len; i-- > 0;) {
    const TextBlock *b = &t->blocks.data[i];
    if (b->kind != BLOCK_PARA)
      continue;
    Str end = str_slice(b->text, b->text.len > 60 ? b->text.len - 60 : 0,
                        b->text.len);
    Chars c = folded(a, end);
    size_t at = ch_find(c, u"下转", 0);
    if (at != SIZE_MAX)
      return page_number(c, at);
  }
  return 0;
}

static bool same_title(Arena *a, const Article *x, const Article *y) {
  const TextBlock *p = article_block(x, BLOCK_TITLE);
  const TextBlock *q = article_block(y, BLOCK_TITLE);
  if (!p || !q)
    return false;
  Chars s = folded(a, p->text), t = folded(a, q->text);
  return s.n >= 4 && t.n >= 4 && (ch_has(s, t.c) || ch_has(t, s.c));
}

static int number_of(Arena *a, const Page *p) {
  return page_number(folded(a, p->file), 0);
}

static bool same_issue(const Page *x, const Page *y) {
  return x != y && str_eq(x->date, y->date) &&
         (!x->publication.len || !y->publication.len ||
          str_eq(x->publication, y->publication));
}

// How sure y goes on from x: the titles agree, or the page numbers do.
static int fits(Arena *a, const Known *x, const Known *y, int to) {
  if (!same_issue(x->page, y->page))
    return 0;
  int from = page_number(folded(a, y->article->continues), 0);
  int px = number_of(a, x->page), py = number_of(a, y->page);
  if ((from && px && from != px) || (to && py && to != py))
    return 0;
  bool numbers = from && px && to && py;
  bool titled = article_block(y->article, BLOCK_TITLE) != NULL;
  if (titled)
    return same_title(a, x->article, y->article) ? 3 : 0;
  return numbers ? 2 : 1;
}

static void tie(Arena *a, Articles *all) {
  enum { MOST = 400 }; // continuations and openings looked at
  VEC(size_t) openings = {0};
  VEC(size_t) rests = {0};
  for (size_t i = 0; i < all->len; i++) {
    const Article *t = all->data[i].article;
    if (str_is(t->use, "no"))
      continue;
    if (t->continues.len && rests.len < MOST)
      *vec_push(a, &rests) = i;
    else if (openings.len < MOST && goes_on(a, t))
      *vec_push(a, &openings) = i;
  }
  for (size_t k = 0; k < rests.len; k++) {
    Known *y = &all->data[rests.data[k]], *best = NULL;
    int most = 0, second = 0;
    for (size_t i = 0; i < openings.len; i++) {
      Known *x = &all->data[openings.data[i]];
      int sure = fits(a, x, y, goes_on(a, x->article));
      if (sure > most) {
        second = most;
        most = sure;
        best = x;
      } else if (sure > second) {
        second = sure;
      }
    }
    if (best && most > second)
      y->article->continues = best->article->id;
  }
}

void read_finish(Arena *a, Diags *d, Dossier *dossier) {
  (void)d;
  Articles all = {0};
  pages_once(a, dossier);
  for (size_t i = 0; i < dossier->pages.len; i++) {
    Page *p = &dossier->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++) {
      Article *t = &p->articles.data[k];
      if (str_is(t->use, "no"))
        continue;
      *vec_push(a, &all) = (Known){p, t, body_bytes(t), 0, 0};
    }
  }
  use_once(a, &all);
  tie(a, &all);
}
