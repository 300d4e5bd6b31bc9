// People: who wrote, photographed, edited. 本报记者 李某, (记者甲 通讯员乙),
// □甲 乙, 丙 摄, 责编:丁 美编:戊.
#include "lexicon.h"
#include "people.h"

// A square or circle that stands before an author's name; OCR reads 口 for □.
static bool author_mark(Chars t) {
  static const uint16_t marks[] = {0x25A1, 0x25A0, 0x25CF, 0x25CB, 0x25CE,
                                   0x25C6, 0x25C7, 0x2605, 0x2606, 0};
  for (const uint16_t *m = marks; *m; m++)
    if (t.n && t.c[0] == *m)
      return true;
  return ch_starts(t, u"口 ") || ch_starts(t, u"口本报") ||
         ch_starts(t, u"口记者");
}

// 记者走基层, 记者观察: a column of reports, no one's name.
static bool column_line(Chars t) {
  static const uint16_t *const columns[] = {
      u"走基层", u"调查",   u"观察", u"手记", u"探访", u"暗访", u"直击",
      u"连线",   u"眼中",   u"见闻", u"日记", u"体验", u"来信", u"在现场",
      u"走一线", u"走转改", u"视点", u"视线", u"行",   u"说",   NULL};
  if (!ch_starts(t, u"记者") && !ch_starts(t, u"本报记者"))
    return false;
  size_t i = ch_find(t, u"记者", 0) + 2;
  i += i < t.n && t.c[i] == ' ';
  for (size_t n; i < t.n; i++) {
    n = ch_any(t, i, columns);
    if (n && i + n == t.n && (n > 1 || i == 2))
      return true;
    if (n > 1 && i <= 3)
      return true;
  }
  return false;
}

// 本报记者 甲某 发自北川: where the place begins, t.n if none is told.
static size_t sent_from(Chars t) {
  size_t i = ch_find(t, u"发自", 0);
  return i != SIZE_MAX && i > 4 && ch_find(t, u"记者", 0) < i ? i : t.n;
}

bool byline_line(Chars t) {
  if (t.n < 2 || t.n > 70 || ch_has(t, u"。") || ch_has(t, u","))
    return false;
  bool marked = author_mark(t);
  if ((!marked && !may_have_role(t)) || column_line(t))
    return false;
  t.n = sent_from(t);
  Parse x = {.t = t, .strict = true};
  people_parse(&x, marked && ch_han(t.c[0]), t.n);
  if (!x.names && x.bodies && ch_starts(t, u"记者"))
    return false; // 记者走进大山深处
  return !x.strange && (x.roles || (marked && x.names));
}

void byline_people(Arena *a, const Piece *p, size_t begin, size_t end,
                   People *out) {
  Parse x = {.a = a, .p = p, .t = p->fold, .out = out};
  size_t sent = begin == 0 && end == p->fold.n ? sent_from(p->fold) : end;
  end = sent < end ? sent : end;
  bool square =
      begin == 0 && p->fold.n && ch_han(p->fold.c[0]) && author_mark(p->fold);
  people_parse(&x, begin + square, end);
}

// The page's editors, among its date, its number and its telephone.
void byline_editors(Arena *a, const Piece *p, People *out) {
  static const uint16_t *const words[] = {
      u"责任编辑", u"责编", u"美术编辑", u"美编",     u"版式",
      u"编辑",     u"主编", u"校对",     u"责任校对", NULL};
  Parse x = {.a = a, .p = p, .t = p->fold, .out = out, .surnames = true};
  for (size_t i = 0; i < p->fold.n; i++)
    if (ch_any(p->fold, i, words)) {
      people_parse(&x, i, p->fold.n);
      return;
    }
}

// Names and nothing else, each with a surname and none a word of the
// dictionary.
static bool plain_names(Chars t, size_t begin, size_t end) {
  Parse x = {.t = t, .strict = true, .surnames = true};
  people_parse(&x, begin, end);
  return !x.strange && x.names > 0 && (x.roles || x.names > x.words);
}

BareNames byline_bare(Chars t) {
  enum { LONGEST = 30, MOST = 4 };
  if (t.n < 2 || t.n > LONGEST || ch_has(t, u",") || ch_has(t, u":"))
    return BARE_NONE;
  bool bracket = t.c[0] == '(' && t.c[t.n - 1] == ')';
  Parse x = {.t = t, .strict = true, .surnames = true, .bare = true};
  people_parse(&x, 0, t.n);
  if (x.strange || !x.names || x.names > MOST || x.roles)
    return BARE_NONE;
  if (bracket)
    return x.names > x.words ? BARE_BRACKET : BARE_NONE;
  // 某镇小学 甲某
  bool member = x.bodies == 1 && x.names > x.words;
  if (x.words || (x.bodies && !x.office && !member))
    return BARE_NONE;
  return x.office || member ? BARE_OFFICE : BARE_NAMES;
}

// 乙 丙) of a bracket whose beginning is lost; half a name may come first.
static void torn_opening(Arena *a, const Piece *p, size_t close, People *out) {
  enum { LONGEST = 16 };
  Chars t = ch_slice(p->fold, 0, close);
  if (close > LONGEST)
    return;
  bool half = close > 3 && (t.c[1] == ' ' || t.c[1] == 0x3001) &&
              t.c[3] != ' ' && t.c[3] != 0x3001;
  Parse x = {.t = t, .strict = true};
  people_parse(&x, half, close);
  if (!x.strange)
    byline_people(a, p, half, close, out);
}

// 本报讯 记者 甲某 通讯员 乙某 县里…: roles and names, each a word, and a space
// behind the last.
static void spaced_opening(Arena *a, const Piece *p, size_t from, People *out) {
  static const uint16_t *const roles[] = {u"记者", u"通讯员", u"特约记者",
                                          u"见习记者", NULL};
  Chars t = p->fold;
  size_t end = from, words = 0;
  bool role = false;
  for (size_t i = from; i < t.n && words < 8; words++) {
    while (i < t.n && t.c[i] == ' ')
      i++;
    size_t b = i, n = ch_any(t, b, roles);
    while (i < t.n && t.c[i] != ' ' && i - b < 8)
      i++;
    role = role || n;
    if (i >= t.n || t.c[i] != ' ' || !role)
      break;
    b += n;
    if (b < i && !name_like(t, b, i, true))
      break;
    end = b < i ? i : end;
  }
  if (end > from)
    byline_people(a, p, from, end, out);
}

// 本报讯 记者甲某 通讯员乙某报道:
static void spoken_opening(Arena *a, const Piece *p, size_t from, People *out) {
  enum { LONGEST = 40 };
  Chars t = p->fold;
  while (from < t.n && t.c[from] == ' ')
    from++;
  size_t end = from;
  while (end < t.n && end - from < LONGEST && !ch_at(t, end, u"报道") &&
         t.c[end] != ',' && !ch_stop(t.c[end]))
    end++;
  if (end >= t.n || !ch_at(t, end, u"报道")) {
    spaced_opening(a, p, from, out);
    return;
  }
  Parse x = {.t = t, .strict = true, .surnames = true};
  people_parse(&x, from, end);
  if (!x.strange && (x.front || (x.names && from)))
    byline_people(a, p, from, end, out);
}

// The first of the brackets behind the dateline's word, SIZE_MAX if none. The
// bracket of [本报讯] is none of the people's.
static size_t bracket_at(Chars t, size_t from, const uint16_t *brackets) {
  for (size_t i = from; i < t.n; i++)
    for (const uint16_t *b = brackets; t.c[i] < CHAR_FAR && *b; b++)
      if (t.c[i] == *b)
        return i;
  return SIZE_MAX;
}

// (记者甲 通讯员乙): the bracket that opens a report. Without a role it must
// follow 本报讯 at once, or stand at the text's beginning.
static void opening(Arena *a, const Piece *p, People *out) {
  Chars t = p->fold;
  size_t limit = t.n < 90 ? t.n : 90;
  Chars head = ch_slice(t, 0, limit);
  size_t dateline = p->dateline ? dateline_at(t).end : 0;
  size_t open = bracket_at(head, dateline, u"(【[〔"),
         close = bracket_at(head, dateline, u")】]〕");
  static const uint16_t *const reporters[] = {u"本报记者",
                                              u"记者",
                                              u"据本报记者",
                                              u"本报特约记者",
                                              u"本报首席记者",
                                              u"本报见习记者",
                                              u"本报通讯员",
                                              u"特约记者",
                                              u"首席记者",
                                              u"见习记者",
                                              u"本报实习生",
                                              u"通讯员",
                                              NULL};
  if (dateline || ch_any(t, 0, reporters))
    spoken_opening(a, p, dateline, out);
  if (close == SIZE_MAX)
    return;
  if (open == SIZE_MAX || open > close) {
    torn_opening(a, p, close, out);
    return;
  }
  if (open > 30)
    return;
  Chars in = ch_slice(t, 0, close);
  for (size_t i = 0; i < open; i++) // a report that the text quotes
    if (t.c[i] == '"' || t.c[i] == 0x201C || t.c[i] == ',' || ch_stop(t.c[i]))
      return;
  bool roles = ch_find(in, u"记者", open) != SIZE_MAX ||
               ch_find(in, u"通讯员", open) != SIZE_MAX;
  bool at_once = open == dateline ||
                 (dateline && open == dateline + 1 && t.c[dateline] == ' ');
  if (close > open + 1 &&
      (roles || (at_once && plain_names(t, open + 1, close))))
    byline_people(a, p, open + 1, close, out);
}

size_t byline_credit(Chars t) {
  if (t.n < 3)
    return t.n;
  size_t i = t.n, least = t.n > CREDIT_MAX ? t.n - CREDIT_MAX : 0;
  while (i > least && !ch_stop(t.c[i - 1]))
    i--;
  while (i < t.n && (ch_closer(t.c[i]) || t.c[i] == ' ' || t.c[i] == '"'))
    i++;
  if (i < t.n && byline_line(ch_slice(t, i, t.n)))
    return i;
  if (i > least && i < t.n && t.n - i <= 16 && t.c[i - 1] == ' ' &&
      byline_bare(ch_slice(t, i, t.n)) == BARE_NAMES)
    return i;
  // … 130余家企业 赵某 摄/视觉中国: the credit follows torn text
  size_t shot = ch_find(t, u" 摄", least);
  if (shot == SIZE_MAX && t.c[t.n - 1] == u"摄"[0])
    shot = t.n - 1;
  if (shot == SIZE_MAX || t.n - shot > 10)
    return t.n;
  for (size_t b = shot; b > least && shot - b < 6; b--)
    if ((t.c[b - 1] == ' ' || ch_digit(t.c[b - 1])) &&
        name_like(t, b, shot, true))
      return b;
  return t.n;
}

bool byline_picture_line(Chars t) {
  enum { CREDIT = 18 };
  static const uint16_t *const agencies[] = {
      u"供图",     u"资料图片", u"资料图",   u"资料照片", u"新华社发",
      u"中新社发", u"人民视觉", u"视觉中国", u"影像中国", NULL};
  size_t e = t.n, b;
  while (e > 0 && (ch_closer(t.c[e - 1]) || t.c[e - 1] == ' '))
    e--;
  for (b = e; b > 0 && !ch_stop(t.c[b - 1]) && t.n - b <= CREDIT;)
    b--;
  Chars in = ch_slice(t, b, e);
  if (in.n < 2 || in.n > CREDIT || ch_has(in, u",") || ch_has(in, u"文"))
    return false;
  while (in.n && (ch_closer(in.c[0]) || in.c[0] == ' ' || in.c[0] == '('))
    in = ch_slice(in, 1, in.n);
  return ch_ends_any(in, agencies) || ch_starts(in, u"图/") ||
         ch_starts(in, u"图:") || ch_ends(in, u" 图") ||
         (ch_starts(in, u"图片由") && ch_ends(in, u"提供"));
}

bool byline_picture(Chars t) {
  enum { TAIL = 24 };
  return ch_has(ch_slice(t, t.n > TAIL ? t.n - TAIL : 0, t.n), u"摄") ||
         byline_picture_line(t);
}

enum { SIGNATURE_MAX = 64 };

// Whether a sentence ends before character i, in quotes or not; the name may
// stand at the end of the line.
static bool behind_stop(Chars t, size_t i) {
  while (i > 0 && t.c[i - 1] == ' ')
    i--;
  bool quoted = i > 1 && (ch_closer(t.c[i - 1]) || t.c[i - 1] == '"');
  return i > 0 && ch_stop(t.c[i - 1 - quoted]);
}

// (据新华社电), (县总工会供稿), (摘自《河湾晚报》): where a text comes from.
static bool source_note(Chars t, size_t b, size_t e) {
  static const uint16_t *const starts[] = {
      u"据", u"摘自", u"来源", u"转自", u"原载", u"本报综合", u"综合", NULL};
  static const uint16_t *const ends[] = {u"电",     u"报道", u"供稿", u"消息",
                                         u"客户端", u"报》", u"整理", u"网》",
                                         u"报",     u"网",   u"社",   NULL};
  Chars in = ch_slice(t, b, e);
  return in.n <= 24 && !ch_has(in, u"。") && !ch_has(in, u",") &&
         ((ch_any(in, 0, starts) && ch_ends_any(in, ends)) ||
          (in.n > 4 && ch_ends(in, u"供稿")));
}

// (作者系某校教师), (作者:甲某,系某校教师), (作者单位:某某厂 甲某).
static bool author_note(Chars t, size_t b, size_t e) {
  Chars in = ch_slice(t, b, e);
  return in.n <= 44 && ch_starts(in, u"作者") && !ch_has(in, u"。");
}

// Where the author's name stands in such a note: [*b, *e), empty if it has
// none.
static void author_named(Chars t, size_t *b, size_t *e) {
  size_t end = *e, i = *b + 2, to;
  *e = *b = i;
  if (ch_at(t, i, u"单位")) { // the name comes last
    for (to = end; to > i && t.c[to - 1] != ' ';)
      to--;
    if (to > i && name_like(t, to, end, true))
      *b = to, *e = end;
    return;
  }
  if (i < end && (t.c[i] == ':' || t.c[i] == ' '))
    i++;
  for (to = i; to < end && t.c[to] != ',' && t.c[to] != ' ' &&
               !ch_at(t, to, u"系") && !ch_at(t, to, u"单位");)
    to++;
  if (to > i && name_like(t, i, to, true)) {
    *b = i, *e = to;
    return;
  }
  for (i = end; i > to && t.c[i - 1] != ' ';) // 作者系某校教师 甲某
    i--;
  if (i > to && name_like(t, i, end, true))
    *b = i, *e = end;
}

// (北川县融媒体中心), (县总工会), (本报综合): a body, or the paper itself.
static bool body_note(Chars t, size_t b, size_t e) {
  static const uint16_t *const ends[] = {
      u"中心",   u"工会", u"局",   u"宣传部", u"办公室", u"新闻办", u"站",
      u"台",     u"学院", u"公司", u"厂",     u"矿",     u"政府",   u"县委",
      u"报道组", u"社",   u"大队", u"支队",   u"车间",   u"工会办", NULL};
  static const uint16_t *const notes[] = {u"本报综合", u"综合",     u"据新华社",
                                          u"新华社",   u"本报讯",   u"中新社",
                                          u"据中新社", u"据新华网", NULL};
  Chars in = ch_slice(t, b, e);
  size_t n = ch_any(in, 0, notes);
  if (n && n == in.n)
    return true;
  for (size_t i = 0; i < in.n; i++)
    if (!ch_han(in.c[i]))
      return false;
  return in.n >= 4 && in.n <= 14 && ch_ends_any(in, ends);
}

// (普丽娜), (措姆 阿依): one or two names of which no surname is known, at the
// end of a text or with a report behind them; no words.
static bool rare_names(Chars t, size_t b, size_t e) {
  static const uint16_t *const notes[] = {
      u"完",   u"略", u"上", u"中",   u"下",   u"待续", u"续",
      u"转",   u"接", u"图", u"节选", u"摘编", u"原文", u"有删",
      u"化名", u"注", u"见", u"文中", u"编者", u"责编", NULL};
  Chars in = ch_slice(t, b, e);
  if (in.n < 2 || in.n > 3 || ch_any(in, 0, notes))
    return false;
  for (size_t i = 0; i < in.n; i++)
    if (ch_numeral(in.c[i]))
      return false;
  return name_like(t, b, e, false);
}

size_t byline_signature(Chars t, size_t from, size_t *end) {
  for (size_t i = from; i + 3 < t.n; i++) {
    if (t.c[i] >= CHAR_FAR)
      continue;
    uint16_t closer = t.c[i] == '('      ? ')'
                      : t.c[i] == '['    ? ']'
                      : t.c[i] == 0x3010 ? 0x3011
                                         : 0;
    if (!closer || !behind_stop(t, i))
      continue;
    size_t close = i + 1;
    while (close < t.n && close - i < SIGNATURE_MAX && t.c[close] != closer)
      close++;
    if (close >= t.n || t.c[close] != closer || close == i + 1)
      continue;
    if (plain_names(t, i + 1, close) ||
        (closer == ')' &&
         (source_note(t, i + 1, close) || author_note(t, i + 1, close) ||
          body_note(t, i + 1, close) || rare_names(t, i + 1, close)))) {
      *end = close + 1;
      return i;
    }
  }
  return t.n;
}

bool byline_source(Chars t) {
  enum { LONGEST = 44, SHORT = 24 };
  static const uint16_t *const starts[] = {
      u"来源:",  u"据",    u"(据",      u"(来源",    u"(本报综合",
      u"作者系", u"(作者", u"作者单位", u"本报综合", u"综合新华社",
      u"摘自",   u"(摘自", u"(综合",    NULL};
  static const uint16_t *const ends[] = {u"报道", u"电", u"消息", u"网",
                                         u"报",   u"社", u"整理", u"客户端",
                                         u"》",   NULL};
  if (t.n < 3 || t.n > LONGEST || !ch_any(t, 0, starts) || ch_has(t, u"。"))
    return false;
  if (t.c[t.n - 1] == ')')
    t.n--;
  return ch_has(ch_slice(t, 0, 4), u"作者") || ch_has(t, u"来源:") ||
         (t.n <= SHORT && ch_ends_any(t, ends));
}

// (责编 甲某): who edited wrote nothing.
static bool editors_note(Chars t, size_t b, size_t e) {
  static const uint16_t *const words[] = {u"责任编辑", u"责编", u"编辑",
                                          u"校对",     u"美编", NULL};
  return ch_any(ch_slice(t, 0, e), b, words) > 0;
}

// The words in the bracket that ends the text behind a stop, or of a line that
// tells of its author: (作者:甲某), 作者系某校教师.
static bool last_bracket(Chars t, size_t *b, size_t *e) {
  size_t end = 0, from = t.n > SIGNATURE_MAX ? t.n - SIGNATURE_MAX : 0;
  bool bracket = t.n && t.c[0] == '(';
  if (t.n <= SIGNATURE_MAX && ch_starts(ch_slice(t, bracket, t.n), u"作者")) {
    *b = bracket;
    *e = t.n - (bracket && t.c[t.n - 1] == ')');
    return true;
  }
  size_t i = byline_signature(t, from, &end);
  *b = i + 1;
  *e = end - 1;
  return i < t.n && end == t.n;
}

// (记者甲) or (甲 乙) after the last stop of a report.
static void closing(Arena *a, const Piece *p, People *out) {
  Chars t = p->fold;
  size_t b, e;
  bool bracket = last_bracket(t, &b, &e);
  if (bracket && editors_note(t, b, e))
    return;
  if (bracket && author_note(t, b, e)) {
    author_named(t, &b, &e);
    byline_people(a, p, b, e, out);
    return;
  }
  size_t i = byline_credit(t);
  if (i < t.n) {
    size_t shot = ch_find(t, u"摄/", i);
    byline_people(a, p, i, shot == SIZE_MAX ? t.n : shot, out);
    return;
  }
  Chars in = bracket ? ch_slice(t, b, e) : (Chars){0};
  if (bracket && !body_note(t, b, e) &&
      (!source_note(t, b, e) || ch_ends(in, u"供稿") || ch_has(in, u"记者")))
    byline_people(a, p, b, e, out);
}

// Whether the bracket that opens a report is not closed.
static bool torn_bracket(const Piece *p) {
  size_t open = p->fold.n <= 60 ? ch_find(p->fold, u"(", 0) : SIZE_MAX;
  return p->dateline && open != SIZE_MAX &&
         ch_find(p->fold, u")", open) == SIZE_MAX;
}

const Piece *byline_whole(Arena *a, const Piece *p, const Piece *next) {
  enum { MORE = 24 };
  if (!next || !torn_bracket(p))
    return p;
  Piece *q = NEW(a, Piece);
  size_t n = next->fold.n < MORE ? next->fold.n : MORE;
  uint16_t *c = NEW_ARRAY(a, uint16_t, p->fold.n + n);
  memcpy(c, p->fold.c, p->fold.n * sizeof *c);
  memcpy(c + p->fold.n, next->fold.c, n * sizeof *c);
  *q = *p;
  q->fold = (Chars){c, p->fold.n + n};
  q->text = str_cat(a, p->text, piece_str(next, 0, n));
  TextRun *runs = NEW_ARRAY(a, TextRun, p->n_runs + next->n_runs);
  memcpy(runs, p->runs, p->n_runs * sizeof *runs);
  for (size_t i = 0; i < next->n_runs; i++)
    runs[q->n_runs++] = (TextRun){next->runs[i].clean + (uint32_t)p->text.len,
                                  next->runs[i].source};
  q->runs = runs;
  return q;
}

// What the column's end left of the bracket: its last name may be half.
static void half_bracket(Arena *a, const Piece *p, People *out) {
  Chars t = p->fold;
  size_t open = ch_find(t, u"(", 0), end = t.n;
  while (end > open && t.c[end - 1] != ' ' && t.c[end - 1] != 0x3001)
    end--;
  if (end > open + 2 && ch_has(ch_slice(t, open, end), u"记者"))
    byline_people(a, p, open + 1, end, out);
}

void byline_of_body(Arena *a, const Piece *p, People *out) {
  if (torn_bracket(p))
    half_bracket(a, p, out);
  opening(a, p, out);
  closing(a, p, out);
}
