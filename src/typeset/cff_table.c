// INDEXes and DICTs of a CFF table.
#include "cff_table.h"

uint32_t cff_number(CffBytes b, size_t at, size_t width) {
  uint32_t v = 0;
  for (size_t i = 0; i < width; i++)
    v = v << 8 | (at + i < b.len ? b.p[at + i] : 0);
  return v;
}

bool cff_index(CffBytes b, size_t at, CffIndex *x) {
  *x = (CffIndex){.count = cff_number(b, at, 2), .end = at + 2};
  if (!x->count || at + 3 > b.len)
    return at + 2 <= b.len;
  x->width = b.p[at + 2];
  x->offsets = at + 3;
  x->data = at + 2 + (x->count + 1) * x->width;
  if (x->width < 1 || x->width > 4 || x->data > b.len)
    return false;
  x->end = x->data + cff_number(b, x->offsets + x->count * x->width, x->width);
  return x->end <= b.len;
}

CffBytes cff_item(CffBytes b, const CffIndex *x, size_t i) {
  if (i >= x->count)
    return (CffBytes){b.p, 0};
  size_t from = cff_number(b, x->offsets + i * x->width, x->width);
  size_t to = cff_number(b, x->offsets + (i + 1) * x->width, x->width);
  if (from < 1 || to < from || x->data + to > x->end)
    return (CffBytes){b.p, 0};
  return (CffBytes){b.p + x->data + from, to - from};
}

size_t cff_operand(CffBytes d, size_t at, long *value) {
  unsigned c = d.p[at];
  *value = 0;
  if (c == 28)
    return *value = (int16_t)cff_number(d, at + 1, 2), 3;
  if (c == 29)
    return *value = (int32_t)cff_number(d, at + 1, 4), 5;
  if (c == 30) { // a real number: to the byte with a nibble F
    size_t i = at + 1;
    while (i < d.len && (d.p[i] & 15) != 15 && d.p[i] >> 4 != 15)
      i++;
    return i + 1 - at;
  }
  if (c >= 247 && c <= 250)
    return *value = (c - 247L) * 256 + (long)cff_number(d, at + 1, 1) + 108, 2;
  if (c >= 251 && c <= 254)
    return *value = (251L - c) * 256 - (long)cff_number(d, at + 1, 1) - 108, 2;
  *value = (long)c - 139;
  return 1;
}

int cff_next(CffBytes d, size_t *i, CffOperand *last) {
  *last = (CffOperand){0};
  while (*i < d.len) {
    if (d.p[*i] > 21) {
      last->before = last->value;
      last->at = *i;
      *i += cff_operand(d, *i, &last->value);
      continue;
    }
    int op = d.p[(*i)++];
    if (op == 12 && *i < d.len)
      op = CFF_ESCAPED + d.p[(*i)++];
    return op;
  }
  return -1;
}
