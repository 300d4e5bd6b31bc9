// A font of the file: its codes, and the subset that holds their glyphs.
#ifndef PDF_FONT_H
#define PDF_FONT_H

#include "pdf_imp.h"
#include <hb.h>

typedef struct {
  uint32_t glyph;
  Str text;
  uint64_t key;  // of text and gaps: unequal keys, unequal codes
  uint16_t next; // index + 1 of another code of the same glyph
  Gaps gaps;
  bool twin;               // the glyph has another code, of another text
  uint16_t code, cid, gid; // gid: in the subset
} Code;

// What is embedded of a face.
typedef struct {
  Arena *arena; // of whoever makes it
  Str packed;   // the font file, deflated; NULL: it could not be made
  size_t len;   // before
} Subset;

struct PdfFont {
  const Face *face;
  const FaceInfo *info;
  int resource;
  uint32_t no; // of the Type0 dictionary
  hb_face_t *hb;
  uint16_t *first;   // glyph → index + 1 in codes
  uint16_t *advance; // glyph → font units + 1; 0: not asked for yet
  VEC(Code) codes;
  uint16_t last;  // code given last
  uint16_t space; // code; 0: not asked for yet
  bool no_space;
  bool has_cids; // a CFF whose glyphs are named so
  bool has_gaps; // glyphs can be added to it
  Subset subset;
};

// Whether the code has a glyph of its own in the file. A second text of a CFF
// glyph needs one, since mutool goes back from the glyph to the text.
static inline bool code_has_glyph(const PdfFont *f, const Code *c) {
  return c->gaps.lead || c->gaps.trail ||
         (c->twin && f->info->cff && f->has_gaps);
}

// Font units of so many eighths of an em.
int font_eighths(const PdfFont *f, int n);
// Subsets the fonts of a list, on two processors; their codes get the gid, and
// in a CFF those with a glyph of their own the cid. Where one cannot be made
// its subset's `packed` is NULL. Free with subset_free.
void subsets_make(Pdf *p, PdfFont *const *fonts, size_t n);
void subset_free(PdfFont *f);

#endif
