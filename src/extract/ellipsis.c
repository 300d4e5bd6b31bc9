// What a number counts when its own clause leaves the thing out: 新建驿站12座,
// 累计建成86座; 新建驿站12座,总数达到86座.
#include "extract_imp.h"

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

static bool only_verbs(const Text *t) {
  return t->n >= 2 && t->n <= 6 && behind_verbs(t) == t->n &&
         text_any_before(t, t->n, MAKING);
}

static bool only_total(const Text *t) {
  return t->n <= 4 && text_any(t, 0, "总数 总量 总人数") == t->n;
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
  if (!total && !only_verbs(&t))
    return false;
  Str object = object_of(a, last);
  if (!object.len || str_has(object, f->indicator))
    return false;
  f->indicator = total ? str_cat(a, object, f->indicator)
                       : str_cat(a, f->indicator, object);
  return true;
}
