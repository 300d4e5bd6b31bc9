// Lines → printed blocks. Blank lines part blocks; inside a block lines are
// joined where the printer broke them (they fill the column) and kept apart
// where they are paragraphs, list entries or credits of their own.
#include "read_imp.h"

typedef struct {
  uint32_t begin, end; // without the line's blanks
  int columns;         // width in half-width columns
  bool blank, picture, indented, marked;
  bool paused;   // a pause or stop in it: no headline
  bool leaders;  // …… of a contents list
  bool opening;  // 本报…, 新华社…
  bool byline;   // 本报记者…, □…
  bool frame;    // 上一篇:…, 版权所有…: of a web page
  bool date;     // 2022年4月28日 and no more
  bool priced;   // tells a price, without a stop
  bool row;      // of a table: fields, two figures among them
  uint16_t last; // last character, folded
} Line;

static bool is_space(uint32_t c) {
  return c <= ' ' || c == 0x3000 || c == 0xA0 || c == 0xFEFF ||
         (c >= 0x2000 && c <= 0x200F) || c == 0x7F;
}

// Length of the ![…](…) or <img …> that stands where a picture was.
static size_t picture_mark(Str s) {
  size_t at = SIZE_MAX;
  if (str_starts(s, STR("<img")))
    at = str_find(s, STR(">"), 0);
  else if (str_starts(s, STR("![")) && (at = str_find(s, STR("]"), 0)) + 1 &&
           str_starts(str_slice(s, at, s.len), STR("](")))
    at = str_find(s, STR(")"), at);
  return at == SIZE_MAX ? 0 : at + 1;
}

// An ideograph, by the first of its three bytes.
static bool ideograph_at(Str t, size_t i) {
  return (unsigned char)t.data[i] >= 0xE4 && (unsigned char)t.data[i] <= 0xE9;
}

// --- and the like: what stands where a rule was.
static bool is_rule(Str s) {
  size_t n = 0;
  while (n < s.len && (s.data[n] == '-' || s.data[n] == '*' ||
                       s.data[n] == '_' || s.data[n] == '='))
    n++;
  return n == s.len && n >= 3;
}

// Passes the spaces at *at; how wide they are, in columns.
static size_t skip_spaces(Str t, size_t *at) {
  size_t columns = 0;
  for (size_t k = *at; k < t.len; *at = k) {
    uint32_t c = utf8_next(t, &k);
    if (!is_space(c))
      break;
    columns += c == 0x3000 ? 2 : 1;
  }
  return columns;
}

enum { START = 24 }; // bytes of a line's start that is looked for

// Whether t begins with one of the words. Each is of two bytes or more.
static bool begins_any(Str t, const char (*words)[START], size_t n) {
  if (t.len < 2)
    return false;
  for (size_t i = 0; i < n; i++)
    if (t.data[0] == words[i][0] && t.data[1] == words[i][1] &&
        str_starts(t, str_of(words[i])))
      return true;
  return false;
}

// What a web page prints around an article.
static bool frame_line(Str t) {
  static const char starts[][START] = {
      "上一篇",   "下一篇",   "版权所有", "首页",   "当前位置",
      "您的位置", "分享到",   "分享：",   "字号",   "【字体",
      "打印本页", "关闭窗口", "备案号",   "来源：", "浏览次数",
      "发布时间", "发布日期", "责任编辑", "责编",   "Copyright"};
  return begins_any(t, starts, sizeof starts / sizeof starts[0]) ||
         (str_has(t, STR("来源：")) &&
          (str_has(t, STR("字号")) || str_has(t, STR("作者：")) ||
           str_has(t, STR("浏览")) || str_has(t, STR("发布"))));
}

static bool byline_start(Str t) {
  static const char starts[][START] = {
      "本报记者", "本报通讯员", "本报评论员", "□", "■", "文/", "文／"};
  return begins_any(t, starts, sizeof starts / sizeof starts[0]);
}

// Fields with spaces between, two of them figures.
static bool table_row(Str t) {
  size_t fields = 0, figures = 0;
  for (size_t k = 0; k < t.len;) {
    size_t from = k, at = k;
    bool digits = true;
    for (; k < t.len; at = k) {
      if (ideograph_at(t, k)) {
        digits = false;
        k += 3;
        continue;
      }
      uint32_t c = utf8_next(t, &k);
      if (is_space(c))
        break;
      digits = digits && c < 0x80 && strchr("0123456789.,%+-/", (int)c);
    }
    fields += at > from;
    figures += at > from && digits;
  }
  return fields >= 3 && figures >= 2;
}

// 土豆每公斤1.2元,持平: tells a price and has no stop.
static bool priced(Str t) {
  bool figure = false, price = false;
  if (!t.len || t.len > 180)
    return false;
  for (size_t k = 0; k < t.len;) {
    if (!figure && ideograph_at(t, k)) {
      k += 3;
      continue;
    }
    uint16_t c = fold_char(next_char(t.data, &k));
    figure = figure || ch_digit(c);
    price = price || (figure && (c == u"元"[0] || c == u"角"[0]));
    if (ch_stop(c) || (k == t.len && ch_pause(c)))
      return false;
  }
  return price;
}

static Line line_at(const File *f, size_t i) {
  size_t at = f->line_starts[i];
  size_t end = i + 1 < f->lines ? f->line_starts[i + 1] - 1 : f->text.len;
  Str t = str_slice(f->text, 0, end);
  Line l = {0};
  size_t spaces = skip_spaces(t, &at);
  for (size_t k = end; k > at; end = k)
    if (!is_space(utf8_prev(t, &k)))
      break;
  size_t mark = picture_mark(str_slice(t, at, end));
  l.picture = mark && at + mark == end;
  if (mark && !l.picture) { // the text beside it stays
    at += mark;
    skip_spaces(t, &at);
  }
  l.begin = (uint32_t)at;
  l.end = (uint32_t)end;
  l.blank = at >= end;
  l.indented = spaces >= 2;
  l.marked = !l.blank && f->text.data[at] == '#';
  l.picture = l.picture || is_rule(str_slice(f->text, at, end));
  for (size_t k = at; k < end && l.columns < 400;) {
    if (ideograph_at(t, k)) {
      l.columns += 2;
      k += 3;
      continue;
    }
    uint16_t c = fold_char(next_char(t.data, &k));
    l.columns += ch_columns(c);
    l.paused = l.paused || ch_pause(c) || c == 0x3002;
    l.leaders = l.leaders || c == 0x2026;
  }
  Str text = str_slice(f->text, at, end);
  l.date = !l.blank && l.columns <= 24 && l.columns >= 8 &&
           text.data[0] >= '0' && text.data[0] <= '9' &&
           str_ends(text, STR("日")) && str_has(text, STR("月"));
  l.byline = byline_start(text);
  l.frame = text.len < 400 && frame_line(text);
  l.row = text.len < 400 && table_row(text);
  l.priced = priced(text);
  l.opening = str_starts(text, STR("本报")) || str_starts(text, STR("新华社"));
  if (!l.blank) {
    size_t k = end;
    l.last = fold_char(utf8_prev(t, &k));
  }
  return l;
}

enum {
  NEAR = 6,
  FULL_MIN = 14,
  FULL_MAX = 110,
  SLACK = 5,
  INDENT = 4,
  WIDE = 84,
  SHORT = 20
};

// The column's width around line i: the widest that `share` near lines have.
static int column_around(const Line *l, size_t n, size_t i, int share) {
  size_t from = i > NEAR ? i - NEAR : 0, to = i + NEAR < n ? i + NEAR : n;
  int best = 0;
  for (size_t k = from; k < to; k++) {
    int near = 0;
    for (size_t m = from; m < to; m++)
      near +=
          l[m].columns <= l[k].columns && l[m].columns >= l[k].columns - SLACK;
    if (near >= share && l[k].columns > best && l[k].columns <= FULL_MAX)
      best = l[k].columns;
  }
  return best;
}

static bool ends_sentence(uint16_t c) {
  return ch_stop(c) || ch_closer(c) || c == '"';
}

// Whether the printer broke the line between l[i] and l[i + 1].
static bool goes_on(const Line *l, size_t n, size_t i) {
  const Line *x = &l[i], *y = &l[i + 1];
  if (x->marked || y->marked || y->indented || y->byline || x->frame ||
      y->frame || x->row || y->row || y->date ||
      (x->byline && x->columns < SHORT))
    return false;
  if (n == 2)
    return x->columns >= 24 && x->columns <= FULL_MAX &&
           !ends_sentence(x->last) && y->columns <= x->columns + SLACK &&
           (ch_pause(x->last) || ends_sentence(y->last));
  int w = column_around(l, n, i, 3);
  if (!w && n <= 4 && !ends_sentence(x->last) && !x->leaders &&
      !y->leaders) // a paragraph of few lines
    w = column_around(l, n, i, 2);
  if (w < FULL_MIN || x->columns > FULL_MAX || y->columns > w + SLACK)
    return false;
  // no column is so wide, and no paragraph ends without a stop
  if (ends_sentence(x->last) &&
      (w > WIDE ||
       (3 * y->columns < 2 * w && !y->paused && !ends_sentence(y->last))))
    return false;
  // a paragraph's first line may be short by an indent that is lost
  bool first = (i == 0 || ends_sentence(x[-1].last)) && !ends_sentence(x->last);
  bool prose = x->opening || x->paused || (i + 2 < n && !y->opening);
  return x->columns >= w - SLACK - (first && prose ? INDENT : 0);
}

// Three lines or more without any pause or stop, or four and more with one in
// the first: names, verses.
static bool listed(const Line *l, size_t i, size_t k) {
  bool paused = k - i < 2;
  for (i += k - i >= 3; i <= k && !paused; i++)
    paused = l[i].paused || ends_sentence(l[i].last);
  return !paused;
}

static bool all_priced(const Line *l, size_t n) {
  size_t i = 0;
  while (i < n && l[i].priced)
    i++;
  return i == n;
}

static void block(Sheet *s, const Line *l, size_t n, size_t first,
                  uint16_t blanks) {
  bool apart = n > 2 && (listed(l, 0, n - 1) || all_priced(l, n));
  for (size_t i = 0; i < n;) {
    size_t k = i;
    while (!apart && k + 1 < n && goes_on(l, n, k))
      k++;
    if (listed(l, i, k))
      k = i;
    clean_block(s, l[i].begin, l[k].end, (uint32_t)(first + i + 1),
                i ? 0 : blanks);
    i = k + 1;
  }
}

void read_blocks(Sheet *s) {
  const File *f = s->file;
  VEC(Line) lines = {0};
  size_t blanks = 0;
  for (size_t i = 0; i < f->lines; i++) {
    Line l = line_at(f, i);
    if (!l.blank && !l.picture) {
      *vec_push(s->a, &lines) = l;
      if (i + 1 < f->lines)
        continue;
    }
    size_t past = l.blank || l.picture ? i : i + 1;
    if (lines.len)
      block(s, lines.data, lines.len, past - lines.len,
            (uint16_t)(blanks < 999 ? blanks : 999));
    if (lines.len)
      blanks = 0;
    lines.len = 0;
    blanks += l.picture ? GAP_LINES : 1;
  }
  for (size_t i = 0; i + 1 < s->pieces.len; i++)
    s->pieces.data[i].blanks_after = s->pieces.data[i + 1].blanks;
  if (s->pieces.len)
    s->pieces.data[s->pieces.len - 1].blanks_after =
        (uint16_t)(blanks < 999 ? blanks : 999);
}
