// Charts, pictures and QR codes.
#include "layout-imp.h"
#include <math.h>
#include <sys/stat.h>

#define CATEGORIES_MAX 1000

static double number_of(Binder *b, const Value *v, Str *label, Str *id) {
  double x = NAN;
  const Figure *f = v->kind == VALUE_NODES && v->n
                        ? query_figure(b->query, v->nodes[0])
                        : NULL;
  if (f && !figure_doubtful(f)) {
    *id = query_holds(b->query, f) ? f->id : STR("");
    *label = figure_text(b->arena, f, STR(""), STR("")).number;
    parse_decimal(f->value, &x);
    if (!figure_blank(f))
      figure_use(b, f, false);
    return x;
  }
  if (v->is_number)
    x = v->number;
  else if (!parse_decimal(v->text, &x))
    x = NAN;
  *label = x == x ? v->text : STR("");
  return x;
}

static void one_series(Binder *b, const Node *n, const Node *s, const Value *v,
                       ChartSeries *out) {
  double *values = NEW_ARRAY(b->arena, double, v->n);
  Str *labels = NEW_ARRAY(b->arena, Str, v->n);
  Str *figures = NEW_ARRAY(b->arena, Str, v->n);
  Context outer = b->ctx;
  for (size_t i = 0; i < v->n; i++) {
    Value x;
    b->ctx = (Context){v->nodes[i], i + 1, v->n, outer.scope};
    values[i] = NAN;
    if (bind_value(b, s ? s : n, "value", &x))
      values[i] = number_of(b, &x, &labels[i], &figures[i]);
  }
  b->ctx = outer;
  *out = (ChartSeries){.values = values, .labels = labels, .figures = figures};
  if (s) {
    out->name = bind_text(b, s, "name");
    out->earlier = node_bool(s, "earlier", false);
    out->line = node_bool(s, "line", false);
  }
}

static ChartKind kind_of(Str k) {
  static const char *const names[] = {"column",  "bar",   "line", "pie",
                                      "stacked", "combo", "ring"};
  for (int i = 0; i < 7; i++)
    if (str_is(k, names[i]))
      return (ChartKind)i;
  return CHART_COLUMN;
}

static void fill_series(Binder *b, const Node *n, const Value *v, Chart *c) {
  VEC(ChartSeries) all = {0};
  for (const Node *s = n->first; s; s = s->next)
    if (s->el == EL_SERIES)
      one_series(b, n, s, v, vec_push(b->arena, &all));
  if (!all.len)
    one_series(b, n, NULL, v, vec_push(b->arena, &all));
  c->series = all.data;
  c->n_series = all.len;
}

static const Str *categories(Binder *b, const Node *n, const Value *v) {
  Str *names = NEW_ARRAY(b->arena, Str, v->n);
  Context outer = b->ctx;
  for (size_t i = 0; i < v->n; i++) {
    Value x;
    b->ctx = (Context){v->nodes[i], i + 1, v->n, outer.scope};
    const Figure *f = query_figure(b->query, v->nodes[i]);
    if (node_attr(n, "category").data && bind_value(b, n, "category", &x))
      names[i] = x.text;
    else
      names[i] = f ? figure_place(b->arena, f) : STR("");
  }
  b->ctx = outer;
  return names;
}

static void chart_caption(Binder *b, const Node *n, Chart *c) {
  Str caption = bind_text(b, n, "caption");
  if (!caption.len)
    return;
  Str number = caption_number(b, n, STR("图"), &b->charts);
  caption_taken(b, n, number);
  if (number.len)
    caption =
        str_fmt(b->arena, "%.*s　%.*s", STR_ARG(number), STR_ARG(caption));
  c->caption = para_text(b, caption, "caption", n->at);
}

void bind_chart(Binder *b, const Node *n) {
  Value v;
  if (!bind_value(b, n, "select", &v) || v.kind != VALUE_NODES)
    return;
  if (v.n > CATEGORIES_MAX) {
    diag(b->diags, D_CHART_MANY, n->at, str_int(b->arena, CATEGORIES_MAX),
         str_int(b->arena, (long long)v.n));
    v.n = CATEGORIES_MAX;
  }
  Chart *c = NEW(b->arena, Chart);
  c->kind = kind_of(node_attr(n, "kind"));
  c->unit = bind_text(b, n, "unit");
  c->categories = categories(b, n, &v);
  c->n_categories = v.n;
  fill_series(b, n, &v, c);
  c->height = MM(60);
  parse_length(node_attr(n, "height"), PT(9), PT(29.62), &c->height);
  c->style = bind_style(b, n, "chart");
  chart_caption(b, n, c);
  LayBlock *k = bind_block(b, LAY_CHART, "chart", n->at);
  Style *s = style_copy(b->styles, STR(""), k->style);
  s->whole_lines = true;
  k->style = s;
  k->chart = c;
  k->id = bind_text(b, n, "id");
}

// A picture's path stays in the layout's folder, as an include's does.
static bool picture_path(Binder *b, const Node *n, Str *path) {
  struct stat st;
  bool ok = node_file(b->diags, b->layout, n, path);
  if (ok && stat(str_z(b->arena, *path), &st) != 0) {
    diag(b->diags, D_IMAGE_MISSING, node_attr_at(n, "src"),
         node_attr(n, "src"));
    ok = false;
  }
  b->failed |= !ok;
  return ok;
}

void bind_image(Binder *b, const Node *n) {
  Image *i = NEW(b->arena, Image);
  i->qr = n->el == EL_BARCODE;
  if (i->qr)
    i->path = bind_text(b, n, "text");
  else if (!picture_path(b, n, &i->path))
    return;
  if (i->qr)
    i->width = i->height = MM(25);
  i->alt = bind_text(b, n, "alt");
  parse_length(node_attr(n, "width"), PT(15.75), PT(29.62), &i->width);
  parse_length(node_attr(n, "height"), PT(15.75), PT(29.62), &i->height);
  LayBlock *k = bind_block(b, LAY_IMAGE, "group", n->at);
  Str align = node_attr(n, "align");
  Style *s = style_copy(b->styles, STR(""), k->style);
  s->align = str_is(align, "left")    ? ALIGN_LEFT
             : str_is(align, "right") ? ALIGN_RIGHT
                                      : ALIGN_CENTRE;
  k->style = s;
  k->image = i;
}
