// Exact decimals of figures: enough arithmetic to compare and subtract.
#include "compare_imp.h"

enum { DIGITS_MAX = 18 };
static const int64_t M_MAX = INT64_C(999999999999999999);

bool num_parse(Str s, Num *out) {
  Num n = {0, 0};
  size_t i = s.len && s.data[0] == '-' ? 1 : 0, first = i;
  bool point = false;
  for (; i < s.len; i++) {
    char c = s.data[i];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || n.m > M_MAX / 10)
      return false;
    n.m = n.m * 10 + (c - '0');
    n.e -= point;
  }
  if (i == first)
    return false;
  if (first)
    n.m = -n.m;
  *out = n;
  return true;
}

static Num trimmed(Num x) {
  if (x.m == 0)
    return (Num){0, 0};
  for (; x.m % 10 == 0; x.e++)
    x.m /= 10;
  return x;
}

// Writes x with exponent e, which is not above its own.
static bool lowered(Num x, int32_t e, int64_t *m) {
  *m = x.m;
  for (int32_t k = x.e; k > e && *m; k--) {
    if (*m > M_MAX / 10 || *m < -M_MAX / 10)
      return false;
    *m *= 10;
  }
  return true;
}

bool num_add(Num x, Num y, Num *sum) {
  x = trimmed(x);
  y = trimmed(y);
  int32_t e = x.e < y.e ? x.e : y.e;
  int64_t p, q;
  if (!lowered(x, e, &p) || !lowered(y, e, &q))
    return false;
  *sum = trimmed((Num){p + q, e});
  return sum->m <= M_MAX && sum->m >= -M_MAX;
}

bool num_sub(Num x, Num y, Num *difference) {
  return num_add(x, (Num){-y.m, y.e}, difference);
}

int num_cmp(Num x, Num y) {
  Num d;
  if (num_sub(x, y, &d))
    return (d.m > 0) - (d.m < 0);
  double p = num_double(x), q = num_double(y);
  return (p > q) - (p < q);
}

double num_double(Num x) {
  double v = (double)x.m, ten = 1;
  for (int32_t k = x.e < 0 ? -x.e : x.e; k > 0; k--)
    ten *= 10;
  return x.e < 0 ? v / ten : v * ten;
}

Num num_abs(Num x) {
  return (Num){x.m < 0 ? -x.m : x.m, x.e};
}

Num num_round(Num x, int e) {
  if (x.e >= e)
    return x;
  int64_t unit = 1;
  int32_t k = x.e;
  for (; k < e && unit <= M_MAX / 10; k++)
    unit *= 10;
  if (k < e)
    return (Num){0, e};
  int64_t half = unit / 2, m = x.m < 0 ? -x.m : x.m;
  m = m / unit + (m % unit >= half ? 1 : 0);
  return (Num){x.m < 0 ? -m : m, e};
}

Str num_str(Arena *a, Num x) {
  x = trimmed(x);
  Str digits = str_int(a, x.m < 0 ? -x.m : x.m);
  Buf b = buf_new(a);
  if (x.m < 0)
    buf_byte(&b, '-');
  if (x.e >= 0) {
    buf_add(&b, digits);
    for (int32_t k = 0; k < x.e && k < DIGITS_MAX * 2; k++)
      buf_byte(&b, '0');
    return buf_str(&b);
  }
  size_t part = (size_t)-x.e;
  if (part >= digits.len) {
    buf_add(&b, STR("0."));
    for (size_t k = digits.len; k < part; k++)
      buf_byte(&b, '0');
    buf_add(&b, digits);
    return buf_str(&b);
  }
  buf_add(&b, str_slice(digits, 0, digits.len - part));
  buf_byte(&b, '.');
  buf_add(&b, str_slice(digits, digits.len - part, digits.len));
  return buf_str(&b);
}

// A number printed with 万, 亿, 千 or 百 is rounded to its last digit that is
// not zero; any other to the last digit printed.
Num num_grain(const Figure *f) {
  Num n;
  if (!num_parse(f->value, &n))
    return (Num){0, 0};
  static const char *const scales[] = {"百", "千", "万", "亿", "兆"};
  bool scaled = false;
  for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
    scaled = scaled || str_has(f->printed, str_of(scales[i]));
  return (Num){1, scaled ? trimmed(n).e : n.e};
}
