// Dates as papers print them: 2025年12月30日, 2025 年 12 月 30 日, 2025-12-30,
// 2025.12.30, 2025/12/30, 20251230, 二〇二五年十二月三十日.
#include "read_imp.h"

static size_t blanks(Chars t, size_t i) {
  size_t n = 0;
  while (i + n < t.n && n < 2 && t.c[i + n] == ' ')
    n++;
  return n;
}

size_t date_figures(Chars t, size_t i, size_t most, int *value) {
  size_t n = 0;
  *value = 0;
  while (i + n < t.n && n < most && ch_digit(t.c[i + n]))
    *value = *value * 10 + (t.c[i + n++] - '0');
  return i + n < t.n && ch_digit(t.c[i + n]) ? 0 : n;
}

static int digit_of(uint16_t c) {
  static const uint16_t digits[] = u"〇一二三四五六七八九";
  if (c == u"零"[0] || c == 0x25CB || c == 'O' || c == 'o')
    return 0;
  for (int k = 0; digits[k]; k++)
    if (digits[k] == c)
      return k;
  return -1;
}

// 二〇二五: four signs; else 十二, 二十三, 三十.
static size_t signs(Chars t, size_t i, bool year, int *value) {
  size_t n = 0;
  *value = 0;
  if (year) {
    for (; n < 4 && i + n < t.n && digit_of(t.c[i + n]) >= 0; n++)
      *value = *value * 10 + digit_of(t.c[i + n]);
    return n == 4 ? n : 0;
  }
  int tens = 0, ones = 0;
  bool ten = false;
  for (; n < 3 && i + n < t.n; n++) {
    int k = digit_of(t.c[i + n]);
    if (t.c[i + n] == u"十"[0] && !ten) {
      ten = true;
      tens = n ? ones : 1;
      ones = 0;
    } else if (k > 0 && (n == 0 || (ten && !ones))) {
      ones = k;
    } else {
      break;
    }
  }
  *value = tens * 10 + ones;
  return n;
}

size_t date_number(Chars t, size_t i, size_t most, int *value) {
  size_t n = date_figures(t, i, most, value);
  return n || (i < t.n && ch_digit(t.c[i])) ? n : signs(t, i, most == 4, value);
}

static int days_in(int year, int month) {
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30,
                                 31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days[month - 1] + (month == 2 && leap);
}

static bool valid(const Date *d) {
  return d->year >= 1900 && d->year <= 2099 && d->month >= 1 &&
         d->month <= 12 && d->day >= 1 && d->day <= days_in(d->year, d->month);
}

// Year, month and day, each followed by its mark of the form; figures in
// Chinese and blanks only where the form is 年月日.
static size_t form_at(Chars t, size_t i, const uint16_t marks[3], Date *d) {
  bool words = marks[2] != 0;
  int *to[3] = {&d->year, &d->month, &d->day};
  size_t at = i;
  for (int m = 0; m < 3; m++) {
    size_t most = m ? 2 : 4;
    size_t n = words ? date_number(t, at, most, to[m])
                     : date_figures(t, at, most, to[m]);
    if (!n || (m == 0 && n != 4))
      return 0;
    at += n;
    if (!marks[m])
      continue;
    at += words ? blanks(t, at) : 0;
    if (at >= t.n || t.c[at] != marks[m])
      return 0;
    at++;
    at += words && m < 2 ? blanks(t, at) : 0;
  }
  return at - i;
}

size_t date_at(Chars t, size_t i, Date *d) {
  static const uint16_t marks[5][3] = {{u'年', u'月', u'日'},
                                       {'-', '-', 0},
                                       {'.', '.', 0},
                                       {'_', '_', 0},
                                       {'/', '/', 0}};
  int value;
  if (date_figures(t, i, 8, &value) == 8) {
    *d = (Date){value / 10000, value / 100 % 100, value % 100};
    return valid(d) ? 8 : 0;
  }
  for (int k = 0; k < 5; k++) {
    size_t n = form_at(t, i, marks[k], d);
    if (n && valid(d))
      return n;
  }
  return 0;
}

bool date_find(Chars t, Date *d, size_t *begin, size_t *end) {
  for (size_t i = 0; i < t.n; i++) {
    bool may = ch_digit(t.c[i]) || digit_of(t.c[i]) >= 0;
    if (!may || (i > 0 && (ch_digit(t.c[i - 1]) || digit_of(t.c[i - 1]) >= 0)))
      continue;
    size_t n = date_at(t, i, d);
    if (n) {
      *begin = i;
      *end = i + n;
      return true;
    }
  }
  return false;
}
