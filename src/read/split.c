// Texts that OCR ran together in one block: a report behind another one's last
// sentence or its author's name, a headline before its report's opening, a
// marked headline inside a line.
#include "people.h"

enum { TITLE_MIN = 4, TITLE_MAX = 44, REST_MIN = 12 };

static const uint16_t *const openings[] = {
    u"本报", u"据新华社", u"新华社", u"中新社", u"晚报",   u"晨报",
    u"早报", u"商报",     u"快报",   u"时报",   u"都市报", NULL};

// Whether a report opens at t.c[i], in the midst of a block: 本报讯 (, 本报讯
// 3月8日, 新华社北川3月8日电. *sure: not to be taken for a sentence's words.
static bool opens_report(Chars t, size_t i, bool *sure) {
  enum { LOOK = 40 };
  if (!ch_any(t, i, openings))
    return false;
  Chars rest = ch_slice(t, i, i + LOOK);
  Dateline d = dateline_at(rest);
  size_t after = d.end;
  while (after < rest.n && rest.c[after] == ' ')
    after++;
  *sure = d.end && (d.day || (after < rest.n && rest.c[after] == '('));
  return d.end > 0;
}

static bool sentence_end(Chars t, size_t i) {
  while (i > 0 && t.c[i - 1] == ' ')
    i--;
  if (i > 1 && (ch_closer(t.c[i - 1]) || t.c[i - 1] == '"'))
    i--;
  return i > 0 && (ch_stop(t.c[i - 1]) || t.c[i - 1] == ')');
}

// Where the words before i begin that follow the last sentence, or i if they
// are no headline.
static size_t title_before(Chars t, size_t from, size_t i) {
  size_t b = i;
  while (b > from && !ch_stop(t.c[b - 1]) && i - b <= TITLE_MAX)
    b--;
  while (b < i && (ch_closer(t.c[b]) || t.c[b] == '"' || t.c[b] == ' '))
    b++;
  size_t e = i, pauses = 0;
  while (e > b && t.c[e - 1] == ' ')
    e--;
  for (size_t k = b; k < e; k++)
    pauses += ch_pause(t.c[k]) && t.c[k] != ':';
  bool whole = e - b >= TITLE_MIN && e - b <= TITLE_MAX && pauses <= 1 &&
               !ch_pause(t.c[e - 1]) && !ch_opener(t.c[e - 1]) &&
               t.c[e - 1] != '"' && t.c[b] != '(';
  return whole && (b == from || sentence_end(t, b)) ? b : i;
}

typedef struct {
  Sheet *s;
  Pieces out;
  size_t at;   // of the sheet's pieces, the one looked at
  bool parted; // out holds all pieces before it
} Split;

// Pieces are laid down anew only where one is parted.
static void keep_before(Split *x) {
  if (x->parted)
    return;
  x->parted = true;
  x->out = pieces_room(x->s);
  x->out.len = x->at;
  memcpy(x->out.data, x->s->pieces.data, x->at * sizeof(Piece));
}

// Adds t[b, e) of p, marked with the level.
static void part(Split *x, const Piece *p, size_t b, size_t e, uint8_t level) {
  keep_before(x);
  while (b < e && p->fold.c[b] == ' ')
    b++;
  while (e > b && p->fold.c[e - 1] == ' ')
    e--;
  if (b >= e)
    return;
  Piece q = piece_part(x->s, p, b, e);
  q.level = level;
  q.blanks = b ? 0 : p->blanks;
  q.blanks_after = e < p->fold.n ? 0 : p->blanks_after;
  q.printed = e - b < TITLE_MAX ? 1 : q.printed;
  *vec_push(x->s->a, &x->out) = q;
}

// The number of # at i where a headline follows them: 。 ## 某某.
static size_t marks_at(Chars t, size_t i) {
  size_t n = 0;
  while (i + n < t.n && t.c[i + n] == '#')
    n++;
  return n && n < 6 && i > 0 && i + n + TITLE_MIN < t.n &&
                 (n > 1 || t.c[i + n] == ' ') &&
                 (t.c[i - 1] == ' ' || sentence_end(t, i))
             ? n
             : 0;
}

// (下转3版), (下转第三版), with which a text breaks off: its end, 0 if none.
static size_t jump_at(Chars t, size_t i) {
  enum { LONGEST = 12 };
  if (!ch_at(t, i, u"(下转") || !sentence_end(t, i))
    return 0;
  size_t close = i + 1;
  while (close < t.n && close - i < LONGEST && t.c[close] != ')')
    close++;
  return close < t.n && t.c[close] == ')' && t.c[close - 1] == u"版"[0]
             ? close + 1
             : 0;
}

// The end of a signature or a jump mark at i that something follows, 0 if none.
static size_t signature_at(Chars t, size_t i) {
  size_t end = jump_at(t, i);
  if (end)
    return end + TITLE_MIN < t.n ? end : 0;
  if (t.c[i] != '(' || byline_signature(ch_slice(t, 0, i + 64), i, &end) != i)
    return 0;
  return end + TITLE_MIN < t.n ? end : 0;
}

// Asked of every character: one jump, no list.
static bool may_part(uint16_t c) {
  switch (c) {
  case '#':
  case '(':
  case u'本':
  case u'据':
  case u'新':
  case u'中':
  case u'晚':
  case u'晨':
  case u'早':
  case u'商':
  case u'快':
  case u'时':
  case u'都':
  case u'【':
  case '[':
  case u'摄':
  case u'□':
  case u'■':
  case u'●':
  case u'○':
  case u'◆':
  case u'◇':
  case u'★':
  case u'☆':
  case u'▲':
  case u'△':
    return true;
  default:
    return false;
  }
}

// 。 甲某 摄 with another text behind: the credit's end, 0 if none.
static size_t shot_at(Chars t, size_t i) {
  enum { CREDIT = 16 };
  static const uint16_t words[] = u"影像制氏入取于自录";
  size_t b = i;
  if (t.c[i] != u"摄"[0] || i + REST_MIN > t.n)
    return 0;
  for (const uint16_t *w = words; *w; w++)
    if (t.c[i + 1] == *w)
      return 0;
  while (b > 0 && i - b < CREDIT && !ch_stop(t.c[b - 1]))
    b--;
  return b > 0 && ch_stop(t.c[b - 1]) && byline_line(ch_slice(t, b, i + 1))
             ? i + 1
             : 0;
}

// Whether an item of a list begins at i, behind a whole sentence.
static bool item_at(Chars t, size_t i) {
  return line_item(ch_slice(t, i, t.n)) && sentence_end(t, i) &&
         t.n - i >= REST_MIN;
}

// Whether a sentence ends right before i and a report opens there, under
// whatever name: 北川日报讯(…, 【本报讯】….
static bool opens_behind(Chars t, size_t i) {
  enum { LOOK = 40 };
  return (ch_stop(t.c[i - 1]) || t.c[i - 1] == ')' ||
          (t.c[i - 1] == ' ' && sentence_end(t, i))) &&
         dateline_at(ch_slice(t, i, i + LOOK)).end > 0;
}

// Where the headline of a report that opens at i begins: i where it has none,
// SIZE_MAX where no report opens.
static size_t report_at(Chars t, size_t start, size_t i) {
  bool sure = false;
  if (i < start + TITLE_MIN || t.n - i < REST_MIN)
    return SIZE_MAX;
  if (opens_behind(t, i))
    return i;
  if (!opens_report(t, i, &sure))
    return SIZE_MAX;
  size_t title = sure ? title_before(t, start, i) : i;
  bool parted =
      sentence_end(t, i) && (sure || t.c[i - 1] == ' ' || t.c[i - 1] == ')');
  return title == i && !parted ? SIZE_MAX : title;
}

static void split(Split *x, const Piece *p) {
  Chars t = p->fold;
  size_t start = 0;
  uint8_t level = p->level;
  for (size_t i = 1; i < t.n; i++) {
    uint16_t c = t.c[i];
    if (!may_part(c) && !ch_stop(t.c[i - 1]) && t.c[i - 1] != ')')
      continue;
    size_t n = c == '#' ? marks_at(t, i) : 0;
    size_t end = c == '(' ? signature_at(t, i) : shot_at(t, i);
    if (n || end) {
      part(x, p, start, n ? i : end, level);
      start = n ? i + n : end;
      level = (uint8_t)n;
      i = start;
      continue;
    }
    bool item = item_at(t, i);
    size_t title = item ? i : report_at(t, start, i);
    if (title == SIZE_MAX)
      continue;
    if (title > start)
      part(x, p, start, title, level);
    if (title < i)
      part(x, p, title, i,
           title > start && level ? level : (level ? level : 1));
    start = i;
    level = 0;
  }
  if (start)
    part(x, p, start, t.n, level);
  else if (x->parted)
    *vec_push(x->s->a, &x->out) = *p;
}

void split_pieces(Sheet *s) {
  Split x = {.s = s};
  for (size_t i = 0; i < s->pieces.len; i++) {
    const Piece *p = &s->pieces.data[i];
    x.at = i;
    if (p->fold.n > TITLE_MIN + REST_MIN && p->fold.n <= PART_MAX)
      split(&x, p);
    else if (x.parted)
      *vec_push(s->a, &x.out) = *p;
  }
  if (x.parted)
    s->pieces = x.out;
}
