// Headlines and the texts they belong to: heads.c and deal.c.
#ifndef READ_HEADS_H
#define READ_HEADS_H

#include "read_imp.h"

// Whether the text ends with its author's name.
bool text_signed(const Piece *p);
// deal.c: deals headlines to texts that were one block: to[i], where it is set,
// is the text that headline i goes before. False: none was dealt.
bool deal_headlines(Sheet *s, uint32_t *to);

// deal.c: reports that stand each before its headline: the same, by turns.
bool turn_headlines(Sheet *s, uint32_t *to);
// heads.c: whether piece i opens a report that has no headline above it.
bool text_orphan(const Sheet *s, uint32_t i);

#endif
