// typeset: charts of any values: labels never meet and no grid line crosses
// one; what cannot be drawn is said.
#include "check.h"
#include "typeset.h"
#include <math.h>
#include <stdlib.h>

static Arena *a;
static Diags *d;
static FontSet *fonts;
static Document doc;
static Style style = {.face = {"song", 4}, .size = 9000};

static const Str names[] = {
    {"全省", 6}, {"城关区", 9}, {"临泽县快递员和外卖配送员", 36},
    {"金昌", 6}, {"十二月", 9}, {"嘉峪关市货车司机", 24},
};

static Pages *set(const Chart *c, Len width) {
  LayBlock *b = NEW(a, LayBlock);
  Style *st = NEW(a, Style);
  *st = style;
  st->right = MM(156) - width;
  *b = (LayBlock){.kind = LAY_CHART, .style = st, .chart = c};
  doc.first = b;
  Pages *p = typeset(a, d, &doc, fonts);
  if (p)
    pages_unpack(a, p);
  return p;
}

static Chart *chart(ChartKind kind, size_t n, size_t n_series) {
  Chart *c = NEW(a, Chart);
  Str *cats = NEW_ARRAY(a, Str, n);
  for (size_t i = 0; i < n; i++)
    cats[i] = names[i % 6];
  ChartSeries *s = NEW_ARRAY(a, ChartSeries, n_series);
  for (size_t k = 0; k < n_series; k++) {
    s[k].name = STR("本期");
    s[k].values = NEW_ARRAY(a, double, n);
    s[k].line = k == 1;
  }
  *c = (Chart){.kind = kind, .categories = cats, .n_categories = n};
  c->series = s;
  c->n_series = n_series;
  c->unit = STR("万人");
  c->height = MM(60);
  c->style = &style;
  return c;
}

static double *values(const Chart *c, size_t series) {
  return (double *)c->series[series].values;
}

// ---- labels ----------------------------------------------------------------

typedef struct {
  Len left, top, right, bottom;
} Box;

static Box text_box(const Mark *m) { // of the ink, nearly
  return (Box){m->x, m->y - m->size * 70 / 100, m->x + m->w, m->y};
}

static bool boxes_meet(Box x, Box y) {
  Len slack = 300;
  return x.left + slack < y.right && y.left + slack < x.right &&
         x.top + slack < y.bottom && y.top + slack < x.bottom;
}

static size_t collisions(const PageMarks *p) {
  size_t n = 0;
  for (size_t i = 0; i < p->n_marks; i++)
    for (size_t k = i + 1; k < p->n_marks; k++)
      n += p->marks[i].kind == MARK_TEXT && p->marks[k].kind == MARK_TEXT &&
           boxes_meet(text_box(&p->marks[i]), text_box(&p->marks[k]));
  return n;
}

static size_t crossings(const PageMarks *p) {
  size_t n = 0;
  for (size_t i = 0; i < p->n_marks; i++) {
    const Mark *g = &p->marks[i];
    if (g->kind != MARK_LINE || g->colour != 0xb0b0b0)
      continue;
    Box line = {g->x, g->y - 400, g->x2, g->y + 400};
    for (size_t k = 0; k < p->n_marks; k++)
      n += p->marks[k].kind == MARK_TEXT &&
           boxes_meet(line, text_box(&p->marks[k]));
  }
  return n;
}

static uint32_t seed = 1;

static double any_value(void) {
  seed = seed * 1664525u + 1013904223u;
  uint32_t n = seed >> 8;
  if (n % 17 == 0)
    return NAN;
  return ((double)(n % 20001) - 4000) / (n % 3 ? 10 : 1);
}

static void test_labels(void) {
  static const Len widths[] = {MM(80), MM(120), MM(156)};
  size_t met = 0, crossed = 0;
  for (int kind = CHART_COLUMN; kind <= CHART_RING; kind++)
    for (size_t n = 1; n <= 14; n++)
      for (size_t w = 0; w < 3; w++) {
        Chart *c = chart((ChartKind)kind, n, 1 + n % 4);
        for (size_t k = 0; k < c->n_series; k++)
          for (size_t i = 0; i < n; i++)
            values(c, k)[i] = kind == CHART_PIE || kind == CHART_RING
                                  ? fabs(any_value()) + 1
                                  : any_value();
        Pages *p = set(c, widths[w]);
        for (size_t i = 0; p && i < p->n_pages; i++) {
          met += collisions(&p->pages[i]);
          crossed += crossings(&p->pages[i]);
        }
      }
  CHECK(met == 0);
  CHECK(crossed == 0);
}

static bool outside(const Mark *m, Len width) {
  Len left = MM(28) - 300, right = MM(28) + width + 300;
  return m->kind == MARK_TEXT && (m->x < left || m->x + m->w > right);
}

static uint32_t pick(uint32_t n) {
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 10) % n;
}

static Chart *any_chart(void) {
  static const Str series[] = {{"本期", 6},
                               {"货车司机、网约车司机等新就业群体", 48},
                               {"2025年1—11月", 15},
                               {"上年同期", 12}};
  static const Str units[] = {{"", 0}, {"%", 1}, {"万人次", 9}};
  Chart *c = chart((ChartKind)pick(CHART_RING + 1), 1 + pick(40), 1 + pick(5));
  c->height = MM(30) + MM(1) * (Len)pick(60);
  c->unit = units[pick(3)];
  double scale = (double[]){0.01, 1, 1000, 1e7}[pick(4)];
  bool parts = c->kind == CHART_PIE || c->kind == CHART_RING;
  for (size_t k = 0; k < c->n_series; k++) {
    ((ChartSeries *)c->series)[k].name = series[pick(4)];
    ((ChartSeries *)c->series)[k].earlier = pick(5) == 0;
    for (size_t i = 0; i < c->n_categories; i++)
      values(c, k)[i] = scale * (parts ? fabs(any_value()) + 1 : any_value());
  }
  return c;
}

// No label meets another, is crossed by a grid line or leaves its frame.
static void test_any_chart(void) {
  size_t met = 0, crossed = 0, out = 0;
  for (int round = 0; round < 1500; round++) {
    Len width = round % 2 ? MM(80) : MM(60) + MM(1) * (Len)pick(96);
    Chart *c = any_chart();
    Pages *p = set(c, width);
    size_t before = met + crossed + out;
    for (size_t i = 0; p && i < p->n_pages; i++) {
      met += collisions(&p->pages[i]);
      crossed += crossings(&p->pages[i]);
      for (size_t k = 0; k < p->pages[i].n_marks; k++)
        out += outside(&p->pages[i].marks[k], width);
    }
    if (met + crossed + out > before)
      printf("round %d: kind %d, %zu x %zu, %d mm wide, %d mm high\n", round,
             c->kind, c->n_categories, c->n_series, width / MM(1),
             c->height / MM(1));
  }
  CHECK(met == 0);
  CHECK(crossed == 0);
  CHECK(out == 0);
}

// ---- odd values ------------------------------------------------------------

static size_t marks_of(const Pages *p, MarkKind kind) {
  size_t n = 0;
  for (size_t i = 0; p && i < p->n_pages; i++)
    for (size_t k = 0; k < p->pages[i].n_marks; k++)
      n += p->pages[i].marks[k].kind == kind;
  return n;
}

static int grey_of(Colour c) {
  return (int)((c >> 16) * 299 + (c >> 8 & 255) * 587 + (c & 255) * 114) / 1000;
}

// Any two series, an earlier period among them, differ on a grey printer.
static void test_grey(void) {
  for (size_t earlier = 0; earlier < 2; earlier++) {
    Chart *c = chart(CHART_COLUMN, 1, 8);
    const Mark *bars[16];
    size_t n = 0;
    ((ChartSeries *)c->series)[1].earlier = earlier == 1;
    for (size_t k = 0; k < 8; k++)
      values(c, k)[0] = 5 + (double)k;
    Pages *p = set(c, MM(156));
    for (size_t i = 0; i < p->pages[0].n_marks && n < 16; i++)
      if (p->pages[0].marks[i].kind == MARK_RECT)
        bars[n++] = &p->pages[0].marks[i];
    CHECK(n == 16); // with the legend
    for (size_t i = 0; i < 8; i++)
      for (size_t k = 0; k < i; k++)
        CHECK(bars[i]->pattern != bars[k]->pattern ||
              abs(grey_of(bars[i]->colour) - grey_of(bars[k]->colour)) > 24);
  }
}

static void test_zero_base(void) { // heights are in proportion to the values
  Chart *c = chart(CHART_COLUMN, 2, 1);
  values(c, 0)[0] = 100, values(c, 0)[1] = 50;
  Pages *p = set(c, MM(156));
  Len h[2] = {0};
  for (size_t i = 0, k = 0; i < p->pages[0].n_marks && k < 2; i++)
    if (p->pages[0].marks[i].kind == MARK_RECT)
      h[k++] = p->pages[0].marks[i].h;
  CHECK(h[1] > 0 && abs(h[0] - 2 * h[1]) < 10);
}

static void test_one_value(void) {
  for (int kind = CHART_COLUMN; kind <= CHART_RING; kind++) {
    Chart *c = chart((ChartKind)kind, 1, 1);
    values(c, 0)[0] = 7;
    CHECK(marks_of(set(c, MM(80)), MARK_TEXT) > 0);
  }
}

static void test_equal_and_huge(void) {
  static const double odd[] = {0, 5, -3, 1e300, -1e299, 1e15, 5e-324, 0.1};
  for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
    for (int kind = CHART_COLUMN; kind <= CHART_RING; kind++) {
      Chart *c = chart((ChartKind)kind, 4, 2);
      for (size_t k = 0; k < 8; k++)
        values(c, k / 4)[k % 4] = odd[i];
      CHECK(set(c, MM(80)) != NULL);
    }
}

static void test_many(void) {
  Chart *c = chart(CHART_LINE, 100000, 1);
  for (size_t i = 0; i < c->n_categories; i++)
    values(c, 0)[i] = (double)(i % 100);
  size_t before = diags_count(d, LEVEL_WARNING);
  CHECK(marks_of(set(c, MM(156)), MARK_LINE) > 100);
  CHECK(diags_count(d, LEVEL_WARNING) > before);
}

static void test_nothing(void) {
  Chart *c = chart(CHART_COLUMN, 3, 1);
  for (size_t i = 0; i < 3; i++)
    values(c, 0)[i] = NAN;
  size_t before = diags_count(d, LEVEL_WARNING);
  Pages *p = set(c, MM(80));
  CHECK(p && p->n_pages == 1 && marks_of(p, MARK_RECT) == 0);
  CHECK(diags_count(d, LEVEL_WARNING) == before + 1);
}

int main(void) {
  a = arena_new();
  d = diags_new(a, LANG_EN);
  doc.profile = (Profile){.kinsoku = 2, .squeeze = true, .gap_permille = 250};
  doc.master = (PageMaster){.width = MM(210),
                            .height = MM(297),
                            .top = MM(37),
                            .bottom = MM(35),
                            .inner = MM(28),
                            .outer = MM(26)};
  fonts = fontset_open(a, d, &doc, &(FontOptions){0});
  test_labels();
  test_any_chart();
  test_grey();
  test_zero_base();
  test_one_value();
  test_equal_and_huge();
  test_many();
  test_nothing();
  arena_free(a);
  return check_done();
}
