// The noun behind a number, where it ends, and the verb behind that.
#include "phrase.h"

// A numeral that is no number of its own does not end a noun: 10起违反八项规定
// 的问题, 630家25人以上单位.
static bool within_noun(const Number *n) {
  static const char *const why[] = {
      "class or rank",  "word",       "ordinal",   "name in quotes",
      "part of a name", "indefinite", "threshold", "session or number",
      "broken"};
  for (size_t i = 0; n->refused && i < sizeof why / sizeof *why; i++)
    if (strcmp(n->refused, why[i]) == 0)
      return true;
  return false;
}

size_t next_number(const Context *c, size_t *end) {
  size_t here = c->numbers->data[c->i].begin;
  for (size_t i = c->i + 1; i < c->numbers->len; i++) {
    const Number *n = &c->numbers->data[i];
    if (n->begin >= c->clause.end)
      break;
    if ((c->t->inside[n->begin] & INSIDE_NAME) &&
        !(c->t->inside[here] & INSIDE_NAME))
      continue; // 3个“三年行动”
    if (within_noun(n))
      continue;
    *end = n->end;
    return n->begin;
  }
  return SIZE_MAX;
}

// 引领性、示范性的县级工会: a 、 between modifiers.
static bool modifies(const Text *t, size_t i, size_t end) {
  if (!text_any_before(t, i, "性 型 式 化 级"))
    return false;
  for (i++; i + 1 < end && t->kind[i] != CH_LIST; i++)
    if (text_is(t, i, "的"))
      return true;
  return false;
}

// 投入800万元新建、改建食堂76个: verbs of one deed.
static bool joins_verbs(const Text *t, size_t from, size_t i) {
  size_t v = lex_before(t, i, W_VERB, NULL);
  return v >= 2 && i - v == from && lex_at(t, i + 1, W_VERB, NULL) >= 2;
}

// Where this number's part of the clause ends: before a list item with a number
// of its own.
// 573名困难职工、农民工子女|发放: one noun of two, as no other deed begins
// behind the 、 and one follows.
bool joins_nouns(const Text *t, size_t from, size_t i, size_t end) {
  if (i <= from || t->kind[from] != CH_HAN || verb_at(t, i + 1, VERBAL))
    return false;
  size_t v = last_verb(t, (Range){i + 1, end});
  return v != SIZE_MAX && v > i + 1 && human_before(t, v) && human_before(t, i);
}

size_t part_end(const Context *c) {
  size_t end = c->clause.end, skip;
  size_t next = next_number(c, &skip);
  const Number *n = &c->numbers->data[c->i];
  if (next == SIZE_MAX)
    return end;
  for (size_t i = n->end; i < next; i++)
    if (c->t->kind[i] == CH_LIST && !modifies(c->t, i, next) &&
        !joins_verbs(c->t, n->end, i) && !joins_nouns(c->t, n->end, i, next) &&
        !(c->t->inside[i] & (INSIDE_BRACKET | INSIDE_QUOTE | INSIDE_BOOK)))
      return i;
  return next;
}

// 250起案件中双方上诉: of a whole; 中心 其中 are words.
bool among_at(const Text *t, size_t i) {
  return text_is(t, i, "中") &&
         !text_any(
             t, i,
             "中心 中小 中国 中学 中央 中级 中层 中毒 中标 中药 中医 中华 "
             "中部 中型 中等 中介 中转 中共 中外 中年 中专 中职 中高 中期 "
             "中断 中欧 中村 中奖 中西 中老 中青 中低 中试 中控 中联") &&
         !text_any_before(t, i,
                          "其 初 高 城 集 空 水 途 当 手 心 之 命 适 折 热 家 "
                          "网 市 县 区 省 附 完");
}

// 照亮了: a verb of the dictionary that says it is one.
static bool done_at(const Text *t, size_t i) {
  if (i + 2 >= t->n || !text_is(t, i + 2, "了"))
    return false;
  uint16_t word[2] = {(uint16_t)t->c[i], (uint16_t)t->c[i + 1]};
  return word_kind(word, 2) == WORD_VERB;
}

// 转岗职工|自2003年起领取…: where the time behind 自 ends, 0 if none does.
static size_t since_end(const Text *t, size_t i) {
  size_t k = i + text_any(t, i, "自 从");
  if (k == i || !(t->inside[k] & INSIDE_TIME))
    return 0;
  while (k < t->n && t->inside[k] & INSIDE_TIME)
    k++;
  return k + text_any(t, k, "开始 起 以来");
}

bool human_before(const Text *t, size_t i) {
  return text_any_before(
             t, i,
             "民 工 员 者 师 生 人 手 农 户 商 长 子女 家属 群众 "
             "同学 学子 干部 代表 骨干 劳模 模范 工匠 儿童 妇女 青年 战士 友") >
         0;
}

// 20名职工|到九宫山疗休养, 60名劳动者|等待着…: people do something that the
// word list knows as a verb.
static bool goes_at(const Text *t, size_t i) {
  if (t->kind[i] != CH_HAN || i + 2 >= t->n || !human_before(t, i))
    return false;
  if (text_any(t, i, "到") && !text_any(t, i, "到位 到期 到来 到底 到会"))
    return true;
  if (text_is(t, i + 1, "了") && !text_any(t, i, "为 除 到"))
    return true; // 子女|圆了读书梦
  if (text_is(t, i + 2, "着")) {
    uint16_t word[2] = {(uint16_t)t->c[i], (uint16_t)t->c[i + 1]};
    return word_kind(word, 2) == WORD_VERB;
  }
  return false;
}

// What tells of the noun before it, and is no part of it.
static bool clause_at(const Text *t, size_t i) {
  if (text_any(t, i, "较去 较上 较年初 较同 较前 比去 比上 比年初 比前 比同期"))
    return true; // 开工率|较去年提高
  return text_any(t, i, "得以 归个人 归集体 归其 供个人 供其") > 0;
}

bool ends_noun(const Text *t, size_t i) {
  unsigned found = 0;
  if (t->inside[i] & (INSIDE_BRACKET | INSIDE_QUOTE | INSIDE_BOOK))
    return false;
  if (lex_at(t, i, W_NOUN, NULL) >= 2)
    return false;
  size_t n = verb_at(t, i, VERBAL | W_CHANGE);
  if (han_word(n) && !noun_like(t, i, n))
    return true;
  n = lex_at(t, i, W_ADVERB | W_VALUE | W_MODAL, &found);
  if ((n >= 2 && found & W_VALUE) || done_at(t, i))
    return true;
  size_t k = i;
  for (; n >= 2 && (k == i || !lex_at(t, k, W_VERB, NULL));
       n = lex_at(t, k, W_ADVERB | W_LIGHT, NULL))
    k += n; // 如期全面高质量完成
  if (k > i && (lex_at(t, k, VERBAL | W_VALUE, NULL) >= 2 ||
                text_any(t, k, "在 到 赴 向 对 为 从")))
    return true;
  if (text_any(t, i, "年均 月均 日均 人均 户均 每人 每户 每家") ||
      among_at(t, i) || since_end(t, i))
    return true;
  if (goes_at(t, i))
    return true;
  if (text_any(t, i, "共 均 都 各 也 先") &&
      (lex_at(t, i + 1, VERBAL, NULL) >= 2 || text_is(t, i + 1, "被")) &&
      !text_any(t, i, "共同 共享 共建 各项 各类 先进 先锋"))
    return true;
  if (text_any(t, i,
               "有声 有色 有毒 有害 以上 以下 以内 以外 可以 对象 对口 对接 "
               "向导 方向 在职 因素 "
               "在校 在岗 在编 在读 在籍 在册 在园 在研 有限 有关 有效 有机 "
               "获奖 获得者 从业 在建 在线"))
    return false;
  if (text_is(t, i, "是") && !text_any(t, i, "是否") &&
      !text_any_before(t, i + 1, "但是 还是 于是 凡是 只是 就是 国是"))
    return true;
  if (clause_at(t, i))
    return true;
  if (text_any(t, i, "正忙 正加紧 正着手 正抓紧 正排"))
    return true;
  if (text_any(t, i, "未 尚未 没有 不再") &&
      !text_any(t, i, "未成年 未来 未婚 未就业 未参保 未建会"))
    return true; // 11个项目|未到工期
  if (text_is(t, i, "经") &&
      !text_any(t, i,
                "经济 经营 经办 经费 经历 经验 经开 经理 经常 经典 经纪 "
                "经贸 经销 经络"))
    return true; // 111个项目|经调整后
  if (text_is(t, i, "携") && !text_any(t, i, "携手 携程"))
    return true; // 120家企业|携岗位进场
  if (text_is(t, i, "由") && !text_any(t, i, "由来 由头") &&
      !text_any_before(t, i, "理 自 缘 经 事 案 根"))
    return true;
  if (text_is(t, i, "为主") && !text_is(t, i, "为主要"))
    return false;
  return text_any(t, i,
                  "对 向 在 为 从 将 以 占 达 有 已 均 被 因 便可 需 可 获 赴 "
                  "用于") > 0;
}

// 36户|38名关爱对象, 5批次共|100名劳模: one noun behind both.
static bool adjacent_next(const Context *c) {
  if (c->i + 1 >= c->numbers->len)
    return false;
  const Number *n = &c->numbers->data[c->i];
  const Number *m = &c->numbers->data[c->i + 1];
  return m->begin == n->end + text_any(c->t, n->end, "共计 合计 共 计") &&
         !m->refused;
}

// 具有引领性的县级工会: a phrase with 的 that opens with its verb.
static size_t relative_clause(const Text *t, size_t i, size_t end) {
  if (end > i + 24)
    end = i + 24;
  for (size_t k = i + 2; k + 2 < end; k++) {
    if (t->kind[k] == CH_COMMA || t->kind[k] == CH_STOP)
      return i;
    if (text_is(t, k, "的") && !(t->inside[k] & INSIDE_QUOTE))
      return k + 1;
  }
  return i;
}

// 28个|参评单位中25个…: a whole whose name opens with a verb; its end, 0 if it
// is none.
static size_t whole_end(const Text *t, size_t i, size_t end) {
  for (size_t k = i + 2; k < end && k < i + 14; k++)
    if (among_at(t, k)) {
      size_t next = k + 1 + text_any(t, k + 1, ",已有 ,有 已有 有 ,");
      return t->kind[next] == CH_DIGIT || next == end ? k : 0;
    } else if (t->kind[k] != CH_HAN) {
      return 0;
    }
  return 0;
}

// 50个项目|已开工47个: so many of them did it.
static bool part_of_them(const Context *c, size_t next) {
  const Number *n = &c->numbers->data[c->i], *m = n + 1;
  size_t last = c->numbers->len - 1;
  for (size_t i = c->i + 1; i < last && m->begin < next; i++)
    m++;
  return m->begin == next && m->end == c->clause.end && n->unit_name &&
         m->unit_name && !strcmp(n->unit_name, m->unit_name) &&
         lex_before(c->t, next, W_VERB, NULL) >= 2 &&
         text_find(c->t, n->end, next, "已 共 累计") != SIZE_MAX;
}

// 15个法院|收案数均超2万件: a quantity of theirs, not what they did.
static bool measures_them(const Context *c, size_t from) {
  const Text *t = c->t;
  size_t skip, next = next_number(c, &skip);
  if (next == SIZE_MAX || next <= from)
    return false;
  size_t to = next;
  for (size_t n; to > from && (n = lex_before(t, to, W_VALUE | W_ADVERB, NULL));
       to -= n)
    ;
  to -= text_any_before(t, to, "超 逾 近 约 不足");
  to -= text_any_before(t, to, "均 都 各");
  if (text_any(t, from, "人均 户均"))
    return true; // 3个法院|人均收案超150件
  if (part_of_them(c, next))
    return true;
  size_t sum = from + text_any(t, from, "累计 共 已累计 已");
  if (text_any(t, sum,
               "完成投资 投资 总投资 计划总投资 计划投资 到位资金 "
               "实现销售收入 实现营业收入 实现收入 实现利润"))
    return true; // 208个项目|累计完成投资2059亿元
  return to < next && to > from + 1 &&
         text_any_before(t, to, "数 量 额 率 值 面积") > 0;
}

// 34家医院|报告流感病例…: bodies that are counted, and what they did, though
// the verb is as often a noun.
static bool body_does(const Text *t, size_t from, size_t i, size_t end) {
  if (i < from + 2 || !text_any_before(t, i, "医院 企业 学校 公司 单位 机构"))
    return false;
  return text_any(t, i, "报告 上报 申报 申请") && i + 4 <= end;
}

// 三家疗养院|疗休养, 5家基地|实训: where organisations are counted, what is
// done in them is no part of their name.
static size_t deed_behind_body(const Context *c, Range noun) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  if (!n->unit_name ||
      (strcmp(n->unit_name, "家") != 0 && strcmp(n->unit_name, "所") != 0))
    return noun.end;
  size_t v = lex_before(t, noun.end, W_VN, NULL);
  return v >= 2 && v + 2 <= len_of(noun) &&
                 text_any_before(t, noun.end - v,
                                 "基地 中心 医院 疗养院 院 学校 企业 单位 站点")
             ? noun.end - v
             : noun.end;
}

// Where the noun itself begins: behind the clause that modifies it, which may
// open with a verb.
static size_t behind_modifier(const Context *c, size_t i, size_t end) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  size_t led = verb_at(t, i, W_VERB);
  bool money = n->unit && n->unit->kind == U_MONEY;
  bool person = n->unit && n->unit->kind == U_PERSON;
  if (person && text_any(t, i + led, "职工 工人 人员 青年 员工 农民工 教师"))
    led = 0; // 86名转岗职工
  if (han_word(led) && !noun_like(t, i, led) && !money) {
    size_t whole = whole_end(t, i, end);
    i = whole ? whole : relative_clause(t, i, end);
  }
  if (text_is(t, i, "有") &&
      !text_any(t, i, "有声 有色 有毒 有害 有限 有关 有效 有机"))
    i = relative_clause(t, i, end < i + 10 ? end : i + 10); // 有困难的家庭
  return i + (person && i < end && !led ? verb_at(t, i, W_VERB) : 0);
}

// 50个|计划新开工项目已…, 29个|新建项目中: a project of a kind, whose name
// opens with what is done to it; where the name ends, i if none stands there.
static size_t project_end(const Text *t, size_t i, size_t end) {
  enum { REACH = 12 };
  static const char done[] =
      "开工 续建 新建 在建 拟建 改建 扩建 迁建 签约 投产 竣工 招商 入库 储备 "
      "预备 计划 结转 落地 建成 完工 投资 引进 达标 达产 在谈 复工 停工";
  bool kind = false;
  for (size_t k = i; k + 2 <= end && k < i + REACH; k++) {
    if (t->kind[k] != CH_HAN || text_any(t, k, "的 了 已 均 将 为 被 和 与 由"))
      return i;
    if (text_any(t, k, "项目 工程"))
      return kind ? k + 2 : i;
    kind = kind || text_any(t, k, done);
  }
  return i;
}

Behind noun_behind(const Context *c) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  size_t i = n->end, end = part_end(c);
  Behind b = {{i, i}, {i, i}, false};
  size_t skip;
  if (adjacent_next(c)) { // 36户38名关爱对象
    Context next = *c;
    next.i++;
    return noun_behind(&next);
  }
  if (i < end && t->kind[i] == CH_LIST && !b.of)
    return b; // 服务1300人、实现全覆盖
  if (i < end && text_is(t, i, "的")) {
    b.of = true;
    i++;
  }
  while (i < end && t->kind[i] == CH_SPACE)
    i++;
  if (i < end && t->kind[i] == CH_OPEN && t->pair[i] > i && t->pair[i] < end)
    i = t->pair[i] + 1; // 5600人(其中女职工1800人)
  i += text_any(t, i, "不等 之间 新台阶 台阶 新关口 大关 关口 门槛 整");
  i += text_any(t, i, "刚刚 正在 已经");
  b.noun = (Range){i, i};
  size_t project = project_end(t, i, end);
  i = project > i ? project : behind_modifier(c, i, end);
  size_t first = i;
  while (i < end && !ends_noun(t, i) && !body_does(t, first, i, end)) {
    size_t noun = lex_at(t, i, W_NOUN, NULL);
    i += noun ? noun : 1;
  }
  if (i >= end) {
    i = end;
    if (end < c->clause.end && next_number(c, &skip) == end) {
      b.noun.end = i;
      b.verb = (Range){i, i}; // 14个市州25个…: the noun alone
      return b;
    }
  }
  b.noun.end = i;
  if (i == c->clause.end)
    b.noun.end = i = deed_behind_body(c, b.noun);
  if (among_at(t, i) && next_number(c, &skip) != SIZE_MAX)
    return b; // 292个站点中自建8个: the whole
  i += among_at(t, i);
  if (since_end(t, i) && since_end(t, i) < c->clause.end)
    i = since_end(t, i);
  bool listed = end < c->clause.end && t->kind[end] == CH_LIST &&
                !text_any(t, i, "赴 到 前往"); // of places
  b.verb = (Range){i, listed ? end : c->clause.end};
  if (measures_them(c, i))
    b.verb.end = i;
  return b;
}

// 四家企业负责人及受表彰者: of organisations those who came for them are not
// counted.
Range without_deputies(const Text *t, const Number *n, Range r) {
  if (!n->unit_name ||
      (strcmp(n->unit_name, "家") != 0 && strcmp(n->unit_name, "所") != 0))
    return r;
  size_t at = text_find(t, r.begin + 2, r.end, "负责人 代表 法人");
  return at == SIZE_MAX ||
                 !text_any_before(
                     t, at, "企业 公司 单位 工会 机构 学校 集团 商会 协会")
             ? r
             : (Range){r.begin, at};
}

// Whether nothing but the thing it counts stands between the number before and
// the 、 or 和 that leads to this one.
bool in_row(const Context *c) {
  const Text *t = c->t;
  size_t at = c->numbers->data[c->i].begin;
  const Number *m = c->i ? &c->numbers->data[c->i - 1] : NULL;
  if (!m || m->refused || m->begin < c->clause.begin || m->end + 2 > at ||
      !(t->kind[at - 1] == CH_LIST || text_any_before(t, at, "和 与 及 以及")))
    return false;
  Context was = *c;
  was.i--;
  Behind b = noun_behind(&was);
  size_t joint = at - 1 - (text_any_before(t, at, "以及") ? 1 : 0);
  return (b.noun.end == joint || b.noun.end == at) && len_of(b.noun) >= 2;
}

// 组织3万名职工和1.2万名女职工参加…: what all of a row do stands behind the
// last.
Range deed_of_row(const Context *c) {
  Context next = *c;
  Range none = {0, 0};
  const Text *t = c->t;
  size_t n = c->numbers->data[c->i].begin;
  if (!text_any_before(t, n, "为 向 给 对") &&
      text_rfind(t, c->clause.begin, n, "组织 发动 动员 带动 吸引 引导 帮助") ==
          SIZE_MAX)
    return none;
  for (int k = 0; k < 4 && next.i + 1 < c->numbers->len; k++) {
    next.i++;
    if (c->numbers->data[next.i].begin >= c->clause.end || !in_row(&next))
      return none;
    Behind b = noun_behind(&next);
    if (len_of(b.verb))
      return b.verb;
  }
  return none;
}

Range trim_noun(const Text *t, Range r) {
  if (r.begin && t->kind[r.end] != CH_HAN && text_breaks(t, r.end)) {
    size_t seen = text_any_before(t, r.end, "类型看 来看 情况看 分布看 看");
    if (seen && len_of(r) >= seen + 2 &&
        !text_any_before(t, r.end, "查看 观看 收看"))
      r.end -= seen; // 从查处的300起问题类型看
  }
  if (text_any_before(t, r.end, "手中 手里 手上") && r.end > r.begin + 4)
    r.end -= 2; // 送到88名职工手中
  else if (text_any_before(t, r.end, "中") && r.end > r.begin + 2 &&
           !text_any_before(t, r.end, "初中 高中 其中"))
    r.end--;
  else if (text_any_before(t, r.end, "时") && r.end > r.begin + 2 &&
           text_breaks(t, r.end) && !lex_before(t, r.end, W_NOUN, NULL) &&
           !text_any_before(t, r.end, "小时 工时 学时 课时 临时 定时 时时"))
    r.end--; // 领到工钱时，
  if (len_of(r) > 4 && text_any_before(t, r.end, "基础上"))
    r.end -= 3;
  while (r.end > r.begin &&
         (text_any_before(t, r.end, "的 等 了 、 和 与 及") ||
          sign(t, r.end - 1)) &&
         !text_any_before(t, r.end, "参与 给与 赋与 授与"))
    r.end--;
  return r;
}
