// Glyphs with blank beside them, added to a CFF subset without subroutines
// (Adobe Technical Notes 5176 and 5177): outlines moved right under a CID of
// their own, with wider advances. Where glyphs have names instead of CIDs, a
// viewer takes the glyph's number for the CID (ISO 32000-1, 9.7.4.2).
#include "cff_table.h"
#include "gap_glyph.h"

// Where the Top DICT has the numbers of its parts.
typedef struct {
  size_t charset, outlines, select; // offsets of five-byte operands
  uint32_t at_charset, at_outlines, at_dicts, at_select;
  bool cids;
} Top;

typedef struct {
  Arena *arena;
  CffBytes b;
  Top top;
  CffBytes dict; // the Top DICT
  CffIndex outlines, dicts;
  size_t strings;  // names of glyphs that there are
  uint8_t *select; // dict of each glyph
  uint16_t *cids;  // of each glyph
  bool *given;     // by CID
} Cff;

// False: a predefined charset, or offsets are too short to be changed.
static bool top_read(CffBytes dict, Top *t) {
  CffOperand v;
  for (size_t i = 0; i < dict.len;) {
    int op = cff_next(dict, &i, &v);
    bool wide = v.at + 5 <= dict.len && dict.p[v.at] == 29 && v.value > 0;
    t->cids = t->cids || op == CFF_ROS;
    if (op == CFF_CHARSET && wide)
      t->charset = v.at, t->at_charset = (uint32_t)v.value;
    if (op == CFF_OUTLINES && wide)
      t->outlines = v.at, t->at_outlines = (uint32_t)v.value;
    if (op == CFF_DICTS)
      t->at_dicts = (uint32_t)v.value;
    if (op == CFF_SELECT && wide)
      t->select = v.at, t->at_select = (uint32_t)v.value;
  }
  return t->at_charset > 2 && t->at_outlines &&
         (!t->cids || (t->at_dicts && t->at_select));
}

typedef struct {
  long usual, nominal;
} Widths;

static Widths widths_of(const Cff *f, uint32_t glyph) {
  CffOperand v;
  Widths w = {0, 0};
  CffBytes dict = f->top.cids ? cff_item(f->b, &f->dicts, f->select[glyph])
                              : f->dict,
           own = {f->b.p, 0};
  for (size_t i = 0; i < dict.len;) {
    int op = cff_next(dict, &i, &v);
    if (op == CFF_PRIVATE && v.before >= 0 && v.value >= 0 &&
        (size_t)v.before + (size_t)v.value <= f->b.len)
      own = (CffBytes){f->b.p + v.value, (size_t)v.before};
  }
  for (size_t i = 0; i < own.len;) {
    int op = cff_next(own, &i, &v);
    if (op == CFF_DEFAULT_WIDTH)
      w.usual = v.value;
    if (op == CFF_NOMINAL_WIDTH)
      w.nominal = v.value;
  }
  return w;
}

// ---- outlines --------------------------------------------------------------

enum { STACK = 48 };

// What stands before the first move of an outline.
typedef struct {
  bool known;
  bool has_width;
  long width;
  size_t after_width; // bytes before it end
  size_t move;        // where the first move's arguments begin
} Start;

static size_t charstring_number(CffBytes c, size_t i, long *value) {
  unsigned v = c.p[i];
  if (v == 255) {
    *value = (int16_t)cff_number(c, i + 1, 2);
    return 5;
  }
  return cff_operand(c, i, value);
}

static Start start_read(CffBytes c) {
  Start s = {0};
  size_t at[STACK + 1] = {0}, n = 0, stems = 0;
  long first = 0, value;
  bool cleared = false;
  for (size_t i = 0; i < c.len;) {
    unsigned op = c.p[i];
    if (op == 28 || op >= 32) {
      if (n == STACK)
        return s;
      at[n++] = i;
      i += charstring_number(c, i, &value);
      at[n] = i;
      first = n == 1 ? value : first;
      continue;
    }
    bool stem = op == 1 || op == 3 || op == 18 || op == 23;
    bool mask = op == 19 || op == 20;
    size_t args = op == 21 ? 2 : op == 4 || op == 22 ? 1 : 0;
    if (!stem && !mask && !args && op != 14)
      return s;
    bool odd = stem || mask ? n % 2 : args ? n > args : n == 1 || n == 5;
    if (!cleared && odd)
      s.has_width = true, s.width = first, s.after_width = at[1];
    cleared = true;
    if (args || op == 14) {
      s.known = n >= args && i < c.len;
      s.move = args && s.known ? at[n - args] : i;
      return s;
    }
    stems += n / 2;
    i += 1 + (mask ? (stems + 7) / 8 : 0);
    n = 0;
  }
  return s;
}

static void put_number(Buf *b, long v) {
  const char wide[3] = {28, (char)(v >> 8 & 0xFF), (char)(v & 0xFF)};
  if (v >= -107 && v <= 107)
    buf_byte(b, (char)(v + 139));
  else
    buf_add(b, (Str){wide, 3});
}

static void put_bytes(Buf *b, CffBytes from, size_t begin, size_t end) {
  buf_add(b, (Str){(const char *)from.p + begin, end - begin});
}

// An outline that cannot be followed stays where it is.
static void put_outline(const Cff *f, Buf *b, const GapGlyph *g) {
  enum { HMOVETO = 22 };
  CffBytes c = cff_item(f->b, &f->outlines, g->base);
  Start s = start_read(c);
  if (!s.known) {
    put_bytes(b, c, 0, c.len);
    return;
  }
  Widths w = widths_of(f, g->base);
  long width = s.has_width ? s.width : w.usual - w.nominal;
  put_number(b, width + g->lead + g->trail);
  put_bytes(b, c, s.after_width, s.move);
  if (g->lead) {
    put_number(b, g->lead);
    buf_byte(b, HMOVETO);
  }
  put_bytes(b, c, s.move, c.len);
}

static void put_be(Buf *b, size_t v, size_t width) {
  for (size_t i = width; i-- > 0;)
    buf_byte(b, (char)(v >> 8 * i & 0xFF));
}

static Str outlines_with(const Cff *f, const GapGlyph *list, size_t n) {
  size_t old = f->outlines.count, all = old + n;
  Buf data = buf_new(f->arena), b = buf_new(f->arena);
  size_t *ends = NEW_ARRAY(f->arena, size_t, all);
  for (size_t i = 0; i < all; i++) {
    CffBytes c = cff_item(f->b, &f->outlines, i);
    if (i < old)
      put_bytes(&data, c, 0, c.len);
    else
      put_outline(f, &data, &list[i - old]);
    ends[i] = data.len;
  }
  put_be(&b, all, 2);
  buf_byte(&b, 4);
  put_be(&b, 1, 4);
  for (size_t i = 0; i < all; i++)
    put_be(&b, ends[i] + 1, 4);
  buf_add(&b, buf_str(&data));
  return buf_str(&b);
}

// ---- charset and FDSelect --------------------------------------------------

static size_t charset_read(Cff *f) {
  CffBytes b = f->b;
  size_t at = f->top.at_charset, n = f->outlines.count;
  size_t format = cff_number(b, at++, 1); // and bytes of a range's length
  if (format > 2)
    return 0;
  for (size_t g = 1; g < n;) {
    size_t cid = cff_number(b, at, 2);
    size_t more = cff_number(b, at + 2, format);
    if (at + 2 + format > b.len)
      return 0;
    for (size_t k = 0; k <= more && g < n; k++, g++, cid++) {
      f->cids[g] = (uint16_t)cid;
      f->given[cid & 0xFFFF] = true;
    }
    at += 2 + format;
  }
  return at;
}

static size_t select_read(Cff *f) {
  CffBytes b = f->b;
  size_t at = f->top.at_select, n = f->outlines.count;
  unsigned format = cff_number(b, at, 1);
  if (format == 0 && at + 1 + n <= b.len) {
    memcpy(f->select, b.p + at + 1, n);
    return at + 1 + n;
  }
  size_t ranges = cff_number(b, at + 1, 2), end = at + 5 + 3 * ranges;
  if (format != 3 || end > b.len)
    return 0;
  for (size_t r = 0; r < ranges; r++) {
    size_t from = cff_number(b, at + 3 + 3 * r, 2);
    size_t to = cff_number(b, at + 6 + 3 * r, 2);
    for (size_t g = from; g < to && g < n; g++)
      f->select[g] = b.p[at + 5 + 3 * r];
  }
  return end;
}

static uint16_t cid_free(Cff *f, uint32_t *last) {
  while (*last < 0xFFFF && f->given[*last])
    ++*last;
  f->given[*last] = true;
  return (uint16_t)*last;
}

// A name that no glyph has; where all are given, that of `base`: nobody asks
// for a glyph of the file by its name.
static uint16_t name_free(Cff *f, uint32_t *last, uint32_t base) {
  while (*last < f->strings && f->given[*last])
    ++*last;
  if (*last >= f->strings)
    return f->cids[base];
  f->given[*last] = true;
  return (uint16_t)*last;
}

// ---- the whole -------------------------------------------------------------

static bool cff_open(Cff *f, Arena *a, Str cff) {
  CffIndex names, tops, strings;
  f->arena = a;
  f->b = (CffBytes){(const unsigned char *)cff.data, cff.len};
  if (cff.len < 4 || !cff_index(f->b, f->b.p[2], &names) ||
      !cff_index(f->b, names.end, &tops) || tops.count != 1 ||
      !cff_index(f->b, tops.end, &strings))
    return false;
  f->strings = CFF_STANDARD_STRINGS + strings.count;
  if (f->strings > 0xFFFF)
    f->strings = 0xFFFF;
  f->dict = cff_item(f->b, &tops, 0);
  if (!top_read(f->dict, &f->top))
    return false;
  size_t base = (size_t)(f->dict.p - f->b.p);
  f->top.charset += base, f->top.outlines += base, f->top.select += base;
  return cff_index(f->b, f->top.at_outlines, &f->outlines) &&
         (!f->top.cids || cff_index(f->b, f->top.at_dicts, &f->dicts));
}

static void patch(Buf *b, size_t operand_at) {
  for (size_t i = 0; i < 4; i++)
    b->data[operand_at + 1 + i] = (char)(b->len >> (24 - 8 * i) & 0xFF);
}

// What stood there is blanked: it packs to nothing.
static void blank(Buf *b, size_t from, size_t to) {
  memset(b->data + from, 0, to - from);
}

// The CIDs of the new glyphs; false where one is made of no glyph.
static bool cids_give(Cff *f, GapGlyph *list, size_t n) {
  size_t old = f->outlines.count;
  uint32_t last = 1;
  for (size_t k = 0; k < n; k++) {
    uint32_t base = list[k].base;
    if (base >= old)
      return false;
    f->cids[old + k] =
        f->top.cids ? cid_free(f, &last) : name_free(f, &last, base);
    f->select[old + k] = f->select[base];
    list[k].cid = f->top.cids ? f->cids[old + k] : (uint16_t)(old + k);
  }
  return true;
}

Str gap_cff_add(Arena *a, Str cff, GapGlyph *list, size_t n) {
  Cff f = {0};
  if (!cff_open(&f, a, cff) || f.outlines.count + n > 0xFFFF)
    return (Str){0};
  size_t old = f.outlines.count;
  f.select = NEW_ARRAY(a, uint8_t, old + n);
  f.cids = NEW_ARRAY(a, uint16_t, old + n);
  f.given = NEW_ARRAY(a, bool, 0x10000);
  size_t charset_end = charset_read(&f);
  size_t select_end = f.top.cids ? select_read(&f) : 0;
  if (!charset_end || (f.top.cids && !select_end) || !cids_give(&f, list, n))
    return (Str){0};
  Str outlines = outlines_with(&f, list, n);
  Buf b = buf_new(a);
  buf_add(&b, cff);
  blank(&b, f.top.at_charset, charset_end);
  blank(&b, f.top.at_outlines, f.outlines.end);
  patch(&b, f.top.charset);
  buf_byte(&b, 0);
  for (size_t g = 1; g < old + n; g++)
    put_be(&b, f.cids[g], 2);
  if (f.top.cids) {
    blank(&b, f.top.at_select, select_end);
    patch(&b, f.top.select);
    buf_byte(&b, 0);
    buf_add(&b, (Str){(const char *)f.select, old + n});
  }
  patch(&b, f.top.outlines);
  buf_add(&b, outlines);
  return buf_str(&b);
}
