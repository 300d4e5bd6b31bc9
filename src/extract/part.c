// What the parts of a whole are called: 发送旅客321万人次，其中铁路120万人次 is
// 铁路发送旅客; 粮食总产量86万吨，其中小麦30万吨 is 小麦产量.
#include "phrase.h"

typedef struct {
  const char *parts; // what names a part alone
  const char *tail;  // how the whole's name ends, which the part takes
} Kind;

#define CARRIED                                                                \
  "发送旅客 发送货物 旅客发送量 货物发送量 客运量 货运量 旅客 货物"
#define GROWN "总产量 产量 播种面积 种植面积 面积"
#define MADE  "增加值 总产值 产值 营业收入 用电量"

static const Kind kinds[] = {
    {"铁路运输 公路运输 道路运输 水路运输 铁路 公路 道路 水路 水运 民航 航空 "
     "城市轨道交通",
     CARRIED},
    {"火电 水电 风电 核电 光伏 太阳能", "发电量"},
    {"火电 水电 风电 核电 光伏 太阳能", "装机容量 装机"},
    {"刑事 民事 行政 民商事 商事 执行 知识产权", "案件"},
    {"小麦 玉米 稻谷 水稻 大豆 马铃薯 薯类 豆类 杂粮 夏粮 秋粮 早稻 晚稻 "
     "冬小麦 春小麦",
     GROWN},
};

// The figure of this sentence made last that has the unit of f and is no
// change.
static const Figure *whole_of(const Context *c, const Figure *f) {
  enum { REACH = 8 };
  for (size_t k = 0; k < REACH && k < c->n_made; k++) {
    const Figure *m = c->made[c->n_made - 1 - k];
    if (!str_eq(m->block, f->block))
      return NULL;
    if (str_eq(m->unit, f->unit) && str_is(m->measure, "level"))
      return m;
  }
  return NULL;
}

// What of the whole's name the part takes, from its last word on that the kind
// knows.
static Str taken(Arena *a, Str whole, const char *tail) {
  Text t = {0};
  text_load(a, &t, whole);
  size_t n = text_any_before(&t, t.n, tail);
  if (!n)
    return STR("");
  Str word = text_slice(&t, t.n - n, t.n);
  return str_is(word, "总产量") ? STR("产量") : word;
}

// 农业1730万元、工业8800万元 behind 增加值: a trade.
static bool trade(const Text *t) {
  return t->n >= 2 && t->n <= 10 && text_any_before(t, t->n, "业") &&
         !text_any_before(t, t->n, "企业 就业 创业 作业 毕业 失业 从业 营业") &&
         last_verb(t, (Range){0, t->n}) == SIZE_MAX;
}

// Whether the sentence tells of parts before the number.
static bool parted(const Context *c) {
  return text_rfind(c->t, c->clause.sentence, c->numbers->data[c->i].begin,
                    "其中") != SIZE_MAX;
}

bool indicator_part(const Context *c, Figure *f) {
  if (f->indicator.len < 6 || f->indicator.len > 30 ||
      !str_is(f->measure, "level") || !parted(c))
    return false;
  const Figure *whole = whole_of(c, f);
  if (!whole || whole->indicator.len > 60)
    return false;
  Text own = {0};
  text_load(c->a, &own, f->indicator);
  Str tail = STR("");
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds && !tail.len; k++)
    if (text_any(&own, 0, kinds[k].parts) == own.n)
      tail = taken(c->a, whole->indicator, kinds[k].tail);
  if (!tail.len && trade(&own))
    tail = taken(c->a, whole->indicator, MADE);
  if (!tail.len)
    return false;
  f->indicator = str_cat(c->a, f->indicator, tail);
  return true;
}
