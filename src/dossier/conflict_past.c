// What an earlier issue makes doubtful: values revised, slips and leaps, and a
// stated change that is not the one from the figure printed then.
#include "conflict_imp.h"

static bool revised(Finder *fd, const Told *t, History *h) {
  const Figure *f = t->at.figure;
  FigureAt was;
  if (is_doing(figure_name(f)) || history_status(h, f, &was) != STATUS_REVISED)
    return false;
  Str text = str_fmt(
      fd->arena, "修订：%.*s，%.*s，本期“%.*s”，前期“%.*s”（%.*s）",
      STR_ARG(figure_name(f)), STR_ARG(period_words(fd->arena, f->period)),
      STR_ARG(f->printed), STR_ARG(was.figure->printed),
      STR_ARG(page_words(fd->arena, &was)));
  find(fd, FINDING_REVISED, t->at, was, text);
  return true;
}

// Five times as much or a fifth, of what is counted in dozens at least; a rate
// that moves by 40 points.
static Str leap(Arena *a, const Figure *f, const Figure *was) {
  Num n, m, off;
  if (!num_parse(f->value, &n) || !num_parse(was->value, &m))
    return STR("");
  double v = num_double(n), w = num_double(m);
  if (str_is(f->unit, "%"))
    return num_sub(n, m, &off) && num_cmp(num_abs(off), (Num){40, 0}) >= 0
               ? str_fmt(a, "%.*s个百分点", STR_ARG(num_str(a, off)))
               : STR("");
  double more = v > w ? v : w, less = v > w ? w : v;
  if (less < 20 || more < less * 5)
    return STR("");
  return str_fmt(a, "%s%.1f", v > w ? "×" : "÷", more / less);
}

static void against_last(Finder *fd, const Told *t, History *h) {
  const Figure *f = t->at.figure;
  FigureAt was;
  if (figure_period(f).kind != PERIOD_STOCK ||
      !history_lookup(h, f, BACK_PREVIOUS, &was))
    return;
  Str s = unit_slip(f, was.figure);
  bool slip = s.len != 0;
  if (!slip)
    s = leap(fd->arena, f, was.figure);
  if (!s.len)
    return;
  Str text = str_fmt(fd->arena, "%s（%.*s）：%.*s，本期“%.*s”，%.*s“%.*s”",
                     slip ? "像是单位差错" : "变动过大", STR_ARG(s),
                     STR_ARG(figure_name(f)), STR_ARG(f->printed),
                     STR_ARG(period_words(fd->arena, was.figure->period)),
                     STR_ARG(was.figure->printed));
  find(fd, slip ? FINDING_JUMP : FINDING_LEAP, t->at, was, text);
  latest(fd)->detail = s;
}

// ---- the change that is stated ---------------------------------------------

static bool starts_any(Str s, const char *const *words) {
  while (*words && !str_starts(s, str_of(*words)))
    words++;
  return *words != NULL;
}

// What the words of a change compare with, if the history may hold it.
static bool back_of(const Figure *stated, Back *back) {
  static const char *const month[] = {"上月", "环比", NULL};
  static const char *const year[] = {"上年同期", "去年同期", "同比", NULL};
  static const char *const start[] = {"上年末", "上年底", "去年末",
                                      "去年底", "年初",   NULL};
  *back = starts_any(stated->base, month)  ? BACK_PREVIOUS
          : starts_any(stated->base, year) ? BACK_YEAR
                                           : BACK_YEAR_START;
  return *back != BACK_YEAR_START || starts_any(stated->base, start);
}

// 总数318座，比上月增加27座: the change that is said right behind the level, of
// its unit (or in points, of a rate).
static const Told *stated_change(const ToldVec *all, size_t at) {
  if (at + 1 >= all->len)
    return NULL;
  const Told *t = &all->data[at], *next = &all->data[at + 1];
  const Figure *f = t->at.figure, *g = next->at.figure;
  bool points = str_is(f->unit, "%") && str_is(g->unit, "个百分点");
  if (!next->block || next->block != t->block ||
      next->sentence != t->sentence || !str_ends(g->measure, STR("-by")) ||
      (!points && !str_eq(f->unit, g->unit)) || g->qualifier.len ||
      f->qualifier.len || !str_is(f->measure, "level"))
    return NULL;
  return next;
}

static void against_stated(Finder *fd, const ToldVec *all, size_t at,
                           History *h) {
  const Told *t = &all->data[at], *said = stated_change(all, at);
  Back back;
  FigureAt was;
  Num now, then, change, made, gap, room;
  if (!said || !back_of(said->at.figure, &back) ||
      !history_lookup(h, t->at.figure, back, &was))
    return;
  if (back == BACK_PREVIOUS &&
      !str_is(change_base(fd->arena, t->at.figure, was.figure), "上月"))
    return;
  if (was.figure->qualifier.len || !num_parse(t->at.figure->value, &now) ||
      !num_parse(was.figure->value, &then) ||
      !num_parse(said->at.figure->value, &change) || !num_sub(now, then, &made))
    return;
  if (str_is(said->at.figure->measure, "decrease-by"))
    made.m = -made.m;
  room = num_grain(t->at.figure);
  if (!num_sub(made, change, &gap) ||
      !num_add(room, num_grain(was.figure), &room) ||
      num_cmp(num_abs(gap), room) <= 0)
    return;
  Str words = num_str(fd->arena, made);
  Str text =
      str_fmt(fd->arena, "%.*s与前期“%.*s”（%.*s）相比应为%.*s，印作“%.*s”",
              STR_ARG(figure_name(t->at.figure)), STR_ARG(was.figure->printed),
              STR_ARG(page_words(fd->arena, &was)), STR_ARG(words),
              STR_ARG(said->at.figure->printed));
  find(fd, FINDING_SINCE, said->at, was, text);
  latest(fd)->detail = words;
}

void conflicts_with_past(Finder *f, const ToldVec *all, size_t at, History *h) {
  if (revised(f, &all->data[at], h))
    return;
  against_last(f, &all->data[at], h);
  against_stated(f, all, at, h);
}
