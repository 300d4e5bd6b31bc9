// Column widths in two passes: every cell is set on one line, then the columns
// share the measure and cells that do not fit are set again.
#include "table-imp.h"

enum {
  WIDE = 20000000,    // a measure no line reaches [mpt]
  FLOOR_SIZE = 7875,  // 六号, the least size of text
  JUSTIFY_FROM = 20,  // em: text in narrower cells is ragged
  TEXT_LEAST = 4,     // em: narrower columns of text read badly
  TURN_BELOW = 850,   // permille: a table that must shrink more is turned
  STYLE_COPIES = 256, // remembered; more are made each time
};

// ---- paragraphs of cells ---------------------------------------------------

static Len shrunk(const TableRun *t, Len v) {
  return (Len)((int64_t)v * t->permille / 1000);
}

static const Style *style_copy(TableRun *t, const Style *of, Align align) {
  for (size_t i = 0; i < t->styles.len; i++)
    if (t->styles.data[i].of == of && t->styles.data[i].align == align)
      return t->styles.data[i].style;
  Style *st = NEW(t->s->arena, Style);
  *st = *of;
  st->align = align;
  if (t->permille < 1000) {
    st->size = shrunk(t, of->size);
    st->pitch = shrunk(t, of->pitch);
    st->indent = shrunk(t, of->indent);
    st->left = shrunk(t, of->left);
    st->right = shrunk(t, of->right);
    st->shift = shrunk(t, of->shift);
  }
  if (t->styles.len < STYLE_COPIES)
    *vec_push(t->s->arena, &t->styles) = (StyleCopy){of, align, st};
  return st;
}

static Para para_copy(TableRun *t, const Para *p, Align align) {
  const Style *of = p->style ? p->style : t->block->style;
  Para q = {style_copy(t, of, align), p->runs, p->n};
  if (t->permille == 1000)
    return q;
  Inline *runs = NEW_ARRAY(t->s->arena, Inline, p->n);
  for (size_t i = 0; i < p->n; i++) {
    runs[i] = p->runs[i];
    if (runs[i].style)
      runs[i].style = style_copy(t, runs[i].style, runs[i].style->align);
  }
  q.runs = runs;
  return q;
}

static Tag cell_tag(const TableRun *t, const Cell *c) {
  return t->t->rows[c->row].kind == ROW_HEAD ? TAG_TH : TAG_TD;
}

static void own_marks(const TableRun *t, const Cell *c, uint32_t element) {
  for (size_t i = 0; i < c->cell->n; i++)
    for (size_t j = 0; j < c->lines[i].n; j++)
      for (size_t k = 0; k < c->lines[i].lines[j].n_marks; k++) {
        Mark *m = &c->lines[i].lines[j].marks[k];
        m->element = element;
        m->tag_level = (uint8_t)(c->colspan < 255 ? c->colspan : 255);
        m->rows_spanned = (uint8_t)(c->rowspan < 255 ? c->rowspan : 255);
        m->row = c->row + 1;
        m->table = t->number;
      }
}

// Sets the cell's paragraphs to a measure.
static void cell_set(TableRun *t, Cell *c, Len measure, Align align) {
  Setter *s = t->s;
  size_t n = c->cell->n;
  if (!c->lines)
    c->lines = NEW_ARRAY(s->arena, Lines, n);
  uint32_t element = 0;
  for (size_t i = 0; i < n; i++) {
    c->paras[i] = para_copy(t, &c->cell->paras[i], align);
    t->v->nested |= para_is_dynamic(&c->paras[i]);
    c->lines[i] = para_set(s, &c->paras[i], measure, cell_tag(t, c), 0);
    element = element ? element : s->elements;
  }
  s->elements = n ? element : s->elements;
  own_marks(t, c, element);
}

static Len line_right(const Line *l) {
  Len right = 0;
  for (size_t i = 0; i < l->n_marks; i++) {
    const Mark *m = &l->marks[i];
    if (m->kind == MARK_TEXT && m->x + m->w > right)
      right = m->x + m->w;
  }
  return right;
}

static Len cell_width(const Cell *c) {
  Len w = 0;
  for (size_t i = 0; i < c->cell->n; i++)
    for (size_t j = 0; j < c->lines[i].n; j++) {
      Len right = line_right(&c->lines[i].lines[j]);
      w = right > w ? right : w;
    }
  return w;
}

static bool has_leader(const Cell *c) {
  for (size_t i = 0; i < c->cell->n; i++)
    for (size_t j = 0; j < c->cell->paras[i].n; j++)
      if (c->cell->paras[i].runs[j].kind == INLINE_LEADER)
        return true;
  return false;
}

// ---- decimal alignment (T3) ------------------------------------------------

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool in_number(char c) {
  return is_digit(c) || c == ',';
}

typedef struct {
  bool digits; // seen
  bool han;    // and words behind them
  bool words;  // and more digits behind those: 比10月底提高1.5
  size_t lead; // bytes before them
  Len at;      // where the whole part ends; -1: not yet
} Split;

enum { LEAD_MOST = 6 }; // 约 − 超过: what a number may have before it

static void split_mark(Split *sp, const Mark *m) {
  for (size_t i = 0; i < m->n_glyphs; i++) {
    const Glyph *g = &m->glyphs[i];
    if (g->text >= m->text.len)
      continue;
    char c = m->text.data[g->text];
    if (in_number(c)) {
      sp->digits |= is_digit(c);
      sp->words |= sp->han && is_digit(c);
      continue;
    }
    if (!sp->digits)
      sp->lead += utf8_step(c);
    else if (sp->at < 0)
      sp->at = m->x + g->x;
    sp->han |= sp->digits && (unsigned char)c >= 0xE3;
  }
}

// Width before the decimal mark (or after the last digit of a whole number),
// -1 where the cell is no single line with one number.
static Len decimal_left(const Cell *c) {
  if (c->cell->n != 1 || c->lines[0].n != 1)
    return -1;
  const Line *l = &c->lines[0].lines[0];
  Split sp = {false, false, false, 0, -1};
  for (size_t i = 0; i < l->n_marks; i++) {
    const Mark *m = &l->marks[i];
    if (m->kind != MARK_TEXT)
      continue;
    if (sp.digits && sp.at < 0 && m->text.len && !in_number(m->text.data[0]))
      sp.at = l->marks[i - 1].kind == MARK_TEXT
                  ? l->marks[i - 1].x + l->marks[i - 1].w
                  : m->x;
    split_mark(&sp, m);
  }
  if (!sp.digits || sp.words || sp.lead > LEAD_MOST)
    return -1;
  return sp.at >= 0 ? sp.at : line_right(l);
}

Align cell_align(const TableRun *t, const Cell *c) {
  if (c->cell->align != ALIGN_JUSTIFY)
    return c->cell->align;
  if (t->t->rows[c->row].kind == ROW_HEAD)
    return ALIGN_CENTRE;
  if (c->colspan > 1)
    return ALIGN_LEFT;
  Align a = t->t->columns[c->col].align;
  if (a == ALIGN_JUSTIFY && c->cell->n && c->cell->paras[0].style)
    a = c->cell->paras[0].style->align;
  return a == ALIGN_JUSTIFY ? ALIGN_LEFT : a;
}

static Len larger(Len x, Len y) {
  return x > y ? x : y;
}

static void decimal_note(TableRun *t, Cell *c) {
  c->left = -1;
  if (c->colspan > 1 || cell_align(t, c) != ALIGN_DECIMAL)
    return;
  c->left = decimal_left(c);
  if (c->left < 0)
    return;
  t->dec_left[c->col] = larger(t->dec_left[c->col], c->left);
  t->dec_right[c->col] = larger(t->dec_right[c->col], c->natural - c->left);
}

// ---- widths ----------------------------------------------------------------

typedef struct {
  Len *natural, *least; // by column
  Len room;             // for all contents
  bool asked;           // least is known
} Widths;

static int64_t span_gap(const TableRun *t, const Cell *c) {
  return (int64_t)t->gap * (c->colspan - 1);
}

// Raises the columns a cell spans until it fits, each by the same amount.
static void spread(const TableRun *t, const Cell *c, Len *w, Len need) {
  int64_t have = span_gap(t, c);
  size_t n = c->colspan;
  for (size_t k = 0; k < n; k++)
    have += w[c->col + k];
  for (size_t k = 0; k < n && need > have; k++)
    w[c->col + k] += (Len)((need - have + (Len)n - 1) / (Len)n);
}

static void measure_cells(TableRun *t, Widths *w) {
  for (size_t i = 0; i < t->n_cells; i++) {
    Cell *c = &t->cells[i];
    if (!c->paras)
      c->paras = NEW_ARRAY(t->s->arena, Para, c->cell->n);
    cell_set(t, c, WIDE, ALIGN_LEFT);
    c->natural = cell_width(c);
    if (has_leader(c))
      c->natural = para_width(t->s, &c->paras[0]);
    c->natural = len_clamp(c->natural, 0, WIDE);
    decimal_note(t, c);
    if (c->colspan == 1)
      w->natural[c->col] = larger(w->natural[c->col], c->natural);
  }
  for (size_t k = 0; k < t->n_columns; k++)
    w->natural[k] = larger(w->natural[k], t->dec_left[k] + t->dec_right[k]);
  for (size_t i = 0; i < t->n_cells; i++)
    if (t->cells[i].colspan > 1)
      spread(t, &t->cells[i], w->natural, t->cells[i].natural);
}

// Cells of numbers are not broken unless they are very wide.
static bool is_number_cell(const TableRun *t, const Cell *c) {
  Align a = cell_align(t, c);
  return ((a == ALIGN_DECIMAL && c->left >= 0) || a == ALIGN_RIGHT) &&
         t->t->rows[c->row].kind != ROW_HEAD && c->natural < t->measure / 3;
}

static Len cell_least(TableRun *t, const Cell *c) {
  Len least = 0;
  if (is_number_cell(t, c))
    return c->natural;
  for (size_t i = 0; i < c->cell->n; i++) {
    least = larger(least, para_min_width(t->s, &c->paras[i]));
    least = larger(least, c->paras[i].style->size * TEXT_LEAST);
  }
  return least < c->natural ? least : c->natural;
}

static void least_widths(TableRun *t, Widths *w) {
  if (w->asked)
    return;
  w->asked = true;
  for (size_t i = 0; i < t->n_cells; i++) {
    const Cell *c = &t->cells[i];
    if (c->colspan == 1)
      w->least[c->col] = larger(w->least[c->col], cell_least(t, c));
  }
  for (size_t k = 0; k < t->n_columns; k++) // numbers are never broken
    w->least[k] = larger(w->least[k], t->dec_left[k] + t->dec_right[k]);
}

// Fills the columns like vessels: narrow ones get their natural width, wide
// ones share the rest at one level, none gets less than its least.
static void fill_level(const Widths *w, Len *out, const bool *open, size_t n,
                       Len room) {
  Len low = 0, high = room;
  while (low < high) {
    Len level = low + (high - low + 1) / 2;
    int64_t sum = 0;
    for (size_t k = 0; k < n; k++)
      if (open[k])
        sum +=
            larger(w->least[k], w->natural[k] < level ? w->natural[k] : level);
    if (sum <= room)
      low = level;
    else
      high = level - 1;
  }
  for (size_t k = 0; k < n; k++)
    if (open[k])
      out[k] = larger(w->least[k], w->natural[k] < low ? w->natural[k] : low);
}

typedef struct {
  int64_t fixed;   // taken by columns of given width
  int64_t natural; // of the columns sized by content
  int64_t least;
  int shares;
  size_t n_auto;
} Sums;

static Sums sum_columns(TableRun *t, const Widths *w) {
  Sums sum = {0};
  for (size_t k = 0; k < t->n_columns; k++) {
    const TableColumn *col = &t->t->columns[k];
    if (col->width > 0) {
      sum.fixed += len_clamp(col->width, 0, t->measure);
    } else if (col->share > 0) {
      sum.shares += col->share < 1000 ? col->share : 1000;
    } else {
      sum.natural += w->natural[k];
      sum.least += w->least[k];
      sum.n_auto++;
    }
  }
  return sum;
}

// What is left over goes to the columns with a share, else evenly to those
// sized by content.
static void give_rest(TableRun *t, const Widths *w, const Sums *sum, Len rest) {
  for (size_t k = 0; k < t->n_columns; k++) {
    const TableColumn *col = &t->t->columns[k];
    if (col->width > 0)
      t->col_w[k] = len_clamp(col->width, 0, t->measure);
    else if (col->share > 0)
      t->col_w[k] =
          (Len)((int64_t)rest * (col->share < 1000 ? col->share : 1000) /
                sum->shares);
    else
      t->col_w[k] = w->natural[k] + (sum->shares ? 0 : rest / (Len)sum->n_auto);
  }
}

static void squeeze_columns(TableRun *t, const Widths *w, Len room) {
  bool *open = NEW_ARRAY(t->s->arena, bool, t->n_columns);
  for (size_t k = 0; k < t->n_columns; k++) {
    open[k] = t->t->columns[k].width <= 0;
    t->col_w[k] = len_clamp(t->t->columns[k].width, 0, t->measure);
  }
  fill_level(w, t->col_w, open, t->n_columns, room);
}

// Wider than the measure even so: every column gets its part of it.
static void cut_columns(TableRun *t, Len room) {
  int64_t sum = 0;
  for (size_t k = 0; k < t->n_columns; k++)
    sum += t->col_w[k];
  for (size_t k = 0; k < t->n_columns && sum > room; k++)
    t->col_w[k] = (Len)(t->col_w[k] * (int64_t)room / sum);
}

static Len body_size(const TableRun *t) {
  const Cell *c = t->row_first[t->n_head] < t->n_cells
                      ? &t->cells[t->row_first[t->n_head]]
                      : t->cells;
  if (!t->n_cells || !c->cell->n || !c->cell->paras[0].style)
    return t->block->style->size;
  return c->cell->paras[0].style->size;
}

// Sizes in permille at which the least widths fit, not below the floor.
static int shrink_to(const TableRun *t, int64_t least, Len room) {
  Len size = body_size(t);
  int floor =
      size > FLOOR_SIZE ? (int)((int64_t)FLOOR_SIZE * 1000 / size) : 1000;
  int want = least > 0 ? (int)((int64_t)room * 995 / least) : 1000;
  return want > floor ? want : floor;
}

static bool share_measure(TableRun *t, Widths *w) {
  Sums sum = sum_columns(t, w);
  Len room = len_clamp(w->room - sum.fixed, -WIDE, WIDE);
  if (sum.natural <= room && (!sum.shares || sum.natural < room)) {
    if (sum.n_auto + (size_t)sum.shares)
      give_rest(t, w, &sum, (Len)(room - sum.natural));
    else
      squeeze_columns(t, w, room > 0 ? room : 0);
    return sum.fixed <= w->room;
  }
  least_widths(t, w);
  squeeze_columns(t, w, room > 0 ? room : 0);
  int64_t all = 0;
  for (size_t k = 0; k < t->n_columns; k++)
    all += t->col_w[k];
  return all <= w->room;
}

static void measure_all(TableRun *t, Widths *w) {
  Arena *a = t->s->arena;
  size_t n = t->n_columns;
  int64_t gaps = (int64_t)t->gap * (Len)(t->t->lines == LINES_NONE ? n - 1 : n);
  Len room = len_clamp(t->measure - gaps, t->measure / 4, WIDE);
  *w = (Widths){NEW_ARRAY(a, Len, n), NEW_ARRAY(a, Len, n), room, false};
  memset(t->dec_left, 0, n * sizeof(Len));
  memset(t->dec_right, 0, n * sizeof(Len));
  measure_cells(t, w);
}

static void fit_columns(TableRun *t) {
  Widths w;
  measure_all(t, &w);
  if (share_measure(t, &w))
    return;
  int64_t least = 0;
  for (size_t k = 0; k < t->n_columns; k++)
    least += t->col_w[k];
  t->permille = shrink_to(t, least, w.room);
  t->turn =
      t->permille < TURN_BELOW && !t->s->turned && !t->v->fixed && !t->v->strip;
  if (t->turn)
    return;
  if (t->permille < 1000) {
    t->styles.len = 0;
    measure_all(t, &w);
    diag(t->s->diags, D_TABLE_WIDE, t->block->at,
         str_int(t->s->arena, t->permille / 10));
    if (share_measure(t, &w))
      return;
  }
  diag(t->s->diags, D_TABLE_TOO_WIDE, t->block->at, STR_NONE);
  cut_columns(t, w.room);
}

// ---- setting to the widths -------------------------------------------------

Len cell_span_width(const TableRun *t, const Cell *c) {
  size_t last = c->col + c->colspan - 1;
  return t->col_x[last] + t->col_w[last] - t->col_x[c->col];
}

static Len lines_height(const TableRun *t, const Cell *c) {
  int64_t h = 0;
  for (size_t i = 0; i < c->cell->n; i++) {
    if (i > 0)
      h += larger(c->paras[i].style->before, c->paras[i - 1].style->after);
    h += lines_height_of(t->s, &c->lines[i], c->paras[i].style);
  }
  return len_clamp(h, 0, WIDE);
}

// Text in several lines is justified where the column is wide enough for it.
static Align wrapped_align(const TableRun *t, const Cell *c, Len width) {
  Align a = cell_align(t, c);
  if (a == ALIGN_DECIMAL)
    return ALIGN_RIGHT;
  bool wide = c->cell->n && c->cell->paras[0].style &&
              width >= c->cell->paras[0].style->size * JUSTIFY_FROM;
  return a == ALIGN_LEFT && wide ? ALIGN_JUSTIFY : a;
}

static void set_cells(TableRun *t) {
  for (size_t i = 0; i < t->n_cells; i++) {
    Cell *c = &t->cells[i];
    Len width = cell_span_width(t, c);
    c->width = c->natural;
    if (c->natural > width || has_leader(c)) {
      cell_set(t, c, width > 0 ? width : 1, wrapped_align(t, c, width));
      c->width = width;
      c->left = -1;
    }
    c->height = lines_height(t, c);
  }
}

void table_columns(TableRun *t) {
  Arena *a = t->s->arena;
  size_t n = t->n_columns;
  t->col_w = NEW_ARRAY(a, Len, n);
  t->col_x = NEW_ARRAY(a, Len, n);
  t->dec_left = NEW_ARRAY(a, Len, n);
  t->dec_right = NEW_ARRAY(a, Len, n);
  fit_columns(t);
  Len x = t->t->lines == LINES_NONE ? 0 : t->gap / 2;
  for (size_t k = 0; k < n; k++) {
    t->col_x[k] = x;
    x += t->col_w[k] + t->gap;
  }
  set_cells(t);
}
