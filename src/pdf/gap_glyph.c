// Glyphs with blank beside them: composites of one glyph moved right, with
// wider advances. Text set with them has no gap that a reader could take for a
// space, which no operator of a content stream achieves in all readers.
#include "gap_glyph.h"

enum {
  COMPOSITE = 20, // bytes of one, padded
  HEAD_FORMAT = 50,
  HHEA_METRICS = 34,
  MAXP_GLYPHS = 4,
  MAXP_SIZE = 32,
};

typedef struct {
  hb_blob_t *blob;
  const unsigned char *data;
  unsigned len;
} Table;

typedef struct {
  Table head, hhea, hmtx, maxp, loca, glyf;
  uint32_t glyphs, metrics;
} Font;

static Table table_open(hb_face_t *face, const char *tag) {
  Table t;
  t.blob = hb_face_reference_table(face, hb_tag_from_string(tag, 4));
  t.data = (const unsigned char *)hb_blob_get_data(t.blob, &t.len);
  if (!t.data)
    t.len = 0;
  return t;
}

static uint32_t be16(const unsigned char *p) {
  return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t be32(const unsigned char *p) {
  return be16(p) << 16 | be16(p + 2);
}

static void put16(Buf *b, long v) {
  const char bytes[2] = {(char)(v >> 8 & 0xFF), (char)(v & 0xFF)};
  buf_add(b, (Str){bytes, 2});
}

static void put32(Buf *b, uint32_t v) {
  put16(b, v >> 16);
  put16(b, v & 0xFFFF);
}

static void set16(Buf *b, size_t at, uint32_t v) {
  b->data[at] = (char)(v >> 8 & 0xFF);
  b->data[at + 1] = (char)(v & 0xFF);
}

static Buf copy_of(Arena *a, const Table *t) {
  Buf b = buf_new(a);
  buf_add(&b, (Str){(const char *)t->data, t->len});
  return b;
}

// ---- reading ---------------------------------------------------------------

static uint32_t glyph_offset(const Font *f, uint32_t i) {
  bool wide = be16(f->head.data + HEAD_FORMAT) == 1;
  return wide ? be32(f->loca.data + 4 * (size_t)i)
              : 2 * be16(f->loca.data + 2 * (size_t)i);
}

static bool font_read(Font *f, hb_face_t *face) {
  f->head = table_open(face, "head");
  f->hhea = table_open(face, "hhea");
  f->hmtx = table_open(face, "hmtx");
  f->maxp = table_open(face, "maxp");
  f->loca = table_open(face, "loca");
  f->glyf = table_open(face, "glyf");
  if (f->head.len < HEAD_FORMAT + 4 || f->hhea.len < HHEA_METRICS + 2 ||
      f->maxp.len < MAXP_SIZE)
    return false;
  f->glyphs = be16(f->maxp.data + MAXP_GLYPHS);
  f->metrics = be16(f->hhea.data + HHEA_METRICS);
  size_t unit = be16(f->head.data + HEAD_FORMAT) == 1 ? 4 : 2;
  if (!f->metrics || f->metrics > f->glyphs ||
      f->hmtx.len < 2 * ((size_t)f->metrics + f->glyphs) ||
      f->loca.len < unit * ((size_t)f->glyphs + 1))
    return false;
  for (uint32_t i = 0; i < f->glyphs; i++)
    if (glyph_offset(f, i) > glyph_offset(f, i + 1))
      return false;
  return glyph_offset(f, f->glyphs) <= f->glyf.len;
}

static void font_close(Font *f) {
  const Table *all[] = {&f->head, &f->hhea, &f->hmtx,
                        &f->maxp, &f->loca, &f->glyf};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    hb_blob_destroy(all[i]->blob);
}

static long advance_of(const Font *f, uint32_t i) {
  uint32_t at = i < f->metrics ? i : f->metrics - 1;
  return (long)be16(f->hmtx.data + 4 * (size_t)at);
}

static long bearing_of(const Font *f, uint32_t i) {
  size_t at = i < f->metrics ? 4 * (size_t)i + 2
                             : 4 * (size_t)f->metrics + 2 * (i - f->metrics);
  return (int16_t)be16(f->hmtx.data + at);
}

// ---- writing ---------------------------------------------------------------

static Buf metrics_with(Arena *a, const Font *f, const GapGlyph *list,
                        size_t n) {
  Buf b = buf_new(a);
  for (uint32_t i = 0; i < f->glyphs; i++) {
    put16(&b, advance_of(f, i));
    put16(&b, bearing_of(f, i));
  }
  for (size_t k = 0; k < n; k++) {
    const GapGlyph *g = &list[k];
    put16(&b, advance_of(f, g->base) + g->lead + g->trail);
    put16(&b, bearing_of(f, g->base) + g->lead);
  }
  return b;
}

static bool is_empty(const Font *f, uint32_t i) {
  return glyph_offset(f, i + 1) - glyph_offset(f, i) < 10;
}

static void put_composite(Buf *b, const Font *f, const GapGlyph *g) {
  const unsigned char *base = f->glyf.data + glyph_offset(f, g->base);
  put16(b, -1); // a composite
  for (int i = 0; i < 4; i++) {
    int16_t side = (int16_t)be16(base + 2 + 2 * i);
    put16(b, i % 2 ? side : side + g->lead);
  }
  put16(b, 0x0003); // arguments are words, and distances
  put16(b, (long)g->base);
  put16(b, g->lead);
  put16(b, 0);
  put16(b, 0); // padding
}

static void outlines_with(const Font *f, const GapGlyph *list, size_t n,
                          Buf *glyf, Buf *loca) {
  while (glyf->len % 4)
    buf_byte(glyf, 0);
  for (uint32_t i = 0; i <= f->glyphs; i++)
    put32(loca, i < f->glyphs ? glyph_offset(f, i) : (uint32_t)glyf->len);
  for (size_t k = 0; k < n; k++) {
    if (!is_empty(f, list[k].base))
      put_composite(glyf, f, &list[k]);
    put32(loca, (uint32_t)glyf->len);
  }
}

static uint32_t larger(uint32_t a, uint32_t b) {
  return a > b ? a : b;
}

// maxp: points and contours of composites are at least those of their parts.
static Buf limits_with(Arena *a, const Font *f, size_t n) {
  Buf b = copy_of(a, &f->maxp);
  const unsigned char *p = f->maxp.data;
  set16(&b, MAXP_GLYPHS, f->glyphs + (uint32_t)n);
  set16(&b, 10, larger(be16(p + 10), be16(p + 6)));
  set16(&b, 12, larger(be16(p + 12), be16(p + 8)));
  set16(&b, 28, larger(be16(p + 28), 1));
  set16(&b, 30, be16(p + 30) + 1);
  return b;
}

static void table_add(hb_face_t *to, const char *tag, Str bytes) {
  hb_blob_t *blob = hb_blob_create(bytes.data, (unsigned)bytes.len,
                                   HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
  hb_face_builder_add_table(to, hb_tag_from_string(tag, 4), blob);
  hb_blob_destroy(blob);
}

static hb_blob_t *font_with(Arena *a, const Font *f, const GapGlyph *list,
                            size_t n) {
  Buf head = copy_of(a, &f->head), hhea = copy_of(a, &f->hhea);
  Buf glyf = buf_new(a), loca = buf_new(a);
  buf_add(&glyf, (Str){(const char *)f->glyf.data, f->glyf.len});
  outlines_with(f, list, n, &glyf, &loca);
  set16(&head, HEAD_FORMAT, 1);
  set16(&hhea, HHEA_METRICS, f->glyphs + (uint32_t)n);
  Buf hmtx = metrics_with(a, f, list, n), maxp = limits_with(a, f, n);
  const struct {
    const char *tag;
    Str bytes;
  } tables[] = {
      {"head", buf_str(&head)}, {"hhea", buf_str(&hhea)},
      {"hmtx", buf_str(&hmtx)}, {"maxp", buf_str(&maxp)},
      {"loca", buf_str(&loca)}, {"glyf", buf_str(&glyf)},
  };
  hb_face_t *to = hb_face_builder_create();
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    table_add(to, tables[i].tag, tables[i].bytes);
  hb_blob_t *blob = hb_face_reference_blob(to);
  hb_face_destroy(to);
  return blob;
}

hb_blob_t *gap_glyphs_add(Arena *a, hb_face_t *face, const GapGlyph *list,
                          size_t n) {
  Font f = {0};
  bool ok = font_read(&f, face) && f.glyphs + n <= 0xFFFF;
  for (size_t k = 0; ok && k < n; k++)
    ok = list[k].base < f.glyphs;
  hb_blob_t *blob = ok ? font_with(a, &f, list, n) : NULL;
  font_close(&f);
  return blob;
}
