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
  FontOptions options = {0};
  m->pages.doc = &m->doc;
  m->pages.fonts = fontset_open(a, d, &m->doc, &options);
  return m;
}

static void page_end(Made *m) {
  PageMarks *p = vec_push(a, &m->list);
  *p = (PageMarks){m->marks.data, m->marks.len, (int)m->list.len, true};
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
              .tag_level = pen->level,
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

static void test_letter(void) {
  Str one = written(letter(), &tagged, "letter.pdf");
  CHECK(str_starts(one, STR("%PDF-1.7\n")));
  CHECK(str_ends(one, STR("%%EOF\n")));
  Str two = written(letter(), &tagged, "again.pdf");
  CHECK(str_eq(one, two));
  Str bare = written(letter(), &plain, "plain.pdf");
  CHECK(bare.len < one.len);
}

int main(int argc, char **argv) {
  char temp[] = "/tmp/unit_pdf.XXXXXX";
  a = arena_new();
  d = diags_new(a, LANG_EN);
  folder = str_of(argc > 1 ? argv[1] : mkdtemp(temp));
  test_letter();
  diags_print(d);
  CHECK(diags_errors(d) == 0);
  arena_free(a);
  return check_done();
}
