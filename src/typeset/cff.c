// What of a CFF table can be told without drawing: the CIDs of its glyphs and
// how long their outlines are (Adobe Technical Note 5176, sections 5, 9 and
// 13). Bytes may be anything.
#include "line-imp.h"

typedef CffBytes Bytes;

static uint32_t number_at(Bytes b, size_t at, size_t width) {
  uint32_t v = 0;
  for (size_t i = 0; i < width; i++)
    v = v << 8 | (at + i < b.len ? b.p[at + i] : 0);
  return v;
}

// Item i of the INDEX at `at`; *end: behind the INDEX. False: broken.
static bool index_item(Bytes b, size_t at, size_t i, Bytes *item, size_t *end) {
  uint32_t n = number_at(b, at, 2);
  *item = (Bytes){b.p, 0};
  *end = at + 2;
  if (n == 0 || at + 3 > b.len)
    return n == 0 && at + 2 <= b.len;
  size_t width = b.p[at + 2], data = at + 2 + (n + 1) * width;
  if (width < 1 || width > 4 || data > b.len || i >= n)
    return false;
  size_t from = number_at(b, at + 3 + i * width, width);
  size_t to = number_at(b, at + 3 + (i + 1) * width, width);
  *end = data + number_at(b, at + 3 + n * width, width);
  if (from < 1 || from > to || *end > b.len || data + to > *end)
    return false;
  *item = (Bytes){b.p + data + from, to - from};
  return true;
}

// Bytes of the operand that begins with c; its value where it is whole.
static size_t operand(Bytes d, size_t at, int64_t *value) {
  unsigned c = d.p[at];
  *value = -1;
  if (c == 28)
    return *value = (int16_t)number_at(d, at + 1, 2), 3;
  if (c == 29)
    return *value = (int32_t)number_at(d, at + 1, 4), 5;
  if (c == 30) { // a real number: to the byte with a nibble F
    size_t i = at + 1;
    while (i < d.len && (d.p[i] & 15) != 15 && d.p[i] >> 4 != 15)
      i++;
    return i + 1 - at;
  }
  if (c >= 247 && c <= 250)
    return *value = (c - 247) * 256 + number_at(d, at + 1, 1) + 108, 2;
  if (c >= 251 && c <= 254)
    return *value = -(int64_t)((c - 251) * 256 + number_at(d, at + 1, 1) + 108),
           2;
  *value = (int64_t)c - 139;
  return 1;
}

typedef struct {
  size_t charset; // 0: glyphs have no CIDs of their own
  size_t outlines;
} Offsets;

static Offsets offsets_of(Bytes dict) {
  enum { CHARSET = 15, OUTLINES = 17, ESCAPE = 12, ROS = 30 };
  int64_t value = 0, charset = 0, outlines = 0;
  bool cids = false;
  for (size_t i = 0; i < dict.len;) {
    unsigned c = dict.p[i];
    if (c > 21) {
      i += operand(dict, i, &value);
      continue;
    }
    cids |= c == ESCAPE && number_at(dict, i + 1, 1) == ROS;
    charset = c == CHARSET ? value : charset;
    outlines = c == OUTLINES ? value : outlines;
    i += c == ESCAPE ? 2 : 1;
  }
  return (Offsets){cids && charset > 2 ? (size_t)charset : 0,
                   outlines > 0 ? (size_t)outlines : 0};
}

static void charset_read(Arena *a, Cff *out, size_t at, uint32_t glyphs) {
  Bytes b = out->table;
  if (!at || at >= b.len || b.p[at] > 2)
    return;
  size_t left = b.p[at]; // bytes of a range's length
  VEC(CidRange) ranges = {0};
  at++;
  for (uint32_t glyph = 1; glyph < glyphs && at + 2 + left <= b.len;) {
    *vec_push(a, &ranges) =
        (CidRange){(uint16_t)glyph, (uint16_t)number_at(b, at, 2)};
    glyph += number_at(b, at + 2, left) + 1;
    at += 2 + left;
    out->end = glyph < glyphs ? glyph : glyphs;
  }
  out->ranges = ranges.data, out->n = ranges.len;
}

Cff cff_read(Arena *a, const unsigned char *data, size_t len, uint32_t glyphs) {
  Bytes item;
  Cff out = {.table = {data, len}};
  size_t at;
  if (len < 4 || !index_item(out.table, data[2], 0, &item, &at) ||
      !index_item(out.table, at, 0, &item, &at))
    return out;
  Offsets o = offsets_of(item);
  out.outlines = o.outlines;
  charset_read(a, &out, o.charset, glyphs);
  return out;
}

size_t cff_outline_len(const Cff *c, uint32_t glyph) {
  Bytes item;
  size_t end;
  if (!c->outlines || c->outlines >= c->table.len ||
      !index_item(c->table, c->outlines, glyph, &item, &end))
    return 0;
  return item.len;
}

uint32_t cff_cid(const Cff *c, uint32_t glyph) {
  if (!c->n || glyph == 0 || glyph >= c->end)
    return glyph; // a font without CIDs, or 0, which is CID 0
  size_t lo = 0, hi = c->n;
  while (hi - lo > 1) {
    size_t mid = lo + (hi - lo) / 2;
    if (c->ranges[mid].glyph <= glyph)
      lo = mid;
    else
      hi = mid;
  }
  return (c->ranges[lo].cid + glyph - c->ranges[lo].glyph) & 0xFFFF;
}
