// When: times in the text, resolved with the page's date; what cannot be
// resolved stays as printed.
#include "extract_imp.h"

typedef struct {
  Arena *a;
  const Text *t;
  int year, month, day; // of the page, 0 if unknown
  int last;             // year named last in this block
  int report;           // that the article is of, 0 if it does not say
} Clock;

static size_t read_int(const Text *t, size_t i, int *out) {
  size_t from = i;
  *out = 0;
  while (i < t->n && t->kind[i] == CH_DIGIT && i < from + 4)
    *out = *out * 10 + (int)(t->c[i++] - '0');
  return i < t->n && t->kind[i] == CH_DIGIT ? 0 : i - from;
}

// Of a month, a day or a count of months: 12, or 十二.
static size_t read_small(const Text *t, size_t i, int *out) {
  Numeral m;
  if (t->kind[i] != CH_HAN)
    return read_int(t, i, out);
  if (!numeral_at(t, i, &m) || m.pair || m.infix || m.end > i + 3 ||
      m.value.m < 1 || m.value.m > 31 || m.value.e < 0 || m.value.e > 1)
    return 0;
  *out = (int)(m.value.e ? m.value.m * 10 : m.value.m);
  return *out <= 31 ? m.end - i : 0;
}

static size_t read_year(const Text *t, size_t i, int *year) {
  size_t n = read_int(t, i, year);
  if (n == 4 && *year >= 1900 && *year <= 2099)
    return n;
  Numeral m; // 二〇二四
  if (t->kind[i] == CH_HAN && numeral_at(t, i, &m) && m.positional &&
      m.digits == 4 && m.value.m >= 1900 && m.value.m <= 2099) {
    *year = (int)m.value.m;
    return m.end - i;
  }
  return 0;
}

// 2025-12, or 2025 for month 0.
static Str ym(Clock *c, int year, int month) {
  if (year < 0 || year > 9999)
    return str_fmt(c->a, month ? "%04d-%02d" : "%04d", year, month);
  char *p = arena_alloc(c->a, 8);
  for (int i = 3, n = year; i >= 0; i--, n /= 10)
    p[i] = (char)('0' + n % 10);
  p[4] = '-';
  p[5] = (char)('0' + month / 10);
  p[6] = (char)('0' + month % 10);
  return (Str){p, month ? 7 : 4};
}

static Str slashed(Clock *c, Str from, Str to) {
  return str_cat(c->a, str_cat(c->a, from, STR("/")), to);
}

// 97年底 in a paper of those years.
static size_t short_year(const Clock *c, size_t i, int *year) {
  const Text *t = c->t;
  size_t n = c->year && c->year < 2011 ? read_int(t, i, year) : 0;
  if (n != 2 || *year < 78 || !text_is(t, i + n, "年") ||
      text_any_before(t, i, "第 近 满 共 达 约 历时 了 用 — - '") ||
      text_any(t, i + n + 1, "的历史 历史 来 间 前 后 内 以上 左右 多 的"))
    return 0;
  *year += 1900;
  return n;
}

// 年, then perhaps 月 and 日: how far it goes; month 0 if none.
static size_t read_date(Clock *c, size_t i, int *year, int *month, int *day) {
  const Text *t = c->t;
  size_t from = i;
  *month = *day = 0;
  size_t n = read_year(t, i, year);
  n = n ? n : short_year(c, i, year);
  bool bare = n == 4 && text_any(t, i + n, "全年 上半年 下半年 前三季度");
  if (!n || (!bare && !text_is(t, i + n, "年")))
    return 0;
  i += n + !bare; // 2022全年
  if (text_is(t, i, "度"))
    i++;
  int m;
  n = read_small(t, i, &m);
  if (n && m >= 1 && m <= 12 && text_is(t, i + n, "月")) {
    *month = m;
    i += n + 1;
    if (text_is(t, i, "份"))
      i++;
    int d;
    n = read_small(t, i, &d);
    if (n && d >= 1 && d <= 31 && text_is(t, i + n, "日")) {
      *day = d;
      i += n + 1;
    }
  }
  return i - from;
}

static bool is_span(const Text *t, size_t i) {
  return t->c[i] == 0x2014 || t->c[i] == '-' || t->c[i] == '~' ||
         text_any(t, i, "至 到");
}

// 1—11月, 1月至11月, 一至十一月; 前5个月, 头8个月.
static size_t months_at(const Text *t, size_t i, int *first, int *last) {
  int x, y;
  bool first_of = text_any(t, i, "前 头") > 0;
  size_t k = i + first_of;
  size_t n = read_small(t, k, &x);
  if (!n || x < 1 || x > 12)
    return 0;
  k += n;
  if (first_of) {
    size_t unit = x > 1 ? text_any(t, k, "个月 月") : 0;
    if (!unit)
      return 0;
    *first = 1;
    *last = x;
    return k + unit - i;
  }
  if (text_is(t, k, "月") && is_span(t, k + 1))
    k++;
  if (!is_span(t, k))
    return 0;
  k += 1 + (text_is(t, k + 1, "月") ? 1 : 0);
  n = read_small(t, k, &y);
  if (!n || y <= x || y > 12 || !text_is(t, k + n, "月"))
    return 0;
  *first = x;
  *last = y;
  return k + n + 1 - i;
}

// A part of a year behind it: 上半年, 一季度, 底, 1—11月.
static size_t read_part(const Text *t, size_t i, int *first, int *last) {
  static const struct {
    const char *word;
    int first, last;
  } parts[] = {
      {"上半年", 1, 6},     {"下半年", 7, 12},    {"一季度", 1, 3},
      {"第一季度", 1, 3},   {"二季度", 4, 6},     {"第二季度", 4, 6},
      {"三季度", 7, 9},     {"第三季度", 7, 9},   {"四季度", 10, 12},
      {"一季度末", 3, 3},   {"二季度末", 6, 6},   {"三季度末", 9, 9},
      {"四季度末", 12, 12}, {"第四季度", 10, 12}, {"前三季度", 1, 9},
      {"前两季度", 1, 6},   {"年底", 12, 12},     {"底", 12, 12},
      {"末", 12, 12},       {"年末", 12, 12},     {"初", 1, 1},
      {"年初", 1, 1},       {"全年", 0, 0},
  };
  size_t row, best = ROWS_AT(t, i, parts, &row);
  if (best) {
    *first = parts[row].first;
    *last = parts[row].last;
  }
  size_t n = months_at(t, i, first, last);
  return n ? n : best;
}

static Time *add(Clock *c, Times *out, size_t from, size_t to, Str period) {
  Time *time = vec_push(c->a, out);
  *time = (Time){.begin = from, .end = to, .period = period};
  time->printed = text_slice(c->t, from, to);
  return time;
}

static Str period_of(Clock *c, int year, int first, int last, bool since,
                     bool stock) {
  if (!year)
    return STR("");
  if (since) {
    Str from = ym(c, year, first);
    if (c->report && c->report < c->year && c->report >= year)
      return slashed(c, from, ym(c, c->report, 0));
    if (c->year >= year && c->month)
      return slashed(c, from, ym(c, c->year, c->month));
    return slashed(c, from, STR(".."));
  }
  if (stock)
    return slashed(c, STR(".."), ym(c, year, last));
  if (first && last && first != last)
    return slashed(c, ym(c, year, first), ym(c, year, last));
  return ym(c, year, first);
}

// 截至 到 before a time: as of; the word belongs to it.
static size_t stock_before(const Text *t, size_t i) {
  size_t n = text_any_before(t, i, "截至 截止到 截止 截至到");
  return n;
}

// 2020年以来, 2020年开班以来
static size_t since_behind(const Text *t, size_t i) {
  size_t n = text_any(t, i, "以来 至今 起至今 开始 起");
  for (size_t k = i + 2; !n && k < i + 10 && k < t->n; k++) {
    if (t->kind[k - 1] != CH_HAN || text_is(t, k - 1, "的"))
      break;
    size_t behind = text_any(t, k, "以来 至今");
    n = behind ? k + behind - i : 0;
  }
  return n;
}

// 从7月1日起: what begins then has no end yet.
static bool open_ended(const Text *t, size_t i) {
  return text_any(t, i, "开始 起") && !text_is(t, i, "起至今");
}

#define SEASONS "年度 学年 榨季 赛季 财年 采暖期 采暖季 供暖期 供暖季 雪季"

// 1997|/98榨季: what lies over two years.
static size_t season_at(const Text *t, size_t k, int year, int *to) {
  int two;
  bool sign = t->c[k] == '/' || t->c[k] == '-' || t->c[k] == 0x2014;
  size_t n = sign ? read_int(t, k + 1, &two) : 0;
  size_t behind = n == 2 ? text_any(t, k + 1 + n, SEASONS) : 0;
  *to = year + 1;
  return behind && two == (year + 1) % 100 ? 1 + n + behind : 0;
}

// 2025年, 2025年1—11月, 2021—2024年, 2025年底
static size_t absolute(Clock *c, size_t i, Times *out) {
  const Text *t = c->t;
  int year, month = 0, day, first = 0, last = 0, to;
  size_t n = read_year(t, i, &year);
  n = n ? n : short_year(c, i, &year);
  if (!n)
    return 0;
  size_t k = i + n;
  bool sign = t->c[k] == 0x2014 || t->c[k] == '-' || t->c[k] == '~' ||
              text_any(t, k, "至 到");
  size_t skip = text_is(t, k, "年") ? 1 : 0;
  bool sign2 = skip && (t->c[k + 1] == 0x2014 || text_any(t, k + 1, "至 到"));
  size_t m = sign    ? read_year(t, k + 1, &to)
             : sign2 ? read_year(t, k + 2, &to)
                     : 0;
  size_t season = m ? 0 : season_at(t, k, year, &to);
  if (season || (m && to > year && to < year + 60)) {
    k += season ? season : m + (sign ? 1 : 2);
    k += season ? 0 : text_any(t, k, SEASONS " 年");
    add(c, out, i, k, str_fmt(c->a, "%d/%d", year, to))->frame = true;
    c->last = to;
    return k - i;
  }
  n = read_date(c, i, &year, &month, &day);
  if (!n)
    return 0;
  k = i + n;
  // 持续到2026年1月,力争全年…: an end ahead is not the year spoken of
  bool ahead = year > c->year && c->year && text_any_before(t, i, "到 至");
  if (!ahead || stock_before(t, i))
    c->last = year;
  first = last = month;
  if (!month)
    k += read_part(t, k, &first, &last);
  else if (!day)
    k += text_any(t, k, "底 末 初 上旬 中旬 下旬");
  size_t before = stock_before(t, i);
  size_t since = since_behind(t, k);
  if (since && text_is(t, k, "开始") && !text_any_before(t, i, "从 自"))
    since = 0;
  bool end_of = first && first == last && text_any_before(t, k, "底 末");
  bool stock = before || end_of;
  size_t begin = i - before;
  Str period = period_of(c, year, first, last, since > 0, stock && !since);
  if (since && open_ended(t, k))
    period = slashed(c, ym(c, year, first), STR(".."));
  Time *time = add(c, out, begin, k + since, period);
  time->stock = stock;
  time->ahead = ahead && !before;
  time->gone = year < c->year;
  return k + since - i;
}

static const struct {
  const char *word;
  int shift; // years from the page's
  char how;  // y year, n now, r recent (month), s unresolved, S same year part
} relative[] = {
    {"今年以来", 0, 'i'},    {"今年", 0, 'y'},       {"去年", -1, 'y'},
    {"前年", -2, 'y'},       {"明年", 1, 'y'},       {"上年末", -1, 'e'},
    {"去年底", -1, 'e'},     {"去年末", -1, 'e'},    {"今年底", 0, 'e'},
    {"本年度", 0, 'y'},      {"本月", 0, 'm'},       {"本月以来", 0, 'm'},
    {"截至目前", 0, 'n'},    {"截止目前", 0, 'n'},   {"目前", 0, 'n'},
    {"如今", 0, 'n'},        {"眼下", 0, 'n'},       {"迄今", 0, 'n'},
    {"近日", 0, 'r'},        {"日前", 0, 'r'},       {"近年来", 0, 's'},
    {"近期", 0, 's'},        {"连日来", 0, 'm'},     {"年初以来", 0, 'i'},
    {"年初", 0, 's'},        {"入冬以来", 0, 'w'},   {"开展以来", 0, 's'},
    {"今春以来", 0, 'i'},    {"上周", 0, 'W'},       {"本周", 0, 'm'},
    {"十一”黄金周", 0, 'Y'}, {"国庆黄金周", 0, 'Y'}, {"春节黄金周", 0, 'Y'},
    {"五一”黄金周", 0, 'Y'}, {"今冬", 0, 'w'},       {"今春", 0, 'y'},
    {"今夏", 0, 'y'},        {"今秋", 0, 'y'},       {"去冬", -1, 'y'},
    {"去春", -1, 'y'},       {"去夏", -1, 'y'},      {"去秋", -1, 'y'},
    {"截至当前", 0, 'n'},    {"截至发稿", 0, 'n'},   {"每年", 0, 's'},
    {"昨日", 0, 'd'},        {"今日", 0, 'm'},       {"今天", 0, 'm'},
    {"昨天", 0, 'd'},        {"去年以来", -1, 'i'},  {"上年", -1, 'y'},
    {"年内", 0, 'y'},        {"两节期间", 0, 'h'},   {"春节期间", 0, 'Y'},
    {"五一期间", 0, 'Y'},    {"国庆期间", 0, 'Y'},   {"中秋期间", 0, 'Y'},
    {"截至日前", 0, 'n'},    {"现在", 0, 'n'},       {"当前", 0, 'n'},
    {"上半年", 0, 'p'},      {"下半年", 0, 'p'},     {"前三季度", 0, 'p'},
    {"一季度", 0, 'p'},      {"二季度", 0, 'p'},     {"三季度", 0, 'p'},
    {"四季度", 0, 'p'},      {"全年", 0, 'f'},       {"年末", 0, 'E'},
    {"截至年底", 0, 'e'},    {"年底前", 0, 'e'},     {"截至去年底", -1, 'e'},
    {"春运期间", 0, 'Y'},    {"疫情期间", 0, 's'},   {"抗疫期间", 0, 's'},
    {"节日期间", 0, 's'},    {"双节期间", 0, 's'},   {"春节假期", 0, 'Y'},
    {"国庆假期", 0, 'Y'},    {"五一假期", 0, 'Y'},   {"中秋假期", 0, 'Y'},
    {"春运40天", 0, 'Y'},    {"上月", 0, 'l'},       {"上个月", 0, 'l'},
    {"次年", 1, 'a'},        {"翌年", 1, 'a'},       {"第二年", 1, 'a'},
    {"大前年", -3, 'y'},     {"去冬今春", 0, 'c'},   {"今冬明春", 1, 'c'},
    {"入汛以来", 0, 'I'},    {"入夏以来", 0, 'I'},   {"入秋以来", 0, 'I'},
    {"入春以来", 0, 'I'},    {"开春以来", 0, 'I'},   {"春节以来", 0, 'I'},
    {"春节过后", 0, 's'},    {"年初至今", 0, 'i'},   {"今年至今", 0, 'i'},
    {"五一”期间", 0, 'Y'},   {"十一”期间", 0, 'Y'},  {"五一”假期", 0, 'Y'},
    {"十一”长假", 0, 'Y'},   {"国庆长假", 0, 'Y'},   {"春节长假", 0, 'Y'},
    {"国庆中秋", 0, 'Y'},    {"中秋国庆", 0, 'Y'},   {"元旦假期", 0, 'Y'},
    {"清明假期", 0, 'Y'},    {"端午假期", 0, 'Y'},   {"国庆节期间", 0, 'Y'},
    {"昨晚", 0, 'd'},        {"昨夜", 0, 'd'},       {"前天", 0, 'd'},
    {"今晨", 0, 'm'},        {"暑假期间", 0, 'x'},   {"暑期", 0, 'x'},
};

// 全年 in a paper of January to October is the year before, or is to be.
static int whole_year(const Clock *c, char how) {
  return how == 'f' && c->month && c->month <= 10 ? 0 : c->year;
}

// The year a word like 去年 or 次年 tells, 0 if the page does not say.
static int year_of(const Clock *c, char how, int shift, size_t i) {
  if (text_is(c->t, i, "上年"))
    return c->last ? c->last - 1 : c->year ? c->year - 1 : 0;
  switch (how) {
  case 'a': // the year after the one told of
    return c->last ? c->last + shift : 0;
  case 'f':
  case 'p':
    return c->last ? c->last : whole_year(c, how);
  case 'E':
    return c->last;
  default:
    break;
  }
  if (c->report && (how == 'Y' || text_is(c->t, i, "截至年底")))
    return c->report;
  return c->year ? c->year + shift : 0;
}

static Str month_before(Clock *c) {
  return !c->month       ? STR("")
         : c->month == 1 ? ym(c, c->year - 1, 12)
                         : ym(c, c->year, c->month - 1);
}

static Str resolve(Clock *c, char how, int shift, size_t i, size_t end) {
  bool lately = how == 'y' || how == 'e' || how == 'f';
  int year = year_of(c, how, shift, i);
  if (!year || (!c->year && !c->last))
    return STR("");
  int first = 0, last = 0;
  switch (how) {
  case 'n':
    return slashed(c, STR(".."), ym(c, c->year, c->month));
  case 'm':
  case 'r':
    return ym(c, c->year, c->month);
  case 'W': // last week, unless it may lie in the month before
    return c->day > 13 ? ym(c, c->year, c->month) : ym(c, year, 0);
  case 'd': // the day before
    return c->day == 1 ? month_before(c) : ym(c, c->year, c->month);
  case 'l':
    return month_before(c);
  case 'x': // told of from summer on
    return c->month >= 6 ? ym(c, year, 0) : STR("");
  case 'c': // winter to spring
    return slashed(c, ym(c, year - 1, 0), ym(c, year, 0));
  case 'I': // since some day of this year
    return c->month ? slashed(c, ym(c, year, 0), ym(c, c->year, c->month))
                    : STR("");
  case 'h': // New Year and Spring Festival, told of before the next ones
    return c->month && c->month <= 8 ? ym(c, year, 0) : STR("");
  case 'w': // winter begins in November
    if (!c->month)
      return STR("");
    return period_of(c, year - (c->month < 6), 11, 0, true, false);
  case 'i':
    return shift ? slashed(c, ym(c, year, 0), STR("..")) // 去年以来
                 : period_of(c, year, 1, 0, true, false);
  case 'e':
  case 'E':
    return slashed(c, STR(".."), ym(c, year, 12));
  case 'a':
  case 'Y':
    return ym(c, year, 0);
  case 'p': {
    size_t part = read_part(c->t, i, &first, &last);
    return period_of(c, year, first, last, false,
                     text_any_before(c->t, i + part, "季度末") > 0);
  }
  default:
    break;
  }
  if (lately && read_part(c->t, end, &first, &last))
    return period_of(c, year, first, last, false, first == last);
  return lately ? ym(c, year, 0) : STR("");
}

// 同期,全市…; not 上年同期, 同期增长.
static size_t same_at(Clock *c, size_t i, Times *out) {
  if (!text_is(c->t, i, "同期") || !text_breaks(c->t, i + 2) ||
      (i && !text_breaks(c->t, i - 1)))
    return 0;
  add(c, out, i, i + 2, STR(""))->same = true;
  return 2;
}

// 今年前三季度…,去年同期: the same months a year before.
static Str year_before(Clock *c, const Times *out) {
  for (size_t k = out->len; k-- > 0;) {
    const Time *time = &out->data[k];
    Str p = time->period;
    if (time->base || p.len < 7 || p.data[4] != '-' || str_has(p, STR("..")))
      continue;
    char *year = arena_alloc(c->a, p.len);
    memcpy(year, p.data, p.len);
    for (size_t i = 0; i + 4 <= p.len; i += 8) {
      Clock at = *c;
      int y = 0;
      for (size_t d = i; d < i + 4; d++)
        y = y * 10 + (p.data[d] - '0');
      memcpy(year + i, ym(&at, y - 1, 0).data, 4);
      if (i + 8 > p.len || p.data[i + 4] != '-')
        break;
    }
    return (Str){year, p.len};
  }
  return STR("");
}

static size_t relative_at(Clock *c, size_t i, Times *out) {
  size_t row, best = ROWS_AT(c->t, i, relative, &row);
  if (!best)
    return 0;
  char how = relative[row].how;
  size_t end = i + best;
  Str period = resolve(c, how, relative[row].shift, i, end);
  int first, last;
  if (how == 'y') {
    end += read_part(c->t, end, &first, &last);
    int month;
    size_t n = read_small(c->t, end, &month);
    if (end == i + best && n && text_is(c->t, end + n, "月") && month >= 1 &&
        month <= 12 && period.len) {
      end += n + 1;
      end += text_any(c->t, end, "份 底 末 初");
      period = ym(c, c->year + relative[row].shift, month);
      if (text_is(c->t, end, "以来")) {
        end += 2;
        period =
            period_of(c, c->year + relative[row].shift, month, 0, true, false);
      }
    }
    if (end == i + best && text_is(c->t, end, "以来"))
      end += 2;
    if (end == i + best && relative[row].shift == -1 &&
        text_is(c->t, end, "同期")) {
      Str then = year_before(c, out);
      period = then.len ? then : period;
    }
  }
  if (how == 'y' && c->year && !text_is(c->t, i, "上年"))
    c->last = c->year + relative[row].shift;
  size_t slash_at = str_find(period, STR("/"), 0);
  bool quarter_end = (how == 'p' || how == 'y') && slash_at == 7 &&
                     text_is(c->t, end - 1, "度") &&
                     text_any(c->t, end, "末 底");
  if (quarter_end) { // 三季度末
    end++;
    period = slashed(c, STR(".."), str_slice(period, 8, period.len));
  }
  size_t before = stock_before(c->t, i);
  bool stock = quarter_end || how == 'n' || how == 'e' || how == 'E' || before;
  size_t slash = str_find(period, STR("/"), 0);
  if (before && slash != SIZE_MAX && how == 'p')
    period = str_slice(period, slash + 1, period.len);
  if (before && period.len && !str_starts(period, STR("..")) &&
      !str_has(period, STR("/")))
    period = slashed(c, STR(".."), period);
  Time *time = add(c, out, i - before, end, period);
  time->stock = stock;
  time->ahead = how == 'n';
  if (how == 'a' && c->last)
    c->last += relative[row].shift; // 次年…,再次年…
  time->gone = how == 'y' && relative[row].shift < 0;
  time->news = how == 'r';
  return end - i;
}

// What may lead to the name of a month.
static bool before_month(const Text *t, size_t i) {
  return text_any_before(t, i, "截至 到 至 在 从 自 年 于 和 与 及 比 是") > 0;
}

// 12月26日, 1—11月, 3月份 without a year: the year named last, or the page's.
static size_t month_at(Clock *c, size_t i, Times *out) {
  const Text *t = c->t;
  int month, day, first = 0, last = 0;
  int year = c->last ? c->last : c->year;
  size_t n = months_at(t, i, &first, &last);
  if (n && text_any_before(t, i, "提 之 以 此"))
    return 0; // 提前3个月
  if (n) {
    if (!c->last && c->month && last > c->month)
      year--; // 前11个月 in a January paper
    add(c, out, i, i + n, period_of(c, year, first, last, false, false));
    return n;
  }
  n = read_small(t, i, &month);
  if (!n || month < 1 || month > 12 || !text_is(t, i + n, "月"))
    return 0;
  if (t->kind[i] == CH_HAN && i && t->kind[i - 1] == CH_HAN &&
      !(t->inside[i - 1] & INSIDE_TIME) && !before_month(t, i) &&
      !text_any(t, i + n + 1,
                "份 底 末 初 上 中 下 一 二 三 四 五 六 七 八 九 "
                "十 以来 起"))
    return 0; // 交警一月查处917起: how long
  size_t k = i + n + 1;
  k += text_any(t, k, "份 底 末 初 上旬 中旬 下旬");
  n = read_small(t, k, &day);
  if (n && text_any(t, k + n, "日"))
    k += n + 1;
  if (year == c->year && c->month && month > c->month + 1 && !c->last)
    year--; // 12月 in a January paper
  size_t before = stock_before(t, i);
  bool since = !before && text_is(t, k, "以来"); // 10月以来
  k += since ? 2 : 0;
  add(c, out, i - before, k,
      period_of(c, year, month, month, since, before > 0))
      ->stock = before > 0;
  return k - i;
}

// 8日 in a paper of the 9th: of its month, or of the one before.
static size_t day_at(Clock *c, size_t i, Times *out) {
  const Text *t = c->t;
  int day;
  size_t n = read_int(t, i, &day);
  if (!n || n > 2 || day < 1 || day > 31 || !text_is(t, i + n, "日") ||
      !c->month || !c->day ||
      text_any(t, i + n + 1, "内 间 游 均 后 龄 元 报 常 夜 程 子 志") ||
      text_any_before(t, i, "月 第 每 近 前 数 双 - —"))
    return 0;
  int month = day > c->day ? c->month - 1 : c->month;
  Str on = month ? ym(c, c->year, month) : ym(c, c->year - 1, 12);
  size_t before = stock_before(t, i);
  if (before)
    on = str_fmt(c->a, "../%.*s", STR_ARG(on));
  add(c, out, i - before, i + n + 1, on)->stock = before > 0;
  return n + 1;
}

// “十四五”期间
static size_t plan_at(Clock *c, size_t i, Times *out) {
  static const struct {
    const char *word;
    int first;
  } plans[] = {{"六五", 1981},   {"七五", 1986},   {"八五", 1991},
               {"九五", 1996},   {"十五", 2001},   {"十一五", 2006},
               {"十二五", 2011}, {"十三五", 2016}, {"十四五", 2021},
               {"十五五", 2026}};
  const Text *t = c->t;
  if (!text_any(t, i, "六五 七五 八五 九五 十"))
    return 0;
  for (size_t k = 0; k < sizeof plans / sizeof *plans; k++) {
    if (!text_is(t, i, plans[k].word))
      continue;
    size_t end = i + strlen(plans[k].word) / 3, begin = i;
    if (end < t->n && (t->kind[end] == CH_UNQUOTE || t->c[end] == '"'))
      end++;
    if (begin && (t->kind[begin - 1] == CH_QUOTE || t->c[begin - 1] == '"'))
      begin--;
    int first = plans[k].first;
    size_t n = text_any(t, end, "期间 时期 以来 末 规划期 计划期间 期末 初");
    if (!n)
      continue; // 十五|五
    bool end_of = text_any(t, end, "末 期末");
    bool since = text_is(t, end, "以来");
    Str p = end_of  ? str_fmt(c->a, "../%d-12", first + 4)
            : since ? period_of(c, first, 0, 0, true, false)
                    : str_fmt(c->a, "%d/%d", first, first + 4);
    Time *time = add(c, out, begin, end + n, p);
    time->stock = end_of;
    time->plan = true;
    return end + n - i;
  }
  return 0;
}

// 一年来 in a paper of the year's end or beginning: that year.
static Str year_past(Clock *c) {
  if (!c->month)
    return STR("");
  if (c->month == 12 || c->month == 1)
    return ym(c, c->year - (c->month == 1), 0);
  return STR(""); // since when, the text does not say
}

// 五年来, 三年间: years that the article names elsewhere.
static size_t years_at(Clock *c, size_t i, Times *out) {
  const Text *t = c->t;
  int years;
  size_t n = read_small(t, i, &years);
  size_t before = n ? text_any_before(t, i, "今后 未来") : 0;
  size_t past = n ? text_any_before(t, i, "过去 近 最近") : 0;
  size_t behind =
      n ? text_any(t, i + n,
                   before || past ? "年来 年间 年" : "年来 年间 年多来")
        : 0;
  if (past && text_any(t, i + n + behind, "前 级 制 期 历史"))
    behind = 0;
  if (!behind || years > 60)
    return 0;
  Time *time = add(c, out, i - before - past, i + n + behind, STR(""));
  if (before) {
    if (c->month && c->month <= 3) // else from this year on, or the next?
      time->period =
          slashed(c, ym(c, c->year, 0), ym(c, c->year + years - 1, 0));
    return n + behind;
  }
  time->years = years;
  if (years == 1 && behind == 2)
    time->period = year_past(c);
  return n + behind;
}

// What a time may begin with beside 0 to 9.
const char time_heads[] =
    "头大六暑元今去前明上下本截目如眼迄近日连年入开每次翌第节双过当"
    "昨两春五六七八九国中现当一二三四十全疫抗同正腊";

static bool may_begin(const Text *t, size_t i) {
  return t->kind[i] != CH_DIGIT || i == 0 || t->kind[i - 1] != CH_DIGIT;
}

// "2025-12-05": the day that relative times are reckoned from.
static void clock_set(Clock *c, Str date) {
  int part[3] = {0};
  for (size_t i = 0, k = 0; i < date.len && k < 3; i++) {
    if (date.data[i] >= '0' && date.data[i] <= '9' && part[k] < 10000)
      part[k] = part[k] * 10 + (date.data[i] - '0');
    else
      k++;
  }
  c->year = part[0];
  c->month = part[1];
  c->day = part[2];
}

// 正月初六, 大年三十: of the year in which a paper of spring or winter tells
// it.
static size_t lunar_at(Clock *c, size_t i, Times *out) {
  const Text *t = c->t;
  size_t n = text_any(t, i, "大年 正月 腊月");
  size_t k = i + n + (n ? text_any(t, i + n, "初") : 0);
  int day;
  size_t digits = n ? read_small(t, k, &day) : 0;
  if (!digits)
    digits = text_any(t, k, "廿");
  if (!digits)
    return 0;
  k += digits + (text_is(t, k, "廿") ? text_any(t, k + 1,
                                                "一 二 三 四 五 六 "
                                                "七 八 九")
                                     : 0);
  bool spring = c->month && c->month <= 4;
  add(c, out, i, k, spring ? ym(c, c->year, 0) : STR(""))->day = true;
  return k - i;
}

// Adds the time that begins at i; its length, or 0.
static size_t time_at(Clock *c, size_t i, Times *out) {
  const Text *t = c->t;
  size_t n = 0;
  bool number = t->head[i] & HEAD_NUMBER;
  if (t->kind[i] == CH_DIGIT || t->c[i] == 0x4E8C)
    n = absolute(c, i, out);
  if (!n && (number || text_any(t, i, "前 头"))) // 前5个月
    n = month_at(c, i, out);
  if (!n && t->kind[i] == CH_DIGIT)
    n = day_at(c, i, out);
  if (!n && number)
    n = years_at(c, i, out);
  if (!n)
    n = plan_at(c, i, out);
  if (!n)
    n = relative_at(c, i, out);
  if (!n)
    n = same_at(c, i, out);
  if (!n)
    n = lunar_at(c, i, out);
  return n;
}

// 截至4月30日,2017年以来: since then, up to that day.
static void until_then(Clock *c, Times *out) {
  Time *to = &out->data[out->len - 2], *from = &out->data[out->len - 1];
  size_t slash = str_find(from->period, STR("/"), 0);
  bool beside = from->begin <= to->end + 1 &&
                (from->begin == to->end || c->t->c[to->end] == ',');
  if (!beside || slash == SIZE_MAX || slash == 0 ||
      !str_ends(from->printed, STR("来")) || !to->stock ||
      !str_starts(to->period, STR("../")))
    return;
  from->period = slashed(c, str_slice(from->period, 0, slash),
                         str_slice(to->period, 3, to->period.len));
  from->begin = to->begin;
  from->printed = text_slice(c->t, from->begin, from->end);
  *to = *from;
  out->len--;
}

// 今年11月到明年2月: one stretch of time, not two times.
static void joined(Clock *c, Times *out) {
  if (out->len < 2)
    return;
  size_t had = out->len;
  until_then(c, out);
  if (out->len < had)
    return;
  Time *from = &out->data[out->len - 2];
  const Time *to = &out->data[out->len - 1];
  bool apart = to->begin != from->end + 1 || !is_span(c->t, from->end);
  if (apart || from->period.len < 4 || from->period.len != to->period.len ||
      str_has(from->period, STR("/")) || str_has(to->period, STR("/")) ||
      memcmp(from->period.data, to->period.data, to->period.len) >= 0)
    return;
  from->period = slashed(c, from->period, to->period);
  from->end = to->end;
  from->printed = text_slice(c->t, from->begin, from->end);
  from->base = from->stock = from->ahead = false;
  out->len--;
}

void find_times(Arena *a, Text *t, Str date, int year, Times *out) {
  Clock c = {.a = a, .t = t, .last = year, .report = year};
  clock_set(&c, date);
  for (size_t i = 0; (i = text_head(t, i, HEAD_TIME)) < t->n;) {
    size_t had = out->len;
    int last = c.last;
    size_t n = may_begin(t, i) ? time_at(&c, i, out) : 0;
    if (!n) {
      i++;
      continue;
    }
    if (out->len > had) {
      joined(&c, out);
      Time *time = &out->data[out->len - 1];
      time_reach(t, time);
      if (time->base)
        c.last = last; // 比2022年: not the year spoken of
      if (t->head[time->begin] & HEAD_CLAUSE && !time->base)
        t->head[time->end] |= HEAD_CLAUSE; // 今年采油厂…
      for (size_t k = time->begin; k < time->end; k++)
        t->inside[k] |= INSIDE_TIME;
    }
    i += n;
  }
}
