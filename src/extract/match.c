// Lists of words, and whether one of them stands at a place. A list is a string
// literal, words separated by blanks; its address names it.
#include "extract_imp.h"
#include <stdlib.h>

enum { LISTS = 2048, POOL = 1 << 17 };

_Thread_local ListSlot list_slots[LIST_SLOTS];

static _Thread_local struct { // filled as lists are met
  WordList lists[LISTS];
  uint32_t pool[POOL]; // of each word its length, then its characters
  uint32_t used, count;
} lists_;

static void put_bit(uint64_t *set, uint32_t size, uint32_t bit) {
  bit %= size * 64;
  set[bit / 64] |= UINT64_C(1) << bit % 64;
}

static void add_word(WordList *list, Str word) {
  if (lists_.used + word.len >= POOL)
    abort(); // more words than the pool was made for
  uint32_t *head = &lists_.pool[lists_.used++], *c = head + 1;
  for (size_t k = 0; k < word.len;) {
    lists_.pool[lists_.used++] = utf8_next(word, &k);
    ++*head;
  }
  size_t n = *head;
  if (n == 1) {
    put_bit(list->one, LIST_ONE, one_hash(c[0]));
  } else {
    put_bit(list->begin, LIST_TWO, two_hash(c[0], c[1]));
    put_bit(list->end, LIST_TWO, two_hash(c[n - 2], c[n - 1]));
  }
  list->words_end = &lists_.pool[lists_.used];
}

static WordList *list_new(void) {
  if (lists_.count == LISTS)
    abort(); // more lists in the sources than there is room for
  WordList *list = &lists_.lists[lists_.count++];
  list->words = list->words_end = &lists_.pool[lists_.used];
  return list;
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

static ListSlot *slot_of(const void *key) {
  size_t i = list_slot(key);
  while (list_slots[i].key && list_slots[i].key != key)
    i = (i + 1) % LIST_SLOTS;
  return &list_slots[i];
}

const WordList *list_look(const char *words) {
  ListSlot *slot = slot_of(words);
  if (!slot->key)
    *slot = (ListSlot){words, list_of_words(words)};
  return slot->list;
}

const WordList *list_of_rows(const void *rows, size_t n, size_t stride) {
  ListSlot *slot = slot_of(rows);
  if (slot->key)
    return slot->list;
  WordList *list = list_new();
  for (size_t k = 0; k < n; k++)
    add_word(list,
             str_of(*(const char *const *)((const char *)rows + k * stride)));
  *slot = (ListSlot){rows, list};
  return list;
}

static bool same(const uint32_t *c, const uint32_t *word, size_t n) {
  for (size_t k = 0; k < n; k++)
    if (c[k] != word[k])
      return false;
  return true;
}

size_t list_at(const WordList *list, const Text *t, size_t i) {
  for (const uint32_t *w = list->words; w < list->words_end; w += *w + 1)
    if (i + *w <= t->n && same(t->c + i, w + 1, *w))
      return *w;
  return 0;
}

size_t list_before(const WordList *list, const Text *t, size_t i) {
  for (const uint32_t *w = list->words; w < list->words_end; w += *w + 1)
    if (i >= *w && same(t->c + i - *w, w + 1, *w))
      return *w;
  return 0;
}

size_t list_longest(const WordList *list, const Text *t, size_t i,
                    size_t *row) {
  size_t best = 0, k = 0;
  if (i >= t->n || !list_may_begin(list, t, i))
    return 0;
  for (const uint32_t *w = list->words; w < list->words_end; w += *w + 1, k++)
    if (*w > best && i + *w <= t->n && same(t->c + i, w + 1, *w)) {
      best = *w;
      *row = k;
    }
  return best;
}

size_t list_longest_before(const WordList *list, const Text *t, size_t i,
                           size_t *row) {
  size_t best = 0, k = 0;
  if (!i || i > t->n || !list_may_end(list, t, i))
    return 0;
  for (const uint32_t *w = list->words; w < list->words_end; w += *w + 1, k++)
    if (*w > best && i >= *w && same(t->c + i - *w, w + 1, *w)) {
      best = *w;
      *row = k;
    }
  return best;
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
