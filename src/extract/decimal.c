// Exact decimals: a whole number times a power of ten.
#include "extract_imp.h"

static const int64_t M_MAX =
    INT64_C(999999999999999999); // DECIMAL_DIGITS nines

static Decimal trimmed(Decimal d) {
  if (d.m == 0)
    return (Decimal){0, 0};
  while (d.m % 10 == 0) {
    d.m /= 10;
    d.e++;
  }
  return d;
}

Decimal decimal_shift(Decimal d, int e) {
  d.e += e;
  return d;
}

// Writes d with the exponent e, which is not above its own.
static bool lowered(Decimal d, int e, int64_t *m) {
  *m = d.m;
  for (int k = d.e; k > e && *m; k--) {
    if (*m > M_MAX / 10 || *m < -M_MAX / 10)
      return false;
    *m *= 10;
  }
  return true;
}

bool decimal_add(Decimal x, Decimal y, Decimal *sum) {
  x = trimmed(x);
  y = trimmed(y);
  int e = x.e < y.e ? x.e : y.e;
  int64_t p, q;
  if (!lowered(x, e, &p) || !lowered(y, e, &q) || p + q > M_MAX)
    return false;
  *sum = (Decimal){p + q, e};
  return true;
}

int decimal_cmp(Decimal x, Decimal y) {
  x = trimmed(x);
  y = trimmed(y);
  if (x.e == y.e)
    return (x.m > y.m) - (x.m < y.m);
  int64_t p, q;
  int e = x.e < y.e ? x.e : y.e;
  if (!lowered(x, e, &p))
    return 1;
  if (!lowered(y, e, &q))
    return -1;
  return (p > q) - (p < q);
}

Str decimal_str(Arena *a, Decimal d) {
  d = trimmed(d);
  char digits[24];
  size_t n = 0;
  for (int64_t m = d.m < 0 ? -d.m : d.m; m; m /= 10)
    digits[n++] = (char)('0' + m % 10);
  Buf b = buf_new(a);
  if (n == 0)
    return STR("0");
  if (d.m < 0)
    buf_byte(&b, '-');
  if (d.e >= 0) {
    while (n)
      buf_byte(&b, digits[--n]);
    for (int k = 0; k < d.e; k++)
      buf_byte(&b, '0');
    return buf_str(&b);
  }
  int whole = (int)n + d.e; // digits before the point
  if (whole <= 0)
    buf_add(&b, STR("0."));
  for (int k = whole; k < 0; k++)
    buf_byte(&b, '0');
  for (int k = 0; n; k++) {
    if (whole > 0 && k == whole)
      buf_byte(&b, '.');
    buf_byte(&b, digits[--n]);
  }
  return buf_str(&b);
}
