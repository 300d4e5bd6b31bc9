// Money per person or measure: 每人补助1500元, 每公斤7.2元.
#include "phrase.h"

// 每人补助1500元, 由每人2000元提高到2500元: what each one gets.
bool each_person(const Context *c) {
  const Number *n = &c->numbers->data[c->i];
  if (!n->unit || n->unit->kind != U_MONEY)
    return false;
  size_t begin = n->begin;
  if (c->i && c->numbers->data[c->i - 1].used &&
      c->numbers->data[c->i - 1].begin + 16 > begin)
    begin = c->numbers->data[c->i - 1].begin;
  size_t from = begin > c->clause.begin + 7 ? begin - 7 : c->clause.begin;
  size_t at = text_rfind(c->t, from, begin, "每人");
  return at != SIZE_MAX && !text_any(c->t, at + 2, "每 次");
}

// Whether only a 、 or 和 stands between this number and the one before.
bool in_list(const Context *c) {
  if (!c->i)
    return false;
  size_t from = c->numbers->data[c->i - 1].end;
  size_t to = c->numbers->data[c->i].begin;
  return to > from && to - from <= 3 &&
         (c->t->kind[from] == CH_LIST || text_any(c->t, from, "和 及 与 以及"));
}

// The later prices of a list: 每公斤分别为3.2元、4.1元.
static Str shared_measure(const Context *c) {
  const Number *n = &c->numbers->data[c->i];
  Str unit = c->n_made && c->i ? c->made[c->n_made - 1]->unit : STR("");
  Str own = str_cat(c->a, str_of(n->unit_name), STR("/"));
  return in_list(c) && str_starts(unit, own)
             ? str_slice(unit, own.len, unit.len)
             : STR("");
}

// 均价每公斤7.2元, 保费每亩36元: a price.
Str each_measure(const Context *c) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  if (!n->unit || n->unit->kind != U_MONEY)
    return STR("");
  size_t i = n->begin - text_any_before(t, n->begin, "约 近 超 为 达");
  size_t len = text_any_before(t, i,
                               "每公斤 每斤 每吨 每桶 每磅 每盎司 每千克 每升 "
                               "每立方米 每平方米 每度 每千瓦时 每亩 每公顷 "
                               "每户 每餐 每支 每盒 每瓶 每株 每头 每羽");
  size_t verb =
      text_any_before(t, i, "分别 分别达 卖到 卖 售 涨到 降到 跌到 升至 降至");
  if (!len && verb && (len = text_any_before(t, i - verb, "每公斤 每斤 每吨")))
    i -= verb; // 每斤卖到12元
  verb = text_any_before(t, i, "赔付");
  if (!len && verb && (len = text_any_before(t, i - verb, "每亩 每头")))
    i -= verb; // 每亩赔付600元
  return len ? text_slice(t, i - len + 1, i) : shared_measure(c);
}

// 白菜每公斤 of 1.2元/公斤: 白菜; 学生每人补贴 of 20元/人: 学生补贴.
Str without_measure(Arena *a, const Figure *f) {
  size_t slash = str_find(f->unit, STR("/"), 0);
  size_t at =
      slash == SIZE_MAX ? SIZE_MAX : str_find(f->indicator, STR("每"), 0);
  if (at == SIZE_MAX || at < 6)
    return f->indicator;
  Str unit = str_slice(f->unit, slash + 1, f->unit.len);
  Str behind = str_slice(f->indicator, at + 3, f->indicator.len);
  if (!unit.len || !str_starts(behind, unit))
    return f->indicator;
  behind = str_slice(behind, unit.len, behind.len);
  return str_cat(a, str_slice(f->indicator, 0, at),
                 behind.len > 3 ? behind : STR("")); // 核桃每斤卖
}

// 为每户困难职工|送上1000元慰问金: to each of whom, where no unit tells it.
Str to_each(const Context *c, size_t floor) {
  enum { NAME = 10 };
  const Text *t = c->t;
  size_t n = c->numbers->data[c->i].begin;
  size_t at = text_rfind(t, floor, n, "每户 每名 每家 每位 每个 每所 每村");
  if (at == SIZE_MAX || !text_any_before(t, at, "为 给 向 对 替"))
    return STR("");
  for (size_t i = at + 2; i < n && i < at + NAME; i++)
    if (verb_at(t, i, VERBAL) >= 2)
      return i > at + 2 ? text_slice(t, at, i) : STR("");
  return STR("");
}

// 分14批次,|组织500名劳模…: what is done in so many batches, empty if nothing.
Str in_batches(const Context *c) {
  enum { FAR = 8 };
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i], *m = n + 1;
  if (!text_any_before(t, n->begin, "分 分成") ||
      !text_any(t, n->end - text_any_before(t, n->end, "批 批次 期"),
                "批 批次 期") ||
      c->i + 1 >= c->numbers->len || m->refused || m->begin > n->end + FAR)
    return STR("");
  Context next = *c;
  next.i++;
  next.clause.end = m->begin;
  while (next.clause.end < t->n && !text_breaks(t, next.clause.end))
    next.clause.end++;
  size_t from = n->end + sign(t, n->end);
  size_t v = last_verb(t, (Range){from, m->begin});
  Behind b = noun_behind(&next);
  if (v == SIZE_MAX || len_of(b.noun) < 2)
    return STR("");
  return str_fmt(c->a, "%.*s%.*s批次", STR_ARG(text_slice(t, v, m->begin)),
                 STR_ARG(text_slice(t, b.noun.begin, b.noun.end)));
}
