// Text marks → text operators.
#ifndef TEXT_SHOW_H
#define TEXT_SHOW_H

#include "operators.h"
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

// The marks that stand on one line together, one line at a time.
typedef struct TextLine TextLine;
TextLine *text_line_new(Pdf *p);
// Takes the marks of a line that begins with the first (a text mark); gives
// how many. *gaps: a gap would copy as a space, or a glyph lacks its text, so
// that the line must carry its text.
size_t text_line_take(TextLine *t, const Mark *marks, size_t n, bool *gaps);
// Shows one of the marks taken.
void text_line_show(TextLine *t, const Mark *m, Buf *out, ShowState *s,
                    Len page_height);

#endif
