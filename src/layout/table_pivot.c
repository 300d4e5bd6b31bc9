// Pivot tables: the rows' keys down, the values of `pivot` across; scale and
// unit chosen once a column, or once for the table (R3, T1).
#include "layout-imp.h"

#define ACROSS_MAX 16
#define KEYS_MAX   8

typedef struct {
  Str name;
  Str unit, scale; // common to the column; unit empty: they differ
  bool mixed;
  double top; // largest value
} Across;

typedef struct {
  Str key; // texts of the key columns
  Str keys[KEYS_MAX];
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
  bool wide; // more values than columns
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
  double v;
  if (!a->unit.data)
    a->unit = f->unit;
  a->mixed |= !str_eq(a->unit, f->unit);
  if (!parse_decimal(f->value.len ? f->value : f->high, &v))
    return;
  v = v < 0 ? -v : v;
  if (v > a->top)
    a->top = v;
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
  if (!r->cells[i]) {
    r->cells[i] = f;
    join(a, f);
  }
}

static void choose_scales(Pivot *p) {
  for (size_t i = 0; i < p->n_across; i++) {
    Across *a = &p->across[i];
    a->scale = scale_for(a->top, a->unit);
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

static TableRow head_row(Pivot *p, bool common) {
  Binder *b = p->b;
  size_t n = p->n_keys + p->n_across;
  TableCell *cells = NEW_ARRAY(b->arena, TableCell, n);
  for (size_t i = 0; i < p->n_keys; i++)
    cells[i] = text_cell(p, bind_text(b, p->cols[i], "head"), "table-head",
                         ALIGN_CENTRE);
  for (size_t i = 0; i < p->n_across; i++) {
    const Across *a = &p->across[i];
    Str unit = unit_words(b, a);
    Str head = common || a->mixed || !unit.len
                   ? a->name
                   : str_fmt(b->arena, "%.*s（%.*s）", STR_ARG(a->name),
                             STR_ARG(unit));
    cells[p->n_keys + i] = text_cell(p, head, "table-head", ALIGN_CENTRE);
  }
  return (TableRow){ROW_HEAD, cells, n, false};
}

static TableCell figure_cell(Pivot *p, const Across *a, const Figure *f,
                             Str empty) {
  Binder *b = p->b;
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
  return table_cell(b, para_of(b, &r, s), ALIGN_DECIMAL, p->node->at);
}

static TableRow body_row(Pivot *p, const PivotRow *r, Str empty) {
  size_t n = p->n_keys + p->n_across;
  TableCell *cells = NEW_ARRAY(p->b->arena, TableCell, n);
  for (size_t i = 0; i < p->n_keys; i++)
    cells[i] = text_cell(p, r->keys[i].len ? r->keys[i] : empty, "table-cell",
                         ALIGN_LEFT);
  for (size_t i = 0; i < p->n_across; i++)
    cells[p->n_keys + i] = figure_cell(p, &p->across[i], r->cells[i], empty);
  return (TableRow){ROW_BODY, cells, n, false};
}

static void fill_table(Pivot *p, Table *t, Str empty) {
  Binder *b = p->b;
  bool common = one_unit(p);
  Str unit = common ? unit_words(b, &p->across[0]) : STR("");
  t->n_columns = p->n_keys + p->n_across;
  TableColumn *cols = NEW_ARRAY(b->arena, TableColumn, t->n_columns);
  for (size_t i = 0; i < t->n_columns; i++)
    cols[i] = (TableColumn){
        .share = 1, .align = i < p->n_keys ? ALIGN_LEFT : ALIGN_DECIMAL};
  for (size_t i = 0; i < p->n_keys; i++)
    table_column_width(p->cols[i], &cols[i]);
  t->columns = cols;
  if (unit.len && !t->unit.n)
    t->unit = para_text(b, str_cat(b->arena, STR("单位："), unit), "table-unit",
                        p->node->at);
  TableRow *rows = NEW_ARRAY(b->arena, TableRow, p->rows.len + 1);
  rows[0] = head_row(p, common);
  for (size_t i = 0; i < p->rows.len; i++)
    rows[i + 1] = body_row(p, p->rows.data[i], empty);
  t->rows = rows;
  t->n_rows = p->rows.len + 1;
}

bool pivot_table(Binder *b, const Node *n, const Value *v, Table *t,
                 Str empty) {
  Pivot *p = NEW(b->arena, Pivot);
  p->b = b;
  p->node = n;
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
  choose_scales(p);
  if (!p->rows.len)
    return false;
  fill_table(p, t, empty);
  return true;
}
