// A ledger of a million figures: how long a table of 200 rows takes to compare
// each with the month and the year before. bench_ledger [FILE]
#include "history.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { MONTHS = 40, SERIES = 25000, ROWS = 200, LIMIT_MS = 50 };

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static Figure figure(Arena *a, int month, int series) {
  Figure f = {0};
#define F(field, name) f.field = STR("");
  FIGURE_FIELDS(F)
#undef F
  int value = 1000 + series + month * 7;
  f.id = str_fmt(a, "f-%d-%d", month, series);
  f.value = str_int(a, value);
  f.printed = str_fmt(a, "%d家", value);
  f.quote = str_fmt(a, "全市第%d项工作共覆盖单位%d家", series, value);
  f.unit = STR("家");
  f.measure = STR("level");
  f.state = STR("auto");
  f.indicator = str_fmt(a, "第%d项工作覆盖单位", series);
  f.region = str_fmt(a, "甘肃省/第%d县", series % 86);
  f.period = str_fmt(a, "../%d-%02d", 2022 + month / 12, month % 12 + 1);
  return f;
}

static void add_month(Ledger *l, int month) {
  Arena *a = arena_new();
  Dossier *d = dossier_new(a);
  d->period = str_fmt(a, "%d-%02d", 2022 + month / 12, month % 12 + 1);
  Page *p = vec_push(a, &d->pages);
  *p = (Page){.id = STR("p1"), .file = STR("甲报.txt")};
  Article *t = vec_push(a, &p->articles);
  *t = (Article){.id = STR("p1a1"), .use = STR("yes")};
  for (int i = 0; i < SERIES; i++)
    *vec_push(a, &t->figures) = figure(a, month, i);
  Issue issue = {0};
  ledger_add(l, d, &issue);
  arena_free(a);
}

static int compare(Arena *a, Diags *d, Str path) {
  double start = now_ms();
  Ledger *l = ledger_open(a, d, path, LEDGER_READ);
  if (!l)
    return 1;
  History *h = history_new(a, STR("2025-04"));
  history_set_ledger(h, l);
  size_t found = 0, words = 0;
  for (int i = 0; i < ROWS; i++) {
    Figure f = figure(a, MONTHS - 1, i * 97 % SERIES);
    FigureAt was;
    if (history_lookup(h, &f, BACK_PREVIOUS, &was)) {
      found++;
      words += change_of(a, &f, was.figure, STR_NONE).known;
    }
    found += history_lookup(h, &f, BACK_YEAR, &was);
  }
  double took = now_ms() - start;
  printf("%d rows, month and year before: %zu found, %zu in words, %.1f ms\n",
         ROWS, found, words, took);
  return found != 2 * ROWS || words != ROWS || took > LIMIT_MS;
}

int main(int argc, char **argv) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  Str path = argc > 1 ? str_of(argv[1])
                      : str_fmt(a, "/tmp/jianbao-bench-%d.db", (int)getpid());
  if (access(str_z(a, path), F_OK) != 0) {
    double start = now_ms();
    Ledger *l = ledger_open(a, d, path, LEDGER_WRITE);
    for (int m = 0; l && m < MONTHS; m++)
      add_month(l, m);
    printf("%d figures written in %.1f s\n", MONTHS * SERIES,
           (now_ms() - start) / 1e3);
  }
  int bad = compare(a, d, path);
  diags_print(d);
  if (argc == 1)
    unlink(str_z(a, path));
  arena_free(a);
  puts(bad ? "too slow, or wrong" : "ok");
  return bad;
}
