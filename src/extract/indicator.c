// What is measured: a short noun phrase of the clause's own words.
#include "phrase.h"

// ---- lists and ellipsis
// ------------------------------------------------------------------

// 集体合同覆盖|企业, 推荐表彰|奖状: up to the verb that the items share.
static Str head_verb(const Context *c, Str whole) {
  Text t = {0};
  text_load(c->a, &t, str_slice(whole, 0, 90));
  size_t v = last_verb(&t, (Range){0, t.n});
  if (v == SIZE_MAX)
    return STR("");
  size_t n = lex_at(&t, v, VERBAL, NULL);
  for (size_t m = n; m; n += m)
    m = verb_at(&t, v + n, W_VERB);
  if (v + n >= t.n || t.n - v - n > 14)
    return STR("");
  return text_slice(&t, 0, v + n);
}

// 表彰10家单位和20名个人: the verb before the first holds for the next too.
static bool share_deed(const Context *c, Behind b, Figure *f,
                       const Figure *last) {
  Str verb = head_verb(c, last->indicator);
  if (!in_row(c) || len_of(b.verb) || !verb.len || verb.len > 18 ||
      verb.len + 6 > last->indicator.len ||
      str_starts(str_slice(last->indicator, verb.len, last->indicator.len),
                 STR("的")) ||
      str_starts(f->indicator, verb))
    return false;
  f->indicator = str_cat(c->a, verb, f->indicator);
  return true;
}

// 推荐全国五一劳动奖状3个、奖章25个: what the first item had before its noun.
static Str shared_head(const Context *c, Str item, const Figure *last) {
  Str whole = last->indicator;
  size_t tail = 0;
  for (size_t k = item.len; k; tail++)
    utf8_prev(item, &k);
  if (tail < 2 || whole.len <= item.len)
    return STR_NONE;
  if ((whole.data[whole.len - item.len] & 0xC0) == 0x80)
    return STR_NONE; // as long in bytes, not in characters
  // 现有国家级非遗12项、省级非遗86项: as long as the first without its verb
  Str verb = head_verb(c, whole);
  if (str_has(whole, STR("(")) || str_has(whole, STR("（")))
    return STR_NONE; // not built alike
  if (verb.len && whole.len <= verb.len + item.len + 6 && item.len >= 9)
    return STR_NONE;
  // 全国试点6家、省级试点37家: the same last two characters
  Str end = str_slice(item, item.len - 6, item.len);
  if (item.len >= 9 && whole.len >= item.len + 6 && str_ends(whole, end))
    return str_cat(c->a, str_slice(whole, 0, whole.len - item.len), item);
  // 奖状3个、奖章25个: the same first character, and as long
  size_t k = 0;
  utf8_next(item, &k);
  Str same = str_slice(whole, whole.len - item.len, whole.len - item.len + k);
  if (!str_eq(same, str_slice(item, 0, k)))
    return STR_NONE;
  return str_cat(c->a, str_slice(whole, 0, whole.len - item.len), item);
}

// 基本养老保险参保人数…，参保率…: what stood before the stem both have.
static void share_stem(const Context *c, Figure *f, const Figure *last) {
  Str s = f->indicator;
  if (s.len < 9 || s.len > 12 ||
      !(str_ends(s, STR("率")) || str_ends(s, STR("数")) ||
        str_ends(s, STR("额")) || str_ends(s, STR("量")) ||
        str_ends(s, STR("支出")) || str_ends(s, STR("收入")) ||
        str_ends(s, STR("结余")) || str_ends(s, STR("结存"))))
    return;
  size_t at = str_find(last->indicator, str_slice(s, 0, 6), 0);
  if (at == SIZE_MAX || at < 9 || at > 36 || at + 15 < last->indicator.len)
    return;
  f->indicator = str_cat(c->a, str_slice(last->indicator, 0, at), s);
}

// 位居全国第五、中部第一: another rank of the same.
static bool next_rank(const Context *c) {
  const Number *n = &c->numbers->data[c->i];
  return n->rank && c->i && n[-1].rank && !n[-1].refused && c->n_made &&
         n[-1].end < n->begin && n->begin - n[-1].end < 10 &&
         c->t->kind[n[-1].end] == CH_LIST;
}

static bool list_item(const Context *c, size_t floor) {
  const Text *t = c->t;
  size_t i = floor;
  if (i == c->clause.begin)
    return false;
  while (i < t->n && t->kind[i] == CH_SPACE)
    i++;
  return t->kind[i] == CH_LIST || text_any(t, i, "和 及 以及 与");
}

// Whose change it is: of the figures just made, the last that counts in the
// same unit; a percentage changes whatever came last.
static const Figure *changed_figure(const Context *c, const Figure *f,
                                    const Figure *last) {
  const Number *n = &c->numbers->data[c->i];
  bool share =
      n->unit && (n->unit->kind == U_RATIO || n->unit->kind == U_POINT);
  if (share || str_eq(last->unit, f->unit))
    return last;
  for (size_t k = c->n_made; k-- > 0 && k + 5 > c->n_made;)
    if (str_eq(c->made[k]->unit, f->unit))
      return c->made[k];
  return last;
}

// The last figure of the same unit, where a share or a change came between.
static const Figure *changed_figure_of_unit(const Context *c, const Figure *f,
                                            const Figure *last) {
  if (!str_is(last->unit, "%"))
    return last;
  for (size_t k = c->n_made; k-- > 0 && k + 4 > c->n_made;)
    if (str_eq(c->made[k]->unit, f->unit))
      return c->made[k];
  return last;
}

// ---- the phrase completed -------------------------------------------------

// 1.2万名村民的出行要道: people are counted, not the road.
static Range only_people(const Text *t, Range noun) {
  size_t how = lex_before(t, noun.end, W_ADVERB, NULL);
  if (how >= 2 && len_of(noun) > how + 1 && human_before(t, noun.end - how))
    noun.end -= how; // 47名同学|及时的帮助
  for (size_t i = noun.begin + 2; i + 1 < noun.end; i++)
    if (text_is(t, i, "的") && !(t->inside[i] & INSIDE_QUOTE))
      return human_before(t, i) && !human_before(t, noun.end)
                 ? (Range){noun.begin, i}
                 : noun;
  return noun;
}

static Behind behind_this(const Context *c) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  Behind b = noun_behind(c);
  b.noun = trim_noun(t, b.noun);
  Range came = without_deputies(t, n, b.noun);
  size_t deed = last_verb(t, b.verb);
  if (len_of(came) < len_of(b.noun) && deed != SIZE_MAX)
    b.verb.begin = deed;
  b.noun = came;
  if (!len_of(b.verb) && len_of(deed_of_row(c)))
    b.verb = deed_of_row(c);
  if (n->unit && n->unit->kind == U_PERSON)
    b.noun = only_people(t, b.noun);
  size_t skip, has = quantity_of_them(t, b.noun, b.noun.end);
  if (has != SIZE_MAX) {
    b.verb =
        (Range){has, next_number(c, &skip) == SIZE_MAX ? c->clause.end : has};
    b.noun.end = has;
  }
  if (text_any(t, b.verb.begin,
               "创下 创历史 喜获 创新 再创 居 位居 稳居 排名 名列 刷新 均 较 "
               "比 持平 "
               "超出 保持 占 长达 已长达 历时 为期"))
    b.verb.end = b.verb.begin; // 5亿元创历史新高: no deed
  if (len_of(b.verb) >= 2 && len_of(b.noun) > 4 && b.noun.end == b.verb.begin)
    b.noun.end -= text_any_before(t, b.noun.end, "集体 依法 主动 自愿 共同");
  if (text_any_before(t, b.verb.end, "之外 以外"))
    b.verb.end = b.verb.begin;
  size_t next_end, next = next_number(c, &next_end);
  if (next != SIZE_MAX && next == b.verb.end && len_of(b.verb) > 2 &&
      text_any_before(t, next, "稳定在 保持在 达到 达 为 超过"))
    b.verb.end = b.verb.begin; // 9家电厂存煤天数稳定在20天: of another number
  if (text_any(t, b.noun.begin, "、 和 及 与 以及 并 ， 比 较 占 基础上"))
    b.noun.end = b.noun.begin;
  if (n->unit && n->unit->kind == U_PERSON && len_of(b.noun) &&
      lex_at(t, b.noun.begin, W_VN, NULL) >= len_of(b.noun)) {
    b.verb.begin = b.noun.begin; // 2.2万人疗休养
    b.noun.end = b.noun.begin;
  }
  return b;
}

#define PLACES "县 市 区 省 州 镇 乡 村 街道 社区"

// 甲县新增900人，乙县740人: the name alone stands before the number.
static bool parallel(const Context *c, Before l, Figure *f,
                     const Figure *last) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  if (len_of(l.left) > 6 || len_of(l.verb) || !str_eq(last->unit, f->unit) ||
      t->kind[n->end] == CH_HAN ||
      !text_any_before(t, l.left.end, PLACES " 厂 局 公司 集团") ||
      text_any_before(t, l.left.end, "城镇 农村 乡村 城市 城区 全村 地区"))
    return false;
  Text before = {0}; // 信用乡13个，信用村318个: what is counted
  text_load(c->a, &before, last->indicator);
  if (text_any_before(&before, before.n, PLACES))
    return false;
  f->subject = text_slice(t, l.left.begin, l.left.end);
  f->indicator = last->indicator;
  f->measure = last->measure;
  return true;
}

#define EXTREMES "最多 最少 最高 最低 最大 最小"

// Nothing but a verb of change, or nothing: the indicator of a figure before.
static void inherit(const Context *c, Figure *f, const Figure *last,
                    Buf *rules) {
  const Number *n = &c->numbers->data[c->i];
  bool change = str_is(f->measure, "increase-by") ||
                str_is(f->measure, "decrease-by") || f->from.len;
  change |= str_ends(last->measure, STR("-by")) && c->i && // 减少2起、6人
            (c->numbers->data[c->i - 1].end == n->begin ||
             (c->numbers->data[c->i - 1].end + 1 == n->begin &&
              c->t->kind[n->begin - 1] == CH_LIST)) &&
            !str_eq(last->unit, f->unit);
  f->indicator = (change ? changed_figure(c, f, last) : last)->indicator;
  if (!change && str_starts(f->indicator, STR("新增")) &&
      text_any_before(c->t, n->begin, "累计 累计达 总数达 共"))
    f->indicator = str_slice(f->indicator, 6, f->indicator.len);
  if (n->unit && n->unit->kind == U_RATIO &&
      text_any_before(c->t, n->begin, "占") &&
      !str_ends(f->indicator, STR("占比")) &&
      !str_ends(f->indicator, STR("比重")))
    f->indicator = str_cat(c->a, f->indicator, STR("占比"));
  size_t i =
      n->begin - text_any_before(c->t, n->begin, "超过 的 可达 达 为 约 近 超");
  size_t each = text_any_before(c->t, i, "日均 月均 年均 周均 人均 户均 亩均");
  if (each && !change) // 累计发送旅客…，日均…
    f->indicator = str_cat(c->a, text_slice(c->t, i - each, i),
                           str_starts(f->indicator, STR("累计"))
                               ? str_slice(f->indicator, 6, f->indicator.len)
                               : f->indicator);
  size_t most = text_any_before(c->t, i, EXTREMES);
  if (most) { // 最少的1000元，最多的3000元
    Text was = {0};
    text_load(c->a, &was, last->indicator);
    size_t own = text_any(&was, 0, EXTREMES);
    Str rest = own ? text_slice(&was, own, was.n) : STR("");
    f->indicator = str_cat(c->a, text_slice(c->t, i - most, i), rest);
  }
  bool thing =
      n->unit && (n->unit->kind == U_COUNT || n->unit->kind == U_PERSON);
  if (!change && !most && thing && !str_eq(last->unit, f->unit) && c->i &&
      c->numbers->data[c->i - 1].end < c->clause.begin)
    f->doubt = STR("不知所指"); // 送去棉被两床。县里有四百户
  rule_add(rules, change ? "indicator.ellipsis" : "indicator.list");
}

// 学校扩容项目: an item that tells what is done with it.
static bool has_deed(const Context *c, Str item) {
  Text t = {0};
  text_load(c->a, &t, item);
  for (size_t i = 2; i + 4 <= t.n; i++)
    if (text_any(&t, i, "扩容 扩建 改造 改建 迁建 维修 加固 提升"))
      return true;
  return false;
}

// What a phrase without a noun of its own takes from the figure before.
static void complete(const Context *c, bool item, Figure *f, const Figure *last,
                     Buf *rules) {
  if (item) {
    Str shared = shared_head(c, f->indicator, last);
    if (is_quantity(c->a, f->indicator))
      ; // 播种面积…、产量…: of what the first was of
    else if (shared.data)
      f->indicator = shared;
    else if (!has_deed(c, f->indicator))
      f->indicator = str_cat(c->a, head_verb(c, last->indicator), f->indicator);
    rule_add(rules, "indicator.shared");
  }
  if (!f->indicator.len)
    f->indicator = last->indicator;
  share_stem(c, f, last);
  // 瓜州县新建17个: the object stands in the clause before
  for (size_t i = c->n_made, k = 0; i-- > 0 && k < 6; k++) {
    const Figure *m = c->made[i];
    if (f->indicator.len > 12 || !str_starts(m->indicator, f->indicator) ||
        !str_eq(m->unit, f->unit) || (k && str_is(f->unit, "%")))
      continue;
    f->indicator = m->indicator;
    return;
  }
}

// 其中5项获国家专利 → 获国家专利的攻关; 四分之一已是技师 → 徒弟中技师占比.
static bool part_of_last(const Context *c, Behind b, Figure *f,
                         const Figure *last) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  Str thing = thing_of(c->a, last->indicator);
  if (!n->unit || !thing.len)
    return false;
  if (n->unit->kind == U_RATIO) {
    size_t i = n->end + text_any(t, n->end, "已 均 都");
    size_t is = text_any(t, i, "已成为 成为 是 为 系 属于 来自");
    size_t end = c->clause.end;
    if (!is || i + is + 2 > end || end - i > 14)
      return false;
    f->indicator = str_fmt(c->a, "%.*s中%.*s占比", STR_ARG(thing),
                           STR_ARG(text_slice(t, i + is, end)));
    return true;
  }
  Range does = trim_verb(t, b.verb);
  if (n->unit->kind != U_COUNT || len_of(does) < 3 || does.begin > n->end + 1 ||
      len_of(does) > 16 ||
      text_rfind(t, c->clause.begin, n->begin, "其中") == SIZE_MAX)
    return false;
  Buf out = buf_new(c->a);
  put_range(c, &out, does);
  f->indicator =
      str_fmt(c->a, "%.*s的%.*s", STR_ARG(buf_str(&out)), STR_ARG(thing));
  return true;
}

// 3万人享受低保, 210万元已下拨: a deed stands behind the number.
static bool does_behind(const Context *c, Behind b) {
  const Number *n = &c->numbers->data[c->i];
  bool people = n->unit && (n->unit->kind == U_PERSON ||
                            strcmp(n->unit_name, "人次") == 0);
  bool money =
      n->unit && n->unit->kind == U_MONEY && text_is(c->t, n->end, "已");
  size_t verb = len_of(trim_verb(c->t, b.verb));
  return (people && verb >= 2 && len_of(b.verb) >= 4 &&
          !text_any(c->t, b.verb.begin, "是 为 系 占 均 获")) ||
         (money && verb >= 2);
}

// Whether nothing of its own says what is measured: 共119人, 里程增至270公里,
// 净增140公里.
static bool bare(const Context *c, size_t floor, Before l, Behind b,
                 const Figure *f, const Figure *last) {
  const Number *n = &c->numbers->data[c->i];
  bool more =
      l.newly && str_eq(last->unit, f->unit) && len_of(b.verb) == 0 &&
      text_rfind(c->t, floor, n->begin, "日均 月均 年均 每") == SIZE_MAX;
  size_t k = c->i;
  while (k && c->numbers->data[k - 1].refused)
    k--;
  const Unit *before = k ? c->numbers->data[k - 1].unit : NULL;
  bool each =
      before && n->unit && before->kind == n->unit->kind &&
      text_any(c->t, l.left.begin, "月人均 人均 户均 亩均") == len_of(l.left);
  return len_of(b.noun) == 0 && (len_of(l.left) == 0 || each) && !l.prep &&
         (!l.newly || more) && !does_behind(c, b);
}

static void from_before(const Context *c, Behind b, Figure *f,
                        const Figure *last, Buf *rules) {
  bool told = f->from.len ||
              (str_is(f->measure, "level") && !str_eq(f->unit, last->unit));
  Range r = foremost(c);
  if (!len_of(r) && told)
    r = moving(c);
  if (len_of(r)) {
    f->indicator = text_slice(c->t, r.begin, r.end);
    rule_add(rules, "indicator.ellipsis");
    return;
  }
  inherit(c, f, last, rules);
  if (str_is(f->measure, "level") && part_of_last(c, b, f, last))
    rule_add(rules, "indicator.part");
}

// What the phrases around the number leave out, then what they have too much.
static void finish(const Context *c, bool noun, Figure *f, const Figure *last,
                   Buf *rules) {
  const Figure *same = last ? changed_figure_of_unit(c, f, last) : NULL;
  if (!noun && indicator_object(c->a, f, same))
    rule_add(rules, "indicator.object");
  if (last && str_starts(f->indicator, STR("按")) &&
      str_has(f->indicator, STR("汇率")))
    f->indicator = last->indicator; // 按平均汇率计算为2865美元
  indicator_context(c, noun, f, rules);
  if (!f->indicator.len) { // 联合会全部建齐，共计10个
    Range r = told_ahead(c);
    if (!len_of(r))
      r = moving(c);
    if (!len_of(r))
      r = topic_noun(c);
    f->indicator = text_slice(c->t, r.begin, r.end);
  }
  f->indicator = without_perfective(c->a, without_examples(c->a, f->indicator));
  if (last && c->numbers->data[c->i].begin) {
    indicator_stem(c, f, last);
    if (!noun && indicator_part(c, f))
      rule_add(rules, "indicator.kind");
  }
}

void field_indicator(const Context *c, Figure *f, const Figure *last,
                     Buf *rules) {
  size_t floor = number_floor(c);
  Before l = phrase_before(c, floor);
  Behind b = behind_this(c);
  bool noun = len_of(b.noun) > 0;
  if (last && !noun && parallel(c, l, f, last)) {
    rule_add(rules, "indicator.parallel");
    return;
  }
  f->indicator = indicator_grant(c, floor, b);
  if (f->indicator.len) {
    rule_add(rules, "indicator.grant");
    return;
  }
  f->indicator = in_batches(c);
  if (f->indicator.len) {
    rule_add(rules, "indicator.batches");
    return;
  }
  if (last && next_rank(c)) {
    f->indicator = last->indicator;
    rule_add(rules, "indicator.list");
    return;
  }
  f->indicator = indicator_casualty(c);
  if (f->indicator.len) {
    rule_add(rules, "indicator.casualty");
    return;
  }
  f->indicator = indicator_among(c);
  if (f->indicator.len) {
    rule_add(rules, "indicator.among");
    return;
  }
  if (last && bare(c, floor, l, b, f, last)) {
    from_before(c, b, f, last, rules);
    return;
  }
  f->indicator = noun ? with_noun(c, l, b) : without_noun(c, l, b);
  rule_add(rules, noun ? "indicator.behind" : "indicator.before");
  share(c, floor, &f->indicator);
  bool item = list_item(c, floor) && len_of(l.verb) == 0;
  if (last && !noun && carry_deed(c, l.left, f, last))
    rule_add(rules, "indicator.deed");
  else if (last && !noun)
    complete(c, item, f, last, rules);
  else if (last && !f->indicator.len)
    f->indicator = last->indicator;
  if (last && noun && !len_of(l.verb) && share_deed(c, b, f, last))
    rule_add(rules, "indicator.shared");
  finish(c, noun, f, last, rules);
  if (!str_has(f->indicator, STR("每")))
    f->indicator = str_cat(c->a, to_each(c, floor), f->indicator);
}
