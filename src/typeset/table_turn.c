// A table too wide for the page, turned to landscape (D8): set and cut into
// pages in a measure as wide as the type area is high, each page then laid on
// its side as one box as high as a page. Its head faces left: the binding side
// of odd pages, the fore-edge of even ones. Header, footer and folio stay.
#include "table-imp.h"

typedef struct {
  Setter s; // of the turned pages
  Document doc;
  VList list;
} Turned;

static void part_add(Item *out, Mark *marks, size_t n, Len y) {
  if (!n)
    return;
  memcpy(out->marks + out->n_marks, marks, n * sizeof *marks);
  marks_move(out->marks + out->n_marks, n, 0, y);
  out->n_marks += (uint32_t)n;
}

static const Repeat *part_after(const VList *v, const PageCut *cut) {
  return cut->end < v->items.len ? v->items.data[cut->end].repeat : NULL;
}

static size_t part_marks(const VList *v, const PageCut *cut) {
  const Repeat *head = v->items.data[cut->begin].repeat;
  const Repeat *after = part_after(v, cut);
  size_t n = (head ? head->n_marks : 0) + (after ? after->n_close : 0);
  for (size_t i = cut->begin; i < cut->end; i++)
    n += v->items.data[i].n_marks;
  return n;
}

// The marks of one turned page, still upright, from its top left corner.
static void part_gather(Turned *t, const PageCut *cut, Item *out) {
  const VList *v = &t->list;
  Fill f = {0};
  for (size_t i = cut->begin; i < cut->end; i++) {
    const Item *it = &v->items.data[i];
    bool head = !f.any && it->kind == BOX && it->repeat;
    if (head)
      part_add(out, it->repeat->marks, it->repeat->n_marks, 0);
    Len y = fill_item(&t->doc, v, &f, i);
    part_add(out, it->marks, it->n_marks, y);
  }
  const Repeat *after = part_after(v, cut);
  if (after)
    part_add(out, after->close, after->n_close, f.y);
}

// x from the page's foot up, y to the right; top is where the type area begins
// below the box's top.
static void part_turn(const Document *doc, Item *out, Len high, Len top) {
  marks_move(out->marks, out->n_marks, doc->master.height - high - top, 0);
  for (size_t i = 0; i < out->n_marks; i++)
    out->marks[i].turned = true;
}

static void turned_init(Turned *t, const Setter *s, Len wide, Len high) {
  t->doc = *s->doc;
  t->doc.profile.grid_lines = 0;
  t->doc.master = (PageMaster){.width = wide, .height = high};
  t->s = *s;
  t->s.doc = &t->doc;
  t->s.turned = true;
}

void table_turn(Setter *s, VList *v, const LayBlock *b) {
  const PageMaster *m = &s->doc->master;
  Len high = m->height - m->top - m->bottom; // of the type area
  Turned t = {0};
  turned_init(&t, s, high, page_measure(s->doc));
  table_set(&t.s, &t.list, b, high);
  s->elements = t.s.elements;
  s->tables = t.s.tables;
  v->nested |= t.list.nested;
  PageCuts cuts = {0};
  paginate(&t.s, &t.list, 0, &cuts);
  Len x = v->x;
  v->x = 0;
  for (size_t i = 0; i < cuts.len; i++) {
    const PageCut *cut = &cuts.data[i];
    Mark *marks = NEW_ARRAY(s->arena, Mark, part_marks(&t.list, cut));
    Item *out = vlist_box(s, v, page_height(s->doc), marks, 0);
    part_gather(&t, cut, out);
    part_turn(s->doc, out, high, m->top - page_top(s->doc));
    out->block = b;
  }
  v->x = x;
}
