// Earlier dossiers and the ledger, behind one door: the figure of the same
// series a month or a year back, series of months, what is new, revised or
// gone, and what only looks the same.
#include "ledger_imp.h"
#include <stdlib.h>

struct History {
  Arena *arena;
  Str period;
  Ledger *ledger;
  PastVec given;                // figures of the dossiers
  Map *series;                  // key → PastVec of `given`
  Map *frames;                  // frame → PastVec
  Str latest;                   // month of the latest dossier before `period`
  PastVec found;                // of the last question; used anew by the next
  const Dictionary *dictionary; // NULL: none
};

History *history_new(Arena *a, Str period) {
  History *h = NEW(a, History);
  *h = (History){.arena = a, .period = period, .latest = STR("")};
  h->series = map_new(a);
  h->frames = map_new(a);
  return h;
}

void history_set_ledger(History *h, Ledger *ledger) {
  h->ledger = ledger;
}

void history_set_dictionary(History *h, const Dictionary *dictionary) {
  h->dictionary = dictionary;
}

// ---- under which keys an earlier issue may hold a series --------------------

typedef VEC(Str) Keys;

static void add_key(History *h, Keys *keys, const Figure *f, Str canon,
                    Str indicator) {
  Figure named = *f;
  named.canon = canon;
  named.indicator = indicator;
  Str key = series_key(h->arena, &named);
  bool known = !key.len;
  for (size_t i = 0; i < keys->len && !known; i++)
    known = str_eq(keys->data[i], key);
  if (!known)
    *vec_push(h->arena, keys) = key;
}

// The figure's own, and those of the other names that the dictionary gives it
// now: an earlier issue may have been kept before they were.
static Keys series_keys(History *h, const Figure *f) {
  Keys keys = {0};
  const Dictionary *d = h->dictionary;
  add_key(h, &keys, f, f->canon, f->indicator);
  for (size_t i = 0; d && f->canon.len && i < d->n_indicators; i++) {
    const Indicator *in = &d->indicators[i];
    if (!str_eq(in->canon, f->canon))
      continue;
    add_key(h, &keys, f, STR(""), in->canon);
    for (size_t k = 0; k < in->n_aliases; k++) {
      add_key(h, &keys, f, STR(""), in->aliases[k]);
      add_key(h, &keys, f, in->aliases[k], STR(""));
    }
  }
  return keys;
}

static void index_past(Arena *a, Map *map, Str key, Past past) {
  if (!key.len)
    return;
  PastVec *all = map_lookup(map, key);
  if (!all) {
    all = NEW(a, PastVec);
    map_put(map, key, all);
  }
  if (all->len < PAST_MAX)
    *vec_push(a, all) = past;
}

void history_add(History *h, const Dossier *dossier) {
  Str month = dossier->period;
  bool earlier = !h->period.len || str_cmp(month, h->period) < 0;
  if (earlier && str_cmp(month, h->latest) > 0)
    h->latest = month;
  for (size_t i = 0; i < dossier->pages.len; i++) {
    const Page *p = &dossier->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++) {
      const Article *t = &p->articles.data[k];
      for (size_t j = 0; j < t->figures.len; j++) {
        const Figure *f = &t->figures.data[j];
        Period q = figure_period(f);
        if (!figure_certain(f) || str_is(t->use, "no"))
          continue;
        Past past = {
            {p, t, f}, month, series_key(h->arena, f), q.end, q.end_month};
        *vec_push(h->arena, &h->given) = past;
        index_past(h->arena, h->series, past.series, past);
        index_past(h->arena, h->frames, frame_key(h->arena, f), past);
      }
    }
  }
}

// ---- one figure back -------------------------------------------------------

// The dossiers' figures of the series ending in the months [from, to].
static void collect_given(History *h, Str key, int32_t from, int32_t to) {
  const PastVec *given = map_lookup(h->series, key);
  for (size_t i = 0; given && i < given->len; i++)
    if (given->data[i].end_month >= from && given->data[i].end_month <= to)
      *vec_push(h->arena, &h->found) = given->data[i];
}

// All figures of the figure's series ending in the months [from, to]; of the
// ledger with `last` only those of the last month, at least.
static PastVec *collect(History *h, const Figure *f, int32_t from, int32_t to,
                        bool last) {
  Keys keys = series_keys(h, f);
  h->found.len = 0;
  for (size_t i = 0; i < keys.len; i++) {
    collect_given(h, keys.data[i], from, to);
    if (h->ledger && last)
      ledger_last(h->ledger, keys.data[i], from, to, &h->found);
    else if (h->ledger)
      ledger_series(h->ledger, keys.data[i], from, to, &h->found);
  }
  return &h->found;
}

static bool confirmed(const Past *p) {
  return str_is(p->at.figure->state, "confirmed");
}

// Which of two figures of one series and month is to be believed: the later
// day, what a person confirmed, the later issue, the finer print.
static int better(const Past *x, const Past *y) {
  if (x->end != y->end)
    return x->end > y->end ? 1 : -1;
  if (confirmed(x) != confirmed(y))
    return confirmed(x) ? 1 : -1;
  int issue = str_cmp(x->issue, y->issue);
  if (issue)
    return issue;
  return -num_cmp(num_grain(x->at.figure), num_grain(y->at.figure));
}

// The one to be believed of those that end in the month; NULL if there is
// none, or if two of one issue contradict each other.
static const Past *pick(const PastVec *all, int32_t month) {
  const Past *best = NULL;
  for (size_t i = 0; i < all->len; i++) {
    const Past *p = &all->data[i];
    if (p->end_month == month && (!best || better(p, best) > 0))
      best = p;
  }
  for (size_t i = 0; best && i < all->len; i++) {
    const Past *p = &all->data[i];
    if (p->end == best->end && confirmed(p) == confirmed(best) &&
        str_eq(p->issue, best->issue) &&
        !values_agree(p->at.figure, best->at.figure))
      return NULL;
  }
  return best;
}

static bool latest_of(const PastVec *all, FigureAt *out) {
  if (!all->len)
    return false;
  int32_t month = all->data[0].end_month;
  for (size_t i = 1; i < all->len; i++)
    if (all->data[i].end_month > month)
      month = all->data[i].end_month;
  const Past *p = pick(all, month);
  if (p)
    *out = p->at;
  return p != NULL;
}

enum { BACK_MAX = 120 }; // months that a briefing looks back

bool history_lookup(History *h, const Figure *f, Back back, FigureAt *out) {
  Period p = figure_period(f);
  if (p.kind == PERIOD_UNKNOWN)
    return false;
  int32_t to = p.end_month - 12, from = to;
  if (back == BACK_PREVIOUS) {
    to = p.kind == PERIOD_FLOW ? day_month(p.start) - 1 : p.end_month - 1;
    from = to - BACK_MAX;
  } else if (back == BACK_YEAR_START) {
    if (p.kind != PERIOD_STOCK)
      return false;
    to = from = p.end_month / 12 * 12 - 1;
  }
  return latest_of(collect(h, f, from, to, true), out);
}

FigureList history_series(History *h, const Figure *f, size_t n) {
  Period p = figure_period(f);
  VEC(FigureAt) list = {0};
  if (!series_key(h->arena, f).len || n == 0 || n > BACK_MAX)
    return (FigureList){NULL, 0};
  int32_t step = p.kind == PERIOD_FLOW && p.months > 1 ? p.months : 1;
  int32_t first = p.end_month - step * (int32_t)(n - 1);
  const PastVec *all = collect(h, f, first, p.end_month - 1, false);
  for (int32_t m = first; m < p.end_month; m += step) {
    const Past *past = pick(all, m);
    *vec_push(h->arena, &list) = past ? past->at : (FigureAt){NULL, NULL, NULL};
  }
  *vec_push(h->arena, &list) = (FigureAt){NULL, NULL, f};
  return (FigureList){list.data, list.len};
}

// ---- new, revised, gone ----------------------------------------------------

static bool earlier_issue(const History *h, Str issue) {
  return !h->period.len || str_cmp(issue, h->period) < 0;
}

static bool known_before(History *h, const Figure *f) {
  Keys keys = series_keys(h, f);
  for (size_t k = 0; k < keys.len; k++) {
    const PastVec *given = map_lookup(h->series, keys.data[k]);
    for (size_t i = 0; given && i < given->len; i++)
      if (earlier_issue(h, given->data[i].issue))
        return true;
    if (h->ledger && ledger_known(h->ledger, keys.data[k], h->period))
      return true;
  }
  return false;
}

Status history_status(History *h, const Figure *f, FigureAt *out) {
  Period p = figure_period(f);
  if (!series_key(h->arena, f).len)
    return STATUS_SAME;
  PastVec *before = collect(h, f, p.end_month, p.end_month, false);
  size_t kept = 0;
  for (size_t i = 0; i < before->len; i++)
    if (earlier_issue(h, before->data[i].issue) && before->data[i].end == p.end)
      before->data[kept++] = before->data[i];
  before->len = kept;
  const Past *was = pick(before, p.end_month);
  if (was && period_over(&was->at) && !values_agree(f, was->at.figure)) {
    *out = was->at;
    return STATUS_REVISED;
  }
  return known_before(h, f) ? STATUS_SAME : STATUS_NEW;
}

static PastVec latest_issue(History *h) {
  PastVec out = {0};
  for (size_t i = 0; i < h->given.len; i++)
    if (h->given.data[i].series.len &&
        str_eq(h->given.data[i].issue, h->latest) && h->latest.len)
      *vec_push(h->arena, &out) = h->given.data[i];
  if (!out.len && h->ledger)
    ledger_latest(h->ledger, h->period.len ? h->period : STR("9999"), &out);
  return out;
}

FigureList history_dropped(History *h, const Dossier *dossier) {
  PastVec before = latest_issue(h);
  Map *now = map_new(h->arena);
  for (size_t i = 0; i < dossier->pages.len; i++) {
    const Page *p = &dossier->pages.data[i];
    for (size_t k = 0; k < p->articles.len; k++)
      for (size_t j = 0; j < p->articles.data[k].figures.len; j++) {
        const Figure *f = &p->articles.data[k].figures.data[j];
        Keys keys = series_keys(h, f);
        for (size_t q = 0; q < keys.len; q++)
          map_put(now, keys.data[q], h);
      }
  }
  VEC(FigureAt) list = {0};
  for (size_t i = 0; i < before.len; i++) {
    if (!before.data[i].series.len || map_lookup(now, before.data[i].series))
      continue;
    map_put(now, before.data[i].series, h);
    *vec_push(h->arena, &list) = before.data[i].at;
  }
  return (FigureList){list.data, list.len};
}

// ---- near ones -------------------------------------------------------------

// Half to twice as much: what a reader could take for the same. Small counts
// are alike by chance.
static bool alike(const Figure *x, const Figure *y) {
  Num n, m;
  if (!num_parse(x->value, &n) || !num_parse(y->value, &m))
    return false;
  double v = num_double(n), w = num_double(m);
  double least = str_is(x->unit, "%") ? 0 : 9.5;
  return v > least && w > least && v < w * 2 && w < v * 2;
}

NearList history_near(History *h, const Figure *f) {
  VEC(Near) list = {0};
  Str frame = frame_key(h->arena, f), own = series_key(h->arena, f);
  PastVec all = {0};
  const PastVec *given = frame.len ? map_lookup(h->frames, frame) : NULL;
  for (size_t i = 0; given && i < given->len && i < PAST_MAX; i++)
    *vec_push(h->arena, &all) = given->data[i];
  if (h->ledger && frame.len)
    ledger_frame(h->ledger, frame, &all);
  Map *seen = map_new(h->arena);
  for (size_t i = 0; i < all.len; i++) {
    const Figure *g = all.data[i].at.figure;
    Str why, key = line_key(h->arena, g);
    if (str_eq(g->id, f->id) || (own.len && str_eq(all.data[i].series, own)) ||
        !alike(f, g) || map_lookup(seen, key) ||
        figures_compare(h->arena, f, g, &why) != COMPARE_NEAR)
      continue;
    map_put(seen, key, h);
    bool same = str_eq(indicator_key(h->arena, f), indicator_key(h->arena, g));
    *vec_push(h->arena, &list) = (Near){all.data[i].at, why, same};
  }
  return (NearList){list.data, list.len};
}
