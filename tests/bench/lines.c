// How fast paragraphs become lines, and how that grows: CPU time of breaking,
// shaping and justifying, without pages or PDF.
#include "typeset-imp.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char words[] = "今年以来，各级工会分批派出27个工作组，走访企业1."
                            "36万家，发展会员4.8万人；“职"
                            "工之家”（含流动服务站）覆盖率达92.5%"
                            "，比上年末提高3.1个百分点。货运、快递等"
                            "行业的工会组织——尤其是县一级——普遍建了起来，《劳动"
                            "法》宣讲进车间、进站点。";

static double cpu(void) {
  return (double)clock() / CLOCKS_PER_SEC;
}

static Str text_of(Arena *a, size_t chars) {
  Str one = str_of(words);
  Buf b = buf_new(a);
  for (size_t n = utf8_count(one), have = 0; have < chars; have += n)
    buf_add(&b, one);
  return buf_str(&b);
}

// Sets `times` paragraphs of about `chars` characters; prints the best of 5.
static void measure(FontSet *fonts, const Document *doc, Diags *d, size_t chars,
                    size_t times) {
  Style style = {.face = STR("body"), .size = PT(15.75), .indent = PT(31.5)};
  double best = 1e9;
  size_t n = 0;
  for (int round = 0; round < 5; round++) {
    Arena *a = arena_new();
    Inline run = {.text = text_of(a, chars)};
    Para p = {&style, &run, 1};
    n = utf8_count(run.text) * times;
    double begin = cpu();
    for (size_t i = 0; i < times; i++) {
      Arena *lines = arena_new();
      Setter s = {.arena = lines, .diags = d, .doc = doc, .fonts = fonts};
      para_set(&s, &p, PT(442.2), TAG_P, 0);
      arena_free(lines);
    }
    double took = cpu() - begin;
    best = took < best ? took : best;
    arena_free(a);
  }
  printf("%8zu characters a paragraph: %6.2f million a second\n", n / times,
         (double)n / best / 1e6);
}

int main(void) {
  arena_keep_freed(); // as the program does
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  Document doc = {.profile = {.kinsoku = 2,
                              .squeeze = true,
                              .gap_permille = 250,
                              .loose_permille = 250,
                              .pitch = PT(29.62)}};
  FontSet *fonts = fontset_open(a, d, &doc, NULL);
  measure(fonts, &doc, d, 130, 2000);
  measure(fonts, &doc, d, 1000, 400);
  measure(fonts, &doc, d, 10000, 60);
  measure(fonts, &doc, d, 100000, 6);
  measure(fonts, &doc, d, 1000000, 1);
  arena_free(a);
  return 0;
}
