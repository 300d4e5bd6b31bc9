// The vertical list: boxes, spaces and costs of page ends, before pages are
// cut.
#include "typeset-imp.h"

// ---- the page --------------------------------------------------------------

Len page_measure(const Document *doc) {
  const PageMaster *m = &doc->master;
  Len w = m->width - m->inner - m->outer;
  return w > 0 ? w : PT(10);
}

Len page_pitch(const Document *doc) {
  const Profile *p = &doc->profile;
  return p->grid_lines > 0 && p->pitch > 0 ? p->pitch : 0;
}

// The type area; with a grid the lead of its first and last line lies outside
// (D2: line 1 begins at the head margin, line 22 ends at the foot margin).
Len page_height(const Document *doc) {
  const PageMaster *m = &doc->master;
  Len pitch = page_pitch(doc);
  int64_t h = pitch ? (int64_t)pitch * doc->profile.grid_lines
                    : (int64_t)m->height - m->top - m->bottom;
  int64_t most = (int64_t)m->height;
  return (Len)(h < PT(20) ? PT(20) : h > most && most > 0 ? most : h);
}

Len page_top(const Document *doc) {
  const PageMaster *m = &doc->master;
  if (!page_pitch(doc))
    return m->top;
  Len area = m->height - m->top - m->bottom;
  return m->top - (page_height(doc) - area) / 2;
}

// ---- lengths ---------------------------------------------------------------

// No length the list adds up is larger: sums of a few stay in 32 bits.
enum { LEN_MOST = 100000000 };

Len len_clamp(int64_t v, Len low, Len high) {
  return v < low ? low : v > high ? high : (Len)v;
}

Len len_sane(int64_t v) {
  return len_clamp(v, -LEN_MOST, LEN_MOST);
}

// ---- building --------------------------------------------------------------

static void mark_shift(Mark *m, Len dx, Len dy) {
  if (m->kind == MARK_PATH) {
    for (size_t i = 0; i < m->n_points * 2; i += 2)
      m->points[i] += dx, m->points[i + 1] += dy;
    return;
  }
  m->x += dx, m->y += dy;
  if (m->kind == MARK_LINE)
    m->x2 += dx, m->y2 += dy;
}

void marks_move(Mark *marks, size_t n, Len dx, Len dy) {
  for (size_t i = 0; i < n; i++)
    if (marks[i].turned)
      mark_shift(&marks[i], -dy, dx);
    else
      mark_shift(&marks[i], dx, dy);
}

Item *vlist_box(Setter *s, VList *v, Len height, Mark *marks, size_t n) {
  marks_move(marks, n, v->x, 0);
  Item *i = vec_push(s->arena, &v->items);
  *i = (Item){.kind = BOX, .marks = marks, .strip = v->strip};
  i->height = len_clamp(height, 0, LEN_MOST);
  i->n_marks = (uint32_t)n;
  return i;
}

void vlist_glue(Setter *s, VList *v, Len height) {
  if (height <= 0)
    return;
  height = len_sane(height);
  if (v->items.len && v->items.data[v->items.len - 1].kind == GLUE &&
      v->items.data[v->items.len - 1].strip == v->strip) {
    Item *last = &v->items.data[v->items.len - 1];
    last->height = last->height > height ? last->height : height;
    return;
  }
  *vec_push(s->arena, &v->items) =
      (Item){.kind = GLUE, .height = height, .strip = v->strip};
}

void vlist_penalty(VList *v, int penalty) {
  size_t i = v->items.len;
  while (i > 0 && v->items.data[i - 1].kind == GLUE)
    i--;
  if (i > 0 && v->items.data[i - 1].penalty < penalty)
    v->items.data[i - 1].penalty = penalty;
}

void vlist_keep(VList *v) {
  vlist_penalty(v, PENALTY_NEVER);
}

static void anchor_add(Setter *s, VList *v, const LayBlock *b) {
  if (b->id.len || b->bookmark.len || b->running.data)
    *vec_push(s->arena, &v->anchors) = (Anchor){v->items.len, v->x, b};
}

// ---- lines -----------------------------------------------------------------

// Baseline below the top of the pitch: the em box (0.88 above the baseline)
// stands in its middle, so that lines of one pitch register.
static Len line_base(const Style *style, Len pitch) {
  return (pitch - style->size) / 2 + style->size * 88 / 100;
}

typedef struct {
  Len height, base;
} LineBox;

// Ink that reaches out of the pitch into the next line's widens the box; half
// of the lead may be used up.
static LineBox line_box(const Line *l, const Style *style, Len pitch) {
  LineBox b = {pitch, line_base(style, pitch)};
  Len up = l->above - b.base, down = l->below - (pitch - b.base);
  if (up > 0)
    b.height += up, b.base += up;
  if (down > 0)
    b.height += down;
  return b;
}

static Len style_pitch(const Setter *s, const Lines *l, const Style *style) {
  if (l->pitch > 0)
    return l->pitch;
  if (style->pitch > 0)
    return style->pitch;
  return page_pitch(s->doc) ? page_pitch(s->doc) : style->size * 3 / 2;
}

Len lines_height_of(const Setter *s, const Lines *l, const Style *style) {
  Len pitch = style_pitch(s, l, style);
  int64_t h = 0;
  for (size_t i = 0; i < l->n; i++)
    h += line_box(&l->lines[i], style, pitch).height;
  return h > INT32_MAX / 4 ? INT32_MAX / 4 : (Len)h;
}

Len lines_place(const Setter *s, const Lines *l, const Style *style, Len top) {
  Len pitch = style_pitch(s, l, style), y = top;
  for (size_t i = 0; i < l->n; i++) {
    LineBox b = line_box(&l->lines[i], style, pitch);
    marks_move(l->lines[i].marks, l->lines[i].n_marks, 0, y + b.base);
    y = len_sane((int64_t)y + b.height);
  }
  return y - top;
}

// P4: at least two lines of a paragraph on each side of a page end.
static int line_penalty(const Style *style, size_t i, size_t n) {
  size_t orphans = style->orphans > 0 ? (size_t)style->orphans : 2;
  size_t widows = style->widows > 0 ? (size_t)style->widows : 2;
  if (i + 1 == n)
    return 0;
  return style->keep || i + 1 < orphans || n - i - 1 < widows ? PENALTY_NEVER
                                                              : 0;
}

static void lines_push(Setter *s, VList *v, Lines l, const Style *style,
                       const LayBlock *b) {
  Len pitch = style_pitch(s, &l, style);
  bool snap = page_pitch(s->doc) && pitch == page_pitch(s->doc);
  for (size_t i = 0; i < l.n; i++) {
    Line *line = &l.lines[i];
    LineBox x = line_box(line, style, pitch);
    marks_move(line->marks, line->n_marks, 0, x.base);
    Item *it = vlist_box(s, v, x.height, line->marks, line->n_marks);
    it->snap = snap;
    it->penalty = line_penalty(style, i, l.n);
    it->block = b;
  }
}

bool para_is_dynamic(const Para *p) {
  for (size_t i = 0; i < p->n; i++) {
    InlineKind k = p->runs[i].kind;
    if (k == INLINE_PAGE_REF || k == INLINE_PAGE || k == INLINE_PAGES ||
        k == INLINE_FIGURE_PAGES || k == INLINE_NOTE)
      return true;
  }
  return false;
}

void vlist_para(Setter *s, VList *v, const Para *p, Len measure, Tag tag) {
  vlist_glue(s, v, p->style->before);
  lines_push(s, v, para_set(s, p, measure, tag, 0), p->style, NULL);
  vlist_glue(s, v, p->style->after);
  v->nested |= para_is_dynamic(p);
}

// ---- blocks ----------------------------------------------------------------

static Tag block_tag(const LayBlock *b) {
  if (b->item)
    return TAG_LI;
  for (size_t i = 0; i < b->para.n; i++)
    if (b->para.runs[i].kind == INLINE_PAGE_REF)
      for (size_t j = 0; j < b->para.n; j++)
        if (b->para.runs[j].kind == INLINE_LEADER)
          return TAG_TOCI;
  return b->level > 0 ? TAG_H : TAG_P;
}

// P2: a block that takes whole lines of the grid shares what is left over
// before and after it; on one line the same share is the line's own lead.
static void whole_lines(Setter *s, VList *v, size_t from, const Style *st) {
  Len pitch = page_pitch(s->doc), h = 0;
  if (!st->whole_lines || !pitch || from == v->items.len)
    return;
  for (size_t i = from; i < v->items.len; i++)
    h = len_sane((int64_t)h + v->items.data[i].height);
  Len rest = (pitch - h % pitch) % pitch;
  if (rest) {
    Item *first = &v->items.data[from],
         *last = &v->items.data[v->items.len - 1];
    marks_move(first->marks, first->n_marks, 0, rest / 2);
    first->height += rest / 2;
    last->height += rest - rest / 2;
  }
  v->items.data[from].snap = true;
  for (size_t i = from + 1; i < v->items.len; i++)
    v->items.data[i].snap = false;
}

static void para_block(Setter *s, VList *v, const LayBlock *b, Len measure) {
  const Style *st = b->style;
  Para p = b->para;
  p.style = p.style ? p.style : st;
  vlist_glue(s, v, p.style->before);
  Dynamic y = {.item = v->items.len, .block = b, .x = v->x, .measure = measure};
  lines_push(s, v, para_set(s, &p, measure, block_tag(b), b->level), p.style,
             b);
  y.n = y.all = v->items.len - y.item;
  if (!v->fixed)
    notes_take(s, v, &p, y.item);
  whole_lines(s, v, y.item, p.style);
  y.id = v->n_dynamics;
  if (para_is_dynamic(&p) && y.n) {
    v->n_dynamics++;
    *vec_push(s->arena, &v->dynamics) = y;
  }
  if (p.style->keep_next)
    vlist_keep(v);
  vlist_glue(s, v, p.style->after);
}

VList vlist_refresh(Setter *s, const Dynamic *y) {
  VList v = {.x = y->x, .fixed = true};
  para_block(s, &v, y->block, y->measure);
  size_t n = 0;
  for (size_t i = 0; i < v.items.len; i++)
    if (v.items.data[i].kind == BOX)
      v.items.data[n++] = v.items.data[i];
  v.items.len = n;
  return v;
}

// What a style's edges leave of a measure; never nothing.
Len inner_measure(const Style *st, Len measure) {
  return len_clamp((int64_t)measure - st->left - st->right, PT(10), LEN_MOST);
}

static void rule_block(Setter *s, VList *v, const LayBlock *b, Len measure) {
  const Style *st = b->style;
  vlist_glue(s, v, st->before);
  Mark *m = NEW(s->arena, Mark);
  *m = (Mark){.kind = MARK_RECT,
              .x = len_sane(st->left),
              .w = inner_measure(st, measure),
              .h = b->rule_width,
              .colour = st->colour,
              .tag = TAG_ARTIFACT};
  vlist_box(s, v, b->rule_width, m, 1)->block = b;
  if (st->keep_next)
    vlist_keep(v);
  vlist_glue(s, v, st->after);
}

// The last box wishes for a page end, if one is allowed there.
static void page_wish(VList *v) {
  size_t i = v->items.len;
  while (i > 0 && v->items.data[i - 1].kind == GLUE)
    i--;
  if (i > 0 && !v->items.data[i - 1].penalty)
    v->items.data[i - 1].penalty = PENALTY_WISH;
}

static void break_block(Setter *s, VList *v, const LayBlock *b) {
  if (b->soft) {
    page_wish(v);
    return;
  }
  *vec_push(s->arena, &v->items) = (Item){.kind = FORCE,
                                          .height = b->number,
                                          .odd = b->odd,
                                          .block = b,
                                          .strip = v->strip};
}

Len vlist_flatten(Setter *s, const VList *v, size_t from, Mark **marks,
                  size_t *n) {
  Len y = 0;
  size_t total = 0, last = from;
  for (size_t i = from; i < v->items.len; i++) {
    total += v->items.data[i].n_marks;
    last = v->items.data[i].kind == BOX ? i + 1 : last;
  }
  *marks = NEW_ARRAY(s->arena, Mark, total);
  *n = 0;
  for (size_t i = from; i < last; i++) {
    const Item *it = &v->items.data[i];
    if (it->n_marks) {
      marks_move(it->marks, it->n_marks, 0, y);
      memcpy(*marks + *n, it->marks, it->n_marks * sizeof(Mark));
    }
    *n += it->n_marks;
    y = len_sane((int64_t)y + it->height);
  }
  return y;
}

static void pinned_group(Setter *s, VList *v, const LayBlock *b, Len measure) {
  VList sub = {.depth = v->depth, .fixed = true};
  vlist_blocks(s, &sub, b->first, measure);
  Mark *marks;
  size_t n;
  Len h = vlist_flatten(s, &sub, 0, &marks, &n);
  for (size_t i = 0; i < sub.anchors.len; i++) {
    Anchor a = sub.anchors.data[i];
    a.item = v->items.len, a.x += v->x;
    *vec_push(s->arena, &v->anchors) = a;
  }
  v->nested |= sub.nested || sub.dynamics.len;
  if (h <= page_height(s->doc)) {
    Item *it = vlist_box(s, v, h, marks, n);
    it->pinned = true, it->block = b;
    return;
  }
  diag(s->diags, D_PAGE_PINNED_TALL, b->at, STR_NONE);
  vlist_blocks(s, v, b->first, measure);
}

static Len items_height(const VList *v, size_t from) {
  int64_t h = 0;
  for (size_t i = from; i < v->items.len; i++)
    h += v->items.data[i].height;
  return h > INT32_MAX ? INT32_MAX : (Len)h;
}

static void group_block(Setter *s, VList *v, const LayBlock *b, Len measure) {
  const Style *st = b->style;
  Len inner = inner_measure(st, measure), x = v->x;
  vlist_glue(s, v, st->before);
  size_t from = v->items.len;
  v->x = len_sane((int64_t)v->x + st->left);
  v->depth++;
  if (b->columns > 1 && !v->strip && !v->fixed)
    strip_group(s, v, b, inner);
  else if (b->pinned)
    pinned_group(s, v, b, inner);
  else
    vlist_blocks(s, v, b->first, inner);
  v->depth--;
  v->x = x;
  if (st->keep && items_height(v, from) <= page_height(s->doc))
    for (size_t i = from; i + 1 < v->items.len; i++)
      v->items.data[i].penalty = PENALTY_NEVER;
  for (size_t i = from; b->together && i + 1 < v->items.len; i++)
    if (v->items.data[i].penalty < PENALTY_TOGETHER)
      v->items.data[i].penalty = PENALTY_TOGETHER;
  if (st->keep_next)
    vlist_keep(v);
  vlist_glue(s, v, st->after);
}

static void (*const set_block[])(Setter *, VList *, const LayBlock *, Len) = {
    [LAY_PARA] = para_block,   [LAY_TABLE] = table_set, [LAY_RULE] = rule_block,
    [LAY_GROUP] = group_block, [LAY_CHART] = chart_set, [LAY_IMAGE] = image_set,
};

void vlist_block(Setter *s, VList *v, const LayBlock *b, Len measure) {
  if (v->depth > NEST_MAX) {
    diag(s->diags, D_PAGE_NESTED, b->at, str_int(s->arena, NEST_MAX));
    return;
  }
  anchor_add(s, v, b);
  if (b->kind == LAY_SPACE)
    vlist_glue(s, v, b->style->before);
  else if (b->kind == LAY_BREAK)
    break_block(s, v, b);
  else
    set_block[b->kind](s, v, b, measure);
}

void vlist_blocks(Setter *s, VList *v, const LayBlock *first, Len measure) {
  for (const LayBlock *b = first; b; b = b->next)
    vlist_block(s, v, b, measure);
}
