// Charts: frame, legend and looks; the kinds are drawn in chart_*.c.
#include "chart-imp.h"
#include <math.h>

enum {
  COLUMNS_MAX = 60, // categories of columns and bars
  POINTS_MAX = 400, // of lines
  WEDGES_MAX = 12,
  SERIES_MAX = 8,
  LEGEND_LINES = 3,
};

bool value_is(double v) {
  return isfinite(v) && fabs(v) < 1e300;
}

bool chart_is_round(const Chart *c) {
  return c->kind == CHART_PIE || c->kind == CHART_RING;
}

bool series_is_line(const ChartRun *r, size_t i) {
  return r->c->kind == CHART_LINE ||
         (r->c->kind == CHART_COMBO && r->c->series[i].line);
}

// Dark and light by turns, so that neighbours differ without colour too.
Look look_of(size_t i) {
  static const Look looks[] = {
      {0xb5202b, PATTERN_NONE},    {0x2f5d8a, PATTERN_FALL},
      {0x8a8a8a, PATTERN_NONE},    {0x4a6b2f, PATTERN_DOTS},
      {0x262626, PATTERN_NONE},    {0x9a5b13, PATTERN_CROSS},
      {0xc9c9c9, PATTERN_NONE},    {0x5b3a80, PATTERN_ROWS},
      {0xb5202b, PATTERN_COLUMNS}, {0x262626, PATTERN_CHECKS},
      {0x1f6f6f, PATTERN_GRID},    {0x6e6e6e, PATTERN_BRICKS},
  };
  return looks[i % (sizeof looks / sizeof *looks)];
}

// An earlier period is hatched grey; the others take the looks in order.
Look series_look(const ChartRun *r, size_t i) {
  if (r->c->series[i].earlier)
    return (Look){0x6e6e6e, PATTERN_HATCH};
  size_t at = 0;
  for (size_t k = 0; k < i; k++)
    at += !r->c->series[k].earlier;
  return look_of(at);
}

// ---- marks -----------------------------------------------------------------

static Mark *mark_add(ChartRun *r, MarkKind kind, Colour colour) {
  Mark *m = vec_push(r->s->arena, &r->marks);
  *m = (Mark){.kind = kind, .colour = colour, .tag = TAG_FIGURE};
  m->element = r->element;
  return m;
}

void draw_rect(ChartRun *r, Rect at, Colour colour, Pattern pattern) {
  Mark *m = mark_add(r, MARK_RECT, colour);
  m->x = at.x, m->y = at.y, m->w = at.w, m->h = at.h;
  m->pattern = pattern;
}

void draw_line(ChartRun *r, const Len ends[4], Len width, Colour colour) {
  Mark *m = mark_add(r, MARK_LINE, colour);
  m->x = ends[0], m->y = ends[1], m->x2 = ends[2], m->y2 = ends[3];
  m->stroke = width;
}

void draw_path(ChartRun *r, Len *points, size_t n, Look look) {
  Mark *m = mark_add(r, MARK_PATH, look.colour);
  m->points = points, m->n_points = (uint32_t)n;
  m->pattern = look.pattern;
}

void draw_area(ChartRun *r, Rect at, Look look) {
  if (at.w <= 0 || at.h <= 0)
    return;
  draw_rect(r, at, look.colour, look.pattern);
  if (look.pattern == PATTERN_NONE)
    return;
  Len x2 = at.x + at.w, y2 = at.y + at.h;
  draw_line(r, (Len[]){at.x, at.y, x2, at.y}, 500, look.colour);
  draw_line(r, (Len[]){at.x, y2, x2, y2}, 500, look.colour);
  draw_line(r, (Len[]){at.x, at.y, at.x, y2}, 500, look.colour);
  draw_line(r, (Len[]){x2, at.y, x2, y2}, 500, look.colour);
}

// ---- legend ----------------------------------------------------------------

static void swatch(ChartRun *r, size_t i, Len x, Len y) {
  Len h = r->style.size * 7 / 10, w = r->style.size;
  Look look = series_look(r, i);
  y += (r->style.size - h) / 2;
  if (!series_is_line(r, i)) {
    draw_area(r, (Rect){x, y, w, h}, look);
    return;
  }
  draw_line(r, (Len[]){x - w / 8, y + h / 2, x + w * 9 / 8, y + h / 2}, 1200,
            look.colour);
  point_draw(r, line_shape(r, i), x + w / 2, y + h / 2, look);
}

static Len legend_width(ChartRun *r, size_t i) {
  return r->style.size * 3 / 2 + text_width(r, r->c->series[i].name) +
         r->style.size;
}

// A name wider than the picture, in lines under each other.
static Len legend_long(ChartRun *r, size_t i, Len y) {
  Len em = r->style.size, x = r->area.x + em * 3 / 2;
  Lines l =
      name_set(r, r->c->series[i].name, r->area.w - em * 3 / 2, LEGEND_LINES);
  swatch(r, i, r->area.x, y);
  for (size_t k = 0; k < l.n; k++, y += text_height(r))
    line_draw(r, &l.lines[k], x, y, TEXT_LEFT);
  return y;
}

// Entries in rows from the right edge, no wider than `room`.
static Len legend_rows(ChartRun *r, size_t n, Len y, Len room) {
  Len em = r->style.size, right = r->area.x + r->area.w;
  size_t i = 0;
  while (i < n) {
    Len w = legend_width(r, i);
    size_t end = i + 1;
    if (w - em > r->area.w) {
      y = legend_long(r, i++, y);
      continue;
    }
    while (end < n && w + legend_width(r, end) <= room)
      w += legend_width(r, end++);
    Len x = right - w + em;
    for (; i < end; i++) {
      swatch(r, i, x, y);
      text_draw(r, r->c->series[i].name, x + em * 3 / 2, y, TEXT_LEFT);
      x += legend_width(r, i);
    }
    y += text_height(r);
  }
  return y;
}

// Beside the unit where every entry has room there, else under it.
static Len draw_legend(ChartRun *r, size_t n, Len unit, Len y, Len under) {
  Len room = r->area.w - unit, most = r->area.w * 3 / 4, widest = 0;
  for (size_t i = 0; i < n; i++) {
    Len w = legend_width(r, i);
    widest = w > widest ? w : widest;
  }
  if (widest > room)
    return legend_rows(r, n, under, r->area.w);
  return legend_rows(r, n, y, room < most ? room : most);
}

// Unit at the left, legend at the right; returns where the picture goes on.
static Len draw_head(ChartRun *r, size_t series) {
  const Chart *c = r->c;
  Len y = r->area.y, after = y, wide = 0;
  if (c->unit.len) {
    bool said = str_starts(c->unit, STR("单位"));
    Str unit = said ? c->unit : str_cat(r->s->arena, STR("单位："), c->unit);
    wide = text_draw(r, unit, r->area.x, y, TEXT_LEFT).w;
    after = y + text_height(r);
  }
  if (c->kind == CHART_RING) // its total may stand here
    after = y + text_height(r);
  bool legend = series > 1 || (series == 1 && c->series[0].earlier);
  if (legend && !chart_is_round(c)) {
    Len end = draw_legend(r, series, wide, y, after);
    after = end > after ? end : after;
  }
  return after;
}

// ---- the chart -------------------------------------------------------------

static size_t some_values(const Chart *c) {
  size_t n = 0;
  for (size_t k = 0; k < c->n_series; k++)
    for (size_t i = 0; i < c->n_categories; i++)
      n += value_is(c->series[k].values[i]);
  return n;
}

static size_t categories_drawn(ChartRun *r) {
  size_t most = r->c->kind == CHART_LINE ? POINTS_MAX
                : chart_is_round(r->c)   ? WEDGES_MAX
                                         : COLUMNS_MAX;
  size_t n = r->c->n_categories;
  if (n <= most)
    return n;
  diag(r->s->diags, D_CHART_MANY, r->block->at,
       str_int(r->s->arena, (long long)most),
       str_int(r->s->arena, (long long)n));
  return most;
}

// Bars take what their rows need: few are not blown up, many are not crammed.
static Len bars_height(const ChartRun *r) {
  Len row = r->style.size * 2, gap = r->style.size * 3 / 2;
  int64_t h = (int64_t)r->n * ((int64_t)row * (Len)r->n_columns + gap);
  return len_clamp(h + 3 * text_height(r), 0, page_height(r->s->doc));
}

static size_t wedges(const ChartRun *r) {
  size_t n = 0;
  for (size_t i = 0; i < r->n; i++)
    n += value_is(r->c->series[0].values[i]) && r->c->series[0].values[i] > 0;
  return n;
}

static Len chart_height(const ChartRun *r) {
  Len h = r->c->height > 0 ? r->c->height : r->area.w * 45 / 100;
  if (r->c->kind == CHART_BAR)
    h = bars_height(r);
  if (chart_is_round(r->c)) { // its list, in two lines an entry
    Len need = text_height(r) * (2 * (Len)wedges(r) + 2);
    h = h < need && wedges(r) > 5 ? need : h;
  }
  Len least = 6 * text_height(r), most = page_height(r->s->doc) * 9 / 10;
  return h < least ? least : h > most ? most : h;
}

static void draw(ChartRun *r) {
  size_t series = r->c->n_series < SERIES_MAX ? r->c->n_series : SERIES_MAX;
  Len top = draw_head(r, series) + text_height(r) / 2;
  r->plot = r->area;
  r->plot.y = top, r->plot.h = r->area.y + r->area.h - top;
  if (chart_is_round(r->c)) {
    pie_draw(r);
    return;
  }
  axis_ranges(r);
  axis_frame(r);
  bars_draw(r);
  lines_draw(r);
  axis_guard(r);
  bars_label(r);
  lines_label(r);
  axis_draw(r);
}

static ChartRun chart_run(Setter *s, const LayBlock *b, const Chart *c,
                          Len measure) {
  ChartRun r = {.s = s, .block = b, .c = c};
  r.style = *(c->style ? c->style : b->style);
  r.style.align = ALIGN_LEFT;
  r.style.indent = r.style.left = r.style.right = 0;
  r.style.before = r.style.after = 0;
  if (r.style.size <= 0)
    r.style.size = PT(9);
  r.element = ++s->elements;
  r.area.w = inner_measure(b->style, measure);
  r.area.x = b->style->left;
  return r;
}

// A round chart needs a part above zero, any other a value.
static bool can_draw(const Chart *c) {
  if (!chart_is_round(c))
    return some_values(c) > 0;
  for (size_t i = 0; c->n_series && i < c->n_categories; i++)
    if (value_is(c->series[0].values[i]) && c->series[0].values[i] > 0)
      return true;
  return false;
}

// What stands in the place of a chart that cannot be drawn: a blank would look
// like a fault of the printer.
static void draw_nothing(ChartRun *r) {
  Str why = some_values(r->c) ? STR("各项均不大于零，未作图") : STR("无数据");
  diag(r->s->diags, D_CHART_EMPTY, r->block->at, why);
  r->area.h = 3 * text_height(r);
  text_draw(r, why, r->area.x + r->area.w / 2, r->area.y + text_height(r),
            TEXT_CENTRE);
}

void chart_set(Setter *s, VList *v, const LayBlock *b, Len measure) {
  const Style *st = b->style;
  Chart c = *b->chart;
  if (c.n_series > SERIES_MAX)
    c.n_series = SERIES_MAX;
  vlist_glue(s, v, st->before);
  ChartRun r = chart_run(s, b, &c, measure);
  if (can_draw(&c)) {
    r.n = categories_drawn(&r);
    for (size_t i = 0; i < c.n_series; i++)
      r.n_columns += !series_is_line(&r, i);
    r.area.h = chart_height(&r);
    draw(&r);
  } else {
    draw_nothing(&r);
  }
  vlist_box(s, v, r.area.h, r.marks.data, r.marks.len)->block = b;
  if (c.caption.n)
    vlist_keep(v);
  if (c.caption.n)
    vlist_para(s, v, &c.caption, measure, TAG_CAPTION);
  if (st->keep_next)
    vlist_keep(v);
  vlist_glue(s, v, st->after);
}
