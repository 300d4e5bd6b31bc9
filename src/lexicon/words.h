// The packed word list: written by pack at build time, read by words.c.
#ifndef LEXICON_WORDS_H
#define LEXICON_WORDS_H

#include "lexicon.h"

// A word's entry says what it costs and its kind: cost << 4 | WordKind.
enum {
  ENTRY_BITS = 12,
  SINGLE_FIRST = 0x4E00,
  SINGLES = 0xA000 - SINGLE_FIRST
};
extern const uint16_t word_singles[]; // of each ideograph, 0: no word

// Longer words lie in hash tables, each in one number: what its key's hash does
// not tell by the slot, how far it lies behind that slot, its entry. So one
// look at memory finds it. The hashes lose nothing.
enum {
  TWO_BITS = 17,
  TWO_REST = 32 - TWO_BITS, // bits of the hash that are kept
  TWO_STEPS = 32 - TWO_REST - ENTRY_BITS,
  LONG_BITS = 17,
  LONG_REST = 64 - LONG_BITS,
  LONG_STEPS = 64 - LONG_REST - ENTRY_BITS,
};
extern const uint32_t word_twos[];  // words of two ideographs
extern const uint64_t word_longs[]; // of three and four

static inline uint32_t two_code(uint32_t key) {
  return key * 0x9E3779B1u;
}

static inline uint64_t long_code(uint64_t key) {
  return key * UINT64_C(0x9E3779B97F4A7C15);
}

#endif
