// A ledger of a million figures: how long a table of 200 rows takes to compare
// each with the month and the year before. bench_ledger [FILE]
#include "history.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { MONTHS = 40, SERIES = 25000, ROWS = 200, RUNS = 9, LIMIT_MS = 50 };

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double cpu_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
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

// Opens the ledger and compares each row twice; false: wrong. *ms is what it
// took on the wall, *cpu of the processor.
static bool compare(Str path, double *ms, double *cpu) {
  Arena *a = arena_new();
  Diags *d = diags_new(a, LANG_EN);
  double start = now_ms(), used = cpu_ms();
  Ledger *l = ledger_open(a, d, path, LEDGER_READ);
  size_t found = 0, words = 0;
  if (l) {
    History *h = history_new(a, STR("2025-04"));
    history_set_ledger(h, l);
    for (int i = 0; i < ROWS; i++) {
      Figure f = figure(a, MONTHS - 1, i * 97 % SERIES);
      FigureAt was;
      if (history_lookup(h, &f, BACK_PREVIOUS, &was)) {
        found++;
        words += change_of(a, &f, was.figure, STR_NONE).known;
      }
      found += history_lookup(h, &f, BACK_YEAR, &was);
    }
  }
  *ms = now_ms() - start;
  *cpu = cpu_ms() - used;
  diags_print(d);
  arena_free(a);
  return found == 2 * ROWS && words == ROWS;
}

static bool measure(Str path) {
  double wall = 1e9, cpu = 1e9;
  bool right = true;
  for (int i = 0; i < RUNS; i++) {
    double ms, used;
    right = compare(path, &ms, &used) && right;
    wall = ms < wall ? ms : wall;
    cpu = used < cpu ? used : cpu;
  }
  printf("%d rows with the month and the year before, best of %d: %.1f ms on "
         "the wall, %.1f ms cpu; wanted: %d ms\n",
         ROWS, RUNS, wall, cpu, LIMIT_MS);
  return right && wall <= LIMIT_MS;
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
  bool ok = measure(path);
  diags_print(d);
  if (argc == 1)
    unlink(str_z(a, path));
  arena_free(a);
  puts(ok ? "ok" : "too slow, or wrong");
  return !ok;
}
