// The opening of a news report: 本报讯, 本报兰州12月29日电, 新华社北京3月5日电.
#include "read_imp.h"

static const uint16_t *const agencies[] = {
    u"本报",   u"据新华社", u"新华社", u"中新社",   u"中新网", u"新华网",
    u"人民网", u"央视网",   u"央广网", u"光明网",   u"中国网", u"本刊",
    u"本网",   u"本台",     u"据央视", u"国际在线", u"中通社", u"法新社",
    u"路透社", u"美联社",   u"塔斯社", u"共同社",   NULL};
static const uint16_t *const media[] = {
    u"日报", u"晚报", u"晨报",   u"早报",   u"时报",   u"工人报",
    u"快报", u"商报", u"都市报", u"客户端", u"网",     u"融媒",
    u"导报", u"新报", u"周报",   u"青年报", u"农民报", NULL};
// What a city paper calls itself in its reports: 晚报讯.
static const uint16_t *const short_names[] = {
    u"晚报", u"晨报",   u"早报", u"日报", u"时报", u"商报",
    u"快报", u"都市报", u"导报", u"新报", u"周报", NULL};

static const uint16_t *const report_words[] = {
    u"讯", u"电", u"消息", u"专电", u"综合讯", u"综合消息", NULL};

// Length of the name of the paper or agency at the start, 0 if none.
static size_t agency_at(Chars t) {
  size_t n = ch_any(t, 0, agencies);
  for (size_t i = 2; !n && i < 14 && i < t.n; i++) {
    if (!ch_han(t.c[i]) && t.c[i] != 0xB7)
      break;
    size_t m = ch_any(t, i, media);
    m = m ? m : ch_at(t, i, u"报讯") ? 1 : 0; // 北河油矿报讯
    n = m ? i + m : 0;
  }
  return n;
}

// 晚报讯(…, 晨报滨海3月8日讯: the short name needs a day, or a bracket, a mark
// or a role right behind.
static bool short_opening(Chars t, size_t after, bool day) {
  return day ||
         (after < t.n && (t.c[after] == '(' || t.c[after] == ' ' ||
                          t.c[after] == ':' || t.c[after] == 0x3010)) ||
         ch_at(t, after, u"记者") || ch_at(t, after, u"通讯员");
}

// [[2025年]12月]29日, in figures or signs, at i; its length.
static size_t day_at(Chars t, size_t i, Dateline *d) {
  int value, year = 0, month = 0;
  size_t at = i, n = date_number(t, at, 4, &value);
  if (n == 4 && ch_at(t, at + n, u"年")) {
    year = value;
    at += n + 1;
  }
  n = date_number(t, at, 2, &value);
  if (n && ch_at(t, at + n, u"月") && value >= 1 && value <= 12) {
    month = value;
    at += n + 1;
    n = date_number(t, at, 2, &value);
  }
  if (!n || !ch_at(t, at + n, u"日") || value < 1 || value > 31 ||
      (year && !month))
    return 0;
  d->year = year;
  d->month = month;
  d->day = value;
  return at + n + 1 - i;
}

static size_t skip_spaces(Chars t, size_t i) {
  while (i < t.n && t.c[i] == ' ')
    i++;
  return i;
}

// 据新华社电 and a text behind it; 新华社电视… is none.
static bool wire(Chars t, size_t after) {
  static const uint16_t *const wires[] = {u"据新华社电", u"新华社电",
                                          u"据中新社电", u"中新社电", NULL};
  static const uint16_t words[] = u"视子影力商台网脑话波";
  for (const uint16_t *c = words; *c; c++)
    if (t.c[after] == *c)
      return false;
  return ch_any(t, 0, wires) == after;
}

// (本报北川3月8日电), 【本报讯】, ■本报讯: what stands before.
static size_t opening_mark(Chars t) {
  static const uint16_t marks[] = u"([【〔■●▲□";
  for (const uint16_t *m = marks; *m && t.n; m++)
    if (t.c[0] == *m)
      return 1;
  return 0;
}

// 公司讯(通讯员…, 滨海消息(记者…: a name of two to six ideographs, 讯 or 消息,
// and a bracket or a space with a role behind.
static size_t local_name(Chars t) {
  enum { LONGEST = 6 };
  for (size_t i = 1; i <= LONGEST && i < t.n && ch_han(t.c[i - 1]); i++) {
    size_t n = ch_at(t, i, u"讯(") || ch_at(t, i, u"讯 ")       ? 1
               : ch_at(t, i, u"消息(") || ch_at(t, i, u"消息 ") ? 2
                                                                : 0;
    if (!n)
      continue;
    bool bracket = t.c[i + n] == '(';
    Chars in = ch_slice(t, i + n + 1, i + n + (bracket ? 9 : 4));
    return (bracket || i > 1) && (ch_has(in, u"记者") || ch_has(in, u"通讯员"))
               ? i
               : 0;
  }
  return 0;
}

Dateline dateline_at(Chars t) {
  Dateline d = {0}, none = {0};
  size_t bracket = opening_mark(t);
  size_t i = agency_at(ch_slice(t, bracket, t.n));
  bool brief = !i;
  i = i ? i : ch_any(t, bracket, short_names);
  i = i ? i : local_name(ch_slice(t, bracket, t.n));
  if (!i)
    return none;
  i += bracket;
  i = skip_spaces(t, i);
  d.place = d.place_to = (uint32_t)i;
  size_t from = i;
  Dateline at_end = {0};
  while (i < t.n && i < from + 12 &&
         (ch_han(t.c[i]) || t.c[i] == ' ' || t.c[i] == 0x3001) &&
         !ch_any(t, i, report_words) && !day_at(t, i, &at_end))
    i++;
  size_t place_to = i;
  while (place_to > from && t.c[place_to - 1] == ' ')
    place_to--;
  size_t n = day_at(t, i, &d);
  i = skip_spaces(t, i + n);
  if (ch_at(t, i, u"讯员") || ch_has(ch_slice(t, from, i), u"记者"))
    return none;
  size_t word = ch_any(t, i, report_words);
  if (!word)
    return none;
  // 电 and 讯 open a sentence's word too: 本报电子版, 本报讯息
  size_t after = i + word;
  if (after < t.n && ch_han(t.c[after]) && !n && place_to == from &&
      !ch_at(t, after, u"记者") && !ch_at(t, i, u"讯") &&
      !ch_at(t, i, u"消息") && !wire(t, after))
    return none;
  if (bracket && after < t.n && ch_closer(t.c[after]) && t.c[after] != ')')
    after++;
  if (brief && !short_opening(t, after, n > 0))
    return none;
  d.place_to = (uint32_t)place_to;
  d.end = after;
  return d;
}
