// What the sentences behind 运输业方面。 are about.
#include "phrase.h"

enum { NAME = 14, FANG = 0x65B9 };

// Start of the sentence that ends before i, or SIZE_MAX where it is too long
// for a name.
static size_t name_begin(const Text *t, size_t i) {
  for (size_t k = i; k + NAME > i; k--) {
    if (!k || text_stops(t, k - 1))
      return k;
    if (t->kind[k - 1] != CH_HAN && t->kind[k - 1] != CH_LIST &&
        t->kind[k - 1] != CH_SPACE)
      return SIZE_MAX;
  }
  return SIZE_MAX;
}

// 二是煤矿事故明显下降。: what the sentence that ends at i says to move,
// without 事故.
static bool moves_at(const Text *t, size_t i, Aspect *aspect) {
  size_t end = i - text_any_before(t, i, "下降 上升 减少 增加 回落");
  size_t how =
      end < i
          ? text_any_before(t, end, "明显 显著 持续 大幅 稳步 有所 略有 双双")
          : 0;
  size_t begin = how ? name_begin(t, end - how) : SIZE_MAX;
  if (begin == SIZE_MAX || !text_any_before(t, end - how, "事故"))
    return false;
  begin += text_any(t, begin, "一是 二是 三是 四是 五是");
  *aspect = (Aspect){begin, end - how - 2, aspect->read};
  return aspect->end >= begin + 2;
}

static void aspect_until(const Text *t, size_t i, Aspect *aspect) {
  for (size_t k = aspect->read; k < i; k++) {
    if (t->kind[k] == CH_STOP && k > 6) {
      Aspect found = *aspect;
      if (moves_at(t, k, &found))
        *aspect = found;
      continue;
    }
    if (t->c[k] != FANG || !text_is(t, k, "方面") || !text_breaks(t, k + 2))
      continue;
    size_t begin = name_begin(t, k);
    if (begin != SIZE_MAX && k >= begin + 2)
      aspect->begin = begin, aspect->end = k;
  }
  aspect->read = i > aspect->read ? i : aspect->read;
}

// 发生事故, 死亡: the same of every branch.
static bool of_any(const Text *t) {
  size_t i = text_any(t, 0, "发生 造成 共发生 累计发生");
  i += text_any(t, i,
                "各类 一般 较大以上 较大 特别重大 重大 特大 生产安全 安全生产 "
                "道路");
  i += text_any(t, i,
                "事故起数 死亡人数 受伤人数 直接经济损失 经济损失 事故 死亡 "
                "受伤 失踪 起数 人死亡");
  return i && i == t->n;
}

static bool may_be_of_any(Str s) {
  static const char *const heads[] = {
      "发生", "造成", "共发", "累计", "事故", "死亡", "受伤", "直接", "经济",
      "失踪", "起数", "人死", "一般", "较大", "生产", "道路", "各类"};
  for (size_t i = 0; i < sizeof heads / sizeof *heads && s.len <= 45; i++)
    if (s.len >= 6 && memcmp(s.data, heads[i], 6) == 0)
      return true;
  return false;
}

Str with_aspect(const Context *c, Aspect *aspect, Str indicator, Buf *rules) {
  if (!may_be_of_any(indicator))
    return indicator;
  aspect_until(c->t, c->numbers->data[c->i].begin, aspect);
  if (aspect->end <= aspect->begin)
    return indicator;
  Text own = {0};
  Str name = text_slice(c->t, aspect->begin, aspect->end);
  text_load(c->a, &own, indicator);
  if (!of_any(&own) || str_has(indicator, name))
    return indicator;
  rule_add(rules, "indicator.aspect");
  return str_cat(c->a, name, indicator);
}
