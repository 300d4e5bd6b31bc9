// Places boxes on their pages; headers, footers, bookmarks, destinations.
#include "typeset-imp.h"

typedef struct {
  const VList *v;
  size_t anchor, dynamic; // next to be placed
} Placing;

// Puts marks on the page under way, moved; their points become its own.
static void sheet_add(Placer *p, const Mark *marks, size_t n, Len x, Len y) {
  for (size_t i = 0; i < n; i++) {
    Mark *m = vec_push(p->keep, &p->sheet);
    *m = marks[i];
    if (m->kind == MARK_PATH) {
      m->points = NEW_ARRAY(p->scratch, Len, 2 * m->n_points);
      memcpy(m->points, marks[i].points, 2 * m->n_points * sizeof(Len));
    }
    marks_move(m, 1, x, y);
  }
}

// The marks of the page under way as bytes of its own.
static void sheet_pack(Placer *p, PageMarks *out) {
  const Mark *before = NULL;
  out->elements = out->runs = out->rows = 0;
  for (size_t i = 0; i < p->sheet.len; i++) {
    const Mark *m = &p->sheet.data[i];
    bool other = !before || m->element != before->element;
    out->elements = m->element > out->elements ? m->element : out->elements;
    out->runs += other;
    out->rows +=
        !before || m->row != before->row || (m->tag == TAG_LI && other);
    before = m;
  }
  out->packed = marks_pack(p->keep, &p->bytes, p->sheet.data, p->sheet.len);
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
  VList v = {.fixed = true};
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

typedef struct {
  const LayBlock *header, *footer;
} Regions;

// first goes before last: a briefing of one page has its first page's.
static Regions regions_of(const PageMaster *m, int page, int pages,
                          bool blank) {
  if (blank)
    return (Regions){m->header_blank, m->footer_blank};
  if (page == 1)
    return (Regions){m->header_first, m->footer_first};
  Regions r = {page % 2 ? m->header_odd : m->header_even,
               page % 2 ? m->footer_odd : m->footer_even};
  if (page == pages && m->header_last)
    r.header = m->header_last;
  if (page == pages && m->footer_last)
    r.footer = m->footer_last;
  return r;
}

// ---- anchors ---------------------------------------------------------------

static void anchor_place(Placer *p, const Anchor *a, size_t page, Len x,
                         Len y) {
  const LayBlock *b = a->block;
  if (b->bookmark.len)
    *vec_push(p->keep, &p->bookmarks) =
        (Bookmark){b->bookmark, b->level > 0 ? b->level : 1, page, y};
  if (b->id.len) {
    *vec_push(p->keep, &p->dests) = (Destination){b->id, page, x + a->x, y};
    map_put(p->pages, b->id, (void *)(intptr_t)p->number);
  }
}

// Anchors whose first box is item i.
static void anchors_place(Placer *p, Placing *at, size_t i, size_t page, Len x,
                          Len y) {
  while (at->anchor < at->v->anchors.len &&
         at->v->anchors.data[at->anchor].item <= i)
    anchor_place(p, &at->v->anchors.data[at->anchor++], page, x, y);
}

// The last running title that begins on the page.
static void running_set(Placer *p, const Placing *at, const PageCut *cut) {
  for (size_t i = at->anchor; i < at->v->anchors.len; i++) {
    const Anchor *a = &at->v->anchors.data[i];
    if (a->item >= cut->end)
      break;
    if (a->block->running.data)
      p->running = a->block->running;
  }
}

// ---- figures ---------------------------------------------------------------

typedef struct {
  Buf text; // 1、4
  size_t last;
} FigurePages;

Str figure_pages(const Map *figures, Str id) {
  const FigurePages *f = figures ? map_lookup(figures, id) : NULL;
  return f ? buf_str(&f->text) : STR("");
}

static void figure_note(Placer *p, Str id, size_t page) {
  FigurePages *f = map_lookup(p->figures, id);
  if (!f) {
    f = NEW(p->keep, FigurePages);
    f->text = buf_new(p->keep);
    map_put(p->figures, id, f);
  }
  if (f->last == page)
    return;
  buf_fmt(&f->text, "%s%zu", f->last ? "、" : "", page);
  f->last = page;
  p->printed = (p->printed ^ str_hash(id)) * 31 + page;
}

void figures_note(Placer *p, const Mark *marks, size_t n, size_t number) {
  for (size_t i = 0; i < n; i++)
    if (marks[i].kind == MARK_FIGURE)
      figure_note(p, marks[i].target, number);
}

// The way back from a source to the page that prints its figure first.
static void backs_note(Placer *p, const Mark *marks, size_t n, Len x, Len y) {
  for (size_t i = 0; i < n; i++) {
    Mark m = marks[i];
    if (m.kind != MARK_FIGURE || map_lookup(p->figures, m.target))
      continue;
    marks_move(&m, 1, x, y);
    Len top = m.turned ? p->s->doc->master.height - m.x - m.w : m.y;
    Str id = str_cat(p->keep, STR("figure:"), m.target);
    *vec_push(p->keep, &p->backs) =
        (Destination){id, p->out.len, m.turned ? m.y : m.x, top};
    figure_note(p, m.target, (size_t)p->number);
  }
}

// ---- pages -----------------------------------------------------------------

// The table that goes on with the next page, or NULL.
static const Repeat *table_open(const VList *v, const PageCut *cut) {
  if (cut->forced || cut->end >= v->items.len)
    return NULL;
  return v->items.data[cut->end].repeat;
}

static Len foot_y(const Document *doc) {
  return doc->master.height - doc->master.bottom;
}

static Len pinned_y(const Placer *p, const Fill *f, Len foot_left) {
  Len y = foot_y(p->s->doc) - foot_left;
  Len flow = page_top(p->s->doc) + f->y;
  return f->y > 0 && y < flow ? flow : y;
}

// A box of a dynamic paragraph leaves a hole; false: it is none.
static bool hole_add(Placer *p, Placing *at, size_t i, size_t page, Len x,
                     Len y) {
  const VList *v = at->v;
  while (at->dynamic < v->dynamics.len &&
         v->dynamics.data[at->dynamic].item + v->dynamics.data[at->dynamic].n <=
             i)
    at->dynamic++;
  if (at->dynamic == v->dynamics.len)
    return false;
  const Dynamic *d = &v->dynamics.data[at->dynamic];
  const Item *it = &v->items.data[i];
  if (i < d->item)
    return false;
  Hole hole = {page, p->sheet.len, d->id, d->line + i - d->item, x, y, 0};
  hole.element = it->n_marks ? it->marks[0].element : 0;
  *vec_push(p->keep, &p->holes) = hole;
  if (p->dynamics.len <= d->id)
    *vec_push(p->keep, &p->dynamics) = *d;
  return true;
}

// Lines of footnotes; the page gives its notes their numbers.
static void notes_place(Placer *p, const VList *v, const PageCut *cut, Len left,
                        Len y) {
  Setter *s = p->s;
  size_t page = p->out.len;
  int number = 0;
  if (cut->notes == cut->notes_end)
    return;
  Mark rule = notes_rule(s->doc, y);
  sheet_add(p, &rule, 1, left, 0);
  y += notes_height(v, cut->notes, cut->notes_end);
  for (size_t i = cut->notes; i < cut->notes_end; i++)
    y -= v->notes.data[i].height;
  for (size_t i = cut->notes; i < cut->notes_end; i++) {
    const NoteLine *l = &v->notes.data[i];
    if (!l->line) {
      const Footnote *f = &s->doc->notes[l->note - 1];
      s->note_numbers[l->note] = ++number;
      Line label = note_label(s, l);
      sheet_add(p, label.marks, label.n_marks, left, y);
      *vec_push(p->keep, &p->dests) = (Destination){f->id, page, left, y};
      map_put(p->pages, f->id, (void *)(intptr_t)p->number);
    }
    backs_note(p, l->marks, l->n_marks, left, y);
    figures_note(p, l->marks, l->n_marks, (size_t)p->number);
    sheet_add(p, l->marks, l->n_marks, left, y);
    y += l->height;
  }
}

static void place_box(Placer *p, Placing *at, size_t i, Len x, Len y) {
  const Item *it = &at->v->items.data[i];
  size_t page = p->out.len;
  anchors_place(p, at, i, page, x, y);
  backs_note(p, it->marks, it->n_marks, x, y);
  figures_note(p, it->marks, it->n_marks, (size_t)p->number);
  if (!hole_add(p, at, i, page, x, y))
    sheet_add(p, it->marks, it->n_marks, x, y);
}

// The items of columns on this page; gives the end of them.
static size_t place_strip(Placer *p, Placing *at, Fill *f, size_t i, size_t end,
                          Len left) {
  const VList *v = at->v;
  size_t to = strip_end(v, i, end), first = i;
  while (first < to && v->items.data[first].kind != BOX)
    first++;
  for (size_t k = i; k < to; k++)
    fill_item(p->s->doc, v, f, k);
  if (first == to)
    return to;
  StripPlace *at_of = NEW_ARRAY(p->scratch, StripPlace, to - first);
  strip_places(v, first, to, f->strip_h, at_of);
  Len top = page_top(p->s->doc) + f->strip_y;
  for (size_t k = first; k < to; k++)
    if (v->items.data[k].kind == BOX)
      place_box(p, at, k, left + at_of[k - first].x, top + at_of[k - first].y);
  return to;
}

static void place_boxes(Placer *p, Placing *at, const PageCut *cut,
                        size_t page) {
  const Document *doc = p->s->doc;
  const VList *v = at->v;
  Fill f = fill_begin(v, cut->begin, cut->notes);
  Len foot = 0, top = page_top(doc);
  Len left = page % 2 ? doc->master.outer : doc->master.inner;
  for (size_t i = cut->begin; i < cut->end; i++)
    if (v->items.data[i].pinned)
      foot += v->items.data[i].height;
  Len notes = foot_y(doc) - foot - notes_height(v, cut->notes, cut->notes_end);
  for (size_t i = cut->begin; i < cut->end; i++) {
    const Item *it = &v->items.data[i];
    if (it->strip) {
      i = place_strip(p, at, &f, i, cut->end, left) - 1;
      continue;
    }
    bool head = !f.any && it->kind == BOX && it->repeat;
    Len y = top + fill_item(doc, v, &f, i);
    if (it->kind != BOX)
      continue;
    if (it->pinned) {
      y = pinned_y(p, &f, foot);
      foot -= it->height;
    }
    if (head)
      sheet_add(p, it->repeat->marks, it->repeat->n_marks, left, top);
    place_box(p, at, i, left, y);
  }
  const Repeat *open = table_open(v, cut);
  if (open)
    sheet_add(p, open->close, open->n_close, left, top + f.y);
  notes_place(p, v, cut, left, notes);
}

// Numbers go on from page to page, or where a page sequence begins.
static void number_set(Placer *p, const PageCut *cut) {
  p->number++;
  if (cut->begin == cut->end || !p->next_number)
    return;
  p->number = p->next_number;
  p->next_number = 0;
}

static void number_after(Placer *p, const VList *v, size_t i) {
  for (; i < v->items.len && v->items.data[i].kind != BOX; i++)
    if (v->items.data[i].kind == FORCE && v->items.data[i].height)
      p->next_number = v->items.data[i].height;
}

// A foot block behind a blank page has no number either (D7).
static bool is_tail(const Placer *p, const VList *v, const PageCut *cut) {
  size_t n = p->info.len;
  bool tail = p->s->doc->master.duplex && n && p->info.data[n - 1].blank;
  for (size_t i = cut->begin; tail && i < cut->end; i++)
    tail = v->items.data[i].kind != BOX || v->items.data[i].pinned;
  return tail;
}

static void page_place(Placer *p, Placing *at, const PageCut *cut) {
  size_t page = p->out.len;
  p->sheet.len = 0;
  arena_reset(p->scratch);
  number_set(p, cut);
  running_set(p, at, cut);
  place_boxes(p, at, cut, page);
  PageMarks out = {.number = p->number, .odd = page % 2 == 0};
  sheet_pack(p, &out);
  *vec_push(p->keep, &p->out) = out;
  bool blank = cut->begin == cut->end && cut->notes == cut->notes_end;
  blank |= is_tail(p, at->v, cut);
  *vec_push(p->keep, &p->info) = (PageInfo){p->running, blank};
}

// The back of the last leaf; no page of the document, so <pages/> leaves it
// out.
static void page_place_blank(Placer *p) {
  bool odd = p->out.len % 2 == 0;
  *vec_push(p->keep, &p->out) =
      (PageMarks){.number = ++p->number, .odd = odd, .ends = PAGE_BLANK};
  *vec_push(p->keep, &p->info) = (PageInfo){p->running, true};
}

void pages_place(Placer *p, const VList *v, const PageCuts *cuts, size_t n,
                 bool last) {
  Placing at = {v, 0, 0};
  if (!p->out.len)
    number_after(p, v, 0);
  for (size_t i = 0; i < n; i++) {
    page_place(p, &at, &cuts->data[i]);
    number_after(p, v, cuts->data[i].end);
    page_report(p->s, v, &cuts->data[i], &p->out.data[p->out.len - 1]);
  }
  for (size_t note = n ? cuts->data[n - 1].notes_end : v->notes.len;
       last && note < v->notes.len;) { // the notes end behind the text
    Fill f = fill_begin(v, v->items.len, note);
    Len height;
    PageCut cut = {v->items.len, v->items.len, true, note, 0};
    note = notes_fit(v, &f, page_height(p->s->doc), &height);
    cut.notes_end = note;
    page_place(p, &at, &cut);
  }
  if (last && p->out.len) // of groups without a box at the end
    anchors_place(p, &at, SIZE_MAX, p->out.len - 1, 0, page_top(p->s->doc));
}

// ---- when all pages are known ----------------------------------------------

static void margins_finish(Placer *p, size_t page) {
  Setter *s = p->s;
  const PageMaster *m = &s->doc->master;
  PageMarks *out = &p->out.data[page];
  PageInfo *info = &p->info.data[page];
  s->page = out->number;
  s->running = info->running;
  Regions r = regions_of(m, (int)page + 1, s->pages, info->blank);
  Len left = out->odd ? m->inner : m->outer;
  Margin head = margin_set(s, r.header, left, m->head_y);
  Margin foot = margin_set(s, r.footer, left, m->foot_y);
  p->sheet.len = 0;
  sheet_add(p, head.marks, head.n, 0, 0);
  sheet_add(p, foot.marks, foot.n, 0, 0);
  out->margin = marks_pack(p->keep, &p->bytes, p->sheet.data, p->sheet.len);
}

// Dynamic paragraphs are set again one after the other, in the order of their
// holes.
typedef struct {
  VList set;
  size_t id; // of the one that is set
  bool any, fits;
} Filling;

static void dynamic_set(Placer *p, Filling *f, const Hole *h) {
  if (f->any && f->id == h->dynamic)
    return;
  const Dynamic *d = &p->dynamics.data[h->dynamic];
  f->any = true;
  f->id = h->dynamic;
  p->s->page = p->out.data[h->page].number;
  f->set = vlist_refresh(p->s, d);
  f->fits &= f->set.items.len == d->all;
}

static void sheet_rest(Placer *p, PageMarks old, size_t from, size_t to) {
  if (to > from) // a page without marks has no place for them either
    sheet_add(p, old.marks + from, to - from, 0, 0);
}

// Lays the boxes of holes [from, to), all of one page, among its marks.
static void holes_fill(Placer *p, Filling *f, size_t from, size_t to) {
  PageMarks *page = &p->out.data[p->holes.data[from].page];
  PageMarks old = page_marks(p->reader, page);
  p->sheet.len = 0;
  size_t at = 0;
  for (size_t i = from; i < to; i++) {
    const Hole *h = &p->holes.data[i];
    sheet_rest(p, old, at, h->mark);
    at = h->mark;
    dynamic_set(p, f, h);
    if (h->line >= f->set.items.len)
      continue;
    const Item *it = &f->set.items.data[h->line];
    size_t first = p->sheet.len;
    sheet_add(p, it->marks, it->n_marks, h->x, h->y);
    for (size_t k = first; k < p->sheet.len; k++)
      p->sheet.data[k].element = h->element;
  }
  sheet_rest(p, old, at, old.n_marks);
  sheet_pack(p, page);
}

// What is set for one page goes when the page is done; a dynamic paragraph
// that goes on stays.
static bool holes_finish(Placer *p) {
  enum { SCRATCH_MAX = 1 << 16 };
  Filling f = {.fits = true};
  for (size_t i = 0, end; i < p->holes.len; i = end) {
    const Hole *h = &p->holes.data[i];
    for (end = i + 1; end < p->holes.len && p->holes.data[end].page == h->page;)
      end++;
    bool goes_on = f.any && f.id == h->dynamic;
    if (!goes_on && arena_used(p->s->arena) > SCRATCH_MAX)
      arena_reset(p->s->arena), f.any = false;
    arena_reset(p->scratch);
    holes_fill(p, &f, i, end);
  }
  return f.fits;
}

bool pages_finish(Placer *p) {
  Arena *outer = p->s->arena;
  size_t numbered = p->out.len;
  while (numbered && p->info.data[numbered - 1].blank)
    numbered--;
  p->s->pages = (int)numbered;
  p->s->arena = arena_new();
  bool fits = holes_finish(p);
  if (p->s->doc->master.duplex && p->out.len % 2)
    page_place_blank(p);
  for (size_t i = 0; i < p->out.len; i++) {
    arena_reset(p->s->arena);
    arena_reset(p->scratch);
    margins_finish(p, i);
  }
  arena_free(p->s->arena);
  p->s->arena = outer;
  return fits;
}
