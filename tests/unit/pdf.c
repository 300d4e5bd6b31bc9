// pdf: pages of marks made by hand → files. With a folder as argument it
// leaves its files there for the scripts of tests/pdf.
#include "pdf.h"
#include "check.h"
#include "typeset-imp.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static Arena *a;
static Diags *d;
static Str folder;

// ---- pages by hand ---------------------------------------------------------

typedef struct {
  Document doc;
  Pages pages;
  VEC(Mark) marks;
  VEC(PageMarks) list;
  VEC(Bookmark) bookmarks;
  VEC(Destination) dests;
} Made;

static Made *made_new(void) {
  Made *m = NEW(a, Made);
  m->doc.title = STR("简报 𠮷 & <样张>");
  m->doc.author = STR("编辑室");
  m->doc.lang = STR("zh-CN");
  m->doc.date = STR("2025-12-31");
  m->doc.master.width = PT(595.276);
  m->doc.master.height = PT(841.89);
  static const Str faces[] = {{"ukai.ttc", 8}};
  static const FontRole plain_role = {{"plain", 5}, faces, 1};
  m->doc.fonts = &plain_role; // one TrueType face for everything
  m->doc.n_fonts = 1;
  FontOptions options = {0};
  m->pages.doc = &m->doc;
  m->pages.fonts = fontset_open(a, d, &m->doc, &options);
  return m;
}

static void page_end(Made *m) {
  PageMarks *p = vec_push(a, &m->list);
  *p = (PageMarks){.marks = m->marks.data,
                   .n_marks = m->marks.len,
                   .number = (int)m->list.len,
                   .odd = true};
  m->marks.data = NULL;
  m->marks.len = m->marks.cap = 0;
}

static const Pages *made_pages(Made *m) {
  if (m->marks.len || !m->list.len)
    page_end(m);
  m->pages.pages = m->list.data;
  m->pages.n_pages = m->list.len;
  m->pages.bookmarks = m->bookmarks.data;
  m->pages.n_bookmarks = m->bookmarks.len;
  m->pages.dests = m->dests.data;
  m->pages.n_dests = m->dests.len;
  return &m->pages;
}

// Where the pen is and what it sets.
typedef struct {
  Made *made;
  const char *role;
  Len x, y, size;
  Len gap; // after each glyph
  Tag tag;
  int level;
  uint32_t element, row, table;
} Pen;

static Mark *mark_add(Pen *pen, MarkKind kind) {
  Mark *m = vec_push(a, &pen->made->marks);
  *m = (Mark){.kind = kind,
              .x = pen->x,
              .y = pen->y,
              .size = pen->size,
              .tag = pen->tag,
              .tag_level = (uint8_t)pen->level,
              .element = pen->element,
              .row = pen->row,
              .table = pen->table};
  return m;
}

// One mark of as many characters as one face sets; gives what is left.
static Str set_run(Pen *pen, Str s) {
  Mark *m = mark_add(pen, MARK_TEXT);
  Glyph *glyphs = NEW_ARRAY(a, Glyph, s.len);
  size_t i = 0;
  while (i < s.len) {
    size_t at = i;
    uint32_t c = utf8_next(s, &i);
    const Face *f = role_face(pen->made->pages.fonts, str_of(pen->role), c);
    if (m->face && f != m->face) {
      i = at;
      break;
    }
    m->face = f;
    uint32_t g = face_glyph(f, c);
    glyphs[m->n_glyphs++] = (Glyph){g, pen->x - m->x, 0, (uint32_t)at};
    pen->x +=
        (Len)((int64_t)face_advance(f, g) * pen->size / face_info(f)->upem) +
        pen->gap;
  }
  m->glyphs = glyphs;
  m->text = str_slice(s, 0, i);
  m->w = pen->x - m->x;
  return str_slice(s, i, s.len);
}

static void set(Pen *pen, const char *text) {
  for (Str s = str_of(text); s.len;)
    s = set_run(pen, s);
}

// A gap between Han and Latin that is no space in the text.
static void set_gapped(Pen *pen, const char *const *runs) {
  for (; *runs; runs++) {
    set(pen, *runs);
    pen->x += pen->size / 4;
  }
}

static void line_end(Pen *pen, Len left) {
  pen->x = left;
  pen->y += pen->size * 3 / 2;
}

static Str path_of(const char *name) {
  return str_fmt(a, "%.*s/%s", STR_ARG(folder), name);
}

static Str written(Made *m, const PdfOptions *options, const char *name) {
  Str path = path_of(name);
  bool ok = pdf_write(a, d, made_pages(m), options, path);
  CHECK(ok);
  diags_print(d);
  File *f = ok ? file_load(a, d, path) : NULL;
  return f ? f->raw : STR("");
}

// ---- cases -----------------------------------------------------------------

static const PdfOptions plain = {.producer = {"jianbao test", 12}};
static const PdfOptions tagged = {.tagged = true,
                                  .producer = {"jianbao test", 12}};

static Made *letter(void) {
  Made *m = made_new();
  Pen pen = {.made = m,
             .x = PT(72),
             .y = PT(100),
             .size = PT(16),
             .role = "title",
             .tag = TAG_H,
             .level = 1,
             .element = 1};
  set(&pen, "县总工会工作简报");
  pen.role = "body";
  pen.tag = TAG_P;
  for (uint32_t n = 2; n < 8; n++) {
    line_end(&pen, PT(72));
    pen.element = n;
    pen.gap = n % 2 ? 0 : 317; // justified
    set(&pen, "全县新建基层工会四十六个，发展会员一千二百名。");
    line_end(&pen, PT(72));
    const char *const mixed[] = {"本月共走访企业", "27",         "家，签约率达",
                                 "96.5%",          "，同比提高", "3.2",
                                 "个百分点",       NULL};
    set_gapped(&pen, mixed);
  }
  page_end(m);
  return m;
}

// ---- text that is hard to copy ---------------------------------------------

// Two dashes drawn with the glyph of U+2500; one glyph for two characters; two
// glyphs for one character.
static void set_mapped(Pen *pen, const char *drawn, const char *text,
                       size_t per_glyph) {
  set(pen, drawn);
  Mark *m = &pen->made->marks.data[pen->made->marks.len - 1];
  m->text = str_of(text);
  for (size_t i = 0; i < m->n_glyphs; i++)
    ((Glyph *)m->glyphs)[i].text = (uint32_t)(i * per_glyph);
}

static void set_spaced(Pen *pen, const char *text) {
  set(pen, text);
  pen->made->marks.data[pen->made->marks.len - 1].space_after = true;
  pen->x += pen->size / 4;
}

static void set_shifted(Pen *pen, const char *text, Len dy) {
  set(pen, text);
  Mark *m = &pen->made->marks.data[pen->made->marks.len - 1];
  for (size_t i = 0; i < m->n_glyphs; i++)
    ((Glyph *)m->glyphs)[i].dy = dy;
}

// Squeezes the mark's punctuation to half its width, as W2 does.
static void set_squeezed(Pen *pen, const char *text) {
  set(pen, text);
  Mark *m = &pen->made->marks.data[pen->made->marks.len - 1];
  Len back = 0;
  for (size_t i = 0; i < m->n_glyphs; i++) {
    Glyph *g = (Glyph *)&m->glyphs[i];
    size_t at = g->text;
    uint32_t c = utf8_next(m->text, &at);
    back += c == 0xFF08 ? pen->size / 2 : 0;
    g->x -= back;
    back += c == 0xFF0C || c == 0xFF09 || c == 0x3002 ? pen->size / 2 : 0;
  }
  m->w -= back;
  pen->x -= back;
}

static Made *hard_text(void) {
  Made *m = made_new();
  Pen pen = {.made = m,
             .x = PT(72),
             .y = PT(100),
             .size = PT(16),
             .role = "song",
             .tag = TAG_P,
             .element = 1};
  set(&pen, "平原上的");
  set_mapped(&pen, "──", "——", 3);
  set(&pen, "路(1)\\(2)");
  line_end(&pen, PT(72));
  pen.element++;
  set_mapped(&pen, "月", "⺝", 0); // two texts on one glyph
  set(&pen, "月光");
  set_mapped(&pen, "fi", "ﬁ", 0);    // two glyphs for one character
  set_mapped(&pen, "一", "一二", 0); // one glyph for two
  line_end(&pen, PT(72));
  pen.element++;
  set_spaced(&pen, "Report");
  set_spaced(&pen, "of the year");
  set(&pen, "2025");
  line_end(&pen, PT(72));
  pen.element++;
  set(&pen, "前");
  set_shifted(&pen, "后移的字", 1040);
  const char *const mixed[] = {"再来", "12", "个", "A4", "文件", NULL};
  set_gapped(&pen, mixed);
  line_end(&pen, PT(72));
  pen.element++;
  for (Len gap = 500; gap < PT(7); gap += 700) { // stretched lines
    pen.gap = gap;
    set(&pen, "把字距拉得很开");
    line_end(&pen, PT(72));
    pen.element++;
    set(&pen, "到Qing年9%呢");
    line_end(&pen, PT(72));
    pen.element++;
  }
  pen.gap = 0;
  pen.role = "plain";
  set_squeezed(&pen, "甲，乙（丙），丁。");
  line_end(&pen, PT(72));
  pen.element++;
  pen.role = "hei";
  const char *const sans[] = {"黑体里", "2025", "年第", "3", "期", NULL};
  set_gapped(&pen, sans);
  page_end(m);
  return m;
}

// The source text of every page, a line an element.
static void source_write(const Made *m, const char *name) {
  Buf b = buf_new(a);
  uint32_t element = 0;
  for (size_t p = 0; p < m->list.len; p++)
    for (size_t i = 0; i < m->list.data[p].n_marks; i++) {
      const Mark *mark = &m->list.data[p].marks[i];
      if (mark->element != element && b.len)
        buf_byte(&b, '\n');
      element = mark->element;
      buf_add(&b, mark->text);
      buf_add(&b, mark->space_after ? STR(" ") : STR(""));
    }
  buf_byte(&b, '\n');
  Out *o = out_open(a, d, path_of(name));
  CHECK(o && out_write(o, buf_str(&b)) && out_commit(o));
}

static void test_hard_text(void) {
  Made *m = hard_text();
  source_write(m, "hard.txt");
  written(m, &tagged, "hard.pdf");
  m = letter();
  source_write(m, "letter.txt");
  written(m, &tagged, "letter.pdf");
}

static void test_letter(void) {
  Str one = written(letter(), &tagged, "letter.pdf");
  CHECK(str_starts(one, STR("%PDF-1.7\n")));
  CHECK(str_ends(one, STR("%%EOF\n")));
  Str two = written(letter(), &tagged, "again.pdf");
  CHECK(str_eq(one, two));
  Str bare = written(letter(), &plain, "plain.pdf");
  CHECK(bare.len < one.len);
}

// ---- tables, links, pictures -----------------------------------------------

static void set_cell(Pen *pen, Tag tag, Len x, const char *text) {
  pen->tag = tag;
  pen->x = x;
  pen->element++;
  set(pen, text);
}

static void set_row(Pen *pen, Tag first, Tag rest, const char *a1,
                    const char *a2) {
  pen->row++;
  set_cell(pen, first, PT(72), a1);
  set_cell(pen, rest, PT(200), a2);
  line_end(pen, PT(72));
}

static void link_add(Pen *pen, const char *target) {
  Mark *m = mark_add(pen, MARK_LINK);
  m->w = PT(100);
  m->h = PT(16);
  m->target = str_of(target);
}

static void contents_page(Pen *pen) {
  pen->tag = TAG_TOCI;
  for (int i = 0; i < 2; i++) {
    pen->element++;
    set(pen, i ? "二、表" : "一、文");
    link_add(pen, i ? "#table" : "#text");
    line_end(pen, PT(72));
  }
  link_add(pen, "https://example.org/简报?a=(1)");
  link_add(pen, "#nowhere");
  page_end(pen->made);
}

// A table whose head stands again on the next page.
static void table_pages(Pen *pen) {
  pen->table = 1;
  set_row(pen, TAG_TH, TAG_TH, "地区", "入会数");
  size_t head = pen->made->marks.len;
  Mark *marks = NEW_ARRAY(a, Mark, head);
  memcpy(marks, pen->made->marks.data, head * sizeof *marks);
  set_row(pen, TAG_TH, TAG_TD, "临泽县", "1200");
  page_end(pen->made);
  for (size_t i = 0; i < head; i++)
    *vec_push(a, &pen->made->marks) = marks[i];
  set_row(pen, TAG_TH, TAG_TD, "甘州区", "3400");
  pen->table = pen->row = 0;
}

static void shapes(Pen *pen) {
  pen->tag = TAG_FIGURE;
  pen->element++;
  for (int i = 0; i < 4; i++) {
    Mark *m = mark_add(pen, MARK_RECT);
    m->x = PT(72 + 60 * i);
    m->y = PT(300);
    m->w = m->h = PT(50);
    m->colour = i == 3 ? 0x808080 : 0xC00000;
    m->pattern = (Pattern)i;
  }
  static Len points[] = {PT(100), PT(400), PT(150), PT(450), PT(80), PT(460)};
  Mark *m = mark_add(pen, MARK_PATH);
  m->points = points;
  m->n_points = 3;
  m->colour = 0x204080;
  m = mark_add(pen, MARK_LINE);
  m->x2 = PT(300);
  m->y2 = PT(500);
  m->stroke = PT(0.5);
  pen->y = PT(520);
  set(pen, "柱形");
}

static void bookmarks(Made *m) {
  static const struct {
    const char *title;
    int level;
    size_t page;
  } rows[] = {{"一、文", 1, 0}, {"1.1 𠮷", 2, 0}, {"二、表", 1, 1}};
  for (size_t i = 0; i < 3; i++)
    *vec_push(a, &m->bookmarks) =
        (Bookmark){str_of(rows[i].title), rows[i].level, rows[i].page, PT(72)};
  *vec_push(a, &m->dests) = (Destination){STR("text"), 0, PT(72), PT(72)};
  *vec_push(a, &m->dests) = (Destination){STR("table"), 1, PT(72), PT(72)};
}

static Made *tables(void) {
  Made *m = made_new();
  Pen pen = {.made = m,
             .x = PT(72),
             .y = PT(100),
             .size = PT(16),
             .role = "song",
             .tag = TAG_H,
             .level = 1,
             .element = 1};
  set(&pen, "目录");
  line_end(&pen, PT(72));
  contents_page(&pen);
  pen.y = PT(100);
  table_pages(&pen);
  shapes(&pen);
  pen.tag = TAG_ARTIFACT;
  pen.element = 0;
  pen.y = PT(800);
  set(&pen, "— 3 —");
  pen.tag = TAG_LI;
  pen.y = PT(600);
  for (int i = 0; i < 2; i++) {
    pen.element = 100 + (uint32_t)i;
    set(&pen, i ? "二、乙" : "一、甲");
    line_end(&pen, PT(72));
  }
  bookmarks(m);
  page_end(m);
  m->list.data[2].number = 7;
  return m;
}

static void test_tables(void) {
  Str one = written(tables(), &tagged, "tables.pdf");
  CHECK(one.len > 0);
  PdfOptions archive = tagged;
  archive.archive = true;
  written(tables(), &archive, "archive-tables.pdf");
  PdfOptions print = tagged;
  print.print = true;
  written(tables(), &print, "print-tables.pdf");
}

// Arrays of a PDF are short: many pages, many rows.
static void test_many(void) {
  Made *m = made_new();
  Pen pen = {
      .made = m, .size = PT(10), .role = "song", .tag = TAG_TD, .table = 1};
  for (int page = 0; page < 1000; page++) {
    pen.y = PT(72);
    for (int row = 0; row < 10; row++) {
      pen.row++;
      pen.element++;
      set(&pen, "一");
      line_end(&pen, PT(72));
    }
    page_end(m);
  }
  written(m, &tagged, "many.pdf");
}

// ---- what tags cost ---------------------------------------------------------

static void set_any(Pen *pen, size_t n, uint32_t *seed) {
  Buf b = buf_new(a);
  for (size_t i = 0; i < n; i++) {
    char utf8[4];
    *seed = *seed * 1664525u + 1013904223u;
    uint32_t r = *seed >> 12; // some characters are much more common
    buf_add(&b, (Str){utf8, utf8_put(utf8, 0x4E00 + r % (r & 1 ? 40 : 700))});
  }
  buf_byte(&b, '\0');
  set(pen, buf_str(&b).data);
}

// A page as reports have them: a heading, paragraphs of four lines, a table of
// seven rows by four cells.
static void report_page(Pen *pen, uint32_t *seed) {
  pen->y = PT(72);
  pen->tag = TAG_H, pen->level = 1, pen->element++;
  set_any(pen, 10, seed);
  line_end(pen, PT(72));
  pen->tag = TAG_P, pen->level = 0;
  for (int i = 0; i < 24; i++) {
    pen->element += i % 4 == 0;
    set_any(pen, 38, seed);
    line_end(pen, PT(72));
  }
  pen->table++;
  for (int i = 0; i < 28; i++) {
    pen->row += i % 4 == 0;
    pen->tag = i < 4 ? TAG_TH : TAG_TD, pen->element++;
    pen->x = PT(72) + i % 4 * PT(100);
    set_any(pen, 5, seed);
    if (i % 4 == 3)
      line_end(pen, PT(72));
  }
  pen->table = pen->row = 0;
  page_end(pen->made);
}

static size_t report_size(bool tags) {
  Made *m = made_new();
  Pen pen = {.made = m, .x = PT(72), .size = PT(10), .role = "plain"};
  PdfOptions options = tagged;
  options.tagged = tags;
  uint32_t seed = 1;
  for (int i = 0; i < 300; i++)
    report_page(&pen, &seed);
  return written(m, &options, tags ? "tags.pdf" : "none.pdf").len;
}

static void test_tag_bytes(void) { // at most 60 % more
  size_t with = report_size(true), without = report_size(false);
  printf("tags: %zu bytes with, %zu without\n", with, without);
  CHECK(without > 100000 && with > without && with < without * 8 / 5);
}

// ---- archive ---------------------------------------------------------------

static void test_archive(void) {
  const PdfOptions options = {
      .tagged = true, .archive = true, .producer = {"jianbao test", 12}};
  Str one = written(hard_text(), &options, "archive.pdf");
  CHECK(str_starts(one, STR("%PDF-1.4\n")));
  const PdfOptions print = {.print = true, .producer = {"jianbao test", 12}};
  written(letter(), &print, "print.pdf");
}

// ---- pictures --------------------------------------------------------------

// A page with the picture on it; says whether it could be written.
static void write_picture(const char *path, bool archive) {
  Made *m = made_new();
  Pen pen = {
      .made = m, .x = PT(72), .y = PT(72), .tag = TAG_FIGURE, .element = 1};
  Mark *mark = mark_add(&pen, MARK_IMAGE);
  mark->w = mark->h = PT(100);
  mark->target = str_of(path);
  mark->text = STR("图样");
  page_end(m);
  PdfOptions options = tagged;
  options.archive = archive;
  const char *name = strrchr(path, '/');
  name = name ? name + 1 : path;
  bool ok = pdf_write(a, d, made_pages(m), &options,
                      str_fmt(a, "%.*s/%s.pdf", STR_ARG(folder), name));
  printf("%s %s\n", name, ok ? "written" : "refused");
  CHECK(ok == (diags_errors(d) == 0));
  d = diags_new(a, LANG_EN);
}

int main(int argc, char **argv) {
  char temp[] = "/tmp/unit_pdf.XXXXXX";
  a = arena_new();
  d = diags_new(a, LANG_EN);
  folder = str_of(argc > 1 ? argv[1] : mkdtemp(temp));
  bool archive = argc > 2 && strcmp(argv[2], "--archive") == 0;
  for (int i = archive ? 3 : 2; i < argc; i++)
    write_picture(argv[i], archive);
  if (argc > 2)
    return check_done();
  test_letter();
  test_hard_text();
  test_archive();
  test_tables();
  test_many();
  test_tag_bytes();
  diags_print(d);
  CHECK(diags_errors(d) == 0);
  arena_free(a);
  return check_done();
}
