// Lists of one sentence: 分别 pairs the k-th name with the k-th number, 各
// gives one number to several.
#include "phrase.h"

enum { NAMES_MAX = 64 };

#define COUNTED                                                                                        \
  "两市 两县 两区 三市 三县 三区 四市 四县 两省 三省 两地 三地 等地 两州 " \
  "五市 "

typedef struct {
  size_t begin[NAMES_MAX], end[NAMES_MAX], n;
  bool apart; // in a clause of their own: nothing behind them is of all
} Names;

static size_t joiner(const Text *t, size_t i) {
  if (t->inside[i] & (INSIDE_BRACKET | INSIDE_QUOTE | INSIDE_BOOK))
    return 0;
  if (t->kind[i] == CH_LIST)
    return 1;
  if (t->inside[i] & INSIDE_PLACE && i + 1 < t->n &&
      t->inside[i + 1] & INSIDE_PLACE)
    return 0; // 民和县
  if (text_any(t, i, "和平 和谐 参与 与会 及时 普及"))
    return 0;
  return text_any(t, i, "以及 和 与 及");
}

static void split_names(const Text *t, size_t from, size_t to, Names *out) {
  out->n = 0;
  out->apart = false;
  size_t begin = from;
  for (size_t i = from; i < to;) {
    size_t n = joiner(t, i);
    if (n && i > begin && out->n < NAMES_MAX - 1) {
      out->begin[out->n] = begin;
      out->end[out->n++] = i;
      begin = i + n;
    }
    i += n ? n : 1;
  }
  if (begin < to && out->n < NAMES_MAX) {
    out->begin[out->n] = begin;
    out->end[out->n++] = to;
  }
}

// The last name and what belongs to all: 工伤保险|参保人数.
static size_t tail_of(const Text *t, const Names *names) {
  size_t last = names->n - 1, first = 0;
  size_t b = names->begin[last], e = names->end[last];
  size_t len = names->end[first] - names->begin[first];
  for (size_t k = len < 4 ? len : 4; k; k--) {
    size_t from = names->end[first] - k;
    for (size_t i = b; i + k <= e; i++) {
      size_t same = 0;
      while (same < k && t->c[i + same] == t->c[from + same])
        same++;
      if (same == k)
        return i + k;
    }
  }
  return len < e - b ? b + len : e;
}

// How many numbers stand between 分别 and this one, if only they do.
static bool index_in_list(const Context *c, size_t at, size_t *k) {
  const Text *t = c->t;
  *k = 0;
  size_t prev = SIZE_MAX;
  if (text_any_before(t, c->numbers->data[c->i].begin,
                      "共 共计 合计 总计 总数 总数达 累计"))
    return false; // 3间、5间,共8间: the sum is none of them
  const Number *own = &c->numbers->data[c->i];
  if (c->i && own[-1].end > at && own->begin > own[-1].end + 4 &&
      lex_before(t, own->begin, W_CHANGE, NULL))
    return false; // 分别下降8%、3%、受伤人数上升2%
  for (size_t i = c->i + 1; i-- > 0;) {
    const Number *n = &c->numbers->data[i];
    if (n->end <= at)
      break;
    if (n->refused && (t->inside[n->number] & INSIDE_TIME))
      continue; // 分别是2011年的1.6倍、1.8倍
    if (n->refused)
      return false;
    if (prev != SIZE_MAX) {
      if (prev - n->end > (text_breaks(t, n->end) ? 2 : 12) ||
          (t->kind[n->end] != CH_LIST && !text_breaks(t, n->end) &&
           !joiner(t, n->end)))
        return false;
      ++*k;
    }
    prev = n->begin;
    if (*k >= NAMES_MAX)
      return false;
  }
  return prev != SIZE_MAX && prev - at <= 16;
}

// The place that a name is (or begins with).
static const Mention *whose(const Context *c, size_t begin) {
  const Mention *m = mention_at(c, begin);
  return m && m->division ? m : NULL;
}

static size_t list_start(const Context *c, size_t at) {
  const Text *t = c->t;
  size_t i = at;
  while (i > c->clause.sentence && !text_breaks(t, i - 1))
    i--;
  for (size_t n = 1; n;) {
    n = lex_at(t, i, W_LEAD | W_ADVERB | W_TIME, NULL);
    if (!n && (t->inside[i] & INSIDE_TIME))
      n = 1;
    if (!n && t->kind[i] == CH_SPACE)
      n = 1;
    if (!n) // 同比事故起数和死亡人数分别…
      n = text_any(t, i, "同比 环比");
    if (i + n >= at)
      break;
    i += n;
  }
  return i;
}

static size_t list_stop(const Context *c, size_t from, size_t at) {
  const Text *t = c->t;
  size_t base = text_rfind(t, from, at, "比 较 同比 环比");
  if (base != SIZE_MAX && text_any(t, base, "比重 比例 比率 比值"))
    base = SIZE_MAX;
  if (base != SIZE_MAX && base > from && text_any_before(t, base, "同 环"))
    base--;
  if (base != SIZE_MAX && !text_any_before(t, base + 1, "占比"))
    at = base;
  while (at > from && (t->inside[at - 1] & INSIDE_TIME))
    at--;
  return at;
}

// ---- 各 ---------------------------------------------------------------------

static Str joined(Arena *a, const Text *t, const Names *names) {
  Buf b = buf_new(a);
  for (size_t i = 0; i < names->n; i++) {
    if (i)
      buf_byte(&b, '|');
    buf_add(&b, text_slice(t, names->begin[i], names->end[i]));
  }
  return buf_str(&b);
}

// What the number before was given to, where it stands in this list too; *from
// goes on behind it.
static Str given_before(const Context *c, size_t *from) {
  const Number *m = c->i ? &c->numbers->data[c->i - 1] : NULL;
  if (!m || m->refused || m->end <= *from || !c->n_made)
    return STR("");
  Str names = c->made[c->n_made - 1]->distributes;
  if (names.len)
    *from = m->end + joiner(c->t, m->end);
  return names;
}

// 工人文化宫、劳动文化公园各46个; 甲公司、乙公司各捐款20万元
static bool each(const Context *c, Figure *f) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  size_t at = text_rfind(t, c->clause.begin, n->begin, "各");
  if (at == SIZE_MAX || n->begin - at > 6 ||
      text_any(t, at,
               "各级 各地 各类 各项 各区 各县 各市 各省 各个 各方 各界 各族 "
               "各自 各种 各行 各单位 各部门 各人 各位 各基层 各产业"))
    return false;
  if (at + 1 < n->begin &&
      !lex_at(t, at + 1, W_VERB | W_VALUE | W_CHANGE, NULL))
    return false;
  size_t from = list_start(c, at);
  Str before = given_before(c, &from);
  if (before.len && from >= at) { // 各新建3个、各投入5万元
    f->distributes = before;
    return true;
  }
  size_t verb = from;
  for (size_t i = from; i < at; i++) {
    size_t v = lex_at(t, i, W_VERB, NULL);
    if (v >= 2 && lex_at(t, i, W_NOUN, NULL) <= v && joiner(t, i + v) == 0 &&
        !(t->inside[i] & (INSIDE_BRACKET | INSIDE_QUOTE))) {
      verb = i + v;
      break;
    }
  }
  Names names;
  split_names(t, verb, at, &names);
  if (names.n < 2)
    return false;
  f->distributes = joined(c->a, t, &names);
  return true;
}

// ---- 分别 -------------------------------------------------------------------

// How many numbers the list that holds this one has.
static size_t list_total(const Context *c, size_t k) {
  size_t total = k + 1;
  for (size_t i = c->i; i + 1 < c->numbers->len && total < NAMES_MAX; i++) {
    const Number *n = &c->numbers->data[i], *m = &c->numbers->data[i + 1];
    size_t skip = n->end < c->t->n ? joiner(c->t, n->end) : 0;
    if (m->refused || !skip || m->begin - n->end > skip + 8)
      break;
    total++;
  }
  return total;
}

static Str deed(const Context *c, size_t at);

// 对初级、中级工,分别补贴500元、800元; 分别发放每年1万元、2万元租房补贴: what
// all were given stands behind the last, `ahead` numbers on.
static Str deed_of_all(const Context *c, size_t at, size_t ahead) {
  Context last = *c;
  Str done = deed(c, at);
  last.i += ahead;
  Behind b = noun_behind(&last);
  while (str_ends(done, STR("每年")) || str_ends(done, STR("每月")) ||
         str_ends(done, STR("每人")))
    done.len -= 6;
  b.noun = trim_noun(c->t, b.noun);
  return len_of(b.noun) > 12
             ? done
             : str_cat(c->a, done, text_slice(c->t, b.noun.begin, b.noun.end));
}

// 分别 without names: those of the list before, or what was done.
static bool as_before(const Context *c, size_t at, size_t k, Figure *f) {
  size_t total = list_total(c, k);
  size_t from = list_start(c, at);
  from += text_any(c->t, from, "同比 环比");
  if (total < 2)
    return false;
  if (deed(c, at).len && list_stop(c, from, at) <= from + 1) {
    f->indicator = deed_of_all(c, at, total - 1 - k);
    return true;
  }
  if (text_is(c->t, from, "占") && c->n_made >= total &&
      !str_eq(c->made[c->n_made - total]->indicator,
              c->made[c->n_made - 1]->indicator)) { // 占总额的比重分别为
    f->indicator = str_cat(c->a, c->made[c->n_made - total]->indicator,
                           text_slice(c->t, from, list_stop(c, from, at)));
    return true;
  }
  if (list_stop(c, from, at) > from + 1 || c->n_made < total)
    return false;
  const Figure *same = c->made[c->n_made - total];
  f->indicator = same->indicator;
  f->subject = same->subject;
  f->region = same->region;
  return true;
}

// Places named one after the other earlier in the sentence, as many as there
// are numbers: 在甲、乙、丙三地,……分别慰问3人、4人、5人.
static const Mention *place_before(const Context *c, size_t at, size_t k) {
  size_t total = list_total(c, k), run = 0;
  const Mention *found = NULL;
  for (size_t i = 0; i < c->mentions->len; i++) {
    const Mention *m = &c->mentions->data[i];
    if (m->begin < c->clause.sentence || !m->division || m->generic)
      continue;
    if (m->end > at)
      break;
    bool next = run && m[-1].end < m->begin &&
                m[-1].end + joiner(c->t, m[-1].end) == m->begin;
    run = next ? run + 1 : 1;
    if (run == total)
      found = m - (total - 1) + k;
  }
  return total >= 2 ? found : NULL;
}

// What the names did, where 分别 stands before a verb: 分别建会85家.
static Str deed(const Context *c, size_t at) {
  const Text *t = c->t;
  for (size_t i = c->i + 1; i-- > 0;) {
    const Number *n = &c->numbers->data[i];
    if (i && c->numbers->data[i - 1].begin > at)
      continue;
    size_t v = lex_at(t, at + 2, W_VERB | W_LIGHT, NULL);
    if (v < 2 || lex_at(t, at + 2, W_VALUE | W_CHANGE, NULL) >= v ||
        (at + 2 + v == n->begin && text_any(t, at + 2, "完成 实现")))
      return STR(""); // 分别完成6.1亿元: the names say what
    return text_slice(t, at + 2, n->begin);
  }
  return STR("");
}

// A number of a list moves as the one before it does.
static void move_along(const Context *c, size_t k, Figure *f) {
  if (k && c->n_made && str_eq(c->made[c->n_made - 1]->unit, f->unit)) {
    f->measure = c->made[c->n_made - 1]->measure;
    f->base = c->made[c->n_made - 1]->base;
  }
}

// 第一、二、三产业: the k-th of ordinals that share 第 and what they count;
// empty where the names are none.
static Str ordinal(const Context *c, const Names *names, size_t k) {
  static const char digits[] = "一 二 三 四 五 六";
  const Text *t = c->t;
  size_t last = names->n - 1;
  if (!text_is(t, names->begin[0], "第"))
    return STR("");
  for (size_t i = 1; i <= last; i++)
    if (!text_any(t, names->begin[i], digits) ||
        (i < last && names->end[i] != names->begin[i] + 1))
      return STR("");
  size_t digit = names->begin[k] + (k == 0);
  return str_fmt(
      c->a, "第%.*s%.*s", STR_ARG(text_slice(t, digit, digit + 1)),
      STR_ARG(text_slice(t, names->begin[last] + 1, names->end[last])));
}

static bool numbers_in(const Context *c, size_t from, size_t to) {
  for (size_t i = c->i; i-- > 0 && c->numbers->data[i].end > from;)
    if (c->numbers->data[i].begin < to && !c->numbers->data[i].refused)
      return true;
  return false;
}

// 机械、物流三类岗位需求最旺: the last name ends before what counts them all;
// 小麦、大豆播种已结束: before what was done with them.
static void end_of_last(const Text *t, Names *names) {
  size_t last = names->n - 1;
  for (size_t i = names->begin[last] + 1; i < names->end[last]; i++)
    if (text_any(t, i,
                 "两类 三类 四类 五类 两种 三种 四种 五种 两项 三项 四项 等 "
                 "已 均 都 全部")) {
      size_t verb = lex_before(t, i, W_VERB | W_VN, NULL);
      bool done = text_any(t, i, "已 均 都 全部") && verb >= 2 &&
                  names->begin[last] + verb + 1 < i;
      names->end[last] = i - (done ? verb : 0);
      return;
    }
}

// Names that stand in clauses of their own before 分别: 甲、乙,分别为3起、4起;
// 甲业,乙、丙和丁业,戊业产值分别增长3%、4%、5%.
static bool names_of_clauses(const Context *c, size_t from, size_t at,
                             size_t total, Names *out, Str *shared) {
  const Text *t = c->t;
  size_t own = at, to = list_stop(c, from, at);
  while (own > c->clause.sentence && !text_breaks(t, own - 1))
    own--;
  if (total < 2 || own <= c->clause.sentence + 2 || t->c[own - 1] != ',')
    return false;
  size_t begin = clause_before(t, own, c->clause.sentence);
  if (to <= from + 1) {
    if (begin == SIZE_MAX || numbers_in(c, begin, own))
      return false;
    begin +=
        text_any(t, begin, "其次是 其次为 再次是 依次是 依次为 分别是 其中");
    split_names(t, begin, own - 1, out);
    if (out->n == total)
      end_of_last(t, out);
    out->apart = true;
    return out->n == total;
  }
  if (total <= 4 && is_quantity(c->a, text_slice(t, from, to)) &&
      begin != SIZE_MAX && !numbers_in(c, begin, own)) {
    split_names(t, begin, own - 1, out);
    if (out->n == total) {
      end_of_last(t, out);
      *shared = text_slice(t, from, to);
      return true;
    }
  }
  out->n = total;
  out->apart = false;
  out->begin[total - 1] = from;
  out->end[total - 1] = to;
  for (size_t k = total - 1; k-- > 0; own = begin) {
    begin = clause_before(t, own, c->clause.sentence);
    if (begin == SIZE_MAX || t->c[own - 1] != ',' ||
        numbers_in(c, begin, own) || own - begin < 3 ||
        last_verb(t, (Range){begin, own - 1}) != SIZE_MAX)
      return false;
    out->begin[k] = begin;
    out->end[k] = own - 1;
  }
  return begin == c->clause.sentence || t->c[begin - 1] != ',';
}

// What is told of names that stand alone: 占比 of 分别占21%、18%; 检出率 of
// 检出率为51%，其中小学、初中分别为33%、62%.
static Str measure_of_list(const Context *c, size_t at, size_t k,
                           const Figure *f) {
  const Text *t = c->t;
  if (text_is(t, at + 2, "占"))
    return STR("占比");
  const Figure *whole = c->n_made > k ? c->made[c->n_made - 1 - k] : NULL;
  if (!whole || !str_is(f->unit, "%") || !str_is(f->measure, "level") ||
      !str_eq(whole->unit, f->unit) || !str_ends(whole->indicator, STR("率")) ||
      str_ends(f->indicator, STR("率")) ||
      text_rfind(t, c->clause.sentence, at, "其中") == SIZE_MAX)
    return STR("");
  Str s = whole->indicator; // 视力不良检出率: its last words
  size_t from = s.len > 24 ? s.len - 24 : 0;
  Text own = {0};
  text_load(c->a, &own, str_slice(s, from, s.len));
  size_t people = text_rfind(&own, 0, own.n, "学生 职工 居民 人员 企业");
  return people == SIZE_MAX ? text_slice(&own, 0, own.n)
                            : text_slice(&own, people + 2, own.n);
}

// What belongs to all names, behind the last: 三县|播种进度; *end goes to where
// the last name ends.
static Str rest_of(const Context *c, Names *names, size_t *end) {
  const Text *t = c->t;
  size_t last = names->n - 1;
  names->end[last] -= text_any_before(
      t, names->end[last], COUNTED " 每公斤 每斤 每吨 每亩 每户 每人");
  const Mention *m = whose(c, names->begin[last]);
  size_t tail = m ? m->end : tail_of(t, names);
  if (tail > names->end[last])
    tail = names->end[last];
  *end = tail;
  if (!text_any_before(t, tail, COUNTED) || tail >= names->end[last])
    tail += text_any(t, tail, COUNTED);
  return tail < names->end[last] ? text_slice(t, tail, names->end[last])
                                 : STR("");
}

// Gives the k-th name to the k-th number behind 分别 at `at`; `shared` belongs
// to all of them where it stands in a clause of its own.
static void put_named(const Context *c, size_t at, size_t k, Names *names,
                      Str shared, Figure *f) {
  const Text *t = c->t;
  size_t last_end, last = names->n - 1;
  Str rest = rest_of(c, names, &last_end);
  const Mention *m = whose(c, names->begin[k]);
  Str done = deed(c, at);
  if (shared.len || names->apart) {
    last_end = names->end[last];
    rest = shared;
  }
  Str name = text_slice(t, names->begin[k],
                        k == last && !m ? last_end : names->end[k]);
  if (m) {
    f->subject = m->subject;
    f->region = chain_of(c->a, c->chains, m->division);
    if (done.len || rest.len)
      f->indicator = str_cat(c->a, done, done.len ? STR("") : rest);
    else if (k && c->n_made)
      f->indicator = c->made[c->n_made - 1]->indicator;
  } else if (done.len) {
    f->subject = name;
    f->indicator = done;
  } else {
    f->indicator = str_cat(c->a, name, rest);
    if (!rest.len)
      f->indicator = str_cat(c->a, f->indicator, measure_of_list(c, at, k, f));
  }
}

// The k-th number behind 分别 at `at`: the k-th name, and what all share.
static bool respectively(const Context *c, size_t at, size_t k, Figure *f) {
  const Text *t = c->t;
  Names names;
  size_t from = list_start(c, at), total = list_total(c, k);
  Str shared = STR(""); // of all names: 面积
  split_names(t, from, list_stop(c, from, at), &names);
  if (names.n != total && total <= NAMES_MAX && !deed(c, at).len) {
    Names others;
    if (names_of_clauses(c, from, at, total, &others, &shared))
      names = others;
  }
  const Mention *place = names.n < 2 ? place_before(c, at, k) : NULL;
  if (place) {
    f->subject = place->subject;
    f->region = chain_of(c->a, c->chains, place->division);
    if (k && c->n_made)
      f->indicator = c->made[c->n_made - 1]->indicator;
    move_along(c, k, f);
    return true;
  }
  if (names.n < 2)
    return as_before(c, at, k, f);
  if (k >= names.n)
    return false;
  Str of_order = ordinal(c, &names, k);
  if (of_order.len) {
    f->indicator = of_order;
    move_along(c, k, f);
    return true;
  }
  put_named(c, at, k, &names, shared, f);
  move_along(c, k, f);
  return true;
}

void field_list(const Context *c, const Scene *scene, Figure *f, Buf *rules) {
  const Number *n = &c->numbers->data[c->i];
  size_t k;
  (void)scene;
  if (each(c, f)) {
    rule_add(rules, "list.each");
    return;
  }
  size_t floor = n->begin > 400 ? n->begin - 400 : 0;
  if (floor < c->clause.sentence)
    floor = c->clause.sentence;
  size_t at = text_rfind(c->t, floor, n->begin, "分别");
  if (at == SIZE_MAX || !index_in_list(c, at, &k))
    return;
  if (respectively(c, at, k, f))
    rule_add(rules, "list.respectively");
  else if (list_total(c, k) >= 2 && !f->doubt.len)
    f->doubt = STR("分别所指不明");
}
