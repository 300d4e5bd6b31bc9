// Finds the figures in a dossier's articles, each with its place.
#include "extract_imp.h"

typedef struct { // the time that holds where a paragraph names none
  Time time;
  bool set;
  size_t block; // from which block on
  bool opens;   // at the very head: holds for all places below home too
} Lede;

typedef struct {
  Arena *a;
  Glossary *glossary;
  Facts *facts;
  Chains chains;
  Text text, head; // of the block being read; of what opens an article
  Numbers numbers;
  Mentions mentions;
  Times times;
  VEC(const Figure *) made; // of the block being read
  Scene scene;
  Lede lede, above;  // of the article or heading; of what is above a heading
  bool headed;       // the heading has one of its own
  const Time *frame; // of the block being read
  size_t frame_from; // character of the block from which it holds
  Str day;           // of the page
  Str told;          // the period told of last in the article
  const Figure *carried_by;
  Time carried; // what the paragraph before told of, for those behind
  int year;     // that the report is of; 0: not said
  bool moved;   // a heading named somebody else
  bool to_be;   // the heading speaks of what is to be
} Run;

typedef struct { // of one block, as the figures go by
  const Figure *last;
  const Figure *outer;  // last one that stands in no bracket
  size_t first;         // figures made before the block
  size_t among;         // where the last 其中 stands, counted from 1
  const Figure *whole;  // what the first figure behind it is part of
  Decimal total, parts; // its value; the sum of its parts so far
  Aspect aspect;        // 运输业方面。: what the sentences are about
} Thread;

// ---- places in the page
// -------------------------------------------------------

static void add_place(const Context *c, const Page *page, const TextBlock *b,
                      const Number *n, Figure *f) {
  VEC(Place) places = {0};
  const Text *t = c->t;
  uint32_t next = UINT32_MAX;
  if (!b->n_runs || !page->source)
    return;
  for (size_t i = n->begin; i < n->end; i++) {
    uint32_t at = block_source(b, t->at[i]);
    uint32_t len = t->at[i + 1] - t->at[i];
    if (at == UINT32_MAX)
      continue;
    uint32_t begin = file_raw(page->source, at);
    uint32_t end = file_raw(page->source, at + len);
    if (places.len && at == next)
      places.data[places.len - 1].end = end;
    else
      *vec_push(c->a, &places) = (Place){begin, end};
    next = at + len;
  }
  f->places = places.data;
  f->n_places = places.len;
}

// ---- number, unit, qualifier
// ------------------------------------------------------

// 2000万新就业形态劳动者: the noun says what is counted.
static bool counts_people(const Text *t, size_t from, size_t to) {
  if (to > from + 24)
    to = from + 24;
  return text_find(
             t, from, to,
             "劳动者 职工 会员 农民工 群众 人员 学生 居民 农民 工人 青年 妇女 "
             "骑手 司机 用户 党员 干部 老人 儿童 人口 游客 消费者 毕业生 网民 "
             "市民 村民 师生") != SIZE_MAX;
}

// 观看人数突破120万: the noun before or behind says what is counted.
static Str unit_of_noun(const Context *c, const Number *n) {
  size_t from = n->begin > 8 ? n->begin - 8 : 0;
  size_t at =
      text_rfind(c->t, from > c->clause.begin ? from : c->clause.begin,
                 n->begin, "人数 人口 会员 人次 播放量 点击量 阅读量 浏览量");
  if (at == SIZE_MAX)
    return counts_people(c->t, n->end, part_end(c)) ? STR("人") : STR("");
  if (text_is(c->t, at, "人次"))
    return STR("人次");
  bool people = text_any(c->t, at, "人数 人口 会员") > 0;
  return people ? STR("人") : STR("次");
}

static void put_unit(const Context *c, const Number *n, Figure *f, Buf *rules) {
  f->unit = str_of(n->unit_name);
  if (!n->unit && n->scaled && !f->unit.len) {
    f->unit = unit_of_noun(c, n);
    if (f->unit.len)
      rule_add(rules, "unit.noun");
  }
  if (n->over)
    f->unit = str_fmt(c->a, "%.*s/%s", STR_ARG(f->unit), n->over);
  Str each = each_measure(c);
  if (each.len)
    f->unit = str_fmt(c->a, "%.*s/%.*s", STR_ARG(f->unit), STR_ARG(each));
  if (each_person(c))
    f->unit = str_fmt(c->a, "%.*s/人", STR_ARG(f->unit));
  if (c->i && c->numbers->data[c->i - 1].per && n->unit &&
      c->numbers->data[c->i - 1].end > c->clause.sentence)
    f->unit = str_fmt(c->a, "%.*s/%.*s", STR_ARG(f->unit),
                      STR_ARG(c->numbers->data[c->i - 1].per_unit));
}

static void put_number(const Context *c, Figure *f, Buf *rules) {
  const Number *n = &c->numbers->data[c->i];
  f->printed = text_slice(c->t, n->begin, n->end);
  if (n->has_value)
    f->value = decimal_str(c->a, n->value);
  if (n->has_low)
    f->low = decimal_str(c->a, n->low);
  if (n->has_high)
    f->high = decimal_str(c->a, n->high);
  f->qualifier = str_of(n->qualifier);
  if (str_is(f->qualifier, "来"))
    f->qualifier = STR("约");
  rule_add(rules, n->has_value ? "number" : "number.range");
  put_unit(c, n, f, rules);
}

static void put_cumulative(const Context *c, Figure *f) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  size_t from = c->clause.begin;
  bool yes =
      text_find(t, from, n->begin,
                "累计 共计 总计 合计 总数 总量 总共 一共 至今 共有 共产生 "
                "共组织 共发 共为 共举办 共开 共签 共建 共收 共完成 共培 共投 "
                "共筹") != SIZE_MAX;
  if (!yes) {
    size_t at = text_rfind(t, from, n->begin, "共");
    yes = at != SIZE_MAX &&
          !text_any(t, at,
                    "共同 共建 共享 共产 共青 共和 共商 共创 共赢 共治 共促 "
                    "共富 共识 共筑") &&
          !text_any_before(t, at + 1, "公共 中共");
  }
  if (n->unit && (n->unit->kind == U_RATIO || n->unit->kind == U_POINT))
    yes = text_find(t, from, n->begin, "累计 共计") != SIZE_MAX;
  f->cumulative = yes ? STR("yes") : STR("no");
}

// Whether the number opens its noun phrase: nothing before it but a long
// clause that belongs to others.
static bool number_leads(const Context *c) {
  const Number *n = &c->numbers->data[c->i];
  return n->end < c->clause.end && c->t->kind[n->end] == CH_HAN;
}

// Whether an item of a list says what it counts: 4个、2个、1个 do not.
static bool has_words(const Text *t, size_t from, size_t to) {
  size_t han = 0;
  for (size_t i = from; i < to; i++)
    han += t->kind[i] == CH_HAN;
  return han >= 2;
}

static Str quote_of(const Context *c) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  size_t from = c->clause.begin, to = c->clause.end;
  size_t floor = number_floor(c), end = part_end(c);
  if (floor != from) {
    size_t i = floor;
    while (i < n->begin && t->kind[i] == CH_SPACE)
      i++;
    if (i < n->begin && t->kind[i] == CH_LIST && has_words(t, i + 1, n->begin))
      from = i + 1;
  }
  if (end < to && t->kind[end] == CH_LIST)
    to = end;
  size_t each = text_rfind(c->t, from, n->begin, "分别");
  if (n->end - from > 24 && each != SIZE_MAX && c->i &&
      c->numbers->data[c->i - 1].end > each)
    from = each; // a later item of a list
  if (n->begin - from > 40)
    from = n->begin - (number_leads(c) ? 0 : 40);
  if (to > n->end + 60)
    to = n->end + 60;
  return str_trim(text_slice(t, from, to));
}

// ---- 其中
// -------------------------------------------------------------------------

// What a part of the same unit belongs to: of the figures before 其中; the last
// one, or the one that goes by its name: 执结53.50万件。其中,…执结30.51万件.
static const Figure *whole_of(const Context *c, Thread *thread,
                              const Figure *part, bool namesake) {
  size_t at = c->i;
  for (size_t k = c->n_made; k-- > thread->first && k + 6 > c->n_made;) {
    while (at && c->numbers->data[--at].refused)
      ;
    const Number *n = &c->numbers->data[at];
    const Figure *f = c->made[k];
    bool made = str_is(f->measure, "increase-by") && !f->base.len &&
                str_starts(f->indicator, STR("新"));
    if (n->end > thread->among || !(made || str_is(f->measure, "level")) ||
        !str_eq(f->unit, part->unit) ||
        (namesake && !str_eq(f->indicator, part->indicator)))
      continue;
    if (!namesake)
      thread->total = n->value, thread->parts = (Decimal){0};
    return f;
  }
  return NULL;
}

// 其中,来话…件、来信…件;直接答复…件: behind a ； what is too much to be a part
// is counted in another way.
static bool adds_up(const Context *c, Thread *thread) {
  const Number *n = &c->numbers->data[c->i];
  Decimal sum;
  if (!n->has_value || !decimal_add(thread->parts, n->value, &sum))
    return true;
  if (decimal_cmp(sum, thread->total) > 0 && c->i &&
      text_rfind(c->t, c->numbers->data[c->i - 1].end, n->begin, ";") !=
          SIZE_MAX)
    return false;
  thread->parts = sum;
  return true;
}

static void put_part(const Context *c, Thread *thread, Figure *f) {
  const Text *t = c->t;
  const Number *n = &c->numbers->data[c->i];
  size_t at = text_rfind(t, c->clause.sentence, n->begin, "其中");
  if (at == SIZE_MAX || !str_is(f->measure, "level"))
    return;
  // 其中 amid a sentence reaches to the next ；, at its head to the full stop
  if (at > c->clause.sentence + 1)
    for (size_t i = at; i < n->begin; i++)
      if (t->c[i] == ';')
        return;
  if (n->unit && n->unit->kind == U_RATIO &&
      (!str_has(f->indicator, STR("占")) || str_has(f->indicator, STR("计划"))))
    return; // a rate has no parts
  if (thread->among != at + 1) {
    thread->among = at + 1;
    thread->whole = whole_of(c, thread, f, false);
  }
  const Figure *same = f->indicator.len ? whole_of(c, thread, f, true) : NULL;
  if (same) {
    f->part_of = same->id;
    return;
  }
  if (!thread->whole || !str_eq(thread->whole->unit, f->unit))
    return;
  if (adds_up(c, thread))
    f->part_of = thread->whole->id;
  else
    thread->whole = NULL;
}

// ---- one figure
// ------------------------------------------------------------------------

static Figure blank(void) {
  Figure f = {0};
#define F(field, name) f.field = STR("");
  FIGURE_FIELDS(F)
#undef F
  f.state = STR("auto");
  return f;
}

// 累计…: the sum up to now, where the article opened with one year's deeds.
static bool summed_up(const Run *r, const Context *c) {
  return !r->lede.opens && !str_has(r->lede.time.printed, STR("来")) &&
         text_find(c->t, c->clause.sentence, c->numbers->data[c->i].begin,
                   "累计") != SIZE_MAX;
}

static bool at_home(Run *r, const Figure *f) {
  if (r->moved && !r->year)
    return false; // its heading names somebody else
  if (!r->scene.home)
    return true;
  Str home = chain_of(r->a, &r->chains, r->scene.home);
  if (!r->lede.opens || !str_starts(f->region, home))
    return str_eq(f->region, home);
  return f->region.len == home.len || f->region.data[home.len] == '/';
}

// A sentence behind one that ended on its parts (其中…) goes on with the whole.
static const Figure *last_of(const Context *c, const Thread *thread) {
  const Figure *last = thread->last;
  bool goes_on = c->i && c->numbers->data[c->i - 1].begin >= c->clause.sentence;
  return last && last->part_of.len && !goes_on && thread->whole ? thread->whole
                                                                : last;
}

static void put_time(Run *r, const Context *c, Figure *f, Buf *rules) {
  const Number *n = &c->numbers->data[c->i];
  bool before = r->frame == &r->carried;
  bool holds = before ? carries_on(c, f, r->carried_by)
                      : r->frame && n->begin >= r->frame_from;
  bool home = before || at_home(r, f);
  field_when(c, holds ? r->frame : NULL, home && !summed_up(r, c), f, rules);
}

// 火灾下降48.6%和50.4%: of what each is, the sentence does not say.
static void doubt_twins(const Context *c, const Figure *last, Figure *f) {
  if (!in_list(c) || !last || !str_is(f->unit, "%") ||
      !str_is(last->unit, "%") || !str_ends(f->measure, STR("-by")) ||
      !str_eq(f->indicator, last->indicator) ||
      !str_eq(f->subject, last->subject))
    return;
  f->doubt = STR("分别所指不明");
  if (!last->doubt.len)
    ((Figure *)last)->doubt = f->doubt;
}

static void make(Run *r, const Page *page, const TextBlock *b, Context *c,
                 Thread *thread, Figure *f) {
  Buf rules = buf_new(r->a);
  const Number *n = &c->numbers->data[c->i];
  *f = blank();
  f->block = b->id;
  c->clause = clause_of(c->t, n);
  put_number(c, f, &rules);
  field_measure(c, f, &rules);
  field_indicator(c, f, last_of(c, thread), &rules);
  f->indicator = indicator_signs(c->a, f->indicator);
  // an item without words of its own changes as the one before it did
  if (thread->last && f->indicator.len &&
      (f->indicator.data == thread->last->indicator.data ||
       (c->i && c->numbers->data[c->i - 1].end + 1 >= n->begin)) &&
      str_is(f->measure, "level") &&
      (in_list(c) || c->numbers->data[c->i - 1].end == n->begin) &&
      (str_ends(thread->last->measure, STR("-by")) ||
       str_is(thread->last->measure, "target"))) {
    f->measure = thread->last->measure;
    f->base = thread->last->base;
  }
  field_where(c, &r->scene, f, &rules);
  field_list(c, &r->scene, f, &rules);
  f->indicator = with_quantity(c, f, &rules);
  doubt_twins(c, thread->last, f);
  f->indicator = with_aspect(c, &thread->aspect, f->indicator, &rules);
  f->indicator = without_measure(r->a, f);
  put_time(r, c, f, &rules);
  where_in_bracket(c, &r->scene, f, &rules);
  put_cumulative(c, f);
  f->quote = quote_of(c);
  if (!f->doubt.len)
    field_doubt(c, b, f);
  facts_id(r->facts, text_slice(c->t, c->clause.sentence, c->clause.full_end),
           f);
  put_part(c, thread, f);
  find_canon(r->a, r->glossary, f);
  facts_link(r->facts, f);
  add_place(c, page, b, n, f);
  f->rule = buf_str(&rules);
}

static size_t numbers_left(const Numbers *numbers) {
  size_t n = 0;
  for (size_t i = 0; i < numbers->len; i++)
    n += !numbers->data[i].refused;
  return n;
}

// The figures of a block stay where they are made while it is read.
static void room_for(Run *r, Article *article) {
  size_t len = article->figures.len, more = numbers_left(&r->numbers);
  if (article->figures.cap - len >= more)
    return;
  size_t cap = 2 * article->figures.cap > len + more ? 2 * article->figures.cap
                                                     : len + more;
  article->figures.data =
      arena_grow(r->a, article->figures.data,
                 article->figures.cap * sizeof(Figure), cap * sizeof(Figure));
  article->figures.cap = cap;
}

// 棉花收购过半 均价每公斤7元: a blank in a headline parts its clauses.
static void part_at_blanks(Text *t) {
  for (size_t i = 1; i + 1 < t->n; i++)
    if (t->kind[i] == CH_SPACE && t->kind[i - 1] != CH_DIGIT &&
        t->kind[i + 1] != CH_SPACE) {
      t->kind[i] = CH_COMMA;
      t->head[i + 1] |= text_breaks(t, i) ? HEAD_CLAUSE : 0;
    }
}

// 同期,全市…: of the time told of just before, in this paragraph or the last.
static void same_time(Run *r) {
  for (size_t i = 0; i < r->times.len; i++) {
    Time *time = &r->times.data[i];
    if (time->same)
      time->period = r->told;
    else if (!time->base && time->period.len && (time->frame || time->adverb))
      r->told = time->period;
  }
}

// What the last figure of a paragraph was of holds for those behind, until
// another time is told.
static void carry_time(Run *r, const TextBlock *b) {
  if (b->kind != BLOCK_PARA)
    return;
  for (size_t i = 0; i < r->times.len; i++)
    if (r->times.data[i].period.len && !r->times.data[i].base)
      r->carried.period = STR("");
  const Figure *f = r->made.len ? r->made.data[r->made.len - 1] : NULL;
  for (size_t i = r->times.len; f && f->period.len && i-- > 0;) {
    const Time *time = &r->times.data[i];
    if (!time->base && str_eq(time->period, f->period) &&
        (time->frame || time->adverb)) {
      if (!time->news && !time->day && !time->ahead && !time->plan)
        r->carried = *time;
      r->carried.carried = true;
      r->carried_by = f;
      return;
    }
  }
}

// 本报北京2月4日电|全国铁路…: what follows opens a clause.
static void part_at_dateline(Text *t) {
  enum { FAR = 40 };
  if (!text_any(t, 0, "本报 新华社 据新华社 中新社 据中新社"))
    return;
  for (size_t i = 4; i + 1 < t->n && i < FAR && !text_breaks(t, i); i++)
    if (text_any(t, i, "日电 日讯") && t->kind[i + 2] == CH_HAN) {
      t->kind[i + 1] = CH_COMMA;
      t->head[i + 2] |= HEAD_CLAUSE;
      return;
    }
}

// 3、走访职工40户: the mark of a list is no part of what is told.
static void part_at_mark(Text *t) {
  static const char numerals[] = "一 二 三 四 五 六 七 八 九 十";
  size_t i = 0;
  while (i < t->n && i < 2 &&
         (t->kind[i] == CH_DIGIT || text_any(t, i, numerals)))
    i++;
  if (!i || i + 2 >= t->n)
    return;
  bool dot = t->c[i] == '.' && t->kind[i + 1] != CH_DIGIT;
  if (dot || (t->kind[i] == CH_LIST &&
              !(text_any(t, i + 1, numerals) && t->kind[i + 2] == CH_LIST))) {
    t->kind[i] = CH_COMMA;
    t->head[i + 1] |= HEAD_CLAUSE;
  }
}

static void load_block(Run *r, const TextBlock *b) {
  text_load(r->a, &r->text, b->text);
  part_at_mark(&r->text);
  if (b->kind == BLOCK_PARA)
    part_at_dateline(&r->text);
  if (b->kind != BLOCK_PARA)
    part_at_blanks(&r->text);
}

static void read_block(Run *r, const Page *page, Article *article, size_t k) {
  const TextBlock *b = &article->blocks.data[k];
  r->frame = r->lede.set && k >= r->lede.block ? &r->lede.time : NULL;
  r->frame_from = r->frame && k == r->lede.block ? r->lede.time.begin : 0;
  bool parts = str_starts(b->text, STR("其中")); // of a sum as of some day
  if (!r->frame && r->carried.period.len && b->kind == BLOCK_PARA &&
      (!r->carried.stock || parts))
    r->frame = &r->carried;
  r->numbers.len = r->mentions.len = r->times.len = r->made.len = 0;
  load_block(r, b);
  find_times(r->a, &r->text, r->day, r->year, &r->times);
  find_mentions(r->a, &r->text, &r->scene, &r->mentions);
  scan_numbers(r->a, &r->text, &r->numbers);
  refuse_numbers(&r->text, &r->numbers);
  use_origins(r->a, &r->text, &r->numbers, &r->times);
  mark_spans(&r->text, &r->numbers);
  same_time(r);
  Context c = {.a = r->a, .t = &r->text, .numbers = &r->numbers};
  c.chains = &r->chains;
  c.mentions = &r->mentions;
  c.times = &r->times;
  c.title = b->kind != BLOCK_PARA;
  c.plans = numbers_left(&r->numbers) && text_plans(&r->text);
  c.to_be = r->to_be;
  Thread thread = {.first = r->made.len};
  room_for(r, article);
  for (c.i = 0; c.i < r->numbers.len; c.i++) {
    if (r->numbers.data[c.i].refused)
      continue;
    Figure *f = &article->figures.data[article->figures.len++];
    size_t begin = r->numbers.data[c.i].begin;
    while (c.mentions_end < r->mentions.len &&
           r->mentions.data[c.mentions_end].begin < begin)
      c.mentions_end++;
    while (c.times_end < r->times.len &&
           r->times.data[c.times_end].begin < begin)
      c.times_end++;
    c.made = r->made.data;
    c.n_made = r->made.len;
    bool inner = r->text.inside[begin] & INSIDE_BRACKET;
    if (!inner && thread.outer)
      thread.last = thread.outer;
    make(r, page, b, &c, &thread, f);
    *vec_push(r->a, &r->made) = f;
    thread.last = f;
    if (!inner)
      thread.outer = f;
  }
  carry_time(r, b);
}

static void lede_is(Run *r, Time time, size_t block, bool opens) {
  r->lede = (Lede){.time = time, .set = true, .block = block, .opens = opens};
}

static int year_of(Str s) {
  int year = 0;
  for (size_t i = 0; i < 4 && i < s.len; i++)
    year = year * 10 + (s.data[i] - '0');
  return year;
}

// What a headline or heading says holds for the blocks below it.
static void take_frame(Run *r, const TextBlock *b, size_t k, Str date) {
  Frame frame = frame_of(r->a, b);
  bool gone = b->kind != BLOCK_HEADING && frame.year && date.len >= 4 &&
              frame.year < year_of(date);
  if (!frame.past && !frame.plans && !gone)
    return;
  r->to_be = frame.plans;
  if (!frame.year)
    return;
  Time time = {.period = str_fmt(r->a, "%d", frame.year), .frame = true};
  time.printed = str_fmt(r->a, "%d年", frame.year);
  r->year = frame.year;
  lede_is(r, time, k, true);
}

static bool digit_first(Str s) {
  return s.len && s.data[0] >= '0' && s.data[0] <= '9';
}

// 上半年云南地区生产总值增长4.4%, 去年立案8563件: the stretch of time that a
// headline names is the article's.
static void take_stretch(Run *r, const TextBlock *b, size_t k, Str date) {
  if (r->lede.set || b->text.len > 240)
    return;
  Times times = {0};
  text_load(r->a, &r->head, b->text);
  find_times(r->a, &r->head, date, r->year, &times);
  for (size_t i = 0; i < times.len; i++) {
    const Time *time = &times.data[i];
    bool part = str_has(time->period, STR("/")) || time->gone;
    // 农产品价格（12月15日）: of the day that the bracket behind it names
    part |= time->period.len && time->end + 1 == r->head.n &&
            r->head.kind[time->end] == CH_CLOSE;
    // 一、3月份安全生产情况: a month that a heading is of
    part |= b->kind == BLOCK_HEADING && time->period.len == 7 && !time->day &&
            text_any_before(&r->head, time->end, "月份 月");
    if (part && !time->base && !time->stock && !time->ahead && !time->news &&
        !str_has(time->period, STR(".."))) {
      lede_is(r, *time, k, true);
      return;
    }
  }
}

// A stretch of time that a heading names holds down to the next heading.
static void take_heading(Run *r, const TextBlock *b, size_t k) {
  if (r->headed)
    r->lede = r->above;
  r->headed = false;
  take_frame(r, b, k, r->day);
  r->above = r->lede;
  r->lede.set = false;
  take_stretch(r, b, k, r->day);
  r->headed = r->lede.set;
  if (!r->headed)
    r->lede = r->above;
}

static bool is_headline(const TextBlock *b) {
  return b->kind == BLOCK_KICKER || b->kind == BLOCK_TITLE ||
         b->kind == BLOCK_SUBTITLE;
}

// The time that opens the first paragraph frames the article, else the year in
// its headline.
static bool opens_article(const Run *r, const Time *time, size_t paras,
                          Str date) {
  bool first = time->begin <= 1;
  bool gone = date.len >= 4 && time->period.len == 4 && // before the page
              memcmp(time->period.data, date.data, 4) < 0;
  bool year = !r->lede.set && time->period.len == 4 && // 2024年,全市…
              digit_first(time->printed) &&
              (paras == 1 ? first || gone : first && gone);
  bool said = paras == 1 && !r->lede.set && !time->stock &&
              (time->told || (first && time->plan));
  return time->frame && !time->base && time->period.len &&
         (said || year || str_has(time->printed, STR("来")));
}

static bool open_by(Run *r, const TextBlock *b, size_t block, size_t paras) {
  Times times = {0};
  Str head = str_slice(b->text, 0, 300);
  if (paras > 1 && !str_has(head, STR("来")) &&
      !str_has(str_slice(head, 0, 24), STR("年")))
    return false;
  text_load(r->a, &r->head, head);
  find_times(r->a, &r->head, r->day, r->year, &times);
  for (size_t k = 0; k < times.len; k++) {
    const Time *time = &times.data[k];
    if (!opens_article(r, time, paras, r->day))
      continue;
    bool year = !r->lede.set && time->period.len == 4;
    lede_is(r, *time, block, paras == 1 && time->begin <= 1);
    if (year && paras == 1 && digit_first(time->printed))
      r->year = year_of(time->period);
    return true;
  }
  return false;
}

static void open_time(Run *r, const Article *article) {
  r->lede = (Lede){0};
  r->told = STR("");
  r->carried = (Time){.period = STR("")};
  r->year = 0;
  r->moved = r->to_be = r->headed = false;
  for (size_t i = 0; i < article->blocks.len; i++)
    if (is_headline(&article->blocks.data[i]))
      take_frame(r, &article->blocks.data[i], 0, r->day);
  for (size_t i = 0; i < article->blocks.len && i < 8; i++)
    if (is_headline(&article->blocks.data[i]))
      take_stretch(r, &article->blocks.data[i], 0, r->day);
  size_t paras = 0;
  for (size_t i = 0; i < article->blocks.len && paras < 3; i++)
    if (article->blocks.data[i].kind == BLOCK_PARA &&
        open_by(r, &article->blocks.data[i], i, ++paras))
      return;
}

static bool holds_figures(const Article *article) {
  return !str_is(article->kind, "contents") &&
         !str_is(article->kind, "masthead") && !str_is(article->kind, "slogan");
}

static bool is_text(const TextBlock *b) {
  return b->kind != BLOCK_BYLINE && b->kind != BLOCK_DATELINE;
}

// Behind the last block that may hold a figure: what lies there tells nothing.
static size_t telling_end(Run *r, const Article *article) {
  size_t k = article->blocks.len;
  for (; k; k--) {
    const TextBlock *b = &article->blocks.data[k - 1];
    if (!is_text(b))
      continue;
    r->numbers.len = 0;
    load_block(r, b);
    scan_numbers(r->a, &r->text, &r->numbers);
    if (numbers_may_tell(&r->text, &r->numbers))
      return k;
  }
  return 0;
}

static void read_article(Run *r, const Page *page, Article *article,
                         size_t end) {
  Scene base = r->scene;
  for (size_t k = 0; k < end; k++) {
    const TextBlock *b = &article->blocks.data[k];
    if (!is_text(b))
      continue;
    if (b->kind == BLOCK_HEADING) {
      take_heading(r, b, k);
      scene_heading(r->a, &r->scene, &base, b);
      r->moved = !str_eq(r->scene.subject, base.subject);
    }
    read_block(r, page, article, k);
  }
  heed_bodies(r->a, article);
}

void extract_figures(Arena *a, Diags *d, Dossier *dossier,
                     const Dictionary *dictionary) {
  (void)d;
  Run r = {
      .a = a, .glossary = glossary_new(a, dictionary), .facts = facts_new(a)};
  for (size_t p = 0; p < dossier->pages.len; p++) {
    Page *page = &dossier->pages.data[p];
    Known known = {0};
    const Division *province = page_home(page, &known);
    r.day = page_day(page);
    for (size_t i = 0; i < page->articles.len; i++) {
      Article *article = &page->articles.data[i];
      if (!article->topic.len)
        article->topic = article_topic(r.a, r.glossary, article);
      if (!holds_figures(article) || article->figures.len)
        continue;
      size_t end = telling_end(&r, article);
      if (!end)
        continue;
      scene_open(a, &r.scene, article, province, &known);
      open_time(&r, article);
      read_article(&r, page, article, end);
    }
  }
}
