// A table's cells: numbers in the column's scale, units, changes, marks.
#include "table-imp.h"

Align column_align(const Node *c) {
  return align_value(node_attr(c, "align"), ALIGN_LEFT);
}

// ---- scales (R3) ------------------------------------------------------------

Str scale_for(double top, double least, Str unit) {
  bool plain = str_is(unit, "%") || str_is(unit, "个百分点");
  if (plain || top < 1e5 || (least > 0 && least < 100))
    return STR("none");
  return top < 1e8 || (least > 0 && least < 1e6) ? STR("万") : STR("亿");
}

static const Figure *column_figure(Builder *t, const Node *c) {
  Value v;
  XmlNode *x = t->b->ctx.node;
  if (node_attr(c, "select").data) {
    if (!bind_value(t->b, c, "select", &v))
      return NULL;
    x = v.kind == VALUE_NODES && v.n ? v.nodes[0] : NULL;
  }
  const Figure *f = x ? query_number(x) : NULL;
  return f && !figure_doubtful(f) ? f : NULL;
}

static Top *top_of(Builder *t, Str unit) {
  for (size_t k = 0; k < t->tops.len; k++)
    if (str_eq(t->tops.data[k].unit, unit))
      return &t->tops.data[k];
  Top *top = vec_push(t->b->arena, &t->tops);
  *top = (Top){unit, 0, 0};
  return top;
}

void widen(double *top, double *least, const Figure *f) {
  double v;
  if (!parse_decimal(f->value.len ? f->value : f->high, &v))
    return;
  v = v < 0 ? -v : v;
  *top = v > *top ? v : *top;
  if (v > 0 && (*least <= 0 || v < *least))
    *least = v;
}

void choose_column_scales(Builder *t, const Value *rows) {
  Binder *b = t->b;
  Context outer = b->ctx;
  for (size_t i = 0; i < t->heads->n; i++) {
    const Node *c = t->heads->cols[i];
    if (!str_is(node_attr(c, "scale"), "auto"))
      continue;
    t->scaled_units |= str_is(node_attr(c, "format"), "unit");
    for (size_t k = 0; k < rows->n && ++b->steps < STEPS_MAX; k++) {
      b->ctx = (Context){rows->nodes[k], k + 1, rows->n, outer.scope};
      const Figure *f = column_figure(t, c);
      Top *top = f ? top_of(t, f->unit) : NULL;
      if (f)
        widen(&top->top, &top->least, f);
    }
    b->ctx = outer;
  }
}

static Str cell_scale(Builder *t, const Node *c, Str unit) {
  Str scale = node_attr(c, "scale");
  if (!str_is(scale, "auto"))
    return scale;
  const Top *top = top_of(t, unit);
  return scale_for(top->top, top->least, unit);
}

// ---- what a figure's cell says ----------------------------------------------

static void source_cell(Builder *t, Runs *r, const Node *c, const Figure *f,
                        const Style *s) {
  const Use *u = figure_use(t->b, f, true);
  run_text(t->b, r, str_int(t->b->arena, u->number), s, c->at);
  r->data[r->len - 1].link = str_cat(t->b->arena, STR("#"), u->anchor);
}

static void change_cell(Builder *t, Runs *r, const Node *c, const Figure *f,
                        const Style *s) {
  Binder *b = t->b;
  Change k = figure_change(b->arena, b->dossier, f, node_attr(c, "base"));
  bool known = k.known && k.amount.len;
  if (known)
    figure_printed(b, f);
  run_text(b, r, known ? k.amount : t->empty,
           known ? trend_style(b, f, node_attr(c, "base"), s) : s, c->at);
}

static void unit_cell(Builder *t, Runs *r, const Node *c, const Figure *f,
                      Str scale, const Style *s) {
  Str unit = figure_text(t->b->arena, f, scale, STR("")).unit;
  bool told = t->scaled_units && (str_is(scale, "万") || str_is(scale, "亿"));
  if (told)
    unit = str_cat(t->b->arena, scale, unit);
  run_text(t->b, r, unit.len ? unit : t->empty, s, c->at);
}

// 〔修订〕, 新增: what has become of the series since the earlier issue.
static void status_cell(Builder *t, Runs *r, const Node *c, const Figure *f,
                        const Style *s) {
  Str status = figure_status(t->b->dossier, f);
  Str words = str_is(status, "revised") ? STR("修订")
              : str_is(status, "new")   ? STR("新增")
                                        : t->empty;
  run_text(t->b, r, words, s, c->at);
}

char measure_kind(const Figure *f) {
  return str_ends(f->measure, STR("-by")) ? 'c'
         : str_is(f->measure, "target")   ? 't'
         : str_is(f->measure, "rank")     ? 'r'
                                          : 0;
}

static void sum_add(Sum *s, double v, Str unit, char kind) {
  if (!s->count)
    s->unit = unit, s->kind = kind;
  s->mixed |= !str_eq(s->unit, unit) || s->kind != kind;
  s->value += v;
  s->count++;
}

static void add_up(Builder *t, double v, Str unit, char kind, size_t i) {
  sum_add(&t->sums[i], v, unit, kind);
  for (size_t k = 0; k < t->groups.n; k++)
    sum_add(&t->group[k][i], v, unit, kind);
}

// A fact that two pages report is one: its total would be too much.
static bool counted_twice(Builder *t, const Figure *f, size_t i) {
  Binder *b = t->b;
  if (!f->fact.len || f->distributes.len) // 各46个: each has its own
    return false;
  if (!t->counted)
    t->counted = map_new(b->arena);
  Str key = str_fmt(b->arena, "%zu %.*s", i, STR_ARG(f->fact));
  if (!map_lookup(t->counted, key)) {
    map_put(t->counted, key, t);
    return false;
  }
  const Node *c = t->heads->cols[i];
  if (!(t->twice >> i & 1))
    diag(b->diags, D_TABLE_TWICE, c->at, bind_text(b, c, "head"));
  t->twice |= (uint64_t)1 << i;
  return true;
}

// The scale is left out where the head or a column of units has it.
static Str amount_text(Builder *t, const Figure *f, Str scale, const Node *c) {
  Str format = node_attr(c, "format"), unit = node_attr(c, "unit");
  if (str_is(format, "amount"))
    format = STR("");
  FigureText w = figure_text(t->b->arena, f, scale, format);
  if (str_ends(f->measure, STR("-to")))
    w.before = STR(""); // the level reached; 升至 is for sentences
  bool told = (t->scaled_units || str_starts(unit, scale)) &&
              (str_is(scale, "万") || str_is(scale, "亿"));
  Str number = told ? text_without(t->b->arena, w.number, scale) : w.number;
  if (unit.len && str_starts(w.unit, f->unit)) // 以上: no other column says it
    number = str_cat(t->b->arena, number,
                     str_slice(w.unit, f->unit.len, w.unit.len));
  return str_cat(t->b->arena, w.before, number);
}

static Str whole_text(Builder *t, const Figure *f, Str scale, Str format) {
  FigureText w = figure_text(t->b->arena, f, scale, format);
  if (!str_ends(f->measure, STR("-to")))
    return figure_whole(t->b->arena, f, scale, format);
  return str_cat(t->b->arena, w.number, w.unit);
}

static bool is_picture(Str format) {
  return str_has(format, STR("0")) || str_has(format, STR("#"));
}

static void figure_cell(Builder *t, Runs *r, const Node *c, const Figure *f,
                        size_t i, const Style *s) {
  Binder *b = t->b;
  Str format = node_attr(c, "format"), scale = cell_scale(t, c, f->unit);
  if (str_is(format, "source")) {
    source_cell(t, r, c, f, s);
    return;
  }
  if (str_is(format, "change")) {
    change_cell(t, r, c, f, s);
    return;
  }
  if (str_is(format, "unit")) {
    unit_cell(t, r, c, f, scale, s);
    return;
  }
  if (str_is(format, "status")) {
    status_cell(t, r, c, f, s);
    return;
  }
  bool in_head = node_attr(c, "unit").len;
  Str text = in_head || str_is(format, "amount")
                 ? amount_text(t, f, scale, c)
                 : whole_text(t, f, scale, format);
  run_figure(b, r, f, text, s, c->at, str_is(b->trace, "note"));
  run_revised(b, r, f, s, c->at);
  t->told = is_picture(format) ? NULL : f;
  double v;
  if (column_sums(t->node, c) && parse_decimal(f->value, &v) &&
      !counted_twice(t, f, i))
    add_up(t, v, f->unit, measure_kind(f), i);
}

// A sum in the scale of its column.
Str sum_words(Builder *t, const Node *c, const Sum *s) {
  Str format = node_attr(c, "format"), scale = cell_scale(t, c, s->unit);
  if (!is_picture(format))
    format = STR(",##0.####"); // amount is no picture
  bool wan = str_is(scale, "万"), scaled = wan || str_is(scale, "亿");
  bool told = t->scaled_units || str_starts(node_attr(c, "unit"), scale);
  double v = wan ? s->value / 1e4 : scaled ? s->value / 1e8 : s->value;
  return str_cat(t->b->arena, format_number(t->b->arena, v, format),
                 scaled && !told ? scale : STR(""));
}

// ---- any other value --------------------------------------------------------

static Str value_words(Builder *t, const Node *c, const Value *v, size_t i) {
  Binder *b = t->b;
  double x = v->number;
  bool number = v->is_number ? x == x : parse_decimal(v->text, &x);
  if (number && column_sums(t->node, c))
    add_up(t, x, STR(""), 0, i);
  Str text = value_format(b->arena, v, node_attr(c, "format"));
  if (text.len)
    return text;
  Str empty = bind_text(b, c, "empty");
  return empty.len ? empty : t->empty;
}

// @value is the figure's own number, in whatever form.
static void plain_cell(Builder *t, Runs *r, const Node *c, const Value *v,
                       size_t i, const Style *s) {
  Str text = value_words(t, c, v, i);
  const Figure *f =
      v->kind == VALUE_NODES && v->n ? query_number(v->nodes[0]) : NULL;
  if (f && v->text.len && !figure_doubtful(f)) {
    run_figure(t->b, r, f, text, s, c->at, str_is(t->b->trace, "note"));
    return;
  }
  value_printed(t->b, v);
  run_text(t->b, r, text, s, c->at);
}

static Str cell_trace(const Builder *t, const Node *c) {
  Str own = node_attr(c, "trace"), table = node_attr(t->node, "trace");
  Str said = own.len ? own : table.len ? table : STR("link");
  return str_is(t->b->trace, "none") ? t->b->trace : said;
}

TableCell body_cell(Builder *t, size_t i) {
  Binder *b = t->b;
  const Node *c = t->heads->cols[i];
  const Style *s = stock(b, "table-cell");
  Value v = {.kind = VALUE_NODES, .text = STR("")};
  Runs r = {0};
  XmlNode *first = b->ctx.node;
  if (node_attr(c, "select").data) {
    bind_value(b, c, "select", &v);
    first = v.kind == VALUE_NODES && v.n ? v.nodes[0] : NULL;
  }
  Str outer = b->trace;
  b->trace = cell_trace(t, c);
  t->told = NULL;
  bool element = first && xml_name(first).len > 0;
  const Figure *f = element ? query_figure(b->query, first) : NULL;
  if (f && figure_blank(f))
    run_text(b, &r, t->empty, s, c->at);
  else if (f && !figure_doubtful(f) && v.kind == VALUE_NODES)
    figure_cell(t, &r, c, f, i, s);
  else
    plain_cell(t, &r, c, &v, i, s);
  b->trace = outer;
  if (t->told && r.len)
    *vec_push(b->arena, &t->numerals) =
        (Numeral){&r.data[0].text, r.data[0].text, t->told, t->told->unit, i};
  return table_cell(b, para_of(b, &r, s), column_align(c), c->at);
}
