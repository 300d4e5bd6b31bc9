// How fast page text becomes figures, and how that grows: CPU time of reading
// and extracting, for pages of made-up news of 1 to 16 MB; bench_extract MB for
// one size alone, bench_extract PAGE… for pages of one's own.
#include "extract.h"
#include "read.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu(void) {
  return (double)clock() / CLOCKS_PER_SEC;
}

static uint32_t seed = 1;

static unsigned dice(unsigned n) {
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) % n;
}

static const char *const places[] = {"兰州市", "酒泉市", "青岛市", "成都市",
                                     "长沙市", "南宁市", "太原市", "福州市"};
static const char *const things[] = {"驿站",   "书屋",   "食堂",   "托管班",
                                     "工作室", "健身房", "调解室", "招聘会"};
static const char *const plain[] = {
    "这项工作得到职工群众的普遍欢迎，大家说工会就是自己的娘家人。",
    "负责人介绍，下一步要继续把服务送到车间、班组和工地，让职工少跑腿。",
    "活动现场，志愿者耐心解答大家关心的社会保险、劳动合同等问题。",
    "通过走访座谈、问卷调查等方式，了解一线职工的所思所盼，形成台账，逐项落实"
    "。",
    "记者在现场看到，宽敞明亮的大厅里暖意融融，热水、雨伞、充电器一应俱全。",
    "大家一致认为，要把学习成果转化为推动发展的实际行动，奋力开创新局面。",
};

static void paragraph(Buf *b) {
  for (int i = 0; i < 4; i++) {
    if (dice(3)) {
      buf_add(b, str_of(plain[dice(6)]));
      continue;
    }
    buf_fmt(b, "%s总工会今年以来新建%s%u个，慰问职工%u.%u万人次，",
            places[dice(8)], things[dice(8)], dice(900) + 2, dice(90) + 1,
            dice(9) + 1);
    buf_fmt(b, "入会率由%u%%提高到%u%%。", dice(40) + 20, dice(30) + 65);
  }
  buf_add(b, STR("\n\n"));
}

static Str page_text(Arena *a, size_t bytes) {
  Buf b = buf_new(a);
  while (b.len < bytes) {
    buf_fmt(&b, "# %s总工会第%u期工作纪实\n\n", places[dice(8)], dice(90000));
    for (int i = 0; i < 6; i++) {
      buf_fmt(&b, "%s%u号消息，", places[dice(8)], dice(1000000));
      paragraph(&b);
    }
  }
  return buf_str(&b);
}

typedef struct {
  double read, extract; // CPU seconds
  size_t figures;
} Cost;

// Reads and extracts the pages as one dossier.
static Cost once(const Str *pages, size_t n) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  Dossier *dossier = dossier_new(a);
  ReadOptions options = {.date = STR("2025-12-30")};
  double begin = cpu();
  for (size_t i = 0; i < n; i++)
    read_page(a, d, dossier, file_of(a, STR("bench.txt"), pages[i]), &options);
  read_finish(a, d, dossier);
  double middle = cpu();
  extract_figures(a, d, dossier, NULL);
  Cost cost = {middle - begin, cpu() - middle, 0};
  for (size_t p = 0; p < dossier->pages.len; p++)
    for (size_t i = 0; i < dossier->pages.data[p].articles.len; i++)
      cost.figures += dossier->pages.data[p].articles.data[i].figures.len;
  arena_free(a);
  return cost;
}

static void measure(const char *name, const Str *pages, size_t n, int rounds) {
  Cost best = {1e9, 1e9, 0};
  double mb = 0;
  for (size_t i = 0; i < n; i++)
    mb += (double)pages[i].len / 1e6;
  for (int round = 0; round < rounds; round++) {
    Cost cost = once(pages, n);
    best.read = cost.read < best.read ? cost.read : best.read;
    best.extract = cost.extract < best.extract ? cost.extract : best.extract;
    best.figures = cost.figures;
  }
  printf("%-24s %7.3f MB %8zu figures  read %6.1f MB/s  extract %6.1f MB/s  "
         "both %6.1f MB/s\n",
         name, mb, best.figures, mb / best.read, mb / best.extract,
         mb / (best.read + best.extract));
}

static void measure_made(size_t megabytes) {
  Arena *a = arena_new();
  Str page = page_text(a, megabytes << 20);
  measure("made-up news", &page, 1, 3);
  arena_free(a);
}

enum { FILE_ROUNDS = 30 };

static void measure_files(char **paths, size_t n) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  Str *pages = NEW_ARRAY(a, Str, n);
  size_t found = 0;
  for (size_t i = 0; i < n; i++) {
    const File *f = file_load(a, d, str_of(paths[i]));
    if (!f)
      continue;
    pages[found] = f->raw;
    measure("", &pages[found++], 1, FILE_ROUNDS);
  }
  measure("all of them", pages, found, FILE_ROUNDS);
  arena_free(a);
}

int main(int argc, char **argv) {
  arena_keep_freed(); // as the program does
  size_t only = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
  if (only)
    measure_made(only);
  else if (argc > 1)
    measure_files(argv + 1, (size_t)argc - 1);
  else
    for (size_t mb = 1; mb <= 16; mb *= 2)
      measure_made(mb);
  return 0;
}
