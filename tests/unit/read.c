// read: places of characters, growth, dates, what is joined and what is not.
#include "read.h"
#include "check.h"
#include "page_checks.h"

static Arena *a;

static Page *page_of(const char *name, const char *text, size_t n) {
  Diags *d = diags_new(a, LANG_EN);
  Dossier *dossier = dossier_new(a);
  ReadOptions options = {0};
  File *f = file_of(a, str_of(name), (Str){text, n});
  read_page(a, d, dossier, f, &options);
  read_finish(a, d, dossier);
  return dossier->pages.len ? &dossier->pages.data[0] : NULL;
}

static Page *page(const char *text) {
  return page_of("page.txt", text, strlen(text));
}

static const TextBlock *para(const Page *p, size_t article, size_t n) {
  const Article *t = &p->articles.data[article];
  for (size_t i = 0; i < t->blocks.len; i++)
    if (t->blocks.data[i].kind == BLOCK_PARA && n-- == 0)
      return &t->blocks.data[i];
  return NULL;
}

static void test_places(void) {
  const char *text = "# 题\n\n本报讯(记者何雨)全县 12\n\n个驿站,备有热水。\n";
  Page *p = page(text);
  CHECK(p && p->articles.len == 1);
  CHECK(page_broken(a, p) == NULL);
  const TextBlock *b = para(p, 0, 0);
  CHECK(b && str_has(b->text, STR("全县12个驿站")));
  size_t at = str_find(b->text, STR("12"), 0);
  uint32_t source = block_source(b, at);
  CHECK(memcmp(text + source, "12", 2) == 0);
  CHECK(str_is(b->lines, "3 5"));
}

// Every page of nonsense keeps what must hold of every page.
static void test_nonsense(void) {
  static const char *const bits[] = {
      "工会",      "“",         "”",        "(",      ")",
      "。",        ",",         " ",        "\n",     "\n\n",
      "12",        "# ",        "摄",       "本报讯", "……",
      "接1版",     "万",        "\r\n",     "A",      "\t",
      "(上接1版)", "(下转3版)", "他说好。", "(何雨)", "(作者系教师)",
      "来源:",     "供图",      "新华社发", "●",      "【",
      "】",        "记者",      "图/",      "株",     "元/斤"};
  uint32_t seed = 7;
  for (int n = 0; n < 300; n++) {
    Buf b = buf_new(a);
    for (int k = 0; k < 200; k++) {
      seed = seed * 1664525u + 1013904223u;
      buf_add(&b, str_of(bits[(seed >> 16) % (sizeof bits / sizeof *bits)]));
    }
    Str t = buf_str(&b);
    Page *p = page_of("page.txt", t.data, t.len);
    const char *broken = p ? page_broken(a, p) : NULL;
    if (broken)
      printf("%s:\n%.*s\n", broken, STR_ARG(t));
    CHECK(broken == NULL);
  }
}

// What stands behind a jump mark is kept, however short.
static void test_jumps(void) {
  static const char *const lines[][2] = {{"(上接1版)他说好。", "他说好。"},
                                         {"(接1版)大家鼓掌。", "大家鼓掌。"},
                                         {"（上接第1版）渠通了。", "渠通了。"},
                                         {"上接第1版 他说好。", "他说好。"},
                                         {"(紧接2版)通水。", "通水。"}};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    Buf b = buf_new(a);
    buf_fmt(&b,
            "# 新渠通水\n\n本报讯(记者何雨)新渠昨天通水。\n\n%s\n\n"
            "第二天,村里摆了戏台。\n",
            lines[i][0]);
    Str t = buf_str(&b);
    Page *p = page_of("page.txt", t.data, t.len);
    CHECK(page_broken(a, p) == NULL && p->articles.len == 2);
    const TextBlock *first = p->articles.len == 2 ? para(p, 1, 0) : NULL;
    CHECK(first && str_ends(first->text, str_of(lines[i][1])));
  }
}

static void test_dates(void) {
  const char *text = "# 题目在此\n\n本报兰州12月30日讯(记者何雨)签约312人。\n";
  Page *p = page_of("2025-01-02_青禾日报_02版.txt", text, strlen(text));
  CHECK(str_is(p->date, "2025-01-02") && str_is(p->date_from, "name"));
  CHECK(str_is(p->publication, "青禾日报"));
  const TextBlock *b = article_block(&p->articles.data[0], BLOCK_DATELINE);
  CHECK(b && str_is(b->date, "2024-12-30") && str_is(b->place, "兰州"));
  p = page(text);
  CHECK(p->date.len == 0 && p->publication.len == 0);
  b = article_block(&p->articles.data[0], BLOCK_DATELINE);
  CHECK(b && b->date.len == 0);
}

// Memory and work stay in proportion to the page (time is not looked at).
static void test_growth(void) {
  size_t used[2];
  for (int k = 0; k < 2; k++) {
    Arena *mine = arena_new();
    Diags *d = diags_new(mine, LANG_EN);
    Dossier *dossier = dossier_new(mine);
    ReadOptions options = {0};
    Buf b = buf_new(mine);
    for (int i = 0; i < (k ? 8000 : 2000); i++)
      buf_fmt(&b, "第%d号文件提出,要建好第%d个服务站,切实做\n\n", i, i * 7);
    size_t before = arena_used(mine);
    read_page(mine, d, dossier, file_of(mine, STR("p.txt"), buf_str(&b)),
              &options);
    used[k] = arena_used(mine) - before;
    arena_free(mine);
  }
  CHECK(used[1] < used[0] * 6);
}

int main(void) {
  a = arena_new();
  test_places();
  test_nonsense();
  test_jumps();
  test_dates();
  test_growth();
  arena_free(a);
  return check_done();
}
