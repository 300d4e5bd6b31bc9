// Which place a page is about, from the places that its articles name; of
// which day it is.
#include "extract_imp.h"

bool within(const Division *d, const Division *above) {
  for (; d; d = d->parent)
    if (d == above)
      return true;
  return false;
}

bool is_known(const Known *known, const Division *d) {
  for (size_t i = 0; known && i < known->n; i++)
    if (known->d[i] == d)
      return true;
  return false;
}

typedef struct {
  Known *known;
  size_t province[100];    // how often each is named, by the head of its code
  const Division *deepest; // of one line of places
  bool mixed;              // the page names several lines
  size_t lower;            // names below the province
  size_t all;
  size_t naming;        // articles that name a place below the province
  size_t above;         // articles that name the province alone
  const Division *city; // named most, and how often
  size_t of_city, of_cities;
  size_t own_city, own_province; // how often 全市 and 全省 stand
  uint16_t cities[10000];        // by the head of the code
  const Division *bare[16];      // districts named without their city
  size_t n_bare;
} Survey;

// Names of cities and of what lies below them.
static void count_city(Survey *s, const Division *d) {
  const Division *city = division_level(d, 2);
  if (!city || s->cities[city->code / 100] == UINT16_MAX)
    return;
  size_t n = ++s->cities[city->code / 100];
  s->of_cities++;
  if (n > s->of_city) {
    s->of_city = n;
    s->city = city;
  }
}

static void count(Survey *s, const Division *d, size_t len) {
  if (d->level == 2 || len > 6)
    count_city(s, d);
  if (d->level == 1 || len > 6) {
    s->province[d->code / 10000]++;
    s->all++;
    s->lower += d->level > 1;
    if (!s->deepest || within(d, s->deepest))
      s->deepest = d;
    else
      s->mixed |= !within(s->deepest, d);
  }
  Known *k = s->known;
  const Division *top = division_level(d, 1);
  if (top && (d->level == 1 || len > 6) &&
      str_ends(str_of(top->name), STR("自治区"))) {
    k->regions |= k->region && k->region != top;
    k->region = top;
    k->own_name |= d->level == 1;
  }
  if (d->level == 3 && len > 6 && k->n < sizeof k->d / sizeof *k->d &&
      !is_known(k, d))
    k->d[k->n++] = d;
}

// 金牛区 at the head of a name, its city not named: a paper's own city's.
static void count_bare(Survey *s, const Division *d, Str text, size_t at) {
  static const char *const before[] = {"市", "省", "州", "区", "县", "盟"};
  if (d->level != 3 || !str_ends(str_of(d->name), STR("区")) ||
      s->n_bare == sizeof s->bare / sizeof *s->bare)
    return;
  Str head = str_slice(text, 0, at);
  for (size_t i = 0; i < sizeof before / sizeof *before; i++)
    if (str_ends(head, str_of(before[i])))
      return;
  for (size_t i = 0; i < s->n_bare; i++)
    if (s->bare[i] == d)
      return;
  s->bare[s->n_bare++] = d;
}

// The city that most of them are of, if they are three or more.
static const Division *city_of_bare(const Survey *s) {
  for (size_t i = 0; i < s->n_bare; i++) {
    const Division *city = division_level(s->bare[i], 2);
    size_t n = 0;
    for (size_t k = 0; k < s->n_bare; k++)
      n += division_level(s->bare[k], 2) == city;
    if (city && n >= 3 && n * 3 >= s->n_bare * 2)
      return city;
  }
  return NULL;
}

static bool whole_at(Str text, size_t at, const char *word) {
  return str_starts(str_slice(text, at, text.len), str_of(word));
}

static void survey_text(Survey *s, Str text) {
  const uint64_t *filter = division_filter(), *heads = division_heads();
  for (size_t at = 0; at + 6 <= text.len; at += utf8_step(text.data[at])) {
    const Division *out[2];
    size_t len;
    uint32_t c = utf8_bits(text.data + at);
    s->own_city += c == 0x5168 && whole_at(text, at, "全市");
    s->own_province += c == 0x5168 && whole_at(text, at, "全省");
    if (!(heads[c / 64] >> c % 64 & 1) ||
        !division_may_begin(filter, text.data + at))
      continue;
    if (division_match(text, at, &len, out, 2) == 1) {
      count(s, out[0], len);
      if (len > 6)
        count_bare(s, out[0], text, at);
    }
  }
}

static void survey_article(Survey *s, const Article *article) {
  size_t lower = s->lower, all = s->all;
  for (size_t k = 0; k < article->blocks.len && k < 40; k++)
    survey_text(s, str_slice(article->blocks.data[k].text, 0, 240));
  s->naming += s->lower > lower;
  s->above += s->all > all && s->lower == lower;
}

// A paper of one place names no other, in more than one article, and hardly
// speaks of its province alone.
static bool of_one_place(const Survey *s) {
  return s->deepest && !s->mixed && s->lower >= 3 && s->naming > 1 &&
         s->above * 3 <= s->naming;
}

// A city's own paper speaks of 全市, and most places it names are the city's.
static bool of_one_city(const Survey *s) {
  return s->own_city > 1 && s->own_city > s->own_province && s->of_city >= 4 &&
         s->of_city * 5 >= s->of_cities * 3;
}

// 烟台日报, 甘肃工人报: the place that the paper is named after; of several
// places of that name the one that stands highest.
static const Division *paper_of(Str publication) {
  const Division *out[12], *best = NULL;
  size_t len, lone = 0;
  if (!str_ends(publication, STR("报")))
    return NULL;
  size_t n = division_match(publication, 0, &len, out, 12);
  for (size_t i = 0; i < n; i++) {
    lone = best && best->level == out[i]->level ? lone + 1 : lone;
    if (!best || out[i]->level < best->level)
      best = out[i], lone = 0;
  }
  return lone ? NULL : best;
}

static const Division *most_named(const Survey *s) {
  size_t best = 0;
  for (size_t i = 1; i < 100; i++)
    if (s->province[i] > s->province[best])
      best = i;
  bool most = s->province[best] > 1 && s->province[best] * 2 >= s->all;
  return most ? division_of_code((uint32_t)best * 10000) : NULL;
}

const Division *page_home(const Page *page, Known *known) {
  Survey s = {.known = known};
  for (size_t i = 0; i < page->articles.len && i < 400; i++)
    survey_article(&s, &page->articles.data[i]);
  const Division *paper = paper_of(page->publication);
  known->city = city_of_bare(&s);
  if (!known->city)
    known->city = division_level(paper, 2);
  if (known->regions)
    known->region = NULL;
  if (of_one_place(&s))
    return s.deepest;
  if (of_one_city(&s))
    return s.city;
  const Division *most = most_named(&s);
  return !most || within(paper, most) ? paper : most;
}

// The page's date; without one the last of its datelines, which a paper prints
// a day or two later, but for one of New Year's Eve, whose paper is of the
// next year. "" if nothing says.
Str page_day(const Page *page) {
  Str day = page->date;
  for (size_t i = 0; !page->date.len && i < page->articles.len; i++) {
    const TextBlock *b = article_block(&page->articles.data[i], BLOCK_DATELINE);
    if (b && b->date.len == 10 && !str_ends(b->date, STR("-12-31")) &&
        (!day.len || memcmp(day.data, b->date.data, 10) < 0))
      day = b->date;
  }
  return day.len ? day : page->told;
}
