// typeset: whole paragraphs: text out is text in, hostile text, breaks as
// UAX #14 has them, every pair of classes at every measure.
#include "line_checks.h"
#include <stdlib.h>
#include <time.h>
#include <unicode/uchar.h>

#ifdef JIANBAO_TIGHT_ARENA // one malloc an allocation: slow
#define MILLION 100000
#else
#define MILLION 1000000
#endif

// ---- text ------------------------------------------------------------------

static void test_copied_text(void) {
  holds("工会 工作 Work 简报 2025 年", EM * 6);
  holds("𠮷野家在北京⼈人", EM * 5);
  holds("王力宏——歌手……好“的”", EM * 6);
  holds("\xE2\x80\x8B工会\xE2\x80\x8B工作 \xE2\x80\x8B简报\xEF\xB8\x8F",
        EM * 5);
  Lines l = set("a\nb\x01"
                "c",
                EM * 20);
  Row r = row_of(&l.lines[0]);
  CHECK(str_is((Str){r.text, r.len}, "a bc"));
}

static void test_missing_character(void) {
  size_t before = diags_errors(d);
  set("工\xF3\xB0\x80\x80会", EM * 20); // private use
  CHECK(diags_errors(d) == before + 1);
}

static void test_right_to_left_warns(void) {
  size_t before = diags_count(d, LEVEL_WARNING);
  set("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", EM * 20);
  CHECK(diags_count(d, LEVEL_WARNING) == before + 1);
}

static double set_seconds(size_t chars) {
  Buf b = buf_new(a);
  while (b.len < chars * 3)
    buf_add(&b, str_of(news));
  Inline run = {.text = buf_str(&b)};
  clock_t begin = clock();
  Lines l = set_runs(&run, 1, EM * 28);
  CHECK(l.n > chars / 29);
  return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

static void test_long_paragraph_linear(void) {
  set_seconds(MILLION / 10);
  double small = set_seconds(MILLION / 10), large = set_seconds(MILLION);
  printf("%d characters: %.3f s; a tenth: %.3f s\n", MILLION, large, small);
  CHECK(large < 25 * small + 0.5);
}

// A million characters that draw nothing, or next to nothing, end in time.
static void test_hostile_paragraphs(void) {
  static const char *const odd[] = {
      "\xE2\x80\x8B", " ", "。", "(", "1", "a", "工"};
  for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
    Arena *one = arena_new();
    Buf b = buf_new(one);
    for (int k = 0; k < MILLION / 5; k++)
      buf_add(&b, str_of(odd[i]));
    Inline run = {.text = buf_str(&b)};
    Style tiny = body;
    tiny.size = i == 6 ? 1 : EM;
    Para p = {&tiny, &run, 1};
    Setter s = setter;
    s.arena = one;
    s.diags = diags_new(one, LANG_EN);
    clock_t begin = clock();
    para_set(&s, &p, EM * 20, TAG_P, 0);
    double took = (double)(clock() - begin) / CLOCKS_PER_SEC;
    if (took > 2)
      printf("'%s' %.2f s\n", odd[i], took);
    CHECK(took < 10);
    arena_free(one);
  }
}

static void test_narrow_and_long(void) {
  for (Len m = 1; m < EM * 3; m += EM / 7) {
    Lines l = set(news, m);
    CHECK(l.n > 20 || m > EM * 2);
  }
  Lines word = set("pneumonoultramicroscopicsilicovolcanoconiosis", EM * 6);
  for (size_t i = 0; i < word.n; i++)
    CHECK(row_of(&word.lines[i]).right <= EM * 6);
  Lines none = set("", EM * 10);
  CHECK(none.n == 1 && none.lines[0].n_marks == 0);
}

// ---- UAX #14 ---------------------------------------------------------------

// "÷ 0041 × 0308 ÷": code points with marks between them.
static size_t break_row(const char *p, uint16_t *text, uint8_t *want) {
  size_t n = 0;
  while (*p && *p != '#' && n < 190) {
    if (strncmp(p, "÷", 2) == 0 || strncmp(p, "×", 2) == 0) {
      want[n] = strncmp(p, "÷", 2) == 0;
      p += 2;
    } else if (*p == ' ' || *p == '\t' || *p == '\n') {
      p++;
    } else {
      char *end;
      unsigned long c = strtoul(p, &end, 16);
      if (end == p)
        return 0;
      p = end;
      if (c >= 0x10000) {
        text[n++] = (uint16_t)(0xD7C0 + (c >> 10));
        want[n] = 0;
        c = 0xDC00 + (c & 0x3FF);
      }
      text[n++] = (uint16_t)c;
    }
  }
  return n;
}

static int class_before(const uint16_t *text, size_t *i) {
  int c = -1;
  while (*i > 0) {
    c = u_getIntPropertyValue(text[--*i], UCHAR_LINE_BREAK);
    if (c != U_LB_COMBINING_MARK && c != U_LB_ZWJ)
      break;
  }
  return c;
}

// ICU itself tailors twice, as later versions of UAX #14 do: a hyphen that
// begins a word stays with it (LB20a), a point before a digit with the digit
// (LB15c, LB25).
static bool icu_tailors(const uint16_t *text, size_t i) {
  int q = u_getIntPropertyValue(text[i], UCHAR_LINE_BREAK);
  int p = class_before(text, &i);
  bool letter = q == U_LB_ALPHABETIC || q == U_LB_AMBIGUOUS ||
                q == U_LB_COMPLEX_CONTEXT || q == U_LB_UNKNOWN ||
                q == U_LB_SURROGATE;
  bool point = p == U_LB_SPACE && q == U_LB_INFIX_NUMERIC;
  return (p == U_LB_HYPHEN && letter) || point ||
         (p == U_LB_INFIX_NUMERIC && q == U_LB_NUMERIC);
}

static void break_line(const char *row, size_t *tried, size_t *wrong) {
  uint16_t text[200];
  uint8_t want[200] = {0}, got[200] = {0};
  size_t n = break_row(row, text, want);
  if (n == 0)
    return;
  break_plain(fonts, text, n, got);
  ++*tried;
  for (size_t i = 1; i < n; i++)
    if (want[i] != got[i] && !icu_tailors(text, i)) {
      ++*wrong;
      printf("LineBreakTest: at %zu: %s", i, row);
    }
}

static void test_line_break_test(void) {
  const char *path = "/usr/share/unicode/auxiliary/LineBreakTest.txt";
  FILE *f = fopen(path, "r");
  if (!f) {
    printf("no %s (package unicode-data): skipped\n", path);
    return;
  }
  char row[2000];
  size_t tried = 0, wrong = 0;
  while (fgets(row, sizeof row, f))
    if (row[0] != '#')
      break_line(row, &tried, &wrong);
  fclose(f);
  printf("LineBreakTest: %zu of %zu wrong\n", wrong, tried);
  CHECK(tried > 7000 && wrong == 0);
}

// ---- every pair of classes --------------------------------------------------

static void test_pairs_at_every_measure(void) {
  static const char *const one[] = {
      "工", "会", "，", "。", "：", "？", "！", "（", "）", "“", "”",
      "《", "》", "、", "·",  "——", "……", "～", "7",  "%",  "W", "-",
      "/",  " ",  "①",  "℃",  "１", "万", "年", "第", "+",  "(", ")",
      ".",  "〔", "〕", "　", "￥", "—",  "’",  "；"};
  const size_t n = sizeof one / sizeof *one;
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < n; k++) {
      Str t = str_fmt(a, "工会组织%s%s开展活动，职工%s%s参加比赛活动很多",
                      one[i], one[k], one[i], one[k]);
      for (Len m = EM * 5 + (Len)k % 2 * EM / 2; m <= EM * 30; m += EM)
        holds(t.data, m);
    }
}

int main(void) {
  paragraphs_begin();
  test_copied_text();
  test_missing_character();
  test_right_to_left_warns();
  test_long_paragraph_linear();
  test_narrow_and_long();
  test_hostile_paragraphs();
  test_line_break_test();
  test_pairs_at_every_measure();
  arena_free(a);
  return check_done();
}
