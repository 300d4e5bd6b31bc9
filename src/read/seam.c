// Evidence at a seam: what the end of one piece and the beginning of another
// say about whether a sentence runs from one to the other. Points are tenths
// of a nat where words are weighed; the rest is on the same scale.
#include "seam.h"

enum {
  UNKNOWN = 135, // cost of a character the word list does not have
  DANGLES = 85,  // a single character this rare is half a word
  CROSSING = 15, // a word across the seam is rare by chance
};

static const uint16_t function_words[] =
    u"的了在和与是有到为对等着过把被让从向由于及"
    u"或但并而将更最都也又再还就才不每各该本其此"
    u"中上下里内外前后间时年月日元人个名家次";

static bool function_word(uint16_t c) {
  for (const uint16_t *p = function_words; *p; p++)
    if (*p == c)
      return true;
  return false;
}

static int cost(const uint16_t *c, size_t n) {
  int k = word_cost(c, n);
  return k || n > 1 ? k : UNKNOWN;
}

// ---- one side ---------------------------------------------------------------

// best[i]: cheapest cutting of the first i of the n characters of side c.
static void cut_forward(const uint16_t *c, size_t n, int *best,
                        size_t *last_word) {
  size_t most = 1; // characters before i that words may join
  best[0] = 0;
  *last_word = 0;
  for (size_t i = 1; i <= n; i++) {
    best[i] = best[i - 1] + UNKNOWN;
    size_t word = 1;
    most = i > 1 && word_may_join(c[i - 2], c[i - 1]) ? most + 1 : 1;
    for (size_t k = 1; k <= most && k <= WORD_MAX; k++) {
      int w = cost(c + i - k, k);
      if (w && best[i - k] + w < best[i]) {
        best[i] = best[i - k] + w;
        word = k;
      }
    }
    if (i == n)
      *last_word = word;
  }
}

static void cut_backward(const uint16_t *c, size_t n, int *best,
                         size_t *first_word) {
  size_t most = 1; // characters from i on that words may join
  best[n] = 0;
  *first_word = 0;
  for (size_t i = n; i-- > 0;) {
    best[i] = best[i + 1] + UNKNOWN;
    size_t word = 1;
    most = i + 1 < n && word_may_join(c[i], c[i + 1]) ? most + 1 : 1;
    for (size_t k = 1; k <= most && k <= WORD_MAX; k++) {
      int w = cost(c + i, k);
      if (w && best[i + k] + w < best[i]) {
        best[i] = best[i + k] + w;
        word = k;
      }
    }
    if (i == 0)
      *first_word = word;
  }
}

static bool half_word(uint16_t c, size_t word) {
  return word == 1 && ch_han(c) && !function_word(c) && !ch_numeral(c) &&
         cost(&c, 1) >= DANGLES;
}

// 冻土|层, 河滩|带: a word and a sign that makes nouns of words is whole.
static bool compound(const Edge *e) {
  static const uint16_t ends[] = u"层带线站区场厂店馆室楼量率度性力机器仪车船"
                                 u"员师者工手户队组班部处科所院校园网库箱板";
  const uint16_t *last = e->tail + e->n_tail - 1;
  if (e->n_tail < 3 || !word_cost(last - 2, 2))
    return false;
  for (const uint16_t *c = ends; *c; c++)
    if (*c == *last)
      return true;
  return false;
}

// Quotes and brackets of the whole piece: those it leaves open, those it
// closes without having opened.
static void balance(Chars t, Edge *e) {
  uint16_t open[8];
  size_t depth = 0, quotes = 0;
  for (size_t i = 0; i < t.n; i++) {
    uint16_t c = t.c[i];
    if (c >= 0x3400 ||
        (c < 0x80 && c != '(' && c != ')' && c != '"' && c != '[' && c != ']'))
      continue;
    quotes += c == '"';
    if (ch_opener(c)) {
      if (depth < 8)
        open[depth++] = c;
    } else if (ch_closer(c)) {
      if (depth > 0 && open[depth - 1] == ch_partner(c))
        depth--;
      else if (depth == 0 && e->n_closes < 4)
        e->closes[e->n_closes++] = c;
    }
  }
  for (size_t i = depth > 4 ? depth - 4 : 0; i < depth; i++)
    e->opens[e->n_opens++] = open[i];
  e->odd_quotes = quotes % 2 == 1;
}

static const uint16_t *const starters[] = {
    u"据悉",   u"据介绍",   u"据了解", u"据统计",   u"近年来",   u"近日",
    u"日前",   u"此外",     u"同时",   u"目前",     u"截至",     u"今年",
    u"如今",   u"为此",     u"当前",   u"当天",     u"当日",     u"活动",
    u"会议",   u"记者",     u"接下来", u"下一步",   u"不仅如此", u"与此同时",
    u"一方面", u"另一方面", u"通知",   u"针对",     u"围绕",     u"依托",
    u"对于",   u"除此之外", u"其中",   u"数据显示", u"随着",     u"“",
    u"此次",   u"这次",     u"本次",   u"这些",     u"这一",     u"为了",
    u"来年",   u"明年",     u"今后",   u"未来",     u"去年",     u"眼下",
    u"现在",   u"平日",     u"多年来", u"每年",     NULL};
// Words that only a sentence begins with, a pause behind them or not.
static const uint16_t *const anew[] = {
    u"此外",     u"据悉",     u"据了解",   u"据介绍",     u"据统计",
    u"据报道",   u"不仅如此", u"与此同时", u"另一方面",   u"接下来,",
    u"下一步,",  u"如今,",    u"目前,",    u"近日,",      u"日前,",
    u"近年来,",  u"今年以来", u"去年以来", u"除此之外",   u"截至目前",
    u"为进一步", u"为确保",   u"为让",     u"为使",       u"为了",
    u"为此,",    u"随着",     u"入夏以来", u"入冬以来",   u"入春以来",
    u"入秋以来", u"连日来,",  u"每到",     u"数据显示",   u"统计显示",
    u"据记者",   u"记者了解", u"记者获悉", u"值得一提的", u"多年来,",
    NULL};
// What may stand behind 据… and before its pause: 据市总工会负责人介绍,.
static const uint16_t *const sources[] = {
    u"介绍,", u"了解,", u"统计,", u"透露,", u"通报,", u"测算,", u"报道,", NULL};
static const uint16_t *const measures[] = {
    u"万",   u"亿",   u"%",    u"个",     u"家",   u"名",   u"人",   u"年",
    u"月",   u"日",   u"元",   u"件",     u"次",   u"项",   u"户",   u"座",
    u"处",   u"场",   u"份",   u"吨",     u"亩",   u"公里", u"岁",   u"位",
    u"条",   u"台",   u"期",   u"届",     u"倍",   u"多",   u"余",   u"千",
    u"百",   u"批",   u"所",   u"辆",     u"米",   u"小时", u"分",   u"成",
    u".",    u"时",   u"只",   u"套",     u"本",   u"支",   u"组",   u"类",
    u"号",   u"版",   u"株",   u"棵",     u"头",   u"艘",   u"架",   u"栋",
    u"幢",   u"间",   u"款",   u"篇",     u"幅",   u"斤",   u"公斤", u"千克",
    u"公顷", u"平方", u"立方", u"千瓦",   u"标箱", u"盏",   u"根",   u"双",
    u"张",   u"例",   u"起",   u"宗",     u"笔",   u"天",   u"秒",   u"块",
    u"枚",   u"片",   u"℃",    u"摄氏度", u"眼",   u"袋",   u"箱",   u"瓶",
    u"桶",   u"趟",   u"轮",   u"尾",     u"克",   u"升",   u"册",   u"封",
    u"床",   u"层",   u"千米", u"毫米",   u"厘米", u"兆",   u"羽",   u"匹",
    NULL};
// May be a measure, or begin another word: 站, 站长.
static const uint16_t *const some_measures[] = {
    u"站", u"段", u"村", u"县",   u"市", u"乡", u"镇", u"省", u"国", u"口",
    u"孔", u"度", u"车", u"井",   u"节", u"门", u"点", u"周", u"季", u"级",
    u"步", u"对", u"副", u"面",   u"部", u"集", u"票", u"股", u"单", u"盘",
    u"局", u"路", u"线", u"班",   u"字", u"页", u"首", u"把", u"席", u"员",
    u"档", u"尺", u"里", u"海里", u"曲", u"声", u"餐", u"顿", u"代", u"派",
    u"种", u"样", u"味", u"道",   u"味", u"则", u"句", u"课", u"堂", u"盆",
    u"碗", u"杯", u"包", u"捆",   u"粒", u"朵", NULL};
// Not of ten thousands: 3.6万|个月.
static const uint16_t *const small_measures[] = {
    u"个月",     u"月", u"日", u"年", u"岁", u"小时", u"天", u"分钟", u"秒",
    u"个百分点", u"%",  u"届", u"期", u"倍", u"时",   u"版", NULL};

static const uint16_t *const awaits_number[] = {
    u"达",   u"至",   u"到",   u"为",   u"约",   u"近",   u"超",
    u"共",   u"超过", u"有",   u"给予", u"资金", u"投入", u"累计",
    u"增加", u"增长", u"下降", u"逾",   u"仅",   u"计",   u"建成",
    u"新增", u"提高", u"占",   u"供",   u"在",   u"于",   u"自",
    u"从",   u"每",   u"最低", u"最高", u"出",   u"了",   NULL};

// What a number must follow, and what a change must.
static const uint16_t *const strictly_number[] = {
    u"突破",   u"达到",   u"高达", u"增至", u"降至",   u"升至",   u"增加到",
    u"下降到", u"减少到", u"逾",   u"超过", u"提高到", u"提升到", u"提升至",
    u"缩短到", u"压缩到", u"约",   u"近",   u"多达",   u"不少于", u"不低于",
    u"达",     u"占",     u"仅",   u"共计", u"合计",   NULL};
static const uint16_t *const before_change[] = {
    u"同比",   u"环比",   u"比上年", u"较上年",   u"比去年",     u"较去年",
    u"比年初", u"较年初", u"比上月", u"同比分别", u"比上年同期", NULL};
static const uint16_t *const changes[] = {
    u"增", u"减", u"下降", u"上升", u"提高", u"提升", u"降",   u"回落", u"多",
    u"少", u"翻", u"缩短", u"缩小", u"扩大", u"持平", u"分别", NULL};
static const uint16_t modals[] = u"能会可要应须将";

// 10 or 1.26万: a number that waits for its unit.
static bool number_end(Chars t) {
  size_t i = t.n;
  while (i > 0 && (t.c[i - 1] == u"万"[0] || t.c[i - 1] == u"亿"[0]))
    i--;
  return i > 0 && ch_digit(t.c[i - 1]);
}

// 课。 / 家, / 走的: one character and then a pause or 的 begins no sentence.
static bool stump(Chars t) {
  static const uint16_t *const whole[] = {u"我", u"你", u"他", u"她", u"它",
                                          u"新", u"有", u"别", u"真", u"大",
                                          u"小", u"老", u"好", NULL};
  if (t.n < 2 || !ch_han(t.c[0]))
    return false;
  // 二、做法… / 问:怎样…?
  if (t.c[1] == ':' || (t.c[1] == 0x3001 && ch_numeral(t.c[0])))
    return false;
  return ch_pause(t.c[1]) || ch_stop(t.c[1]) ||
         (t.c[1] == u"的"[0] && !ch_any(t, 0, whole));
}

static const uint16_t *const speech[] = {
    u"表示,", u"介绍,", u"告诉记者", u"认为,", u"指出,",
    u"强调,", u"说,",   u"要求,",    u"提出,", NULL};

// 摸底不走过场。… / 某某表示,… / 在某某下,…: how paragraphs begin.
static bool lead(Chars t) {
  static const uint16_t frame_ends[] = u"下中后上时里前";
  if (t.n && t.c[0] == u"在"[0])
    for (size_t i = 2; i < 20 && i < t.n; i++)
      if (t.c[i] == ',')
        for (const uint16_t *c = frame_ends; *c; c++)
          if (t.c[i - 1] == *c)
            return true;
  for (size_t i = 2; i < 20 && i < t.n; i++) {
    if (ch_any(t, i, speech))
      return true;
    if (t.c[i] == 0x3002)
      return i + 1 < t.n && i >= 4 && i < 16;
    if (ch_pause(t.c[i]))
      return false;
  }
  return false;
}

// 2021年4月,… 1月29日上午,…: a time and a pause.
static bool time_first(Chars t) {
  enum { LONGEST = 16 };
  static const uint16_t *const parts[] = {
      u"年",   u"月",   u"日",   u"上午", u"下午", u"晚",   u"凌晨", u"清晨",
      u"今年", u"去年", u"当天", u"当日", u"昨天", u"昨日", u"初",   u"底",
      u"以来", u"中旬", u"上旬", u"下旬", u"至",   u"-",    u"—",    NULL};
  bool date = false;
  for (size_t i = 0, n; i < LONGEST && i < t.n; i += n) {
    if (t.c[i] == ',')
      return date;
    n = ch_digit(t.c[i]) ? 1 : ch_any(t, i, parts);
    if (!n)
      return false;
    date = date || (i > 3 && ch_at(t, i, u"年")) ||
           (i > 0 && (ch_at(t, i, u"月") || ch_at(t, i, u"日")));
  }
  return false;
}

// 此外,… 据某某介绍,… 除…外,… 1.刑事案件。: so sentences begin, and no other
// part of one does.
static bool begins_anew(Chars t) {
  enum { CLAUSE = 26 };
  if (ch_any(t, 0, anew) || time_first(t))
    return true;
  if (t.n > 2 && ch_digit(t.c[0]) && t.c[1] == '.' && ch_han(t.c[2]))
    return true;
  bool said = t.n && t.c[0] == u"据"[0], but = t.n && t.c[0] == u"除"[0];
  for (size_t i = 2; (said || but) && i < CLAUSE && i < t.n; i++) {
    if (said && ch_any(t, i, sources))
      return true;
    if (t.c[i] == ',')
      return but && (t.c[i - 1] == u"外"[0]);
    if (ch_stop(t.c[i]))
      return false;
  }
  return false;
}

// How texts begin that go on: 减少一半, 日均接待… without whose.
static const uint16_t *const predicates[] = {
    u"减少", u"增加", u"增长", u"下降", u"提高",   u"提升至", u"上升", u"缩短",
    u"降至", u"增至", u"升至", u"达到", u"提升到", u"占",     u"日均", u"人均",
    u"户均", u"年均", u"惠及", u"涉及", u"合计占", u"从而",   u"进而", u"以及",
    u"使得", u"并",   u"等",   u"也",   u"亩均",   u"亩产",   u"亩增", u"单产",
    u"年产", u"还",   u"则",   u"又",   u"均",     u"且",     NULL};

// 318份,… 2.4万人次。…: a number and its measure, then a pause.
static bool counted(Chars t) {
  size_t i = 0;
  while (i < t.n && (ch_digit(t.c[i]) || t.c[i] == '.' || ch_numeral(t.c[i])))
    i++;
  if (!i || !ch_digit(t.c[0]))
    return false;
  size_t from = i;
  i += ch_any(t, i, measures) ? 1 : 0;
  while (i > from && i < t.n && i < from + 3 && ch_han(t.c[i]))
    i++;
  return i > from && i < t.n && (ch_pause(t.c[i]) || t.c[i] == 0x3002) &&
         t.c[i] != ':' && !ch_at(t, from, u"年") && !ch_at(t, from, u"月") &&
         !ch_at(t, from, u"日");
}

// 45个…, 3万元…: paragraphs seldom begin with a figure and its measure; with
// a date, a time, an item's number or a list of figures (8台车、3条船,) they
// do.
static bool measured(Chars t) {
  static const uint16_t *const times[] = {u"年", u"月", u"日", u"时", u"点",
                                          u"号", u"路", u"版", u"岁", NULL};
  size_t i = 0;
  while (i < t.n && (ch_digit(t.c[i]) || t.c[i] == '.'))
    i++;
  size_t pause = i;
  while (pause < t.n && !ch_pause(t.c[pause]) && !ch_stop(t.c[pause]))
    pause++;
  return i && i < t.n && t.c[i - 1] != '.' && ch_han(t.c[i]) &&
         (pause == t.n || t.c[pause] != 0x3001) && !ch_any(t, i, times) &&
         begins_measure(ch_slice(t, i, t.n));
}

// 公里,… 个月。…: a measure and a pause.
static bool measure_first(Chars t) {
  size_t n = ch_any(t, 0, measures);
  n += ch_starts(t, u"个月") || ch_starts(t, u"千瓦时") ? 1 : 0;
  n += ch_starts(t, u"平方米") || ch_starts(t, u"立方米") ? 1 : 0;
  n += ch_starts(t, u"平方公里") || ch_starts(t, u"个百分点") ? 2 : 0;
  return n && n < t.n && (ch_pause(t.c[n]) || t.c[n] == 0x3002);
}

// Points for beginning inside a sentence, where no word across the seam says
// so: a stump, the last few characters, an idiom for a sentence.
static int ragged(Chars t, const Edge *e) {
  enum { SHORT = 10, IDIOM = 4 };
  if (e->stump)
    return 22;
  if (measure_first(t))
    return 22;
  if (e->counted)
    return 18;
  if (e->measured)
    return 12;
  if (e->head_torn)
    return 14;
  if (t.n <= SHORT && e->ended && !ch_has(t, u"\"") &&
      (ch_han(t.c[0]) || ch_digit(t.c[0])))
    return 20;
  static const uint16_t *const scales[] = {u"万",       u"亿", u"%",
                                           u"个百分点", u"余", NULL};
  if (ch_any(t, 0, scales) && !ch_starts(t, u"万众"))
    return 18;
  if (t.n > IDIOM && ch_stop(t.c[IDIOM]) && word_kind(t.c, IDIOM))
    return 14;
  if (ch_any(t, 0, predicates))
    return 12;
  return 0;
}

static bool quote(uint16_t c) {
  return c == '"' || c == 0x201C || c == 0x201D;
}

static void letters(Chars t, Edge *e) {
  for (size_t i = t.n; i-- > 0 && e->n_last < 3 && t.n - i < 6;)
    if (ch_han(t.c[i]) || ch_latin(t.c[i]))
      e->last[2 - e->n_last++] = t.c[i];
    else if (!quote(t.c[i]))
      break;
  for (size_t i = 0; i < t.n && e->n_first < 3 && i < 6; i++)
    if (ch_han(t.c[i]) || ch_latin(t.c[i]))
      e->first[e->n_first++] = t.c[i];
    else if (!quote(t.c[i]))
      break;
}

// The ideographs of both sides, and what they cost as words.
static void sides_of(Chars t, Edge *e) {
  while (e->n_tail < SIDE && e->n_tail < t.n &&
         ch_han(t.c[t.n - 1 - e->n_tail]))
    e->n_tail++;
  while (e->n_head < SIDE && e->n_head < t.n && ch_han(t.c[e->n_head]))
    e->n_head++;
  e->tail = t.c + (t.n - e->n_tail);
  e->head = t.c;
  while (e->tail_run < e->n_tail && e->tail_run < WORD_MAX - 1 &&
         (!e->tail_run ||
          word_may_join(t.c[t.n - 1 - e->tail_run], t.c[t.n - e->tail_run])))
    e->tail_run++;
  while (
      e->head_run < e->n_head && e->head_run < WORD_MAX - 1 &&
      (!e->head_run || word_may_join(t.c[e->head_run - 1], t.c[e->head_run])))
    e->head_run++;
  size_t word;
  e->ended = ch_ended(t);
  if (!e->ended) { // an ended text is no seam's first side
    cut_forward(e->tail, e->n_tail, e->forward, &word);
    e->tail_dangles = e->n_tail > 0 && half_word(t.c[t.n - 1], word);
    e->tail_soft = e->tail_dangles &&
                   (word_kind(t.c + t.n - 1, 1) == WORD_VERB || compound(e));
    e->tail_kind = word_kind(t.c + t.n - word, word);
  }
  cut_backward(e->head, e->n_head, e->backward, &word);
  e->head_dangles = e->n_head > 0 && half_word(t.c[0], word);
  e->head_dangles = e->head_dangles && !ch_any(t, 0, predicates);
  e->head_kind = word_kind(t.c, word);
}

bool seam_glued(Chars t, size_t cut) {
  uint16_t l = t.c[cut - 1], r = t.c[cut];
  if (!ch_han(l) || !ch_han(r) || word_may_join(l, r) || !half_word(l, 1) ||
      !half_word(r, 1))
    return false;
  Edge a = {0}, b = {0};
  sides_of(ch_slice(t, cut > 12 ? cut - 12 : 0, cut), &a);
  sides_of(ch_slice(t, cut, cut + 12), &b);
  return a.tail_dangles && b.head_dangles && !seam_word(&a, &b);
}

// 护得住 托得稳: a headline in two halves is whole.
static bool whole_head(const Piece *p) {
  if (p->type != P_HEAD || p->fold.n > 40 || ch_has(p->fold, u","))
    return false;
  size_t i = ch_find(p->fold, u" ", 0);
  return i != SIZE_MAX && i >= 3 && p->fold.n - i > 3;
}

bool begins_number(Chars t) {
  return t.n &&
         (ch_digit(t.c[0]) || (ch_numeral(t.c[0]) && t.c[0] != u"一"[0]));
}

// 14日,…: so open reports.
bool begins_day(Chars t) {
  size_t i = 0;
  for (size_t part = 0; part < 2; part++) {
    size_t from = i;
    while (i < t.n && i < from + 2 && ch_digit(t.c[i]))
      i++;
    if (i == from || i + 1 >= t.n)
      return false;
    if (t.c[i] == u"日"[0])
      return t.c[i + 1] == u","[0];
    if (t.c[i++] != u"月"[0])
      return false;
  }
  return false;
}

// What leads to a day.
static const uint16_t *const before_day[] = {u"截至", u"至", u"到", u"于",
                                             u"从",   u"自", u"在", NULL};

bool begins_measure(Chars t) {
  return ch_any(t, 0, measures) > 0;
}

// 记者从县里了解到…: so begin paragraphs, never the rest of a sentence.
static bool reporter(Chars t) {
  return ch_starts(t, u"记者") && t.n > 3 &&
         (t.c[2] == u"从"[0] || t.c[2] == u"在"[0] || t.c[2] == u"了"[0] ||
          t.c[2] == u"走"[0] || t.c[2] == u"来"[0] || t.c[2] == u"看"[0]);
}

// How texts begin that tell up to where: 增加到47册 behind 由11册.
static const uint16_t *const up_to[] = {
    u"提高到", u"增加到", u"上升到", u"提升到", u"下降到", u"降低到", u"缩短到",
    u"减少到", u"扩大到", u"压缩到", u"增至",   u"升至",   u"降至",   u"提高至",
    u"提升至", u"减至",   u"涨到",   u"降到",   u"增长到", u"缩短至", u"扩大至",
    u"降低至", u"发展到", u"压减到", NULL};

// 由11册: the last clause tells from where.
static bool from_where(Chars t) {
  enum { CLAUSE = 24 };
  bool digit = false;
  for (size_t i = t.n; i-- > 0 && t.n - i <= CLAUSE && !ch_pause(t.c[i]);) {
    digit = digit || ch_digit(t.c[i]);
    if (digit && (t.c[i] == u"由"[0] || t.c[i] == u"从"[0]))
      return true;
  }
  return false;
}

// Words that end no clause: what they are of must follow.
static const uint16_t *const wants[] = {
    u"用于", u"对于", u"关于",   u"为了",   u"通过", u"按照", u"根据",
    u"以及", u"包括", u"成为",   u"作为",   u"属于", u"位于", u"来自",
    u"围绕", u"依托", u"有助于", u"致力于", u"针对", u"结合", u"涉及",
    u"涵盖", u"采取", u"采用",   NULL};

// What an end waits for, and what a beginning brings.
static void figures_of(Chars t, Edge *e) {
  e->tail_number = number_end(t);
  e->head_number = begins_number(t);
  e->head_day = begins_day(t);
  e->to_day = ch_ends_any(t, before_day);
  e->head_measure = begins_measure(t);
  e->head_some = !e->head_measure && ch_any(t, 0, some_measures);
  e->head_small = e->head_measure && ch_any(t, 0, small_measures);
  e->to = ch_any(t, 0, up_to) > 0;
  e->wants = !e->ended && ch_ends_any(t, wants);
  e->from = !e->ended && from_where(t);
  e->tail_many = t.c[t.n - 1] == u"万"[0] || t.c[t.n - 1] == u"亿"[0];
  e->strict = !e->ended && ch_ends_any(t, strictly_number);
  e->awaits = !e->tail_number && (e->strict || ch_ends_any(t, awaits_number));
  e->awaits_change = !e->ended && ch_ends_any(t, before_change);
  e->head_change = ch_any(t, 0, changes) > 0;
}

Edge edge_of(const Piece *p) {
  Edge e = {.p = p, .whole_head = whole_head(p)};
  Chars t = p->fold;
  if (!t.n)
    return e;
  sides_of(t, &e);
  letters(t, &e);
  balance(t, &e);
  e.starter =
      ch_any(t, 0, starters) > 0 || lead(t) || (t.c[0] == '"' && !e.odd_quotes);
  e.stump = stump(t);
  figures_of(t, &e);
  for (const uint16_t *m = modals; *m; m++)
    e.modal = e.modal || t.c[t.n - 1] == *m;
  e.several = ch_has(ch_slice(t, t.n > 24 ? t.n - 24 : 0, t.n), u"、");
  e.head_torn = ch_pause(t.c[0]) || ch_closer(t.c[0]) || ch_stop(t.c[0]) ||
                ch_starts(t, u"的") || ch_starts(t, u"了") ||
                ch_starts(t, u"等");
  static const uint16_t *const asks[] = {u"哪", u"什么", u"谁", u"多少", NULL};
  for (size_t i = 0; i < 4 && i < t.n; i++)
    e.asks = e.asks || ch_any(t, i, asks);
  e.counted = counted(t);
  e.measured = measured(t);
  e.ragged = ragged(t, &e);
  e.tail_of = t.c[t.n - 1] == u"的"[0];
  e.respective = ch_starts(t, u"分别") || ch_starts(t, u"率分别");
  e.source = reporter(t);
  e.opens_anew = begins_anew(t);
  e.pauses = ch_pause(t.c[t.n - 1]) || ch_opener(t.c[t.n - 1]);
  return e;
}

// ---- two sides --------------------------------------------------------------

// How much cheaper the text is to cut with a word across the seam than
// without one: 0 where no such word is known.
int seam_word(const Edge *x, const Edge *y) {
  if (!x->n_tail || !y->n_head ||
      !word_may_join(x->tail[x->n_tail - 1], y->head[0]))
    return 0;
  int split = x->forward[x->n_tail] + y->backward[0], best = 0;
  for (size_t a = 1; a <= x->tail_run; a++)
    for (size_t b = 1; a + b <= WORD_MAX && b <= y->head_run; b++) {
      uint16_t w[WORD_MAX];
      memcpy(w, x->tail + (x->n_tail - a), a * sizeof *w);
      memcpy(w + a, y->head, b * sizeof *w);
      int c = word_cost(w, a + b);
      int gain = split - x->forward[x->n_tail - a] - c - y->backward[b];
      if (c && gain > best)
        best = gain;
    }
  return best > 0 ? best + CROSSING : 0;
}

// The page says the same characters elsewhere: 2 + 2 of them, or 3. A run of
// four is there only if its runs of three are.
static int page_gain(const Words *words, const Edge *x, const Edge *y) {
  uint16_t w[6];
  size_t a = x->n_last, b = y->n_first;
  if (!a || !b)
    return 0;
  memcpy(w, x->last, sizeof x->last); // the last letter is w[2]
  memcpy(w + 3, y->first, sizeof y->first);
  if (!words_met(words, w[2], w[3]))
    return 0;
  bool left = a >= 2 && words_has(words, w + 1, 3);
  bool right = b >= 2 && words_has(words, w + 2, 3);
  if (!left && !right)
    return 0;
  size_t n = 0;
  n += left && right && words_has(words, w + 1, 4);
  n += left && a >= 3 && words_has(words, w, 4);
  n += right && b >= 3 && words_has(words, w + 2, 4);
  if (n)
    return n > 1 ? 60 : 40;
  bool telling =
      (left && !function_word(w[3])) || (right && !function_word(w[2]));
  return telling ? 18 : 0;
}

static int bracket_points(const Edge *x, const Edge *y, bool *lost) {
  *lost = false;
  if (y->n_closes) {
    uint16_t want = ch_partner(y->closes[0]);
    if (x->n_opens && x->opens[x->n_opens - 1] == want)
      return 35;
    for (size_t i = 1; i < y->n_closes && x->n_opens; i++)
      if (ch_partner(y->closes[i]) == x->opens[x->n_opens - 1]) {
        *lost = true; // the inner bracket's opening is missing
        return 40;
      }
    return -30;
  }
  if (x->n_opens && x->opens[x->n_opens - 1] != 0x201C)
    return -30;
  return 0;
}

static int number_points(const Edge *x, const Edge *y) {
  if (y->stump && y->head_measure && !x->tail_number)
    return -40;
  if (x->from && y->to)
    return 40;
  if (x->tail_number)
    return x->tail_many && y->head_small ? -30 // 3.6万|个月
           : y->head_measure             ? 45
           : y->head_number ? (y->counted || y->measured ? -45 : -20)
           : y->head_some   ? 20
                            : -45;
  if (x->awaits_change)
    return y->head_change ? 40 : -25;
  if (x->strict && y->head_number)
    return 35;
  if (y->head_day && !x->to_day)
    return -45;
  return x->awaits && y->head_number ? 20 : 0;
}

// Whether the last word on one side and the first on the other go together.
static int grammar_points(const Edge *x, const Edge *y) {
  bool verb = y->head_kind == WORD_VERB;
  bool thing = y->head_kind == WORD_NOUN || y->head_kind == WORD_PRONOUN ||
               y->head_number;
  if (y->respective)
    return x->several ? 12 : -15; // of several
  if (x->tail_of)
    return y->head_kind == WORD_NOUN || y->head_number ? 8 : 0;
  if (x->modal)
    return verb || y->head_kind == WORD_ADVERB ? 12 : -8;
  switch (x->tail_kind) {
  case WORD_ADVERB:
    return verb ? 14 : 0;
  case WORD_PREPOSITION:
  case WORD_CONJUNCTION:
    return thing ? (x->wants ? 16 : 8) : 0;
  case WORD_VERB:
    return y->head_number ? 14 : thing ? (x->wants ? 16 : 6) : 0;
  case WORD_NOUN:
  case WORD_PRONOUN:
    if (y->counted)
      return 10;
    return verb || y->head_kind == WORD_ADVERB ? 10 : 0;
  default:
    return 0;
  }
}

// 到哪里,…|到哪里: the question word comes on both sides.
static bool correlative(const Edge *x, const Edge *y) {
  static const uint16_t *const asks[] = {u"哪里", u"哪儿", u"什么",
                                         u"谁",   u"多少", NULL};
  Chars h = ch_slice(y->p->fold, 0, 5), t = x->p->fold;
  for (size_t i = 0; i + 1 < h.n; i++) {
    size_t n = ch_any(h, i, asks);
    for (size_t k = t.n > 20 ? t.n - 20 : 0; n && k + n <= t.n; k++)
      if (!memcmp(t.c + k, h.c + i, n * sizeof *t.c))
        return true;
  }
  return false;
}

// A sentence that begins anew ends none that breaks off without a pause.
static int anew_points(const Edge *x, const Edge *y, bool lexical) {
  if (!y->opens_anew)
    return 0;
  bool waits = x->pauses || x->awaits || x->tail_number ||
               x->tail_kind == WORD_PREPOSITION;
  return waits ? 0 : lexical ? 30 : 60;
}

// Half a word on either side that the other does not complete. A tail that may
// be whole costs less, but not before what it cannot govern.
static int halves_cost(const Edge *x, const Edge *y) {
  bool whole = x->tail_soft && !y->head_dangles && !y->stump && !y->starter;
  return (whole ? 4 : 25 * x->tail_dangles) + 20 * y->head_dangles;
}

Seam seam_weigh(const Words *words, const Edge *x, const Edge *y) {
  Seam s = {0};
  int word = seam_word(x, y);
  s.points = word < 90 ? word : 90;
  s.lexical = s.points > 0;
  int page = words ? page_gain(words, x, y) : 0;
  s.points += page;
  s.lexical = s.lexical || page >= 40;
  if (!s.lexical)
    s.points -= halves_cost(x, y);
  int brackets = bracket_points(x, y, &s.lost);
  s.points += brackets;
  if (x->odd_quotes || y->odd_quotes)
    s.points += x->odd_quotes && y->odd_quotes ? 20 : -5;
  int number = number_points(x, y);
  s.points += number;
  bool asks = y->asks && correlative(x, y);
  s.points += 35 * asks;
  s.lexical = s.lexical || number >= 35 || brackets >= 30 || asks;
  s.points += y->ragged + grammar_points(x, y);
  s.points -= !y->starter || y->ragged ? 0 : s.lexical ? 10 : 22;
  s.points -= y->source ? 25 : 0;
  s.points -= anew_points(x, y, s.lexical);
  return s;
}
