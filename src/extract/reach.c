// How far a time reaches: its clause, its sentence, what is behind it; or no
// further than what is compared with it.
#include "extract_imp.h"

static bool base_time(const Text *t, const Time *time) {
  size_t i = time->begin;
  size_t k = time->end; // 是2011年的2.5倍
  k += text_any(t, k, "同期的近 同期的 的近 的约 的");
  while (k > time->end && (t->kind[k] == CH_DIGIT || t->c[k] == '.'))
    k++;
  if (k > time->end && text_is(t, k, "倍"))
    return true;
  if (text_is(t, time->end, "的") &&
      text_any_before(t, i, "由 从 不到 相当于 仅为 约为 是"))
    return true; // 由2020年的1.2万元增至, 不到2019年的三分之一
  if (text_any_before(t, i, "快于 慢于 高于 低于 多于 少于 好于 优于"))
    return true;
  return text_any_before(t, i, "比 较 相比 同 与") > 0 &&
         !text_any_before(t, i, "占比 共同 会同 参与");
}

// 通报2021年至2023年…情况: what is told of is of that time.
static bool told(const Text *t, const Time *time) {
  return text_any_before(t, time->begin,
                         "通报 通报了 公布 公布了 发布 发布了 "
                         "介绍 介绍了 总结 回顾") > 0;
}

// 记者从省总获悉, 省法院召开新闻发布会: somebody tells of something.
static bool telling(const Text *t, const Time *time) {
  size_t to = time->end;
  while (to < t->n && t->kind[to] != CH_STOP && to < time->end + 60)
    to++;
  return text_find(t, time->end, to,
                   "获悉 了解到 新闻发布会 通报会 通报了 发布了 公布了 发布《 "
                   "发布的 公布的 公布 下发 印发 白皮书") != SIZE_MAX;
}

// 29日,省法院召开新闻发布会: the day of the telling, not of what is told.
static bool of_telling(const Text *t, const Time *time) {
  return (text_is(t, time->end - 1, "日") || text_is(t, time->end - 1, "天")) &&
         telling(t, time);
}

// 12月5日, 今天; not 5日以来.
static bool on_a_day(const Text *t, const Time *time) {
  size_t i = time->end;
  return i >= time->begin + 2 &&
         ((text_is(t, i - 1, "日") && !text_is(t, i - 2, "节")) ||
          text_any_before(t, i, "今天 昨天")) &&
         !text_any(t, i, "以来 起 至 前");
}

static bool framing(const Text *t, const Time *time) {
  size_t i = time->begin;
  if (told(t, time))
    return true;
  if (text_any_before(t, i, "到") && (i == 1 || text_breaks(t, i - 2)))
    return true; // 到2027年,…
  if (text_any_before(t, i, "到 至"))
    return false; // 减少到2024年的516件
  while (i && t->kind[i - 1] == CH_SPACE)
    i--;
  if (i == 0 || text_breaks(t, i - 1) || t->kind[i - 1] == CH_CLOSE ||
      t->kind[i - 1] == CH_QUOTE)
    return true;
  size_t said = time->end + 18; // 通报了今年一季度审判工作数据
  for (size_t k = time->end; k < said && k < t->n && !text_breaks(t, k); k++)
    if (text_any(t, k, "数据 公报 运行情况 统计结果"))
      return true;
  size_t whose =
      text_any_before(t, i,
                      "全省 全市 全县 全区 全国 全州 全旗 我省 我市 "
                      "我县 我区 该省 该市 该县 该区 该州 该镇 该乡 该村 "
                      "该校 该院 该公司 该厂");
  if (whose && (i == whose || text_breaks(t, i - whose - 1)))
    return true; // 全省去年新增就业…
  return lex_before(t, i, W_LEAD, NULL) > 0 ||
         text_any_before(t, i, "自 从 讯 电");
}

// 市总工会今年安排…: no part of a noun phrase, so it holds for the sentence.
static bool adverbial(const Text *t, const Time *time) {
  if (t->inside[time->begin] & (INSIDE_BRACKET | INSIDE_QUOTE) ||
      text_any(t, time->end, "的 间 内 前 后 度"))
    return false;
  size_t i = time->begin;
  for (size_t k = 0; i && k < 20 && !text_breaks(t, i - 1); i--, k++)
    if (t->kind[i - 1] == CH_DIGIT)
      return false;
  return i == 0 || text_breaks(t, i - 1);
}

// 在去年12座的基础上|新建8座: where what it holds for ends, 0 if nowhere.
static size_t on_the_basis(const Text *t, const Time *time) {
  if (!text_any_before(t, time->begin, "在"))
    return 0;
  size_t at = text_find(t, time->end, time->end + 24, "基础上");
  for (size_t k = time->end; at != SIZE_MAX && k < at; k++)
    if (text_breaks(t, k))
      return 0;
  return at == SIZE_MAX ? 0 : at;
}

void time_reach(const Text *t, Time *time) {
  time->base = base_time(t, time);
  time->until = on_the_basis(t, time);
  // 帮扶中心成立9年来,…
  time->frame = !time->until && (framing(t, time) ||
                                 (time->years && text_breaks(t, time->end)));
  time->adverb =
      !time->base && !time->until && time->period.len && adverbial(t, time);
  time->told = told(t, time);
  time->day = !time->stock && on_a_day(t, time);
  time->deed = time->news && time->frame && !telling(t, time);
  time->news = time->news || of_telling(t, time);
}
