// Columns and bars: side by side or stacked, from zero, with their values.
#include "chart-imp.h"

typedef struct {
  size_t series, category;
  Rect at;
  double value;
} Bar;

typedef VEC(Bar) Bars;

// The box from value a to value b, across its slot from x on.
static Rect bar_box(const ChartRun *r, double a, double b, Len x, Len w) {
  Len p = axis_at(r, &r->left, a), q = axis_at(r, &r->left, b);
  Len low = p < q ? p : q, size = p < q ? q - p : p - q;
  if (r->c->kind == CHART_BAR)
    return (Rect){low, x, size, w};
  return (Rect){x, low, w, size};
}

// Width of one column; the groups stand apart by at least a column's half.
static Len bar_width(const ChartRun *r, size_t columns) {
  Len slot = category_size(r), w = slot * 2 / (Len)(columns * 2 + 1);
  Len most = r->style.size * (r->c->kind == CHART_BAR ? 2 : 4);
  return w > most ? most : w;
}

static void side_by_side(ChartRun *r, Bars *bars) {
  Len w = bar_width(r, r->n_columns), gap = w / 12;
  Len group = w * (Len)r->n_columns;
  for (size_t i = 0; i < r->n; i++) {
    Len x = category_at(r, i) + (category_size(r) - group) / 2;
    for (size_t k = 0; k < r->c->n_series; k++) {
      if (series_is_line(r, k))
        continue;
      double v = r->c->series[k].values[i];
      Rect at = bar_box(r, 0, value_is(v) ? v : 0, x + gap, w - 2 * gap);
      *vec_push(r->s->arena, bars) = (Bar){k, i, at, v};
      x += w;
    }
  }
}

static void stacked(ChartRun *r, Bars *bars) {
  Len w = bar_width(r, 1);
  for (size_t i = 0; i < r->n; i++) {
    Len x = category_at(r, i) + (category_size(r) - w) / 2;
    double up = 0, down = 0;
    for (size_t k = 0; k < r->c->n_series; k++) {
      double v = r->c->series[k].values[i];
      if (series_is_line(r, k) || !value_is(v))
        continue;
      double *from = v < 0 ? &down : &up;
      Rect at = bar_box(r, *from, *from + v, x, w);
      *from += v;
      *vec_push(r->s->arena, bars) = (Bar){k, i, at, v};
    }
  }
}

static bool is_light(Colour c) {
  return (c & 0xff) + (c >> 8 & 0xff) + (c >> 16) > 0x1d0;
}

// A label without a place outside goes to the end of its own bar or column.
static void label_within(ChartRun *r, const Bar *b, Label *l, bool below) {
  Len w = text_width(r, l->text), h = text_height(r), em = r->style.size;
  Look look = series_look(r, b->series);
  bool bar = r->c->kind == CHART_BAR;
  Len room = bar ? em / 2 : em / 4;
  if (look.pattern != PATTERN_NONE || w + room >= b->at.w ||
      (bar ? b->at.h < h * 3 / 4 : b->at.h <= h))
    return;
  if (bar)
    l->x =
        below ? b->at.x + w / 2 + em / 3 : b->at.x + b->at.w - w / 2 - em / 3;
  else
    l->y = below ? b->at.y + b->at.h - h : b->at.y;
  l->inside = true, l->tries = 1;
  l->colour = is_light(look.colour) ? r->style.colour : 0xffffff;
  label_place(r, l);
}

// Over its column, a little higher where a neighbour's label is in the way,
// else at the top of the column itself.
static void label_outside(ChartRun *r, const Bar *b) {
  Len h = text_height(r), em = r->style.size;
  Label l = {.text = value_label(r, &r->c->series[b->series], b->category),
             .tries = 3};
  if (r->c->series[b->series].figures)
    l.figure = r->c->series[b->series].figures[b->category];
  bool below = value_is(b->value) && b->value < 0;
  if (r->c->kind == CHART_BAR) {
    Len w = text_width(r, l.text);
    l.x = below ? b->at.x - w / 2 - em / 3 : b->at.x + b->at.w + w / 2 + em / 3;
    l.y = b->at.y + (b->at.h - h) / 2;
    l.tries = 1;
  } else {
    l.x = b->at.x + b->at.w / 2;
    l.y = below ? b->at.y + b->at.h + em / 8 : b->at.y - h;
    l.dy = below ? h / 2 : -h / 2;
  }
  if (!label_place(r, &l))
    label_within(r, b, &l, below);
}

// On the segment itself: white on dark, on a white slip where it is patterned.
static void label_inside(ChartRun *r, const Bar *b) {
  Str text = value_label(r, &r->c->series[b->series], b->category);
  Len w = text_width(r, text), h = text_height(r);
  if (!w || w > b->at.w || h > b->at.h)
    return;
  Len x = b->at.x + (b->at.w - w) / 2, y = b->at.y + (b->at.h - h) / 2;
  Look look = series_look(r, b->series);
  bool light =
      (look.colour & 0xff) + (look.colour >> 8 & 0xff) + (look.colour >> 16) >
      0x1d0;
  if (look.pattern != PATTERN_NONE) {
    Len slip = w + h / 4 < b->at.w ? w + h / 4 : w;
    draw_rect(r, (Rect){b->at.x + (b->at.w - slip) / 2, y, slip, h}, 0xffffff,
              PATTERN_NONE);
    light = true;
  }
  text_draw_in(r, text, x, y, TEXT_LEFT, light ? r->style.colour : 0xffffff);
}

static void stack_total(ChartRun *r, size_t i) {
  double up = 0;
  size_t parts = 0;
  int decimals = 0;
  for (size_t k = 0; k < r->c->n_series; k++) {
    double v = r->c->series[k].values[i];
    if (series_is_line(r, k) || !value_is(v) || v <= 0)
      continue;
    up += v;
    parts++;
    Str l = value_label(r, &r->c->series[k], i);
    size_t dot = str_find(l, STR("."), 0);
    int d = 0;
    while (dot < l.len && dot + 1 + (size_t)d < l.len &&
           l.data[dot + 1 + (size_t)d] >= '0' &&
           l.data[dot + 1 + (size_t)d] <= '9')
      d++;
    decimals = d > decimals ? d : decimals;
  }
  if (parts < 2)
    return;
  Label l = {.text = number_text(r, up, decimals), .tries = 1};
  l.x = category_at(r, i) + category_size(r) / 2;
  l.y = axis_at(r, &r->left, up) - text_height(r);
  label_place(r, &l);
}

static Bars bars_of(ChartRun *r) {
  Bars bars = {0};
  if (r->n_columns && r->c->kind == CHART_STACKED)
    stacked(r, &bars);
  else if (r->n_columns)
    side_by_side(r, &bars);
  return bars;
}

void bars_draw(ChartRun *r) {
  Bars bars = bars_of(r);
  for (size_t i = 0; i < bars.len; i++) {
    const Bar *b = &bars.data[i];
    draw_area(r, b->at, series_look(r, b->series));
    *vec_push(r->s->arena, &r->solids) = b->at;
  }
}

void bars_label(ChartRun *r) {
  Bars bars = bars_of(r);
  bool stack = r->c->kind == CHART_STACKED;
  for (size_t i = 0; i < bars.len; i++)
    if (stack)
      label_inside(r, &bars.data[i]);
    else
      label_outside(r, &bars.data[i]);
  for (size_t i = 0; stack && i < r->n; i++)
    stack_total(r, i);
}
