// Of several things some: 28个单位中25个零事故; and things of which a quantity
// is told: 21个行业产值双增长.
#include "phrase.h"

enum { DEED = 24, NAME = 16 };

// Where the name of the whole ends before the number, SIZE_MAX if it is no part
// of one: …单位中|有25个.
static size_t whole_before(const Context *c) {
  const Text *t = c->t;
  size_t i = c->numbers->data[c->i].begin;
  i -= text_any_before(t, i, "已有 仅有 只有 共有 有 仍有 还有");
  i -= text_any_before(t, i, ",");
  return i && among_at(t, i - 1) ? i - 1 : SIZE_MAX;
}

// 事故起数和死亡人数双下降|的单位.
Str indicator_among(const Context *c) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  const Number *m = c->i ? n - 1 : NULL;
  size_t skip, to = m && !m->refused ? whole_before(c) : SIZE_MAX;
  if (to == SIZE_MAX || m->end >= to || to - m->end > NAME || !m->unit ||
      !n->unit || strcmp(m->unit_name, n->unit_name) != 0 ||
      m->begin < c->clause.sentence || next_number(c, &skip) != SIZE_MAX)
    return STR_NONE;
  Range does = {n->end, c->clause.end}, whole = {m->end, to};
  for (size_t k; does.begin < does.end &&
                 (k = lex_at(t, does.begin, W_ADVERB | W_TIME, NULL));)
    does.begin += k;
  bool acts = last_verb(t, does) != SIZE_MAX;
  if (!acts || len_of(does) < 3 || len_of(does) > DEED || len_of(whole) < 2)
    return STR_NONE;
  return str_fmt(c->a, "%.*s的%.*s",
                 STR_ARG(text_slice(t, does.begin, does.end)),
                 STR_ARG(text_slice(t, whole.begin, whole.end)));
}

// 21个行业|产值双增长: where the quantity begins that the things behind the
// number are told to have, SIZE_MAX if none.
size_t quantity_of_them(const Text *t, Range noun, size_t behind) {
  static const char *const quantities =
      "规模工业增加值 规模以上工业增加值 工业增加值 增加值 总产值 产值 "
      "营业收入 利润总额 事故起数 死亡人数 用电量 销售额 零售额 产量";
  size_t i = behind;
  for (size_t k; (k = lex_at(t, i, W_ADVERB | W_TIME, NULL));)
    i += k;
  if (!lex_at(t, i, W_CHANGE, NULL))
    return SIZE_MAX;
  size_t at = text_find(t, noun.begin + 2, noun.end, quantities);
  return at;
}
