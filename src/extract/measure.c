// How the number measures: a level, a change by or to, from and to, a target, a
// rank; what a change is compared with.
#include "phrase.h"

void rule_add(Buf *rules, const char *name) {
  if (rules->len)
    buf_byte(rules, ' ');
  buf_add(rules, str_of(name));
}

// Before the words that may stand between a verb and its number.
static size_t skip_back(const Text *t, size_t floor, size_t i) {
  for (size_t n = 1; n && i > floor;) {
    n = text_any_before(
        t, i,
        "每人每月 每人每年 每人每天 每人 每月 每年 每亩 每户 每天 "
        "超过 不足 不到 将近 接近 大约 突破 至少 分别 高达 "
        "约 近 逾 超 了 仅 各 均 共 达 也 将");
    if (i < t->n && i > floor && t->kind[i - 1] == CH_SPACE)
      n = 1;
    if (text_any_before(t, i, "过 增幅 降幅 减幅"))
      n = text_any_before(t, i, "超过") ? 2 : text_is(t, i, "半");
    if (n > i - floor)
      n = i - floor;
    i -= n;
  }
  return i;
}

#define TO_UP                                                                                                 \
  "提升至 提升到 提高到 提高至 上升到 上升至 增加到 增加至 增长到 增长至 "      \
  "增至 "                                                                                                   \
  "升至 涨至 涨到 扩大到 扩大至 拓展到 拓展至 延伸到 延伸至 增到 升到 跃升至 " \
  "攀升至 "                                                                                                \
  "扩展到 扩展至 发展到 壮大到 推广到"
#define TO_DOWN                                                                                           \
  "下降到 下降至 减少到 减少至 降低到 降低至 降至 降到 减至 缩短到 缩短至 " \
  "缩小到 缩小至 压缩到 压缩至 回落到 回落至 压减至 压减到 精简到 精简至 "  \
  "缩减至 缩至"
#define TO_ANY "到 至 为 调整到 调整为 变为"
#define BY_UP                                                                                             \
  "偏高 偏多 加快 回升 反弹 攀升 跃升 多增 净流入 拉大 增长 增加 提高 提升 " \
  "上升 上涨 "                                                                                        \
  "扩大 新增 净增 净增加 增收 增 涨 升 高于 "                                             \
  "高出 "                                                                                               \
  "多出 快于 多 高 快 增幅 增幅为 增幅达 增速 增速为 增速达 涨幅 涨幅为 "     \
  "涨幅达 增派 "                                                                                     \
  "增配 增设 增补 多发 多收 多投入 拓宽 新发展 新成立 新组建 新建 新增加 "   \
  "新建成 扩种 增支 增产"
#define BY_DOWN                                                                                           \
  "偏低 偏少 放缓 减缓 走低 净流出 少增 下降 减少 降低 下跌 回落 缩小 缩短 " \
  "收窄 下滑 "                                                                                        \
  "减 降 压减 压缩 降幅 降幅为 "                                                               \
  "降幅达 减幅 低于 少 慢于 低 精简 裁减 削减 缩减 跌 少于 跌幅 节约用地"

bool changes_to(const Text *t, size_t from, size_t i) {
  if (text_any_before(t, i, TO_UP " " TO_DOWN " " TO_ANY))
    return true;
  // 上升至二审的61%: of what stands between
  if (!text_any_before(t, i, "的"))
    return false;
  size_t floor = i > from + 10 ? i - 10 : from;
  return text_rfind(t, floor, i, TO_UP " " TO_DOWN) != SIZE_MAX;
}

static bool not_change(const Text *t, size_t i) {
  return text_any_before(t, i,
                         "不低于 不高于 不少于 不多于 至多 最多 最少 至少 "
                         "最高 最低 许多 多少 提升 诸多") > 0 &&
         !text_any_before(t, i, "提升");
}

// 快于上年同期1.3个百分点: by how much more than then.
static const char *than_then(const Text *t, size_t floor, size_t i) {
  size_t n =
      text_any_before(t, i, "上年同期 去年同期 上年 去年 上月 上季度 年初");
  if (!n || i - n < floor + 2)
    return NULL;
  if (text_any_before(t, i - n, "快于 高于 多于"))
    return "increase-by";
  return text_any_before(t, i - n, "慢于 低于 少于") ? "decrease-by" : NULL;
}

static const char *by_word(const Text *t, size_t floor, size_t i) {
  size_t n;
  const char *than = than_then(t, floor, i);
  if (than)
    return than;
  if ((n = text_any_before(t, i, TO_UP)) && n <= i - floor)
    return "increase-to";
  if ((n = text_any_before(t, i, TO_DOWN)) && n <= i - floor)
    return "decrease-to";
  if (not_change(t, i))
    return NULL;
  // 高 多 快 alone only compare: 楼高18层 does not
  if (text_any_before(t, i, "高 多 快 低 少 慢") &&
      !text_any_before(t, i,
                       "提高 偏高 偏多 偏低 偏少 减少 降低 加快 高出 走高 走低 "
                       "增多") &&
      text_rfind(t, floor, i, "比 较 于 同比") == SIZE_MAX)
    return NULL;
  if ((n = text_any_before(t, i, BY_DOWN)) && n <= i - floor)
    return "decrease-by";
  if ((n = text_any_before(t, i, BY_UP)) && n <= i - floor) {
    if (n == 1 && text_any_before(t, i, "多") &&
        !text_any_before(
            t, i,
            "出多 年多 期多 末多 人多 月多 季多 周多 日多 底多 前多 初多"))
      return NULL;
    return "increase-by";
  }
  return NULL;
}

// 高出全国平均水平21%: a clause that opens with the comparison.
const char *compared_at(const Text *t, size_t i, size_t number) {
  if (number > i + 16 || number < i + 4 || t->inside[number] & INSIDE_BRACKET)
    return NULL;
  for (size_t k = i; k < number; k++)
    if (text_breaks(t, k) || t->kind[k] == CH_DIGIT || t->kind[k] == CH_OPEN)
      return NULL;
  if (text_any(t, i, "高于 高出 多于 多出 快于 领先"))
    return "increase-by";
  return text_any(t, i, "低于 少于 慢于 落后") ? "decrease-by" : NULL;
}

size_t comparison_of(const Context *c, size_t from) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  bool share =
      n->unit && (n->unit->kind == U_RATIO || n->unit->kind == U_POINT);
  if (compared_at(t, from, n->begin))
    return from;
  size_t floor = n->begin > from + 16 ? n->begin - 16 : from;
  size_t at = share ? text_rfind(t, floor, n->begin,
                                 "高于 高出 多于 多出 快于 领先 低于 少于 慢于 "
                                 "落后")
                    : SIZE_MAX;
  return at != SIZE_MAX && compared_at(t, at, n->begin) &&
                 !text_any_before(t, at, "不 要 须 应")
             ? at
             : SIZE_MAX;
}

// 新增 新建 at the head of what was done, with the number behind its object.
static bool newly(const Context *c, size_t floor, size_t i) {
  const Text *t = c->t;
  size_t at = text_rfind(t, floor, i,
                         "新增 净增 新建 新发展 新成立 新组建 新认定 新培育 "
                         "新签订 新吸纳 新开 新设 新列 新添 新招 新引进 新注册 "
                         "新创建 新打造 新改建 新聘");
  if (at == SIZE_MAX)
    return false;
  bool next = at == floor + 1 && floor > c->clause.begin; // 34家、新发展…
  if (at > floor && ((t->kind[at - 1] == CH_LIST && !next) ||
                     text_any_before(t, at, "和 或 及 与 最 创 全")))
    return false;
  if (text_any(t, at,
               "新建筑 新开工项目 新建项目 新设备 新设施 新开发 新开局 新开放"))
    return false;
  // 改扩建、新建: a list of ways of building is no change
  size_t after = at + 2;
  if (after < i && t->kind[after] == CH_LIST)
    return false;
  // 每座新建驿站补助2万元: 新建 says which ones, the number what each gets
  const Number *n = &c->numbers->data[c->i];
  if (n->unit && n->unit->kind == U_MONEY &&
      text_find(t, after, i, "补助 补贴 奖励 资助 投入 投资") != SIZE_MAX)
    return false;
  return !(t->inside[at] & (INSIDE_QUOTE | INSIDE_BOOK));
}

// 支持各行业再建20个: what is still to be made.
static bool once_more(const Context *c) {
  const Text *t = c->t;
  size_t begin = c->numbers->data[c->i].begin;
  size_t i = begin - text_any_before(t, begin, "约 近");
  size_t n = text_any_before(t, i,
                             "再建 再新建 再增 再新增 再培育 再打造 再创建 "
                             "再发展 再建设 再投入 再选树");
  return n && i - n >= c->clause.begin &&
         text_rfind(t, c->clause.sentence, i,
                    "支持 鼓励 推动 计划 争取 力争 引导 明年 下一步") !=
             SIZE_MAX;
}

// 力争 计划 将 要: what is to be.
bool text_plans(const Text *t) {
  return text_find(t, 0, t->n,
                   "提出 力争 拟 确保 计划 预计 规划到 后期 今后 下一步 未来 "
                   "努力 目标 将 "
                   "到20") != SIZE_MAX;
}

// Whether the time that begins at i is of a year gone by: 增加到2023年的4085件.
static bool gone_at(const Context *c, size_t i) {
  for (size_t k = c->times_end; k-- > 0 && c->times->data[k].begin >= i;)
    if (c->times->data[k].begin == i)
      return c->times->data[k].gone;
  return false;
}

// 赠送互助保障计划, 达到全年目标任务的90%, 完成年计划7.6%: a plan that is a
// thing, or one that was met.
static bool named_plan(const Text *t, size_t i) {
  enum { REACH = 8 };
  if (text_is(t, i, "计划") && text_breaks(t, i + 2))
    return true;
  if (text_any(t, i, "计划新 计划开 计划续 计划竣 计划建") &&
      text_find(t, i + 2, i + REACH, "项目 工程") != SIZE_MAX)
    return true; // 50个计划新开工项目已开工47个
  if (text_any_before(t, i, "年度 全年"))
    return true; // 超额完成年度计划投资
  for (size_t k = i; text_any(t, i, "计划 目标") && k > 0 && i - k < REACH;
       k--) {
    if (text_breaks(t, k - 1))
      return false;
    if (text_any_before(t, k, "完成 达到 达 占") && !text_is(t, i, "目标是"))
      return true;
  }
  return false;
}

// 将超过七成的新增财力投向…: 将 takes its object, and does not foretell.
static bool disposed(const Context *c, size_t i) {
  if (!text_any(c->t, i, "将超过 将达到"))
    return false;
  for (size_t k = 0; k < c->numbers->len; k++) {
    const Number *n = &c->numbers->data[k];
    if (n->begin > i)
      return n->begin <= i + 4 && text_is(c->t, n->end, "的");
  }
  return false;
}

// 将选派200人: a verb follows; 将服务送到… is the preposition.
static bool will_do(const Text *t, size_t i) {
  size_t n = text_is(t, i, "将") ? verb_at(t, i + 1, W_VERB) : 0;
  return n >= 2 && !noun_like(t, i + 1, n);
}

// 50个|计划新开工项目: which they are.
static bool modifies_plan(const Context *c, size_t i) {
  if (!text_any(c->t, i, "计划 拟"))
    return false;
  for (size_t k = 0; k < c->numbers->len && c->numbers->data[k].end <= i; k++)
    if (c->numbers->data[k].end == i && !c->numbers->data[k].refused)
      return true;
  return false;
}

// 超额完成|1100万人的全年目标任务: the goal that was met.
static bool goal_met(const Context *c) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  if (!text_is(t, n->end, "的") ||
      !text_any_before(t, n->begin, "完成 完成了 实现 达成 实现了"))
    return false;
  for (size_t i = n->end + 1; i < n->end + 14 && i < c->clause.end; i++)
    if (text_any(t, i, "目标 任务 指标"))
      return true;
  return false;
}

static bool planned(const Context *c) {
  const Text *t = c->t;
  if (c->to_be &&
      text_find(c->t, c->clause.sentence, c->numbers->data[c->i].begin,
                "目前 已 如今 截至 现有 去年 上年 完成了") == SIZE_MAX)
    return true;
  if (!c->plans)
    return false;
  const Number *n = &c->numbers->data[c->i];
  size_t from = c->clause.sentence;
  bool plan = false;
  if (text_is(t, n->end, "已"))
    return false; // 260万元已下拨
  for (size_t i = from; i < n->begin; i++) {
    if (!text_any(t, i,
                  "报 提 目 已 如 截 完 实 计 超 力 拟 确 预 规 后 今 下 未 努 "
                  "要 将 到") ||
        t->inside[i] & (INSIDE_QUOTE | INSIDE_BOOK))
      continue;
    if (text_any(t, i,
                 "目前 已 如今 截至 完成了 实现了 完成率 计划生育 计划单列 "
                 "完成计划 超额"))
      plan = false;
    if (text_any(t, i,
                 "报告提出 提出今年 提出到 力争 拟 确保 计划 规划到 后期 今后 "
                 "下一步 未来 努力实现 "
                 "目标任务 目标是 目标: 目标： 要努力 将达 将在 将于 将投 将建 "
                 "将新 将为 "
                 "将有 将会 将再 将继续 将完成 将实现 将组织 将开展 将培 将发 "
                 "将打造 将累计 将超过 将突破 将进一步 将推 将安排 将达到 将分 "
                 "将赴") ||
        will_do(t, i)) {
      if (text_any(t, i,
                   "计划的 计划任务 计划》 计划” 计划总投资 计划内 计划外") ||
          text_any_before(t, i, "比 较 占 年度 超 完成") || named_plan(t, i) ||
          disposed(c, i) || modifies_plan(c, i))
        continue;
      plan = true;
    }
    if (text_is(t, i, "预计")) // 预计全年完成3亿元 is an estimate of what is
      plan =
          text_find(t, c->clause.sentence, c->clause.end,
                    "将 年底 到20 明年 今后 建成后 投产后 达产后 届时 有望 "
                    "完工后 可达 可实现 可带动 可新增 可提供 可吸纳 可节约") !=
          SIZE_MAX;
    if (text_is(t, i, "到20") && text_rfind(t, i, i + 9, "年") != SIZE_MAX) {
      size_t year = i + 1;
      bool past =
          text_any_before(t, i, "从 由 截至 直") > 0 || gone_at(c, i + 1);
      plan |= !past && text_any(t, year + 4, "年 年底 年末") > 0;
    }
  }
  return plan;
}

static void find_base(const Context *c, Figure *f, size_t i) {
  const Text *t = c->t;
  size_t floor = c->clause.begin;
  size_t at = text_rfind(t, floor, i, "同比 环比");
  if (at != SIZE_MAX) {
    f->base = text_slice(t, at, at + 2);
    return;
  }
  at = text_rfind(t, floor, i, "比 较");
  if (at == SIZE_MAX || at + 1 >= i ||
      text_any(t, at, "比重 比例 比率 比值 比赛"))
    return;
  if (text_any_before(t, at + 1, "占比 同比 环比 对比 比较 评比 系比 收入比"))
    return;
  size_t end = at + 1;
  for (size_t k = c->times_end; k-- > 0;) {
    const Time *time = &c->times->data[k];
    if (time->end <= at)
      break;
    if (time->begin == at + 1 && time->end <= i)
      end = time->end;
  }
  end += text_any(t, end, "同期 末 底 初 同比");
  if (end == at + 1)
    end += text_any(t, end,
                    "上年末 上年底 上年同期 上年 上月 上季度 上届 年初 "
                    "前期 此前 全国平均 全省平均 去年同期 去年 同期");
  if (end == at + 1) { // 较法定时限压缩: up to the word of change
    size_t word = i - text_any_before(t, i, BY_UP " " BY_DOWN " 多出 少于");
    if (word > at + 1 && word <= at + 13 && word < i)
      end = word - text_any_before(t, word, "分别");
  }
  if (end > at + 1)
    f->base = text_slice(t, at + 1, end);
}

// 由61%提高到88%: the number before is where it came from.
static bool from_to(const Context *c, Figure *f, size_t word) {
  const Text *t = c->t;
  const Number *m = number_before(t, c->numbers, c->i);
  const Number *n = &c->numbers->data[c->i];
  if (!m || !m->has_value || !m->used || m->end > word + 1)
    return false;
  size_t floor = m->begin > 24 ? m->begin - 24 : 0;
  if (floor < c->clause.sentence)
    floor = c->clause.sentence;
  size_t mark = text_rfind(t, floor, m->begin, "由 从");
  if (mark == SIZE_MAX || n->begin - behind_note(t, m) > 16)
    return false;
  if (m->unit && n->unit && m->unit != n->unit &&
      strcmp(m->unit_name, n->unit_name) != 0)
    return false;
  for (size_t i = mark; i < m->begin; i++)
    if (text_breaks(t, i))
      return false;
  Decimal from = m->value;
  if (!m->unit && n->scaled && !m->scaled)
    return false;
  f->from = decimal_str(c->a, from);
  return true;
}

void field_measure(const Context *c, Figure *f, Buf *rules) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  size_t floor = c->clause.begin;
  if (c->i && c->numbers->data[c->i - 1].end > floor &&
      c->numbers->data[c->i - 1].end <= n->begin &&
      !c->numbers->data[c->i - 1].refused)
    floor = c->numbers->data[c->i - 1].end;
  size_t word = skip_back(t, floor, n->begin);
  const char *m = by_word(t, floor, word);
  if (!m && word != n->begin)
    m = by_word(t, floor, n->begin);
  size_t at = comparison_of(c, floor);
  if (!m && at != SIZE_MAX && floor == c->clause.begin) {
    m = compared_at(t, at, n->begin);
    size_t end = word - text_any_before(t, word, "约 近 了");
    f->base = text_slice(t, at + 2, end);
  }
  if (n->rank)
    m = "rank";
  else if (n->times)
    m = "increase-by";
  size_t seat = seat_of(t, floor, n->begin);
  bool to = changes_to(t, floor, seat) || changes_to(t, floor, word);
  if (to && from_to(c, f, n->begin)) {
    m = "from-to";
  } else if (m &&
             (strcmp(m, "increase-by") == 0 || strcmp(m, "decrease-by") == 0)) {
    find_base(c, f, n->begin);
  } else if (!m && newly(c, floor, n->begin)) {
    m = "increase-by";
  }
  // 增长率 增长点 are nouns; 占…的 is a share
  if ((planned(c) || once_more(c) || goal_met(c)) &&
      (!m || strcmp(m, "from-to") != 0) && !n->rank) {
    m = "target";
    rule_add(rules, "measure.planned");
  }
  if (m)
    rule_add(rules, "measure.word");
  f->measure = str_of(m ? m : "level");
}

size_t behind_note(const Text *t, const Number *n) {
  bool note = t->kind[n->end] == CH_OPEN && t->pair[n->end] > n->end &&
              t->pair[n->end] < n->end + 12;
  return note ? t->pair[n->end] + 1 : n->end;
}

const Number *number_before(const Text *t, const Numbers *numbers, size_t i) {
  size_t begin = numbers->data[i].begin;
  while (i-- > 0 && numbers->data[i].end + NUMBER_REACH >= begin)
    if (!(t->inside[numbers->data[i].begin] & INSIDE_TIME))
      return &numbers->data[i];
  return NULL;
}

size_t seat_of(const Text *t, size_t floor, size_t i) {
  size_t k = i > floor && text_is(t, i - 1, "的") ? i - 1 : i;
  while (k > floor && (t->inside[k - 1] & INSIDE_TIME))
    k--;
  return k < i && t->inside[k] & INSIDE_TIME ? k : i;
}
