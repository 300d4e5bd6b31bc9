// The packed word list: written by pack at build time, read by words.c.
#ifndef LEXICON_WORDS_H
#define LEXICON_WORDS_H

#include "lexicon.h"

enum { WORD_BITS = 17, WORD_SLOTS = 1 << WORD_BITS };

extern const uint64_t word_keys[]; // 0: free slot
extern const uint8_t word_costs[];
extern const uint8_t word_kinds[]; // WordKind
// The costs of single ideographs again, in a table small enough for a cache.
enum { SINGLE_FIRST = 0x4E00, SINGLES = 0xA000 - SINGLE_FIRST };
extern const uint8_t word_singles[];

static inline size_t word_slot(uint64_t key) {
  return (size_t)(key * 0x9E3779B97F4A7C15u >> (64 - WORD_BITS));
}

#endif
