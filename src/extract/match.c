// Lists of words, and whether one of them stands at a place. A list is a string
// literal, words separated by blanks; its address names it. Lists are made when
// first met, for all threads, and never change again.
#include "extract_imp.h"
#include <pthread.h>
#include <stdlib.h>

enum { LISTS = 2048, WORDS = 1 << 14, POOL = 1 << 16 };

ListSlot list_slots[LIST_SLOTS];

typedef struct {
  const uint32_t *c;             // its characters
  uint16_t n, row;               // how many; which of the list it is
  uint16_t next_begin, next_end; // of the bucket, 0 none; later in the list
} Word;

static struct { // filled as lists are met, under the lock
  WordList lists[LISTS];
  Word words[WORDS]; // from 1 on
  uint32_t pool[POOL];
  size_t n_lists, n_words, used;
} all;

static void put_bit(uint64_t *set, uint32_t size, uint32_t bit) {
  bit %= size * 64;
  set[bit / 64] |= UINT64_C(1) << bit % 64;
}

static size_t bucket_of(uint32_t hash) {
  return hash >> 12; // two_hash has 16 bits, the sets use the lower ones
}

// Hangs word w at the end of a bucket.
static void hang(uint16_t *bucket, uint16_t w, bool by_end) {
  while (*bucket)
    bucket =
        by_end ? &all.words[*bucket].next_end : &all.words[*bucket].next_begin;
  *bucket = w;
}

static void add_word(WordList *list, Str word) {
  if (all.used + word.len > POOL || all.n_words + 1 == WORDS)
    abort(); // more words in the sources than there is room for
  uint16_t w = (uint16_t)++all.n_words;
  uint32_t *c = &all.pool[all.used];
  size_t n = 0;
  for (size_t k = 0; k < word.len;)
    c[n++] = utf8_next(word, &k);
  all.used += n;
  all.words[w] = (Word){.c = c, .n = (uint16_t)n, .row = list->n_words++};
  if (n == 1) {
    put_bit(list->one, LIST_ONE, one_hash(c[0]));
    hang(&list->ones, w, false);
  } else if (n > 1) {
    uint32_t begin = two_hash(c[0], c[1]), end = two_hash(c[n - 2], c[n - 1]);
    put_bit(list->begin, LIST_TWO, begin);
    put_bit(list->end, LIST_TWO, end);
    hang(&list->by_begin[bucket_of(begin)], w, false);
    hang(&list->by_end[bucket_of(end)], w, true);
  }
}

static WordList *list_new(void) {
  if (all.n_lists == LISTS)
    abort(); // more lists in the sources than there is room for
  return &all.lists[all.n_lists++];
}

static WordList *list_of_words(const char *words) {
  WordList *list = list_new();
  for (const char *p = words; *p;) {
    const char *end = p;
    while (*end && *end != ' ')
      end++;
    if (end > p)
      add_word(list, (Str){p, (size_t)(end - p)});
    p = *end ? end + 1 : end;
  }
  return list;
}

// What a list is made of: a literal, or a table's rows.
typedef struct {
  const void *key;
  size_t n, stride; // rows; 0 for a literal
} Source;

static const WordList *list_make(Source s) {
  if (!s.stride)
    return list_of_words(s.key);
  WordList *list = list_new();
  for (size_t k = 0; k < s.n; k++)
    add_word(list, str_of(*(const char *const *)((const char *)s.key +
                                                 k * s.stride)));
  return list;
}

// The slot of the key, or the empty one where it belongs.
static ListSlot *slot_of(const void *key) {
  for (size_t i = list_slot(key);; i = (i + 1) % LIST_SLOTS) {
    const void *there = list_key(&list_slots[i]);
    if (!there || there == key)
      return &list_slots[i];
  }
}

static const WordList *list_find(Source s) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  ListSlot *slot = slot_of(s.key);
  if (list_key(slot))
    return slot->list;
  pthread_mutex_lock(&lock);
  slot = slot_of(s.key); // another thread may have come first
  if (!list_key(slot)) {
    slot->list = list_make(s);
    __atomic_store_n(&slot->key, s.key, __ATOMIC_RELEASE);
  }
  pthread_mutex_unlock(&lock);
  return slot->list;
}

const WordList *list_look(const char *words) {
  return list_find((Source){.key = words});
}

const WordList *list_of_rows(const void *rows, size_t n, size_t stride) {
  return list_find((Source){rows, n, stride});
}

static bool same(const uint32_t *c, const Word *w) {
  for (size_t k = 0; k < w->n; k++)
    if (c[k] != w->c[k])
      return false;
  return true;
}

// The next word of the bucket that stands at i, from w on; 0 if none.
static uint16_t begins(const Text *t, size_t i, uint16_t w) {
  while (w && (i + all.words[w].n > t->n || !same(t->c + i, &all.words[w])))
    w = all.words[w].next_begin;
  return w;
}

static uint16_t ends(const Text *t, size_t i, uint16_t w) {
  while (w && (i < all.words[w].n ||
               !same(t->c + i - all.words[w].n, &all.words[w])))
    w = all.words[w].next_end;
  return w;
}

// The one that comes first in the list.
static size_t first_of(uint16_t x, uint16_t y) {
  return all.words[x && (!y || x < y) ? x : y].n;
}

size_t list_at(const WordList *list, const Text *t, size_t i) {
  uint16_t two = list_has(list->begin, LIST_TWO, t->two[i])
                     ? begins(t, i, list->by_begin[bucket_of(t->two[i])])
                     : 0;
  uint16_t one = list_has(list->one, LIST_ONE, one_hash(t->c[i]))
                     ? begins(t, i, list->ones)
                     : 0;
  return first_of(two, one);
}

size_t list_before(const WordList *list, const Text *t, size_t i) {
  uint16_t two = i > 1 ? list->by_end[bucket_of(t->two[i - 2])] : 0;
  return first_of(ends(t, i, two), begins(t, i - 1, list->ones));
}

size_t list_longest(const WordList *list, const Text *t, size_t i,
                    size_t *row) {
  uint16_t best = 0;
  if (i >= t->n || !list_may_begin(list, t, i))
    return 0;
  for (uint16_t w = list->by_begin[bucket_of(t->two[i])]; (w = begins(t, i, w));
       w = all.words[w].next_begin)
    best = all.words[w].n > all.words[best].n ? w : best;
  best = best ? best : begins(t, i, list->ones);
  *row = all.words[best].row;
  return all.words[best].n;
}

size_t list_longest_before(const WordList *list, const Text *t, size_t i,
                           size_t *row) {
  uint16_t best = 0;
  if (!i || i > t->n || !list_may_end(list, t, i))
    return 0;
  for (uint16_t w = i > 1 ? list->by_end[bucket_of(t->two[i - 2])] : 0;
       (w = ends(t, i, w)); w = all.words[w].next_end)
    best = all.words[w].n > all.words[best].n ? w : best;
  best = best ? best : begins(t, i - 1, list->ones);
  *row = all.words[best].row;
  return all.words[best].n;
}

size_t text_find(const Text *t, size_t from, size_t to, const char *words) {
  const WordList *list = list_of(words);
  for (size_t i = from; i < to && i < t->n; i++) {
    size_t n = list_may_begin(list, t, i) ? list_at(list, t, i) : 0;
    if (n && i + n <= to)
      return i;
  }
  return SIZE_MAX;
}

size_t text_rfind(const Text *t, size_t from, size_t to, const char *words) {
  const WordList *list = list_of(words);
  for (size_t i = to < t->n ? to : t->n; i-- > from;) {
    size_t n = list_may_begin(list, t, i) ? list_at(list, t, i) : 0;
    if (n && i + n <= to)
      return i;
  }
  return SIZE_MAX;
}
