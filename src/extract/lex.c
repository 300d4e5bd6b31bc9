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

// A word, decoded; words of one bucket lie side by side.
typedef struct {
  uint16_t classes, c[LEN_MAX];
  uint8_t len; // characters
} Entry;

static struct {
  Entry entries[WORDS];
  // First entries of the buckets: by two_hash of the first two characters; of
  // words of one. A bucket ends where the next begins.
  uint16_t two[SLOTS + 1], one_at[SLOTS + 1];
  // Sets of hashes: words of one character; how the others begin and end.
  uint64_t one[SET], begin[SET], end[SET];
} index_;

static void put_bit(uint64_t *set, uint32_t bit) {
  set[bit / 64 % SET] |= UINT64_C(1) << bit % 64;
}

static bool has_bit(const uint64_t *set, uint32_t bit) {
  return set[bit / 64 % SET] >> bit % 64 & 1;
}

static Entry entry_of(size_t w) {
  Entry e = {.classes = (uint16_t)words[w].classes};
  Str s = str_of(words[w].text);
  for (size_t k = 0; k < s.len && e.len < LEN_MAX;)
    e.c[e.len++] = (uint16_t)utf8_next(s, &k);
  return e;
}

static size_t bucket_of(const Entry *e) {
  return (e->len == 1 ? e->c[0] : two_hash(e->c[0], e->c[1])) % SLOTS;
}

static void put_bits(const Entry *e) {
  if (e->len == 1) {
    put_bit(index_.one, e->c[0]);
    return;
  }
  put_bit(index_.begin, two_hash(e->c[0], e->c[1]));
  put_bit(index_.end, two_hash(e->c[e->len - 2], e->c[e->len - 1]));
}

// Sorts the words into their buckets by counting; of one bucket the last of
// the table comes first.
static void build(void) {
  uint16_t ends[2][SLOTS] = {0};
  for (size_t w = 0; w < WORDS; w++) {
    Entry e = entry_of(w);
    put_bits(&e);
    ends[e.len == 1][bucket_of(&e)]++;
  }
  uint16_t at = 0;
  for (int one = 0; one < 2; one++) {
    uint16_t *first = one ? index_.one_at : index_.two;
    for (size_t i = 0; i < SLOTS; i++) {
      first[i] = at;
      at = ends[one][i] = (uint16_t)(at + ends[one][i]);
    }
    first[SLOTS] = at;
  }
  for (size_t w = 0; w < WORDS; w++) {
    Entry e = entry_of(w);
    index_.entries[--ends[e.len == 1][bucket_of(&e)]] = e;
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

static bool same(const Text *t, size_t i, const Entry *e) {
  if (i + e->len > t->n)
    return false;
  for (size_t k = 0; k < e->len; k++)
    if (t->c[i + k] != e->c[k])
      return false;
  return true;
}

// Longest word of the classes in a bucket that stands at i, of exactly `exact`
// characters if not 0.
static size_t longest_of(const Text *t, size_t i, const uint16_t *bucket,
                         unsigned classes, size_t exact, unsigned *found) {
  size_t best = 0;
  const Entry *e = &index_.entries[bucket[0]];
  for (const Entry *end = &index_.entries[bucket[1]]; e < end; e++) {
    if (e->len <= best || !(e->classes & classes) ||
        (exact && e->len != exact) || !same(t, i, e))
      continue;
    best = e->len;
    if (found)
      *found = e->classes;
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
        longest_of(t, i, &index_.two[t->two[i] % SLOTS], classes, exact, found);
  if (!best && exact < 2 && has_bit(index_.one, t->c[i]))
    best = longest_of(t, i, &index_.one_at[t->c[i] % SLOTS], classes, exact,
                      found);
  return best;
}

static unsigned classes_in(const Text *t, size_t i, const uint16_t *bucket) {
  unsigned classes = 0;
  const Entry *e = &index_.entries[bucket[0]];
  for (const Entry *end = &index_.entries[bucket[1]]; e < end; e++)
    classes |= same(t, i, e) ? e->classes : 0;
  return classes;
}

// Classes of all words that begin at i, looked up once.
static unsigned classes_at(const Text *t, size_t i) {
  if (t->lex[i])
    return t->lex[i];
  unsigned classes = LEX_KNOWN;
  if (has_bit(index_.begin, t->two[i]))
    classes |= classes_in(t, i, &index_.two[t->two[i] % SLOTS]);
  if (has_bit(index_.one, t->c[i]))
    classes |= classes_in(t, i, &index_.one_at[t->c[i] % SLOTS]);
  return t->lex[i] = (uint16_t)classes;
}

size_t lex_look(const Text *t, size_t i, unsigned classes, unsigned *found) {
  ready();
  return classes_at(t, i) & classes ? longest(t, i, classes, 0, found) : 0;
}

size_t lex_before(const Text *t, size_t i, unsigned classes, unsigned *found) {
  ready();
  if (!i || i > t->n ||
      (!(i > 1 && has_bit(index_.end, t->two[i - 2])) &&
       !has_bit(index_.one, t->c[i - 1])))
    return 0;
  for (size_t n = LEN_MAX; n; n--)
    if (i >= n && classes_at(t, i - n) & classes &&
        longest(t, i - n, classes, n, found))
      return n;
  return 0;
}
