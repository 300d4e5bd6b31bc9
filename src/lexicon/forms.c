// Texts in traditional characters.
#include "lexicon.h"

enum { LOOKED_AT = 1000, SHARE = 20 };

bool text_traditional(Str s) {
  size_t all = 0, alone = 0;
  for (size_t i = 0; i < s.len && all < LOOKED_AT;) {
    if ((unsigned char)s.data[i] < 0xE4) { // below all ideographs
      i++;
      continue;
    }
    uint32_t c = utf8_next(s, &i);
    all += c >= IDEOGRAPH_FIRST && c <= IDEOGRAPH_LAST;
    alone += traditional_only(c);
  }
  return alone && alone * SHARE >= all;
}

Str text_simplified(Arena *a, Str s) {
  char *out = arena_alloc(a, s.len + 1);
  memcpy(out, s.data, s.len);
  for (size_t i = 0; i < s.len;) {
    size_t at = i;
    uint32_t c = utf8_next(s, &i);
    if (c < IDEOGRAPH_FIRST || c > IDEOGRAPH_LAST)
      continue;
    c = simplified((uint16_t)c);
    out[at] = (char)(0xE0 | c >> 12);
    out[at + 1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[at + 2] = (char)(0x80 | (c & 0x3F));
  }
  return (Str){out, s.len};
}
