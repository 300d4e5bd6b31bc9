// Text marks → text operators.
#ifndef TEXT_SHOW_H
#define TEXT_SHOW_H

#include "pdf_imp.h"

// The text state that a viewer keeps. Lengths in mpt.
typedef struct {
  int font;           // n of /Fn, 0: none
  Len size;           // of the font
  Len line_x, line_y; // of the line matrix, y up
  int spacing;        // Tc in 1/100 000 pt
  Len rise;           // Ts
  bool emboldened;    // Tr 2
} ShowState;

void show_begin(ShowState *s); // after BT
bool text_emboldened(const Pdf *p, const Mark *m);
void show_text(Pdf *p, Buf *out, ShowState *s, const Mark *m, Len page_height);

// Whether the mark has a gap inside that readers take for a space though its
// text has none.
bool gap_in_mark(const Mark *m);
// Whether m goes on with the line that `before` stands in; sets *gap where the
// gap between them would be taken for a space.
bool line_goes_on(const Mark *before, const Mark *m, bool *gap);
// Begins a span that copies as the marks' text, whatever the gaps.
void put_actual_text(Buf *b, const Mark *marks, size_t n);

// v / 10^places, places ≤ 5.
void put_decimal(Buf *b, int32_t v, int places);
// A length or a thousandth as a decimal number.
void put_milli(Buf *b, Len v);
// /Name <</MCID n>>BDC
void put_piece(Buf *b, const char *name, int mcid);

#endif
