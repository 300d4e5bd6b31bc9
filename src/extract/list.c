// Lists of one sentence: 分别 pairs the k-th name with the k-th number, 各
// gives one number to several.
#include "extract_imp.h"

enum { NAMES_MAX = 64 };

typedef struct {
  size_t begin[NAMES_MAX], end[NAMES_MAX], n;
} Names;

static size_t joiner(const Text *t, size_t i) {
  if (t->inside[i] & (INSIDE_BRACKET | INSIDE_QUOTE | INSIDE_BOOK))
    return 0;
  if (t->kind[i] == CH_LIST)
    return 1;
  if (text_any(t, i, "和平 和谐 参与 与会 及时 普及"))
    return 0;
  return text_any(t, i, "以及 和 与 及");
}

static void split_names(const Text *t, size_t from, size_t to, Names *out) {
  out->n = 0;
  size_t begin = from;
  for (size_t i = from; i < to;) {
    size_t n = joiner(t, i);
    if (n && i > begin && out->n < NAMES_MAX - 1) {
      out->begin[out->n] = begin;
      out->end[out->n++] = i;
      begin = i + n;
    }
    i += n ? n : 1;
  }
  if (begin < to && out->n < NAMES_MAX) {
    out->begin[out->n] = begin;
    out->end[out->n++] = to;
  }
}

// The last name and what belongs to all: 工伤保险|参保人数.
static size_t tail_of(const Text *t, const Names *names) {
  size_t last = names->n - 1, first = 0;
  size_t b = names->begin[last], e = names->end[last];
  size_t len = names->end[first] - names->begin[first];
  for (size_t k = len < 4 ? len : 4; k; k--) {
    size_t from = names->end[first] - k;
    for (size_t i = b; i + k <= e; i++) {
      size_t same = 0;
      while (same < k && t->c[i + same] == t->c[from + same])
        same++;
      if (same == k)
        return i + k;
    }
  }
  return len < e - b ? b + len : e;
}

// How many numbers stand between 分别 and this one, if only they do.
static bool index_in_list(const Context *c, size_t at, size_t *k) {
  const Text *t = c->t;
  *k = 0;
  size_t prev = SIZE_MAX;
  for (size_t i = c->i + 1; i-- > 0;) {
    const Number *n = &c->numbers->data[i];
    if (n->end <= at)
      break;
    if (n->refused)
      return false;
    if (prev != SIZE_MAX) {
      if (prev - n->end > 12 || (t->kind[n->end] != CH_LIST &&
                                 !text_breaks(t, n->end) && !joiner(t, n->end)))
        return false;
      ++*k;
    }
    prev = n->begin;
    if (*k >= NAMES_MAX)
      return false;
  }
  return prev != SIZE_MAX && prev - at <= 16;
}

static const Mention *whose(const Context *c, size_t begin, size_t end) {
  for (size_t i = 0; i < c->mentions->len; i++) {
    const Mention *m = &c->mentions->data[i];
    if (m->begin > begin)
      return NULL;
    if (m->begin == begin && m->end + 2 >= end && m->division)
      return m;
  }
  return NULL;
}

static size_t list_start(const Context *c, size_t at) {
  const Text *t = c->t;
  size_t i = at;
  while (i > c->clause.sentence && !text_breaks(t, i - 1))
    i--;
  for (size_t n = 1; n;) {
    n = lex_at(t, i, W_LEAD | W_ADVERB | W_TIME, NULL);
    if (!n && (t->inside[i] & INSIDE_TIME))
      n = 1;
    if (!n && t->kind[i] == CH_SPACE)
      n = 1;
    if (i + n >= at)
      break;
    i += n;
  }
  return i;
}

static size_t list_stop(const Context *c, size_t from, size_t at) {
  const Text *t = c->t;
  size_t base = text_rfind(t, from, at, "比 较 同比 环比");
  if (base != SIZE_MAX && base > from && !text_any_before(t, base + 1, "占比"))
    at = base;
  while (at > from && (t->inside[at - 1] & INSIDE_TIME))
    at--;
  return at;
}

// The list before 各 begins after the clause's first verb, if it has one.
static size_t each_start(const Context *c, size_t end) {
  const Text *t = c->t;
  size_t from = list_start(c, end);
  for (size_t i = from; i < end; i++) {
    size_t v = lex_at(t, i, W_VERB, NULL);
    if (v >= 2 && lex_at(t, i, W_NOUN, NULL) <= v && joiner(t, i + v) == 0 &&
        !(t->inside[i] & (INSIDE_BRACKET | INSIDE_QUOTE)))
      return i + v;
  }
  return from;
}

// 甲、乙各46个: one figure for all of the list.
static void field_each(const Context *c, size_t end, Figure *f, Buf *rules) {
  Names names;
  split_names(c->t, each_start(c, end), end - 1, &names);
  if (names.n < 2)
    return;
  Buf b = buf_new(c->a);
  for (size_t i = 0; i < names.n; i++) {
    if (i)
      buf_byte(&b, '|');
    buf_add(&b, text_slice(c->t, names.begin[i], names.end[i]));
  }
  f->distributes = buf_str(&b);
  rule_add(rules, "list.each");
}

void field_list(const Context *c, const Scene *scene, Figure *f, Buf *rules) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  size_t k;
  (void)scene;
  if (text_any_before(t, n->begin, "各")) {
    field_each(c, n->begin, f, rules);
    return;
  }
  size_t floor = n->begin > 400 ? n->begin - 400 : 0;
  if (floor < c->clause.sentence)
    floor = c->clause.sentence;
  size_t at = text_rfind(t, floor, n->begin, "分别");
  if (at == SIZE_MAX || !index_in_list(c, at, &k))
    return;
  Names names;
  size_t from = list_start(c, at);
  split_names(t, from, list_stop(c, from, at), &names);
  if (names.n < 2 || k >= names.n)
    return;
  size_t last = names.n - 1;
  size_t tail = tail_of(t, &names);
  Str rest = text_slice(t, tail, names.end[last]);
  size_t name_end = k == last ? tail : names.end[k];
  const Mention *m = whose(c, names.begin[k], name_end);
  rule_add(rules, "list.respectively");
  if (m) {
    f->subject = m->subject;
    f->region = division_chain(c->a, m->division);
    return;
  }
  f->indicator = str_cat(c->a, text_slice(t, names.begin[k], name_end), rest);
}
