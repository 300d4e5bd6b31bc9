// Glyphs with blank beside them, added to a subset.
#ifndef GAP_GLYPH_H
#define GAP_GLYPH_H

#include "base.h"
#include <hb.h>

typedef struct {
  uint32_t base;   // glyph of the face
  int lead, trail; // font units
  uint16_t cid;    // given by gap_cff_add
} GapGlyph;

// The TrueType face's font file with the glyphs appended, or NULL: its tables
// are not as they should be. The caller destroys the blob.
hb_blob_t *gap_glyphs_add(Arena *a, hb_face_t *face, const GapGlyph *list,
                          size_t n);
// The CFF table with the glyphs appended, each with a CID that no other has.
// Empty: its glyphs have no CIDs, or it is not as it should be.
Str gap_cff_add(Arena *a, Str cff, GapGlyph *list, size_t n);

#endif
