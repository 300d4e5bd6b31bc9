// extract: numbers there and back in every written form, places that point at
// the printed number, and hostile text in bounded time. JIANBAO_ROUNDS=1000000
// tries a million numbers.
#include "extract.h"
#include "check.h"
#include <stdlib.h>
#include <time.h>

static Dossier *dossier_of(Arena *a, Str text, File *f) {
  Dossier *dossier = dossier_new(a);
  Page *page = vec_push(a, &dossier->pages);
  *page = (Page){.id = STR("p1"), .date = STR("2025-12-30"), .source = f};
  Article *article = vec_push(a, &page->articles);
  *article = (Article){.id = STR("p1a1"), .kind = STR("news")};
  TextBlock *b = vec_push(a, &article->blocks);
  *b = (TextBlock){.kind = BLOCK_PARA, .id = STR("p1a1t1"), .text = text};
  TextRun *run = NEW(a, TextRun);
  b->runs = run;
  b->n_runs = f != NULL;
  extract_figures(a, diags_new(a, LANG_EN), dossier, NULL);
  return dossier;
}

static const Article *article_of(const Dossier *dossier) {
  return &dossier->pages.data[0].articles.data[0];
}

// ---- numbers ----

static const char *const digits[] = {"零", "一", "二", "三", "四",
                                     "五", "六", "七", "八", "九"};
static const char *const formal[] = {"零", "壹", "贰", "叁", "肆",
                                     "伍", "陆", "柒", "捌", "玖"};

// n below ten thousand, in words.
static void put_section(Buf *b, unsigned n, const char *const *words,
                        const char *const *scales) {
  static const unsigned ten[] = {1, 10, 100, 1000};
  bool zero = false, begun = false;
  for (int k = 3; k >= 0; k--) {
    unsigned d = n / ten[k] % 10;
    if (!d) {
      zero = begun;
      continue;
    }
    if (zero)
      buf_add(b, STR("零"));
    buf_add(b, str_of(words[d]));
    buf_add(b, str_of(scales[k]));
    zero = false;
    begun = true;
  }
}

static void put_words(Buf *b, uint64_t n, bool financial) {
  static const char *const plain[] = {"", "十", "百", "千"};
  static const char *const money[] = {"", "拾", "佰", "仟"};
  const char *const *words = financial ? formal : digits;
  const char *const *scales = financial ? money : plain;
  static const char *const groups[] = {"", "万", "亿"};
  bool begun = false;
  for (int g = 2; g >= 0; g--) {
    unsigned part = (unsigned)(n /
                               (g == 2   ? 100000000u
                                : g == 1 ? 10000u
                                         : 1u) %
                               10000);
    if (!part)
      continue;
    if (begun && part < 1000)
      buf_add(b, STR("零"));
    put_section(b, part, words, scales);
    buf_add(b, str_of(groups[g]));
    begun = true;
  }
}

static void put_commas(Buf *b, uint64_t n) {
  if (n >= 1000) {
    put_commas(b, n / 1000);
    buf_fmt(b, ",%03u", (unsigned)(n % 1000));
  } else {
    buf_fmt(b, "%u", (unsigned)n);
  }
}

static void put_wide(Buf *b, uint64_t n) {
  if (n >= 10)
    put_wide(b, n / 10);
  buf_char(b, 0xFF10 + (uint32_t)(n % 10));
}

static Str written(Arena *a, uint64_t n, int form) {
  Buf b = buf_new(a);
  buf_add(&b, STR("全县共发放物资"));
  switch (form) {
  case 0:
    buf_fmt(&b, "%llu", (unsigned long long)n);
    break;
  case 1:
    put_commas(&b, n);
    break;
  case 2:
    put_wide(&b, n);
    break;
  case 3:
    put_words(&b, n, false);
    break;
  default:
    put_words(&b, n, true);
    break;
  }
  buf_add(&b, STR("件。"));
  return buf_str(&b);
}

static uint32_t seed = 7;

static uint32_t dice(void) {
  seed = seed * 1664525u + 1013904223u;
  return seed >> 4;
}

static void test_round_trip(int times) {
  int wrong = 0;
  for (int i = 0; i < times; i++) {
    Arena *a = arena_new();
    static const uint64_t bounds[] = {100, 10000, 1000000, 100000000,
                                      1000000000000};
    uint64_t big = (uint64_t)dice() << 20 ^ dice();
    uint64_t n = big % bounds[i % 5] + 2;
    Str text = written(a, n, i / 5 % 5);
    const Article *article = article_of(dossier_of(a, text, NULL));
    Str want = str_int(a, (long long)n);
    bool same = article->figures.len == 1 &&
                str_eq(article->figures.data[0].value, want);
    if (!same && wrong++ < 5)
      printf("%.*s: want %.*s, got %zu: %.*s\n", STR_ARG(text), STR_ARG(want),
             article->figures.len,
             STR_ARG(article->figures.len ? article->figures.data[0].value
                                          : STR_NONE));
    arena_free(a);
  }
  CHECK(wrong == 0);
}

// 4.27万家 → 42700, for random decimals and scales.
static void test_scaled(void) {
  int wrong = 0;
  for (int i = 0; i < 1000; i++) {
    Arena *a = arena_new();
    unsigned whole = dice() % 9000 + 1, part = dice() % 99 + 1;
    bool yi = i % 2;
    Str text =
        str_fmt(a, "投入资金%u.%02u%s元。", whole, part, yi ? "亿" : "万");
    uint64_t n = ((uint64_t)whole * 100 + part) * (yi ? 1000000u : 100u);
    const Article *article = article_of(dossier_of(a, text, NULL));
    wrong += article->figures.len != 1 ||
             !str_eq(article->figures.data[0].value, str_int(a, (long long)n));
    arena_free(a);
  }
  CHECK(wrong == 0);
}

// ---- places ----

static void test_places(void) {
  Arena *a = arena_new();
  Str text =
      STR("市总工会新建驿站４２座，覆盖率由61%提高到88%，慰问近万名职工，"
          "发放“暖心包”1.2万份。");
  File *f = file_of(a, STR("page.txt"), text);
  file_decode(a, diags_new(a, LANG_EN), f, STR(""));
  const Article *article = article_of(dossier_of(a, text, f));
  CHECK(article->figures.len == 4);
  for (size_t i = 0; i < article->figures.len; i++) {
    const Figure *figure = &article->figures.data[i];
    CHECK(figure->n_places == 1);
    Str there =
        str_slice(f->raw, figure->places[0].begin, figure->places[0].end);
    CHECK(str_eq(there, figure->printed));
    CHECK(str_has(text, figure->quote));
  }
  arena_free(a);
}

// Ids do not change when other sentences of the page do.
static void test_ids(void) {
  Arena *a = arena_new();
  const Article *x = article_of(
      dossier_of(a, STR("新建驿站42座。慰问职工300人。慰问职工300人。"), NULL));
  const Article *y = article_of(dossier_of(
      a, STR("今天晴。新建驿站43座。慰问职工300人。慰问职工300人。"), NULL));
  CHECK(x->figures.len == 3 && y->figures.len == 3);
  CHECK(!str_eq(x->figures.data[0].id, y->figures.data[0].id));
  CHECK(str_eq(x->figures.data[1].id, y->figures.data[1].id));
  CHECK(str_eq(x->figures.data[2].id, y->figures.data[2].id));
  CHECK(!str_eq(x->figures.data[1].id, x->figures.data[2].id));
  CHECK(str_eq(x->figures.data[1].fact, x->figures.data[2].fact));
  arena_free(a);
}

// One number of two years is two facts.
static void test_facts(void) {
  Arena *a = arena_new();
  const Article *x = article_of(
      dossier_of(a,
                 STR("2023年11月底，全县有会员单位120家。2025年11月底，全县有"
                     "会员单位120家。2025年12月，全县会员单位120家。"),
                 NULL));
  CHECK(x->figures.len == 3);
  CHECK(str_is(x->figures.data[0].period, "../2023-11"));
  CHECK(!str_eq(x->figures.data[0].fact, x->figures.data[1].fact));
  CHECK(str_eq(x->figures.data[1].fact, x->figures.data[2].fact));
  arena_free(a);
}

// 3家 of two things are two facts, of one thing one.
static void test_few(void) {
  Arena *a = arena_new();
  const Article *x = article_of(dossier_of(
      a, STR("全县建成书屋3家。全县建成书屋附属茶座3家。全县书屋3家。"), NULL));
  CHECK(x->figures.len == 3);
  CHECK(!str_eq(x->figures.data[0].fact, x->figures.data[1].fact));
  CHECK(str_eq(x->figures.data[0].fact, x->figures.data[2].fact));
  arena_free(a);
}

// ---- hostile text ----

static double seconds(const char *piece, size_t bytes, const char *head) {
  Arena *a = arena_new();
  Buf b = buf_new(a);
  buf_add(&b, str_of(head));
  while (b.len < bytes)
    buf_add(&b, str_of(piece));
  clock_t begin = clock();
  dossier_of(a, buf_str(&b), NULL);
  double took = (double)(clock() - begin) / CLOCKS_PER_SEC;
  arena_free(a);
  return took;
}

// Four times the text takes not much more than four times as long.
static void linear(const char *piece, const char *head) {
  double one = seconds(piece, 12000, head);
  double four = seconds(piece, 48000, head);
  if (four > 10 * one + 0.2)
    printf("%s: %.3f s, then %.3f s\n", piece, one, four);
  CHECK(four <= 10 * one + 0.2);
}

static void test_hostile(void) {
  static const char *const pieces[] = {"1",
                                       "（",
                                       "）",
                                       "“",
                                       "12个、",
                                       "万",
                                       "一二三十百万亿",
                                       "2024年",
                                       "新建12个，",
                                       "兰州市、",
                                       "其中3人",
                                       "由1%到2%",
                                       "\xEF\xBF\xBD",
                                       "第",
                                       "比上年增长3%",
                                       "每",
                                       "5.5.5",
                                       "各5个和",
                                       "\n",
                                       "截至2025年12月"};
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
    linear(pieces[i], "");
  linear("12人、", "甲、乙、丙的入会人数分别达到");
}

int main(void) {
  const char *rounds = getenv("JIANBAO_ROUNDS");
  test_round_trip(rounds ? (int)strtol(rounds, NULL, 10) : 2000);
  test_scaled();
  test_places();
  test_ids();
  test_facts();
  test_few();
  test_hostile();
  return check_done();
}
