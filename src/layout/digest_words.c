// Words that make a sentence lean on the one before it, or say little: what a
// summary had better not begin with.
#include "layout-imp.h"

static bool starts_with_any(Str t, const char *const *words, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (str_starts(t, str_of(words[i])))
      return true;
  return false;
}

#define STARTS(t, words)                                                       \
  starts_with_any((t), (words), sizeof(words) / sizeof *(words))

// Means nothing without the sentence before.
static bool points_back(Str t) {
  static const char *const words[] = {
      "同时", "此外",   "其中",     "但是", "但",   "然而", "不过",  "因此",
      "为此", "由此",   "于是",     "对此", "随后", "后来", "最终",  "不仅如此",
      "与此", "接下来", "接着",     "这",   "那",   "该",   "其",    "也",
      "而",   "让她",   "让他",     "他",   "她",   "它",   "上述",  "还",
      "并",   "另外",   "另一方面", "除此", "起初", "二是", "三是",  "四是",
      "五是", "其次",   "换句话",   "原来", "果然", "却",   "就这样"};
  static const char *const others[] = {"其他", "其它",  "其实",   "该州",
                                       "那曲", "那坡",  "那拉提", "也门",
                                       "并网", "这里是"};
  return STARTS(t, words) && !STARTS(t, others);
}

// Says who says it: 据介绍 after the sentence that names him.
static bool says_who(Str t) {
  static const char *const words[] = {"据介绍",   "据统计", "统计显示",
                                      "数据显示", "据了解", "据悉",
                                      "据其",     "除了",   "下一步"};
  return STARTS(t, words);
}

// 县总工会: which county's stands before.
static bool short_name(Str t) {
  static const char *const words[] = {
      "县总工会", "市总工会", "区总工会", "州总工会", "旗总工会",
      "县委",     "市委",     "区委",     "州委",     "通知强调",
      "通知要求", "会议强调", "会议指出", "会议要求"};
  return STARTS(t, words);
}

// 市总工会还组织……, 李某也……: more of what went before.
static bool goes_on(Str t) {
  size_t i = 0;
  for (int n = 0; n < 9 && i < t.len; n++) {
    size_t at = i;
    uint32_t c = utf8_next(t, &i);
    if (!char_is_han(c))
      return false;
    Str rest = str_slice(t, at, t.len);
    bool also = c == 0x8FD8 || c == 0x4E5F || c == 0x53C8; // 还 也 又
    if (n && also && !str_starts(rest, STR("还款")) &&
        !str_starts(rest, STR("还原")))
      return true;
  }
  return false;
}

// 合作社负责人王某说，……: someone speaks before the matter is told.
static bool speaks_first(Str t) {
  static const char *const words[] = {"说，",   "说：",   "介绍，",  "介绍：",
                                      "表示，", "表示：", "告诉记者"};
  size_t from = SIZE_MAX;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t at = str_find(str_slice(t, 0, 100), str_of(words[i]), 0);
    from = at < from ? at : from;
  }
  return from != SIZE_MAX && !str_has(str_slice(t, 0, from), STR("，"));
}

long sentence_lean(Str t) {
  if (str_starts(t, STR("“")))
    return 160;
  return points_back(t)    ? 420
         : says_who(t)     ? 260
         : goes_on(t)      ? 320
         : speaks_first(t) ? 160
         : short_name(t)   ? 120
                           : 0;
}

bool sentence_asks(Str t) {
  return str_ends(t, STR("？")) || str_ends(t, STR("?")) ||
         (str_has(t, STR("这样")) && !str_has(t, STR("“")) &&
          utf8_count(t) < 40); // 他这样概括：what he says is elsewhere
}

bool says_little(Str t) {
  static const char *const words[] = {
      "桥梁和纽带",   "为指导",   "重要论述", "重要讲话精神", "高度重视",
      "具有重要意义", "新征程",   "磅礴力量", "坚强保证",     "为目标",
      "鲜明导向",     "始终坚持", "历史机遇", "伟大实践",     "积极贡献",
      "新台阶",       "正确领导", "谱写",     "新篇章",       "保驾护航"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_has(t, str_of(words[i])))
      return true;
  return str_starts(t, STR("随着"));
}
