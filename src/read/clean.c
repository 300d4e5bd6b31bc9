// One printed block → clean pieces: marks and line-join spaces removed, every
// character remembering its byte, paragraphs parted that were glued together.
#include "lexicon.h"
#include "people.h"

typedef struct {
  uint16_t f;  // folded; '\n' for a line's end inside the block
  uint8_t cut; // CUT_* of a space
  uint8_t len; // bytes in the source
  uint32_t at; // byte in the source
} Mark;

enum { CUT_DROP, CUT_KEEP, CUT_PARAGRAPH };

typedef struct {
  Mark *data;
  size_t len, cap;
  size_t gaps; // spaces and line ends among them, at least
  size_t cuts; // of these, where paragraphs part
} Marks;

static bool invisible(uint32_t c) {
  if (c >= 0x3000 && c < 0xD800)
    return false;
  return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) ||
         (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == 0x2060 ||
         (c >= 0xD800 && c <= 0xDFFF) || c == 0xFFFE || c == 0xFFFF;
}

// The ideographs that stand from byte i on; returns the byte behind them.
static size_t load_ideographs(const Sheet *s, size_t i, size_t end, Marks *m) {
  const unsigned char *t = (const unsigned char *)s->file->text.data;
  Mark *to = m->data + m->len;
  for (; i + 2 < end && t[i] >= 0xE4 && t[i] <= 0xE9; i += 3) {
    unsigned c =
        (t[i] & 0x0Fu) << 12 | (t[i + 1] & 0x3Fu) << 6 | (t[i + 2] & 0x3Fu);
    if (c < IDEOGRAPH_FIRST)
      break;
    *to++ = (Mark){(uint16_t)c, CUT_DROP, 3, (uint32_t)i};
  }
  if (s->traditional)
    for (Mark *x = m->data + m->len; x < to; x++)
      x->f = simplified(x->f);
  m->len = (size_t)(to - m->data);
  return i;
}

static void load(Sheet *s, uint32_t begin, uint32_t end, Marks *m) {
  const char *t = s->file->text.data;
  size_t most = end - begin; // a long line has far fewer characters
  if (most > 1 << 16)
    most = utf8_count((Str){t + begin, most});
  if (m->cap < most) {
    m->cap = most + most / 2;
    m->data = NEW_ARRAY(s->a, Mark, m->cap);
  }
  for (size_t i = load_ideographs(s, begin, end, m); i < end;
       i = load_ideographs(s, i, end, m)) {
    size_t from = i;
    uint32_t c = next_char(t, &i);
    if (invisible(c))
      continue;
    uint16_t f = c == '\t' || c == '\r' ? ' ' : fold_char(c);
    if (s->traditional)
      f = simplified(f);
    bool space = f == ' ' || f == '\n';
    Mark *last = m->len ? &m->data[m->len - 1] : NULL;
    if (space && (!last || last->f == ' ' || last->f == '\n')) {
      if (last && f == '\n')
        last->f = '\n';
      continue;
    }
    if (f == '*' && last && last->f == '*') { // ** of bold type
      m->len--;
      continue;
    }
    m->gaps += space;
    m->data[m->len++] =
        (Mark){f, CUT_DROP, (uint8_t)(i - from), (uint32_t)from};
  }
  while (m->len &&
         (m->data[m->len - 1].f == ' ' || m->data[m->len - 1].f == '\n'))
    m->len--;
}

// The marks before the text: ## of a heading, > of a quotation, - of a list.
static size_t skip_marks(const Marks *m, uint8_t *level) {
  size_t i = 0;
  while (i < m->len && m->data[i].f == '#')
    i++;
  *level = (uint8_t)(i < 6 ? i : 6);
  if (i == 0 && m->len > 2 && m->data[1].f == ' ' &&
      (m->data[0].f == '>' || m->data[0].f == '-' || m->data[0].f == '*' ||
       m->data[0].f == '+'))
    i = 1;
  while (i < m->len && m->data[i].f == ' ')
    i++;
  return i;
}

// ---- spaces -----------------------------------------------------------------

static bool is_gap(const Mark *m) { // of the controls only line ends are kept
  return m->f <= ' ';
}

static bool is_ideograph(const Mark *m) {
  return m->f >= CHAR_FAR;
}

// A space that neither Latin words nor figures need: a line may end here.
static bool soft(const Marks *m, size_t i) {
  uint16_t l = m->data[i - 1].f, r = m->data[i + 1].f;
  bool ll = ch_latin(l) || ch_digit(l), rr = ch_latin(r) || ch_digit(r);
  return !(ll && rr);
}

// Columns of the widest line between soft spaces: the printed column's width,
// 0 where there are too few to tell.
static int column_of(const Marks *m, size_t from) {
  int width = 4, widest = 0, lines = 0; // a paragraph's first line is indented
  for (size_t i = from; i < m->len; i++) {
    if (is_ideograph(&m->data[i])) {
      width += 2;
    } else if (is_gap(&m->data[i]) && soft(m, i)) {
      widest = width > widest ? width : widest;
      width = 0;
      lines++;
    } else {
      width += ch_columns(m->data[i].f);
    }
  }
  return lines >= 2 && widest <= 120 ? widest : 0;
}

enum { RAGGED = 7 }; // columns by which a full line may fall short

// Columns from i to the next soft space.
static int line_after(const Marks *m, size_t i, int most) {
  int width = 0;
  for (size_t k = i; k < m->len && width <= most; k++) {
    if (is_gap(&m->data[k]) && soft(m, k))
      break;
    width += ch_columns(m->data[k].f);
  }
  return width;
}

typedef struct {
  bool prose;    // the block holds sentences
  int column;    // printed width, 0 unknown
  size_t stop;   // place of the last stop: what follows may be a credit
  size_t credit; // a photographer\'s credit begins here
  int quote;     // depth of quotes and title marks here
  int people;    // inside ( … 记者 … )
  bool opening;  // the text begins 本报讯
  size_t from;   // where the text begins
} Spaces;

// (甲某 乙某) without a role.
static bool names_only(const Marks *m, size_t i) {
  enum { MOST = 24 };
  uint16_t c[MOST];
  size_t n = 0;
  for (size_t k = i + 1; k < m->len && n < MOST; k++) {
    if (m->data[k].f == ')')
      return n > 2 && (byline_bare((Chars){c, n}) == BARE_NAMES ||
                       byline_bare((Chars){c, n}) == BARE_OFFICE);
    c[n++] = m->data[k].f == '\n' ? ' ' : m->data[k].f;
  }
  return false;
}

static bool names_follow(const Marks *m, size_t i) {
  for (size_t k = i; k < m->len && k < i + 40 && m->data[k].f != ')'; k++)
    if (k + 1 < m->len &&
        ((m->data[k].f == u"记"[0] && m->data[k + 1].f == u"者"[0]) ||
         (m->data[k].f == u"讯"[0] && m->data[k + 1].f == u"员"[0])))
      return true;
  return names_only(m, i);
}

static size_t part_before(const Marks *m, size_t i) {
  size_t n = 0;
  while (i > n && ch_han(m->data[i - n - 1].f))
    n++;
  return n;
}

static size_t part_after(const Marks *m, size_t i) {
  size_t n = 0;
  while (i + n + 1 < m->len && ch_han(m->data[i + n + 1].f))
    n++;
  return n;
}

// 通讯|员, 记|者: a line ends inside the word.
static bool role_across(const Marks *m, size_t i) {
  uint16_t l = m->data[i - 1].f, r = m->data[i + 1].f;
  return (l == u"讯"[0] && r == u"员"[0]) || (l == u"通"[0] && r == u"讯"[0]) ||
         (l == u"记"[0] && r == u"者"[0]);
}

// A space that is printed: between the halves of a slogan in quotes, between
// people, between the halves of a headline.
static bool printed_space(const Spaces *w, const Marks *m, size_t i) {
  uint16_t l = m->data[i - 1].f, r = m->data[i + 1].f;
  if (w->people)
    return !role_across(m, i);
  bool side = ch_latin(l) || ch_latin(r);
  if (side)
    return !(ch_digit(l) || ch_digit(r) || ch_pause(l) || ch_pause(r) ||
             ch_stop(l) || ch_closer(l) || ch_opener(r));
  if (ch_digit(l) && ch_digit(r))
    return true;
  if (ch_pause(l) || ch_opener(l) || ch_pause(r) || ch_closer(r) || ch_stop(r))
    return false;
  if (!w->prose && i + 2 == m->len && i > 14 && ch_han(l) && ch_han(r))
    return false; // a headline's last character, moved to a line of its own
  if (!w->prose || i >= w->stop)
    return !(ch_digit(l) || ch_digit(r)) || !w->prose;
  if (!ch_han(l) || !ch_han(r) || w->quote == 0)
    return false;
  size_t x = part_before(m, i), y = part_after(m, i);
  return x >= 3 && y >= 3 && x <= 12 && y <= 12;
}

static void track(Spaces *w, const Marks *m, size_t i) {
  uint16_t c = m->data[i].f;
  if (c == '"')
    w->quote ^= 1;
  else if (c == 0x201C || c == 0x300A || c == 0x2018)
    w->quote++;
  else if ((c == 0x201D || c == 0x300B || c == 0x2019) && w->quote > 0)
    w->quote--;
  else if (c == '(')
    w->people = names_follow(m, i);
  else if (c == ')')
    w->people = 0;
}

// 本报讯 记者 甲某 通讯员 乙某 县里…: the spaces around a role and the name
// behind it, in a report's opening.
static bool opening_space(const Spaces *w, const Marks *m, size_t i) {
  enum { OPENING = 34 };
  static const uint16_t *const roles[] = {u"记者", u"通讯员", u"特约记者",
                                          u"见习记者", NULL};
  if (!w->opening || i > w->from + OPENING)
    return false;
  uint16_t c[24];
  size_t n = 0;
  for (size_t k = w->from; k < i && n < 24; k++) { // the words before, folded
    if (!is_gap(&m->data[k]))
      c[n++] = m->data[k].f;
  }
  Chars t = {c, n};
  if (ch_ends_any(t, roles))
    return true;
  for (size_t len = 2; len <= 3; len++) // 记者甲某
    if (n > len + 2 && ch_ends_any(ch_slice(t, 0, n - len), roles) &&
        name_like(t, n - len, n, true))
      return is_gap(&m->data[i]);
  return i + 3 < m->len && m->data[i + 1].f == u"记"[0] &&
         m->data[i + 2].f == u"者"[0];
}

// …。 甲某 乙某: nothing but names up to the block's end.
static bool names_to_end(const Marks *m, size_t i) {
  enum { MOST = 16 };
  uint16_t c[MOST];
  size_t n = 0;
  while (i > 0 && m->len - i <= MOST && !ch_stop(m->data[i].f))
    i--;
  for (i++; i < m->len && n < MOST; i++)
    c[n++] = m->data[i].f == '\n' ? ' ' : m->data[i].f;
  return i == m->len && n > 2 && byline_bare((Chars){c, n}) == BARE_NAMES;
}

static uint8_t judge(const Spaces *w, const Marks *m, size_t i, int width) {
  bool line_end =
      m->data[i].f == '\n' || (w->column && width >= w->column - RAGGED);
  uint16_t l = m->data[i - 1].f;
  if (w->prose && w->column && !w->people && i < w->stop &&
      (ch_stop(l) ||
       (i > 1 && ch_stop(m->data[i - 2].f) && (ch_closer(l) || l == '"'))) &&
      width < w->column - RAGGED) {
    int after = line_after(m, i + 1, w->column + 4);
    if (width + after > w->column + 4 && after <= w->column)
      return CUT_PARAGRAPH;
  }
  if (m->data[i].f == ' ' &&
      (opening_space(w, m, i) || (i >= w->stop && names_to_end(m, i))))
    return CUT_KEEP;
  if (line_end && soft(m, i) && !w->people)
    return CUT_DROP;
  return printed_space(w, m, i) ? CUT_KEEP : CUT_DROP;
}

// 本报讯, [本报讯], 滨海消息 记者…; before sentences 本报记者 甲某 too: a
// report's opening.
static bool opens_report(const Marks *m, size_t from, bool sentences) {
  static const uint16_t *const words[] = {
      u"本报记者",   u"本报特约记者", u"本报首席记者", u"本报见习记者",
      u"本报通讯员", u"本报实习生",   u"特约记者",     u"首席记者",
      u"见习记者",   u"通讯员",       u"记者",         NULL};
  static const uint16_t *const behind[] = {u"讯 记者", u"讯 通讯员",
                                           u"消息 记者", u"消息 通讯员", NULL};
  enum { OPENING = 12 };
  uint16_t c[OPENING];
  size_t n = 0;
  from += m->len > from && ch_opener(m->data[from].f);
  for (; n < OPENING && from + n < m->len; n++)
    c[n] = m->data[from + n].f == '\n' ? ' ' : m->data[from + n].f;
  Chars t = {c, n};
  if (m->len <= from + 4 || ch_starts(t, u"本报讯"))
    return m->len > from + 4;
  for (size_t i = 0; i < n && ch_han(c[i]); i++)
    if (ch_any(t, i + 1, behind))
      return true;
  return sentences && ch_any(t, 0, words);
}

// Where 赵某 摄 begins at the block's end, or its end: the space before it.
static size_t credit_begin(const Marks *m, size_t from) {
  size_t least = m->len > from + 16 ? m->len - 16 : from + 1;
  for (size_t i = m->len; i-- > least;)
    if (m->data[i].f == u"摄"[0] && is_gap(&m->data[i - 1]))
      for (size_t k = i - 1; k-- > least;)
        if (is_gap(&m->data[k]))
          return k;
  return m->len;
}

// The end of (记者甲 通讯员乙) whose beginning is lost: 乙 丙)
static bool torn_names(const Marks *m, size_t from) {
  for (size_t i = from; i < m->len && i < from + 14; i++) {
    if (m->data[i].f == ')')
      return i > from;
    if (m->data[i].f != ' ' && m->data[i].f != '\n' && !ch_han(m->data[i].f))
      return false;
  }
  return false;
}

static void mark_spaces(Marks *m, size_t from) {
  if (!m->gaps)
    return;
  Spaces w = {.column = column_of(m, from)};
  size_t pauses = 0;
  for (size_t i = from; i < m->len; i++) {
    if (is_ideograph(&m->data[i]))
      continue;
    if (m->data[i].f == 0x3002 || m->data[i].f == '!' || m->data[i].f == '?')
      w.stop = i;
    pauses += ch_pause(m->data[i].f) && m->data[i].f != ':';
  }
  w.credit = credit_begin(m, from);
  w.people = torn_names(m, from);
  w.prose = w.stop > 0 || (pauses >= 2 && m->len - from > 40);
  w.from = from;
  w.opening = opens_report(m, from, w.stop > 0);
  w.prose = w.prose || w.opening || (m->len && m->data[m->len - 1].f == ',');
  if (w.prose && (w.stop == 0 || m->len - w.stop > 40))
    w.stop = w.credit;
  if (!w.prose)
    w.column = 0;
  int width = 4;
  for (size_t i = from; i < m->len; i++) {
    if (is_ideograph(&m->data[i])) {
      width += 2;
      continue;
    }
    track(&w, m, i);
    if (!is_gap(&m->data[i])) {
      width += ch_columns(m->data[i].f);
      continue;
    }
    m->data[i].cut = judge(&w, m, i, width);
    bool wrapped = w.column && width >= w.column - RAGGED && soft(m, i);
    m->cuts += m->data[i].cut == CUT_PARAGRAPH;
    if (m->data[i].cut == CUT_PARAGRAPH)
      width = 4;
    else if (wrapped || m->data[i].f == '\n')
      width = 0;
  }
}

// ---- pieces -----------------------------------------------------------------

static void run_add(Sheet *s, Piece *p, size_t *cap, uint32_t clean,
                    uint32_t source) {
  TextRun *runs = (TextRun *)p->runs;
  vec_room(s->a, (void **)&runs, cap, p->n_runs, sizeof *runs);
  runs[p->n_runs++] = (TextRun){clean, source};
  p->runs = runs;
}

static void line_ends(Piece *p, int columns) {
  uint16_t width = (uint16_t)columns;
  if (p->printed == 1)
    p->first_line = width;
  p->last_line = width;
  p->widest = width > p->widest ? width : p->widest;
}

enum { WIDTH_MAX = 30000 };

static void piece_add(Sheet *s, const Marks *m, size_t from, size_t to) {
  while (to > from && is_gap(&m->data[to - 1]))
    to--;
  if (from >= to)
    return;
  const Mark *first = &m->data[from], *last = &m->data[to - 1];
  size_t most = last->at + last->len - first->at;
  Piece p = {.begin = first->at, .end = last->at + last->len};
  char *text = arena_alloc(s->a, most + 1);
  uint16_t *fold = NEW_ARRAY(s->a, uint16_t, to - from);
  size_t len = 0, n = 0, cap = 0, expect = SIZE_MAX;
  VEC(uint32_t) wraps = {0};
  int width = 0;
  p.printed = 1;
  for (size_t i = from; i < to;) {
    const Mark *x = &m->data[i];
    bool gap = is_gap(x);
    if (gap && (x->cut == CUT_DROP || x->f == '\n') && soft(m, i)) {
      *vec_push(s->a, &wraps) = (uint32_t)n;
      line_ends(&p, width);
      p.printed++;
      width = 0;
    }
    i++;
    if (gap && x->cut != CUT_KEEP)
      continue;
    if (x->at != expect)
      run_add(s, &p, &cap, (uint32_t)len, x->at);
    expect = x->at + x->len;
    if (gap) { // any blank becomes one space
      width += width < WIDTH_MAX ? ch_columns(x->f) : 0;
      text[len++] = ' ';
      fold[n++] = ' ';
      expect = x->len == 1 ? expect : SIZE_MAX;
      continue;
    }
    int columns = 0;
    for (const Mark *y = x;; i++) { // what follows without a break
      columns += is_ideograph(y) ? 2 : ch_columns(y->f);
      fold[n++] = y->f;
      expect = y->at + y->len;
      y = &m->data[i];
      if (i == to || y->at != expect || is_gap(y))
        break;
    }
    width = width + columns < WIDTH_MAX ? width + columns : WIDTH_MAX;
    memcpy(text + len, s->file->text.data + x->at, expect - x->at);
    len += expect - x->at;
  }
  line_ends(&p, width);
  p.wraps = wraps.data;
  p.n_wraps = (uint32_t)wraps.len;
  p.text = (Str){text, len};
  p.fold = (Chars){fold, n};
  p.next = p.prev = p.jump = p.repeats = -1;
  *vec_push(s->a, &s->pieces) = p;
}

void clean_block(Sheet *s, uint32_t begin, uint32_t end, uint32_t line,
                 uint16_t blanks) {
  Marks m = {s->marks, 0, s->marks_cap, 0, 0};
  load(s, begin, end, &m);
  uint8_t level = 0;
  size_t from = skip_marks(&m, &level), first = s->pieces.len;
  mark_spaces(&m, from);
  size_t start = from;
  for (size_t i = m.cuts ? from : m.len; i <= m.len; i++)
    if (i == m.len || (is_gap(&m.data[i]) && m.data[i].cut == CUT_PARAGRAPH)) {
      piece_add(s, &m, start, i);
      start = i + 1;
    }
  s->marks = m.data;
  s->marks_cap = m.cap;
  for (size_t i = first; i < s->pieces.len; i++) {
    Piece *p = &s->pieces.data[i];
    p->level = level;
    p->blanks = i == first ? blanks : 0;
    p->cut_before = i > first;
    p->line = i == first ? line : (uint32_t)file_line(s->file, p->begin);
    p->last = (uint32_t)file_line(s->file, p->end - 1);
  }
}
