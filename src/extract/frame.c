// What a headline or heading says of the figures below it: which year a report
// is of, and whether a part of it speaks of what is to be.
#include "extract_imp.h"

// 2018年工作回顾, 2024年统计公报: the year of a report.
static int year_in(const Text *t) {
  for (size_t i = 0; i + 4 < t->n; i++) {
    if (t->kind[i] != CH_DIGIT || (i && t->kind[i - 1] == CH_DIGIT))
      continue;
    int year = 0;
    size_t k = i;
    for (; t->kind[k] == CH_DIGIT && k < i + 4; k++)
      year = year * 10 + (int)(t->c[k] - '0');
    if (k == i + 4 && year >= 1900 && year <= 2099 &&
        text_any(t, k, "年度 年") &&
        !text_any(t, k + 1, "底 末 初 以来 0 1 2 3 4 5 6 7 8 9"))
      return year;
  }
  return 0;
}

Frame frame_of(Arena *a, const TextBlock *b) {
  Frame f = {0};
  if (b->kind == BLOCK_PARA || b->text.len > 240)
    return f;
  Text t = {0};
  text_load(a, &t, b->text);
  f.past = text_find(&t, 0, t.n,
                     "公报 报告 白皮书 年报 回顾 概况 概览 总结 完成情况 "
                     "审理情况 基本情况 主要工作 统计数据") != SIZE_MAX;
  bool draws_up = text_find(&t, 0, t.n, "回顾 完成情况 总结") != SIZE_MAX;
  f.plans =
      !draws_up &&
      text_find(&t, 0, t.n,
                "工作安排 工作打算 工作思路 工作计划 目标任务 主要任务 "
                "重点任务 主要目标 预期目标 奋斗目标 发展目标 工作目标 下一步 "
                "今后 总体要求 主要安排 工作部署") != SIZE_MAX;
  f.year = year_in(&t);
  return f;
}
