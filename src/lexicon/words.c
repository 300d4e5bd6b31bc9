// The word list: is it a word, and how common.
#include "words.h"

static int at(const uint8_t *table, const uint16_t *chars, size_t n) {
  uint64_t key = 0;
  if (n == 0 || n > WORD_MAX)
    return 0;
  for (size_t i = 0; i < n; i++)
    key = key << 16 | chars[i];
  for (size_t i = word_slot(key); word_keys[i]; i = (i + 1) % WORD_SLOTS)
    if (word_keys[i] == key)
      return table[i];
  return 0;
}

int word_cost(const uint16_t *chars, size_t n) {
  if (n == 1 && (size_t)(*chars - SINGLE_FIRST) < SINGLES)
    return word_singles[*chars - SINGLE_FIRST];
  if (n == 2 && !word_may_join(chars[0], chars[1]))
    return 0;
  return at(word_costs, chars, n);
}

WordKind word_kind(const uint16_t *chars, size_t n) {
  return (WordKind)at(word_kinds, chars, n);
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
