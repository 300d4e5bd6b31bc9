// The word list: is it a word, and how common.
#include "words.h"

static unsigned two_at(uint16_t x, uint16_t y) {
  uint32_t code = two_code((uint32_t)x << 16 | y), e;
  uint32_t slot = code >> TWO_REST, rest = code % (1u << TWO_REST);
  for (uint32_t k = 0; (e = word_twos[(slot + k) % (1u << TWO_BITS)]); k++)
    if (e >> ENTRY_BITS == (rest << TWO_STEPS | k))
      return e;
  return 0;
}

static unsigned long_at(uint64_t key) {
  uint64_t code = long_code(key), e;
  uint64_t slot = code >> LONG_REST, rest = code % (1ull << LONG_REST);
  for (uint64_t k = 0; (e = word_longs[(slot + k) % (1u << LONG_BITS)]); k++)
    if (e >> ENTRY_BITS == (rest << LONG_STEPS | k))
      return (unsigned)e;
  return 0;
}

// The word's entry, 0 if there is none.
static unsigned entry(const uint16_t *c, size_t n) {
  if (n == 1)
    return (size_t)(*c - SINGLE_FIRST) < SINGLES
               ? word_singles[*c - SINGLE_FIRST]
               : 0;
  if (n == 2)
    return two_at(c[0], c[1]);
  if (n == 0 || n > WORD_MAX || !word_may_join(c[0], c[1]))
    return 0;
  uint64_t key = 0;
  for (size_t i = 0; i < n; i++)
    key = key << 16 | c[i];
  return long_at(key);
}

void word_fetch(uint16_t x, uint16_t y) {
  __builtin_prefetch(&word_twos[two_code((uint32_t)x << 16 | y) >> TWO_REST]);
}

int word_cost(const uint16_t *chars, size_t n) {
  return entry(chars, n) >> 4 & 0xFF;
}

WordKind word_kind(const uint16_t *chars, size_t n) {
  return (WordKind)(entry(chars, n) & 0xF);
}

bool word_known(Str word) {
  uint16_t chars[WORD_MAX];
  size_t n = 0;
  for (size_t i = 0; i < word.len;) {
    uint32_t c = utf8_next(word, &i);
    if (n == WORD_MAX || c > 0xFFFF)
      return false;
    chars[n++] = (uint16_t)c;
  }
  return word_cost(chars, n) > 0;
}
