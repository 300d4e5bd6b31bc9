// The page's publication and date, and the dates of its datelines. Nothing is
// invented: a date comes from the option, the file's name, the page's own
// masthead, or is inferred where only one year fits what the page says.
#include "read_imp.h"

// ---- dates in text ----------------------------------------------------------

static Str iso(Arena *a, const Date *d) {
  return str_fmt(a, "%04d-%02d-%02d", d->year, d->month, d->day);
}

static Chars folded(Arena *a, Str s) {
  uint16_t *c = NEW_ARRAY(a, uint16_t, s.len + 1);
  size_t n = 0;
  for (size_t i = 0; i < s.len;)
    c[n++] = fold_char(utf8_next(s, &i));
  return (Chars){c, n};
}

static bool date_in(Chars t, Date *d) {
  size_t begin, end;
  return date_find(t, d, &begin, &end);
}

// ---- publication ------------------------------------------------------------

static const uint16_t *const papers[] = {
    u"日报", u"晚报",   u"晨报",   u"早报",   u"时报", u"商报",   u"工人报",
    u"新报", u"都市报", u"青年报", u"法治报", u"周报", u"农民报", NULL};

// The paper's name that ends before `end` (the end of …日报), or an empty Str.
static Str paper_name(const Piece *p, size_t end) {
  size_t b = end;
  while (b > 0 && ch_han(p->fold.c[b - 1]) && end - b < 8)
    b--;
  if (ch_at(p->fold, b, u"本报") || end - b < 4)
    return STR("");
  return piece_str(p, b, end);
}

// Words that end in 报 and name no paper.
static const uint16_t *const no_papers[] = {
    u"公报", u"简报", u"预报", u"通报",   u"海报", u"情报", u"电报", u"年报",
    u"月报", u"季报", u"举报", u"申报",   u"填报", u"汇报", u"警报", u"上报",
    u"回报", u"本报", u"喜报", u"捷报",   u"板报", u"墙报", u"直报", u"呈报",
    u"速报", u"战报", u"专报", u"周报表", NULL};

// Where the paper's name that ends before `end` begins: 4 to 9 ideographs, a
// word of its own; `end` if it is none.
static size_t paper_begin(Chars t, size_t end) {
  enum { SHORTEST = 4, LONGEST = 9 };
  size_t b = end;
  while (b > 0 && ch_han(t.c[b - 1]) && end - b <= LONGEST)
    b--;
  return end - b < SHORTEST || end - b > LONGEST ||
                 ch_ends_any(ch_slice(t, b, end), no_papers)
             ? end
             : b;
}

bool paper_alone(Chars t) {
  return t.n && t.c[t.n - 1] == u"报"[0] && paper_begin(t, t.n) == 0;
}

// 记者, ·中国某网记者: who writes for the paper whose name ends before e.
static bool role_behind(Chars t, size_t e) {
  enum { HOUSE = 10 };
  static const uint16_t *const roles[] = {u"记者", u"首席", u"全媒体", u"见习",
                                          u"特约", u"融媒", u"全媒",   NULL};
  if (ch_any(t, e, roles))
    return true;
  if (e >= t.n || (t.c[e] != 0xB7 && t.c[e] != 0x2014 && t.c[e] != '/'))
    return false;
  size_t i = e + 1;
  while (i < t.n && i < e + HOUSE && ch_han(t.c[i]) && !ch_any(t, i, roles))
    i++;
  return ch_any(t, i, roles) > 0;
}

// The paper that the piece's first characters name: before a role or as a
// report's opening (北川矿工报讯), or anywhere.
static Str paper_in(const Piece *p, size_t limit, bool role) {
  Chars t = ch_slice(p->fold, 0, limit);
  Date d;
  bool dated = !role && date_in(p->fold, &d);
  for (size_t i = 2; i < t.n; i++) {
    size_t n = ch_any(t, i, papers), e = i + (n ? n : 1);
    if (!n && t.c[i] != u"报"[0])
      continue;
    if (role) {
      size_t b = paper_begin(t, e);
      bool opens = p->dateline && b == 0 && ch_at(t, e, u"讯");
      if (!opens && !role_behind(t, e))
        continue;
    }
    if (n)
      return paper_name(p, e);
    size_t b = paper_begin(t, e);
    bool word = b < e && (e == t.n || !ch_han(t.c[e]));
    if (b < e && (role || (word && (dated || paper_alone(p->fold)))))
      return piece_str(p, b, e);
  }
  return STR("");
}

typedef struct {
  Str name;
  size_t n;
} Vote;

static void vote(Arena *a, Vote *votes, size_t *n, Str name) {
  (void)a;
  if (!name.len)
    return;
  for (size_t i = 0; i < *n; i++)
    if (str_eq(votes[i].name, name)) {
      votes[i].n++;
      return;
    }
  if (*n < 8)
    votes[(*n)++] = (Vote){name, 1};
}

static Str publication(Sheet *s) {
  Vote votes[8];
  size_t n = 0, best = 0;
  for (size_t i = 0; i < s->pieces.len; i++) {
    const Piece *p = &s->pieces.data[i];
    if (p->type == P_MASTHEAD && paper_in(p, 40, false).len)
      return paper_in(p, 40, false);
    if (p->dateline || p->type == P_BYLINE || p->type == P_CAPTION)
      vote(s->a, votes, &n, paper_in(p, 40, true));
  }
  for (size_t i = 1; i < n; i++)
    best = votes[i].n > votes[best].n ? i : best;
  return n ? votes[best].name : STR("");
}

// 2025-12-30_陇右日报_03版.txt
static Str name_part(Str path) {
  size_t from = 0;
  for (size_t i = 0; i < path.len; i++)
    if (path.data[i] == '/')
      from = i + 1;
  return str_slice(path, from, path.len);
}

static Str publication_of_name(Arena *a, Str file) {
  Chars t = folded(a, file);
  for (size_t i = 2; i < t.n; i++) {
    size_t n = ch_any(t, i, papers), b = i;
    if (!n)
      continue;
    while (b > 0 && ch_han(t.c[b - 1]))
      b--;
    if (i + n - b < 4)
      return STR("");
    Piece p = {.text = file, .fold = t};
    return piece_str(&p, b, i + n);
  }
  return STR("");
}

// ---- the page ---------------------------------------------------------------

static bool printed_date(const Sheet *s, Date *d) {
  for (size_t i = 0; i < s->pieces.len; i++) {
    const Piece *p = &s->pieces.data[i];
    if (p->type == P_MASTHEAD && date_in(p->fold, d))
      return true;
  }
  return false;
}

static Date date_of_str(Arena *a, Str s) {
  Date d = {0};
  if (!date_in(folded(a, s), &d))
    d = (Date){0};
  return d;
}

enum { DAY_ONLY = 4 }; // bytes of --08

// 本报北川8日电: the last such day before the page's date.
static void day_only(Sheet *s, TextBlock *b, const Date *page) {
  int day = (b->date.data[2] - '0') * 10 + b->date.data[3] - '0';
  int month = day <= page->day ? page->month : (page->month + 10) % 12 + 1;
  b->date = page->year ? str_fmt(s->a, "%02d-%02d", month, day) : STR("");
  b->certainty = page->year ? STR("inferred") : STR("");
}

// A dateline's year: the page's, or the year before where the page is of
// January and the dateline of December; else the one that fits.
static void resolve(Sheet *s, TextBlock *b, const Date *page, const Years *y) {
  if (b->date.len == DAY_ONLY)
    day_only(s, b, page);
  if (b->date.len != 5)
    return;
  int month = (b->date.data[0] - '0') * 10 + b->date.data[1] - '0';
  int day = (b->date.data[3] - '0') * 10 + b->date.data[4] - '0';
  int year = fitting_year(y, month);
  if (page->year)
    year = month > page->month || (month == page->month && day > page->day)
               ? page->year - 1
               : page->year;
  Date d = {year, month, day};
  b->date = year ? iso(s->a, &d) : STR("");
  b->certainty = year ? STR("inferred") : STR("");
}

static const Date none;

static Date next_day(Date d) {
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30,
                                 31, 31, 30, 31, 30, 31};
  if (d.month < 1 || d.month > 12)
    return d;
  int last = days[d.month - 1] + (d.month == 2 && d.year % 4 == 0);
  if (++d.day > last)
    d = (Date){d.year, d.month + 1, 1};
  if (d.month > 12)
    d = (Date){d.year + 1, 1, 1};
  return d;
}

// A morning paper prints its reports of yesterday: the day after the newest
// dateline, where the year is sure and the paper is a daily.
static void infer_page(Sheet *s) {
  Str newest = STR("");
  size_t n = 0;
  for (size_t i = 0; i < s->page->articles.len; i++) {
    const Article *article = &s->page->articles.data[i];
    const TextBlock *b = article_block(article, BLOCK_DATELINE);
    if (!b || b->date.len != 10)
      continue;
    n++;
    if (str_cmp(b->date, newest) > 0)
      newest = b->date;
  }
  if (n < 2 || !str_ends(s->page->publication, STR("日报")))
    return;
  Date d = date_of_str(s->a, newest);
  if (!d.year)
    return;
  d = next_day(d);
  s->page->date = iso(s->a, &d);
  s->page->date_from = STR("inferred");
}

void date_page(Sheet *s) {
  Page *page = s->page;
  Str name = name_part(page->file);
  Date d = date_of_str(s->a, s->options->date),
       of_name = date_of_str(s->a, name);
  Date printed = none;
  page->date = page->date_from = STR("");
  if (d.year) {
    page->date_from = STR("option");
  } else if (of_name.year) {
    d = of_name;
    page->date_from = STR("name");
  } else if (printed_date(s, &printed)) {
    d = printed;
    page->date_from = STR("text");
  }
  if (d.year)
    page->date = iso(s->a, &d);
  page->publication = publication(s);
  if (!page->publication.len)
    page->publication = publication_of_name(s->a, name);
  Years y = {0};
  for (size_t i = 0; i < s->pieces.len; i++)
    years_of(s->pieces.data[i].fold, &y);
  y.named = year_of_name(folded(s->a, name), &y);
  for (size_t i = 0; i < page->articles.len; i++) {
    Article *article = &page->articles.data[i];
    for (size_t k = 0; k < article->blocks.len; k++)
      if (article->blocks.data[k].kind == BLOCK_DATELINE)
        resolve(s, &article->blocks.data[k], &d, &y);
  }
  if (!d.year)
    infer_page(s);
  page->told = page->date.len ? STR("") : told_day(s, &y);
}
