// What a number counts when its own clause leaves the thing out: 新建驿站12座,
// 累计建成86座; 新建驿站12座,总数达到86座.
#include "phrase.h"

// Verbs that make the thing they name: what one has made, the other counts.
#define MAKING                                                                 \
  "建成 新建 改建 扩建 建立 设立 创建 布设 配备 命名 选树 培育 发展 发放"

// Where the making verbs at the head of a phrase end, with what stands before
// them: 累计建成.
static size_t behind_verbs(const Text *t) {
  size_t i = text_any(t, 0, "累计 共 已 目前 全年 今年");
  for (size_t len; i < t->n && (len = text_any(t, i, MAKING));)
    i += len;
  return i;
}

// What became of things taken in before: 查出隐患18处，当场整改15处.
#define BECOMING                                                                                          \
  "整改 办成 办结 处理 处置 办理 解答 审结 审执结 执结 采纳 落实 解决 答复 " \
  "调解成功 调解 化解 "                                                                           \
  "调处 兑现 销号 "                                                                                 \
  "启用 投用 转化 验收 修复 消除 追回 发放到位 完成 完工 竣工"

static bool only_becoming(const Text *t) {
  size_t i = text_any(t, 0, "累计 共 已 当场 当月 当年 已经");
  size_t n = text_any(t, i, BECOMING);
  while (n && i + n < t->n && t->kind[i + n] == CH_LIST &&
         text_any(t, i + n + 1, BECOMING)) { // 审结、执结
    i += n + 1;
    n = text_any(t, i, BECOMING);
  }
  return n && i + n + text_any(t, i + n, "成功 完成 到位") == t->n;
}

Str thing_of(Arena *a, Str indicator) {
  Text t = {0};
  text_load(a, &t, indicator);
  size_t from = 0;
  size_t v = last_verb(&t, (Range){0, t.n});
  size_t n = v == SIZE_MAX ? 0 : lex_at(&t, v, VERBAL, NULL);
  if (n && v + n + 2 <= t.n)
    from = v + n;
  if (!from && lex_at(&t, 0, W_VERB, NULL) >= 2 &&
      lex_at(&t, 0, W_VERB, NULL) + 2 <= t.n &&
      lex_at(&t, 0, W_VN | W_NOUN, NULL) < 2)
    from = lex_at(&t, 0, W_VERB, NULL); // 受理欠薪案
  for (size_t i = t.n; i-- > from + 1;)
    if (text_is(&t, i, "的") && i + 3 <= t.n && !t.inside[i])
      return text_slice(&t, i + 1, t.n);
  return text_slice(&t, from, t.n);
}

static bool only_verbs(const Text *t) {
  return t->n >= 2 && t->n <= 6 && behind_verbs(t) == t->n &&
         text_any_before(t, t->n, MAKING);
}

static bool only_total(const Text *t) {
  return t->n <= 4 && text_any(t, 0, "总数 总量 总人数") == t->n;
}

// What is measured of a thing: 播种面积, 总产值.
#define QUANTITIES                                                                                           \
  "总产值 产值 总产量 产量 单产 增加值 播种面积 种植面积 总面积 面积 销售额 " \
  "销售量 销量 交易额 成交额 营业收入 总收入 出口额 进口额 总额 均价"
// What is said of another measure.
#define SAYINGS "增速 增幅 降幅 减幅 涨幅 跌幅 占比 比重 比例 增长率"

// What is handed out, one thing after the other: 发放矿泉水500箱，毛巾1000条.
#define HANDING                                                                \
  "发放 送出 赠送 捐赠 配发 派发 慰问 走访 采购 购置 查获 缴获 收缴 更换 投放"

bool carry_deed(const Context *c, Range own, Figure *f, const Figure *last) {
  const Number *n = &c->numbers->data[c->i];
  const Text *t = c->t;
  bool counts =
      n->unit && (n->unit->kind == U_COUNT || n->unit->kind == U_PERSON ||
                  n->unit->kind == U_PHYSICAL);
  if (!counts || own.begin != c->clause.begin || own.end != n->begin ||
      own.begin <= c->clause.sentence || len_of(own) < 2 || len_of(own) > 8 ||
      t->c[own.begin - 1] != ',' || !c->i ||
      c->numbers->data[c->i - 1].end + 1 != own.begin ||
      last_verb(t, own) != SIZE_MAX || is_quantity(c->a, f->indicator) ||
      text_any(t, own.begin, "价值 金额 其中 累计 总数 平均 受 参 惠"))
    return false;
  uint16_t first[2] = {(uint16_t)t->c[own.begin],
                       (uint16_t)t->c[own.begin + 1]};
  if (word_kind(first, 2) == WORD_VERB)
    return false; // 纠正…9起: a deed of its own
  Text was = {0};
  text_load(c->a, &was, last->indicator);
  size_t from = text_any(&was, 0, "累计 共");
  size_t deed = text_any(&was, from, HANDING);
  if (!deed || from + deed >= was.n)
    return false;
  f->indicator = str_cat(c->a, text_slice(&was, 0, from + deed), f->indicator);
  return true;
}

bool is_quantity(Arena *a, Str indicator) {
  Text t = {0};
  if (indicator.len > 15)
    return false;
  text_load(a, &t, indicator);
  return t.n && text_any(&t, 0, QUANTITIES) == t.n;
}

// One of several kinds of the thing that the figure before counted.
#define KINDS                                                                                                 \
  "国家级 全国级 省部级 自治区级 省示范性 市示范性 示范性 市县两级 省市两级 " \
  "省级 市级 州级 "                                                                                     \
  "县级 区级 乡级 城镇 农村 "                                                                       \
  "城市 乡村 男性 女性 东部地区 中部地区 西部地区 东北地区"
// How much of it was dealt with.
#define RATES                                                                                            \
  "处理率 处置率 整改率 化解率 办结率 结案率 征缴率 收缴率 续签率 签订率 " \
  "签约率 回收率 "                                                                                 \
  "查处率 解决率 销号率 兑付率 审结率 采纳率 落实率 调解率 调解成功率"

// 创新工作室86个，其中省级9个; 居民收入…，其中城镇…
static bool of_kind(Arena *a, const Text *t, const Text *was, Figure *f,
                    const Figure *last) {
  if (text_any(t, 0, KINDS) != t->n || !str_eq(f->unit, last->unit))
    return false;
  Str whole = text_slice(was, text_any(was, 0, KINDS), was->n);
  if (str_is(f->unit, "人"))
    return false; // 其中县级5人 are officials
  if (!str_is(f->unit, "%"))
    whole = thing_of(a, whole);
  if (str_starts(whole, STR("建")) && !str_starts(whole, STR("建筑")) &&
      !str_starts(whole, STR("建设")) && !str_starts(whole, STR("建材")))
    whole = str_slice(whole, 3, whole.len); // 已建工作室
  while (str_ends(whole, STR("已建")) || str_ends(whole, STR("已有")) ||
         str_ends(whole, STR("现有")))
    whole.len -= 6;
  if (whole.len < 6)
    return false;
  f->indicator = str_cat(a, f->indicator, whole);
  return true;
}

// 东部地区外出农民工占13%，中部地区占52%: another region, the same share.
static bool of_region(Arena *a, const Text *t, const Text *was, Figure *f,
                      const Figure *last) {
  size_t n = text_any(t, 0, "东部地区 中部地区 西部地区 东北地区");
  size_t m = text_any(was, 0, "东部地区 中部地区 西部地区 东北地区");
  if (!n || !m || !str_eq(f->unit, last->unit) || n + 2 < t->n)
    return false;
  f->indicator = str_cat(a, text_slice(t, 0, n), text_slice(was, m, was->n));
  return true;
}

// 发现隐患90处，整改率95%: the rate of what was counted.
static bool of_rate(Arena *a, const Text *t, Figure *f, const Figure *last) {
  if (text_any(t, 0, RATES) != t->n || str_is(last->unit, "%") ||
      str_is(last->unit, "人"))
    return false;
  Str thing = thing_of(a, last->indicator);
  if (thing.len < 6 || thing.len > 30 ||
      str_has(thing, str_slice(f->indicator, 0, 6)))
    return false;
  f->indicator = str_cat(a, thing, f->indicator);
  return true;
}

// 货车司机工会组建187个,工会会员6984人: of which union they are members.
static bool of_union(Arena *a, const Text *t, const Text *was, Figure *f) {
  size_t at = text_find(was, 2, was->n, "工会 联合会");
  size_t n = text_any(t, 0, "工会会员 会员数 会员人数 会员 职工数 职工");
  if (!n || n != t->n || at == SIZE_MAX || at > 10 ||
      last_verb(was, (Range){0, at}) != SIZE_MAX ||
      text_any(was, 0, "基层 各级 全市 全省 全县 全区 全国"))
    return false;
  size_t end =
      text_is(t, 0, "工会") ? at : at + text_any(was, at, "工会 联合会");
  f->indicator = str_cat(a, text_slice(was, 0, end), f->indicator);
  return true;
}

void indicator_stem(const Context *c, Figure *f, const Figure *last) {
  Text t = {0}, was = {0};
  if (f->indicator.len > 18 || !last->indicator.len)
    return;
  text_load(c->a, &t, f->indicator);
  bool quantity = text_any(&t, 0, QUANTITIES) == t.n;
  bool saying = text_any(&t, 0, SAYINGS) == t.n;
  size_t k = c->i; // the figure before it, of the same sentence
  while (k && c->numbers->data[k - 1].refused)
    k--;
  if (!k || c->numbers->data[k - 1].begin < c->clause.sentence)
    return;
  text_load(c->a, &was, last->indicator);
  if (of_union(c->a, &t, &was, f) || of_region(c->a, &t, &was, f, last) ||
      of_kind(c->a, &t, &was, f, last) || of_rate(c->a, &t, f, last) ||
      (!quantity && !saying))
    return;
  if (text_any_before(&was, was.n, SAYINGS)) {
    if (str_ends(last->indicator, f->indicator))
      f->indicator = last->indicator; // 比重较上年提高
    return;
  }
  size_t stem = was.n, from = 0;
  if (quantity) {
    stem -= text_any_before(&was, was.n, QUANTITIES);
    from = behind_verbs(&was);
    from += text_any(&was, from, "完成 实现");
    Text unit = {0}; // 果瓜1200公顷, 生猪30万头: a thing grown
    text_load(c->a, &unit, last->unit);
    if (stem == was.n && !text_any(&unit, 0, "公顷 亩 头 只 羽"))
      return;
  } else if (text_any(&was, 0, "实现 完成")) {
    from = 2;
  }
  if (stem >= from + 2)
    f->indicator = str_cat(c->a, text_slice(&was, from, stem), f->indicator);
}

// The thing that an earlier figure of the same unit counted.
static Str object_of(Arena *a, const Figure *last) {
  Text t = {0};
  text_load(a, &t, last->indicator);
  size_t from = behind_verbs(&t);
  bool made = from > 0 && text_any_before(&t, from, MAKING);
  return made && t.n - from >= 2 ? text_slice(&t, from, t.n) : STR("");
}

bool indicator_object(Arena *a, Figure *f, const Figure *last) {
  if (!last || !str_eq(last->unit, f->unit) || f->indicator.len > 24)
    return false;
  Text t = {0};
  text_load(a, &t, f->indicator);
  bool total = only_total(&t);
  bool became = only_becoming(&t);
  if (!total && !became && !only_verbs(&t))
    return false;
  Str object = became ? thing_of(a, last->indicator) : object_of(a, last);
  if (!object.len || str_has(object, f->indicator))
    return false;
  f->indicator = total ? str_cat(a, object, f->indicator)
                       : str_cat(a, f->indicator, object);
  return true;
}

Str without_examples(Arena *a, Str indicator) {
  Text t = {0};
  if (!str_has(indicator, STR("、")))
    return indicator;
  text_load(a, &t, indicator);
  size_t list = 0, such = 0;
  for (size_t i = 1; i + 2 < t.n; i++) {
    if (t.inside[i] & (INSIDE_QUOTE | INSIDE_BOOK | INSIDE_BRACKET))
      continue;
    if (t.kind[i] == CH_LIST && !list)
      list = i;
    if (list && text_is(&t, i, "等") &&
        !text_any_before(&t, i, "平 高 中 初 同 优 对") &&
        !text_any(&t, i, "等级 等候 等待 等次"))
      such = i;
  }
  if (!such)
    return indicator;
  size_t head = 0;
  for (size_t n = 1; n; head += n) {
    n = lex_at(&t, head, W_VERB | W_LIGHT, NULL);
    if (n < 2 || head + n >= list || lex_at(&t, head, W_NOUN, NULL) > n)
      n = 0;
  }
  if (!head)
    return indicator;
  return str_cat(a, text_slice(&t, 0, head), text_slice(&t, such + 1, t.n));
}

// 补助了的职工, 照亮了村口的路灯: a name has no 了.
static bool perfective(const Text *t, size_t i) {
  return text_is(t, i, "了") && lex_before(t, i, W_VERB, NULL) >= 2 &&
         !text_any(t, i, "了解 了望 了结") && !t->inside[i];
}

Str without_perfective(Arena *a, Str indicator) {
  if (!str_has(indicator, STR("了")))
    return indicator;
  Text t = {0};
  text_load(a, &t, indicator);
  Buf b = buf_new(a);
  for (size_t i = 0; i < t.n; i++)
    if (!perfective(&t, i))
      buf_add(&b, text_slice(&t, i, i + 1));
  return buf_str(&b);
}

static bool stray(const Text *t, size_t i) {
  bool of_two = t->kind[i] == CH_OPEN || t->kind[i] == CH_CLOSE ||
                t->kind[i] == CH_QUOTE || t->kind[i] == CH_UNQUOTE;
  return of_two && (t->pair[i] == i || t->pair[t->pair[i]] != i);
}

Str indicator_signs(Arena *a, Str s) {
  bool maybe = false; // signs begin with other bytes than words do
  for (size_t i = 0; i < s.len; i++) {
    unsigned char byte = (unsigned char)s.data[i];
    maybe |= byte < 0x80 || (byte >= 0xE0 && byte < 0xE4) || byte == 0xEF;
  }
  if (!maybe)
    return s;
  Text t = {0};
  text_load(a, &t, s);
  Buf b = buf_new(a);
  for (size_t i = 0; i < t.n; i++)
    if (!stray(&t, i))
      buf_add(&b, text_slice(&t, i, i + 1));
  return b.len == s.len ? s : buf_str(&b);
}
