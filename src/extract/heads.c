// Which characters numbers, times and places begin with: one table for all, so
// that each pass over a text asks only where something may begin.
#include "extract_imp.h"
#include <pthread.h>

enum { CHARS = 1 << 16 };

static uint8_t table[CHARS];

static void add(const char *heads, unsigned bit) {
  Str s = str_of(heads);
  for (size_t i = 0; i < s.len;)
    table[utf8_next(s, &i) % CHARS] |= (uint8_t)bit;
}

static void build(void) {
  add(number_heads, HEAD_NUMBER);
  add(time_heads, HEAD_TIME);
  add(generic_heads, HEAD_GENERIC);
  add(person_heads, HEAD_PERSON);
  add("0123456789", HEAD_NUMBER | HEAD_TIME);
  for (uint32_t c = IDEOGRAPH_FIRST; c <= IDEOGRAPH_LAST; c++)
    table[c] |= traditional_only(c) ? HEAD_TRADITIONAL : 0;
  const uint64_t *names = division_heads();
  for (size_t w = 0; w < CHARS / 64; w++)
    for (uint64_t left = names[w]; left; left &= left - 1)
      table[w * 64 + (size_t)__builtin_ctzll(left)] |= HEAD_NAME;
}

// The first thread that asks builds the table; the others wait for it.
const uint8_t *char_heads(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  static _Thread_local bool seen;
  if (!seen)
    pthread_once(&once, build);
  seen = true;
  return table;
}
