// Prices by place: 稻谷（五常）每斤1.42元 is of the place in the bracket.
#include "extract_imp.h"

enum { NAMES = 12 };

// The one place of the name that ends at `end`, of the article's province
// where it has one; NULL if none or several.
static const Division *place_named(const Context *c, const Scene *s, size_t i,
                                   size_t end) {
  const Division *out[NAMES], *one = NULL;
  const Division *above = division_level(s->home, 1);
  size_t len, n = division_match(c->t->plain, c->t->at[i], &len, out, NAMES);
  size_t to = i + len / 3;
  to += n ? text_any(c->t, to, "到站 站 产") : 0;
  if (!n || to != end)
    return NULL;
  for (size_t k = 0; k < n; k++) {
    if (above ? !within(out[k], above) : n > 1)
      continue;
    if (one)
      return NULL;
    one = out[k];
  }
  return one;
}

// The bracket that closes last before the number, not before the clause; false
// if none does.
static bool bracket_before(const Context *c, size_t *open, size_t *close) {
  const Text *t = c->t;
  size_t i = c->numbers->data[c->i].begin;
  for (; i > c->clause.begin; i--)
    if (t->kind[i - 1] == CH_CLOSE && t->pair[i - 1] < i - 1 &&
        t->kind[t->pair[i - 1]] == CH_OPEN) {
      *close = i - 1;
      *open = t->pair[i - 1];
      return *close > *open + 2 && *close < *open + 16;
    }
  return false;
}

// 生猪（出栏价，望奎） → 生猪出栏价.
static Str without_bracket(const Context *c, size_t open, size_t name,
                           Str indicator) {
  const Text *t = c->t;
  size_t at = str_find(indicator, STR("（"), 0);
  if (at == SIZE_MAX)
    at = str_find(indicator, STR("("), 0);
  if (at == SIZE_MAX || at < 6)
    return indicator;
  Str thing = str_slice(indicator, 0, at);
  bool measure = name > open + 3 && text_any_before(t, name - 1, "价 量 率");
  return measure ? str_cat(c->a, thing, text_slice(t, open + 1, name - 1))
                 : thing;
}

void where_in_bracket(const Context *c, const Scene *s, Figure *f, Buf *rules) {
  const Text *t = c->t;
  size_t open, close;
  const Figure *last = c->n_made ? c->made[c->n_made - 1] : NULL;
  if (last && str_has(last->rule, STR("where.bracket")) &&
      str_ends(f->measure, STR("-by")) && c->i &&
      c->numbers->data[c->i - 1].begin >= c->clause.sentence &&
      str_eq(f->indicator, last->indicator)) { // 环比跌0.7%
    f->subject = last->subject;
    f->region = last->region;
    rule_add(rules, "where.bracket");
    return;
  }
  if (!bracket_before(c, &open, &close))
    return;
  size_t name = close;
  while (name > open + 1 && t->kind[name - 1] == CH_HAN)
    name--;
  const Division *d = place_named(c, s, name, close);
  if (!d)
    return;
  f->region = chain_of(c->a, c->chains, d);
  f->subject = whole_name(c->a, d);
  f->indicator = without_bracket(c, open, name, f->indicator);
  rule_add(rules, "where.bracket");
}
