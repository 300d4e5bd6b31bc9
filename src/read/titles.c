// A run of headlines → kicker, title and subtitle of an article, and the
// headings that stand below them.
#include "group.h"
#include "lexicon.h"

static const uint16_t *const kicker_ends[] = {
    u"强调", u"指出", u"提出", u"要求", u"表示", u"会议",
    u":",    u"——",   u"—",    u"-",    NULL};

static const uint16_t *const account_ends[] = {
    u"综述", u"纪实", u"侧记", u"走笔", u"见闻", u"巡礼",
    u"纪事", u"扫描", u"掠影", u"札记", u"剪影", u"特写",
    u"主持", u"出席", u"参加", u"陪同", u"致辞", NULL};
static const uint16_t *const label_ends[] = {
    u"故事", u"一线",   u"专栏",   u"系列", u"之窗", u"在线", u"视点",
    u"观察", u"进行时", u"风采",   u"说法", u"讲堂", u"寄语", u"连载",
    u"热线", u"大家谈", u"走基层", u"人物", u"聚焦", u"论坛", NULL};

bool head_accounts(Chars t) {
  return ch_ends_any(t, account_ends);
}

// A column's name, not a headline: 百姓故事, 以案说法.
static bool column_label(const Piece *p) {
  return !p->level && p->fold.n <= 11 && !ch_has(p->fold, u",") &&
         ch_ends_any(p->fold, label_ends);
}

// 白果乡:…, 姚安:…: a report's headline that begins with its place.
static bool place_first(const Piece *p, size_t colon) {
  static const uint16_t ends[] = u"省市县区乡镇村州旗";
  size_t len;
  const Division *d;
  for (const uint16_t *c = ends; colon && *c; c++)
    if (p->fold.c[colon - 1] == *c)
      return true;
  return division_match(p->text, 0, &len, &d, 1) && len == 3 * colon;
}

// A shape that section headings of one article share: lengths of its parts.
static uint32_t shape(const Piece *p) {
  Chars t = p->fold;
  uint32_t h = 0, n = 0;
  for (size_t i = 0; i < t.n; i++) {
    if (t.c[i] == ' ' || t.c[i] == ',' ||
        (t.c[i] == ':' && !place_first(p, i))) {
      h = h * 41 + n + 1;
      n = 0;
    } else {
      n++;
    }
  }
  return h ? h * 41 + n + 1 : 0;
}

// 一、…, (二)…, 1、…: a section of a longer text.
bool heading_numbered(Chars t) {
  size_t i = t.n && t.c[0] == '(';
  size_t n = i;
  while (n < t.n && (ch_numeral(t.c[n]) || ch_digit(t.c[n])))
    n++;
  return n > i && n < t.n && n - i <= 3 && t.c[n] == (i ? ')' : 0x3001);
}

bool same_form(const Piece *x, const Piece *y) {
  if (heading_numbered(x->fold) && heading_numbered(y->fold))
    return true;
  return x->fold.n >= 6 && y->fold.n >= 6 && shape(x) && shape(x) == shape(y);
}

// Whether another headline near has the form of piece i.
bool head_parallel(const Grouping *g, size_t i) {
  const Sheet *s = g->sheet;
  size_t to = i + 80 < s->leads ? i + 80 : s->leads;
  for (size_t k = i > 80 ? i - 80 : 0; k < to; k++)
    if (k != i && s->pieces.data[k].type == P_HEAD &&
        same_form(&s->pieces.data[i], &s->pieces.data[k]))
      return true;
  return false;
}

static int title_points(const Grouping *g, const Heads *h, size_t i) {
  const Piece *p = &g->sheet->pieces.data[h->at[i]];
  int points = p->level ? 6 : 0; // which mark says nothing
  points += p->head_part == PART_TITLE ? 60 : p->head_part ? -60 : 0;
  points -= ch_starts(p->fold, u"—") ? 12 : 0;
  for (const uint16_t *const *e = kicker_ends; *e; e++)
    points -= ch_ends(p->fold, *e) ? (h->n > 1 ? 12 : 0) : 0;
  points -= h->n > 1 && ch_ends_any(p->fold, account_ends) ? 10 : 0;
  points -= h->n > 1 && column_label(p) ? 14 : 0;
  points -= ch_has(p->fold, u",") && p->fold.n > 20 ? 3 : 0;
  points -= p->fold.n > 26 ? 2 : 0;
  return points;
}

static bool slogan_form(Chars t) {
  size_t i = ch_find(t, u" ", 0);
  return i != SIZE_MAX && i >= 4 && i + 1 + i >= t.n - 2 && i <= t.n;
}

// Two marked lines, the second lower and without a subject: 挽回损失….
static bool goes_on_below(const Piece *x, const Piece *y) {
  return x->level && y->level > x->level && y->fold.n > 2 &&
         word_kind(y->fold.c, 2) == WORD_VERB;
}

// Which of the run is the title: most points; of two equals the second, the
// first being the kicker, unless the first has the form of a slogan in two
// halves and the second explains it.
static size_t choose_title(const Grouping *g, const Heads *h) {
  size_t best = 0;
  int most = title_points(g, h, 0);
  for (size_t i = 1; i < h->n; i++) {
    int points = title_points(g, h, i);
    const Piece *x = &g->sheet->pieces.data[h->at[best]];
    const Piece *y = &g->sheet->pieces.data[h->at[i]];
    bool wins = points > most ||
                (points == most && best + 1 == i && !goes_on_below(x, y) &&
                 (!slogan_form(x->fold) || slogan_form(y->fold)));
    if (wins) {
      best = i;
      most = points;
    }
  }
  return best;
}

// A short headline over two or more of a lower mark, the first of which heads a
// signed report: a column's name.
static bool names_column(const Grouping *g, const Heads *h) {
  enum { LONGEST = 8, AHEAD = 24 };
  const Sheet *s = g->sheet;
  const Piece *p = s->pieces.data, *label = &p[h->at[0]];
  if (h->n != 2 || !label->level || label->fold.n > LONGEST)
    return false;
  uint8_t level = p[h->at[1]].level;
  size_t next = h->at[1] + 1, more = 0;
  if (level <= label->level || next >= s->leads || p[next].type != P_BODY ||
      !(p[next].dateline || signed_end(s, &p[next])))
    return false;
  for (size_t i = next; i < s->leads && i < next + AHEAD && !more; i++) {
    if (p[i].type == P_HEAD && p[i].level && p[i].level <= label->level)
      break;
    more += p[i].type == P_HEAD && p[i].level == level;
  }
  return more > 0;
}

// Whether line i is the only one with a mark so far: the title below kickers.
static bool only_marked(const Grouping *g, const Heads *h, size_t i) {
  const Piece *p = g->sheet->pieces.data;
  bool marked = p[h->at[i]].level > 0;
  for (size_t k = 0; k < i && marked; k++)
    marked = !p[h->at[k]].level;
  return marked;
}

// A line above the title, or one that its mark calls so.
static bool is_kicker(const Piece *p, bool above) {
  return p->head_part ? p->head_part == PART_KICKER : above;
}

void head_article(Grouping *g, Draft *t, Heads *h) {
  if (names_column(g, h)) {
    *vec_push(g->sheet->a, &g->labels) = h->at[0];
    *h = (Heads){h->at + 1, h->n - 1};
  }
  size_t last = h->n;
  while (last > 1 && !only_marked(g, h, last - 1) &&
         head_parallel(g, h->at[last - 1]) &&
         !g->sheet->pieces.data[h->at[last - 1]].dateline)
    last--;
  Heads titles = {h->at, last};
  size_t best = choose_title(g, &titles);
  for (size_t i = 0; i < last; i++) {
    int piece = (int)h->at[i];
    const Piece *p = &g->sheet->pieces.data[piece];
    if (i != best && column_label(p))
      *vec_push(g->sheet->a, &g->labels) = h->at[i];
    else if (i == best)
      t->title = piece;
    else if (is_kicker(p, i < best) && t->kicker < 0)
      t->kicker = piece;
    else if (!is_kicker(p, i < best) && t->subtitle < 0)
      t->subtitle = piece;
    else
      item_add(g, t, h->at[i]);
  }
  t->level = g->sheet->pieces.data[t->title].level;
  for (size_t i = last; i < h->n; i++, t->sections++)
    item_add(g, t, h->at[i]);
}
