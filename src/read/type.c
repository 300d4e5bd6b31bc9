// What each piece is. Every rule is a row of evidence: a type, points, and the
// fact that gives them; the type with most points wins, body first.
#include "seam.h"

typedef struct {
  const Piece *p, *before, *after; // neighbours, NULL at the page's ends
  const Piece *last;               // of the page
  size_t at;                       // pieces before it
  Chars t;
  size_t stops, pauses, dots;
  size_t column_lines; // neighbours of this one's width
  bool torn_begin, torn_end, unbalanced;
  bool flows;        // the next piece goes on in mid sentence
  bool column_width; // as wide as the wrapped text beside it
  bool ended, gap_before, gap_after, byline, credit;
} Facts;

static const uint16_t *const caption_starts[] = {
    u"图为", u"图①", u"图1",      u"上图", u"下图", u"左图", u"右图",
    u"题图", u"图/", u"图片说明", u"▲",    u"△",    u"▼",    NULL};
static const uint16_t *const scene_ends[] = {
    u"现场",   u"现场。", u"合影",   u"合影。",   u"会场",       u"会场。",
    u"仪式",   u"仪式。", u"场景",   u"场景。",   u"大会",       u"活动。",
    u"表演。", u"演出。", u"资料图", u"资料图片", u"(资料图片)", NULL};
static const uint16_t *const continuations[] = {
    u"(接",    u"(上接", u"(下转", u"(紧接", u"上接第",
    u"下转第", u"接第",  u"(转",   u"(详见", NULL};
static const uint16_t *const labels[] = {
    u"阅读提示", u"核心提示", u"内容提要", u"内容提示", u"编者按",
    u"编者的话", u"开栏的话", u"导读",     u"新闻背景", u"延伸阅读",
    u"记者手记", u"提要",     u"相关链接", u"新闻链接", u"短评",
    u"背景",     NULL};
static const uint16_t *const editors[] = {
    u"责编", u"责任编辑", u"美编", u"版式", u"校对", u"值班",
    u"主编", u"编辑:",    u"本版", u"审读", u"检校", NULL};
static const uint16_t *const slogans[] = {
    u"热烈祝贺", u"热烈庆祝", u"喜迎", u"团结奋斗", u"学习贯彻",
    u"深入学习", u"向全国",   u"祝全", u"恭贺",     NULL};
static const uint16_t *const notices[] = {
    u"遗失声明", u"遗失启事", u"公告", u"启事",     u"声明",
    u"拍卖公告", u"招标公告", u"通知", u"注销公告", u"催告",
    u"公示",     u"讣告",     NULL};
static const uint16_t *const paper_ends[] = {
    u"日报", u"晚报",   u"晨报",   u"早报",   u"时报",   u"商报", u"工人报",
    u"新报", u"都市报", u"青年报", u"农民报", u"法治报", NULL};
static const uint16_t *const contacts[] = {u"热线", u"电话", u"邮箱", u"网址",
                                           u"邮编", u"定价", u"零售", NULL};
static const uint16_t *const codes[] = {u"扫一扫",   u"扫码",     u"扫描二维码",
                                        u"扫二维码", u"长按识别", NULL};
static const uint16_t *const starters[] = {
    u"据介绍",   u"据悉",  u"据了解", u"据统计",   u"近年来",
    u"近日",     u"日前",  u"此外",   u"下一步,",  u"今年以来",
    u"与此同时", u"目前,", u"截至",   u"不仅如此", NULL};
static const uint16_t *const mid_starts[] = {u"的", u"了", u"和", u"与", u"及",
                                             u"等", u"地", u"得", NULL};

// ---- facts ------------------------------------------------------------------

static bool marked(const Facts *f) {
  return f->p->level > 0;
}
static bool head_mark(const Facts *f) {
  return f->p->head_part != PART_NONE;
}
static bool short_line(const Facts *f) {
  return f->t.n <= 26;
}
static bool middling_line(const Facts *f) {
  return f->t.n <= 46;
}
static bool no_stop(const Facts *f) {
  return f->stops == 0;
}
static bool not_ended(const Facts *f) {
  return !f->ended && f->t.n && !ch_pause(f->t.c[f->t.n - 1]);
}
static bool no_pause(const Facts *f) {
  return f->pauses == 0;
}
static bool two_parts(const Facts *f) {
  size_t i = f->t.n < 46 ? ch_find(f->t, u" ", 0) : SIZE_MAX;
  return i != SIZE_MAX && i >= 4 && f->t.n - i >= 5 && f->t.n < 46;
}
static bool dash_start(const Facts *f) {
  return ch_starts(f->t, u"——") || ch_starts(f->t, u"—");
}
static bool dash_end(const Facts *f) {
  return ch_ends(f->t, u"—") || ch_ends(f->t, u"-");
}
static bool body_after(const Facts *f) {
  return f->after && (f->after->dateline || f->after->people);
}
// A report begins two pieces on, after another short line.
static bool opening_near(const Facts *f) {
  const Piece *q = f->after && f->after < f->last ? f->after + 1 : NULL;
  return q && f->after->fold.n <= 30 && (q->dateline || q->people);
}
static bool longer_after(const Facts *f) {
  return f->after && f->after->fold.n > 2 * f->t.n && f->after->fold.n > 40;
}
static bool long_text(const Facts *f) {
  return f->t.n > 60;
}
static bool very_long(const Facts *f) {
  return f->t.n > 110;
}
static bool inner_stop(const Facts *f) {
  return f->stops > 1 || (f->stops == 1 && !f->ended);
}
// A full stop with text behind it: no headline has one.
static bool inner_period(const Facts *f) {
  size_t i = ch_find(f->t, u"。", 0);
  return i != SIZE_MAX && i + 3 < f->t.n && !f->p->level;
}
static bool clauses_unmarked(const Facts *f) {
  if (f->p->level || f->t.n <= 24 || f->ended)
    return false;
  size_t n = 0;
  bool quoted = false;
  for (size_t i = 0; i < f->t.n; i++) {
    uint16_t c = f->t.c[i];
    quoted = c == '"' ? !quoted : c == 0x201C ? true : c != 0x201D && quoted;
    n += quoted ? 0 : c == ',' ? 1 : c == ';' ? 2 : 0;
  }
  return n >= 2;
}
static bool sentence(const Facts *f) {
  return f->ended && f->stops > 0;
}
static bool many_pauses(const Facts *f) {
  return f->pauses >= 3;
}
static bool dateline(const Facts *f) {
  return f->p->dateline;
}
static bool pause_start(const Facts *f) {
  return f->t.n && (ch_pause(f->t.c[0]) || ch_closer(f->t.c[0]) ||
                    ch_any(f->t, 0, mid_starts));
}
static bool pause_end(const Facts *f) {
  return f->t.n && ch_pause(f->t.c[f->t.n - 1]) && f->t.n > 10;
}
static bool unmarked_wrapped(const Facts *f) {
  return f->p->printed > 1 && f->t.n > 30;
}
static bool stop_end(const Facts *f) {
  return f->t.n && f->t.c[f->t.n - 1] == 0x3002;
}
static bool starter(const Facts *f) {
  return ch_any(f->t, 0, starters) > 0;
}
// One of several neighbours of one width: lines of a narrow column, each a
// block of its own.
static bool column_line(const Facts *f) {
  return f->column_lines >= 3;
}
static bool torn_begin(const Facts *f) {
  return f->torn_begin;
}
static bool torn_end(const Facts *f) {
  return f->torn_end;
}
static bool unbalanced(const Facts *f) {
  return f->unbalanced;
}
static bool column_width(const Facts *f) {
  return f->column_width;
}
// ▲… among others of its kind is an item of a list.
static bool bullet(const Facts *f) {
  uint16_t c = f->t.n ? f->t.c[0] : 0;
  if (c != 0x25B2 && c != 0x25B3 && c != 0x25BC)
    return false;
  return (f->before && f->before->fold.n && f->before->fold.c[0] == c) ||
         (f->after && f->after->fold.n && f->after->fold.c[0] == c);
}
// ●黄瓜…, ■湖南…: an item of a list, another beside it.
static bool list_item(const Facts *f) {
  uint16_t c = f->t.n ? f->t.c[0] : 0;
  return line_item(f->t) && !f->p->level && !f->byline && f->t.n > 8 &&
         ((f->before && f->before->fold.n && f->before->fold.c[0] == c) ||
          (f->after && f->after->fold.n && f->after->fold.c[0] == c));
}
static bool caption_start(const Facts *f) {
  return ch_any(f->t, 0, caption_starts) > 0 && !(bullet(f) && !f->credit);
}
static bool credit(const Facts *f) {
  return f->credit && f->t.n < 220;
}
static bool by_picture(const Facts *f) {
  bool rest = f->t.n <= 10 && f->ended; // of a sentence: 21万箱。
  return (f->gap_before || f->gap_after) && f->t.n <= 50 && !f->p->level &&
         f->stops <= 1 && f->pauses <= 1 && !rest;
}
static bool alone_by_picture(const Facts *f) {
  return by_picture(f) && !body_after(f) &&
         ((f->gap_before && f->gap_after) || !longer_after(f));
}
static bool picture_then_people(const Facts *f) {
  return f->gap_before && f->t.n <= 180 && f->after && f->after->people &&
         !f->p->dateline && f->ended;
}
// 冬日送暖, then the caption with its credit.
static bool picture_title(const Facts *f) {
  return f->t.n <= 14 && !f->stops && !f->byline && f->after && !f->gap_after &&
         f->after->fold.n > 2 * f->t.n && !f->after->dateline &&
         ch_has(ch_slice(f->after->fold,
                         f->after->fold.n > 8 ? f->after->fold.n - 8 : 0,
                         f->after->fold.n),
                u"摄");
}
static bool flows(const Facts *f) {
  return f->flows;
}
static bool credit_after(const Facts *f) {
  return f->t.n <= 180 && !f->p->dateline && !f->p->level && f->after &&
         f->ended && f->after->people && byline_picture(f->after->fold);
}
// 3月5日,… 端午假期,… 在北川县,…: how captions begin that a credit follows.
static bool scene_credited(const Facts *f) {
  enum { OPENING = 14 };
  static const uint16_t *const times[] = {
      u"日,",   u"近日", u"日前", u"昨日", u"昨天", u"今天",   u"连日来",
      u"假期,", u"期间", u"图为", u"眼下", u"入夏", u"入冬",   u"入春",
      u"入秋",  u"清晨", u"上午", u"下午", u"晚上", u"近年来", NULL};
  Chars head = ch_slice(f->t, 0, OPENING);
  if (!credit_after(f) || ch_has(f->after->fold, u"文"))
    return false;
  for (size_t i = 0; i < head.n; i++)
    if (ch_any(head, i, times))
      return true;
  return f->t.n && f->t.c[0] == u"在"[0];
}
static bool scene_end(const Facts *f) {
  return f->t.n <= 45 && !f->p->level && ch_ends_any(f->t, scene_ends);
}
// 某县职工托管班。: one short sentence that begins with a place, between texts
// that do not speak of it; who was present is told in reports.
static bool scene(const Facts *f) {
  static const uint16_t *const told[] = {u"出席", u"参加", u"主持", u"讲话",
                                         u"表示", u"将",   u"已",   u"陪同",
                                         u"获",   NULL};
  size_t len;
  const Division *d;
  if (f->t.n > 32 || f->t.n < 8 || f->stops != 1 || !f->ended || f->pauses ||
      f->p->level || f->p->dateline || !f->before || !f->after ||
      !division_match(f->p->text, 0, &len, &d, 1))
    return false;
  for (size_t i = 0; i < f->t.n; i++)
    if (ch_any(f->t, i, told))
      return false;
  bool opens = f->before->level && f->after->dateline; // a report's picture
  bool texts = !f->before->level && !f->after->level &&
               f->before->fold.n > 40 && f->after->fold.n > 40;
  return texts || opens || scene_end(f) ||
         (f->before->fold.n > 40 && !ch_ended(f->before->fold));
}
// (接1版), and nothing behind it: text there is the report's.
static bool continuation(const Facts *f) {
  size_t e = f->t.n;
  while (e > 0 && (ch_closer(f->t.c[e - 1]) || ch_stop(f->t.c[e - 1]) ||
                   f->t.c[e - 1] == ' '))
    e--;
  return f->t.n <= 14 && ch_any(f->t, 0, continuations) &&
         ch_ends(ch_slice(f->t, 0, e), u"版");
}
static bool source(const Facts *f) {
  return !f->p->level && byline_source(f->t);
}
static bool people(const Facts *f) {
  return f->byline;
}
static bool editors_line(const Facts *f) {
  return f->t.n <= 90 && ch_any(f->t, 0, editors) && !f->stops &&
         (f->byline || ch_has(f->t, u":"));
}
// Names and only such roles as people of the page have, not of a report.
static bool editors_only(const Facts *f) {
  bool page = false;
  for (size_t i = 0; f->byline && i < f->t.n && !page; i++)
    page = ch_any(f->t, i, editors) > 0 || ch_at(f->t, i, u"编辑") > 0;
  return page && !ch_has(f->t, u"记者") && !ch_has(f->t, u"通讯员") &&
         !ch_has(f->t, u"摄") && !ch_has(f->t, u"文/图");
}
// Leaders and a short name or number after them, no sentence.
static bool dotted(const Facts *f) {
  if (!f->dots || ch_has(f->t, u"。"))
    return false;
  size_t rest = 0, i = f->t.n;
  while (i > 0 && f->t.c[i - 1] != 0x2026) {
    if (ch_stop(f->t.c[--i]) || ch_pause(f->t.c[i]))
      return f->dots >= 3;
    rest++;
  }
  return i > 1 && f->t.c[i - 2] == 0x2026 &&
         ((rest > 0 && rest <= 20) || f->dots >= 2);
}
static bool label(const Facts *f) {
  size_t n = ch_any(f->t, 0, labels);
  return n && f->t.n <= n + 1;
}
static bool slogan(const Facts *f) {
  return f->t.n <= 34 && ch_any(f->t, 0, slogans) && !f->stops && !f->pauses;
}
// 学法 守法 用法: three or more parts of one length.
static bool slogan_parts(const Facts *f) {
  size_t parts = 0, n = 0, first = 0;
  if (f->byline)
    return false; // 撰文 甲某 摄影 乙某
  for (size_t i = 0; i <= f->t.n && f->t.n <= 30; i++) {
    if (i < f->t.n && f->t.c[i] != ' ') {
      n += ch_han(f->t.c[i]) ? 1 : 99;
      continue;
    }
    first = first ? first : n;
    if (n != first)
      return false;
    parts++;
    n = 0;
  }
  return parts >= 3 && first >= 2 && first <= 6;
}
static bool slogan_alone(const Facts *f) {
  return slogan(f) && (!f->after || f->after->level || !f->p->level);
}
static bool notice(const Facts *f) {
  return f->t.n <= 14 && ch_ends_any(f->t, notices) && !f->stops;
}
static bool code(const Facts *f) {
  return f->t.n <= 40 && ch_any(f->t, 0, codes);
}
// The page's date with no more beside it than its weekday, its number, the
// paper's and the page's name; in brackets it is a document's.
static bool page_line(const Facts *f) {
  enum { BESIDE = 12 };
  static const uint16_t *const signs[] = {u"星期", u"周",   u"版",
                                          u"期",   u"农历", NULL};
  Date d;
  size_t begin, end, beside = 0;
  if (f->t.n > 90 || f->stops || f->p->dateline || f->t.c[0] == '(')
    return false;
  if (ch_has(f->t, u"星期") && ch_has(f->t, u"年") && ch_has(f->t, u"月") &&
      ch_has(f->t, u"日"))
    return true;
  if (!date_find(f->t, &d, &begin, &end))
    return false;
  if (ch_has(f->t, u"星期"))
    return true;
  bool sign = false;
  for (size_t i = 0; i < f->t.n; i++) {
    bool outside = i < begin || i >= end;
    beside += outside && ch_han(f->t.c[i]);
    sign = sign || (outside && ch_any(f->t, i, signs));
  }
  return !f->pauses && beside <= BESIDE && (sign || f->at < 3) &&
         (f->at < 3 || f->p == f->last);
}
static bool paper_line(const Facts *f) {
  return f->t.n >= 4 && f->t.n <= 8 && ch_ends_any(f->t, paper_ends) &&
         !f->pauses;
}
// 北川矿工报 beside the line of the page's date.
static bool paper_by_date(const Facts *f) {
  Date d;
  size_t b, e;
  const Piece *near[] = {f->before, f->after};
  if (f->at > 2 || !paper_alone(f->t))
    return false;
  for (size_t i = 0; i < 2; i++)
    if (near[i] && near[i]->fold.n <= 60 && ch_has(near[i]->fold, u"星期") &&
        date_find(near[i]->fold, &d, &b, &e))
      return true;
  return false;
}
static bool contact_line(const Facts *f) {
  size_t digits = 0;
  if (f->t.n > 60 || f->stops)
    return false;
  for (size_t i = 0; i < f->t.n; i++)
    digits += ch_digit(f->t.c[i]) || f->t.c[i] == '@';
  for (const uint16_t *const *c = contacts; *c; c++)
    if (digits >= 5 && ch_has(f->t, *c))
      return true;
  return false;
}
// 4版 会宁剪纸…, …(下转3版): what stands on which page.
static bool page_entry(const Facts *f) {
  size_t i = 0, n = f->t.n;
  while (i < n && i < 3 && ch_digit(f->t.c[i]))
    i++;
  if (n > 50 || f->stops || f->p->dateline)
    return false;
  if (i && ch_at(f->t, i, u"版") && n > i + 3)
    return true;
  if (n && f->t.c[n - 1] == ')')
    n--;
  return n > 6 && f->t.c[n - 1] == u"版"[0] && ch_digit(f->t.c[n - 2]);
}
static bool row(const Facts *f) {
  return !f->p->level && line_row(f->t);
}
// 黄瓜 1.2元/公斤 持平: a price.
static bool price(const Facts *f) {
  size_t i = ch_find(f->t, u"元/", 0);
  return !f->p->level && f->t.n <= 30 && i != SIZE_MAX && i > 0 &&
         ch_digit(f->t.c[i - 1]) && !f->stops;
}
static bool frame(const Facts *f) {
  return line_frame(f->t);
}
// (报告摘登见第二、三版)
static bool note(const Facts *f) {
  return f->t.n > 4 && f->t.n <= 24 && f->t.c[0] == '(' &&
         f->t.c[f->t.n - 1] == ')' && ch_has(f->t, u"版");
}
static bool number_line(const Facts *f) {
  return f->t.n <= 60 && (ch_has(f->t, u"统一刊号") ||
                          ch_has(f->t, u"邮发代号") || ch_has(f->t, u"CN"));
}

typedef struct {
  uint8_t type;
  int8_t points;
  bool (*fact)(const Facts *f);
} Evidence;

static const Evidence evidence[] = {
#include "evidence.def"
};

static Facts facts_of(const Sheet *s, size_t i) {
  const Piece *p = &s->pieces.data[i];
  Facts f = {.p = p, .t = p->fold};
  f.before = i ? p - 1 : NULL;
  f.after = i + 1 < s->pieces.len ? p + 1 : NULL;
  f.last = &s->pieces.data[s->pieces.len - 1];
  f.at = i;
  bool quoted = false;
  for (size_t k = 0; k < f.t.n; k++) {
    uint16_t c = f.t.c[k];
    if (c >= 0x4E00 && c <= 0x9FFF)
      continue;
    if (c == 0x2026) {
      f.dots += k == 0 || f.t.c[k - 1] != 0x2026;
      continue;
    }
    quoted = c == '"' ? !quoted : c == 0x201C ? true : c != 0x201D && quoted;
    f.stops += ch_stop(c);
    f.pauses += ch_pause(c) && (!quoted || f.t.n > 60);
  }
  f.ended = ch_ended(f.t);
  f.gap_before = i > 0 && p->blanks >= GAP_LINES;
  f.gap_after = p->blanks_after >= GAP_LINES;
  f.byline = p->people;
  bool shot = ch_has(ch_slice(f.t, f.t.n > 24 ? f.t.n - 24 : 0, f.t.n), u"摄");
  f.credit = !f.byline && ((shot && byline_credit(f.t) < f.t.n) ||
                           (f.stops && byline_picture_line(f.t)));
  f.ended = f.ended && !f.credit;
  return f;
}

static int width_of(const Piece *p) {
  int width = 0;
  for (size_t i = 0; i < p->fold.n && width <= 70; i++)
    width += ch_columns(p->fold.c[i]);
  return width;
}

static bool same_column(const Piece *q, int width) {
  int other = q->level || q->fold.n > 40 ? 0 : width_of(q);
  return other >= width - 3 && other <= width + 7;
}

static bool clauses(const Piece *p) {
  for (size_t i = 0; i + 1 < p->fold.n; i++)
    if (p->fold.c[i] == ',' || p->fold.c[i] == ';' || p->fold.c[i] == 0x3002)
      return true;
  return false;
}

// How many pieces of this width stand together here, this one counted, where
// sentences run through them.
static size_t column_lines(const Sheet *s, size_t i) {
  enum { MOST = 4 };
  const Piece *p = s->pieces.data;
  int width = p[i].level || p[i].fold.n > 40 ? 0 : width_of(&p[i]);
  if (width < 24 || width > 64)
    return 0;
  size_t n = 1, sentences = clauses(&p[i]);
  for (size_t k = i; k > 0 && i - k < MOST && p[k].blanks < GAP_LINES; k--)
    if (same_column(&p[k - 1], width))
      n++, sentences += clauses(&p[k - 1]);
    else
      break;
  for (size_t k = i + 1; k < s->pieces.len && k - i <= MOST &&
                         p[k].blanks < GAP_LINES && same_column(&p[k], width);
       k++)
    n++, sentences += clauses(&p[k]);
  return sentences >= 2 ? n : 0;
}

// Looked at only where a headline is in question: marks and sentences settle
// the rest.
static void torn_facts(const Sheet *s, size_t i, Facts *f) {
  const Piece *p = f->p;
  if (p->level || f->t.n > 60 || f->stops > 1)
    return;
  Edge e = edge_of(p);
  f->torn_begin = e.head_dangles;
  f->torn_end =
      e.tail_dangles ||
      (!f->ended && f->pauses &&
       (e.tail_kind == WORD_PREPOSITION || e.tail_kind == WORD_CONJUNCTION));
  f->unbalanced = e.odd_quotes || e.n_opens || e.n_closes;
  if (f->after && !f->after->level && f->after->blanks < GAP_LINES &&
      !f->after->dateline && !f->ended && !f->credit) {
    Chars y = f->after->fold;
    f->flows = (e.awaits && begins_number(y) && (e.to_day || !begins_day(y))) ||
               (e.tail_number && begins_measure(y)) ||
               (f->pauses && y.n <= 14 && ch_ended(y));
  }
  int width = width_of(p);
  for (size_t k = i > 2 ? i - 2 : 0; k < i + 3 && k < s->pieces.len; k++) {
    const Piece *q = &s->pieces.data[k];
    f->column_width =
        f->column_width || (k != i && q->printed >= 3 &&
                            width >= q->widest - 2 && width <= q->widest + 2);
  }
}

static PieceType weigh(const Facts *f) {
  int points[P_TYPES] = {0};
  for (size_t i = 0; i < sizeof evidence / sizeof evidence[0]; i++)
    if (evidence[i].fact(f))
      points[evidence[i].type] += evidence[i].points;
  int best = P_BODY;
  for (int k = 0; k < P_TYPES; k++)
    if (points[k] > points[best])
      best = k;
  return (PieceType)best;
}

// Lines of one block with contents entries are entries too: titles of two
// lines, of which the second has the dots.
static void spread_contents(Sheet *s) {
  for (size_t i = s->pieces.len; i-- > 1;) {
    Piece *p = &s->pieces.data[i - 1];
    const Piece *q = p + 1;
    if (q->type == P_CONTENTS && q->blanks == 0 &&
        (p->type == P_HEAD || p->type == P_BODY || p->type == P_CAPTION) &&
        !p->level && p->fold.n < 60)
      p->type = P_CONTENTS;
  }
}

static bool title_of(const Piece *p, const Piece *q) {
  return p->fold.n * 3 < q->fold.n * 2 &&
         ch_has(
             ch_slice(q->fold, q->fold.n > 24 ? q->fold.n - 24 : 0, q->fold.n),
             u"摄");
}

// An unmarked line beside a caption, with no text of its own behind, is a
// caption too.
static void spread_captions(Sheet *s) {
  for (size_t k = 0; k < 2 * s->pieces.len; k++) {
    bool back = k < s->pieces.len;
    size_t i = back ? s->pieces.len - 1 - k : k - s->pieces.len;
    Piece *p = &s->pieces.data[i];
    if (p->type != P_HEAD || p->level || p->fold.n < 10)
      continue;
    Piece *q = i + 1 < s->pieces.len ? p + 1 : NULL;
    bool text =
        q && (q->type == P_BODY || q->type == P_BYLINE || q->type == P_LABEL ||
              q->type == P_CONTINUATION || (q->type == P_HEAD && !q->level));
    text = text || (q && q->type == P_HEAD && q->level && !ch_ended(p->fold) &&
                    q < s->pieces.data + s->pieces.len - 1 &&
                    (q[1].dateline || q[1].people));
    bool beside = back ? q && q->type == P_CAPTION && !title_of(p, q)
                       : i && p[-1].type == P_CAPTION && !text;
    if (beside && !(i && p[-1].type == P_CAPTION && q && title_of(p, q)))
      p->type = P_CAPTION;
  }
}

// ---- names alone on a line --------------------------------------------------

static bool long_body(const Piece *p) {
  return !p->level && p->fold.n >= 24 && !p->people;
}

static bool named_in(const Piece *p, Chars name) {
  return name.n >= 2 && ch_find_chars(p->fold, name) != SIZE_MAX;
}

// Whether a line of names under a headline is its author's: no text below
// tells of that person, and no other name alone heads a text there.
static bool author_below(const Sheet *s, size_t i, Chars name) {
  enum { MOST = 40, TOLD = 12 };
  const Piece *p = s->pieces.data;
  for (size_t k = i + 1; k < s->pieces.len && k - i < MOST; k++) {
    if (p[k].level || p[k].dateline)
      break;
    if (k - i < TOLD && named_in(&p[k], name))
      return false;
    if (long_body(&p[k - 1]) && k + 1 < s->pieces.len && long_body(&p[k + 1]) &&
        byline_bare(p[k].fold) == BARE_NAMES)
      return false;
  }
  return true;
}

// Names without a role or a mark: under a headline and over its text, or
// behind a report's end and before the next headline.
static bool stands_as_author(const Sheet *s, size_t i) {
  static const uint16_t *const lists[] = {u"名单", u"名录", u"榜",
                                          u"名册", u"获奖", NULL};
  const Piece *p = &s->pieces.data[i];
  if (p->level || i == 0 || p->blanks >= GAP_LINES)
    return false;
  BareNames bare = byline_bare(p->fold);
  if (bare == BARE_NONE)
    return false;
  const Piece *before = p - 1, *after = i + 1 < s->pieces.len ? p + 1 : NULL;
  bool end = long_body(before) && ch_ended(before->fold);
  if (bare == BARE_BRACKET && (end || !before->level))
    return end;
  Chars name = p->fold;
  for (size_t k = 0; k < name.n; k++)
    if (name.c[k] == ' ' && k > 1)
      name.n = k;
  if (end)
    return (bare == BARE_NAMES || (bare == BARE_OFFICE && p->fold.n <= 16)) &&
           (!after || after->level || after->dateline ||
            ch_any(after->fold, 0, caption_starts)) &&
           !named_in(before, name);
  if (!after || !long_body(after) || after->dateline ||
      after->blanks >= GAP_LINES || before->people || before->fold.n > 46 ||
      ch_ends_any(before->fold, lists))
    return false;
  return (before->level || !ch_ended(before->fold)) && author_below(s, i, name);
}

// Whether the unmarked line may head a section: no pause, whole words.
static bool may_head(const Piece *p) {
  enum { LONGEST = 16, SHORTEST = 4 };
  if (p->fold.n > LONGEST || p->fold.n < SHORTEST ||
      ch_any(p->fold, 0, starters))
    return false;
  for (size_t i = 0; i < p->fold.n; i++)
    if (ch_pause(p->fold.c[i]))
      return false;
  Edge e = edge_of(p);
  return !e.head_dangles && !e.tail_number && !e.n_opens && !e.n_closes &&
         !e.odd_quotes && !e.strict && !e.awaits_change;
}

// 炒一炒,… beside 煮一煮,…: an unmarked line in the form of a heading near,
// with a longer text behind, is a heading too; so is one without pause between
// texts where headings near stand so.
static void spread_headings(Sheet *s) {
  enum { LONGEST = 20, NEAR = 24, LONGER = 40 };
  Piece *p = s->pieces.data;
  for (size_t i = 1; i + 1 < s->pieces.len; i++) {
    bool head = p[i].type == P_HEAD;
    if ((p[i].type != P_BODY && !head) || p[i].level || p[i].fold.n > LONGEST ||
        p[i].verse || byline_source(p[i].fold) || ch_ended(p[i].fold) ||
        !ch_ended(p[i - 1].fold) || p[i + 1].fold.n < LONGER ||
        p[i].blanks_after == 0)
      continue;
    size_t from = i > NEAR ? i - NEAR : 0;
    bool may = p[i - 1].type == P_BODY && may_head(&p[i]);
    for (size_t k = from; k < s->pieces.len && k < i + NEAR; k++)
      if (k != i && p[k].type == P_HEAD && !p[k].level &&
          (same_form(&p[i], &p[k]) ||
           (may && k > 0 && k + 1 < s->pieces.len && p[k - 1].type == P_BODY &&
            p[k + 1].type == P_BODY)))
        p[i].type = P_HEAD, p[i].section = may;
  }
}

void type_pieces(Sheet *s) {
  enum { PICTURE_LINE = 18 };
  for (size_t i = 0; i < s->pieces.len; i++) {
    Piece *p = &s->pieces.data[i];
    p->dateline = dateline_at(p->fold).end > 0;
    p->people = byline_line(p->fold) ||
                (p->fold.n <= PICTURE_LINE && byline_picture_line(p->fold));
  }
  for (size_t i = 0; i < s->pieces.len; i++)
    if (!s->pieces.data[i].people)
      s->pieces.data[i].people = stands_as_author(s, i);
  for (size_t i = 0; i < s->pieces.len; i++) {
    Facts f = facts_of(s, i);
    f.column_lines = column_lines(s, i);
    torn_facts(s, i, &f);
    s->pieces.data[i].type = (uint8_t)weigh(&f);
    s->pieces.data[i].open_end = !f.ended;
  }
  type_lists(s);
  type_signers(s);
  spread_headings(s);
  spread_contents(s);
  spread_captions(s);
}

// A headline of two printed lines, each a block: they join where a word runs
// across and either half is none by itself.
void join_headlines(Sheet *s) {
  enum { LONGEST = 44 };
  for (size_t i = 0; i + 1 < s->pieces.len; i++) {
    Piece *p = &s->pieces.data[i], *q = p + 1;
    if (p->type != P_HEAD || q->type != P_HEAD || !p->level || q->blanks > 1 ||
        (q->level != p->level && (q->level || q->blanks)) ||
        p->fold.n + q->fold.n > LONGEST || p->next >= 0 || p->prev >= 0)
      continue;
    Edge x = edge_of(p), y = edge_of(q);
    if (x.ended || !(x.tail_dangles || y.head_dangles) || !seam_word(&x, &y))
      continue;
    p->next = (int32_t)i + 1;
    q->prev = (int32_t)i;
  }
}
