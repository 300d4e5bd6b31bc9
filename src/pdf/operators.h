// Pieces of content streams: numbers, marked content.
#ifndef OPERATORS_H
#define OPERATORS_H

#include "typeset.h"

// v / 10^places, places ≤ 5.
void put_decimal(Buf *b, int32_t v, int places);
void put_int(Buf *b, int32_t v);
void put_ref(Buf *b, uint32_t no); // n 0 R
void put_milli(Buf *b, Len v);     // mpt in pt
// /Name <</MCID n>>BDC
void put_piece(Buf *b, const char *name, int mcid);
// Begins a span that copies as the marks' text, whatever their glyphs.
void put_actual_text(Buf *b, const Mark *marks, size_t n);

#endif
