// A sketch of the page's own words: which runs of 3 and 4 characters it has
// around the letters where seams may lie. Quotes are left out, so that a name
// is found with them and without.
#include "seam.h"

// A newspaper page is well below SKETCH_CHARS; longer input has a sketch for
// each stretch of that length.
enum {
  PROBES = 3,
  SKETCH_CHARS = 1 << 15,
  SKETCH_BITS = 1 << 17,
  LETTER_BITS = 1 << 12,
  RUN = 4, // characters of the longest run
};

struct Words {
  uint64_t ends[LETTER_BITS / 64], begins[LETTER_BITS / 64]; // letters of sides
  uint64_t met[LETTER_BITS / 64]; // an end's and a beginning's side by side
  uint64_t bits[SKETCH_BITS / 64];
  bool used; // bits are set
};

static uint64_t mix(uint64_t key) {
  key *= 0x9E3779B97F4A7C15u;
  return key ^ (key >> 32);
}

static void put(Words *w, uint64_t key) {
  uint64_t h = mix(key);
  for (int k = 0; k < PROBES; k++, h = h >> 21 | h << 43) {
    size_t i = (size_t)h % SKETCH_BITS;
    w->bits[i >> 6] |= (uint64_t)1 << (i & 63);
  }
}

bool words_has(const Words *w, const uint16_t *c, size_t n) {
  uint64_t key = n == 3 ? 0x7000 : 0;
  for (size_t i = 0; i < n; i++)
    key = key << 16 | c[i];
  uint64_t h = mix(key), all = 1;
  for (int k = 0; k < PROBES; k++, h = h >> 21 | h << 43) {
    size_t i = (size_t)h % SKETCH_BITS;
    all &= w->bits[i >> 6] >> (i & 63);
  }
  return all & 1;
}

static bool among(const uint64_t *set, uint32_t c) {
  return set[c % LETTER_BITS / 64] >> (c & 63) & 1;
}

static void add(uint64_t *set, uint32_t c) {
  set[c % LETTER_BITS / 64] |= UINT64_C(1) << (c & 63);
}

static uint32_t pair_of(uint16_t end, uint16_t begin) {
  return end * 31u + begin;
}

void words_ask(Words *w, const Edge *e) {
  if (e->n_last && !e->ended)
    add(w->ends, e->last[2]);
  if (e->n_first)
    add(w->begins, e->first[0]);
}

bool words_met(const Words *w, uint16_t end, uint16_t begin) {
  return among(w->met, pair_of(end, begin));
}

static void learn(Words *w, Chars whole) {
  Chars t = ch_slice(whole, 0, SKETCH_CHARS);
  uint64_t last = 0;  // the last four characters
  unsigned meets = 0; // a bit for each of them: a seam may lie before it
  size_t n = 0;
  for (size_t i = 0; i < t.n; i++) {
    uint16_t c = t.c[i];
    if (c == '"' || c == 0x201C || c == 0x201D)
      continue;
    if (!ch_han(c) && !ch_latin(c)) {
      n = 0;
      meets = 0;
      continue;
    }
    bool meet = n++ && among(w->begins, c) && among(w->ends, (uint16_t)last);
    if (meet)
      add(w->met, pair_of((uint16_t)last, c));
    last = last << 16 | c;
    meets = (meets << 1 | meet) % (1u << (RUN - 1));
    if (!meets)
      continue;
    if (n >= RUN - 1 && meets % (1u << (RUN - 2)))
      put(w, (uint64_t)0x7000 << 48 | (last & 0xFFFFFFFFFFFFu));
    if (n >= RUN)
      put(w, last);
  }
}

Words *words_new(Arena *a) {
  return NEW(a, Words);
}

size_t words_learn(Words *w, const Sheet *s, size_t from) {
  if (w->used) {
    memset(w->met, 0, sizeof w->met);
    memset(w->bits, 0, sizeof w->bits);
  }
  w->used = true;
  size_t seen = 0, i = from;
  for (; i < s->pieces.len && seen < SKETCH_CHARS; i++) {
    learn(w, s->pieces.data[i].fold);
    seen += s->pieces.data[i].fold.n + 4;
  }
  return i;
}
