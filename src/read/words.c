// A sketch of the page's own words: which runs of 3 and 4 characters it has.
// Quotes are left out, so that a name is found with them and without.
#include "seam.h"

struct Words {
  uint64_t *bits;
  size_t mask; // of bit numbers
  bool used;   // bits are set
};

// A newspaper page is well below SKETCH_CHARS; longer input has a sketch for
// each stretch of that length.
enum { PROBES = 3, SKETCH_CHARS = 1 << 15, SKETCH_BITS = 1 << 20 };

static uint64_t mix(uint64_t key) {
  key *= 0x9E3779B97F4A7C15u;
  return key ^ (key >> 32);
}

static void put(Words *w, uint64_t key) {
  uint64_t h = mix(key);
  for (int k = 0; k < PROBES; k++, h = h >> 21 | h << 43) {
    size_t i = (size_t)h & w->mask;
    w->bits[i >> 6] |= (uint64_t)1 << (i & 63);
  }
}

bool words_has(const Words *w, const uint16_t *c, size_t n) {
  uint64_t key = n == 3 ? 0x7000 : 0;
  for (size_t i = 0; i < n; i++)
    key = key << 16 | c[i];
  uint64_t h = mix(key), all = 1;
  for (int k = 0; k < PROBES; k++, h = h >> 21 | h << 43) {
    size_t i = (size_t)h & w->mask;
    all &= w->bits[i >> 6] >> (i & 63);
  }
  return all & 1;
}

static void learn(Words *w, Chars whole) {
  Chars t = ch_slice(whole, 0, SKETCH_CHARS);
  uint64_t last = 0; // the last four characters
  size_t n = 0;
  for (size_t i = 0; i < t.n; i++) {
    uint16_t c = t.c[i];
    if (c == '"' || c == 0x201C || c == 0x201D)
      continue;
    if (!ch_han(c) && !ch_latin(c)) {
      n = 0;
      continue;
    }
    last = last << 16 | c;
    n++;
    if (n >= 3)
      put(w, (uint64_t)0x7000 << 48 | (last & 0xFFFFFFFFFFFFu));
    if (n >= 4)
      put(w, last);
  }
}

Words *words_new(Arena *a) {
  Words *w = NEW(a, Words);
  w->mask = SKETCH_BITS - 1;
  w->bits = NEW_ARRAY(a, uint64_t, SKETCH_BITS / 64);
  return w;
}

size_t words_learn(Words *w, const Sheet *s, size_t from) {
  if (w->used)
    memset(w->bits, 0, SKETCH_BITS / 8);
  w->used = true;
  size_t seen = 0, i = from;
  for (; i < s->pieces.len && seen < SKETCH_CHARS; i++) {
    learn(w, s->pieces.data[i].fold);
    seen += s->pieces.data[i].fold.n + 4;
  }
  return i;
}
