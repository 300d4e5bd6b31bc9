// Blocks → pages of marks. The document is set window by window: blocks become
// a vertical list, the list is cut into pages, all but its last pages are
// placed, and the memory of what lies behind is given back. Page numbers are
// filled in when all pages are known; where that changes the lines, the
// document is set again with the numbers of the pass before until none changes.
#include "typeset-imp.h"

enum {
  PASSES_MAX = 6,
  WINDOW_ITEMS = 2000, // a window's list has at least so many
  LOOK_AHEAD = 3,      // pages that are cut again with the next window
};

typedef struct {
  Setter s;
  Arena *arena;     // of the pages' owner
  Map *previous;    // id → page of the pass before, as a pointer; may be NULL
  Map *figures;     // figure id → pages that print it, of the pass before
  uint64_t printed; // hash of what it holds
  Placer placer;
  VList list;
  VEC(Arena *) behind; // memory of the list's older items
  size_t fresh;        // items before this one lie there
  Map *guess;          // as figures, of the pages cut so far in this pass
  bool nested;         // a reference inside a table
  bool known;          // this pass's pages are
} Run;

static int page_number(void *ctx, Str id) {
  const Run *r = ctx;
  const Map *m = r->known ? r->placer.pages : r->previous;
  return m ? (int)(intptr_t)map_lookup(m, id) : 0;
}

static Str pages_with(void *ctx, Str id) {
  const Run *r = ctx;
  const Map *m = r->figures ? r->figures : r->guess;
  return figure_pages(r->known ? r->placer.figures : m, id);
}

// ---- windows ---------------------------------------------------------------

// The list from item `from` on, as a new list in new memory.
static void carry(Run *r, size_t from, size_t note) {
  Arena *a = r->s.arena;
  VList old = r->list, v = {.n_dynamics = old.n_dynamics};
  for (size_t i = 0; i < old.strips.len; i++)
    *vec_push(a, &v.strips) = old.strips.data[i];
  for (size_t i = from; i < old.items.len; i++)
    *vec_push(a, &v.items) = old.items.data[i];
  for (size_t i = 0; i < old.anchors.len; i++)
    if (old.anchors.data[i].item >= from) {
      Anchor at = old.anchors.data[i];
      at.item -= from;
      *vec_push(a, &v.anchors) = at;
    }
  for (size_t i = 0; i < old.dynamics.len; i++) {
    Dynamic d = old.dynamics.data[i];
    if (d.item + d.n <= from)
      continue;
    size_t done = d.item < from ? from - d.item : 0;
    d.line += done, d.n -= done;
    d.item = d.item + done - from;
    *vec_push(a, &v.dynamics) = d;
  }
  for (size_t i = note; i < old.notes.len; i++) {
    NoteLine l = old.notes.data[i];
    v.carried += l.item < from;
    l.item = l.item < from ? 0 : l.item - from;
    *vec_push(a, &v.notes) = l;
  }
  r->list = v;
}

// Pages of the list that stay as they are whatever follows.
static size_t pages_settled(const PageCuts *cuts, bool last) {
  if (last)
    return cuts->len;
  size_t n = cuts->len > LOOK_AHEAD ? cuts->len - LOOK_AHEAD : 0;
  while (n > 0 && cuts->data[n].begin == cuts->data[n].end)
    n--; // a blank page goes with the page that it follows
  return n;
}

// Printed on both sides, the foot block stands on the back of the last leaf
// (D6): a leaf that the text left open takes it over, a front of its own
// becomes blank.
static void tail_turn(const Run *r, PageCuts *cuts) {
  bool odd = (r->placer.out.len + cuts->len) % 2;
  if (!r->s.doc->master.duplex || !odd || !cuts->len)
    return;
  PageCut *last = &cuts->data[cuts->len - 1], tail = *last;
  size_t at = tail.end;
  bool text = tail.notes < tail.notes_end;
  for (size_t i = tail.end; i > tail.begin; i--) {
    const Item *it = &r->list.items.data[i - 1];
    text |= it->kind == BOX && !it->pinned;
    at = it->pinned && !text ? i - 1 : at;
  }
  if (at == tail.end)
    return;
  if (text)
    last->end = tail.begin = at, tail.notes = tail.notes_end;
  else
    *last = (PageCut){tail.begin, tail.begin, true, tail.notes, tail.notes};
  *vec_push(r->s.arena, cuts) = tail;
}

static void window_end(Run *r, bool last) {
  PageCuts cuts = {0};
  r->nested |= r->list.nested;
  paginate(&r->s, &r->list, r->placer.out.len, &cuts);
  if (last)
    tail_turn(r, &cuts);
  size_t n = pages_settled(&cuts, last);
  pages_place(&r->placer, &r->list, &cuts, n, last);
  if (last || !n)
    return;
  size_t from = cuts.data[n].begin;
  *vec_push(r->arena, &r->behind) = r->s.arena;
  r->s.arena = arena_new();
  bool old = from < r->fresh; // items older than the window are still in use
  carry(r, from, cuts.data[n].notes);
  old |= r->list.carried > 0;
  for (size_t i = 0; !old && i + 1 < r->behind.len; i++)
    arena_free(r->behind.data[i]);
  if (!old) {
    r->behind.data[0] = r->behind.data[r->behind.len - 1];
    r->behind.len = 1;
  }
  r->fresh = r->list.items.len;
}

// Sources stand behind the text: when they are set it is all but certain which
// pages print a figure, so that another pass is rarely needed.
static void guess_figures(Run *r) {
  Placer g = {.keep = r->placer.keep};
  g.figures = map_new(g.keep);
  size_t page = 0;
  for (; page < r->placer.out.len; page++) {
    PageMarks m = page_marks(r->placer.reader, &r->placer.out.data[page]);
    figures_note(&g, m.marks, m.n_marks, (size_t)m.number);
  }
  PageCuts cuts = {0};
  paginate(&r->s, &r->list, page, &cuts);
  for (size_t k = 0; k < cuts.len; k++)
    for (size_t i = cuts.data[k].begin; i < cuts.data[k].end; i++)
      figures_note(&g, r->list.items.data[i].marks,
                   r->list.items.data[i].n_marks,
                   (size_t)r->placer.number + 1 + k);
  r->guess = g.figures;
}

static bool names_figures(const LayBlock *b, int depth) {
  for (size_t i = 0; b->kind == LAY_PARA && i < b->para.n; i++)
    if (b->para.runs[i].kind == INLINE_FIGURE_PAGES)
      return true;
  if (b->kind != LAY_GROUP || depth == 0)
    return false;
  for (const LayBlock *c = b->first; c; c = c->next)
    if (names_figures(c, depth - 1))
      return true;
  return false;
}

static void pass_begin(Run *r) {
  Arena *keep = arena_new();
  r->s.arena = arena_new();
  r->s.elements = r->s.tables = 0;
  r->s.page = 0;
  r->placer = (Placer){.s = &r->s, .keep = keep};
  r->placer.bytes = buf_new(keep);
  r->placer.reader = page_reader_new(keep);
  r->placer.scratch = arena_new();
  arena_defer(keep, (void (*)(void *))arena_free, r->placer.scratch);
  r->placer.pages = map_new(keep);
  r->placer.figures = map_new(keep);
  r->list = (VList){0};
  r->behind.len = 0;
  r->fresh = 0;
  r->nested = r->known = false;
  r->guess = NULL;
}

static void pass_end(Run *r) {
  for (size_t i = 0; i < r->behind.len; i++)
    arena_free(r->behind.data[i]);
  arena_free(r->s.arena);
}

// Sets the document once; false: page numbers did not fit their places.
static bool pass(Run *r) {
  Len measure = page_measure(r->s.doc);
  size_t begun = 0;
  pass_begin(r);
  for (const LayBlock *b = r->s.doc->first; b; b = b->next) {
    if (!r->guess && !r->figures && names_figures(b, 2))
      guess_figures(r);
    vlist_block(&r->s, &r->list, b, measure);
    if (r->list.items.len - begun < WINDOW_ITEMS)
      continue;
    window_end(r, false);
    begun = r->list.items.len;
  }
  window_end(r, true);
  r->known = true;
  bool fits = pages_finish(&r->placer);
  pass_end(r);
  return fits;
}

// ---- references ------------------------------------------------------------

// A destination on another page than in the pass before, or NULL.
static const Destination *dest_moved(const Run *r) {
  for (size_t i = 0; i < r->placer.dests.len; i++) {
    const Destination *d = &r->placer.dests.data[i];
    if (!r->previous || (int)(intptr_t)map_lookup(r->previous, d->id) !=
                            r->placer.out.data[d->page].number)
      return d;
  }
  return NULL;
}

static void report_unsettled(const Run *r, const Destination *d) {
  PageMaps before = {r->previous, r->figures};
  PageMaps now = {r->placer.pages, r->placer.figures};
  Unsettled u = {.arena = r->arena};
  if (unsettled_find(r->s.doc, &before, &now, &u)) {
    diag(r->s.diags, D_PAGE_REF_UNSETTLED, u.run->at, u.run->text, u.was, u.is);
    return;
  }
  if (!d)
    return;
  intptr_t was = (intptr_t)map_lookup(r->previous, d->id);
  diag(r->s.diags, D_PAGE_REF_UNSETTLED, SPAN_NONE, d->id,
       str_int(r->arena, was),
       str_int(r->arena, r->placer.out.data[d->page].number));
}

static void report_missing(const Run *r, const Para *p) {
  for (size_t i = 0; i < p->n; i++) {
    const Inline *run = &p->runs[i];
    if (run->kind == INLINE_PAGE_REF && !map_lookup(r->placer.pages, run->text))
      diag(r->s.diags, D_PAGE_REF_MISSING, run->at, run->text);
  }
}

static bool settled(const Run *r, bool fits) {
  if (fits && !r->nested)
    return true;
  return !dest_moved(r) && r->printed == r->placer.printed;
}

// Passes until all page numbers are those of the pages they were set with.
// Only the first pass says what it sees.
static void settle(Run *r) {
  Diags *said = r->s.diags;
  for (int i = 1;; i++) {
    bool fits = pass(r);
    r->s.diags = said;
    if (settled(r, fits))
      return;
    const Destination *moved = dest_moved(r);
    if (i == PASSES_MAX) {
      report_unsettled(r, moved);
      return;
    }
    r->previous = r->placer.pages;
    r->figures = r->placer.figures;
    r->printed = r->placer.printed;
    arena_defer(r->arena, (void (*)(void *))arena_free, r->placer.keep);
    r->s.diags = diags_new(r->arena, LANG_EN);
  }
}

static void setter_init(Run *r, Diags *d, const Document *doc, FontSet *fonts) {
  r->s = (Setter){.diags = d,
                  .doc = doc,
                  .fonts = fonts,
                  .page_of = page_number,
                  .pages_with = pages_with,
                  .page_ctx = r};
}

// Light enough to read through, and still there on a copy.
static Line watermark_set(Setter *s) {
  const PageMaster *m = &s->doc->master;
  Str text = m->watermark;
  Len n = (Len)utf8_count(text), across = (m->width + m->height) * 2 / 5;
  Len size = len_clamp(across / (n > 0 ? n : 1), PT(18), PT(110));
  Style st = {.face = STR("hei"), .size = size, .colour = 0xE4E4E4};
  st.align = ALIGN_LEFT;
  Inline run = {.kind = INLINE_TEXT, .text = text, .style = &st};
  Para p = {&st, &run, 1};
  Line l = para_set(s, &p, PT(20000), TAG_ARTIFACT, 0).lines[0];
  marks_move(l.marks, l.n_marks, -l.width / 2, size * 38 / 100);
  return l;
}

Pages *typeset(Arena *a, Diags *d, const Document *doc, FontSet *fonts) {
  Pages *p = NEW(a, Pages);
  Run r = {.arena = a};
  setter_init(&r, d, doc, fonts);
  r.s.note_numbers = NEW_ARRAY(a, int, doc->n_notes + 1);
  settle(&r);
  const Placer *out = &r.placer;
  arena_defer(a, (void (*)(void *))arena_free, out->keep);
  for (size_t i = 0; i < out->dynamics.len; i++)
    report_missing(&r, &out->dynamics.data[i].block->para);
  *p = (Pages){.doc = doc, .fonts = fonts};
  p->pages = out->out.data, p->n_pages = out->out.len;
  p->bookmarks = out->bookmarks.data, p->n_bookmarks = out->bookmarks.len;
  p->dests = out->dests.data, p->n_dests = out->dests.len;
  p->figures = out->backs.data, p->n_figures = out->backs.len;
  r.s.arena = a;
  if (doc->master.watermark.len) {
    Line l = watermark_set(&r.s);
    p->watermark = l.marks, p->n_watermark = l.n_marks;
  }
  fontset_summary(fonts);
  for (size_t i = 0; i < fontset_faces(fonts); i++)
    face_rest(fontset_face(fonts, i));
  return p;
}

Str boxes_dump(Arena *a, Diags *d, const Document *doc, FontSet *fonts) {
  Run r = {.arena = a};
  setter_init(&r, d, doc, fonts);
  r.s.arena = a;
  VList v = {0};
  vlist_blocks(&r.s, &v, doc->first, page_measure(doc));
  return vlist_dump(a, &v);
}
