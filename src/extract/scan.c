// Numbers with what stands around them: unit, qualifier, range, fraction.
#include "extract_imp.h"

static Number number_of(const Numeral *m) {
  Number n = {.begin = m->begin, .end = m->end};
  n.number = m->begin;
  n.number_end = m->end;
  n.value = m->value;
  n.has_value = !m->vague && !m->pair;
  n.han = m->han;
  n.scaled = m->scaled;
  n.scale = m->scale;
  n.vague = m->vague;
  n.positional = m->positional;
  n.qualifier = m->infix ? m->infix : "";
  n.unit_name = "";
  if (m->vague || m->pair) {
    n.low = m->value;
    n.has_low = true;
    n.high = m->high;
    n.has_high = !m->open;
  }
  if (m->broken)
    n.refused = "broken";
  return n;
}

// ---- qualifiers
// --------------------------------------------------------------

static const struct {
  const char *word, *name;
} before[] = {
    {"不足", "不足"}, {"不到", "不足"},   {"将近", "近"},
    {"接近", "近"},   {"大约", "约"},     {"约为", "约"},
    {"约有", "约"},   {"约占", "约"},     {"超过", "超"},
    {"超出", "超"},   {"突破", "超"},     {"多于", "超"},
    {"高于", "超"},   {"高达", ""},       {"大概", "约"},
    {"近", "近"},     {"约", "约"},       {"超", "超"},
    {"逾", "超"},     {"过", "超"},       {"破", "超"},
    {"不下", "以上"}, {"不少于", "以上"}, {"不低于", "以上"},
    {"至少", "以上"}, {"不超过", "以下"}, {"超过了", "超"},
    {"突破了", "超"}, {"超百", ""},       {"不低于", "以上"},
    {"几乎", "近"},   {"上下", "约"},
};

static void qualifier_before(const Text *t, Number *n) {
  size_t i = n->begin, row = 0;
  while (i && t->kind[i - 1] == CH_SPACE)
    i--;
  size_t best = ROWS_BEFORE(t, i, before, &row);
  if (best == 1 && text_any_before(t, i,
                                   "通过 经过 不过 最近 附近 临近 "
                                   "靠近 节约 履约 签约 预约 大约过 "
                                   "契约 远近 爆破 侦破"))
    return;
  if (best && *before[row].name)
    n->qualifier = before[row].name;
  if (!best && n->unit && n->unit->kind == U_RATIO) { // 约占全县的四分之一
    size_t from = n->begin > 16 ? n->begin - 16 : 0;
    for (size_t k = n->begin; k-- > from && !text_breaks(t, k);)
      if (text_any(t, k, "约占 近占"))
        n->qualifier = "约";
  }
}

// 八成多建立了: 多 behind a share is the number's.
static bool of_share(const Text *t, const Number *n) {
  return n->unit_name && strcmp(n->unit_name, "%") == 0 &&
         text_any_before(t, n->end, "成 半") &&
         !text_any(t, n->end, "多数 多次 多种 多元 多样 多方 多地 多家 多个");
}

static void qualifier_behind(const Text *t, Number *n) {
  static const struct {
    const char *word, *name;
  } words[] = {
      {"左右", "约"},   {"上下", "约"},   {"以上", "以上"}, {"及以上", "以上"},
      {"以下", "以下"}, {"以内", "以下"}, {"多", "多"},     {"余", "余"},
      {"之多", ""},     {"出头", "多"},   {"有余", "余"},
  };
  size_t row;
  if (!ROWS_AT(t, n->end, words, &row) ||
      text_any(t, n->end, "上下游 上下级 上下班 上下铺 上下水 上下联"))
    return;
  for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
    size_t len = text_any(t, n->end, words[k].word);
    if (!len)
      continue;
    if (len == 1 && n->end + 1 < t->n && t->kind[n->end + 1] == CH_HAN &&
        !text_any(t, n->end + 1, "的") && !of_share(t, n))
      continue;
    n->end += len;
    if (*words[k].name)
      n->qualifier = words[k].name;
    return;
  }
}

// 多 余 几 来 right behind the number: 200多人, 3万余人次, 二十几家.
static size_t infix(const Text *t, size_t i, Number *n) {
  static const char *const words[] = {"多", "余", "几", "来"};
  for (size_t k = 0; k < 4; k++)
    if (text_is(t, i, words[k]) && !text_is(t, i, "余额")) {
      n->qualifier = words[k];
      return i + 1;
    }
  return i;
}

// ---- units
// -------------------------------------------------------------------

static void read_unit(const Text *t, Number *n) {
  size_t i = infix(t, n->end, n);
  size_t len;
  size_t at = i < t->n && t->kind[i] == CH_SPACE ? i + 1 : i;
  const Unit *u = unit_at(t, at, &len);
  if (!u && at != i)
    at = i;
  if (i != n->end)
    n->end = i;
  if (u && !n->han && u->kind == U_ORDER && text_is(t, at, "个一")) {
    static const Unit one = {"个", "个", U_COUNT, 20};
    u = &one; // 296个一线班组
    len = 1;
  }
  if (!u)
    return;
  n->unit = u;
  n->unit_name = u->name;
  n->unit_at = at;
  n->unit_end = n->end = at + len;
  // 940.5斤/亩
  const Unit *over = t->c[n->end] == '/' ? unit_at(t, n->end + 1, &len) : NULL;
  if (over && t->kind[n->end + 1] == CH_HAN) {
    n->over = over->name;
    n->unit_end = n->end += 1 + len;
  }
}

// ---- ranges
// --------------------------------------------------------------------

static size_t range_sign(const Text *t, size_t i) {
  if (t->c[i] == 0x2014 || t->c[i] == '~' || t->c[i] == '-' ||
      text_any(t, i, "至 到"))
    return t->c[i] == 0x2014 && t->c[i + 1] == 0x2014 ? 2 : 1;
  return 0;
}

// A—B with one unit; A without scale takes the scale of B.
static bool read_range(const Text *t, Number *n) {
  size_t sign = range_sign(t, n->end);
  Numeral m;
  if (!sign || !n->has_value || !numeral_at(t, n->end + sign, &m) || m.broken ||
      m.vague || m.pair || m.bare)
    return false;
  Number high = number_of(&m);
  read_unit(t, &high);
  bool open_end = n->unit && !high.unit;
  if (open_end || (n->unit && strcmp(n->unit_name, high.unit_name) != 0))
    return false;
  if (n->unit && text_any_before(t, n->begin, "由 从") &&
      !text_any(t, high.end, "不等"))
    return false;
  Decimal low = n->value;
  if (m.scale && !n->scaled && !n->unit) {
    Decimal plain = decimal_shift(m.value, -(m.scale));
    if (decimal_cmp(low, plain) < 0)
      low = decimal_shift(low, m.scale);
  }
  if (decimal_cmp(low, m.value) >= 0)
    return false;
  n->low = low;
  n->high = m.value;
  n->has_low = n->has_high = true;
  n->has_value = false;
  n->scaled |= m.scaled;
  n->end = high.end;
  n->number_end = m.end;
  n->unit = high.unit;
  n->unit_name = high.unit_name;
  n->unit_at = high.unit_at;
  n->unit_end = high.unit_end;
  if (*high.qualifier)
    n->qualifier = high.qualifier;
  n->positional &= high.positional;
  return true;
}

// ---- shares: 百分之, 三分之二, 六成, 一半
// ------------------------------------------

static void as_ratio(Number *n, const char *name) {
  static const Unit percent = {"%", "%", U_RATIO, 1};
  static const Unit times = {"倍", "倍", U_RATIO, 3};
  n->unit = strcmp(name, "倍") == 0 ? &times : &percent;
  n->unit_name = name;
  n->unit_at = n->unit_end = n->end;
  n->fraction = true;
}

static bool read_hundredth(const Text *t, size_t i, Number *n) {
  static const struct {
    const char *word, *unit;
  } words[] = {{"百分之", "%"}, {"千分之", "‰"}, {"万分之", "‱"}};
  for (size_t k = 0; k < 3; k++) {
    Numeral m;
    if (!text_is(t, i, words[k].word))
      continue;
    if (!numeral_at(t, i + 3, &m) || m.broken || m.vague)
      return false;
    // 百分之百 is a hundred
    *n = number_of(&m);
    n->begin = i;
    n->number = i;
    n->end = infix(t, n->end, n);
    as_ratio(n, words[k].unit);
    return true;
  }
  return false;
}

// 1/3 of something.
static bool read_slash(const Text *t, const Numeral *part, Number *n) {
  Numeral whole;
  size_t len;
  if (t->c[part->end] != '/' || part->han || part->begin == 0 ||
      t->kind[part->begin - 1] != CH_HAN || part->value.e != 0 ||
      !numeral_at(t, part->end + 1, &whole) || whole.han ||
      whole.value.e != 0 || whole.value.m > 10 || part->value.m < 1 ||
      part->value.m >= whole.value.m || unit_at(t, whole.end, &len) ||
      (t->kind[whole.end] != CH_HAN && !text_breaks(t, whole.end)))
    return false;
  *n = number_of(part);
  n->end = n->number_end = whole.end;
  n->value = (Decimal){
      (part->value.m * 1000000 + whole.value.m / 2) / whole.value.m, -4};
  as_ratio(n, "%");
  return true;
}

// 四分之三: in percent, to four places.
static bool read_parts(const Text *t, const Numeral *whole, Number *n) {
  Numeral part;
  if (!text_is(t, whole->end, "分之") || whole->value.e != 0 ||
      whole->value.m < 2 || whole->value.m > 10000 ||
      !numeral_at(t, whole->end + 2, &part) || part.broken || part.pair ||
      part.value.e != 0 || part.value.m < 1 || part.value.m > whole->value.m)
    return false;
  *n = number_of(&part);
  n->begin = n->number = whole->begin;
  n->end = infix(t, n->end, n);
  int64_t scaled = part.value.m * 1000000;
  n->value = (Decimal){(scaled + whole->value.m / 2) / whole->value.m, -4};
  as_ratio(n, "%");
  return true;
}

static bool read_tenths(const Text *t, Number *n) {
  size_t i = n->end;
  if (text_is(t, i, "多") || text_is(t, i, "余"))
    i++;
  if (!text_is(t, i, "成") || n->scaled ||
      text_any(t, i,
               "成员 成为 成立 成功 成果 成本 成长 成都 成效 成人 成就 "
               "成品 成年 成交 成员 成片 成套 成分 成绩 成熟"))
    return false;
  bool one = n->has_value && n->value.m >= 1 && n->value.m <= 10;
  if (!one && !n->has_low)
    return false;
  if (i != n->end)
    n->qualifier = "多";
  n->value = decimal_shift(n->value, 1);
  n->low = decimal_shift(n->low, 1);
  n->high = decimal_shift(n->high, 1);
  n->end = i + 1;
  Numeral half;
  if (n->han && n->has_value && numeral_at(t, n->end, &half) && half.han &&
      half.end == n->end + 1 && half.value.m < 10) { // 七成五
    n->value = (Decimal){n->value.m * 10 + half.value.m, 0};
    n->end = half.end;
  } else if (text_is(t, n->end, "半")) {
    n->value = (Decimal){n->value.m * 10 + 5, 0};
    n->end++;
  }
  as_ratio(n, "%");
  return true;
}

// 一半, 半数, 过半: fifty per cent.
static bool read_half(const Text *t, size_t i, Number *n) {
  size_t len = text_any(t, i, "一半 半数");
  bool over = text_is(t, i, "半") && text_any_before(t, i, "过 超 近");
  bool cut = text_is(t, i, "半") && text_any_before(t, i, "减") &&
             (text_breaks(t, i + 1) || t->kind[i + 1] == CH_LIST);
  over |= cut;
  if (!len && !over)
    return false;
  if (len && text_is(t, i, "一半") &&
      !text_any_before(t, i,
                       "减少 增加 下降 增长 超 过 近 约 占 缩短 降低 达") &&
      !text_any(t, i + 2, "以上 左右"))
    return false;
  if (over && text_any(t, i + 1, "个 年 天 月 小 径 夜 生 百 途 山 路"))
    return false;
  *n = (Number){.begin = i, .number = i, .value = {50, 0}, .han = true};
  n->has_value = n->half = true;
  n->end = n->number_end = i + (len ? len : 1);
  n->qualifier = n->unit_name = "";
  as_ratio(n, "%");
  return true;
}

// 翻一番, 翻了两番, 翻番: what is added, in 倍.
static bool read_doubling(const Text *t, size_t i, Number *n) {
  if (!text_is(t, i, "翻"))
    return false;
  size_t k = i + 1;
  if (text_is(t, k, "了"))
    k++;
  Numeral m = {.value = {1, 0}, .end = k};
  if (!text_is(t, k, "番") && (!numeral_at(t, k, &m) || m.broken || m.pair))
    return false;
  if (!text_is(t, m.end, "番") || m.value.e != 0 || m.value.m < 1 ||
      m.value.m > 20)
    return false;
  *n = number_of(&m);
  n->begin = n->number = i;
  n->end = n->number_end = m.end + 1;
  n->value = (Decimal){(INT64_C(1) << m.value.m) - 1, 0};
  n->has_value = n->times = n->han = true;
  n->unit_name = "";
  if (!n->qualifier)
    n->qualifier = "";
  as_ratio(n, "倍");
  return true;
}

// 居全省第二: a rank.
static bool read_rank(const Text *t, Number *n) {
  if (!text_any_before(t, n->begin, "第"))
    return false;
  size_t from = n->begin > 12 ? n->begin - 12 : 0;
  size_t verb = text_rfind(t, from, n->begin - 1,
                           "位居 居 位列 列 排名 排 名列 跃居 升至 进至");
  size_t end = n->end + text_any(t, n->end, "位 名");
  if (verb == SIZE_MAX || !n->has_value)
    return false;
  for (size_t k = verb; k < n->begin; k++)
    if (text_breaks(t, k))
      return false;
  bool closed =
      end >= t->n || t->kind[end] != CH_HAN || text_any(t, end, "的 和 并");
  if (!closed)
    return false;
  n->rank = true;
  n->begin--;
  n->end = end;
  n->unit_name = "";
  n->unit = NULL;
  return true;
}

// 3.1:1 of a 比.
static bool read_proportion(const Text *t, Number *n) {
  size_t i = n->end;
  if (t->c[i] != ':' || t->kind[i + 1] != CH_DIGIT || !n->has_value)
    return false;
  Numeral m;
  numeral_at(t, i + 1, &m);
  size_t from = n->begin > 14 ? n->begin - 14 : 0;
  n->end = n->number_end = m.end;
  if (m.broken || decimal_cmp(m.value, (Decimal){1, 0}) != 0 ||
      text_rfind(t, from, n->begin,
                 "比由 比为 比从 比达 比降 比升 比约 比是 比缩 比 "
                 "配比 比例") == SIZE_MAX ||
      text_rfind(t, from, n->begin, "比赛 比分 战 胜 负 平") != SIZE_MAX) {
    n->refused = "clock or score";
    return true;
  }
  n->ratio = true;
  n->unit_name = "比";
  return true;
}

// ---- 每万人
// ----------------------------------------------------------------------

static void denominator(Arena *a, const Text *t, Number *n) {
  if (!text_any_before(t, n->begin, "每 平均每"))
    return;
  n->per = true;
  n->refused = "denominator";
  n->per_unit = str_copy(a, text_slice(t, n->begin, n->end));
  if (n->unit && n->unit->kind == U_PERSON) // 万名 is 万人
    n->per_unit =
        str_fmt(a, "%.*s%s", STR_ARG(text_slice(t, n->begin, n->unit_at)),
                n->unit_name);
}

// What a number may begin with beside 0 to 9: few characters.
const char number_heads[] = "一二两三四五六七八九十百千万亿零〇半翻上数几"
                            "壹贰叁肆伍陆柒捌玖拾佰仟萬億兩";

// 队伍, 大陆: a financial numeral alone is a word's character.
static bool financial_alone(const Text *t, size_t i) {
  size_t len;
  if (text_any(t, i,
               "零就业 零距离 零售 零工 零星 零碳 零关税 零排放 零投诉 "
               "零事故 零容忍 零部件 零件 零食 零散 零基础 零接触 零跑"))
    return true;                  // 零就业家庭
  if (text_any(t, i, "拾 佰 仟")) // 收拾
    return !(i && text_any(t, i - 1, "壹 贰 叁 肆 伍 陆 柒 捌 玖 零 0")) &&
           !unit_at(t, i + 1, &len);
  if (i && text_any(t, i - 1, "队伍 入伍 退伍 落伍 行伍 大陆 登陆 着陆") &&
      !text_any(t, i + 1, "拾 佰 仟"))
    return true; // 队伍根据: no five 根
  return text_any(t, i, "壹 贰 叁 肆 伍 陆 柒 捌 玖") &&
         !text_any(t, i + 1, "拾 佰 仟 萬 万 億 亿 角 分") &&
         !unit_at(t, i + 1, &len);
}

static bool starts_number(const Text *t, size_t i) {
  if (i && t->kind[i - 1] == CH_DIGIT && t->kind[i] == CH_DIGIT)
    return false;
  return !financial_alone(t, i);
}

static bool read_number(const Text *t, size_t i, Number *n) {
  Numeral m;
  if (read_hundredth(t, i, n) || read_half(t, i, n) || read_doubling(t, i, n))
    return true;
  if (!starts_number(t, i) || !numeral_at(t, i, &m))
    return false;
  if (read_parts(t, &m, n) || read_slash(t, &m, n))
    return true;
  *n = number_of(&m);
  if (m.bare && !m.vague && !m.infix &&
      !text_any_before(t, i, "近 逾 超 过 约 超过 不足 不到 突破 破 接近 每") &&
      !text_any(t, n->end, "余 多"))
    n->refused = "scale word alone";
  if (read_rank(t, n) || read_proportion(t, n) || read_tenths(t, n))
    return true;
  read_unit(t, n);
  read_range(t, n);
  return true;
}

// 增长率为-0.9%: a sign behind the word that joins the number.
static void negate(const Text *t, Number *n) {
  size_t i = n->begin;
  if (i < 2 || n->han || !n->has_value ||
      (t->c[i - 1] != '-' && t->c[i - 1] != 0x2014))
    return;
  size_t k = i - 1;
  while (k && t->kind[k - 1] == CH_SPACE)
    k--;
  if (!text_any_before(t, k, "为 是 达 到 至 由 从 约"))
    return;
  n->begin = n->number = i - 1;
  n->value.m = -n->value.m;
}

// 分别回落2.16和1.66个百分点: the last of a list has the unit, and the scale.
static void share_units(const Text *t, Numbers *numbers) {
  for (size_t i = numbers->len; i-- > 1;) {
    Number *n = &numbers->data[i - 1], *m = &numbers->data[i];
    size_t join = n->end < t->n ? text_any(t, n->end, "、 和 与 及") : 0;
    size_t from = n->begin > 40 ? n->begin - 40 : 0;
    bool points = n->unit && m->unit && m->unit->kind == U_POINT &&
                  n->unit_end == n->end && text_is(t, n->unit_at, "个") &&
                  join && n->end + join == m->begin;
    if (points) { // 2.4个、1.9个百分点
      n->unit = m->unit;
      n->unit_name = m->unit_name;
    }
    if (n->unit || n->refused || !n->has_value || !m->unit || !m->has_value ||
        m->refused || n->han || n->rank || n->ratio || !join ||
        n->end + join != m->begin || m->unit->kind == U_TIME ||
        m->unit->kind == U_ORDER ||
        text_rfind(t, from, n->begin, "分别") == SIZE_MAX)
      continue;
    n->unit = m->unit;
    n->unit_name = m->unit_name;
    n->unit_at = n->unit_end = n->end;
    if (m->scale && !n->scaled) {
      n->value = decimal_shift(n->value, m->scale);
      n->scaled = true;
      n->scale = m->scale;
    }
  }
}

void scan_numbers(Arena *a, const Text *t, Numbers *out) {
  for (size_t i = 0; (i = text_head(t, i, HEAD_NUMBER)) < t->n;) {
    Number n;
    if (!read_number(t, i, &n)) {
      i++;
      continue;
    }
    if (!n.rank)
      qualifier_before(t, &n);
    denominator(a, t, &n);
    negate(t, &n);
    if (!n.rank && (n.unit || n.scaled))
      qualifier_behind(t, &n);
    *vec_push(a, out) = n;
    i = n.end > i ? n.end : i + 1;
  }
  share_units(t, out);
}
