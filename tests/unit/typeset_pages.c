// typeset: page ends, tables over pages, references, register, foot blocks.
#include "check.h"
#include "typeset-imp.h"

static Arena *a;
static Diags *d;
static FontSet *fonts;
static Document doc;
static Style body = {
    .face = {"song", 4}, .size = 15750, .align = ALIGN_JUSTIFY};

// ---- building --------------------------------------------------------------

typedef struct {
  LayBlock *first, *last;
} Chain;

static LayBlock *add(Chain *c, LayKind kind, const Style *style) {
  LayBlock *b = NEW(a, LayBlock);
  *b = (LayBlock){.kind = kind, .style = style};
  if (c->last)
    c->last->next = b;
  else
    c->first = b;
  c->last = b;
  return b;
}

static Para para(const Style *style, const char *text) {
  Inline *run = NEW(a, Inline);
  *run = (Inline){.kind = INLINE_TEXT, .text = str_of(text), .style = style};
  return (Para){style, run, 1};
}

static LayBlock *add_para(Chain *c, const Style *style, const char *text) {
  LayBlock *b = add(c, LAY_PARA, style);
  b->para = para(style, text);
  return b;
}

// n lines of three characters.
static LayBlock *add_lines(Chain *c, const Style *style, int n) {
  LayBlock *b = add(c, LAY_PARA, style);
  Inline *runs = NEW_ARRAY(a, Inline, 2 * n);
  for (int i = 0; i < 2 * n - 1; i++) {
    runs[i] = (Inline){.kind = i % 2 ? INLINE_BREAK : INLINE_TEXT};
    runs[i].text = i % 2 ? STR("") : STR("一行字");
    runs[i].style = style;
  }
  b->para = (Para){style, runs, (size_t)(2 * n - 1)};
  return b;
}

static TableCell cell(const char *text) {
  Para *p = NEW(a, Para);
  *p = para(&body, text);
  return (TableCell){.paras = p, .n = 1, .colspan = 1, .rowspan = 1};
}

// Head, n rows of 地区 and a number, two columns.
static Table *add_table(Chain *c, size_t n) {
  LayBlock *b = add(c, LAY_TABLE, &body);
  Table *t = NEW(a, Table);
  TableColumn *cols = NEW_ARRAY(a, TableColumn, 2);
  cols[1].align = ALIGN_DECIMAL;
  *t = (Table){.number = STR("表1"), .columns = cols, .n_columns = 2};
  t->repeat_head = true;
  t->gap = PT(10);
  TableRow *rows = NEW_ARRAY(a, TableRow, n + 1);
  for (size_t i = 0; i <= n; i++) {
    TableCell *cells = NEW_ARRAY(a, TableCell, 2);
    cells[0] = cell(i ? "某县" : "地区");
    cells[1] = cell(!i ? "数值" : i % 2 ? "12.5" : "1048.25");
    rows[i] = (TableRow){i ? ROW_BODY : ROW_HEAD, cells, 2, false};
  }
  t->rows = rows;
  t->n_rows = n + 1;
  b->table = t;
  return t;
}

static Pages *set(const Chain *c) {
  doc.first = c->first;
  Pages *p = typeset(a, d, &doc, fonts);
  if (p)
    pages_unpack(a, p);
  return p;
}

// ---- looking ---------------------------------------------------------------

static size_t texts_on(const Pages *p, size_t page, const char *text) {
  size_t n = 0;
  for (size_t i = 0; i < p->pages[page].n_marks; i++)
    n += p->pages[page].marks[i].kind == MARK_TEXT &&
         str_has(p->pages[page].marks[i].text, str_of(text));
  return n;
}

static const Mark *text_mark(const Pages *p, size_t page, const char *text) {
  for (size_t i = 0; i < p->pages[page].n_marks; i++) {
    const Mark *m = &p->pages[page].marks[i];
    if (m->kind == MARK_TEXT && str_has(m->text, str_of(text)))
      return m;
  }
  return NULL;
}

// ---- tests -----------------------------------------------------------------

static void test_grid(void) { // D2
  Chain c = {0};
  for (int i = 0; i < 5; i++)
    add_lines(&c, &body, 10);
  Pages *p = set(&c);
  CHECK(p->n_pages == 3);
  CHECK(texts_on(p, 0, "一行字") == 22);
  const Mark *first = &p->pages[0].marks[0], *last = &p->pages[0].marks[21];
  Len top = first->y - first->size * 88 / 100;
  Len bottom = last->y + last->size * 12 / 100;
  CHECK(top > MM(36) && top < MM(38));
  CHECK(bottom > MM(261) && bottom < MM(263));
  CHECK(last->y - first->y == 21 * 29620);
}

static void test_mirrored(void) { // D1
  Chain c = {0};
  for (int i = 0; i < 5; i++)
    add_lines(&c, &body, 10);
  Pages *p = set(&c);
  CHECK(p->pages[0].marks[0].x == MM(28));
  CHECK(p->pages[1].marks[0].x == MM(26));
}

static void test_widows(void) { // P4
  Chain c = {0};
  add_lines(&c, &body, 21);
  add_lines(&c, &body, 4);
  Pages *p = set(&c);
  CHECK(p->n_pages == 2 && texts_on(p, 0, "一行字") == 21);
  Chain e = {0};
  add_lines(&e, &body, 23);
  p = set(&e);
  CHECK(p->n_pages == 2 && texts_on(p, 0, "一行字") == 21);
}

static void test_keep_next(void) {
  static Style head;
  head = body;
  head.keep_next = true;
  Chain c = {0};
  add_lines(&c, &body, 20);
  add_para(&c, &head, "标题");
  add_lines(&c, &body, 3);
  Pages *p = set(&c);
  CHECK(p->n_pages == 2 && texts_on(p, 1, "标题") == 1);
}

// A greedy cutter fills page 1 and leaves page 2 with one block; the whole is
// better shared out.
static void test_optimal(void) {
  static Style keep;
  keep = body;
  keep.keep = true;
  Chain c = {0};
  for (int i = 0; i < 3; i++)
    add_lines(&c, &keep, 7);
  add_lines(&c, &keep, 18);
  add_lines(&c, &keep, 4);
  Pages *p = set(&c);
  CHECK(p->n_pages == 2);
  CHECK(texts_on(p, 0, "一行字") == 21 && texts_on(p, 1, "一行字") == 22);
}

static void
test_P2_register(void) { // P2: small print leaves the grid, body finds it
  static Style small;
  small = body;
  small.pitch = PT(17);
  Chain c = {0};
  add_lines(&c, &body, 2);
  add_lines(&c, &small, 3);
  add_para(&c, &body, "回到格上");
  Pages *p = set(&c);
  const Mark *first = &p->pages[0].marks[0];
  const Mark *back = text_mark(p, 0, "回到格上");
  CHECK(back && (back->y - first->y) % 29620 == 0);
}

// Over facing pages too: whatever stands between them, the lines of the body
// have the places of one grid on all pages, and the binding margin alternates.
static void test_P2_facing_pages(void) {
  static Style small, head;
  small = body, head = body;
  small.size = PT(9), small.pitch = PT(13);
  head.before = PT(10), head.after = PT(5), head.keep_next = true;
  Chain c = {0};
  for (int i = 0; i < 12; i++) {
    add_para(&c, &head, "题");
    add_lines(&c, &body, 3 + i % 5);
    add_lines(&c, &small, 1 + i % 4);
    if (i % 3 == 0)
      add_table(&c, (size_t)(3 + i));
    add_lines(&c, &body, 4);
  }
  Pages *p = set(&c);
  CHECK(p->n_pages >= 4);
  Len first = p->pages[0].marks[0].y;
  size_t off = 0, seen = 0, left = 0;
  for (size_t i = 0; i < p->n_pages; i++)
    for (size_t k = 0; k < p->pages[i].n_marks; k++) {
      const Mark *m = &p->pages[i].marks[k];
      bool text = m->kind == MARK_TEXT && m->size == 15750 && m->tag == TAG_P;
      if (!text || !str_eq(m->text, STR("一行字")))
        continue;
      seen++;
      off += (m->y - first) % 29620 != 0;
      left += m->x != (i % 2 ? MM(26) : MM(28));
    }
  CHECK(seen > 90 && off == 0 && left == 0);
}

static void test_table_repeats(void) { // T4
  Chain c = {0};
  add_table(&c, 60);
  Pages *p = set(&c);
  CHECK(p->n_pages > 2);
  for (size_t i = 0; i < p->n_pages; i++) {
    CHECK(texts_on(p, i, "地区") == 1);
    CHECK(texts_on(p, i, i ? "续" : "表") >= 1);
  }
  CHECK(texts_on(p, 0, "续") == 0);
  CHECK(texts_on(p, p->n_pages - 1, "某县") >= 2);
}

static void test_decimal(void) { // T3
  Chain c = {0};
  add_table(&c, 2);
  Pages *p = set(&c);
  const Mark *x = text_mark(p, 0, "12.5"), *y = text_mark(p, 0, "1048.25");
  CHECK(x && y);
  if (!x || !y)
    return;
  CHECK(x->x + x->glyphs[2].x == y->x + y->glyphs[4].x);
}

static void test_spans(void) { // overlapping and leaving spans are cut
  Chain c = {0};
  Table *t = add_table(&c, 3);
  TableCell *cells = (TableCell *)t->rows[1].cells;
  cells[0].rowspan = 9;
  cells[1].colspan = 7;
  size_t before = diags_count(d, LEVEL_WARNING);
  Pages *p = set(&c);
  CHECK(p && p->n_pages == 1);
  CHECK(diags_count(d, LEVEL_WARNING) > before);
}

static void test_many_columns(void) {
  Chain c = {0};
  Table *t = add_table(&c, 2);
  TableColumn *cols = NEW_ARRAY(a, TableColumn, 1000);
  t->columns = cols, t->n_columns = 1000;
  CHECK(set(&c) != NULL);
}

static void test_tall_row(void) {
  Chain c = {0}, inner = {0};
  Table *t = add_table(&c, 2);
  TableCell *cells = (TableCell *)t->rows[1].cells;
  LayBlock *long_para = add_lines(&inner, &body, 60);
  *(Para *)cells[0].paras = long_para->para;
  Pages *p = set(&c);
  CHECK(p->n_pages >= 3);
  size_t lines = 0;
  for (size_t i = 0; i < p->n_pages; i++)
    lines += texts_on(p, i, "一行字");
  CHECK(lines == 60);
}

static void test_references(void) {
  Chain c = {0};
  LayBlock *toc = add(&c, LAY_PARA, &body);
  Inline *runs = NEW_ARRAY(a, Inline, 3);
  runs[0] = (Inline){.kind = INLINE_TEXT, .text = STR("见"), .style = &body};
  runs[1] = (Inline){.kind = INLINE_PAGE_REF, .text = STR("x")};
  runs[1].style = &body;
  runs[2] = (Inline){.kind = INLINE_TEXT, .text = STR("页"), .style = &body};
  toc->para = (Para){&body, runs, 3};
  add_lines(&c, &body, 50);
  LayBlock *far = add_para(&c, &body, "目标");
  far->id = STR("x");
  far->bookmark = STR("目标");
  Pages *p = set(&c);
  CHECK(p->n_pages == 3 && texts_on(p, 0, "3") == 1);
  CHECK(p->n_bookmarks == 1 && p->bookmarks[0].page == 2);
  CHECK(p->n_dests == 1 && p->dests[0].page == 2);
}

static void test_missing_reference(void) {
  Chain c = {0};
  LayBlock *b = add(&c, LAY_PARA, &body);
  Inline *run = NEW(a, Inline);
  *run = (Inline){.kind = INLINE_PAGE_REF, .text = STR("no"), .style = &body};
  b->para = (Para){&body, run, 1};
  size_t before = diags_count(d, LEVEL_WARNING);
  Pages *p = set(&c);
  CHECK(p && diags_count(d, LEVEL_WARNING) == before + 1);
  CHECK(p && texts_on(p, 0, "?") == 1);
}

static void test_wide_table(void) { // D8
  Chain c = {0};
  add_lines(&c, &body, 2);
  Table *t = add_table(&c, 2);
  TableColumn *cols = NEW_ARRAY(a, TableColumn, 14);
  TableCell *cells = NEW_ARRAY(a, TableCell, 14);
  for (int i = 0; i < 14; i++)
    cells[i] = cell("123456789"), cells[i].align = ALIGN_RIGHT;
  ((TableRow *)t->rows)[1] = (TableRow){ROW_BODY, cells, 14, false};
  t->columns = cols, t->n_columns = 14;
  Pages *p = set(&c);
  CHECK(p && p->n_pages == 2);
  const Mark *m = p && p->n_pages == 2 ? text_mark(p, 1, "123456789") : NULL;
  CHECK(m && m->turned && m->y > MM(26) && m->y < MM(210 - 28));
}

static void test_pinned(void) { // B3, D6
  static Style rule = {.size = 9000};
  Chain c = {0}, tail = {0};
  add_lines(&c, &body, 3);
  LayBlock *g = add(&c, LAY_GROUP, &body);
  g->pinned = true;
  add_para(&tail, &body, "报送");
  add(&tail, LAY_RULE, &rule)->rule_width = 1000;
  g->first = tail.first;
  Pages *p = set(&c);
  CHECK(p->n_pages == 1);
  const Mark *m = &p->pages[0].marks[p->pages[0].n_marks - 1];
  CHECK(m->kind == MARK_RECT && m->y + m->h == MM(297) - MM(35));
  Chain full = {0};
  add_lines(&full, &body, 22);
  LayBlock *h = add(&full, LAY_GROUP, &body);
  h->pinned = true;
  h->first = tail.first;
  p = set(&full);
  CHECK(p->n_pages == 2 && texts_on(p, 1, "报送") == 1);
  CHECK(texts_on(p, 1, "一行字") >= 3); // it does not stand alone there
}

static void test_together(void) {
  Chain c = {0}, list = {0};
  add_lines(&c, &body, 16);
  LayBlock *g = add(&c, LAY_GROUP, &body);
  for (int i = 0; i < 8; i++)
    add_para(&list, &body, "目录");
  g->first = list.first;
  Pages *p = set(&c);
  CHECK(p->n_pages == 2 && texts_on(p, 0, "目录") > 0);
  g->together = true;
  p = set(&c);
  CHECK(p->n_pages == 2 && texts_on(p, 1, "目录") == 8);
  ((LayBlock *)c.first)->para.n = 2 * 8 - 1; // too much white would be left
  for (int i = 0; i < 8; i++)
    add_para(&list, &body, "目录");
  p = set(&c);
  CHECK(p->n_pages == 2 && texts_on(p, 0, "目录") > 0);
}

static void test_breaks(void) {
  Chain c = {0};
  add(&c, LAY_BREAK, &body);
  add_para(&c, &body, "甲");
  add(&c, LAY_BREAK, &body)->odd = true;
  add_para(&c, &body, "乙");
  add(&c, LAY_BREAK, &body);
  Pages *p = set(&c);
  CHECK(p->n_pages == 3);
  CHECK(texts_on(p, 0, "甲") == 1 && p->pages[1].n_marks == 0);
  CHECK(texts_on(p, 2, "乙") == 1);
}

static void test_deep(void) {
  Chain c = {0};
  LayBlock *b = add(&c, LAY_GROUP, &body);
  for (int i = 0; i < 10000; i++) {
    b->first = NEW(a, LayBlock);
    *b->first = (LayBlock){.kind = LAY_GROUP, .style = &body};
    b = b->first;
  }
  size_t errors = diags_errors(d);
  set(&c);
  CHECK(diags_errors(d) > errors);
}

// A keep larger than a page is torn; nothing is lost.
static void test_large_keep(void) {
  static Style keep;
  keep = body;
  keep.keep = true;
  Chain c = {0};
  add_lines(&c, &keep, 60);
  Pages *p = set(&c);
  CHECK(p->n_pages == 3 && texts_on(p, 0, "一行字") == 22);
}

static void test_no_height(void) {
  static Style rule = {.size = 9000};
  Chain c = {0};
  for (int i = 0; i < 50000; i++)
    add(&c, LAY_RULE, &rule);
  CHECK(set(&c) != NULL);
}

static LayBlock *add_footer(const char *text) {
  LayBlock *b = NEW(a, LayBlock);
  Inline *runs = NEW_ARRAY(a, Inline, 2);
  runs[0] = (Inline){.kind = INLINE_TEXT, .text = str_of(text)};
  runs[1] = (Inline){.kind = INLINE_PAGES};
  runs[0].style = runs[1].style = &body;
  *b = (LayBlock){.kind = LAY_PARA, .style = &body, .para = {&body, runs, 2}};
  return b;
}

static void test_margins(void) { // D7
  Chain c = {0};
  add_lines(&c, &body, 50);
  doc.master.footer_first = add_footer("首");
  doc.master.footer_odd = add_footer("单");
  doc.master.footer_even = add_footer("双");
  doc.master.foot_y = MM(269);
  Pages *p = set(&c);
  doc.master.footer_first = doc.master.footer_odd = NULL;
  doc.master.footer_even = NULL;
  CHECK(texts_on(p, 0, "首") == 1 && texts_on(p, 1, "双") == 1);
  CHECK(texts_on(p, 2, "单") == 1 && texts_on(p, 2, "3") == 1);
  const Mark *m = text_mark(p, 1, "双");
  CHECK(m && m->y == MM(269) && m->tag == TAG_ARTIFACT);
}

// A page reference in a table is set in another pass.
static void test_nested_reference(void) {
  Chain c = {0};
  Table *t = add_table(&c, 2);
  Inline *run = NEW(a, Inline);
  *run = (Inline){.kind = INLINE_PAGE_REF, .text = STR("y"), .style = &body};
  *(Para *)t->rows[1].cells[1].paras = (Para){&body, run, 1};
  add_lines(&c, &body, 70);
  add_para(&c, &body, "目标")->id = STR("y");
  Pages *p = set(&c);
  CHECK(p->n_pages == 4 && text_mark(p, 0, "4") != NULL);
}

static void test_empty(void) {
  Chain c = {0};
  Pages *p = set(&c);
  CHECK(p && p->n_pages == 0);
}

int main(void) {
  a = arena_new();
  d = diags_new(a, LANG_EN);
  doc.profile = (Profile){.kinsoku = 2,
                          .squeeze = true,
                          .gap_permille = 250,
                          .loose_permille = 250,
                          .grid_lines = 22,
                          .pitch = 29620,
                          .grid_chars = 28};
  doc.master = (PageMaster){.width = MM(210),
                            .height = MM(297),
                            .top = MM(37),
                            .bottom = MM(35),
                            .inner = MM(28),
                            .outer = MM(26)};
  fonts = fontset_open(a, d, &doc, &(FontOptions){0});
  test_grid();
  test_mirrored();
  test_widows();
  test_keep_next();
  test_optimal();
  test_P2_register();
  test_P2_facing_pages();
  test_table_repeats();
  test_decimal();
  test_spans();
  test_many_columns();
  test_tall_row();
  test_references();
  test_missing_reference();
  test_wide_table();
  test_pinned();
  test_together();
  test_breaks();
  test_deep();
  test_large_keep();
  test_no_height();
  test_margins();
  test_nested_reference();
  test_empty();
  arena_free(a);
  return check_done();
}
