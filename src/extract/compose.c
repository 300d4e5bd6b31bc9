// What is measured, put together from the phrase before the number and what
// stands behind it.
#include "phrase.h"

// Words that lead to a number and mean nothing without it: 共|500人, 超|万人次.
static bool drop_lead(Buf *out) {
  static const char *const leads[] = {"超过", "突破", "达到", "共计",
                                      "合计", "共",   "超",   "逾",
                                      "近",   "约",   "达",   "计"};
  Str s = buf_str(out);
  for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
    if (str_ends(s, str_of(leads[i])) && !str_ends(s, STR("公共")) &&
        !str_ends(s, STR("统计")) && !str_ends(s, STR("设计")) &&
        !str_ends(s, STR("附近"))) {
      out->len -= strlen(leads[i]);
      return true;
    }
  return false;
}

void put_range(const Context *c, Buf *out, Range r) {
  size_t i = r.begin;
  for (size_t k = c->i; k < c->numbers->len && i < r.end; k++) {
    const Number *n = &c->numbers->data[k];
    if (n->begin < i || (n->refused && !n->used))
      continue;
    if (n->begin >= r.end)
      break;
    buf_add(out, text_slice(c->t, i, n->begin));
    bool led = drop_lead(out);
    i = n->end + (led && text_is(c->t, n->end, "的"));
  }
  if (i < r.end)
    buf_add(out, text_slice(c->t, i, r.end));
}

Range trim_verb(const Text *t, Range r) {
  while (r.begin < r.end) {
    size_t n = lex_at(t, r.begin, W_ADVERB, NULL);
    if (n && (lex_at(t, r.begin, W_VERB | W_NOUN, NULL) > n ||
              text_any(t, r.begin, "不 未 没")))
      n = 0; // 共建; 不起诉
    size_t light = lex_at(t, r.begin, W_LIGHT, NULL);
    if (light && r.begin + light + 2 <= r.end &&
        !text_is(t, r.begin + light, "了") &&
        lex_at(t, r.begin, W_VERB, NULL) <= light)
      n = light;
    if (!n)
      break;
    r.begin += n;
  }
  if (r.end > r.begin + LONG) {
    size_t joint = text_rfind(t, r.begin + 4, r.begin + LONG, "以及 、");
    r.end = joint == SIZE_MAX ? r.begin + LONG : joint;
  }
  return trim_noun(t, r);
}

static bool weak_verb(const Text *t, Range v) {
  return len_of(v) == 0 ||
         text_any(
             t, v.begin,
             "聘任 推荐 推动 组织 帮助 发动 动员 引导 吸引 带动 支持 促进 助力 "
             "为 让 使 鼓励 指导 实现 推进 有") > 0;
}

// N + V: 职工参赛 → 参赛职工; 职工入选… → 入选…的职工.
static Str turned(const Context *c, Behind b) {
  Buf out = buf_new(c->a);
  Range verb = trim_verb(c->t, b.verb);
  if (len_of(verb) <= 2 && text_any_before(c->t, verb.begin, "完成"))
    verb.begin -= 2; // 完成学业
  put_range(c, &out, verb);
  if (len_of(verb) > 2 && out.len)
    buf_add(&out, STR("的"));
  put_range(c, &out, trim_noun(c->t, b.noun));
  return buf_str(&out);
}

// N1的N2 behind a verb: 完成14个市州的蹲点工作 → 完成蹲点工作的市州.
static bool split_of(const Context *c, Range noun, Range verb, Buf *out) {
  const Text *t = c->t;
  if (!len_of(verb))
    return false;
  for (size_t i = noun.begin + 1; i + 2 < noun.end; i++) {
    if (!text_is(t, i, "的") || (t->inside[i] & INSIDE_QUOTE))
      continue;
    if (text_any(t, noun.begin, "不同 各类 各种 此类 类似 新 小 大 有") ||
        text_any(t, noun.begin, "具有 拥有 符合 不属 不符 未") ||
        text_any_before(t, i, "类型 性 型 式 级 类 样 种 规模 方面 领域") ||
        text_any(t, noun.begin, "违反 违犯 涉及 涉嫌 有关 关于"))
      return false; // 531家不同类型的企业, 6起违反规定的问题
    put_range(c, out, verb);
    put_range(c, out, (Range){i + 1, noun.end});
    buf_add(out, STR("的"));
    put_range(c, out, (Range){noun.begin, i});
    return true;
  }
  return false;
}

// 94%的开工率: the rate that it is.
static Range rate_behind(const Context *c) {
  enum { REACH = 12 };
  const Text *t = c->t;
  size_t from = c->numbers->data[c->i].end + 1;
  for (size_t i = from; i < from + REACH && i < c->clause.end; i++) {
    if (t->kind[i] != CH_HAN || text_any(t, i, "的 了 是 为"))
      break;
    size_t n = text_any(t, i, "率 比例 比重 增速 增幅 占比 份额");
    if (n && i >= from + 2 - (n > 1) * 2 && !text_any(t, i, "率先 率领 率队"))
      return (Range){from, i + n};
  }
  return (Range){0, 0};
}

// Of money, measures and shares: 建筑面积达2万平方米的文化宫, 发放…价值33万元的
// 慰问品, 过半学员是女工.
static bool odd_form(const Context *c, const Before *l, const Behind *b,
                     bool verbal, Buf *out) {
  const Text *t = c->t;
  const Unit *u = c->numbers->data[c->i].unit;
  Range noun = trim_noun(t, b->noun), does = trim_verb(t, b->verb);
  if (!u)
    return false;
  bool money = u->kind == U_MONEY, share = u->kind == U_RATIO;
  Range rate = share && b->of ? rate_behind(c) : (Range){0, 0};
  if (len_of(rate)) {
    put_range(c, out, rate);
    return true;
  }
  if (b->of && len_of(l->left) >= 2 &&
      (!len_of(l->verb) || text_any(t, l->left.begin, "涉案 涉及")) &&
      !l->prep && !l->among &&
      (money || u->kind == U_PHYSICAL || u->kind == U_SPAN)) {
    put_range(c, out, noun);
    put_range(c, out, l->left);
  } else if (b->of && money &&
             text_any_before(t, l->left.end, "价值 总价值 市值")) {
    size_t v = last_verb(t, l->left);
    size_t k = v == SIZE_MAX ? 0 : lex_at(t, v, VERBAL, NULL);
    put_range(c, out, (Range){v, v + k});
    put_range(c, out, noun);
    buf_add(out, STR("价值"));
  } else if (share && len_of(does) >= 3 &&
             text_any(t, does.begin, "是 为 系")) {
    put_range(c, out, noun);
    buf_add(out, STR("中"));
    put_range(c, out, (Range){does.begin + 1, does.end});
    buf_add(out, STR("占比"));
  } else if (share && verbal && b->of) {
    buf_add(out, turned(c, *b));
    buf_add(out, STR("占比"));
  }
  return out->len > 0;
}

// 赴扬州|参加疗休养活动: what people go somewhere for, empty if they do not.
static Range going(const Context *c, Range does) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  Range none = {does.begin, does.begin};
  does.begin += text_any(t, does.begin, "即将 将 已");
  if (!n->unit || n->unit->kind != U_PERSON ||
      !text_any(t, does.begin, "赴 到 前往"))
    return none;
  for (size_t i = does.begin + 2; i + 1 < does.end; i++) {
    size_t v = verb_at(t, i, W_VERB);
    if (v >= 2 && i + v <= does.end &&
        (!noun_like(t, i, v) || i + v == does.end))
      return (Range){i, does.end};
  }
  return none;
}

Str with_noun(const Context *c, Before l, Behind b) {
  const Text *t = c->t;
  Range noun = trim_noun(t, b.noun);
  Buf out = buf_new(c->a);
  Range does = trim_verb(t, b.verb), behind = b.verb;
  bool verbal =
      len_of(does) >= 2 && !text_any(t, does.begin,
                                     "对 向 为 从 将 以 已 均 需 可 有 达 占 "
                                     "赴 于 、 ，");
  if (odd_form(c, &l, &b, verbal, &out))
    return buf_str(&out);
  if (len_of(l.whole) && !verbal) {
    put_range(c, &out, l.whole);
    put_range(c, &out, noun);
    return buf_str(&out);
  }
  bool sent = len_of(l.verb) &&
              text_any(t, l.verb.begin, "选派 派出 抽调 选送 委派") &&
              text_any(t, does.begin, "赴 到 前往");
  if (sent)
    put_range(c, &out, (Range){l.verb.begin, l.verb.begin + 2});
  else if (len_of(does) && len_of(going(c, does)))
    b.verb = going(c, does); // 到九宫山疗休养: what for
  if (sent || b.verb.begin != behind.begin)
    return str_cat(c->a, buf_str(&out), turned(c, b));
  if (verbal && (l.prep || l.among || weak_verb(t, l.verb)))
    return turned(c, b);
  size_t led = verb_at(t, l.left.begin, W_VERB);
  bool listed =
      text_find(t, l.left.begin, l.left.end, "、") != SIZE_MAX && led >= 2;
  if (l.among && listed && !noun_like(t, l.left.begin, led))
    l.verb = l.left = (Range){l.left.begin, l.left.begin + led}; // 开设…等
  else if (l.among && len_of(l.verb) > 4)
    l.verb = l.left = (Range){0, 0};
  if (l.newly)
    buf_add(&out, STR("新增"));
  Range verb = l.verb;
  // the verb right before the number says what was done with it
  if (len_of(verb) && verb.end - verb.begin > 12)
    verb.end = verb.begin;
  if (split_of(c, noun, verb, &out))
    return buf_str(&out);
  if (text_any(t, verb.begin, "组织 实现 推进 将") && len_of(verb) <= 2)
    verb.end = verb.begin;
  if (!len_of(verb) && l.changed && !l.prep)
    verb = l.left; // 试点扩大到17个省份
  put_range(c, &out, verb);
  put_range(c, &out, noun);
  return buf_str(&out);
}

// Nothing behind, a verb behind, or the phrase before alone.
Str without_noun(const Context *c, Before l, Behind b) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  Buf out = buf_new(c->a);
  Range verb = trim_noun(t, b.verb);
  bool more = len_of(verb) >= 2;
  bool person = n->unit && (n->unit->kind == U_PERSON ||
                            strcmp(n->unit_name, "人次") == 0);
  if (l.newly && !more)
    buf_add(&out, STR("新增"));
  if (more && person) {
    if (len_of(l.verb) && len_of(l.verb) <= 6)
      put_range(c, &out, l.verb);
    put_range(c, &out, trim_verb(t, verb));
    buf_add(&out, STR("人数"));
    return buf_str(&out);
  }
  bool money = n->unit && n->unit->kind == U_MONEY;
  if (more && money && len_of(l.verb) &&
      !text_any(
          t, verb.begin,
          "用于 归 供 打入 转入 汇入 存入")) { // 安排专项资金8000万元支持…
    size_t v = lex_at(t, l.verb.begin, VERBAL, NULL);
    Range object = {l.verb.begin + v, l.verb.end};
    if (!len_of(object))
      put_range(c, &out, l.verb);
    put_range(c, &out, verb);
    put_range(c, &out, object);
    return buf_str(&out);
  }
  put_range(c, &out, l.left);
  if (more && len_of(l.left) <= 4 && !(money && b.of)) // 涉案金额…的讨薪案
    put_range(c, &out, trim_verb(t, verb));
  return buf_str(&out);
}

// 占会员总数的42%
void share(const Context *c, size_t floor, Str *indicator) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  if (!n->unit || n->unit->kind != U_RATIO || !indicator->len)
    return;
  size_t at = text_rfind(t, floor, n->begin, "占");
  if (at == SIZE_MAX || text_is(t, at, "占比") || text_is(t, at, "占有率"))
    return;
  if (str_starts(*indicator, STR("占")) && c->n_made)
    *indicator = str_cat(c->a, c->made[c->n_made - 1]->indicator, *indicator);
  if (str_ends(*indicator, STR("比重")) || str_ends(*indicator, STR("占比")) ||
      str_ends(*indicator, STR("比例")))
    return;
  if (at + 2 < n->begin && str_has(*indicator, STR("占")))
    *indicator = str_cat(c->a, *indicator, STR("比重"));
  else
    *indicator = str_cat(c->a, *indicator, STR("占比"));
}
