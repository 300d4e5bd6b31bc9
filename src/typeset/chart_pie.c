// Pies and rings: wedges clockwise from the top, named at their sides.
#include "chart-imp.h"
#include <math.h>

enum { LIST_LINES = 3 }; // of a name

#define TURN 6.283185307179586

typedef struct {
  size_t category;
  double from, to; // shares of the turn
  Len x, y;        // middle of its arc
  Len label_y;
  Str name, value;
} Wedge;

typedef struct {
  Wedge *w;
  size_t n;
  Len x, y, radius;
  double hole; // share of the radius; 0: a pie
  bool whole;  // nothing was left out: the parts make a total
} Pie;

#define RING_HOLE 0.56

static void pie_point(const Pie *p, double turn, double reach, Len *x, Len *y) {
  *x = p->x + (Len)lround(sin(turn * TURN) * p->radius * reach);
  *y = p->y - (Len)lround(cos(turn * TURN) * p->radius * reach);
}

static Pie pie_new(ChartRun *r) {
  const ChartSeries *s = &r->c->series[0];
  Pie p = {.w = NEW_ARRAY(r->s->arena, Wedge, r->n)};
  p.hole = r->c->kind == CHART_RING ? RING_HOLE : 0;
  double sum = 0, at = 0;
  size_t left_out = 0;
  for (size_t i = 0; i < r->n; i++)
    if (value_is(s->values[i]) && s->values[i] > 0)
      sum += s->values[i] / 1e6;
    else
      left_out++;
  p.whole = !left_out && r->n == r->c->n_categories;
  if (left_out)
    diag(r->s->diags, D_CHART_NEGATIVE, r->block->at,
         str_int(r->s->arena, (long long)left_out));
  for (size_t i = 0; i < r->n && sum > 0; i++) {
    if (!value_is(s->values[i]) || s->values[i] <= 0)
      continue;
    double share = s->values[i] / 1e6 / sum;
    Wedge *w = &p.w[p.n++];
    *w = (Wedge){.category = i, .from = at, .to = at + share};
    w->name = r->c->categories[i];
    Str per = str_fmt(r->s->arena, "%.1f%%", share * 100);
    Str value = value_label(r, s, i);
    bool said = str_ends(value, STR("%"));
    w->value = said ? value
                    : str_fmt(r->s->arena, "%.*s（%.*s）", STR_ARG(value),
                              STR_ARG(per));
    at += share;
  }
  return p;
}

static void wedge_draw(ChartRun *r, const Pie *p, const Wedge *w, Look look) {
  int steps = (int)ceil((w->to - w->from) * 120) + 1;
  Len *pts = NEW_ARRAY(r->s->arena, Len, 4 * ((size_t)steps + 1));
  double turn = w->to - w->from;
  size_t n = 0;
  for (int i = 0; i <= steps; i++, n += 2)
    pie_point(p, w->from + turn * i / steps, 1, &pts[n], &pts[n + 1]);
  for (int i = p->hole > 0 ? steps : 0; i >= 0; i--, n += 2)
    pie_point(p, w->from + turn * i / steps, p->hole, &pts[n], &pts[n + 1]);
  draw_path(r, pts, n / 2, look);
}

static void arc_draw(ChartRun *r, const Pie *p, const Wedge *w, double reach,
                     Colour colour) {
  Len x, y, px, py;
  int steps = (int)ceil((w->to - w->from) * 60) + 1;
  pie_point(p, w->from, reach, &px, &py);
  for (int i = 1; i <= steps; i++) {
    pie_point(p, w->from + (w->to - w->from) * i / steps, reach, &x, &y);
    draw_line(r, (Len[]){px, py, x, y}, 500, colour);
    px = x, py = y;
  }
}

// A white line between wedges and, round patterned ones, an outline.
static void wedge_edges(ChartRun *r, const Pie *p, const Wedge *w, Look look) {
  Len x, y, px, py;
  if (look.pattern != PATTERN_NONE)
    arc_draw(r, p, w, 1, look.colour);
  if (look.pattern != PATTERN_NONE && p->hole > 0)
    arc_draw(r, p, w, p->hole, look.colour);
  if (p->n < 2)
    return;
  pie_point(p, w->from, 1, &x, &y);
  pie_point(p, w->from, p->hole, &px, &py);
  draw_line(r, (Len[]){px, py, x, y}, 1200, 0xffffff);
}

// Names of one side from the top down, none nearer than its height.
static void spread_labels(const ChartRun *r, Wedge **side, size_t n) {
  Len h = text_height(r) * 21 / 10;
  for (size_t i = 0; i < n; i++) {
    Len least = i ? side[i - 1]->label_y + h : r->plot.y;
    side[i]->label_y = side[i]->y - h / 2 > least ? side[i]->y - h / 2 : least;
  }
  Len most = r->plot.y + r->plot.h - h;
  for (size_t i = n; i-- > 0;) {
    if (side[i]->label_y > most)
      side[i]->label_y = most;
    most = side[i]->label_y - h;
  }
}

static void figure_draw(ChartRun *r, const Wedge *w, Str value, Len x, Len y,
                        TextAt at) {
  Rect box = text_draw(r, value, x, y, at);
  const ChartSeries *s = &r->c->series[0];
  if (s->figures)
    figure_mark(r, &box, s->figures[w->category]);
}

static void label_draw(ChartRun *r, const Pie *p, const Wedge *w, bool right) {
  Len em = r->style.size, h = text_height(r), out = p->radius + em;
  Len edge = p->x + (right ? out : -out), y = w->label_y + h;
  double mid = (w->from + w->to) / 2;
  Len x1, y1;
  pie_point(p, mid, 1.0, &x1, &y1);
  draw_line(r, (Len[]){x1, y1, edge, y}, 400, 0x808080);
  Len x = edge + (right ? em / 3 : -em / 3);
  TextAt at = right ? TEXT_LEFT : TEXT_RIGHT;
  text_draw(r, w->name, x, w->label_y, at);
  figure_draw(r, w, w->value, x, w->label_y + h, at);
}

static void labels_draw(ChartRun *r, const Pie *p) {
  Wedge **right = NEW_ARRAY(r->s->arena, Wedge *, p->n);
  Wedge **left = NEW_ARRAY(r->s->arena, Wedge *, p->n);
  size_t n_right = 0, n_left = 0;
  for (size_t i = 0; i < p->n; i++)
    if (p->w[i].from + p->w[i].to <= 1)
      right[n_right++] = &p->w[i];
  for (size_t i = p->n; i-- > 0;)
    if (p->w[i].from + p->w[i].to > 1)
      left[n_left++] = &p->w[i];
  spread_labels(r, right, n_right);
  spread_labels(r, left, n_left);
  for (size_t i = 0; i < n_right; i++)
    label_draw(r, p, right[i], true);
  for (size_t i = 0; i < n_left; i++)
    label_draw(r, p, left[i], false);
}

// Where names have no room beside the pie they stand in a list with swatches.
static Len list_entry(ChartRun *r, const Wedge *w, size_t i, Len x, Len y) {
  Len em = r->style.size, h = text_height(r);
  draw_area(r, (Rect){x, y + em / 4, em, em * 7 / 10}, look_of(i));
  x += em * 3 / 2;
  Len room = r->area.x + r->area.w - x, value = text_width(r, w->value);
  Lines l = name_set(r, w->name, room, LIST_LINES);
  Len name = l.n ? line_width(&l.lines[0]) : 0;
  for (size_t k = 0; k < l.n; k++, y += h)
    line_draw(r, &l.lines[k], x, y, TEXT_LEFT);
  if (l.n == 1 && name + em + value <= room) {
    figure_draw(r, w, w->value, x + name + em, y - h, TEXT_LEFT);
    return y;
  }
  size_t share = str_find(w->value, STR("（"), 0);
  if (share >= w->value.len || value <= room) {
    figure_draw(r, w, w->value, x, y, TEXT_LEFT);
    return y + h;
  }
  figure_draw(r, w, str_slice(w->value, 0, share), x, y, TEXT_LEFT);
  text_draw(r, str_slice(w->value, share, w->value.len), x, y + h, TEXT_LEFT);
  return y + 2 * h;
}

// The picture is as high as the higher of the pie and its names, which stand
// level.
static void pie_fit(ChartRun *r, Pie *p, Len names) {
  Len pie = 2 * p->radius + text_height(r), high = pie > names ? pie : names;
  p->y = r->plot.y + high / 2;
  r->plot.h = high;
  r->area.h = r->plot.y + high - r->area.y;
}

static void list_draw(ChartRun *r, Pie *p) {
  Len x = p->x + p->radius + r->style.size * 2, y = r->plot.y;
  size_t from = r->marks.len;
  for (size_t i = 0; i < p->n; i++)
    y = list_entry(r, &p->w[i], i, x, y);
  Len list = y - r->plot.y;
  pie_fit(r, p, list);
  marks_move(r->marks.data + from, r->marks.len - from, 0,
             (r->plot.h - list) / 2);
}

static Len widest_label(ChartRun *r, const Pie *p) {
  Len widest = 0;
  for (size_t i = 0; i < p->n; i++) {
    Len x = text_width(r, p->w[i].name), y = text_width(r, p->w[i].value);
    widest = x > widest ? x : widest;
    widest = y > widest ? y : widest;
  }
  return widest;
}

static size_t most_on_a_side(const Pie *p) {
  size_t right = 0;
  for (size_t i = 0; i < p->n; i++)
    right += p->w[i].from + p->w[i].to <= 1;
  return right > p->n - right ? right : p->n - right;
}

// Radius and middle; true: the names stand in a list at the right.
static bool pie_place(ChartRun *r, Pie *p) {
  Len em = r->style.size, h = text_height(r), widest = widest_label(r, p);
  Len room = r->plot.w / 2 - widest - em * 4 / 3;
  p->radius = r->plot.h / 2 - h / 2;
  bool tall = (int64_t)most_on_a_side(p) * (h * 21 / 10) > r->plot.h;
  bool list = tall || room < p->radius / 2;
  Len most = r->plot.w - em * 12; // for the list
  widest = widest > most ? most : widest;
  if (list)
    room = (r->plot.w - widest - em * 7 / 2) / 2;
  p->radius = p->radius > room ? room : p->radius;
  if (p->radius < em * 2)
    p->radius = em * 2;
  p->x = list ? r->plot.x + p->radius : r->plot.x + r->plot.w / 2;
  if (!list)
    pie_fit(r, p, (Len)most_on_a_side(p) * (h * 21 / 10));
  return list;
}

// ---- the total in a ring ---------------------------------------------------

static bool labels_end(const ChartRun *r, Str word) {
  const ChartSeries *s = &r->c->series[0];
  for (size_t i = 0; s->labels && i < r->n; i++)
    if (str_ends(s->labels[i], word))
      return true;
  return false;
}

// Of the values as the labels print them; shares only where they make 100 %.
static Str total_text(ChartRun *r) {
  const ChartSeries *s = &r->c->series[0];
  double sum = 0;
  for (size_t i = 0; i < r->n; i++)
    sum += s->values[i];
  if (!value_is(sum))
    return STR("");
  if (str_has(r->c->unit, STR("%")) || labels_end(r, STR("%")))
    return fabs(sum - 100) < 0.5 ? STR("100%") : STR("");
  bool wan = labels_end(r, STR("万"));
  return str_cat(r->s->arena, plain_number(r, wan ? sum / 1e4 : sum),
                 wan ? STR("万") : STR(""));
}

// In the hole; where that is too narrow, beside the unit.
static void total_draw(ChartRun *r, const Pie *p) {
  Str total = p->whole && p->n ? total_text(r) : STR("");
  Len h = text_height(r), wide = text_width(r, total);
  double hole = p->hole * p->radius, half = wide / 2.0;
  if (!total.len)
    return;
  if (half > hole || sqrt(hole * hole - half * half) < h) {
    text_draw(r, str_cat(r->s->arena, STR("合计："), total),
              r->area.x + r->area.w, r->area.y, TEXT_RIGHT);
    return;
  }
  text_draw(r, STR("合计"), p->x, p->y - h, TEXT_CENTRE);
  text_draw(r, total, p->x, p->y, TEXT_CENTRE);
}

void pie_draw(ChartRun *r) {
  Pie p = pie_new(r);
  bool list = pie_place(r, &p);
  if (list)
    list_draw(r, &p);
  for (size_t i = 0; i < p.n; i++) {
    Wedge *w = &p.w[i];
    pie_point(&p, (w->from + w->to) / 2, 1, &w->x, &w->y);
    wedge_draw(r, &p, w, look_of(i));
  }
  for (size_t i = 0; i < p.n; i++)
    wedge_edges(r, &p, &p.w[i], look_of(i));
  if (p.hole > 0)
    total_draw(r, &p);
  if (!list)
    labels_draw(r, &p);
}
