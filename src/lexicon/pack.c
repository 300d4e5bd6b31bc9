// Build tool: our words.txt and a general dictionary (word, count, part of
// speech a line) → a hash table of words as C arrays. A word's key is its
// characters, 16 bits each; its kind is the part of speech; its cost is 10
// ln(1/share) in running text, so that the cheapest way to cut a sentence is
// the likeliest.
#include "words.h"
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_BITS = 17, WORD_SLOTS = 1 << WORD_BITS };

static uint64_t keys[WORD_SLOTS];
static uint8_t costs[WORD_SLOTS], kinds[WORD_SLOTS];
static uint64_t pairs[PAIR_BITS / 64];
static uint16_t singles[SINGLES];
static uint32_t twos[1 << TWO_BITS];
static uint64_t longs[1 << LONG_BITS];

static size_t word_slot(uint64_t key) {
  return (size_t)(long_code(key) >> (64 - WORD_BITS));
}

static unsigned char_next(const char **p) {
  const unsigned char *u = (const unsigned char *)*p;
  unsigned c = 0;
  if (u[0] >= 0xE0 && u[1] && u[2]) {
    c = (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
    *p += 3;
  }
  return c;
}

enum { OWN_COST = 131, COUNT_MIN = 10, LENGTH_MAX = 4 };

static size_t n_words;

// The dictionary's letters for parts of speech.
static WordKind kind_of(const char *letters) {
  static const struct {
    const char *letters;
    WordKind kind;
  } known[] = {{"v", WORD_VERB},        {"vg", WORD_VERB},
               {"d", WORD_ADVERB},      {"p", WORD_PREPOSITION},
               {"c", WORD_CONJUNCTION}, {"r", WORD_PRONOUN},
               {"t", WORD_TIME},        {"i", WORD_IDIOM},
               {"vn", WORD_NOUN},       {"j", WORD_NOUN}};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (!strcmp(letters, known[i].letters))
      return known[i].kind;
  return letters[0] == 'n' ? WORD_NOUN : WORD_OTHER;
}

static uint64_t key_of(const char *word, unsigned *length) {
  uint64_t key = 0;
  unsigned c;
  *length = 0;
  for (const char *p = word; (c = char_next(&p)) != 0; ++*length)
    key = key << 16 | c;
  return key;
}

static bool listed(const char *word) {
  unsigned length;
  uint64_t key = key_of(word, &length);
  size_t i = word_slot(key);
  while (keys[i] && keys[i] != key)
    i = (i + 1) % WORD_SLOTS;
  return keys[i] == key;
}

// 1: not a word of one to four ideographs, or no room.
static int put(const char *word, long cost, WordKind kind) {
  unsigned c, length;
  uint64_t key = key_of(word, &length);
  if (!length || length > LENGTH_MAX || cost < 1 || cost > 255 ||
      (length == 1 && (size_t)(key - SINGLE_FIRST) >= SINGLES))
    return 1;
  size_t i = word_slot(key);
  for (; keys[i]; i = (i + 1) % WORD_SLOTS)
    if (keys[i] == key) { // ours came first
      kinds[i] = kinds[i] ? kinds[i] : (uint8_t)kind;
      costs[i] = cost < costs[i] ? (uint8_t)cost : costs[i];
      return 0;
    }
  if (++n_words > WORD_SLOTS * 3 / 4)
    return 1;
  keys[i] = key;
  costs[i] = (uint8_t)cost;
  kinds[i] = (uint8_t)kind;
  for (const char *p = word; (c = char_next(&p)) != 0;) {
    const char *q = p;
    unsigned next = char_next(&q);
    size_t bit = next ? pair_bit((uint16_t)c, (uint16_t)next) : 0;
    if (next)
      pairs[bit / 64] |= (uint64_t)1 << bit % 64;
  }
  return 0;
}

static int put_own(FILE *in) {
  char line[200];
  while (fgets(line, sizeof line, in)) {
    line[strcspn(line, "\n")] = 0;
    if (line[0] != '#' && put(line, OWN_COST, WORD_OTHER))
      return fprintf(stderr, "bad word or too many: %s\n", line), 1;
  }
  return 0;
}

// A word's length in characters; 0 where other signs stand in it.
static unsigned han_length(const char *word) {
  unsigned n = 0;
  const char *p = word;
  while (char_next(&p))
    n++;
  return *p ? 0 : n;
}

// Single characters all count; longer words where they are common and no
// person's name, or ours.
static int put_general(FILE *in) {
  char line[400], word[200], number[32], kind[32];
  double total = 0;
  while (fgets(line, sizeof line, in))
    if (sscanf(line, "%199s %31s", word, number) == 2)
      total += strtod(number, NULL);
  rewind(in);
  while (fgets(line, sizeof line, in)) {
    if (sscanf(line, "%199s %31s %31s", word, number, kind) != 3)
      continue;
    double count = strtod(number, NULL);
    unsigned n = han_length(word);
    bool common = count >= COUNT_MIN && strncmp(kind, "nr", 2) != 0;
    if (n && n <= LENGTH_MAX && count > 0 && (n == 1 || common || listed(word)))
      put(word, lround(10 * log(total / count)), kind_of(kind));
  }
  return total == 0;
}

// Into the tables that are written; 1: too far from its slot.
static int lay(uint64_t key, unsigned entry) {
  uint64_t k = 0, code = long_code(key);
  if (key < 1 << 16) {
    singles[key - SINGLE_FIRST] = (uint16_t)entry;
    return 0;
  }
  if (key >> 32) {
    uint64_t slot = code >> LONG_REST, rest = code % (1ull << LONG_REST);
    while (longs[(slot + k) % (1u << LONG_BITS)])
      k++;
    longs[(slot + k) % (1u << LONG_BITS)] =
        (rest << LONG_STEPS | k) << ENTRY_BITS | entry;
    return k >= 1u << LONG_STEPS;
  }
  uint32_t two = two_code((uint32_t)key);
  uint32_t slot = two >> TWO_REST, rest = two % (1u << TWO_REST);
  while (twos[(slot + k) % (1u << TWO_BITS)])
    k++;
  twos[(slot + k) % (1u << TWO_BITS)] =
      (rest << TWO_STEPS | (uint32_t)k) << ENTRY_BITS | entry;
  return k >= 1u << TWO_STEPS;
}

static int lay_all(void) {
  for (size_t i = 0; i < WORD_SLOTS; i++)
    if (keys[i] && lay(keys[i], (unsigned)costs[i] << 4 | kinds[i]))
      return fputs("a word lies too far from its slot\n", stderr), 1;
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 4)
    return 2;
  FILE *in = fopen(argv[1], "rb"), *general = fopen(argv[2], "rb");
  FILE *out = fopen(argv[3], "wb");
  if (!in || !general || !out)
    return 3;
  if (put_own(in) || put_general(general) || lay_all())
    return 1;
  fputs("#include \"words.h\"\nconst uint16_t word_singles[] = {", out);
  for (size_t i = 0; i < SINGLES; i++)
    fprintf(out, i % 16 ? "%u," : "\n%u,", singles[i]);
  fputs("};\nconst uint32_t word_twos[] = {", out);
  for (size_t i = 0; i < 1 << TWO_BITS; i++)
    fprintf(out, i % 8 ? "%luu," : "\n%luu,", (unsigned long)twos[i]);
  fputs("};\nconst uint64_t word_longs[] = {", out);
  for (size_t i = 0; i < 1 << LONG_BITS; i++)
    fprintf(out, i % 8 ? "%lluu," : "\n%lluu,", (unsigned long long)longs[i]);
  fputs("};\nconst uint64_t word_pairs[] = {", out);
  for (size_t i = 0; i < PAIR_BITS / 64; i++)
    fprintf(out, i % 8 ? "%lluu," : "\n%lluu,", (unsigned long long)pairs[i]);
  fputs("};\n", out);
  int bad = ferror(in) || ferror(out);
  return bad | fclose(in) | fclose(general) | fclose(out) ? 3 : 0;
}
