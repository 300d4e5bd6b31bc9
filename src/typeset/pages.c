// Places boxes on their pages; headers, footers, bookmarks, destinations.
#include "typeset-imp.h"

typedef struct {
  Setter *s;
  const VList *v;
  const PageCuts *cuts;
  Pages *out;
  size_t anchor; // next to be placed
  VEC(Bookmark) bookmarks;
  VEC(Destination) dests;
} Placer;

typedef struct {
  Mark *marks; // room for all of the page
  size_t n;
  Len left, top;
} Sheet;

static void sheet_add(Sheet *sh, const Mark *marks, size_t n, Len x, Len y) {
  if (!n)
    return;
  memcpy(sh->marks + sh->n, marks, n * sizeof(Mark));
  marks_move(sh->marks + sh->n, n, x, y);
  sh->n += n;
}

// ---- headers and footers ---------------------------------------------------

typedef struct {
  Mark *marks;
  size_t n;
} Margin;

// Sets a header or footer so that its first line of text stands on baseline y.
static Margin margin_set(Setter *s, const LayBlock *b, Len x, Len y) {
  Margin m = {0};
  if (!b)
    return m;
  VList v = {0};
  vlist_blocks(s, &v, b, page_measure(s->doc));
  vlist_flatten(s, &v, 0, &m.marks, &m.n);
  Len base = 0;
  for (size_t i = 0; i < m.n; i++)
    if (m.marks[i].kind == MARK_TEXT) {
      base = m.marks[i].y;
      break;
    }
  marks_move(m.marks, m.n, x, y - base);
  for (size_t i = 0; i < m.n; i++) {
    m.marks[i].tag = TAG_ARTIFACT;
    m.marks[i].element = 0;
  }
  return m;
}

static const LayBlock *header_of(const PageMaster *m, int page) {
  if (page == 1)
    return m->header_first;
  return page % 2 ? m->header_odd : m->header_even;
}

static const LayBlock *footer_of(const PageMaster *m, int page) {
  if (page == 1)
    return m->footer_first;
  return page % 2 ? m->footer_odd : m->footer_even;
}

// ---- anchors ---------------------------------------------------------------

static void anchor_place(Placer *p, const Anchor *a, size_t page, Len x,
                         Len y) {
  const LayBlock *b = a->block;
  if (b->bookmark.len)
    *vec_push(p->s->arena, &p->bookmarks) =
        (Bookmark){b->bookmark, b->level > 0 ? b->level : 1, page, y};
  if (b->id.len)
    *vec_push(p->s->arena, &p->dests) = (Destination){b->id, page, x + a->x, y};
}

// Anchors whose first box is item i.
static void anchors_place(Placer *p, size_t i, size_t page, Len x, Len y) {
  while (p->anchor < p->v->anchors.len &&
         p->v->anchors.data[p->anchor].item <= i)
    anchor_place(p, &p->v->anchors.data[p->anchor++], page, x, y);
}

// ---- pages -----------------------------------------------------------------

// The table that goes on with the next page, or NULL.
static const Repeat *table_open(const VList *v, const PageCut *cut) {
  if (cut->forced || cut->end >= v->items.len)
    return NULL;
  return v->items.data[cut->end].repeat;
}

static size_t marks_on(const VList *v, const PageCut *cut) {
  const Repeat *open = table_open(v, cut);
  size_t n = open ? open->n_close : 0;
  for (size_t i = cut->begin; i < cut->end; i++)
    n += v->items.data[i].n_marks;
  if (cut->begin < cut->end && v->items.data[cut->begin].repeat)
    n += v->items.data[cut->begin].repeat->n_marks;
  return n;
}

static Len foot_y(const Document *doc) {
  return doc->master.height - doc->master.bottom;
}

static Len pinned_y(const Placer *p, const Fill *f, Len foot_left) {
  Len y = foot_y(p->s->doc) - foot_left;
  Len flow = page_top(p->s->doc) + f->y;
  return f->y > 0 && y < flow ? flow : y;
}

static void place_boxes(Placer *p, Sheet *sh, const PageCut *cut, size_t page) {
  const Document *doc = p->s->doc;
  Fill f = {0};
  Len foot = 0;
  for (size_t i = cut->begin; i < cut->end; i++)
    if (p->v->items.data[i].pinned)
      foot += p->v->items.data[i].height;
  for (size_t i = cut->begin; i < cut->end; i++) {
    const Item *it = &p->v->items.data[i];
    bool head = !f.any && it->kind == BOX && it->repeat;
    Len y = sh->top + fill_item(doc, p->v, &f, i);
    if (it->kind != BOX)
      continue;
    if (it->pinned) {
      y = pinned_y(p, &f, foot);
      foot -= it->height;
    }
    if (head)
      sheet_add(sh, it->repeat->marks, it->repeat->n_marks, sh->left, sh->top);
    anchors_place(p, i, page, sh->left, y);
    sheet_add(sh, it->marks, it->n_marks, sh->left, y);
  }
  const Repeat *open = table_open(p->v, cut);
  if (open)
    sheet_add(sh, open->close, open->n_close, sh->left, sh->top + f.y);
}

// The last running title that begins on the page.
static void running_set(const Placer *p, const PageCut *cut) {
  for (size_t i = p->anchor; i < p->v->anchors.len; i++) {
    const Anchor *a = &p->v->anchors.data[i];
    if (a->item >= cut->end)
      break;
    if (a->block->running.data)
      p->s->running = a->block->running;
  }
}

static void page_place(Placer *p, size_t page) {
  Setter *s = p->s;
  const PageMaster *m = &s->doc->master;
  const PageCut *cut = &p->cuts->data[page];
  int number = (int)page + 1;
  bool odd = number % 2, blank = cut->begin == cut->end;
  Sheet sh = {.left = odd ? m->inner : m->outer, .top = page_top(s->doc)};
  running_set(p, cut);
  s->page = number;
  Margin head = {0}, foot = {0};
  if (!blank) {
    head = margin_set(s, header_of(m, number), sh.left, m->head_y);
    foot = margin_set(s, footer_of(m, number), sh.left, m->foot_y);
  }
  sh.marks = NEW_ARRAY(s->arena, Mark, head.n + marks_on(p->v, cut) + foot.n);
  sheet_add(&sh, head.marks, head.n, 0, 0);
  place_boxes(p, &sh, cut, page);
  sheet_add(&sh, foot.marks, foot.n, 0, 0);
  p->out->pages[page] = (PageMarks){sh.marks, sh.n, number, odd};
}

void pages_place(Setter *s, const VList *v, const PageCuts *cuts, Pages *out) {
  Placer p = {.s = s, .v = v, .cuts = cuts, .out = out};
  out->n_pages = cuts->len;
  out->pages = NEW_ARRAY(s->arena, PageMarks, cuts->len);
  s->running = STR_NONE;
  s->pages = (int)cuts->len;
  for (size_t i = 0; i < cuts->len; i++)
    page_place(&p, i);
  if (cuts->len) // of groups without a box at the end
    anchors_place(&p, SIZE_MAX, cuts->len - 1, 0, page_top(s->doc));
  out->bookmarks = p.bookmarks.data;
  out->n_bookmarks = p.bookmarks.len;
  out->dests = p.dests.data;
  out->n_dests = p.dests.len;
}
