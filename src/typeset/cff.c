// What of a CFF table can be told without drawing: the CIDs of its glyphs and
// how long their outlines are (Adobe Technical Note 5176, sections 5, 9 and
// 13). Bytes may be anything.
#include "line-imp.h"

typedef struct {
  size_t charset; // 0: glyphs have no CIDs of their own
  size_t outlines;
} Offsets;

static Offsets offsets_of(CffBytes dict) {
  Offsets o = {0, 0};
  bool cids = false;
  for (size_t i = 0; i < dict.len;) {
    CffOperand v;
    int op = cff_next(dict, &i, &v);
    cids |= op == CFF_ROS;
    if (op == CFF_CHARSET)
      o.charset = v.value > 2 ? (size_t)v.value : 0;
    if (op == CFF_OUTLINES)
      o.outlines = v.value > 0 ? (size_t)v.value : 0;
  }
  o.charset = cids ? o.charset : 0;
  return o;
}

static void charset_read(Arena *a, Cff *out, size_t at, uint32_t glyphs) {
  CffBytes b = out->table;
  if (!at || at >= b.len || b.p[at] > 2)
    return;
  size_t left = b.p[at]; // bytes of a range's length
  VEC(CidRange) ranges = {0};
  at++;
  for (uint32_t glyph = 1; glyph < glyphs && at + 2 + left <= b.len;) {
    *vec_push(a, &ranges) =
        (CidRange){(uint16_t)glyph, (uint16_t)cff_number(b, at, 2)};
    glyph += cff_number(b, at + 2, left) + 1;
    at += 2 + left;
    out->end = glyph < glyphs ? glyph : glyphs;
  }
  out->ranges = ranges.data, out->n = ranges.len;
}

Cff cff_read(Arena *a, const unsigned char *data, size_t len, uint32_t glyphs) {
  Cff out = {.table = {data, len}};
  CffIndex names, tops;
  if (len < 4 || !cff_index(out.table, data[2], &names) ||
      !cff_index(out.table, names.end, &tops))
    return out;
  Offsets o = offsets_of(cff_item(out.table, &tops, 0));
  out.outlines = o.outlines;
  charset_read(a, &out, o.charset, glyphs);
  return out;
}

size_t cff_outline_len(const Cff *c, uint32_t glyph) {
  CffIndex outlines;
  if (!c->outlines || c->outlines >= c->table.len ||
      !cff_index(c->table, c->outlines, &outlines))
    return 0;
  return cff_item(c->table, &outlines, glyph).len;
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
