// Words of news prose by class, found by their first two characters.
#include "extract_imp.h"
#include <pthread.h>

typedef struct {
  const char *text;
  unsigned classes;
} Word;

static const Word words[] = {
#define WORD(text, classes) {text, classes},
#include "lex.def"
#undef WORD
};

enum {
  WORDS = sizeof words / sizeof *words,
  SLOTS = 4096,
  LEN_MAX = 8,
  SET = 1024
};

static struct {
  uint16_t head[SLOTS], next[WORDS]; // by two_hash of the first two
  uint16_t head_one[SLOTS];          // words of one character
  uint8_t len[WORDS];                // characters
  uint32_t c[WORDS][LEN_MAX];        // the word, decoded
  // Sets of hashes: words of one character; how the others begin and end.
  uint64_t one[SET], begin[SET], end[SET];
} index_;

static void put_bit(uint64_t *set, uint32_t bit) {
  set[bit / 64 % SET] |= UINT64_C(1) << bit % 64;
}

static bool has_bit(const uint64_t *set, uint32_t bit) {
  return set[bit / 64 % SET] >> bit % 64 & 1;
}

static void build(void) {
  for (size_t w = 0; w < WORDS; w++) {
    Str s = str_of(words[w].text);
    size_t n = 0;
    for (size_t k = 0; k < s.len && n < LEN_MAX;)
      index_.c[w][n++] = utf8_next(s, &k);
    index_.len[w] = (uint8_t)n;
    const uint32_t *c = index_.c[w];
    uint16_t *head = n == 1 ? &index_.head_one[c[0] % SLOTS]
                            : &index_.head[two_hash(c[0], c[1]) % SLOTS];
    if (n == 1) {
      put_bit(index_.one, c[0]);
    } else {
      put_bit(index_.begin, two_hash(c[0], c[1]));
      put_bit(index_.end, two_hash(c[n - 2], c[n - 1]));
    }
    index_.next[w] = *head;
    *head = (uint16_t)(w + 1);
  }
}

// The first thread that asks builds the index; the others wait for it.
static void ready(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  static _Thread_local bool seen;
  if (!seen)
    pthread_once(&once, build);
  seen = true;
}

static bool same(const Text *t, size_t i, size_t w) {
  for (size_t k = 0; k < index_.len[w]; k++)
    if (i + k >= t->n || t->c[i + k] != index_.c[w][k])
      return false;
  return true;
}

// Longest word of the classes in the chain that stands at i, of exactly `exact`
// characters if not 0.
static size_t longest_of(const Text *t, size_t i, uint16_t k, unsigned classes,
                         size_t exact, unsigned *found) {
  size_t best = 0;
  for (; k; k = index_.next[k - 1]) {
    size_t n = index_.len[k - 1];
    if (n <= best || !(words[k - 1].classes & classes) ||
        (exact && n != exact) || !same(t, i, k - 1u))
      continue;
    best = n;
    if (found)
      *found = words[k - 1].classes;
  }
  return best;
}

static size_t longest(const Text *t, size_t i, unsigned classes, size_t exact,
                      unsigned *found) {
  size_t best = 0;
  if (i >= t->n)
    return 0;
  if (exact != 1 && has_bit(index_.begin, t->two[i]))
    best =
        longest_of(t, i, index_.head[t->two[i] % SLOTS], classes, exact, found);
  if (!best && exact < 2 && has_bit(index_.one, t->c[i]))
    best = longest_of(t, i, index_.head_one[t->c[i] % SLOTS], classes, exact,
                      found);
  return best;
}

size_t lex_at(const Text *t, size_t i, unsigned classes, unsigned *found) {
  ready();
  return longest(t, i, classes, 0, found);
}

size_t lex_before(const Text *t, size_t i, unsigned classes, unsigned *found) {
  ready();
  if (!i || i > t->n ||
      (!(i > 1 && has_bit(index_.end, t->two[i - 2])) &&
       !has_bit(index_.one, t->c[i - 1])))
    return 0;
  for (size_t n = LEN_MAX; n; n--)
    if (i >= n && longest(t, i - n, classes, n, found))
      return n;
  return 0;
}
