// Subsets of faces, made by hb-subset.
#include "gap_glyph.h"
#include "pdf_font.h"
#include <hb-subset.h>
#include <libdeflate.h>
#include <stdatomic.h>
#include <stdlib.h>

// The tables that a viewer reads from an embedded CIDFont. The subsetter is
// shown no others: a cmap alone would double its work.
static hb_blob_t *kept_table(hb_face_t *face, hb_tag_t tag, void *whole) {
  static const char kept[][5] = {"head", "hhea", "hmtx", "maxp", "CFF ",
                                 "glyf", "loca", "cvt ", "fpgm", "prep"};
  (void)face;
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
    if (tag == hb_tag_from_string(kept[i], 4))
      return hb_face_reference_table(whole, tag);
  return hb_blob_get_empty();
}

// Without subroutines a CFF subset is both smaller and sooner made.
static hb_subset_input_t *subset_input(const PdfFont *f) {
  hb_subset_input_t *in = hb_subset_input_create_or_fail();
  if (!in)
    return NULL;
  hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_NO_HINTING |
                                    HB_SUBSET_FLAGS_DESUBROUTINIZE |
                                    HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  hb_set_t *glyphs = hb_subset_input_glyph_set(in);
  hb_set_add(glyphs, 0);
  for (size_t i = 0; i < f->codes.len; i++)
    hb_set_add(glyphs, f->codes.data[i].glyph);
  return in;
}

int font_eighths(const PdfFont *f, int n) {
  return (n * f->info->upem + (n < 0 ? -4 : 4)) / 8;
}

typedef struct {
  VEC(GapGlyph) items;
} GapGlyphs;

// The codes with glyphs of their own, to be glyphs behind the first n.
static GapGlyphs gap_glyphs(PdfFont *f, uint32_t n) {
  GapGlyphs list = {0};
  for (size_t i = 0; i < f->codes.len; i++) {
    Code *c = &f->codes.data[i];
    if (!code_has_glyph(f, c))
      continue;
    *vec_push(f->subset.arena, &list.items) =
        (GapGlyph){.base = c->gid,
                   .lead = font_eighths(f, c->gaps.lead),
                   .trail = font_eighths(f, c->gaps.trail)};
    c->gid = (uint16_t)n++;
  }
  return list;
}

static hb_blob_t *truetype_file(PdfFont *f, hb_face_t *face) {
  GapGlyphs list = gap_glyphs(f, hb_face_get_glyph_count(face));
  return list.items.len ? gap_glyphs_add(f->subset.arena, face, list.items.data,
                                         list.items.len)
                        : hb_face_reference_blob(face);
}

static hb_blob_t *cff_file(PdfFont *f, hb_face_t *face) {
  hb_blob_t *blob = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
  GapGlyphs list = gap_glyphs(f, hb_face_get_glyph_count(face));
  if (!list.items.len)
    return blob;
  unsigned len;
  const char *data = hb_blob_get_data(blob, &len);
  Str cff = gap_cff_add(f->subset.arena, (Str){data, len}, list.items.data,
                        list.items.len);
  hb_blob_destroy(blob);
  for (size_t i = 0, k = 0; i < f->codes.len; i++)
    if (code_has_glyph(f, &f->codes.data[i]))
      f->codes.data[i].cid = list.items.data[k++].cid;
  return hb_blob_create(cff.data, (unsigned)cff.len, HB_MEMORY_MODE_READONLY,
                        NULL, NULL);
}

// Numbers in the subset; false where a glyph was lost (memory, a broken font).
static bool subset_gids(PdfFont *f, const hb_subset_plan_t *plan) {
  const hb_map_t *gids = hb_subset_plan_old_to_new_glyph_mapping(plan);
  for (size_t i = 0; i < f->codes.len; i++) {
    uint32_t gid = hb_map_get(gids, f->codes.data[i].glyph);
    if (gid == HB_MAP_VALUE_INVALID)
      return false;
    f->codes.data[i].gid = (uint16_t)gid;
  }
  return true;
}

static hb_face_t *subset_face(PdfFont *f) {
  hb_subset_input_t *in = subset_input(f);
  hb_face_t *lean = hb_face_create_for_tables(kept_table, f->hb, NULL);
  hb_subset_plan_t *plan = in ? hb_subset_plan_create_or_fail(lean, in) : NULL;
  hb_subset_input_destroy(in);
  hb_face_destroy(lean);
  if (!plan)
    return NULL;
  hb_face_t *face =
      subset_gids(f, plan) ? hb_subset_plan_execute_or_fail(plan) : NULL;
  hb_subset_plan_destroy(plan);
  return face;
}

static void subset_pack(Subset *s, struct libdeflate_compressor *packer,
                        const char *data, size_t len) {
  size_t bound = libdeflate_zlib_compress_bound(packer, len);
  char *out = arena_alloc(s->arena, bound);
  s->len = len;
  s->packed =
      (Str){out, libdeflate_zlib_compress(packer, data, len, out, bound)};
}

static void subset_make(PdfFont *f, struct libdeflate_compressor *packer) {
  f->subset = (Subset){.arena = arena_new()};
  hb_face_t *face = subset_face(f);
  hb_blob_t *blob = !face          ? NULL
                    : f->info->cff ? cff_file(f, face)
                                   : truetype_file(f, face);
  unsigned len = 0;
  const char *data = blob ? hb_blob_get_data(blob, &len) : NULL;
  if (data && len)
    subset_pack(&f->subset, packer, data, len);
  hb_blob_destroy(blob);
  hb_face_destroy(face);
  face_rest(f->face);
}

void subset_free(PdfFont *f) {
  arena_free(f->subset.arena);
  f->subset = (Subset){0};
}

// ---- on two processors -----------------------------------------------------

typedef struct {
  PdfFont **fonts;
  size_t n;
  atomic_size_t next;
} Subsets;

static void subsets_take(void *p) {
  enum { LEVEL_FAST = 1 };
  Subsets *s = p;
  struct libdeflate_compressor *packer =
      libdeflate_alloc_compressor(LEVEL_FAST);
  for (size_t i; packer && (i = atomic_fetch_add(&s->next, 1)) < s->n;)
    subset_make(s->fonts[i], packer);
  libdeflate_free_compressor(packer);
}

static int by_glyphs(const void *x, const void *y) {
  const PdfFont *a = *(PdfFont *const *)x, *b = *(PdfFont *const *)y;
  if (a->codes.len != b->codes.len)
    return a->codes.len < b->codes.len ? 1 : -1;
  return a->resource - b->resource;
}

// The largest first, so that both threads end at about the same time.
void subsets_make(Pdf *p, PdfFont *const *fonts, size_t n) {
  PdfFont **sorted = NEW_ARRAY(p->arena, PdfFont *, n + 1);
  for (size_t i = 0; i < n; i++)
    sorted[i] = fonts[i];
  qsort(sorted, n, sizeof *sorted, by_glyphs);
  Subsets s = {.fonts = sorted, .n = n};
  Job job = {.fn = subsets_take, .p = &s};
  if (n > 1)
    helper_give(file_helper(p->file), &job);
  subsets_take(&s);
  if (n > 1)
    helper_await(file_helper(p->file), &job);
}
