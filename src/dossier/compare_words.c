// A change in words (R5): the sign is in the word, rates change by points, 倍
// never goes with 减少, and what does not move is 持平.
#include "compare_imp.h"

// Amounts in 万 or 亿 with two digits at most; smaller ones as they are.
static Str scaled(Arena *a, Num n) {
  static const struct {
    int e;
    const char *name;
  } scales[] = {{8, "亿"}, {4, "万"}};
  for (size_t i = 0; i < 2; i++) {
    if (num_cmp(n, (Num){1, scales[i].e}) < 0)
      continue;
    Num m = num_round((Num){n.m, n.e - scales[i].e}, -2);
    return str_fmt(a, "%.*s%s", STR_ARG(num_str(a, m)), scales[i].name);
  }
  return num_str(a, num_round(n, -4));
}

static bool is_level(const Figure *f) {
  return !str_is(f->measure, "target") && !str_is(f->measure, "rank");
}

static bool is_rate(Str unit) {
  return str_is(unit, "%") || str_is(unit, "‰") || str_is(unit, "个百分点");
}

static bool is_about(const Figure *f) {
  return f->qualifier.len != 0;
}

// Growth in percent, to one digit; none where there is no base to grow from.
static bool growth(Num then, Num difference, Num *rate) {
  double base = num_double(then);
  if (base <= 0)
    return false;
  double r = num_double(difference) / base * 1000;
  if (r > 1e15 || r < -1e15)
    return false;
  *rate = (Num){(int64_t)(r < 0 ? r - 0.5 : r + 0.5), -1};
  return true;
}

static Str growth_words(Arena *a, Num rate, bool about) {
  const char *most = about ? "约" : "";
  Num size = num_abs(rate);
  if (rate.m > 0 && num_cmp(rate, (Num){200, 0}) >= 0) {
    Num times = num_round((Num){rate.m, rate.e - 2}, -1);
    return str_fmt(a, "增长%s%.*s倍", most, STR_ARG(num_str(a, times)));
  }
  return str_fmt(a, "%s%s%.*s%%", rate.m > 0 ? "增长" : "下降", most,
                 STR_ARG(num_str(a, size)));
}

static Change level_off(Arena *a, Change c, Str base) {
  c.sign = 0;
  c.amount = STR("持平");
  c.percent = STR("");
  c.words = str_fmt(a, "与%.*s持平", STR_ARG(base));
  return c;
}

static Change rate_change(Arena *a, Change c, Num difference, const Figure *now,
                          const Figure *then, Str base) {
  if (num_cmp(num_abs(difference), (Num){5, -2}) < 0)
    return level_off(a, c, base);
  bool about = is_about(now) || is_about(then);
  Str size = num_str(a, num_round(num_abs(difference), -2));
  c.amount =
      str_fmt(a, "%s%s%.*s%s", c.sign > 0 ? "提高" : "下降", about ? "约" : "",
              STR_ARG(size), str_is(now->unit, "‰") ? "个千分点" : "个百分点");
  c.words = str_fmt(a, "比%.*s%.*s", STR_ARG(base), STR_ARG(c.amount));
  return c;
}

static Change count_change(Arena *a, Change c, Num difference,
                           const Figure *now, const Figure *then, Str base) {
  Num before, rate;
  num_parse(then->value, &before);
  bool has_rate = growth(before, difference, &rate);
  if (difference.m == 0 || (has_rate && rate.m == 0))
    return level_off(a, c, base);
  bool about = is_about(now) || is_about(then);
  c.amount = str_fmt(a, "%s%s%.*s%.*s", c.sign > 0 ? "增加" : "减少",
                     about ? "约" : "", STR_ARG(scaled(a, num_abs(difference))),
                     STR_ARG(now->unit));
  c.words = str_fmt(a, "比%.*s%.*s", STR_ARG(base), STR_ARG(c.amount));
  if (!has_rate)
    return c;
  c.rate = num_str(a, rate);
  c.percent = growth_words(a, rate, about);
  c.words = str_fmt(a, "%.*s，%.*s", STR_ARG(c.words), STR_ARG(c.percent));
  return c;
}

Change change_of(Arena *a, const Figure *now, const Figure *then, Str base) {
  Change c = {.difference = STR(""), .rate = STR("")};
  c.amount = c.percent = c.words = STR("");
  Num x, y, d;
  if (!is_level(now) || !is_level(then) || !num_parse(now->value, &x) ||
      !num_parse(then->value, &y) || !num_sub(x, y, &d) ||
      !str_eq(unit_family(now->unit), unit_family(then->unit)))
    return c;
  if (!base.data)
    base = change_base(a, now, then);
  c.known = true;
  c.sign = (d.m > 0) - (d.m < 0);
  c.difference = num_str(a, d);
  return is_rate(now->unit) ? rate_change(a, c, d, now, then, base)
                            : count_change(a, c, d, now, then, base);
}

Str change_base(Arena *a, const Figure *now, const Figure *then) {
  Period n = figure_period(now), t = figure_period(then);
  if (n.kind == PERIOD_UNKNOWN || t.kind == PERIOD_UNKNOWN ||
      t.end_month >= n.end_month)
    return STR("上期");
  int32_t back = n.end_month - t.end_month;
  if (back == 1 && (n.kind == PERIOD_STOCK || n.months == 1))
    return STR("上月");
  if (back == 3 && n.months == 3)
    return STR("上季度");
  if (back == 12 && n.months == 12 && n.end_month % 12 == 11)
    return STR("上年");
  if (n.kind == PERIOD_STOCK && t.end_month == n.end_month / 12 * 12 - 1)
    return STR("上年末");
  if (back == 12)
    return STR("上年同期");
  Str words = period_words(a, then->period); // 截至2025年9月底
  Str as_of = STR("截至");
  return str_starts(words, as_of) ? str_slice(words, as_of.len, words.len)
                                  : words;
}
