// The phrase before a number, cut down to what names the thing measured: words
// of time, manner and joining fall off either end.
#include "phrase.h"

size_t len_of(Range r) {
  return r.end > r.begin ? r.end - r.begin : 0;
}

// ---- words of the clause
// -------------------------------------------------------

// A verb at i that no noun hides; its length. Before 性 率 者 it is part of a
// noun.
size_t verb_at(const Text *t, size_t i, unsigned classes) {
  unsigned found = 0;
  size_t n = lex_at(t, i, classes, &found);
  if (!n || lex_at(t, i, W_NOUN, NULL) > n)
    return 0;
  if (n >= 2 && text_any(t, i + n, "性 率 式 型 者 额 量 员 化 力 度") &&
      !text_any(t, i + n, "员工 力争 力度 化解 量化 度假"))
    return 0;
  return n;
}

// 培训 服务 发展: a verb only where nothing stands before it.
bool noun_like(const Text *t, size_t i, size_t n) {
  unsigned found = 0;
  return lex_at(t, i, W_VN, &found) == n;
}

bool han_word(size_t n) {
  return n >= 2;
}

// Start of the last verb in r, or SIZE_MAX.
size_t last_verb(const Text *t, Range r) {
  size_t at = SIZE_MAX;
  for (size_t i = r.begin; i < r.end;) {
    if (t->inside[i] & (INSIDE_BRACKET | INSIDE_QUOTE | INSIDE_BOOK)) {
      i++;
      continue;
    }
    size_t noun = lex_at(t, i, W_NOUN, NULL);
    size_t n = verb_at(t, i, VERBAL | W_CHANGE);
    bool inner = n && noun_like(t, i, n) && i > r.begin &&
                 lex_before(t, i, W_ADVERB, NULL) == 0;
    if (han_word(n) && i + n <= r.end && !inner) {
      at = i;
      i += n;
    } else {
      i += noun ? noun : n ? n : 1;
    }
  }
  return at;
}

// The verbs that run on before `at` belong to it: 参与打造.
size_t verb_chain(const Text *t, size_t floor, size_t at) {
  for (;;) {
    size_t n = lex_before(t, at, W_VERB, NULL);
    if (n < 2 || at - n < floor)
      return at;
    at -= n;
  }
}

const Mention *mention_at(const Context *c, size_t i) {
  size_t lo = 0, hi = c->mentions->len;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (c->mentions->data[mid].begin < i)
      lo = mid + 1;
    else
      hi = mid;
  }
  const Mention *m = lo < c->mentions->len ? &c->mentions->data[lo] : NULL;
  return m && m->begin == i ? m : NULL;
}

// Whether a word goes on over i.
bool cuts_word(const Text *t, size_t i) {
  if (!i)
    return false;
  uint16_t word[2] = {(uint16_t)t->c[i - 1], (uint16_t)t->c[i]};
  return t->kind[i - 1] == CH_HAN && t->kind[i] == CH_HAN &&
         word_cost(word, 2) > 0;
}

// ---- trimming
// --------------------------------------------------------------------

bool sign(const Text *t, size_t i) {
  return t->kind[i] == CH_SPACE || t->kind[i] == CH_LIST ||
         t->kind[i] == CH_COMMA || t->kind[i] == CH_STOP;
}

// 全市工会|和政府筹资: who did it with them.
static size_t second_doer(const Text *t, Range r) {
  size_t also = text_any(t, r.begin, "和 与 及");
  size_t who =
      also ? text_any(t, r.begin + 1, "政府 企业 行政 党委 社会 有关部门") : 0;
  return who && r.begin + also + who < r.end ? also + who : 0;
}

// (含…), “两节期间”: the end of what stands in brackets, or of a time in
// quotes.
static size_t aside_end(const Text *t, Range r) {
  size_t i = r.begin;
  if (t->kind[i] == CH_QUOTE && (t->pair[i] <= i || t->pair[i] >= r.end))
    return i + 1; // “目前建成驿站86家，…”: somebody says it
  if (t->pair[i] <= i || t->pair[i] + 1 >= r.end)
    return i;
  bool aside = t->kind[i] == CH_OPEN ||
               (t->kind[i] == CH_QUOTE && t->inside[i + 1] & INSIDE_TIME);
  return aside ? t->pair[i] + 1 : i;
}

// 该镇今年种植, 这家企业…: a body named before; length, 0 if none.
static size_t taken_up(const Text *t, Range r) {
  size_t i = r.begin;
  size_t that = text_any(t, i, "该 这家 这座 这支 这条 这部 这所 这处 这趟");
  if (!that || r.end < i + 4)
    return 0;
  size_t its =
      text_any(t, i + that,
               "镇 乡 村 社区 街道 公司 企业 厂 校 院 局 港 矿 所 站 "
               "园区 集团 单位 平台 合作社 口岸 工会 班组 工作室 项目 馆 大桥 "
               "桥 段 店 中心 基地 景区 学校 医院 热线");
  return its ? that + its : 0;
}

// Of which levels, or which one that was told of.
static size_t levels_at(const Context *c, size_t i) {
  size_t n = text_any(c->t, i,
                      "各级工会 各级 此次 本次 这次 这起 这批 这笔 这些 那批 "
                      "那些 这项 这件 这宗 该批 该笔 该案 此案");
  return n && !mention_at(c, i) ? n : 0;
}

static size_t head_word(const Context *c, Range r) {
  const Text *t = c->t;
  size_t i = r.begin;
  if (sign(t, i) || t->c[i] == 0x2014 || (t->inside[i] & INSIDE_TIME))
    return 1;
  size_t aside = aside_end(t, r) - i;
  if (aside)
    return aside;
  size_t holds = text_any(t, i, "还包括 包括 包含");
  if (holds && i + holds + 2 <= r.end)
    return holds;
  if (levels_at(c, i))
    return levels_at(c, i);
  if (c->i && i > c->clause.begin && c->numbers->data[c->i - 1].end == i &&
      text_any(t, i, "以及 和 及 与"))
    return text_any(t, i, "以及 和 及 与");
  if (text_any(t, i, "实现 完成了") && r.end - i > 5)
    return text_any(t, i, "实现 完成了");
  if (text_any(t, i, "全镇 全乡 全村 全厂 全矿 全校 全院 全局 全厅") &&
      r.end - i > 3)
    return 2;
  size_t each = text_any(t, i,
                         "每公斤 每斤 每亩 每户 每人 每头 每支 每吨 每株 每台 "
                         "每个 每家 每架 每箱 每座 每所 每名 每位");
  if (each && i + each + 2 <= r.end)
    return each; // 每个|补助8万元
  if (text_is(t, i, "累计") &&
      (r.end - i > 4 || text_any(t, i + 2, "资金 金额 投资 捐款 里程")))
    return 0;
  if (i > c->clause.begin && second_doer(t, r))
    return second_doer(t, r);
  const Mention *m = text_any(t, i, "省级 市级 县级") ? NULL : mention_at(c, i);
  if (m && m->end <= r.end && (m->strong || m->org) && !m->line)
    return m->end - m->begin;
  size_t tells = text_any(t, i, "提出 要求 强调 明确 决定 宣布 指出");
  if (tells && i + tells < r.end &&
      (text_any(t, i + tells, "要 到") ||
       lex_at(t, i + tells, W_MODAL | W_ADVERB, NULL)))
    return tells; // 提出要努力实现
  size_t noun = lex_at(t, i, W_NOUN, NULL);
  size_t n = lex_at(t, i, W_LEAD | W_ADVERB | W_TIME | W_MODAL, NULL);
  if (n && noun <= n && !text_any(t, i, "不 未 没") &&
      lex_at(t, i, W_VERB | W_LIGHT, NULL) <= n && i + n <= r.end &&
      !text_any(t, i, "共建 共享 共同体 现有 还款 即时"))
    return n;
  size_t body = taken_up(t, r);
  if (body)
    return body;
  if (text_is(t, i, "把") && r.end - i > 2 && !text_any(t, i, "把握 把关 把脉"))
    return 1; // 把考评工种由6个扩展到15个
  if (text_any(t, i, "的 含") && r.end - i > 2 &&
      !text_any(t, i, "的士 含量 含税 含金 含氧"))
    return 1;
  if (text_is(t, i, "有") && r.end - i > 2 &&
      !text_any(t, i,
                "有关 有效 有限 有机 有色 有线 有轨 有偿 有毒 有害 有声 有氧 "
                "有罪 有案 有功 有产 有组织 有意 有望 有力 有序 有奖 有责 有证 "
                "有子女 有编"))
    return 1;
  return text_any(t, i, "以来 期间 以后 之后 的是 是 则 时 各级工会 各级");
}

Range trim_head(const Context *c, Range r) {
  for (size_t n = 1; n && r.begin < r.end;) {
    n = head_word(c, r);
    r.begin += n;
  }
  return r;
}

Range trim_tail(const Text *t, Range r) {
  size_t whole_end = r.end;
  for (size_t n = 1; n && r.begin < r.end;) {
    if (sign(t, r.end - 1)) {
      r.end--;
      continue;
    }
    n = lex_before(t, r.end, W_VALUE | W_CHANGE | W_ADVERB, NULL);
    size_t k = text_any_before(
        t, r.end,
        "超过 不足 不到 将近 接近 大约 突破 约 近 逾 超 了 的 "
        "每公斤 每斤 每吨 每桶 每磅 每盎司 每千克 每立方米 每平方米 "
        "每度 每千瓦时 报 报收 收于 "
        "每人每月 每人每年 每人 每月 每亩 每户 年均 日均 月均 "
        "却 竟 虽然 实际 名义 将 可 能 恢复到 到 至 着 率先 规模达 "
        "再 由 到如今 如今 上年 同期 上年同期 "
        "上年末 为 计");
    if (text_any_before(t, r.end, "比 较") && r.end < whole_end &&
        ((t->inside[r.end] & INSIDE_TIME) ||
         text_any(t, r.end, "上 去 年 同 前 全")))
      k = 1;
    if (k > n)
      n = k;
    if (n && !text_any_before(t, r.end, "长约 宽约 高约 深约") &&
        (lex_before(t, r.end, W_NOUN | W_VERB | W_VN, NULL) > n ||
         text_any_before(t, r.end,
                         "重报 上报 填报 举报 通报 汇报 瞒报 "
                         "产能 功能 性能 技能 节能 储能 动能 势能 电能")))
      n = 0; // 申报 is no 报
    if (!n && text_any_before(t, r.end, "完成 实现") && len_of(r) > 4)
      n = 2;
    if (n > len_of(r))
      n = len_of(r);
    if (n && text_any_before(t, r.end, "工会 不多 人均 户均 亩均"))
      n = 0;
    if (n > 1 && text_any_before(t, r.end - n + 1, "人均 户均 亩均"))
      n--; // 人均超过80克
    r.end -= n;
    while (r.end > r.begin && (t->inside[r.end - 1] & INSIDE_TIME))
      r.end--;
  }
  return r;
}

// 在…上 通过…  before the verb: drops the circumstance.
static Range drop_circumstance(const Text *t, Range r) {
  size_t way = text_rfind(t, r.begin, r.end,
                          "等形式 等方式 等途径 等渠道 等举措 的方式 的形式 "
                          "的办法 的途径 的渠道");
  if (way != SIZE_MAX && way + 5 <= r.end &&
      (!text_is(t, way, "的") ||
       text_rfind(t, r.begin, way, "通过 采取 采用 以 用 按照") != SIZE_MAX))
    r.begin = way + 3; // 公司通过上门走访的方式发放…
  size_t n = lex_at(t, r.begin, W_PREP, NULL);
  if (!n || lex_at(t, r.begin, W_VERB | W_NOUN, NULL) > n)
    return r;
  for (size_t i = r.begin + n; i < r.end; i++) {
    size_t v = verb_at(t, i, VERBAL), noun = lex_at(t, i, W_NOUN, NULL);
    if (!v && noun >= 2 && i + noun == r.end)
      return r; // 对东盟进出口
    i += !v && noun >= 2 ? noun - 1 : 0;
    bool of_it = text_any(t, r.begin, "在 于") && text_is(t, i + v, "的") &&
                 i + v + 2 < r.end; // 在东部地区就业的农民工
    if (han_word(v) && i + v <= r.end && i > r.begin + n)
      return (Range){of_it ? r.begin + n : i, r.end};
  }
  return r;
}

// 为甲公司、乙学校和丙医院患病职工|送去慰问金: who got it may be many.
static Range drop_takers(const Text *t, Range r) {
  enum { MANY = 14 };
  size_t to = text_rfind(t, r.begin, r.end, "为 向 给");
  size_t v = to == SIZE_MAX || len_of(r) <= MANY
                 ? SIZE_MAX
                 : text_rfind(t, to + 1, r.end,
                              "送去 送上 支付 发放 赠送 捐赠 捐款 兑付 退还 "
                              "返还 补发 赔付 赔偿 拨付");
  return v != SIZE_MAX && v + 4 <= r.end && !t->inside[v] ? (Range){v, r.end}
                                                          : r;
}

// Of several things done, the last: 发布…、传播法治作品.
static Range last_of_list(const Text *t, Range r) {
  if (text_is(t, r.end, "等") && !text_any(t, r.end, "等级") &&
      verb_at(t, r.begin, W_VERB) >= 2)
    return r; // 开设电焊、钳工|等7个专业
  size_t such = text_rfind(t, r.begin, r.end, "等");
  if (such != SIZE_MAX && such + 3 <= r.end &&
      !text_any_before(t, such, "平 高 中 初") &&
      han_word(verb_at(t, r.begin, VERBAL)))
    return r; // 开设修剪、挖掘机操作等班次: examples, not deeds
  for (size_t i = r.end; i-- > r.begin + 4;) {
    if (t->inside[i] & (INSIDE_BRACKET | INSIDE_QUOTE | INSIDE_BOOK))
      continue;
    if (t->kind[i] != CH_LIST || !han_word(verb_at(t, i + 1, VERBAL)))
      continue;
    size_t v = last_verb(t, (Range){r.begin, i});
    // 走私、贩卖、运输毒品: verbs that share their object stay together
    bool bare = v != SIZE_MAX &&
                v + lex_at(t, v, VERBAL | W_CHANGE, NULL) == i &&
                (v == r.begin || t->kind[v - 1] == CH_LIST ||
                 lex_before(t, v, VERBAL, NULL) >= 2);
    if (v != SIZE_MAX && !bare)
      return (Range){i + 1, r.end};
  }
  return r;
}

// 组建由劳模、教师组成的宣讲队: what it is made of falls out.
static Range drop_makeup(const Text *t, Range r) {
  for (size_t i = r.begin; i + 4 < r.end; i++)
    if (text_any(t, i, "组成的 构成的") &&
        text_rfind(t, r.begin, i, "由") != SIZE_MAX && i + 5 <= r.end)
      return (Range){i + 3, r.end};
  return r;
}

// 原局长李某收受礼金: who did it is a person whose name is kept back.
static Range drop_person(const Text *t, Range r) {
  for (size_t i = r.begin + 1; i + 2 < r.end; i++) {
    if ((text_is(t, i, "把") ||
         (text_is(t, i, "将") && text_any(t, r.end, "由 从"))) &&
        !t->inside[i] && !text_any(t, i, "把握 把关 把脉 把手") &&
        !text_any_before(t, i, "一 车 火"))
      return (Range){i + 1, r.end}; // 车间把检修时间压缩到…
    size_t n = text_any(t, i, "某某 某甲 某");
    if (n && lex_at(t, i + n, VERBAL, NULL) >= 2)
      return (Range){i + n, r.end};
  }
  return r;
}

// 法律援助中心共受理案件: the subject stands before 共 已 先后.
static Range drop_subject(const Text *t, Range r) {
  for (size_t i = r.begin + 2; i + 2 < r.end; i++) {
    if (t->inside[i] & (INSIDE_BRACKET | INSIDE_QUOTE | INSIDE_BOOK))
      continue;
    size_t n = text_any(t, i, "共计 先后 已经 累计 共 已 现有 均 则 便 就");
    if (!n || lex_at(t, i, W_NOUN | W_VERB, NULL) > n ||
        lex_before(t, i + 1, W_NOUN | W_VERB, NULL) > 1 ||
        text_any_before(
            t, i, "公 中 一 人 户 平 月 年 日 亩 和 与 及 、 项目 工程") ||
        text_any(t, i, "共产 共青 共同"))
      continue;
    size_t v = lex_at(t, i + n, VERBAL, NULL);
    if (v && text_is(t, i, "均") && i + n + v == r.end &&
        noun_like(t, i + n, v))
      continue; // 工人月均收入
    bool had = last_verb(t, (Range){r.begin, i}) != SIZE_MAX;
    if (v >= 2 && i + n + v <= r.end && !had)
      return (Range){text_is(t, i, "累计") ? i : i + n, r.end};
  }
  return r;
}

// 一张“账单”查出隐患: what did it is one of something, not what is counted.
static Range drop_one(const Text *t, Range r) {
  size_t len;
  if (r.begin + 4 > r.end || t->c[r.begin] != 0x4E00 || // 一
      lex_at(t, r.begin, W_IDIOM, NULL) || !unit_at(t, r.begin + 1, &len))
    return r;
  size_t v = last_verb(t, r);
  return v == SIZE_MAX || v + 2 > r.end ? r : (Range){v, r.end};
}

// 路灯照亮了这段全长: what stands before 这段 is no part of the length.
static Range drop_this(const Text *t, Range r) {
  for (size_t i = r.end; i-- > r.begin;)
    if (text_any(t, i, "这 那") && !t->inside[i] && i + 4 <= r.end &&
        text_any(t, i + 1, "段 条 座 片 个 项 批 家 台 场 种 份 块 处 名 位"))
      return (Range){i + 2, r.end};
  return r;
}

// 位居前3位的依次是故意伤害罪: what leads to the list is no part of its items.
static Range drop_order(const Text *t, Range r) {
  size_t at = text_rfind(t, r.begin, r.end, "依次是 依次为");
  return at != SIZE_MAX && at + 5 <= r.end ? (Range){at + 3, r.end} : r;
}

Range shorten(const Text *t, Range r) {
  r = drop_order(t, r);
  r = drop_makeup(t, drop_person(t, drop_one(t, drop_this(t, r))));
  r = drop_takers(t, drop_subject(t, r));
  r = last_of_list(t, drop_circumstance(t, r));
  if (len_of(r) <= LONG)
    return r;
  size_t v = last_verb(t, r);
  if (v != SIZE_MAX && v + 4 <= r.end)
    return (Range){verb_chain(t, r.begin, v), r.end};
  r.begin = r.end - LONG;
  while (cuts_word(t, r.begin) && r.begin + 4 < r.end)
    r.begin++;
  return r;
}
