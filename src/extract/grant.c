// Money that is given: what it is called after is whom it goes to.
// 对每座驿站给予2万元补助 → 每座驿站补助.
#include "phrase.h"

#define GIVING    "一次性给予 分别给予 给予 予以"
#define REWARDING "一次性补助 一次性奖励 补助 补贴 奖励 资助"

// Whom 对X stands for, before the giving verb that ends at `end`; empty if it
// is not said.
static Range receiver(const Text *t, size_t floor, size_t end) {
  enum { MOST = 24 };
  size_t at = text_rfind(t, floor, end, "对");
  if (at == SIZE_MAX || end - at > MOST ||
      text_any(t, at, "对于 对应 对口 对象 对接") ||
      text_any_before(t, at + 1, "针对 面对 相对 绝对 核对"))
    return (Range){end, end};
  Range r = trim_noun(t, (Range){at + 1, end});
  while (r.end > r.begin && text_any_before(t, r.end, "还 也 再 均 各 可 将"))
    r.end--;
  return r;
}

Str indicator_grant(const Context *c, size_t floor, Behind b) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  if (!n->unit || n->unit->kind != U_MONEY)
    return STR_NONE;
  size_t end = n->begin - text_any_before(t, n->begin, "最高 不超过 近 约");
  size_t giving = text_any_before(t, end, GIVING);
  size_t rewarding = text_any_before(t, end, REWARDING);
  Range what = {end - rewarding, end};
  if (giving)
    what = trim_noun(t, b.noun);
  else if (!rewarding)
    return STR_NONE;
  Range whom = receiver(t, floor, end - giving - rewarding);
  if (len_of(whom) < 2 || len_of(what) < 2)
    return STR_NONE;
  return str_cat(c->a, text_slice(t, whom.begin, whom.end),
                 text_slice(t, what.begin, what.end));
}
