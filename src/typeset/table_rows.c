// The set cells of a table as boxes of the vertical list: a box a row, with
// its rules (T2), penalties (T4) and the head to repeat.
#include "table-imp.h"

enum {
  RULE_OUTER = 1200, // top and bottom of a table [mpt]
  RULE_HEAD = 600,   // under the head
  RULE_TOTAL = 400,  // over a total row, short rules of nested heads
  RULE_GRID = 500,
  SLICE_MARKS = 2, // lines kept together at both ends of a torn row
};

typedef VEC(Mark) Marks;

typedef struct {
  TableRun *t;
  const Cell **owner; // by column: the cell that covers the row under way
  const Cell **above; // and the row before
  Marks marks;        // of the row under way
  size_t first_item;  // of the rows
  Len height;         // of all rows
  const Repeat *repeat;
} Rower;

// ---- heights ---------------------------------------------------------------

static void row_heights(TableRun *t) {
  t->row_h = NEW_ARRAY(t->s->arena, Len, t->t->n_rows);
  Len pad = 2 * t->pad;
  for (size_t i = 0; i < t->n_cells; i++) {
    const Cell *c = &t->cells[i];
    if (c->rowspan == 1 && c->height + pad > t->row_h[c->row])
      t->row_h[c->row] = c->height + pad;
  }
  for (size_t i = 0; i < t->n_cells; i++) {
    const Cell *c = &t->cells[i];
    int64_t have = 0;
    for (size_t k = 0; c->rowspan > 1 && k < c->rowspan; k++)
      have += t->row_h[c->row + k];
    if (c->rowspan > 1 && c->height + pad > have)
      t->row_h[c->row + c->rowspan - 1] += (Len)(c->height + pad - have);
  }
}

static Len span_height(const TableRun *t, const Cell *c) {
  int64_t h = 0;
  for (size_t k = 0; k < c->rowspan; k++)
    h += t->row_h[c->row + k];
  return h > INT32_MAX / 2 ? INT32_MAX / 2 : (Len)h;
}

// ---- cells -----------------------------------------------------------------

// How far a cell set on one line is moved to stand as it should.
static Len align_shift(const TableRun *t, const Cell *c, const Line *l) {
  Len room = cell_span_width(t, c), width = l->width;
  for (size_t i = 0; i < l->n_marks; i++)
    if (l->marks[i].kind == MARK_TEXT)
      width = l->marks[i].x + l->marks[i].w;
  switch (cell_align(t, c)) {
  case ALIGN_CENTRE:
    return (room - width) / 2;
  case ALIGN_RIGHT:
    return room - width;
  case ALIGN_DECIMAL: {
    Len block = t->dec_left[c->col] + t->dec_right[c->col];
    Len edge = (room - block) / 2;
    if (c->left >= 0)
      return edge + t->dec_left[c->col] - c->left;
    return edge + (block - width) / 2 > 0 ? edge + (block - width) / 2 : 0;
  }
  default:
    return 0;
  }
}

static void add_lines(Rower *w, const Cell *c, const Lines *l, Len y,
                      const Style *style) {
  TableRun *t = w->t;
  bool wrapped = c->width >= cell_span_width(t, c) && c->width != c->natural;
  lines_place(t->s, l, style, y);
  for (size_t i = 0; i < l->n; i++) {
    const Line *line = &l->lines[i];
    Len dx = wrapped ? 0 : align_shift(t, c, line);
    marks_move(line->marks, line->n_marks, t->col_x[c->col] + dx, 0);
    for (size_t k = 0; k < line->n_marks; k++)
      *vec_push(t->s->arena, &w->marks) = line->marks[k];
  }
}

static void add_cell(Rower *w, const Cell *c) {
  TableRun *t = w->t;
  Len room = span_height(t, c), y = t->pad;
  bool tall = room > page_height(t->s->doc) / 2;
  if (t->t->lines != LINES_NONE && !tall)
    y = (room - c->height) / 2;
  for (size_t i = 0; i < c->cell->n; i++) {
    const Style *st = c->paras[i].style;
    if (i > 0) {
      Len after = c->paras[i - 1].style->after;
      y = len_sane((int64_t)y + (st->before > after ? st->before : after));
    }
    add_lines(w, c, &c->lines[i], y, st);
    y = len_sane((int64_t)y + lines_height_of(t->s, &c->lines[i], st));
  }
}

// ---- rules -----------------------------------------------------------------

static void add_rule(Rower *w, Len x, Len y, Len width, Len height) {
  *vec_push(w->t->s->arena, &w->marks) = (Mark){.kind = MARK_RECT,
                                                .x = x,
                                                .y = y,
                                                .w = width,
                                                .h = height,
                                                .tag = TAG_ARTIFACT};
}

static Len table_width(const TableRun *t) {
  size_t last = t->n_columns - 1;
  Len edge = t->t->lines == LINES_NONE ? 0 : t->gap / 2;
  return t->col_x[last] + t->col_w[last] + edge;
}

// Left edge of column k in a grid; k may be n_columns.
static Len grid_x(const TableRun *t, size_t k) {
  return k < t->n_columns ? t->col_x[k] - t->gap / 2 : table_width(t);
}

static void grid_verticals(Rower *w, Len h) {
  const TableRun *t = w->t;
  for (size_t k = 0; k <= t->n_columns; k++) {
    if (k > 0 && k < t->n_columns && w->owner[k] &&
        w->owner[k] == w->owner[k - 1])
      continue;
    bool edge = k == 0 || k == t->n_columns;
    Len width = edge ? RULE_OUTER * 2 / 3 : RULE_GRID;
    add_rule(w, grid_x(t, k) - width / 2, 0, width, h);
  }
}

static void grid_tops(Rower *w, size_t r) {
  const TableRun *t = w->t;
  Len width = r == 0 ? RULE_OUTER * 2 / 3 : RULE_GRID;
  for (size_t k = 0; k < t->n_columns; k++) {
    if (w->owner[k] && w->owner[k] == w->above[k])
      continue;
    size_t end = k;
    while (end < t->n_columns &&
           !(w->owner[end] && w->owner[end] == w->above[end]))
      end++;
    Len x = grid_x(t, k);
    add_rule(w, x, -width / 2, grid_x(t, end) - x, width);
    k = end;
  }
}

static void three_rules(Rower *w, size_t r, Len h) {
  const TableRun *t = w->t;
  Len width = table_width(t);
  if (r == 0)
    add_rule(w, 0, 0, width, RULE_OUTER);
  else if (t->t->rows[r].kind == ROW_TOTAL)
    add_rule(w, 0, 0, width, RULE_TOTAL);
  if (r + 1 == t->n_head)
    add_rule(w, 0, h - RULE_HEAD, width, RULE_HEAD);
  if (r + 1 == t->t->n_rows)
    add_rule(w, 0, h - RULE_OUTER, width, RULE_OUTER);
}

static void cell_rules(Rower *w, const Cell *c) {
  const TableRun *t = w->t;
  Len x = t->col_x[c->col], width = cell_span_width(t, c);
  if (c->cell->rule_above)
    add_rule(w, x, 0, width, RULE_HEAD);
  if (c->cell->rule_below)
    add_rule(w, x, span_height(t, c) - RULE_TOTAL, width, RULE_TOTAL);
}

static void row_rules(Rower *w, size_t r, Len h) {
  const TableRun *t = w->t;
  if (t->t->lines == LINES_THREE)
    three_rules(w, r, h);
  if (t->t->lines == LINES_GRID) {
    grid_tops(w, r);
    grid_verticals(w, h);
    if (r + 1 == t->t->n_rows)
      add_rule(w, 0, h - RULE_OUTER / 3, table_width(t), RULE_OUTER * 2 / 3);
  }
  for (size_t i = t->row_first[r]; i < t->row_first[r + 1]; i++)
    cell_rules(w, &t->cells[i]);
}

// ---- rows ------------------------------------------------------------------

static void own_columns(Rower *w, size_t r) {
  const TableRun *t = w->t;
  for (size_t k = 0; k < t->n_columns; k++) {
    w->above[k] = w->owner[k];
    const Cell *c = w->owner[k];
    if (c && c->row + c->rowspan <= r)
      w->owner[k] = NULL;
  }
  for (size_t i = t->row_first[r]; i < t->row_first[r + 1]; i++)
    for (size_t k = 0; k < t->cells[i].colspan; k++)
      w->owner[t->cells[i].col + k] = &t->cells[i];
}

static Item *push_box(Rower *w, Len h, const Mark *marks, size_t n) {
  Mark *own = NEW_ARRAY(w->t->s->arena, Mark, n);
  if (n)
    memcpy(own, marks, n * sizeof *own);
  Item *it = vlist_box(w->t->s, w->t->v, h, own, n);
  it->repeat = w->repeat;
  it->block = w->t->block;
  return it;
}

static Len mark_line(const Mark *m) {
  bool area = m->kind == MARK_LINK || m->kind == MARK_FIGURE;
  return area ? m->y + m->h / 2 : m->y;
}

// Tops of the tallest cell's lines: where a tall row may be torn.
static size_t slice_tops(Rower *w, size_t r, Len **tops) {
  TableRun *t = w->t;
  const Cell *tall = NULL;
  for (size_t i = t->row_first[r]; i < t->row_first[r + 1]; i++)
    if (!tall || t->cells[i].height > tall->height)
      tall = &t->cells[i];
  size_t n = 0;
  for (size_t i = 0; tall && i < tall->cell->n; i++)
    n += tall->lines[i].n;
  *tops = NEW_ARRAY(t->s->arena, Len, n + 2);
  Len y = t->pad;
  size_t at = 0;
  for (size_t i = 0; tall && i < tall->cell->n; i++) {
    Lines one = tall->lines[i];
    for (one.n = 1; one.n <= tall->lines[i].n; one.n++) {
      (*tops)[at++] = y;
      Lines last = {&one.lines[one.n - 1], 1, one.pitch};
      y = len_sane((int64_t)y +
                   lines_height_of(t->s, &last, tall->paras[i].style));
    }
  }
  if (n)
    (*tops)[0] = 0;
  return n;
}

static size_t slice_of(const Len *tops, size_t n, Len y) {
  size_t low = 0, high = n;
  while (high - low > 1) {
    size_t mid = low + (high - low) / 2;
    if (tops[mid] <= y)
      low = mid;
    else
      high = mid;
  }
  return low;
}

// A row taller than half a page: a box a line. Rules that run down the row are
// cut with it.
static void push_slices(Rower *w, size_t r, Len h) {
  Arena *a = w->t->s->arena;
  Len *tops;
  size_t n = slice_tops(w, r, &tops);
  if (!n) {
    push_box(w, h, w->marks.data, w->marks.len);
    return;
  }
  tops[n] = h;
  size_t *count = NEW_ARRAY(a, size_t, n + 1);
  for (size_t i = 0; i < w->marks.len; i++)
    count[slice_of(tops, n, mark_line(&w->marks.data[i]))]++;
  Mark **part = NEW_ARRAY(a, Mark *, n);
  for (size_t k = 0; k < n; k++) {
    bool grid = w->t->t->lines == LINES_GRID;
    part[k] = NEW_ARRAY(a, Mark, count[k] + (grid ? w->t->n_columns + 1 : 0));
    count[k] = 0;
  }
  for (size_t i = 0; i < w->marks.len; i++) {
    Mark *m = &w->marks.data[i];
    size_t k = slice_of(tops, n, mark_line(m));
    marks_move(m, 1, 0, -tops[k]);
    part[k][count[k]++] = *m;
  }
  for (size_t k = 0; k < n; k++) {
    if (w->t->t->lines == LINES_GRID) {
      w->marks.len = 0;
      grid_verticals(w, tops[k + 1] - tops[k]);
      memcpy(part[k] + count[k], w->marks.data, w->marks.len * sizeof(Mark));
      count[k] += w->marks.len;
    }
    Item *it = push_box(w, tops[k + 1] - tops[k], part[k], count[k]);
    if (k + 1 < n && (k + 1 < SLICE_MARKS || n - k - 1 < SLICE_MARKS))
      it->penalty = PENALTY_NEVER;
  }
}

// Cost of a page end after row r (T4).
static int row_penalty(const Rower *w, size_t r) {
  const TableRun *t = w->t;
  const TableRow *row = &t->t->rows[r];
  size_t n = t->t->n_rows;
  if (r + 1 == n)
    return 0;
  if (r < t->n_head || row->keep_next || row->kind == ROW_GROUP ||
      t->t->rows[r + 1].kind == ROW_TOTAL || r == t->n_head)
    return PENALTY_NEVER;
  for (size_t k = 0; k < t->n_columns; k++)
    if (w->owner[k] && w->owner[k]->row + w->owner[k]->rowspan > r + 1 &&
        span_height(t, w->owner[k]) * 2 < page_height(t->s->doc))
      return PENALTY_NEVER;
  int64_t page = page_height(t->s->doc);
  int cost = w->height * 3 < page ? 90 : w->height * 3 < page * 2 ? 40 : 10;
  return r + 2 == n ? cost + 150 : cost;
}

static void push_row(Rower *w, size_t r) {
  TableRun *t = w->t;
  Len h = t->row_h[r];
  w->marks.len = 0;
  own_columns(w, r);
  for (size_t i = t->row_first[r]; i < t->row_first[r + 1]; i++)
    add_cell(w, &t->cells[i]);
  bool tall = r >= t->n_head && h > page_height(t->s->doc) / 2;
  if (tall && t->t->lines == LINES_GRID)
    grid_tops(w, r);
  else
    row_rules(w, r, h);
  if (tall)
    push_slices(w, r, h);
  else
    push_box(w, h, w->marks.data, w->marks.len);
  vlist_penalty(t->v, row_penalty(w, r));
}

// ---- the repeated head -----------------------------------------------------

static Para again_caption(TableRun *t) {
  const Table *tab = t->t;
  const Style *st = tab->caption.style ? tab->caption.style : t->block->style;
  Inline *run = NEW(t->s->arena, Inline);
  Str number = tab->number;
  *run = (Inline){.kind = INLINE_TEXT, .style = st};
  run->text = str_cat(t->s->arena, STR("续"), number.len ? number : STR("表"));
  return (Para){st, run, 1};
}

// 续表 and the unit line share a line where both are there.
static void set_again(Rower *w, VList *sub) {
  TableRun *t = w->t;
  const Table *tab = t->t;
  bool caption = tab->caption.n || tab->number.len;
  if (caption) {
    Para p = again_caption(t);
    vlist_para(t->s, sub, &p, t->measure, TAG_ARTIFACT);
  }
  if (!tab->unit.n)
    return;
  size_t last = sub->items.len;
  vlist_para(t->s, sub, &tab->unit, t->measure, TAG_ARTIFACT);
  if (!caption || last == 0)
    return;
  Item *unit = &sub->items.data[last];
  if (unit->kind != BOX || last + 1 != sub->items.len)
    return;
  marks_move(unit->marks, unit->n_marks, 0, -unit->height);
  unit->height = 0;
}

static void copy_head(Rower *w, VList *sub, size_t from, size_t to) {
  TableRun *t = w->t;
  for (size_t i = from; i < to; i++) {
    const Item *it = &t->v->items.data[i];
    Mark *copy = NEW_ARRAY(t->s->arena, Mark, it->n_marks);
    if (it->n_marks)
      memcpy(copy, it->marks, it->n_marks * sizeof *copy);
    marks_move(copy, it->n_marks, -t->v->x, 0);
    vlist_box(t->s, sub, it->height, copy, it->n_marks);
  }
}

static Len close_width(const TableRun *t) {
  return t->t->lines == LINES_GRID ? RULE_OUTER * 2 / 3 : RULE_HEAD;
}

static const Repeat *repeat_new(Rower *w, size_t from, size_t to) {
  TableRun *t = w->t;
  if (!t->t->repeat_head || t->t->n_rows < t->n_head + 2)
    return NULL;
  Repeat *rep = NEW(t->s->arena, Repeat);
  VList sub = {.x = t->v->x};
  set_again(w, &sub);
  if (from == to && t->t->lines == LINES_THREE) {
    Mark *m = NEW(t->s->arena, Mark);
    *m = (Mark){.kind = MARK_RECT, .y = -RULE_OUTER, .h = RULE_OUTER};
    m->w = table_width(t);
    vlist_box(t->s, &sub, 0, m, 1);
  }
  copy_head(w, &sub, from, to);
  if (sub.items.len)
    rep->height = vlist_flatten(t->s, &sub, 0, &rep->marks, &rep->n_marks);
  for (size_t i = 0; i < rep->n_marks; i++) {
    rep->marks[i].tag = TAG_ARTIFACT;
    rep->marks[i].element = 0;
  }
  if (t->t->lines == LINES_NONE)
    return rep;
  rep->close = NEW(t->s->arena, Mark);
  *rep->close = (Mark){.kind = MARK_RECT, .tag = TAG_ARTIFACT};
  rep->close->x = t->v->x, rep->close->w = table_width(t);
  rep->close->y = -close_width(t) / 2, rep->close->h = close_width(t);
  rep->n_close = 1;
  return rep;
}

void table_rows(TableRun *t) {
  Rower w = {.t = t};
  Arena *a = t->s->arena;
  w.owner = NEW_ARRAY(a, const Cell *, t->n_columns);
  w.above = NEW_ARRAY(a, const Cell *, t->n_columns);
  row_heights(t);
  int64_t height = 0;
  for (size_t r = 0; r < t->t->n_rows; r++)
    height += t->row_h[r];
  w.height = height > INT32_MAX / 4 ? INT32_MAX / 4 : (Len)height;
  size_t from = t->v->items.len;
  for (size_t r = 0; r < t->n_head; r++)
    push_row(&w, r);
  w.repeat = repeat_new(&w, from, t->v->items.len);
  for (size_t r = t->n_head; r < t->t->n_rows; r++)
    push_row(&w, r);
}
