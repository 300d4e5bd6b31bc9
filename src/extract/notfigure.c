// Why a number is no figure: dates, ordinals, names, slogans, thresholds.
#include "extract_imp.h"

static bool latin(const Text *t, size_t i) {
  return i < t->n && t->kind[i] == CH_LATIN;
}

static bool one_of(uint32_t c, const char *set) {
  for (; *set; set++)
    if (c == (uint32_t)(unsigned char)*set)
      return true;
  return false;
}

// Part of an ASCII code: X424, 5G, 1+3, v1.2, 0931-8123456, a link.
static bool in_code(const Text *t, const Number *n) {
  if (n->han)
    return false;
  size_t b = n->number, e = n->number_end;
  if (b && (latin(t, b - 1) || one_of(t->c[b - 1], "+/_=&#@.\\")))
    return true;
  if (b > 1 && t->c[b - 1] == '-' &&
      (latin(t, b - 2) || t->kind[b - 2] == CH_DIGIT))
    return true;
  if (one_of(t->c[e], "+/_=&#@\\") && !n->unit && !n->fraction)
    return true;
  if (latin(t, e) && !(n->unit && n->unit_at == e && !latin(t, n->unit_end)))
    return true;
  return t->c[e] == '-' && (t->kind[e + 1] == CH_DIGIT || latin(t, e + 1)) &&
         !n->has_low;
}

static bool in_name(const Text *t, const Number *n) {
  return (t->inside[n->number] & (INSIDE_QUOTE | INSIDE_BOOK)) != 0;
}

// A word of the language or a place's name covers the numeral. `marked`: times
// and places are.
static bool in_word(const Text *t, const Number *n, bool marked) {
  if (!n->han)
    return false;
  size_t from = n->number > 4 ? n->number - 4 : 0;
  for (size_t i = from; i <= n->number; i++) {
    size_t len = lex_at(t, i, W_IDIOM, NULL);
    if (len && i + len >= n->number_end &&
        !(i == n->number && i + len == n->number_end && n->unit))
      return !(n->half || n->times || n->fraction);
  }
  // 三道河村: the name of a village
  if (n->unit && !n->scaled && n->unit_end == n->unit_at + 1 &&
      text_any(t, n->unit_at, "道 里 岔 股 间 棵 台 眼 口 层 组 块") &&
      (text_any(t, n->unit_end + 1, "村 屯 庄 镇 乡 社区 街道") ||
       text_any(t, n->unit_end + 2, "村 屯 庄 镇 乡 社区 街道")) &&
      text_find(t, n->unit_end, n->unit_end + 2, "的 个") == SIZE_MAX)
    return true;
  // 钻井三队, 采油一厂: a unit's own name
  if (marked && !n->scaled && n->number_end == n->number + 1 && n->number > 1 &&
      text_any(t, n->number_end,
               "队 中队 大队 支队 厂 矿 院 中 小 连 营 车间 分厂 分公司 工区 "
               "作业区 项目部") &&
      t->kind[n->number - 1] == CH_HAN && t->kind[n->number - 2] == CH_HAN &&
      !lex_before(t, n->number, W_VERB | W_PREP | W_ADVERB | W_VALUE, NULL) &&
      !(t->inside[n->number - 1] & INSIDE_TIME) &&
      !text_any_before(t, n->number, "全 各 及 和 与 等 了 有 这 共 的"))
    return true;
  return (t->inside[n->number] & INSIDE_PLACE) != 0 &&
         (t->inside[n->number_end - 1] & INSIDE_PLACE) != 0;
}

static bool ordinal(const Text *t, const Number *n) {
  if (n->rank)
    return false;
  size_t i = n->number;
  while (i && t->kind[i - 1] == CH_SPACE)
    i--;
  return text_any_before(t, i, "第 前 首 头 后 接 转 转至") > 0 &&
         !text_any_before(t, i,
                          "目前 之前 此前 日前 提前 当前 最后 然后 先后 "
                          "以后 其后 今后 中转 承接 运转 嫁接 直接 间接");
}

static bool verb_behind(const Text *t, size_t i) {
  if (i + 2 > t->n)
    return false;
  uint16_t word[2] = {(uint16_t)t->c[i], (uint16_t)t->c[i + 1]};
  return word_kind(word, 2) == WORD_VERB;
}

// 第N次全会, 十四届五次, 3号: sessions and numbered things.
static bool numbered(const Text *t, const Number *n) {
  if (n->unit && text_is(t, n->unit_at, "次")) {
    if (text_any(t, n->unit_end,
                 "全会 全体会议 会议精神 代表大会 党代会 "
                 "主席会议 主席团 常委会 委员会 理事会 人代会 "
                 "职代会 学代会 团代会 方案 产业"))
      return true;
    if (text_any_before(t, n->number, "届"))
      return true;
    if (text_any(t, n->number, "一次 二次 首次") &&
        n->unit_at == n->number + 1 && verb_behind(t, n->unit_end) &&
        (n->number == 0 || text_breaks(t, n->number - 1) ||
         text_any_before(t, n->number, "其中 经")))
      return true; // 其中一次退回: in what order
    // 十四届五次、六次全会
    size_t from = n->number > 8 ? n->number - 8 : 0;
    return text_rfind(t, from, n->number, "届") != SIZE_MAX &&
           text_find(t, n->unit_end, n->unit_end + 12, "全会 全体会议 会议") !=
               SIZE_MAX;
  }
  // 二期工程
  if (n->unit && n->value.m <= 9 && n->value.e == 0 && !n->scaled &&
      text_is(t, n->unit_at, "期") &&
      text_any(t, n->unit_end, "工程 项目 建设"))
    return true;
  // 分别获得一、二名: places, not people
  if (n->han && n->number > 1 && t->kind[n->number - 1] == CH_LIST &&
      text_any_before(t, n->number - 1, "一 二 三 四 五") &&
      text_is(t, n->unit_at, "名") && n->number + 1 == n->unit_at)
    return true;
  // 1栋302室
  if (n->unit && t->kind[n->unit_end] == CH_DIGIT &&
      text_any(t, n->unit_at, "栋 幢 层 座 区 组"))
    return true;
  return text_any(t, n->number_end, "号文 号令 号公告 号文件") > 0;
}

// 百人以上企业: which ones, not how many.
static bool threshold(const Text *t, const Number *n) {
  if (!n->unit || n->unit->kind == U_RATIO || n->unit->kind == U_POINT)
    return false;
  // 产值过亿元企业
  if (n->unit->kind == U_MONEY && strcmp(n->qualifier, "超") == 0 &&
      text_any(t, n->end, "企业 项目 产业 园区 村 镇 乡 县 大县 强县 集群"))
    return true;
  // 对不足25人的小微企业: named by the one they fall short of
  if (*n->qualifier && text_is(t, n->end, "的") &&
      text_find(t, n->end + 1, n->end + 7,
                "企业 单位 公司 机构 项目 工地 楼宇 园区 商户 工会 村 县 农户 "
                "家庭") != SIZE_MAX) {
    size_t at = n->begin - text_any_before(t, n->begin,
                                           "不足 不到 超过 少于 多于 低于 高于 "
                                           "不少于 不低于 不超过 超 逾");
    if (at < n->begin &&
        (at == 0 || text_breaks(t, at - 1) ||
         text_any_before(
             t, at,
             "对 对于 凡 凡是 将 由 向 把 为 在 职工 人数 收入 产值 "
             "投资 营收 规模 面积")))
      return true;
  }
  if (text_any(t, n->end, "的有 的包括 的分别是") && n->unit->kind != U_MONEY &&
      (strcmp(n->qualifier, "超") == 0 || strcmp(n->qualifier, "不足") == 0))
    return true; // 新增学位超过5000个的有两县
  size_t i = n->unit_end + text_any(t, n->unit_end, "多 余");
  size_t len = text_any(t, i, "及以上 以上 及以下 以下 以内");
  if (!len || i + len >= t->n)
    return false;
  i += len;
  // 保持在1000万吨以上的较高水平: how much it is, not which
  if (text_any(t, i, "的较高水平 的高水平 的水平 的规模") &&
      text_any_before(t, n->begin, "保持在 稳定在 维持在 达到 达"))
    return false;
  return t->kind[i] == CH_HAN &&
         !text_any(t, i, "， 。 、 和 与 及 以 并 而 占 是 为 达");
}

static bool indefinite(const Text *t, const Number *n) {
  if (!n->han || n->fraction || n->rank || n->has_low)
    return false;
  if (n->value.m != 1 || n->value.e != 0 || n->scaled)
    return false;
  if (n->unit && n->unit->kind == U_RATIO)
    return false;
  if (text_any_before(t, n->number, "此 这 那 每 某"))
    return true; // 仅此一项
  size_t from = n->number > 6 ? n->number - 6 : 0;
  size_t near = n->number > 3 ? n->number - 3 : 0;
  // 给每个新建工会发一张清单: 新建 must stand right before
  return text_rfind(t, from, n->number, "仅 只有 其中 共有 唯一") == SIZE_MAX &&
         text_rfind(t, near, n->number, "增加 减少 新增 新建") == SIZE_MAX;
}

// 小时 天 分: figures where a length is measured or saved.
static bool span_of_time(const Text *t, const Number *n) {
  if (!n->unit || n->unit->kind != U_SPAN)
    return false;
  if (text_is(t, n->unit_at, "岁") || text_is(t, n->unit_at, "分")) {
    size_t from = n->number > 12 ? n->number - 12 : 0;
    return text_rfind(t, from, n->number,
                      "平均年龄 预期寿命 得分 评分 均分 满意度 平均分 总分") ==
           SIZE_MAX;
  }
  if (n->scaled && !n->han)
    return false;
  size_t from = n->number > 12 ? n->number - 12 : 0;
  for (size_t i = n->number; i-- > from;)
    if (text_breaks(t, i)) {
      from = i;
      break;
    }
  return text_rfind(
             t, from, n->number,
             "天数 增加 缩短 压缩 时长 累计 平均 减少 节省 提速 缩减 提前 降至 "
             "总时 工时 缩至 日照 时数 偏多 偏少 雾天 雨日 霾天 高温日") ==
         SIZE_MAX;
}

// 收入比值由2.21缩小至2.13: a number of its own kind has no unit.
static bool bare_ratio(const Text *t, const Number *n) {
  if (n->han || n->positional || n->scaled || !n->has_value)
    return false;
  size_t from = n->number > 24 ? n->number - 24 : 0;
  for (size_t i = n->number; i-- > from;)
    if (text_breaks(t, i)) {
      from = i;
      break;
    }
  size_t e = n->number_end;
  bool closed =
      e >= t->n || t->kind[e] != CH_HAN ||
      text_any(t, e, "缩小 降 下降 扩大 上升 提高 提升 增 到 至 、 和 减");
  return closed &&
         text_any_before(t, n->number, "为 达 到 至 由 从 的 约") > 0 &&
         text_rfind(t, from, n->number, "比值 收入比 抚养比 性别比 容积率") !=
             SIZE_MAX;
}

static bool without_unit(const Text *t, Number *n) {
  if (n->unit || n->rank || n->ratio || n->times || n->fraction)
    return false;
  if (bare_ratio(t, n)) {
    n->ratio = true;
    n->unit_name = "比";
    return false;
  }
  if (n->scaled && !n->positional) // 2000万新就业形态劳动者
    return n->han && n->value.m == 1;
  size_t from = n->number > 8 ? n->number - 8 : 0;
  if (n->number_end < t->n && t->kind[n->number_end] == CH_HAN)
    return true;
  if (text_rfind(t, from, n->number,
                 "比为 比值为 比降至 比缩小到 比缩小至 比降到 比达") !=
      SIZE_MAX) {
    n->ratio = true;
    n->unit_name = "比";
    return false;
  }
  n->ratio = text_rfind(t, from, n->number, "指数为 系数为 指数达 指数 系数") !=
             SIZE_MAX;
  return !n->ratio;
}

// 1. 2、 (3) 一、 at the head of a paragraph.
static bool list_mark(const Text *t, const Number *n) {
  if (n->unit)
    return false;
  return n->number == 0 || (n->number == 1 && t->kind[0] == CH_OPEN);
}

// 两项互助基金结余总额6亿元: the count is part of a name.
static bool named_count(const Text *t, const Number *n, const Number *next) {
  if (!n->han || n->scaled || !n->unit || n->unit->kind != U_COUNT ||
      n->value.m > 10 || *n->qualifier || next->begin > n->end + 24)
    return false;
  if (next->refused || next->begin <= n->end)
    return false;
  for (size_t i = n->end; i < next->begin; i++) {
    unsigned found = 0;
    size_t len = lex_at(t, i, W_VERB | W_LIGHT | W_PREP, &found);
    if (text_breaks(t, i) || t->kind[i] == CH_LIST ||
        (len >= 2 && !(found & W_VN) && !lex_at(t, i, W_NOUN, NULL)))
      return false;
  }
  size_t i = n->begin;
  while (i && (t->kind[i - 1] == CH_SPACE || (t->inside[i - 1] & INSIDE_TIME)))
    i--;
  return i == 0 || text_breaks(t, i - 1) ||
         text_any_before(t, i, "全国 全省 全市 全县") > 0;
}

static const char *reason(const Text *t, Number *n, bool marked) {
  if (n->refused)
    return n->refused;
  if (in_code(t, n))
    return "code or link";
  if (in_name(t, n))
    return "name in quotes";
  if (n->unit && n->unit->kind == U_TIME)
    return "date or time";
  if (t->inside[n->number] & INSIDE_TIME)
    return "date or time";
  if (n->unit && n->unit->kind == U_ORDER)
    return "class or rank";
  if (in_word(t, n, marked))
    return "word";
  if (ordinal(t, n))
    return "ordinal";
  if (numbered(t, n))
    return "session or number";
  if (list_mark(t, n))
    return "list mark";
  if (without_unit(t, n))
    return "no unit";
  if (threshold(t, n))
    return "threshold";
  if (indefinite(t, n))
    return "indefinite";
  if (span_of_time(t, n))
    return "span of time";
  return NULL;
}

// 增长5%以上的企业有412家: which ones, by their rate.
static bool rate_class(const Text *t, const Number *n, const Number *next) {
  if (!n->unit || n->unit->kind != U_RATIO || !text_is(t, n->end, "的") ||
      next->refused || !next->unit || next->unit->kind == U_RATIO ||
      next->begin < n->end + 1 || next->begin > n->end + 9)
    return false;
  for (size_t i = n->end; i < next->begin; i++)
    if (text_breaks(t, i))
      return false;
  return text_any_before(
             t, n->begin,
             "增长 下降 增幅 降幅 涨幅 增幅在 降幅在 涨幅在 超过 超 不足") >
             0 &&
         (n->has_low || *n->qualifier);
}

// 比上年同期847件少297件: what it is compared with.
static bool compared_with(const Text *t, const Number *n, const Number *next) {
  size_t from = n->begin > 14 ? n->begin - 14 : 0;
  for (size_t i = n->begin; i-- > from;)
    if (text_breaks(t, i)) {
      from = i;
      break;
    }
  size_t at = text_rfind(t, from, n->begin, "比 较");
  if (at == SIZE_MAX || next->refused || !n->unit || n->unit != next->unit ||
      !text_any(t, n->end,
                "少 多 增加 减少 下降 上升 增长 上升了 下降了 增加了 减少了"))
    return false;
  size_t i = n->begin - text_any_before(t, n->begin, "的");
  return i > at + 1 && ((t->inside[i - 1] & INSIDE_TIME) ||
                        text_any_before(t, i, "同期 上年 去年 上月 上届 上次"));
}

// 养老、失业、工伤三项保险: counts what stands before it one by one.
static bool counts_list(const Text *t, const Number *n) {
  if (!n->han || n->scaled || !n->unit || n->unit->kind != U_COUNT ||
      n->value.e != 0 || n->value.m < 2 || n->value.m > 10 ||
      !text_any(t, n->unit_at, "项 类 种 大 门") || !n->begin ||
      t->kind[n->begin - 1] != CH_HAN || text_any_before(t, n->begin, "等"))
    return false;
  int64_t items = 1;
  size_t from = n->begin > 40 ? n->begin - 40 : 0;
  for (size_t i = n->begin; i-- > from && !text_breaks(t, i);)
    items += t->kind[i] == CH_LIST;
  return items == n->value.m;
}

bool numbers_may_tell(const Text *t, const Numbers *numbers) {
  for (size_t i = 0; i < numbers->len; i++) {
    Number n = numbers->data[i];
    if (!reason(t, &n, false))
      return true;
  }
  return false;
}

void refuse_numbers(const Text *t, Numbers *numbers) {
  for (size_t i = 0; i < numbers->len; i++)
    numbers->data[i].refused = reason(t, &numbers->data[i], true);
  for (size_t i = 0; i < numbers->len; i++)
    if (!numbers->data[i].refused && counts_list(t, &numbers->data[i]))
      numbers->data[i].refused = "part of a name";
  for (size_t i = 0; i + 1 < numbers->len; i++)
    if (!numbers->data[i].refused &&
        compared_with(t, &numbers->data[i], &numbers->data[i + 1]))
      numbers->data[i].refused = "compared with";
  for (size_t i = 0; i + 1 < numbers->len; i++)
    if (!numbers->data[i].refused &&
        rate_class(t, &numbers->data[i], &numbers->data[i + 1]))
      numbers->data[i].refused = "threshold";
  for (size_t i = 0; i + 1 < numbers->len; i++)
    if (!numbers->data[i].refused &&
        named_count(t, &numbers->data[i], &numbers->data[i + 1]))
      numbers->data[i].refused = "part of a name";
}
