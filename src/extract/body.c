// Names of organisations: where they end behind a place, and those that name
// none.
#include "extract_imp.h"

enum { NAME_MAX = 18 };

// ---- behind a place ---------------------------------------------------------

static const struct {
  const char *words;
} org_tail = {
    "总工会 工会联合会 工会委员会 工会 联合会 有限责任公司 有限公司 "
    "集团公司 集团 分公司 公司 委员会 纪委监委 纪委 监委 委 政府 "
    "人大常委会 人大 政协 中级人民法院 人民法院 法院 中院 高院 检察院 "
    "合作社 厅 局 "
    "医院 学校 学院 大学 中学 小学 街道 镇 乡 村 社区 经开区 高新区 "
    "开发区 管委会 "
    "工业园区 产业园区 园区 新区 银行 协会 学会 研究院 研究所 支队 "
    "蹲点组 工作组 督导组 督查组 调研组 检查组 巡视组 "
    "纪检监察机关 检察机关 公安机关 审判机关 司法机关 税务机关 "
    "仲裁机构 仲裁委 调解组织 油田 口岸 机场 火车站 东站 西站 "
    "南站 北站 港 "
    "大队 消防救援总队 总队 党委 办公室 办 中心 法治办 电网 铁路局 "
    "红十字会 慈善总会 慈善协会 慈善会 基金会 残联 工商联 "
    "供电公司 税务局 海关 大赛 代表大会 运动会 博览会 "
    "图书馆 博物馆 文化馆 美术馆 体育馆 档案馆 纪念馆 科技馆 殡仪馆 文化宫 "
    "少年宫 青少年宫 公证处 环卫站 推广站 管理站 监测站 水文站 气象站 血站 "
    "工作站 收费站 检查站 气象台 电视台 广播电台 福利院 敬老院 养老院 "
    "卫生院 保健院 仲裁院 幼儿园 批发市场 供销社 派出所 司法所 税务所 "
    "收容所 戒毒所 监狱 支行 分行 分局 公交集团 报社 剧团 歌舞团 车务段 "
    "机务段 工务段 客运段 林场 农场 牧场 煤矿 铁矿 化肥厂 水泥厂 机械厂 "
    "纺织厂 卷烟厂 钢铁厂 发电厂 电厂 水厂 糖厂 酒厂 药厂 污水处理厂"};

// 总 short for 总工会: 市总建立, 兰州市总.
bool short_union(const Text *t, size_t i) {
  if (!text_is(t, i, "总"))
    return false;
  if (text_any(t, i, "总结合 总结对"))
    return true;
  return !text_any(t, i,
                   "总量 总数 总体 总计 总额 总值 总产 总面 总长 总投 总人 "
                   "总书记 总结 总部 总经理 总队 总规模 总收 总支 总共 总的");
}

// 一家装备企业, 一处地铁工地: one that is not named.
static size_t unnamed_end(const Text *t, size_t i) {
  if (!text_any(t, i, "一家 一处 一座"))
    return i;
  for (size_t k = i + 2; k < i + 12 && k < t->n && t->kind[k] == CH_HAN; k++) {
    size_t len = text_any(t, k,
                          "企业 公司 工厂 煤矿 医院 学校 工会 合作社 商场 "
                          "酒店 超市 物流园 产业园 包装厂 厂");
    if (len)
      return k + len + text_any(t, k + len, "工会");
    if (text_any(t, k, "的") ||
        lex_at(t, k, W_PREP | W_ADVERB | W_VALUE, NULL) >= 2)
      break;
  }
  return i;
}

// 全市基层工会达2318个: bodies that are counted hold nothing.
static bool counted_itself(const Text *t, size_t end) {
  size_t n =
      text_any(t, end, "总数达到 总数达 已达到 已达 达到 达 增至 发展到");
  return n && end + n < t->n && t->kind[end + n] == CH_DIGIT &&
         text_any_before(t, end, "基层工会 工会组织 联合会 工会小组 职代会");
}

// Words of names that themselves end like a body or have a 和: 农业农村厅.
static size_t part_of_name(const Text *t, size_t k) {
  return text_any(
      t, k,
      "住房和城乡建设 人力资源和社会保障 工业和信息化 文化和旅游 "
      "规划和自然资源 自然资源和规划 发展和改革 农村 城乡 城镇 乡村 "
      "乡镇 村镇 法律援助 妇幼 妇女儿童 不动产登记 行政审批 行政执法 "
      "市场监督 质量技术监督 安全生产监督 劳动保障监察 劳动监察 卫生监督 "
      "动物卫生监督 食品药品监督 劳动人事争议 劳动争议 人民调解 "
      "公共资源交易 土地储备 出租车 出租汽车 救助 投资促进 招商引资 "
      "综合执法 城市管理 道路运输 污水处理 农机 农技 "
      "信访接待 便民服务 矛盾纠纷 纠纷调解 社会救助 扶贫开发 移民安置");
}

// 凉山州|有学校, but 国有企业.
static bool has_at(const Text *t, size_t k) {
  return text_is(t, k, "有") &&
         !text_any(t, k, "有限 有色 有机 有线 有轨 有为") &&
         !text_any_before(t, k + 1, "国有 私有 公有 稀有 所有");
}

// What ends like a body and is none, or does nothing there.
static bool no_body(const Text *t, size_t k, size_t len) {
  if (len == 1 &&
      text_any(t, k,
               "办起 办理 办好 办了 办学 办班 办成 办完 港口 港澳 港股 港元 "
               "港湾 港区 港务 港资 港航"))
    return true;
  // 中心城区, 电厂路: named after one
  if (text_any(t, k, "中心城 中心广场 中心组 中心商务") ||
      (len > 1 && text_any(t, k + len, "路 街 巷 大道 门口 门前")))
    return true;
  // 在火车站建成驿站: there, and not by it
  return text_any(t, k, "火车站 东站 西站 南站 北站 机场") &&
         !text_any(t, k + len, "发送 到发 累计 旅客 单日 日均 预计 完成 运送");
}

// 示范村, 全村: of a kind, not one.
static bool kind_of_village(const Text *t, size_t end) {
  return text_any_before(
      t, end,
      "全村 本村 该村 我村 各村 农村 乡村 新村 山村 贫困村 示范村 行政村 "
      "自然村 中心村 出列村 试点村 重点村 专业村 移民村 度假村 城中村 空心村 "
      "文明村 帮扶村 联系村 脱贫村 建制村 搬迁村 老村 个村 镇村 驻村 入村 "
      "进村 到村 下村 名村 古村 渔村 样板村 薄弱村 村村 富裕村 小康村 特色村");
}

// What 村 is no village's name before: 村民, 村级.
#define NO_VILLAGE "民 镇 庄 干 级 里 口 委 支 两 寨 集体 屯"

// 马山口镇|大柳村: where the village's name ends, `i` if none stands there.
static size_t village_end(const Text *t, size_t i) {
  for (size_t k = i + 2; k < i + 5 && k < t->n && t->kind[k] == CH_HAN; k++) {
    size_t len = text_any(t, k, "村 社区");
    if (lex_at(t, k - 1, W_VERB | W_PREP | W_LIGHT | W_ADVERB, NULL) ||
        lex_at(t, k - 2, W_VERB | W_PREP | W_LIGHT | W_ADVERB, NULL) ||
        text_any(t, k - 2, "的 各 该 全 两 个 多 几"))
      return i;
    if (len)
      return text_any(t, k + len, NO_VILLAGE " 村民 居民") ||
                     kind_of_village(t, k + len)
                 ? i
                 : k + len;
  }
  return i;
}

static size_t name_end(const Text *t, size_t i) {
  if (unnamed_end(t, i) > i)
    return unnamed_end(t, i);
  if (short_union(t, i) && !text_is(t, i, "总工会"))
    return i + 1 +
           text_any(t, i + 1,
                    "困难职工帮扶中心 帮扶中心 职工服务中心 职工法律援助中心 "
                    "工人文化宫 机关");
  size_t best = i;
  for (size_t k = i; k < i + NAME_MAX && k < t->n;) {
    if ((t->kind[k] != CH_HAN && t->kind[k] != CH_LATIN) || text_is(t, k, "的"))
      break;
    size_t whole = part_of_name(t, k);
    if (whole) {
      k += whole;
      continue;
    }
    if (has_at(t, k) || text_is(t, k, "赴"))
      break;
    size_t len = text_any(t, k, org_tail.words);
    if (len && text_any_before(t, k + len, "工会") &&
        text_any(t, k + len,
                 "会员 组织 干部 工作 系统 驿站 阵地 经费 主席 户外") &&
        !(text_any_before(t, k + len, "总工会") && text_is(t, k + len, "组织")))
      break;
    if (len && no_body(t, k, len))
      len = 0;
    bool one = len == 1 && k == i && !text_any(t, k, "委 厅 局 办 镇 乡 港");
    if (len && !one) {
      best = k + len;
      if (text_any(t, k, "镇 乡 街道"))
        best = village_end(t, best);
      k = best;
      if (!text_any(
              t, k,
              "工会 总工会 女职工 机关 第 联合会 党委 集团 分公司 有限 村 社区 "
              "医院 血站 幼儿园 小学 中学 交警 刑警 特警 治安 派出所 分局 "
              "支队 大队 "
              "党支部 委员会 监委 产业工会 职工服务 困难职工帮扶中心"))
        break;
      continue;
    }
    size_t verb = lex_at(
        t, k, W_VERB | W_LIGHT | W_PREP | W_CHANGE | W_ADVERB | W_MODAL, NULL);
    size_t noun = lex_at(t, k, W_NOUN, NULL);
    if (verb >= 2 && noun <= verb &&
        !text_any(t, k, "发展 建设 建筑 服务 教育 卫生 交通运输 安全 体育"))
      break;
    if (verb == 1 &&
        text_any(t, k, "在 向 对 为 从 与 和 将 由 把 被 于 到 赴"))
      break;
    k++;
  }
  return best;
}

// End of the organisation's name that goes on behind a place; `i` if none.
size_t org_end(const Text *t, size_t i) {
  size_t end = name_end(t, i);
  return counted_itself(t, end) ? i : end;
}

// 总 → 总工会, 总帮扶中心 → 总工会帮扶中心.
Str union_named(Arena *a, Str tail) {
  bool cut = str_starts(tail, STR("总")) && !str_starts(tail, STR("总工会")) &&
             !str_starts(tail, STR("总公司")) && !str_starts(tail, STR("总队"));
  return cut ? str_cat(a, STR("总工会"), str_slice(tail, 3, tail.len)) : tail;
}

// ---- organisations without a place, at the head of a clause
// ------------------------

// 国家铁路|累计发送, 中欧班列|开行: a railway where it does something.
bool railway_runs(const Text *t, size_t i) {
  while (i < t->n && t->inside[i] & INSIDE_TIME)
    i++;
  i += text_any(t, i, "累计 共 今年 去年 全年 全天");
  return text_any(t, i,
                  "发送 运送 开行 完成 预计 单日 日均 加开 到发 投产 客货") > 0;
}

// “工匠夜校”: a school that goes by a name in quotes.
size_t quoted_at(const Text *t, size_t i, Mention *out) {
  size_t end = t->kind[i] == CH_QUOTE ? t->pair[i] : 0;
  if (end <= i + 3 || end > i + NAME_MAX ||
      !text_any_before(t, end, "夜校 学校 学院 学堂 党校"))
    return 0;
  *out = (Mention){.begin = i, .end = end + 1, .org = true};
  out->subject = text_slice(t, i, end + 1);
  return end + 1 - i;
}

size_t foreign_at(const Text *t, size_t i, Mention *out) {
  size_t k = i;
  while (k < i + NAME_MAX && k < t->n && t->inside[k] & INSIDE_TIME)
    k++;
  size_t len = text_any(t, k,
                        "日本 美国 德国 法国 英国 韩国 印度 俄罗斯 巴西 加拿大 "
                        "澳大利亚 意大利 越南 泰国 欧元区 欧盟 全球 世界");
  if (!len || !text_any(t, k + len,
                        "贸易 经济 国内生产总值 失业率 通胀 消费者 出口 进口 "
                        "工业 人口 制造业 零售 外贸 GDP"))
    return 0;
  *out = (Mention){.begin = k, .end = k + len, .org = true, .foreign = true};
  out->subject = text_slice(t, k, k + len);
  return k + len - i;
}

// Whether a deed follows: 采油一厂生产…, 供应中心今年…
static bool acts_at(const Text *t, size_t i) {
  return i < t->n && t->kind[i] == CH_HAN &&
         (text_is(t, i, "在") || (t->inside[i] & INSIDE_TIME) ||
          (lex_at(t, i, W_VERB | W_ADVERB | W_LIGHT | W_MODAL, NULL) &&
           !text_any(t, i, "有 为 和 会 要")));
}

// 采油一厂, 钻井三队, 物资供应中心: a unit of an enterprise, without its place.
static size_t unit_body(const Text *t, size_t i) {
  static const char numerals[] = "一 二 三 四 五 六 七 八 九 十";
  for (size_t k = i + 2; k < i + 12 && k < t->n; k++) {
    if (t->kind[k] != CH_HAN || text_any(t, k, "的 各 该 和 及 与"))
      return 0;
    size_t n = text_any(t, k, numerals), len = 0;
    if (n)
      len = text_any(t, k + n, "厂 队 矿 大队 中队 车间 分厂 分公司 工区");
    if (len && acts_at(t, k + n + len))
      return k + n + len - i;
    len = text_any(t, k,
                   "采油厂 采气厂 炼油厂 发电厂 作业区 项目部 "
                   "供应中心 研究院 设计院 勘探院");
    if (len && acts_at(t, k + len))
      return k + len - i;
  }
  return 0;
}

size_t org_at(const Text *t, size_t i, Mention *out) {
  if (text_any(t, i, "赴 前往 走进 深入 来到 位于"))
    return 0; // 赴某钢铁集团慰问
  size_t courts = text_any(
      t, i,
      "地方各级人民法院 地方各级法院 地方法院 "
      "地方各级人民检察院 地方各级检察院 地方各级检察机关 消防救援队伍 "
      "各级应急管理部门 铁路部门 民航部门 各级纪检监察机关 各级检察机关 "
      "各级公安机关 各级人民法院 各级税务机关 各级人社部门 各级民政部门");
  if (courts) {
    *out = (Mention){.begin = i, .end = i + courts, .org = true};
    out->generic = true;
    out->subject = text_slice(t, i, out->end);
    return courts;
  }
  size_t lead = text_any(t, i, "其中 仅");
  size_t unit = unit_body(t, i + lead);
  if (unit) {
    *out = (Mention){.begin = i, .end = i + lead + unit, .org = true};
    out->subject = text_slice(t, i + lead, out->end);
    return lead + unit;
  }
  // 以某某名字命名的创新工作室: the name begins behind 的
  size_t called =
      text_is(t, i, "以") ? text_find(t, i, i + 14, "命名的") : SIZE_MAX;
  size_t from = called == SIZE_MAX ? i : called + 3;
  for (size_t k = from; k < i + NAME_MAX && k < t->n; k++) {
    if (t->kind[k] != CH_HAN && t->kind[k] != CH_LATIN)
      return 0;
    size_t len = text_any(t, k,
                          "有限责任公司 有限公司 集团公司 集团 公司 医院 "
                          "学院 大学 银行 园区工会 开发区工会 企业工会 "
                          "公司工会 集团工会 产业工会 行业工会 镇工会 街道工会 "
                          "工会联合会 产业联合会 创新工作室 劳模工作室 "
                          "工匠工作室 铁路口岸 口岸 油田 铁路 班列");
    if (len == 2 && text_any(t, k, "铁路 班列") && !railway_runs(t, k + 2))
      len = 0;
    if (len && (k >= i + 2 || text_is(t, k + len - 2, "工会"))) {
      size_t end = k + len + (text_is(t, k + len, "工会") ? 2 : 0);
      if (text_any(t, end,
                   "覆盖 主席 会员 干部 组织 经费 数 总数 全部 已 建会"))
        return 0; // of a kind, not one
      *out = (Mention){.begin = i, .end = end, .org = true};
      out->generic = text_any_before(t, end, "铁路 班列") > 0;
      out->line = out->generic && !(t->inside[end] & INSIDE_TIME);
      out->subject = text_slice(t, from, end);
      return end - i;
    }
    if (lex_at(t, k,
               W_VERB | W_PREP | W_LIGHT | W_ADVERB | W_LEAD | W_VALUE |
                   W_MODAL | W_CHANGE,
               NULL))
      return 0;
    if (text_any(t, k,
                 "各级 各 该 基层 一些 部分 的 这 本 村级 县级 市级 非公 判决 "
                 "判令 责令"))
      return 0;
  }
  return 0;
}

size_t fair_at(const Text *t, size_t i, Mention *out) {
  if (lex_at(t, i, W_VERB | W_PREP | W_ADVERB | W_LEAD | W_LIGHT, NULL) ||
      text_any(t, i, "各 该 这 本 一场 多场 每场 全 线上"))
    return 0;
  for (size_t k = i + 2; k < i + NAME_MAX && k < t->n; k++) {
    if (t->kind[k] != CH_HAN && t->kind[k] != CH_QUOTE &&
        t->kind[k] != CH_UNQUOTE)
      return 0;
    size_t len = text_any(t, k, "招聘会 洽谈会 交易会 展销会 人才交流会");
    if (!len)
      continue;
    if (!text_any(t, k + len, "在 于 举行 举办 开幕 启动 吸引 现场 共 落幕"))
      return 0;
    *out = (Mention){.begin = i, .end = k + len, .org = true};
    out->subject = text_slice(t, i, k + len);
    return k + len - i;
  }
  return 0;
}

// 马山口镇投资…: a town at the head of a clause, before what it did.
size_t town_at(const Text *t, size_t i, Mention *out) {
  if (text_any(
          t, i,
          "是 为 属 东连 西连 南连 北连 东接 西接 南接 北接 东邻 西邻 南邻 "
          "北邻 东临 西临 南临 北临 东靠 西靠 南靠 北靠 毗邻 紧邻 距 与 和"))
    return 0; // 东连柳河村: what lies beside it
  for (size_t k = i + 1; k < i + 5 && k < t->n; k++) {
    if (t->kind[k] != CH_HAN ||
        text_any(t, k - 1, "各 该 全 本 我 两 个 的 建制 一些 所有"))
      return 0;
    size_t len = text_any(t, k, "镇 乡 街道 村");
    if (len == 1 && text_is(t, k, "村") &&
        (k < i + 2 || kind_of_village(t, k + 1) ||
         text_any(t, k + 1, NO_VILLAGE)))
      len = 0;
    if (!len)
      continue;
    size_t end = k + len;
    bool does = text_breaks(t, end) || (t->inside[end] & INSIDE_TIME) ||
                lex_at(t, end, W_VERB | W_LIGHT | W_ADVERB | W_PREP | W_MODAL,
                       NULL) > lex_at(t, end, W_CHANGE | W_VALUE, NULL);
    if (k < i + 2 || !does || lex_at(t, i, W_VERB | W_PREP | W_LEAD, NULL) ||
        text_any_before(
            t, end,
            "乡镇 城镇 小镇 古镇 集镇 村镇 强镇 重镇 家乡 故乡 返乡 "
            "下乡 还乡 老乡 水乡 他乡 异乡 之乡 回乡 兴乡"))
      return 0;
    *out = (Mention){.begin = i, .end = end, .org = true};
    out->subject = text_slice(t, i, end);
    return end - i;
  }
  return 0;
}
