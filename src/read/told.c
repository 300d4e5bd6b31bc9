// The day that a page without a date shows to be its own: what its reports
// speak of as of now tells the year, the day that they open with the rest.
#include "read_imp.h"

typedef struct {
  const uint16_t *name;
  int year;
} Event;

static const Event anniversaries[] = {
#define ANNIVERSARY(name, year) {name, year},
#define CONGRESS(name, year)
#include "events.def"
#undef ANNIVERSARY
#undef CONGRESS
};

static const Event congresses[] = {
#define ANNIVERSARY(name, year)
#define CONGRESS(name, year) {name, year},
#include "events.def"
#undef ANNIVERSARY
#undef CONGRESS
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

typedef struct {
  int year;    // the latest that something speaks of as now
  bool spring; // by a holiday that the December before looks forward to
} Now;

static void now_is(Now *now, int year, bool spring) {
  if (year <= now->year)
    return;
  now->year = year;
  now->spring = spring;
}

static const Event *event_at(Chars t, size_t i, const Event *list, size_t n) {
  for (size_t k = 0; k < n; k++)
    if (ch_at(t, i, list[k].name))
      return &list[k];
  return NULL;
}

static size_t length(const uint16_t *word) {
  size_t n = 0;
  while (word[n])
    n++;
  return n;
}

static bool before_any(Chars t, size_t i, size_t reach,
                       const uint16_t *const *words) {
  for (size_t k = i; k-- > 0 && i - k <= reach && !ch_stop(t.c[k]);)
    if (ch_any(t, k, words))
      return true;
  return false;
}

// 今年是新中国成立75周年, 迎接…95周年, …100周年之际; not what was said at a
// meeting of that day, which later years quote.
static void anniversary(Chars t, size_t i, Now *now) {
  enum { REACH = 12 };
  static const uint16_t *const coming[] = {
      u"今年是", u"今年适逢", u"正值", u"迎接",   u"喜迎",
      u"献礼",   u"热烈庆祝", u"迎来", u"为庆祝", NULL};
  static const uint16_t *const day[] = {u"之际", u"之年", u"华诞", NULL};
  static const uint16_t *const said[] = {u"大会", u"讲话", u"阅兵", NULL};
  const Event *e = event_at(t, i, anniversaries, COUNT(anniversaries));
  if (!e)
    return;
  int years;
  size_t k = i + length(e->name), n = date_figures(t, k, 3, &years);
  k += n;
  if (!n || !years || !ch_at(t, k, u"周年"))
    return;
  k += 2;
  if (!ch_any(t, k, said) &&
      (ch_any(t, k, day) || before_any(t, i, REACH, coming)))
    now_is(now, e->year + years, false);
}

// 喜迎工会十八大
static void congress(Chars t, size_t i, Now *now) {
  enum { REACH = 5 };
  static const uint16_t *const coming[] = {u"喜迎", u"迎接", NULL};
  const Event *e = event_at(t, i, congresses, COUNT(congresses));
  if (e && before_any(t, i, REACH, coming))
    now_is(now, e->year, false);
}

// 2023年度集中要约行动, not 2022年度先进集体.
static bool yearly(Chars t, size_t i) {
  enum { REACH = 16 };
  static const uint16_t *const deeds[] = {u"行动",   u"活动", u"送清凉",
                                          u"送温暖", u"助学", NULL};
  if (!ch_at(t, i, u"度"))
    return false;
  for (size_t k = i;
       k < t.n && k < i + REACH && !ch_stop(t.c[k]) && !ch_pause(t.c[k]); k++)
    if (ch_any(t, k, deeds))
      return true;
  return false;
}

// 2018年上半年, 2022年1—3月: a year as its own paper names it.
static void own_year(Chars t, size_t i, Now *now) {
  static const uint16_t *const parts[] = {
      u"上半年",   u"前三季度", u"一季度", u"三季度", u"第一季度",
      u"前两季度", u"暑运",     u"国庆",   u"五一",   u"中秋",
      u"夏季",     u"秋季",     NULL};
  static const uint16_t *const spring[] = {u"元旦", u"春节", u"春运",
                                           u"两节", u"新年", NULL};
  static const uint16_t *const base[] = {u"比",   u"较", u"与",   u"同",
                                         u"相比", u"于", u"对比", NULL};
  int year, month;
  if (date_figures(t, i, 4, &year) != 4 || !ch_at(t, i + 4, u"年") ||
      before_any(t, i, 1, base))
    return;
  size_t k = i + 5;
  k += k < t.n && (t.c[k] == '"' || t.c[k] == 0x201C);
  if (ch_any(t, k, parts) || yearly(t, k)) {
    now_is(now, year, false);
  } else if (ch_any(t, k, spring)) {
    now_is(now, year, true);
  } else {
    size_t n = date_figures(t, k, 2, &month);
    bool to = n && k + n + 1 < t.n && !ch_at(t, k + n, u"月") &&
              !ch_han(t.c[k + n]) && ch_digit(t.c[k + n + 1]);
    if (to || (n && (ch_at(t, k + n, u"至") || ch_at(t, k + n, u"到"))))
      now_is(now, year, false);
  }
}

static void now_of(Chars t, Now *now) {
  for (size_t i = 0; i < t.n; i++) {
    if (ch_digit(t.c[i])) {
      if (i == 0 || !ch_digit(t.c[i - 1]))
        own_year(t, i, now);
    } else {
      anniversary(t, i, now);
      congress(t, i, now);
    }
  }
}

// 4月10日, with which a report or a caption opens; not one end of a stretch,
// nor a day to come.
static bool lead_day(Chars t, Date *d) {
  enum { LEAD = 64 };
  static const uint16_t *const apart[] = {u"到",   u"至", u"自",   u"从",
                                          u"将于", u"年", u"定于", NULL};
  static const uint16_t *const range[] = {u"至", u"到", u"前", u"起", u"以来",
                                          u"-",  u"—",  u"~",  NULL};
  for (size_t i = 0; i < t.n && i < LEAD; i++) {
    size_t k = i, n = date_figures(t, k, 2, &d->month);
    if (!n || (i && (ch_digit(t.c[i - 1]) || before_any(t, i, 2, apart))) ||
        !ch_at(t, k += n, u"月"))
      continue;
    n = date_figures(t, ++k, 2, &d->day);
    k += n;
    if (n && ch_at(t, k, u"日") && d->month >= 1 && d->month <= 12 && d->day &&
        d->day <= 31 && !ch_any(t, k + 1, range))
      return true;
  }
  return false;
}

static Date newest_lead(const Sheet *s) {
  Date newest = {0};
  for (size_t i = 0; i < s->pieces.len; i++) {
    const Piece *p = &s->pieces.data[i];
    Date d;
    if ((p->dateline || p->type == P_CAPTION) && lead_day(p->fold, &d) &&
        d.month * 32 + d.day > newest.month * 32 + newest.day)
      newest = d;
  }
  return newest;
}

Str told_day(Sheet *s, const Years *y) {
  enum { APRIL = 4, NOVEMBER = 11 };
  Now now = {0};
  for (size_t i = 0; i < s->pieces.len; i++)
    now_of(s->pieces.data[i].fold, &now);
  int begun = now.year - YEAR_0;
  if (!now.year || latest_year(y->said) > begun ||
      latest_year(y->total) > begun || latest_year(y->over) >= begun)
    return STR("");
  Date d = newest_lead(s);
  if (!d.month)
    return now.spring ? STR("") : str_fmt(s->a, "%04d", now.year);
  if (now.spring && d.month > APRIL && d.month < NOVEMBER)
    return STR("");
  d.year = now.year - (now.spring && d.month >= NOVEMBER);
  return str_fmt(s->a, "%04d-%02d-%02d", d.year, d.month, d.day);
}
