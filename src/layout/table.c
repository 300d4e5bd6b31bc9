// Tables: a row for each node, or literal rows; heads, groups, totals (T1–T6).
#include "table-imp.h"
#include <limits.h>

// A column with a test stands only where it holds.
bool column_stands(Binder *b, const Node *c) {
  Value v;
  return !node_attr(c, "test").data ||
         (bind_value(b, c, "test", &v) && v.truth);
}

static void collect_heads(Binder *b, Heads *h, const Node *parent) {
  for (const Node *c = parent->first; c; c = c->next) {
    if ((c->el == EL_COLUMNS || c->el == EL_COLUMN) && !column_stands(b, c))
      continue;
    if (c->el == EL_COLUMNS)
      collect_heads(b, h, c);
    else if (c->el == EL_COLUMN && h->n < COLUMNS_MAX)
      h->cols[h->n++] = c;
  }
}

TableCell table_cell(Binder *b, Para p, Align align, Span at) {
  Para *own = NEW(b->arena, Para);
  *own = p;
  return (TableCell){.paras = own,
                     .n = 1,
                     .colspan = 1,
                     .rowspan = 1,
                     .align = align,
                     .at = at};
}

Align align_value(Str v, Align usual) {
  return str_is(v, "left")      ? ALIGN_LEFT
         : str_is(v, "center")  ? ALIGN_CENTRE
         : str_is(v, "right")   ? ALIGN_RIGHT
         : str_is(v, "decimal") ? ALIGN_DECIMAL
                                : usual;
}

// ---- heads ------------------------------------------------------------------

static TableCell head_cell(Builder *t, const Node *c) {
  Str head = bind_text(t->b, c, "head"), unit = bind_text(t->b, c, "unit");
  if (unit.len)
    head = str_fmt(t->b->arena, "%.*s（%.*s）", STR_ARG(head), STR_ARG(unit));
  Para p = para_text(t->b, head, "table-head", c->at);
  return table_cell(t->b, p, ALIGN_CENTRE, c->at);
}

static void add_row(Builder *t, RowKind kind, TableCell *cells, size_t n) {
  Binder *b = t->b;
  if (t->rows.len >= ROWS_MAX && !b->stop) {
    diag(b->diags, D_TABLE_ROWS, t->node->at, str_int(b->arena, ROWS_MAX));
    b->stop = b->failed = true;
  }
  if (b->stop)
    return;
  *vec_push(t->b->arena, &t->rows) = (TableRow){kind, cells, n, false};
}

// How many `columns` stand around a column.
static int head_level(const Node *c) {
  int level = 0;
  for (const Node *p = c->parent; p && p->el == EL_COLUMNS; p = p->parent)
    level++;
  return level;
}

// What stands over the column in head row r: a `columns`, or itself.
static const Node *head_at(const Node *c, int r) {
  for (int up = head_level(c) - r; up > 0; up--)
    c = c->parent;
  return c;
}

// A column's own head reaches down to the body.
static void head_row(Builder *t, int r, int depth) {
  const Heads *h = t->heads;
  TableCell *cells = NEW_ARRAY(t->b->arena, TableCell, h->n);
  const Node *last = NULL;
  size_t n = 0;
  for (size_t i = 0; i < h->n; i++) {
    int level = head_level(h->cols[i]);
    const Node *here = level < r ? NULL : head_at(h->cols[i], r);
    if (here && here == last)
      cells[n - 1].colspan++;
    else if (here)
      cells[n++] = head_cell(t, here);
    if (here && level > r)
      cells[n - 1].rule_below = true;
    else if (here)
      cells[n - 1].rowspan = depth - r + 1;
    last = here;
  }
  add_row(t, ROW_HEAD, cells, n);
}

static void head_rows(Builder *t) {
  const Heads *h = t->heads;
  bool any = false;
  int depth = 0;
  for (size_t i = 0; i < h->n; i++) {
    int level = head_level(h->cols[i]);
    depth = level > depth ? level : depth;
    any |= node_attr(h->cols[i], "head").len > 0;
  }
  for (int r = 0; r <= depth && (any || depth); r++)
    head_row(t, r, depth);
}

// ---- body -------------------------------------------------------------------

static void wide_row(Builder *t, RowKind kind, Para text) {
  TableCell *cell = NEW(t->b->arena, TableCell);
  *cell = table_cell(t->b, text, kind == ROW_GROUP ? ALIGN_LEFT : ALIGN_CENTRE,
                     t->node->at);
  cell->colspan = (int)t->heads->n;
  add_row(t, kind, cell, 1);
  t->rows.data[t->rows.len - 1].keep_next = kind == ROW_GROUP;
}

// A column's own total, else the table's.
bool column_sums(const Node *table, const Node *c) {
  Str own = node_attr(c, "total");
  return str_is(own.len ? own : node_attr(table, "total"), "sum");
}

// Whether a total of the column may stand; one that was asked for and may not
// is reported, once.
static bool adds_up(Builder *t, size_t i, const Sum *s) {
  const Node *c = t->heads->cols[i];
  if (!s->count || !column_sums(t->node, c))
    return false;
  bool told = str_is(node_attr(c, "total"), "sum");
  if (!told) // the table's total passes over what does not add up
    return !s->mixed && !str_is(s->unit, "%");
  if (s->mixed && !(t->reported >> i & 1))
    diag(t->b->diags, D_TABLE_TOTAL, c->at, bind_text(t->b, c, "head"));
  t->reported |= (uint64_t)s->mixed << i;
  return !s->mixed;
}

// The first column has the label before its sum.
static TableCell sum_cell(Builder *t, size_t i, Str label, const Sum *sum,
                          const char *style) {
  Binder *b = t->b;
  const Node *c = t->heads->cols[i];
  const Style *s = stock(b, style);
  Runs r = {0};
  Str text = sum ? sum_words(t, c, sum) : t->empty;
  if (i == 0)
    text = sum ? str_fmt(b->arena, "%.*s　%.*s", STR_ARG(label), STR_ARG(text))
               : label;
  run_text(b, &r, text, s, c->at);
  if (sum)
    *vec_push(b->arena, &t->numerals) =
        (Numeral){&r.data[0].text, text, NULL, sum->unit, i};
  return table_cell(b, para_of(b, &r, s), column_align(c), c->at);
}

// A subtotal that has nothing to say is left out.
static void sum_row(Builder *t, Str label, const Sum *sums, RowKind kind,
                    const char *style, bool subtotal) {
  const Heads *h = t->heads;
  TableCell *cells = NEW_ARRAY(t->b->arena, TableCell, h->n);
  bool any = false;
  for (size_t i = 0; i < h->n; i++) {
    bool sum = adds_up(t, i, &sums[i]);
    cells[i] = sum_cell(t, i, label, sum ? &sums[i] : NULL, style);
    any |= sum;
  }
  if (any || !subtotal)
    add_row(t, kind, cells, h->n);
}

static bool has_totals(const Node *node, const Heads *h) {
  for (size_t i = 0; i < h->n; i++)
    if (column_sums(node, h->cols[i]))
      return true;
  return false;
}

// Ends the groups from the innermost out to `level`.
static void groups_end(Builder *t, size_t level) {
  const Groups *g = &t->groups;
  for (size_t k = g->n; k-- > level;) {
    if (str_is(node_attr(g->at[k], "subtotal"), "sum"))
      sum_row(t, subtotal_label(t->b->arena, g, t->keys[k]), t->group[k],
              ROW_TOTAL, "table-total", true);
    memset(t->group[k], 0, sizeof t->group[k]);
  }
}

static void group_begin(Builder *t, const GroupBegin *g) {
  t->keys[g->level] = g->key;
  wide_row(t, ROW_GROUP, group_head(t->b, &t->groups, g->level, g->key));
}

// What ends and begins before row i; *next: the first not yet begun.
static void groups_turn(Builder *t, size_t i, size_t *next) {
  const GroupBegins *all = &t->begins;
  for (bool first = true; *next < all->len && all->data[*next].row == i;
       ++*next, first = false) {
    if (first && i)
      groups_end(t, all->data[*next].level);
    group_begin(t, &all->data[*next]);
  }
}

// What `limit` cut off, in one row: sums of the columns that have a total.
static void rest_row(Builder *t, const Value *v, size_t from, Str label) {
  Binder *b = t->b;
  Sum kept[COLUMNS_MAX];
  Context outer = b->ctx;
  memcpy(kept, t->sums, sizeof kept);
  size_t printed = t->numerals.len;
  for (size_t i = from; i < v->n && ++b->steps < STEPS_MAX; i++) {
    b->ctx = (Context){v->nodes[i], i + 1, v->n, outer.scope};
    for (size_t k = 0; k < t->heads->n; k++)
      if (column_sums(t->node, t->heads->cols[k]))
        body_cell(t, k);
  }
  b->ctx = outer;
  t->numerals.len = printed;
  Sum rest[COLUMNS_MAX];
  for (size_t k = 0; k < COLUMNS_MAX; k++) {
    rest[k] = t->sums[k];
    rest[k].value -= kept[k].value;
    rest[k].count -= kept[k].count;
  }
  sum_row(t, label, rest, ROW_BODY, "table-cell", false);
}

static void one_row(Builder *t) {
  TableCell *cells = NEW_ARRAY(t->b->arena, TableCell, t->heads->n);
  for (size_t k = 0; k < t->heads->n; k++)
    cells[k] = body_cell(t, k);
  add_row(t, ROW_BODY, cells, t->heads->n);
}

static void select_rows(Builder *t, const Value *v) {
  Binder *b = t->b;
  choose_column_scales(t, v);
  Context outer = b->ctx;
  Str rest = bind_text(b, t->node, "rest");
  size_t next = 0; // group
  long limit = bind_int(b, t->node, "limit", 0);
  size_t n = limit > 0 && (size_t)limit < v->n ? (size_t)limit : v->n;
  for (size_t i = 0; i < n && ++b->steps < STEPS_MAX; i++) {
    b->ctx = (Context){v->nodes[i], i + 1, n, outer.scope};
    groups_turn(t, i, &next);
    one_row(t);
  }
  b->ctx = outer;
  if (n)
    groups_end(t, 0);
  if (rest.len && n < v->n)
    rest_row(t, v, n, rest);
  if (!n)
    wide_row(t, ROW_BODY,
             para_text(b, STR("本期未见此类数字"), "table-cell", t->node->at));
  else if (has_totals(t->node, t->heads))
    sum_row(t, STR("合计"), t->sums, ROW_TOTAL, "table-total", false);
  for (size_t i = 0; i < t->heads->n; i++)
    numerals_even(b->arena, &t->numerals, i,
                  node_attr(t->heads->cols[i], "decimals"));
}

// ---- literal rows -----------------------------------------------------------

static int cells_spanned(Binder *b, const Node *n, const char *attr,
                         long most) {
  long span = bind_int(b, n, attr, 1);
  return (int)(span < 1 ? 1 : span > most ? most : span);
}

static void literal_cell(Binder *b, const Node *n, void *data) {
  VEC(TableCell) *cells = data;
  if (n->el != EL_CELL) {
    if (n->el != EL_TEXT)
      bind_control(b, n, literal_cell, data);
    return;
  }
  const Style *s =
      stock(b, str_is(node_attr(n->parent, "kind"), "head") ? "table-head"
                                                            : "table-cell");
  Runs r = {0};
  runs_of(b, &r, n, s);
  TableCell c =
      table_cell(b, para_of(b, &r, s),
                 align_value(node_attr(n, "align"), ALIGN_JUSTIFY), n->at);
  c.colspan = cells_spanned(b, n, "colspan", COLUMNS_MAX);
  c.rowspan = cells_spanned(b, n, "rowspan", SHRT_MAX);
  *vec_push(b->arena, cells) = c;
}

static void literal_row(Binder *b, const Node *n, void *data) {
  Builder *t = data;
  if (n->el != EL_ROW) {
    if (n->el == EL_FOR_EACH || n->el == EL_IF || n->el == EL_ELSE)
      bind_control(b, n, literal_row, data);
    return;
  }
  VEC(TableCell) cells = {0};
  for (const Node *c = n->first; c; c = c->next)
    cells.cap += c->el == EL_CELL;
  cells.data = NEW_ARRAY(b->arena, TableCell, cells.cap);
  for (const Node *c = n->first; c; c = c->next)
    literal_cell(b, c, &cells);
  Str kind = node_attr(n, "kind");
  add_row(t,
          str_is(kind, "head")    ? ROW_HEAD
          : str_is(kind, "group") ? ROW_GROUP
          : str_is(kind, "total") ? ROW_TOTAL
                                  : ROW_BODY,
          cells.data, cells.len);
}

// ---- the table --------------------------------------------------------------

void table_column_width(const Node *c, TableColumn *out) {
  Str w = node_attr(c, "width");
  double share;
  out->align = column_align(c);
  if (str_ends(w, STR("*"))) {
    Str k = str_slice(w, 0, w.len - 1);
    out->share =
        parse_decimal(k, &share) && share >= 1 && share < 1000 ? (int)share : 1;
  } else if (w.len && parse_length(w, PT(10.5), PT(15), &out->width)) {
    out->share = 0;
  }
}

static const TableColumn *columns_of(Binder *b, const Heads *h) {
  TableColumn *cols = NEW_ARRAY(b->arena, TableColumn, h->n);
  for (size_t i = 0; i < h->n; i++)
    table_column_width(h->cols[i], &cols[i]);
  return cols;
}

// Notes of cells stand before the table's own.
static void add_notes(Binder *b, const Node *n, Paras notes, Table *t) {
  const Style *s = stock(b, "table-note");
  for (const Node *c = n->first; c; c = c->next) {
    if (c->el != EL_NOTE)
      continue;
    b->no_notes++;
    Para remark = note_remark(b, c, s);
    b->no_notes--;
    *vec_push(b->arena, &notes) = remark;
  }
  t->notes = notes.data;
  t->n_notes = notes.len;
}

Str caption_number(Binder *b, const Node *n, Str word, int *count) {
  Str own = bind_text(b, n, "number");
  long given;
  if (str_is(own, "none"))
    return STR("");
  if (str_starts(own, word) &&
      parse_int(str_slice(own, word.len, own.len), &given) && given > *count &&
      given < 100000)
    *count = (int)given;
  if (own.len)
    return own;
  Str next;
  do
    next = str_fmt(b->arena, "%.*s%d", STR_ARG(word), ++*count);
  while (map_lookup(b->numbered, next));
  return next;
}

void caption_taken(Binder *b, const Node *n, Str number) {
  if (!number.len)
    return;
  if (map_lookup(b->numbered, number))
    diag(b->diags, D_NUMBER_TWICE, node_attr_at(n, "number"), number);
  map_put(b->numbered, number, b);
}

Para unit_line(Binder *b, Str unit, Span at) {
  bool said = str_starts(unit, STR("单位"));
  Str text = said ? unit : str_cat(b->arena, STR("单位："), unit);
  return para_text(b, text, "table-unit", at);
}

static void add_caption(Binder *b, const Node *n, Table *t) {
  Str caption = bind_text(b, n, "caption"), unit = bind_text(b, n, "unit");
  if (caption.len) {
    t->number = caption_number(b, n, STR("表"), &b->tables);
    Str text = t->number.len ? str_fmt(b->arena, "%.*s　%.*s",
                                       STR_ARG(t->number), STR_ARG(caption))
                             : caption;
    t->caption = para_text(b, text, "caption", n->at);
  }
  if (unit.len)
    t->unit = unit_line(b, unit, n->at);
}

// 1,234.5, −3.2%, 约30万, 3～5; also what stands for no number (T1).
static bool is_number(Str t, bool *digit) {
  for (size_t i = 0; i < t.len;) {
    size_t from = i;
    uint32_t c = utf8_next(t, &i);
    *digit |= c >= '0' && c <= '9';
    if (!str_has(STR(" 0123456789,.+-%‰±−—…～–约近超逾余多万亿"),
                 str_slice(t, from, i)))
      return false;
  }
  return true;
}

// T3: a column with numbers only is aligned on their decimal mark.
static Align implied_align(const Builder *t, size_t column) {
  bool digit = false;
  for (size_t i = 0; i < t->rows.len; i++) {
    const TableRow *r = &t->rows.data[i];
    bool counts = r->kind == ROW_BODY;
    for (size_t c = 0, k = 0; counts && c < r->n;
         k += (size_t)r->cells[c++].colspan) {
      const Para *p = &r->cells[c].paras[0];
      if (r->cells[c].rowspan > 1) // the columns of rows below are moved
        return ALIGN_LEFT;
      if (k == column && r->cells[c].colspan == 1 &&
          (p->n > 1 || (p->n && !is_number(p->runs[0].text, &digit))))
        return ALIGN_LEFT;
    }
  }
  return digit ? ALIGN_DECIMAL : ALIGN_LEFT;
}

// Columns of a table of literal rows: as many as its widest row has.
static void implied_columns(Builder *t, Table *table) {
  size_t most = 0;
  for (size_t i = 0; i < t->rows.len; i++) {
    size_t k = 0;
    for (size_t c = 0; c < t->rows.data[i].n; c++)
      k += (size_t)t->rows.data[i].cells[c].colspan;
    most = k > most ? k : most;
  }
  if (most > COLUMNS_MAX) {
    diag(t->b->diags, D_TABLE_MANY, t->node->at,
         str_int(t->b->arena, COLUMNS_MAX));
    t->b->failed = true;
    most = COLUMNS_MAX;
  }
  TableColumn *cols = NEW_ARRAY(t->b->arena, TableColumn, most);
  for (size_t i = 0; i < most; i++)
    cols[i].align = implied_align(t, i);
  table->columns = cols;
  table->n_columns = most;
}

static void fill_rows(Builder *t, Table *table) {
  for (const Node *c = t->node->first; c; c = c->next)
    literal_row(t->b, c, t);
  if (t->heads->n) {
    table->columns = columns_of(t->b, t->heads);
    table->n_columns = t->heads->n;
  } else {
    implied_columns(t, table);
  }
  table->rows = t->rows.data;
  table->n_rows = t->rows.len;
}

// A figure that stands for several indicators gives a row to each.
static void expand_shares(Binder *b, Value *v) {
  VEC(XmlNode *) out = {0};
  bool any = false;
  for (size_t i = 0; v->kind == VALUE_NODES && i < v->n; i++) {
    XmlNode *share = xml_is_text(v->nodes[i]) || !xml_name(v->nodes[i]).len
                         ? NULL
                         : xml_child(v->nodes[i], "share");
    if (!share)
      *vec_push(b->arena, &out) = v->nodes[i];
    for (; share; share = xml_next(share))
      if (str_is(xml_name(share), "share"))
        *vec_push(b->arena, &out) = share, any = true;
  }
  if (!any)
    return;
  v->nodes = out.data;
  v->n = out.len;
}

// False: reported, or there is nothing to show.
static bool fill_table(Binder *b, const Node *n, Table *table) {
  Heads heads = {0};
  collect_heads(b, &heads, n);
  Builder t = {.b = b, .node = n, .heads = &heads};
  Str empty = bind_text(b, n, "empty");
  t.empty = empty.len ? empty : STR("—");
  Value v = {0};
  bool select = node_attr(n, "select").data;
  if (select && !heads.n) {
    if (!n->torn)
      diag(b->diags, D_TABLE_COLUMNS, n->at, STR(""));
    b->failed = true;
    return false;
  }
  if (select && !bind_value(b, n, "select", &v))
    return false;
  if (select) {
    expand_shares(b, &v);
    sort_nodes(b, n, &v);
    table_groups(n, &t.groups);
    groups_gather(b, &t.groups, &v, &t.begins);
  }
  if (node_attr(n, "pivot").data)
    return pivot_table(b, n, &v, table, t.empty);
  head_rows(&t);
  if (select)
    select_rows(&t, &v);
  fill_rows(&t, table);
  return table->n_rows && table->n_columns;
}

static TableLines lines_of(Str s) {
  return str_is(s, "grid")   ? LINES_GRID
         : str_is(s, "none") ? LINES_NONE
                             : LINES_THREE;
}

void bind_table(Binder *b, const Node *n) {
  Table *table = NEW(b->arena, Table);
  int numbers = b->tables;
  Paras notes = {0};
  add_caption(b, n, table);
  b->cell_notes = &notes;
  b->cell_count = 0;
  bool filled = fill_table(b, n, table);
  b->cell_notes = NULL;
  if (!filled) {
    b->tables = numbers;
    return;
  }
  caption_taken(b, n, table->number);
  table->lines = lines_of(node_attr(n, "lines"));
  table->repeat_head = node_bool(n, "repeat-head", true);
  table->gap = PT(8);
  table->pad = PT(3);
  Str padding = node_attr(n, "padding");
  if (padding.len)
    parse_length(padding, PT(10.5), PT(15), &table->pad);
  add_notes(b, n, notes, table);
  LayBlock *k = bind_block(b, LAY_TABLE, "table", n->at);
  Style *s = style_copy(b->styles, STR(""), bind_style(b, n, "table"));
  s->whole_lines = true;
  k->style = s;
  k->id = bind_text(b, n, "id");
  k->table = table;
}
