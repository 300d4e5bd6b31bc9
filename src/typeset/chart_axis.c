// Axes: good tick values, grid lines that leave labels alone, categories.
#include "chart-imp.h"
#include <math.h>

enum { TICKS_MAX = 20 };

// The least of 1, 2, 2.5, 5 × 10ⁿ that is not less than x.
static double nice_step(double x) {
  double ten = pow(10, floor(log10(x)));
  static const double steps[] = {1, 2, 2.5, 5, 10};
  for (size_t i = 0; i < 5; i++)
    if (steps[i] * ten >= x * (1 - 1e-9))
      return steps[i] * ten;
  return 10 * ten;
}

static int step_decimals(double step) {
  for (int d = 0; d < 6; d++) {
    double scaled = step * pow(10, d);
    if (fabs(scaled - round(scaled)) < 1e-6 * fabs(scaled))
      return d;
  }
  return 6;
}

Scale scale_of(double low, double high, bool from_zero) {
  if (low > 0 && (from_zero || low < high / 2))
    low = 0;
  if (high < 0 && (from_zero || high > low / 2))
    high = 0;
  if (!(high - low > fabs(high) * 1e-9 + 1e-200)) { // all (nearly) the same
    double pad = low == 0 ? 1 : fabs(low) / 5;
    low -= from_zero || low == 0 ? 0 : pad;
    high += pad;
  }
  double step = nice_step((high - low) / 5);
  Scale s = {floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step,
             step, step_decimals(step)};
  return s;
}

static int scale_ticks(const Scale *s) {
  double n = round((s->high - s->low) / s->step);
  return !(n > 0) ? 0 : n > TICKS_MAX ? TICKS_MAX : (int)n;
}

typedef struct {
  double low, high;
  bool any;
} Range;

static void range_add(Range *g, double v) {
  if (!value_is(v))
    return;
  g->low = !g->any || v < g->low ? v : g->low;
  g->high = !g->any || v > g->high ? v : g->high;
  g->any = true;
}

static Range columns_range(const ChartRun *r) {
  Range g = {0};
  for (size_t i = 0; i < r->n; i++) {
    double up = 0, down = 0;
    for (size_t k = 0; k < r->c->n_series; k++) {
      double v = r->c->series[k].values[i];
      if (series_is_line(r, k) || !value_is(v))
        continue;
      if (r->c->kind == CHART_STACKED)
        *(v > 0 ? &up : &down) += v;
      else
        range_add(&g, v);
    }
    if (r->c->kind == CHART_STACKED)
      range_add(&g, up), range_add(&g, down);
  }
  return g;
}

static Range lines_range(const ChartRun *r) {
  Range g = {0};
  for (size_t k = 0; k < r->c->n_series; k++)
    for (size_t i = 0; series_is_line(r, k) && i < r->n; i++)
      range_add(&g, r->c->series[k].values[i]);
  return g;
}

// Columns start at zero; lines need not. In a combination lines of quite
// another size get a scale of their own at the right.
void axis_ranges(ChartRun *r) {
  Range bars = columns_range(r), lines = lines_range(r);
  if (!bars.any) {
    r->left = scale_of(lines.low, lines.high, false);
    return;
  }
  if (!lines.any) {
    r->left = scale_of(bars.low, bars.high, true);
    return;
  }
  double b = fmax(fabs(bars.high), fabs(bars.low));
  double l = fmax(fabs(lines.high), fabs(lines.low));
  r->two_scales = b > 0 && l > 0 && (b / l > 4 || l / b > 4);
  if (r->two_scales) {
    r->left = scale_of(bars.low, bars.high, true);
    r->right = scale_of(lines.low, lines.high, true);
    return;
  }
  r->left =
      scale_of(fmin(bars.low, lines.low), fmax(bars.high, lines.high), true);
}

Len axis_at(const ChartRun *r, const Scale *s, double v) {
  double share = (v - s->low) / (s->high - s->low);
  share = share < 0 ? 0 : share > 1 ? 1 : share;
  if (r->c->kind == CHART_BAR)
    return r->plot.x + (Len)lround(share * r->plot.w);
  return r->plot.y + r->plot.h - (Len)lround(share * r->plot.h);
}

// ---- categories ------------------------------------------------------------

Len category_size(const ChartRun *r) {
  Len all = r->c->kind == CHART_BAR ? r->plot.h : r->plot.w;
  return all / (Len)r->n;
}

Len category_at(const ChartRun *r, size_t i) {
  bool bar = r->c->kind == CHART_BAR;
  Len all = bar ? r->plot.h : r->plot.w;
  return (bar ? r->plot.y : r->plot.x) +
         (Len)((int64_t)all * (int64_t)i / (int64_t)r->n);
}

enum { NAME_LINES = 5 }; // of a category under its column

static Len name_width(const ChartRun *r, size_t every) {
  return category_size(r) * (Len)every - r->style.size / 3;
}

// Lines of the longest of the names shown.
static size_t names_depth(ChartRun *r, size_t every) {
  size_t most = 1;
  for (size_t i = 0; i < r->n; i += every) {
    Lines l = name_set(r, r->c->categories[i], name_width(r, every), SIZE_MAX);
    most = l.n > most ? l.n : most;
  }
  return most;
}

// Every how many-th category is named, so that names have room: few under each
// other where that does, many on one line.
static size_t name_every(ChartRun *r) {
  Len slot = category_size(r), need = r->style.size * 5 / 2;
  if (r->c->kind == CHART_BAR) {
    need = text_height(r);
  } else if (r->n > 12) {
    for (size_t i = 0; i < r->n; i++) {
      Len w = text_width(r, r->c->categories[i]) + r->style.size / 2;
      need = w < r->style.size * 6 && w > need ? w : need;
    }
  } else if (name_width(r, 1) >= r->style.size &&
             names_depth(r, 1) <= NAME_LINES) {
    return 1;
  }
  return slot >= need || slot <= 0 ? 1 : (size_t)((need + slot - 1) / slot);
}

// 万 and 亿 stand for the zeros of large scales (R3), unless the unit has them.
static Str tick_text(ChartRun *r, const Scale *s, int i) {
  double v = s->low + i * s->step, most = fmax(fabs(s->low), fabs(s->high));
  Str unit = r->c->unit;
  bool scaled = str_has(unit, STR("万")) || str_has(unit, STR("亿"));
  double one = scaled || most < 1e6 || most > 1e15 ? 1 : most < 1e8 ? 1e4 : 1e8;
  if (one == 1 || fabs(v) < s->step / 1000)
    return number_text(r, v, s->decimals);
  return str_cat(r->s->arena,
                 number_text(r, v / one, step_decimals(s->step / one)),
                 one == 1e4 ? STR("万") : STR("亿"));
}

static Len ticks_width(ChartRun *r, const Scale *s) {
  Len most = 0;
  for (int i = 0; i <= scale_ticks(s); i++) {
    Len w = text_width(r, tick_text(r, s, i));
    most = w > most ? w : most;
  }
  return most + r->style.size / 2;
}

static Len names_width(ChartRun *r) {
  Len most = 0;
  for (size_t i = 0; i < r->n; i++) {
    Len w = text_width(r, r->c->categories[i]);
    most = w > most ? w : most;
  }
  Len limit = r->area.w / 3;
  return (most < limit ? most : limit) + r->style.size / 2;
}

void axis_frame(ChartRun *r) {
  Len h = text_height(r), right = r->area.x + r->area.w;
  if (r->c->kind == CHART_BAR) {
    r->plot.x = r->area.x + names_width(r);
    r->plot.w = right - r->plot.x - r->style.size * 3;
    r->plot.h -= h / 4;
    return;
  }
  r->plot.y += h; // labels over the highest mark
  r->plot.x = r->area.x + ticks_width(r, &r->left);
  r->plot.w = right - r->plot.x;
  if (r->two_scales)
    r->plot.w -= ticks_width(r, &r->right);
  size_t depth = names_depth(r, name_every(r));
  depth = depth < NAME_LINES ? depth : NAME_LINES;
  r->plot.h = r->area.y + r->area.h - r->plot.y - h * (Len)depth - h / 2;
  int ticks = scale_ticks(&r->left), more = scale_ticks(&r->right);
  Len least = h * (ticks > more || !r->two_scales ? ticks : more);
  if (r->plot.h < least) { // room for every tick's label
    r->area.h += least - r->plot.h;
    r->plot.h = least;
  }
}

// ---- drawing ---------------------------------------------------------------

// The lines of one name, centred at its slot but inside the picture; `free` is
// where the name before it ended. A name that would meet it is left out.
static void draw_name(ChartRun *r, const Lines *l, Len at, Len *free) {
  Len h = text_height(r), wide = 0, right = r->area.x + r->area.w;
  for (size_t k = 0; k < l->n; k++) {
    Len w = line_width(&l->lines[k]);
    wide = w > wide ? w : wide;
  }
  at = at + wide / 2 > right ? right - wide / 2 : at;
  at = at - wide / 2 < r->area.x ? r->area.x + wide / 2 : at;
  if (at - wide / 2 < *free)
    return;
  *free = at + wide / 2 + r->style.size / 4;
  for (size_t k = 0; k < l->n; k++)
    line_draw(r, &l->lines[k], at, r->plot.y + r->plot.h + h / 4 + h * (Len)k,
              TEXT_CENTRE);
}

static void draw_names(ChartRun *r) {
  Len free = r->area.x, size = category_size(r);
  size_t every = name_every(r);
  for (size_t i = 0; i < r->n; i += every) {
    Lines l =
        name_set(r, r->c->categories[i], name_width(r, every), NAME_LINES);
    draw_name(r, &l, category_at(r, i) + size / 2, &free);
  }
}

// Left of the bars, as many lines as their rows have room for.
static void draw_bar_names(ChartRun *r) {
  Len h = text_height(r), size = category_size(r), gap = r->style.size / 2;
  size_t every = name_every(r),
         most = (size_t)((size * (Len)every + h / 2) / h);
  for (size_t i = 0; i < r->n; i += every) {
    Lines l = name_set(r, r->c->categories[i], r->plot.x - r->area.x - gap,
                       most ? most : 1);
    Len y = category_at(r, i) + (size - h * (Len)l.n) / 2;
    for (size_t k = 0; k < l.n; k++, y += h)
      line_draw(r, &l.lines[k], r->plot.x - gap, y, TEXT_RIGHT);
  }
}

typedef VEC(Rect) Rects;

enum { OBSTACLES_MAX = 1000 };

// Notes what stands in a grid line's way, from left to right.
static void obstacles_add(ChartRun *r, Rects *cross, const Rect *b, size_t n,
                          Len y) {
  for (size_t i = 0; i < n && cross->len < OBSTACLES_MAX; i++) {
    Len gap = r->style.size / 6;
    Rect at = {b[i].x - gap, b[i].y - gap, b[i].w + 2 * gap, b[i].h + 2 * gap};
    if (at.y > y || at.y + at.h < y)
      continue;
    size_t k = cross->len;
    *vec_push(r->s->arena, cross) = at;
    for (; k > 0 && cross->data[k - 1].x > at.x; k--)
      cross->data[k] = cross->data[k - 1];
    cross->data[k] = at;
  }
}

// A grid line in pieces between the labels and the columns in its way.
static void grid_line(ChartRun *r, Len y) {
  Rects cross = {0};
  obstacles_add(r, &cross, r->labels.data, r->labels.len, y);
  if (r->n_columns)
    obstacles_add(r, &cross, r->solids.data, r->solids.len, y);
  Len x = r->plot.x, right = r->plot.x + r->plot.w;
  for (size_t i = 0; i <= cross.len; i++) {
    Len end = i < cross.len ? cross.data[i].x : right;
    end = end < right ? end : right;
    if (end - x > PT(2))
      draw_line(r, (Len[]){x, y, end, y}, 300, 0xb0b0b0);
    if (i < cross.len && cross.data[i].x + cross.data[i].w > x)
      x = cross.data[i].x + cross.data[i].w;
  }
}

static void draw_grid(ChartRun *r) {
  const Scale *s = &r->left;
  for (int i = 0; i <= scale_ticks(s); i++) {
    double v = s->low + i * s->step;
    Len y = axis_at(r, s, v);
    if (fabs(v) > s->step / 1000)
      grid_line(r, y);
    Len top = y - text_height(r) / 2;
    text_draw(r, tick_text(r, s, i), r->plot.x - r->style.size / 2, top,
              TEXT_RIGHT);
  }
}

static void draw_right(ChartRun *r) {
  const Scale *s = &r->right;
  if (!r->two_scales)
    return;
  for (int i = 0; i <= scale_ticks(s); i++) {
    double v = s->low + i * s->step;
    text_draw(r, tick_text(r, s, i), r->plot.x + r->plot.w + r->style.size / 2,
              axis_at(r, s, v) - text_height(r) / 2, TEXT_LEFT);
  }
}

// The line of zero, or the foot of the plot where zero is not shown.
static void draw_base(ChartRun *r) {
  double zero = r->left.low > 0 ? r->left.low : 0;
  Len at = axis_at(r, &r->left, r->left.high < 0 ? r->left.high : zero);
  if (r->c->kind == CHART_BAR)
    draw_line(r, (Len[]){at, r->plot.y, at, r->plot.y + r->plot.h}, 700, 0);
  else
    draw_line(r, (Len[]){r->plot.x, at, r->plot.x + r->plot.w, at}, 700, 0);
}

// Labels do not stand on the base line.
void axis_guard(ChartRun *r) {
  double zero = r->left.low > 0    ? r->left.low
                : r->left.high < 0 ? r->left.high
                                   : 0;
  Len at = axis_at(r, &r->left, zero), edge = r->style.size / 10;
  if (r->c->kind != CHART_BAR)
    *vec_push(r->s->arena, &r->solids) =
        (Rect){r->plot.x, at - edge, r->plot.w, 2 * edge};
}

// The grid is drawn last but lies under the marks.
void axis_draw(ChartRun *r) {
  size_t marks = r->marks.len;
  if (r->c->kind != CHART_BAR) {
    draw_grid(r);
    draw_right(r);
  }
  size_t grid = r->marks.len - marks;
  Mark *own = NEW_ARRAY(r->s->arena, Mark, grid);
  if (grid) {
    memcpy(own, r->marks.data + marks, grid * sizeof(Mark));
    memmove(r->marks.data + grid, r->marks.data, marks * sizeof(Mark));
    memcpy(r->marks.data, own, grid * sizeof(Mark));
  }
  draw_base(r);
  if (r->c->kind == CHART_BAR)
    draw_bar_names(r);
  else
    draw_names(r);
}
