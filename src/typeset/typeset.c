// Blocks → pages of marks: the stages in order. Page references are set with
// the numbers of the pass before until none changes.
#include "typeset-imp.h"

enum { PASSES_MAX = 8 };

typedef struct {
  Setter s;
  Map *pages;                       // id → page number, as a pointer
  Map *previous;                    // of the pass before, for the message
  Map *figures;                     // figure id → FigurePages
  uint64_t printed, printed_before; // hash of what figures holds
} Run;

typedef struct {
  Buf text; // 1、4
  size_t last;
} FigurePages;

static int page_number(void *ctx, Str id) {
  const Run *r = ctx;
  return r->pages ? (int)(intptr_t)map_lookup(r->pages, id) : 0;
}

// Page of each id under these cuts.
static Map *pages_of(Arena *a, const VList *v, const PageCuts *cuts) {
  Map *m = map_new(a);
  size_t page = 0;
  for (size_t i = 0; i < v->anchors.len; i++) {
    const Anchor *at = &v->anchors.data[i];
    while (page + 1 < cuts->len && cuts->data[page].end <= at->item)
      page++;
    if (at->block->id.len)
      map_put(m, at->block->id, (void *)(intptr_t)(page + 1));
  }
  return m;
}

// An anchor that stands on another page than in the pass before, or NULL.
static const LayBlock *anchor_moved(const Run *r, const VList *v) {
  for (size_t i = 0; i < v->anchors.len; i++) {
    const LayBlock *b = v->anchors.data[i].block;
    if (b->id.len &&
        map_lookup(r->previous, b->id) != map_lookup(r->pages, b->id))
      return b;
  }
  return NULL;
}

static void report_unsettled(Run *r, const LayBlock *b) {
  Arena *a = r->s.arena;
  intptr_t x = (intptr_t)map_lookup(r->previous, b->id);
  intptr_t y = (intptr_t)map_lookup(r->pages, b->id);
  diag(r->s.diags, D_PAGE_REF_UNSETTLED, b->at, b->id, str_int(a, x),
       str_int(a, y));
}

static Str pages_with(void *ctx, Str id) {
  const Run *r = ctx;
  const FigurePages *f = r->figures ? map_lookup(r->figures, id) : NULL;
  return f ? buf_str(&f->text) : STR("");
}

static void figure_printed(Run *r, Str id, size_t page) {
  FigurePages *f = map_lookup(r->figures, id);
  if (!f) {
    f = NEW(r->s.arena, FigurePages);
    f->text = buf_new(r->s.arena);
    map_put(r->figures, id, f);
  }
  if (f->last == page)
    return;
  buf_fmt(&f->text, "%s%zu", f->last ? "、" : "", page);
  f->last = page;
  r->printed = (r->printed ^ str_hash(id)) * 31 + page;
}

// Which pages print which figures under these cuts.
static void find_figures(Run *r, const VList *v, const PageCuts *cuts) {
  r->figures = map_new(r->s.arena);
  r->printed_before = r->printed;
  r->printed = 0;
  for (size_t page = 0; page < cuts->len; page++)
    for (size_t i = cuts->data[page].begin; i < cuts->data[page].end; i++) {
      const Item *it = &v->items.data[i];
      for (size_t k = 0; k < it->n_marks; k++)
        if (it->marks[k].kind == MARK_FIGURE)
          figure_printed(r, it->marks[k].target, page + 1);
    }
}

static void report_missing(Run *r, const Para *p) {
  for (size_t i = 0; i < p->n; i++) {
    const Inline *run = &p->runs[i];
    if (run->kind == INLINE_PAGE_REF && !map_lookup(r->pages, run->text))
      diag(r->s.diags, D_PAGE_REF_MISSING, run->at, run->text);
  }
}

static void build(Run *r, VList *v) {
  *v = (VList){0};
  vlist_blocks(&r->s, v, r->s.doc->first, page_measure(r->s.doc));
}

// Sets what depends on pages with the numbers now known; false: the list
// changed its number of boxes and is built anew.
static void renew(Run *r, VList *v, const PageCuts *cuts) {
  r->s.pages = (int)cuts->len;
  bool whole = !v->nested;
  size_t page = 0;
  for (size_t i = 0; whole && i < v->dynamics.len; i++) {
    Dynamic *y = &v->dynamics.data[i];
    while (page + 1 < cuts->len && cuts->data[page].end <= y->item)
      page++;
    r->s.page = (int)page + 1;
    whole = vlist_refresh(&r->s, v, y);
  }
  if (!whole)
    build(r, v);
}

static bool settled(Run *r, const VList *v, const PageCuts *cuts) {
  if (!v->dynamics.len && !v->nested)
    return true;
  return r->previous && !anchor_moved(r, v) &&
         r->printed == r->printed_before && r->s.pages == (int)cuts->len;
}

static void settle(Run *r, VList *v, PageCuts *cuts) {
  build(r, v);
  for (int pass = 1;; pass++) {
    *cuts = (PageCuts){0};
    paginate(&r->s, v, cuts);
    r->previous = r->pages;
    r->pages = pages_of(r->s.arena, v, cuts);
    find_figures(r, v, cuts);
    if (settled(r, v, cuts))
      break;
    if (pass == PASSES_MAX) {
      const LayBlock *b = anchor_moved(r, v);
      if (b)
        report_unsettled(r, b);
      break;
    }
    renew(r, v, cuts);
  }
  for (size_t i = 0; i < v->dynamics.len; i++)
    report_missing(r, &v->dynamics.data[i].block->para);
}

static Setter setter(Run *r, Arena *a, Diags *d, const Document *doc,
                     FontSet *fonts) {
  return (Setter){.arena = a,
                  .diags = d,
                  .doc = doc,
                  .fonts = fonts,
                  .page_of = page_number,
                  .pages_with = pages_with,
                  .page_ctx = r};
}

Pages *typeset(Arena *a, Diags *d, const Document *doc, FontSet *fonts) {
  Pages *p = NEW(a, Pages);
  p->doc = doc;
  p->fonts = fonts;
  size_t errors = diags_errors(d);
  Run r = {0};
  r.s = setter(&r, a, d, doc, fonts);
  VList v;
  PageCuts cuts;
  settle(&r, &v, &cuts);
  pages_report(&r.s, &v, &cuts);
  pages_place(&r.s, &v, &cuts, p);
  return diags_errors(d) == errors ? p : NULL;
}

Str boxes_dump(Arena *a, Diags *d, const Document *doc, FontSet *fonts) {
  Run r = {0};
  r.s = setter(&r, a, d, doc, fonts);
  VList v;
  build(&r, &v);
  return vlist_dump(a, &v);
}
