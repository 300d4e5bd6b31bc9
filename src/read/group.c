// Pieces → articles: which headlines begin an article, which head a section,
// whose body, picture and people belong to which.
#include "group.h"
#include "lexicon.h"

static bool is_text(const Piece *p) {
  return p->type == P_BODY;
}

static Draft *draft_new(Grouping *g, const char *kind) {
  Draft *t = vec_push(g->sheet->a, &g->drafts);
  *t = (Draft){.kind = kind, .title = -1, .kicker = -1, .subtitle = -1};
  return t;
}

static Draft *draft_at(Grouping *g, int i) {
  return i < 0 ? NULL : &g->drafts.data[i];
}

static const uint16_t *const notices[] = {
    u"启事", u"更正", u"声明", u"公告", u"公示", u"讣告", u"问答",
    u"须知", u"提示", u"提醒", u"通告", u"告示", u"预警", NULL};

// ---- runs of pieces ---------------------------------------------------------

// The first piece at or after i that is no headline.
static size_t after_heads(const Grouping *g, size_t i) {
  const Sheet *s = g->sheet;
  while (i < s->leads && s->pieces.data[i].type == P_HEAD)
    i++;
  return i;
}

static bool begins_report(const Grouping *g, size_t i) {
  const Sheet *s = g->sheet;
  if (i >= s->leads)
    return false;
  const Piece *p = &s->pieces.data[i];
  bool torn = is_text(p) && p->fold.n > 30 &&
              ch_find(ch_slice(p->fold, 0, 18), u")", 0) != SIZE_MAX &&
              ch_find(ch_slice(p->fold, 0, 18), u"(", 0) == SIZE_MAX;
  return p->dateline || p->type == P_BYLINE || p->type == P_LABEL || torn;
}

bool piece_continues(const Piece *p) {
  return ((ch_starts(p->fold, u"(接") || ch_starts(p->fold, u"(紧接")) &&
          ch_find(ch_slice(p->fold, 0, 12), u"版", 0) != SIZE_MAX) ||
         (ch_starts(p->fold, u"(上接") &&
          ch_find(ch_slice(p->fold, 0, 14), u"版", 0) != SIZE_MAX) ||
         ((ch_starts(p->fold, u"上接第") || ch_starts(p->fold, u"上接0") ||
           ch_starts(p->fold, u"接第")) &&
          ch_find(ch_slice(p->fold, 0, 8), u"版", 0) != SIZE_MAX);
}

static bool credited(const Piece *p) {
  return byline_picture(p->fold);
}

// A headline over a picture's caption, or over a few lines that end in a
// photographer's credit.
static bool heads_picture(const Grouping *g, size_t i) {
  const Sheet *s = g->sheet;
  size_t texts = 0;
  for (size_t k = i; k < s->leads && k < i + 4; k++) {
    const Piece *p = &s->pieces.data[k];
    texts += p->type == P_BODY;
    if (p->blanks >= GAP_LINES)
      return false;
    if (p->type == P_CAPTION) // whole, it is another text's
      return k == i || (credited(p) && !(texts && line_caption(p->fold)));
    if (p->type == P_BYLINE)
      return k > i && credited(p);
    if (p->type != P_BODY || p->dateline || p->fold.n > 260 || texts > 1)
      return false;
  }
  return false;
}

// Whether the text (with what is joined to it) ends with its author's name.
bool signed_end(const Sheet *s, const Piece *p) {
  while (p->next >= 0)
    p = &s->pieces.data[p->next];
  Chars t = p->fold;
  size_t end = 0, from = t.n > 44 ? t.n - 44 : 0;
  if (byline_signature(t, from, &end) < t.n && end == t.n)
    return true;
  size_t credit = byline_credit(t); // …。 记者 甲某
  return byline_source(t) || (credit > 0 && credit < t.n &&
                              !ch_has(ch_slice(t, credit, t.n), u"摄"));
}

// Whether no other heading of its level or form heads a text of the report
// under way: sections come in twos at least.
static bool lone(const Grouping *g, const Heads *h, size_t next) {
  enum { AHEAD = 40 };
  const Sheet *s = g->sheet;
  const Piece *head = &s->pieces.data[h->at[0]];
  for (size_t i = next; i < s->leads && i < next + AHEAD; i++) {
    const Piece *p = &s->pieces.data[i];
    if (begins_report(g, i))
      return true;
    if (p->type != P_HEAD)
      continue;
    size_t after = after_heads(g, i);
    if (begins_report(g, after))
      return true;
    if (p->level == head->level || same_form(p, head))
      return false;
    i = after - 1;
  }
  return true;
}

static bool listed(const Piece *p) {
  return p->verse || line_item(p->fold) || line_row(p->fold);
}

// Whether all the article's texts are items of a list or rows of a table.
static bool all_items(const Sheet *s, const Draft *t) {
  enum { MOST = 40 };
  for (size_t k = 0; k < t->items.len && k < MOST; k++) {
    const Piece *p = &s->pieces.data[t->items.data[k]];
    if (p->type != P_BODY || !listed(p))
      return false;
  }
  return t->items.len > 1;
}

// Terms of the text that stand in the report's headlines and texts too.
static size_t kin(const Grouping *g, const Draft *t, size_t text) {
  enum { MOST = 8 };
  const Piece *p = g->sheet->pieces.data;
  size_t n = 0;
  for (size_t k = 0; k < t->items.len && k < MOST; k++)
    n += terms_shared(p[text].fold, p[t->items.data[k]].fold);
  const int heads[] = {t->title, t->kicker, t->subtitle};
  for (size_t k = 0; k < 3; k++)
    n += heads[k] < 0 ? 0 : terms_shared(p[heads[k]].fold, p[text].fold);
  return n;
}

// A heading that is no section's: the only one behind a report's whole text, of
// which it does not tell, or over a list behind an article without sections.
static bool heads_other(const Grouping *g, const Heads *h, size_t next,
                        const Draft *t) {
  enum { TELLS = 6, KIN = 2 };
  const Sheet *s = g->sheet;
  const Piece *head = &s->pieces.data[h->at[0]];
  bool list = next < s->leads && (s->pieces.data[next].verse ||
                                  line_item(s->pieces.data[next].fold));
  bool sections = t->sections && !(list && t->level && !head->level);
  if (sections || !t->items.len || next >= s->leads || t->label ||
      !is_text(&s->pieces.data[next]) || heading_numbered(head->fold) ||
      !lone(g, h, next))
    return false;
  const Piece *last = &s->pieces.data[t->items.data[t->items.len - 1]];
  while (last->next >= 0)
    last = &s->pieces.data[last->next];
  if (last->gap || !ch_ended(last->fold))
    return false;
  if (list)
    return !line_item(s->pieces.data[t->items.data[0]].fold) &&
           !s->pieces.data[t->items.data[0]].verse;
  int told = 0;
  for (size_t k = 0; k < t->items.len && k < 8; k++) {
    int tells = head_tells(head, s->pieces.data[t->items.data[k]].fold);
    told = tells > told ? tells : told;
  }
  return t->dateline && head->level && told < TELLS &&
         told <= head_tells(head, s->pieces.data[next].fold) &&
         kin(g, t, next) <= KIN;
}

// 防汛提示, 停水公告 under a mark, in a report of something else.
static bool heads_notice(const Grouping *g, const Heads *h) {
  const Piece *p = &g->sheet->pieces.data[h->at[0]];
  return h->n == 1 && p->level && p->fold.n >= 4 && p->fold.n <= 14 &&
         ch_ends_any(p->fold, notices);
}

// Whether the texts from piece `next` to the headline behind them end with
// their author's name: a text of its own behind one that names its author.
static bool signed_below(const Grouping *g, size_t next) {
  enum { MOST = 8 };
  const Sheet *s = g->sheet;
  for (size_t i = next; i < s->leads && i < next + MOST; i++) {
    const Piece *p = &s->pieces.data[i];
    if (p->type == P_BYLINE)
      return i > next && !credited(p) &&
             (i + 1 == s->leads || p[1].type == P_HEAD);
    if (p->type != P_BODY || p->dateline)
      return false;
    if (signed_end(s, p))
      return true;
  }
  return false;
}

static bool starts_article(const Grouping *g, const Heads *h, size_t next) {
  const Sheet *s = g->sheet;
  const Draft *t = g->current < 0 ? NULL : &g->drafts.data[g->current];
  bool whole = t && t->dateline && next < s->leads && // a report of its own
               is_text(&s->pieces.data[next]) &&
               signed_end(s, &s->pieces.data[next]);
  if (begins_report(g, next) || whole || (t && t->closed))
    return true;
  if (t && t->title >= 0 && heading_numbered(s->pieces.data[h->at[0]].fold))
    return false;
  if (next < s->leads && piece_continues(&s->pieces.data[next]))
    return true;
  bool boxed = t && !strcmp(t->kind, "notice") && !t->level;
  if (!t || t->title < 0 || boxed)
    return true;
  int level = 9;
  for (size_t i = 0; i < h->n; i++) {
    int x = s->pieces.data[h->at[i]].level;
    level = x && x < level ? x : level;
    if (ch_starts(s->pieces.data[h->at[i]].fold, u"——"))
      return true;
  }
  if (all_items(s, t) && next < s->leads && is_text(&s->pieces.data[next]) &&
      !listed(&s->pieces.data[next]))
    return true;
  bool authored = t->people.len || t->named;
  if (heads_other(g, h, next, t) || heads_notice(g, h) ||
      ((authored || !t->sections) && signed_below(g, next)))
    return true;
  if (level < 9)
    return t->level && level <= t->level;
  return h->n >= 2 && t->dateline;
}

// ---- the walk ---------------------------------------------------------------

// The article whose section this headline heads: the latest that has a
// heading of its form, else the current one.
static Draft *section_of(Grouping *g, uint32_t piece) {
  const Sheet *s = g->sheet;
  const Piece *p = &s->pieces.data[piece];
  for (size_t i = g->drafts.len, seen = 0; i-- > 0 && seen < 12; seen++) {
    Draft *t = &g->drafts.data[i];
    if (t->dateline || t->title < 0)
      continue;
    for (size_t k = t->items.len, n = 0; k-- > 0 && n < 200; n++) {
      const Piece *q = &s->pieces.data[t->items.data[k]];
      if (q->type == P_HEAD && same_form(p, q)) {
        g->current = (int)i;
        return t;
      }
    }
  }
  return NULL;
}

static size_t shared(const Sheet *s, uint32_t head, const Draft *t) {
  size_t n = 0;
  for (size_t k = 0; k < t->items.len && k < 4; k++) {
    const Piece *q = &s->pieces.data[t->items.data[k]];
    n += q->type == P_BODY ? terms_shared(s->pieces.data[head].fold, q->fold)
                           : 0;
  }
  return n;
}

// Whether the first of the headlines is that of the text before it, which has
// none, rather than of what follows.
static bool names_untitled(const Grouping *g, const Heads *h,
                           const Piece *after) {
  const Sheet *s = g->sheet;
  const Draft *t = g->current < 0 ? NULL : &g->drafts.data[g->current];
  if (!t || t->title >= 0 || t->continues || strcmp(t->kind, "news") != 0 ||
      !t->items.len || !after ||
      (h->n == 1 && after->type == P_BODY && !piece_continues(after)))
    return false;
  size_t before = shared(s, h->at[0], t);
  if (before < 2 ||
      before <= terms_shared(s->pieces.data[h->at[0]].fold, after->fold))
    return false;
  const Piece *rest = h->n > 1 ? &s->pieces.data[h->at[1]] : NULL;
  return !rest ||
         (terms_shared(rest->fold, after->fold) > shared(s, h->at[1], t) &&
          !ch_starts(rest->fold, u"—") && !head_accounts(rest->fold));
}

// How many of the headlines are the first article's, its kickers and subtitles
// with its title.
static size_t first_unit(const Grouping *g, const Heads *h) {
  const Piece *p = g->sheet->pieces.data;
  size_t n = 0;
  while (n < h->n && !p[h->at[n]].level)
    n++;
  for (n += n < h->n; n < h->n && ch_starts(p[h->at[n]].fold, u"—");)
    n++;
  return n;
}

static int tells(const Grouping *g, const Heads *h, size_t from, size_t to,
                 size_t text) {
  const Piece *p = g->sheet->pieces.data;
  int points = 0;
  for (size_t k = from; k < to; k++)
    points += head_tells(&p[h->at[k]], p[text].fold);
  return points;
}

// Of two headlines or more behind a text without one, before another text: how
// many are the first text's, 0 if they cannot be told apart.
static size_t shared_out(const Grouping *g, const Heads *h, size_t next) {
  const Sheet *s = g->sheet;
  const Draft *t = g->current < 0 ? NULL : &g->drafts.data[g->current];
  size_t n = first_unit(g, h);
  if (!t || t->title >= 0 || t->continues || strcmp(t->kind, "news") != 0 ||
      !t->items.len || n >= h->n || next >= s->leads || !t->dateline)
    return 0;
  const Piece *after = &s->pieces.data[next];
  if (!is_text(after) && after->type != P_BYLINE)
    return 0;
  size_t text = next + (after->type == P_BYLINE && next + 1 < s->leads);
  int own = tells(g, h, n, h->n, text),
      other = tells(g, h, n, h->n, t->items.data[0]);
  int first = tells(g, h, 0, n, t->items.data[0]),
      away = tells(g, h, 0, n, text);
  bool report = begins_report(g, next) || signed_end(s, after);
  return first >= away && (own > other || (report && own >= other)) ? n : 0;
}

// Headings that stand before no contents list and no picture: of the text read
// before its headline, of a new article, or of the one under way.
static void give_heads(Grouping *g, Heads *h, size_t next) {
  Sheet *s = g->sheet;
  const Piece *p = next < s->leads ? &s->pieces.data[next] : NULL;
  Draft *untitled = draft_at(g, g->current);
  if (untitled && untitled->title < 0 && untitled->items.len &&
      heading_numbered(s->pieces.data[h->at[0]].fold) &&
      !begins_report(g, next)) { // 二、工业 names a part, no report
    item_add(g, untitled, h->at[0]);
    untitled->sections++;
    *h = (Heads){h->at + 1, h->n - 1};
    if (!h->n)
      return;
  }
  if (untitled && untitled->title < 0 && !untitled->continues &&
      !begins_report(g, next) && !strcmp(untitled->kind, "news") &&
      !(p && piece_continues(p))) { // read before its headline
    head_article(g, untitled, h);
    g->picture = -1;
    return;
  }
  if (starts_article(g, h, next)) {
    bool notice =
        h->n == 1 && ch_ends_any(s->pieces.data[h->at[0]].fold, notices);
    draft_new(g, notice ? "notice" : "news");
    g->current = (int)g->drafts.len - 1;
    g->picture = -1;
    head_article(g, draft_at(g, g->current), h);
    return;
  }
  Draft *t = draft_at(g, g->current);
  for (size_t k = 0; k < h->n; k++)
    item_add(g, t, h->at[k]);
  t->sections++;
}

static void take_heads(Grouping *g, size_t *i) {
  Sheet *s = g->sheet;
  VEC(uint32_t) at = {0};
  size_t next = after_heads(g, *i);
  for (size_t k = *i; k < next; k++)
    *vec_push(s->a, &at) = (uint32_t)k;
  Heads h = {at.data, at.len};
  *i = next;
  while (h.n > 0 && (h.n > 1 || !begins_report(g, next))) {
    Draft *t = section_of(g, h.at[0]);
    if (!t)
      break;
    g->picture = -1;
    item_add(g, t, h.at[0]);
    t->sections++;
    h = (Heads){h.at + 1, h.n - 1};
  }
  if (!h.n)
    return;
  const Piece *p = next < s->leads ? &s->pieces.data[next] : NULL;
  size_t firsts = shared_out(g, &h, next);
  if (firsts || names_untitled(g, &h, p)) {
    firsts = firsts ? firsts : 1;
    Heads first = {h.at, firsts};
    head_article(g, draft_at(g, g->current), &first);
    h = (Heads){h.at + firsts, h.n - firsts};
    g->picture = -1;
    if (!h.n)
      return;
  }
  if (p && p->type == P_CONTENTS) {
    Draft *before = draft_at(g, g->current);
    for (; h.n > 1 && before && before->title >= 0 &&
           !strcmp(before->kind, "news");
         h = (Heads){h.at + 1, h.n - 1})
      item_add(g, before, h.at[0]);
    g->interrupted = g->current;
    draft_new(g, "contents");
    g->current = (int)g->drafts.len - 1;
    head_article(g, draft_at(g, g->current), &h);
    return;
  }
  if (p && !begins_report(g, next) && heads_picture(g, next)) {
    draft_new(g, "caption");
    g->picture = (int)g->drafts.len - 1;
    head_article(g, draft_at(g, g->picture), &h);
    return;
  }
  give_heads(g, &h, next);
}

static Draft *single(Grouping *g, const char *kind, size_t i) {
  Draft *t = draft_new(g, kind);
  item_add(g, t, i);
  return t;
}

// A report without headline: the last headlines that the article before took
// for a section's may be its own, with other text read between.
static void claim_heads(Grouping *g, int before, const Piece *p) {
  Sheet *s = g->sheet;
  Draft *t = &g->drafts.data[before];
  size_t to = t->items.len, from;
  while (to > 0 && s->pieces.data[t->items.data[to - 1]].type != P_HEAD)
    to--;
  for (from = to; from > 0; from--)
    if (s->pieces.data[t->items.data[from - 1]].type != P_HEAD)
      break;
  if (from == to || to == t->items.len)
    return;
  size_t own = 0, other = 0;
  for (size_t k = from; k < to; k++) {
    const Piece *head = &s->pieces.data[t->items.data[k]];
    if (heading_numbered(head->fold) || head_parallel(g, t->items.data[k]))
      return;
    own += terms_shared(head->fold, p->fold);
    other += terms_shared(head->fold, s->pieces.data[t->items.data[to]].fold);
  }
  if (own < 2 || own <= other)
    return;
  VEC(uint32_t) at = {0};
  for (size_t k = from; k < to; k++)
    *vec_push(s->a, &at) = t->items.data[k];
  for (size_t k = to; k < t->items.len; k++)
    t->items.data[from + k - to] = t->items.data[k];
  t->items.len -= to - from;
  t->sections -= (int)(to - from);
  Heads h = {at.data, at.len};
  head_article(g, draft_at(g, g->current), &h);
}

// Whether the article has headlines and no text yet.
static bool waits(const Grouping *g, const Draft *t) {
  enum { MOST = 6 };
  if (!t || t->title < 0 || t->items.len > MOST)
    return false;
  for (size_t k = 0; k < t->items.len; k++)
    if (g->sheet->pieces.data[t->items.data[k]].type != P_HEAD)
      return false;
  return true;
}

static void take_text(Grouping *g, size_t i) {
  Piece *p = &g->sheet->pieces.data[i];
  Draft *t = draft_at(g, g->current);
  bool open = waits(g, t);
  if (piece_continues(p) && !open) {
    t = draft_new(g, "continuation");
    g->current = (int)g->drafts.len - 1;
  } else if (p->dateline && t && !open && !t->label) {
    int before = g->current;
    t = draft_new(g, "news");
    g->current = (int)g->drafts.len - 1;
    claim_heads(g, before, p);
  } else if (g->picture >= 0) {
    t = draft_at(g, g->picture);
  } else if (t && !open &&
             (t->closed ||
              (!listed(p) && p->fold.n >= 40 && all_items(g->sheet, t) &&
               p->type == P_BODY && ch_ended(p->fold)))) {
    t = draft_new(g, "news");
    g->current = (int)g->drafts.len - 1;
  } else if (t && !strcmp(t->kind, "contents") && g->interrupted >= 0 &&
             !p->dateline) { // the box stood inside an article
    g->current = g->interrupted;
    t = draft_at(g, g->current);
  } else if (!t || !strcmp(t->kind, "contents")) {
    t = draft_new(g, "news");
    g->current = (int)g->drafts.len - 1;
  }
  if (piece_continues(p) && t->continues == 0) {
    t->continues = (int)i + 1;
    t->kind = "continuation";
  }
  t->dateline = t->dateline || p->dateline;
  t->named = t->named ||
             (p->dateline && ch_has(ch_slice(p->fold, 0, 40), u"记者")) ||
             (p->dateline && ch_has(ch_slice(p->fold, 0, 40), u"通讯员"));
  t->closed =
      signed_end(g->sheet, p) && (t->items.len || !byline_source(p->fold));
  if (p->type != P_CONTINUATION || !t->continues || t->continues != (int)i + 1)
    item_add(g, t, i);
}

// Whether the line of people at piece i ends the article: behind its whole
// text, and a headline or nothing follows. Behind one text alone, a lead or an
// abstract, only a line in brackets does.
static bool ends_text(const Grouping *g, const Draft *t, size_t i) {
  const Sheet *s = g->sheet;
  const Piece *p = s->pieces.data;
  size_t texts = 0;
  for (size_t k = t->items.len; k-- > 0 && texts < 2;)
    texts += is_text(&p[t->items.data[k]]);
  return texts >= (p[i].fold.c[0] == '(' ? 1 : 2) && !t->byline_first &&
         i > 0 && is_text(&p[i - 1]) && ch_ended(p[i - 1].fold) &&
         (i + 1 >= s->leads || p[i + 1].type == P_HEAD);
}

static void take_people(Grouping *g, size_t i) {
  Piece *p = &g->sheet->pieces.data[i];
  Draft *t = draft_at(g, g->picture >= 0 ? g->picture : g->current);
  if (i && g->sheet->pieces.data[i - 1].type == P_CAPTION && g->drafts.len)
    t = &g->drafts.data[g->drafts.len - 1];
  if (!t)
    t = draft_new(g, "news"), g->current = (int)g->drafts.len - 1;
  if (!t->items.len && t->title >= 0)
    t->byline_first = true;
  *vec_push(g->sheet->a, &t->people) = (uint32_t)i;
  if (credited(p))
    g->picture = -1;
  else if (ends_text(g, t, i))
    t->closed = true;
}

static void take_caption(Grouping *g, size_t i) {
  if (g->picture >= 0) {
    item_add(g, draft_at(g, g->picture), i);
    if (credited(&g->sheet->pieces.data[i]))
      g->picture = -1;
    return;
  }
  single(g, "caption", i);
}

// 停水公告 over its text, which no dateline opens.
static bool names_notice(const Grouping *g, size_t i) {
  enum { SHORTEST = 12 };
  const Piece *p = &g->sheet->pieces.data[i];
  return i + 1 < g->sheet->leads && p[1].type == P_BODY && !p[1].dateline &&
         !piece_continues(&p[1]) && p[1].fold.n >= SHORTEST;
}

static void take(Grouping *g, size_t i) {
  Piece *p = &g->sheet->pieces.data[i];
  switch ((PieceType)p->type) {
  case P_BYLINE:
    take_people(g, i);
    break;
  case P_CAPTION:
    take_caption(g, i);
    break;
  case P_MASTHEAD: {
    Draft *t = single(g, "masthead", i);
    *vec_push(g->sheet->a, &t->people) = (uint32_t)i;
    break;
  }
  case P_SLOGAN:
    single(g, "slogan", i);
    break;
  case P_CONTENTS:
  case P_CODE: {
    Draft *t = draft_at(g, g->current);
    if (!t || strcmp(t->kind, "contents") != 0)
      t = p->type == P_CODE ? single(g, "notice", i) : draft_new(g, "contents");
    else
      item_add(g, t, i);
    if (p->type == P_CONTENTS && t->items.len == 0) {
      g->interrupted = g->current;
      g->current = (int)g->drafts.len - 1;
      item_add(g, t, i);
    }
    break;
  }
  case P_LABEL: {
    Draft *t = draft_at(g, g->current);
    if (t)
      t->label = true, item_add(g, t, i);
    else
      single(g, "notice", i);
    break;
  }
  case P_NOTICE:
    if (names_notice(g, i))
      draft_new(g, "notice")->title = (int)i;
    else
      single(g, "notice", i);
    g->current = (int)g->drafts.len - 1;
    break;
  default:
    take_text(g, i);
  }
}

void group_pieces(Sheet *s) {
  Grouping g = {.sheet = s, .current = -1, .picture = -1, .interrupted = -1};
  for (size_t i = 0; i < s->leads;) {
    const Piece *p = &s->pieces.data[i];
    if (p->type == P_HEAD) {
      take_heads(&g, &i);
    } else {
      take(&g, i);
      i++;
    }
  }
  for (size_t i = 0; i < g.labels.len; i++)
    single(&g, "slogan", g.labels.data[i]);
  for (size_t i = 0; i < g.drafts.len; i++)
    issue_article(s, &g.drafts.data[i]);
}
