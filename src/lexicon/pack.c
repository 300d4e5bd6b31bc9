// Build tool: words.txt → a hash table of words as C arrays. A word's key is
// its characters, 16 bits each.
#include "words.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t keys[WORD_SLOTS];
static uint8_t costs[WORD_SLOTS];
static uint64_t pairs[PAIR_BITS / 64];

static unsigned char_next(const char **p) {
  const unsigned char *u = (const unsigned char *)*p;
  unsigned c = 0;
  if (u[0] >= 0xE0 && u[1] && u[2]) {
    c = (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
    *p += 3;
  }
  return c;
}

static int put(const char *line) {
  uint64_t key = 0;
  unsigned c;
  while ((c = char_next(&line)) != 0) {
    if (key) {
      size_t bit = pair_bit((uint16_t)key, (uint16_t)c);
      pairs[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    key = key << 16 | c;
  }
  unsigned long cost = strtoul(line, NULL, 10);
  if (key == 0 || cost < 1 || cost > 255)
    return 1;
  size_t i = word_slot(key);
  while (keys[i])
    i = (i + 1) % WORD_SLOTS;
  keys[i] = key;
  costs[i] = (uint8_t)cost;
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 3)
    return 2;
  FILE *in = fopen(argv[1], "rb"), *out = fopen(argv[2], "wb");
  if (!in || !out)
    return 3;
  char line[200];
  size_t n = 0;
  while (fgets(line, sizeof line, in))
    if (line[0] != '#' && (put(line) || ++n > WORD_SLOTS * 3 / 4))
      return fprintf(stderr, "bad word or too many: %s", line), 1;
  fputs("#include \"words.h\"\nconst uint64_t word_keys[] = {", out);
  for (size_t i = 0; i < WORD_SLOTS; i++)
    fprintf(out, i % 8 ? "%lluu," : "\n%lluu,", (unsigned long long)keys[i]);
  fputs("};\nconst uint8_t word_costs[] = {", out);
  for (size_t i = 0; i < WORD_SLOTS; i++)
    fprintf(out, i % 24 ? "%d," : "\n%d,", costs[i]);
  fputs("};\nconst uint64_t word_pairs[] = {", out);
  for (size_t i = 0; i < PAIR_BITS / 64; i++)
    fprintf(out, i % 8 ? "%lluu," : "\n%lluu,", (unsigned long long)pairs[i]);
  fputs("};\n", out);
  int bad = ferror(in) || ferror(out);
  return bad | fclose(in) | fclose(out) ? 3 : 0;
}
