// Parts of a whole that grew, told without what of them did: 固定资产投资增长
// 5.8%。分产业看，第一产业增长9.1%; 采矿业增加值增长4%，制造业增长5%.
#include "phrase.h"

#define QUANTITY                                                                                           \
  "增加值 总产值 产值 零售总额 零售额 投资 产量 总额 收入 支出 利润 销售额 " \
  "进出口 出口 进口 用电量 投资额"
// What has such a quantity and is none.
#define BRANCH                                                                                              \
  "产业 制造业 采矿业 供应业 服务业 建筑业 工业 业 企业 城镇 乡村 农村 地区 " \
  "区域 门类"

static bool moved(const Figure *f) {
  return str_ends(f->measure, STR("-by")) &&
         (str_is(f->unit, "%") || str_is(f->unit, "倍"));
}

// The figure k numbers back that was made, and whether it stands in this
// sentence.
static const Number *made_number(const Context *c, size_t back) {
  size_t at = c->i;
  for (size_t k = 0; k <= back; k++) {
    if (!at)
      return NULL;
    for (at--; at && c->numbers->data[at].refused; at--)
      ;
    if (c->numbers->data[at].refused)
      return NULL;
  }
  return &c->numbers->data[at];
}

static Str tail_of(Arena *a, Str indicator) {
  Text t = {0};
  text_load(a, &t, indicator);
  size_t n = text_any_before(&t, t.n, QUANTITY);
  return n && n < t.n ? text_slice(&t, t.n - n, t.n) : STR("");
}

// 分产业看, 按经营地分, 从产品产量看 at the head of the sentence: where it
// ends, 0 if it has none.
static size_t view_end(const Context *c) {
  const Text *t = c->t;
  size_t i = c->clause.sentence;
  if (!text_any(t, i, "分 按 从"))
    return 0;
  for (size_t k = i + 2; k < i + 12 && k < t->n; k++)
    if (text_breaks(t, k))
      return text_any_before(t, k, "看 分") ? k : 0;
  return 0;
}

// Whether a branch before it in this sentence took its quantity from the
// sentence before.
static bool branched(const Context *c) {
  for (size_t k = 0; k < 6 && k < c->n_made; k++) {
    const Number *n = made_number(c, k);
    if (!n || n->begin < c->clause.sentence)
      return false;
    if (str_has(c->made[c->n_made - 1 - k]->rule, STR("indicator.branch")))
      return true;
  }
  return false;
}

static Str quantity_before(const Context *c) {
  bool of_whole = view_end(c) && branched(c);
  for (size_t k = 0; !of_whole && k < 6 && k < c->n_made; k++) {
    const Figure *m = c->made[c->n_made - 1 - k];
    const Number *n = made_number(c, k);
    if (!n || n->begin < c->clause.sentence)
      break;
    Str tail = moved(m) && !str_has(m->rule, STR("indicator.branch"))
                   ? tail_of(c->a, m->indicator)
                   : STR("");
    if (tail.len)
      return tail;
  }
  size_t view = view_end(c);
  if (!view)
    return STR("");
  Str own = tail_of(c->a, text_slice(c->t, c->clause.sentence, view - 1));
  if (own.len)
    return own;
  for (size_t k = 0; k < 8 && k < c->n_made; k++) {
    const Figure *m = c->made[c->n_made - 1 - k];
    const Number *n = made_number(c, k);
    if (!n)
      break;
    if (n->begin >= c->clause.sentence)
      continue;
    return m->indicator.len <= 36 ? m->indicator : STR("");
  }
  return STR("");
}

// The indicator with the quantity that its branch shares with what was told
// before.
Str with_quantity(const Context *c, Figure *f, Buf *rules) {
  Text own = {0};
  const Text *t = c->t;
  if (!moved(f) || f->indicator.len < 6 || f->indicator.len > 60)
    return f->indicator;
  text_load(c->a, &own, f->indicator);
  bool product = view_end(c) && text_any_before(t, view_end(c), "产量看");
  if (text_any_before(&own, own.n, QUANTITY) ||
      !(product || text_any_before(&own, own.n, BRANCH)))
    return f->indicator;
  Str quantity = quantity_before(c);
  if (!quantity.len || str_has(f->indicator, quantity))
    return f->indicator;
  rule_add(rules, "indicator.branch");
  return str_cat(c->a, f->indicator, quantity);
}
