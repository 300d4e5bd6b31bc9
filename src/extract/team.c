// Teams, vessels, wells and works that go by a name of their own and hold what
// they did: 40112钻井队, “海工218”轮, 顺城1井, 川藏铁路工程.
#include "extract_imp.h"

enum { TEAM_MAX = 16 };

// What such a name ends with, longer words first.
static const char endings[] =
    "钻井平台 钻井队 修井队 压裂队 物探队 试油队 勘探队 施工队 救援队 "
    "消防队 医疗队 巡逻队 科考队 工程队 服务队 车队 船队 货轮 油轮 科考船 "
    "渔政船 海巡船 平台 作业区 采油区 采油厂 采气厂 净化厂 处理厂 分厂 "
    "项目部 项目组 指挥部 车间 班组 机务段 工务段 车务段 供电段 电务段 "
    "车辆段 客运段 公安处 派出所 管理处 管理局 管理站 收费站 变电站 "
    "水电站 核电站 电站 特大桥 煤矿 铁矿 铜矿 金矿 电厂 水厂 钢厂 水库 灌区 "
    "林场 农场 牧场 码头 港区 气田 管道 高速公路 高铁 大桥 隧道 工程 "
    "卫生院 法庭 审判庭 合作社 图书馆 博物馆 文化馆 体育馆 纪念馆 "
    "科技馆 敬老院 养老院 福利院 幼儿园 工业园 科技园 商会 剧团 气象站 "
    "气象台 监测站 热线 社区 制造厂 机械厂 修理厂 化工厂 水泥厂 钢铁厂 "
    "造纸厂 纺织厂 选煤厂 选矿厂 冶炼厂 轧钢厂 炼钢厂 炼铁厂 焦化厂 热电厂 "
    "炼油厂 发电厂 研究总院 研究院 设计院 勘探院 研究所 设计所 管理区 "
    "供应中心 监督中心 检测中心 运维中心 应急中心 工区";

// Whoever speaks for it.
static const char officers[] =
    "理事长 董事长 总经理 副总经理 经理 厂长 队长 院长 所长 主任 书记 党委 "
    "党总支 党支部 工会 负责人 校长 社长 站长 局长 处长 首席 技术员 总工程师";

// Whether a deed follows, or what a thing is like, or who leads it.
static bool does_at(const Text *t, size_t i) {
  if (i >= t->n || t->kind[i] != CH_HAN)
    return false;
  if (t->inside[i] & INSIDE_TIME || text_any(t, i, officers) ||
      text_any(t, i,
               "在 对 向 把 从 自 由 日 年 全长 总 单日 与 位于 有 面积 正线 "
               "全线 主跨 设计 主桥 是 施工现场"))
    return true;
  if (text_any(t, i, "的职工 的工人 的员工 的队员 的矿工"))
    return true;
  if (text_is(t, i, "为") && i + 1 < t->n) // 为职工办实事; not 为省级企业
    return t->kind[i + 1] == CH_HAN && !text_any(t, i + 1, "全 国 省 市 第 一");
  return lex_at(t, i, W_VERB | W_ADVERB | W_LIGHT | W_MODAL, NULL) > 0 &&
         lex_at(t, i, W_NOUN, NULL) < 2 && !text_any(t, i, "和 会 要");
}

// Of these an enterprise has one or few: 机械制造厂, 勘探开发研究院.
static const char units[] =
    "采油厂 采气厂 炼油厂 发电厂 制造厂 机械厂 修理厂 化工厂 水泥厂 钢铁厂 "
    "造纸厂 纺织厂 选煤厂 选矿厂 冶炼厂 轧钢厂 炼钢厂 炼铁厂 焦化厂 热电厂 "
    "研究总院 研究院 设计院 勘探院 研究所 设计所 作业区 管理区 项目部 "
    "供应中心 监督中心 检测中心 运维中心 应急中心 处理厂 净化厂 工区 车队 "
    "船队 机务段 工务段 车务段 供电段 电务段 车辆段 客运段";

// 青石河|大桥: a work has a name of its own, but for the kinds of such works.
static bool names_work(const Text *t, size_t from, size_t to) {
  return text_any(t, to, "特大桥 大桥 隧道 高铁 高速公路") && to >= from + 2 &&
         !text_any_before(t, to,
                          "跨海 跨江 跨河 公路 铁路 座 条 处 个 新 在建 城市 "
                          "长江 黄河 建设 修建 改造 首条 高速 首座 重点");
}

// Whether [from, to) may name one of its kind: it has a number, or the name of
// a place, or begins like no word.
static bool names_one(const Text *t, size_t from, size_t to) {
  uint16_t c[2] = {(uint16_t)t->c[from], (uint16_t)t->c[from + 1]};
  for (size_t i = from; i < to; i++)
    if (t->kind[i] == CH_DIGIT || t->kind[i] == CH_LATIN ||
        t->inside[i] & INSIDE_PLACE)
      return true;
  if (text_any_before(t, to, "一 二 三 四 五 六 七 八 九 十 一号 二号 三号"))
    return true;
  return to >= from + 2 && word_cost(c, 2) == 0;
}

// 顺城1井, 顺北42X井, 蓝鲸1号
static size_t numbered(const Text *t, size_t i, size_t k) {
  bool digit = t->kind[k - 1] == CH_DIGIT || t->kind[k - 1] == CH_LATIN;
  if (!digit || k < i + 3 || t->kind[i] != CH_HAN || t->inside[i] & INSIDE_TIME)
    return 0;
  return text_any(t, k, "号机组 号平台 号泊位 号线 井");
}

static bool opens_no_name(const Text *t, size_t i) {
  return t->inside[i] & INSIDE_TIME ||
         lex_at(t, i,
                W_VERB | W_LIGHT | W_CHANGE | W_MODAL | W_PREP | W_ADVERB |
                    W_LEAD | W_TIME | W_VALUE,
                NULL) ||
         text_any(t, i, "这 那 该 本 此 各 全 我 两 多 每 一 首 另 其 他 她");
}

// “海工218”轮, “先锋”号平台: what stands behind the quotes.
static size_t vessel_end(const Text *t, size_t i) {
  size_t end = t->pair[i] + 1;
  size_t n = text_any(t, end, "号");
  size_t m = text_any(t, end + n, "货轮 油轮 轮船 科考船 轮 船 舰 艇");
  if (!m && n)
    m = text_any(t, end + n, "平台 列车 专列 盾构机");
  return m ? end + n + m : i;
}

// 东海高铁|滨城段: the part of a line behind its name; length, 0 if none.
static size_t stretch_at(const Text *t, size_t i) {
  for (size_t k = i + 1; k < i + 7 && k < t->n && t->kind[k] == CH_HAN; k++) {
    if (text_is(t, k, "段") && k >= i + 2)
      return k + 1 - i;
    if (lex_at(t, k, W_VERB | W_PREP | W_VALUE, NULL) >= 2)
      return 0;
  }
  return 0;
}

static size_t line_at(const Text *t, size_t i) {
  size_t n = text_any(t, i, "高速铁路 城际铁路 高铁 铁路 高速公路 高速");
  size_t part = n ? stretch_at(t, i + n) : 0;
  return part ? n + part : 0;
}

// End of a name of Chinese characters, digits and Latin letters.
static size_t name_end(const Text *t, size_t i) {
  size_t outer = 0;
  for (size_t k = i + 1; k < i + TEAM_MAX && k < t->n; k++) {
    bool sign = t->kind[k] != CH_HAN && t->kind[k] != CH_DIGIT &&
                t->kind[k] != CH_LATIN;
    if (sign || text_any(t, k, "的 各 该 和 及 与 是 等") ||
        lex_at(t, k, W_PREP | W_ADVERB | W_VALUE, NULL))
      return i;
    size_t n = numbered(t, i, k);
    size_t line = k >= i + 2 ? line_at(t, k) : 0;
    if (line && does_at(t, k + line))
      return k + line;
    if (!n && k >= i + 2)
      n = text_any(t, k, endings);
    if (n && !outer && !names_one(t, i, k) && !names_work(t, i, k) &&
        !text_any(t, k, units) && !text_any(t, k + n, officers))
      continue;
    n += n ? text_any(t, k + n, "工会") : 0;
    if (n && does_at(t, k + n))
      return outer ? outer : k + n;
    if (n && !outer && text_any(t, k, units))
      outer = k + n; // 某工务段某车间的职工
  }
  return i;
}

size_t team_at(const Text *t, size_t i, Mention *out) {
  size_t end = i;
  if (t->kind[i] == CH_QUOTE && t->pair[i] > i && t->pair[i] < i + TEAM_MAX)
    end = does_at(t, vessel_end(t, i)) ? vessel_end(t, i) : i;
  size_t from = i + (end == i && t->kind[i] == CH_QUOTE); // “青石河大桥…”
  if (end == i)
    end = opens_no_name(t, from) ? from : name_end(t, from);
  if (end == from)
    return 0;
  *out = (Mention){.begin = from, .end = end, .org = true};
  out->subject = text_slice(t, from, end);
  return end - i;
}
