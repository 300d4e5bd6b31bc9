// What a phrase that says little alone belongs to: the clause before it.
#include "phrase.h"

// A clause that ends on its verb is about what stands before it:
// 联合会全部建齐.
static Range ends_on_verb(const Text *t, Range r) {
  size_t v = last_verb(t, r);
  if (v == SIZE_MAX || v <= r.begin + 2 ||
      v + lex_at(t, v, VERBAL, NULL) < r.end)
    return r;
  r.end = v;
  r = trim_tail(t, r);
  for (size_t i = r.end; i-- > r.begin + 1;)
    if (text_any(t, i, "及 和 与") && i + 5 <= r.end &&
        !text_any(t, i, "和谐 及时 与会")) {
      r.begin = i + 1;
      break;
    }
  return r;
}

// 文化宫(两级工会共建,投入50万元): what the bracket speaks of stands before it.
static Range before_bracket(const Context *c) {
  const Text *t = c->t;
  size_t i = c->clause.begin;
  while (i > c->clause.sentence && (t->inside[i - 1] & INSIDE_BRACKET))
    i--;
  Range r = {i ? i - 1 : 0, i ? i - 1 : 0};
  while (r.begin > c->clause.sentence && t->kind[r.begin - 1] != CH_LIST &&
         !text_breaks(t, r.begin - 1))
    r.begin--;
  return r;
}

Range topic_noun(const Context *c) {
  const Text *t = c->t;
  if (t->inside[c->clause.begin] & INSIDE_BRACKET)
    return before_bracket(c);
  size_t from = clause_before(t, c->clause.begin, c->clause.sentence);
  Range r = {0, 0};
  if (from == SIZE_MAX)
    return r;
  r = (Range){from, c->clause.begin - 1};
  for (size_t k = c->i; k-- > 0;) {
    const Number *m = &c->numbers->data[k];
    if (m->end <= from)
      break;
    if (!m->refused && m->end <= r.end) {
      Context before_it = *c;
      before_it.i = k;
      Behind b = noun_behind(&before_it);
      r = len_of(trim_noun(t, b.noun)) >= 2 ? trim_noun(t, b.noun)
                                            : (Range){from, m->begin};
    }
  }
  r = ends_on_verb(t, trim_tail(t, trim_head(c, r)));
  size_t v = last_verb(t, r);
  if (v != SIZE_MAX &&
      !(noun_like(t, v, lex_at(t, v, VERBAL, NULL)) && v + 2 >= r.end)) {
    size_t n = lex_at(t, v, VERBAL, NULL);
    r.begin = v + n <= r.end ? v + n : r.end;
  }
  for (size_t i = r.end; i-- > r.begin;)
    if (text_any(t, i, "的 、") && !(t->inside[i] & INSIDE_QUOTE)) {
      r.begin = i + 1;
      break;
    }
  return r;
}

// 覆盖职工, 参赛, 成功率 say little alone.
void indicator_context(const Context *c, bool behind_noun, Figure *f,
                       Buf *rules) {
  Text t = {0};
  static const char *const weak_words[] = {
      "覆盖",   "惠及",   "参赛",   "参与",   "参加",   "受益", "成功率",
      "满意率", "合格率", "总投资", "有效率", "优良率", "产量", "总产",
      "单产",   "服务",   "接待",   "投入",   "吸引",   "带动", "涉及"};
  bool maybe = false;
  for (size_t i = 0; i < sizeof weak_words / sizeof *weak_words; i++)
    maybe |= f->indicator.len >= 6 && // two characters, then the rest
             memcmp(f->indicator.data, weak_words[i], 6) == 0 &&
             str_starts(f->indicator, str_of(weak_words[i]));
  if (!maybe || f->indicator.len > 30)
    return;
  text_load(c->a, &t, f->indicator);
  bool weak = text_any(&t, 0,
                       "覆盖 惠及 参赛 参与 参加 受益 成功率 满意率 合格率 "
                       "总投资 有效率 优良率") > 0;
  bool alone = t.n <= 2 && text_any(&t, 0,
                                    "服务 接待 投入 累计服务 吸引 带动 带货 "
                                    "涉及 涉案 产量 总产 单产") > 0;
  alone |= t.n == 4 && text_any(&t, 0, "投入资金 完成投资") > 0;
  if (t.n > 6 && text_any(&t, 0, "参加 参与"))
    return; // 参加失业保险人数
  if ((!weak && !alone) || (behind_noun && !text_is(&t, 0, "参赛")))
    return;
  if (text_any(&t, 0, "覆盖率 覆盖面 参与率 参与度 参与者 参加者"))
    return;
  Range r = topic_noun(c);
  while (len_of(r) && sign(c->t, r.begin))
    r.begin++;
  if (text_any(&t, 0, "参赛 参与 参加") &&
      text_any_before(c->t, r.end,
                      "单位 企业 公司 集团 工会 职工 人员 选手 队 班组"))
    return; // who takes part is not what in
  r.end -= text_any_before(c->t, r.end, "喜获丰收 丰收");
  if (len_of(r) > 2 && str_ends(text_slice(c->t, r.begin, r.end), f->indicator))
    r.end -= t.n; // 早稻产量增加，产量…
  bool told = c->t->inside[c->clause.begin] & INSIDE_BRACKET;
  if (len_of(r) > (told ? 14 : 8)) {
    size_t word = lex_before(c->t, r.end, W_NOUN, NULL);
    size_t keep = text_is(c->t, r.end - 1, "”") ? 8 : 4;
    if (cuts_word(c->t, r.end - keep) && word < keep)
      return; // 技能竞|赛相结合
    r.begin = r.end - (word > keep ? word : keep);
  }
  if (len_of(r) < 2 || str_has(f->indicator, text_slice(c->t, r.begin, r.end)))
    return;
  f->indicator = str_cat(c->a, text_slice(c->t, r.begin, r.end), f->indicator);
  rule_add(rules, "indicator.context");
}

// 公款吃喝最突出,达到46起: what the clause before puts first.
Range foremost(const Context *c) {
  const Text *t = c->t;
  Range r = {0, 0};
  size_t from = clause_before(t, c->clause.begin, c->clause.sentence);
  size_t end = c->clause.begin ? c->clause.begin - 1 : 0;
  size_t most = text_any_before(
      t, end, "最为突出 最突出 尤为突出 较为突出 最为集中 最集中 居首 居首位");
  if (from == SIZE_MAX || !most)
    return r;
  for (size_t k = c->i; k-- > 0 && c->numbers->data[k].end > from;)
    if (c->numbers->data[k].begin < end)
      return r;
  r = trim_noun(t, trim_head(c, (Range){from, end - most}));

  return len_of(r) >= 2 ? r : (Range){0, 0};
}

// 在去年45家的基础上，又增加5家，累计签订协议50家: what the last of them
// counts, in the same sentence and unit.
Range told_ahead(const Context *c) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  Range none = {0, 0};
  if (!text_any(t, n->end, "的基础上 基础上") || !n->unit_name)
    return none;
  for (size_t k = c->i + 1; k < c->numbers->len && k < c->i + 4; k++) {
    const Number *m = &c->numbers->data[k];
    if (m->refused || !m->unit_name || strcmp(m->unit_name, n->unit_name) != 0)
      continue;
    Context next = *c;
    next.i = k;
    next.clause = clause_of(t, m);
    if (next.clause.sentence != c->clause.sentence)
      return none;
    Before b = phrase_before(&next, next.clause.begin);
    size_t sum = text_any(t, b.left.begin, "累计 共 总共");
    b.left.begin += sum;
    if (len_of(b.left) >= 4)
      return b.left;
  }
  return none;
}

// 网络纠纷增长较快，由3件增加到9件: what the clause before says to move.
Range moving(const Context *c) {
  const Text *t = c->t;
  Range r = {0, 0};
  size_t from = clause_before(t, c->clause.begin, c->clause.sentence);
  size_t end = c->clause.begin ? c->clause.begin - 1 : 0;
  size_t how =
      text_any_before(t, end, "较快 较大 明显 显著 迅速 平稳 加快 放缓 快速");
  size_t verb = text_any_before(t, end - how,
                                "增长 上升 下降 减少 增加 提高 提升 "
                                "回升 回落 增多");
  if (verb && !how) // 犯罪人数继续增多，共119人
    how = text_any_before(t, end - verb,
                          "也是逐年 也是逐月 也逐年 也逐月 继续 持续 不断 逐年 "
                          "逐月 有所 明显 大幅 略有 稳步");
  bool number = text_any_before(t, end - verb, "数 数量 总量 总额 产量 面积");
  if (from == SIZE_MAX || !verb || !(how || number))
    return r;
  for (size_t k = c->i; k-- > 0 && c->numbers->data[k].end > from;)
    if (c->numbers->data[k].begin < end)
      return r;
  r = trim_noun(t, trim_head(c, (Range){from, end - how - verb}));
  return len_of(r) >= 2 ? r : (Range){0, 0};
}
