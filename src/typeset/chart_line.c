// Lines: points joined, a mark a point whose shape tells the series apart.
#include "chart-imp.h"

enum { LABELS_MOST = 40 }; // points whose values are all printed

static const Scale *line_scale(const ChartRun *r) {
  return r->two_scales ? &r->right : &r->left;
}

static Len point_x(const ChartRun *r, size_t i) {
  return category_at(r, i) + category_size(r) / 2;
}

size_t line_shape(const ChartRun *r, size_t series) {
  size_t n = 0;
  for (size_t k = 0; k < series; k++)
    n += series_is_line(r, k);
  return n;
}

// Square, lozenge, triangle, upturned triangle.
void point_draw(ChartRun *r, size_t shape, Len x, Len y, Look look) {
  Len d = r->style.size / 4;
  static const signed char shapes[4][8] = {
      {-1, -1, 1, -1, 1, 1, -1, 1},
      {0, -1, 1, 0, 0, 1, -1, 0},
      {0, -1, 1, 1, -1, 1, -1, 1},
      {-1, -1, 1, -1, 0, 1, 0, 1},
  };
  Len *p = NEW_ARRAY(r->s->arena, Len, 8);
  for (size_t i = 0; i < 8; i += 2) {
    p[i] = x + shapes[shape % 4][i] * d;
    p[i + 1] = y + shapes[shape % 4][i + 1] * d;
  }
  draw_path(r, p, 4, (Look){look.colour, PATTERN_NONE});
}

static void join_points(ChartRun *r, size_t k, Look look) {
  const double *v = r->c->series[k].values;
  Len width = r->c->series[k].earlier ? 700 : 1300;
  for (size_t i = 1; i < r->n; i++)
    if (value_is(v[i]) && value_is(v[i - 1])) {
      Segment s = {point_x(r, i - 1), axis_at(r, line_scale(r), v[i - 1]),
                   point_x(r, i), axis_at(r, line_scale(r), v[i])};
      draw_line(r, (Len[]){s.x, s.y, s.x2, s.y2}, width, look.colour);
      *vec_push(r->s->arena, &r->segments) = s;
    }
}

// The other points over the same category: a label goes away from them, so
// that it is never read as theirs.
static bool is_lowest(const ChartRun *r, size_t k, size_t i) {
  bool others = false;
  for (size_t j = 0; j < r->c->n_series; j++) {
    double v = r->c->series[j].values[i];
    if (j == k || !series_is_line(r, j) || !value_is(v))
      continue;
    others = true;
    if (v < r->c->series[k].values[i])
      return false;
  }
  return others;
}

// Above its point, below, right or left of it, never away from it.
static void point_label(ChartRun *r, size_t k, size_t i) {
  const ChartSeries *s = &r->c->series[k];
  Len h = text_height(r), em = r->style.size;
  Len x = point_x(r, i), y = axis_at(r, line_scale(r), s->values[i]);
  Label l = {.text = value_label(r, s, i), .tries = 1};
  if (s->figures)
    l.figure = s->figures[i];
  bool valley = i > 0 && i + 1 < r->n && s->values[i - 1] > s->values[i] &&
                s->values[i + 1] > s->values[i];
  bool down = valley || is_lowest(r, k, i);
  Len side = text_width(r, l.text) / 2 + em / 2;
  const Len at[4][2] = {{x, down ? y + em / 3 : y - h - em / 3},
                        {x, down ? y - h - em / 3 : y + em / 3},
                        {x + side, y - h / 2},
                        {x - side, y - h / 2}};
  for (int j = 0; j < 4; j++) {
    l.x = at[j][0], l.y = at[j][1];
    if (label_place(r, &l))
      return;
  }
}

// With many points: the first, the last and the extremes.
static bool worth_label(const ChartRun *r, size_t k, size_t i) {
  const double *v = r->c->series[k].values;
  if (!value_is(v[i]))
    return false;
  if (r->n <= LABELS_MOST && category_size(r) >= r->style.size)
    return true;
  if (i == 0 || i + 1 == r->n)
    return true;
  bool most = true, least = true;
  for (size_t j = 0; j < r->n; j++) {
    most &= !value_is(v[j]) || v[j] < v[i] || j >= i;
    least &= !value_is(v[j]) || v[j] > v[i] || j >= i;
    if (value_is(v[j]) && j > i)
      most &= v[j] <= v[i], least &= v[j] >= v[i];
  }
  return most || least;
}

void lines_draw(ChartRun *r) {
  Len d = r->style.size / 4;
  for (size_t k = 0; k < r->c->n_series; k++)
    if (series_is_line(r, k))
      join_points(r, k, series_look(r, k));
  for (size_t k = 0; k < r->c->n_series; k++) {
    if (!series_is_line(r, k))
      continue;
    for (size_t i = 0; i < r->n; i++) {
      if (!value_is(r->c->series[k].values[i]))
        continue;
      Len x = point_x(r, i);
      Len y = axis_at(r, line_scale(r), r->c->series[k].values[i]);
      point_draw(r, line_shape(r, k), x, y, series_look(r, k));
      *vec_push(r->s->arena, &r->solids) = (Rect){x - d, y - d, 2 * d, 2 * d};
    }
  }
}

void lines_label(ChartRun *r) {
  for (size_t k = 0; k < r->c->n_series; k++)
    for (size_t i = 0; series_is_line(r, k) && i < r->n; i++)
      if (worth_label(r, k, i))
        point_label(r, k, i);
}
