// What 全省, 市总, 该县, 教育部 stand for: a place of a level, the one that the
// text named last or is about, and a body of it.
#include "extract_imp.h"

// What 全省, 市总, 教育部 begin with.
const char generic_heads[] =
    "各地全我该本省市县区州自中当最国人教公民财商农交应海";

static const struct {
  const char *word;
  int level; // 0: the country; 4: the last 区, whatever it is
} generic[] = {
    {"全国", 0},
    {"各地", 0},
    {"我国", 0},
    {"中国", 0},
    {"全省", 1},
    {"我省", 1},
    {"该省", 1},
    {"本省", 1},
    {"省级", 1},
    {"省内", 1},
    {"省", 1},
    {"全市", 2},
    {"我市", 2},
    {"该市", 2},
    {"本市", 2},
    {"市内", 2},
    {"市", 2},
    {"全县", 3},
    {"我县", 3},
    {"该县", 3},
    {"本县", 3},
    {"县域", 3},
    {"县", 3},
    {"全区", 4},
    {"我区", 4},
    {"该区", 4},
    {"本区", 4},
    {"该旗", 3},
    {"该州", 2},
    {"该盟", 2},
    {"我旗", 3},
    {"自治区", 1},
    {"全自治区", 1},
    {"区", 4},
    {"全州", 2},
    {"我州", 2},
    {"州", 2},
    {"全总", 0},
    {"全盟", 2},
    {"全旗", 3},
    {"当地", 5},
    {"全域", 5},
    {"最高人民法院", 0},
    {"最高法院", 0},
    {"最高法", 0},
    {"最高人民检察院", 0},
    {"最高检", 0},
    {"中央纪委国家监委", 0},
    {"中央纪委", 0},
    {"国务院", 0},
    {"国家统计局", 0},
    {"人力资源社会保障部", 0},
    {"人力资源和社会保障部", 0},
    {"人社部", 0},
    {"教育部", 0},
    {"公安部", 0},
    {"民政部", 0},
    {"财政部", 0},
    {"商务部", 0},
    {"农业农村部", 0},
    {"交通运输部", 0},
    {"应急管理部", 0},
    {"国家税务总局", 0},
    {"海关总署", 0},
    {"国家医保局", 0},
    {"国铁集团", 0},
    {"国家铁路集团", 0},
};

// 全市: also a county-level city named last, or a 直辖市; not one that an
// article of the city above it has left again.
static const Division *last_city(const Scene *s, bool again) {
  bool left = s->left && !again && s->home && s->home->level == 2 &&
              within(s->county, s->home);
  if (s->county && !left && str_ends(str_of(s->county->name), STR("市")))
    return s->county;
  if (s->city)
    return s->city;
  if (s->county && s->county->parent)
    return s->county->parent;
  const Division *p = s->province ? s->province : division_level(s->home, 1);
  if (p && str_ends(str_of(p->name), STR("市")))
    return p;
  const Division *own = s->known ? s->known->city : NULL;
  return own && (!p || within(own, p)) ? own : NULL;
}

static bool is_region(const Division *d) {
  return d && str_ends(str_of(d->name), STR("自治区"));
}

static bool is_district(const Division *d) {
  return d && d->level == 3 && str_ends(str_of(d->name), STR("区"));
}

// 全区 of an autonomous region: the one named last, else the only one that the
// page names.
static const Division *region_meant(const Scene *s) {
  if (is_region(s->province))
    return s->province;
  const Division *one = s->known ? s->known->region : NULL;
  bool meant = is_region(one) && (s->known->own_name || !s->home ||
                                  within(s->home, one)); // not by a banner's
  return meant ? one : s->county;
}

// 全省: no 直辖市 is one.
static const Division *province_of(const Division *d) {
  return d && str_ends(str_of(d->name), STR("市")) ? NULL : d;
}

static const Division *last_of(const Scene *s, int level, bool of_region,
                               bool again) {
  const Division *home = s->home;
  switch (level) {
  case 1:
    if (of_region && region_meant(s))
      return region_meant(s);
    if (province_of(s->province))
      return s->province;
    return province_of(home ? division_level(home, 1) : s->page);
  case 2:
    return last_city(s, again);
  case 3:
    return s->county;
  case 4:
    if (is_district(s->county))
      return s->county;
    if (is_district(home) && !is_region(s->province))
      return home;
    return region_meant(s);
  default:
    return s->county  ? s->county
           : s->moved ? s->home
           : s->city  ? s->city
                      : s->province;
  }
}

// 市12345政务服务便民热线: where it ends, 0 if none stands at i.
static size_t hotline_end(const Text *t, size_t i) {
  size_t k = i;
  while (k < t->n && t->kind[k] == CH_DIGIT)
    k++;
  if (k < i + 3 || k > i + 8)
    return 0;
  for (size_t end = k; end < k + 12 && end < t->n; end++) {
    size_t n = text_any(t, end, "热线平台 热线 服务平台 指挥中心");
    if (n)
      return end + n;
    if (t->kind[end] != CH_HAN)
      return 0;
  }
  return 0;
}

// The single 省 市 县 区 州 stand only before an organisation: 省总工会, 市总;
// not before what somebody is: 县委常委.
static bool bare_ok(const Text *t, size_t i) {
  if (text_any(t, i + 1, "委常委 委书记 委副书记 委委员 委组织部长"))
    return false;
  if (hotline_end(t, i + 1))
    return true;
  return text_any(t, i + 1,
                  "总工会 纪委 监委 委 政府 人社 财政 教育 发改 文明办 "
                  "妇联 团委 工信 卫健 住建 民政 司法 人大 政协 公安 "
                  "应急 医保 统计局 交通 农业农村 文旅 商务厅 "
                  "检察院 法院 中院 高院 税务") > 0 ||
         (short_union(t, i + 1) &&
          (i == 0 || t->kind[i - 1] != CH_HAN ||
           !text_any_before(t, i, "城 都 超 夜 菜 股 集 楼 上 门 早 街")));
}

// 市公交总公司, 区教育局 at the head of a clause: a body of the place.
static bool bare_body(const Text *t, size_t i) {
  if (!(t->head[i] & HEAD_CLAUSE) && !text_any_before(t, i, "记者从 据 由"))
    return false;
  if (text_any(
          t, i,
          "市民 市场 市区 市政 市容 市值 市价 市面 市郊 市集 市级 市内 "
          "市属 市直 县城 县域 县里 县级 县内 县属 县直 区域 区间 区块 区内 "
          "区位 区级 区属 区直 省份 省内 省级 省城 省钱 省时 省电 省心 "
          "省力 省去 省下 省属 省直 州内 州级 州属 州直"))
    return false;
  size_t end = org_end(t, i + 1);
  return end > i + 2 && text_any_before(t, end,
                                        "局 厅 公司 集团 中心 医院 院 协会 "
                                        "学会 银行 支队 总队 大队 委员会 委 "
                                        "红十字会 慈善总会 慈善会 基金会 残联 "
                                        "工商联");
}

// Start of a name that the table of divisions lacks, before a single 市 县 区:
// 河湾|区总工会, 经开|区总工会. `i` where 区 stands alone.
static size_t unknown_begin(const Text *t, size_t i) {
  size_t k = i - text_any_before(t, i, "经开 高新 经济技术开发");
  while (k > 0 && i - k < 4 && t->kind[k - 1] == CH_HAN &&
         !(t->inside[k - 1] & (INSIDE_PLACE | INSIDE_TIME)) &&
         !lex_before(t, k,
                     W_VERB | W_LIGHT | W_VALUE | W_CHANGE | W_ADVERB | W_PREP |
                         W_LEAD | W_MODAL | W_TIME,
                     NULL) &&
         !text_any_before(t, k,
                          "各 该 本 我 全 两 的 和 与 及 从 由 据 为 等 "
                          "次 活动 会议 期间"))
    k--;
  return i - k >= 2 && i - k < 7 ? k : i;
}

// An autonomous prefecture as the text names it: 凉山州.
static Str own_name(Arena *a, const Scene *s, const Division *d) {
  if (d && s->as_printed == d)
    return s->printed;
  return whole_name(a, d);
}

static Str generic_subject(Arena *a, const Text *t, const Scene *s,
                           size_t names_end, int level, Mention *m) {
  Str name = level == 0 ? text_slice(t, m->begin, names_end)
                        : own_name(a, s, m->division);
  if (!m->org || m->end == names_end)
    return name.len ? name : text_slice(t, m->begin, m->end);
  Str tail = union_named(a, text_slice(t, names_end, m->end));
  bool part =
      names_end == m->begin + 1 || text_any(t, m->begin, "自治区 全国 中国");
  if (name.len && (part || level))
    return str_cat(a, name, tail);
  return text_slice(t, m->begin, m->end);
}

// 中国|最高人民法院, 中国|船舶集团有限公司: where such a name ends, else 0.
static size_t national_body(const Text *t, size_t i) {
  size_t end = org_end(t, i);
  return end > i && text_any_before(t, end,
                                    "公司 集团 银行 法院 检察院 研究院 研究所 "
                                    "大学 学会 协会 科学院 工程院 红十字会")
             ? end
             : 0;
}

// 全国五一, 中国移动, 区域: words and names that begin like a place.
static bool no_place(const Text *t, size_t i) {
  return text_any(
             t, i,
             "省级以上 全国级 全省级 县级 全国五一 全国劳动 全国优秀 "
             "全国先进 全国模范 "
             "全国工人 全国首 全国劳模 "
             "全国两会 全国文明 全国技术 全国最美 全国十佳 全国三八 全国人大 "
             "全国政协 "
             "全国百强 全国第 全国率先 全省五一 "
             "全省首 全市首 中国式 中国特色 中国共产党 中国梦 中国人民 "
             "中国石 中国海 中国移 中国电 中国联 中国铁 中国银 中国农 "
             "中国建 中国人寿 中国人保 中国中 中国核 中国交 中国能 中国化 "
             "中国五矿 中国铝 中国黄金 中国航 中国商飞 中国船 中国兵 中国邮 "
             "中国国 中国东 中国南 中国远 中国华 中国大唐 中国煤 中国宝 "
             "中国一 中国二 中国烟草 中国盐 中国科 中国工程 中国社 中国渔政 "
             "中国红十字 中国残 中国作协 中国消 中国贸促 "
             "市场 县域经济 中国工会 中国工运 区域 区间 自治区级") > 0;
}

// 全市|消协系统: those of one kind together; length, 0 if none.
static size_t systems_at(const Text *t, size_t i) {
  return text_any(t, i,
                  "消协系统 公安系统 教育系统 卫健系统 卫生系统 法院系统 "
                  "检察系统 邮政系统 民政系统 税务系统 金融系统 交通运输系统 "
                  "公安交警 交警部门 交管部门 公安交管部门 消防救援队伍 "
                  "纪检监察系统 信访系统 气象部门 应急管理系统 供销系统");
}

size_t generic_at(Arena *a, const Text *t, size_t i, const Scene *s,
                  Mention *out) {
  size_t row, best = ROWS_AT(t, i, generic, &row);
  int level = best ? generic[row].level : 0;
  if (!best || (best == 1 && !bare_ok(t, i) && !bare_body(t, i)))
    return 0;
  size_t len_next;
  const Division *next;
  if (best == 1 && i + 1 < t->n &&
      division_match(t->plain, t->at[i + 1], &len_next, &next, 1))
    return 0;
  if (no_place(t, i) || (text_is(t, i, "各地") && !s->country))
    return 0;
  if (text_any(t, i, "省内 市内") && i + 2 < t->n && t->kind[i + 2] == CH_HAN &&
      !text_any(t, i + 2, "已 共 有 的 首 最 唯 各"))
    return 0;                          // 省内流动
  bool organ = level == 0 && best > 2; // 教育部, but no 教育部门
  if (organ && (text_any(t, i + best, "门 分 署 属 级") ||
                division_match(t->plain, t->at[i + best], &len_next, &next, 1)))
    return 0;
  size_t begin = best == 1 ? unknown_begin(t, i) : i;
  if (begin < i && !text_is(t, i, "省")) {
    size_t end = org_end(t, i + 1);
    *out = (Mention){.begin = begin, .end = end, .org = true};
    out->subject = text_slice(t, begin, end);
    return end - i;
  }
  *out = (Mention){.begin = i, .end = i + best, .generic = true};
  out->country = level == 0;
  out->division = level
                      ? last_of(s, level, text_any(t, i, "自治区 全自治区") > 0,
                                text_is(t, i, "该"))
                      : NULL;
  size_t end = i + best;
  if (best == 1 && hotline_end(t, end))
    end = hotline_end(t, end);
  else if (best == 1 || (text_is(t, i, "该") && short_union(t, end)) ||
           text_any(t, end,
                    "总工会 工会 各级 人大 政协 纪委 人民 各产业 "
                    "纪检监察机关 检察机关 公安机关 审判机关 司法机关 "
                    "税务机关 妇联 党委 政府 公安 法院 检察 各州 各市 "
                    "各县 各地工会 基层工会 基层调解 仲裁"))
    end = org_end(t, i + best);
  else if (systems_at(t, end))
    end += systems_at(t, end);
  else if (level == 0 && text_is(t, end, "铁路") && railway_runs(t, end + 2))
    end += 2; // 全国铁路|发送旅客
  if (level == 0 && text_is(t, i, "中国") && national_body(t, end))
    end = national_body(t, end);
  out->org = end > i + best || organ || (level == 0 && text_is(t, i, "全总"));
  out->end = end;
  out->subject = generic_subject(a, t, s, i + best, level, out);
  return out->end - i;
}
