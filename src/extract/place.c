// Subject, region and period of one figure, from what stands around it.
#include "extract_imp.h"

enum { LOOK_BACK = 64 }; // mentions and times looked at before a number

// 全市, 我县 of a place that the page does not name: stays as printed.
static bool nameless(const Mention *m) {
  return m->generic && !m->division && !m->country && !m->org &&
         (str_starts(m->subject, STR("全")) ||
          str_starts(m->subject, STR("我")));
}

static bool usable(const Mention *m) {
  return m->strong &&
         (m->division || m->country || m->org || m->doubtful || nameless(m));
}

// The last usable mention in [from, to); an organisation before a place if
// `org`.
static const Mention *last_in(const Context *c, size_t from, size_t to,
                              bool org) {
  for (size_t i = c->mentions_end, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
    const Mention *m = &c->mentions->data[i];
    if (m->begin < from)
      return NULL;
    if ((m->person || m->part) && m->begin < c->clause.sentence)
      continue;
    if (m->begin < to && usable(m) && (!org || m->org))
      return m;
  }
  return NULL;
}

static const Mention *nearest(const Context *c, bool org, bool placed,
                              const char **how) {
  const Number *n = &c->numbers->data[c->i];
  const struct {
    size_t from, to;
    const char *rule;
  } reach[] = {{c->clause.begin, n->begin, "where.clause"},
               {c->clause.sentence, c->clause.begin, "where.sentence"},
               {0, c->clause.sentence, "where.paragraph"}};
  for (size_t k = 0; k < 3; k++) {
    size_t to = reach[k].to;
    const Mention *m;
    while ((m = last_in(c, reach[k].from, to, org))) {
      if (!placed || m->division || m->country || m->doubtful || m->foreign) {
        *how = reach[k].rule;
        return m;
      }
      to = m->begin;
    }
  }
  return NULL;
}

Str chain_of(Arena *a, Chains *chains, const Division *d) {
  if (!d)
    return STR("");
  size_t i = d->code % 64;
  if (chains->division[i] != d) {
    chains->division[i] = d;
    chains->chain[i] = division_chain(a, d);
  }
  return chains->chain[i];
}

static Str region_of(const Context *c, const Mention *m) {
  if (m->foreign)
    return STR("");
  if (m->country)
    return STR("全国");
  return chain_of(c->a, c->chains, m->division);
}

// 河湾区总工会…。全区新建…: the body of a place that the table does not have.
static const Mention *body_of_nameless(const Context *c, const Mention *place) {
  Str level = str_slice(place->subject, 3, place->subject.len); // 市, 区
  for (size_t i = c->mentions_end, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
    const Mention *m = &c->mentions->data[i];
    if (m->begin < place->begin && m->org && !m->person && usable(m) &&
        str_has(m->subject, level))
      return m;
  }
  return place;
}

// 平川区总工会…。平川区累计接单: what a place did, its organisation named just
// before did.
static const Mention *its_org(const Context *c, const Mention *place) {
  if (place && nameless(place))
    return body_of_nameless(c, place);
  if (!place || place->org || !place->division || place->division->level < 2 ||
      (place->generic && text_is(c->t, place->begin, "该")) ||
      text_is(c->t, place->end, "财政"))
    return place;
  for (size_t i = c->mentions_end, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
    const Mention *m = &c->mentions->data[i];
    if (m->begin < place->begin && m->org && !m->person && usable(m) &&
        m->division)
      return m->division == place->division && !office_tells(c->t, m) ? m
                                                                      : place;
  }
  return place;
}

static bool stops_between(const Text *t, size_t from, size_t to) {
  enum { FAR = 160 };
  if (to > from + FAR)
    return true;
  while (from < to && !text_stops(t, from))
    from++;
  return from < to;
}

// 省总工会投入…,在全市建成…; 赵某到一家超市收银: the one before did it there.
static const Mention *doer(const Context *c, const Mention *any) {
  if (!any || !any->beside)
    return any;
  for (size_t i = c->mentions_end, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
    const Mention *m = &c->mentions->data[i];
    if (m->begin >= any->begin)
      continue;
    if (stops_between(c->t, m->end, any->begin))
      break;
    if (m->org && !m->beside && usable(m))
      return m;
  }
  return any;
}

// The body named last before a place, of that place; else the article's.
static Str body_of(const Context *c, const Mention *place, const Scene *s) {
  for (size_t i = c->mentions_end, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
    const Mention *m = &c->mentions->data[i];
    if (m->begin < place->begin && m->org && !m->person &&
        m->division == place->division)
      return m->subject;
  }
  return s->subject;
}

// 甲区总工会…。振兴公司…: a body that names no place is not where another body
// is, but in the article's place.
static bool elsewhere(const Context *c, const Scene *s, const Mention *place,
                      const Mention *any) {
  return place && any && s->home && any->org && !any->person && !any->generic &&
         !any->division && !any->country && place->org && place->division &&
         place->begin < c->clause.sentence &&
         any->begin >= c->clause.sentence && within(place->division, s->home);
}

static Str holder_of(const Context *c, const Mention *m, const Scene *scene) {
  Str body = discipline_of(c->a, c->t, m, body_of(c, m, scene));
  return body.len ? body : its_org(c, m)->subject;
}

void field_where(const Context *c, const Scene *scene, Figure *f, Buf *rules) {
  const char *how = "where.article";
  const Mention *place = nearest(c, false, true, &how);
  const char *whose = how;
  const Mention *any = doer(c, nearest(c, false, false, &whose));
  if (any && any->division && (any->event || any->person))
    place = any; // 大赛在甲市举行: of those who hold it
  else if (elsewhere(c, scene, place, any))
    place = NULL;
  if (place) {
    f->region = region_of(c, place);
    if (place->doubtful)
      f->doubt = STR("地名所指不明");
  } else if (scene->home) {
    f->region = chain_of(c->a, c->chains, scene->home);
  } else if (scene->country) {
    f->region = STR("全国");
  }
  if (f->subject.len)
    ; // 乙县 of a parallel list
  else if (any)
    f->subject = holder_of(c, any, scene);
  else if (scene->subject.len)
    f->subject = scene->subject;
  else if (scene->home)
    f->subject = str_of(scene->home->name);
  else if (scene->country)
    f->subject = STR("全国");
  rule_add(rules, how);
}

// ---- when
// ------------------------------------------------------------------------

// Whether the clause tells how much there is by now, or of what was done
// before: 投资80万元建设的书屋开放.
static bool sums(const Context *c) {
  const Number *n = &c->numbers->data[c->i];
  return text_find(c->t, n->end, c->clause.end, "的") != SIZE_MAX ||
         text_find(c->t, c->clause.begin, c->numbers->data[c->i].begin,
                   "累计 已 共有 现有 总数 总量 可 将") != SIZE_MAX;
}

// The last time in [from, to) that is no base of comparison; frames only if
// asked.
static const Time *time_in(const Context *c, size_t from, size_t to,
                           bool frame) {
  for (size_t i = c->times_end, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
    const Time *time = &c->times->data[i];
    if (time->begin < from)
      return NULL;
    bool within = from == c->clause.sentence && from != to;
    bool past = (to == c->clause.sentence && time->ahead) ||
                (frame && time->news && !(within && time->deed && !sums(c)));
    if (time->until && time->until < c->numbers->data[c->i].begin)
      continue;
    if (time->begin < to && !time->base && !past &&
        (!frame || time->frame || (within && time->adverb)))
      return time;
  }
  return NULL;
}

// 2月10日,全国铁路…。其中,某铁路局…: the parts are of the time of the whole.
static bool parts_of_it(const Context *c, const Time *time) {
  const Text *t = c->t;
  size_t i = c->clause.sentence;
  if (i < 2 || !text_is(t, i, "其中"))
    return false;
  size_t floor = i > 240 ? i - 240 : 0;
  for (i--; i > floor && !text_stops(t, i - 1);)
    i--;
  return time->begin >= i;
}

// Whether another place or organisation has been named since the sentence of
// this time: 全省…。甲市总工会投入…
static bool moved_on(const Context *c, const Time *time) {
  if (parts_of_it(c, time))
    return false;
  for (size_t i = c->mentions_end, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
    const Mention *m = &c->mentions->data[i];
    if (m->begin < c->clause.sentence || m->begin < time->end)
      return false;
    if (usable(m) && !m->generic)
      return true;
  }
  return false;
}

// How many years a period like 2016/2020 spans, else 0.
static int years_of(Str period) {
  if (period.len == 4)
    return 1;
  if (period.len != 9 || period.data[4] != '/')
    return 0;
  int from = 0, to = 0;
  for (size_t i = 0; i < 4; i++) {
    from = from * 10 + (period.data[i] - '0');
    to = to * 10 + (period.data[i + 5] - '0');
  }
  return to - from + 1;
}

// 驿站总数1738座, 现有专职干部15人: how many there are.
static bool is_stock(const Context *c) {
  return text_find(c->t, c->clause.begin, c->numbers->data[c->i].begin,
                   "总数 现有 保有量 累计结余 滚存结余") != SIZE_MAX;
}

// 开庭那天…。涉案厂房占地1200平方米,可容纳300人: what a thing is like is not
// of the day on which something happened.
static bool lasting(const Context *c) {
  const Number *n = &c->numbers->data[c->i];
  return text_find(c->t, c->clause.begin, n->begin,
                   "面积 占地 容纳 可同时 可接待 可供 拥有 全长 总投资 设计 "
                   "途经 设站 主跨 跨度 常年 每天 每日 能力") != SIZE_MAX;
}

// 200米的长廊: how large a thing is.
static bool size_of(const Context *c, const Figure *f) {
  static const char *const units[] = {"米",   "平方米", "公里",  "千米",
                                      "公顷", "厘米",   "立方米"};
  if (!text_is(c->t, c->numbers->data[c->i].end, "的"))
    return false;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (str_is(f->unit, units[i]))
      return true;
  return false;
}

// 近日印发方案,力争新建20座: the day of the telling is not when it is to be;
// and the size of a thing has no time but one its sentence tells.
static bool untold_by(const Context *c, const Time *time, bool far,
                      const Figure *f) {
  if (str_is(f->measure, "target") && (time->news || time->day))
    return true;
  return far && size_of(c, f);
}

// 1—11月基金收入…,累计结余610亿元: what is left at its end.
static bool sum_left(const Context *c) {
  return text_find(c->t, c->clause.begin, c->numbers->data[c->i].begin,
                   "累计结余 滚存结余") != SIZE_MAX;
}

// 今年以来…。驿站总数1738座: as of the end of the time told of before.
static Str as_of(Arena *a, Str period) {
  size_t slash = str_find(period, STR("/"), 0);
  Str end =
      slash == SIZE_MAX ? period : str_slice(period, slash + 1, period.len);
  if (!end.len || str_is(end, ".."))
    return STR("");
  return str_cat(a, STR("../"), end);
}

// 该区还投入…, 此外…: another deed, of which the time before says nothing.
static bool another_deed(const Context *c) {
  size_t from = c->clause.sentence;
  size_t to = c->numbers->data[c->i].begin;
  size_t at =
      text_find(c->t, from, to < from + 18 ? to : from + 18, "还 此外 另外");
  return at != SIZE_MAX &&
         !text_any(c->t, at,
                   "此外还包括 此外包括 还包括 此外还有 还款 还是 还有 还清 "
                   "还贷 还本 还要 还将") &&
         !text_any_before(c->t, at + 1, "归还 偿还 返还 退还 清还 生还");
}

bool carries_on(const Context *c, const Figure *f, const Figure *before) {
  if (lasting(c) || another_deed(c))
    return false;
  if (str_eq(f->subject, before->subject))
    return true;
  for (size_t i = c->mentions_end; i-- > 0;) {
    const Mention *m = &c->mentions->data[i];
    if (usable(m) && (m->org || !m->generic))
      return false;
  }
  return str_eq(f->region, before->region);
}

void field_when(const Context *c, const Time *lede, bool home, Figure *f,
                Buf *rules) {
  const Number *n = &c->numbers->data[c->i];
  const char *how = "when.clause";
  const Time *time = time_in(c, c->clause.begin, n->begin, false);
  if (!time) {
    time = time_in(c, c->clause.sentence, c->clause.begin, true);
    how = "when.sentence";
  }
  bool another = !time && another_deed(c);
  if (!time && !c->title && !another) {
    time = time_in(c, 0, c->clause.sentence, true);
    if (time && (moved_on(c, time) || (time->day && lasting(c))))
      time = NULL;
    how = "when.paragraph";
  }
  if (!time && !c->title && home && !another) {
    time = lede;
    how = time && time->carried ? "when.before" : "when.article";
  }
  bool far =
      strcmp(how, "when.clause") != 0 && strcmp(how, "when.sentence") != 0;
  if (time && untold_by(c, time, far, f))
    time = NULL;
  // 比“十三五”末增加: what happened since then
  for (size_t k = c->times_end; k-- > 0 && f->base.len;) {
    const Time *base = &c->times->data[k];
    if (base->begin < c->clause.begin)
      break;
    if (base->base && base->plan && str_starts(base->period, STR("../"))) {
      f->period =
          str_fmt(c->a, "%.*s/..", STR_ARG(str_slice(base->period, 3, 16)));
      f->period_printed = base->printed;
      rule_add(rules, "when.base");
      return;
    }
  }
  if (!time)
    return;
  f->period = time->period;
  if (is_stock(c) && !str_ends(f->measure, STR("-by")) &&
      (strcmp(how, "when.clause") != 0 || sum_left(c)))
    f->period = as_of(c->a, time->period);
  if (time->years && lede && home && years_of(lede->period) == time->years)
    f->period = lede->period;
  if (!time->period.len && str_is(time->printed, "全年") && lede && home &&
      lede->period.len >= 4)
    f->period = str_slice(lede->period, 0, 4);
  f->period_printed = time->printed;
  rule_add(rules, how);
}
