// Folded characters: classes, comparison, widths.
#include "read_imp.h"

uint16_t fold_rare(uint32_t c) {
  if (c < 0x80 || (c >= 0x4E00 && c <= 0x9FFF))
    return (uint16_t)c;
  if (c >= 0xFF01 && c <= 0xFF5E)
    return (uint16_t)(c - 0xFEE0);
  if (c > 0xFFFF)
    return CHAR_FAR;
  switch (c) {
  case 0xA0:
  case 0x3000:
  case 0x2002:
  case 0x2003:
  case 0x2009:
    return ' ';
  case 0x300C:
  case 0xFE41:
    return 0x201C;
  case 0x300D:
  case 0xFE42:
    return 0x201D;
  case 0x300E:
    return 0x2018;
  case 0x300F:
    return 0x2019;
  case 0x2013:
  case 0x2015:
  case 0x2500:
    return 0x2014;
  case 0x22EF:
    return 0x2026;
  case 0x2022:
  case 0x2027:
  case 0x30FB:
  case 0xFF65:
    return 0xB7;
  default:
    return (uint16_t)c;
  }
}

static bool among(uint16_t c, const uint16_t *list) {
  for (; *list; list++)
    if (*list == c)
      return true;
  return false;
}

bool ch_numeral(uint16_t c) {
  return among(c, u"〇零一二三四五六七八九十百千万亿两");
}

static const uint16_t openers[] = u"(“‘《〈【[{〔〖";
static const uint16_t closers[] = u")”’》〉】]}〕〗";

bool ch_opener(uint16_t c) {
  if (c >= 0x3400)
    return false;
  return c != 0 && among(c, openers);
}

bool ch_closer(uint16_t c) {
  if (c >= 0x3400)
    return false;
  return c != 0 && among(c, closers);
}

uint16_t ch_partner(uint16_t closer) {
  for (size_t i = 0; closers[i]; i++)
    if (closers[i] == closer)
      return openers[i];
  return 0;
}

size_t ch_at(Chars t, size_t i, const uint16_t *what) {
  if (i >= t.n || t.c[i] != what[0])
    return 0;
  size_t k = 0;
  while (what[k] && i + k < t.n && t.c[i + k] == what[k])
    k++;
  return what[k] ? 0 : k;
}

// First place of the character at or after i, or t.n; four at a time.
static size_t next_of(Chars t, size_t i, uint16_t c) {
  const uint64_t ones = UINT64_C(0x0001000100010001), all = ones * c;
  for (uint64_t x; i + 4 <= t.n; i += 4) {
    memcpy(&x, t.c + i, sizeof x);
    x ^= all;
    if ((x - ones) & ~x & ones << 15)
      break;
  }
  while (i < t.n && t.c[i] != c)
    i++;
  return i;
}

size_t ch_find(Chars t, const uint16_t *what, size_t from) {
  for (size_t i = next_of(t, from, what[0]); i < t.n;
       i = next_of(t, i + 1, what[0]))
    if (ch_at(t, i, what))
      return i;
  return SIZE_MAX;
}

size_t ch_find_chars(Chars t, Chars what) {
  for (size_t i = 0; what.n && i + what.n <= t.n; i++)
    if (t.c[i] == what.c[0] &&
        memcmp(t.c + i, what.c, what.n * sizeof *what.c) == 0)
      return i;
  return SIZE_MAX;
}

bool ch_has(Chars t, const uint16_t *what) {
  return ch_find(t, what, 0) != SIZE_MAX;
}

bool ch_starts(Chars t, const uint16_t *what) {
  return ch_at(t, 0, what) > 0;
}

bool ch_ends(Chars t, const uint16_t *what) {
  size_t n = 0;
  while (what[n])
    n++;
  return n <= t.n && ch_at(t, t.n - n, what) > 0;
}

_Thread_local ListMarks list_marks[LIST_MARKS + LIST_PROBES];

static bool has_mark(const uint64_t *set, uint16_t c) {
  unsigned bit = mark_of(c);
  return set[bit / 64] >> bit % 64 & 1;
}

static void add_mark(uint64_t *set, uint16_t c) {
  unsigned bit = mark_of(c);
  set[bit / 64] |= UINT64_C(1) << bit % 64;
}

static const ListMarks *marks_of(const uint16_t *const *list) {
  ListMarks *m = &list_marks[marks_slot(list)];
  for (int k = 0; k < LIST_PROBES && m->list && m->list != list; k++)
    m++;
  if (m->list == list)
    return m;
  *m = (ListMarks){.list = list};
  for (; *list; list++) {
    const uint16_t *end = *list;
    while (end[1])
      end++;
    add_mark(m->first, **list);
    add_mark(m->last, *end);
  }
  return m;
}

size_t ch_any_of(Chars t, size_t i, const uint16_t *const *list) {
  if (!has_mark(marks_of(list)->first, t.c[i]))
    return 0;
  for (; *list; list++)
    if ((*list)[0] == t.c[i]) {
      size_t n = ch_at(t, i, *list);
      if (n)
        return n;
    }
  return 0;
}

bool ch_ends_any(Chars t, const uint16_t *const *list) {
  if (!t.n || !has_mark(marks_of(list)->last, t.c[t.n - 1]))
    return false;
  for (; *list; list++)
    if (ch_ends(t, *list))
      return true;
  return false;
}

Chars ch_slice(Chars t, size_t begin, size_t end) {
  end = end > t.n ? t.n : end;
  begin = begin > end ? end : begin;
  return (Chars){t.c + begin, end - begin};
}

// … (赵某) / … (下转3版): the length of the text before such a bracket.
static size_t before_bracket(Chars t) {
  size_t i = t.n;
  if (!t.n || t.c[t.n - 1] != ')')
    return t.n;
  while (i > 0 && t.n - i < 64 && t.c[i - 1] != '(')
    i--;
  if (i < 3 || t.c[i - 1] != '(')
    return t.n;
  size_t stop = i - 1; // behind the last character of the text
  while (stop > 1 && t.c[stop - 1] == ' ')
    stop--;
  bool quoted = ch_closer(t.c[stop - 1]) || t.c[stop - 1] == '"';
  return stop > quoted && ch_stop(t.c[stop - 1 - quoted]) ? i - 1 : t.n;
}

// Whether a stop stands where a credit may begin behind it.
static bool stop_near(Chars t) {
  size_t i = t.n;
  while (i > 0 && (t.n - i <= CREDIT_MAX || t.c[i - 1] == ' '))
    if (ch_stop(t.c[--i]))
      return true;
  return i > 0 && ch_stop(t.c[i - 1]);
}

bool ch_ended(Chars t) {
  size_t n = before_bracket(t), i = n;
  while (i > 0 && (ch_closer(t.c[i - 1]) || t.c[i - 1] == '"' ||
                   t.c[i - 1] == '\'' || t.c[i - 1] == ' '))
    i--;
  if (i == 0)
    return false;
  if (ch_stop(t.c[i - 1]) ||
      (i == n && (t.c[i - 1] == ';' || t.c[i - 1] == ':')))
    return true;
  if (!stop_near(t))
    return false;
  size_t credit = byline_credit(t); // …。 甲某, …。本报记者 甲某
  while (credit > 0 && credit < t.n && t.c[credit - 1] == ' ')
    credit--;
  return credit > 0 && credit < t.n && ch_stop(t.c[credit - 1]);
}

// The common surnames; others are taken only where a role names the person.
static const uint16_t surnames[] =
    u"李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许"
    u"傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆"
    u"郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施"
    u"陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管"
    u"祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃"
    u"霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕"
    u"晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计"
    u"喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应"
    u"台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺水云昌凤酆皮湛禹狄贝臧成宦茅梁杞"
    u"幸弓牧隗山宓蓬郗班仰秋伊暴钭厉戎束幽司韶郜蓟溥印怀蒲邰从鄂索咸籍卓蔺屠蒙"
    u"池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀浦"
    u"尚"
    u"农别晏柴瞿阎充慕连茹习宦艾鱼容慎戈廖庾终暨居衡步都耿满弘匡国寇广禄阙东欧"
    u"殳沃利"
    u"蔚越夔隆师巩厍聂晁勾敖融訾辛阚那饶空曾毋沙乜养鞠须丰巢蒯相红游竺权逯盖益"
    u"桓公肖闫付代缪佘仝芮雒杭鹿佴亓昝荀禤郄仉庹贠仵剡邴笪戢颉麻帅";
static const uint16_t *const surnames_2[] = {
    u"欧阳", u"上官", u"司马", u"诸葛", u"夏侯", u"皇甫", u"尉迟",
    u"公孙", u"慕容", u"令狐", u"宇文", u"长孙", u"司徒", u"端木",
    u"东方", u"独孤", u"南宫", u"拓跋", u"轩辕", u"钟离", NULL};

bool surname_at(Chars t, size_t i, size_t *len) {
  *len = ch_any(t, i, surnames_2);
  if (*len)
    return true;
  static _Thread_local uint64_t set[1024]; // surnames by character
  if (!set[surnames[0] / 64])
    for (const uint16_t *c = surnames; *c; c++)
      set[*c / 64] |= (uint64_t)1 << *c % 64;
  *len = i < t.n && (set[t.c[i] / 64] >> t.c[i] % 64 & 1);
  return *len > 0;
}
