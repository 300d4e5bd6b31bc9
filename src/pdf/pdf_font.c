// Fonts: a code for each glyph and the text it stands for, Type0 dictionaries,
// ToUnicode from the source text.
#include "pdf_font.h"
#include "cff_table.h"
#include <stdio.h>
#include <stdlib.h>

enum { GLYPHS_MAX = 0x10000, CODE_MAX = 0xFFFF, GAP_UNITS_MAX = 15000 };

// Whether the CFF names its glyphs by CID, and whether glyphs can be added to
// it: a predefined charset has only so many.
static void cff_look(PdfFont *f, hb_blob_t *blob) {
  unsigned len = 0;
  const char *data = hb_blob_get_data(blob, &len);
  CffBytes cff = {(const unsigned char *)data, data ? len : 0};
  CffIndex names, tops;
  if (cff.len < 4 || !cff_index(cff, cff.p[2], &names) ||
      !cff_index(cff, names.end, &tops))
    return;
  CffBytes dict = cff_item(cff, &tops, 0);
  long charset = 0;
  CffOperand v;
  for (size_t i = 0; i < dict.len;) {
    int op = cff_next(dict, &i, &v);
    f->has_cids = f->has_cids || op == CFF_ROS;
    if (op == CFF_CHARSET)
      charset = v.value;
  }
  f->has_gaps = f->has_cids || charset > 2;
}

static void hb_free(void *p) {
  hb_face_destroy(p);
}

static PdfFont *font_new(Pdf *p, const Face *face) {
  PdfFont *f = NEW(p->arena, PdfFont);
  f->face = face;
  f->info = face_info(face);
  f->resource = (int)++p->n_fonts;
  f->no = file_number(p->file);
  f->first = NEW_ARRAY(p->arena, uint16_t, GLYPHS_MAX);
  f->advance = NEW_ARRAY(p->arena, uint16_t, GLYPHS_MAX);
  hb_blob_t *blob = hb_blob_create(f->info->data, (unsigned)f->info->size,
                                   HB_MEMORY_MODE_READONLY, NULL, NULL);
  f->hb = hb_face_create(blob, f->info->index);
  hb_blob_destroy(blob);
  arena_defer(p->arena, hb_free, f->hb);
  f->has_gaps = !f->info->cff;
  if (f->info->cff) {
    hb_blob_t *cff = hb_face_reference_table(f->hb, HB_TAG('C', 'F', 'F', ' '));
    cff_look(f, cff);
    hb_blob_destroy(cff);
  }
  return f;
}

PdfFont *font_of(Pdf *p, const Face *face) {
  PdfFont **slot = &p->fonts[face_number(face)];
  if (!*slot)
    *slot = font_new(p, face);
  return *slot;
}

int font_resource(const PdfFont *f) {
  return f->resource;
}

double font_advance(PdfFont *f, uint32_t glyph) {
  uint16_t *w = &f->advance[glyph < GLYPHS_MAX ? glyph : 0];
  if (*w == 0) {
    int units = face_advance(f->face, glyph);
    *w = (uint16_t)(units < 0            ? 1
                    : units < UINT16_MAX ? units + 1
                                         : UINT16_MAX);
  }
  return (*w - 1) * 1000.0 / f->info->upem;
}

bool font_has_gap(const PdfFont *f, int eighths) {
  // two gaps and an advance are a short
  return f->has_gaps && font_eighths(f, eighths) <= GAP_UNITS_MAX;
}

static bool byte_is_plain(unsigned b) {
  return b != '(' && b != ')' && b != '\\' && b != '\r';
}

// The next code whose bytes need no escaping; 0 when all are given.
static uint16_t code_next(PdfFont *f) {
  unsigned code = f->last;
  do {
    if (++code > CODE_MAX)
      return 0;
  } while (!byte_is_plain(code >> 8) || !byte_is_plain(code & 0xFF));
  f->last = (uint16_t)code;
  return f->last;
}

// Text of up to four bytes (nearly all of it) and the gaps, each in a place of
// its own: equal keys are equal codes but of longer texts.
static uint64_t code_key(Str text, Gaps gaps) {
  uint64_t key = (uint64_t)(uint8_t)gaps.lead << 32 |
                 (uint64_t)(uint8_t)gaps.trail << 40 |
                 (uint64_t)(text.len & 0xFFFF) << 48;
  const unsigned char *t = (const unsigned char *)text.data;
  if (text.len == 3)
    return key | t[0] | (uint32_t)t[1] << 8 | (uint32_t)t[2] << 16;
  for (size_t i = 0; i < text.len && i < 4; i++)
    key |= (uint64_t)t[i] << 8 * i;
  return key;
}

static uint16_t code_new(Pdf *p, PdfFont *f, uint32_t glyph, Str text,
                         Gaps gaps) {
  uint16_t code = code_next(f);
  if (!code) {
    p->failed = true;
    diag(p->diags, D_PDF_LIMIT, SPAN_NONE, STR("65535"));
    return 1;
  }
  *vec_push(p->arena, &f->codes) = (Code){.glyph = glyph,
                                          .next = f->first[glyph],
                                          .text = str_copy(p->arena, text),
                                          .gaps = gaps,
                                          .twin = f->first[glyph] > 0,
                                          .key = code_key(text, gaps),
                                          .code = code};
  f->first[glyph] = (uint16_t)f->codes.len;
  return code;
}

static bool code_is(const Code *c, Str text, Gaps gaps) {
  return c->text.len == text.len && c->gaps.lead == gaps.lead &&
         c->gaps.trail == gaps.trail &&
         (!text.len || memcmp(c->text.data, text.data, text.len) == 0);
}

uint16_t font_code(Pdf *p, PdfFont *f, uint32_t glyph, Str text, Gaps gaps) {
  if (glyph >= GLYPHS_MAX)
    glyph = 0;
  uint64_t key = code_key(text, gaps);
  for (uint32_t i = f->first[glyph]; i; i = f->codes.data[i - 1].next) {
    const Code *c = &f->codes.data[i - 1];
    if (c->key == key && (text.len <= 4 || code_is(c, text, gaps)))
      return c->code;
  }
  return code_new(p, f, glyph, text, gaps);
}

uint16_t font_space(Pdf *p, PdfFont *f) {
  if (f->space || f->no_space)
    return f->space;
  hb_font_t *font = hb_font_create(f->hb);
  hb_codepoint_t glyph = 0;
  f->no_space = !hb_font_get_nominal_glyph(font, ' ', &glyph);
  hb_font_destroy(font);
  if (!f->no_space)
    f->space = font_code(p, f, glyph, STR(" "), (Gaps){0, 0});
  return f->space;
}

// ---- dictionaries ----------------------------------------------------------

// The glyphs are the name's seed: equal subsets have equal names.
static Str subset_name(Arena *a, const PdfFont *f) {
  uint64_t h = str_hash(f->info->ps_name);
  for (size_t i = 0; i < f->codes.len; i++)
    h = (h ^ f->codes.data[i].glyph ^
         (uint64_t)(f->codes.data[i].gaps.lead & 15) << 32 ^
         (uint64_t)(f->codes.data[i].gaps.trail & 15) << 40) *
        0x100000001B3u;
  char tag[7] = {0};
  for (int i = 0; i < 6; i++, h /= 26)
    tag[i] = (char)('A' + h % 26);
  Buf b = buf_new(a);
  buf_add(&b, str_of(tag));
  buf_byte(&b, '+');
  for (size_t i = 0; i < f->info->ps_name.len && i < 100; i++) {
    char c = f->info->ps_name.data[i];
    if (c > ' ' && c < 0x7F && !strchr("()<>[]{}/%#", c))
      buf_byte(&b, c);
  }
  return buf_str(&b);
}

// CIDs of the codes: TrueType's are the codes themselves; a CFF's are its own,
// or its glyph numbers where it has none; those with gaps have theirs.
static void font_cids(PdfFont *f) {
  for (size_t i = 0; i < f->codes.len; i++) {
    Code *c = &f->codes.data[i];
    if (!f->info->cff)
      c->cid = c->code;
    else if (!code_has_glyph(f, c))
      c->cid = !f->has_cids ? c->gid : (uint16_t)face_cid(f->face, c->glyph);
  }
}

static void cmap_head(Buf *b, const char *name, Str kind) {
  buf_fmt(b,
          "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
          "/CIDSystemInfo<</Registry(Adobe)/Ordering(%.*s)/Supplement 0>>"
          " def\n/CMapName/%s def\n/CMapType %d def\n"
          "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n",
          STR_ARG(kind), name, str_is(kind, "UCS") ? 2 : 1);
}

static void cmap_tail(Buf *b) {
  buf_add(b, STR("endcmap\nCMapName currentdict /CMap defineresource pop\n"
                 "end\nend\n"));
}

enum { CMAP_ROWS = 100 }; // of one begin…end

static size_t code_rows(const PdfFont *f, size_t from, bool with_text) {
  size_t n = 0;
  for (size_t i = from; i < f->codes.len && n < CMAP_ROWS; i++)
    n += !with_text || f->codes.data[i].text.len > 0;
  return n;
}

static void to_unicode(Pdf *p, const PdfFont *f, uint32_t no) {
  Buf b = buf_new(p->arena);
  cmap_head(&b, "Adobe-Identity-UCS", STR("UCS"));
  for (size_t i = 0, n; (n = code_rows(f, i, true)) > 0;) {
    buf_fmt(&b, "%zu beginbfchar\n", n);
    for (; n; i++) {
      const Code *c = &f->codes.data[i];
      if (!c->text.len)
        continue;
      buf_fmt(&b, "<%04X><", c->code);
      utf16_hex(&b, c->text);
      buf_add(&b, STR(">\n"));
      n--;
    }
    buf_add(&b, STR("endbfchar\n"));
  }
  cmap_tail(&b);
  file_stream(p->file, no, STR(""), buf_str(&b), STREAM_DEFLATE);
}

// Codes → CIDs of a CFF: two texts may share one glyph, so codes are our own.
static void code_cmap(Pdf *p, const PdfFont *f, uint32_t no) {
  Buf b = buf_new(p->arena);
  cmap_head(&b, "Jianbao-H", STR("Identity"));
  buf_add(&b, STR("/WMode 0 def\n"));
  for (size_t i = 0, n; (n = code_rows(f, i, false)) > 0;) {
    buf_fmt(&b, "%zu begincidchar\n", n);
    for (; n; n--, i++)
      buf_fmt(&b, "<%04X> %u\n", f->codes.data[i].code, f->codes.data[i].cid);
    buf_add(&b, STR("endcidchar\n"));
  }
  cmap_tail(&b);
  Str dict = STR("/Type/CMap/CMapName/Jianbao-H/CIDSystemInfo<</Registry"
                 "(Adobe)/Ordering(Identity)/Supplement 0>>/WMode 0");
  file_stream(p->file, no, dict, buf_str(&b), STREAM_DEFLATE);
}

static int by_cid(const void *x, const void *y) {
  const Code *a = x, *b = y;
  return (a->cid > b->cid) - (a->cid < b->cid);
}

static double code_width(PdfFont *f, const Code *c) {
  int gaps = font_eighths(f, c->gaps.lead) + font_eighths(f, c->gaps.trail);
  return font_advance(f, c->glyph) + gaps * 1000.0 / f->info->upem;
}

// Widths other than the default of 1000, in runs of neighbours.
static void font_widths(Pdf *p, PdfFont *f, const Code *codes, uint32_t no) {
  Buf b = buf_new(p->arena);
  buf_byte(&b, '[');
  for (size_t i = 0, run = 0; i < f->codes.len; i++) {
    if (i && codes[i].cid == codes[i - 1].cid)
      continue;
    double w = code_width(f, &codes[i]);
    if (w == 1000)
      continue;
    bool joins = run && codes[i].cid == run;
    if (!joins)
      buf_fmt(&b, "%s%u[", run ? "]" : "", codes[i].cid);
    buf_fmt(&b, joins ? " %.7g" : "%.7g", w);
    run = codes[i].cid + 1u;
  }
  buf_add(&b, b.len > 1 ? STR("]]") : STR("]"));
  file_object(p->file, no, buf_str(&b));
}

static void gid_map(Pdf *p, const PdfFont *f, uint32_t no) {
  size_t len = ((size_t)f->last + 1) * 2;
  char *map = arena_alloc(p->arena, len);
  for (size_t i = 0; i < f->codes.len; i++) {
    const Code *c = &f->codes.data[i];
    map[c->cid * 2] = (char)(c->gid >> 8);
    map[c->cid * 2 + 1] = (char)(c->gid & 0xFF);
  }
  file_stream(p->file, no, STR(""), (Str){map, len}, STREAM_DEFLATE);
}

// PDF/A-1 wants the CIDs that a subset holds, a bit each.
static uint32_t cid_set(Pdf *p, const PdfFont *f, const Code *sorted) {
  if (!p->options->archive)
    return 0;
  uint32_t no = file_number(p->file);
  size_t n = f->codes.len ? sorted[f->codes.len - 1].cid + 1u : 1u;
  char *bits = arena_alloc(p->arena, n / 8 + 1);
  bits[0] = (char)0x80;
  for (size_t i = 0; i < f->codes.len; i++)
    bits[sorted[i].cid / 8] |= (char)(0x80 >> sorted[i].cid % 8);
  file_stream(p->file, no, STR(""), (Str){bits, n / 8 + 1}, STREAM_DEFLATE);
  return no;
}

static int per_mille(const FaceInfo *info, int units) {
  return units * 1000 / info->upem;
}

static void font_file(Pdf *p, const PdfFont *f, uint32_t no) {
  HPDF_Dict d = haru_dict(p);
  if (f->info->cff)
    HPDF_Dict_AddName(d, "Subtype", "CIDFontType0C");
  else
    HPDF_Dict_AddNumber(d, "Length1", (HPDF_INT32)f->subset.len);
  haru_stream(p, no, d, f->subset.packed, STREAM_PACKED);
}

static HPDF_Array number_array(Pdf *p, const int *v, size_t n) {
  HPDF_Array array = haru_array(p);
  for (size_t i = 0; i < n; i++)
    HPDF_Array_AddNumber(array, v[i]);
  return array;
}

static void descriptor(Pdf *p, const PdfFont *f, const char *name, uint32_t no,
                       uint32_t cid_set) {
  const FaceInfo *info = f->info;
  int box[4];
  for (int i = 0; i < 4; i++)
    box[i] = per_mille(info, info->bbox[i]);
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddName(d, "Type", "FontDescriptor");
  HPDF_Dict_AddName(d, "FontName", name);
  HPDF_Dict_AddNumber(d, "Flags", info->italic ? 4 + 64 : 4);
  haru_put(d, "FontBBox", number_array(p, box, 4));
  HPDF_Dict_AddNumber(d, "ItalicAngle", info->italic);
  HPDF_Dict_AddNumber(d, "Ascent", per_mille(info, info->ascent));
  HPDF_Dict_AddNumber(d, "Descent", per_mille(info, info->descent));
  HPDF_Dict_AddNumber(d, "CapHeight", per_mille(info, info->cap_height));
  HPDF_Dict_AddNumber(d, "StemV", info->stem_v);
  haru_put_ref(p, d, info->cff ? "FontFile3" : "FontFile2", no + 1);
  if (cid_set)
    haru_put_ref(p, d, "CIDSet", cid_set);
  haru_write(p, no, d);
}

static HPDF_Dict system_info(Pdf *p) {
  HPDF_Dict d = haru_dict(p);
  haru_put(d, "Registry",
           HPDF_Binary_New(d->mmgr, (HPDF_BYTE *)(uintptr_t) "Adobe", 5));
  haru_put(d, "Ordering",
           HPDF_Binary_New(d->mmgr, (HPDF_BYTE *)(uintptr_t) "Identity", 8));
  HPDF_Dict_AddNumber(d, "Supplement", 0);
  return d;
}

static void cid_font(Pdf *p, const PdfFont *f, const char *name,
                     uint32_t numbers) {
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddName(d, "Type", "Font");
  HPDF_Dict_AddName(d, "Subtype",
                    f->info->cff ? "CIDFontType0" : "CIDFontType2");
  HPDF_Dict_AddName(d, "BaseFont", name);
  haru_put(d, "CIDSystemInfo", system_info(p));
  haru_put_ref(p, d, "FontDescriptor", numbers + 1);
  HPDF_Dict_AddNumber(d, "DW", 1000);
  haru_put_ref(p, d, "W", numbers + 3);
  if (!f->info->cff)
    haru_put_ref(p, d, "CIDToGIDMap", numbers + 4);
  haru_write(p, numbers, d);
}

static void type0(Pdf *p, const PdfFont *f, const char *name,
                  uint32_t numbers) {
  HPDF_Dict d = haru_dict(p);
  HPDF_Dict_AddName(d, "Type", "Font");
  HPDF_Dict_AddName(d, "Subtype", "Type0");
  HPDF_Dict_AddName(d, "BaseFont", name);
  if (f->info->cff)
    haru_put_ref(p, d, "Encoding", numbers + 4);
  else
    HPDF_Dict_AddName(d, "Encoding", "Identity-H");
  HPDF_Array kids = haru_array(p);
  HPDF_Array_Add(kids, haru_ref(p, numbers));
  haru_put(d, "DescendantFonts", kids);
  haru_put_ref(p, d, "ToUnicode", numbers + 5);
  haru_write(p, f->no, d);
}

// Numbers: 0 CIDFont, 1 descriptor, 2 file, 3 widths, 4 CMap of a CFF or
// CIDToGIDMap, 5 ToUnicode.
static void font_objects(Pdf *p, PdfFont *f) {
  uint32_t n = file_numbers(p->file, 6);
  Str full = subset_name(p->arena, f);
  const char *name = str_z(p->arena, full);
  font_cids(f);
  Code *sorted = NEW_ARRAY(p->arena, Code, f->codes.len);
  memcpy(sorted, f->codes.data, f->codes.len * sizeof *sorted);
  qsort(sorted, f->codes.len, sizeof *sorted, by_cid);
  font_file(p, f, n + 2);
  font_widths(p, f, sorted, n + 3);
  if (f->info->cff)
    code_cmap(p, f, n + 4);
  else
    gid_map(p, f, n + 4);
  to_unicode(p, f, n + 5);
  descriptor(p, f, name, n + 1, cid_set(p, f, sorted));
  cid_font(p, f, name, n);
  type0(p, f, name, n);
}

bool fonts_write(Pdf *p) {
  size_t n = 0;
  PdfFont **used = NEW_ARRAY(p->arena, PdfFont *, p->n_fonts + 1);
  for (size_t i = 0; i < fontset_faces(p->pages->fonts); i++)
    if (p->fonts[i])
      used[n++] = p->fonts[i];
  subsets_make(p, used, n);
  bool ok = true;
  for (size_t i = 0; i < n; i++) {
    if (ok && used[i]->subset.packed.data) {
      font_objects(p, used[i]);
    } else if (ok) {
      diag(p->diags, D_PDF_FONT, SPAN_NONE, used[i]->info->ps_name);
      ok = false;
    }
    subset_free(used[i]);
  }
  return ok;
}

void fonts_resources(Pdf *p, HPDF_Dict resources) {
  HPDF_Dict d = haru_dict(p);
  for (size_t i = 0; i < fontset_faces(p->pages->fonts); i++) {
    if (!p->fonts[i])
      continue;
    char name[16];
    snprintf(name, sizeof name, "F%d", p->fonts[i]->resource);
    haru_put_ref(p, d, name, p->fonts[i]->no);
  }
  haru_put(resources, "Font", d);
}
