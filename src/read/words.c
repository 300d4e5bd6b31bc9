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
  SIDE_LETTERS = 3,
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

static bool quote(uint16_t c) {
  return c == '"' || c == 0x201C || c == 0x201D;
}

static bool letter(uint16_t c) {
  return ch_han(c) || ch_latin(c);
}

// Up to `most` letters that stand before character i, the last of them first.
static size_t letters_before(Chars t, size_t i, uint16_t *out, size_t most) {
  size_t n = 0;
  for (; i > 0 && n < most; i--)
    if (letter(t.c[i - 1]))
      out[n++] = t.c[i - 1];
    else if (!quote(t.c[i - 1]))
      break;
  return n;
}

static size_t letters_behind(Chars t, size_t i, uint16_t *out, size_t most) {
  size_t n = 0;
  for (; i < t.n && n < most; i++)
    if (letter(t.c[i]))
      out[n++] = t.c[i];
    else if (!quote(t.c[i]))
      break;
  return n;
}

// The runs across a place where an end's letter stands before a beginning's.
static void put_runs(Words *w, const uint16_t *before, size_t n_before,
                     const uint16_t *behind, size_t n_behind) {
  uint64_t x[SIDE_LETTERS] = {0}, y[SIDE_LETTERS] = {0}; // from the seam on
  for (size_t i = 0; i < n_before; i++)
    x[i] = before[i];
  for (size_t i = 0; i < n_behind; i++)
    y[i] = behind[i];
  uint64_t three = (uint64_t)0x7000 << 48;
  if (n_before > 1)
    put(w, three | x[1] << 32 | x[0] << 16 | y[0]);
  if (n_behind > 1)
    put(w, three | x[0] << 32 | y[0] << 16 | y[1]);
  if (n_before > 1 && n_behind > 1)
    put(w, x[1] << 48 | x[0] << 32 | y[0] << 16 | y[1]);
  if (n_before > 2)
    put(w, x[2] << 48 | x[1] << 32 | x[0] << 16 | y[0]);
  if (n_behind > 2)
    put(w, x[0] << 48 | y[0] << 32 | y[1] << 16 | y[2]);
}

static void learn(Words *w, Chars whole) {
  Chars t = ch_slice(whole, 0, SKETCH_CHARS);
  for (size_t i = 1; i < t.n; i++) {
    uint16_t before[SIDE_LETTERS], behind[SIDE_LETTERS];
    if (!among(w->begins, t.c[i]) || !letter(t.c[i]))
      continue;
    size_t n = letters_before(t, i, before, SIDE_LETTERS);
    if (!n || !among(w->ends, before[0]))
      continue;
    add(w->met, pair_of(before[0], t.c[i]));
    put_runs(w, before, n, behind, letters_behind(t, i, behind, SIDE_LETTERS));
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
