// Between compare*.c, conflict*.c and ledger*.c: exact decimals, and the parts
// of a series' key.
#ifndef COMPARE_IMP_H
#define COMPARE_IMP_H

#include "history.h"

// ---- compare_num.c ---------------------------------------------------------
// m · 10^e; up to 18 digits. What does not fit is not a number.
typedef struct {
  int64_t m;
  int32_t e;
} Num;

bool num_parse(Str s, Num *out);
bool num_add(Num x, Num y, Num *sum); // false: does not fit
bool num_sub(Num x, Num y, Num *difference);
int num_cmp(Num x, Num y);
double num_double(Num x);
Num num_abs(Num x);
Str num_str(Arena *a, Num x);
// Rounded half away from zero to 10^e.
Num num_round(Num x, int e);
// The worth of the last digit that the figure's print tells: 100 for 4.27万.
Num num_grain(const Figure *f);

// ---- compare.c -------------------------------------------------------------
Str indicator_key(Arena *a, const Figure *f);
Str place_key(Arena *a, const Figure *f);
Str measure_key(Arena *a, const Figure *f);
Str period_key(Arena *a, const Figure *f);
// indicator left out: what near ones have in common.
Str frame_key(Arena *a, const Figure *f);
// The series' key, its last part empty where the period is unknown.
Str line_key(Arena *a, const Figure *f);
// Whether two indicators share a telling word.
bool indicators_akin(Arena *a, const Figure *x, const Figure *y);
int32_t day_month(int32_t day);
// Whether the period was over when the page appeared. What is said of a period
// that still runs (今年以来) grows from page to page without contradiction.
bool period_over(const FigureAt *at);

#endif
