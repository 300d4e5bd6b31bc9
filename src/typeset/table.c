// Tables: the grid of cells, caption, unit and notes around it (T1, T6).
#include "table-imp.h"

// ---- the grid --------------------------------------------------------------

static uint32_t span_fits(TableRun *t, const TableCell *cell, int want,
                          size_t room) {
  uint32_t span = want < 1 ? 1 : (uint32_t)want;
  if (span <= room)
    return span;
  if (!t->s->turned) // said when it was tried upright
    diag(t->s->diags, D_TABLE_SPAN, cell->at,
         str_int(t->s->arena, (long long)room));
  return (uint32_t)room;
}

// Free places from col on, up to the next one that a span from above covers.
static size_t free_run(const TableRun *t, const uint32_t *busy, size_t col) {
  size_t end = col;
  while (end < t->n_columns && !busy[end])
    end++;
  return end - col;
}

// busy: rows that a span still covers, by column.
static size_t place_row(TableRun *t, size_t r, uint32_t *busy, Cell *out) {
  const TableRow *row = &t->t->rows[r];
  size_t col = 0, n = 0;
  for (size_t i = 0; i < row->n; i++) {
    while (col < t->n_columns && busy[col])
      col++;
    if (col == t->n_columns) {
      if (!t->s->turned)
        diag(t->s->diags, D_TABLE_CELLS, row->cells[i].at,
             str_int(t->s->arena, (long long)(row->n - i)));
      break;
    }
    const TableCell *cell = &row->cells[i];
    Cell c = {.cell = cell, .row = (uint32_t)r, .col = (uint32_t)col};
    c.colspan = span_fits(t, cell, cell->colspan, free_run(t, busy, col));
    size_t last = r < t->n_head ? t->n_head : t->t->n_rows;
    c.rowspan = span_fits(t, cell, cell->rowspan, last - r);
    for (size_t k = 0; k < c.colspan; k++)
      busy[col + k] = c.rowspan;
    col += c.colspan;
    out[n++] = c;
  }
  for (size_t k = 0; k < t->n_columns; k++)
    busy[k] -= busy[k] > 0;
  return n;
}

static void place_cells(TableRun *t) {
  Arena *a = t->s->arena;
  size_t most = 0, n = t->t->n_rows;
  for (size_t r = 0; r < n; r++)
    most += t->t->rows[r].n;
  while (t->n_head < n && t->t->rows[t->n_head].kind == ROW_HEAD)
    t->n_head++;
  t->cells = NEW_ARRAY(a, Cell, most);
  t->row_first = NEW_ARRAY(a, size_t, n + 1);
  uint32_t *busy = NEW_ARRAY(a, uint32_t, t->n_columns);
  for (size_t r = 0; r < n; r++) {
    t->row_first[r] = t->n_cells;
    t->n_cells += place_row(t, r, busy, t->cells + t->n_cells);
  }
  t->row_first[n] = t->n_cells;
}

// Many columns leave less between them, so that they stay on the page.
static Len gap_of(const TableRun *t) {
  size_t n = t->n_columns ? t->n_columns : 1;
  Len most = t->measure / (Len)n / 2;
  return len_clamp(t->t->gap, 0, most);
}

// ---- caption, unit, notes --------------------------------------------------

// The caption with its number before it (表1　…), unless it says it already.
static Para caption_of(TableRun *t) {
  const Table *tab = t->t;
  Para p = tab->caption;
  if (!tab->number.len || (p.n && str_starts(p.runs[0].text, tab->number)))
    return p;
  p.style = p.style ? p.style : t->block->style;
  Inline *runs = NEW_ARRAY(t->s->arena, Inline, p.n + 1);
  runs[0] = (Inline){.kind = INLINE_TEXT, .style = p.style};
  runs[0].text =
      p.n ? str_cat(t->s->arena, tab->number, STR("\u3000")) : tab->number;
  if (p.n)
    memcpy(runs + 1, p.runs, p.n * sizeof *runs);
  return (Para){p.style, runs, p.n + 1};
}

static void set_before(TableRun *t) {
  Para caption = caption_of(t);
  if (caption.n) {
    vlist_para(t->s, t->v, &caption, t->measure, TAG_CAPTION);
    vlist_keep(t->v);
  }
  if (t->t->unit.n) {
    vlist_para(t->s, t->v, &t->t->unit, t->measure, TAG_P);
    vlist_keep(t->v);
  }
}

static void set_notes(TableRun *t) {
  for (size_t i = 0; i < t->t->n_notes; i++) {
    vlist_keep(t->v);
    vlist_para(t->s, t->v, &t->t->notes[i], t->measure, TAG_NOTE);
  }
}

static void keep_whole(const VList *v, size_t from, Len page) {
  int64_t h = 0;
  for (size_t i = from; i < v->items.len; i++)
    h += v->items.data[i].height;
  for (size_t i = from; h <= page && i + 1 < v->items.len; i++)
    v->items.data[i].penalty = PENALTY_NEVER;
}

void table_set(Setter *s, VList *v, const LayBlock *b, Len measure) {
  const Style *st = b->style;
  TableRun t = {.s = s,
                .v = v,
                .block = b,
                .t = b->table,
                .n_columns = b->table->n_columns,
                .measure = inner_measure(st, measure),
                .permille = 1000,
                .number = ++s->tables};
  t.gap = gap_of(&t);
  t.pad = len_clamp(b->table->pad, 0, PT(50));
  bool rows = t.n_columns && t.t->n_rows;
  if (rows) {
    place_cells(&t);
    table_columns(&t);
  }
  if (t.turn) {
    table_turn(s, v, b);
    return;
  }
  Len x = v->x;
  v->x += st->left;
  vlist_glue(s, v, st->before);
  size_t from = v->items.len;
  set_before(&t);
  if (rows)
    table_rows(&t);
  set_notes(&t);
  if (st->keep)
    keep_whole(v, from, page_height(s->doc));
  if (st->keep_next)
    vlist_keep(v);
  vlist_glue(s, v, st->after);
  v->x = x;
}
