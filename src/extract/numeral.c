// One written number: Arabic or Chinese, with its scale words, its approximate
// middle (三十多万, 二十几) and adjacent approximation (三四百).
#include "extract_imp.h"

static int digit_of(uint32_t c) {
  switch (c) {
  case 0x96F6: // 零
  case 0x3007: // 〇
    return 0;
  case 0x4E00: // 一壹
  case 0x58F9:
    return 1;
  case 0x4E8C: // 二两贰
  case 0x4E24:
  case 0x8D30:
  case 0x5169:
    return 2;
  case 0x4E09: // 三叁
  case 0x53C1:
    return 3;
  case 0x56DB: // 四肆
  case 0x8086:
    return 4;
  case 0x4E94: // 五伍
  case 0x4F0D:
    return 5;
  case 0x516D: // 六陆
  case 0x9646:
    return 6;
  case 0x4E03: // 七柒
  case 0x67D2:
    return 7;
  case 0x516B: // 八捌
  case 0x634C:
    return 8;
  case 0x4E5D: // 九玖
  case 0x7396:
    return 9;
  default:
    return -1;
  }
}

// Power of ten of a scale word, 0 if it is none.
static int scale_of(uint32_t c) {
  switch (c) {
  case 0x5341: // 十拾
  case 0x62FE:
    return 1;
  case 0x767E: // 百佰
  case 0x4F70:
    return 2;
  case 0x5343: // 千仟
  case 0x4EDF:
    return 3;
  case 0x4E07: // 万萬
  case 0x842C:
    return 4;
  case 0x4EBF: // 亿億
  case 0x5104:
    return 8;
  default:
    return 0;
  }
}

// A 千 that begins a unit (千克, 千瓦时) or 百 of 百分点 is no scale.
static int scale_at(const Text *t, size_t i) {
  int scale = scale_of(t->c[i]);
  if (scale == 3 && text_any(t, i + 1, "克 瓦 米 卡 帕 伏 赫 焦"))
    return 0;
  if (scale == 2 && text_any(t, i + 1, "分点 分之 分比 分制 姓 货 合"))
    return 0;
  if (scale == 1 && text_any(t, i + 1, "字"))
    return 0;
  return scale;
}

static const char *infix_at(const Text *t, size_t i) {
  switch (t->c[i]) {
  case 0x591A:
    return "多";
  case 0x4F59:
    return "余";
  case 0x51E0:
    return "几";
  case 0x6765:
    return "来";
  default:
    return NULL;
  }
}

// ---- Arabic ----------------------------------------------------------------

// Groups of thousands: 12,450 and the 12 450 of a line join.
static bool thousands(const Text *t, size_t i, size_t digits) {
  if (digits > 3 || (t->c[i] != ',' && t->c[i] != ' '))
    return false;
  for (size_t k = 1; k <= 3; k++)
    if (i + k >= t->n || t->kind[i + k] != CH_DIGIT)
      return false;
  return i + 4 >= t->n || t->kind[i + 4] != CH_DIGIT;
}

static void push_digit(Numeral *out, int digit) {
  if (out->value.m > INT64_C(99999999999999999)) {
    out->broken = true;
    return;
  }
  out->value.m = out->value.m * 10 + digit;
  out->digits++;
}

static size_t read_whole(const Text *t, size_t i, Numeral *out) {
  size_t group = 0;
  while (i < t->n) {
    if (t->kind[i] == CH_DIGIT) {
      push_digit(out, (int)(t->c[i] - '0'));
      group++;
      i++;
    } else if (thousands(t, i, group)) {
      group = 0;
      i++;
    } else {
      break;
    }
  }
  return i;
}

static size_t read_fraction(const Text *t, size_t i, Numeral *out) {
  if (t->c[i] != '.' || t->kind[i + 1] != CH_DIGIT)
    return i;
  for (i++; i < t->n && t->kind[i] == CH_DIGIT; i++) {
    push_digit(out, (int)(t->c[i] - '0'));
    out->value.e--;
  }
  while (t->c[i] == '.' && t->kind[i + 1] == CH_DIGIT) { // 1.2.3
    out->broken = true;
    for (i++; t->kind[i] == CH_DIGIT; i++)
      continue;
  }
  return i;
}

// 万, 千万, 万亿 after a number, with 多 余 几 before, between or behind.
static size_t read_scales(const Text *t, size_t i, Numeral *out) {
  const char *infix = infix_at(t, i);
  if (infix && scale_at(t, i + 1)) {
    out->infix = infix;
    i++;
  }
  int sum = 0;
  for (int k = 0; k < 3; k++) {
    int scale = scale_at(t, i);
    if (!scale || (k && scale < 4 && out->scale >= 4))
      break;
    sum += scale;
    out->scale = scale;
    out->scaled |= scale >= 4;
    i++;
    if (scale < 4 && !out->infix && infix_at(t, i) &&
        scale_at(t, i + 1) >= 4) // 2千余万
      out->infix = infix_at(t, i++);
  }
  out->value = decimal_shift(out->value, sum);
  if (out->pair)
    out->high = decimal_shift(out->high, sum);
  return i;
}

// 2亿3千万: the smaller part behind is added.
static size_t read_mixed(const Text *t, size_t i, Numeral *out) {
  for (int k = 0; k < 3 && out->scale >= 3 && !out->infix && !out->pair; k++) {
    if (t->kind[i] != CH_DIGIT)
      break;
    Numeral part = {0};
    size_t end = read_fraction(t, read_whole(t, i, &part), &part);
    int scale = scale_at(t, end);
    bool tail = !scale && out->scale == 4 && part.digits == 4; // 5万3000人
    if ((!scale && !tail) || scale >= out->scale + (out->scale == 8 ? 0 : 4))
      break;
    int before = out->scale;
    end = read_scales(t, end, &part);
    if (part.broken || part.scale > before ||
        !decimal_add(out->value, part.value, &out->value))
      break;
    out->scale = part.scale ? part.scale : 1;
    out->infix = part.infix;
    i = end;
  }
  return i;
}

static bool arabic_at(const Text *t, size_t i, Numeral *out) {
  out->begin = i;
  i = read_fraction(t, read_whole(t, i, out), out);
  out->positional = true;
  i = read_mixed(t, read_scales(t, i, out), out);
  out->positional = out->scale == 0 && out->value.e == 0;
  out->end = i;
  return true;
}

// ---- Chinese ---------------------------------------------------------------

typedef struct {
  int64_t total, section;
  int digit; // -1: none waiting
  int last;  // scale of the last word
  bool bad;
} Sum;

static void sum_scale(Sum *s, int scale) {
  static const int64_t ten[] = {1, 10, 100, 1000, 10000};
  if (scale < 4) {
    s->section += (s->digit < 0 ? 1 : s->digit) * ten[scale];
  } else {
    int64_t n = s->section + (s->digit > 0 ? s->digit : 0);
    if (n == 0 && s->total == 0)
      n = 1;
    int64_t by = scale == 4 ? 10000 : 100000000;
    if (n > INT64_C(99999999) ||
        s->total > (scale == 8 ? INT64_C(99999999) : INT64_C(99999999999999))) {
      s->bad = true;
      return;
    }
    if (scale == 8) { // 一万二千亿: all before is scaled
      s->total = (s->total + n) * by;
    } else {
      s->total += n * by;
    }
    s->section = 0;
  }
  s->digit = -1;
  s->last = scale;
}

// Reads the characters [i, end) with the digit at `swap` taken as `as`.
static Sum sum_of(const Text *t, size_t i, size_t end, size_t swap, int as,
                  size_t skip) {
  Sum s = {.digit = -1};
  for (; i < end && !s.bad; i++) {
    int digit = digit_of(t->c[i]);
    if (i == skip)
      continue;
    if (i == swap)
      digit = as;
    if (digit < 0)
      sum_scale(&s, scale_of(t->c[i]));
    else
      s.digit = digit;
  }
  if (s.digit > 0) // 一千二 is 1200, 一千零二 is 1002
    s.section += s.digit;
  s.total += s.section;
  return s;
}

static void positional(const Text *t, size_t end, Numeral *out) {
  out->positional = true;
  for (size_t i = out->begin; i < end; i++)
    push_digit(out, digit_of(t->c[i]));
}

// 三四 in 三四百: adjacent digits, one up (or 三五).
static size_t adjacent(const Text *t, size_t i, size_t end) {
  for (; i + 1 < end; i++) {
    int x = digit_of(t->c[i]), y = digit_of(t->c[i + 1]);
    if (x > 0 && y > 0)
      return i;
  }
  return SIZE_MAX;
}

static bool han_value(const Text *t, size_t end, Numeral *out) {
  bool digits_only = true;
  for (size_t i = out->begin; i < end; i++)
    digits_only &= digit_of(t->c[i]) >= 0;
  size_t near = adjacent(t, out->begin, end);
  if (digits_only && end - out->begin > 2) {
    positional(t, end, out);
    return true;
  }
  if (near != SIZE_MAX) {
    int x = digit_of(t->c[near]), y = digit_of(t->c[near + 1]);
    if (y != x + 1 && !(x == 3 && y == 5)) {
      out->broken = true;
      return true;
    }
    Sum low = sum_of(t, out->begin, end, near, x, near + 1);
    Sum high = sum_of(t, out->begin, end, near, y, near + 1);
    out->pair = true;
    out->value.m = low.total;
    out->high.m = high.total;
    out->scale = low.last;
    out->broken = low.bad || high.bad;
    return true;
  }
  Sum s = sum_of(t, out->begin, end, SIZE_MAX, 0, SIZE_MAX);
  out->value.m = s.total;
  out->scale = s.last;
  out->broken = s.bad;
  return true;
}

// 九十二点五
static size_t han_fraction(const Text *t, size_t i, Numeral *out) {
  if (t->c[i] != 0x70B9 || digit_of(t->c[i + 1]) < 0 || out->pair)
    return i;
  if (out->value.m > 99999999)
    return i;
  for (i++; i < t->n && digit_of(t->c[i]) >= 0; i++) {
    push_digit(out, digit_of(t->c[i]));
    out->value.e--;
  }
  return i;
}

// 数百 几十 上千: how far they reach.
static bool vague_at(const Text *t, size_t i, Numeral *out) {
  bool open = t->c[i] == 0x4E0A;                      // 上
  bool some = t->c[i] == 0x6570 || t->c[i] == 0x51E0; // 数 几
  if (!open && !some)
    return false;
  int scale = 0, last = 0;
  size_t k = i + 1;
  for (int s; (s = scale_at(t, k)) && k < i + 4; k++) {
    scale += s;
    last = s;
  }
  if (!scale || k == i + 1)
    return false;
  if (scale == 1 && open)
    return false;
  *out = (Numeral){.begin = i, .end = k, .han = true, .vague = true};
  out->bare = true;
  out->open = open;
  out->scaled = scale >= 4;
  out->scale = last;
  out->value = (Decimal){1, scale};
  if (some)
    out->high = decimal_shift((Decimal){scale > 4 ? 9 : 0, 0}, scale);
  if (some && !out->high.m) { // 数千: to 9999
    int64_t high = 0;
    for (int d = 0; d <= scale; d++)
      high = high * 10 + 9;
    out->high = (Decimal){high, 0};
  }
  return true;
}

enum { RUN_MAX = 64 }; // characters of one numeral

static size_t han_run(const Text *t, size_t i) {
  size_t to = i + RUN_MAX < t->n ? i + RUN_MAX : t->n;
  while (i < to && (digit_of(t->c[i]) >= 0 || scale_at(t, i)))
    i++;
  return i;
}

static bool han_at(const Text *t, size_t i, Numeral *out) {
  size_t end = han_run(t, i);
  out->begin = i;
  out->han = true;
  if (end - i > 40) {
    out->broken = true;
    out->end = end;
    return true;
  }
  bool bare = true;
  for (size_t k = i; k < end; k++)
    bare &= scale_of(t->c[k]) > 1;
  out->bare = bare;
  for (size_t k = i; k < end; k++)
    out->scaled |= scale_of(t->c[k]) >= 4;
  han_value(t, end, out);
  end = han_fraction(t, end, out);
  out->digits = end - i;
  // 三十多万, 十几万, 百余万
  const char *infix = infix_at(t, end);
  if (infix && scale_at(t, end + 1))
    end = read_scales(t, end, out);
  else if (out->value.e < 0 && scale_at(t, end)) // 九点六万
    end = read_scales(t, end, out);
  out->end = end;
  return true;
}

bool numeral_at(const Text *t, size_t i, Numeral *out) {
  *out = (Numeral){0};
  if (t->kind[i] == CH_DIGIT)
    return arabic_at(t, i, out);
  if (t->kind[i] != CH_HAN)
    return false;
  if (vague_at(t, i, out))
    return true;
  if (digit_of(t->c[i]) >= 0 || scale_at(t, i))
    return han_at(t, i, out);
  return false;
}
