// The phrase before a number: where it begins, and what it says.
#include "phrase.h"

// 为3680名职工追回欠薪5321万元: the noun that belongs to the number before.
static size_t noun_after(const Context *c, size_t k) {
  const Text *t = c->t;
  size_t i = c->numbers->data[k].end, from = i;
  size_t end = c->numbers->data[c->i].begin;
  if (i >= end || t->kind[i] != CH_HAN || text_any(t, i, "和 及 与 以及") ||
      c->numbers->data[k].per)
    return 0;
  while (i < end && !ends_noun(t, i)) {
    if (t->kind[i] == CH_OPEN && t->pair[i] > i && t->pair[i] < end) {
      i = t->pair[i] + 1; // 26个省(区、市)签订…
      continue;
    }
    if (t->kind[i] == CH_LIST && joins_nouns(t, from, i, end)) {
      i++;
      continue;
    }
    if (t->kind[i] == CH_LIST || text_breaks(t, i))
      return 0;
    size_t noun = lex_at(t, i, W_NOUN, NULL);
    i += noun ? noun : 1;
  }
  if (i < end && among_at(t, i)) // 从63名候选人中评出
    return text_any_before(t, c->numbers->data[k].begin, "从 在") ? i + 1 - from
                                                                  : 0;
  size_t has = quantity_of_them(t, (Range){from, i}, i);
  if (has != SIZE_MAX)
    return has - from;
  return i < end ? i - from : 0;
}

// 31个|大城市城镇调查失业率为6.1%: the rate is theirs, and goes by their name.
static bool rate_of_them(const Context *c, size_t k) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  size_t from = c->numbers->data[k].end;
  size_t to = n->begin - text_any_before(t, n->begin, "为 达 达到 是");
  if (!n->unit || n->unit->kind != U_RATIO || to == n->begin || to < from + 4 ||
      !text_any_before(t, to, "率"))
    return false;
  for (size_t i = from; i < to; i++)
    if (t->kind[i] == CH_LIST || text_breaks(t, i))
      return false;
  return true;
}

// 85个|续建项目累计完成投资1023亿元: the investment goes by the projects' name.
static bool spent_on_them(const Context *c, size_t k) {
  const Text *t = c->t;
  size_t from = c->numbers->data[k].end;
  size_t to = c->numbers->data[c->i].begin;
  for (size_t i = from; i < to; i++) {
    if (t->kind[i] == CH_LIST || text_breaks(t, i))
      return false;
    size_t n = text_any(t, i, "项目 工程");
    if (!n)
      continue;
    i += n + text_any(t, i + n, "累计 共 已累计 已");
    return text_any(t, i, "完成投资 总投资 投资 开工 竣工 投产 完工 建成") > 0;
  }
  return false;
}

size_t number_floor(const Context *c) {
  const Text *t = c->t;
  size_t floor = c->clause.begin;
  const Number *n = &c->numbers->data[c->i];
  size_t begin = n->begin;
  for (size_t k = c->i; k-- > 0;) {
    const Number *m = &c->numbers->data[k];
    if (m->end <= floor)
      break;
    if ((t->inside[m->begin] & INSIDE_BRACKET) &&
        !(t->inside[n->begin] & INSIDE_BRACKET))
      continue;
    if (m->end == begin && !m->refused)
      begin = m->begin; // 36户38名: one phrase before both
    else if ((!m->refused || m->per) && m->end <= begin)
      return m->end +
             (rate_of_them(c, k) || spent_on_them(c, k) ? 0 : noun_after(c, k));
  }
  return floor;
}

// Where the phrase before the number ends: before the numbers it stands beside
// and before the 由…  of a from–to.
static size_t phrase_end(const Context *c, size_t floor) {
  size_t end = c->numbers->data[c->i].begin;
  for (size_t k = c->i; k-- > 0;) {
    const Number *m = &c->numbers->data[k];
    if (m->begin < floor)
      break;
    if (c->t->inside[m->begin] & INSIDE_TIME)
      continue; // 由2021年的1216件增加到2023年的…
    if (m->end == end && !m->refused) {
      end = m->begin;
    } else if (m->used && end - behind_note(c->t, m) <= 16) {
      size_t mark = text_rfind(c->t, floor, m->begin, "由 从");
      return mark == SIZE_MAX ? end : mark;
    } else {
      break;
    }
  }
  return end;
}

// 完成省里下达的28家驿站建设任务: the deed is the verb before the clause that
// ends on 的.
static Range main_deed(const Text *t, Range left, size_t floor, size_t end) {
  size_t of = last_verb(t, left);
  if (!text_any_before(t, end, "的") || of == SIZE_MAX ||
      of + lex_at(t, of, VERBAL, NULL) + 1 != end)
    return left;
  if (text_any_before(t, of, "受 获 被"))
    return (Range){of - 1, left.end}; // 为受表彰的40人
  size_t v = last_verb(t, (Range){floor, of});
  if (v != SIZE_MAX && text_any_before(t, v, "被 受到 受 获"))
    return (Range){v, left.end}; // 被给予处分的50人
  size_t n = v == SIZE_MAX ? 0 : lex_at(t, v, W_VERB, NULL);
  for (size_t k = v + n; n && k < of; k++)
    if (t->kind[k] == CH_LIST || text_breaks(t, k))
      return left;
  return n >= 2 ? (Range){v, v + n} : left;
}

// 收案数在全省90个法院中|均位居第8: where what is ranked ends, SIZE_MAX where
// no such scope stands before the number.
static size_t ranked_end(const Context *c) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  size_t at =
      n->rank ? text_rfind(t, c->clause.begin, n->begin, "在") : SIZE_MAX;
  for (size_t i = at; at != SIZE_MAX && i < n->begin; i++)
    if (among_at(t, i))
      return at;
  return SIZE_MAX;
}

// 结对医生进校|开展健康讲座: without who came to do it.
static Range last_deed(const Text *t, Range left) {
  size_t came = text_rfind(t, left.begin, left.end,
                           "进校 进企 进村 下乡 入户 上门 进厂 进社区 进校园 "
                           "进企业 进车间 走基层");
  size_t v = came != SIZE_MAX && came >= left.begin + 2 ? last_verb(t, left)
                                                        : SIZE_MAX;
  size_t n = v == SIZE_MAX ? 0 : text_any(t, v, "开展 举办 举行 召开");
  return n && v > came && v <= came + 3 && v + n + 2 <= left.end
             ? (Range){v, left.end}
             : left;
}

// The phrase before the number without what it is compared with.
static Range without_base(const Context *c, Range left, bool changed) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  size_t against = text_find(t, left.begin, n->begin, "相比 相较");
  if (against != SIZE_MAX && text_any(t, left.begin, "与 和 同 跟"))
    left.begin = against + 2 < left.end ? against + 2 : left.end;
  size_t than =
      changed ? text_rfind(t, left.begin, left.end, "比 较") : SIZE_MAX;
  if (than != SIZE_MAX && than > left.begin + 1 &&
      !text_any(t, than, "比例 比重 比率") &&
      !text_any_before(t, than + 1, "占比 同比 环比 对比 收入比"))
    left.end = than;
  if (text_any(t, left.begin, "比 较") &&
      !text_any(t, left.begin,
                "比例 比重 比赛 比值 较大 较高 较好 较快 较重 较低 较小 较轻"))
    left.begin = left.end; // 比年初减少: the base, not what is measured
  size_t compared = comparison_of(c, left.begin);
  if (compared < left.end)
    left.end = compared; // 增速|高于全国2个百分点
  if ((text_is(t, left.begin, "在") && text_any_before(t, left.end, "中 中位")))
    left.end = left.begin; // 在全国各省中位列第一
  return left;
}

// 活动|包括体检、参观等13个项目: what has them.
static Range made_of(const Context *c, Range r) {
  enum { NAME = 10 };
  size_t at = len_of(r) > 2
                  ? text_find(c->t, r.begin + 2, r.end, "包括 涵盖 包含 分为")
                  : SIZE_MAX;
  Range none = {r.begin, r.begin};
  if (at == SIZE_MAX)
    return none;
  r = trim_head(c, (Range){r.begin, at});
  size_t v = last_verb(c->t, r);
  bool noun =
      v == SIZE_MAX ||
      (v == r.begin && noun_like(c->t, v, lex_at(c->t, v, VERBAL, NULL)));
  return noun && len_of(r) >= 2 && len_of(r) <= NAME ? r : none;
}

// 市运输协会及|5家企业: another body that does the same.
static bool beside_body(const Text *t, size_t i) {
  size_t n = text_any_before(t, i, "以及 及 和 与");
  return n && text_any_before(t, i - n,
                              "协会 商会 学会 工会 公司 集团 局 厅 委 政府 "
                              "中心 学校 医院");
}

// 设焊工、钳工、电工|3个项目: as many names as the number says.
static bool named_all(const Context *c, size_t floor, size_t end) {
  const Number *n = &c->numbers->data[c->i];
  int64_t names = 1;
  if (!n->unit || n->unit->kind != U_COUNT || n->value.e != 0 || !n->has_value)
    return false;
  for (size_t i = floor; i < end; i++)
    names += (c->t->kind[i] == CH_LIST && !c->t->inside[i]) ||
             text_any(c->t, i, "和 及") > 0;
  return names >= 2 && names == n->value.m;
}

Before phrase_before(const Context *c, size_t floor) {
  const Text *t = c->t;
  size_t i = phrase_end(c, floor);
  size_t ranked = ranked_end(c);
  if (ranked != SIZE_MAX && ranked > c->clause.begin) {
    i = ranked;
    floor = c->clause.begin;
  }
  Before b = {.left = {floor, i}};
  i -= text_any_before(t, i, "近 约 超过 逾 超 不足 大约");
  if (text_is(t, i, "半") && text_any_before(t, i, "过"))
    b.left.end = --i; // 减少过半
  b.newly = text_any_before(t, i, "新增 净增") > 0 &&
            text_rfind(t, floor, i, "比 较") == SIZE_MAX;
  b.among = text_any_before(t, i, "等") > 0 || named_all(c, floor, i);
  b.whole = made_of(c, (Range){floor, b.among ? i : floor});
  if (beside_body(t, i))
    b.left.end = b.left.begin;
  b.changed = lex_before(t, i, W_CHANGE, NULL) > 0;
  size_t prep =
      text_any_before(t, i,
                      "面向 围绕 联合 依托 针对 帮助 为 向 对 在 给 以 "
                      "从 与 将 由 让 使");
  size_t value = lex_before(t, i, W_VALUE | W_VERB | W_CHANGE, NULL);
  if (text_any_before(t, i, "已为 还为 共为 已向 还向 已对"))
    value = 0; // 已为86名采摘工代签协议
  const Number *n = &c->numbers->data[c->i];
  bool followed = n->end < t->n &&
                  (t->kind[n->end] == CH_HAN || t->kind[n->end] == CH_QUOTE);
  if (prep && prep <= i - floor && value <= prep && followed) {
    b.prep = true;
    b.left.end = i - prep;
  }
  if (text_any_before(t, i, "在全国 在全省 在全市 在全县 在全区 在全州")) {
    b.prep = true; // 在全国300个法院中
    b.left.end = b.left.begin;
  }
  size_t rank = n->rank ? text_rfind(t, floor, b.left.end,
                                     "位居 居 位列 列 排名 排 名列 跃居")
                        : SIZE_MAX;
  if (rank != SIZE_MAX) // 位居: the longer word
    b.left.end = rank - (text_any_before(t, rank, "位 名 稳 跃 升 仍") &&
                         text_any(t, rank, "居 列") &&
                         !text_any_before(t, rank, "地位 单位 岗位"));
  b.left = trim_tail(t, trim_head(c, b.left));
  if (b.changed && len_of(b.left) == text_any(t, b.left.begin, "春运 暑运"))
    b.left.begin = b.left.end; // 春运同比增加: when, not what
  b.left = without_base(c, b.left, b.changed);
  if (len_of(b.left) && // 亩均增收300元
      text_any(t, b.left.begin, "亩均 户均 人均") == len_of(b.left) &&
      text_any_before(t, i, "增收 增产 节支 减负"))
    b.left.end = i;
  b.left = trim_head(c, shorten(t, b.left));
  b.left = last_deed(t, b.left);
  b.left = main_deed(t, b.left, floor, i);
  size_t v = last_verb(t, b.left);
  if (v != SIZE_MAX) {
    b.verb = (Range){verb_chain(t, b.left.begin, v), b.left.end};
  }
  return b;
}
