// Who holds a figure besides places and bodies named in full: people, and what
// 他 takes up again; bodies that only tell.
#include "extract_imp.h"

// ---- people ---------------------------------------------------------------

static const char surnames[] =
    "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 "
    "唐 许 韩 邓 冯 曹 彭 曾 肖 田 董 潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 "
    "任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 方 邹 熊 白 孟 秦 "
    "邱 侯 江 尹 薛 闫 段 雷 龙 黎 史 陶 贺 毛 郝 顾 龚 邵 万 覃 武 钱 戴 严 "
    "莫 孔 常 汤 温 康 施 文 牛 樊 葛 邢 安 齐 易 乔 伍 庞 颜 倪 庄 聂 章 "
    "关 朴 佟 冉 祝 鲁 褚 尤 戚 喻 鲍 岑 翟 阮 闵 娄 骆 丛 栾 仇 詹 赖 "
    "蔺 屠 胥 耿 匡 欧 敖 辛 阚 饶 冀 晏 瞿 巩 靳 苟 蒲 阎 芦 岳 焦 滕 殷 裴 "
    "窦";

// What a person's name begins with.
const char person_heads[] =
    "小老他她艾买吐阿古木热巴扎卓才格其乌次依诸慕皇尉"
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋"
    "唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁"
    "任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦"
    "邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严"
    "莫孔常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章"
    "关朴佟冉祝鲁褚尤戚喻鲍岑翟阮闵娄骆丛栾仇詹赖蔺屠胥耿"
    "匡欧敖辛阚饶冀晏瞿巩靳苟蒲阎芦岳焦滕殷裴窦";

// What given names are made of.
static const char given[] =
    "伟 芳 娜 秀 英 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 超 霞 平 刚 桂 红 玲 "
    "辉 鹏 飞 燕 波 斌 莉 华 兰 峰 梅 鑫 云 凤 荣 婷 雪 琴 倩 颖 琳 晶 宁 旭 "
    "晨 宇 浩 博 思 佳 欣 怡 雨 建 国 庆 忠 义 志 德 福 贵 祥 瑞 林 森 海 江 "
    "明 亮 光 春 秋 冬 夏 东 南 西 北 永 恒 久 胜 利 成 功 学 文 武 斌 彬 传 "
    "家 兴 旺 发 富 财 宝 玉 珍 珠 淑 惠 慧 贤 良 善 美 月 星 阳 雷 雯 萍 菊 "
    "莲 竹 松 柏 树 根 生 民 全 有 友 仁 礼 智 信 诚 孝 廉 正 安 康 健 世 代 "
    "继 承 祖 宗 耀 绍 启 开 泰 俊 豪 杨 帆 航 天 龙 虎 彪 豹 骏 马 凯 锋 锐 "
    "铁 钢 铜 银 金 水 火 土 山 石 岩 川 河 湖 源 泉 清 波 涵 润 泽 洁 冰 霜 "
    "露 晓 晖 昊 昌 晴 景 曼 丹 彤 朝 阿 妮 娅 娥 婉 媛 嫣 姗 姝 妍 洪 宏 鸿 "
    "远 达 进 运 通 道 元 奎 魁 元 科 立 新 长 培 栋 梁 材 才 益 群 众 卫 保 "
    "爱 向 敬 尚 守 书 翰 墨 琪 琦 瑶 瑾 璐 璇 小 大 中 少 子 之 一 二 三 贞 "
    "香 翠 巧 素 喜 乐 悦 欢 心 洲 滨 津 京 申 顺 和 凌 毅 坚 磊 峻 岭 巍 然";

static const char roles[] =
    "外卖骑手 困难职工 退休职工 一线职工 货车司机 网约车司机 骑手 绣娘 "
    "农民工 农民 职工 工人 司机 技师 焊工 快递员 外卖员 送餐员 村民 "
    "居民 棉农 果农 菜农 茶农 农户 电工 钳工 木工 瓦工 车工 环卫工 保洁员 "
    "家政员 教师 护士 医生 牧民 牧户 渔民 工程师 班长 组长 创业者 养殖户 "
    "种植户 大学生 "
    "子女 矿工 劳模 工匠 技术员 员工 会员 学员 老人 户主 店主 老板 "
    "学生 家长 菜农 乘客 旅客 患者 顾客 消费者 车主 业主 住户 市民 种粮大户";

// 他 and she are the one named last.
static const char tells[] = "说 告诉 介绍 表示 道 坦言 感慨 认为 称 回忆";

static bool one_of(const Text *t, size_t i, const char *words) {
  return i < t->n && text_any(t, i, words) == 1;
}

static bool common_word(const Text *t, size_t i, size_t n) {
  uint16_t c[3];
  for (size_t k = 0; k < n; k++)
    c[k] = (uint16_t)t->c[i + k];
  return word_cost(c, n) > 0;
}

static bool ends_name(const Text *t, size_t i) {
  return i >= t->n || text_breaks(t, i) || t->kind[i] == CH_OPEN ||
         t->kind[i] == CH_LIST || (t->inside[i] & INSIDE_TIME) ||
         text_any(t, i,
                  "的 是 正 种 养 带 说 告诉 接 等 指 拿 看 笑 把 花 边") ||
         lex_at(t, i, W_VERB | W_LIGHT | W_PREP | W_ADVERB | W_VALUE, NULL);
}

// 欧阳建华: a surname of two characters, and one or two of given names.
static size_t double_name(const Text *t, size_t i) {
  size_t n = text_any(t, i, "欧阳 皇甫 诸葛 慕容 尉迟 司马 司徒 上官 令狐");
  for (size_t len = 2; n && len > 0; len--)
    if (i + n + len <= t->n && t->kind[i + n + len - 1] == CH_HAN &&
        one_of(t, i + n + len - 1, given) && ends_name(t, i + n + len))
      return i + n + len;
  return i;
}

// 陈桂兰: a surname, and one or two characters of given names, no word.
static size_t full_name(const Text *t, size_t i) {
  if (double_name(t, i) > i)
    return double_name(t, i);
  for (size_t len = 3; len > 1; len--)
    if (i + len <= t->n && t->kind[i + len - 1] == CH_HAN &&
        (one_of(t, i + len - 1, given) || one_of(t, i + 1, given)) &&
        !common_word(t, i, 2) && !common_word(t, i, len) &&
        ends_name(t, i + len))
      return i + len;
  return i;
}

// 艾力江, 卓玛: names that are written by their sound.
static const char sounds[] =
    "艾 买 提 吐 尔 逊 阿 不 都 古 丽 木 拉 卡 克 热 依 巴 扎 西 卓 玛 才 让 "
    "多 杰 格 桑 娜 其 勒 图 力 江 合 孜 肉 帕 迪 米 汗 措 旦 达 央 宗 仁 青 "
    "次 仓 山 乌 云 苏 亚 森 海 努 哈 萨 别 斯 娅 伊 玉 素 麦 沙 塔";

static size_t sounded_name(const Text *t, size_t i) {
  size_t end = i;
  while (end < i + 6 && one_of(t, end, sounds))
    end++;
  return end >= i + 2 && !common_word(t, i, 2) && ends_name(t, end) ? end : i;
}

// 王先生, 佟师傅
static const char titles[] =
    "先生 女士 师傅 大爷 大娘 大妈 大叔 大伯 阿姨 奶奶 "
    "爷爷 老太太 老汉 大姐 大哥 老师 同学";

// End of the person's name at i: 小唐, 老刘家, 李某, 高学斌; `i` if none. A
// whole name only where a role or an age has led to it.
static size_t name_end(const Text *t, size_t i, bool led) {
  if (i + 2 > t->n || t->kind[i] != CH_HAN || t->kind[i + 1] != CH_HAN)
    return i;
  if (text_any(t, i, "小 老") && one_of(t, i + 1, surnames) &&
      !text_any(t, i,
                "小康 小温 小白 小黄 小金 小石 小江 小高 小牛 老龙 小龙")) {
    size_t end = i + 2 + text_any(t, i + 2, "家");
    return end > i + 2 || ends_name(t, end) ? end : i;
  }
  if (!one_of(t, i, surnames))
    return !led                    ? i
           : double_name(t, i) > i ? double_name(t, i)
                                   : sounded_name(t, i);
  size_t end = i + 1 + text_any(t, i + 1, "某某 某");
  if (end > i + 1 && !text_any(t, i + 1, "某些 某种 某个 某地"))
    return end;
  end = i + 1 + text_any(t, i + 1, titles);
  if (end > i + 1 && !text_any(t, i, "高老师 文老师 成老人") &&
      ends_name(t, end))
    return end;
  return led ? full_name(t, i) : i;
}

// Whether a name stands at i, or anybody who then says something: 小满说.
static bool somebody_at(const Text *t, size_t i) {
  if (name_end(t, i, true) > i)
    return true;
  for (size_t k = i + 2; k < i + 5 && k < t->n; k++)
    if (text_any(t, k, tells))
      return true;
  return false;
}

bool person_follows(const Text *t, size_t i) {
  size_t from = i + text_is(t, i, "的"); // 大兴乡的菜农, 某小学二年级学生
  for (size_t k = from; k < from + 6 && k < t->n; k++) {
    size_t role = text_any(t, k, roles);
    if (role)
      return somebody_at(t, k + role);
    if (t->kind[k] != CH_HAN ||
        lex_at(t, k, W_VERB | W_PREP | W_ADVERB | W_VALUE, NULL))
      return false;
  }
  return false;
}

static size_t pronoun_at(const Text *t, size_t i, const Scene *s,
                         Mention *out) {
  if (!text_any(t, i, "他 她") || text_any(t, i + 1, "们 山 乡 人 国 所在") ||
      text_any(t, i + 1, tells) || !s->person.len)
    return 0;
  size_t n = 1 + text_any(t, i + 1, "家里 家");
  *out = (Mention){.begin = i, .end = i + n, .org = true, .person = true};
  out->subject = s->person;
  out->division = s->person_division;
  return n;
}

// Keeps who was named: the bare name, and as it is reported.
static void remember_person(Scene *s, Str name, Str person) {
  s->person = person;
  s->person_division = NULL;
  if (str_eq(s->names[0], name))
    return;
  memmove(s->names + 1, s->names, sizeof s->names - sizeof *s->names);
  memmove(s->people + 1, s->people, sizeof s->people - sizeof *s->people);
  s->names[0] = name;
  s->people[0] = person;
}

// 佟师傅 is the 佟铁军 named before.
static Str named_in_full(const Scene *s, Str name) {
  for (size_t k = 0; k < PEOPLE; k++)
    if (s->names[k].len > 3 && name.len > 3 &&
        memcmp(s->names[k].data, name.data, 3) == 0 &&
        str_eq(s->names[k], s->people[k]))
      return s->people[k];
  return STR("");
}

// A name told before, at the head of a clause: 佟铁军开了11年出租车.
static size_t known_person_at(const Text *t, size_t i, Scene *s, Mention *out) {
  for (size_t k = 0; k < PEOPLE; k++) {
    size_t n = s->names[k].len / 3;
    if (n < 2 || i + n > t->n ||
        !str_eq(text_slice(t, i, i + n), s->names[k]) ||
        (n < 3 && !ends_name(t, i + n)) || text_is(t, i + n, "的") ||
        text_any(t, i + n, tells))
      continue;
    s->person = s->people[k];
    *out = (Mention){.begin = i, .end = i + n, .org = true, .person = true};
    out->subject = s->person;
    return n;
  }
  return 0;
}

size_t person_at(const Text *t, size_t i, Scene *s, Mention *out) {
  if (!(t->head[i] & HEAD_PERSON))
    return 0;
  bool opens = t->head[i] & HEAD_CLAUSE;
  size_t n = opens ? pronoun_at(t, i, s, out) : 0;
  if (!n && opens)
    n = known_person_at(t, i, s, out);
  if (n)
    return n;
  size_t role = text_any_before(t, i, roles);
  bool familiar = text_any(t, i, "小 老") > 0;
  bool led = role || text_any_before(t, i, "岁的");
  bool may = opens || led || (familiar && text_is(t, i - 1, "的"));
  size_t end = may ? name_end(t, i, led) : i;
  if (end == i)
    return 0;
  // 骑手小唐, but 郑志明
  Str name = text_slice(t, i, end), full = STR("");
  if (text_any_before(t, end, titles))
    full = named_in_full(s, name);
  if (full.len)
    s->person = full;
  else
    remember_person(s, name, text_slice(t, familiar ? i - role : i, end));
  if (text_any(t, end, tells) || text_is(t, end, "的"))
    return 0; // who tells is not whose it is, nor 罗大勇的工具柜
  *out = (Mention){.begin = i - role, .end = end, .org = true, .person = true};
  out->subject = s->person;
  out->division = s->person_division;
  return end - i;
}

// ---- who tells, and whose it is ---------------------------------------------

bool is_event(const Text *t, const Mention *m) {
  return m->org &&
         text_any_before(t, m->end,
                         "大赛 代表大会 运动会 博览会 招聘会 洽谈会 交易会 "
                         "展销会 人才交流会");
}

// 记者从省统计局获悉: bodies that publish what a whole place has.
bool only_publishes(const Text *t, const Mention *m) {
  size_t site =
      m->org ? text_find(t, m->end, m->end + 8, "网站 官网 公众号") : SIZE_MAX;
  if (site != SIZE_MAX &&
      text_find(t, site, site + 10, "发布 公布 消息 通报 披露") != SIZE_MAX)
    return true;
  size_t end = m->end; // 国家统计局29日|发布的报告
  while (m->country && end < t->n &&
         (t->kind[end] == CH_DIGIT || text_any(t, end, "年 月 日")))
    end++;
  return m->org &&
         text_any_before(t, m->end,
                         "统计局 调查队 调查总队 医疗保障局 医保局 海关 "
                         "应急管理厅 应急管理局 气象局") &&
         text_any(t, end,
                  "获悉 了解到 公布 发布 通报 统计 数据 消息 介绍 今天 昨天 "
                  "昨日 今日 近日 日前 召开");
}

static bool of_discipline(Str name) {
  return str_has(name, STR("纪委")) || str_has(name, STR("监委")) ||
         str_has(name, STR("纪检监察"));
}

static bool of_police(Str name) {
  return str_has(name, STR("公安")) || str_has(name, STR("交警")) ||
         str_has(name, STR("派出所")) || str_has(name, STR("交管"));
}

// 该市立案行贿人员: what a place did that only its discipline bodies do; all of
// them where all of it did. 全市出动警力: what the police do.
Str discipline_of(Arena *a, const Text *t, const Mention *place, Str body) {
  if (!place->generic || place->org || !place->division)
    return STR("");
  bool police = of_police(body);
  if (!police && !of_discipline(body))
    return STR("");
  size_t i = place->end;
  for (size_t n; (n = lex_at(t, i, W_ADVERB, NULL)); i += n)
    ;
  if (police)
    return text_any(t, i,
                    "出动警力 投入警力 出动民警 查处 查获 破获 抓获 侦破 打掉 "
                    "刑事拘留 抓拍 现场查处 立案")
               ? body
               : STR("");
  if (!text_any(t, i,
                "立案 查处 处分 追回 移送 留置 通报曝光 审查调查 处置 批评教育 "
                "问责"))
    return STR("");
  return text_is(t, place->begin, "全")
             ? str_cat(a, str_of(place->division->name), STR("纪检监察机关"))
             : body;
}

bool office_tells(const Text *t, const Mention *m) {
  size_t i = m->end + text_any(t, m->end,
                               "昨天 昨日 今天 今日 近日 日前 前天 上午 下午");
  return text_any_before(
             t, m->end,
             "局 厅 办 台 监测中心 疾控中心 办公室 卫生计生委 "
             "卫健委 卫计委 教委 发改委 改革委 住建委 交通委 经信委 "
             "商务委 农委 国资委") &&
         text_any(t, i, "获悉 了解到 通报 公布 发布 介绍 统计 消息");
}

// 省纪委监委公布2024年全省查处…: the bodies of the whole place did it.
Str told_by(Arena *a, const Text *t, const Mention *m, const Mention *next) {
  if (m->org && next && !next->org && next->division &&
      next->division == m->division && office_tells(t, m))
    return next->subject;
  if (!m->org || !m->division || !of_discipline(m->subject) ||
      !text_any(t, m->end, "公布 发布 通报"))
    return m->subject;
  if (!next || next->division != m->division || !next->generic)
    return m->subject;
  if (next->org)
    return next->subject;
  return str_cat(a, str_of(m->division->name), STR("纪检监察机关"));
}

// ---- what a mention at the head of a clause does not do ---------------------

// 在全省考核中位居第一, 居全市前列: how far, not whose.
static bool scope_only(const Text *t, const Mention *m) {
  if (!text_any_before(t, m->begin, "在 居 列 于"))
    return false;
  size_t to = m->end + 12;
  return text_find(t, m->end, to,
                   "考核 排名 第 前列 会议 经验 推广 首位 最 率先 评比 大赛 "
                   "竞赛 比赛 领先 中位居") != SIZE_MAX;
}

// 从大连赶来的失主: whence somebody came.
bool whence(const Text *t, const Mention *m) {
  return !m->org && text_any_before(t, m->begin, "从 来自") &&
         text_find(t, m->end, m->end + 4,
                   "赶来 而来 前来 来的 寄来 回来 返回 来") != SIZE_MAX;
}

// 某公司等10家单位, 来自甲市、乙市的选手: one of several, whose place is not
// theirs.
void make_example(const Text *t, Mention *m) {
  bool origin =
      text_any_before(t, m->begin, "来自") &&
      (t->kind[m->end] == CH_LIST || text_any(t, m->end, "和 与 及 等"));
  if (!origin && (!m->org || !text_is(t, m->end, "等") || m->end + 1 >= t->n ||
                  !(t->kind[m->end + 1] == CH_DIGIT ||
                    text_any(t, m->end + 1,
                             "一 两 二 三 四 五 六 七 八 九 十 多 数 几 近"))))
    return;
  m->division = NULL;
  m->country = false;
  m->subject = STR("");
}

// 在市委和省总工会的领导下: it did not do it.
static bool aside(const Text *t, const Mention *m) {
  if (!m->org)
    return false;
  enum { REACH = 18 };
  for (size_t i = m->end; i < m->end + REACH && i < t->n; i++) {
    if (text_breaks(t, i))
      return false;
    if (text_any(t, i, "领导下 指导下 支持下 帮助下 关心下 统筹下 部署下"))
      return text_rfind(t, m->begin > 12 ? m->begin - 12 : 0, m->begin, "在") !=
             SIZE_MAX;
  }
  return false;
}

bool tells_only(const Text *t, const Mention *m) {
  return (m->generic && !m->org && scope_only(t, m)) || only_publishes(t, m) ||
         whence(t, m) || aside(t, m) || (m->org && person_follows(t, m->end)) ||
         (m->event &&
          text_find(t, m->end, m->end + 10, "上 会议 现场 中 期间") !=
              SIZE_MAX &&
          text_any_before(t, m->begin, "在"));
}
