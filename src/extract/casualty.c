// Who came to harm in what: 发生重大事故20起，死亡255人 are 重大事故死亡.
#include "phrase.h"

#define HARM                                                                   \
  "死亡和下落不明 死亡和失踪 死亡失踪 死亡 受伤 失踪 重伤 轻伤 下落不明"

// The figure of accidents that was made last in this sentence, or NULL.
static const Figure *accidents(const Context *c) {
  size_t at = c->i;
  for (size_t k = c->n_made; k-- > 0 && k + 8 > c->n_made;) {
    while (at && c->numbers->data[--at].refused)
      ;
    if (c->numbers->data[at].begin < c->clause.sentence)
      return NULL;
    const Figure *f = c->made[k];
    if (str_is(f->unit, "起") && str_is(f->measure, "level"))
      return f;
  }
  return NULL;
}

static bool of_all(const Text *t) {
  size_t i = text_any(t, 0, "共 全部 全市 全国");
  if (text_any(t, i, "各类"))
    return true;
  i += text_any(t, i, "生产安全 安全生产 伤亡 安全");
  return i + text_any(t, i, "事故 起数") == t->n;
}

Str indicator_casualty(const Context *c) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  size_t i = number_floor(c);
  if (!n->unit || n->unit->kind != U_PERSON)
    return STR_NONE;
  while (i < n->begin && (t->kind[i] == CH_LIST || t->kind[i] == CH_SPACE))
    i++;
  i += text_any(t, i, "共造成 造成 致 共");
  size_t harm = text_any(t, i, HARM);
  if (!harm || i + harm != n->begin)
    return STR_NONE;
  Str word = text_slice(t, i, i + harm);
  const Figure *f = accidents(c);
  if (!f)
    return STR_NONE;
  size_t at = str_find(f->indicator, STR("发生"), 0);
  Str kind = at == SIZE_MAX
                 ? f->indicator
                 : str_cat(c->a, str_slice(f->indicator, 0, at),
                           str_slice(f->indicator, at + 6, f->indicator.len));
  Text own = {0};
  text_load(c->a, &own, kind);
  if (!own.n || own.n > 16 || of_all(&own))
    return word;
  return str_cat(c->a, kind, word);
}
