// The years that a page speaks of, and the one that a report of it was told in.
#include "read_imp.h"

static const uint16_t *const to_come[] = {u"将", u"力争", u"计划", u"预计",
                                          u"到", u"拟",   u"有望", u"按计划",
                                          u"至", NULL};

static bool comes(Chars t, size_t i) {
  size_t from = i > 10 ? i - 10 : 0;
  for (size_t k = i; k-- > from;) {
    if (ch_stop(t.c[k]) || t.c[k] == ',' || t.c[k] == ';')
      return false;
    if (ch_any(t, k, to_come))
      return true;
  }
  return false;
}

// 2025年,省总将…: the clause behind the year tells of what is to come.
static bool planned(Chars t, size_t i) {
  enum { REACH = 16 };
  for (size_t k = i; k < t.n && k < i + REACH && !ch_stop(t.c[k]); k++)
    if (ch_at(t, k, u"将") && !ch_at(t, k, u"将军") && !ch_at(t, k, u"将近"))
      return true;
  return false;
}

// A number behind the year in its clause: what the year came to.
static bool totals(Chars t, size_t i) {
  static const uint16_t *const parts[] = {
      u"以来", u"上", u"下",   u"第", u"一", u"二",   u"三",   u"四",
      u"初",   u"度", u"前",   u"起", u"春", u"元旦", u"两节", u"的",
      u"到",   u"至", u"开始", u"，", u",",  NULL};
  enum { REACH = 24 };
  if (i >= t.n || ch_digit(t.c[i]) || ch_any(t, i, parts))
    return false;
  for (size_t k = i; k < t.n && k < i + REACH; k++) {
    if (ch_pause(t.c[k]) || ch_stop(t.c[k]))
      return false;
    if (ch_digit(t.c[k]))
      return true;
  }
  return false;
}

static void year_said(Chars t, size_t i, int k, Years *y) {
  static const uint16_t *const past[] = {u"末", u"底", u"全年", NULL};
  if (planned(t, i))
    y->plan[k]++;
  else if (ch_any(t, i, past))
    y->over[k]++;
  else if (totals(t, i))
    y->total[k]++;
  else
    y->said[k]++;
}

void years_of(Chars t, Years *y) {
  for (size_t i = 0; i + 4 < t.n; i++) {
    int year, month = 0;
    if (!ch_digit(t.c[i]) || (i && ch_digit(t.c[i - 1])))
      continue;
    if (date_figures(t, i, 4, &year) != 4 || !ch_at(t, i + 4, u"年") ||
        year < YEAR_0 || year >= YEAR_0 + YEARS)
      continue;
    size_t n = date_figures(t, i + 5, 2, &month);
    if (n && !ch_at(t, i + 5 + n, u"月"))
      month = 0;
    int k = year - YEAR_0;
    if (comes(t, i)) {
      int m = month                                       ? month
              : ch_has(ch_slice(t, i, i + 10), u"下半年") ? 12
                                                          : 12;
      if (!y->month[k] || m < y->month[k])
        y->month[k] = (uint16_t)m;
    } else if (month) {
      y->said[k]++;
    } else {
      year_said(t, i + 5, k, y);
    }
  }
}

int latest_year(const uint16_t *years) {
  int k = YEARS;
  while (k > 0 && !years[k - 1])
    k--;
  return k - 1;
}

// The one year in which a report of this month fits: the file name's, else the
// latest the page speaks of as begun, unless something it calls still to come
// lies before.
// What is planned for a whole year was told late in the year before; a year
// that is over was the last one. What a year came to may be told in December
// or in the next year: then no year is sure.
int fitting_year(const Years *y, int month) {
  enum { AUTUMN = 9, DECEMBER = 12 };
  int begun = latest_year(y->said), total = latest_year(y->total),
      over = latest_year(y->over);
  int plan = latest_year(y->plan), k = begun > total ? begun : total;
  if (y->named)
    return y->named;
  if (plan > 0 && month >= AUTUMN && plan > k && plan > over)
    return YEAR_0 + plan - 1;
  if (over >= 0 && over >= k)
    return month < DECEMBER ? YEAR_0 + over + 1 : 0;
  if (k < 0 || (total > begun && month < DECEMBER))
    return 0;
  int year = YEAR_0 + k;
  if (y->month[k] && y->month[k] < month)
    return k > 0 && (y->said[k - 1] || y->month[k - 1]) ? year - 1 : 0;
  return year;
}

// 03_shengbao_2021.txt: the one year that a name tells between other signs; 0
// where it tells none, or the text speaks of what that year came to.
int year_of_name(Chars name, const Years *y) {
  int found = 0, year;
  for (size_t i = 0; i < name.n; i++) {
    if (!ch_digit(name.c[i]) || (i && ch_digit(name.c[i - 1])) ||
        date_figures(name, i, 4, &year) != 4 || year < YEAR_0 ||
        year >= YEAR_0 + YEARS)
      continue;
    if (found)
      return 0;
    found = year;
  }
  int k = found - YEAR_0;
  bool later = latest_year(y->said) > k || latest_year(y->total) >= k ||
               latest_year(y->over) >= k;
  return found && !later ? found : 0;
}
