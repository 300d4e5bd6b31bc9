// Lines that are no prose: a table's rows, what a web page prints around an
// article, verses and lists of names.
#include "read_imp.h"

bool line_row(Chars t) {
  enum { LONGEST = 160 };
  size_t fields = 0, figures = 0, blanks = 0;
  for (size_t i = 0; i < t.n && t.n <= LONGEST; i++)
    blanks += t.c[i] == ' ';
  if (blanks < 2)
    return false;
  for (size_t i = 0; i < t.n; i++) {
    size_t from = i;
    bool digits = true;
    for (; i < t.n && t.c[i] != ' '; i++)
      digits = digits && (ch_digit(t.c[i]) || t.c[i] == '.' || t.c[i] == ',' ||
                          t.c[i] == '%' || t.c[i] == '-' || t.c[i] == '+');
    fields += i > from;
    figures += i > from && digits;
  }
  return fields >= 3 && figures >= 2;
}

bool line_caption(Chars t) {
  size_t stops = 0;
  for (size_t i = 0; i < t.n; i++)
    stops += ch_stop(t.c[i]);
  return stops >= 2 || t.n > 40;
}

// ● 一季度,…: an item of a list.
bool line_item(Chars t) {
  static const uint16_t marks[] = u"□■●○◆◇★☆▲△▶►•";
  if (!t.n || t.c[0] >= CHAR_FAR)
    return false;
  for (const uint16_t *m = marks; *m; m++)
    if (t.c[0] == *m)
      return true;
  return false;
}

bool line_frame(Chars t) {
  enum { LONGEST = 120 };
  static const uint16_t *const starts[] = {
      u"上一篇",   u"下一篇",    u"版权所有", u"首页 >",   u"当前位置",
      u"您的位置", u"分享到",    u"分享:",    u"字号:",    u"【字体",
      u"打印本页", u"关闭窗口",  u"备案号",   u"浏览次数", u"发布时间",
      u"发布日期", u"Copyright", NULL};
  static const uint16_t *const signs[] = {u"字号", u"作者:", u"浏览",
                                          u"发布", u"打印",  NULL};
  if (t.n > LONGEST || ch_has(t, u"。"))
    return false;
  if (ch_any(t, 0, starts))
    return true;
  bool sign = false;
  for (const uint16_t *const *s = signs; *s; s++)
    sign = sign || ch_has(t, *s);
  return sign && ch_has(t, u"来源:");
}

// A short line without mark, pause or stop, of the block that the line before
// stands in.
static bool bare(const Piece *p) {
  enum { LONGEST = 18 };
  if (p->level || p->people || p->dateline || p->fold.n > LONGEST)
    return false;
  for (size_t i = 0; i < p->fold.n; i++)
    if (ch_pause(p->fold.c[i]) || p->fold.c[i] == 0x3002)
      return false;
  return true;
}

// 土豆(本地)每公斤1.2元,持平: a line without stop that tells a price.
static bool priced(const Piece *p) {
  enum { LONGEST = 60 };
  static const uint16_t *const units[] = {u"元", u"角", u"分钱", NULL};
  Chars t = p->fold;
  if (p->level || p->people || p->dateline || p->cut_before || t.n > LONGEST ||
      ch_ended(t) || ch_has(t, u"。"))
    return false;
  bool figure = false;
  for (size_t i = 0; i < t.n; i++) {
    figure = figure || ch_digit(t.c[i]);
    if (figure && ch_any(t, i, units))
      return true;
  }
  return false;
}

// Lines of prices, each a block or not, stand for themselves.
static void type_prices(Sheet *s) {
  enum { LEAST = 3 };
  Piece *p = s->pieces.data;
  for (size_t i = 0, e; i < s->pieces.len; i = e + (e == i)) {
    for (e = i; e < s->pieces.len && priced(&p[e]) &&
                (e == i || p[e].blanks < GAP_LINES);)
      e++;
    for (size_t k = i; e - i >= LEAST && k < e; k++)
      if (p[k].type == P_HEAD || p[k].type == P_BODY)
        p[k].type = P_BODY, p[k].verse = true;
  }
}

void type_lists(Sheet *s) {
  enum { LEAST = 4 };
  Piece *p = s->pieces.data;
  type_prices(s);
  for (size_t i = 0, e; i < s->pieces.len; i = e) {
    e = i + 1;
    if (!bare(&p[i]))
      continue;
    while (e < s->pieces.len && p[e].blanks == 0 && !p[e].cut_before &&
           bare(&p[e]))
      e++;
    bool opened = e < s->pieces.len && (p[e].dateline || p[e].people);
    if (e - i < LEAST || opened)
      continue;
    bool verses = i > 0 && p[i - 1].people && p[i].blanks == 0;
    for (size_t k = verses ? i : i + 1; k < e; k++)
      if (p[k].type == P_HEAD)
        p[k].type = P_BODY, p[k].verse = true;
  }
}

// 2018年5月2日 alone.
static bool day_line(const Piece *p) {
  Date d;
  return !p->level && p->fold.n && date_at(p->fold, 0, &d) == p->fold.n;
}

// A body's name alone: 北川市自来水公司.
static bool body_line(const Piece *p) {
  enum { SHORTEST = 4, LONGEST = 24 };
  if (p->level || p->people || p->dateline || p->fold.n > LONGEST ||
      p->fold.n < SHORTEST)
    return false;
  for (size_t i = 0; i < p->fold.n; i++)
    if (!ch_han(p->fold.c[i]) && p->fold.c[i] != ' ')
      return false;
  return true;
}

void type_signers(Sheet *s) {
  Piece *p = s->pieces.data;
  for (size_t i = 2; i < s->pieces.len; i++) {
    if (!day_line(&p[i]) || (p[i].type != P_HEAD && p[i].type != P_BODY) ||
        !body_line(&p[i - 1]) || p[i - 1].type == P_MASTHEAD ||
        !ch_ended(p[i - 2].fold) || p[i - 2].level)
      continue;
    for (size_t k = i - 1; k <= i; k++)
      p[k].type = P_BODY, p[k].verse = true;
  }
}
