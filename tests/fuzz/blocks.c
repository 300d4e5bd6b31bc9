// Any tree of blocks: sizes, spans, values and texts out of the bytes. Setting
// it must end, and every mark must lie on a page.
#include "typeset.h"
#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
  Arena *arena;
  const uint8_t *data;
  size_t size, at;
  int blocks;
} Source;

static unsigned take(Source *s) {
  return s->at < s->size ? s->data[s->at++] : 0;
}

static Len take_len(Source *s) {
  static const Len odd[] = {0,       1,         -1,        PT(12), PT(-12),
                            PT(900), 100000000, PT(14000), 7875,   PT(3)};
  unsigned n = take(s);
  return n < sizeof odd / sizeof *odd ? odd[n] : (Len)n * 300;
}

static double take_value(Source *s) {
  static const double odd[] = {0,    -1,       1e300, -1e300, 1e-300,
                               1e15, 1e15 + 1, 0.1,   5e-324, 100};
  unsigned n = take(s);
  if (n == 255)
    return NAN;
  if (n == 254)
    return INFINITY;
  return n < sizeof odd / sizeof *odd ? odd[n] : ((double)n - 100) * 1.7;
}

static Style *take_style(Source *s) {
  static const char *const faces[] = {"body", "song", "hei", "none"};
  Style *st = NEW(s->arena, Style);
  unsigned bits = take(s);
  st->face = str_of(faces[bits & 3]);
  st->size = PT(1 + take(s) % 60);
  st->pitch = bits & 4 ? take_len(s) : 0;
  st->align = (Align)(take(s) % 5);
  if (bits & 8)
    st->left = take_len(s), st->right = take_len(s);
  if (bits & 16)
    st->before = take_len(s), st->after = take_len(s);
  st->keep = bits & 32;
  st->keep_next = bits & 64;
  st->whole_lines = bits & 128;
  st->widows = (int)(take(s) % 9);
  st->indent = bits & 8 ? take_len(s) : PT(24);
  return st;
}

static Para take_para(Source *s) {
  static const char *const texts[] = {"会员58.4万人，比上年末增加1200人。",
                                      "12.5",
                                      "—",
                                      "",
                                      "a long English word",
                                      "（一）“组织建设”《简报》……——",
                                      "1,234,567.89%"};
  Style *st = take_style(s);
  size_t n = 1 + take(s) % 4;
  Inline *runs = NEW_ARRAY(s->arena, Inline, n);
  for (size_t i = 0; i < n; i++) {
    runs[i].kind = (InlineKind)(take(s) % (INLINE_RUNNING + 1));
    runs[i].text = str_of(texts[take(s) % 7]);
    if (runs[i].kind == INLINE_PAGE_REF)
      runs[i].text = STR("id");
    runs[i].style = st;
  }
  return (Para){st, runs, n};
}

static Table *take_table(Source *s) {
  Table *t = NEW(s->arena, Table);
  t->n_columns = take(s) % 12;
  t->n_rows = take(s) % 40;
  TableColumn *cols = NEW_ARRAY(s->arena, TableColumn, t->n_columns);
  for (size_t i = 0; i < t->n_columns; i++) {
    unsigned bits = take(s);
    cols[i].width = bits & 1 ? take_len(s) : 0;
    cols[i].share = bits & 2 ? (int)bits - 20 : 0;
    cols[i].align = (Align)(bits % 5);
  }
  TableRow *rows = NEW_ARRAY(s->arena, TableRow, t->n_rows);
  for (size_t r = 0; r < t->n_rows; r++) {
    rows[r].kind = (RowKind)(r < 2 ? take(s) % 4 : 1 + take(s) % 3);
    rows[r].n = take(s) % (t->n_columns + 2);
    TableCell *cells = NEW_ARRAY(s->arena, TableCell, rows[r].n);
    for (size_t i = 0; i < rows[r].n; i++) {
      unsigned bits = take(s);
      Para *p = NEW(s->arena, Para);
      *p = take_para(s);
      cells[i] = (TableCell){.paras = p, .n = bits & 1};
      cells[i].colspan = bits & 2 ? (int)take(s) - 3 : 1;
      cells[i].rowspan = bits & 4 ? (int)take(s) - 3 : 1;
      cells[i].rule_above = bits & 8;
    }
    rows[r].cells = cells;
  }
  unsigned bits = take(s);
  t->columns = cols;
  t->rows = rows;
  t->lines = (TableLines)(bits % 3);
  t->repeat_head = bits & 4;
  t->gap = bits & 8 ? take_len(s) : PT(6);
  t->pad = bits & 16 ? take_len(s) : PT(2);
  if (bits & 32)
    t->caption = take_para(s);
  if (bits & 64)
    t->unit = take_para(s);
  return t;
}

static Chart *take_chart(Source *s) {
  Chart *c = NEW(s->arena, Chart);
  c->kind = (ChartKind)(take(s) % (CHART_RING + 1));
  c->n_categories = take(s);
  c->n_series = take(s) % 10;
  c->height = take_len(s);
  c->style = take_style(s);
  c->unit = STR("万人");
  Str *names = NEW_ARRAY(s->arena, Str, c->n_categories);
  for (size_t i = 0; i < c->n_categories; i++)
    names[i] = i % 3 ? STR("城关区") : STR("一个名字很长的开发区工会联合会");
  ChartSeries *series = NEW_ARRAY(s->arena, ChartSeries, c->n_series);
  for (size_t k = 0; k < c->n_series; k++) {
    double *values = NEW_ARRAY(s->arena, double, c->n_categories);
    for (size_t i = 0; i < c->n_categories; i++)
      values[i] = take_value(s);
    series[k].name = STR("本期");
    series[k].values = values;
    series[k].line = take(s) & 1;
    series[k].earlier = k == 1;
  }
  c->categories = names;
  c->series = series;
  return c;
}

static LayBlock *take_blocks(Source *s, int depth) {
  LayBlock *first = NULL, **next = &first;
  unsigned n = take(s) % 12;
  for (unsigned i = 0; i < n && s->blocks < 60 && s->at < s->size; i++) {
    LayBlock *b = NEW(s->arena, LayBlock);
    s->blocks++;
    b->kind = (LayKind)(take(s) % LAY_IMAGE);
    b->style = take_style(s);
    b->para = take_para(s);
    b->rule_width = take_len(s);
    unsigned bits = take(s);
    b->odd = bits & 1;
    b->pinned = bits & 2;
    b->columns = (uint8_t)(bits >> 6);
    b->id = bits & 4 ? STR("id") : STR("");
    b->bookmark = bits & 8 ? STR("书签") : STR("");
    if (b->kind == LAY_TABLE)
      b->table = take_table(s);
    if (b->kind == LAY_CHART)
      b->chart = take_chart(s);
    if (b->kind == LAY_GROUP && depth < 6)
      b->first = take_blocks(s, depth + 1);
    *next = b;
    next = &b->next;
  }
  return first;
}

static void check_pages(const Pages *p) {
  for (size_t i = 0; i < p->n_pages; i++)
    for (size_t k = 0; k < p->pages[i].n_marks; k++) {
      const Mark *m = &p->pages[i].marks[k];
      if (m->kind == MARK_TEXT && m->n_glyphs && !m->glyphs)
        abort();
    }
}

static FontSet *fonts_open(const Document *doc) {
  static FontSet *fonts;
  static Arena *arena;
  if (!fonts) {
    arena = arena_new();
    Diags *d = diags_new(arena, LANG_EN);
    fonts = fontset_open(arena, d, doc, &(FontOptions){0});
  }
  return fonts;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static Document doc; // the fonts keep it
  Source s = {arena_new(), data, size, 0, 0};
  Diags *d = diags_new(s.arena, LANG_EN);
  unsigned bits = take(&s);
  doc.profile = (Profile){.kinsoku = 2, .squeeze = true, .gap_permille = 250};
  doc.profile.grid_lines = bits & 1 ? 22 : 0;
  doc.profile.pitch = 29620;
  doc.master = (PageMaster){.width = MM(210), .height = MM(297)};
  doc.master.top = doc.master.bottom = bits & 2 ? take_len(&s) : MM(35);
  doc.master.inner = doc.master.outer = bits & 4 ? take_len(&s) : MM(27);
  doc.first = take_blocks(&s, 0);
  Pages *p = typeset(s.arena, d, &doc, fonts_open(&doc));
  if (p)
    pages_unpack(s.arena, p);
  if (p)
    check_pages(p);
  arena_free(s.arena);
  return 0;
}
