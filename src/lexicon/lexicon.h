// lexicon: what is known of Chinese words and places without reading a page:
// the administrative divisions, a word list for seams. Data, compiled in.
#ifndef LEXICON_H
#define LEXICON_H

#include "base.h"

// ---- divisions (GB/T 2260, to county level, renamed ones included) ---------

typedef struct Division {
  uint32_t code;                 // 620100
  const char *name;              // full name: 兰州市
  const struct Division *parent; // province of a city, city of a county
  int level;                     // 1 province, 2 prefecture, 3 county
} Division;

// Longest division name (full or short form: 甘肃, 肃北, 临夏州) that starts at
// s[at]; its byte length goes to *len. Several places may share the name:
// the matches go to out (at most max); returns how many.
size_t division_match(Str s, size_t at, size_t *len, const Division **out,
                      size_t max);
// Which two characters names begin with, by a hash; for many places in turn.
enum { DIVISION_BITS = 1 << 18 };
const uint64_t *division_filter(void);
// The characters that names begin with: a bit of each of the first plane.
const uint64_t *division_heads(void);
// Of two characters, six bytes.
static inline uint32_t division_hash(const char *p) {
  uint32_t x;
  uint16_t y;
  memcpy(&x, p, sizeof x);
  memcpy(&y, p + sizeof x, sizeof y);
  uint64_t h = ((uint64_t)y << 32 | x) * UINT64_C(0x9E3779B97F4A7C15);
  return (uint32_t)(h >> 32);
}
// False: no name begins with the six bytes at p. Quick.
static inline bool division_may_begin(const uint64_t *filter, const char *p) {
  uint32_t bit = division_hash(p) % DIVISION_BITS;
  return filter[bit / 64] >> bit % 64 & 1;
}
// "甘肃省/张掖市/临泽县"
Str division_chain(Arena *a, const Division *d);
const Division *division_of_code(uint32_t code);

// ---- words (evidence at seams) ---------------------------------------------

// The list holds words of up to WORD_MAX ideographs.
enum { WORD_MAX = 4 };
bool word_known(Str word);
// 10 ln(1/share) of the word in running text: small is common; 0 is unknown.
int word_cost(const uint16_t *chars, size_t n);
// The word of x and y will soon be asked for: has memory brought near.
void word_fetch(uint16_t x, uint16_t y);
// The part of speech that the dictionary gives the word; WORD_OTHER: none told.
typedef enum {
  WORD_OTHER,
  WORD_NOUN, // names and verbal nouns too
  WORD_VERB,
  WORD_ADVERB,
  WORD_PREPOSITION,
  WORD_CONJUNCTION,
  WORD_PRONOUN,
  WORD_TIME,
  WORD_IDIOM
} WordKind;
WordKind word_kind(const uint16_t *chars, size_t n);
// Which two characters stand side by side in some word, by a bit of a hash.
enum { PAIR_BITS = 1 << 21 };
extern const uint64_t word_pairs[];
static inline size_t pair_bit(uint16_t x, uint16_t y) {
  return (size_t)(((uint32_t)x << 16 | y) * 0x9E3779B1u >> (32 - 21));
}
// False: no word of the list has x and y side by side. Quick.
static inline bool word_may_join(uint16_t x, uint16_t y) {
  size_t bit = pair_bit(x, y);
  return word_pairs[bit / 64] >> bit % 64 & 1;
}
// The same two will soon be asked for: has memory brought near.
static inline void word_join_fetch(uint16_t x, uint16_t y) {
  __builtin_prefetch(&word_pairs[pair_bit(x, y) / 64]);
}

// ---- script ----------------------------------------------------------------

enum { IDEOGRAPH_FIRST = 0x4E00, IDEOGRAPH_LAST = 0x9FFF };
extern const uint16_t simplified_forms[]; // of IDEOGRAPH_FIRST on
extern const uint32_t traditional_bits[];
// What simplified text prints for the ideograph c: 會 → 会, 人 → 人.
static inline uint16_t simplified(uint16_t c) {
  return c >= IDEOGRAPH_FIRST && c <= IDEOGRAPH_LAST
             ? simplified_forms[c - IDEOGRAPH_FIRST]
             : c;
}
// Simplified text never prints the ideograph c (it does print 著 and 乾).
static inline bool traditional_only(uint32_t c) {
  return c >= IDEOGRAPH_FIRST && c <= IDEOGRAPH_LAST &&
         traditional_bits[(c - IDEOGRAPH_FIRST) / 32] >>
                 (c - IDEOGRAPH_FIRST) % 32 &
             1;
}
// Whether s is printed in traditional characters: at least one in twenty of
// the first thousand ideographs is traditional only.
bool text_traditional(Str s);
// s with every ideograph simplified: as many bytes, each where it was.
Str text_simplified(Arena *a, Str s);

#endif
