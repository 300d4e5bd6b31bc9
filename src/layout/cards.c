// Headline figures side by side: number and unit, indicator, place and time.
#include "layout-imp.h"

static Para value_line(Binder *b, const Node *n, const Figure *f) {
  const Style *big = stock(b, "card-value"), *small = stock(b, "card-unit");
  FigureText t = figure_text(b->arena, f, STR(""), STR(""));
  if (str_ends(f->measure, STR("-to")))
    t.before = STR(""); // 升至96% is the level now
  Runs r = {0};
  NumberParts p = number_parts(t.number);
  run_text(b, &r, str_cat(b->arena, t.before, p.head), small, n->at);
  run_figure(b, &r, f, p.digits, big, n->at, false);
  bool note = str_is(node_attr(n, "trace"), "note");
  run_figure(b, &r, f, str_cat(b->arena, p.tail, t.unit), small, n->at, note);
  run_revised(b, &r, f, small, n->at);
  return para_of(b, &r, big);
}

// Place and time: the indicator alone could be anybody's.
static Str place_line(Binder *b, const Node *n, const Figure *f) {
  Value v;
  if (node_attr(n, "note").data && bind_value(b, n, "note", &v))
    return v.text;
  Str place = figure_place(b->arena, f);
  Str time = format_period(b->arena, f->period, f->period_printed);
  return place.len
             ? str_fmt(b->arena, "%.*s，%.*s", STR_ARG(place), STR_ARG(time))
             : time;
}

// 比上月提高0.6个百分点, where the earlier figure is known.
static Str change_line(Binder *b, const Figure *f) {
  Change c = figure_change(b->arena, b->dossier, f, STR(""));
  return c.known ? c.words : STR("");
}

static TableCell card(Binder *b, const Node *n, XmlNode *x) {
  const Figure *f = query_figure(b->query, x);
  TableCell c = {.colspan = 1, .rowspan = 1, .align = ALIGN_LEFT, .at = n->at};
  if (!f || figure_doubtful(f) || figure_blank(f))
    return c;
  Para *p = NEW_ARRAY(b->arena, Para, 4);
  p[0] = value_line(b, n, f);
  Str label = bind_text(b, n, "label");
  p[1] = para_text(b, label.len ? label : figure_label(b->arena, f),
                   "card-label", n->at);
  p[2] = para_text(b, place_line(b, n, f), "card-note", n->at);
  c.paras = p;
  c.n = 3;
  Str change = change_line(b, f);
  if (change.len) {
    const Style *s = trend_style(b, f, STR(""), stock(b, "card-note"));
    Runs r = {0};
    run_text(b, &r, change, s, n->at);
    p[c.n++] = para_of(b, &r, s);
  }
  c.rule_above = true;
  return c;
}

static TableRow card_row(Binder *b, const Node *n, const Value *v, size_t from,
                         size_t columns) {
  TableCell *cells = NEW_ARRAY(b->arena, TableCell, columns);
  Context outer = b->ctx;
  for (size_t i = 0; i < columns; i++) {
    cells[i] = (TableCell){.colspan = 1, .rowspan = 1, .at = n->at};
    if (from + i >= v->n)
      continue;
    b->ctx.node = v->nodes[from + i];
    cells[i] = card(b, n, v->nodes[from + i]);
  }
  b->ctx = outer;
  return (TableRow){ROW_BODY, cells, columns, false};
}

void bind_cards(Binder *b, const Node *n) {
  Value v;
  if (!bind_value(b, n, "select", &v))
    return;
  if (v.kind != VALUE_NODES || !v.n)
    return;
  // no card stands alone in the last row
  long usual = v.n == 2 || v.n == 4 ? 2 : 3;
  long columns = bind_int(b, n, "columns", usual);
  columns = columns < 1 ? 1 : columns > 8 ? 8 : columns;
  size_t per = (size_t)columns;
  TableColumn *cols = NEW_ARRAY(b->arena, TableColumn, per);
  for (size_t i = 0; i < per; i++)
    cols[i] = (TableColumn){.share = 1, .align = ALIGN_LEFT};
  size_t n_rows = (v.n + per - 1) / per;
  TableRow *rows = NEW_ARRAY(b->arena, TableRow, n_rows);
  Str outer = b->trace, trace = node_attr(n, "trace");
  if (trace.len)
    b->trace = trace;
  for (size_t i = 0; i < n_rows; i++)
    rows[i] = card_row(b, n, &v, i * per, per);
  b->trace = outer;
  Table *t = NEW(b->arena, Table);
  *t = (Table){.columns = cols,
               .n_columns = per,
               .rows = rows,
               .n_rows = n_rows,
               .lines = LINES_NONE,
               .gap = PT(20),
               .pad = PT(7)};
  LayBlock *k = bind_block(b, LAY_TABLE, "cards", n->at);
  Style *s = style_copy(b->styles, STR(""), k->style);
  s->whole_lines = true;
  k->style = s;
  k->table = t;
}
