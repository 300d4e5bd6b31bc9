// base: arenas, text, places, output, XML positions.
#include "base.h"
#include "check.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena *a;
static Diags *d;

static void test_arena(void) {
  unsigned char *p = arena_alloc(a, 100);
  for (size_t i = 0; i < 100; i++)
    CHECK(p[i] == 0);
  VEC(int) v = {0};
  for (int i = 0; i < 1000; i++)
    *vec_push(a, &v) = i;
  CHECK(v.len == 1000 && v.data[0] == 0 && v.data[999] == 999);
  CHECK(arena_alloc(a, 0) != NULL);
}

static int closed;
static void close_it(void *p) {
  closed = closed * 10 + *(int *)p;
}

static void test_defer(void) {
  static int one = 1, two = 2;
  Arena *b = arena_new();
  arena_defer(b, close_it, &one);
  arena_defer(b, close_it, &two);
  arena_free(b);
  CHECK(closed == 21);
}

static void test_utf8(void) {
  Str s = STR("a工𠮷\xE5\xB7");
  size_t i = 0;
  CHECK(utf8_next(s, &i) == 'a' && i == 1);
  CHECK(utf8_next(s, &i) == 0x5DE5 && i == 4);
  CHECK(utf8_next(s, &i) == 0x20BB7 && i == 8);
  CHECK(utf8_next(s, &i) == 0xFFFD && i == 9); // cut: one byte at a time
  i = 8;
  CHECK(utf8_prev(s, &i) == 0x20BB7 && i == 4);
  CHECK(!utf8_valid(s) && utf8_valid(str_slice(s, 0, 8)));
  CHECK(str_is(str_head(STR("工会"), 5), "工") && str_head(s, 99).len == s.len);
  CHECK(!utf8_valid(STR("\xC0\x80")) && !utf8_valid(STR("\xED\xA0\x80")));
  CHECK(utf8_valid(STR("\xEF\xBF\xBD"))); // a real U+FFFD
  CHECK(utf8_count(STR("数字12")) == 4);
}

static void test_sha256(void) {
  CHECK(str_is(
      sha256_hex(a, STR("")),
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  CHECK(str_is(
      sha256_hex(a, STR("abc")),
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  Buf many = buf_new(a), all = buf_new(a); // of 0 to 199 letters
  for (int n = 0; n < 200; n++, buf_byte(&many, 'a'))
    buf_add(&all, sha256_hex(a, buf_str(&many)));
  CHECK(str_is(
      sha256_hex(a, buf_str(&all)),
      "019f2b9f1af27a53a1f046da7e98af2c179f431e4b5bebb000e74040917a4123"));
}

// Every character comes back as it went in.
static void test_utf8_round_trip(void) {
  bool same = true;
  for (uint32_t c = 0; c <= 0x10FFFF; c++) {
    if (c >= 0xD800 && c < 0xE000)
      continue;
    char t[4];
    Str s = {t, utf8_put(t, c)};
    size_t i = 0, j = s.len;
    same = same && utf8_next(s, &i) == c && i == s.len &&
           utf8_prev(s, &j) == c && j == 0;
  }
  CHECK(same);
}

static void test_str(void) {
  CHECK(str_eq(str_trim(STR(" \t　全总　 \n")), STR("全总")));
  CHECK(str_eq(str_trim(STR("　 ")), STR("")));
  CHECK(str_find(STR("abcabc"), STR("ca"), 0) == 2);
  CHECK(str_find(STR("abcabc"), STR("abc"), 1) == 3);
  CHECK(str_find(STR("abc"), STR("abcd"), 0) == SIZE_MAX);
  CHECK(str_starts(STR("简报"), STR("简")) && str_ends(STR("简报"), STR("报")));
  CHECK(str_cmp(STR("ab"), STR("abc")) < 0 && str_cmp(STR("b"), STR("a")) > 0);
  CHECK(str_is(str_fmt(a, "%d-%s", 7, "x"), "7-x"));
}

static void test_nearest(void) {
  const Str all[] = {STR("table"), STR("column"), STR("title")};
  CHECK(str_is(str_nearest(STR("colunm"), all, 3), "column"));
  CHECK(str_is(str_nearest(STR("tabel"), all, 3), "table"));
  CHECK(!str_nearest(STR("chapter"), all, 3).data);
  CHECK(!str_nearest(STR("x"), all, 3).data);
  const Str names[] = {STR("组织建设"), STR("服务职工"), STR("发文单位")};
  CHECK(str_is(str_nearest(STR("组织建没"), names, 3), "组织建设"));
  CHECK(str_is(str_nearest(STR("服职务工"), names, 3), "服务职工"));
  CHECK(str_is(str_nearest(STR("发文单"), names, 3), "发文单位"));
  CHECK(!str_nearest(STR("宣传文化"), names, 3).data);
}

static void test_map(void) {
  Map *m = map_new(a);
  for (int i = 0; i < 500; i++)
    map_put(m, str_int(a, i), str_z(a, str_int(a, i * 2)));
  bool all = true;
  for (int i = 0; i < 500; i++)
    all =
        all && str_eq(str_of(map_lookup(m, str_int(a, i))), str_int(a, i * 2));
  CHECK(all && !map_lookup(m, STR("500")));
}

static void test_lines(void) {
  File *f = file_of(a, STR("x"), STR("\xEF\xBB\xBF一\n二三\n"));
  CHECK(f->lines == 3 && file_line(f, 0) == 1);
  CHECK(file_line(f, 7) == 2 && file_column(f, 7) == 2);
  CHECK(file_raw(f, 0) == 3); // behind the BOM
}

static void test_fold(void) {
  Folded f = text_fold(a, STR("１２，Ａ㎡ ﬁ工"));
  CHECK(str_is(f.text, "12,Am2 fi工"));
  CHECK(f.at[0] == 0 && f.at[1] == 3 && f.at[f.text.len] == 22);
  CHECK(f.at[4] == 12 && f.at[5] == 12); // both come from ㎡
}

static void test_decode_gb(void) {
  // 工会 in GB18030
  File *f = file_of(a, STR("x"), STR("a\xB9\xA4\xBB\xE1"));
  CHECK(file_decode(a, d, f, STR("GB18030")));
  CHECK(str_is(f->text, "a工会"));
  CHECK(file_raw(f, 1) == 1 && file_raw(f, 4) == 3 && file_raw(f, 7) == 5);
}

// Neither is named: the bytes tell.
static void test_detect(void) {
  static const char gb[] =
      "\xC8\xAB\xCF\xD8\xBD\xF1\xC4\xEA\xD0\xC2\xBD\xA8\xE6\xE4\xD5\xBE"
      "\xCA\xAE\xB6\xFE\xD7\xF9\xA3\xAC\xB7\xFE\xCE\xF1\xD6\xB0\xB9\xA4"
      "\xC8\xFD\xC7\xA7\xC8\xCB\xB4\xCE\xA1\xA3";
  static const char big5[] =
      "\xA5\xFE\xBF\xA4\xA4\xB5\xA6\x7E\xB7\x73\xAB\xD8\xC5\xE6\xAF\xB8"
      "\xA4\x51\xA4\x47\xAE\x79\xA1\x41\xAA\x41\xB0\xC8\xC2\xBE\xA4\x75"
      "\xA4\x54\xA4\x64\xA4\x48\xA6\xB8\xA1\x41\xB7\x7C\xAD\xFB\xA4\x4A"
      "\xB7\x7C\xB2\x76\xB4\xA3\xB0\xAA\xA8\xEC\xA6\xCA\xA4\xC0\xA4\xA7"
      "\xA4\x45\xA4\x51\xA1\x41\xA4\xF1\xA5\x68\xA6\x7E\xA6\x50\xB4\xC1"
      "\xBC\x57\xA5\x5B\xA4\x46\xA4\xAD\xAD\xD3\xA6\xCA\xA4\xC0\xC2\x49"
      "\xA1\x43";
  File *f = file_of(a, STR("x"), str_of(gb));
  CHECK(file_decode(a, d, f, STR("")) && str_is(f->encoding, "GB18030"));
  CHECK(str_is(f->text, "全县今年新建驿站十二座，服务职工三千人次。"));
  f = file_of(a, STR("x"), str_of(big5));
  CHECK(file_decode(a, d, f, STR("")) && str_is(f->encoding, "Big5"));
  CHECK(str_starts(f->text, STR("全縣今年新建驛站")));
}

static const char sample[] =
    "<?xml version=\"1.0\"?>\n<报 xmlns=\"u:x\" 名='甲 乙'>\n"
    "  <a b=\"1\"  c = '2'/>文字<a/></报>\n";

static void test_xml(void) {
  File *f = file_of(a, STR("x.xml"), str_of(sample));
  XmlNode *n = xml_parse(a, d, f);
  CHECK(n && str_is(xml_name(n), "报") && str_is(xml_ns(n), "u:x"));
  CHECK(str_is(xml_attr(n, "名"), "甲 乙"));
  Span at = xml_attr_span(n, "名");
  CHECK(str_is(str_slice(f->text, at.begin, at.end), "甲 乙"));
  XmlNode *c = xml_child(n, "a");
  at = xml_attr_at(c, 1).value_at;
  CHECK(str_is(str_slice(f->text, at.begin, at.end), "2"));
  at = xml_span(c);
  CHECK(file_line(f, at.begin) == 3 && file_column(f, at.begin) == 4);
  CHECK(str_is(str_slice(f->text, at.begin, at.end), "a"));
  CHECK(xml_attr(c, "d").data == NULL && xml_attrs(c) == 2);
}

// What a reader is told: (name attr=value text) with ~ before text that is
// no slice of the file.
typedef struct {
  const File *file;
  Buf out;
} Told;

static void told_begin(void *ctx, const XmlElement *e) {
  Told *t = ctx;
  buf_fmt(&t->out, "(%.*s", STR_ARG(e->name));
  for (size_t i = 0; i < e->n_attrs; i++)
    buf_fmt(&t->out, " %.*s=%.*s@%u", STR_ARG(e->attrs[i].name),
            STR_ARG(e->attrs[i].value), (unsigned)e->attrs[i].value_at.begin);
  buf_byte(&t->out, ' ');
}

static void told_text(void *ctx, Str text, Span at) {
  Told *t = ctx;
  Str all = t->file->text;
  bool slice = text.data >= all.data && text.data <= all.data + all.len;
  buf_fmt(&t->out, "%s[%.*s]@%u-%u", slice ? "" : "~", STR_ARG(text),
          (unsigned)at.begin, (unsigned)at.end);
}

static void told_end(void *ctx) {
  buf_byte(&((Told *)ctx)->out, ')');
}

static Str told(const char *text) {
  Told t = {file_of(a, STR("x.xml"), str_of(text)), buf_new(a)};
  XmlReader r = {&t, told_begin, told_text, told_end};
  return xml_scan(a, diags_new(a, LANG_EN), t.file, &r) ? buf_str(&t.out)
                                                        : STR("refused");
}

static void test_xml_scan(void) {
  CHECK(str_is(told("<a b='1'>x<c/>y</a>"), "(a b=1@6 [x]@9-10(c )[y]@14-15)"));
  CHECK(str_is(told("<a b='&lt;甲'>x&amp;y</a>"), "(a b=<甲@6 ~[x&y]@15-22)"));
  CHECK(str_is(told("<a>x<!-- n -->y</a>"), "(a [x]@3-4[y]@14-15)"));
  CHECK(str_is(told("<a xmlns='u' c='\n'><![CDATA[x<]]></a>"),
               "(a c= @16 ~[x<]@19-19)"));
  CHECK(str_is(told("<a>x"), "refused"));
  CHECK(str_is(told("<!DOCTYPE a><a/>"), "refused"));
}

// The quick reader says what libxml2 says, or leaves the file to it: a mark
// behind the root sends the whole file there.
static bool same_told(const char *text) {
  Arena *outer = a;
  a = arena_new();
  Str quick = told(text);
  Str slow = told(str_z(a, str_cat(a, str_of(text), STR("<?end?>"))));
  bool same = str_eq(quick, slow);
  if (!same)
    printf("%s\n quick %.*s\n slow  %.*s\n", text, STR_ARG(quick),
           STR_ARG(slow));
  arena_free(a);
  a = outer;
  return same;
}

static void test_xml_plain(void) {
  static const char *const seeds[] = {
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a -->\n<a xmlns='u:x' "
      "b=\"1\"><p c='&lt;甲&gt;'>乙 &amp; 丙</p><!--x--><q:r xmlns:q='urn:q'/>"
      "</a>\n",
      "<a><b>]]</b><c d='x' e=\"y'z\">1 &lt; 2</c><b/>\xEF\xBC\x8C</a>",
      "<a xmlns='u:x'><b xmlns='u:y'><c/></b><c xmlns='u:z'>x</c><d/></a>",
  };
  static const char signs[] = "<>/='\"& \n!-[]?:;ax1\t\r\x01\xEF\xBF";
  uint32_t seed = 1;
  size_t wrong = 0;
  for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++)
    for (int round = 0; round < 3000; round++) {
      char *z = str_z(a, str_of(seeds[i]));
      for (int k = round % 4; k > 0; k--) {
        seed = seed * 1664525 + 1013904223;
        size_t at = (seed >> 8) % strlen(z);
        if (seed >> 30 == 0)
          memmove(z + at, z + at + 1, strlen(z + at));
        else
          z[at] = signs[(seed >> 4) % (sizeof signs - 1)];
      }
      wrong += !same_told(z);
    }
  CHECK(wrong == 0);
}

static bool refused(const char *text) {
  Diags *mine = diags_new(a, LANG_EN);
  XmlNode *n = xml_parse(a, mine, file_of(a, STR("x.xml"), str_of(text)));
  return !n && diags_errors(mine) == 1;
}

static void test_xml_refusals(void) {
  CHECK(refused(""));
  CHECK(refused("<a>"));
  CHECK(refused("<a b=1/>"));
  CHECK(refused("<!DOCTYPE a><a/>"));
  CHECK(refused("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"));
  CHECK(refused("<a>&x;</a>"));
  CHECK(refused("<?xml version='1.0' encoding='GBK'?><a/>"));
  CHECK(refused("<a>\xB9\xA4</a>"));
  Buf deep = buf_new(a);
  for (int i = 0; i <= XML_DEPTH_MAX; i++)
    buf_add(&deep, STR("<a>"));
  buf_byte(&deep, 0);
  CHECK(refused(deep.data));
}

static Str slurp(const char *path) {
  File *f = file_load(a, d, str_of(path));
  return f ? f->raw : STR_NONE;
}

static void test_out(const char *dir) {
  Str path = str_fmt(a, "%s/out", dir), link = str_fmt(a, "%s/link", dir);
  Out *o = out_open(a, d, path);
  CHECK(o && out_write(o, STR("old")) && out_commit(o));
  CHECK(symlink("out", link.data) == 0);
  o = out_open(a, d, link);
  CHECK(o && out_write(o, STR("new")));
  CHECK(str_is(slurp(path.data), "old")); // nothing before the commit
  CHECK(out_commit(o) && str_is(slurp(path.data), "new"));
  struct stat st;
  CHECK(lstat(link.data, &st) == 0 && S_ISLNK(st.st_mode));
  o = out_open(a, d, path);
  out_write(o, STR("gone"));
  out_abort(o);
  CHECK(str_is(slurp(path.data), "new"));
}

static void test_out_failures(const char *dir) {
  Diags *mine = diags_new(a, LANG_EN);
  CHECK(!out_open(a, mine, str_fmt(a, "%s/no/such/folder", dir)));
  CHECK(!out_open(a, mine, str_of(dir)));
  Out *o = out_open(a, mine, STR("/dev/full"));
  if (o) {
    bool ok = out_write(o, STR("x"));
    CHECK(!(out_commit(o) && ok));
  }
  CHECK(diags_exit(mine, false) == 3);
}

static void test_exit_codes(void) {
  Diags *mine = diags_new(a, LANG_EN);
  CHECK(diags_exit(mine, true) == 0);
  diag_file(mine, D_PAGE_EMPTY, STR("x"), STR(""));
  CHECK(diags_exit(mine, false) == 0 && diags_exit(mine, true) == 1);
  diag_file(mine, D_FILE_MISSING, STR("x"), STR(""));
  CHECK(diags_exit(mine, false) == 1);
}

// More than libxml2's own limit of 10 MB: a dossier of some hundred pages.
static void test_xml_large(void) {
  Buf b = buf_new(a);
  buf_add(&b, STR("<d>\n"));
  while (b.len < 11 << 20)
    buf_add(&b, STR("  <para id='p' lines='14-16'>全省新建工会驿站</para>\n"));
  buf_add(&b, STR("</d>\n"));
  CHECK(xml_parse(a, d, file_of(a, STR("x.xml"), buf_str(&b))) != NULL);
}

int main(void) {
  a = arena_new();
  d = diags_new(a, LANG_EN);
  char dir[] = "/tmp/jianbao-base-XXXXXX";
  CHECK(mkdtemp(dir));
  test_arena();
  test_defer();
  test_utf8();
  test_sha256();
  test_utf8_round_trip();
  test_str();
  test_nearest();
  test_map();
  test_lines();
  test_fold();
  test_decode_gb();
  test_detect();
  test_xml();
  test_xml_scan();
  test_xml_plain();
  test_xml_refusals();
  test_xml_large();
  test_out(dir);
  test_out_failures(dir);
  test_exit_codes();
  CHECK(diags_errors(d) == 0);
  unlink(str_z(a, str_fmt(a, "%s/link", dir)));
  unlink(str_z(a, str_fmt(a, "%s/out", dir)));
  CHECK(rmdir(dir) == 0); // no temporary file is left
  arena_free(a);
  return check_done();
}
