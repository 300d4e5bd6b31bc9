// Pivot tables: the rows' keys down, the values of `pivot` across; scale and
// unit chosen once a column, or once for the table (R3, T1).
#include "table-imp.h"

#define ACROSS_MAX 16
#define KEYS_MAX   8

typedef struct {
  Str name;
  Str unit, scale; // common to the column; unit empty: they differ
  bool mixed;
  double top, least; // of its values
} Across;

typedef struct {
  Str key; // texts of the key columns
  Str keys[KEYS_MAX];
  Str groups[GROUPS_MAX]; // what the rows are grouped by
  XmlNode *node;          // its first
  const Figure *cells[ACROSS_MAX];
} PivotRow;

typedef struct {
  Binder *b;
  const Node *node;
  const Node *cols[KEYS_MAX + 1]; // the last is the value's
  size_t n_keys;
  Across across[ACROSS_MAX];
  size_t n_across;
  Map *row_of;
  VEC(PivotRow *) rows;
  bool wide;    // more values than columns
  size_t twice; // figures for a cell that has another
  bool common;  // one unit and scale in all columns, told over the table
  Groups groups;
  Str empty;
  VEC(TableRow) out;
  Numerals numerals;
} Pivot;

static bool take_columns(Pivot *p) {
  size_t n = 0;
  for (const Node *c = p->node->first; c; c = c->next)
    if (c->el == EL_COLUMN && n <= KEYS_MAX && column_stands(p->b, c))
      p->cols[n++] = c;
  p->n_keys = n ? n - 1 : 0;
  return n >= 2;
}

static Across *across_of(Pivot *p, Str name) {
  for (size_t i = 0; i < p->n_across; i++)
    if (str_eq(p->across[i].name, name))
      return &p->across[i];
  if (p->n_across == ACROSS_MAX) {
    p->wide = true;
    return NULL;
  }
  Across *a = &p->across[p->n_across++];
  a->name = name;
  return a;
}

static PivotRow *row_of(Pivot *p) {
  Binder *b = p->b;
  PivotRow r = {0};
  Buf key = buf_new(b->arena);
  for (size_t i = 0; i < p->groups.n; i++) {
    Value v;
    bind_value(b, p->groups.at[i], "by", &v);
    r.groups[i] = v.text;
    buf_add(&key, v.text);
    buf_byte(&key, '\n');
  }
  for (size_t i = 0; i < p->n_keys; i++) {
    Value v;
    bind_value(b, p->cols[i], "select", &v);
    r.keys[i] = v.text;
    buf_add(&key, v.text);
    buf_byte(&key, '\n');
  }
  r.key = buf_str(&key);
  PivotRow *known = map_lookup(p->row_of, r.key);
  if (known)
    return known;
  known = NEW(b->arena, PivotRow);
  *known = r;
  known->node = b->ctx.node;
  map_put(p->row_of, known->key, known);
  *vec_push(b->arena, &p->rows) = known;
  return known;
}

static const Figure *cell_figure(Pivot *p) {
  Binder *b = p->b;
  const Node *c = p->cols[p->n_keys];
  XmlNode *x = b->ctx.node;
  Value v;
  if (node_attr(c, "select").data) {
    bind_value(b, c, "select", &v);
    x = v.kind == VALUE_NODES && v.n ? v.nodes[0] : NULL;
  }
  const Figure *f = x ? query_figure(b->query, x) : NULL;
  return f && !figure_doubtful(f) && !figure_blank(f) ? f : NULL;
}

static void join(Across *a, const Figure *f) {
  if (!a->unit.data)
    a->unit = f->unit;
  a->mixed |= !str_eq(a->unit, f->unit);
  widen(&a->top, &a->least, f);
}

static void take_node(Pivot *p) {
  Value v;
  bind_value(p->b, p->node, "pivot", &v);
  Across *a = v.text.len ? across_of(p, v.text) : NULL;
  const Figure *f = a ? cell_figure(p) : NULL;
  if (!f)
    return;
  PivotRow *r = row_of(p);
  size_t i = (size_t)(a - p->across);
  const Figure *has = r->cells[i];
  if (!has) {
    r->cells[i] = f;
    join(a, f);
  } else if (!str_eq(has->value, f->value) || !str_eq(has->unit, f->unit)) {
    p->twice++;
  }
}

// ---- order of the columns ---------------------------------------------------

// Year, month and day of 2025-11, 截至2025年11月: 20251100; 0: no time.
static long time_of(Str name) {
  long part[3] = {0}, digits = 0;
  int n = -1;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.data[i];
    bool digit = c >= '0' && c <= '9';
    n += digit && !digits;
    digits = digit ? digits + 1 : 0;
    if (n >= 3 || digits > 4)
      return 0;
    if (digit)
      part[n] = part[n] * 10 + (c - '0');
  }
  return part[0] >= 1900 && part[0] <= 2100
             ? part[0] * 10000 + part[1] * 100 + part[2]
             : 0;
}

// Columns that are all times stand in their order, the oldest first; others as
// they come.
static void order_across(Pivot *p) {
  size_t n = p->n_across;
  for (size_t i = 0; i < n; i++)
    if (!time_of(p->across[i].name))
      return;
  for (size_t i = 1; i < n; i++)
    for (size_t k = i;
         k > 0 && time_of(p->across[k - 1].name) > time_of(p->across[k].name);
         k--) {
      Across a = p->across[k];
      p->across[k] = p->across[k - 1], p->across[k - 1] = a;
      for (size_t r = 0; r < p->rows.len; r++) {
        const Figure **cells = p->rows.data[r]->cells, *f = cells[k];
        cells[k] = cells[k - 1], cells[k - 1] = f;
      }
    }
}

// ---- the cells --------------------------------------------------------------

// One scale for a unit in the whole table (R3).
static void choose_scales(Pivot *p) {
  for (size_t i = 0; i < p->n_across; i++) {
    Across *a = &p->across[i];
    double top = a->top, least = a->least;
    for (size_t k = 0; k < p->n_across; k++) {
      const Across *o = &p->across[k];
      if (o->mixed || !str_eq(o->unit, a->unit))
        continue;
      top = o->top > top ? o->top : top;
      least = o->least > 0 && o->least < least ? o->least : least;
    }
    a->scale = scale_for(top, least, a->unit);
    if (a->mixed)
      diag(p->b->diags, D_TABLE_UNITS, p->node->at, a->name);
  }
}

static Str unit_words(Binder *b, const Across *a) {
  Str scale = str_is(a->scale, "none") ? STR("") : a->scale;
  return str_cat(b->arena, scale, a->unit);
}

static bool one_unit(const Pivot *p) {
  for (size_t i = 0; i < p->n_across; i++)
    if (p->across[i].mixed || !str_eq(p->across[i].unit, p->across[0].unit) ||
        !str_eq(p->across[i].scale, p->across[0].scale))
      return false;
  return p->n_across > 0;
}

static TableCell text_cell(Pivot *p, Str text, const char *style, Align align) {
  return table_cell(p->b, para_text(p->b, text, style, p->node->at), align,
                    p->node->at);
}

static TableRow head_row(Pivot *p) {
  Binder *b = p->b;
  size_t n = p->n_keys + p->n_across;
  TableCell *cells = NEW_ARRAY(b->arena, TableCell, n);
  for (size_t i = 0; i < p->n_keys; i++)
    cells[i] = text_cell(p, bind_text(b, p->cols[i], "head"), "table-head",
                         ALIGN_CENTRE);
  for (size_t i = 0; i < p->n_across; i++) {
    const Across *a = &p->across[i];
    Str unit = unit_words(b, a);
    Str head = p->common || a->mixed || !unit.len
                   ? a->name
                   : str_fmt(b->arena, "%.*s（%.*s）", STR_ARG(a->name),
                             STR_ARG(unit));
    cells[p->n_keys + i] = text_cell(p, head, "table-head", ALIGN_CENTRE);
  }
  return (TableRow){ROW_HEAD, cells, n, false};
}

static TableCell figure_cell(Pivot *p, size_t i, const Figure *f, Str empty) {
  Binder *b = p->b;
  const Across *a = &p->across[i];
  const Style *s = stock(b, "table-cell");
  if (!f)
    return text_cell(p, empty, "table-cell", ALIGN_DECIMAL);
  Runs r = {0};
  FigureText t = figure_text(b->arena, f, a->scale, STR(""));
  Str number = text_without(b->arena, t.number, a->scale); // in the head
  if (str_ends(f->measure, STR("-to")))
    t.before = STR(""); // 升至96 is the level now
  Str text = a->mixed ? figure_whole(b->arena, f, STR(""), STR(""))
                      : str_cat(b->arena, t.before, number);
  Str trace = node_attr(p->cols[p->n_keys], "trace"), outer = b->trace;
  if (str_is(trace, "none"))
    b->trace = trace;
  run_figure(b, &r, f, text, s, p->node->at, str_is(trace, "note"));
  b->trace = outer;
  run_revised(b, &r, f, s, p->node->at);
  *vec_push(b->arena, &p->numerals) =
      (Numeral){&r.data[0].text, r.data[0].text, f, f->unit, i};
  return table_cell(b, para_of(b, &r, s), ALIGN_DECIMAL, p->node->at);
}

static TableRow body_row(Pivot *p, const PivotRow *r) {
  Str empty = p->empty;
  size_t n = p->n_keys + p->n_across;
  TableCell *cells = NEW_ARRAY(p->b->arena, TableCell, n);
  for (size_t i = 0; i < p->n_keys; i++)
    cells[i] = text_cell(p, r->keys[i].len ? r->keys[i] : empty, "table-cell",
                         ALIGN_LEFT);
  for (size_t i = 0; i < p->n_across; i++)
    cells[p->n_keys + i] = figure_cell(p, i, r->cells[i], empty);
  return (TableRow){ROW_BODY, cells, n, false};
}

// ---- sums -------------------------------------------------------------------

// What adds up: one unit, no shares, points numbers.
static bool adds_up(const Across *a) {
  return !a->mixed && !str_is(a->unit, "%") && !str_is(a->unit, "个百分点");
}

// Empty where nothing adds up.
static Str sum_text(Pivot *p, size_t i, size_t from, size_t to) {
  const Across *a = &p->across[i];
  double sum = 0, v;
  bool any = false;
  char kind = 0;
  for (size_t k = from; k < to && adds_up(a); k++) {
    const Figure *f = p->rows.data[k]->cells[i];
    if (!f || !parse_decimal(f->value, &v))
      continue;
    if (any && kind != measure_kind(f))
      return STR("");
    kind = measure_kind(f);
    sum += v;
    any = true;
    figure_printed(p->b, f);
  }
  if (!any)
    return STR("");
  sum = str_is(a->scale, "万")   ? sum / 1e4
        : str_is(a->scale, "亿") ? sum / 1e8
                                 : sum;
  return format_number(p->b->arena, sum, STR(",##0.####"));
}

static TableCell sum_cell(Pivot *p, size_t i, Str sum, const char *style) {
  Binder *b = p->b;
  Runs r = {0};
  const Style *s = stock(b, style);
  run_text(b, &r, sum.len ? sum : p->empty, s, p->node->at);
  if (sum.len)
    *vec_push(b->arena, &p->numerals) =
        (Numeral){&r.data[0].text, sum, NULL, p->across[i].unit, i};
  return table_cell(b, para_of(b, &r, s), ALIGN_DECIMAL, p->node->at);
}

// Of the rows [from, to): 小计, 合计, 其他.
// A subtotal that has nothing to say is left out.
static void sum_row(Pivot *p, Str label, size_t from, size_t to, RowKind kind,
                    bool subtotal) {
  size_t n = p->n_keys + p->n_across;
  bool any = false;
  const char *style = kind == ROW_TOTAL ? "table-total" : "table-cell";
  TableCell *cells = NEW_ARRAY(p->b->arena, TableCell, n);
  for (size_t i = 0; i < p->n_keys; i++)
    cells[i] = text_cell(p, i ? p->empty : label, style, ALIGN_LEFT);
  for (size_t i = 0; i < p->n_across; i++) {
    Str sum = sum_text(p, i, from, to);
    cells[p->n_keys + i] = sum_cell(p, i, sum, style);
    any |= sum.len > 0;
  }
  if (any || !subtotal)
    *vec_push(p->b->arena, &p->out) = (TableRow){kind, cells, n, false};
}

static bool sums(const Pivot *p) {
  return column_sums(p->node, p->cols[p->n_keys]);
}

static void group_row(Pivot *p, const PivotRow *r, size_t level) {
  Binder *b = p->b;
  Context outer = b->ctx;
  b->ctx = (Context){r->node, 1, 1, outer.scope};
  TableCell *cell = NEW(b->arena, TableCell);
  *cell = table_cell(b, group_head(b, &p->groups, level, r->groups[level]),
                     ALIGN_LEFT, p->node->at);
  b->ctx = outer;
  cell->colspan = (int)(p->n_keys + p->n_across);
  *vec_push(b->arena, &p->out) = (TableRow){ROW_GROUP, cell, 1, true};
}

// The outermost level at which the rows belong to different groups; all levels:
// to the same.
static size_t parting(const Pivot *p, const PivotRow *a, const PivotRow *b) {
  size_t k = 0;
  while (a && b && k < p->groups.n && str_eq(a->groups[k], b->groups[k]))
    k++;
  return k;
}

// Rows, each group with its head and, where asked for, its subtotal.
static void body_rows(Pivot *p, size_t n) {
  size_t from[GROUPS_MAX] = {0}, levels = p->groups.n;
  for (size_t i = 0; i < n; i++) {
    const PivotRow *r = p->rows.data[i];
    size_t k = parting(p, i ? p->rows.data[i - 1] : NULL, r);
    for (; k < levels; k++) {
      group_row(p, r, k);
      from[k] = i;
    }
    *vec_push(p->b->arena, &p->out) = body_row(p, r);
    size_t ends = parting(p, r, i + 1 < n ? p->rows.data[i + 1] : NULL);
    for (k = levels; k-- > ends;)
      if (str_is(node_attr(p->groups.at[k], "subtotal"), "sum"))
        sum_row(p, subtotal_label(p->b->arena, &p->groups, r->groups[k]),
                from[k], i + 1, ROW_TOTAL, true);
  }
}

// ---- the table --------------------------------------------------------------

static void all_rows(Pivot *p) {
  Binder *b = p->b;
  Str rest = bind_text(b, p->node, "rest");
  long limit = bind_int(b, p->node, "limit", 0);
  size_t all = p->rows.len;
  size_t n = limit > 0 && (size_t)limit < all ? (size_t)limit : all;
  *vec_push(b->arena, &p->out) = head_row(p);
  body_rows(p, n);
  if (rest.len && n < all)
    sum_row(p, rest, n, all, ROW_BODY, false);
  if (sums(p))
    sum_row(p, STR("合计"), 0, rest.len ? all : n, ROW_TOTAL, false);
}

static void fill_table(Pivot *p, Table *t) {
  Binder *b = p->b;
  p->common = one_unit(p);
  Str unit = p->common ? unit_words(b, &p->across[0]) : STR("");
  t->n_columns = p->n_keys + p->n_across;
  TableColumn *cols = NEW_ARRAY(b->arena, TableColumn, t->n_columns);
  for (size_t i = 0; i < t->n_columns; i++)
    cols[i] = (TableColumn){
        .share = 1, .align = i < p->n_keys ? ALIGN_LEFT : ALIGN_DECIMAL};
  for (size_t i = 0; i < p->n_keys; i++)
    table_column_width(p->cols[i], &cols[i]);
  t->columns = cols;
  if (unit.len && !t->unit.n)
    t->unit = unit_line(b, unit, p->node->at);
  all_rows(p);
  for (size_t i = 0; i < p->n_across; i++)
    numerals_even(b->arena, &p->numerals, i,
                  node_attr(p->cols[p->n_keys], "decimals"));
  t->rows = p->out.data;
  t->n_rows = p->out.len;
}

bool pivot_table(Binder *b, const Node *n, const Value *v, Table *t,
                 Str empty) {
  Pivot *p = NEW(b->arena, Pivot);
  p->b = b;
  p->node = n;
  p->empty = empty;
  table_groups(n, &p->groups);
  p->row_of = map_new(b->arena);
  if (!take_columns(p)) {
    if (!n->torn)
      diag(b->diags, D_TABLE_PIVOT, n->at, STR(""));
    b->failed = true;
    return false;
  }
  Context outer = b->ctx;
  for (size_t i = 0; i < v->n && ++b->steps < STEPS_MAX; i++) {
    b->ctx = (Context){v->nodes[i], i + 1, v->n, outer.scope};
    take_node(p);
  }
  b->ctx = outer;
  if (p->wide)
    diag(b->diags, D_PIVOT_WIDE, n->at, str_int(b->arena, ACROSS_MAX));
  if (p->twice)
    diag(b->diags, D_PIVOT_TWICE, n->at,
         str_int(b->arena, (long long)p->twice));
  order_across(p);
  choose_scales(p);
  if (!p->rows.len)
    return false;
  fill_table(p, t);
  return true;
}
