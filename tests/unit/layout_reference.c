// The reference and the RELAX NG schema of the layout language are what the
// checker's own tables say; every example and stock layout compiles.
// UPDATE=1 rewrites docs/layout.md (below its mark) and layouts/jianbao.rng.
#include "check.h"
#include "dossier.h"
#include "layout-imp.h"
#include <dirent.h>
#include <libxml/relaxng.h>
#include <stdlib.h>

#define MARK "<!-- below: generated from src/layout/*.def -->\n"

static const struct {
  ElementId el;
  const char *text;
} examples[] = {
#define EXAMPLE(id, text) {EL_##id, text},
#include "examples.def"
#undef EXAMPLE
};

static const struct {
  const char *name;
  int least, most;
  const char *en, *zh;
} functions[] = {
#define FUNCTION(name, id, least, most, en, zh) {name, least, most, en, zh},
#include "functions.def"
#undef FUNCTION
};

static const struct {
  const char *name, *base, *css;
} styles[] = {
#define STOCK(name, base, css) {name, base, css},
#include "stock.def"
#undef STOCK
};

static const char dossier_text_small[] =
    "<dossier xmlns='urn:jianbao:dossier' version='1' period='2025-12' "
    "state='draft'><page id='p1' file='a.txt' publication='河湾日报' "
    "date='2025-12-30'><article id='a1' kind='news' topic='组织建设' use='yes' "
    "continues=''><title id='t1'>入会率提高</title><para id='b1' "
    "lines='2-3'>全市会员达3.2万人，入会率达96%。</para>"
    "<figure id='f1' block='b1' quote='入会率达96%' printed='96%' value='96' "
    "unit='%' indicator='入会率' canon='入会率' region='甘肃省/兰州市' "
    "measure='level' period='2025-12' fact='k1' state='auto'/>"
    "<figure id='f2' block='b1' quote='全市会员达3.2万人' printed='3.2万人' "
    "value='32000' unit='人' indicator='会员' region='甘肃省/兰州市' "
    "measure='level' period='../2025-12' fact='k2' state='auto'/>"
    "</article></page></dossier>";

// ---- files -----------------------------------------------------------------

static Str root_folder(Arena *a) {
  Str here = STR(__FILE__);
  size_t end = str_find(here, STR("tests/unit/"), 0);
  return end == 0 ? STR("./") : str_copy(a, str_slice(here, 0, end));
}

static Str read_all(Arena *a, Str path) {
  Diags *d = diags_new(a, LANG_EN);
  File *f = file_load(a, d, path);
  return f ? f->text : STR("");
}

static void write_all(const char *path, Str text) {
  FILE *f = fopen(path, "wb");
  if (f) {
    fwrite(text.data, 1, text.len, f);
    fclose(f);
  }
}

// ---- docs/layout.md
// ----------------------------------------------------------

static Str type_words(ElementId id, const AttrRow *t) {
  if (attr_values(id, t).len)
    return attr_values(id, t);
  switch (t->type) {
  case TYPE_TEXT:
    return STR("文字，可含 {XPath}");
  case TYPE_PLAIN:
    return STR("文字");
  case TYPE_XPATH:
    return STR("XPath");
  case TYPE_ENUM:
    return t->values;
  case TYPE_BOOL:
    return STR("yes no");
  case TYPE_INT:
    return STR("整数，可写作 {XPath}");
  case TYPE_LENGTH:
    return STR("长度");
  case TYPE_COLOUR:
    return STR("颜色");
  case TYPE_STYLE:
    return STR("样式名");
  case TYPE_NUMBER:
    return STR("数");
  case TYPE_FORMAT:
    return STR("图样，如 ,##0.0");
  }
  return STR("");
}

static void doc_attrs(Buf *b, ElementId id) {
  Str list = element_row(id)->attrs;
  if (!list.len)
    return;
  buf_add(b, STR("\n| 属性 | 值 | 说明 |\n|---|---|---|\n"));
  for (Str w = word_next(&list); w.len; w = word_next(&list)) {
    bool must = str_ends(w, STR("!"));
    w.len -= must;
    const AttrRow *t = attr_lookup(w);
    CHECK(t != NULL);
    if (t)
      buf_fmt(b, "| `%.*s`%s | %.*s | %.*s %.*s |\n", STR_ARG(w),
              must ? "（必需）" : "", STR_ARG(type_words(id, t)),
              STR_ARG(t->zh), STR_ARG(t->en));
  }
}

static void doc_element(Buf *b, ElementId id) {
  const ElementRow *e = element_row(id);
  buf_fmt(b, "\n### `%.*s`\n\n%.*s %.*s\n", STR_ARG(e->name), STR_ARG(e->zh),
          STR_ARG(e->en));
  if (e->content.len)
    buf_fmt(b, "\n可含：%.*s\n", STR_ARG(e->content));
  doc_attrs(b, id);
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
    if (examples[i].el == id)
      buf_fmt(b, "\n```xml\n%s\n```\n", examples[i].text);
}

static Str reference(Arena *a) {
  Buf b = buf_new(a);
  buf_add(&b,
          STR(MARK "\n## 元素\n\n`%block` 是成块的内容：段、节、表、图、"
                   "目录等；`%inline` 是段内的文字与元素；`#text` 是文字。\n"));
  for (int i = 0; i < EL_COUNT; i++)
    doc_element(&b, (ElementId)i);
  buf_add(&b, STR("\n## XPath 函数\n\n| 函数 | 说明 |\n|---|---|\n"));
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
    buf_fmt(&b, "| `%s` | %s |\n", functions[i].en, functions[i].zh);
  buf_add(&b, STR("\n## 内置样式\n\n| 样式 | 依据 | 性质 |\n|---|---|---|\n"));
  for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
    buf_fmt(&b, "| `%s` | %s | %s |\n", styles[i].name, styles[i].base,
            styles[i].css);
  return buf_str(&b);
}

// ---- layouts/jianbao.rng
// -------------------------------------------------------

static void rng_value(Buf *b, ElementId id, const AttrRow *t) {
  Str values =
      t->type == TYPE_BOOL ? STR("yes no true false 1 0") : attr_values(id, t);
  if (!values.len) {
    buf_add(b, STR("<text/>"));
    return;
  }
  buf_add(b, STR("<choice>"));
  for (Str w = word_next(&values); w.len; w = word_next(&values))
    buf_fmt(b, "<value>%.*s</value>", STR_ARG(w));
  buf_add(b, STR("</choice>"));
}

static void rng_attrs(Buf *b, ElementId id) {
  Str list = element_row(id)->attrs;
  for (Str w = word_next(&list); w.len; w = word_next(&list)) {
    bool must = str_ends(w, STR("!"));
    w.len -= must;
    const AttrRow *t = attr_lookup(w);
    if (!t)
      continue;
    buf_fmt(b,
            "    %s<attribute name=\"%.*s\"><a:documentation>%.*s"
            "</a:documentation>",
            must ? "" : "<optional>", STR_ARG(w), STR_ARG(t->zh));
    rng_value(b, id, t);
    buf_fmt(b, "</attribute>%s\n", must ? "" : "</optional>");
  }
}

static bool is_control(int id) {
  return id == EL_FOR_EACH || id == EL_IF || id == EL_ELSE;
}

// What may stand inside: the controls and let wherever anything may, since they
// hold what fits around them.
static void rng_content(Buf *b, ElementId id) {
  bool any = element_row(id)->content.len > 0, text = false;
  if (any)
    buf_add(b,
            STR("    <zeroOrMore><choice>\n      <ref name=\"include\"/>\n"));
  for (int c = 0; any && c < EL_COUNT; c++) {
    bool inner = element_allows(id, (ElementId)c) || is_control(c) ||
                 c == EL_LET || c == EL_ASSERT ||
                 (is_control(id) && (c == EL_CELL || c == EL_ITEM));
    if (inner)
      buf_fmt(b, "      <ref name=\"%.*s\"/>\n",
              STR_ARG(element_row((ElementId)c)->name));
  }
  text = element_allows(id, EL_TEXT);
  if (text)
    buf_add(b, STR("      <text/>\n"));
  if (any)
    buf_add(b, STR("    </choice></zeroOrMore>\n"));
  else
    buf_add(b, STR("    <empty/>\n"));
}

static Str schema(Arena *a) {
  Buf b = buf_new(a);
  buf_add(&b, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<!-- RELAX NG of the layout language, generated from the "
                  "checker's tables. -->\n"
                  "<grammar xmlns=\"http://relaxng.org/ns/structure/1.0\"\n"
                  "         xmlns:a=\"http://relaxng.org/ns/compatibility/"
                  "annotations/1.0\"\n"
                  "         ns=\"urn:jianbao:layout\">\n  <start><choice>\n"));
  for (int i = 0; i < EL_COUNT; i++)
    buf_fmt(&b, "    <ref name=\"%.*s\"/>\n",
            STR_ARG(element_row((ElementId)i)->name));
  buf_add(&b, STR("  </choice></start>\n  <define name=\"include\">\n"
                  "    <element name=\"include\" "
                  "ns=\"http://www.w3.org/2001/XInclude\">\n"
                  "      <attribute name=\"href\"/>\n    </element>\n"
                  "  </define>\n"));
  for (int i = 0; i < EL_COUNT; i++) {
    const ElementRow *e = element_row((ElementId)i);
    buf_fmt(&b,
            "  <define name=\"%.*s\"><element name=\"%.*s\">\n"
            "    <a:documentation>%.*s %.*s</a:documentation>\n",
            STR_ARG(e->name), STR_ARG(e->name), STR_ARG(e->zh), STR_ARG(e->en));
    rng_attrs(&b, (ElementId)i);
    rng_content(&b, (ElementId)i);
    buf_add(&b, STR("  </element></define>\n"));
  }
  buf_add(&b, STR("</grammar>\n"));
  return buf_str(&b);
}

// ---- checks
// ------------------------------------------------------------------------

static xmlRelaxNGPtr rng;

static void silent(void *data, const char *text, ...) {
  (void)data, (void)text;
}

static bool valid(Str text) {
  xmlDocPtr doc = xmlReadMemory(text.data, (int)text.len, "x.xml", NULL,
                                XML_PARSE_NOERROR | XML_PARSE_NONET);
  if (!doc)
    return false;
  xmlRelaxNGValidCtxtPtr v = xmlRelaxNGNewValidCtxt(rng);
  xmlRelaxNGSetValidErrors(v, silent, silent, NULL);
  int bad = xmlRelaxNGValidateDoc(v, doc);
  xmlRelaxNGFreeValidCtxt(v);
  xmlFreeDoc(doc);
  return bad == 0;
}

static void open_schema(Str text) {
  xmlRelaxNGParserCtxtPtr p =
      xmlRelaxNGNewMemParserCtxt(text.data, (int)text.len);
  rng = xmlRelaxNGParse(p);
  xmlRelaxNGFreeParserCtxt(p);
  CHECK(rng != NULL);
}

static bool compiles(Str text, const char *name) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  Dossier *dossier = dossier_read(
      a, d,
      file_of(a, STR("d.xml"),
              (Str){dossier_text_small, sizeof dossier_text_small - 1}));
  LayoutOptions none = {.folder = STR(".")};
  Layout *l = layout_parse(a, d, file_of(a, str_of(name), text), &none);
  Document *doc = l && dossier ? layout_bind(a, d, l, dossier) : NULL;
  bool ok = doc && diags_errors(d) == 0;
  if (!ok)
    diags_print(d);
  arena_free(a);
  return ok;
}

static void check_examples(Arena *a) {
  bool shown[EL_COUNT] = {false};
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
    Str whole =
        str_fmt(a, "<briefing xmlns=\"urn:jianbao:layout\">\n%s\n</briefing>\n",
                examples[i].text);
    shown[examples[i].el] = true;
    CHECK(compiles(whole, element_row(examples[i].el)->name.data));
    CHECK(valid(whole));
    CHECK(str_has(whole,
                  str_cat(a, STR("<"), element_row(examples[i].el)->name)));
  }
  for (int i = 0; i < EL_COUNT; i++)
    if (i != EL_IMAGE && !shown[i]) {
      printf("no example of %.*s\n", STR_ARG(element_row((ElementId)i)->name));
      CHECK(shown[i]);
    }
}

// The blocks of the hand-written part are whole layouts.
static void check_tutorial(Arena *a, Str text) {
  Str open = STR("```xml\n");
  size_t n = 0;
  for (size_t i = str_find(text, open, 0); i != SIZE_MAX;
       i = str_find(text, open, i)) {
    i += open.len;
    size_t end = str_find(text, STR("```\n"), i);
    Str block = str_slice(text, i, end);
    if (str_has(block, STR("<briefing"))) {
      CHECK(compiles(str_copy(a, block), "docs/layout.md"));
      CHECK(valid(block));
    }
    n++;
  }
  CHECK(n >= 4);
}

// What an editor that knows the schema underlines.
static void check_refusals(Arena *a) {
  static const char *const wrong[] = {
      "<p>x</p>",
      "<table><tr/></table>",
      "<para align='middle'>x</para>",
      "<section><item>x</item></section>",
      "<table><column head='x' sort='@region'/></table>",
      "<chart kind='row' select='//figure' value='.'/>",
      "<page-master><region name='head'/></page-master>",
      "<value/>",
      "<masthead/>",
      "<section title='x'>text</section>"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    Str whole = str_fmt(
        a, "<briefing xmlns=\"urn:jianbao:layout\">%s</briefing>", wrong[i]);
    bool ok = valid(whole);
    if (ok)
      printf("the schema takes %s\n", wrong[i]);
    CHECK(!ok);
  }
}

static void check_folder(Arena *a, Str folder) {
  DIR *dir = opendir(str_z(a, folder));
  CHECK(dir != NULL);
  for (struct dirent *e; dir && (e = readdir(dir));) {
    Str name = str_of(e->d_name);
    if (!str_ends(name, STR(".xml")))
      continue;
    Str path = str_fmt(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
    bool ok = valid(read_all(a, path));
    if (!ok)
      printf("not valid by the schema: %.*s\n", STR_ARG(path));
    CHECK(ok);
  }
  if (dir)
    closedir(dir);
}

static void compare(Arena *a, const char *name, Str want, bool update) {
  Str path = str_cat(a, root_folder(a), str_of(name));
  if (update)
    write_all(str_z(a, path), want);
  bool same = str_eq(read_all(a, path), want);
  if (!same)
    printf("%s is not what the tables say; UPDATE=1 rewrites it\n", name);
  CHECK(same);
}

int main(void) {
  Arena *a = arena_new();
  bool update = getenv("UPDATE") != NULL;
  Str root = root_folder(a);
  Str page = read_all(a, str_cat(a, root, STR("docs/layout.md")));
  size_t mark = str_find(page, STR(MARK), 0);
  Str head = str_slice(page, 0, mark);
  CHECK(head.len > 0);
  Str text = schema(a);
  open_schema(text);
  check_examples(a);
  check_tutorial(a, head);
  check_refusals(a);
  check_folder(a, str_cat(a, root, STR("layouts")));
  check_folder(a, str_cat(a, root, STR("layouts/parts")));
  compare(a, "layouts/jianbao.rng", text, update);
  compare(a, "docs/layout.md", str_cat(a, head, reference(a)), update);
  xmlRelaxNGFree(rng);
  arena_free(a);
  return check_done();
}
