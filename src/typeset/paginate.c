// Cuts the vertical list into pages at least total cost (P4), not greedily:
// every page end within reach of a page head is weighed, and the cheapest way
// through the whole list is taken.
#include "typeset-imp.h"

// Costs. An empty share q of a page (0…1) costs SLACK·q², so white is rather
// shared out than piled up; a third empty costs SHORT more.
enum {
  SLACK = 2000,
  SHORT = 100000,
  TORN = 1000000,   // a page end where none is allowed
  NEW_PAGE = 40,    // keeps the number of pages low
  NOTE_SPLIT = 500, // a note goes on with the next page
  NOTE_LATE = 50,   // each line of it
  WISH = 3000,      // a wished page end is not taken
  ALONE = 5000,     // the foot block has a page to itself; with little text,
                    // less
  STUB = 1000,      // columns begin under other text with a line or two
  BOXES_MAX = 5000, // on a page: boxes without height end it too
  ENDS_MAX = 64,    // page ends weighed from one page head: the fullest
};

typedef struct {
  int64_t cost; // of the way to this page head; -1: not reached
  size_t from;  // head of the page before
  size_t end;   // its end
  size_t note;  // line of the footnotes that its foot begins with
} Node;

typedef struct {
  const Document *doc;
  const VList *v;
  Len height;
  Node *nodes; // by item: a page that begins there
} Cutter;

static Len snap_up(Len y, Len pitch) {
  Len over = pitch ? y % pitch : 0;
  return over ? y + pitch - over : y;
}

static Len len_add(Len y, Len h) {
  return h > INT32_MAX / 2 - y ? INT32_MAX / 2 : y + h;
}

// Columns are as high as their items need so far.
static void fill_strip(const Document *doc, const VList *v, Fill *f, size_t i) {
  const Item *it = &v->items.data[i];
  if (it->kind != BOX)
    return;
  if (f->strip != it->strip) {
    if (it->snap)
      f->y = snap_up(f->y, page_pitch(doc));
    f->strip = it->strip;
    f->first = i;
    f->strip_y = f->y;
    f->strip_h = 0;
  }
  f->strip_h = strip_height(v, f->first, i + 1, f->strip_h);
  f->y = len_add(f->strip_y, f->strip_h);
  f->any = true;
  if (it->notes)
    fill_notes(v, f, i);
}

Len fill_item(const Document *doc, const VList *v, Fill *f, size_t i) {
  const Item *it = &v->items.data[i];
  if (it->strip) {
    fill_strip(doc, v, f, i);
    return f->y;
  }
  if (it->kind == GLUE) {
    if (f->any)
      f->y = len_add(f->y, it->height);
    return f->y;
  }
  if (it->kind == FORCE)
    return f->y;
  if (it->pinned) {
    f->foot = len_add(f->foot, it->height);
    f->any = true;
    return f->y;
  }
  if (!f->any && it->repeat)
    f->y = it->repeat->height;
  if (it->snap)
    f->y = snap_up(f->y, page_pitch(doc));
  Len top = f->y;
  f->y = len_add(f->y, it->height);
  f->any = true;
  if (it->notes)
    fill_notes(v, f, i);
  return top;
}

// What pinned boxes and notes may take under the text, clear of it: they stand
// on the foot of the type area, the last line's lead lies below it.
static Len foot_room(const Document *doc, const Fill *f) {
  const PageMaster *m = &doc->master;
  Len area = m->height - m->bottom - page_top(doc);
  Len clear = page_pitch(doc) ? page_pitch(doc) / 2 : PT(10);
  return f->y > 0 ? area - clear - f->y : area;
}

static bool fits(const Cutter *c, const Fill *f) {
  Len foot = f->foot + notes_least(f);
  if (!foot)
    return f->y <= c->height;
  return foot <= foot_room(c->doc, f) || (f->y == 0 && foot <= c->height);
}

// The lines of footnotes that stand on the page: up to which, how high.
static size_t foot_notes(const Document *doc, const VList *v, const Fill *f,
                         Len *height) {
  return notes_fit(v, f, foot_room(doc, f) - f->foot, height);
}

static size_t skip_glue(const VList *v, size_t i) {
  while (i < v->items.len && v->items.data[i].kind == GLUE)
    i++;
  return i;
}

// Where the page after a page end begins: no page is made of breaks alone.
static size_t page_head(const VList *v, size_t i) {
  while (i < v->items.len && v->items.data[i].kind != BOX)
    i++;
  return i;
}

typedef struct {
  size_t end;
  int64_t cost;
  size_t note; // line of the footnotes that the next page begins with
} PageEnd;

static void reach(Cutter *c, size_t begin, PageEnd e) {
  size_t head = page_head(c->v, e.end);
  Node *n = &c->nodes[head];
  int64_t cost = e.cost + c->nodes[begin].cost;
  if (n->cost < 0 || cost <= n->cost)
    *n = (Node){cost, begin, e.end, e.note};
}

static int64_t slack_cost(const Cutter *c, Len used) {
  int64_t rest = c->height - used;
  if (rest < 0)
    rest = 0;
  int64_t cost = SLACK * rest / c->height * rest / c->height;
  return cost + NEW_PAGE + (rest * 3 > c->height ? SHORT : 0);
}

typedef struct {
  bool ended;      // by a FORCE or the end of the list
  size_t legal;    // page ends found
  size_t last_box; // the last that fits, SIZE_MAX: none
  size_t boxes;
  int64_t passed;         // cost of wishes not granted
  PageEnd ends[ENDS_MAX]; // the last of the legal ones, in a ring
} Scan;

// A FORCE ends the page, as does the end of the list.
static bool at_end(const Cutter *c, size_t i) {
  return i == c->v->items.len || c->v->items.data[i].kind == FORCE;
}

// A page end before item `end`; white is not counted where it is forced.
static PageEnd page_end(const Cutter *c, const Fill *f, size_t end,
                        bool forced) {
  Len notes = 0;
  PageEnd e = {end, NEW_PAGE, f->from};
  if (f->called > f->from)
    e.note = foot_notes(c->doc, c->v, f, &notes);
  if (!forced)
    e.cost = slack_cost(c, f->y + f->foot + notes);
  if (e.note < f->called)
    e.cost += NOTE_SPLIT + NOTE_LATE * (int64_t)(f->called - e.note);
  return e;
}

// A foot block does not stand under a few lines: some of the text before it
// rather goes with it, up to a fifth of the page.
static int64_t alone_cost(const Cutter *c, const Fill *f) {
  int64_t want = c->height / 5;
  return f->foot && f->y < want ? ALONE * (want - f->y) / want : 0;
}

static int64_t stub_cost(const Cutter *c, const Fill *f, size_t i) {
  const Item *it = &c->v->items.data[i];
  size_t next = skip_glue(c->v, i + 1);
  bool on = it->strip && c->v->items.data[next].strip == it->strip;
  return on && f->strip_y > 0 && f->strip_h < 3 * it->height ? STUB : 0;
}

static void scan_page(Cutter *c, size_t begin, Scan *sc) {
  const VList *v = c->v;
  Fill f = fill_begin(v, begin, c->nodes[begin].note);
  for (size_t i = begin;; i++) {
    if (at_end(c, i)) {
      PageEnd e = page_end(c, &f, i, true);
      e.cost += sc->passed + alone_cost(c, &f);
      reach(c, begin, e);
      sc->ended = true;
      return;
    }
    const Item *it = &v->items.data[i];
    fill_item(c->doc, v, &f, i);
    if (it->kind != BOX)
      continue;
    if (!fits(c, &f) || ++sc->boxes > BOXES_MAX)
      return;
    sc->last_box = i;
    if (at_end(c, skip_glue(v, i + 1)) || it->penalty >= PENALTY_NEVER)
      continue;
    PageEnd e = page_end(c, &f, i + 1, false);
    bool wish = it->penalty < 0;
    if (wish && e.cost < SHORT) // white is meant to be there
      e.cost = NEW_PAGE;
    e.cost += sc->passed + (wish ? 0 : it->penalty) + stub_cost(c, &f, i);
    sc->passed += wish ? WISH : 0;
    sc->ends[sc->legal++ % ENDS_MAX] = e;
  }
}

static void scan_from(Cutter *c, size_t begin) {
  Scan sc = {.last_box = SIZE_MAX};
  scan_page(c, begin, &sc);
  for (size_t i = 0; i < sc.legal && i < ENDS_MAX; i++)
    reach(c, begin, sc.ends[i]);
  if (sc.ended || sc.legal)
    return;
  // Nothing may end this page: it is torn after the last box that fits, or
  // holds one box that is taller than a page.
  size_t at = sc.last_box == SIZE_MAX ? begin : sc.last_box;
  Fill f = fill_begin(c->v, begin, c->nodes[begin].note);
  for (size_t i = begin; i <= at; i++)
    fill_item(c->doc, c->v, &f, i);
  PageEnd e = page_end(c, &f, at + 1, true);
  e.cost = TORN;
  reach(c, begin, e);
}

// A forced end before an odd page may need a blank one.
static void cut_add(Setter *s, PageCuts *cuts, const VList *v, PageCut cut,
                    size_t before) {
  size_t next = page_head(v, cut.end);
  bool odd = false;
  for (size_t i = cut.end; i < next; i++) {
    cut.forced |= v->items.data[i].kind == FORCE;
    odd |= v->items.data[i].odd;
  }
  cut.forced |= next == v->items.len;
  *vec_push(s->arena, cuts) = cut;
  if (odd && (before + cuts->len) % 2 && next < v->items.len)
    *vec_push(s->arena, cuts) =
        (PageCut){cut.end, cut.end, true, cut.notes_end, cut.notes_end};
}

static void trace(Setter *s, const Cutter *c, size_t first, size_t before,
                  PageCuts *cuts) {
  size_t pages = 0;
  for (size_t at = c->v->items.len; at != first; at = c->nodes[at].from)
    pages++;
  PageCut *way = NEW_ARRAY(s->arena, PageCut, pages);
  size_t i = pages;
  for (size_t at = c->v->items.len; at != first; at = c->nodes[at].from)
    way[--i] = (PageCut){c->nodes[at].from, c->nodes[at].end, false,
                         c->nodes[c->nodes[at].from].note, c->nodes[at].note};
  for (i = 0; i < pages; i++)
    cut_add(s, cuts, c->v, way[i], before);
}

static void say_tall(Setter *s, const Cutter *c, const PageCut *cut) {
  Fill f = fill_begin(c->v, cut->begin, cut->notes);
  Len foot = 0; // of the last box: space behind it runs into the margin
  const LayBlock *b = NULL;
  for (size_t i = cut->begin; i < cut->end; i++) {
    fill_item(c->doc, c->v, &f, i);
    foot = c->v->items.data[i].kind == BOX ? f.y : foot;
    b = c->v->items.data[i].block ? c->v->items.data[i].block : b;
  }
  if (foot > c->height)
    diag(s->diags, D_PAGE_BOX_TALL, b ? b->at : SPAN_NONE, STR_NONE);
}

// "No page but the last less than two thirds full" without a named reason.
static void say_short(Setter *s, const Cutter *c, const PageCut *cut, int page,
                      int full) {
  size_t next = page_head(c->v, cut->end);
  while (next < c->v->items.len && !c->v->items.data[next].block)
    next++;
  Span at =
      next < c->v->items.len ? c->v->items.data[next].block->at : SPAN_NONE;
  diag(s->diags, D_PAGE_SHORT, at, str_int(s->arena, page),
       str_int(s->arena, full));
}

static int percent_full(const Cutter *c, const PageCut *cut) {
  Fill f = fill_begin(c->v, cut->begin, cut->notes);
  for (size_t i = cut->begin; i < cut->end; i++)
    fill_item(c->doc, c->v, &f, i);
  f.foot += notes_height(c->v, cut->notes, cut->notes_end);
  int64_t full = ((int64_t)f.y + f.foot) * 100 / c->height;
  return full > 100 ? 100 : (int)full;
}

void page_report(Setter *s, const VList *v, const PageCut *cut,
                 PageMarks *out) {
  Cutter c = {s->doc, v, page_height(s->doc), NULL};
  int full = percent_full(&c, cut);
  bool is_short = full * 3 < 200;
  out->full = (uint8_t)full;
  out->ends = cut->begin == cut->end ? PAGE_BLANK
              : !is_short            ? PAGE_FULL
              : cut->forced          ? PAGE_BREAK
                                     : PAGE_NEXT;
  say_tall(s, &c, cut);
  if (out->ends == PAGE_NEXT)
    say_short(s, &c, cut, out->number, full);
}

void paginate(Setter *s, const VList *v, size_t before, PageCuts *cuts) {
  size_t n = v->items.len, first = page_head(v, 0);
  if (first == n)
    return;
  Cutter c = {s->doc, v, page_height(s->doc), NULL};
  c.nodes = NEW_ARRAY(s->arena, Node, n + 1);
  for (size_t i = 0; i <= n; i++)
    c.nodes[i].cost = -1;
  c.nodes[first].cost = 0;
  for (size_t i = first; i < n; i++)
    if (c.nodes[i].cost >= 0)
      scan_from(&c, i);
  trace(s, &c, first, before, cuts);
}
